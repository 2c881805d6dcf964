"""侧读 — the second pair of eyes on .xlsx and .xlsm: counts cells and tells what calamine does not.

The count of non-empty cells, error cells, formulas without a stored result, hidden rows and columns, merges, number
formats, pictures in cells. It can give the values too, for sheets calamine must not see and files it cannot read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from rectify_tool.intake.failure import corrupt
from rectify_tool.intake.grids import (
    MOST_CELLS,
    PICTURE_TEXT,
    UNCACHED_TEXT,
    Extras,
    as_number,
    is_blank,
    is_picture,
    put,
)
from rectify_tool.intake.numfmt import GENERAL, code_of, from_serial, is_date_code, is_day_serial
from rectify_tool.intake.package import Parts, parse
from rectify_tool.intake.sheetxml import RawCell, SheetContent, child_of, place, shared_strings, sheet_content
from rectify_tool.model import Mark, MarkKind, Span, Value

_TRUE = frozenset({"1", "true", "on"})
_HIDDEN_STATES = frozenset({"hidden", "veryHidden"})
_HUGE_MERGE = 100_000

_Relations = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """工作表 — a worksheet of the workbook (no chart or macro sheet): its place in the sheet list and its part."""

    index: int
    name: str
    hidden: bool
    part: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """工作簿 — the parts and what the sheets share.

    ``blanks`` are the numbers, as sheets write them, of shared strings that show nothing; ``formats`` holds the
    number-format codes by style, General left out.
    """

    parts: Parts
    sheets: tuple[Sheet, ...]
    strings_part: bytes
    blanks: frozenset[str]
    formats: dict[str, str]
    epoch_1904: bool

    @property
    def names_repeat(self) -> bool:
        """工作表重名 — calamine looks sheets up by name, so it would read the first one twice."""
        return len({sheet.name for sheet in self.sheets}) < len(self.sheets)


@dataclass(frozen=True, slots=True)
class Scan:
    """一页的侧读 — its extras, its count of non-empty cells, and the last row and column that hold one."""

    extras: Extras
    counted: int
    bottom: int
    right: int

    @property
    def is_sparse(self) -> bool:
        """是否过于稀疏 — the box around the cells is too large for a reader that holds every cell of it."""
        return (self.bottom + 1) * (self.right + 1) > MOST_CELLS


def open_workbook(parts: Parts) -> Workbook:
    """打开工作簿 — reads what the sheets share; Unreadable where there is no workbook in the package."""
    book_part = _related(_relations(parts, ""), "/officeDocument") or "xl/workbook.xml"
    if book_part not in parts:
        raise corrupt("缺少工作簿部件")
    root = parse(parts[book_part])
    relations = _relations(parts, book_part)
    properties = child_of(root, "workbookPr")
    strings_part = parts.get(_related(relations, "/sharedStrings"), b"")
    return Workbook(
        parts=parts,
        sheets=tuple(_sheets(root, relations, parts)),
        strings_part=strings_part,
        blanks=_blanks(shared_strings(strings_part)),
        formats=_formats(parts.get(_related(relations, "/styles"), b"")),
        epoch_1904=properties is not None and properties.get("date1904") in _TRUE,
    )


def scan_sheet(book: Workbook, sheet: Sheet) -> Scan:
    """侧读一页 — everything but the values."""
    content = sheet_content(book.parts[sheet.part])
    extras = Extras(sheet.name, sheet.hidden)
    texts = [where for where, number in content.texts.items() if number not in book.blanks]
    places = {place(cell[0]) for cell in content.others if _counts(cell, extras, book)}
    corners = [*places, *([_corner(texts)] if texts else ())]
    bottom, right = map(max, zip(*corners, strict=True)) if corners else (-1, -1)
    _add_layout(content, extras, bottom, right)
    return Scan(extras, len(texts) + len(places), bottom, right)


def read_values(book: Workbook, sheet: Sheet) -> list[list[Value | None]]:
    """侧读取值 — the values by this reader alone, as ragged rows, so that a stray cell far away costs nothing."""
    strings = shared_strings(book.strings_part)
    rows: list[list[Value | None]] = []
    for reference, style, kind, _, text in sheet_content(book.parts[sheet.part]).cells:
        value = _value(style, kind or "n", text, strings, book)
        if value is not None:
            put(rows, *place(reference), value)
    return rows


# ---------------------------------------------------------------- 单元格 ----


def _counts(cell: RawCell, extras: Extras, book: Workbook) -> bool:
    """Whether a cell without a shared string is non-empty; what is special about it goes into ``extras``."""
    reference, style, kind, formula, text = cell
    where = place(reference)
    kind = kind or "n"
    if kind == "s":
        return text not in book.blanks
    if kind == "e":
        extras.marks.append(Mark(*where, MarkKind.ERROR, text or "#N/A"))
    elif formula and (text is None or (text == "" and kind == "n")):
        extras.marks.append(Mark(*where, MarkKind.UNCACHED, UNCACHED_TEXT))
    elif not text or is_blank(text):
        return False
    elif kind == "str" and is_picture(text):
        extras.marks.append(Mark(*where, MarkKind.PICTURE, PICTURE_TEXT))
    elif kind == "n" and (code := book.formats.get(style or "0")):
        extras.formats[where] = code
        if is_date_code(code):
            _correct_day(text, where, extras, book.epoch_1904)
    return True


def _correct_day(text: str, where: tuple[int, int], extras: Extras, epoch_1904: bool) -> None:
    """calamine shows serials that are no day as midnight; they stay the number that was typed."""
    serial = _float(text)
    if serial is not None and not is_day_serial(serial, epoch_1904):
        extras.corrected[where] = as_number(serial)


def _value(style: str, kind: str, text: str | None, strings: Sequence[str], book: Workbook) -> Value | None:
    if not text:
        return None
    if kind == "s":
        index = int(text) if text.isdecimal() else -1
        return strings[index] if 0 <= index < len(strings) else None
    if kind == "b":
        return text.strip() in _TRUE
    serial = _float(text) if kind == "n" else None
    if serial is None:
        return text
    code = book.formats.get(style or "0", GENERAL)
    return from_serial(serial, book.epoch_1904) if is_date_code(code) else serial


# ---------------------------------------------------------------- 页面 ----


def _corner(references: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """The last row and the last column of these: a sheet has few of both, and very many cells."""
    letters, digits = map(set, zip(*references, strict=True))
    return place(max(letters, key=lambda word: (len(word), word)) + max(digits, key=int))


def _add_layout(content: SheetContent, extras: Extras, bottom: int, right: int) -> None:
    extras.hidden_rows.update(row for row in content.hidden_rows if row <= bottom)
    for column in child_of(content.frame, "cols") or ():
        if column.get("hidden") in _TRUE or column.get("width") == "0":
            last = min(_number(column.get("max"), 0), right + 1)
            extras.hidden_columns.update(range(_number(column.get("min"), 1) - 1, last))
    for merge in child_of(content.frame, "mergeCells") or ():
        extras.merges.append(_clipped(_span(merge.get("ref", "")), bottom, right))


def _span(reference: str) -> Span:
    first, _, last = reference.partition(":")
    start, end = place(first), place(last or first)
    return Span(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))


def _clipped(span: Span, bottom: int, right: int) -> Span:
    """A merge over whole columns is cut to the cells in use: nobody should walk a million blank cells."""
    if (span.bottom - span.top + 1) * (span.right - span.left + 1) <= _HUGE_MERGE:
        return span
    return span._replace(bottom=max(span.top, min(span.bottom, bottom)), right=max(span.left, min(span.right, right)))


# ---------------------------------------------------------------- 工作簿 ----


def _relations(parts: Parts, part: str) -> _Relations:
    """Relations of a part by id: the kind's address and the target's name in the package."""
    folder, name = posixpath.split(part)
    return _read_relations(folder, parts.get(posixpath.join(folder, "_rels", f"{name}.rels"), b""))


@lru_cache(maxsize=64)  # units fill in the same form, so these and its styles come again and again
def _read_relations(folder: str, part: bytes) -> _Relations:
    return {
        relation.get("Id", ""): (relation.get("Type", ""), _target(folder, relation.get("Target", "")))
        for relation in (parse(part) if part else ())
    }


def _target(folder: str, target: str) -> str:
    path = target.replace("\\", "/").lower()
    return path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))


def _related(relations: _Relations, kind: str) -> str:
    return next((target for about, target in relations.values() if about.endswith(kind)), "")


def _sheets(root: Element, relations: _Relations, parts: Parts) -> Iterator[Sheet]:
    for index, sheet in enumerate(child_of(root, "sheets") or ()):
        relation = next((value for key, value in sheet.items() if key.endswith("}id")), "")
        kind, part = relations.get(relation, ("", ""))
        if kind.endswith("/worksheet") and part in parts:
            yield Sheet(index, sheet.get("name", ""), sheet.get("state") in _HIDDEN_STATES, part)


def _blanks(strings: Sequence[str]) -> frozenset[str]:
    doubtful = [at for at, text in enumerate(strings) if not (text.isprintable() and text.strip())]
    return frozenset(str(at) for at in doubtful if is_blank(strings[at]))


@lru_cache(maxsize=16)
def _formats(part: bytes) -> dict[str, str]:
    """Number-format codes by style index (as written), General left out."""
    if not part:
        return {}
    root = parse(part)
    custom = {
        _number(item.get("numFmtId"), -1): item.get("formatCode", GENERAL) for item in child_of(root, "numFmts") or ()
    }
    codes = [code_of(_number(style.get("numFmtId"), 0), custom) for style in child_of(root, "cellXfs") or ()]
    return {str(index): code for index, code in enumerate(codes) if code != GENERAL}


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text else otherwise
    except ValueError:
        return otherwise


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
