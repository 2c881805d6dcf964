"""时限 — where an entry stands on a day, and why (contract, Semantics: the first standing that matches)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rectify_tool.dates import THEN_LONG_TERM, chinese_day, last_occurrence, next_occurrence
from rectify_tool.findings import Code
from rectify_tool.model import (
    ACT_WORDS,
    SILENT,
    Act,
    Claim,
    Decision,
    Entry,
    Finding,
    Heard,
    Kind,
    Published,
    PublishedItem,
    Reply,
    Rules,
    Standing,
    Verdict,
)

_SETTLED = (Standing.CLOSED, Standing.FINISHED, Standing.FINISHED_LATE, Standing.LONG_TERM)
_NO_DAY_WORDS = {
    Kind.IMMEDIATE: "立行立改，本单位没有规定几天内完成",
    Kind.VAGUE: "没有说到具体日子",
    Kind.EVENT: "要等一件事发生，日子还不知道",
    Kind.NONE: "没有写时限",
    Kind.MALFORMED: "写法有误",
    Kind.RELATIVE: "起算的日子还不知道",
}


class Shown(NamedTuple):
    """上期所见 — how the bulletin of that number and day showed an item."""

    number: int
    as_of: date
    item: PublishedItem


@dataclass(frozen=True, slots=True)
class _Due:
    """应办日 — the day that counts now, and what must be known of it.

    ``warn`` is the day the warning counts from (the earlier of two readings); ``late_known`` is False where the day is
    in doubt, so that nothing is called late by it; ``guess`` is True where it may be no day at all.
    """

    day: date | None
    warn: date | None
    late_known: bool
    guess: bool
    words: str


@dataclass(frozen=True, slots=True)
class _Case:
    """案由 — everything one judgement looks at."""

    entry: Entry
    as_of: date
    base: date | None
    rules: Rules
    decisions: tuple[Decision, ...]
    claimed: Claim
    finished: date | None
    due: _Due
    shown: Shown | None


def judge(
    entry: Entry, as_of: date, base: date | None, rules: Rules, shown: Shown | None = None
) -> tuple[Verdict, tuple[Finding, ...]]:
    """判定 — the one standing of an entry on the as-of day.

    Args:
        entry: The item with its replies and decisions.
        as_of: The day the papers speak for, inclusive: a due day equal to it is in time.
        base: The base day; no periodic occurrence before it can be missed. None where unknown.
        rules: 口径 (due_soon_days).
        shown: How the last published bulletin showed it; None where it did not, or nothing is published yet. What was
            overdue then and is claimed done now, without a day, was finished late.

    Returns:
        The verdict, and findings D10, D11, K02, K04, K05, K18, S05, S08, S09.
    """
    decisions = tuple(one for one in entry.decisions if one.day is None or one.day <= as_of)
    due = _due(entry, decisions)
    claimed, finished, about = _claim(entry, decisions, as_of, due)
    case = _Case(entry, as_of, base, rules, decisions, claimed, finished, due, shown)
    verdict = _stand(case)
    return verdict, (*_later(entry, as_of), *about, *_remarks(case, verdict))


def judge_all(
    entries: Sequence[Entry], as_of: date, base: date | None, rules: Rules, last: Published | None = None
) -> tuple[tuple[Verdict, ...], tuple[Finding, ...]]:
    """逐条判定 — every entry, in order."""
    shown = {one.no: Shown(last.number, last.as_of, one) for one in last.items} if last else {}
    judged = [judge(entry, as_of, base, rules, shown.get(entry.item.no)) for entry in entries]
    return tuple(verdict for verdict, _ in judged), tuple(one for _, findings in judged for one in findings)


# ---------------------------------------------------------------- 时限状态 ----


def _stand(case: _Case) -> Verdict:
    kind = _kind(case)
    closed = _last(case.decisions, Act.CLOSE, Act.REOPEN, Act.RETURN)
    if closed is not None and closed.act is Act.CLOSE:
        return _verdict(case, Standing.CLOSED, f"{_day(closed.day)}经核查销号")
    if case.claimed is Claim.DONE:
        return _done(case, kind)
    if kind is Kind.LONG_TERM:
        return _verdict(case, Standing.LONG_TERM, f"时限“{case.entry.item.deadline.text}”，长期坚持，不以日期论逾期")
    if kind is Kind.PERIODIC:
        return _periodic(case)
    if kind is Kind.MALFORMED or case.due.day is None:
        passed = case.due.day is not None and case.as_of > case.due.day
        return _verdict(case, Standing.UNDATED, _no_day(case), to_confirm=passed)
    return _by_day(case, case.due.day)


def _kind(case: _Case) -> Kind:
    """时限类别 — an approved extension gives any deadline a day; a periodic one only until that day has passed."""
    kind = case.entry.item.deadline.kind
    extension = _extension(case.decisions)
    extended = extension is not None and (kind is not Kind.PERIODIC or case.as_of <= (extension.new_due or case.as_of))
    return Kind.DATED if extended and kind is not Kind.DATED_THEN_LONG_TERM else kind


def _done(case: _Case, kind: Kind) -> Verdict:
    due, finished = case.due, case.finished
    about = case.entry.lead_reply is not None and case.entry.lead_reply.finished_since is not None
    told = f"，{'约' if about else ''}{_day(finished)}完成" if finished else "，未写明完成日期"
    late = bool(due.day and finished and due.late_known and finished > due.day)
    seen = _seen_overdue(case)
    if seen is not None:
        told = f"，未写明完成日期，第{seen.number}期（{_day(seen.as_of)}）{_THEN[seen.item.standing]}"
    over = f"，{'约' if about else ''}超{(finished - due.day).days}日" if late and finished and due.day else ""
    if kind is Kind.LONG_TERM:
        return _verdict(case, Standing.LONG_TERM, f"长期坚持事项，{_who(case)}报已完成，仍列长期坚持")
    if kind is Kind.DATED_THEN_LONG_TERM or THEN_LONG_TERM in case.entry.item.deadline.notes:
        how = f"逾期完成{over}" if late or seen else "已完成"
        return _verdict(case, Standing.LONG_TERM, f"{due.words}{told}，{how}，转入长期坚持")
    if late or seen:
        return _verdict(case, Standing.FINISHED_LATE, f"{due.words}{told}{over}")
    return _verdict(case, Standing.FINISHED, f"{due.words}{told}")


def _seen_overdue(case: _Case) -> Shown | None:
    """上期已逾期 — where the last published bulletin showed the item overdue and no finish day is given now.

    Once called late it stays so: the bulletin after that one shows it finished late already.
    """
    due, shown = case.due, case.shown
    if shown is None or case.finished is not None or not due.late_known or due.day is None:
        return None
    return shown if shown.item.standing in _THEN and due.day < shown.as_of else None


_THEN = {Standing.OVERDUE: "时尚未完成", Standing.FINISHED_LATE: "已列逾期完成"}


def _periodic(case: _Case) -> Verdict:
    every = case.entry.item.deadline.every
    text = case.entry.item.deadline.text
    if every is None:
        return _verdict(case, Standing.UNDATED, _no_day(case))
    coming, missed = next_occurrence(every, case.as_of), last_occurrence(every, case.as_of)
    if case.entry.lead_reported:
        return _verdict(case, Standing.ON_TRACK, f"“{text}”，本期已报，下一次{_day(coming)}", coming)
    if _served(case, last_occurrence(every, missed)):
        return _verdict(case, Standing.ON_TRACK, f"“{text}”，{_day(missed)}一次已报，下一次{_day(coming)}", coming)
    if case.entry.lead_unreadable:
        return _verdict(case, Standing.ON_TRACK, f"“{text}”，本期报来的文件未能读取，下一次{_day(coming)}", coming)
    if case.base is not None and missed <= case.base:
        return _verdict(case, Standing.ON_TRACK, f"“{text}”，第一次{_day(coming)}，还没有到", coming)
    if case.entry.item.deadline.guess:
        return _verdict(case, Standing.UNDATED, f"{_no_day(case)}，待确认", missed, to_confirm=True)
    return _verdict(case, Standing.OVERDUE, f"“{text}”，{_day(missed)}一次没有报送", missed)


def _served(case: _Case, before: date) -> bool:
    """这一次已报 — an older file that stays in use came in the period itself, after the occurrence ``before`` it."""
    reply = case.entry.lead_reply if case.entry.heard is Heard.CARRIED else None
    return reply is not None and reply.sent is not None and reply.sent > before


def _by_day(case: _Case, day: date) -> Verdict:
    due, as_of = case.due, case.as_of
    passed = (as_of - day).days
    if passed > 0 and due.guess:
        because = f"{due.words}，日子有疑问，已过{passed}日，不作逾期，待确认"
        return _verdict(case, Standing.UNDATED, because, to_confirm=True)
    if passed > 0:
        return _verdict(case, Standing.OVERDUE, f"{due.words}，已超{passed}日，{_said(case)}")
    warn = due.warn or day
    if (warn - as_of).days <= case.rules.due_soon_days:
        hangs = warn < as_of
        by_warn = f"按较早的{_day(warn)}{_left((warn - as_of).days)}" if warn != day else _left((warn - as_of).days)
        left = "另一种读法的日子已过，待确认" if hangs else by_warn
        return _verdict(case, Standing.DUE_SOON, f"{due.words}，{left}，{_said(case)}", to_confirm=hangs)
    return _verdict(case, Standing.ON_TRACK, f"{due.words}，{_left(-passed)}，{_said(case)}")


def _verdict(
    case: _Case, standing: Standing, because: str, due: date | None = None, *, to_confirm: bool = False
) -> Verdict:
    entry, day = case.entry, due or case.due.day
    if standing is Standing.LONG_TERM and entry.item.deadline.kind is Kind.LONG_TERM:
        day = None
    return Verdict(
        entry=entry,
        standing=standing,
        due=day,
        days_left=(day - case.as_of).days if day and standing not in _SETTLED else None,
        because=because,
        claimed=case.claimed,
        finished=case.finished if case.claimed is Claim.DONE else None,
        to_confirm=to_confirm,
        not_reported=bool(entry.item.lead) and entry.heard in SILENT,
        passed=day is not None and day < case.as_of,
    )


# ---------------------------------------------------------------- 应办日、自报 ----


def _due(entry: Entry, decisions: Sequence[Decision]) -> _Due:
    deadline = entry.item.deadline
    words = f"时限{_quoted(deadline.text)}"
    extension = _extension(decisions)
    if extension is not None and extension.new_due is not None:
        day = extension.new_due
        return _Due(day, day, True, False, f"{words}，批准延期至{_day(day)}")
    if not deadline.due:
        return _Due(None, None, False, False, words)
    day = deadline.due[-1]
    if deadline.kind is Kind.STAGED:
        reply = entry.lead_reply
        done = reply.stages_done if reply and not _returned_since(reply, decisions) else ()
        day = next((stage for stage in deadline.due if stage not in done), deadline.due[-1])
        words = f"{words}，{_day(day)}一段"
    elif not _spelled(day, deadline.text):
        words = f"{words}（{_day(day)}）"
    return _Due(day, deadline.earlier or day, not deadline.doubt, deadline.guess, words)


def _claim(
    entry: Entry, decisions: Sequence[Decision], as_of: date, due: _Due
) -> tuple[Claim, date | None, tuple[Finding, ...]]:
    """自报状态 — the lead's claim; a plan is not done, and after a return only a newer file can claim done.

    A finish day later than the day its own file gives as its own was a plan when it was written, and stays one.
    A finish day given as a month is no day where the due day falls inside that month: nobody can tell if it was late;
    in the month of the as-of day it was at the latest on that day, and no plan.
    """
    reply = entry.lead_reply
    if reply is None:
        return Claim.NONE, None, ()
    if reply.claimed is not Claim.DONE:
        return reply.claimed, None, ()
    if ahead_of := _ahead_of(reply, as_of):
        plan = Code.FINISH_IN_FUTURE.at(reply.source, day=_day(reply.finished), what=ahead_of)
        return Claim.IN_PROGRESS, None, (plan,)
    if (last := _returned_since(reply, decisions)) is not None:
        stale = Code.RETURNED_STALE.at(last.source, no=entry.item.no, day=_day(last.day), what=_OPENED[last.act])
        return Claim.IN_PROGRESS, None, (stale,)
    about = _finished_before(entry, reply, decisions)
    since = reply.finished_since
    unsure = since and reply.finished and due.day and since <= due.day < reply.finished
    return Claim.DONE, None if unsure or reply.finished is None else min(reply.finished, as_of), about


def _ahead_of(reply: Reply, as_of: date) -> str:
    """完成日期在什么之后 — what makes the finish day a plan: the as-of day, or the file's own; "" where it is none."""
    first = reply.finished_since or reply.finished
    if first is None:
        return ""
    if first > as_of:
        return "基准日"
    return f"这份表自己的日期{_day(reply.dated)}" if reply.dated and first > reply.dated else ""


