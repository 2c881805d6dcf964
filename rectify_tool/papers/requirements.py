"""下一步要求 — who must do what by when; a new requirement is a new row of `_REQUIREMENTS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from rectify_tool.model import DONE, STEPS, Decision, Escalation, Paragraph, Sentence, Standing, Verdict
from rectify_tool.papers.cases import Case, lead_units, two_readings
from rectify_tool.papers.counts import SUGGESTED
from rectify_tool.papers.speech import LISTED, Speech, ordinal, paragraph, spoken_day


def requirements(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    """下一步要求 — who must do what by when; 一是、二是 where there are several."""
    asked = _asked(_REQUIREMENTS, case, speech) or _asked(_OTHERWISE, case, speech)[:1]
    if len(asked) == 1:
        return (paragraph(*asked[0]),)
    return tuple(paragraph(f"{ordinal(at)}是", *sentences) for at, sentences in enumerate(asked, 1))


def _asked(wanted: Sequence[tuple[str, Sequence[_Ask]]], case: Case, speech: Speech) -> list[list[Sentence | str]]:
    """各条要求 — of each that asks for something its leading words and its sentences."""
    told = ((heading, [sentence for ask in asks for sentence in ask(case, speech)]) for heading, asks in wanted)
    return [[speech.word(heading), *sentences] for heading, sentences in told if sentences]


_Asked = tuple[Sentence, ...]
_Ask = Callable[[Case, Speech], _Asked]


def _catch_up(case: Case, speech: Speech) -> _Asked:
    """抓紧整改 — of those whose word came or did not come; what came and could not be read is asked for again."""
    return _ask("next_overdue", tuple(one for one in case.overdue if not one.entry.lead_unreadable), case, speech)


def _send_again(case: Case, speech: Speech) -> _Asked:
    """重新报送 — what was returned, and what was closed and opened again."""
    return (*_ask("next_returned", case.returned, case, speech), *_ask("next_reopened", case.opened, case, speech))


def _watch(case: Case, speech: Speech) -> _Asked:
    """盯紧临期 — items of one day together; a day of two readings, or moved without approval, must be clear first."""
    days: dict[date, list[Verdict]] = {}
    moved = {verdict.entry.item.no for verdict, _ in case.moved}
    for verdict in case.due_soon:
        if verdict.due and not two_readings(verdict) and verdict.entry.item.no not in moved:
            days.setdefault(verdict.due, []).append(verdict)
    watched = tuple(verdict for verdicts in days.values() for verdict in verdicts)
    if len(watched) > LISTED:
        return _ask("next_due_soon_many", watched, case, speech)
    one = "_one" if len(watched) == 1 else ""
    told = "，".join(_by(day, days[day], one, case, speech) for day in sorted(days))
    return _ask(f"next_due_soon{one}", watched, case, speech, list=told)


def _by(day: date, verdicts: Sequence[Verdict], one: str, case: Case, speech: Speech) -> str:
    when = "today" if day == case.as_of else "day"
    return speech.word(f"next_due_soon_{when}{one}", due=spoken_day(day), nos=speech.numbers(verdicts))


def _report(case: Case, speech: Speech) -> _Asked:
    return _ask_units("next_missing", case.missing, case, speech)


def _fill_in(case: Case, speech: Speech) -> _Asked:
    return _ask("next_not_filled", case.not_filled, case, speech)


def _resend(case: Case, speech: Speech) -> _Asked:
    return _ask_units("next_unreadable", case.unreadable, case, speech)


def _press(case: Case, speech: Speech) -> _Asked:
    """催办督办 — the steps suggested and not taken yet, the mildest first, then those taken; people decide."""
    wanted = [one for one in case.change.escalations if one.step in SUGGESTED.values()]
    suggested = [
        (name, [one for one in wanted if one.step is step and not one.done]) for name, step in SUGGESTED.items()
    ]
    return (
        *(_suggested(name, found, case, speech) for name, found in suggested if found),
        *_taken([one for one in wanted if one.done], case, speech),
    )


def _suggested(name: str, found: Sequence[Escalation], case: Case, speech: Speech) -> Sentence:
    told = _together({unit: _why(ones, case, speech) for unit, ones in _grouped(found, _unit).items()}, speech)
    return _pressed(name, found, "、".join(told[:LISTED]), len(told), case, speech)


def _taken(found: Sequence[Escalation], case: Case, speech: Speech) -> _Asked:
    """已采取的步骤 — of each the gravest, said once for all items of a unit it was taken for on one day."""
    if not found:
        return ()
    told = []
    for (act, day), alike in _grouped(found, lambda one: (_gravest(one).act, _gravest(one).day)).items():
        when = speech.word("on_day", day=spoken_day(day)) if day else ""
        whys = {unit: _why(ones, case, speech) for unit, ones in _grouped(alike, _unit).items()}
        told += [speech.word(f"escalate_taken_{act.value}", who=who, when=when) for who in _together(whys, speech)]
    return (_pressed("escalate_taken", found, "，".join(told[:LISTED]), len(told), case, speech),)


def _gravest(escalation: Escalation) -> Decision:
    """最重的一步 — the last of them where it was taken several times."""
    return max(escalation.taken, key=lambda one: (STEPS.index(one.act), one.day or date.min))


def _pressed(name: str, found: Sequence[Escalation], told: str, parts: int, case: Case, speech: Speech) -> Sentence:
    units = tuple(dict.fromkeys(one.unit for one in found if one.unit))
    text = told if parts <= LISTED else speech.word("escalate_many", first=told, u=len(units))
    return speech.say(name, _items_of(found, case), units=units, list=text)


def _together(whys: Mapping[str | None, str], speech: Speech) -> list[str]:
    """催办对象 — each unit with the reason, those of exactly the same reason said at once."""
    alike: dict[str, list[str]] = {}
    for unit, why in whys.items():
        alike.setdefault(why, []).append(unit or speech.word("concerned"))
    return [
        speech.word("escalate_unit" if len(units) == 1 else "escalate_units", unit=speech.names(units), why=why)
        for why, units in alike.items()
    ]


def _unit(escalation: Escalation) -> str | None:
    return escalation.unit


def _why(found: Sequence[Escalation], case: Case, speech: Speech) -> str:
    """催办的原因 — items overdue equally long together, then the unit's own silence."""
    why = []
    for (silent, run), ones in _grouped(found, lambda one: (not one.no, one.run)).items():
        kind = "silent" if silent else "overdue"
        first = "_first" if run == 1 else ""
        why.append(speech.word(f"escalate_{kind}{first}", nos=speech.numbers(_items_of(ones, case)), run=run))
    return "，".join(why)


