"""得出结果 — what was received becomes the ledger, judged and compared, with every finding.

The walk of one cell: intake makes it a value in a grid, `tables` puts it under a column, `normalise` says what it
means, `merge` joins it to its item, `judge` says where the item stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rectify_tool.change import check_order, compare
from rectify_tool.errors import RectifyError, Stop
from rectify_tool.findings import Code
from rectify_tool.judge import acted_later, judge_all
from rectify_tool.merge import Unread, merge
from rectify_tool.model import (
    Breakdown,
    Decision,
    FileOutcome,
    FileRole,
    Finding,
    Job,
    Ledger,
    Outcome,
    Past,
    Published,
    Received,
    Report,
    Row,
    Rules,
    Source,
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
from rectify_tool.normalise.replies import Assigned, read_report
from rectify_tool.normalise.senders import find_sender, guess_sender
from rectify_tool.normalise.union import union_clashes, union_rows
from rectify_tool.story.gather import (
    Inbox,
    choose_breakdown,
    draft_word,
    unread_breakdowns,
)
from rectify_tool.story.records import file_records, mark_records
from rectify_tool.story.then import about_files_then, as_first_seen, came_later
from rectify_tool.tables import lacking, missing_columns


def outcome_of(job: Job, rules: Rules, past: Past, inbox: Inbox, received: list[Received]) -> Outcome:
    """结果 — what was received, understood, merged, judged and compared with the last published bulletin."""
    number = job.number or past.next_number(job.as_of.year)
    earlier, same = past.before(job.as_of, number), past.of(job.as_of.year, number)
    since = earlier[-1] if earlier else None
    later = came_later(past, job.as_of, number)
    received = as_first_seen(past, received)
    piles = _sorted(inbox, received, later)
    breakdown, assigned, about_task = _assign(piles, inbox, past, job, rules)
    reports, about_replies = _understand(piles.sent, assigned)
    unread = [
        Unread(one.file, guess_sender(one.file, assigned.roster), one.sha256) for one in piles.sent if _unreadable(one)
    ]
    received = [one for one in received if inbox.has_folder or not _stray(one, unread)]
    ledger, about_merge = merge(breakdown, reports, unread, _known(since))
    verdicts, about_standing = judge_all(ledger.entries, job.as_of, breakdown.base, rules, since)
    change, about_change = compare(verdicts, ledger, earlier, rules, job.as_of, acts_undone(past.records))
    records, about_cells = file_records(received, piles.issued, inbox, reports, ledger, unread)
    findings = _in_order(
        (
            *inbox.findings,
            *(finding for one in received for finding in _about_file(one, piles, inbox, unread)),
            *about_task,
            *(finding for finding in about_replies if not _moot(finding, ledger)),
            *about_merge,
            *about_standing,
            *about_change,
            *check_order(past, job, number),
            *_dated_later(reports, job),
            *about_files_then(received, inbox.submissions, since, same, later),
            *about_cells,
        ),
        breakdown.file,
    )
    ledger = replace(ledger, files=mark_records(records, findings))
    change = replace(change, corrects=same)
    return Outcome(job, number, ledger, verdicts, findings, rules, outputs={}, change=change)


def _known(since: Published | None) -> frozenset[str]:
    """已用过的 — digests of the files the last published bulletin was made from."""
    return frozenset(filter(None, since.sources.values())) if since else frozenset()


def _dated_later(reports: Iterable[Report], job: Job) -> Iterable[Finding]:
    for one in reports:
        if one.date_line and one.date_line > job.as_of:
            yield Code.DATED_LATER.at(Source(one.file), day=one.date_line.isoformat())


def _moot(finding: Finding, ledger: Ledger) -> bool:
    """不必再说的意见 — on what a file says that is no longer used; that it is not used is still told."""
    return finding.source.file in ledger.retired and finding.code[0] in _OF_CONTENT


_OF_CONTENT = "DNBS"
"""内容方面的意见 — the letters of findings on days, numbers, changed texts and states."""


# ---------------------------------------------------------------- 理解 ----


@dataclass(frozen=True, slots=True)
class _Piles:
    """分拣 — the files of the folder by what they are: the issued breakdown, what units sent, registers, the rest."""

    issued: Received | None
    sent: list[Received]
    registers: list[Received]
    others: list[Received]
    unread_issued: list[str]


def _sorted(inbox: Inbox, received: Sequence[Received], later: frozenset[str]) -> _Piles:
    """分拣 — what only came after this bulletin (digests ``later``) is not of this time."""
    issued = choose_breakdown(inbox, received)
    rest = [one for one in received if one is not issued]
    return _Piles(
        issued,
        sent=[one for one in rest if one.file in inbox.submissions and one.sha256 not in later],
        registers=[one for one in received if one.file in inbox.registers],
        others=[one for one in rest if one.file not in inbox.submissions | inbox.registers],
        unread_issued=unread_breakdowns(inbox, received, issued),
    )


def _assign(
    piles: _Piles, inbox: Inbox, past: Past, job: Job, rules: Rules
) -> tuple[Breakdown, Assigned, list[Finding]]:
    """下发的内容和办理决定 — what every unit was assigned, and what the office has decided of it since."""
    breakdown, assigned, about_items = _issued(piles, job, rules)
    breakdown, about_decisions = _decided(breakdown, assigned, piles.registers, past, job)
    assigned = replace(assigned, approved=approved_days(breakdown.decisions, job.as_of))
    return breakdown, assigned, [*_about_issued(piles, inbox, assigned), *about_items, *about_decisions]


def _about_issued(piles: _Piles, inbox: Inbox, assigned: Assigned) -> Iterable[Finding]:
    """责任分解表是不是要用的那一份 — one of that name gave no table, or a draft is used (M07, M08).

    Without a 报送/ folder a file with a unit's name on it was sent by that unit, whatever else it is called.
    """
    for file in piles.unread_issued:
        if inbox.has_folder or not guess_sender(file, assigned.roster):
            yield Code.BREAKDOWN_UNREAD.at(Source(file), file=file)
    if piles.issued and (word := draft_word(piles.issued.file)):
        yield Code.BREAKDOWN_DRAFT.at(Source(piles.issued.file), word=word)


def _issued(piles: _Piles, job: Job, rules: Rules) -> tuple[Breakdown, Assigned, list[Finding]]:
    """下发的内容 — from the issued breakdown, or where there is none from all that was sent."""
    issued = piles.issued
    contents = [one.content for one in piles.sent if one.content is not None and one.content.tables]
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
            "把各单位报来的表格放进“报送”文件夹，再试一次。",
        )
    base = find_base(tables, job.as_of, rules)
    columns = frozenset(heading.column for table in tables for heading in table.headings)
    items, roster, findings = read_items(rows, columns, base, rules, file)
    found = list(findings)
    if issued is None:
        senders = {one.file: find_sender(one, roster, rules).unit for one in contents}
        found = [
            Code.NO_BREAKDOWN.at(Source(""), seen=_seen(piles.others)),
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


def _about_file(received: Received, piles: _Piles, inbox: Inbox, unread: Iterable[Unread]) -> list[Finding]:
    """文件核对 — what intake and tables found, and why a readable file is not used."""
    if received.file in inbox.registers and received.content is None:
        return []  # K19 says it: whose file this is, and what to do
    findings = list(received.findings)
    if received is piles.issued or received.file in inbox.submissions or received.file in inbox.registers:
        findings += received.content.findings if received.content else ()
        if received.content and not received.content.tables and received.file not in inbox.registers:
            findings.append(Code.FILE_NO_TABLE.at(Source(received.file)))
    elif received.content is not None and received.file not in piles.unread_issued:
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
