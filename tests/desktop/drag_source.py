"""Another program's window, out of which files are dragged: ``python -m tests.desktop.drag_source FILE…``.

Says, each on a line of its own, where the mouse has to be pressed, that the files are welcome where the mouse is, and
what became of them. Goes on until it is ended.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Pile(QLabel):
    """A pile of files, as a file manager shows them."""

    def __init__(self, files: Sequence[str]) -> None:
        super().__init__(f"{len(files)}件")
        self._urls = [QUrl.fromLocalFile(file) for file in files]
        self.setWindowTitle("文件")
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self.resize(160, 80)
        self._settled = QTimer(self, interval=20)
        self._settled.timeout.connect(self._tell_place)
        self._settled.start()

    def _tell_place(self) -> None:
        if self.windowHandle().isExposed() and self.isActiveWindow():
            self._settled.stop()
            place = self.mapToGlobal(self.rect().center())
            print(place.x(), place.y(), flush=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The drag begins; the window stays as a file manager's does, for the files are asked of it after the drop."""
        carried = QMimeData()
        carried.setUrls(self._urls)
        drag = QDrag(self)
        drag.setMimeData(carried)
        drag.actionChanged.connect(self._tell_welcome)
        done = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)
        print(done.name, flush=True)

    def _tell_welcome(self, action: Qt.DropAction) -> None:
        if action is Qt.DropAction.CopyAction:
            print("welcome", flush=True)


def main(files: Sequence[str]) -> int:
    """Shows the pile."""
    application = QApplication(sys.argv[:1])
    pile = Pile(files)
    pile.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
