"""来源 — one record for each file of the work folder, every one of its cells accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rectify_tool.findings import Code
from rectify_tool.merge import Unread
from rectify_tool.model import (
    FileOutcome,
    FileRecord,
    FileRole,
    Finding,
    Ledger,
    Reason,
    Received,
    Report,
    Row,
    SetAside,
    Severity,
    Source,
    Submission,
)
from rectify_tool.normalise.replies import own_cells
from rectify_tool.story.gather import Inbox

Place = tuple[str, int, int]


def file_records(
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


def mark_records(records: Sequence[FileRecord], findings: Sequence[Finding]) -> tuple[FileRecord, ...]:
    """结果标记 — a read file with at least one warning or error on it is read_with_findings."""
    noted = {one.source.file for one in findings if one.severity is not Severity.NOTE}
    return tuple(
        replace(record, outcome=FileOutcome.READ_WITH_FINDINGS)
        if record.outcome is FileOutcome.READ and record.file in noted
        else record
        for record in records
    )
