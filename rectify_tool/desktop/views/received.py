"""报送 — which units were heard this time, and what became of every file they sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QSplitter, QToolButton, QWidget

from rectify_tool.desktop.tables import Lines, LinesView, Shown, as_given
from rectify_tool.desktop.views.narrowing import Narrowing, plain
from rectify_tool.desktop.views.parts import (
    Page,
    allow,
    button,
    column,
    heading,
    inset,
    note,
    row,
    search_box,
    shortcut,
)
from rectify_tool.desktop.wording import LONGEST_DAY, day_told, flat, harmless
from rectify_tool.model import HEARD_WORDS, SILENT, FileLine, FileRole, Heard, Light, Screen, UnitLine
from rectify_tool.papers.counts import IDLE


class ReceivedView(Page):
    """报送 — ``file_wanted`` gives the file relative to the work folder; ``narrowed`` the `Narrowing` of the ledger to
    the items of a unit.
    """

    file_wanted = Signal(str, str)
    narrowed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty tables; `show_screen` fills them."""
        super().__init__(parent)
        self._all: tuple[UnitLine, ...] = ()
        self._showing = _SHOWINGS[0]
        self._units: Lines[UnitLine] = Lines(_UNIT_COLUMNS, lambda line: line.unit)
        self._files: Lines[FileLine] = Lines(_FILE_COLUMNS, lambda line: line.file)
        self._unit_table = _table(self._units, "各单位的报送情况")
        self._file_table = _table(self._files, "收件")
        self._buttons = self._make_buttons()
        self._words = search_box(self, "查找单位", self._narrow)
        self._told, self._told_files = note("各单位报送的数字"), note("收件的数字")
        self._only = QCheckBox("只列选中单位的文件(&F)")
        self._only.setChecked(True)
        self._copy = button("复制未报单位(&C)", _COPY_TIP, self.copy_silent)
        self._items = button("看它的小项(&I)", _ITEMS_TIP, self._see_items)
        self._open = button("打开文件(&O)", _OPEN_TIP, self._open_file)
        self._lay_out()
        self._listen()

    def show_screen(self, screen: Screen) -> None:
        """显示报送 — what is chosen and narrowed stays."""
        self._all = screen.units
        self._units.show(screen.units)
        self._files.show(sorted(screen.files, key=lambda line: not line.unread))
        for showing, made in zip(_SHOWINGS, self._buttons, strict=True):
            made.setText(showing.label(screen))
        self._told.setText(_heard_told(screen.units))
        allow(self._copy, "" if owing(screen.units) else "没有要催的单位：没报的都没有未完成的小项", _COPY_TIP)
        self._narrow()

    def forget(self) -> None:
        """忘掉 — what was narrowed to and the lines a person was on: another folder comes."""
        self._unit_table.forget()
        self._file_table.forget()
        self._only.setChecked(True)
        self.clear()

    def copy_silent(self) -> None:
        """复制未报单位 — to the clipboard."""
        silent = owing(self._all)
        QGuiApplication.clipboard().setText("\n".join(map(silence_told, silent)))
        self._told.setText(f"已复制{len(silent)}个未报送的单位，可以粘贴到电话记录里。")

    @property
    def unit(self) -> UnitLine | None:
        """当前的单位 — None where none is."""
        line: UnitLine | None = self._unit_table.current()
        return line

    # ------------------------------------------------------------ 摆放 ----

    def _make_buttons(self) -> list[QToolButton]:
        group = QButtonGroup(self)
        made = []
        for showing in _SHOWINGS:
            one = QToolButton()
            one.setText(showing.word)
            one.setCheckable(True)
            one.setChecked(showing is _SHOWINGS[0])
            one.clicked.connect(lambda _=False, showing=showing: self._show_only(showing))
            group.addButton(one)
            made.append(one)
        return made

    def _lay_out(self) -> None:
        units, files = QWidget(), QWidget()
        first = row(heading("单位(&U)", self._unit_table), *self._buttons, None, self._words)
        column(units, first, self._unit_table, row(self._told, self._items, self._copy))
        second = row(heading("收件(&R)", self._file_table), self._only, self._told_files, self._open)
        column(files, second, self._file_table)
        split = QSplitter(Qt.Orientation.Vertical)
        for at, part in enumerate((units, files)):
            inset(part)
            split.addWidget(part)
            split.setStretchFactor(at, 3 - at)
        split.setCollapsible(0, False)  # the files may be folded away, where the letters are large
        column(self, split)
        above = (*self._buttons, self._words, self._unit_table, self._items, self._copy)
        self.lead(self._unit_table, *above, self._only, self._open, self._file_table)

    def _listen(self) -> None:
        self._unit_table.chosen.connect(lambda _: self._narrow_files())
        self._unit_table.opened.connect(lambda _: self._see_items())
        self._file_table.chosen.connect(lambda _: self._allow())
        self._file_table.opened.connect(lambda _: self._open_file())
        self._only.toggled.connect(lambda _: self._narrow_files())
        shortcut(self, "Esc", self.clear)

    # ------------------------------------------------------------ 筛选 ----

    def clear(self) -> None:
        """清除筛选 — every unit is listed again."""
        self._words.clear()
        self._buttons[0].click()

    def _show_only(self, showing: _Showing) -> None:
        self._showing = showing
        self._narrow()

    def _narrow(self, _: str = "") -> None:
        words, units = plain(self._words.text().strip()), self._showing.units
        self._units.narrow(lambda line: units(line) and words in plain(line.unit))
        self._narrow_files()

    def _narrow_files(self) -> None:
        """收件只列 — those of the chosen unit where that is wanted; else those the chosen button is about."""
        unit = self.unit if self._only.isChecked() else None
        self._files.narrow(self._showing.files if unit is None else lambda line: line.file in unit.files)
        shown = self._files.shown_lines()
        unread = sum(line.unread for line in shown)
        whose = f"{harmless(unit.unit)}：" if unit else ""
        self._told_files.setText(f"{whose}{len(shown)}件" + (f"，其中{unread}件收到、不能读取" if unread else ""))
        self._allow()

    # ------------------------------------------------------------ 做 ----

    def _allow(self) -> None:
        allow(self._items, "" if self.unit else "先选一个单位", _ITEMS_TIP)
        allow(self._open, "" if self._file_table.current() else "先选一个文件", _OPEN_TIP)

    def _see_items(self) -> None:
        if self.unit:
            self.narrowed.emit(Narrowing(unit=self.unit.unit))

    def _open_file(self) -> None:
        line = self._file_table.current()
        if line is not None:
            self.file_wanted.emit(line.file, "")


