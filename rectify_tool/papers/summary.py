"""整改汇总表 — the summary workbook: the sheets of the contract, in its order."""

from __future__ import annotations

import ntpath
import posixpath
from typing import Any

from rectify_tool.model import Book, Job, Outcome, Paper
from rectify_tool.papers.agreement import check_agreement
from rectify_tool.papers.change_sheet import changes_sheet
from rectify_tool.papers.figure_sheet import figures_sheet
from rectify_tool.papers.item_sheets import due_soon_sheet, ledger_sheet, long_term_sheet, overdue_sheet, to_close_sheet
from rectify_tool.papers.sheets import Draft
from rectify_tool.papers.source_sheets import findings_sheet, sources_sheet
from rectify_tool.papers.tally_sheets import aspect_sheet, leader_sheet, overview_sheet, silent_sheet, unit_sheet

SHEETS = (
    overview_sheet,
    ledger_sheet,
    overdue_sheet,
    due_soon_sheet,
    to_close_sheet,
    long_term_sheet,
    unit_sheet,
    leader_sheet,
    aspect_sheet,
    changes_sheet,
    silent_sheet,
    findings_sheet,
    sources_sheet,
    figures_sheet,
)

_OUTBOX_DEPTH = "../.."


def make_summary(outcome: Outcome, bulletin: Paper) -> Book:
    """整改汇总表 — every sheet, with rows or without; 数据来源 walks back the figures of ``bulletin``.

    Raises:
        RectifyError: FIGURES_DISAGREE where a sheet does not list what the figures say.
    """
    draft = Draft(outcome, bulletin)
    title = f"整改汇总表（{outcome.rules.office['name']}第{outcome.number}期）"
    sheets = tuple(make(draft) for make in SHEETS)
    book = Book(title, outcome.rules.office["mark"], _way_home(outcome.job), sheets)
    check_agreement(outcome, bulletin, book)
    return book


def _way_home(job: Job) -> str | None:
    """回到工作文件夹的路 — from the folder of this run's papers; None where the names alone do not tell."""
    if job.out is None:
        return _OUTBOX_DEPTH
    paths: tuple[Any, ...] = (posixpath, ntpath)
    for path in paths:
        if path.isabs(job.out) and path.isabs(job.folder):
            if path.splitdrive(job.out)[0].lower() != path.splitdrive(job.folder)[0].lower():
                return None
            return str(path.relpath(job.folder, path.join(job.out, "期"))).replace("\\", "/")
    return None
