"""台账、判定 — every item with all that was said of it, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from rectify_tool.model.grid import FileOutcome, Heading, Row, SetAside
from rectify_tool.model.item import Claim, Decision, Item, Reply


class Heard(Enum):
    """报送情况 — whether a unit was heard this time: since the last published bulletin, else ever.

    CARRIED sent nothing this time, but an older file of it still lies in 报送/ and its replies stay (沿用上期).
    """

    REPORTED = "reported"
    CARRIED = "carried"
    UNREADABLE = "unreadable"
    MISSING = "missing"


SILENT = (Heard.CARRIED, Heard.MISSING)
"""没有报送的 — nothing came from the unit this time."""

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
    later version or an identical copy stands for them; ``unread`` the files that units sent and nobody could read.
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
    unread: tuple[str, ...] = ()

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


DONE = (Standing.CLOSED, Standing.FINISHED, Standing.FINISHED_LATE)
"""完成 — closed is a part of it, never an addend."""

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
