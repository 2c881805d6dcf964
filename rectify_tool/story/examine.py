"""查看 — read, understand, merge and judge a work folder; nothing is written.

The walk of one cell: intake makes it a value in a grid, `tables` puts it under a column, `normalise` says what it
means, `merge` joins it to its item, `judge` says where the item stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rectify_tool.change import check_order, compare
from rectify_tool.errors import RectifyError, Stop, refusal
from rectify_tool.findings import Code
from rectify_tool.history import read_past
from rectify_tool.intake import receive
from rectify_tool.judge import acted_later, judge_all
from rectify_tool.merge import Unread, merge
from rectify_tool.model import (
    Breakdown,
    Decision,
    FileOutcome,
    FileRecord,
    FileRole,
    Finding,
    Job,
    Ledger,
    Outcome,
    Past,
    Reason,
    Received,
    Report,
    Row,
    Rules,
    SetAside,
    Severity,
    Source,
    Submission,
)
from rectify_tool.normalise.decisions import (
    acts_undone,
    approved_days,
    decisions_in_force,
    read_decisions,
    settle_decisions,
)
from rectify_tool.normalise.items import find_base, read_items
from rectify_tool.normalise.register import read_register_rows
from rectify_tool.normalise.replies import Assigned, own_cells, read_report
from rectify_tool.normalise.senders import find_sender, guess_sender
from rectify_tool.normalise.union import union_clashes, union_rows
from rectify_tool.places import default_rules_text
from rectify_tool.rules import OFFICE_FILE, read_rules
from rectify_tool.story.gather import (
    Inbox,
    choose_breakdown,
    gather,
    understand,
    unread_breakdowns,
    work_folder,
)
from rectify_tool.story.then import about_files_then, came_later
from rectify_tool.tables import lacking, missing_columns, settings_from

Place = tuple[str, int, int]
Progress = Callable[[int, int, str], None]


def examine(job: Job, progress: Progress | None = None) -> Outcome:
    """查看 — the ledger of a work folder as of a day, with every finding; ``outputs`` is empty.

    Raises:
        RectifyError: WRONG_ARGUMENTS (no such folder), SETTINGS_UNUSABLE (口径), HISTORY_UNUSABLE (台账.db),
            BREAKDOWN_UNCLEAR (two equal breakdowns), NOTHING_READABLE (neither breakdown nor submissions readable).
    """
    folder = work_folder(job.folder)
    rules, past = load_rules(folder), read_past(folder)
    number = job.number or past.next_number(job.as_of.year)
    earlier = past.before(job.as_of, number)
    since = earlier[-1] if earlier else None
    inbox = gather(folder)
    received = list(
        receive(inbox.listed, understand, settings_from(rules, job.as_of), jobs=job.jobs, progress=progress)
    )
    issued = choose_breakdown(inbox, received)
    unread_issued = [] if issued else unread_breakdowns(received)
    apart = {*inbox.submissions, *inbox.registers}
    later = came_later(past, job.as_of, number)
    sent = [one for one in received if one is not issued and one.file in inbox.submissions and one.sha256 not in later]
    registers = [one for one in received if one.file in inbox.registers]
    others = [one for one in received if one is not issued and one.file not in apart]
    breakdown, assigned, about_items = _assign(issued, sent, others, job, rules)
    breakdown, about_decisions = _decided(breakdown, assigned, registers, past, job)
    assigned = replace(assigned, approved=approved_days(breakdown.decisions, job.as_of))
    reports, about_replies = _understand(sent, assigned)
    unread = [Unread(one.file, guess_sender(one.file, assigned.roster), one.sha256) for one in sent if _unreadable(one)]
    received = [one for one in received if inbox.has_folder or not _stray(one, unread)]
    known = frozenset(filter(None, since.sources.values())) if since else frozenset[str]()
    ledger, about_merge = merge(breakdown, reports, unread, known)
    verdicts, about_standing = judge_all(ledger.entries, job.as_of, breakdown.base, rules, since)
    undone = acts_undone(past.records)
    change, about_change = compare(verdicts, ledger, earlier, rules, job.as_of, undone)
    change = replace(change, corrects=past.of(job.as_of.year, number))
    records, about_cells = _records(received, issued, inbox, reports, ledger, unread)
    findings = _in_order(
        [
            *inbox.findings,
            *(finding for one in received for finding in _about_file(one, issued, inbox, unread)),
            *(Code.BREAKDOWN_UNREAD.at(Source(file), file=file) for file in unread_issued),
            *about_items,
            *about_decisions,
            *(finding for finding in about_replies if not _moot(finding, ledger)),
            *about_merge,
            *about_standing,
            *about_change,
            *check_order(past, job, number),
            *(
                Code.DATED_LATER.at(Source(one.file), day=one.date_line.isoformat())
                for one in reports
                if one.date_line and one.date_line > job.as_of
            ),
            *about_files_then(received, inbox.submissions, since, past.of(job.as_of.year, number), later),
            *about_cells,
        ],
        breakdown.file,
    )
    ledger = replace(ledger, files=_marked(records, findings))
    return Outcome(job, number, ledger, verdicts, findings, rules, outputs={}, change=change)


def _moot(finding: Finding, ledger: Ledger) -> bool:
    """不必再说的意见 — on what a file says that is no longer used; that it is not used is still told."""
    return finding.source.file in ledger.retired and finding.code[0] in _OF_CONTENT


_OF_CONTENT = "DNBS"
"""内容方面的意见 — the letters of findings on days, numbers, changed texts and states."""


def load_rules(folder: Path) -> Rules:
    """读口径 — the shipped rules with the folder's 口径.toml over them (UTF-8, or GB18030 as old Notepad saves)."""
    office = folder / OFFICE_FILE
    if not office.exists() and not office.is_symlink():
        return read_rules(default_rules_text())
    try:
        data = office.read_bytes()
    except OSError as error:
        problem = f"口径文件“{OFFICE_FILE}”打不开（{refusal(error)}），请处理后再运行一次；不用它，就把它移走。"
        raise RectifyError(Stop.SETTINGS_UNUSABLE, problem) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    return read_rules(default_rules_text(), text)


