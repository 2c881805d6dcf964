"""存在问题 — what is wrong and who is named for it; a new kind of problem is a new row of `_PROBLEMS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rectify_tool.model import (
    CLAIM_WORDS,
    Claim,
    Column,
    Escalation,
    Paragraph,
    Reply,
    Sentence,
    Standing,
    Verdict,
)
from rectify_tool.papers.cases import (
    Case,
    disagreeing,
    extension,
    extension_asked,
    lead_said,
    lead_units,
    sent_back,
    times_extended,
    two_readings,
)
from rectify_tool.papers.counts import SUGGESTED
from rectify_tool.papers.setbacks import put_back, reason, reopened, stalled, went_back
from rectify_tool.papers.speech import (
    LISTED,
    Speech,
    brief,
    named,
    ordinal,
    paragraph,
    quoted,
    spoken_day,
    spoken_due,
)

_FEW = 3
"""除几个外 — so many units are said to be left out of what all the others did, rather than those named."""


@dataclass(frozen=True, slots=True)
class Section:
    """节 — a heading without its number ("" where the part has none) and its paragraphs."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


def problem_sections(case: Case, speech: Speech) -> tuple[Section, ...]:
    """存在问题 — a section for each kind of problem that occurs; empty where none does."""
    sections = (
        Section(speech.word(heading), tuple(one for tell in tellers for one in tell(case, speech)))
        for heading, tellers in _PROBLEMS
    )
    return tuple(section for section in sections if section.paragraphs)


