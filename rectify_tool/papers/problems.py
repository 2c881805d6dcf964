"""存在问题、下一步要求 — what is wrong, who is named for it, and what they are asked to do by when.

Each kind of problem is a row of `_PROBLEMS`, each requirement a row of `_REQUIREMENTS`: a new kind is a new row.
A unit is named only for its own word: evidence, contradictions and 基本完成 are looked for in the lead's rows alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.findings import Code
from rectify_tool.model import (
    CLAIM_WORDS,
    Act,
    Claim,
    Column,
    Finding,
    Outcome,
    Paragraph,
    Reply,
    Row,
    Rules,
    Sentence,
    Source,
    Standing,
    Verdict,
    address,
)
from rectify_tool.papers.counts import nearest_first, standing_in
from rectify_tool.papers.speech import Speech, brief, ordinal, paragraph, quoted, spoken_day

NAMED = 20
"""最多逐项点名几项 — the rest stands in the attachment; longer lists nobody reads in running text."""


@dataclass(frozen=True, slots=True)
class Section:
    """节 — a heading without its number ("" where the part has none) and its paragraphs."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """问题归类 — the items by what is to be said of them; an item may stand in several lists.

    ``overdue`` begins with the longest overdue. ``finish_unknown`` are claimed done, their day has passed, and no
    finish day is given; ``confirm`` hang on a doubtful day and never stand in ``overdue`` or ``undated``.
    """

    verdicts: tuple[Verdict, ...]
    as_of: date
    by: date
    within: int
    overdue: tuple[Verdict, ...]
    late: tuple[Verdict, ...]
    due_soon: tuple[Verdict, ...]
    missing: tuple[str, ...]
    unreadable: tuple[str, ...]
    not_reported: tuple[Verdict, ...]
    unproved: tuple[Verdict, ...]
    finish_unknown: tuple[Verdict, ...]
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


def sort_out(outcome: Outcome) -> Case:
    """归类 — every verdict and finding of the run under what is to be said of it."""
    verdicts, ledger, as_of = outcome.verdicts, outcome.ledger, outcome.job.as_of
    claimed_done = standing_in(verdicts, Standing.FINISHED, Standing.FINISHED_LATE)
    long_term = standing_in(verdicts, Standing.LONG_TERM)
    lacking_owner = _places(outcome.findings, Code.LONG_TERM_UNOWNED)
    return Case(
        verdicts=verdicts,
        as_of=as_of,
        by=as_of + timedelta(_office_number(outcome.rules, "reply_days")),
        within=outcome.rules.due_soon_days,
        overdue=nearest_first(standing_in(verdicts, Standing.OVERDUE)),
        late=standing_in(verdicts, Standing.FINISHED_LATE),
        due_soon=nearest_first(standing_in(verdicts, Standing.DUE_SOON)),
        missing=ledger.missing,
        unreadable=tuple(unit for unit in ledger.expected if unit in set(ledger.unreadable)),
        not_reported=tuple(verdict for verdict in verdicts if verdict.not_reported),
        unproved=_said_by_lead(claimed_done, outcome.findings, Code.DONE_VAGUE, Code.EVIDENCE_MISSING),
        finish_unknown=tuple(verdict for verdict in claimed_done if _finish_unknown(verdict)),
        basically=_said_by_lead(verdicts, outcome.findings, Code.BASICALLY_DONE),
        clash=tuple(_clashing(verdicts, outcome.findings)),
        contradiction=_said_by_lead(verdicts, outcome.findings, Code.CLAIM_CONTRADICTS),
        changed=tuple(_changed(verdicts, outcome.findings)),
        confirm=tuple(verdict for verdict in verdicts if verdict.to_confirm),
        undated=tuple(one for one in standing_in(verdicts, Standing.UNDATED) if not one.to_confirm),
        loose=tuple(one for one in long_term if one.not_reported or _touches(one.entry.item.row, lacking_owner)),
        to_close=claimed_done,
        long_term=long_term,
        on_track=standing_in(verdicts, Standing.ON_TRACK),
    )


def problem_sections(outcome: Outcome, speech: Speech) -> tuple[Section, ...]:
    """存在问题 — a section for each kind of problem that occurs; empty where none does."""
    case = sort_out(outcome)
    told = ((heading, tell(case, speech)) for heading, tell in _PROBLEMS)
    return tuple(Section(speech.word(heading), paragraphs) for heading, paragraphs in told if paragraphs)


def requirements(outcome: Outcome, speech: Speech) -> tuple[Paragraph, ...]:
    """下一步要求 — who must do what by when; 一是、二是 where there are several."""
    case = sort_out(outcome)
    asked = [sentence for ask in _REQUIREMENTS for sentence in ask(case, speech)]
    asked = asked or [*_go_on(case, speech)]
    if len(asked) == 1:
        return (paragraph(*asked),)
    return tuple(paragraph(f"{ordinal(at)}是", sentence) for at, sentence in enumerate(asked, 1))


def lead_said(verdict: Verdict) -> tuple[str, str]:
    """牵头单位的话 — (the name of the wording that tells it, what it wrote or "")."""
    entry = verdict.entry
    reply = entry.lead_reply
    wrote = (reply.progress or reply.status) if reply else ""
    if wrote.strip():
        return "said_progress", wrote
    if entry.item.lead is None:
        return "said_unled", ""
    if entry.lead_unreadable:
        return "said_unreadable", ""
    return ("said_missing" if verdict.not_reported else "said_absent"), ""


# ---------------------------------------------------------------- 归类 ----


_REPLIED = (Column.PROGRESS, Column.STATUS, Column.FINISHED, Column.EVIDENCE, Column.DEADLINE)


def _places(findings: Iterable[Finding], *codes: Code) -> frozenset[Source]:
    wanted = {code.code for code in codes}
    return frozenset(finding.source for finding in findings if finding.code in wanted)


def _touches(row: Row, places: frozenset[Source]) -> bool:
    """指到这一行 — a finding points at one of the row's own cells, or at a reply it shares with the row above.

    A category merged over several rows belongs to the first of them only.
    """
    if not places:
        return False
    cells = (cell for column, held in row.cells.items() for cell in held if not cell.inherited or column in _REPLIED)
    own = [address(row.row, 0), *(address(cell.row, cell.column) for cell in cells)]
    return any(Source(row.file, row.sheet, cell) in places for cell in own)


def _said_by_lead(verdicts: Sequence[Verdict], findings: Sequence[Finding], *codes: Code) -> tuple[Verdict, ...]:
    places = _places(findings, *codes)
    return tuple(one for one in verdicts if one.entry.lead_reply and _touches(one.entry.lead_reply.row, places))


def _finish_unknown(verdict: Verdict) -> bool:
    passed = verdict.days_left is not None and verdict.days_left < 0
    return passed and verdict.finished is None and not verdict.entry.item.deadline.doubt


def _clashing(verdicts: Sequence[Verdict], findings: Sequence[Finding]) -> Iterable[Verdict]:
    places = _places(findings, Code.UNITS_CLASH)
    for verdict in verdicts:
        if any(_touches(reply.row, places) for reply in verdict.entry.replies) and _others(verdict):
            yield verdict


def _others(verdict: Verdict) -> tuple[Reply, ...]:
    """说法不同的单位 — replies of co-units that claim otherwise than the lead."""
    agreed = (Claim.NONE, verdict.claimed)
    lead = verdict.entry.item.lead
    return tuple(one for one in verdict.entry.replies if one.unit not in (None, lead) and one.claimed not in agreed)


def _changed(verdicts: Sequence[Verdict], findings: Sequence[Finding]) -> Iterable[tuple[Verdict, Reply]]:
    places = _places(findings, Code.DEADLINE_CHANGED)
    for verdict in verdicts:
        for reply in verdict.entry.replies:
            if reply.unit and _touches(reply.row, places):
                yield verdict, reply


def _office_number(rules: Rules, key: str) -> int:
    text = rules.office[key].strip()
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 366):
        raise RectifyError(Stop.SETTINGS_UNUSABLE, f"口径 [office] 的 {key} 应当写 1 到 366 的数字，现在是“{text}”")
    return int(text)


# ---------------------------------------------------------------- 存在问题 ----


def _overdue(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    if not case.overdue:
        return ()
    lead = speech.say("overdue_lead", case.overdue, day=spoken_day(case.as_of))
    items = [_overdue_item(verdict, speech) for verdict in case.overdue[:NAMED]]
    if len(items) == 1:
        return (paragraph(lead, *items),)
    rest = case.overdue[NAMED:]
    last = (paragraph(speech.say("overdue_rest", rest)),) if rest else ()
    return (paragraph(lead), *(paragraph(f"{at}. ", item) for at, item in enumerate(items, 1)), *last)


def _overdue_item(verdict: Verdict, speech: Speech) -> Sentence:
    item = verdict.entry.item
    said, wrote = lead_said(verdict)
    extended = any(one.act is Act.EXTEND and one.new_due == verdict.due for one in verdict.entry.decisions)
    return speech.say(
        "overdue_item",
        [verdict],
        units=[item.lead] if item.lead else [],
        no=item.no,
        owner=speech.owner(verdict),
        matter=brief(item.matter, 60),
        deadline=quoted(brief(item.deadline.text, 40)),
        when=speech.word("due_extended" if extended else "due_day", due=spoken_day(verdict.due) if verdict.due else ""),
        days=-(verdict.days_left or 0),
        said=speech.word(said, progress=quoted(brief(wrote, 120))),
    )


def _late(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("late_lead", case.late, speech, lambda verdict: _late_item(verdict, speech))


def _late_item(verdict: Verdict, speech: Speech) -> str:
    item = verdict.entry.item
    slots = {"no": item.no, "owner": speech.owner(verdict), "deadline": quoted(brief(item.deadline.text, 40))}
    if verdict.due is None or verdict.finished is None:
        return speech.word("late_item_undated", **slots)
    days = (verdict.finished - verdict.due).days
    return speech.word(
        "late_item", **slots, due=spoken_day(verdict.due), finished=spoken_day(verdict.finished), days=days
    )


def _due_soon(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    within = case.within
    return _listing("due_soon_lead", case.due_soon, speech, lambda one: _due_soon_item(one, speech), within=within)


def _due_soon_item(verdict: Verdict, speech: Speech) -> str:
    due = spoken_day(verdict.due) if verdict.due else ""
    name = "due_soon_doubt" if verdict.to_confirm else ("due_soon_item" if verdict.days_left else "due_soon_today")
    return speech.word(name, no=verdict.entry.item.no, owner=speech.owner(verdict), due=due, days=verdict.days_left)


def _silent(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    missing = _unit_sentence("missing", case.missing, speech)
    if case.missing and case.not_reported:
        missing = (*missing, speech.say("not_reported", case.not_reported))
    found = (missing, _unit_sentence("unreadable", case.unreadable, speech))
    return tuple(paragraph(*sentences) for sentences in found if sentences)


def _unit_sentence(name: str, units: tuple[str, ...], speech: Speech) -> tuple[Sentence, ...]:
    if not units:
        return ()
    return (speech.say(f"{name}_one" if len(units) == 1 else f"{name}_lead", units=units),)


def _evidence(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return (
        *_listing("evidence_unproved", case.unproved, speech, None),
        *_listing("evidence_undated", case.finish_unknown, speech, None),
    )


def _basically(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("basically_lead", case.basically, speech, None)


def _clash(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("clash_lead", case.clash, speech, lambda verdict: _clash_item(verdict, speech))


def _clash_item(verdict: Verdict, speech: Speech) -> str:
    others = dict.fromkeys(
        speech.word("clash_other", unit=one.unit, claim=CLAIM_WORDS[one.claimed]) for one in _others(verdict)
    )
    item = verdict.entry.item
    lead, claim = item.lead or "", CLAIM_WORDS[verdict.claimed]
    return speech.word("clash_item", no=item.no, lead=lead, claim=claim, others="，".join(others))


def _contradiction(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("contradiction_lead", case.contradiction, speech, lambda one: _contradiction_item(one, speech))


def _contradiction_item(verdict: Verdict, speech: Speech) -> str:
    reply = verdict.entry.lead_reply
    if reply is None or not (reply.status and reply.progress):
        return _plain_item(verdict, speech)
    words = {"status": quoted(brief(reply.status, 20)), "progress": quoted(brief(reply.progress, 40))}
    return speech.word("contradiction_item", no=verdict.entry.item.no, lead=reply.unit, **words)


def _altered(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    verdicts = tuple({verdict.entry.item.no: verdict for verdict, _ in case.changed}.values())
    told: dict[str, list[str]] = {}
    for verdict, reply in case.changed:
        told.setdefault(verdict.entry.item.no, []).append(_altered_item(verdict, reply, speech))
    return _listing("changed_lead", verdicts, speech, lambda verdict: "；".join(told[verdict.entry.item.no]))


def _altered_item(verdict: Verdict, reply: Reply, speech: Speech) -> str:
    item = verdict.entry.item
    typed = quoted(brief(reply.row.text(Column.DEADLINE), 40))
    deadline = quoted(brief(item.deadline.text, 40))
    return speech.word("changed_item", no=item.no, deadline=deadline, unit=reply.unit, typed=typed)


def _confirm(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    if not case.confirm:
        return ()
    lead = speech.say("confirm_lead", case.confirm)
    items = [_confirm_item(verdict, speech) for verdict in case.confirm[:NAMED]]
    if len(items) == 1:
        return (paragraph(lead, *items),)
    return (paragraph(lead), *(paragraph(f"{at}. ", item) for at, item in enumerate(items, 1)))


def _confirm_item(verdict: Verdict, speech: Speech) -> Sentence:
    item = verdict.entry.item
    return speech.say(
        "confirm_item",
        [verdict],
        units=[item.lead] if item.lead else [],
        no=item.no,
        owner=speech.owner(verdict),
        matter=brief(item.matter, 60),
        deadline=quoted(brief(item.deadline.text, 40)),
        because=brief(item.deadline.because or verdict.because, 120),
    )


def _undated(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("undated_lead", case.undated, speech, lambda verdict: _undated_item(verdict, speech))


def _undated_item(verdict: Verdict, speech: Speech) -> str:
    item = verdict.entry.item
    deadline = quoted(brief(item.deadline.text, 40))
    name = "undated_item" if deadline else "undated_blank"
    return speech.word(name, no=item.no, owner=speech.owner(verdict), deadline=deadline)


def _loose(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("long_term_lead", case.loose, speech, None)


def _listing(
    name: str,
    verdicts: tuple[Verdict, ...],
    speech: Speech,
    told: Callable[[Verdict], str] | None,
    **slots: Any,
) -> tuple[Paragraph, ...]:
    """一句列项 — one sentence with its items in ``told``'s words (number and lead unit where None); nothing of none."""
    if not verdicts:
        return ()
    listed = speech.items(verdicts, told or (lambda verdict: _plain_item(verdict, speech)))
    return (paragraph(speech.say(name, verdicts, units=_leads(verdicts), list=listed, **slots)),)