def _finished_before(entry: Entry, reply: Reply, decisions: Sequence[Decision]) -> tuple[Finding, ...]:
    """完成日期早于退回 — reported anew after a return or reopening, with a finish day not after it (K18)."""
    last = _last(decisions, Act.CLOSE, Act.RETURN, Act.REOPEN)
    if (
        last is None
        or last.act is Act.CLOSE
        or last.day is None
        or reply.finished is None
        or reply.finished >= last.day
    ):
        return ()
    slots = {"no": entry.item.no, "day": _day(last.day), "what": _OPENED[last.act], "finished": _day(reply.finished)}
    return (Code.FINISH_BEFORE_RETURN.at(reply.source, **slots),)


_OPENED = {Act.RETURN: "被退回", Act.REOPEN: "重新打开"}


def _returned_since(reply: Reply, decisions: Sequence[Decision]) -> Decision | None:
    """报后退回 — the return or reopening that stands and that this reply's file is not newer than; else None."""
    last = _last(decisions, Act.CLOSE, Act.RETURN, Act.REOPEN)
    if last is None or last.act is Act.CLOSE or last.day is None:
        return None
    return last if reply.sent is None or reply.sent <= last.day else None


def _extension(decisions: Sequence[Decision]) -> Decision | None:
    """算数的延期 — the last approved; 批准延期至 has no day of its own, so where it gives a later day that counts."""
    dated = _last([one for one in decisions if one.day], Act.EXTEND)
    undated = _last([one for one in decisions if not one.day], Act.EXTEND)
    both = [one for one in (dated, undated) if one is not None and one.new_due is not None]
    return max(both, key=lambda one: one.new_due or date.min, default=None)


