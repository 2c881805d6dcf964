"""台账各页 — the sheets with one row an item: 台账 itself, and the lists 逾期, 临期, 待销号, 长期坚持."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from rectify_tool.model import (
    ACT_WORDS,
    CLAIM_WORDS,
    Decision,
    Reply,
    Sheet,
    SheetColumn,
    SheetTable,
    SheetValue,
    Standing,
    Verdict,
)
from rectify_tool.papers.cases import lead_said
from rectify_tool.papers.counts import UNNAMED, nearest_first, standing_in
from rectify_tool.papers.sheets import (
    Draft,
    Row,
    assigned_at,
    day,
    fitting,
    lamp,
    place,
    said,
    stacked,
    text,
    whole,
    word,
)
from rectify_tool.papers.speech import Speech, spoken_day

_LEDGER = (
    word("灯·状态", 10),
    word("编号", 7),
    text("方面", 11),
    text("问题", 15),
    text("小项", 18),
    text("整改措施", 19),
    text("整改目标", 13),
    text("责任领导", 11),
    text("牵头单位", 11),
    text("责任单位", 13),
    text("整改时限\n（原文）", 12),
    text("时限读法", 15),
    day("到期日", 11),
    whole("剩余\n天数", 6),
    word("单位\n自报", 8),
    day("完成日期", 11),
    text("牵头单位进展", 30),
    text("其他单位反馈", 20),
    text("佐证材料", 13),
    text("办理决定", 13),
    word("提示", 8),
    text("判定理由", 20),
    text("牵头反馈文件", 15),
    text("单元格", 9),
)


def ledger_sheet(draft: Draft) -> Sheet:
    """台账 — every item once, in the order of the breakdown, with every unit's words."""
    rows = [_ledger_row(verdict, draft.outcome.job.as_of) for verdict in draft.verdicts]
    notes = (draft.lights, "牵头单位的话定状态，其他单位的话照列；到期日按“时限读法”推得，原文一并列出")
    return draft.sheet("台账", "整改任务台账", SheetTable("", _LEDGER, rows), notes=notes, wide=True)


def _ledger_row(verdict: Verdict, as_of: date) -> Row:
    entry, item = verdict.entry, verdict.entry.item
    reply = entry.lead_reply
    return (
        lamp(verdict),
        item.no,
        fitting(item.aspect),
        fitting(item.problem),
        fitting(item.item),
        fitting(item.measure),
        fitting(item.goal),
        "、".join(item.leaders),
        item.lead or UNNAMED,
        "、".join(item.units),
        fitting(item.deadline.text),
        fitting(item.deadline.because),
        verdict.due,
        verdict.days_left,
        _claimed(verdict),
        verdict.finished,
        fitting(said(reply), reply.source) if reply else "",
        fitting(stacked(_others(entry.replies, reply))),
        fitting(reply.evidence, reply.source) if reply else "",
        fitting(stacked(_decided(one, as_of) for one in entry.decisions)),
        stacked(_flags(verdict)),
        fitting(verdict.because),
        *place(reply.source if reply else None),
    )


def _claimed(verdict: Verdict) -> str:
    """单位自报 — the lead's claim as it made it, and why there is none."""
    entry = verdict.entry
    reply = entry.lead_reply
    if reply is not None and reply.claimed is not verdict.claimed:
        return f"{CLAIM_WORDS[reply.claimed]}（不计）"
    if reply is None and entry.lead_unreadable:
        return "待核（文件不能读取）"
    return "未报" if reply is None and verdict.not_reported else CLAIM_WORDS[verdict.claimed]


def _others(replies: Sequence[Reply], lead_reply: Reply | None) -> list[str]:
    """其他单位的话 — 单位（自报）：原话, a line each; a file of no known unit is named instead."""
    return [
        f"{one.unit or f'〔{one.source.file}〕'}（{CLAIM_WORDS[one.claimed]}）：{said(one)}"
        for one in replies
        if one is not lead_reply
    ]


def _decided(decision: Decision, as_of: date) -> str:
    """办理决定 — day, act, new day and what was written of it; one dated after the as-of day does not count yet."""
    when = spoken_day(decision.day) if decision.day else ""
    until = f"至{spoken_day(decision.new_due)}" if decision.new_due else ""
    why = f"：{decision.why}" if decision.why else ""
    later = "（基准日之后，不计）" if decision.day and decision.day > as_of else ""
    return f"{when}{ACT_WORDS[decision.act]}{until}{later}{why}"


def _flags(verdict: Verdict) -> list[str]:
    flags = ((verdict.to_confirm, "时限待确认"), (verdict.not_reported, "未报送"))
    unreadable = (verdict.entry.lead_unreadable and not verdict.entry.lead_reported, "文件不能读取")
    return [flag for holds, flag in (*flags, unreadable) if holds]


# ---------------------------------------------------------------- 清单 ----


_Cell = tuple[SheetColumn, Callable[[Verdict, Speech], SheetValue]]


def _days_over(verdict: Verdict) -> int | None:
    return -verdict.days_left if verdict.days_left is not None else None


def _days_late(verdict: Verdict) -> int | None:
    if verdict.finished is None or verdict.due is None or verdict.finished <= verdict.due:
        return None
    return (verdict.finished - verdict.due).days