def _plain_item(verdict: Verdict, speech: Speech) -> str:
    return speech.word("plain_item", no=verdict.entry.item.no, owner=speech.owner(verdict))


def _leads(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.entry.item.lead for one in verdicts if one.entry.item.lead))


_PROBLEMS: tuple[tuple[str, Callable[[Case, Speech], tuple[Paragraph, ...]]], ...] = (
    ("problem_overdue", _overdue),
    ("problem_late", _late),
    ("problem_due_soon", _due_soon),
    ("problem_silent", _silent),
    ("problem_evidence", _evidence),
    ("problem_basically", _basically),
    ("problem_clash", _clash),
    ("problem_contradiction", _contradiction),
    ("problem_changed", _altered),
    ("problem_confirm", _confirm),
    ("problem_undated", _undated),
    ("problem_long_term", _loose),
)


# ---------------------------------------------------------------- 下一步要求 ----


_Asked = tuple[Sentence, ...]


def _catch_up(case: Case, speech: Speech) -> _Asked:
    return _ask("next_overdue", case.overdue, case, speech)


def _watch(case: Case, speech: Speech) -> _Asked:
    told = speech.items(case.due_soon, lambda verdict: _watched_item(verdict, speech))
    return _ask("next_due_soon", case.due_soon, case, speech, list=told)


