"""零件 — what several views are put together from: a page, a search box, buttons, rows of widgets."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from rectify_tool.desktop import looks
from rectify_tool.desktop.fields import label, push
from rectify_tool.desktop.wording import short_tip, typed


class Page(QWidget):
    """页面 — a view of the window; the keyboard given to it goes to its main part.

    Not by a focus proxy, which would put that part before everything else for the Tab key.
    """

    _main: QWidget | None = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """键盘来了 — to the main part."""
        super().focusInEvent(event)
        if self._main is not None:
            self._main.setFocus(event.reason())

    def lead(self, main: QWidget, *order: QWidget) -> None:
        """键盘的次序 — Tab goes from one to the next as the eye does; ``main`` is where a person begins."""
        self._main = main
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)


class ReadingPane(QTextBrowser):
    """阅读框 — text with links that are told of, not followed; what is copied from it is what was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        looks.show_focus(self)

    def createMimeDataFromSelection(self) -> QMimeData:
        """复制 — the characters that are told by name as they were typed."""
        made = QMimeData()
        made.setText(typed(self.textCursor().selection().toPlainText()))
        return made


def search_box(view: QWidget, hint: str, changed: Callable[[str], None]) -> QLineEdit:
    """查找框 — asks ``changed`` at every letter; Ctrl+F anywhere in the view leads to it."""
    box = QLineEdit(view)
    box.setPlaceholderText(f"{hint}（Ctrl+F）")
    box.setAccessibleName(hint)
    box.setClearButtonEnabled(True)
    box.setMinimumWidth(wide(box, 12))
    box.textChanged.connect(changed)
    shortcut(view, QKeySequence.StandardKey.Find, lambda: _enter(box))
    return box


def shortcut(view: QWidget, keys: QKeySequence | QKeySequence.StandardKey | str, act: Callable[[], object]) -> None:
    """快捷键 — works wherever the focus is inside the view, and nowhere else."""
    made = QShortcut(QKeySequence(keys), view)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(act)


def button(text: str, told: str, act: Callable[[], object]) -> QPushButton:
    """按钮 — ``text`` may hold its mnemonic (&P); ``told`` says what it does."""
    made = push(text, "", told)
    made.setAccessibleDescription(told)
    made.clicked.connect(lambda: act())
    return made


def allow(one: QPushButton | QAction, why_not: str, told: str) -> None:
    """能不能按 — ``why_not`` "" lets it be pressed; else it is grey and says why."""
    one.setEnabled(not why_not)
    one.setToolTip(short_tip(why_not or told))
    if isinstance(one, QPushButton):
        one.setAccessibleDescription(why_not or told)


def note(name: str = "") -> QLabel:
    """小字 — a line that tells something, wrapped where it is long, and read by the mouse."""
    made = label("", name)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


def heading(text: str, about: QWidget | None = None) -> QLabel:
    """小标题 — bold; its mnemonic leads to the widget it is about."""
    made = QLabel(text)
    font = made.font()
    font.setBold(True)
    made.setFont(font)
    if about is not None:
        made.setBuddy(about)
    return made


def row(*widgets: QWidget | None) -> QHBoxLayout:
    """一排 — side by side; None is the gap that takes what room is left."""
    layout = QHBoxLayout()
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
    return layout


def column(view: QWidget, *parts: QWidget | QLayout) -> QVBoxLayout:
    """一栏 — one under another, filling the view."""
    layout = QVBoxLayout(view)
    for part in parts:
        if isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return layout


def inset(part: QWidget) -> None:
    """嵌在里面 — a part of a view keeps no margin of its own: the view has one."""
    layout = part.layout()
    if layout is not None:
        layout.setContentsMargins(0, 0, 0, 0)


def wide(widget: QWidget, characters: int) -> int:
    """多宽 — so many Chinese characters in the widget's font, in pixels."""
    return widget.fontMetrics().horizontalAdvance("国") * characters


def lamp_size(widget: QWidget) -> QSize:
    """灯的大小 — as high as the letters beside it."""
    side = round(widget.fontMetrics().height() * 0.8)
    return QSize(side, side)


def muted(palette: QPalette) -> str:
    """浅字 — the colour of what is said in passing, as #rrggbb: between the text's and its ground."""
    text, ground = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
    return looks.blended(text, ground, 0.65).name()


def _enter(box: QLineEdit) -> None:
    box.setFocus(Qt.FocusReason.ShortcutFocusReason)
    box.selectAll()
