"""小项、反馈、办理决定 — what was assigned, what the units say of it, and what the office did about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from rectify_tool.model.deadline import Deadline
from rectify_tool.model.grid import Heading, Row, SetAside
from rectify_tool.model.place import Source


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
    claim then says nothing of the item. ``dated`` is the day the file itself says it was filled in or saved on, which
    no copying changes; None where only the file's own time tells. ``claimed_at`` and ``finished_at`` are the cells the
    claim and the finish day were read from, None where they were read from none.
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
    dated: date | None = None
    claimed_at: Source | None = None
    finished_at: Source | None = None


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

WITH_DAY = (Act.EXTEND, Act.ASK)
"""要写新时限的办理 — and no other has one."""

WITH_REASON = (Act.REOPEN, Act.RETURN)
"""要写原因的办理 — they undo what a unit or the office has called done."""


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


def taken_back(records: Sequence[Record]) -> frozenset[int]:
    """已撤回的 — the numbers of the records that do not count.

    A counter-entry takes back the record it names; taken back itself, it takes back nothing. One that names no earlier
    record (the story refuses it) does nothing.
    """
    gone: set[int] = set()
    for record in sorted(records, key=lambda one: -one.serial):
        if record.undoes is not None and record.undoes < record.serial and record.serial not in gone:
            gone.add(record.undoes)
    return frozenset(gone)


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
