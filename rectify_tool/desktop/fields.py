"""部件 — small widgets with a name a screen reader can say."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from rectify_tool.desktop.wording import harmless, short_tip, tip

_Widget = TypeVar("_Widget", bound=QWidget)


def named(widget: _Widget, name: str, told: str = "") -> _Widget:
    """起名 — what a screen reader says of it, and what the mouse tells."""
    widget.setAccessibleName(name)
    widget.setToolTip(short_tip(told))
    return widget


def label(text: str, name: str = "") -> QLabel:
    """说明文字 — wrapped, plain, and to be copied with the mouse."""
    made = QLabel(text)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return named(made, name or text)


def remark(name: str, lines: int) -> QLabel:
    """提醒 — a text that comes and goes; room is kept for that many lines: nothing moves under the mouse."""
    made = label("\n".join(["国2016，Ag"] * lines), name)
    made.setMinimumHeight(made.sizeHint().height())
    made.clear()
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return made


def push(text: str, name: str, told: str = "") -> QPushButton:
    """按钮 — not pressed by an Enter meant for something else."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    return named(made, name, told)


def line_edit(text: str, name: str, hint: str = "") -> QLineEdit:
    """一行字 — with what it is for where it is empty."""
    made = QLineEdit(text)
    made.setPlaceholderText(hint)
    return named(made, name)


def paragraph_edit(text: str, name: str, hint: str = "") -> QPlainTextEdit:
    """一段字 — Tab leads on to the next field."""
    made = QPlainTextEdit(text)
    made.setPlaceholderText(hint)
    made.setTabChangesFocus(True)
    return named(made, name)


def reading(*texts: QLabel) -> QScrollArea:
    """要读的话 — labels one under another, scrolled where there is no room for them: nothing said is ever cut off."""
    page = QWidget()
    rows = QVBoxLayout(page)
    rows.setContentsMargins(0, 0, 0, 0)
    for text in texts:
        rows.addWidget(text)
    rows.addStretch(1)
    area = named(QScrollArea(), "要读的话")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(page)
    area.setMinimumHeight(area.fontMetrics().lineSpacing() * 3)
    return area


class NumberEdit(QSpinBox):
    """数字格 — that the wheel does not change in passing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """滚轮 — is meant for the page."""
        event.ignore()


class ChoiceBox(QComboBox):
    """选择框 — that the wheel does not change in passing; the list it opens has a wheel of its own."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """滚轮 — is meant for the page."""
        event.ignore()


class OneLine(QLabel):
    """只占一行的话 — shortened where there is no room for it, whole in the tooltip and for a screen reader."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.tell(text)

    def tell(self, text: str) -> None:
        """说 — another text."""
        self._whole = harmless(text)
        self.setAccessibleName(self._whole)
        self.setToolTip(tip(text))
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """宽窄变了 — more or less of it is shown."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))
