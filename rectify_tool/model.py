"""名词 — the nouns that flow through the rooms: frozen values that know nobody.

The nouns made by the hundred thousand (`Cell`, `Row`, `Source`, `SetAside`) are named tuples, because they
cross from the reading processes by pickle and a frozen dataclass pickles four times slower; all others are
frozen dataclasses. Rows and columns are counted from 0 in fields called ``row`` and ``column``; an address
such as ``G7`` is what people read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from typing import NamedTuple

Value = str | int | float | bool | date | datetime | time | timedelta
"""单元格的值 — what a reader gives for one cell that is not blank; a blank cell is None."""


# ---------------------------------------------------------------- 出处 ----


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


# ---------------------------------------------------------------- 表页、单元格、行 ----


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
        """该列文字 — the column's cells joined by line breaks; "" where blank."""
        cells = self.cells.get(column)
        if not cells:
            return ""
        return cells[0].text if len(cells) == 1 else "\n".join(cell.text for cell in cells)

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


# ---------------------------------------------------------------- 时限 ----


class Kind(Enum):
    """时限类别 — what sort of deadline a phrase is; the value is the word of the JSON answer."""

    DATED = "dated"
    DATED_THEN_LONG_TERM = "dated_then_long_term"
    LONG_TERM = "long_term"
    IMMEDIATE = "immediate"
    PERIODIC = "periodic"
    STAGED = "staged"
    RELATIVE = "relative"
    VAGUE = "vague"
    EVENT = "event"
    MALFORMED = "malformed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """周期 — when a periodic deadline falls: once in every ``unit``, on ``day``.

    ``unit`` is "day", "week", "ten_days" (旬: the 10th, 20th, last), "half_month" (the 15th, last), "month",
    "two_months" (双月), "quarter", "half" or "year"; ``day`` is 1–7 (Monday is 1) for a week, else the day of the
    month, 0 meaning its last day; ``month`` is the month inside the period, 1 the first, 0 the last.
    """

    unit: str
    day: int
    month: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """整改时限 — the phrase as written and what it was read as.

    Attributes:
        text: The phrase exactly as typed; "" where blank.
        kind: What sort of deadline it is.
        due: Every day it means, in order, each inclusive (the day itself is in time); empty where there is none or
            it is periodic. Only a staged deadline has more than one.
        doubt: True where two readings exist, the phrase is soft, start-only or malformed, or the base is unknown.
        earlier: The earlier of two readings (then ``due`` holds the later); None where there is one reading.
        guess: True where the day may be no deadline at all (soft, start-only, malformed, base unknown): it never
            makes an item overdue.
        every: The recurrence of a periodic deadline, else None.
        rule: The short Chinese name of the rule that read it, e.g. "某月底"; "读不懂" where nothing understood it.
        because: One Chinese sentence that shows the reading to a person.
        notes: Remarks that are no doubt, e.g. "年份推定".
    """

    text: str
    kind: Kind
    due: tuple[date, ...] = ()
    doubt: bool = False
    earlier: date | None = None
    guess: bool = False
    every: Recurrence | None = None
    rule: str = ""
    because: str = ""
    notes: tuple[str, ...] = ()


# ---------------------------------------------------------------- 小项、反馈、办理决定 ----


@dataclass(frozen=True, slots=True)
class Item:
    """小项 — what was assigned, as meant; ``row`` holds what was typed.

    ``no`` is problem-item in Arabic numerals (4-2); ``lead`` is None where the breakdown names no unit;
    ``units`` holds canonical names, lead first, no repeats; ``leaders`` are posts as written.
    """

    no: str
    aspect: str
    problem: str
    item: str
    measure: str
    goal: str
    leaders: tuple[str, ...]
    lead: str | None
    units: tuple[str, ...]
    person: str
    deadline: Deadline
    row: Row

    @property
    def matter(self) -> str:
        """小项内容 — the sub-item's own words, else its measure, else its problem."""
        return self.item or self.measure or self.problem


