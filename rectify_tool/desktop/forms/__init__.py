"""对话框 — the small windows over the main one; each is given plain values and gives plain values back."""

from __future__ import annotations

from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QWidget


def open_at_size(form: QWidget, characters: int, lines: int) -> None:
    """起始大小 — so many Chinese characters wide and lines high, but never more than nine tenths of the screen."""
    screen = form.screen() or QGuiApplication.primaryScreen()
    room = screen.availableSize() * 0.9
    wide = characters * form.fontMetrics().horizontalAdvance("口")
    form.resize(min(wide, room.width()), min(lines * form.fontMetrics().lineSpacing(), room.height()))


def smaller(font: QFont) -> QFont:
    """附注字 — the same letters, a little smaller."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * 0.85)
    return made


def within_screen(form: QWidget) -> None:
    """放在屏幕里 — in the middle, a little higher for its title bar, which must be there to be dragged by."""
    screen = form.screen() or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    over = room.size() - form.size()
    form.move(room.x() + max(0, over.width() // 2), room.y() + max(0, over.height() // 4))


def larger(font: QFont, times: float = 1.25) -> QFont:
    """标题字 — the same letters, larger and bold."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * times)
    made.setBold(True)
    return made
