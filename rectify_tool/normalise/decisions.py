"""办理决定 — the office's own columns of the breakdown (销号日期, 批准延期至, 退回意见, 核查意见) → Decisions.

A decision counts only with its day: an undated 已销号 is a finding, not a decision. The one exception is 批准延期至,
whose column holds the new day and no day of approval; it counts on every as-of day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from rectify_tool.dates import read_day, read_deadline, read_deadline_value
from rectify_tool.findings import Code
from rectify_tool.model import Act, Column, Decision, Finding, Item, Rules

_EXTENDED = re.compile(r".*延(?:期|长)*[至到]")
_ACCEPTED = re.compile(r"(?<![不未暂待])(?:同意|予以|准予|已)销号")
_RETURNED = re.compile(r"退回|不予销号|不同意销号|重新整改")
_ACT_WORD = re.compile(r"销号|退回|重新整改")
_BLANK = re.compile(r"[\s　/／—–\-无]*")


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
    typed, verified = item.row.text(Column.CLOSED_ON), item.row.text(Column.VERIFIED)
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
        return [], [Code.DECISION_UNREADABLE.at(source, column=word, text=item.row.text(column))]
    return [Decision(Act.CLOSE, item.no, day, None, item.row.text(Column.VERIFIED), source)], []


def _extended(item: Item, base: date | None, rules: Rules) -> tuple[list[Decision], list[Finding]]:
    typed = item.row.text(Column.EXTENDED_TO)
    if _BLANK.fullmatch(typed):
        return [], []
    source = item.row.source(Column.EXTENDED_TO)
    value = item.row.cells[Column.EXTENDED_TO][0].value
    typed_day = isinstance(value, str) and not typed.strip().isdigit()  # digits alone are a date the sheet stores so
    if typed_day:
        deadline = read_deadline(_EXTENDED.sub("", typed), base, rules)
    else:
        deadline = read_deadline_value(value, typed, base, rules)
    if len(deadline.due) != 1 or (deadline.doubt and typed_day):
        return [], [Code.DECISION_UNREADABLE.at(source, column="批准延期至", text=typed)]
    new_due = deadline.due[0]
    issued = item.deadline.due[-1] if item.deadline.due else None
    if issued is not None and new_due < issued:
        return [], [Code.EXTENSION_EARLIER.at(source, day=new_due.isoformat(), due=issued.isoformat())]
    return [Decision(Act.EXTEND, item.no, None, new_due, item.row.text(Column.VERIFIED), source)], []


def _returned(item: Item, as_of: date, column: Column) -> tuple[list[Decision], list[Finding]]:
    typed = item.row.text(column)
    if _BLANK.fullmatch(typed):
        return [], []
    day = _day(item, column, as_of)
    source = item.row.source(column)
    if day is None:
        word = "退回意见" if column is Column.RETURNED else "核查意见"
        return [], [Code.DECISION_UNREADABLE.at(source, column=word, text=typed)]
    return [Decision(Act.RETURN, item.no, day, None, typed, source)], []


def _day(item: Item, column: Column, as_of: date) -> date | None:
    """办理日期 — the day written in the column; without a year the latest such day on or before the as-of day.

    Of several days the one that stands with the act's own word (“3月15日核查，4月2日同意销号”), else the first.
    """
    for cell in item.row.cells[column]:
        if isinstance(cell.value, date):
            return cell.value if not hasattr(cell.value, "date") else cell.value.date()
    clauses = re.split(r"[，,。；;：:\n]", item.row.text(column))
    clauses.sort(key=lambda clause: not _ACT_WORD.search(clause))
    days = [read_day(clause, latest=as_of).day for clause in clauses]
    return next((day for day in days if day is not None), None)
