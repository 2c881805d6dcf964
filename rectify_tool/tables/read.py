"""读表 — grids → one workbook as understood: its tables, and every cell that is not in a data row with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rectify_tool.findings import Code
from rectify_tool.model import (
    Column,
    FileRole,
    Finding,
    Grid,
    Heading,
    MarkKind,
    Reason,
    Row,
    Rules,
    SetAside,
    Source,
    Submission,
    Table,
    address,
    column_letters,
)
from rectify_tool.tables.find import Section, find_sections
from rectify_tool.tables.form import FEWEST, find_form
from rectify_tool.tables.headings import Aliases
from rectify_tool.tables.page import Page, Place, page_of
from rectify_tool.tables.periods import may_tell_day
from rectify_tool.tables.rows import Read, read_rows, row_list
from rectify_tool.tables.settle import MEANINGS, Columns, settle


@dataclass(frozen=True, slots=True)
class Settings:
    """读表口径 — what reading a table needs to know: the ways of writing headings, and the as-of day for periods."""

    aliases: Aliases
    as_of: date


def settings_from(rules: Rules, as_of: date) -> Settings:
    """读表口径 — the part of the office's rules that reading a table needs; small, to be sent to a reading process."""
    return Settings(Aliases(rules.headings, rules.statuses), as_of)


def reads_alike(content: Submission | None, before: Settings, now: Settings) -> bool:
    """读来一样 — whether a workbook read under the settings ``before`` would come to the same ``now``.

    The as-of day counts only for columns that differ by period, whose headings tell a day: without a digit, 季度 or
    半年 in any heading none does. What could not be read at all does not hang on the settings.
    """
    if content is None:
        return True
    headings = (heading.text for table in content.tables for heading in table.headings)
    same_day = before.as_of == now.as_of or not any(map(may_tell_day, headings))
    return same_day and before.aliases.same_as(now.aliases)


def read_tables(file: str, grids: tuple[Grid, ...], settings: Settings) -> Submission:
    """读表 — the tables of one workbook, and every other non-blank cell set aside with its reason.

    A sheet may also be a form, label beside value. A workbook of quite another kind ends without tables, all its cells
    set aside as NO_TABLE: whether that is worth a finding (F10) the caller decides, who knows the file's place.
    Findings: F17, H01, H02, H04–H19.
    """
    pages = [(grid, page_of(grid)) for grid in grids]
    shown = [(grid, page) for grid, page in pages if not grid.hidden]
    parts = [_read_sheet(file, grid, page, settings) for grid, page in shown]
    if not all(part.tables for part in parts):
        parts = _with_forms(file, shown, parts, settings)
        parts = [said_lost(file, page, part, parts) for (_, page), part in zip(shown, parts, strict=True)]
    parts += [hidden_sheet(file, page) for grid, page in pages if grid.hidden]
    return joined(file, parts)


def joined(file: str, parts: Iterable[Part]) -> Submission:
    """合成一册 — the sheets of one workbook as it was understood."""
    parts = tuple(parts)
    return Submission(
        file,
        tuple(table for part in parts for table in part.tables),
        tuple(cell for part in parts for cell in part.set_aside),
        tuple(finding for part in parts for finding in part.findings),
    )


NEEDED: dict[FileRole, tuple[tuple[Column, ...], ...]] = {
    FileRole.BREAKDOWN: (
        (Column.UNITS, Column.LEAD, Column.UNIT),
        (Column.DEADLINE,),
        (Column.MEASURE, Column.ITEM, Column.PROBLEM),
    ),
    FileRole.SUBMISSION: (
        (Column.PROGRESS, Column.STATUS),
        (Column.NO, Column.ITEM, Column.MEASURE, Column.PROBLEM),
    ),
    FileRole.REGISTER: (),
}
"""Columns a file of each use needs; one of each group is enough, the first names what is missing."""


def missing_columns(table: Table, role: FileRole) -> tuple[Finding, ...]:
    """缺列 — H03 for each column a table of this use plainly needs and does not have.

    The source has no file where the table has no rows to take it from.
    """
    source = Source(table.rows[0].file if table.rows else "", table.sheet, _first_heading(table))
    return tuple(Code.COLUMN_MISSING.at(source, meaning=meaning) for meaning in lacking(table, role))


