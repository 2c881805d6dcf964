"""纸面 — sheets written as text, so that a test reads like the sheet it is about.

    sheet('''编号 | 责任单位 | 时限
    1-1  | 区财政局 | 4月底前
         | ^        | 5月底前''')

One line is one row, ``|`` parts the cells, ``^`` is merged with the cell above and ``<`` with the cell on the left;
an empty line is a blank row, ``\\n`` a line break inside a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import xlsxwriter

from rectify_tool.model import Grid, Mark, MarkKind, Reason, Span, Submission, Value, address
from rectify_tool.places import default_rules_text
from rectify_tool.rules import read_rules
from rectify_tool.tables import Settings, read_tables, settings_from

AS_OF = date(2016, 5, 20)


def sheet(
    text: str,
    name: str = "Sheet1",
    *,
    values: Mapping[str, Value] | None = None,
    formats: Mapping[str, str] | None = None,
    marks: Mapping[str, MarkKind] | None = None,
    hidden: bool = False,
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[str] = (),
) -> Grid:
    """纸面 — the grid of a sheet written as text; rows of ``hidden_rows`` are counted from 1, as people do.

    ``values`` puts a number, day or any other value at an address, in place of the text there.
    """
    lines = [[cell.strip().replace("\\n", "\n") for cell in line.split("|")] for line in text.splitlines()]
    rows: list[list[Value | None]] = [[None if cell in ("", "^", "<") else cell for cell in line] for line in lines]
    for at, value in (values or {}).items():
        row, column = place(at)
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = value
    return Grid(
        name,
        tuple(tuple(row) for row in rows),
        _merges(lines),
        hidden,
        frozenset(row - 1 for row in hidden_rows),
        frozenset(place(f"{letters}1")[1] for letters in hidden_columns),
        tuple(Mark(*place(at), kind, "#N/A") for at, kind in (marks or {}).items()),
        {place(at): format for at, format in (formats or {}).items()},
    )


@lru_cache(maxsize=8)
def settings(as_of: date = AS_OF) -> Settings:
    """默认口径 — what reading tables needs, from the shipped rules."""
    return settings_from(read_rules(default_rules_text()), as_of)


def read(*grids: Grid, file: str = "财政局.xlsx", as_of: date = AS_OF) -> Submission:
    """读表 — these sheets read as one workbook."""
    return read_tables(file, grids, settings(as_of))


def texts(submission: Submission) -> list[dict[str, str]]:
    """各行文字 — each data row as column word → text, what it took from elsewhere included."""
    return [{column.value: row.typed(column) for column in row.cells} for row in submission.rows]


def aside(submission: Submission) -> dict[str, str]:
    """未采用 — address → reason, headings left out, for workbooks of one sheet."""
    return {
        address(cell.row, cell.column): cell.reason.name
        for cell in submission.set_aside
        if cell.reason is not Reason.HEADING
    }


def codes(submission: Submission) -> list[str]:
    """核对意见代码 — in the order they are listed."""
    return [finding.code for finding in submission.findings]


def place(at: str) -> tuple[int, int]:
    """位置 — ``G7`` to zero-based row and column."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", at)
    assert found, at
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _merges(lines: list[list[str]]) -> tuple[Span, ...]:
    holder: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            near = {"^": (row - 1, column), "<": (row, column - 1)}.get(cell)
            if near is not None:
                holder[row, column] = holder.get(near, near)
    spans: dict[tuple[int, int], Span] = {}
    for (row, column), (top, left) in holder.items():
        old = spans.get((top, left), Span(top, left, top, left))
        spans[top, left] = Span(top, left, max(old.bottom, row), max(old.right, column))
    return tuple(spans.values())


def write_folder(folder: Path, sheets: Mapping[str, str]) -> None:
    """A work folder on disk: workbooks by relative path, each one sheet in the notation above, empty lines left out."""
    for name, text in sheets.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(str(path)) as book:
            page = book.add_worksheet("Sheet1")
            for row, line in enumerate(text.strip().splitlines()):
                for column, cell in enumerate(line.split("|")):
                    if cell.strip():
                        page.write_string(row, column, cell.strip())
