"""往期、较上期 — what was published and recorded, and what became of everything since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from rectify_tool.model.item import STEPS, Act, Claim, Decision, Record
from rectify_tool.model.ledger import SILENT, Heard, Standing, Verdict
from rectify_tool.model.place import Finding, Source


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

    def of(self, year: int, number: int) -> Published | None:
        """某一期 — the publishing in force of that year's number; None where there is none."""
        return next((one for one in self.in_force if (one.year, one.number) == (year, number)), None)

    def before(self, as_of: date, number: int) -> tuple[Published, ...]:
        """以前各期 — those in force before the bulletin of this day and number; the last of them is 上期."""
        place = (as_of, number)
        earlier = [one for one in self.in_force if (one.as_of, one.number) < place]
        return tuple(one for one in earlier if (one.year, one.number) != (as_of.year, number))

    def after(self, as_of: date, number: int) -> tuple[Published, ...]:
        """以后各期 — those in force after the bulletin of this day and number."""
        return tuple(one for one in self.in_force if (one.as_of, one.number) > (as_of, number))

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

    @property
    def stands_otherwise(self) -> bool:
        """状态变了 — whether it stood otherwise in the last published bulletin."""
        return self.before is not None and self.before.standing is not self.verdict.standing


@dataclass(frozen=True, slots=True)
class UnitChange:
    """单位的变化 — whether a unit was heard now and then.

    ``before`` is None where it was not expected then, or nothing is published yet. ``silent_run`` is how many
    bulletins in a row nothing came from it while something of its was open, this one included; 0 where something came
    now or nothing is open.
    """

    unit: str
    before: Heard | None
    now: Heard
    silent_run: int

    @property
    def started(self) -> bool:
        """恢复报送 — silent in the last published bulletin, a readable file now."""
        return self.before in SILENT and self.now is Heard.REPORTED

    @property
    def stopped(self) -> bool:
        """停止报送 — heard in the last published bulletin, silent now."""
        return self.before is not None and self.before not in SILENT and self.now in SILENT


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
    before units. ``corrects`` is the publishing of this very number that stands already: what is written now would
    correct it; None where the number is not published.
    """

    since: Published | None = None
    items: tuple[ItemChange, ...] = ()
    units: tuple[UnitChange, ...] = ()
    dropped: tuple[PublishedItem, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    corrects: Published | None = None

    def turned(self, *turns: Turn) -> tuple[Verdict, ...]:
        """有这种变化的小项 — in ledger order."""
        return tuple(one.verdict for one in self.items if not set(turns).isdisjoint(one.turns))
