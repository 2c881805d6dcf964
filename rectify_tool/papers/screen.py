"""看板 — an outcome and the past as the lines a face shows; every rule already applied, nothing left to work out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from unicodedata import is_normalized, normalize

from rectify_tool.dates import chinese_day
from rectify_tool.findings import Code
from rectify_tool.model import (
    ACT_WORDS,
    DONE,
    NOW,
    Bar,
    Decision,
    Entry,
    FileLine,
    FileOutcome,
    FileRecord,
    FileRole,
    Finding,
    FindingLine,
    Heard,
    ItemChange,
    ItemLine,
    Outcome,
    PaperSet,
    Past,
    Published,
    Screen,
    Standing,
    UnitLine,
    Verdict,
)
from rectify_tool.papers.about import whereabouts
from rectify_tool.papers.acts import decision_lines
from rectify_tool.papers.change_sheet import change_words
from rectify_tool.papers.counts import UNNAMED, Group, by_aspect, by_lead, by_leader, count, how_heard
from rectify_tool.papers.item_sheets import claimed_words
from rectify_tool.papers.reading import days_words, read_as
from rectify_tool.papers.sheets import decided, said
from rectify_tool.papers.source_sheets import copies_in, result


def make_screen(outcome: Outcome, past: Past, papers: tuple[PaperSet, ...]) -> Screen:
    """看板 — of a look or a run; ``past`` is the folder's 台账.db, ``papers`` the sets of papers under 成果/."""
    job, verdicts, rules = outcome.job, outcome.verdicts, outcome.rules
    return Screen(
        folder=job.folder,
        as_of=job.as_of,
        number=outcome.number,
        next_number=past.next_number(job.as_of.year),
        since=_since(outcome.change.since),
        mark=rules.office["mark"],
        counts=count(verdicts),
        items=tuple(_item_lines(outcome)),
        units=tuple(_unit_lines(outcome)),
        files=tuple(_file_lines(outcome)),
        findings=tuple(_finding_lines(outcome)),
        decisions=decision_lines(outcome, past),
        papers=papers,
        aspects=_bars(by_aspect(verdicts)),
        leads=_bars(by_lead(verdicts)),
        leaders=_bars(by_leader(verdicts, rules.leader_order)),
        bulletins=tuple(_bulletin_bars(outcome, past)),
        outputs=dict(outcome.outputs),
    )


def _since(since: Published | None) -> str:
    return f"第{since.number}期，截至{chinese_day(since.as_of)}" if since else ""


# ---------------------------------------------------------------- 台账 ----


def _item_lines(outcome: Outcome) -> Iterable[ItemLine]:
    changes = {one.verdict.entry.item.no: one for one in outcome.change.items}
    for verdict in outcome.verdicts:
        yield _item_line(verdict, changes.get(verdict.entry.item.no), outcome.job.as_of)


def _item_line(verdict: Verdict, change: ItemChange | None, as_of: date) -> ItemLine:
    entry, item = verdict.entry, verdict.entry.item
    reply = entry.lead_reply
    progress = said(reply) if reply else ""
    return ItemLine(
        no=item.no,
        aspect=item.aspect,
        problem=item.problem,
        matter=item.matter,
        measure=item.measure,
        lead=item.lead or "",
        units=item.units,
        leaders=item.leaders,
        deadline=item.deadline.text,
        read_as=read_as(verdict, as_of),
        due=verdict.due,
        days_left=verdict.days_left,
        days=days_words(verdict),
        standing=verdict.standing,
        to_confirm=verdict.to_confirm,
        claim=claimed_words(verdict) + ("（沿用上期）" if reply and entry.heard is Heard.CARRIED else ""),
        heard=entry.heard,
        progress=progress,
        decided=_last_act(entry.decisions, as_of),
        changed="；".join(change_words(change)) if change else "",
        words=_words(entry, progress),
    )


def _last_act(decisions: Sequence[Decision], as_of: date) -> str:
    """最近一次办理 — of those that count by the as-of day; where none does, the first that will."""
    counting = [one for one in decisions if one.day is None or one.day <= as_of]
    last = counting[-1:] or decisions[:1]
    return _act_first(last[0], decided(last[0], as_of)) if last else ""


