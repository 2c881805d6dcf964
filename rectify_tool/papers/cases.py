"""归类 — the items of a run by what is to be said of them, for the parts that name problems and ask for remedies.

A unit is named only for its own word: evidence, contradictions and 基本完成 are looked for in the lead's rows alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rectify_tool.dates import workday_from
from rectify_tool.findings import Code
from rectify_tool.model import (
    DONE,
    Act,
    Change,
    Claim,
    Column,
    Decision,
    Finding,
    Heard,
    ItemChange,
    Outcome,
    Reply,
    Row,
    Standing,
    Turn,
    Verdict,
    address,
)
from rectify_tool.papers.counts import nearest_first, owing, standing_in, units_heard


@dataclass(frozen=True, slots=True)
class Case:
    """问题归类 — the items by what is to be said of them; an item may stand in several lists.

    ``overdue`` begins with the longest overdue. ``finish_unknown`` are claimed done, their day has passed, and
    no finish day is given; ``finish_before`` are claimed done anew with a finish day from before their return;
    ``confirm`` hang on a doubtful day and never stand in ``overdue``. ``returned`` and ``opened`` were claimed
    done before the office returned them or opened them again, and nothing newer came; ``put_back`` and
    ``reopened`` are those it did so with since the last bulletin. ``never_said`` are those of
    ``silent_on_track`` on which nothing was said before either. ``moved`` are due days that are others than in
    the last bulletin without an approval, with the day then. ``carried`` are those of the ``missing`` whose
    earlier words stay in use. ``overdue_runs`` and ``silent_runs`` tell by item number and by unit how many
    bulletins in a row, this one included.
    """

    verdicts: tuple[Verdict, ...]
    as_of: date
    by: date
    overdue: tuple[Verdict, ...]
    late: tuple[Verdict, ...]
    due_soon: tuple[Verdict, ...]
    missing: tuple[str, ...]
    idle: tuple[str, ...]
    unreadable: tuple[str, ...]
    not_reported: tuple[Verdict, ...]
    unread: tuple[Verdict, ...]
    not_filled: tuple[Verdict, ...]
    unproved: tuple[Verdict, ...]
    finish_unknown: tuple[Verdict, ...]
    finish_before: tuple[Verdict, ...]
    basically: tuple[Verdict, ...]
    clash: tuple[Verdict, ...]
    contradiction: tuple[Verdict, ...]
    changed: tuple[tuple[Verdict, Reply], ...]
    confirm: tuple[Verdict, ...]
    undated: tuple[Verdict, ...]
    loose: tuple[Verdict, ...]
    to_close: tuple[Verdict, ...]
    long_term: tuple[Verdict, ...]
    on_track: tuple[Verdict, ...]
    extended: tuple[Verdict, ...]
    closed: tuple[Verdict, ...]
    returned: tuple[Verdict, ...]
    opened: tuple[Verdict, ...]
    silent_on_track: tuple[Verdict, ...]
    never_said: tuple[Verdict, ...]
    carried: tuple[str, ...]
    change: Change
    overdue_runs: Mapping[str, int]
    silent_runs: Mapping[str, int]
    same_text: tuple[Verdict, ...]
    near_text: tuple[Verdict, ...]
    went_back: tuple[Verdict, ...]
    put_back: tuple[Verdict, ...]
    reopened: tuple[Verdict, ...]
    moved: tuple[tuple[Verdict, date], ...]


def sort_out(outcome: Outcome) -> Case:
    """归类 — every verdict and finding of the run under what is to be said of it."""
    verdicts, ledger, as_of = outcome.verdicts, outcome.ledger, outcome.job.as_of
    claimed_done = standing_in(verdicts, Standing.FINISHED, Standing.FINISHED_LATE)
    long_term = standing_in(verdicts, Standing.LONG_TERM)
    lacking_owner = _places(outcome.findings, Code.LONG_TERM_UNOWNED)
    change, owed = outcome.change, owing(verdicts)
    sent_for = {act: tuple(one for one in verdicts if _sent_for(one) is act) for act in (Act.RETURN, Act.REOPEN)}
    on_track = standing_in(verdicts, Standing.ON_TRACK)
    silent = tuple(one for one in on_track if one.claimed is Claim.NONE or one.entry.heard is Heard.CARRIED)
    return Case(
        verdicts=verdicts,
        as_of=as_of,
        by=workday_from(as_of + timedelta(int(outcome.rules.office["reply_days"]))),
        overdue=nearest_first(standing_in(verdicts, Standing.OVERDUE)),
        late=standing_in(verdicts, Standing.FINISHED_LATE),
        due_soon=nearest_first(standing_in(verdicts, Standing.DUE_SOON)),
        missing=tuple(unit for unit in ledger.missing if unit in owed),
        idle=tuple(unit for unit in ledger.missing if unit not in owed),
        unreadable=units_heard(ledger)["unreadable"],
        not_reported=tuple(one for one in verdicts if one.not_reported and one.standing not in DONE),
        unread=tuple(one for one in verdicts if one.entry.lead_unreadable and one.standing is not Standing.CLOSED),
        not_filled=tuple(verdict for verdict in verdicts if _not_filled(verdict)),
        unproved=_said_by_lead(claimed_done, outcome.findings, Code.DONE_VAGUE, Code.EVIDENCE_MISSING),
        finish_before=_said_by_lead(claimed_done, outcome.findings, Code.FINISH_BEFORE_RETURN),
        finish_unknown=tuple(verdict for verdict in claimed_done if _finish_unknown(verdict, as_of)),
        basically=_said_by_lead(verdicts, outcome.findings, Code.BASICALLY_DONE),
        clash=tuple(_clashing(verdicts, outcome.findings)),
        contradiction=_said_by_lead(verdicts, outcome.findings, Code.CLAIM_CONTRADICTS),
        changed=tuple(_changed(verdicts, outcome.findings)),
        confirm=tuple(verdict for verdict in verdicts if verdict.to_confirm),
        undated=standing_in(verdicts, Standing.UNDATED),
        loose=tuple(one for one in long_term if _touches(one.entry.item.row, lacking_owner)),
        to_close=claimed_done,
        long_term=long_term,
        on_track=on_track,
        extended=tuple(one for one in verdicts if extension(one) and one.standing not in DONE),
        closed=standing_in(verdicts, Standing.CLOSED),
        returned=sent_for[Act.RETURN],
        opened=sent_for[Act.REOPEN],
        silent_on_track=silent,
        never_said=tuple(_never_said(silent, change)),
        carried=tuple(unit for unit in ledger.missing if unit in ledger.carried and unit in owed),
        change=change,
        overdue_runs={one.verdict.entry.item.no: one.overdue_run for one in change.items},
        silent_runs={one.unit: one.silent_run for one in change.units},
        same_text=change.turned(Turn.SAME_TEXT),
        near_text=change.turned(Turn.NEAR_TEXT),
        went_back=change.turned(Turn.WENT_BACK),
        put_back=set_back(change, as_of, Act.RETURN),
        reopened=set_back(change, as_of, Act.REOPEN),
        moved=tuple(moved_unapproved(change)),
    )


def extension(verdict: Verdict) -> date | None:
    """批准的延期日 — the new day where it is the one that counts now, else None."""
    extended = any(one.act is Act.EXTEND and one.new_due == verdict.due for one in verdict.entry.decisions)
    return verdict.due if extended else None


def times_extended(verdict: Verdict) -> int:
    """第几次延期 — how many days were approved one after the other, up to the one that counts now."""
    approved = [one for one in verdict.entry.decisions if one.act is Act.EXTEND and one.new_due]
    counting = [_taken(one) for one in approved if one.new_due == verdict.due]
    return len({one.new_due for one in approved if _taken(one) <= max(counting, default=date.min)})


def extension_asked(verdict: Verdict, as_of: date) -> Decision | None:
    """申请中的延期 — the latest request no approval has followed by the as-of day; None where there is none."""
    last = _latest(verdict, as_of, Act.ASK, Act.EXTEND)
    if last is None or last.act is not Act.ASK:
        return None
    granted = [one.new_due for one in verdict.entry.decisions if one.act is Act.EXTEND and _taken(one) <= as_of]
    return None if any(day and last.new_due and day >= last.new_due for day in granted) else last


def opened_again(verdict: Verdict, as_of: date) -> Decision | None:
    """退回或重新打开 — the latest of them by the as-of day, where no closing followed; None where there is none.

    Of one day the last in the order of the decisions, as `judge` has it.
    """
    kinds = (Act.CLOSE, Act.RETURN, Act.REOPEN)
    of_kind = [one for one in verdict.entry.decisions if one.act in kinds and _taken(one) <= as_of]
    last = max(reversed(of_kind), key=_taken, default=None)
    return last if last and last.act is not Act.CLOSE else None


def set_back(change: Change, as_of: date, act: Act) -> tuple[Verdict, ...]:
    """转为未完成 — since the last bulletin by this act of the office: what was opened again is never called returned.

    Where no act is recorded, a closing that is just gone counts as opened again.
    """
    return tuple(
        one.verdict
        for one in change.items
        if {Turn.RETURNED, Turn.REOPENED} & {*one.turns} and _back_by(one, change, as_of) is act
    )


def _back_by(one: ItemChange, change: Change, as_of: date) -> Act:
    """由哪一个决定 — one older than the last bulletin did not open what that one showed closed."""
    last = opened_again(one.verdict, as_of)
    older = last is None or change.since is None or _taken(last) < change.since.as_of
    if last is None or (older and Turn.REOPENED in one.turns):
        return Act.REOPEN if Turn.REOPENED in one.turns else Act.RETURN
    return last.act


def moved_unapproved(change: Change) -> Iterable[tuple[Verdict, date]]:
    """时限变动而未见批准 — each with its due day in the last bulletin."""
    for one in change.items:
        if one.days_moved and one.before and one.before.due and extension(one.verdict) is None:
            yield one.verdict, one.before.due


def _latest(verdict: Verdict, as_of: date, milder: Act, *others: Act) -> Decision | None:
    """最近一次 — the latest decision of these kinds; on the same day ``milder`` yields to the others."""
    kinds = (milder, *others)
    of_kind = [one for one in verdict.entry.decisions if one.act in kinds and _taken(one) <= as_of]
    return max(of_kind, key=lambda one: (_taken(one), one.act is not milder), default=None)


def _taken(decision: Decision) -> date:
    """办理日 — one without a day counts on every day."""
    return decision.day or date.min


def two_readings(verdict: Verdict) -> date | None:
    """两种理解 — the earlier day of a deadline that can be read two ways; None where it no longer matters.

    That is once an approved new day counts, or both days have passed.
    """
    settled = verdict.standing is Standing.OVERDUE or extension(verdict)
    return None if settled else verdict.entry.item.deadline.earlier


def lead_said(verdict: Verdict) -> tuple[str, str]:
    """牵头单位的话 — (the name of the wording that tells it, what it wrote or "")."""
    entry = verdict.entry
    reply = entry.lead_reply
    wrote = (reply.progress or reply.status) if reply else ""
    if wrote.strip():
        return _SAID_BACK.get(_sent_for(verdict)) or _SAID_BEFORE.get(entry.heard, "said_progress"), wrote
    if entry.item.lead is None:
        return "said_unled", ""
    if entry.lead_unreadable:
        return "said_unreadable", ""
    return ("said_missing" if verdict.not_reported else "said_absent"), ""


_SAID_BEFORE: Mapping[Heard, str] = {Heard.CARRIED: "said_carried", Heard.UNREADABLE: "said_unread"}
_SAID_BACK: Mapping[Act | None, str] = {Act.RETURN: "said_returned", Act.REOPEN: "said_reopened"}


def sent_back(verdict: Verdict) -> Decision | None:
    """报后退回、重新打开 — for which the lead's claim of done does not count, no newer file having come; else None."""
    reply = verdict.entry.lead_reply
    if reply is None or reply.claimed is not Claim.DONE or verdict.claimed is Claim.DONE:
        return None
    back = opened_again(verdict, _judged_on(verdict))
    newer = back is None or back.day is None or (reply.sent is not None and reply.sent > back.day)
    return None if newer else back


