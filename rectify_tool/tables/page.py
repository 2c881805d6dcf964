"""版面 — a sheet as people see it: the text of every cell, and which cells a merge covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rectify_tool.model import Cell, Grid, Span, Value
from rectify_tool.tables.cells import shown

Place = tuple[int, int]
"""位置 — zero-based row and column."""


@dataclass(frozen=True, slots=True)
class Page:
    """版面 — the texts of one sheet; "" is a blank cell, and a cell under a merge is blank too.

    Attributes:
        sheet: The sheet's name.
        values: What the reader gave, by row; ragged.
        texts: The text shown, by row; ragged, an empty list where the whole row is blank.
        width: One past the last column that holds anything.
        spans: The merged ranges by the place of their first cell, cut to the used area.
        covered: Every other place of a merged range → the place of its first cell.
        under: Texts written under a merge, which nobody sees in the sheet.
    """

    sheet: str
    values: tuple[tuple[Value | None, ...], ...]
    texts: list[list[str]]
    width: int
    spans: Mapping[Place, Span] = field(default_factory=dict)
    covered: Mapping[Place, Place] = field(default_factory=dict)
    under: Mapping[Place, str] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """文字 — the text at a place; "" outside the sheet."""
        if not 0 <= row < len(self.texts):
            return ""
        texts = self.texts[row]
        return texts[column] if column < len(texts) else ""

    def seen(self, row: int, column: int) -> str:
        """看到的文字 — like ``text``, but a cell under a merge shows the merge's text."""
        return self.text(*self.covered.get((row, column), (row, column)))

    def cell(self, row: int, column: int) -> Cell:
        """单元格 — the cell at a place that is not blank."""
        return Cell(self.texts[row][column], row, column, self.value(row, column))

    def value(self, row: int, column: int) -> Value:
        """值 — what the reader gave at a place that is not blank."""
        value = self.values[row][column]
        return "" if value is None else value

    def filled(self, row: int) -> list[int]:
        """有字的列 — the columns of a row that show something of their own, from the left."""
        return [column for column, text in enumerate(self.texts[row]) if text]

    def cells(self, rows: range) -> tuple[Cell, ...]:
        """各单元格 — every cell of these rows that is not blank, in reading order."""
        return tuple(self.cell(row, column) for row in rows for column in self.filled(row))

    def window(self, left: int, right: int) -> Page:
        """一部分列 — the same sheet with only the columns from ``left`` to before ``right``."""
        texts = [[""] * min(left, len(row)) + row[left:right] for row in self.texts]
        under = {place: text for place, text in self.under.items() if left <= place[1] < right}
        return replace(self, texts=texts, width=min(right, self.width), under=under)


def page_of(grid: Grid) -> Page:
    """铺开 — the page of a grid: what each cell shows, with the texts under merges told apart."""
    texts = [_row_texts(number, row, grid) for number, row in enumerate(grid.rows)]
    width = max(map(len, texts), default=0)
    spans: dict[Place, Span] = {}
    covered: dict[Place, Place] = {}
    under: dict[Place, str] = {}
    for span in _within(grid.merges or (), len(texts), width):
        first = (span.top, span.left)
        spans.setdefault(first, span)
        for place in _places(span):
            if place != first:
                covered.setdefault(place, first)
    for row, column in covered:
        if column < len(texts[row]) and (text := texts[row][column]):
            under[row, column] = text
            texts[row][column] = ""
    return Page(grid.sheet, grid.rows, texts, width, spans, covered, under)


def _row_texts(number: int, row: tuple[Value | None, ...], grid: Grid) -> list[str]:
    if row.count(None) == len(row):
        return []
    texts = [""] * len(row)
    for column, value in enumerate(row):
        if type(value) is str:
            texts[column] = "" if value.isspace() else value
        elif value is not None:
            texts[column] = shown(value, grid.formats.get((number, column)))
    return texts


def _within(merges: tuple[Span, ...], height: int, width: int) -> Iterator[Span]:
    for top, left, bottom, right in merges:
        span = Span(max(top, 0), max(left, 0), min(bottom, height - 1), min(right, width - 1))
        if span.top <= span.bottom and span.left <= span.right and span[:2] != span[2:]:
            yield span


def _places(span: Span) -> Iterator[Place]:
    for row in range(span.top, span.bottom + 1):
        for column in range(span.left, span.right + 1):
            yield row, column
