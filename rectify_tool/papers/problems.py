"""存在问题 — what is wrong and who is named for it; a new kind of problem is a new row of `_PROBLEMS`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rectify_tool.model import (
    CLAIM_WORDS,
    Claim,
    Column,
    Decision,
    Escalation,
    Paragraph,
    Reply,
    Sentence,
    Verdict,
)
from rectify_tool.papers.cases import (
    Case,
    disagreeing,
    extension,
    extension_asked,
    lead_said,
    lead_units,
    opened_again,
    sent_back,
    times_extended,
    two_readings,
)
from rectify_tool.papers.counts import SUGGESTED
from rectify_tool.papers.speech import LISTED, Speech, brief, ordinal, paragraph, quoted, spoken_day, spoken_due

NAMED = 20
"""最多逐项点名几项 — the rest stands in the attachment; longer lists nobody reads in running text."""


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
    items = [_overdue_item(verdict, case, speech) for verdict in _named(case.overdue)]
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


def _named(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """逐项点名的小项 — all of them where only a few would be left over."""
    return verdicts if len(verdicts) <= NAMED + 3 else verdicts[:NAMED]


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
        asked=_asked(verdict, case, speech),
        taken=_taken(item.no, case, speech),
    )


def _asked(verdict: Verdict, case: Case, speech: Speech) -> str:
    """申请延期 — asked for and not approved, which leaves the deadline as it is."""
    asked = extension_asked(verdict, case.as_of)
    if asked is None:
        return ""
    due = asked.new_due
    return speech.word("overdue_asked", due=spoken_day(due)) if due else speech.word("overdue_asked_open")


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
    why = _reason(sent)
    return {"day": spoken_day(sent.day), "why": f"（{why}）" if why else ""}


def _reason(decision: Decision) -> str:
    """理由 — as written, without the day and the act it may begin with."""
    return brief(_OWN_DAY.sub("", decision.why), 60)


_OWN_DAY = re.compile(r"^[\d年月日号./\-\s]*(?:退回|重新打开)?[：:，,；;\s]*")


def _helpers_done(verdict: Verdict, speech: Speech) -> str:
    """配合单位已报完成 — in fairness to them, where the lead says nothing of the item."""
    if verdict.entry.lead_reply is not None and verdict.entry.lead_reply.claimed is not Claim.NONE:
        return ""
    done = tuple(dict.fromkeys(one.unit for one in disagreeing(verdict) if one.unit and one.claimed is Claim.DONE))
    return speech.word("said_helpers_done", names=speech.names(done)) if done else ""


def _late(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("late", case.late, speech, lambda verdict: _late_item(verdict, speech))


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
    if len(case.due_soon) > LISTED:
        return (paragraph(speech.say("due_soon_many", case.due_soon, units=lead_units(case.due_soon))),)
    return _listing("due_soon", case.due_soon, speech, lambda one: _due_soon_item(one, speech))


def _due_soon_item(verdict: Verdict, speech: Speech) -> str:
    due = spoken_due(verdict)
    item, earlier = verdict.entry.item, two_readings(verdict)
    slots = {"no": item.no, "owner": speech.owner(verdict), "due": due}
    if earlier:
        deadline = quoted(brief(item.deadline.text, 40))
        return speech.word("due_soon_doubt", **slots, deadline=deadline, earlier=spoken_day(earlier))
    return speech.word("due_soon_item" if verdict.days_left else "due_soon_today", **slots, days=verdict.days_left)


def _silent(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    missing = (*_missing(case, speech), *_chased(case, speech), *_carried(case, speech))
    if case.missing and case.not_reported:
        every = "every_" if len(case.not_reported) == len(case.verdicts) > 1 else ""
        missing = (*missing, speech.say(f"{every}not_reported", case.not_reported))
    unreadable = _unit_sentence("unreadable", case.unreadable, speech)
    if case.unreadable and case.unread:
        unreadable = (*unreadable, speech.say("unread_items", case.unread))
    not_filled = (speech.say("not_filled", case.not_filled),) if case.not_filled else ()
    found = (missing, unreadable, not_filled)
    return tuple(paragraph(*sentences) for sentences in found if sentences)


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
    steps = {one.unit: _steps(one, speech) for one in case.change.escalations if one.unit and not one.no}
    told = {unit: text for unit, text in steps.items() if text}
    parts = [speech.word("missing_taken_item", unit=unit, list=text) for unit, text in told.items()]
    return (speech.say("missing_taken", units=[*told], list="，".join(parts)),) if told else ()


def _carried(case: Case, speech: Speech) -> tuple[Sentence, ...]:
    """沿用 — whose earlier words still count, though nothing came of them this time."""
    if not case.carried:
        return ()
    every = "one" if len(case.missing) == 1 else "all"
    return (speech.say(f"carried_{every if case.carried == case.missing else 'lead'}", units=case.carried),)


def _unit_sentence(name: str, units: tuple[str, ...], speech: Speech) -> tuple[Sentence, ...]:
    if not units:
        return ()
    return (speech.say(f"{name}_one" if len(units) == 1 else f"{name}_lead", units=units),)


def _same_text(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return (
        *_listing("same_text", case.same_text, speech, None),
        *_listing("near_text", case.near_text, speech, None),
    )


def _went_back(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("went_back", case.went_back, speech, lambda verdict: _went_back_item(verdict, case, speech))


def _went_back_item(verdict: Verdict, case: Case, speech: Speech) -> str:
    """又改为未完成 — what the unit itself says now, or no longer says; it may also say what does not count."""
    slots = {"no": verdict.entry.item.no, "owner": speech.owner(verdict)}
    reply = verdict.entry.lead_reply
    if reply is None or reply.claimed is Claim.NONE:
        return speech.word("went_back_silent", **slots)
    if reply.claimed is Claim.DONE:
        return _by_act("put_back_item", verdict, case, speech)
    return speech.word("went_back_said", **slots, claim=CLAIM_WORDS[reply.claimed])


def _put_back(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("put_back", case.put_back, speech, lambda verdict: _by_act("put_back_item", verdict, case, speech))


def _reopened(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("reopened", case.reopened, speech, lambda verdict: _by_act("reopened_item", verdict, case, speech))


def _by_act(name: str, verdict: Verdict, case: Case, speech: Speech) -> str:
    """退回、重新打开 — with the day and the reason of the office's act; a closing may also just be gone."""
    slots = {"no": verdict.entry.item.no, "owner": speech.owner(verdict)}
    back = opened_again(verdict, case.as_of)
    if back is None or back.day is None:
        return speech.word("reopened_bare" if name == "reopened_item" else "plain_item", **slots)
    why = _reason(back)
    return speech.word(name, **slots, day=spoken_day(back.day), why=speech.word("because", why=why) if why else "")