def lacking(table: Table, role: FileRole) -> tuple[str, ...]:
    """缺哪几列 — how the columns a table of this use needs and does not have are called."""
    present = {heading.column for heading in table.headings} | {column for row in table.rows for column in row.cells}
    return tuple(MEANINGS[group[0]] for group in NEEDED[role] if present.isdisjoint(group))


def _first_heading(table: Table) -> str | None:
    return table.headings[0].cell if table.headings else None


@dataclass(frozen=True, slots=True)
class Part:
    """一个工作表 — what one sheet came to."""

    tables: tuple[Table, ...]
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]


def _read_sheet(file: str, grid: Grid, page: Page, settings: Settings) -> Part:
    sections = find_sections(page, settings.aliases)
    return whole_sheet(file, grid, page, [_read_section(file, grid, section, settings) for section in sections])


def whole_sheet(file: str, grid: Grid, page: Page, parts: Sequence[Part]) -> Part:
    """整页 — the tables of one sheet and what lies under its merges; without tables all of it is set aside."""
    if not parts:
        return Part((), tuple(_aside(page, Reason.NO_TABLE)), ())
    return Part(
        tuple(table for part in parts for table in part.tables),
        tuple(cell for part in parts for cell in part.set_aside) + tuple(_under_merges(page)),
        (*_marks(file, grid), *_under_findings(file, page), *(one for part in parts for one in part.findings)),
    )


def _read_section(file: str, grid: Grid, section: Section, settings: Settings) -> Part:
    """读一张表 — its columns settled, its rows read."""
    columns, settled = settle(section.head.columns, Source(file, grid.sheet), settings.as_of, settings.aliases)
    read = read_rows(file, section, columns, grid.hidden_rows)
    part = whole_table(file, grid, section, columns, read)
    return replace(part, findings=(*settled, *part.findings))


def whole_table(file: str, grid: Grid, section: Section, columns: Columns, read: Read) -> Part:
    """整表 — the table, and every cell of its rows that no data row took, with why."""
    page, head, sheet = section.page, section.head, Source(file, section.page.sheet)
    reasons = dict.fromkeys(range(section.start, head.top), Reason.TITLE)
    reasons |= dict.fromkeys(range(head.top, head.bottom + 1), Reason.HEADING)
    aside = tuple(_left_over(section, columns, read.rows, reasons | read.reasons))
    table = Table(
        page.sheet,
        page.cells(range(section.start, head.top)),
        tuple(Heading(page.sheet, address(*one.place), one.text, *one.match) for one in columns),
        read.rows,
        tuple(cell for row in read.footer for cell in page.cells(range(row, row + 1))),
    )
    unknown = _unknown(sheet, columns, aside)
    return Part((table,), aside, (*unknown, *read.findings, *_hidden(sheet, grid, columns, read.rows)))


def _left_over(
    section: Section, columns: Columns, rows: tuple[Row, ...], reasons: dict[int, Reason]
) -> Iterator[SetAside]:
    """其余单元格 — every cell of the section that no data row holds, with the reason of its row, else its column."""
    page = section.page
    taken: set[Place] = {
        (cell.row, cell.column) for row in rows for cells in row.cells.values() for cell in cells if not cell.inherited
    }
    by_column = {one.index: one.aside or Reason.DOUBLE_COLUMN for one in columns if one.aside or one.tick}
    for row in range(section.start, section.end):
        for column, text in enumerate(page.texts[row]):
            if text and (row, column) not in taken:
                reason = reasons.get(row) or by_column.get(column, Reason.UNKNOWN_COLUMN)
                yield SetAside(page.sheet, row, column, text, reason)


def _aside(page: Page, reason: Reason) -> Iterator[SetAside]:
    """整页不采用 — every cell of a page, those under merges too."""
    for row, texts in enumerate(page.texts):
        for column, text in enumerate(texts):
            if text:
                yield SetAside(page.sheet, row, column, text, reason)
    for (row, column), text in page.under.items():
        yield SetAside(page.sheet, row, column, text, reason)


def _under_merges(page: Page) -> Iterator[SetAside]:
    for (row, column), text in page.under.items():
        yield SetAside(page.sheet, row, column, text, Reason.UNDER_MERGE)


def _under_findings(file: str, page: Page) -> Iterator[Finding]:
    for place, text in page.under.items():
        yield Code.UNDER_MERGE.at(Source(file, page.sheet, address(*place)), text=text.strip())


