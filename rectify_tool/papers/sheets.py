"""簿册用语 — what the sheets of the summary share: the draft they are made from, their columns, and long texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from math import ceil

from rectify_tool.model import (
    ACT_WORDS,
    LIGHTS,
    STANDING_WORDS,
    Change,
    Chart,
    Column,
    Decision,
    Escalation,
    Heard,
    Lamp,
    Light,
    Link,
    Outcome,
    Paper,
    Ref,
    Reply,
    Sheet,
    SheetColumn,
    SheetTable,
    SheetValue,
    Show,
    Source,
    Standing,
    Verdict,
    printable,
)
from rectify_tool.papers.cases import Case, sort_out
from rectify_tool.papers.speech import Speech, spoken_day

CELL_LIMIT = 32_000
"""一格最多字数 — an Excel cell holds 32,767 UTF-16 units; the rest is room for the note that it was cut."""

PRINTED_LINES = 24
"""一格最多打印几行 — Excel allows no row over 409 points; a longer text stands in full in a column for the screen."""

LEDGER = "台账"
LISTS: Mapping[Standing, str] = {
    Standing.OVERDUE: "逾期",
    Standing.DUE_SOON: "临期",
    Standing.FINISHED: "待销号",
    Standing.FINISHED_LATE: "待销号",
    Standing.LONG_TERM: "长期坚持",
}
"""各状态的清单 — the sheet that lists the items of a standing; those of the others stand in 台账 alone."""

SUGGESTED = "催办建议按口径 [escalation] 得出，是否办理由人决定"
"""催办建议的说明 — stands wherever a step is suggested."""

_INBOX = "报送/"
Row = tuple[SheetValue, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """底稿 — what every sheet is made from; ``bulletin`` is the paper whose figures 数据来源 walks back.

    ``steps`` are those suggested: by item number for what is overdue, by unit for its silence.
    """

    outcome: Outcome
    bulletin: Paper
    speech: Speech = field(init=False)
    case: Case = field(init=False)
    hints: Mapping[str, tuple[str, ...]] = field(init=False)
    steps: Mapping[str, Escalation] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", {one.no or one.unit or "": one for one in self.change.escalations})
        object.__setattr__(self, "speech", Speech(self.outcome.rules))
        object.__setattr__(self, "case", sort_out(self.outcome))
        object.__setattr__(self, "hints", _hints(self.case))

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """全部判定 — in ledger order."""
        return self.outcome.verdicts

    @property
    def change(self) -> Change:
        """较上期 — empty where nothing is known of an earlier bulletin."""
        return self.outcome.change

    @property
    def followed_up(self) -> bool:
        """有往期可比 — a bulletin was published or a step taken before: only then do runs and steps tell anything."""
        return self.change.since is not None or any(one.taken for one in self.change.escalations)

    @property
    def earlier(self) -> str:
        """上期的叫法 — 第7期, with its year where that is another; 上期 where it is not known."""
        since = self.change.since
        if since is None:
            return "上期"
        return f"{'' if since.year == self.outcome.job.as_of.year else f'{since.year}年'}第{since.number}期"

    @property
    def lights(self) -> str:
        """灯的含义 — printed wherever a light is."""
        return self.speech.word("lights_note", within=self.outcome.rules.due_soon_days)

    def sheet(
        self,
        name: str,
        title: str,
        *tables: SheetTable,
        notes: Sequence[str] = (),
        charts: tuple[Chart, ...] = (),
        wide: bool = False,
        printed: int = 0,
        tab: Light | None = None,
    ) -> Sheet:
        """一页 — the as-of day stands first among its notes; where not every column is printed, a note says so."""
        as_of = self.speech.word("as_of_note", day=spoken_day(self.outcome.job.as_of))
        upto = f"打印到“{tables[0].columns[printed - 1].heading}”一列，其后各列供在屏幕上核对" if printed else ""
        told = tuple(note for note in (as_of, *notes, upto) if note)
        return Sheet(name, title, told, tables, charts, wide, printed, tab)


def word(heading: str, width: int) -> SheetColumn:
    """短文字列."""
    return SheetColumn(heading, width, Show.WORD)


def text(heading: str, width: int) -> SheetColumn:
    """长文字列."""
    return SheetColumn(heading, width, Show.TEXT)


def whole(heading: str, width: int = 8, *, bar: bool = False) -> SheetColumn:
    """整数列."""
    return SheetColumn(heading, width, Show.COUNT, bar)


def rate(heading: str, width: int = 12) -> SheetColumn:
    """百分比列 — with a bar behind each rate."""
    return SheetColumn(heading, width, Show.RATE, bar=True)


def day(heading: str, width: int = 12) -> SheetColumn:
    """日期列."""
    return SheetColumn(heading, width, Show.DAY)


def lamp(verdict: Verdict) -> Lamp:
    """灯格 — the colour and the word of where an item stands."""
    return LAMPS[verdict.standing]


LAMPS: Mapping[Standing, Lamp] = {
    one: Lamp(LIGHTS[one], f"{LIGHTS[one].value} {STANDING_WORDS[one]}") for one in Standing
}


@lru_cache(maxsize=65536)  # an item's texts stand in several sheets
def fitting(value: str, source: Source | None = None) -> str:
    """一格装得下的文字 — as it is, or cut where a cell cannot hold it, saying so and where the whole stands."""
    clean = printable(value)
    if len(clean) * 2 <= CELL_LIMIT or len(clean.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        return clean
    kept = clean.encode("utf-16-le")[: CELL_LIMIT * 2].decode("utf-16-le", "ignore")
    return f"{kept}……（全文见原件{f' {source}' if source else ''}）"


def stacked(lines: Iterable[str]) -> str:
    """逐行 — each on a line of its own in one cell."""
    return "\n".join(line for line in lines if line)


def shortened(value: str, width: int, where: str) -> str:
    """打印得下的文字 — as it is, or cut where a printed cell cannot hold it, saying where the whole stands."""
    across, room, kept = max(1, (width - 1) // 2), PRINTED_LINES, list[str]()
    for line in value.split("\n"):
        needs = max(1, ceil(len(line) / across))
        if needs > room:
            return "\n".join([*kept, line[: across * room]]) + f"……（{where}）"
        kept.append(line)
        room -= needs
    return value


def counted(keys: Sequence[str], sheet: str = LEDGER) -> SheetValue:
    """计数格 — how many there are, leading to their rows; nought leads nowhere."""
    return Ref(len(keys), tuple(keys), sheet) if keys else 0


@lru_cache(maxsize=65536)  # so does a source
def place(source: Source | None) -> tuple[SheetValue, SheetValue]:
    """出处两格 — the file and sheet, and the cell, which leads there; blank where there is no file.

    The folder every submission lies in is not repeated; the whole path stands in 来源.
    """
    if source is None or not source.file:
        return None, None
    written_in = Source(source.file.removeprefix(_INBOX), source.sheet)
    link = Link(fitting(source.cell or "打开"), source.file, source.sheet or "", source.cell or "")
    return fitting(str(written_in)), link


def said(reply: Reply) -> str:
    """所说 — the progress as written, else the status word."""
    return reply.progress or reply.status


def decided(decision: Decision, as_of: date) -> str:
    """办理决定 — day, act, new day, whether it is on a unit as a whole, post and reason.

    One dated after the as-of day does not count yet.
    """
    when = spoken_day(decision.day) if decision.day else ""
    until = f"至{spoken_day(decision.new_due)}" if decision.new_due else ""
    whole_unit = f"对{decision.unit}整体" if decision.unit else ""
    by = f"（{'，'.join(filter(None, (whole_unit, decision.by)))}）" if whole_unit or decision.by else ""
    later = "（基准日之后，不计）" if decision.day and decision.day > as_of else ""
    act = f"{when}{ACT_WORDS[decision.act]}"
    why = f"：{decision.why}" if decision.why else ""
    told = decision.why if decision.why.startswith(act) else f"{act}{until}{by}{why}"
    return told + later


def suggested(step: Escalation | None) -> str:
    """催办建议 — the step of escalation, and whether it, or a graver one, is taken already; "" for none."""
    return stacked([ACT_WORDS[step.step], "（已办）" if step.done else ""]) if step else ""


def taken(step: Escalation | None, as_of: date) -> str:
    """已办 — the steps recorded since the run began, a line each."""
    steps = step.taken if step else ()
    return fitting(stacked(decided(one, as_of) for one in steps))


def taken_briefly(step: Escalation | None, as_of: date) -> str:
    """已办（简） — day and step alone, the year left out where it is that of the as-of day."""
    bare = [replace(one, unit=None, by="", why="") for one in (step.taken if step else ())]
    return stacked(decided(one, as_of).removeprefix(f"{as_of.year}年") for one in bare)


def assigned_at(verdict: Verdict) -> Source:
    """责任分解表的出处 — the cell of the item in the breakdown."""
    return verdict.entry.item.row.source(Column.ITEM, Column.MEASURE, Column.NO)


def _hints(case: Case) -> Mapping[str, tuple[str, ...]]:
    """提示 — by item number, what a person should look at before relying on the item."""
    hints: dict[str, tuple[str, ...]] = {}
    for hint, verdicts in (
        ("时限待确认", case.confirm),
        ("未报送", [one for one in case.not_reported if one.entry.heard is not Heard.CARRIED]),
        ("未报送（沿用上期）", [one for one in case.not_reported if one.entry.heard is Heard.CARRIED]),
        ("文件不能读取", [one for one in case.unread if not one.entry.lead_reported]),
        ("完成日期不明", case.finish_unknown),
        ("完成日期早于退回", case.finish_before),
        ("佐证不足", case.unproved),
        ("自报与进展不符", case.contradiction),
        ("只报基本完成", case.basically),
        ("单位说法不一", case.clash),
        ("单位改动时限", [one for one, _ in case.changed]),
        ("经批准延期", case.extended),
        ("已退回", case.returned),
        ("责任人或时限不全", [one for one in case.loose if not one.not_reported]),
    ):
        for no in dict.fromkeys(one.entry.item.no for one in verdicts):
            hints[no] = (*hints.get(no, ()), hint)
    return hints
