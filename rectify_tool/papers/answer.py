"""应答 — the JSON answer of the command line, key by key as the contract has it."""

from __future__ import annotations

from datetime import date

from rectify_tool.model import FileRecord, Finding, Kind, Outcome, Reply, Source, Verdict
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
        },
        "findings": [_finding(finding) for finding in outcome.findings],
        "files": [_file(record) for record in outcome.ledger.files],
        "outputs": {"bulletin": None, "summary": None, **outcome.outputs},
    }


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
    }


def _reply(reply: Reply) -> Json:
    return {
        "unit": reply.unit,
        "claimed": reply.claimed.value,
        "progress": reply.progress,
        "source": _source(reply.source),
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
