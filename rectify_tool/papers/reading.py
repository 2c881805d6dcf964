"""时限读法 — the day that counts of an item's deadline, in words, with what kind of deadline it is and its doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from rectify_tool.dates import THEN_LONG_TERM, chinese_day
from rectify_tool.model import Kind, Standing, Verdict
from rectify_tool.papers.cases import extension


def read_as(verdict: Verdict, as_of: date) -> str:
    """读作 — the day that counts on the as-of day, after an approved extension, or why there is none."""
    approved = extension(verdict)
    if approved is not None:
        return f"批准延期至{chinese_day(approved)}{_and_then(verdict)}"
    told = _TOLD.get(verdict.entry.item.deadline.kind, _dated)(verdict, as_of)
    return f"{told}{_and_then(verdict)}{_doubt(verdict)}"


def days_words(verdict: Verdict) -> str:
    """剩余天数 — in words; "" where nothing is left to do, or the day may be none."""
    left = verdict.days_left
    if left is None or verdict.standing is Standing.UNDATED:
        return ""
    if left < 0:
        return f"逾期{-left}天"
    return f"还有{left}天" if left else "当天到期"


def _dated(verdict: Verdict, _: date) -> str:
    deadline = verdict.entry.item.deadline
    if not deadline.due:
        return f"没有明确日期：{deadline.because or '定不出日子'}"
    day = chinese_day(deadline.due[-1])
    if deadline.earlier is None:
        return day
    year = f"{deadline.due[-1].year}年"
    return f"{day}或{chinese_day(deadline.earlier).removeprefix(year)}"


def _staged(verdict: Verdict, as_of: date) -> str:
    """分阶段 — which stage is open."""
    days = verdict.entry.item.deadline.due
    if verdict.due not in days:
        return _dated(verdict, as_of)
    return f"{chinese_day(verdict.due)}，分{len(days)}段，现在看第{days.index(verdict.due) + 1}段"


def _periodic(verdict: Verdict, as_of: date) -> str:
    told = verdict.entry.item.deadline.because
    if verdict.due is None:
        return told
    if verdict.due < as_of:
        return f"{told}，{chinese_day(verdict.due)}一次没有报送"
    return f"{told}，下一次{chinese_day(verdict.due)}"


def _long_term(_: Verdict, __: date) -> str:
    return "长期坚持"


_TOLD: Mapping[Kind, Callable[[Verdict, date], str]] = {
    Kind.STAGED: _staged,
    Kind.PERIODIC: _periodic,
    Kind.LONG_TERM: _long_term,
}


def _and_then(verdict: Verdict) -> str:
    deadline = verdict.entry.item.deadline
    lasting = deadline.kind is Kind.DATED_THEN_LONG_TERM or THEN_LONG_TERM in deadline.notes
    return "，并长期坚持" if lasting and deadline.kind is not Kind.LONG_TERM else ""


def _doubt(verdict: Verdict) -> str:
    if not verdict.entry.item.deadline.doubt:
        return ""
    unsure = verdict.standing is Standing.UNDATED and verdict.due is not None
    return "，有疑问，不作逾期" if unsure else "，有疑问"
