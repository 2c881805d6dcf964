"""核对意见 — what a person should look at, grouped, each with what to do and what its code means."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHeaderView, QSplitter, QToolButton, QWidget

from rectify_tool import places
from rectify_tool.desktop import looks
from rectify_tool.desktop.fields import ChoiceBox
from rectify_tool.desktop.tables import Lines, LinesView, Shown
from rectify_tool.desktop.views.dossier import place_in
from rectify_tool.desktop.views.grouping import Explanation, Group, Row, Searched, explanations, grouped, rows_of
from rectify_tool.desktop.views.parts import (
    Page,
    ReadingPane,
    allow,
    button,
    column,
    lamp_size,
    note,
    row,
    search_box,
    shortcut,
)
from rectify_tool.desktop.wording import safe
from rectify_tool.model import SEVERITY_WORDS, FindingLine, Light, Screen, Severity

SEVERITY_LIGHTS: Mapping[Severity, Light] = {
    Severity.ERROR: Light.RED,
    Severity.WARNING: Light.YELLOW,
    Severity.NOTE: Light.GREY,
}
"""轻重的灯 — shape and colour of a finding, always beside its word."""


class FindingsView(Page):
    """核对意见 — ``item_chosen`` gives the number of the item a finding is about, where the clerk asks to see it;
    ``file_wanted`` the file relative to the work folder and the place in it.

    Weight, words, grouping, what is folded and the current finding stay when another Screen is shown.
    """

    item_chosen = Signal(str)
    file_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty list; `show_screen` fills it."""
        super().__init__(parent)
        self._found = Searched()
        self._severity: Severity | None = None
        self._folded: dict[str, bool] = {}
        self._rows = _Rows(_COLUMNS, _key)
        self._table = GroupedView(self._rows)
        self._table.setAccessibleName("核对意见")
        self._about = _reading_pane()
        self._weights = self._weight_buttons()
        self._grouping = _grouping()
        self._words = search_box(self, "查找意见、文件、编号里的字", self._narrow)
        self._count = note("显示了多少条")
        self._open = button("打开文件(&O)", _OPEN_TIP, self._open_file)
        self._item = button("看这一项(&I)", _ITEM_TIP, self._see_item)
        self._lay_out()
        self._listen()
        self._narrow()

    def show_screen(self, screen: Screen) -> None:
        """显示核对意见 — weight, words, grouping and the current finding are kept."""
        self._found = Searched(screen.findings)
        for weight, made in self._weights.items():
            count = sum(1 for line in screen.findings if weight in (None, line.severity))
            made.setText(f"{SEVERITY_WORDS[weight] if weight else '全部'}（{count}）")
        self._narrow()

    @property
    def current(self) -> FindingLine | None:
        """当前的意见 — None where none is, or on the heading of a group."""
        row: Row | None = self._table.current()
        return row.line if row else None

    def forget(self) -> None:
        """忘掉 — what was narrowed to, folded and chosen: another folder comes."""
        self._folded.clear()
        self._table.forget()
        self.clear()

    def clear(self) -> None:
        """清除筛选 — every finding is listed again."""
        self._words.clear()
        self._weights[None].click()

    def changeEvent(self, event: QEvent) -> None:
        """字号、深浅变了 — the lights on the buttons follow."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange) and hasattr(self, "_weights"):
            for weight, made in self._weights.items():
                _light_up(made, weight)

    # ------------------------------------------------------------ 摆放 ----

    def _weight_buttons(self) -> dict[Severity | None, QToolButton]:
        group = QButtonGroup(self)
        made: dict[Severity | None, QToolButton] = {}
        for weight in (None, *Severity):
            one = QToolButton()
            one.setText(SEVERITY_WORDS[weight] if weight else "全部")
            one.setCheckable(True)
            one.setChecked(weight is None)
            one.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            _light_up(one, weight)
            one.clicked.connect(lambda _=False, weight=weight: self._weigh(weight))
            group.addButton(one)
            made[weight] = one
        return made

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._table)
        split.addWidget(self._about)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        filters = row(*self._weights.values(), None, self._grouping)
        column(self, filters, self._words, split, row(self._count, self._item, self._open))

    def _listen(self) -> None:
        self._table.chosen.connect(lambda _: self._explain())
        self._table.opened.connect(lambda _: self._open_file())
        self._table.folded.connect(self._fold)
        self._grouping.currentIndexChanged.connect(lambda _: self._narrow())
        filters = (*self._weights.values(), self._grouping, self._words)
        self.lead(self._table, *filters, self._table, self._about, self._item, self._open)
        shortcut(self, "Esc", self.clear)

    # ------------------------------------------------------------ 筛选 ----

    def _weigh(self, severity: Severity | None) -> None:
        self._severity = severity
        self._narrow()

    def _narrow(self, _: str = "") -> None:
        wanted = self._found.wanted(self._severity, self._words.text())
        self._rows.show(rows_of(grouped(wanted, by_file=self._grouping.currentData()), self._is_folded))
        shown, total = len(wanted), len(self._found.lines)
        self._count.setText(f"共{total}条" if shown == total else f"显示{shown}条，共{total}条")
        self._explain()

    def _is_folded(self, group: Group) -> bool:
        """收起的 — as the clerk left it, at first what holds nothing to act on; never while words are looked for."""
        if self._words.text().strip():
            return False
        return self._folded.get(group.name, group.severity is Severity.NOTE and self._severity is None)

    def _fold(self, group: Group, folded: bool) -> None:
        self._folded[group.name] = folded
        self._narrow()

    # ------------------------------------------------------------ 一条意见 ----

    def _explain(self) -> None:
        line = self.current
        allow(self._open, "" if line and line.source.file else "先选一条写明文件的意见", _OPEN_TIP)
        allow(self._item, "" if line and line.no else "先选一条说到小项的意见", _ITEM_TIP)
        self._about.setHtml(_finding_html(line, _meanings().get(line.code)) if line else f"<p>{_NOTHING}</p>")

    def _open_file(self) -> None:
        line = self.current
        if line is not None and line.source.file:
            self.file_wanted.emit(line.source.file, place_in(line.source))

    def _see_item(self) -> None:
        line = self.current
        if line is not None and line.no:
            self.item_chosen.emit(line.no)


_OPEN_TIP = "打开这条意见所在的文件（双击、回车）"
_ITEM_TIP = "到台账里看这条意见说的小项"
_NOTHING = "选一条意见，这里写它的全文，和它是什么意思、怎么办。"


# ---------------------------------------------------------------- 各行 ----


class _Rows(Lines[Row]):
    """各行 — the headings of the groups are bold, with an arrow that tells whether the group is folded."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """一格 — as any line shows it; a heading is bold, has its arrow, and is spoken with what it stands for."""
        if role not in _OF_HEADINGS or not index.isValid():
            return super().data(index, role)
        row, first = self.line_at(index.row()), index.column() == 0
        heading = row.line is None
        if role == Qt.ItemDataRole.FontRole:
            return _bold() if heading else None
        if role == Qt.ItemDataRole.DecorationRole:
            return looks.folding(_light(row), row.folded if heading else None) if first else None
        return super().data(index, role) + (f"，{'已收起' if row.folded else '已展开'}" if heading and first else "")


_OF_HEADINGS = (Qt.ItemDataRole.FontRole, Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.AccessibleTextRole)


def _bold() -> QFont:
    font = QGuiApplication.font()
    font.setBold(True)
    return font


def _message(row: Row) -> str:
    if row.line is not None:
        return f"　{row.line.message}"
    return f"{row.group.name}（{len(row.group.lines)}条）"


def _tip(row: Row) -> str:
    return f"{row.line.source}\n{row.line.message}" if row.line else row.group.name


def _light(row: Row) -> Light:
    return SEVERITY_LIGHTS[row.line.severity if row.line else row.group.severity]


def _key(row: Row) -> Hashable:
    return row.line or row.group.name


_COLUMNS: tuple[Shown[Row], ...] = (
    Shown("意见", _message, width=40, tip=_tip, light=_light),
    Shown("在哪里", lambda row: str(row.line.source) if row.line else "", width=30, tip=_tip),
    Shown("小项", lambda row: row.line.no if row.line else "", width=6),
    Shown("代码", lambda row: row.line.code if row.line else "", width=6),
)


# ---------------------------------------------------------------- 部件 ----


class GroupedView(LinesView):
    """分组的表 — not sorted; a click, Space, Enter, ← or → on a heading folds or unfolds its group.

    ``folded`` carries the `Group` and whether it is to be folded.
    """

    folded = Signal(object, bool)

    def __init__(self, lines: Lines[Row]) -> None:
        """The messages take what width is left."""
        super().__init__(lines)
        self.setSortingEnabled(False)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.clicked.connect(lambda _: self._turn(None))

    def _fit(self) -> None:
        """An arrow and a light stand side by side."""
        super()._fit()
        side = self.iconSize().height()
        self.setIconSize(QSize(2 * side, side))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """按键 — on a heading they fold it; elsewhere they are the table's."""
        if event.key() not in _FOLDING or not self._turn(_FOLDING[event.key()]):
            super().keyPressEvent(event)

    def _turn(self, fold: bool | None) -> bool:
        """收起、展开 — None for the other way round; False on a finding, where there is nothing to fold."""
        row: Row | None = self.current()
        if row is None or row.line is not None:
            return False
        if fold is not row.folded:
            self.folded.emit(row.group, not row.folded)
        return True