# ---------------------------------------------------------------- 只看哪些 ----


class _Showing(NamedTuple):
    """一种看法 — its word, which units and which files it lists; the files are counted where it is about files."""

    word: str
    units: Callable[[UnitLine], bool]
    files: Callable[[FileLine], bool] | None = None

    def label(self, screen: Screen) -> str:
        """按钮上的字 — with how many there are."""
        if self.files:
            return f"{self.word}（{sum(map(self.files, screen.files))}件）"
        return f"{self.word}（{sum(map(self.units, screen.units))}）"


_SHOWINGS = (
    _Showing("全部", lambda line: True),
    _Showing("未报送", lambda line: line.heard in SILENT),
    _Showing("不能读取", lambda line: line.heard is Heard.UNREADABLE, lambda line: line.unread),
)


def owing(units: Iterable[UnitLine]) -> list[UnitLine]:
    """要催的单位 — sent nothing this time and still have something open."""
    return [line for line in units if line.heard in SILENT and line.told != IDLE]


def silence_told(line: UnitLine) -> str:
    """催报的一行 — 区水利局（未报送，连续2期，牵头未完成3项，其中逾期1项）."""
    told = [line.told]
    told += [f"连续{line.silent_run}期没有报"] if line.silent_run > 1 else []
    told += [f"牵头未完成{line.open}项"] if line.open else []
    told += [f"其中逾期{line.overdue}项"] if line.overdue else []
    return f"{line.unit}（{'，'.join(told)}）"


