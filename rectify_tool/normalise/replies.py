"""反馈 — one unit's rows → Replies: which item, what is claimed, when finished, what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from rectify_tool.dates import DayReading, find_finish_day, find_only_day, read_date_line, read_day, read_filing_day
from rectify_tool.findings import Code
from rectify_tool.model import (
    Cell,
    Claim,
    Column,
    Finding,
    Item,
    Kind,
    Reason,
    Received,
    Reply,
    Report,
    Row,
    Rules,
    SetAside,
    Submission,
    day_sent,
    formula_failed,
)
from rectify_tool.normalise.claims import (
    ClaimReading,
    day_in_status,
    nothing_said,
    only_helped,
    read_claim,
    stages_stated_done,
    vague_done,
    vague_progress,
)
from rectify_tool.normalise.items import Base
from rectify_tool.normalise.match import match_rows
from rectify_tool.normalise.names import Roster
from rectify_tool.normalise.senders import find_sender
from rectify_tool.normalise.tamper import changed_base

LONG_TERM_KINDS = (Kind.LONG_TERM, Kind.DATED_THEN_LONG_TERM)


@dataclass(frozen=True, slots=True)
class Assigned:
    """下发的内容 — what a unit's rows are read against; ``issued`` is False where the submissions stand in for it.

    ``approved`` holds the new days approved for an item: a unit that writes one of them has changed nothing.
    """

    items: tuple[Item, ...]
    roster: Roster
    base: Base
    as_of: date
    rules: Rules
    issued: bool = True
    approved: Mapping[str, frozenset[date]] = field(default_factory=dict)
    by_no: Mapping[str, Item] = field(init=False)
    by_unit: Mapping[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        """索引 — the items by number, and the numbers of the items each unit has a part in; made once for all files."""
        shares: dict[str, set[str]] = {}
        for item in self.items:
            for unit in item.units:
                shares.setdefault(unit, set()).add(item.no)
        object.__setattr__(self, "by_no", {item.no: item for item in self.items})
        object.__setattr__(self, "by_unit", {unit: frozenset(nos) for unit, nos in shares.items()})


def read_report(received: Received, assigned: Assigned) -> tuple[Report, tuple[Finding, ...]]:
    """报送归一 — one readable file as meant: whose, of what day, and its replies.

    Args:
        received: A file with content; its tables are the unit's.
        assigned: The breakdown it is read against.

    Returns:
        The report and its findings (U01–U04, N02–N07, N10, B01, B02, S01–S10, D02, D13). Every data row is either in
        ``replies`` or in ``unmatched``.
    """
    content = received.content
    assert content is not None
    sender = find_sender(content, assigned.roster, assigned.rules)
    prefer = assigned.by_unit.get(sender.unit or "", frozenset())
    matches, about_matches = match_rows(content.rows, assigned.items, prefer=prefer)
    date_line = _date_line(content)
    latest = _latest(date_line, received.saved_at, assigned.as_of)
    dated = _dated(content, received.saved_at, assigned.base.day)
    findings = [*sender.findings, *about_matches]
    replies: list[Reply] = []
    unmatched: list[Row] = []
    heads = [frozenset(heading.column for heading in table.headings) for table in content.tables for _ in table.rows]
    for row, match, unit, columns in zip(content.rows, matches, sender.of_rows, heads, strict=True):
        if match.no is None:
            unmatched.append(row)
            continue
        item = assigned.by_no[match.no]
        reply, about = _read_reply(row, item, unit, received, date_line, dated, latest, columns, assigned)
        replies.append(reply)
        findings += about
        if assigned.issued:
            approved = assigned.approved.get(item.no, frozenset())
            findings += changed_base(row, item, unit, assigned.base, assigned.roster, assigned.rules, approved)
    findings += _twice(replies)
    used, aside = _account(content, unmatched)
    report = Report(
        file=received.file,
        sha256=received.sha256,
        unit=sender.unit,
        units=_speakers(sender.unit, replies),
        unit_because=sender.because,
        date_line=date_line,
        saved_at=received.saved_at,
        modified=received.modified,
        replies=tuple(replies),
        unmatched=tuple(unmatched),
        used=used,
        aside=aside,
        headings=tuple(heading for table in content.tables for heading in table.headings),
    )
    return report, tuple(findings)


def _speakers(unit: str | None, replies: Iterable[Reply]) -> tuple[str, ...]:
    return (unit,) if unit else tuple(dict.fromkeys(reply.unit for reply in replies if reply.unit))


def _date_line(content: Submission) -> date | None:
    """填报日期 — the latest day written above or below the tables as the day the file speaks for."""
    days = [
        day
        for table in content.tables
        for cell in (*table.title, *table.footer)
        if (day := read_date_line(cell.text)) is not None
    ]
    return max(days, default=None)


def _dated(content: Submission, saved_at: datetime | None, base: date | None) -> date | None:
    """这份表自己的日期 — the day it says it was filled in, else the day it was saved; None where neither can be true.

    What answers the feedback was not written before it: such a day was left from another table, or a clock was wrong.
    """
    filed = max((day for line in _lines(content) if (day := read_filing_day(line))), default=None)
    own = filed or (saved_at.date() if saved_at and base else None)
    return own if own is None or base is None or own > base else None


def _lines(content: Submission) -> list[str]:
    """表外的各行 — the texts above and below the tables, row by row: 填报日期 and its day may stand in two cells."""
    lines: dict[tuple[int, int], list[str]] = {}
    for at, table in enumerate(content.tables):
        for cell in (*table.title, *table.footer):
            lines.setdefault((at, cell.row), []).append(cell.text)
    return ["".join(texts) for texts in lines.values()]


def _latest(date_line: date | None, saved_at: datetime | None, as_of: date) -> date:
    """不晚于 — finish days without a year are taken no later than this (contract, Base day)."""
    own = date_line or (saved_at.date() if saved_at else as_of)
    return min(own, as_of)


def _read_reply(
    row: Row,
    item: Item,
    unit: str | None,
    received: Received,
    date_line: date | None,
    dated: date | None,
    latest: date,
    columns: frozenset[Column],
    assigned: Assigned,
) -> tuple[Reply, list[Finding]]:
    progress, status = row.text(Column.PROGRESS), row.text(Column.STATUS)
    claim = read_claim(status, progress, assigned.rules, long_term=item.deadline.kind in LONG_TERM_KINDS)
    finish, finished_in = _finish_day(row, claim, latest, assigned.base.day)
    sent = day_sent(date_line, received.saved_at, received.modified)
    source = row.source(Column.PROGRESS, Column.STATUS)
    claim, stages = _stages_done(row, item, claim, _still_to_come(finish, assigned.as_of, dated))
    claimed_in = Column.STATUS if claim.from_status else Column.PROGRESS
    reply = Reply(
        no=item.no,
        unit=unit,
        claimed=claim.claim,
        progress=progress,
        status=status,
        finished=finish.day,
        evidence=row.text(Column.EVIDENCE),
        difficulty=row.text(Column.DIFFICULTY),
        next=row.text(Column.NEXT),
        sent=sent,
        sha256=received.sha256,
        source=source,
        row=row,
        stages_done=stages,
        finished_since=finish.since,
        helped=unit in item.units and unit != item.lead and only_helped(progress),
        dated=dated,
        claimed_at=row.source(claimed_in) if claimed_in in row.cells else None,
        finished_at=row.source(finished_in) if finish.day else None,
    )
    return reply, [*_about_claim(reply, item, claim, columns, assigned), *_about_finish(reply, finish, assigned)]


def _still_to_come(finish: DayReading, as_of: date, dated: date | None) -> bool:
    """还没有到的完成日期 — after the as-of day, or after the day of the file itself."""
    return finish.day is not None and (
        finish.day > as_of or (dated is not None and (finish.since or finish.day) > dated)
    )


def _stages_done(row: Row, item: Item, claim: ClaimReading, planned: bool) -> tuple[ClaimReading, tuple[date, ...]]:
    """已完成的阶段 — all where the whole is done; where its day is still to come, those it names.

    Where only the progress text claims, one stage done (可研已完成) is not the whole, and every stage done is.
    """
    stages = item.deadline.due
    if item.deadline.kind is not Kind.STAGED:
        return claim, ()
    stated = stages_stated_done(row.text(Column.PROGRESS), stages, item.deadline.text, item.measure)
    if planned:
        return claim, () if stated == stages else stated
    if stated and not claim.from_status:
        claim = replace(claim, claim=Claim.DONE if stated == stages else Claim.IN_PROGRESS)
    return claim, stages if claim.claim is Claim.DONE else stated


def _finish_day(row: Row, claim: ClaimReading, latest: date, base: date | None) -> tuple[DayReading, Column]:
    """完成日期 — the finish column where it says something, else the day inside the progress or status text; and where.

    A day without a year that would fall before ``base`` is none: what was assigned later was not finished before.
    """
    progress = row.text(Column.PROGRESS)
    for cell in row.cells.get(Column.FINISHED, ()):
        if not nothing_said(cell.text) and not formula_failed(cell.text):
            return _cell_day(cell, latest, base), Column.FINISHED
    found = find_finish_day(progress, latest)
    if found.year_inferred and found.day and base and found.day < base:
        return _not_before(base, found, latest, claim), Column.PROGRESS
    if found.day or found.impossible or claim.claim is not Claim.DONE:
        return found, Column.PROGRESS
    behind = day_in_status(row.text(Column.STATUS))
    if behind:
        return read_day(behind, latest=latest, earliest=base), Column.STATUS
    return find_only_day(progress, latest, base), Column.PROGRESS


def _not_before(base: date, found: DayReading, latest: date, claim: ClaimReading) -> DayReading:
    """不早于反馈 — unknown; but a plan for the next such day, where that is nearer and only the text claims done."""
    assert found.day is not None
    ahead = next((day for back in range(1, 5) if (day := _years_on(found.day, back)) and day >= base), None)
    if claim.from_status or found.since or ahead is None or ahead <= latest or ahead - latest > latest - found.day:
        return replace(found, day=None, since=None)
    return replace(found, day=ahead)


def _years_on(day: date, years: int) -> date | None:
    return None if (day.month, day.day) == (2, 29) else day.replace(year=day.year + years)


def _cell_day(cell: Cell, latest: date, base: date | None) -> DayReading:
    if isinstance(cell.value, datetime):
        return DayReading(day=cell.value.date(), text=cell.text)
    if isinstance(cell.value, date):
        return DayReading(day=cell.value, text=cell.text)
    return read_day(cell.text, latest=latest, earliest=base)


def _about_finish(reply: Reply, finish: DayReading, assigned: Assigned) -> list[Finding]:
    source = reply.row.source(Column.FINISHED) if Column.FINISHED in reply.row.cells else reply.source
    if finish.impossible:
        return [Code.DATE_IMPOSSIBLE.at(source, text=finish.text)]
    unread = Column.FINISHED in reply.row.cells and finish.day is None and reply.claimed is Claim.DONE
    if unread and not nothing_said(reply.row.text(Column.FINISHED)):
        return [Code.DATE_UNREADABLE.at(source, text=reply.row.text(Column.FINISHED))]
    base = assigned.base.day
    if finish.day and base and finish.day < base and reply.claimed is Claim.DONE:
        return [Code.FINISH_BEFORE_BASE.at(source, day=finish.day.isoformat(), base=base.isoformat())]
    return []


def _about_claim(
    reply: Reply, item: Item, claim: ClaimReading, columns: frozenset[Column], assigned: Assigned
) -> list[Finding]:
    """状态核对 — contradictions, 基本完成, done with nothing behind it, words with no fact."""
    source, no = reply.source, item.no
    if nothing_said(reply.progress) and nothing_said(reply.status):
        return [Code.REPLY_BLANK.at(reply.row.source(), no=no)]
    findings: list[Finding] = []
    if claim.contradiction and item.deadline.kind is not Kind.STAGED:  # one stage done is no state of the whole
        findings.append(Code.CLAIM_CONTRADICTS.at(source, status=reply.status, progress=_short(reply.progress)))
    if claim.status_unknown:
        findings.append(Code.STATUS_UNKNOWN.at(reply.row.source(Column.STATUS), text=reply.status))
    if claim.basically and not assigned.rules.basically_done:
        findings.append(Code.BASICALLY_DONE.at(source, no=no))
    if claim.claim is Claim.DONE and vague_done(reply.progress, reply.evidence, reply.finished):
        findings.append(Code.DONE_VAGUE.at(source, no=no))
    if claim.claim is Claim.DONE and Column.EVIDENCE in columns and nothing_said(reply.evidence):
        findings.append(Code.EVIDENCE_MISSING.at(reply.row.source(), no=no))
    if claim.claim is not Claim.DONE and vague_progress(reply.progress):
        findings.append(Code.PROGRESS_VAGUE.at(source, no=no, text=_short(reply.progress)))
    return findings


def _short(text: str) -> str:
    """摘录 — the first 40 characters, for a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:40]}……"


def _twice(replies: Sequence[Reply]) -> list[Finding]:
    """同表重复 — the same item more than once in one unit's rows (N05)."""
    findings: list[Finding] = []
    seen: dict[tuple[str | None, str], list[Reply]] = {}
    for reply in replies:
        seen.setdefault((reply.unit, reply.no), []).append(reply)
    for (_, no), several in seen.items():
        if len(several) > 1:
            findings.append(Code.ITEM_TWICE.at(several[1].source, no=no, count=len(several)))
    return findings


def _account(content: Submission, unmatched: Sequence[Row]) -> tuple[int, tuple[SetAside, ...]]:
    """对账 — the cells used (known columns of matched rows), and all others with their reason."""
    left = [
        SetAside(row.sheet, cell.row, cell.column, cell.text, Reason.UNMATCHED_ROW)
        for row in unmatched
        for cell in own_cells(row)
    ]
    total = sum(len(own_cells(row)) for row in content.rows)
    return total - len(left), (*content.set_aside, *left)


def own_cells(row: Row) -> list[Cell]:
    """本行单元格 — the row's own cells; a text taken from a merge or from above is counted where it stands."""
    return [cell for cells in row.cells.values() for cell in cells if not cell.inherited]