_FOLDING: Mapping[int, bool | None] = {
    Qt.Key.Key_Left: True,
    Qt.Key.Key_Right: False,
    Qt.Key.Key_Space: None,
    Qt.Key.Key_Return: None,
    Qt.Key.Key_Enter: None,
}


def _light_up(one: QToolButton, weight: Severity | None) -> None:
    one.setIconSize(lamp_size(one))
    if weight is not None:
        one.setIcon(looks.icon(SEVERITY_LIGHTS[weight]))


def _grouping() -> ChoiceBox:
    combo = ChoiceBox()
    combo.setAccessibleName("分组")
    combo.addItem("按类别分组", False)
    combo.addItem("按文件分组", True)
    return combo


def _reading_pane() -> ReadingPane:
    pane = ReadingPane()
    pane.setAccessibleName("这条意见的全文和解释")
    pane.setOpenLinks(False)
    pane.document().setDefaultStyleSheet(
        f"pre {{ font-family: '{QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()}' }}"
    )
    return pane


@cache
def _meanings() -> Mapping[str, Explanation]:
    return explanations(places.findings_text())


def _finding_html(line: FindingLine, meaning: Explanation | None) -> str:
    place = f"<p><b>{safe(str(line.source))}</b></p>" if line.source.file else ""
    weight = f"<p>{SEVERITY_WORDS[line.severity]} · {safe(line.kind)} · {safe(line.code)}</p>"
    told = f"{place}<p>{safe(line.message)}</p>{weight}"
    if meaning is None:
        return told
    example = f"<p>例如：</p><pre>{safe(meaning.example)}</pre><p>这时说：{safe(meaning.told)}</p>"
    return f"{told}<hr><p>什么时候会有这条意见：{safe(meaning.about)}</p>{example if meaning.example else ''}"
