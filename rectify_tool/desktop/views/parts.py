"""零件 — what several views are put together from: a search box, buttons, rows of widgets, words safe for HTML."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QColor, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget


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


def button(text: str, tip: str, act: Callable[[], object]) -> QPushButton:
    """按钮 — ``text`` may hold its mnemonic (&P); ``tip`` says what it does."""
    made = QPushButton(text)
    made.setToolTip(tip)
    made.setAccessibleDescription(tip)
    made.setAutoDefault(False)
    made.clicked.connect(lambda: act())
    return made


def allow(one: QPushButton | QAction, why_not: str, tip: str) -> None:
    """能不能按 — ``why_not`` "" lets it be pressed; else it is grey and says why."""
    one.setEnabled(not why_not)
    one.setToolTip(why_not or tip)
    if isinstance(one, QPushButton):
        one.setAccessibleDescription(why_not or tip)


def note(name: str = "") -> QLabel:
    """小字 — a line that tells something, wrapped where it is long, and read by the mouse."""
    label = QLabel()
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setAccessibleName(name)
    return label


def heading(text: str, about: QWidget | None = None) -> QLabel:
    """小标题 — bold; its mnemonic leads to the widget it is about."""
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    if about is not None:
        label.setBuddy(about)
    return label


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
    parts = ((text.red(), ground.red()), (text.green(), ground.green()), (text.blue(), ground.blue()))
    return QColor(*(round(0.65 * one + 0.35 * other) for one, other in parts)).name()


def safe(text: str) -> str:
    """照写 — text as it was typed, blanks and line breaks too, with nothing in it taken for HTML."""
    return escape(text).replace("\t", "&emsp;").replace("  ", "&nbsp; ").replace("\n", "<br>")


def tip(text: str) -> str:
    """提示 — the whole of a long text, wrapped; "" shows none."""
    return f"<qt>{safe(text)}</qt>" if text else ""


def day_told(day: date | None) -> str:
    """日期 — 2016年5月20日; "" where there is none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def flat(text: str) -> str:
    """一行 — for a row of a table: line breaks and repeated blanks as one blank."""
    return " ".join(text.split())


def _enter(box: QLineEdit) -> None:
    box.setFocus(Qt.FocusReason.ShortcutFocusReason)
    box.selectAll()