def _act_first(one: Decision, told: str) -> str:
    """办理在前 — in a narrow column what was done is seen, and the day behind it."""
    when, act = chinese_day(one.day) if one.day else "", ACT_WORDS[one.act]
    return f"{act}（{when}）{told.removeprefix(when + act)}" if when and told.startswith(when + act) else told


def _words(entry: Entry, progress: str) -> str:
    """可查的文字 — what stands of the item in the breakdown, and all that any unit wrote of its progress."""
    item = entry.item
    shared = (item.aspect, item.problem, item.deadline.text, *item.units, *item.leaders)
    replied = (said(one) for one in entry.replies if one is not entry.lead_reply)
    own = dict.fromkeys((item.no, item.matter, item.measure, progress, *replied))
    return "\n".join([_folded("\n".join(own)), *map(_folded_once, shared)])


def _folded(text: str) -> str:
    """NFKC, lower case — running text is folded character by character, five times as fast as NFKC of the whole."""
    plain = _wide().sub(lambda found: normalize("NFKC", found[0]), text)
    return (plain if is_normalized("NFKC", plain) else normalize("NFKC", text)).lower()


_folded_once = lru_cache(maxsize=16384)(_folded)  # the names of units and problems stand in many items


@cache
def _wide() -> re.Pattern[str]:
    """全角字符等 — the characters that NFKC changes."""
    changed = [chr(code) for code in range(0x10000) if not is_normalized("NFKC", chr(code))]
    return re.compile(f"[{re.escape(''.join(changed))}]")


# ---------------------------------------------------------------- 报送 ----


def _file_lines(outcome: Outcome) -> Iterable[FileLine]:
    ledger, copies, unread = outcome.ledger, copies_in(outcome), _unread(outcome)
    noted = Counter(one.source.file for one in outcome.findings)
    reasons = _reasons(outcome.findings)
    for record in ledger.files:
        yield FileLine(
            file=record.file,
            sha256=record.sha256,
            role=record.role,
            unit=record.unit or "",
            sent=record.sent,
            items=record.items,
            outcome=result(record, copies),
            why="；".join(reasons.get(record.file, ())) or _unsaid(record),
            unread=record.file in unread,
            findings=noted[record.file],
        )


def _unread(outcome: Outcome) -> frozenset[str]:
    """不能读取的 — what units sent and nobody could read, and nothing of theirs that could be read came beside it.

    A paper without a table that names no unit is none of it: anybody may have laid a duty roster there.
    """
    tableless = {one.source.file for one in outcome.findings if one.code == Code.FILE_NO_TABLE.code}
    nobodys = {one.file for one in outcome.ledger.files if not one.unit and one.file in tableless}
    heard = {one.file for one in outcome.ledger.files if one.unit in outcome.ledger.reported}
    return frozenset(outcome.ledger.unread) - nobodys - heard


def _unsaid(record: FileRecord) -> str:
    """没有核对意见的原因 — lock files nobody sent, and a register that is spoken of for the whole run."""
    if record.role is FileRole.REGISTER and record.outcome not in _READ:
        return "没有读出来，里面记的办理都没有算"
    return "表格软件留下的临时文件，或者系统文件，不是报送的表" if record.outcome is FileOutcome.SKIPPED else ""


_READ = (FileOutcome.READ, FileOutcome.READ_WITH_FINDINGS)


def _reasons(findings: Iterable[Finding]) -> Mapping[str, Sequence[str]]:
    """没有采用的原因 — by file, the findings that say so."""
    reasons: dict[str, list[str]] = {}
    for one in findings:
        if one.code in _NOT_USED:
            reasons.setdefault(one.source.file, []).append(one.message)
    return reasons


_NOT_USED = frozenset(
    code.code
    for code in (
        *(Code.FILE_EMPTY, Code.FILE_CORRUPT, Code.FILE_PASSWORD, Code.FILE_NOT_WORKBOOK, Code.FILE_TOO_LARGE),
        *(Code.FILE_READER_DIED, Code.FILE_TIMEOUT, Code.FILE_COPYING, Code.FILE_UNREADABLE, Code.FILE_NO_TABLE),
        *(Code.FILE_SAME_CONTENT, Code.FILE_LINKED, Code.FILE_FOREIGN_TABLE, Code.FILE_OWN_OUTPUT),
        *(Code.SUPERSEDED, Code.SUPERSEDED_PARTLY, Code.BREAKDOWN_OTHER, Code.BREAKDOWN_UNREAD, Code.UNIT_UNKNOWN_FILE),
        *(Code.REGISTER_NO_TABLE, Code.CAME_LATER),
    )
)
"""说明没有采用的意见 — of a file that was not read, not used, or used in part only."""


