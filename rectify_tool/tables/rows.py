"""数据行 — the data rows of a table: their own cells, and what a blank, a merge, a group or 同上 takes from above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rectify_tool.findings import Code
from rectify_tool.model import Cell, Column, Finding, Reason, Row, Source, address
from rectify_tool.tables.find import Section
from rectify_tool.tables.kinds import TEXTS, Kind, Layout, kinds_of, layout_of
from rectify_tool.tables.settle import MEANINGS, Columns


@dataclass(frozen=True, slots=True)
class Read:
    """读到的行 — the data rows of one table, the rows that are something else, and the rows below the table."""

    rows: tuple[Row, ...]
    reasons: dict[int, Reason]
    footer: tuple[int, ...]
    findings: tuple[Finding, ...]


def read_rows(file: str, section: Section, columns: Columns, hidden: frozenset[int]) -> Read:
    """读数据行 — every row below the head as data, band, repeated heading, total, footer or empty.

    Findings: H11 for blanks taken from above, H12 for 同上 under nothing, H14 for totals.

    Args:
        file: The file's name, for rows and findings.
        section: Where the table lies.
        columns: Its columns, settled.
        hidden: The hidden rows of the sheet.
    """
    layout = layout_of(section, columns)
    kinds = kinds_of(layout)
    builder = _Builder(file, layout, hidden, tuple(fill for fill in _FILLS if fill.column in layout.present))
    for row, kind in kinds.items():
        if kind is Kind.DATA:
            builder.add(row)
        elif kind is Kind.BAND:
            builder.band(row)
    reasons = {row: reason for row, kind in kinds.items() if (reason := _REASONS.get(kind))} | builder.unused_bands()
    footer = tuple(row for row, kind in kinds.items() if kind in (Kind.FOOTER, Kind.TOTAL))
    totals = [
        Code.TOTAL_ROW.at(Source(file, section.page.sheet, address(row, section.page.filled(row)[0])), row=row + 1)
        for row, kind in kinds.items()
        if kind is Kind.TOTAL
    ]
    return Read(tuple(builder.rows), reasons, footer, (*totals, *builder.findings()))


_REASONS = {
    Kind.HEADING: Reason.HEADING,
    Kind.TITLE: Reason.TITLE,
    Kind.TOTAL: Reason.TOTAL,
    Kind.FOOTER: Reason.FOOTER,
    Kind.EMPTY: Reason.EMPTY_ROW,
}


@dataclass(frozen=True, slots=True)
class _Fill:
    """沿用 — a column written once and left blank below.

    ``needs``: the row has one of these, so that it is a line of its own; ``unless``: it has none of these;
    ``within``: only inside the same problem.
    """

    column: Column
    needs: frozenset[Column] = frozenset()
    unless: frozenset[Column] = frozenset()
    within: bool = False


_FILLS = (
    _Fill(Column.ASPECT, needs=TEXTS),
    _Fill(Column.PROBLEM, needs=frozenset({Column.ITEM, Column.MEASURE})),
    _Fill(Column.UNIT, needs=TEXTS),
    _Fill(Column.PERSON, needs=TEXTS, unless=frozenset({Column.LEAD, Column.UNITS}), within=True),
    _Fill(Column.LEADER, needs=TEXTS, within=True),
    _Fill(Column.LEAD, needs=TEXTS, unless=frozenset({Column.UNITS}), within=True),
    _Fill(Column.UNITS, needs=TEXTS, unless=frozenset({Column.LEAD}), within=True),
)
"""Who answers for a row is taken from above only where the row names nobody itself: a wrong name is worse than none."""

_DITTO = frozenset(
    ("同上", "同前", "同上项", "同上。", "（同上）", "(同上)", "〃", "″", "”", "“", '"', "＂", "''", "′′")
)
_LONGEST_DITTO = 5


@dataclass(slots=True)
class _Band:
    """类别 — the name of a group, on its way down; ``taken`` once a row holds it as its own cell."""

    style: int
    column: Column
    cell: Cell
    taken: bool = False


@dataclass(slots=True)
class _Builder:
    """逐行成形 — builds the data rows from the top, carrying what later rows may take from above."""

    file: str
    layout: Layout
    hidden: frozenset[int]
    fills: tuple[_Fill, ...]
    rows: list[Row] = field(default_factory=list)
    bands: list[_Band] = field(default_factory=list)
    unused: list[int] = field(default_factory=list)
    above: dict[Column, tuple[Cell, ...]] = field(default_factory=dict)
    filled: dict[Column, list[int]] = field(default_factory=dict)
    orphans: list[Finding] = field(default_factory=list)

    def add(self, number: int) -> None:
        """一行数据 — the cells of one row: its own, those of merges, what it leaves blank, those of bands."""
        layout, down = self.layout, self.layout.down
        texts, values = layout.page.texts[number], layout.page.values[number]
        width = len(texts)
        cells: dict[Column, tuple[Cell, ...]] = {}
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
        self._fill(number, cells)
        self.above = cells
        self.rows.append(Row(self.file, layout.page.sheet, number, self._under_bands(cells), number in self.hidden))

    def band(self, number: int) -> None:
        """一行类别 — a group's name for the rows below; it ends the groups of its own and lower style above it."""
        cell = self.layout.page.cell(number, self.layout.page.filled(number)[0])
        style = _style(cell.text)
        ended = [band for band in self.bands if band.style >= style]
        self.unused += [band.cell.row for band in ended if not band.taken]
        self.bands = [band for band in self.bands if band.style < style]
        column = self._band_column(cell)
        self.bands.append(_Band(style, column, cell))
        kept = (Column.ASPECT,) if column is Column.PROBLEM else ()
        self.above = {column: self.above[column] for column in kept if column in self.above}

    def unused_bands(self) -> dict[int, Reason]:
        """没有下属行的类别 — bands no data row stands under."""
        rows = self.unused + [band.cell.row for band in self.bands if not band.taken]
        return dict.fromkeys(rows, Reason.EMPTY_ROW)

    def findings(self) -> Iterator[Finding]:
        """沿用的说明 — H11 once per column, H12 for each 同上 under nothing."""
        yield from self.orphans
        index_of = {column: indexes[0] for column, indexes in self.layout.groups}
        for column, rows in self.filled.items():
            source = Source(self.file, self.layout.page.sheet, address(rows[0], index_of[column]))
            slots = {"meaning": MEANINGS[column], "count": len(rows), "rows": row_list(rows)}
            yield Code.FILLED_DOWN.at(source, **slots)

    def _ditto(self, cell: Cell, column: Column) -> Cell:
        """同上 — the text above, at the place where 同上 stands, so that the cell counts once."""
        above = next((one for one in self.above.get(column, ()) if one.column == cell.column), None)
        if above is None:
            source = Source(self.file, self.layout.page.sheet, address(cell.row, cell.column))
            self.orphans.append(Code.DITTO_WITHOUT_ABOVE.at(source, text=cell.text.strip()))
            return cell
        return cell._replace(text=above.text, value=above.value)

    def _covering(self, top: int, index: int, column: Column) -> tuple[Cell, ...]:
        """合并格 — the merged cell that covers this one from above, with what a 同上 in it meant; none if blank."""
        for above in self.above.get(column, ()):
            if (above.row, above.column) == (top, index):
                return (above._replace(inherited=True),)
        page = self.layout.page
        return (page.cell(top, index)._replace(inherited=True),) if page.text(top, index) else ()

    def _fill(self, number: int, cells: dict[Column, tuple[Cell, ...]]) -> None:
        """留空沿用 — what the row leaves blank and the row above says, by the rules of ``_FILLS``."""
        blank = [fill for fill in self.fills if fill.column not in cells and fill.column in self.above]
        own = frozenset(cells) if blank else frozenset()
        for fill in blank:
            column = fill.column
            if own.isdisjoint(fill.needs) or not own.isdisjoint(fill.unless):
                continue
            if fill.within and not self._same_problem(cells):
                continue
            cells[column] = tuple(cell._replace(inherited=True) for cell in self.above[column])
            self.filled.setdefault(column, []).append(number)

    def _same_problem(self, cells: dict[Column, tuple[Cell, ...]]) -> bool:
        """同一问题 — the row goes on with the problem above, or, without such a column, with its number left blank."""
        if Column.PROBLEM in self.layout.present:
            now, before = cells.get(Column.PROBLEM, ()), self.above.get(Column.PROBLEM, ())
            return [cell.text for cell in now] == [cell.text for cell in before]
        return Column.NO in self.layout.present and Column.NO not in cells

    def _under_bands(self, cells: dict[Column, tuple[Cell, ...]]) -> dict[Column, tuple[Cell, ...]]:
        """归入类别 — the cells with the names of the groups the row stands under before them."""
        cells = dict(cells) if self.bands else cells
        for band in reversed(self.bands):
            cell = band.cell._replace(inherited=True) if band.taken else band.cell
            cells[band.column] = (cell, *cells.get(band.column, ()))
            band.taken = True
        return cells

    def _band_column(self, cell: Cell) -> Column:
        own = self.layout.meanings.get(cell.column)
        if own in (Column.ASPECT, Column.PROBLEM):
            return own
        above = any(band.column is Column.ASPECT for band in self.bands)
        if Column.PROBLEM in self.layout.present:
            return Column.ASPECT
        if Column.ASPECT in self.layout.present or above:
            return Column.PROBLEM
        return Column.ASPECT if "方面" in cell.text or _style(cell.text) == 0 else Column.PROBLEM


def row_list(rows: Iterable[int]) -> str:
    """行号 — zero-based rows as people count them, neighbours drawn together: 5、7-9."""
    parts: list[list[int]] = []
    for row in sorted(rows):
        if parts and row == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], row]
        else:
            parts.append([row])
    return "、".join("-".join(str(row + 1) for row in part) for part in parts)


_STYLES = (
    re.compile(r"\s*(?:第?[一二三四五六七八九十]+[、.．:：]|第[一二三四五六七八九十]+[部方类])"),
    re.compile(r"\s*[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"\s*(?:问题)?[（(]?\d+[)）、.．:：]?"),
)


def _style(text: str) -> int:
    """层次 — 0 for 一、, 1 for （一）, 2 for 1., 3 for a name without a number."""
    return next((level for level, style in enumerate(_STYLES) if style.match(text)), len(_STYLES))
