"""督查专报 — the bulletin: its four parts in order, its attachments, and the fixed texts of the office."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rectify_tool.model import (
    BULLETIN_TEMPLATE,
    DONE,
    Claim,
    Field,
    Outcome,
    Paper,
    Paragraph,
    Sentence,
    Standing,
    Verdict,
)
from rectify_tool.papers.agreement import check_agreement
from rectify_tool.papers.attachments import attachment_fields
from rectify_tool.papers.cases import Case, sort_out, times_extended
from rectify_tool.papers.comparison import compared
from rectify_tool.papers.counts import (
    CLASSES,
    Group,
    by_aspect,
    owing,
    scope,
    should_be_done,
    standing_in,
    units_heard,
)
from rectify_tool.papers.problems import Section, problem_sections
from rectify_tool.papers.requirements import requirements
from rectify_tool.papers.setting import signature, title_lines
from rectify_tool.papers.speech import LISTED, Speech, brief, joined, ordinal, paragraph, spoken_day, spoken_due

_NAMED = 6
"""最多点明几项 — of one standing in one aspect; of more the numbers alone are told."""


def make_bulletin(outcome: Outcome) -> Paper:
    """督查专报 — the paper of this number; headings are numbered over the parts that have something to say.

    Raises:
        RectifyError: FIGURES_DISAGREE where any two figures do not agree.
    """
    speech, case = Speech(outcome.rules), sort_out(outcome)
    parts = (
        (speech.word("heading_overview"), (Section("", _overview(outcome, case, speech)),)),
        (speech.word("heading_progress"), _progress(outcome.verdicts, speech)),
        (speech.word("heading_problems"), problem_sections(case, speech)),
        (speech.word("heading_next"), (Section("", requirements(case, speech)),)),
    )
    paper = Paper(
        template=BULLETIN_TEMPLATE,
        title=f"{outcome.rules.office['name']}第{outcome.number}期",
        day=outcome.job.as_of,
        fields={
            **_masthead(outcome),
            "opening": paragraph(*_opening(outcome, speech)),
            "parts": _numbered(parts),
            **attachment_fields(outcome.verdicts, speech),
            "note": f"{_as_of(outcome, speech)}。{_terms(outcome, speech)}。",
            "leaders_note": speech.word("leaders_note") + "。",
        },
    )
    check_agreement(outcome, paper)
    return paper


def _masthead(outcome: Outcome) -> dict[str, Field]:
    office = outcome.rules.office
    day = spoken_day(outcome.job.as_of)
    return {
        "name": office["name"],
        "number": str(outcome.number),
        "sender": office["sender"],
        "secrecy": office["secrecy"],
        "serial": office["serial"],
        "mark": office["mark"],
        "day": day,
        "title": title_lines(office["title"]),
        "signed": signature(office["sender"], day),
        "report_to": _with_stop(office["report_to"]),
        "send_to": _with_stop(office["send_to"]),
        "issuer": office["issuer"] or office["sender"],
        "copies": office["copies"],
        "imprint": "".join(office[key] for key in ("report_to", "send_to", "issuer", "sender", "copies")),
    }


def _with_stop(units: str) -> str:
    """末尾句号 — behind the last of the units a paper goes to (GB/T 9704-2012 7.4.1)."""
    return units.rstrip("。") + "。" if units else ""


def _opening(outcome: Outcome, speech: Speech) -> list[Sentence]:
    ledger, corrects = outcome.ledger, outcome.change.corrects
    heard = any(unit in ledger.expected for unit in (*ledger.reported, *ledger.unreadable))
    sentences = [speech.say("opening" if heard else "opening_silent", day=spoken_day(outcome.job.as_of))]
    if corrects:
        sentences.append(speech.say("corrects", number=corrects.number, day=spoken_day(corrects.as_of)))
    base = ledger.base
    if base and any("年份推定" in note for one in outcome.verdicts for note in one.entry.item.deadline.notes):
        sentences.append(speech.say("base", base=spoken_day(base)))
    return sentences


def _as_of(outcome: Outcome, speech: Speech) -> str:
    return speech.word("as_of_note", day=spoken_day(outcome.job.as_of))


def _terms(outcome: Outcome, speech: Speech) -> str:
    return speech.word("terms_note", within=outcome.rules.due_soon_days)


# ---------------------------------------------------------------- 一、总体情况 ----


def _overview(outcome: Outcome, case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    found = (_figures(case, speech), _units(outcome, speech), compared(case, speech))
    return tuple(paragraph(*sentences) for sentences in found if sentences)


def _figures(case: Case, speech: Speech) -> list[Sentence]:
    verdicts = case.verdicts
    if not verdicts:
        return []
    clauses = _clauses(verdicts, speech, listed=False)
    if len(verdicts) == 1:
        sentences = [*joined([speech.say("total_one", verdicts), *clauses])]
    else:
        total = speech.say("total", verdicts, scope=_scope(verdicts, speech))
        apart = [Sentence("。" + speech.word("of_them"))] if len(clauses) > 1 else [Sentence("，")]
        sentences = [total, *apart, *joined(clauses)]
    return [
        *sentences,
        *(_of_done(verdicts, speech) if len(verdicts) > 1 else ()),
        *_rates(verdicts, speech),
        *_silent(case, speech),
        *_extended(case, speech),
        *(joined([speech.say("to_confirm", case.confirm)]) if case.confirm else ()),
    ]


def _scope(verdicts: Sequence[Verdict], speech: Speech) -> str:
    """涉及 — how many aspects and problems, left out where the breakdown names none or each item is its own problem."""
    aspects, problems = scope(verdicts)
    if aspects:
        return speech.word("scope_both", aspects=aspects, problems=problems)
    return speech.word("scope_problems", problems=problems) if problems else ""


def _clauses(verdicts: Sequence[Verdict], speech: Speech, *, listed: bool) -> list[Sentence]:
    """分项各句 — one clause for each class that has items; one clause alone says 均 or, of one item, nothing of it."""
    found = [(name, standing_in(verdicts, *standings)) for name, standings in CLASSES]
    present = [(name, members) for name, members in found if members]
    if len(present) == 1:
        name, members = present[0]
        how = "one" if len(members) == 1 else "all"
        return [speech.say(f"{how}_{_told_as(name, members)}", members)]
    return [_some(name, members, speech, listed) for name, members in present]


def _told_as(name: str, members: Sequence[Verdict]) -> str:
    """一组小项的说法 — what nobody reported on is not called 推进; a group of one kind of 完成 is called by it."""
    if name == "on_track" and all(one.claimed is Claim.NONE for one in members):
        return "waiting"
    if name == "done" and all(one.standing is Standing.CLOSED for one in members):
        return "done_closed"
    if name == "done" and len(members) == 1 and members[0].standing is Standing.FINISHED_LATE:
        return "done_late"
    return name


def _some(name: str, members: tuple[Verdict, ...], speech: Speech, listed: bool) -> Sentence:
    told = _told_as(name, members) if name == "on_track" else name
    sentence = speech.say(f"some_{told}", members)
    if not listed or len(members) > LISTED:
        return sentence
    if len(members) <= _NAMED and all(one.entry.item.item for one in members):
        text = speech.word("with_numbers", text=sentence.text, list=_matters(members, speech))
    else:
        text = speech.word("with_numbers_only", text=sentence.text, nos=speech.numbers(members))
    return Sentence(text, sentence.nos, name=sentence.name)


def _matters(verdicts: Sequence[Verdict], speech: Speech) -> str:
    """小项内容 — each briefly with its number: who reads the bulletin does not know the numbers by heart."""
    items = [verdict.entry.item for verdict in verdicts]
    return "；".join(speech.word("matter_and_number", matter=brief(one.item, 24), no=one.no) for one in items)


def _of_done(verdicts: Sequence[Verdict], speech: Speech) -> tuple[Sentence, ...]:
    done = standing_in(verdicts, *DONE)
    closed, late = standing_in(verdicts, Standing.CLOSED), standing_in(verdicts, Standing.FINISHED_LATE)
    present = [(name, members) for name, members in (("closed", closed), ("finished_late", late)) if members]
    if not present or len(closed) == len(verdicts):
        return ()
    if len(done) == 1:
        return joined([speech.say(f"{name}_one", members) for name, members in present])
    clauses = [speech.say(name, members) for name, members in present]
    return (Sentence(speech.word("of_done")), *joined(clauses))


def _rates(verdicts: Sequence[Verdict], speech: Speech) -> tuple[Sentence, ...]:
    """完成率 — of all items, and of those whose day has passed; where all is done or nothing, none tells anything."""
    done, due = standing_in(verdicts, *DONE), should_be_done(verdicts)
    if not done or len(done) == len(verdicts):
        return ()
    finished = standing_in(due, *DONE)
    rates = [speech.say("rate_total", done, of=verdicts)]
    if finished and 1 < len(due) < len(verdicts):
        rates.append(speech.say("rate_due_all" if len(finished) == len(due) else "rate_due", finished, of=due))
    return joined(rates, "；")


def _silent(case: Case, speech: Speech) -> list[Sentence]:
    """没有进展的 — of the items called 按期推进; where nobody reported on any of them they are not called so."""
    if len(case.silent_on_track) == len(case.on_track):
        return []
    nothing_new = tuple(one for one in case.silent_on_track if one not in case.never_said)
    found = (("silent_never", case.never_said), ("silent_on_track", nothing_new))
    return [speech.say(name, verdicts) for name, verdicts in found if verdicts]


def _extended(case: Case, speech: Speech) -> tuple[Sentence, ...]:
    """批准延期 — with the new day of each."""
    if not case.extended:
        return ()
    told = speech.items(case.extended, lambda one: _extended_item(one, speech))
    return (speech.say("extended_one" if len(case.extended) == 1 else "extended_lead", case.extended, list=told),)


def _extended_item(verdict: Verdict, speech: Speech) -> str:
    times = times_extended(verdict)
    again = "_again" if times > 1 else ""
    slots = {"no": verdict.entry.item.no, "due": spoken_due(verdict)}
    return speech.word(f"extended_item{again}", **slots, times=ordinal(times))


def _units(outcome: Outcome, speech: Speech) -> tuple[Sentence, ...]:
    ledger = outcome.ledger
    if not ledger.expected:
        return ()
    present = [(name, units) for name, units in units_heard(ledger).items() if units]
    if len(ledger.expected) == 1:
        return joined([speech.say("units_one", units=ledger.expected), speech.say(f"units_one_{present[0][0]}")])
    total = speech.say("units", units=ledger.expected)
    idle = tuple(unit for unit in ledger.missing if unit not in owing(outcome.verdicts))
    done = (speech.say("units_idle", units=idle),) if idle else ()
    if len(present) == 1:
        return (*joined([total, speech.say(f"units_all_{present[0][0]}")]), *done)
    if "unreadable" in dict(present):
        present = [("usable" if name == "reported" else name, units) for name, units in present]
    told = joined([total, *(speech.say(f"units_{name}", units=units) for name, units in present)])
    return (*told, *done)


# ---------------------------------------------------------------- 二、整改进展 ----


def _progress(verdicts: Sequence[Verdict], speech: Speech) -> tuple[Section, ...]:
    """整改进展 — by aspect; of a single item, or where all are alike, there is nothing to say beyond the overview."""
    groups = by_aspect(verdicts)
    if len(groups) < 2:
        clauses = _clauses(verdicts, speech, listed=True)
        return (Section("", (paragraph(*joined(clauses, _between(clauses))),)),) if len(clauses) > 1 else ()
    return tuple(
        Section(_unnumbered(group.name) or speech.word("aspect_none"), (_aspect(group, speech),)) for group in groups
    )


def _unnumbered(name: str) -> str:
    """去掉原有序号 — 一、落实…… of the breakdown; the bulletin numbers its headings itself."""
    return _OWN_NUMBER.sub("", brief(name, 400))


_OWN_NUMBER = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+[、.．]|\d+[、.．](?!\d))\s*"
)


def _aspect(group: Group, speech: Speech) -> Paragraph:
    clauses = _clauses(group.verdicts, speech, listed=True)
    alone = len(group.verdicts) == 1
    total = speech.say("aspect_one" if alone else "aspect_total", group.verdicts)
    if len(clauses) == 1:
        return paragraph(*joined([total, *clauses]))
    between = _between(clauses)
    apart = "" if between == "。" else speech.word("of_them")
    return paragraph(total, f"。{apart}", *joined(clauses, between))


def _between(clauses: Sequence[Sentence]) -> str:
    """分项之间 — a full stop where they name their items, else a comma."""
    return "。" if any("：" in one.text for one in clauses) else "，"


# ---------------------------------------------------------------- 编号 ----


def _numbered(parts: Sequence[tuple[str, Sequence[Section]]]) -> tuple[Field, ...]:
    """排序号 — 一、二、 over parts with content, （一）（二） over their sections; a single section has no heading."""
    filled = [(heading, sections) for heading, sections in parts if any(one.paragraphs for one in sections)]
    return tuple(
        {"heading": f"{ordinal(at)}、{heading}", "sections": tuple(_sections(sections))}
        for at, (heading, sections) in enumerate(filled, 1)
    )


def _sections(sections: Sequence[Section]) -> list[Mapping[str, Field]]:
    several = len(sections) > 1
    return [
        {"heading": f"（{ordinal(at)}）{one.heading}" if several else "", "paragraphs": one.paragraphs}
        for at, one in enumerate(sections, 1)
    ]