def _overdue(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    if not case.overdue:
        return ()
    items = [_overdue_item(verdict, case, speech) for verdict in named(case.overdue)]
    if len(items) == 1:
        return (paragraph(*items),)
    lead = [speech.say("overdue_lead", case.overdue, day=spoken_day(case.as_of))]
    unread = [verdict for verdict in case.overdue if verdict.entry.lead_unreadable]
    lead += [speech.say("overdue_unread", unread)] if unread else []
    rest = case.overdue[len(items) :]
    return _one_by_one(lead, items, [speech.say("overdue_rest", rest)] if rest else [])


def _one_by_one(lead: Sequence[Sentence], items: Sequence[Sentence], last: Sequence[Sentence]) -> tuple[Paragraph, ...]:
    """逐项 — the leading sentences, each item in a numbered paragraph of its own, and what is said of the rest."""
    numbered = (paragraph(f"{at}. ", item) for at, item in enumerate(items, 1))
    return (paragraph(*lead), *numbered, *map(paragraph, last))


def _overdue_item(verdict: Verdict, case: Case, speech: Speech) -> Sentence:
    item = verdict.entry.item
    said, wrote = lead_said(verdict)
    run = case.overdue_runs.get(item.no, 0)
    return speech.say(
        "overdue_item",
        [verdict],
        units=[item.lead] if item.lead else [],
        no=item.no,
        owner=speech.owner(verdict),
        matter=brief(item.matter, 60),
        deadline=quoted(brief(item.deadline.text, 40)),
        when=_when(verdict, speech),
        days=-(verdict.days_left or 0),
        again=speech.word("overdue_run", run=run) if run > 1 else "",
        said=speech.word(said, progress=quoted(brief(wrote, 120)), **_return(verdict)) + _helpers_done(verdict, speech),
        asked=_asked("overdue_asked", verdict, case, speech),
        taken=_taken(item.no, case, speech),
    )


def _asked(name: str, verdict: Verdict, case: Case, speech: Speech) -> str:
    """申请延期 — asked for and not approved, which leaves the deadline as it is."""
    asked = extension_asked(verdict, case.as_of)
    if asked is None:
        return ""
    due = asked.new_due
    return speech.word(name, due=spoken_day(due)) if due else speech.word(f"{name}_open")


def _taken(no: str, case: Case, speech: Speech) -> str:
    """已采取的步骤 — since the item fell overdue."""
    told = "".join(_steps(one, speech) for one in case.change.escalations if one.no == no)
    return speech.word("overdue_taken", list=told) if told else ""


def _steps(escalation: Escalation, speech: Speech) -> str:
    """各步骤 — recorded since the run began, each with its day."""
    told = [(one.act.value, one.day) for one in escalation.taken if one.act in SUGGESTED.values()]
    return "、".join(speech.word(f"taken_{act}", day=spoken_day(day)) for act, day in told if day)


def _when(verdict: Verdict, speech: Speech) -> str:
    """到期日 — behind the deadline as written; nothing where that is the very day in full."""
    due = spoken_due(verdict)
    if extension(verdict):
        times = times_extended(verdict)
        again = "_again" if times > 1 else ""
        return speech.word(f"due_extended{again}", due=due, times=ordinal(times))
    return "" if due in verdict.entry.item.deadline.text else speech.word("due_day", due=due)


def _return(verdict: Verdict) -> dict[str, str]:
    """退回 — its day, and why as far as that says more than that it was returned."""
    sent = sent_back(verdict)
    if sent is None or sent.day is None:
        return {}
    why = reason(sent)
    return {"day": spoken_day(sent.day), "why": f"（{why}）" if why else ""}


def _helpers_done(verdict: Verdict, speech: Speech) -> str:
    """配合单位已报完成 — in fairness to them, where the lead says nothing of the item."""
    if verdict.entry.lead_reply is not None and verdict.entry.lead_reply.claimed is not Claim.NONE:
        return ""
    done = tuple(dict.fromkeys(one.unit for one in disagreeing(verdict) if one.unit and one.claimed is Claim.DONE))
    return speech.word("said_helpers_done", names=speech.names(done)) if done else ""


def _late(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return speech.listing("late", case.late, lambda verdict: _late_item(verdict, case, speech))


def _late_item(verdict: Verdict, case: Case, speech: Speech) -> str:
    """逾期完成 — by the finish day, or without one by the last bulletin, which showed it not done in time."""
    due, finished, since = verdict.due, verdict.finished, case.change.since
    deadline = quoted(brief(verdict.entry.item.deadline.text, 40))
    if due and finished:
        days = {"due": spoken_day(due), "finished": spoken_day(finished), "days": (finished - due).days}
        name = "late_item_extended" if extension(verdict) else "late_item"
        return speech.item(verdict, name, deadline=deadline, **days)
    if since is None:
        return speech.item(verdict, "late_item_undated", deadline=deadline)
    then = next((one.standing for one in since.items if one.no == verdict.entry.item.no), None)
    name = "late_item_seen" if then is Standing.OVERDUE else "late_item_still"
    return speech.item(verdict, name, deadline=deadline, number=since.number)


def _due_soon(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    if len(case.due_soon) > LISTED:
        return (paragraph(speech.say("due_soon_many", case.due_soon, units=lead_units(case.due_soon))),)
    return speech.listing("due_soon", case.due_soon, lambda one: _due_soon_item(one, case, speech))


def _due_soon_item(verdict: Verdict, case: Case, speech: Speech) -> str:
    earlier = two_readings(verdict)
    slots = {"due": spoken_due(verdict), "asked": _asked("due_soon_asked", verdict, case, speech)}
    if earlier:
        deadline = quoted(brief(verdict.entry.item.deadline.text, 40))
        return speech.item(verdict, "due_soon_doubt", **slots, deadline=deadline, earlier=spoken_day(earlier))
    name = "due_soon_item" if verdict.days_left else "due_soon_today"
    return speech.item(verdict, name, **slots, days=verdict.days_left)


def _silent(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    missing = (*_missing(case, speech), *_chased(case, speech), *_carried(case, speech))
    if case.missing and case.not_reported:
        every = len(case.not_reported) == len(case.verdicts) > 1
        told = "every_not_reported" if every else _of_units("not_reported", case.missing)
        missing = (*missing, speech.say(told, case.not_reported))
    unreadable = _unit_sentence("unreadable", case.unreadable, speech)
    if case.unreadable and case.unread:
        unreadable = (*unreadable, speech.say(_of_units("unread_items", case.unreadable), case.unread))
    not_filled = (speech.say("not_filled", case.not_filled),) if case.not_filled else ()
    found = (missing, unreadable, not_filled)
    return tuple(paragraph(*sentences) for sentences in found if sentences)


def _of_units(name: str, units: Sequence[str]) -> str:
    """该单位、上述单位 — of one unit in the singular."""
    return f"{name}_one" if len(units) == 1 else name


def _missing(case: Case, speech: Speech) -> tuple[Sentence, ...]:
    """未报送的单位 — and how many bulletins in a row, where more than this one."""
    runs: dict[int, list[str]] = {}
    for unit in case.missing:
        if case.silent_runs.get(unit, 0) > 1:
            runs.setdefault(case.silent_runs[unit], []).append(unit)
    again = tuple(unit for run in sorted(runs, reverse=True) for unit in runs[run])
    if len(case.missing) == len(again) == 1:
        return (speech.say("missing_run_one", units=again, run=max(runs)),)
    told = _unit_sentence("missing", case.missing, speech)
    if len(again) == len(case.missing) and len(runs) == 1:
        return (*told, speech.say("missing_run_all", units=again, run=max(runs)))
    parts = [
        speech.word("missing_run_item", names=speech.names(runs[run]), run=run) for run in sorted(runs, reverse=True)
    ]
    return (*told, speech.say("missing_run_lead", units=again, list="，".join(parts))) if parts else told


def _chased(case: Case, speech: Speech) -> tuple[Sentence, ...]:
    """已采取的步骤 — since the units fell silent."""
    alike: dict[str, list[str]] = {}
    for one in case.change.escalations:
        if one.unit and not one.no and (taken := _steps(one, speech)):
            alike.setdefault(taken, []).append(one.unit)
    parts = [speech.word("missing_taken_item", names=speech.names(units), list=text) for text, units in alike.items()]
    told = [unit for units in alike.values() for unit in units]
    return (speech.say("missing_taken", units=told, list="，".join(parts)),) if told else ()


def _carried(case: Case, speech: Speech) -> tuple[Sentence, ...]:
    """沿用 — whose earlier words still count, though nothing came of them this time."""
    if not case.carried:
        return ()
    others = [unit for unit in case.missing if unit not in case.carried]
    if not others:
        return (speech.say("carried_one" if len(case.missing) == 1 else "carried_all", units=case.carried),)
    if len(others) <= _FEW < len(case.carried):
        return (speech.say("carried_but", units=case.carried, names=speech.names(others)),)
    return (speech.say("carried_lead", units=case.carried),)


def _unit_sentence(name: str, units: tuple[str, ...], speech: Speech) -> tuple[Sentence, ...]:
    if not units:
        return ()
    return (speech.say(f"{name}_one" if len(units) == 1 else f"{name}_lead", units=units),)


def _evidence(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return (
        *speech.listing("evidence_unproved", case.unproved),
        *speech.listing("evidence_undated", case.finish_unknown),
        *speech.listing("evidence_before", case.finish_before),
    )


def _basically(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return speech.listing("basically", case.basically)


def _clash(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return speech.listing("clash", case.clash, lambda verdict: _clash_item(verdict, speech))


def _clash_item(verdict: Verdict, speech: Speech) -> str:
    others = dict.fromkeys(
        speech.word("clash_other", unit=one.unit, claim=CLAIM_WORDS[one.claimed]) for one in disagreeing(verdict)
    )
    item = verdict.entry.item
    lead, claim = item.lead or "", CLAIM_WORDS[verdict.claimed]
    return speech.word("clash_item", no=item.no, lead=lead, claim=claim, others="，".join(others))


def _contradiction(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return speech.listing("contradiction", case.contradiction, lambda one: _contradiction_item(one, speech))


def _contradiction_item(verdict: Verdict, speech: Speech) -> str:
    reply = verdict.entry.lead_reply
    if reply is None or not (reply.status and reply.progress):
        return speech.item(verdict)
    words = {"status": quoted(brief(reply.status, 20)), "progress": quoted(brief(reply.progress, 40))}
    return speech.word("contradiction_item", no=verdict.entry.item.no, lead=reply.unit, **words)


def _moved(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    """时限变动 — since the last bulletin, with no approval recorded."""
    then = {verdict.entry.item.no: due for verdict, due in case.moved}
    return speech.listing("moved", tuple(one for one, _ in case.moved), lambda one: _moved_item(one, then, speech))


def _moved_item(verdict: Verdict, then: Mapping[str, date], speech: Speech) -> str:
    was = spoken_day(then[verdict.entry.item.no])
    return speech.item(verdict, "moved_item", was=was, due=spoken_due(verdict))


def _altered(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    verdicts = tuple({verdict.entry.item.no: verdict for verdict, _ in case.changed}.values())
    told: dict[str, list[str]] = {}
    for verdict, reply in case.changed:
        told.setdefault(verdict.entry.item.no, []).append(_altered_item(verdict, reply, speech))
    return speech.listing("changed", verdicts, lambda verdict: "；".join(told[verdict.entry.item.no]))


def _altered_item(verdict: Verdict, reply: Reply, speech: Speech) -> str:
    item = verdict.entry.item
    typed = quoted(brief(reply.row.text(Column.DEADLINE), 40))
    deadline = quoted(brief(item.deadline.text, 40))
    return speech.word("changed_item", no=item.no, deadline=deadline, unit=reply.unit, typed=typed)


def _confirm(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    if not case.confirm:
        return ()
    items = [_confirm_item(verdict, speech) for verdict in named(case.confirm)]
    if len(items) == 1:
        return (paragraph(*items, speech.word("confirm_one")),)
    lead = speech.say("confirm_lead", case.confirm)
    rest = case.confirm[len(items) :]
    return _one_by_one([lead], items, [speech.say("confirm_rest", rest)] if rest else [])


def _confirm_item(verdict: Verdict, speech: Speech) -> Sentence:
    item, deadline = verdict.entry.item, verdict.entry.item.deadline
    earlier = two_readings(verdict)
    return speech.say(
        "confirm_two" if earlier else "confirm_item",
        [verdict],
        units=[item.lead] if item.lead else [],
        no=item.no,
        owner=speech.owner(verdict),
        matter=brief(item.matter, 60),
        deadline=quoted(brief(deadline.text, 40)),
        because=brief(deadline.because or verdict.because, 120),
        earlier=spoken_day(earlier) if earlier else "",
        later=spoken_due(verdict),
    )


def _undated(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return speech.listing("undated", case.undated, lambda verdict: _undated_item(verdict, speech))


def _undated_item(verdict: Verdict, speech: Speech) -> str:
    item = verdict.entry.item
    if verdict.to_confirm:
        return speech.word("undated_seen", no=item.no)
    deadline = quoted(brief(item.deadline.text, 40))
    name = "undated_item" if deadline else "undated_blank"
    return speech.word(name, no=item.no, owner=speech.owner(verdict), deadline=deadline)


def _loose(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return speech.listing("long_term", case.loose, lambda verdict: _loose_item(verdict, speech))


def _loose_item(verdict: Verdict, speech: Speech) -> str:
    """缺什么 — what finding S06 misses: the units, or else the person who answers."""
    lacking = speech.word("lacking_person" if verdict.entry.item.units else "lacking_units")
    return speech.word("long_term_item", no=verdict.entry.item.no, owner=speech.owner(verdict), lacking=lacking)


_PROBLEMS: tuple[tuple[str, tuple[Callable[[Case, Speech], tuple[Paragraph, ...]], ...]], ...] = (
    ("problem_overdue", (_overdue, _late)),
    ("problem_due_soon", (_due_soon,)),
    ("problem_silent", (_silent,)),
    ("problem_stalled", (stalled, went_back, put_back, reopened)),
    ("problem_claims", (_evidence, _basically, _clash, _contradiction)),
    ("problem_deadlines", (_confirm, _undated, _moved, _altered)),
    ("problem_long_term", (_loose,)),
)
