"""数据行 — the data rows of a table: their own cells, and what a blank, a merge, a group or 同上 takes from above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from rectify_tool.findings import Code
from rectify_tool.model import Cell, Column, Finding, Reason, Row, Source, address
from rectify_tool.tables.carry import FILLS, Cells, Fill, Groups, fill_blanks, group_style
from rectify_tool.tables.find import Section
from rectify_tool.tables.kinds import Kind, Layout, kinds_of, layout_of
from rectify_tool.tables.settle import MEANINGS, Columns
from rectify_tool.tables.ticks import ticked


@dataclass(frozen=True, slots=True)
class Read:
    """读到的行 — the data rows of one table, the rows that are something else, and the rows below the table."""

    rows: tuple[Row, ...]
    reasons: dict[int, Reason]
    footer: tuple[int, ...]
    findings: tuple[Finding, ...]


def read_rows(file: str, section: Section, columns: Columns, hidden: frozenset[int]) -> Read:
    """读数据行 — every row below the head as data, band, repeated heading, total, footer or empty.

    Findings: H11 for blanks taken from above, H12 for 同上 under nothing, H14 for totals, H19 for several ticks.

    Args:
        file: The file's name, for rows and findings.
        section: Where the table lies.
        columns: Its columns, settled.
        hidden: The hidden rows of the sheet.
    """
    layout = layout_of(section, columns)
    kinds = kinds_of(layout)
    fills = tuple(fill for fill in FILLS if fill.column in layout.present)
    builder = _Builder(file, layout, hidden, Groups(layout), fills)
    if title := _group_above(section, kinds):
        builder.group((title,))
    for row, kind in kinds.items():
        if kind is Kind.DATA:
            builder.add(row)
        elif kind is Kind.BAND:
            builder.group(section.page.cells(range(row, row + 1)))
    reasons = {row: reason for row, kind in kinds.items() if (reason := _REASONS.get(kind))}
    reasons |= dict.fromkeys(builder.groups.untaken(), Reason.EMPTY_ROW)
    footer = tuple(row for row, kind in kinds.items() if kind in (Kind.FOOTER, Kind.TOTAL))
    totals = [
        Code.TOTAL_ROW.at(Source(file, section.page.sheet, address(row, section.page.filled(row)[0])), row=row + 1)
        for row, kind in kinds.items()
        if kind is Kind.TOTAL
    ]
    return Read(tuple(builder.rows), reasons, footer, (*totals, *builder.findings()))


def _group_above(section: Section, kinds: dict[int, Kind]) -> Cell | None:
    """表头上的类别 — where each group has its head again below its name, the name of the first stands over the head."""
    rows = list(kinds)
    repeated = {
        group_style(section.page.cells(range(row, row + 1))[0].text)
        for row, below in pairwise(rows)
        if kinds[row] is Kind.BAND and kinds[below] is Kind.HEADING
    }
    title = section.page.cells(range(max(section.start, section.head.top - 1), section.head.top))
    alone = len(title) == 1 and group_style(title[0].text) in repeated - {None}
    return title[0] if alone else None


_REASONS = {
    Kind.BAND: Reason.HEADING,
    Kind.HEADING: Reason.HEADING,
    Kind.TITLE: Reason.TITLE,
    Kind.TOTAL: Reason.TOTAL,
    Kind.FOOTER: Reason.FOOTER,
    Kind.EMPTY: Reason.EMPTY_ROW,
}


_DITTO = frozenset(
    ("同上", "同前", "同上项", "同上。", "（同上）", "(同上)", "〃", "″", "”", "“", '"', "＂", "''", "′′")
)
_LONGEST_DITTO = 5


@dataclass(slots=True)
class _Builder:
    """逐行成形 — builds the data rows from the top, carrying what later rows may take from above."""

    file: str
    layout: Layout
    hidden: frozenset[int]
    groups: Groups
    fills: tuple[Fill, ...]
    rows: list[Row] = field(default_factory=list)
    above: Cells = field(default_factory=dict)
    filled: dict[Column, list[int]] = field(default_factory=dict)
    orphans: list[Finding] = field(default_factory=list)
    several: list[Finding] = field(default_factory=list)

    def add(self, number: int) -> None:
        """一行数据 — the cells of one row: its own, those of merges, what it leaves blank, those of bands."""
        layout, down = self.layout, self.layout.down
        texts, values = layout.page.texts[number], layout.page.values[number]
        width = len(texts)
        cells: Cells = {}
        for column, indexes in layout.groups:
            found: tuple[Cell, ...] = ()
            for index in indexes:
                if index < width and (text := texts[index]) and (value := values[index]) is not None:
                    cell = Cell(text, number, index, value)
                    if len(text) <= _LONGEST_DITTO and text.strip() in _DITTO:
                        cell = self._ditto(cell, column)
                    found += (cell,)
                elif (number, index) in down:
                    found += self._covering(down[number, index], index, column)
            if found:
                cells[column] = found
        if layout.ticks and Column.STATUS in cells:
            self._tick(cells)
        if self._goes_on(cells):
            self._join(cells)
            return
        for column in fill_blanks(cells, self.above, layout, self.fills):
            self.filled.setdefault(column, []).append(number)
        self.above = cells
        self.rows.append(Row(self.file, layout.page.sheet, number, self.groups.over(cells), number in self.hidden))

    def group(self, cells: tuple[Cell, ...]) -> None:
        """一行类别 — a group begins: what is left blank below is not taken from rows above it."""
        column = self.groups.begin(cells)
        kept = (Column.ASPECT,) if column is Column.PROBLEM else ()
        self.above = {column: self.above[column] for column in kept if column in self.above}

    def findings(self) -> Iterator[Finding]:
        """沿用的说明 — H11 or H20 once per column, H12 for each 同上 under nothing."""
        yield from self.orphans
        yield from self.several
        index_of = {column: indexes[0] for column, indexes in self.layout.groups}
        for column, rows in self.filled.items():
            source = Source(self.file, self.layout.page.sheet, address(rows[0], index_of[column]))
            slots = {"meaning": MEANINGS[column], "count": len(rows), "rows": row_list(rows)}
            units = column in (Column.LEAD, Column.UNITS)
            yield (Code.UNIT_FILLED_DOWN if units else Code.FILLED_DOWN).at(source, **slots)

    def _ditto(self, cell: Cell, column: Column) -> Cell:
        """同上 — the text above, at the place where 同上 stands, so that the cell counts once."""
        above = next((one for one in self.above.get(column, ()) if one.column == cell.column), None)
        if above is None:
            source = Source(self.file, self.layout.page.sheet, address(cell.row, cell.column))
            self.orphans.append(Code.DITTO_WITHOUT_ABOVE.at(source, text=cell.text.strip()))
            return cell
        return cell._replace(text=above.text, value=above.value)

    def _tick(self, cells: Cells) -> None:
        """打勾 — the status of the row is the word over its tick; H19 where several are ticked."""
        states = ticked(cells.pop(Column.STATUS), self.layout.ticks)
        if not states:
            return
        cells[Column.STATUS] = states
        if len(states) > 1:
            source = Source(self.file, self.layout.page.sheet, address(states[0].row, states[0].column))
            words = "、".join(cell.text for cell in states)
            self.several.append(Code.TICKS_SEVERAL.at(source, count=len(states), words=words))

    def _covering(self, top: int, index: int, column: Column) -> tuple[Cell, ...]:
        """合并格 — the merged cell that covers this one from above, with what a 同上 in it meant; none if blank."""
        for above in self.above.get(column, ()):
            if above.row == top and above.column == index:
                return (above if above.inherited else above._replace(inherited=True),)
        page = self.layout.page
        return (page.cell(top, index)._replace(inherited=True),) if page.text(top, index) else ()

    def _goes_on(self, cells: Cells) -> bool:
        """续行 — under the merged number or words of the item above, nothing of these its own: more of one item."""
        if any(not cell.inherited for column in _ITS_OWN for cell in cells.get(column, ())):
            return False
        merged = [(column, cell) for column in _IDENTITY for cell in cells.get(column, ())]
        return bool(merged) and all(
            any(one[1:3] == cell[1:3] for one in self.above.get(column, ())) for column, cell in merged
        )

    def _join(self, cells: Cells) -> None:
        """并入上行 — the row's own cells join those of the row above."""
        row = self.rows[-1]
        for column, found in cells.items():
            own = tuple(cell for cell in found if not cell.inherited)
            if own:
                row.cells[column] = (*row.cells.get(column, ()), *own)


_IDENTITY = (Column.NO, Column.ITEM, Column.MEASURE)
_ITS_OWN = (*_IDENTITY, Column.PROBLEM, Column.UNIT, Column.LEAD, Column.UNITS, Column.STATUS)
"""A row with one of these of its own is a row of its own, even under a merge."""


def row_list(rows: Iterable[int]) -> str:
    """行号 — zero-based rows as people count them, neighbours drawn together: 5、7-9."""
    parts: list[list[int]] = []
    for row in sorted(rows):
        if parts and row == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], row]
        else:
            parts.append([row])
    return "、".join("-".join(str(row + 1) for row in part) for part in parts)