# ---------------------------------------------------------------- 理解 ----


def _assign(
    issued: Received | None, sent: Sequence[Received], others: Sequence[Received], job: Job, rules: Rules
) -> tuple[Breakdown, Assigned, list[Finding]]:
    """下发的内容 — from the issued breakdown, or where there is none from all that was sent."""
    contents = [one.content for one in sent if one.content is not None and one.content.tables]
    groups: tuple[tuple[Row, ...], ...] = ()
    if issued is not None and issued.content is not None:
        tables, rows, file = issued.content.tables, issued.content.rows, issued.file
    elif contents:
        tables, file = tuple(table for one in contents for table in one.tables), ""
        rows, groups = union_rows(contents, rules)
    else:
        raise RectifyError(
            Stop.NOTHING_READABLE,
            f"“{job.folder}”里没有能读的责任分解表，也没有能读的报送表。请把责任分解表放在这个文件夹里，"
            "把各单位报来的表格放进“报送”文件夹，再运行一次。",
        )
    base = find_base(tables, job.as_of, rules)
    columns = frozenset(heading.column for table in tables for heading in table.headings)
    items, roster, findings = read_items(rows, columns, base, rules, file)
    found = list(findings)
    if issued is None:
        senders = {one.file: find_sender(one, roster, rules).unit for one in contents}
        found = [
            Code.NO_BREAKDOWN.at(Source(""), seen=_seen(others)),
            *found,
            *union_clashes(items, groups, senders, base, rules),
        ]
    else:
        found += [one for table in tables for one in missing_columns(table, FileRole.BREAKDOWN)]
    breakdown = Breakdown(
        file=issued.file if issued else None,
        items=items,
        decisions=(),
        roster=roster.units,
        base=base.day,
        base_because=base.because,
    )
    return breakdown, Assigned(items, roster, base, job.as_of, rules, issued is not None), found