def _items_of(found: Iterable[Escalation], case: Case) -> tuple[Verdict, ...]:
    nos = {one.no for one in found}
    return tuple(verdict for verdict in case.verdicts if verdict.entry.item.no in nos)


_Key = TypeVar("_Key")


def _grouped(found: Iterable[Escalation], key: Callable[[Escalation], _Key]) -> dict[_Key, list[Escalation]]:
    groups: dict[_Key, list[Escalation]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    return groups


def _prove(case: Case, speech: Speech) -> _Asked:
    return _ask("next_evidence", _merged(case, case.unproved, case.finish_unknown), case, speech)


def _agree(case: Case, speech: Speech) -> _Asked:
    return _ask(
        "next_clash", _merged(case, case.clash, case.contradiction, case.basically, case.finish_before), case, speech
    )


def _settle(case: Case, speech: Speech) -> _Asked:
    """明确时限 — doubtful, read two ways, none at all, or moved without an approval while the item is not done."""
    unclear = tuple(verdict for verdict in case.due_soon if two_readings(verdict))
    moved = tuple(verdict for verdict, _ in case.moved if verdict.standing not in (*DONE, Standing.LONG_TERM))
    return _ask("next_deadline", _merged(case, case.confirm, case.undated, unclear, moved), case, speech)


def _close(case: Case, speech: Speech) -> _Asked:
    return _ask("next_close", case.to_close, case, speech, inspectors=speech.rules.office["inspectors"])


def _keep_on(case: Case, speech: Speech) -> _Asked:
    return _ask("next_long_term", case.long_term, case, speech)


def _go_on(case: Case, speech: Speech) -> _Asked:
    return _ask("next_go_on", case.on_track, case, speech)


def _keep_closed(case: Case, speech: Speech) -> _Asked:
    return _ask("next_closed", case.closed, case, speech)


def _ask(name: str, verdicts: tuple[Verdict, ...], case: Case, speech: Speech, **slots: Any) -> _Asked:
    if not verdicts:
        return ()
    leads = lead_units(verdicts)
    unled = any(one.entry.item.lead is None for one in verdicts)
    names = "、".join(filter(None, [speech.names(leads), speech.word("concerned") if unled else ""]))
    return (speech.say(name, verdicts, units=leads, names=names, by=spoken_day(case.by), **slots),)


def _ask_units(name: str, units: tuple[str, ...], case: Case, speech: Speech) -> _Asked:
    return (speech.say(name, units=units, by=spoken_day(case.by)),) if units else ()


def _merged(case: Case, *lists: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """并在一起 — each item once, in ledger order."""
    wanted = {verdict.entry.item.no for verdicts in lists for verdict in verdicts}
    return tuple(verdict for verdict in case.verdicts if verdict.entry.item.no in wanted)


_REQUIREMENTS: tuple[tuple[str, tuple[_Ask, ...]], ...] = (
    ("ask_overdue", (_catch_up, _send_again)),
    ("ask_due_soon", (_watch,)),
    ("ask_report", (_report, _fill_in, _resend)),
    ("ask_escalate", (_press,)),
    ("ask_verify", (_prove, _agree)),
    ("ask_deadline", (_settle,)),
    ("ask_close", (_close,)),
    ("ask_long_term", (_keep_on,)),
)
_OTHERWISE: tuple[tuple[str, tuple[_Ask, ...]], ...] = (("ask_go_on", (_go_on,)), ("ask_closed", (_keep_closed,)))
"""没有别的要求时 — the first of these that applies."""
