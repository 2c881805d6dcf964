"""比较 — every item and unit now and in the last published bulletin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import takewhile

from rectify_tool.change.escalation import escalations
from rectify_tool.dates import chinese_day
from rectify_tool.findings import Code
from rectify_tool.model import (
    DONE,
    SILENT,
    Act,
    Change,
    Claim,
    Column,
    Entry,
    Finding,
    Heard,
    ItemChange,
    Kind,
    Ledger,
    Published,
    PublishedItem,
    Rules,
    Source,
    Standing,
    Turn,
    UnitChange,
    Verdict,
)

_MOVING = (Kind.PERIODIC, Kind.STAGED)
"""日子自己会变的时限 — the next occurrence, the next stage: nobody moved it."""

_NEARLY = 0.9
"""几乎相同 — the likeness of two texts, from 0 to 1, from which on one looks pasted from the other."""

_SAME_MATTER = 0.6
"""还是同一件事 — the likeness of two matters below which a number seems to mean another item."""

_DAYS = re.compile(
    r"(?:截[至止])?(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底)?|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./]\d{1,2})"
)
_NOISE = re.compile(r"[\s\W_]+")


def compare(
    verdicts: Sequence[Verdict],
    ledger: Ledger,
    earlier: Sequence[Published],
    rules: Rules,
    as_of: date,
    undone: Collection[str] = (),
) -> tuple[Change, tuple[Finding, ...]]:
    """较上期 — every item and unit now and in the last published bulletin.

    Args:
        verdicts: Where every entry stands on ``as_of``, in ledger order.
        ledger: What they were judged from.
        earlier: The published bulletins before this one, by as-of day; the last is 上期. Empty where there is none.
        rules: 口径 (escalation).
        as_of: The day this bulletin speaks for.
        undone: Numbers of the items an act on which was taken back by a counter-entry.

    Returns:
        The change, and findings C01–C05, C10, C11.
    """
    since = earlier[-1] if earlier else None
    shown = [{one.no: one for one in bulletin.items} for bulletin in earlier]
    items = tuple(_item(verdict, shown, since, as_of, undone) for verdict in verdicts)
    owing = {unit for one in verdicts if one.standing not in DONE for unit in one.entry.item.units}
    owed = [_owing_then(bulletin) for bulletin in earlier]
    units = tuple(_unit(unit, ledger.heard(unit), unit in owing, earlier, owed) for unit in ledger.expected)
    known = {verdict.entry.item.no for verdict in verdicts}
    dropped = tuple(one for one in since.items if one.no not in known) if since else ()
    suggested = tuple(escalations(items, units, ledger, earlier, rules, as_of))
    change = Change(since, items, units, dropped, suggested)
    return change, tuple(_remarks(change, undone)) if since else ()


# ---------------------------------------------------------------- 小项、单位 ----


def _item(
    verdict: Verdict,
    shown: Sequence[Mapping[str, PublishedItem]],
    since: Published | None,
    as_of: date,
    undone: Collection[str],
) -> ItemChange:
    no = verdict.entry.item.no
    before = shown[-1].get(no) if shown else None
    moved = _moved(verdict, before)
    then = (one.standing is Standing.OVERDUE if (one := items.get(no)) else False for items in reversed(shown))
    run = _run(then) if verdict.standing is Standing.OVERDUE else 0
    turns: tuple[Turn, ...] = (Turn.ADDED,) if shown else ()
    if before is not None and since is not None:
        turns = _turns(_Pair(verdict, before, since, as_of, no in undone), moved)
    return ItemChange(verdict, before, turns, moved, run)


def _unit(
    unit: str, now: Heard, owes: bool, earlier: Sequence[Published], owed: Sequence[Collection[str]]
) -> UnitChange:
    """单位的变化 — silence counts only where something of the unit's is still open: who has done all owes no report."""
    before = earlier[-1].heard.get(unit) if earlier else None
    then = (
        bulletin.heard.get(unit) in SILENT and unit in units
        for bulletin, units in zip(reversed(earlier), reversed(owed), strict=True)
    )
    return UnitChange(unit, before, now, _run(then) if owes and now in SILENT else 0)


def _owing_then(bulletin: Published) -> Collection[str]:
    return {unit for one in bulletin.items if one.standing not in DONE for unit in one.units}