def _decided(
    breakdown: Breakdown, assigned: Assigned, registers: Sequence[Received], past: Past, job: Job
) -> tuple[Breakdown, list[Finding]]:
    """办理决定 — from the breakdown's own columns, the office's registers and 台账.db, one beside the other."""
    items, findings = breakdown.items, list[Finding]()
    written, about = read_decisions(items, job.as_of, breakdown.base, assigned.rules)
    findings += about
    registered: list[Decision] = []
    for one in registers:
        if one.content is not None:
            taken, about = read_register_rows(one.content, items, assigned.roster, job.as_of, assigned.rules)
            registered += taken
            findings += about
    decisions, about = settle_decisions(items, written, registered, decisions_in_force(past.records))
    later = [one for one in decisions if not one.no and one.day and one.day > job.as_of]
    findings += [acted_later(one) for one in later]  # of items `judge` says it, beside where they stand
    return replace(breakdown, decisions=tuple(one for one in decisions if one not in later)), [*findings, *about]


def _seen(others: Iterable[Received]) -> str:
    """看到而没有采用的表 — why each workbook that might have been meant as the breakdown is none; "" without one."""
    told = []
    for one in others:
        lacks = [lacking(table, FileRole.BREAKDOWN) for table in one.content.tables] if one.content else []
        if fewest := min(lacks, default=(), key=len):
            told.append(f"“{one.file}”没有“{'”“'.join(fewest)}”列")
    return f"（{'，'.join(told)}）" if told else ""


def _understand(sent: Sequence[Received], assigned: Assigned) -> tuple[list[Report], list[Finding]]:
    reports: list[Report] = []
    findings: list[Finding] = []
    for received in sent:
        if received.content is None or not received.content.tables:
            continue
        report, about = read_report(received, assigned)
        reports.append(report)
        findings += about
        findings += [one for table in received.content.tables for one in missing_columns(table, FileRole.SUBMISSION)]
    return reports, findings


def _unreadable(received: Received) -> bool:
    """未能读取 — a file that a unit sent and nobody could read, or in which no table was found.

    A unit that sent it is not 未报. Lock files and our own papers are not such.
    """
    if received.outcome is FileOutcome.SKIPPED:
        return any(finding.code == Code.FILE_NOT_WORKBOOK.code for finding in received.findings)
    return received.content is None or not received.content.tables


def _stray(received: Received, unread: Iterable[Unread]) -> bool:
    """闲杂文件 — without a 报送/ folder a letter or a picture that no unit's name stands on was not sent by one."""
    letter = any(finding.code == Code.FILE_NOT_WORKBOOK.code for finding in received.findings)
    return letter and not any(one.unit for one in unread if one.file == received.file)


# ---------------------------------------------------------------- 来源与核对意见 ----


def _about_file(received: Received, issued: Received | None, inbox: Inbox, unread: Iterable[Unread]) -> list[Finding]:
    """文件核对 — what intake and tables found, and why a readable file is not used."""
    if received.file in inbox.registers and received.content is None:
        return []  # K19 says it: whose file this is, and what to do
    findings = list(received.findings)
    if received is issued or received.file in inbox.submissions or received.file in inbox.registers:
        findings += received.content.findings if received.content else ()
        if received.content and not received.content.tables and received.file not in inbox.registers:
            findings.append(Code.FILE_NO_TABLE.at(Source(received.file)))
    elif received.content is not None:
        findings.append(Code.BREAKDOWN_OTHER.at(Source(received.file)))
    guesses = {one.file: one.unit for one in unread}
    if guesses.get(received.file):
        findings.append(Code.UNIT_GUESSED.at(Source(received.file), unit=guesses[received.file]))
    return findings


