"""办理决定 — the office's own acts: which records stand, what the breakdown's columns say, and all sources as one.

A decision counts only with its day: an undated 已销号 is a finding, not a decision. The one exception is 批准延期至,
whose column holds the new day and no day of approval; it counts on every as-of day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from rectify_tool.dates import chinese_day, read_day, read_deadline, read_deadline_value
from rectify_tool.findings import Code
from rectify_tool.model import ACT_WORDS, Act, Cell, Column, Decision, Finding, Item, Kind, Record, Rules, taken_back

_EXTENDED = re.compile(r".*延(?:期|长)*[至到]", re.DOTALL)
_ACCEPTED = re.compile(r"(?<![不未暂待])(?:同意|予以|准予|已)销号")
_RETURNED = re.compile(r"退回|不予销号|不同意销号|重新整改")
_ACT_WORD = re.compile(r"销号|退回|重新整改")
_BLANK = re.compile(r"[\s　/／—–\-无]*")


def decisions_in_force(records: Sequence[Record]) -> tuple[Decision, ...]:
    """有效的办理记录 — the decisions of the records not taken back, in the order of their numbers."""
    gone = taken_back(records)
    ordered = sorted(records, key=lambda record: record.serial)
    return tuple(one.decision for one in ordered if one.decision is not None and one.serial not in gone)


def acts_undone(records: Sequence[Record]) -> frozenset[str]:
    """撤回过办理的小项 — numbers of the items on which an act was recorded and is taken back."""
    gone = taken_back(records)
    return frozenset(one.decision.no for one in records if one.decision is not None and one.serial in gone)


# ---------------------------------------------------------------- 各处的决定合为一处 ----


def settle_decisions(
    items: Sequence[Item],
    from_breakdown: Sequence[Decision],
    from_register: Sequence[Decision],
    from_records: Sequence[Decision],
) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """办理决定合一 — the decisions on items and the acts on units that count, by day, those without a day first.

    What stands in two places counts once: as 台账.db has it, else as the register. On one day the order is that of the
    breakdown, the register, 台账.db, and within each that of writing. What a person recorded in 台账.db is used as
    recorded; an extension to an earlier day from elsewhere is not.

    Returns:
        The decisions, and findings K03, K13–K16.
    """
    told = sorted(_once(from_breakdown, from_register, from_records), key=lambda one: one.decision.day or date.min)
    of_items: dict[str, list[_Told]] = {"": [], **{item.no: [] for item in items}}
    findings: list[Finding] = []
    for one in told:
        if one.decision.no in of_items:
            of_items[one.decision.no].append(one)
        else:
            findings.append(_gone(one.decision))
    settled = [one.decision for one in of_items[""]]
    for item in items:
        kept, about = _follow(item, of_items[item.no])
        settled += kept
        findings += about
    return tuple(sorted(settled, key=lambda one: one.day or date.min)), tuple(findings)


def approved_days(decisions: Iterable[Decision], as_of: date) -> Mapping[str, frozenset[date]]:
    """批准过的新时限 — by item number, those approved up to the as-of day."""
    days: dict[str, set[date]] = {}
    for one in decisions:
        if one.act is Act.EXTEND and one.new_due is not None and (one.day is None or one.day <= as_of):
            days.setdefault(one.no, set()).add(one.new_due)
    return {no: frozenset(found) for no, found in days.items()}


class _Told(NamedTuple):
    """一处所记 — a decision, and whether it was recorded in 台账.db."""

    decision: Decision
    recorded: bool


def _once(
    from_breakdown: Sequence[Decision], from_register: Sequence[Decision], from_records: Sequence[Decision]
) -> list[_Told]:
    """只计一次 — what the better source does not tell as well; 批准延期至 without a day is told by one that has it."""
    told = [_Told(one, recorded=True) for one in from_records]
    for source in (from_register, from_breakdown):
        known = {_key(one.decision) for one in told}
        dated = {_key(one.decision)[1:] for one in told}
        new: dict[_Key, _Told] = {}
        for one in source:
            new.setdefault(_key(one), _Told(one, recorded=False))
        fresh = [one for key, one in new.items() if key not in known and (key[0] or key[1:] not in dated)]
        told = [*fresh, *told]
    return told


_Key = tuple[date | None, Act, str, str | None, date | None]


def _key(one: Decision) -> _Key:
    return one.day, one.act, one.no, one.unit, one.new_due


def _follow(item: Item, told: Iterable[_Told]) -> tuple[list[Decision], list[Finding]]:
    """逐件对照 — the decisions on one item that count, in order; K03, K14–K17 where one does not go with the rest.

    An extension recorded to an earlier day than the column 批准延期至 gives, which has no day of its own, may be older
    than that column: the later of both counts, and a person is asked.
    """
    days = item.deadline.due
    issued = (days[0] if item.deadline.kind is Kind.STAGED else days[-1]) if days else None
    due, what = item.deadline.earlier or issued, "原时限"
    closed: date | None = None
    kept: list[Decision] = []
    findings: list[Finding] = []
    for one, recorded in told:
        if one.act is Act.EXTEND and one.new_due is not None:
            if due is not None and one.new_due < due:
                differ = Code.EXTENSIONS_DIFFER if what == _UNDATED else Code.EXTENSION_EARLIER_KEPT
                code = differ if recorded else Code.EXTENSION_EARLIER
                findings.append(code.at(one.source, day=one.new_due.isoformat(), what=what, due=due.isoformat()))
                if code is Code.EXTENSION_EARLIER:
                    continue
            if due is None or one.new_due > due or what != _UNDATED:
                due, what = one.new_due, "先前批准的" if one.day else _UNDATED
        elif one.act is Act.CLOSE and closed is not None:
            findings.append(Code.CLOSED_TWICE.at(one.source, no=item.no, before=chinese_day(closed), day=_said(one)))
        elif one.act is Act.REOPEN and closed is None:
            findings.append(Code.REOPENED_OPEN.at(one.source, no=item.no, day=_said(one)))
        if one.act in (Act.CLOSE, Act.REOPEN, Act.RETURN):
            closed = one.day if one.act is Act.CLOSE else None
        kept.append(one)
    return kept, findings


_UNDATED = "责任分解表“批准延期至”"


def _gone(one: Decision) -> Finding:
    return Code.DECISION_ITEM_GONE.at(one.source, act=f"{_said(one)}的{ACT_WORDS[one.act]}", no=one.no)


def _said(one: Decision) -> str:
    return chinese_day(one.day) if one.day else "没有写明的日子"


# ---------------------------------------------------------------- 责任分解表的办理栏 ----


def read_decisions(
    items: Iterable[Item], as_of: date, base: date | None, rules: Rules
) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """办理决定归一 — every decision written in the breakdown's own columns, in order of item."""
    decisions: list[Decision] = []
    findings: list[Finding] = []
    for item in items:
        for found, about in (
            _closed(item, as_of),
            _extended(item, base, rules),
            _returned(item, as_of, Column.RETURNED),
        ):
            decisions += found
            findings += about
    return tuple(decisions), tuple(findings)


