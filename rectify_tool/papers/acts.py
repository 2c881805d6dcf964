"""办理各行 — every act of the office as a face lists it: the records of 台账.db and what stands in the workbooks."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date

from rectify_tool.model import DATABASE, Decision, DecisionLine, Outcome, Past, Record, Source, taken_back

IN_FORCE = "有效"
"""有效 — how the state of an act begins that nobody has taken back."""


def decision_lines(outcome: Outcome, past: Past) -> tuple[DecisionLine, ...]:
    """办理各行 — the newest first, those without a day last; of one day the later record first.

    What a workbook and 台账.db both tell stands once, as the record.
    """
    ledger, register = outcome.ledger, _Register.of(past)
    known = {entry.item.no for entry in ledger.entries}
    written = [*(act for entry in ledger.entries for act in entry.decisions), *ledger.acts]
    lines = [_recorded(one, register, known, outcome.job.as_of) for one in past.records]
    lines += [_written(one, outcome.job.as_of) for one in written if one.source.file != DATABASE]
    return tuple(sorted(lines, key=_newest_first))


def _newest_first(line: DecisionLine) -> tuple[int, int]:
    return -(line.day or date.min).toordinal(), -(line.serial or 0)


@dataclass(frozen=True, slots=True)
class _Register:
    """记录 — by their numbers, and by which counter-entry in force each was taken back."""

    by_serial: Mapping[int, Record]
    undone_by: Mapping[int, int]

    @classmethod
    def of(cls, past: Past) -> _Register:
        gone = taken_back(past.records)
        counter = [one for one in past.records if one.undoes in gone and one.serial not in gone]
        return cls({one.serial: one for one in past.records}, {one.undoes: one.serial for one in counter if one.undoes})

    def target(self, record: Record) -> str:
        """对象 — an item's number or a unit's name; of a counter-entry that of the record it takes back."""
        if record.decision is not None:
            return record.decision.no or record.decision.unit or ""
        undone = self.by_serial.get(record.undoes or 0)
        return self.target(undone) if undone and undone.serial < record.serial else ""


def _recorded(record: Record, register: _Register, known: Container[str], as_of: date) -> DecisionLine:
    decision, by = record.decision, register.undone_by.get(record.serial)
    told = [f"撤回第{record.undoes}条"] if decision is None else []
    told += [f"已由第{by}条撤回"] if by else []
    return DecisionLine(
        serial=record.serial,
        day=decision.day if decision else record.at.date(),
        act=decision.act if decision else None,
        target=register.target(record),
        new_due=decision.new_due if decision else None,
        why=decision.why if decision else record.why,
        by=decision.by if decision else record.by,
        state="，".join(told) if decision is None or told else _state(decision, known, as_of),
        undoes=record.undoes,
        source=Source(DATABASE, None, f"第{record.serial}条"),
        undoable=by is None,
    )


def _written(decision: Decision, as_of: date) -> DecisionLine:
    """写在表里的办理 — it can only be taken back where it is written."""
    return DecisionLine(
        serial=None,
        day=decision.day,
        act=decision.act,
        target=decision.no or decision.unit or "",
        new_due=decision.new_due,
        why=decision.why,
        by=decision.by,
        state=_state(decision, (decision.no,), as_of),
        undoes=None,
        source=decision.source,
    )


def _state(decision: Decision, known: Container[str], as_of: date) -> str:
    """有效 — and why it does not count this time, where it does not."""
    if decision.no and decision.no not in known:
        return f"{IN_FORCE}（责任分解表里没有这个小项，这次没有采用）"
    return f"{IN_FORCE}（基准日之后，这次不计）" if decision.day and decision.day > as_of else IN_FORCE
