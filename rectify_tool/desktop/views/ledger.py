"""台账 — every item in one table, narrowed by where it stands, whose it is, what it is about, and any words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QGridLayout, QMenu, QPushButton, QWidget

from rectify_tool.desktop.fields import ChoiceBox
from rectify_tool.desktop.tables import Lines, LinesView, Shown, as_given
from rectify_tool.desktop.views.narrowing import EVERYTHING, Narrowing
from rectify_tool.desktop.views.parts import Page, button, column, note, row, search_box, shortcut
from rectify_tool.desktop.wording import LONGEST_DAY, flat, harmless, menu_text
from rectify_tool.model import (
    ACT_WORDS,
    LIGHTS,
    STANDING_WORDS,
    STEPS,
    Act,
    ItemLine,
    Screen,
    Standing,
)
from rectify_tool.papers.counts import UNNAMED

ACTS: tuple[tuple[str, tuple[Act, ...]], ...] = (
    ("销号(&C)…", (Act.CLOSE,)),
    ("退回(&R)…", (Act.RETURN,)),
    ("延期(&E)", (Act.EXTEND, Act.ASK)),
    ("催办(&U)", STEPS),
    ("重新打开(&O)…", (Act.REOPEN,)),
)
"""办理的按钮 — what may be done about the current item; a button of several acts opens a menu of them."""


class _State(NamedTuple):
    """状态的一种选法 — its word, what of a `Narrowing` it means, and which of the Screen's counts tells how many."""

    word: str
    means: Mapping[str, Any]
    figure: str


_STATES = (
    *(_State(STANDING_WORDS[one], {"standing": one}, one.value) for one in Standing),
    _State("待确认", {"to_confirm": True}, "to_confirm"),
    _State("牵头单位未报送", {"silent": True}, "not_reported"),
)

_ALL = {"unit": "全部单位", "leader": "全部责任领导", "aspect": "全部方面"}


