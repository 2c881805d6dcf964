"""缩略的字 — a line that gives way where there is no room: … stands for what cannot be seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStylePainter, QWidget

from rectify_tool.desktop.wording import harmless


class Elided(QLabel):
    """缩略的字 — plain text in one line, never narrower than ``least`` Chinese characters."""

    def __init__(
        self,
        name: str,
        least: int,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._least, self._mode = least, mode
        self.setAccessibleName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hold_room()

    def changeEvent(self, event: QEvent) -> None:
        """字号变了 — the least width follows."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_least"):
            self._hold_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """画出来 — what fits."""
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(harmless(self.text()), self._mode, room.width())
        painter = QStylePainter(self)
        painter.drawItemText(room, self.alignment(), self.palette(), self.isEnabled(), shown, self.foregroundRole())

    def _hold_room(self) -> None:
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * self._least)
