"""较上期 — what the overview says of the items and units since the last published bulletin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rectify_tool.model import Sentence, Turn, Verdict
from rectify_tool.papers.cases import Case, extension
from rectify_tool.papers.counts import TURNED
from rectify_tool.papers.speech import LISTED, Speech, joined, spoken_day


def compared(case: Case, speech: Speech) -> tuple[Sentence, ...]:
    """较上期 — a sentence for the items and one for the units that changed; nothing where nothing is published yet."""
    since = case.change.since
    if since is None or not case.change.items:
        return ()
    lead = speech.word("change_since", number=since.number, day=spoken_day(since.as_of))
    groups = [found for group in _GROUPS if (found := _clauses(group, case, speech))]
    told = [
        one for at, clauses in enumerate(groups, 1) for one in joined(clauses, end="。" if at == len(groups) else "；")
    ]
    return (Sentence(lead), *(told or [_unchanged(case, speech)]), *_units(case, speech))


def dropped(case: Case, speech: Speech) -> str:
    """不再列入 — the items of the last bulletin that are no longer there; "" where there are none."""
    nos = [one.no for one in case.change.dropped]
    many = "等" if len(nos) > LISTED else ""
    return speech.word("change_dropped", count=len(nos), list="、".join(nos[:LISTED]) + many) if nos else ""


def _clauses(names: Sequence[str], case: Case, speech: Speech) -> list[Sentence]:
    """各句 — a clause for each kind of change that occurs."""
    found = [(name, _picked(name, case)) for name in names]
    clauses = [speech.say(name, one, list=_moves(name, one, case, speech)) for name, one in found if one]
    left = dropped(case, speech) if "change_added" in names else ""
    return [*clauses, Sentence(left)] if left else clauses


def _picked(name: str, case: Case) -> tuple[Verdict, ...]:
    """所数的小项 — those of the turn, or where one turn is told in several ways those of this one."""
    apart = _APART.get(name)
    return apart(case) if apart else case.change.turned(TURNED[name])


def _relieved(case: Case, why: str) -> tuple[Verdict, ...]:
    """不再逾期 — apart what an approved extension excuses, and what has another due day without one."""
    moved = {verdict.entry.item.no for verdict, _ in case.moved}
    reasons = {
        one.entry.item.no: "extended" if extension(one) else "moved" if one.entry.item.no in moved else ""
        for one in case.change.turned(Turn.RELIEVED)
    }
    return tuple(one for one in case.verdicts if reasons.get(one.entry.item.no) == why)


def _moves(name: str, verdicts: Sequence[Verdict], case: Case, speech: Speech) -> str:
    """时限移动 — each item with its days; of too many the numbers alone."""
    if f"{name}_item" not in speech.rules.wording or len(verdicts) > LISTED:
        return speech.numbers(verdicts)
    moved = {one.verdict.entry.item.no: abs(one.days_moved or 0) for one in case.change.items}
    nos = [one.entry.item.no for one in verdicts]
    return "、".join(speech.word(f"{name}_item", no=no, days=moved[no]) for no in nos)


def _unchanged(case: Case, speech: Speech) -> Sentence:
    """没有变化 — and where a standing still differs (按期推进转为临期), that is not denied."""
    if any(one.before is None or one.before.standing is not one.verdict.standing for one in case.change.items):
        return speech.say("change_quiet")
    return speech.say("change_none") if len(case.verdicts) > 1 else speech.say("change_none_one", case.verdicts)


def _units(case: Case, speech: Speech) -> tuple[Sentence, ...]:
    started = [one.unit for one in case.change.units if one.started]
    stopped = [one.unit for one in case.change.units if one.stopped]
    told = [("change_started", started), ("change_stopped", stopped)]
    return joined([speech.say(name, units=units) for name, units in told if units])


_GROUPS = (
    ("change_finished", "change_closed", "change_long_term"),
    ("change_overdue", "change_extended", "change_moved", "change_relieved"),
    ("change_went_back", "change_returned", "change_reopened"),
    ("change_later", "change_earlier"),
    ("change_added",),
)
"""先后 — what belongs together stands between semicolons."""

_APART: Mapping[str, Callable[[Case], tuple[Verdict, ...]]] = {
    "change_extended": lambda case: _relieved(case, "extended"),
    "change_moved": lambda case: _relieved(case, "moved"),
    "change_relieved": lambda case: _relieved(case, ""),
    "change_returned": lambda case: case.put_back,
    "change_reopened": lambda case: case.reopened,
}
"""同一种变化的几种说法 — no longer overdue, by the reason; no longer done by the office's word, by its act."""