def _run(then: Iterable[bool]) -> int:
    """连续几期 — this bulletin, and those straight before it for which it held, the latest first."""
    return 1 + sum(1 for _ in takewhile(bool, then))


def _moved(verdict: Verdict, before: PublishedItem | None) -> int | None:
    if before is None or before.due is None or verdict.due is None:
        return None
    if verdict.entry.item.deadline.kind in _MOVING and not _extended(verdict.entry, verdict.due):
        return 0
    return (verdict.due - before.due).days


@dataclass(frozen=True, slots=True)
class _Pair:
    """前后 — an item now and in the last published bulletin; ``undone`` where its closing was taken back since."""

    verdict: Verdict
    before: PublishedItem
    since: Published
    as_of: date
    undone: bool


def _turns(pair: _Pair, moved: int | None) -> tuple[Turn, ...]:
    """变化 — all that became of an item since the last published bulletin, in the order of `Turn`."""
    now, then = pair.verdict.standing, pair.before.standing
    simple = {
        Turn.FINISHED: now in DONE and then not in DONE,
        Turn.CLOSED: now is Standing.CLOSED and then is not Standing.CLOSED,
        Turn.OVERDUE: now is Standing.OVERDUE and then is not Standing.OVERDUE,
        Turn.RELIEVED: then is Standing.OVERDUE and now not in (*DONE, Standing.OVERDUE, Standing.LONG_TERM),
        Turn.LONG_TERM: now is Standing.LONG_TERM and then is not Standing.LONG_TERM,
        Turn.DUE_LATER: bool(moved and moved > 0),
        Turn.DUE_EARLIER: bool(moved and moved < 0),
    }
    found = {turn for turn, holds in simple.items() if holds} | {_back(pair), _likeness(pair)}
    return tuple(turn for turn in Turn if turn in found)


def _back(pair: _Pair) -> Turn | None:
    """退步 — an item closed is open again, or one called done is not: by the office's word or by the unit's own.

    The office's word is a return or reopening that counts by now and is not older than what the unit had said then.
    """
    verdict, before = pair.verdict, pair.before
    if before.standing is Standing.CLOSED and verdict.standing is not Standing.CLOSED:
        return None if pair.undone else Turn.REOPENED
    done = before.standing in DONE or (before.standing is Standing.LONG_TERM and before.claimed is Claim.DONE)
    if not done or verdict.claimed is Claim.DONE or verdict.standing is Standing.CLOSED:
        return None
    told = next((one.sent for one in before.replies if one.lead), None) or date.min
    first = min(told, pair.since.as_of)
    acts = [
        one for one in verdict.entry.decisions if one.act in _OPENING and one.day and first <= one.day <= pair.as_of
    ]
    return _OPENING[acts[-1].act] if acts else Turn.WENT_BACK


_OPENING = {Act.RETURN: Turn.RETURNED, Act.REOPEN: Turn.REOPENED}


def _likeness(pair: _Pair) -> Turn | None:
    """文字雷同 — what the lead sent anew of an unfinished item says what it said before; a new figure is news."""
    reply = pair.verdict.entry.lead_reply
    if reply is None or reply.sha256 in pair.since.sources.values() or not pair.verdict.entry.lead_reported:
        return None
    if reply.claimed is Claim.DONE or pair.verdict.standing is Standing.CLOSED:
        return None
    now, then = reply.progress or reply.status, pair.before.said
    if not now.strip() or not then.strip():
        return None
    if _NOISE.sub("", now) == _NOISE.sub("", then):
        return Turn.SAME_TEXT
    now, then = (_NOISE.sub("", _DAYS.sub("", text)) for text in (now, then))
    figures = re.findall(r"\d+", now) == re.findall(r"\d+", then)
    alike = figures and SequenceMatcher(None, now, then, autojunk=False).ratio() >= _NEARLY
    return Turn.NEAR_TEXT if alike else None


# ---------------------------------------------------------------- 核对意见 ----


