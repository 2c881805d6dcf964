"""应答 — the JSON answer of the command line, key by key as the contract has it."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from rectify_tool.model import (
    Change,
    Decision,
    Escalation,
    FileRecord,
    Finding,
    ItemChange,
    Kind,
    Outcome,
    Reply,
    Source,
    UnitChange,
    Verdict,
)
from rectify_tool.papers.counts import count

Json = dict[str, object]


def as_json(outcome: Outcome) -> Json:
    """应答 — plain values only, keys in the contract's order; ``outputs`` holds null where nothing was written.

    A PDF stands in ``outputs`` only where one was made.
    """
    return {
        "as_of": outcome.job.as_of.isoformat(),
        "number": outcome.number,
        "counts": count(outcome.verdicts),
        "items": [_item(verdict) for verdict in outcome.verdicts],
        "units": {
            "expected": list(outcome.ledger.expected),
            "reported": list(outcome.ledger.reported),
            "missing": list(outcome.ledger.missing),
            "unreadable": list(outcome.ledger.unreadable),
            "carried": list(outcome.ledger.carried),
            "decisions": [{"unit": one.unit, **_decision(one)} for one in outcome.ledger.acts],
        },
        "changes": _changes(outcome.change),
        "escalations": [_escalation(one) for one in outcome.change.escalations],
        "findings": [_finding(finding) for finding in outcome.findings],
        "files": [_file(record) for record in outcome.ledger.files],
        "outputs": {"bulletin": None, "summary": None, **outcome.outputs},
    }


def judged(outcome: Outcome) -> str:
    """判定的摘要 — the digest of all that is said of the items and units, to be found again when it is published."""
    answer = as_json(outcome)
    text = json.dumps({key: answer[key] for key in _JUDGED}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_JUDGED = ("as_of", "number", "counts", "items", "units", "changes", "escalations")


def _item(verdict: Verdict) -> Json:
    item = verdict.entry.item
    return {
        "no": item.no,
        "aspect": item.aspect,
        "problem": item.problem,
        "item": item.item,
        "deadline": item.deadline.text,
        "due": _day(verdict.due),
        "doubt": item.deadline.doubt,
        "stages": [day.isoformat() for day in item.deadline.due] if item.deadline.kind is Kind.STAGED else [],
        "standing": verdict.standing.value,
        "days_left": verdict.days_left,
        "because": verdict.because,
        "finished": _day(verdict.finished),
        "lead": item.lead,
        "units": list(item.units),
        "claimed": verdict.claimed.value,
        "replies": [_reply(reply) for reply in verdict.entry.replies],
        "decisions": [_decision(decision) for decision in verdict.entry.decisions],
    }


def _reply(reply: Reply) -> Json:
    return {
        "unit": reply.unit,
        "claimed": reply.claimed.value,
        "progress": reply.progress,
        "source": _source(reply.source),
    }


def _decision(decision: Decision) -> Json:
    return {
        "act": decision.act.value,
        "day": _day(decision.day),
        "new_due": _day(decision.new_due),
        "by": decision.by,
        "why": decision.why,
        "source": _source(decision.source),
    }


def _changes(change: Change) -> Json:
    """较上期 — the items that turned, moved, stand otherwise or are overdue, the units that changed or are silent."""
    since = change.since
    return {
        "since": {"number": since.number, "as_of": since.as_of.isoformat()} if since else None,
        "items": [_item_change(one) for one in change.items if _tells(one)],
        "units": [_unit_change(one) for one in change.units if (since and one.before is not one.now) or one.silent_run],
        "dropped": [one.no for one in change.dropped],
    }


def _tells(one: ItemChange) -> bool:
    return bool(one.turns or one.days_moved or one.overdue_run or one.stands_otherwise)


def _item_change(one: ItemChange) -> Json:
    return {
        "no": one.verdict.entry.item.no,
        "before": one.before.standing.value if one.before else None,
        "now": one.verdict.standing.value,
        "turns": [turn.value for turn in one.turns],
        "days_moved": one.days_moved,
        "overdue_run": one.overdue_run,
    }


def _unit_change(one: UnitChange) -> Json:
    return {
        "unit": one.unit,
        "before": one.before.value if one.before else None,
        "now": one.now.value,
        "silent_run": one.silent_run,
    }


def _escalation(one: Escalation) -> Json:
    return {
        "step": one.step.value,
        "no": one.no or None,
        "unit": one.unit,
        "run": one.run,
        "taken": [{"act": act.act.value, "day": _day(act.day), "by": act.by, "why": act.why} for act in one.taken],
        "done": one.done,
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        **_source(finding.source),
        "message": finding.message,
    }


def _file(record: FileRecord) -> Json:
    return {
        "file": record.file,
        "role": record.role.value,
        "unit": record.unit,
        "outcome": record.outcome.value,
        "sha256": record.sha256,
        "cells": record.cells,
        "used": record.used,
        "set_aside": record.set_aside,
        "headings": [
            {"text": one.text, "cell": one.cell, "column": one.column.value, "score": round(one.score, 2)}
            for one in record.headings
        ],
    }


def _source(source: Source) -> Json:
    return {"file": source.file, "sheet": source.sheet, "cell": source.cell}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