class Claim(Enum):
    """单位自报状态 — what a unit says of an item; only its own word, never the office's acceptance."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    LONG_TERM = "long_term"
    NONE = "none"


CLAIM_WORDS: Mapping[Claim, str] = {
    Claim.DONE: "已完成",
    Claim.IN_PROGRESS: "整改中",
    Claim.NOT_STARTED: "未启动",
    Claim.LONG_TERM: "长期坚持",
    Claim.NONE: "未填",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """反馈 — what one unit says of one item, as meant; ``row`` holds what was typed.

    ``unit`` is the canonical name, None where the file's unit is unknown. ``finished`` is the day the unit says it
    finished, None where it gives none. ``sent`` is the day the file speaks for (its own date), None if unknown.
    ``finished_since`` is the first day it may have been, where only a month or 旬 is given (``finished`` is its last).
    ``stages_done`` are the stage days (of a staged deadline) the text states done. ``source`` is the progress cell,
    else the status cell, else the row. ``helped`` is True where a co-unit only tells of its own help (已配合……): its
    claim then says nothing of the item.
    """

    no: str
    unit: str | None
    claimed: Claim
    progress: str
    status: str
    finished: date | None
    evidence: str
    difficulty: str
    next: str
    sent: date | None
    sha256: str
    source: Source
    row: Row
    stages_done: tuple[date, ...] = ()
    finished_since: date | None = None
    helped: bool = False


class Act(Enum):
    """办理 — the office's own acts; the value is the word of the command line.

    An extension asked for (ASK) changes nothing until one is approved (EXTEND). The last four are the steps of
    escalation, in their order.
    """

    CLOSE = "close"
    REOPEN = "reopen"
    EXTEND = "extend"
    RETURN = "return"
    ASK = "ask"
    CALL = "call"
    LETTER = "letter"
    TALK = "talk"
    ACCOUNTABILITY = "accountability"


ACT_WORDS: Mapping[Act, str] = {
    Act.CLOSE: "销号",
    Act.REOPEN: "重新打开",
    Act.EXTEND: "批准延期",
    Act.RETURN: "退回",
    Act.ASK: "申请延期",
    Act.CALL: "电话催办",
    Act.LETTER: "督办函",
    Act.TALK: "约谈",
    Act.ACCOUNTABILITY: "问责",
}

STEPS = (Act.CALL, Act.LETTER, Act.TALK, Act.ACCOUNTABILITY)
"""催办的步骤 — from the mildest to the gravest."""


@dataclass(frozen=True, slots=True)
class Decision:
    """办理决定 — the office's own act on an item, or on a unit as a whole.

    ``no`` is "" where the act is about a unit as a whole, which ``unit`` then names (None otherwise). ``day`` is the
    day it was taken; None where the breakdown's column does not say (it then counts on every as-of day). ``new_due``
    is the approved or asked-for new day, else None. ``by`` is the post that took it, "" where not written.
    """

    act: Act
    no: str
    day: date | None
    new_due: date | None
    why: str
    source: Source
    unit: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """办理记录 — one line of the office's register in 台账.db, never changed and never deleted.

    ``serial`` is its number, from 1 in the order of writing; ``at`` the clock when it was written. A counter-entry
    has no ``decision`` of its own: ``undoes`` is the number of the record it takes back, and ``why`` and ``by`` say
    why and by which post; of an ordinary record ``undoes`` is None and both stand in the decision.
    """

    serial: int
    at: datetime
    decision: Decision | None
    undoes: int | None = None
    why: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """责任分解 — what was assigned: the items, and the office's own columns read as decisions.

    ``file`` is the issued 责任分解表, None where the union of the submissions stands in for it. ``roster`` is every
    unit named in it, canonical; ``base`` the day deadlines count from, None where unknown.
    """

    file: str | None
    items: tuple[Item, ...]
    decisions: tuple[Decision, ...]
    roster: tuple[str, ...]
    base: date | None
    base_because: str


def day_sent(date_line: date | None, saved_at: datetime | None, modified: datetime | None) -> date | None:
    """报送日期 — the strongest date there is: the date line, the time saved inside, the file's own time; else None."""
    moment = saved_at or modified
    return date_line or (moment.date() if moment else None)


