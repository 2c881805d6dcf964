"""合并 — breakdown + reports + decisions → Ledger: nothing lost, clashes shown.

The order of the reports makes no difference, and merging the same reports twice gives the same ledger.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rectify_tool.findings import Code
from rectify_tool.model import (
    CLAIM_WORDS,
    Breakdown,
    Claim,
    Entry,
    Finding,
    Heard,
    Item,
    Kind,
    Ledger,
    Reply,
    Report,
    Source,
)

_ADVANCE = (Claim.NOT_STARTED, Claim.IN_PROGRESS, Claim.LONG_TERM, Claim.DONE, Claim.NONE)
_LAST_WORD = re.compile(r"最终|定稿|终稿|最新")
_COPY_NUMBER = re.compile(r"[（(](\d+)[)）]")


@dataclass(frozen=True, slots=True)
class Unread:
    """未读件 — a file of a unit (as far as its name tells) that could not be read; ``sha256`` is "" where unknown."""

    file: str
    unit: str | None
    sha256: str = ""


def merge(
    breakdown: Breakdown, reports: Sequence[Report], unread: Iterable[Unread], known: Collection[str] = ()
) -> tuple[Ledger, tuple[Finding, ...]]:
    """合并 — one entry per item with every unit's current reply.

    Args:
        breakdown: What was assigned, with the office's decisions.
        reports: Every readable submission, superseded ones included.
        unread: Files that could not be read, with the unit their names tell.
        known: Digests of the files the last published bulletin was made from: a file among them is not sent this time.

    Returns:
        The ledger without its file records (the story adds them), and findings F11, M02, M03, M04, N05, N06, U10.
    """
    ordered, unread = sorted(reports, key=lambda report: report.file), tuple(unread)
    twins = _twins(ordered)
    kept, superseded, about_versions = _newest(ordered, twins)
    current = [reply for report in kept.values() for reply in report]
    expected = tuple(dict.fromkeys(unit for item in breakdown.items for unit in item.units))
    sent, reported = _units_of(ordered), _units_of(report for report in ordered if report.sha256 not in known)
    failed = dict.fromkeys(one.unit for one in unread if one.unit and one.sha256 not in known)
    unreadable = tuple(unit for unit in failed if unit not in reported)
    missing = tuple(unit for unit in expected if unit not in reported and unit not in unreadable)
    carried = tuple(unit for unit in missing if unit in sent)
    heard = {
        **dict.fromkeys(carried, Heard.CARRIED),
        **dict.fromkeys(unreadable, Heard.UNREADABLE),
        **dict.fromkeys(reported, Heard.REPORTED),
    }
    by_item: dict[str, list[Reply]] = {}
    for reply in current:
        by_item.setdefault(reply.no, []).append(reply)
    entries = tuple(_entry(item, by_item.get(item.no, []), breakdown, heard) for item in breakdown.items)
    wholly = {report.file for report in ordered if not kept[report.file] and report.replies}
    ledger = Ledger(
        entries=entries,
        expected=expected,
        reported=tuple(sorted(reported, key=lambda unit: _position(unit, expected))),
        missing=missing,
        unreadable=unreadable,
        superseded=tuple(superseded),
        unmatched=tuple(row for report in ordered for row in report.unmatched),
        retired=tuple(sorted(wholly | set(twins))),
        files=(),
        base=breakdown.base,
        base_because=breakdown.base_because,
        carried=carried,
        acts=tuple(one for one in breakdown.decisions if not one.no),
        unread=tuple(one.file for one in unread),
    )
    findings = [*about_versions, *_absent(ordered, entries), *(one for entry in entries for one in _clashes(entry))]
    return ledger, tuple(findings)


def _units_of(reports: Iterable[Report]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for report in reports for unit in report.units))


def _position(unit: str, expected: Sequence[str]) -> tuple[int, str]:
    return (expected.index(unit) if unit in expected else len(expected), unit)


# ---------------------------------------------------------------- 版本 ----


def _newest(
    reports: Sequence[Report], twins: Mapping[str, Report]
) -> tuple[dict[str, tuple[Reply, ...]], list[Reply], list[Finding]]:
    """取最新 — of each unit the newest reply to each item; identical files count once.

    Returns:
        The replies kept of each file (empty for a file wholly superseded), the replies superseded, and F11, M03, M04.
    """
    kept = {report.file: list(report.replies) for report in reports}
    superseded: list[Reply] = []
    findings: list[Finding] = []

    def drop(report: Report, replies: Iterable[Reply]) -> None:
        gone = list(replies)
        superseded.extend(gone)
        kept[report.file] = [reply for reply in kept[report.file] if reply not in gone]

    for report in reports:
        twin = twins.get(report.file)
        if twin is not None:
            findings.append(Code.FILE_SAME_CONTENT.at(Source(report.file), other=twin.file))
            drop(report, list(kept[report.file]))
    for unit in dict.fromkeys(unit for report in reports for unit in report.units):
        versions = [one for one in reports if unit in one.units and kept[one.file]]
        replaced: dict[str, tuple[Report, Report, str]] = {}
        for report, later, why in _pairs(versions):
            mine = [reply for reply in kept[report.file] if reply.unit == unit]
            theirs = {reply.no for reply in later.replies if reply.unit == unit}
            if any(reply.no in theirs for reply in mine):
                replaced.setdefault(report.file, (report, later, why))
                drop(report, [reply for reply in mine if reply.no in theirs])
        findings += [_replaced(unit, *one, kept[one[0].file]) for one in replaced.values()]
    return {file: tuple(replies) for file, replies in kept.items()}, superseded, findings


def _replaced(unit: str, report: Report, later: Report, why: str, left: Iterable[Reply]) -> Finding:
    """已代替 — wholly (M03), or but for the items no later version holds, for which this one is still used (M04)."""
    nos = "、".join(dict.fromkeys(reply.no for reply in left if reply.unit == unit))
    if nos:
        return Code.SUPERSEDED_PARTLY.at(Source(report.file), unit=unit, later=later.file, nos=nos)
    return Code.SUPERSEDED.at(Source(report.file), unit=unit, later=later.file, why=why)


def _twins(reports: Sequence[Report]) -> dict[str, Report]:
    """同一内容 — for each file that need not count, the one of the same digest that stands for it.

    That is the one whose unit is known, then the one with the plainest name. One workbook sent under the names of two
    units is the word of both, so such files are no twins.
    """
    groups: dict[str, list[Report]] = {}
    for report in sorted(reports, key=lambda one: (not one.units, len(one.file), one.file)):
        groups.setdefault(report.sha256, []).append(report)
    twins: dict[str, Report] = {}
    for same in groups.values():
        for place, report in enumerate(same):
            first = next((one for one in same[:place] if not report.units or one.units == report.units), None)
            if first is not None:
                twins[report.file] = first
    return twins


def _pairs(versions: Sequence[Report]) -> list[tuple[Report, Report, str]]:
    """先后 — (earlier, later, why) for every two versions of a unit, the latest first to replace.

    Compared by the strongest date all versions have: the date line, the time saved inside, the file's own time;
    then by name (最终版, (2)).
    """
    levels = (
        ("填报日期较晚", [one.date_line for one in versions]),
        ("文件内保存时间较晚", [one.saved_at for one in versions]),
        ("文件时间较晚", [one.modified for one in versions]),
    )
    usable = [(why, days) for why, days in levels if all(days)]

    def key(index: int) -> tuple[object, ...]:
        return (*(days[index] for _, days in usable), *_name_rank(versions[index].file))

    order = sorted(range(len(versions)), key=key)
    pairs: list[tuple[Report, Report, str]] = []
    for position in range(len(order) - 1, 0, -1):
        later = order[position]
        for earlier in order[:position][::-1]:
            why = next((why for why, days in usable if days[earlier] != days[later]), "按文件名判断")
            pairs.append((versions[earlier], versions[later], why))
    return pairs


def _name_rank(file: str) -> tuple[bool, int, str]:
    numbers = [int(number) for number in _COPY_NUMBER.findall(file) if len(number) < 4]
    return bool(_LAST_WORD.search(file)), max(numbers, default=0), file


# ---------------------------------------------------------------- 条目 ----


def _entry(item: Item, replies: Sequence[Reply], breakdown: Breakdown, heard: Mapping[str, Heard]) -> Entry:
    order = {unit: position for position, unit in enumerate(item.units)}
    ranked = sorted(replies, key=lambda reply: (order.get(reply.unit or "", len(order)), str(reply.source)))
    own = [reply for reply in ranked if reply.unit is not None and reply.unit == item.lead]
    lead_reply = min(own, key=lambda reply: _ADVANCE.index(reply.claimed), default=None)
    return Entry(
        item=item,
        replies=tuple(ranked),
        lead_reply=lead_reply,
        decisions=tuple(one for one in breakdown.decisions if one.no == item.no),
        heard=heard.get(item.lead or "", Heard.MISSING),
    )


def _absent(reports: Sequence[Report], entries: Sequence[Entry]) -> list[Finding]:
    """漏项 — items whose lead sent a file that does not hold them (N06)."""
    file_of: Mapping[str, str] = {unit: report.file for report in reports for unit in report.units}
    return [
        Code.ITEM_ABSENT.at(Source(file), unit=entry.item.lead, no=entry.item.no)
        for entry in entries
        if entry.lead_reply is None and (file := file_of.get(entry.item.lead or ""))
    ]


def _clashes(entry: Entry) -> list[Finding]:
    """说法不一 — another unit's claim against the lead's (M02), and words from a unit without a part in it (U10)."""
    findings: list[Finding] = []
    lead = entry.lead_reply if entry.item.deadline.kind is not Kind.LONG_TERM else None  # done is not its word to say
    for reply in entry.replies:
        if reply.unit is not None and reply.unit not in entry.item.units:
            findings.append(Code.UNIT_OUTSIDE.at(reply.source, unit=reply.unit))
        elif lead is None or reply.unit == lead.unit or reply.helped:
            continue
        elif _disagree(lead.claimed, reply.claimed):
            clash = Code.UNITS_CLASH.at(
                lead.source,
                no=entry.item.no,
                unit=lead.unit,
                claim=CLAIM_WORDS[lead.claimed],
                other=reply.unit or "单位不明的报送表",
                other_claim=CLAIM_WORDS[reply.claimed],
                place=reply.source,
            )
            findings.append(clash)
    return findings


def _disagree(one: Claim, other: Claim) -> bool:
    return Claim.NONE not in (one, other) and (one is Claim.DONE) != (other is Claim.DONE)