def _watched_item(verdict: Verdict, speech: Speech) -> str:
    due = spoken_day(verdict.due) if verdict.due else ""
    return speech.word("next_due_soon_item", no=verdict.entry.item.no, due=due)


def _report(case: Case, speech: Speech) -> _Asked:
    return _ask_units("next_missing", case.missing, case, speech)


def _resend(case: Case, speech: Speech) -> _Asked:
    return _ask_units("next_unreadable", case.unreadable, case, speech)


def _prove(case: Case, speech: Speech) -> _Asked:
    return _ask("next_evidence", _merged(case, case.unproved, case.finish_unknown), case, speech)


def _agree(case: Case, speech: Speech) -> _Asked:
    return _ask("next_clash", _merged(case, case.clash, case.contradiction, case.basically), case, speech)


def _settle(case: Case, speech: Speech) -> _Asked:
    return _ask("next_deadline", _merged(case, case.confirm, case.undated), case, speech)


def _close(case: Case, speech: Speech) -> _Asked:
    return _ask("next_close", case.to_close, case, speech, inspectors=speech.rules.office["inspectors"])


def _keep_on(case: Case, speech: Speech) -> _Asked:
    return _ask("next_long_term", case.long_term, case, speech)


def _go_on(case: Case, speech: Speech) -> _Asked:
    return _ask("next_go_on", case.on_track, case, speech)


def _ask(name: str, verdicts: tuple[Verdict, ...], case: Case, speech: Speech, **slots: Any) -> _Asked:
    if not verdicts:
        return ()
    leads = _leads(verdicts)
    numbers = f"（{speech.numbers(verdicts)}）"
    names = speech.names(leads) or speech.word("concerned")
    return (speech.say(name, verdicts, units=leads, names=names, by=spoken_day(case.by), listed=numbers, **slots),)


def _ask_units(name: str, units: tuple[str, ...], case: Case, speech: Speech) -> _Asked:
    return (speech.say(name, units=units, by=spoken_day(case.by)),) if units else ()


def _merged(case: Case, *lists: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """并在一起 — each item once, in ledger order."""
    wanted = {verdict.entry.item.no for verdicts in lists for verdict in verdicts}
    return tuple(verdict for verdict in case.verdicts if verdict.entry.item.no in wanted)


_REQUIREMENTS: tuple[Callable[[Case, Speech], _Asked], ...] = (
    _catch_up,
    _watch,
    _report,
    _resend,
    _prove,
    _agree,
    _settle,
    _close,
    _keep_on,
)
