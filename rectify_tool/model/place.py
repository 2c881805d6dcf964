"""出处、核对意见 — where something was written, and what a person should look at there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple


class Source(NamedTuple):
    """出处 — where something was written: file, sheet, cell.

    ``file`` is relative to the work folder with "/" and NFC ("" for the whole run); ``sheet`` and ``cell``
    are None where the finding is about the whole file or sheet.
    """

    file: str
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.sheet is not None:
            place += f" › {self.sheet}"
        if self.cell is not None:
            place += f"!{self.cell}" if self.sheet is not None else f" › {self.cell}"
        return place


DATABASE = "台账.db"
"""台账的文件名 — in the work folder: what was published and recorded."""


@cache
def column_letters(column: int) -> str:
    """列标 — 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """单元格地址 — zero-based row and column to ``G7``."""
    return f"{column_letters(column)}{row + 1}"


# ---------------------------------------------------------------- 核对意见 ----


class Severity(Enum):
    """轻重 — how much a finding matters: error must be settled, warning looked at, note is for knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITY_WORDS: Mapping[Severity, str] = {Severity.ERROR: "错误", Severity.WARNING: "注意", Severity.NOTE: "说明"}


@dataclass(frozen=True, slots=True)
class Finding:
    """核对意见 — something a person should look at; ``message`` holds no place, the place is ``source``."""

    code: str
    severity: Severity
    source: Source
    message: str

    def __str__(self) -> str:
        place = str(self.source)
        return f"{place}：{self.message}（{self.code}）" if place else f"{self.message}（{self.code}）"
