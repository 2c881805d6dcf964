"""办理 — every act of the office, the newest first; what was taken back stays and says so."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

from rectify_tool.desktop.tables import Lines, LinesView, Shown, as_given, natural
from rectify_tool.desktop.views.dossier import place_in
from rectify_tool.desktop.views.narrowing import plain
from rectify_tool.desktop.views.parts import Page, allow, button, column, note, row, search_box, shortcut
from rectify_tool.desktop.wording import LONGEST_DAY, day_told, flat
from rectify_tool.model import ACT_WORDS, DATABASE, DecisionLine, Screen


class DecisionsView(Page):
    """办理 — ``undo_wanted`` gives the number of the record to be taken back, ``item_chosen`` the item an act is about,
    ``file_wanted`` the workbook an act stands in and the place there.
    """

    undo_wanted = Signal(int)
    item_chosen = Signal(str)
    file_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty table; `show_screen` fills it."""
        super().__init__(parent)
        self._items: frozenset[str] = frozenset()
        self._total = 0
        self._writable = True
        self._lines = _Acts(_COLUMNS, _key)
        self._table = LinesView(self._lines)
        self._table.setAccessibleName("办理")
        self._words = search_box(self, "查找对象、事由、办理人里的字", self._narrow)
        self._count = note("显示了多少条")
        self._undo = button("撤回这一条(&Z)", _UNDO_TIP, self._take_back)
        self._item = button("看这一项(&I)", _ITEM_TIP, self._see_item)
        self._open = button("打开出处(&O)", _OPEN_TIP, self._open_file)
        column(self, self._words, self._table, row(self._count, self._item, self._open, self._undo))
        self.lead(self._table, self._words, self._table, self._item, self._open, self._undo)
        self._table.chosen.connect(lambda _: self._allow())
        self._table.opened.connect(lambda _: self._see_item())
        shortcut(self, "Esc", self._words.clear)
        self._allow()

    def show_screen(self, screen: Screen) -> None:
        """显示办理 — the words looked for and the current act are kept."""
        self._items = frozenset(line.no for line in screen.items)
        self._total = len(screen.decisions)
        self._lines.show(screen.decisions)
        self._narrow()

    def set_writable(self, writable: bool) -> None:
        """可不可以写 — without it nothing can be taken back."""
        self._writable = writable
        self._allow()

    def forget(self) -> None:
        """忘掉 — what was looked for, and the act a person was on: another folder comes."""
        self._words.clear()
        self._table.forget()

    @property
    def current(self) -> DecisionLine | None:
        """当前的一条 — None where none is."""
        line: DecisionLine | None = self._table.current()
        return line

    def _narrow(self, _: str = "") -> None:
        terms = plain(self._words.text()).split()
        self._lines.narrow((lambda line: _has(line, terms)) if terms else None)
        shown = len(self._lines.shown_lines())
        empty = "还没有办理过。在台账里选一个小项，用菜单“办理”或右键记一件。"
        told = f"共{self._total}条" if shown == self._total else f"显示{shown}条，共{self._total}条"
        self._count.setText(told if self._total else empty)
        self._allow()

    def _allow(self) -> None:
        line = self.current
        allow(self._undo, _why_not_undone(line, self._writable), _UNDO_TIP)
        allow(self._item, "" if line and line.target in self._items else "先选一条小项的办理", _ITEM_TIP)
        allow(self._open, "" if line and line.source.file != DATABASE else "先选一条写在表里的办理", _OPEN_TIP)

    def _take_back(self) -> None:
        line = self.current
        if line is not None and line.serial is not None and line.undoable and self._writable:
            self.undo_wanted.emit(line.serial)

    def _see_item(self) -> None:
        line = self.current
        if line is not None and line.target in self._items:
            self.item_chosen.emit(line.target)

    def _open_file(self) -> None:
        line = self.current
        if line is not None and line.source.file != DATABASE:
            self.file_wanted.emit(line.source.file, place_in(line.source))


_UNDO_TIP = "记一条撤回；原来的一条仍留着，不再起作用"
_ITEM_TIP = "到台账里看这条办理的小项（双击、回车）"
_OPEN_TIP = "打开记着这条办理的表"


def _why_not_undone(line: DecisionLine | None, writable: bool) -> str:
    if not writable:
        return "这个窗口只能看，不能撤回"
    if line is None:
        return "先选一条办理"
    if line.serial is None:
        return "这一条写在表里，请到表里改"
    return "" if line.undoable else "这一条已经撤回"


# ---------------------------------------------------------------- 各列 ----


class _Acts(Lines[DecisionLine]):
    """办理的各行 — what was taken back is struck out and grey; the word under 状态 says it too."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """一格 — as any line shows it, but for what was taken back."""
        if role in (Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ForegroundRole) and index.isValid():
            faded = index.column() != _STATE and _gone(self.line_at(index.row()))
            return _faded(role) if faded else None
        return super().data(index, role)


def _gone(line: DecisionLine) -> bool:
    """已撤回 — a record of 台账.db that can no longer be taken back has been."""
    return line.serial is not None and not line.undoable


def _faded(role: int) -> Any:
    if role == Qt.ItemDataRole.ForegroundRole:
        return QGuiApplication.palette().brush(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    font = QGuiApplication.font()
    font.setStrikeOut(True)
    return font


def _key(line: DecisionLine) -> Hashable:
    return line.serial or (line.source, line.act, line.target, line.day, line.new_due)


def act_told(line: DecisionLine) -> str:
    """办理 — the act, or which record a counter-entry takes back."""
    return ACT_WORDS[line.act] if line.act else f"撤回第{line.undoes}条"


_COLUMNS: tuple[Shown[DecisionLine], ...] = (
    Shown("日期", lambda line: day_told(line.day) or "没有写明", lambda line: line.day, LONGEST_DAY),
    Shown("办理", act_told, width=12),
    Shown("对象", lambda line: line.target, lambda line: natural(line.target), 16),
    Shown("新时限", lambda line: day_told(line.new_due), lambda line: line.new_due, LONGEST_DAY),
    Shown("谁办的", lambda line: flat(line.by), width=18, tip=lambda line: line.by),
    Shown("事由", lambda line: flat(line.why), width=36, tip=lambda line: line.why),
    Shown("状态", lambda line: line.state, width=16, tip=lambda line: line.state),
    Shown("出处", lambda line: str(line.source), as_given, 24, tip=lambda line: str(line.source)),
)

_STATE = next(at for at, shown in enumerate(_COLUMNS) if shown.title == "状态")


def _has(line: DecisionLine, terms: list[str]) -> bool:
    text = plain(" ".join(shown.text(line) for shown in _COLUMNS))
    return all(term in text for term in terms)