def _last(decisions: Sequence[Decision], *acts: Act) -> Decision | None:
    """最近一次 — the latest decision of these kinds; of one day the one that stands last in their order."""
    of_kind = [one for one in decisions if one.act in acts]
    return max(reversed(of_kind), key=lambda one: one.day or date.min, default=None)


# ---------------------------------------------------------------- 核对意见 ----


def _later(entry: Entry, as_of: date) -> list[Finding]:
    return [acted_later(one) for one in entry.decisions if one.day is not None and one.day > as_of]


def acted_later(decision: Decision) -> Finding:
    """基准日以后的办理 — it does not count yet (K05)."""
    return Code.DECISION_LATER.at(decision.source, day=_day(decision.day), act=ACT_WORDS[decision.act])


def _remarks(case: _Case, verdict: Verdict) -> list[Finding]:
    """判定核对 — what a person should look at because of how the entry stands."""
    entry, no = case.entry, case.entry.item.no
    place = entry.item.row.source()
    said = entry.lead_reply.source if entry.lead_reply else place
    pure = entry.item.deadline.kind is Kind.LONG_TERM
    findings: list[Finding] = []
    if verdict.standing is Standing.CLOSED and case.claimed is not Claim.DONE:
        findings.append(Code.CLOSED_UNREPORTED.at(place, no=no))
    if verdict.standing is Standing.FINISHED and _finish_missed(case):
        findings.append(Code.FINISH_UNKNOWN.at(said, due=_day(case.due.day)))
    if verdict.standing is Standing.LONG_TERM and pure and case.claimed is Claim.DONE:
        findings.append(Code.LONG_TERM_DONE.at(said, no=no))
    silent = entry.lead_reply is None or entry.heard is Heard.CARRIED
    if verdict.standing is Standing.LONG_TERM and pure and silent:
        findings.append(Code.LONG_TERM_SILENT.at(place, no=no))
    if verdict.standing is Standing.OVERDUE and entry.item.deadline.kind is Kind.STAGED:
        findings.append(Code.STAGE_UNCONFIRMED.at(said, no=no, day=_day(verdict.due)))
    return findings