def _closed(item: Item, as_of: date) -> tuple[list[Decision], list[Finding]]:
    """销号 — 销号日期, or a 核查意见 that accepts on a day; one that rejects is a return, even beside 销号日期."""
    typed, verified = item.row.typed(Column.CLOSED_ON), item.row.text(Column.VERIFIED)
    accepted, rejected = _ACCEPTED.search(verified), _RETURNED.search(verified)
    if not _BLANK.fullmatch(typed):
        closed, about = _close(item, as_of, Column.CLOSED_ON, "销号日期")
        returned, about_return = _returned(item, as_of, Column.VERIFIED) if rejected and not accepted else ([], [])
        return closed + returned, about + about_return
    if rejected:
        return _returned(item, as_of, Column.VERIFIED)
    return _close(item, as_of, Column.VERIFIED, "核查意见") if accepted else ([], [])


def _close(item: Item, as_of: date, column: Column, word: str) -> tuple[list[Decision], list[Finding]]:
    day, source = _day(item, column, as_of), item.row.source(column)
    if day is None:
        return [], [Code.DECISION_UNREADABLE.at(source, column=word, text=item.row.typed(column))]
    return [Decision(Act.CLOSE, item.no, day, None, item.row.text(Column.VERIFIED), source)], []


def _extended(item: Item, base: date | None, rules: Rules) -> tuple[list[Decision], list[Finding]]:
    typed = item.row.typed(Column.EXTENDED_TO)
    if _BLANK.fullmatch(typed):
        return [], []
    source = item.row.source(Column.EXTENDED_TO)
    new_due = read_new_due(item.row.cells[Column.EXTENDED_TO], base, rules)
    if new_due is None:
        return [], [Code.DECISION_UNREADABLE.at(source, column="批准延期至", text=typed)]
    return [Decision(Act.EXTEND, item.no, None, new_due, item.row.text(Column.VERIFIED), source)], []


def _returned(item: Item, as_of: date, column: Column) -> tuple[list[Decision], list[Finding]]:
    typed = item.row.typed(column)
    if _BLANK.fullmatch(typed):
        return [], []
    day = _day(item, column, as_of)
    source = item.row.source(column)
    if day is None:
        word = "退回意见" if column is Column.RETURNED else "核查意见"
        return [], [Code.DECISION_UNREADABLE.at(source, column=word, text=typed)]
    return [Decision(Act.RETURN, item.no, day, None, typed, source)], []


def _day(item: Item, column: Column, as_of: date) -> date | None:
    return read_act_day(item.row.cells[column], as_of)


# ---------------------------------------------------------------- 日子 ----


def read_act_day(cells: Sequence[Cell], as_of: date) -> date | None:
    """办理日期 — the day written in a column; without a year the latest such day on or before the as-of day.

    Of several days the one that stands with the act's own word (“3月15日核查，4月2日同意销号”), else the first. None
    where no day is written, where only a month is, and where a number may have lost its last nought (5.2).
    """
    for cell in cells:
        if isinstance(cell.value, date):
            return _sane(cell.value.date() if isinstance(cell.value, datetime) else cell.value)
        if isinstance(cell.value, float) and not cell.value.is_integer():
            return None
    clauses = re.split(r"[，,。；;：:\n]", "\n".join(cell.text for cell in cells))
    clauses.sort(key=lambda clause: not _ACT_WORD.search(clause))
    days = [read_day(clause, latest=as_of) for clause in clauses]
    return next((reading.day for reading in days if reading.day is not None and reading.since is None), None)


def read_new_due(cells: Sequence[Cell], base: date | None, rules: Rules) -> date | None:
    """新时限 — the one day an extension goes to; without a year the first such day on or after ``base``.

    None where the text names no day or several, leaves a doubt, or only a length of time (延期一个月).
    """
    text, value = "\n".join(cell.text for cell in cells), cells[0].value
    if isinstance(value, str) and not value.strip().isdigit():  # digits alone are a date the sheet stores so
        deadline = read_deadline(_EXTENDED.sub("", text), base, rules)
        sure = not deadline.doubt
    else:
        deadline = read_deadline_value(value, text, base, rules)
        sure = not isinstance(value, float) or value.is_integer()
    dated = deadline.kind is Kind.DATED and len(deadline.due) == 1
    return _sane(deadline.due[0]) if dated and sure else None


def _sane(day: date) -> date | None:
    return day if 1990 <= day.year < 2100 else None