def _sent_for(verdict: Verdict) -> Act | None:
    back = sent_back(verdict)
    return back.act if back else None


def _judged_on(verdict: Verdict) -> date:
    """基准日 — as the days left tell it; without them no act is too late."""
    due, left = verdict.due, verdict.days_left
    return date.max if due is None or left is None else due - timedelta(left)


def lead_units(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """牵头单位 — of the verdicts, each once; items without one name nobody."""
    return tuple(dict.fromkeys(one.entry.item.lead for one in verdicts if one.entry.item.lead))


def disagreeing(verdict: Verdict) -> tuple[Reply, ...]:
    """说法不同的单位 — replies of co-units that claim otherwise than the lead."""
    agreed = (Claim.NONE, verdict.claimed)
    lead = verdict.entry.item.lead
    return tuple(one for one in verdict.entry.replies if one.unit not in (None, lead) and one.claimed not in agreed)


_REPLIED = (Column.PROGRESS, Column.STATUS, Column.FINISHED, Column.EVIDENCE, Column.DEADLINE)


_Places = Mapping[tuple[str, str | None], frozenset[str | None]]
"""所指的单元格 — by file and sheet."""


def _places(findings: Iterable[Finding], *codes: Code) -> _Places:
    wanted, found = {code.code for code in codes}, dict[tuple[str, str | None], set[str | None]]()
    for source in (finding.source for finding in findings if finding.code in wanted):
        found.setdefault((source.file, source.sheet), set()).add(source.cell)
    return {sheet: frozenset(cells) for sheet, cells in found.items()}


def _touches(row: Row, places: _Places) -> bool:
    """指到这一行 — a finding points at one of the row's own cells, or at a reply it shares with the row above.

    A category merged over several rows belongs to the first of them only.
    """
    pointed = places.get((row.file, row.sheet))
    if not pointed:
        return False
    cells = (cell for column, held in row.cells.items() for cell in held if not cell.inherited or column in _REPLIED)
    return not pointed.isdisjoint([address(row.row, 0), *(address(cell.row, cell.column) for cell in cells)])


def _said_by_lead(verdicts: Sequence[Verdict], findings: Sequence[Finding], *codes: Code) -> tuple[Verdict, ...]:
    places = _places(findings, *codes)
    return tuple(one for one in verdicts if one.entry.lead_reply and _touches(one.entry.lead_reply.row, places))


def _never_said(silent: Iterable[Verdict], change: Change) -> Iterable[Verdict]:
    """从来没有报过 — nor did the last bulletin show a word of the lead's; what came and cannot be read is a word."""
    said = {one.verdict.entry.item.no for one in change.items if one.before and one.before.said.strip()}
    heard = (Heard.UNREADABLE, Heard.CARRIED)
    return (one for one in silent if one.entry.heard not in heard and one.entry.item.no not in said)


def _finish_unknown(verdict: Verdict, as_of: date) -> bool:
    """完成日期不明 — so that nobody can tell whether it was late; what the last bulletin showed overdue was."""
    if verdict.standing is Standing.FINISHED_LATE:
        return False
    passed = verdict.due is not None and verdict.due < as_of
    return passed and verdict.finished is None and not verdict.entry.item.deadline.doubt


def _not_filled(verdict: Verdict) -> bool:
    """报了表没填这一项 — the lead's file came and says nothing of an item that is not closed."""
    entry = verdict.entry
    silent = entry.lead_reply is None or entry.lead_reply.claimed is Claim.NONE
    return entry.lead_reported and silent and verdict.standing is not Standing.CLOSED


def _clashing(verdicts: Sequence[Verdict], findings: Sequence[Finding]) -> Iterable[Verdict]:
    places = _places(findings, Code.UNITS_CLASH)
    for verdict in verdicts:
        if any(_touches(reply.row, places) for reply in verdict.entry.replies) and disagreeing(verdict):
            yield verdict


def _changed(verdicts: Sequence[Verdict], findings: Sequence[Finding]) -> Iterable[tuple[Verdict, Reply]]:
    places = _places(findings, Code.DEADLINE_CHANGED)
    for verdict in verdicts:
        for reply in verdict.entry.replies:
            if reply.unit and _touches(reply.row, places):
                yield verdict, reply