def _finish_missed(case: _Case) -> bool:
    """完成日期不明 — claimed done without a day although the due day has passed."""
    due = case.due
    return case.finished is None and due.late_known and due.day is not None and case.as_of > due.day


# ---------------------------------------------------------------- 文字 ----


def _day(day: date | None) -> str:
    return chinese_day(day) if day else "日期不详"


def _quoted(text: str) -> str:
    flat = " ".join(text.split())
    return f"“{flat}”" if flat else "未填"


def _spelled(day: date, text: str) -> bool:
    return _day(day) in text


def _left(days: int) -> str:
    return "今天到期" if days == 0 else f"还有{days}日"


def _who(case: _Case) -> str:
    return case.entry.item.lead or "牵头单位"


def _said(case: _Case) -> str:
    """单位说法 — what the lead says of an item that is not done."""
    entry = case.entry
    if entry.item.lead is None:
        return "没有写明牵头单位"
    if entry.lead_unreadable:
        return f"{entry.item.lead}报来的文件未能读取"
    if entry.heard is Heard.MISSING:
        return f"{entry.item.lead}本期未报送"
    if entry.lead_reply is None:
        return f"{entry.item.lead}的报送表里没有这一项"
    if entry.lead_reply.claimed is Claim.DONE and case.claimed is not Claim.DONE:
        return f"{entry.item.lead}{_not_accepted(case, entry.lead_reply)}"
    earlier = "本期未报送，此前" if entry.heard is Heard.CARRIED else ""
    words = {
        Claim.NOT_STARTED: "报尚未启动",
        Claim.NONE: "没有填写进展",
        Claim.LONG_TERM: "报持续推进",
    }
    return f"{entry.item.lead}{earlier}{words.get(case.claimed, '报仍在整改')}"


def _not_accepted(case: _Case, reply: Reply) -> str:
    """报完成而不算 — why a claim of done does not count: returned since, or a day still to come."""
    returned = _returned_since(reply, case.decisions)
    if returned is not None:
        return f"报已完成，但{_day(returned.day)}{_OPENED[returned.act]}，之后尚未重新报送"
    if _ahead_of(reply, case.as_of) == "基准日":
        return f"报{_day(reply.finished)}完成，日子还没有到"
    return f"报{_day(reply.finished)}完成，晚于这份表自己的日期{_day(reply.dated)}，是当时的打算"


def _no_day(case: _Case) -> str:
    deadline = case.entry.item.deadline
    why = deadline.because or _NO_DAY_WORDS.get(deadline.kind, "定不出日子")
    return f"时限{_quoted(deadline.text)}，{why}，时限不明确"
