"""任务、要求、结果 — what a face asks for and what it gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from rectify_tool.model.item import Act
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
class Wish:
    """定稿的要求 — which run is to be the bulletin of record.

    ``number`` is None where the last run is meant; ``made`` is when the set was written that a person looked at and
    confirmed, None where whatever was written last is meant. ``correct`` says why a number is published again,
    ``accept`` why a difference of the cells is accepted; both "" where not given. ``out`` is where the run was written,
    None for 成果/.
    """

    folder: str
    now: datetime
    number: int | None = None
    correct: str = ""
    accept: str = ""
    out: str | None = None
    jobs: int | None = None
    made: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """要记的办理 — an act, whom it is about (an item's number, or a unit's name), and its particulars.

    ``new_due`` is the new day of an extension, else None; ``by`` the post that took it, "" for the office itself
    (口径 [office] sender), or the lead unit where an extension is asked for; ``anyway`` records what would otherwise
    be asked about.
    """

    folder: str
    act: Act
    target: str
    day: date
    now: datetime
    by: str = ""
    why: str = ""
    new_due: date | None = None
    anyway: bool = False
    jobs: int | None = None


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