def _remarks(change: Change, undone: Collection[str]) -> Iterable[Finding]:
    since = change.since
    assert since is not None
    for one in change.items:
        yield from _about_words(one, since)
        if one.before is not None:
            yield from _about_assignment(one, one.before, since)
            yield from _about_decisions(one, one.before, since, undone)
    for gone in change.dropped:
        yield Code.ITEM_DROPPED.at(Source(""), no=gone.no, matter=_short(gone.matter), number=since.number)


def _about_words(one: ItemChange, since: Published) -> Iterable[Finding]:
    """文字和说法 — pasted again, or taken back (C01, C02)."""
    entry = one.verdict.entry
    said = entry.lead_reply.source if entry.lead_reply else entry.item.row.source()
    slots = {"no": entry.item.no, "number": since.number}
    for turn, how in ((Turn.SAME_TEXT, "一字不差"), (Turn.NEAR_TEXT, "几乎相同")):
        if turn in one.turns:
            yield Code.TEXT_UNCHANGED.at(said, how=how, **slots)
    if Turn.WENT_BACK in one.turns and one.verdict.claimed in (Claim.IN_PROGRESS, Claim.NOT_STARTED):
        yield Code.WENT_BACK.at(said, **slots)


def _about_assignment(one: ItemChange, before: PublishedItem, since: Published) -> Iterable[Finding]:
    """下发的内容 — what moved without the office's word for it (C03, C04, C11)."""
    entry, item = one.verdict.entry, one.verdict.entry.item
    slots = {"no": item.no, "number": since.number}
    if one.days_moved and not _extended(entry, one.verdict.due):
        days = {"was": _spoken(before.due), "now": _spoken(one.verdict.due)}
        yield Code.DUE_MOVED.at(item.row.source(Column.DEADLINE), **slots, **days)
    was, now = _NOISE.sub("", before.matter), _NOISE.sub("", item.matter)
    if was != now and SequenceMatcher(None, was, now, autojunk=False).ratio() < _SAME_MATTER:
        place = item.row.source(Column.ITEM, Column.MEASURE, Column.PROBLEM)
        yield Code.MATTER_CHANGED.at(place, was=_short(before.matter), **slots)
    if before.lead != item.lead:
        place = item.row.source(Column.LEAD, Column.UNITS)
        yield Code.LEAD_CHANGED.at(place, was=before.lead or "没有写明", now=item.lead or "没有写明", **slots)


def _about_decisions(
    one: ItemChange, before: PublishedItem, since: Published, undone: Collection[str]
) -> Iterable[Finding]:
    """办理不见了 — what the last bulletin took into account and nobody has taken back or followed by another (C10)."""
    item = one.verdict.entry.item
    for what, gone in (
        ("已经销号", _closing_gone(one)),
        ("退回或重新打开、没有计完成", _return_gone(one, before, since)),
        (f"批准延期至{_spoken(before.due)}", _extension_gone(one, before)),
    ):
        if gone and item.no not in undone:
            yield Code.DECISION_GONE.at(item.row.source(), no=item.no, number=since.number, what=what)


def _closing_gone(one: ItemChange) -> bool:
    opened = any(done.act in _OPENING for done in one.verdict.entry.decisions)
    return Turn.REOPENED in one.turns and not opened


def _return_gone(one: ItemChange, before: PublishedItem, since: Published) -> bool:
    """退回不见了 — the same file's claim of done did not count then and counts now, its day not having come since."""
    reply, verdict = one.verdict.entry.lead_reply, one.verdict
    if reply is None or verdict.claimed is not Claim.DONE or before.claimed is Claim.DONE:
        return False
    claimed = any(then.lead and then.claimed is Claim.DONE for then in before.replies)
    come = verdict.finished is not None and verdict.finished > since.as_of
    return claimed and not come and reply.sha256 in since.sources.values()


def _extension_gone(one: ItemChange, before: PublishedItem) -> bool:
    """延期不见了 — the due day is an earlier one again, though the deadline is written as it was."""
    same = before.deadline == one.verdict.entry.item.deadline.text
    return Turn.DUE_EARLIER in one.turns and same and not _extended(one.verdict.entry, one.verdict.due)


def _extended(entry: Entry, due: date | None) -> bool:
    return any(one.act is Act.EXTEND and one.new_due == due for one in entry.decisions)


def _spoken(day: date | None) -> str:
    return chinese_day(day) if day else "不详"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:40]}……"