def _evidence(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return (
        *_listing("evidence_unproved", case.unproved, speech, None),
        *_listing("evidence_undated", case.finish_unknown, speech, None),
    )


def _basically(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("basically", case.basically, speech, None)


def _clash(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("clash", case.clash, speech, lambda verdict: _clash_item(verdict, speech))


def _clash_item(verdict: Verdict, speech: Speech) -> str:
    others = dict.fromkeys(
        speech.word("clash_other", unit=one.unit, claim=CLAIM_WORDS[one.claimed]) for one in disagreeing(verdict)
    )
    item = verdict.entry.item
    lead, claim = item.lead or "", CLAIM_WORDS[verdict.claimed]
    return speech.word("clash_item", no=item.no, lead=lead, claim=claim, others="，".join(others))


def _contradiction(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("contradiction", case.contradiction, speech, lambda one: _contradiction_item(one, speech))


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
    return _listing("changed", verdicts, speech, lambda verdict: "；".join(told[verdict.entry.item.no]))


def _altered_item(verdict: Verdict, reply: Reply, speech: Speech) -> str:
    item = verdict.entry.item
    typed = quoted(brief(reply.row.text(Column.DEADLINE), 40))
    deadline = quoted(brief(item.deadline.text, 40))
    return speech.word("changed_item", no=item.no, deadline=deadline, unit=reply.unit, typed=typed)


def _confirm(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    if not case.confirm:
        return ()
    items = [_confirm_item(verdict, speech) for verdict in _named(case.confirm)]
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
    return _listing("undated", case.undated, speech, lambda verdict: _undated_item(verdict, speech))


def _undated_item(verdict: Verdict, speech: Speech) -> str:
    item = verdict.entry.item
    if verdict.to_confirm:
        return speech.word("undated_seen", no=item.no)
    deadline = quoted(brief(item.deadline.text, 40))
    name = "undated_item" if deadline else "undated_blank"
    return speech.word(name, no=item.no, owner=speech.owner(verdict), deadline=deadline)


def _loose(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    return _listing("long_term", case.loose, speech, lambda verdict: _loose_item(verdict, speech))


def _loose_item(verdict: Verdict, speech: Speech) -> str:
    """缺什么 — what finding S06 misses: the units, or else the person who answers."""
    lacking = speech.word("lacking_person" if verdict.entry.item.units else "lacking_units")
    return speech.word("long_term_item", no=verdict.entry.item.no, owner=speech.owner(verdict), lacking=lacking)


def _listing(
    name: str,
    verdicts: tuple[Verdict, ...],
    speech: Speech,
    told: Callable[[Verdict], str] | None,
) -> tuple[Paragraph, ...]:
    """一句列项 — one sentence with its items in ``told``'s words (number and lead unit where None); nothing of none.

    Of a single item the sentence speaks of the item itself (the wording ``name``_one), and lists nothing.
    """
    if not verdicts:
        return ()
    listed = speech.items(verdicts, told or (lambda verdict: _plain_item(verdict, speech)))
    wording = f"{name}_one" if len(verdicts) == 1 else f"{name}_lead"
    return (paragraph(speech.say(wording, verdicts, units=lead_units(verdicts), list=listed)),)


def _plain_item(verdict: Verdict, speech: Speech) -> str:
    return speech.word("plain_item", no=verdict.entry.item.no, owner=speech.owner(verdict))


_PROBLEMS: tuple[tuple[str, tuple[Callable[[Case, Speech], tuple[Paragraph, ...]], ...]], ...] = (
    ("problem_overdue", (_overdue, _late)),
    ("problem_due_soon", (_due_soon,)),
    ("problem_silent", (_silent,)),
    ("problem_stalled", (_same_text, _went_back, _put_back, _reopened)),
    ("problem_claims", (_evidence, _basically, _clash, _contradiction)),
    ("problem_deadlines", (_confirm, _undated, _altered)),
    ("problem_long_term", (_loose,)),
)
