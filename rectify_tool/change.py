"""较上期 — this ledger against the last published bulletin: what turned, who fell silent, what step is due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from difflib import SequenceMatcher
from itertools import takewhile

from rectify_tool.dates import chinese_day
from rectify_tool.findings import Code
from rectify_tool.model import (
    STEPS,
    Act,
    Change,
    Claim,
    Column,
    Decision,
    Entry,
    Escalation,
    Finding,
    Heard,
    ItemChange,
    Job,
    Kind,
    Ledger,
    Outcome,
    Past,
    Published,
    PublishedItem,
    PublishedReply,
    Rules,
    Source,
    Standing,
    Turn,
    UnitChange,
    Verdict,
)

_DONE = (Standing.CLOSED, Standing.FINISHED, Standing.FINISHED_LATE)
_SILENT = (Heard.CARRIED, Heard.MISSING)
_MOVING = (Kind.PERIODIC, Kind.STAGED)
"""日子自己会变的时限 — the next occurrence, the next stage: nobody moved it."""

_NEARLY = 0.9
"""几乎相同 — the likeness of two texts, from 0 to 1, from which on one looks pasted from the other."""

_DAYS = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./]\d{1,2}"
)
_NOISE = re.compile(r"[\s\W_]+")


def compare(
    verdicts: Sequence[Verdict], ledger: Ledger, earlier: Sequence[Published], rules: Rules, as_of: date
) -> tuple[Change, tuple[Finding, ...]]:
    """较上期 — every item and unit now and in the last published bulletin.

    Args:
        verdicts: Where every entry stands on ``as_of``, in ledger order.
        ledger: What they were judged from.
        earlier: The published bulletins before this one, by as-of day; the last is 上期. Empty where there is none.
        rules: 口径 (escalation).
        as_of: The day this bulletin speaks for.

    Returns:
        The change, and findings C01–C05.
    """
    since = earlier[-1] if earlier else None
    shown = [{one.no: one for one in bulletin.items} for bulletin in earlier]
    items = tuple(_item(verdict, shown, since) for verdict in verdicts)
    units = tuple(_unit(unit, ledger.heard(unit), earlier) for unit in ledger.expected)
    known = {verdict.entry.item.no for verdict in verdicts}
    dropped = tuple(one for one in since.items if one.no not in known) if since else ()
    escalations = tuple(_escalations(items, units, ledger, earlier, rules, as_of))
    change = Change(since, items, units, dropped, escalations)
    return change, tuple(_remarks(change)) if since else ()


def check_order(past: Past, job: Job, number: int) -> tuple[Finding, ...]:
    """期的次序 — an as-of day or a clock that went back, a number left out or already published (C06–C09)."""
    place = Source("")
    day, last = chinese_day(job.as_of), past.in_force[-1] if past.in_force else None
    findings: list[Finding] = []
    same = past.of(job.as_of.year, number)
    before = past.before(job.as_of, number)
    if same is not None:
        findings.append(Code.NUMBER_PUBLISHED.at(place, number=number, day=chinese_day(same.as_of)))
    elif last is not None and job.as_of <= last.as_of:
        compared = f"与第{before[-1].number}期比较" if before else "没有更早的一期可以比较"
        slots = {"day": day, "number": last.number, "last": chinese_day(last.as_of), "compared": compared}
        findings.append(Code.AS_OF_BACK.at(place, **slots))
    elif (due := past.next_number(job.as_of.year)) < number and before and before[-1].year == job.as_of.year:
        findings.append(Code.NUMBER_SKIPPED.at(place, number=number, last=before[-1].number, due=due))
    return (*findings, *check_clock(past, job.now))


def check_clock(past: Past, now: datetime) -> tuple[Finding, ...]:
    """钟的先后 — a clock that stands before the last moment anything was written (C09)."""
    if past.written is None or now >= past.written:
        return ()
    return (Code.CLOCK_BACK.at(Source(""), now=_moment(now), written=_moment(past.written)),)


def snapshot(outcome: Outcome, tool: str) -> Published:
    """留底 — the outcome as it is to be published: every standing, every word, every finding and digest.

    ``serial``, ``folder``, ``why``, ``accepted`` and ``outputs`` are empty: they belong to the publishing itself.
    """
    ledger = outcome.ledger
    return Published(
        serial=0,
        number=outcome.number,
        as_of=outcome.job.as_of,
        published=outcome.job.now,
        tool=tool,
        folder="",
        why="",
        accepted="",
        items=tuple(_published(verdict) for verdict in outcome.verdicts),
        heard={unit: ledger.heard(unit) for unit in ledger.expected},
        findings=outcome.findings,
        sources={record.file: record.sha256 for record in ledger.files},
        outputs={},
    )


def _published(verdict: Verdict) -> PublishedItem:
    entry, item = verdict.entry, verdict.entry.item
    replies = (
        PublishedReply(one.unit, one.claimed, one.progress or one.status, one.sent, one.source, one is entry.lead_reply)
        for one in entry.replies
    )
    return PublishedItem(
        no=item.no,
        aspect=item.aspect,
        problem=item.problem,
        matter=item.matter,
        leaders=item.leaders,
        lead=item.lead,
        units=item.units,
        deadline=item.deadline.text,
        due=verdict.due,
        standing=verdict.standing,
        days_left=verdict.days_left,
        because=verdict.because,
        claimed=verdict.claimed,
        finished=verdict.finished,
        to_confirm=verdict.to_confirm,
        heard=entry.heard,
        replies=tuple(replies),
    )


def _moment(moment: datetime) -> str:
    return f"{chinese_day(moment.date())}{moment:%H:%M}"


# ---------------------------------------------------------------- 小项、单位 ----


def _item(verdict: Verdict, shown: Sequence[Mapping[str, PublishedItem]], since: Published | None) -> ItemChange:
    no = verdict.entry.item.no
    before = shown[-1].get(no) if shown else None
    moved = _moved(verdict, before)
    then = (one.standing is Standing.OVERDUE if (one := items.get(no)) else False for items in reversed(shown))
    run = _run(then) if verdict.standing is Standing.OVERDUE else 0
    turns = _turns(verdict, before, moved, since) if before else (Turn.ADDED,) if shown else ()
    return ItemChange(verdict, before, turns, moved, run)


def _unit(unit: str, now: Heard, earlier: Sequence[Published]) -> UnitChange:
    before = earlier[-1].heard.get(unit) if earlier else None
    then = (bulletin.heard.get(unit) in _SILENT for bulletin in reversed(earlier))
    return UnitChange(unit, before, now, _run(then) if now in _SILENT else 0)


def _run(then: Iterable[bool]) -> int:
    """连续几期 — this bulletin, and those straight before it for which it held, the latest first."""
    return 1 + sum(1 for _ in takewhile(bool, then))


def _moved(verdict: Verdict, before: PublishedItem | None) -> int | None:
    if before is None or before.due is None or verdict.due is None:
        return None
    return 0 if verdict.entry.item.deadline.kind in _MOVING else (verdict.due - before.due).days


def _turns(verdict: Verdict, before: PublishedItem, moved: int | None, since: Published | None) -> tuple[Turn, ...]:
    """变化 — all that became of an item since the bulletin that showed it as ``before``."""
    now, then = verdict.standing, before.standing
    found = {
        Turn.FINISHED: now in _DONE and then not in _DONE,
        Turn.CLOSED: now is Standing.CLOSED is not then,
        Turn.OVERDUE: now is Standing.OVERDUE is not then,
        Turn.RELIEVED: then is Standing.OVERDUE and now not in (*_DONE, Standing.OVERDUE, Standing.LONG_TERM),
        Turn.LONG_TERM: now is Standing.LONG_TERM is not then,
        Turn.DUE_LATER: bool(moved and moved > 0),
        Turn.DUE_EARLIER: bool(moved and moved < 0),
        _likeness(verdict, before): True,
        _back(verdict, before, since): True,
    }
    return tuple(turn for turn in Turn if found.get(turn))


def _back(verdict: Verdict, before: PublishedItem, since: Published | None) -> Turn | None:
    """退步 — an item closed is open again, or one called done is not: by the office's word or by the unit's own."""
    done = before.standing in _DONE or (before.standing is Standing.LONG_TERM and before.claimed is Claim.DONE)
    if before.standing is Standing.CLOSED and verdict.standing is not Standing.CLOSED:
        return Turn.REOPENED
    if not done or verdict.claimed is Claim.DONE or verdict.standing is Standing.CLOSED:
        return None
    returned = any(
        one.act in (Act.RETURN, Act.REOPEN) and one.day and since and one.day >= since.as_of
        for one in verdict.entry.decisions
    )
    return Turn.RETURNED if returned else Turn.WENT_BACK


def _likeness(verdict: Verdict, before: PublishedItem) -> Turn | None:
    """文字雷同 — what the lead sent anew of an unfinished item says what it said before; a new figure is news."""
    reply = verdict.entry.lead_reply
    if reply is None or not verdict.entry.lead_reported:
        return None
    if reply.claimed is Claim.DONE or verdict.standing is Standing.CLOSED:
        return None
    now, then = reply.progress or reply.status, before.said
    if not now.strip() or not then.strip():
        return None
    if _NOISE.sub("", now) == _NOISE.sub("", then):
        return Turn.SAME_TEXT
    now, then = (_NOISE.sub("", _DAYS.sub("", text)) for text in (now, then))
    figures = re.findall(r"\d+", now) == re.findall(r"\d+", then)
    alike = figures and SequenceMatcher(None, now, then, autojunk=False).ratio() >= _NEARLY
    return Turn.NEAR_TEXT if alike else None


# ---------------------------------------------------------------- 催办 ----


def _escalations(
    items: Sequence[ItemChange],
    units: Sequence[UnitChange],
    ledger: Ledger,
    earlier: Sequence[Published],
    rules: Rules,
    as_of: date,
) -> Iterable[Escalation]:
    """催办 — of every item overdue, unless what its lead sent could not be read, and of every silent unit."""
    for one in items:
        entry = one.verdict.entry
        if one.overdue_run and not entry.lead_unreadable and (step := _step(one.overdue_run, rules)):
            taken = _taken(entry.decisions, one.overdue_run, earlier, as_of)
            yield Escalation(step, entry.item.no, entry.item.lead, one.overdue_run, taken)
    for unit in units:
        if unit.silent_run and (step := _step(unit.silent_run, rules)):
            acts = [act for act in ledger.acts if act.unit == unit.unit]
            yield Escalation(step, "", unit.unit, unit.silent_run, _taken(acts, unit.silent_run, earlier, as_of))


def _step(run: int, rules: Rules) -> Act | None:
    """到哪一步 — the gravest step whose time has come; a threshold of 0 leaves the step out."""
    return next((step for step in reversed(STEPS) if 0 < rules.escalation[step] <= run), None)


def _taken(acts: Iterable[Decision], run: int, earlier: Sequence[Published], as_of: date) -> tuple[Decision, ...]:
    """已办 — the steps recorded since the bulletin before the run began, up to the as-of day."""
    begun = earlier[-run].as_of if run <= len(earlier) else date.min
    steps = [one for one in acts if one.act in STEPS and one.day and begun < one.day <= as_of]
    return tuple(sorted(steps, key=lambda one: one.day or date.min))


# ---------------------------------------------------------------- 核对意见 ----


def _remarks(change: Change) -> Iterable[Finding]:
    since = change.since
    assert since is not None
    for one in change.items:
        entry = one.verdict.entry
        said = entry.lead_reply.source if entry.lead_reply else entry.item.row.source()
        slots = {"no": entry.item.no, "number": since.number}
        for turn in (Turn.SAME_TEXT, Turn.NEAR_TEXT):
            if turn in one.turns:
                how = "一字不差" if turn is Turn.SAME_TEXT else "几乎相同"
                yield Code.TEXT_UNCHANGED.at(said, how=how, **slots)
        if Turn.WENT_BACK in one.turns:
            yield Code.WENT_BACK.at(said, **slots)
        if one.days_moved and one.before and not _extended(entry, one.verdict.due):
            days = {"was": _spoken(one.before.due), "now": _spoken(one.verdict.due)}
            yield Code.DUE_MOVED.at(entry.item.row.source(Column.DEADLINE), **slots, **days)
        if one.before and _NOISE.sub("", one.before.matter) != _NOISE.sub("", entry.item.matter):
            place = entry.item.row.source(Column.ITEM, Column.MEASURE, Column.PROBLEM)
            yield Code.MATTER_CHANGED.at(place, was=_short(one.before.matter), **slots)
    for gone in change.dropped:
        yield Code.ITEM_DROPPED.at(Source(""), no=gone.no, matter=_short(gone.matter), number=since.number)


def _extended(entry: Entry, due: date | None) -> bool:
    return any(one.act is Act.EXTEND and one.new_due == due for one in entry.decisions)


def _spoken(day: date | None) -> str:
    return chinese_day(day) if day else "不详"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:40]}……"