def _unit_lines(outcome: Outcome) -> Iterable[UnitLine]:
    ledger = outcome.ledger
    leads = {group.name: group.verdicts for group in by_lead(outcome.verdicts)}
    parts = Counter(unit for one in outcome.verdicts for unit in one.entry.item.units)
    runs = {one.unit: one.silent_run for one in outcome.change.units}
    files, told = _files_by_unit(outcome), how_heard(ledger, outcome.verdicts)
    for unit in ledger.expected:
        led = leads.get(unit, ())
        sent = files.get(unit, ())
        yield UnitLine(
            unit=unit,
            heard=ledger.heard(unit),
            files=tuple(one.file for one in sent),
            sent=next((one.sent for one in sent if one.sent), None),
            lead=len(led),
            helping=parts[unit] - len(led),
            open=sum(one.standing not in DONE for one in led),
            overdue=sum(one.standing is Standing.OVERDUE for one in led),
            silent_run=runs.get(unit, 0),
            told=told[unit],
        )


def _files_by_unit(outcome: Outcome) -> Mapping[str, Sequence[FileRecord]]:
    """各单位的文件 — what is in use first, the newest of it at the front; a file of several units is each one's."""
    ledger = outcome.ledger
    in_use = {(one.unit or "", one.source.file) for entry in ledger.entries for one in entry.replies}
    sent = {*in_use, *((one.unit or "", one.source.file) for one in ledger.superseded)}
    sent |= {(one.unit or "", one.file) for one in ledger.files if one.role is FileRole.SUBMISSION}
    records = {one.file: one for one in ledger.files}
    of_units: dict[str, list[FileRecord]] = {}
    for unit, file in sorted(sent):
        if unit and file in records:
            of_units.setdefault(unit, []).append(records[file])
    for unit, held in of_units.items():
        held.sort(key=lambda one: one.sent or date.min, reverse=True)
        held.sort(key=lambda one: (unit, one.file) not in in_use)
    return of_units


# ---------------------------------------------------------------- 核对意见 ----

_KINDS: Mapping[str, str] = {
    "F": "文件",
    "H": "表格与表头",
    "D": "时限",
    "U": "单位",
    "N": "编号与对应",
    "M": "合并",
    "B": "改动了下发内容",
    "S": "单位自报",
    "K": "办理",
    "C": "较上期",
    "P": "材料",
}
"""意见的类别 — by the letter of the code."""


def _finding_lines(outcome: Outcome) -> Iterable[FindingLine]:
    items = whereabouts(outcome.ledger, outcome.ledger.entries)
    for one in outcome.findings:
        yield FindingLine(one.code, one.severity, _KINDS[one.code[0]], one.source, one.message, items.about(one))


# ---------------------------------------------------------------- 图 ----


def _bars(groups: Iterable[Group]) -> tuple[Bar, ...]:
    return tuple(_bar(group.name or UNNAMED, (one.standing for one in group.verdicts)) for group in groups)


def _bar(label: str, standings: Iterable[Standing]) -> Bar:
    counts = Counter(standings)
    return Bar(label, {standing: counts[standing] for standing in Standing})


def _bulletin_bars(outcome: Outcome, past: Past) -> Iterable[Bar]:
    """各期 — those published and now, by as-of day; a bulletin of a later day than now stands behind now."""
    here = (outcome.job.as_of, outcome.number)
    for one in past.in_force:
        if (one.as_of, one.number) <= here:
            yield _published_bar(one, outcome.job.as_of)
    yield _bar(f"{NOW} {_day(outcome.job.as_of)}", (one.standing for one in outcome.verdicts))
    for one in past.in_force:
        if (one.as_of, one.number) > here:
            yield _published_bar(one, outcome.job.as_of)


def _published_bar(one: Published, as_of: date) -> Bar:
    year = f"{one.year}年" if one.year != as_of.year else ""
    return _bar(f"{year}第{one.number}期 {_day(one.as_of)}", (item.standing for item in one.items))


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
