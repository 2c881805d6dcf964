"""经过 — the life of one item, and of the whole folder, in order, each step with where it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rectify_tool.dates import chinese_day
from rectify_tool.model import (
    ACT_WORDS,
    DATABASE,
    STANDING_WORDS,
    Column,
    Decision,
    Outcome,
    Past,
    Published,
    PublishedItem,
    Record,
    Source,
    Standing,
    Verdict,
    taken_back,
)


@dataclass(frozen=True, slots=True)
class Event:
    """一件事 — the day it happened (None where not written), what happened, and where that is written.

    ``then`` is True where the source is a cell as it was when a bulletin was published; the file may say otherwise now.
    """

    day: date | None
    what: str
    source: Source
    then: bool = False


def item_life(past: Past, outcome: Outcome | None, no: str) -> tuple[Event, ...]:
    """小项的经过 — as assigned, in every published bulletin, every act of the office, and as it stands now.

    Args:
        past: What 台账.db keeps.
        outcome: The work folder now; None where it cannot be read, then only the past is told.
        no: The item's number.

    Returns:
        The events by day; empty where neither the past nor the folder knows the item.
    """
    verdict = next((one for one in outcome.verdicts if one.entry.item.no == no), None) if outcome else None
    acts = [_recorded(one, past) for one in past.records if _about(one, past) == no]
    shown = [_shown(bulletin, one) for bulletin in past.published for one in bulletin.items if one.no == no]
    if verdict is None or outcome is None:
        return _by_day([*acts, *shown])
    acts += [_decided(one) for one in verdict.entry.decisions if one.source.file != DATABASE]
    return (_assigned(verdict), *_by_day([*acts, *shown]), _now(verdict, outcome))


def folder_life(past: Past) -> tuple[Event, ...]:
    """台账的经过 — every publishing and every record, by day."""
    return _by_day([*(_recorded(one, past) for one in past.records), *map(_publishing, past.published)])


def _by_day(events: Iterable[Event]) -> tuple[Event, ...]:
    """按日期 — of one day in the order given: an act counts for the bulletin of its day, so it stands before it."""
    return tuple(sorted(events, key=lambda one: one.day or date.min))


# ---------------------------------------------------------------- 办理 ----


def _about(record: Record, past: Past) -> str:
    """所办的小项 — of a counter-entry that of the record it takes back; "" for an act on a unit."""
    if record.decision is not None:
        return record.decision.no
    undone = next((one for one in past.records if one.serial == record.undoes and one.serial < record.serial), None)
    return _about(undone, past) if undone else ""


def _recorded(record: Record, past: Past) -> Event:
    source = Source(DATABASE, None, f"第{record.serial}条")
    if record.decision is None:
        return Event(record.at.date(), f"撤回第{record.undoes}条{_because(record.by, record.why)}", source)
    gone = taken_back(past.records)
    by = next((one.serial for one in past.records if one.undoes == record.serial and one.serial not in gone), None)
    marked = f"（已由第{by}条撤回）" if by else ""
    return Event(record.decision.day, _act(record.decision) + marked, source)


def _decided(decision: Decision) -> Event:
    return Event(decision.day, _act(decision), decision.source)


def _act(decision: Decision) -> str:
    """办了什么 — 批准延期4-2至2016年6月30日（区委督查室：……）."""
    to = f"至{chinese_day(decision.new_due)}" if decision.new_due else ""
    about = f"（{decision.no or decision.unit}）"
    return f"{ACT_WORDS[decision.act]}{to}{about}{_because(decision.by, decision.why)}"


def _because(by: str, why: str) -> str:
    told = "：".join(filter(None, [by, " ".join(why.split())]))
    return f"，{told}" if told else ""


# ---------------------------------------------------------------- 往期、现在 ----


def _assigned(verdict: Verdict) -> Event:
    item = verdict.entry.item
    owner = f"牵头单位{item.lead}" if item.lead else "没有写明牵头单位"
    told = f"下发：{' '.join(item.matter.split())}；{owner}；时限“{item.deadline.text}”，{item.deadline.because}"
    return Event(None, told, item.row.source(Column.DEADLINE))


def _publishing(bulletin: Published) -> Event:
    standings = [one.standing for one in bulletin.items]
    counts = "、".join(f"{STANDING_WORDS[one]}{standings.count(one)}项" for one in Standing if one in standings)
    again = f"，更正后再次定稿：{bulletin.why}" if bulletin.why else ""
    accepted = f"，对账差异已确认：{bulletin.accepted}" if bulletin.accepted else ""
    told = f"第{bulletin.number}期定稿（{bulletin.published:%Y-%m-%d %H:%M}）：共{len(standings)}项，{counts}"
    return Event(bulletin.as_of, f"{told}{again}{accepted}", Source(f"成果/{bulletin.folder}"))


def _shown(bulletin: Published, item: PublishedItem) -> Event:
    again = "（更正稿）" if bulletin.why else ""
    lead = next((one for one in item.replies if one.lead), None)
    place = lead.source if lead else Source(DATABASE, None, f"第{bulletin.number}期")
    told = f"第{bulletin.number}期{again}：{STANDING_WORDS[item.standing]}，{item.because}"
    return Event(bulletin.as_of, told + _original(lead.progress if lead else ""), place, then=lead is not None)


def _now(verdict: Verdict, outcome: Outcome) -> Event:
    reply = verdict.entry.lead_reply
    told = f"现在：{STANDING_WORDS[verdict.standing]}，{verdict.because}"
    place = reply.source if reply else verdict.entry.item.row.source()
    return Event(outcome.job.as_of, told + _original((reply.progress or reply.status) if reply else ""), place)


def _original(text: str) -> str:
    flat = " ".join(text.split())
    return f"；原文：“{flat}”" if flat else ""
