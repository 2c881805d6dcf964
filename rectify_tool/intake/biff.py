"""旧格式侧读 — what xlrd tells of .xls beside calamine's values, and its values where calamine cannot."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rectify_tool.intake.failure import Unreadable, corrupt
from rectify_tool.intake.grids import MOST_CELLS, Extras, as_number, is_blank
from rectify_tool.intake.numfmt import GENERAL, code_of, from_serial, is_date_code, is_day_serial
from rectify_tool.model import Mark, MarkKind, Span, Value

MOST_SIDE_BYTES = 8 << 20
"""Above this the slow reader is not run beside the fast one: what only it tells is then not known."""


@dataclass(frozen=True, slots=True)
class BiffSheet:
    """一页的侧读 — extras, the count of non-empty cells, and the values by this reader."""

    extras: Extras
    counted: int
    rows: list[list[Value | None]]

    @property
    def is_sparse(self) -> bool:
        """是否过于稀疏 — the box around the cells is too large for a reader that holds every cell of it."""
        return len(self.rows) * max(map(len, self.rows), default=0) > MOST_CELLS


def scan_beside(data: bytes) -> list[BiffSheet] | None:
    """侧读 — None where the file is too large to read twice, or xlrd cannot read it."""
    if len(data) > MOST_SIDE_BYTES:
        return None
    try:
        return read_alone(data)
    except Unreadable:
        return None


def read_alone(data: bytes) -> list[BiffSheet]:
    """单独读 — Unreadable where xlrd cannot read it either."""
    import xlrd

    try:
        with xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        ) as book:
            return [_sheet(book, sheet) for sheet in book.sheets()]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception as error:  # xlrd stumbles over broken records with whatever comes
        raise corrupt("表格内容不完整") from error


def _sheet(book: Any, sheet: Any) -> BiffSheet:
    extras = Extras(
        name=sheet.name,
        hidden=sheet.visibility != 0,
        merges=[Span(top, left, below - 1, beyond - 1) for top, below, left, beyond in sheet.merged_cells],
        hidden_rows={row for row, about in sheet.rowinfo_map.items() if about.hidden and row < sheet.nrows},
        hidden_columns={at for at, about in sheet.colinfo_map.items() if about.hidden and at < sheet.ncols},
    )
    rows = [list(_row(book, sheet, row, extras)) for row in range(sheet.nrows)]
    return BiffSheet(extras, sum(value is not None for row in rows for value in row), rows)


def _row(book: Any, sheet: Any, row: int, extras: Extras) -> Iterator[Value | None]:
    import xlrd

    for column, cell in enumerate(sheet.row(row)):
        if cell.ctype == xlrd.XL_CELL_ERROR:
            text = xlrd.error_text_from_code.get(cell.value, "#N/A")
            extras.marks.append(Mark(row, column, MarkKind.ERROR, text))
            yield text
        elif cell.ctype == xlrd.XL_CELL_TEXT:
            yield None if is_blank(cell.value) else cell.value
        elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
            yield bool(cell.value)
        elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            yield _number(book, cell, row, column, extras)
        else:
            yield None


def _number(book: Any, cell: Any, row: int, column: int, extras: Extras) -> Value:
    code = _format_code(book, cell.xf_index)
    if code == GENERAL:
        return float(cell.value)
    extras.formats[row, column] = code
    if not is_date_code(code):
        return float(cell.value)
    if not is_day_serial(cell.value, book.datemode == 1):
        extras.corrected[row, column] = as_number(cell.value)
    return from_serial(cell.value, book.datemode == 1)


def _format_code(book: Any, style: int | None) -> str:
    if style is None or style >= len(book.xf_list):
        return GENERAL
    key = book.xf_list[style].format_key
    known = book.format_map.get(key)
    return known.format_str if known is not None and known.format_str else code_of(key, {})
