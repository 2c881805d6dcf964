"""成表页 — what the readers of all formats share: clean text, true integers, marks laid over values, counting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite

from rectify_tool.findings import Code
from rectify_tool.model import Grid, Mark, Span, Value

PICTURE_TEXT = "〔图片〕"
UNCACHED_TEXT = "〔公式无结果〕"
MOST_CELLS = 5_000_000
"""A sheet whose bounding box is larger never reaches the fast reader, which would hold every cell of it."""

Note = tuple[Code, Mapping[str, object]]
"""未定位的意见 — a finding whose place is not known here, with its slots."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PICTURE_FORMULAS = ("=DISPIMG(", "=_XLFN.DISPIMG(", "DISPIMG(", "_XLFN.DISPIMG(")
_WHOLE_LIMIT = 1e15


@dataclass(frozen=True, slots=True)
class Book:
    """读出的工作簿 — the grids of one file, and what the reader has to say about it.

    ``counted`` is the count made independently of the grids, None where the format has none. ``notes`` are
    findings still without a place.
    """

    grids: tuple[Grid, ...]
    counted: int | None = None
    saved_at: datetime | None = None
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class Cleaner:
    """去控制字符 — makes values fit to be kept, and counts what had to be taken out of their text."""

    removed: int = 0

    def row(self, values: Sequence[object]) -> list[Value | None]:
        """一行的值 — as `value`, with the commonest case, plain text, decided on the spot."""
        clean = self.value
        return [
            value if isinstance(value, str) and value.isprintable() and value.strip() else clean(value)
            for value in values
        ]

    def value(self, value: object) -> Value | None:
        """一个值 — None where blank; whole numbers as int; text as typed, without illegal characters."""
        if isinstance(value, str):
            if not value.isprintable():
                value = self.text(value)
            return value if value.strip() else None
        if isinstance(value, float):
            return as_number(value)
        return value if isinstance(value, (bool, int, date, datetime, time, timedelta)) else None

    def text(self, text: str) -> str:
        """一段文字 — without the characters no XML may hold."""
        cleaned, removed = _ILLEGAL.subn("", text)
        self.removed += removed
        return cleaned

    @property
    def notes(self) -> tuple[Note, ...]:
        """说明 — the finding about what was taken out, if anything was."""
        return ((Code.ILLEGAL_CHARACTERS, {"count": self.removed}),) if self.removed else ()


@dataclass(slots=True)
class Extras:
    """附带信息 — what the value reader does not tell of a sheet, gathered by the side reader."""

    name: str
    hidden: bool = False
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    marks: list[Mark] = field(default_factory=list)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    corrected: dict[tuple[int, int], Value] = field(default_factory=dict)


def is_blank(text: str) -> bool:
    """是否空白 — nothing but blanks, NBSP and full-width blanks among them, once illegal characters are gone."""
    return not text.strip() or not (text.isprintable() or _ILLEGAL.sub("", text).strip())


def make_grid(extras: Extras, values: Iterable[Sequence[object]], cleaner: Cleaner) -> Grid:
    """成表页 — the reader's rows with the side reader's marks laid over them."""
    rows = [cleaner.row(row) for row in values]
    for (row, column), value in extras.corrected.items():
        put(rows, row, column, value)
    for mark in extras.marks:
        put(rows, mark.row, mark.column, mark.text)
    return Grid(
        sheet=extras.name,
        rows=tuple(map(tuple, rows)),
        merges=tuple(extras.merges),
        hidden=extras.hidden,
        hidden_rows=frozenset(extras.hidden_rows),
        hidden_columns=frozenset(extras.hidden_columns),
        marks=tuple(extras.marks),
        formats=extras.formats,
    )


def put(rows: list[list[Value | None]], row: int, column: int, value: Value) -> None:
    """放入 — a value at its place in ragged rows, which grow as needed."""
    while len(rows) <= row:
        rows.append([])
    line = rows[row]
    line += [None] * (column + 1 - len(line))
    line[column] = value


def as_number(number: float) -> int | float | str:
    """一个数 — whole numbers as int; what no cell can hold as the text Excel shows for it."""
    if not isfinite(number):
        return "#NUM!"
    return int(number) if number.is_integer() and abs(number) < _WHOLE_LIMIT else number


def is_picture(text: str) -> bool:
    """是否图片公式 — what WPS leaves in the place of a picture inside a cell."""
    return text[:20].upper().startswith(_PICTURE_FORMULAS)


def count_cells(grids: Iterable[Grid]) -> int:
    """数非空单元格 — of grids already made."""
    return sum(value is not None for grid in grids for row in grid.rows for value in row)
