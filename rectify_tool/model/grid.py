"""表页、单元格、行 — what a workbook holds, from its cells as they lie to its tables as understood.

The nouns made by the hundred thousand (`Cell`, `Row`, `SetAside`, `Source`) are named tuples, because they cross from
the reading processes by pickle and a frozen dataclass pickles four times slower.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import NamedTuple

from rectify_tool.model.place import Finding, Source, address

Value = str | int | float | bool | date | datetime | time | timedelta
"""单元格的值 — what a reader gives for one cell that is not blank; a blank cell is None."""


class Span(NamedTuple):
    """合并区域 — a merged range, zero-based, both ends inclusive."""

    top: int
    left: int
    bottom: int
    right: int


class MarkKind(Enum):
    """特殊单元格 — why a cell's shown text is not simply its value."""

    ERROR = "错误值"
    UNCACHED = "公式没有结果"
    PICTURE = "图片"


class Mark(NamedTuple):
    """特殊单元格 — a cell whose text stands for something the reader could not give as a value."""

    row: int
    column: int
    kind: MarkKind
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """表页 — the cells of one sheet as they lie, without meaning yet.

    ``rows[r][c]`` is anchored at A1 (leading blank rows and columns are kept) and may be ragged; None is a
    blank cell. Error cells hold their text (``#N/A``), uncached formulas ``〔公式无结果〕``, pictures in a cell
    ``〔图片〕``; ``marks`` says which those are. ``formats`` gives the number-format code of numeric or date cells
    whose format is not General, where the reader could tell (empty where it cannot).
    ``merges`` is None where the format does not tell of merges.
    """

    sheet: str
    rows: tuple[tuple[Value | None, ...], ...]
    merges: tuple[Span, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    marks: tuple[Mark, ...] = ()
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)


class Column(Enum):
    """列 — what a column of an office's table holds; the value is the word of the JSON answer."""

    __hash__ = object.__hash__  # Enum's own is a Python call, and every row of every file is keyed by columns

    NO = "no"
    ASPECT = "aspect"
    PROBLEM = "problem"
    ITEM = "item"
    MEASURE = "measure"
    GOAL = "goal"
    LEADER = "leader"
    LEAD = "lead"
    UNITS = "units"
    UNIT = "unit"
    PERSON = "person"
    DEADLINE = "deadline"
    PROGRESS = "progress"
    STATUS = "status"
    FINISHED = "finished"
    EVIDENCE = "evidence"
    DIFFICULTY = "difficulty"
    NEXT = "next"
    VERIFIED = "verified"
    CLOSED_ON = "closed_on"
    EXTENDED_TO = "extended_to"
    RETURNED = "returned"
    REPORTER = "reporter"
    NOTE = "note"
    ACT = "act"
    ACT_DAY = "act_day"
    BY = "by"
    WHY = "why"
    UNKNOWN = "unknown"


class Cell(NamedTuple):
    """单元格 — text as typed (as shown in the sheet), and where it lies.

    ``value`` is what the reader gave; ``inherited`` is True where the cell of this row is blank and the text
    was taken from a merged cell or from above: then ``row`` and ``column`` point at the cell that holds it.
    """

    text: str
    row: int
    column: int
    value: Value
    inherited: bool = False


def formula_failed(text: str) -> bool:
    """公式没有算出 — the text of a cell whose formula gave an error or nothing: it names no unit and says no word."""
    return text[:1] in _FAILS_WITH and _FAILED.fullmatch(text) is not None


_FAILS_WITH = frozenset("#〔Ee错 \n")
"""Every cell of every file is asked, so the first character must settle nearly all."""

_FAILED = re.compile(
    r"\s*(?:〔公式无结果〕|#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA)"
    r"|(?:Err|错误)\s*[:：]\s*\d{3})\s*",
    re.IGNORECASE,
)
"""As Excel and WPS show it, and LibreOffice (Err:502); also where it was pasted as plain text."""