def _in_order(findings: Iterable[Finding], breakdown: str | None) -> tuple[Finding, ...]:
    """依次 — each once; the whole run first, then the breakdown, then file by file as found."""
    ranked = sorted(
        dict.fromkeys(findings), key=lambda one: (one.source.file != "", one.source.file != breakdown, one.source.file)
    )
    return tuple(ranked)


def _records(
    received: Sequence[Received],
    issued: Received | None,
    inbox: Inbox,
    reports: Sequence[Report],
    ledger: Ledger,
    unread: Sequence[Unread],
) -> tuple[list[FileRecord], list[Finding]]:
    """来源 — one record a file, its cells accounted for; F12 where the independent count differs."""
    by_file = {report.file: report for report in reports}
    guesses = {one.file: one.unit for one in unread}
    assigned = {place for entry in ledger.entries for place in _places(entry.item.row)}
    records: list[FileRecord] = []
    findings: list[Finding] = []
    for one in received:
        role = FileRole.REGISTER if one.file in inbox.registers else FileRole.SUBMISSION
        role = FileRole.BREAKDOWN if one is issued else role
        record = _record(one, role, by_file.get(one.file), ledger, assigned)
        if guesses.get(one.file):
            record = replace(record, unit=guesses[one.file], unit_because="文件名")
        seen = record.used + record.set_aside
        if one.counted is not None and one.counted != seen and one.content is not None:
            findings.append(Code.CELLS_DIFFER.at(Source(one.file), counted=one.counted, seen=seen))
            record = replace(record, cells=one.counted)
        records.append(record)
    return records, findings


def _record(
    received: Received, role: FileRole, report: Report | None, ledger: Ledger, assigned: set[Place]
) -> FileRecord:
    content = received.content
    unit, because, sent, items = None, "", None, 0
    used = 0
    aside: tuple[SetAside, ...] = ()
    outcome = received.outcome
    if role is FileRole.BREAKDOWN and content is not None:
        left = _row_cells(content, assigned, Reason.UNMATCHED_ROW)
        used = sum(1 for row in content.rows for _ in own_cells(row)) - len(left)
        aside, items = (*content.set_aside, *left), len(ledger.entries)
    elif report is not None:
        unit, because, sent = report.unit, report.unit_because, report.sent
        used, aside, items = report.used, report.aside, len({reply.no for reply in report.replies})
    elif role is FileRole.REGISTER and content is not None:
        used, aside = sum(1 for row in content.rows for _ in own_cells(row)), content.set_aside
    elif content is not None:
        outcome, aside = FileOutcome.SKIPPED, (*content.set_aside, *_row_cells(content, set(), Reason.NOT_USED))
    if received.file in ledger.retired:
        outcome = FileOutcome.SUPERSEDED
    return FileRecord(
        file=received.file,
        role=role,
        unit=unit,
        unit_because=because,
        outcome=outcome,
        sha256=received.sha256,
        sent=sent,
        cells=used + len(aside),
        used=used,
        aside=aside,
        headings=tuple(heading for table in content.tables for heading in table.headings) if content else (),
        items=items,
    )


def _places(row: Row) -> Iterable[Place]:
    return ((row.sheet, cell.row, cell.column) for cell in own_cells(row))


def _row_cells(content: Submission, kept: set[Place], reason: Reason) -> list[SetAside]:
    """未用的单元格 — the rows' own cells that are not among ``kept``."""
    return [
        SetAside(row.sheet, cell.row, cell.column, cell.text, reason)
        for row in content.rows
        for cell in own_cells(row)
        if (row.sheet, cell.row, cell.column) not in kept
    ]


def _marked(records: Sequence[FileRecord], findings: Sequence[Finding]) -> tuple[FileRecord, ...]:
    """结果标记 — a read file with at least one warning or error on it is read_with_findings."""
    noted = {one.source.file for one in findings if one.severity is not Severity.NOTE}
    return tuple(
        replace(record, outcome=FileOutcome.READ_WITH_FINDINGS)
        if record.outcome is FileOutcome.READ and record.file in noted
        else record
        for record in records
    )