@dataclass(frozen=True, slots=True)
class Report:
    """报送 — one readable submission as meant: whose it is, of what day, and what it says of each item.

    ``unit`` is None where no unit could be told; a file with rows of several units has the unit in each reply and
    ``units`` lists them all. ``date_line`` is the 填报日期 written in the sheet; ``saved_at`` and ``modified`` as in
    `Received`. The non-empty cells of the file are ``used`` plus the length of ``aside``.
    """

    file: str
    sha256: str
    unit: str | None
    units: tuple[str, ...]
    unit_because: str
    date_line: date | None
    saved_at: datetime | None
    modified: datetime | None
    replies: tuple[Reply, ...]
    unmatched: tuple[Row, ...]
    used: int
    aside: tuple[SetAside, ...]
    headings: tuple[Heading, ...]

    @property
    def sent(self) -> date | None:
        """报送日期 — the day the file speaks for; None where nothing tells."""
        return day_sent(self.date_line, self.saved_at, self.modified)


# ---------------------------------------------------------------- 台账、判定 ----


class Heard(Enum):
    """报送情况 — whether a unit was heard this time: since the last published bulletin, else ever.

    CARRIED sent nothing this time, but an older file of it still lies in 报送/ and its replies stay (沿用上期).
    """

    REPORTED = "reported"
    CARRIED = "carried"
    UNREADABLE = "unreadable"
    MISSING = "missing"