def _told(verdict: Verdict, speech: Speech) -> str:
    """牵头单位反馈 — its words, or why there are none."""
    name, wrote = lead_said(verdict)
    reply = verdict.entry.lead_reply
    return fitting(wrote, reply.source if reply else None) if wrote else speech.word(name)


def _from(verdict: Verdict) -> tuple[SheetValue, SheetValue]:
    """出处 — of the lead's reply, else of the item in the breakdown."""
    return place(verdict.entry.lead_reply.source if verdict.entry.lead_reply else assigned_at(verdict))


_NO: _Cell = (word("编号", 7), lambda one, _: one.entry.item.no)
_LAMP: _Cell = (word("灯·状态", 10), lambda one, _: lamp(one))
_MATTER: _Cell = (text("小项内容", 26), lambda one, _: fitting(one.entry.item.matter))
_LEAD: _Cell = (text("牵头单位", 13), lambda one, _: one.entry.item.lead or UNNAMED)
_UNITS: _Cell = (text("责任单位", 15), lambda one, _: "、".join(one.entry.item.units))
_LEADERS: _Cell = (text("责任领导", 11), lambda one, _: "、".join(one.entry.item.leaders))
_PERSON: _Cell = (text("责任人", 9), lambda one, _: fitting(one.entry.item.person))
_DEADLINE: _Cell = (text("整改时限\n（原文）", 13), lambda one, _: fitting(one.entry.item.deadline.text))
_DUE: _Cell = (day("到期日", 11), lambda one, _: one.due)
_OVER: _Cell = (whole("逾期\n天数"), lambda one, _: _days_over(one))
_LEFT: _Cell = (whole("剩余\n天数"), lambda one, _: one.days_left)
_LATE: _Cell = (whole("超过\n天数"), lambda one, _: _days_late(one))
_CLAIM: _Cell = (word("单位自报", 9), lambda one, _: _claimed(one))
_FINISHED: _Cell = (day("完成日期", 11), lambda one, _: one.finished)
_SAID: _Cell = (text("牵头单位反馈", 34), _told)
_EVIDENCE: _Cell = (
    text("佐证材料", 18),
    lambda one, _: fitting(one.entry.lead_reply.evidence) if one.entry.lead_reply else "",
)
_BECAUSE: _Cell = (text("判定理由", 24), lambda one, _: fitting(one.because))
_FILE: _Cell = (text("出处文件", 16), lambda one, _: _from(one)[0])
_SPOT: _Cell = (text("单元格", 10), lambda one, _: _from(one)[1])

_OVERDUE = (_NO, _MATTER, _LEAD, _UNITS, _LEADERS, _DEADLINE, _DUE, _OVER, _CLAIM, _SAID, _BECAUSE, _FILE, _SPOT)
_DUE_SOON = (_NO, _MATTER, _LEAD, _UNITS, _LEADERS, _DEADLINE, _DUE, _LEFT, _CLAIM, _SAID, _BECAUSE, _FILE, _SPOT)
_TO_CLOSE = (_NO, _LAMP, _MATTER, _LEAD, _LEADERS, _DEADLINE, _DUE, _FINISHED, _LATE, _SAID, _EVIDENCE, _FILE, _SPOT)
_LONG_TERM = (_NO, _MATTER, _LEAD, _UNITS, _LEADERS, _PERSON, _DEADLINE, _DUE, _CLAIM, _SAID, _BECAUSE, _FILE, _SPOT)


def overdue_sheet(draft: Draft) -> Sheet:
    """逾期 — the longest overdue first; a doubtful day never brings an item here."""
    rows = nearest_first(standing_in(draft.verdicts, Standing.OVERDUE))
    return _list(draft, "逾期", "逾期未完成事项", _OVERDUE, rows, ("配合单位不算逾期",))


def due_soon_sheet(draft: Draft) -> Sheet:
    """临期 — the nearest day first."""
    rows = nearest_first(standing_in(draft.verdicts, Standing.DUE_SOON))
    return _list(draft, "临期", f"临期事项（{draft.outcome.rules.due_soon_days}天内到期）", _DUE_SOON, rows)


def to_close_sheet(draft: Draft) -> Sheet:
    """待销号 — claimed done by the lead and not yet accepted by the office."""
    rows = standing_in(draft.verdicts, Standing.FINISHED, Standing.FINISHED_LATE)
    notes = ("完成是单位自报，销号须经核查认可",)
    return _list(draft, "待销号", "已报完成、尚未销号事项", _TO_CLOSE, rows, notes)


def long_term_sheet(draft: Draft) -> Sheet:
    """长期坚持 — with owner and responsible person, which such items must have."""
    return _list(draft, "长期坚持", "长期坚持事项", _LONG_TERM, standing_in(draft.verdicts, Standing.LONG_TERM))


def _list(
    draft: Draft, name: str, title: str, cells: Sequence[_Cell], verdicts: Sequence[Verdict], notes: Sequence[str] = ()
) -> Sheet:
    rows = [tuple(make(verdict, draft.speech) for _, make in cells) for verdict in verdicts]
    return draft.sheet(name, title, SheetTable("", tuple(column for column, _ in cells), rows), notes=notes)
