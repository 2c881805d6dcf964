"""办理登记 — an empty register for offices that live in Excel, its drop-downs filled from the work folder."""

from __future__ import annotations

from pathlib import Path

from rectify_tool.errors import RectifyError, Stop, refusal
from rectify_tool.forms import write_register
from rectify_tool.model import Job
from rectify_tool.places import REGISTER, is_register
from rectify_tool.story.examine import examine
from rectify_tool.story.gather import work_folder
from rectify_tool.story.progress import Progress


def make_register(job: Job, progress: Progress | None = None) -> Path:
    """写办理登记 — 办理登记.xlsx at the top of the work folder; one that is there already is never replaced.

    Raises:
        RectifyError: CANNOT_WRITE (there is one already, or the folder cannot be written), and what `examine` raises.
    """
    folder = work_folder(job.folder)
    there = next((path.name for path in sorted(folder.iterdir()) if is_register(path.name)), None)
    if there is not None:
        problem = f"文件夹里已有“{there}”，没有动它。要换成新的，先把它移走或改名（里面记的就不再采用），再试一次。"
        raise RectifyError(Stop.CANNOT_WRITE, problem)
    outcome = examine(job, progress)
    path = folder / f"{REGISTER}.xlsx"
    items = [entry.item for entry in outcome.ledger.entries]
    office = outcome.rules.office
    try:
        write_register(path, items, outcome.ledger.expected, office["sender"], job.now, office["mark"])
    except OSError as error:
        raise RectifyError(Stop.CANNOT_WRITE, f"无法写入“{path}”：{refusal(error)}。请处理后再试一次。") from error
    return path