def _with_forms(file: str, shown: list[tuple[Grid, Page]], parts: list[Part], settings: Settings) -> list[Part]:
    """补读竖表 — sheets that are forms; beside a table only where all the other sheets are, else they are of any kind.

    Where one sheet is a form, another may be a shorter one: an item to a sheet, not every label on each.
    """
    without = [at for at, part in enumerate(parts) if not part.tables and part.set_aside]
    beside = any(part.tables for part in parts)
    if beside and any(len(shown[at][1].texts) > _LONGEST_FORM for at in without):
        return parts
    forms = {at: _read_form(file, *shown[at], settings, FEWEST) for at in without}
    if any(forms.values()):
        forms = {at: form or _read_form(file, *shown[at], settings, FEWEST - 1) for at, form in forms.items()}
    if beside and not all(forms.values()):
        return parts
    return [forms.get(at) or part for at, part in enumerate(parts)]


_LONGEST_FORM = 200  # rows; beside a table a longer sheet is a list of something


def said_lost(file: str, page: Page, part: Part, parts: list[Part]) -> Part:
    """没有认出表格的工作表 — H18 where a sheet beside a table looks like one too and nothing of it is used."""
    tabular = sum(len(page.filled(row)) > 1 for row in range(len(page.texts))) > 1
    if part.tables or not tabular or not any(other.tables for other in parts):
        return part
    lost = Code.SHEET_NO_TABLE.at(Source(file, page.sheet), sheet=page.sheet, count=len(part.set_aside))
    return replace(part, findings=(*part.findings, lost))


def _read_form(file: str, grid: Grid, page: Page, settings: Settings, fewest: int) -> Part | None:
    """读竖表 — a sheet that is a form, label beside value; None where it is none."""
    form = find_form(file, page, settings.as_of, settings.aliases, grid.hidden_rows, fewest)
    if form is None:
        return None
    aside = (
        SetAside(page.sheet, row, column, page.texts[row][column], why) for (row, column), why in form.aside.items()
    )
    findings = (*_marks(file, grid), *_under_findings(file, page), *form.findings)
    return Part((form.table,), (*aside, *_under_merges(page)), findings)


def hidden_sheet(file: str, page: Page) -> Part:
    """隐藏的工作表 — all of it set aside, F17 where there is anything."""
    aside = tuple(_aside(page, Reason.HIDDEN_SHEET))
    found = Code.SHEET_HIDDEN.at(Source(file, page.sheet), sheet=page.sheet, count=len(aside))
    return Part((), aside, (found,) if aside else ())


_MARK_CODES = {
    MarkKind.ERROR: Code.CELL_ERROR,
    MarkKind.UNCACHED: Code.CELL_UNCACHED,
    MarkKind.PICTURE: Code.CELL_PICTURE,
}


def _marks(file: str, grid: Grid) -> Iterator[Finding]:
    for mark in grid.marks:
        code = _MARK_CODES[mark.kind]
        slots = {"text": mark.text} if mark.kind is MarkKind.ERROR else {}
        yield code.at(Source(file, grid.sheet, address(mark.row, mark.column)), **slots)


def _unknown(sheet: Source, columns: Columns, aside: Iterable[SetAside]) -> Iterator[Finding]:
    """不认识的列 — H01 with the number of cells lost; an unknown heading over nothing is not worth a finding."""
    lost: dict[int, int] = {}
    for cell in aside:
        if cell.reason is Reason.UNKNOWN_COLUMN:
            lost[cell.column] = lost.get(cell.column, 0) + 1
    for one in columns:
        if one.index in lost:
            yield Code.HEADING_UNKNOWN.at(_at(sheet, one.place), text=one.text, count=lost[one.index])


def _hidden(sheet: Source, grid: Grid, columns: Columns, rows: tuple[Row, ...]) -> Iterator[Finding]:
    """隐藏的行和列 — H09 and H10 where hidden cells are used all the same."""
    if hidden := [row.row for row in rows if row.hidden]:
        yield Code.ROWS_HIDDEN.at(_at(sheet, (hidden[0], columns[0].index)), rows=row_list(hidden))
    used = [one for one in columns if one.index in grid.hidden_columns and one.aside is None]
    if used and rows:
        letters = "、".join(column_letters(one.index) for one in used)
        yield Code.COLUMNS_HIDDEN.at(_at(sheet, used[0].place), columns=letters)


def _at(sheet: Source, place: Place) -> Source:
    return sheet._replace(cell=address(*place))
