"""经过 — an item's life in order, with sources; the folder's publishings and records; the way back from the backup."""

from __future__ import annotations

from datetime import datetime

from rectify_tool import history
from rectify_tool.change import check_clock
from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import Finding, Job, Outcome
from rectify_tool.outbox import OUTBOX, held
from rectify_tool.papers.life import Event, folder_life, item_life
from rectify_tool.story.examine import examine
from rectify_tool.story.gather import work_folder
from rectify_tool.story.progress import Progress

_NOTHING_NOW = (Stop.NOTHING_READABLE, Stop.BREAKDOWN_UNCLEAR)


def tell_item(job: Job, no: str, progress: Progress | None = None) -> tuple[Event, ...]:
    """小项的经过 — from 台账.db, and from the work folder as it is now, where it can be read.

    Raises:
        RectifyError: WRONG_ARGUMENTS where no item has that number, and what `examine` and the history raise.
    """
    past = history.read_past(work_folder(job.folder))
    events = item_life(past, _now(job, progress), no.strip())
    if not events:
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"没有编号是“{no}”的小项。请写小项的编号，例：4-2。")
    return events


def tell_folder(folder: str) -> tuple[Event, ...]:
    """台账的经过 — every publishing and every record; empty where nothing is recorded yet."""
    return folder_life(history.read_past(work_folder(folder)))


def clock_back(folder: str, now: datetime) -> tuple[Finding, ...]:
    """钟倒了没有 — to be said by whoever writes into 台账.db (C09); empty where the clock has gone on."""
    return check_clock(history.read_past(work_folder(folder)), now)


def restore(folder: str, now: datetime) -> history.Restored:
    """恢复台账 — 台账.db from its backup; the damaged one is kept under another name.

    Raises:
        RectifyError: WRONG_ARGUMENTS (it is not damaged), HISTORY_UNUSABLE (there is no usable backup), FOLDER_IN_USE,
            CANNOT_WRITE.
    """
    place = work_folder(folder)
    with held(place / OUTBOX):
        return history.restore(place, now)


def _now(job: Job, progress: Progress | None) -> Outcome | None:
    try:
        return examine(job, progress)
    except RectifyError as error:
        if error.stop in _NOTHING_NOW:
            return None
        raise
