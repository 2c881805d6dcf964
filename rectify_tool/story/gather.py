"""清点 — which files of the work folder are what: the breakdown, the submissions, the rest (contract, work folder)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.findings import Code
from rectify_tool.intake import Listed, list_files
from rectify_tool.model import Column, FileOutcome, Finding, Grid, Received, Submission
from rectify_tool.outbox import OUTBOX
from rectify_tool.places import BREAKDOWN_NAME, CONTACTS, INBOX, NOT_SENT, TEMPLATES, WORKBOOKS, is_register
from rectify_tool.tables import Settings, read_tables
from rectify_tool.tables.register import read_register

_TASK = {Column.MEASURE, Column.ITEM, Column.PROBLEM}
_OWNER = {Column.LEAD, Column.UNITS}
_DRAFT = re.compile(r"征求意见稿|征求意见(?=$|[）)】\]\d_\- ])|讨论稿|送审稿|代拟稿|草稿|草案|初稿")
_UNOPENED = {Code.FILE_NOT_WORKBOOK.code, Code.FILE_LINKED.code}


@dataclass(frozen=True, slots=True)
class Inbox:
    """在册 — every file to be read, in order, which of them count as sent by units, and the office's registers.

    ``not_tables`` names what beside 报送/ is called a breakdown and, being no workbook by its ending, is not read.
    """

    listed: tuple[Listed, ...]
    submissions: frozenset[str]
    registers: frozenset[str]
    has_folder: bool
    findings: tuple[Finding, ...]
    not_tables: tuple[str, ...] = ()


def gather(folder: Path) -> Inbox:
    """清点工作文件夹 — with 报送/, what lies in it was sent and top-level workbooks may be the breakdown; without it
    every workbook below the folder counts as sent. 成果/, 模板/ and the tool's own files are never read.
    """
    has_folder = (folder / INBOX).is_dir()
    apart = [folder / OUTBOX, folder / TEMPLATES]
    if has_folder:
        apart += [one for one in folder.iterdir() if one.is_dir() and one.name != INBOX]
    listed, findings = list_files(folder, skip=apart, follow=[folder / INBOX] if has_folder else [])
    if has_folder:
        taken = [one for one in listed if one.file.startswith(f"{INBOX}/") or _suffix(one) in WORKBOOKS]
        sent = [one.file for one in taken if one.file.startswith(f"{INBOX}/")]
    else:
        taken = [one for one in listed if _suffix(one) not in NOT_SENT]
        own = [one.file for one in taken if is_register(one.file) or PurePosixPath(one.file).stem == CONTACTS]
        sent = [one.file for one in taken if one.file not in own]
    registers = [one.file for one in taken if is_register(one.file)]
    read = {one.file for one in taken}
    aside = [one for one in listed if one.file not in read and _named_breakdown(one.file)]
    not_tables = tuple(one.file for one in aside if one.findings or not one.skip)
    return Inbox(tuple(taken), frozenset(sent), frozenset(registers), has_folder, tuple(findings), not_tables)


def work_folder(place: str) -> Path:
    """工作文件夹 — the folder of that name.

    Raises:
        RectifyError: WRONG_ARGUMENTS where there is none.
    """
    folder = Path(place)
    if folder.is_file():
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"“{folder}”是一个文件；请写放它的那个工作文件夹。")
    if not folder.is_dir():
        raise RectifyError(
            Stop.WRONG_ARGUMENTS, f"没有找到文件夹“{folder}”，请检查名称和位置；在移动硬盘或网络盘上的，请接好。"
        )
    return folder


def understand(file: str, grids: tuple[Grid, ...], settings: Settings) -> Submission:
    """读懂一件 — the office's register by its own headings, all else as a unit's table; runs in the reading process."""
    return read_register(file, grids, settings) if is_register(file) else read_tables(file, grids, settings)


def _suffix(listed: Listed) -> str:
    return PurePosixPath(listed.file).suffix.lower()


def choose_breakdown(inbox: Inbox, received: Sequence[Received]) -> Received | None:
    """认定责任分解表 — a top-level workbook with deadline, unit and measure headings: most items wins.

    The name breaks ties. Without a 报送/ folder a table in which progress is filled in is a submission, whatever its
    name.

    Returns:
        The breakdown, None where no workbook is one.

    Raises:
        RectifyError: BREAKDOWN_UNCLEAR where two are equal.
    """
    candidates = [one for one in received if "/" not in one.file and _is_breakdown(one, inbox.has_folder)]
    if not candidates:
        return None
    ranked = sorted(candidates, key=_rank, reverse=True)
    equal = [one for one in ranked if _rank(one) == _rank(ranked[0])]
    if len(equal) > 1:
        names = "、".join(f"“{one.file}”" for one in equal)
        raise RectifyError(
            Stop.BREAKDOWN_UNCLEAR,
            f"有{len(equal)}个文件都像责任分解表：{names}。请只留一个在工作文件夹里，其余移到别处，再试一次。",
        )
    return ranked[0]


def unread_breakdowns(inbox: Inbox, received: Sequence[Received], issued: Received | None) -> list[str]:
    """没读出来的责任分解表 — top-level files that by their name are the breakdown and gave no table.

    Beside an ``issued`` one that is no draft, only workbooks count, and drafts do not: a letter or a scan may well lie
    beside the table it is about.
    """
    unread = [one.file for one in received if _named_breakdown(one.file) and _gave_no_table(one)]
    if issued is None or draft_word(issued.file):
        return [*unread, *inbox.not_tables]
    return [file for file in unread if PurePosixPath(file).suffix.lower() in WORKBOOKS and not draft_word(file)]


def draft_word(file: str) -> str:
    """草稿字样 — the word in a file's name that says it is a draft (征求意见稿); "" where none does."""
    found = _DRAFT.search(PurePosixPath(file).stem)
    return found[0] if found else ""


def _named_breakdown(file: str) -> bool:
    return "/" not in file and BREAKDOWN_NAME in file and not is_register(file)


def _gave_no_table(received: Received) -> bool:
    """没有读出表格 — the lock files of office programs and our own papers are not meant to give one."""
    if received.content is not None:
        return not received.content.tables
    tried = received.outcome is not FileOutcome.SKIPPED
    return tried or any(finding.code in _UNOPENED for finding in received.findings)


def _rank(received: Received) -> tuple[int, bool]:
    rows = received.content.rows if received.content else ()
    return len(rows), BREAKDOWN_NAME in received.file


def _is_breakdown(received: Received, has_folder: bool) -> bool:
    content = received.content
    if content is None or not content.rows:
        return False
    columns = {heading.column for table in content.tables for heading in table.headings}
    if Column.DEADLINE not in columns or not columns & _OWNER or not columns & _TASK:
        return False
    replied = any(Column.PROGRESS in row.cells or Column.STATUS in row.cells for row in content.rows)
    return has_folder or not replied
