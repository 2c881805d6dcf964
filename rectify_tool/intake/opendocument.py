"""开放文档侧读 — .ods by its content.xml: merges, hidden rows, error cells, a count of its own, and values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element

from rectify_tool.findings import Code
from rectify_tool.intake.failure import Unreadable, corrupt, too_large
from rectify_tool.intake.grids import MOST_CELLS, UNCACHED_TEXT, Extras, is_blank
from rectify_tool.intake.package import Parts, parse
from rectify_tool.model import FileOutcome, Mark, MarkKind, Span, Value

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_NUMBERS = ("float", "percentage", "currency")
_UNSEEN = ("collapse", "filter")
_DURATION = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")


@dataclass(slots=True)
class OdsSheet:
    """一页的侧读 — extras, the values by this reader (ragged), and the size of the box around them."""

    extras: Extras
    rows: list[list[Value | None]] = field(default_factory=list)
    counted: int = 0
    right: int = -1

    @property
    def is_sparse(self) -> bool:
        """是否过于稀疏 — the box is too large for a reader that holds every cell of it."""
        return len(self.rows) * (self.right + 1) > MOST_CELLS


def scan(parts: Parts) -> list[OdsSheet]:
    """侧读 — all sheets; Unreadable where the document is encrypted or holds no content."""
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise Unreadable(Code.FILE_PASSWORD, FileOutcome.NEEDS_PASSWORD)
    if not parts.get("content.xml"):
        raise corrupt("缺少内容部件")
    root = parse(parts["content.xml"])
    unseen = _hidden_styles(root)
    return [_sheet(table, unseen) for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")]


def _hidden_styles(root: Element) -> set[str]:
    styles = root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
    return {
        style.get(f"{_STYLE}name", "")
        for style in styles
        if any(child.get(f"{_TABLE}display") == "false" for child in style)
    }


def _sheet(table: Element, unseen: set[str]) -> OdsSheet:
    hidden = table.get(f"{_TABLE}style-name", "") in unseen
    sheet = OdsSheet(Extras(table.get(f"{_TABLE}name", ""), hidden))
    at = 0
    for row in table.iter(f"{_TABLE}table-row"):
        repeat = _times(row, "number-rows-repeated")
        cells = list(_row_cells(row))
        if any(value is not None for _, _, value, _ in cells):
            _add_rows(sheet, row, at, repeat, cells)
        at += repeat
    _hide_columns(table, sheet)
    return sheet


_OdsCell = tuple[int, int, Value | None, Element]


def _row_cells(row: Element) -> Iterator[_OdsCell]:
    """Each written cell: its column, how many columns it stands for, its value, and itself."""
    column = 0
    for cell in row:
        if cell.tag in _CELLS:
            repeat = _times(cell, "number-columns-repeated")
            yield column, repeat, _value(cell), cell
            column += repeat


def _add_rows(sheet: OdsSheet, row: Element, at: int, repeat: int, cells: list[_OdsCell]) -> None:
    filled = [cell for cell in cells if cell[2] is not None]
    count = repeat * sum(times for _, times, _, _ in filled)
    if sheet.counted + count > MOST_CELLS:
        raise too_large(f"单元格超过{MOST_CELLS // 10_000}万个")
    sheet.counted += count
    sheet.right = max(sheet.right, filled[-1][0] + filled[-1][1] - 1)
    line = _line(filled)
    sheet.rows += [[] for _ in range(at - len(sheet.rows))]
    for row_at in range(at, at + repeat):
        sheet.rows.append(list(line))
        if row.get(f"{_TABLE}visibility") in _UNSEEN:
            sheet.extras.hidden_rows.add(row_at)
        for column, times, _, cell in cells:
            _notice(cell, row_at, column, times, sheet.extras)


def _line(filled: list[_OdsCell]) -> list[Value | None]:
    line: list[Value | None] = []
    for column, times, value, _ in filled:
        line += [None] * (column - len(line)) + [value] * times
    return line


def _notice(cell: Element, row: int, column: int, times: int, extras: Extras) -> None:
    down, across = _times(cell, "number-rows-spanned"), _times(cell, "number-columns-spanned")
    if down * across > 1:
        extras.merges.append(Span(row, column, row + down - 1, column + across - 1))
    kind = _mark(cell)
    if kind is not None:
        text = UNCACHED_TEXT if kind is MarkKind.UNCACHED else _text(cell) or "#N/A"
        extras.marks += [Mark(row, at, kind, text) for at in range(column, column + times)]


def _mark(cell: Element) -> MarkKind | None:
    if cell.get(f"{_CALC}value-type") == "error":
        return MarkKind.ERROR
    formula, typed = cell.get(f"{_TABLE}formula"), cell.get(f"{_OFFICE}value-type")
    return MarkKind.UNCACHED if formula and not typed else None


def _hide_columns(table: Element, sheet: OdsSheet) -> None:
    at = 0
    for column in table.iter(f"{_TABLE}table-column"):
        repeat = _times(column, "number-columns-repeated")
        if column.get(f"{_TABLE}visibility") in _UNSEEN:
            sheet.extras.hidden_columns.update(range(at, min(at + repeat, sheet.right + 1)))
        at += repeat


def _value(cell: Element) -> Value | None:
    kind = cell.get(f"{_OFFICE}value-type")
    mark = _mark(cell)
    if mark is not None:
        return UNCACHED_TEXT if mark is MarkKind.UNCACHED else _text(cell) or "#N/A"
    if kind in _NUMBERS:
        return _number(cell.get(f"{_OFFICE}value", ""))
    if kind == "date":
        return _day(cell.get(f"{_OFFICE}date-value", ""))
    if kind == "time":
        return _duration(cell.get(f"{_OFFICE}time-value", ""))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    text = _text(cell)
    return None if is_blank(text) else text


def _text(cell: Element) -> str:
    """The cell's own paragraphs; comments (office:annotation) lie beside them and do not count."""
    paragraphs = ["".join(_pieces(paragraph)) for paragraph in cell.iterfind(f"{_TEXT}p")]
    return "\n".join(paragraphs) or cell.get(f"{_OFFICE}string-value", "")


def _pieces(paragraph: Element) -> Iterator[str]:
    if paragraph.tag == f"{_TEXT}s":
        yield " " * _count(paragraph.get(f"{_TEXT}c"))
    elif paragraph.tag == f"{_TEXT}tab":
        yield "\t"
    elif paragraph.tag == f"{_TEXT}line-break":
        yield "\n"
    yield paragraph.text or ""
    for child in paragraph:
        yield from _pieces(child)
        yield child.tail or ""


def _times(element: Element, name: str) -> int:
    return _count(element.get(f"{_TABLE}{name}"))


def _count(text: str | None) -> int:
    return max(int(text), 1) if text and text.isdecimal() else 1


def _number(text: str) -> Value | None:
    try:
        return float(text)
    except ValueError:
        return text or None


def _day(text: str) -> Value | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text or None
    return date(moment.year, moment.month, moment.day) if len(text) == 10 else moment


def _duration(text: str) -> Value | None:
    match = _DURATION.fullmatch(text)
    if not match:
        return text or None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