HEARD_WORDS: Mapping[Heard, str] = {
    Heard.REPORTED: "已报送",
    Heard.CARRIED: "未报送（沿用上期）",
    Heard.UNREADABLE: "收到，不能读取",
    Heard.MISSING: "未报送",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """台账条目 — an item with every unit's reply and the office's decisions.

    ``replies`` holds the current reply of each unit, the lead's first; ``lead_reply`` is the one whose word counts for
    the state, None where the lead said nothing of this item. ``heard`` tells of the lead; MISSING where there is none.
    """

    item: Item
    replies: tuple[Reply, ...]
    lead_reply: Reply | None
    decisions: tuple[Decision, ...]
    heard: Heard

    @property
    def lead_reported(self) -> bool:
        """牵头单位本期已报 — it sent a readable file this time."""
        return self.heard is Heard.REPORTED

    @property
    def lead_unreadable(self) -> bool:
        """牵头单位的文件不能读取 — all it sent this time could not be read."""
        return self.heard is Heard.UNREADABLE


class FileRole(Enum):
    """文件用途 — what a file of the work folder is for."""

    BREAKDOWN = "breakdown"
    SUBMISSION = "submission"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """来源 — one file of the run, its outcome, and its cells accounted for: cells = used + set_aside.

    ``unit`` is the unit that sent it, None where unknown; ``unit_because`` says how that was known.
    ``aside`` lists the cells not used, each with its reason. ``items`` counts the items it speaks of.
    """

    file: str
    role: FileRole
    unit: str | None
    unit_because: str
    outcome: FileOutcome
    sha256: str
    sent: date | None
    cells: int
    used: int
    aside: tuple[SetAside, ...]
    headings: tuple[Heading, ...]
    items: int

    @property
    def set_aside(self) -> int:
        """未采用数 — how many non-empty cells were not used."""
        return len(self.aside)


@dataclass(frozen=True, slots=True)
class Ledger:
    """台账 — every item with what was said of it, and which units were heard.

    ``expected`` are every lead and co-unit of the breakdown; ``reported`` sent a readable file this time,
    ``unreadable`` only files that could not be read, ``missing`` nothing; ``carried`` are those of the missing whose
    older file stays in use. ``acts`` are the office's acts on units as a whole. ``superseded`` keeps the replies a
    later version replaced; ``unmatched`` the rows that fit no item; ``retired`` the files no longer used because a
    later version or an identical copy stands for them.
    """

    entries: tuple[Entry, ...]
    expected: tuple[str, ...]
    reported: tuple[str, ...]
    missing: tuple[str, ...]
    unreadable: tuple[str, ...]
    superseded: tuple[Reply, ...]
    unmatched: tuple[Row, ...]
    retired: tuple[str, ...]
    files: tuple[FileRecord, ...]
    base: date | None
    base_because: str
    carried: tuple[str, ...] = ()
    acts: tuple[Decision, ...] = ()

    def heard(self, unit: str) -> Heard:
        """报送情况 — of a unit of the breakdown."""
        if unit in self.carried:
            return Heard.CARRIED
        if unit in self.unreadable:
            return Heard.UNREADABLE
        return Heard.REPORTED if unit in self.reported else Heard.MISSING


class Standing(Enum):
    """时限状态 — where an entry stands on a day; every entry has exactly one."""

    CLOSED = "closed"
    FINISHED = "finished"
    FINISHED_LATE = "finished_late"
    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    LONG_TERM = "long_term"
    UNDATED = "undated"


STANDING_WORDS: Mapping[Standing, str] = {
    Standing.CLOSED: "已销号",
    Standing.FINISHED: "已完成",
    Standing.FINISHED_LATE: "逾期完成",
    Standing.ON_TRACK: "按期推进",
    Standing.DUE_SOON: "临期",
    Standing.OVERDUE: "逾期",
    Standing.LONG_TERM: "长期坚持",
    Standing.UNDATED: "时限不明确",
}


class Light(Enum):
    """灯 — the colour of a standing, always shown with its word."""

    GREEN = "绿"
    YELLOW = "黄"
    RED = "红"
    GREY = "灰"


LIGHTS: Mapping[Standing, Light] = {
    Standing.CLOSED: Light.GREEN,
    Standing.FINISHED: Light.GREEN,
    Standing.FINISHED_LATE: Light.GREEN,
    Standing.ON_TRACK: Light.GREEN,
    Standing.DUE_SOON: Light.YELLOW,
    Standing.OVERDUE: Light.RED,
    Standing.LONG_TERM: Light.GREEN,
    Standing.UNDATED: Light.GREY,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """判定 — where an entry stands on the as-of day, and the sentence that says why.

    ``due`` is the day that counts now (the open stage, the next or missed occurrence, an approved new day), None
    where there is none. ``days_left`` is due − as-of in days: 0 on the day itself, negative once passed, None without
    a day or where nothing is left to do. ``finished`` is the finish day that counts. ``to_confirm`` is True where the
    standing hangs on a doubtful day a person must settle. ``not_reported`` is True where the lead sent no
    file this time. ``passed`` is True where ``due`` lies before the as-of day, whether the item is done or not.
    """

    entry: Entry
    standing: Standing
    due: date | None
    days_left: int | None
    because: str
    claimed: Claim
    finished: date | None
    to_confirm: bool
    not_reported: bool
    passed: bool


# ---------------------------------------------------------------- 往期、较上期 ----


@dataclass(frozen=True, slots=True)
class PublishedReply:
    """往期反馈 — what a unit had said of an item when it was published; ``lead`` marks the word that counted."""

    unit: str | None
    claimed: Claim
    progress: str
    sent: date | None
    source: Source
    lead: bool


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """往期条目 — where an item stood in a published bulletin, and every word of the units behind it."""

    no: str
    aspect: str
    problem: str
    matter: str
    leaders: tuple[str, ...]
    lead: str | None
    units: tuple[str, ...]
    deadline: str
    due: date | None
    standing: Standing
    days_left: int | None
    because: str
    claimed: Claim
    finished: date | None
    to_confirm: bool
    heard: Heard
    replies: tuple[PublishedReply, ...]

    @property
    def said(self) -> str:
        """牵头单位的话 — its progress text then, "" where it said nothing."""
        return next((one.progress for one in self.replies if one.lead), "")


@dataclass(frozen=True, slots=True)
class Published:
    """定稿 — a bulletin of record as it was published, whatever changes later.

    ``serial`` counts the publishings from 1 in their order; a number published again with --correct has a second one,
    whose ``why`` says why ("" for a first publishing), and both are kept. ``accepted`` is the reason a difference of
    the cells was accepted, "" where there was none. ``year`` is the as-of day's, in which ``number`` runs.
    ``published`` is the clock then, ``folder`` the name of the set's folder under 成果/, ``heard`` tells of every unit
    expected; ``sources`` and ``outputs`` map file names to SHA-256 digests.
    """

    serial: int
    number: int
    as_of: date
    published: datetime
    tool: str
    folder: str
    why: str
    accepted: str
    items: tuple[PublishedItem, ...]
    heard: Mapping[str, Heard]
    findings: tuple[Finding, ...]
    sources: Mapping[str, str]
    outputs: Mapping[str, str]

    @property
    def year(self) -> int:
        """年份 — the year its number runs in."""
        return self.as_of.year


@dataclass(frozen=True, slots=True)
class Past:
    """往期 — everything 台账.db keeps: every publishing and every record, in the order of their serials."""

    published: tuple[Published, ...] = ()
    records: tuple[Record, ...] = ()

    @property
    def in_force(self) -> tuple[Published, ...]:
        """有效的各期 — of each year's number the last publishing, by as-of day."""
        last = {(one.year, one.number): one for one in self.published}
        return tuple(sorted(last.values(), key=lambda one: (one.as_of, one.number)))

    def before(self, as_of: date, number: int) -> tuple[Published, ...]:
        """以前各期 — those in force before the bulletin of this day and number; the last of them is 上期."""
        place = (as_of, number)
        earlier = [one for one in self.in_force if (one.as_of, one.number) < place]
        return tuple(one for one in earlier if (one.year, one.number) != (as_of.year, number))

    def next_number(self, year: int) -> int:
        """下一期 — the number after the last one published for that year; 1 where none is."""
        return 1 + max((one.number for one in self.published if one.year == year), default=0)

    @property
    def written(self) -> datetime | None:
        """最后一次写入 — the latest clock anything was written by; None where nothing is."""
        moments = (*(one.published for one in self.published), *(one.at for one in self.records))
        return max(moments, default=None)


class Turn(Enum):
    """变化 — what became of an item since the last published bulletin; the value is the word of the JSON answer."""

    FINISHED = "finished"
    CLOSED = "closed"
    OVERDUE = "overdue"
    RELIEVED = "relieved"
    LONG_TERM = "long_term"
    WENT_BACK = "went_back"
    RETURNED = "returned"
    REOPENED = "reopened"
    DUE_LATER = "due_later"
    DUE_EARLIER = "due_earlier"
    SAME_TEXT = "same_text"
    NEAR_TEXT = "near_text"
    ADDED = "added"


TURN_WORDS: Mapping[Turn, str] = {
    Turn.FINISHED: "新完成",
    Turn.CLOSED: "新销号",
    Turn.OVERDUE: "新增逾期",
    Turn.RELIEVED: "不再逾期",
    Turn.LONG_TERM: "转入长期坚持",
    Turn.WENT_BACK: "报完成后又改为未完成",
    Turn.RETURNED: "退回重改",
    Turn.REOPENED: "销号后重新打开",
    Turn.DUE_LATER: "时限推后",
    Turn.DUE_EARLIER: "时限提前",
    Turn.SAME_TEXT: "进展与上期一字不差",
    Turn.NEAR_TEXT: "进展与上期几乎相同",
    Turn.ADDED: "新增的小项",
}


@dataclass(frozen=True, slots=True)
class ItemChange:
    """小项的变化 — an item now and in the last published bulletin.

    ``before`` is None where it did not stand there, or nothing is published yet. ``days_moved`` is the due day now
    less the due day then: positive where days were gained, None where one of them is unknown or there is no before.
    ``overdue_run`` is how many bulletins in a row it is overdue, this one included; 0 where it is not.
    """

    verdict: Verdict
    before: PublishedItem | None
    turns: tuple[Turn, ...]
    days_moved: int | None
    overdue_run: int


@dataclass(frozen=True, slots=True)
class UnitChange:
    """单位的变化 — whether a unit was heard now and then.

    ``before`` is None where it was not expected then, or nothing is published yet. ``silent_run`` is how many
    bulletins in a row nothing came from it, this one included; 0 where something came now.
    """

    unit: str
    before: Heard | None
    now: Heard
    silent_run: int

    @property
    def started(self) -> bool:
        """恢复报送 — silent in the last published bulletin, heard now."""
        return self.before in _SILENT and self.now not in _SILENT

    @property
    def stopped(self) -> bool:
        """停止报送 — heard in the last published bulletin, silent now."""
        return self.before is not None and self.before not in _SILENT and self.now in _SILENT


_SILENT = (Heard.CARRIED, Heard.MISSING)


@dataclass(frozen=True, slots=True)
class Escalation:
    """催办 — the step the rules suggest for an item overdue, or a unit silent, ``run`` bulletins in a row.

    ``no`` is "" where it is about the unit's silence. ``taken`` are the steps recorded since the run began, in order.
    The papers suggest; people decide.
    """

    step: Act
    no: str
    unit: str | None
    run: int
    taken: tuple[Decision, ...]

    @property
    def done(self) -> bool:
        """已办 — the suggested step, or a graver one, is recorded."""
        return any(STEPS.index(one.act) >= STEPS.index(self.step) for one in self.taken)


@dataclass(frozen=True, slots=True)
class Change:
    """较上期 — this ledger against the last published bulletin, ``since``; None where nothing is published yet.

    ``items`` has one change for every entry, in ledger order, and ``units`` one for every unit expected; ``dropped``
    are items of the last bulletin that the breakdown no longer has. ``escalations`` follow the same orders, items
    before units.
    """

    since: Published | None = None
    items: tuple[ItemChange, ...] = ()
    units: tuple[UnitChange, ...] = ()
    dropped: tuple[PublishedItem, ...] = ()
    escalations: tuple[Escalation, ...] = ()

    def turned(self, *turns: Turn) -> tuple[Verdict, ...]:
        """有这种变化的小项 — in ledger order."""
        return tuple(one.verdict for one in self.items if not set(turns).isdisjoint(one.turns))


# ---------------------------------------------------------------- 口径 ----


@dataclass(frozen=True, slots=True)
class Origin:
    """口径出处 — where one rule's value comes from: its meaning, its source, and whether this office changed it."""

    meaning: str
    source: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """口径 — the office's rules, each with its source (``origins``, by "section.key").

    Attributes:
        feedback: The base day deadlines count from; None where the office has not said.
        events: Known event days by name ("发函" → a day), for deadlines such as 发函后三日内.
        due_soon_days: Days before the due day from which an item is 临期, inclusive.
        immediate_days: Days the office gives 立行立改, counted like N日内; None means no day (shown as undated).
        month_start_day: The day 月初 means.
        basically_done: True where 基本完成 counts as done.
        headings: Aliases of each column.
        statuses: Status words of units and what they claim.
        escalation: From how many bulletins in a row, overdue or silent, each step of escalation is suggested.
        leader_order: Posts in the order leaders are named in; those not listed follow, as the breakdown has them.
        roster: Canonical unit names beside those of the breakdown.
        unit_aliases: Other name → canonical name.
        collective: Words that mark a collective name (各街道), which cannot be chased.
        wording: The bulletin's sentences, by name, with {slots}.
        office: The paper's fixed texts: name, sender, and so on.
    """

    feedback: date | None
    events: Mapping[str, date]
    due_soon_days: int
    immediate_days: int | None
    month_start_day: int
    basically_done: bool
    headings: Mapping[Column, tuple[str, ...]]
    statuses: Mapping[str, Claim]
    escalation: Mapping[Act, int]
    leader_order: tuple[str, ...]
    roster: tuple[str, ...]
    unit_aliases: Mapping[str, str]
    collective: tuple[str, ...]
    wording: Mapping[str, str]
    office: Mapping[str, str]
    origins: Mapping[str, Origin]


# ---------------------------------------------------------------- 公文、簿册 ----


@dataclass(frozen=True, slots=True)
class Sentence:
    """语句 — text and the items it counts (their numbers) and the units it names, so that it can be walked back.

    ``name`` is the wording it was made from ("" for plain text); ``of`` are the items of its denominator, where the
    text states a rate.
    """

    text: str
    nos: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    name: str = ""
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """自然段 — sentences set one behind the other."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """全段文字 — as printed."""
        return "".join(sentence.text for sentence in self.sentences)


Field = str | Paragraph | tuple["Field", ...] | Mapping[str, "Field"]
"""模板填空 — what one tag of a Word template holds: text, a paragraph, a list, or named parts."""


@dataclass(frozen=True, slots=True)
class Paper:
    """公文 — a document as plain data: the template it is set in, and what each tag of it holds.

    ``template`` is the template's file name; ``day`` the day the paper speaks for, also its date of making.
    """

    template: str
    title: str
    day: date
    fields: Mapping[str, Field]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """全部语句 — in the order of the fields."""
        return tuple(_sentences_in(self.fields))


def _sentences_in(field: Field) -> Iterator[Sentence]:
    if isinstance(field, Paragraph):
        yield from field.sentences
    elif isinstance(field, Mapping):
        for inner in field.values():
            yield from _sentences_in(inner)
    elif isinstance(field, tuple):
        for inner in field:
            yield from _sentences_in(inner)


class Lamp(NamedTuple):
    """灯格 — a cell with a light's colour; the word is always beside it, so that black-and-white print tells it too."""

    light: Light
    word: str


class Link(NamedTuple):
    """出处格 — a cell that leads to a file of the work folder, and where it is known to the cell in it.

    ``file`` is relative to the work folder, with "/"; ``sheet`` and ``cell`` are "" where the whole file is meant.
    """

    text: str
    file: str
    sheet: str = ""
    cell: str = ""


class Ref(NamedTuple):
    """索引格 — a figure or a text that leads to the rows it stands for: those of ``sheet`` named by ``keys``.

    A figure counts exactly its keys: item numbers, or units where the sheet lists units.
    """

    shown: int | str
    keys: tuple[str, ...]
    sheet: str


SheetValue = str | int | float | date | Lamp | Link | Ref | None
"""簿册格的值 — a float stands in a column of rates only; None is a blank cell."""


class Show(Enum):
    """列的样式 — how the cells of a summary column are shown."""

    WORD = "短文字，居中"
    TEXT = "长文字，左对齐，自动换行"
    COUNT = "整数"
    RATE = "百分比"
    DAY = "日期"


class SheetColumn(NamedTuple):
    """簿册的列 — heading, width in half-width characters, and how its cells are shown.

    ``bar`` draws a light bar behind each figure, beside which the figure still stands.
    """

    heading: str
    width: int
    show: Show = Show.TEXT
    bar: bool = False


@dataclass(frozen=True, slots=True)
class SheetTable:
    """簿册的表 — one table of a sheet: a caption ("" for none), columns, rows as long as the columns.

    ``empty`` is what stands in its place where there are no rows; ``total`` marks the last row as 合计; ``key`` is the
    column that names the rows, by which a `Ref` finds them, None where nothing leads here.
    """

    caption: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[tuple[SheetValue, ...]]
    empty: str = "无"
    total: bool = False
    key: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """图 — a bar chart of a table of the same sheet: the first column names the bars, ``columns`` are their parts.

    ``rows`` are the first and last row of the table drawn, None for all but 合计; ``lights`` the colours of the bars of
    a single column, in their order, none for a plain colour.
    """

    title: str
    table: int
    columns: tuple[int, ...]
    rows: tuple[int, int] | None = None
    lights: tuple[Light, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """簿册的页 — a sheet: its title, the notes under it (基准日, definitions), its tables one below the other.

    ``wide`` prints on A3; ``printed`` is how many columns are printed, 0 for all: the others are for the screen.
    ``tab`` is the light of its tab.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    tables: tuple[SheetTable, ...]
    charts: tuple[Chart, ...] = ()
    wide: bool = False
    printed: int = 0
    tab: Light | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """簿册 — a workbook as plain data.

    ``mark`` is printed on every page (示例·虚构), "" for none; ``home`` is the way from the folder the book lies in to
    the work folder, with "/", None where it is not known (then nothing is linked to its files).
    """

    title: str
    mark: str
    home: str | None
    sheets: tuple[Sheet, ...]


BULLETIN_TEMPLATE = "督查专报.docx"
"""专报模板的文件名 — in templates/, and in the work folder's 模板/."""

OUTPUT_CATEGORY = "rectify-tool 成果"
"""本工具成果的标记 — the category in the properties of every paper written; intake knows our own output by it."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """可打印文字 — the text without the characters an office file cannot hold (XML 1.0), line ends as one "\\n"."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text)


# ---------------------------------------------------------------- 任务、结果 ----


@dataclass(frozen=True, slots=True)
class Job:
    """任务 — what a face asks for: the folder, the day the papers speak for, and the bulletin's number.

    ``number`` is None where the tool should propose one; ``out`` None where 成果/ of the folder is meant;
    ``now`` is the moment the run started (the only clock the rooms see); ``pdf`` asks for the bulletin as a PDF too.
    """

    folder: str
    as_of: date
    now: datetime
    number: int | None = None
    out: str | None = None
    jobs: int | None = None
    pdf: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """结果 — what a run found and wrote.

    ``outputs`` maps bulletin, summary and, where one was made, pdf to absolute paths; empty for a check. ``change`` is
    what became of everything since the last published bulletin.
    """

    job: Job
    number: int
    ledger: Ledger
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    rules: Rules
    outputs: Mapping[str, str]
    change: Change = Change()
