"""``python -m tests.program.photo PICTURE``: the whole screen, once nothing on it moves any more."""

from __future__ import annotations

import sys
import time
from collections import deque

from PySide6.QtGui import QGuiApplication, QImage

_EVERY_SECONDS, _ALIKE, _PATIENCE_SECONDS = 0.15, 10, 60.0
_CURSOR_WIDTH = 3
"""In pixels: a text cursor may blink, nothing else may move."""


def main(target: str) -> int:
    """Takes the picture; 1 where the screen never rests."""
    app = QGuiApplication(sys.argv[:1])
    end = time.monotonic() + _PATIENCE_SECONDS
    last: deque[QImage] = deque(maxlen=_ALIKE)
    while time.monotonic() < end:
        app.processEvents()
        last.append(app.primaryScreen().grabWindow(0).toImage())
        if len(last) == _ALIKE and all(_alike(one, last[0]) for one in last):
            return 0 if last[0].save(target, "PNG") else 1
        time.sleep(_EVERY_SECONDS)
    return 1


def _alike(one: QImage, other: QImage) -> bool:
    """The same but for a blinking cursor: what differs lies one below the other."""
    if one == other:
        return True
    rows = ((bytes(one.constScanLine(y)), bytes(other.constScanLine(y))) for y in range(one.height()))
    columns = [x for a, b in rows if a != b for x in range(one.width()) if a[4 * x : 4 * x + 4] != b[4 * x : 4 * x + 4]]
    return max(columns) - min(columns) < _CURSOR_WIDTH


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
