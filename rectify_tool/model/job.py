"""任务、结果 — what a face asks for and what it gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from rectify_tool.model.ledger import Ledger, Verdict
from rectify_tool.model.past import Change
from rectify_tool.model.place import Finding
from rectify_tool.model.rules import Rules


@dataclass(frozen=True, slots=True)
class Job:
    """任务 — what a face asks for: the folder, the day the papers speak for, and the bulletin's number.

    ``number`` is None where the tool should propose one; ``out`` None where 成果/ of the folder is meant;
    ``now`` is the moment the run started (the only clock the rooms see); ``pdf`` asks for the bulletin as a PDF too.
    """

    folder: str
    as_of: date
    now: datetime
    number: int | None = None
    out: str | None = None
    jobs: int | None = None
    pdf: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """结果 — what a run found and wrote.

    ``outputs`` maps bulletin, summary and, where one was made, pdf to absolute paths; empty for a check. ``change`` is
    what became of everything since the last published bulletin.
    """

    job: Job
    number: int
    ledger: Ledger
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    rules: Rules
    outputs: Mapping[str, str]
    change: Change = field(default_factory=Change)
