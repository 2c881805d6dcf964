"""下一步要求 — who must do what by when; a new requirement is a new row of `_REQUIREMENTS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from rectify_tool.model import Paragraph, Sentence, Verdict
from rectify_tool.papers.cases import Case, lead_units
from rectify_tool.papers.speech import LISTED, Speech, ordinal, paragraph, spoken_day


def requirements(case: Case, speech: Speech) -> tuple[Paragraph, ...]:
    """下一步要求 — who must do what by when; 一是、二是 where there are several."""
    asked = [sentence for ask in _REQUIREMENTS for sentence in ask(case, speech)]
    asked = asked or [*_go_on(case, speech)]
    if len(asked) == 1:
        return (paragraph(*asked),)
    return tuple(paragraph(f"{ordinal(at)}是", sentence) for at, sentence in enumerate(asked, 1))


_Asked = tuple[Sentence, ...]


def _catch_up(case: Case, speech: Speech) -> _Asked:
    return _ask("next_overdue", case.overdue, case, speech)


def _watch(case: Case, speech: Speech) -> _Asked:
    """盯紧临期 — with the day of each, items of one day together."""
    days: dict[date, list[Verdict]] = {}
    for verdict in case.due_soon:
        if verdict.due:
            days.setdefault(verdict.due, []).append(verdict)
    if len(case.due_soon) == 1:
        return _ask("next_due_soon_one", case.due_soon, case, speech, list=_by(days, "next_due_soon_day", speech))
    if len(case.due_soon) > LISTED:
        return _ask("next_due_soon_many", case.due_soon, case, speech)
    return _ask("next_due_soon", case.due_soon, case, speech, list=_by(days, "next_due_soon_item", speech))


def _by(days: Mapping[date, Sequence[Verdict]], name: str, speech: Speech) -> str:
    told = (speech.word(name, due=spoken_day(due), nos=speech.numbers(members)) for due, members in days.items())
    return "，".join(told)


def _report(case: Case, speech: Speech) -> _Asked:
    return _ask_units("next_missing", case.missing, case, speech)


def _fill_in(case: Case, speech: Speech) -> _Asked:
    return _ask("next_not_filled", case.not_filled, case, speech)


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
    return _ask("next_go_on", case.on_track, case, speech) or _ask("next_closed", case.closed, case, speech)


def _ask(name: str, verdicts: tuple[Verdict, ...], case: Case, speech: Speech, **slots: Any) -> _Asked:
    if not verdicts:
        return ()
    leads = lead_units(verdicts)
    names = speech.names(leads) or speech.word("concerned")
    return (speech.say(name, verdicts, units=leads, names=names, by=spoken_day(case.by), **slots),)


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
    _fill_in,
    _resend,
    _prove,
    _agree,
    _settle,
    _close,
    _keep_on,
)