def _heard_told(units: Iterable[UnitLine]) -> str:
    heard = Counter(line.heard for line in units)
    words = {**HEARD_WORDS, Heard.UNREADABLE: "收到但不能读取"}  # in a row of figures no comma stands inside a word
    told = "、".join(f"{words[one]}{heard[one]}个" for one in Heard if heard[one])
    return f"共{heard.total()}个单位：{told}" if told else "责任分解表里还没有单位"


# ---------------------------------------------------------------- 各列 ----

_ROLE_WORDS: Mapping[FileRole, str] = {FileRole.BREAKDOWN: "责任分解表", FileRole.REGISTER: "办理登记"}
_HEARD_LIGHTS: Mapping[Heard, Light] = {
    Heard.REPORTED: Light.GREEN,
    Heard.CARRIED: Light.YELLOW,
    Heard.UNREADABLE: Light.YELLOW,
    Heard.MISSING: Light.RED,
}


def _unit_light(line: UnitLine) -> Light:
    return Light.GREY if line.told == IDLE else _HEARD_LIGHTS[line.heard]


def _file_light(line: FileLine) -> Light:
    return Light.RED if line.unread else Light.GREY if line.why else Light.GREEN


def _sender(line: FileLine) -> str:
    """谁报来的 — of a file that is not from a unit what it is for; of one nobody sent (a lock file) nothing."""
    if line.unit or line.role is not FileRole.SUBMISSION:
        return line.unit or _ROLE_WORDS[line.role]
    return "单位不明" if line.unread or line.items else ""


def _silent_run(line: UnitLine) -> str:
    return f"{line.silent_run}期" if line.silent_run else ""


def _number(count: int) -> str:
    return str(count) if count else ""


_UNIT_COLUMNS: tuple[Shown[UnitLine], ...] = (
    Shown("单位", lambda line: line.unit, as_given, 24),
    Shown("报送情况", lambda line: line.told, width=22, light=_unit_light),
    Shown("报送日期", lambda line: day_told(line.sent), lambda line: line.sent, LONGEST_DAY),
    Shown("牵头", lambda line: _number(line.lead), lambda line: line.lead, 6, right=True),
    Shown("未完成", lambda line: _number(line.open), lambda line: line.open, 8, right=True),
    Shown("逾期", lambda line: _number(line.overdue), lambda line: line.overdue, 6, right=True),
    Shown("配合", lambda line: _number(line.helping), lambda line: line.helping, 6, right=True),
    Shown("连续未报", _silent_run, lambda line: line.silent_run or None, 10, right=True),
    Shown("文件", lambda line: "、".join(map(_name, line.files)), width=26, tip=lambda line: "\n".join(line.files)),
)

_FILE_COLUMNS: tuple[Shown[FileLine], ...] = (
    Shown("文件", lambda line: line.file, as_given, 34, tip=lambda line: line.file, light=_file_light),
    Shown("单位", _sender, width=22),
    Shown("报送日期", lambda line: day_told(line.sent), lambda line: line.sent, LONGEST_DAY),
    Shown("小项", lambda line: _number(line.items), lambda line: line.items, 6, right=True),
    Shown("结果", lambda line: line.outcome, width=18),
    Shown("意见", lambda line: _number(line.findings), lambda line: line.findings, 6, right=True),
    Shown("原因", lambda line: flat(line.why), width=48, tip=lambda line: line.why),
)


def _name(file: str) -> str:
    return PurePosixPath(file).name


def _table(lines: Lines[Any], name: str) -> LinesView:
    table = LinesView(lines)
    table.setAccessibleName(name)
    return table


_ITEMS_TIP = "到台账里看这个单位牵头和配合的小项（双击、回车）"
_COPY_TIP = "复制还没有报送的单位，一行一个，打电话催报时用"
_OPEN_TIP = "打开这个文件（双击、回车）"
