"""查看 — read, understand, merge and judge a work folder; nothing is written."""

from __future__ import annotations

from pathlib import Path

from rectify_tool.history import read_past
from rectify_tool.intake import Kept, receive
from rectify_tool.model import Job, Outcome, Past, Received, Rules
from rectify_tool.places import default_rules_text
from rectify_tool.rules import read_rules
from rectify_tool.story.gather import Inbox, gather, understand, work_folder
from rectify_tool.story.progress import Progress, phase
from rectify_tool.story.settings import office_text
from rectify_tool.tables import reads_alike, settings_from


def examine(job: Job, progress: Progress | None = None, kept: Kept | None = None, past: Past | None = None) -> Outcome:
    """查看 — the ledger of a work folder as of a day, with every finding; ``outputs`` is empty.

    Args:
        job: The folder, the day and the number.
        progress: Told after each file and before each phase.
        kept: What was read of this folder before; None reads every file. The outcome is the same.
        past: What 台账.db holds, where the caller has just read it.

    Raises:
        RectifyError: WRONG_ARGUMENTS (no such folder), SETTINGS_UNUSABLE (口径), HISTORY_UNUSABLE (台账.db),
            BREAKDOWN_UNCLEAR (two equal breakdowns), NOTHING_READABLE (neither breakdown nor submissions readable).
    """
    folder = work_folder(job.folder)
    past = read_past(folder) if past is None else past
    rules, inbox, received = _read(folder, job, progress, kept)
    phase(progress, len(received), "正在合并、判定")
    from rectify_tool.story.outcome import outcome_of  # half of the program: who opens a window loads it meanwhile

    return outcome_of(job, rules, past, inbox, received)


def read_ahead(job: Job, kept: Kept, progress: Progress | None = None) -> None:
    """先读 — every file of the folder, for an `examine` to come that is given the same memory."""
    _read(work_folder(job.folder), job, progress, kept)


def _read(folder: Path, job: Job, progress: Progress | None, kept: Kept | None) -> tuple[Rules, Inbox, list[Received]]:
    rules, inbox = load_rules(folder), gather(folder)
    settings = settings_from(rules, job.as_of)
    received = receive(inbox.listed, understand, settings, jobs=job.jobs, progress=progress, kept=kept, now=job.now)
    return rules, inbox, received


def what_to_keep() -> Kept:
    """要记住的 — an empty memory for `examine`, for as long as a work folder is kept open."""
    return Kept(lambda before, now, received: reads_alike(received.content, before, now))


def load_rules(folder: Path) -> Rules:
    """读口径 — the shipped rules with the folder's 口径.toml over them."""
    return read_rules(default_rules_text(), office_text(folder))