class LedgerView(Page):
    """台账 — ``item_chosen`` gives the number of the item the clerk stands on; ``item_opened`` of one double-clicked;
    ``acts_wanted`` the word of an `Act` and the item it is wanted for.

    The narrowing stays when another Screen is shown, and so does the current item.
    """

    item_chosen = Signal(str)
    item_opened = Signal(str)
    acts_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty ledger; `show_screen` fills it."""
        super().__init__(parent)
        self._items: tuple[ItemLine, ...] = ()
        self._writable = True
        self._lines: Lines[ItemLine] = Lines(_COLUMNS, lambda line: line.no)
        self._table = LinesView(self._lines)
        self._table.setAccessibleName("台账")
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._offer)
        self._table.chosen.connect(lambda line: self.item_chosen.emit(line.no))
        self._table.opened.connect(lambda line: self.item_opened.emit(line.no))
        self._count = note("显示了多少项")
        self._make_filters()
        self._acts = [self._act_button(text, acts) for text, acts in ACTS]
        self._lines.modelReset.connect(self._allow)
        self._table.chosen.connect(lambda _: self._allow())
        self._allow()
        column(self, self._lay_out_filters(), self._table, row(self._count, *self._acts))
        filters = (self._state, self._combos["unit"], self._leading, self._combos["leader"])
        searching = (self._combos["aspect"], self._words, self._clear)
        self.lead(self._table, *filters, *searching, self._table, *self._acts)
        shortcut(self, "Esc", self.clear)

    def show_screen(self, screen: Screen) -> None:
        """显示台账 — the narrowing and the current item are kept."""
        self._items = screen.items
        kept = self.narrowing
        self._fill_states(screen)
        for name, values in _choices(screen.items).items():
            _fill(self._combos[name], _ALL[name], values)
        self._set(kept)
        self._lines.show(screen.items)
        self._narrow()

    def set_writable(self, writable: bool) -> None:
        """可不可以办理 — without it neither the buttons nor the menu offer an act."""
        self._writable = writable
        self._allow()

    @property
    def narrowing(self) -> Narrowing:
        """现在的筛选 — as the boxes say it; a unit half typed does not count yet."""
        unit, leader, aspect = (combo.currentData() or "" for combo in self._combos.values())
        state = next((one.means for one in _STATES if one.word == self._state.currentData()), {})
        leading = bool(unit) and self._leading.isChecked()
        return Narrowing(None, unit, leader, aspect, self._words.text().strip(), leading)._replace(**state)

    def narrow_to(self, narrowing: Narrowing) -> None:
        """筛选成 — as if the clerk had chosen it, every box included."""
        self._set(narrowing)
        self._narrow()

    def clear(self) -> None:
        """清除筛选 — everything is shown again."""
        self.narrow_to(EVERYTHING)

    def forget(self) -> None:
        """忘掉 — what was narrowed to and the item a person was on: another folder comes."""
        self._table.forget()
        self.clear()

    def choose(self, no: str) -> bool:
        """选中一项 — where the narrowing hides it, the narrowing goes; False where there is no such item."""
        if not any(line.no == no for line in self._items):
            return False
        if self._lines.row_of(no) is None:
            self.clear()
        return self._table.choose(no)

    @property
    def current(self) -> ItemLine | None:
        """当前的小项 — None where none is."""
        line: ItemLine | None = self._table.current()
        return line

    # ------------------------------------------------------------ 筛选 ----

    def _make_filters(self) -> None:
        self._state = _combo("状态", self._narrow)
        _fill(self._state, "全部状态", [one.word for one in _STATES])
        self._combos = {
            "unit": _combo("单位", self._narrow, searched=True),
            "leader": _combo("责任领导", self._narrow, searched=True),
            "aspect": _combo("方面", self._narrow),
        }
        for name, combo in self._combos.items():
            _fill(combo, _ALL[name], ())
        self._leading = QCheckBox("只看牵头(&L)")
        self._leading.setToolTip("只列这个单位牵头的，不列它配合的")
        self._leading.toggled.connect(lambda _: self._narrow())
        self._words = search_box(self, "查找编号、措施、进展里的字", lambda _: self._narrow())
        self._clear = button("清除筛选(&X)", "全部小项都列出来（Esc）", self.clear)

    def _lay_out_filters(self) -> QGridLayout:
        grid = QGridLayout()
        places: tuple[tuple[QWidget, int, int, int], ...] = (
            (self._state, 0, 0, 1),
            (self._combos["unit"], 0, 1, 1),
            (self._leading, 0, 2, 1),
            (self._combos["leader"], 0, 3, 1),
            (self._combos["aspect"], 1, 0, 1),
            (self._words, 1, 1, 2),
            (self._clear, 1, 3, 1),
        )
        for widget, down, across, span in places:
            grid.addWidget(widget, down, across, 1, span)
        grid.setAlignment(self._clear, Qt.AlignmentFlag.AlignLeft)
        for at, share in enumerate((3, 4, 1, 4)):
            grid.setColumnStretch(at, share)
        return grid

    def _fill_states(self, screen: Screen) -> None:
        """状态的项数 — beside each word, as the figures of the Screen count them."""
        for at, one in enumerate(_STATES, start=1):
            self._state.setItemText(at, f"{one.word}（{screen.counts.get(one.figure, 0)}）")

    def _set(self, narrowing: Narrowing) -> None:
        """照着摆 — every box says what is narrowed to, and none of them narrows meanwhile."""
        boxes = (self._state, *self._combos.values(), self._leading, self._words)
        blocked = [QSignalBlocker(box) for box in boxes]
        self._state.setCurrentIndex(max(0, self._state.findData(_state_word(narrowing))))
        for name, combo in self._combos.items():
            _choose(combo, getattr(narrowing, name))
        self._leading.setChecked(narrowing.leading)
        self._words.setText(narrowing.words)
        del blocked

    def _narrow(self) -> None:
        narrowing = self.narrowing
        self._leading.setEnabled(bool(narrowing.unit))
        self._lines.narrow(None if narrowing == EVERYTHING else narrowing.wanted)
        shown = len(self._lines.shown_lines())
        told = f"共{len(self._items)}项" if shown == len(self._items) else f"显示{shown}项，共{len(self._items)}项"
        self._count.setText(told)
        if self.current is not None:
            self.item_chosen.emit(self.current.no)

    # ------------------------------------------------------------ 办理 ----

    def _act_button(self, text: str, acts: Sequence[Act]) -> QPushButton:
        named = "、".join(ACT_WORDS[act] for act in acts)
        if len(acts) == 1:
            return button(text, f"给选中的小项记{named}", partial(self._want, acts[0]))
        made = button(text, f"给选中的小项记{named}", lambda: None)
        menu = QMenu(made)
        for act in acts:
            _add(menu, f"{ACT_WORDS[act]}…", partial(self._want, act))
        made.setMenu(menu)
        return made

    def _want(self, act: Act) -> None:
        if self.current is not None:
            self.acts_wanted.emit(act.value, self.current.no)

    def _allow(self) -> None:
        for one in self._acts:
            one.setEnabled(self._writable and self.current is not None)

    def _offer(self, place: QPoint) -> None:
        index = self._table.indexAt(place)
        if index.isValid():
            self.menu(self._lines.line_at(index.row())).popup(self._table.viewport().mapToGlobal(place))

    def menu(self, line: ItemLine) -> QMenu:
        """小项的菜单 — what may be done about it, and the other items of its unit."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for _, acts in ACTS if self._writable else ():
            for act in acts:
                _add(menu, f"{ACT_WORDS[act]}…", partial(self.acts_wanted.emit, act.value, line.no))
            menu.addSeparator()
        if line.lead:
            leading = Narrowing(unit=line.lead, leading=True)
            _add(menu, f"只看{menu_text(line.lead)}牵头的", lambda: self.narrow_to(leading))
        return menu


# ---------------------------------------------------------------- 各列 ----


