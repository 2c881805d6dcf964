"""催办 — the step the rules suggest for what is overdue or silent in a row, and the steps taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rectify_tool.model import STEPS, Act, Decision, Escalation, ItemChange, Ledger, Published, Rules, UnitChange


def escalations(
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
