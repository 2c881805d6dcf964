"""定列 — the columns of a table settled together: neighbours, periods and doubles change what one heading means."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from rectify_tool.findings import Code
from rectify_tool.model import Column, Finding, Reason, Source, address
from rectify_tool.tables.headings import NO_MATCH, SURE, Aliases, Match, best, clean, core, two_in_one
from rectify_tool.tables.page import Place
from rectify_tool.tables.periods import Period, period_of

MEANINGS: dict[Column, str] = {
    Column.NO: "编号",
    Column.ASPECT: "问题方面",
    Column.PROBLEM: "问题",
    Column.ITEM: "小项",
    Column.MEASURE: "整改措施",
    Column.GOAL: "整改目标",
    Column.LEADER: "责任领导",
    Column.LEAD: "牵头单位",
    Column.UNITS: "责任单位",
    Column.UNIT: "填报单位",
    Column.PERSON: "责任人",
    Column.DEADLINE: "整改时限",
    Column.PROGRESS: "进展情况",
    Column.STATUS: "完成状态",
    Column.FINISHED: "实际完成时间",
    Column.EVIDENCE: "佐证材料",
    Column.DIFFICULTY: "存在困难",
    Column.NEXT: "下一步打算",
    Column.VERIFIED: "核查意见",
    Column.CLOSED_ON: "销号日期",
    Column.EXTENDED_TO: "批准延期至",
    Column.RETURNED: "退回意见",
    Column.REPORTER: "填报人",
    Column.NOTE: "备注",
}
"""列的叫法 — how a column is called to people."""


@dataclass(frozen=True, slots=True)
class HeadColumn:
    """一列 — one column of a table's head.

    Attributes:
        index: The column in the sheet.
        place: The cell of the lowest heading over it.
        text: The heading as shown to people, two rows joined by "/", without line breaks.
        leaf: The lowest heading, as written.
        parent: What stands above it, "" where nothing does.
        match: The column it is taken for, and how sure.
        aside: Why its cells are not used; None where they are.
        tick: The state word that a tick under it means; "" for a column whose cells say what they say.
    """

    index: int
    place: Place
    text: str
    leaf: str
    parent: str
    match: Match
    aside: Reason | None = None
    tick: str = ""

    @property
    def meaning(self) -> Column:
        """含义 — the column it is taken for."""
        return self.match[0]

    @property
    def word(self) -> str:
        """本词 — the lowest heading cleaned, without brackets: what the rules about neighbours look at."""
        return core(clean(self.leaf))


Columns = tuple[HeadColumn, ...]


def matched(column: HeadColumn, aliases: Aliases) -> HeadColumn:
    """单看一列 — the column with the best match of its own heading, neighbours not yet heard."""
    match = best(column.leaf, column.parent, aliases)
    return replace(column, match=match, aside=Reason.UNKNOWN_COLUMN if match == NO_MATCH else None)


def settle(columns: Columns, sheet: Source, as_of: date, aliases: Aliases) -> tuple[Columns, tuple[Finding, ...]]:
    """定列 — what every column means once its neighbours are heard; findings H02, H04, H05, H15, H16, H17.

    Args:
        columns: The columns of one table, each with the match of its own heading.
        sheet: The file and sheet, for findings.
        as_of: The day that tells the current period from earlier and later ones.
        aliases: The declared ways of writing.
    """
    columns = _shifted(columns)
    findings: list[Finding] = []
    for step in (_without_serial, _current_periods, _without_doubles):
        columns, found = step(columns, sheet, as_of)
        findings += found
    findings += _doubts(columns, sheet, aliases)
    return columns, tuple(findings)


@dataclass(frozen=True, slots=True)
class _Shift:
    """换列 — a heading that means another column in certain company.

    ``beside``: one of these is among the other headings; ``without``: none of these is; ``not_after``: none of these
    stands to its left; ``next_to``: the nearest known heading to its left is one of these.
    """

    words: Collection[str]
    source: Column
    target: Column
    beside: tuple[Column, ...] = ()
    without: tuple[Column, ...] = ()
    not_after: tuple[Column, ...] = ()
    next_to: tuple[Column, ...] = ()

    def fits(self, column: HeadColumn, others: Columns) -> bool:
        if column.meaning is not self.source or column.word not in self.words:
            return False
        present = {other.meaning for other in others}
        left = [other.meaning for other in others if other.index < column.index and other.meaning is not Column.UNKNOWN]
        return (
            (not self.beside or not present.isdisjoint(self.beside))
            and present.isdisjoint(self.without)
            and set(left).isdisjoint(self.not_after)
            and (not self.next_to or not set(left[-1:]).isdisjoint(self.next_to))
        )


_REPLIES = (Column.PROGRESS, Column.STATUS)
_WHEN = ("完成时间", "完成日期", "整改完成时间", "整改完成日期", "整改时间")
"""When it is to be finished, or when it was: the latter beside a 时限, and right behind what the unit says of it."""

_SHIFTS = (
    _Shift(
        ("存在问题", "存在的问题", "主要问题", "存在的主要问题"), Column.DIFFICULTY, Column.PROBLEM, not_after=_REPLIES
    ),
    _Shift(_WHEN, Column.DEADLINE, Column.FINISHED, beside=(Column.DEADLINE,), without=(Column.FINISHED,)),
    _Shift(_WHEN, Column.DEADLINE, Column.FINISHED, next_to=_REPLIES, without=(Column.FINISHED,)),
    _Shift(("整改任务", "工作任务", "任务", "任务内容"), Column.MEASURE, Column.ITEM, beside=(Column.MEASURE,)),
    _Shift(("单位", "部门"), Column.UNIT, Column.UNITS, without=(Column.UNITS, Column.LEAD, Column.UNIT, *_REPLIES)),
    _Shift(("反馈内容",), Column.PROGRESS, Column.PROBLEM, beside=(Column.PROGRESS,), without=(Column.PROBLEM,)),
    _Shift(("说明", "情况说明"), Column.PROGRESS, Column.NOTE, beside=(Column.PROGRESS,)),
    _Shift(("完成情况", "整改完成情况", "任务完成情况"), Column.STATUS, Column.PROGRESS, without=_REPLIES),
    _Shift(("联系人", "协调人"), Column.PERSON, Column.REPORTER, beside=(Column.PERSON,)),
)


def _shifted(columns: Columns) -> Columns:
    """换列 — every shift is judged on what the headings mean by themselves, so that their order does not matter."""
    shifted = []
    for column in columns:
        others = tuple(other for other in columns if other.place != column.place)
        target = next((shift.target for shift in _SHIFTS if shift.fits(column, others)), column.meaning)
        shifted.append(replace(column, match=(target, column.match[1])) if target is not column.meaning else column)
    return tuple(shifted)


def _without_serial(columns: Columns, sheet: Source, as_of: date) -> tuple[Columns, list[Finding]]:
    """序号与编号 — where a column 编号 stands beside 序号, the latter only counts the rows of this sheet."""
    numbered = [column for column in columns if column.meaning is Column.NO and column.word.endswith("编号")]
    serial = [column for column in columns if column.meaning is Column.NO and column.word == "序号"]
    if not numbered:
        return columns, []
    findings = [Code.SERIAL_ASIDE.at(_at(sheet, one), text=one.text, used=numbered[0].text) for one in _heads(serial)]
    return tuple(replace(one, aside=Reason.DOUBLE_COLUMN) if one in serial else one for one in columns), findings


_BY_PERIOD = (Column.PROGRESS, Column.STATUS, Column.FINISHED, Column.EVIDENCE, Column.DIFFICULTY)


def _current_periods(columns: Columns, sheet: Source, as_of: date) -> tuple[Columns, list[Finding]]:
    """往期 — of several columns that differ by period only the latest not after ``as_of`` is used."""
    findings: list[Finding] = []
    for meaning in _BY_PERIOD:
        same = [one for one in columns if one.meaning is meaning]
        periods = {one.index: period for one in same if (period := _period(one, as_of))}
        undated = [one for one in same if one.index not in periods]
        if len(set(periods.values())) < 2 and not (undated and any(each.number < 0 for each in periods.values())):
            continue
        current = _latest(set(periods.values()), as_of, bool(undated))
        used = [one.text for one in same if periods.get(one.index) == current] or ["（没有）"]
        losers = {one.index: _other_period(periods[one.index], as_of) for one in same if one.index in periods}
        losers = {index: other for index, other in losers.items() if periods[index] != current}
        findings += [
            losers[one.index][0].at(_at(sheet, one), text=one.text, used=used[0])
            for one in _heads([one for one in same if one.index in losers])
        ]
        columns = tuple(replace(one, aside=losers[one.index][1]) if one.index in losers else one for one in columns)
    return columns, findings


def _other_period(period: Period, as_of: date) -> tuple[Code, Reason]:
    if period.day is not None and period.day > as_of:
        return Code.PERIOD_LATER, Reason.LATER_PERIOD
    return Code.PERIOD_EARLIER, Reason.EARLIER_PERIOD


def _period(column: HeadColumn, as_of: date) -> Period | None:
    return period_of(clean(column.leaf), as_of) or period_of(clean(column.parent), as_of)


def _latest(periods: set[Period], as_of: date, undated: bool) -> Period | None:
    """本期 — the latest period not after ``as_of``; None where a column without period is meant, or all are later."""
    begun = [period for period in periods if period.day is None or period.day <= as_of]
    if undated:
        begun = [period for period in begun if period.number >= 0]
    return max(begun, default=None, key=lambda period: (period.day or as_of, period.number))


_SINGLE = (Column.DEADLINE, Column.STATUS, Column.FINISHED, Column.CLOSED_ON, Column.EXTENDED_TO)


def _without_doubles(columns: Columns, sheet: Source, as_of: date) -> tuple[Columns, list[Finding]]:
    """两列一义 — where only one column can be meant, the surer counts, the first of equals."""
    findings: list[Finding] = []
    for meaning in _SINGLE:
        same = [one for one in columns if one.meaning is meaning and one.aside is None]
        chosen = max(same, default=None, key=lambda one: one.match[1])
        losers = [one for one in same if chosen and one.place != chosen.place and not _tick_together(one, chosen)]
        for one in _heads(losers):
            slots = {"meaning": MEANINGS[meaning], "first": chosen.text if chosen else "", "second": one.text}
            findings.append(Code.HEADING_TWICE.at(_at(sheet, one), **slots))
        columns = tuple(replace(one, aside=Reason.DOUBLE_COLUMN) if one in losers else one for one in columns)
    return columns, findings


def _tick_together(one: HeadColumn, other: HeadColumn) -> bool:
    """同一组打勾栏 — 完成 and 未完成 over ticks are one status between them."""
    return bool(one.tick and other.tick) and one.parent == other.parent


def _doubts(columns: Columns, sheet: Source, aliases: Aliases) -> Iterator[Finding]:
    for column in _heads([one for one in columns if one.aside is None]):
        slots = {"text": column.text, "meaning": MEANINGS[column.meaning]}
        if two_in_one(column.leaf, aliases):
            yield Code.TWO_IN_ONE.at(_at(sheet, column), **slots)
        elif column.match[1] < SURE:
            yield Code.HEADING_WEAK.at(_at(sheet, column), **slots)


def _heads(columns: list[HeadColumn]) -> list[HeadColumn]:
    """各表头 — one column for each heading cell: a heading merged across two columns is said once."""
    return list({column.place: column for column in reversed(columns)}.values())[::-1]


def _at(sheet: Source, column: HeadColumn) -> Source:
    return sheet._replace(cell=address(*column.place))