def _state(line: ItemLine) -> str:
    return STANDING_WORDS[line.standing] + ("（待确认）" if line.to_confirm else "")


_URGENT_FIRST = (
    *(Standing.OVERDUE, Standing.DUE_SOON, Standing.UNDATED, Standing.ON_TRACK, Standing.LONG_TERM),
    *(Standing.FINISHED_LATE, Standing.FINISHED, Standing.CLOSED),
)
"""由急到缓 — the order of the states when sorted."""


def _whole(line: ItemLine) -> str:
    return "\n".join(dict.fromkeys(filter(None, [line.matter, line.measure])))


def _units(line: ItemLine) -> str:
    helping = [unit for unit in line.units if unit != line.lead]
    told = [f"牵头：{line.lead or UNNAMED}", *([f"配合：{'、'.join(helping)}"] if helping else [])]
    return "\n".join([*told, *([f"责任领导：{'、'.join(line.leaders)}"] if line.leaders else [])])


_COLUMNS: tuple[Shown[ItemLine], ...] = (
    Shown(
        "状态",
        _state,
        lambda line: _URGENT_FIRST.index(line.standing),
        "时限不明确（待确认）",
        light=lambda line: LIGHTS[line.standing],
    ),
    Shown("编号", lambda line: line.no, as_given, 6),
    Shown("整改措施", lambda line: flat(line.matter), width=27, tip=_whole),
    Shown("牵头单位", lambda line: line.lead or UNNAMED, width=14, tip=_units),
    Shown("时限", lambda line: flat(line.deadline), width=LONGEST_DAY, tip=lambda line: line.deadline),
    Shown("读作", lambda line: line.read_as, lambda line: line.due, LONGEST_DAY, tip=lambda line: line.read_as),
    Shown("剩余", lambda line: line.days, lambda line: line.days_left, "逾期2000天"),
    Shown("自报", lambda line: line.claim, width=10, tip=lambda line: line.progress),
    Shown("办理", lambda line: flat(line.decided), width=14, tip=lambda line: line.decided),
    Shown("较上期", lambda line: line.changed, width=12, tip=lambda line: line.changed),
)


# ---------------------------------------------------------------- 筛选的框 ----


def _choices(items: Sequence[ItemLine]) -> dict[str, list[str]]:
    """可选的 — what the items name, in the order they do; the unnamed last, where there are any."""
    leads = (line.lead or UNNAMED for line in items)
    return {
        "unit": _distinct(chain(chain.from_iterable(line.units for line in items), leads)),
        "leader": _distinct(chain.from_iterable(line.leaders or (UNNAMED,) for line in items)),
        "aspect": _distinct(line.aspect or UNNAMED for line in items),
    }


def _distinct(names: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(names), key=lambda name: name == UNNAMED)


def _combo(name: str, changed: Callable[[], object], *, searched: bool = False) -> QComboBox:
    """筛选的框 — no wider than needed; with ``searched`` a part of a name finds it."""
    combo = ChoiceBox()
    combo.setAccessibleName(name)
    combo.setToolTip(f"按{name}筛选")
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(6)
    combo.setMaxVisibleItems(20)
    combo.currentIndexChanged.connect(lambda _: changed())
    if searched:
        _make_searched(combo)
    return combo


def _make_searched(combo: QComboBox) -> None:
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer, written = combo.completer(), combo.lineEdit()
    if completer is not None and written is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(20)
        written.editingFinished.connect(lambda: _settle(combo))


def _settle(combo: QComboBox) -> None:
    """写完了 — a name that is there is chosen, nothing means all, anything else goes back to what was chosen."""
    typed = combo.currentText().strip()
    at = combo.findText(typed) if typed else 0
    combo.setCurrentIndex(at if at >= 0 else combo.currentIndex())
    combo.setEditText(combo.itemText(combo.currentIndex()))


def _fill(combo: QComboBox, everything: str, values: Iterable[str]) -> None:
    blocked = QSignalBlocker(combo)
    combo.clear()
    combo.addItem(everything, "")
    for value in values:
        combo.addItem(harmless(value), value)
    del blocked


def _choose(combo: QComboBox, value: str) -> None:
    """选中 — one no longer there is put back, so that what is narrowed to is always said."""
    at = combo.findData(value)
    if at < 0:
        combo.addItem(harmless(value), value)
        at = combo.count() - 1
    combo.setCurrentIndex(at)
    if combo.isEditable():
        combo.setEditText(combo.itemText(at))


def _state_word(narrowing: Narrowing) -> str:
    chosen = {"standing": narrowing.standing, "to_confirm": narrowing.to_confirm, "silent": narrowing.silent}
    meant = {name: value for name, value in chosen.items() if value}
    return next((one.word for one in _STATES if one.means == meant), "")


def _add(menu: QMenu, text: str, act: Callable[[], object]) -> None:
    action = QAction(text, menu)
    action.triggered.connect(lambda _: act())
    menu.addAction(action)