class Row(NamedTuple):
    """报送行 — one data row of a table: the cells under each known column, in sheet order.

    Blank cells are absent, so a column may be missing. Two headings may mean one column (责任单位, 其他责任单位):
    then the tuple holds both cells.
    """

    file: str
    sheet: str
    row: int
    cells: dict[Column, tuple[Cell, ...]]
    hidden: bool = False

    def text(self, column: Column) -> str:
        """该列文字 — the column's cells joined by line breaks; "" where blank or where a formula gave nothing."""
        cells = self.cells.get(column)
        if not cells:
            return ""
        if len(cells) == 1:
            return "" if formula_failed(cells[0].text) else cells[0].text
        return "\n".join(cell.text for cell in cells if not formula_failed(cell.text))

    def typed(self, column: Column) -> str:
        """该列原样 — what the sheet shows there, also ``#N/A`` and the like, which say nothing; "" where blank."""
        return "\n".join(cell.text for cell in self.cells.get(column, ()))

    def source(self, *columns: Column) -> Source:
        """该列出处 — the first cell found under these columns, else the row's first cell, else the row itself."""
        for column in columns:
            for cell in self.cells.get(column, ()):
                return Source(self.file, self.sheet, address(cell.row, cell.column))
        for cells in self.cells.values():
            for cell in cells:
                if not cell.inherited:
                    return Source(self.file, self.sheet, address(cell.row, cell.column))
        return Source(self.file, self.sheet, address(self.row, 0))


class Reason(Enum):
    """不采用的原因 — why a non-empty cell of a read file is not used."""

    TITLE = "标题或表前说明"
    HEADING = "表头"
    FOOTER = "表尾（填报人、盖章、说明等）"
    TOTAL = "合计或小计行"
    HIDDEN_SHEET = "隐藏的工作表"
    NO_TABLE = "没有找到表格的工作表"
    UNDER_MERGE = "被合并单元格遮住的内容"
    UNKNOWN_COLUMN = "未能识别的列"
    UNMATCHED_ROW = "对不上任何小项的行"
    EARLIER_PERIOD = "往期"
    LATER_PERIOD = "基准日以后的期"
    DOUBLE_COLUMN = "另有同类的列，采用了那一列"
    EMPTY_ROW = "没有实际内容的行"
    NOT_USED = "本件不作为报送采用"


class SetAside(NamedTuple):
    """未采用的单元格 — a non-empty cell that is not used, with its reason."""

    sheet: str
    row: int
    column: int
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Heading:
    """表头 — a heading as written (two-row headings joined by "/"), the column it was taken for, and how sure.

    ``score`` is 0 for an unknown heading, 1 for an exact alias.
    """

    sheet: str
    cell: str
    text: str
    column: Column
    score: float


@dataclass(frozen=True, slots=True)
class Table:
    """表 — one table found in a sheet: what stands above it, its headings and data rows, and what stands below."""

    sheet: str
    title: tuple[Cell, ...]
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    footer: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Submission:
    """报送表 — one workbook as understood by `tables`: its tables and every cell that is not in a data row.

    The non-empty cells of the file are exactly: every cell in ``tables[*].rows`` that is not inherited, plus
    ``set_aside``. ``tables`` is empty where no table was found.
    """

    file: str
    tables: tuple[Table, ...]
    set_aside: tuple[SetAside, ...]
    findings: tuple[Finding, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """全部数据行 — of all tables, in sheet order."""
        return tuple(row for table in self.tables for row in table.rows)


class FileOutcome(Enum):
    """收件结果 — what became of a file; nothing else, ever (reliability R2)."""

    READ = "read"
    READ_WITH_FINDINGS = "read_with_findings"
    SKIPPED = "skipped"
    REFUSED = "refused"
    NEEDS_PASSWORD = "needs_password"
    STILL_COPYING = "still_copying"
    SUPERSEDED = "superseded"


OUTCOME_WORDS: Mapping[FileOutcome, str] = {
    FileOutcome.READ: "已读取",
    FileOutcome.READ_WITH_FINDINGS: "已读取，有核对意见",
    FileOutcome.SKIPPED: "略过",
    FileOutcome.REFUSED: "未能读取",
    FileOutcome.NEEDS_PASSWORD: "需要密码",
    FileOutcome.STILL_COPYING: "正在复制",
    FileOutcome.SUPERSEDED: "已被较新的一份代替",
}


@dataclass(frozen=True, slots=True)
class Received:
    """收件 — one file of the work folder after reading, whatever became of it.

    ``sha256`` is "" only where the file could not be opened at all. ``saved_at`` is the modified time inside
    the file (docProps/core.xml, OLE summary), None where there is none. ``counted`` is the independent count of
    non-empty cells (对账), None where the format has none; then the grids' own count stands. ``content`` is what
    the understanding function made of the grids, None unless outcome is READ.
    """

    file: str
    outcome: FileOutcome
    sha256: str
    modified: datetime | None
    saved_at: datetime | None
    counted: int | None
    content: Submission | None
    findings: tuple[Finding, ...]
