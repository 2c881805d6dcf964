"""台账各页 — the sheets with one row an item: 台账 itself, and the lists 逾期, 临期, 待销号, 长期坚持.

What a leader reads comes first and is printed; the columns behind are for checking on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rectify_tool.model import (
    CLAIM_WORDS,
    Heard,
    Light,
    Ref,
    Reply,
    Sheet,
    SheetColumn,
    SheetTable,
    SheetValue,
    Standing,
    Verdict,
)
from rectify_tool.papers.cases import extension_asked, lead_said
from rectify_tool.papers.counts import UNNAMED, nearest_first, standing_in
from rectify_tool.papers.sheets import (
    LEDGER,
    SUGGESTED,
    Draft,
    Row,
    assigned_at,
    day,
    decided,
    fitting,
    lamp,
    place,
    said,
    shortened,
    stacked,
    suggested,
    taken_briefly,
    text,
    whole,
    word,
)
from rectify_tool.papers.speech import listed

_BRIEF = 60
"""短文字 — a text of one line no longer than this fits any printed column."""


class _Cell(NamedTuple):
    """一列 — its column, and what it holds of an item."""

    column: SheetColumn
    make: Callable[[Verdict, Draft], SheetValue]

    def sized(self, width: int) -> _Cell:
        """另定宽窄."""
        return self._replace(column=self.column._replace(width=width))


def ledger_sheet(draft: Draft) -> Sheet:
    """台账 — every item once, in the order of the breakdown, with every unit's words."""
    notes = (draft.lights, "牵头单位的话定状态，其他单位的话照列；到期日按“时限读法”推得，原文一并列出")
    rows: list[Row] = []
    for verdict in draft.verdicts:
        shown, rest = _printed(draft, _PRINTED, verdict, f"全文见“{_REST.heading}”一列")
        rows.append((*shown, *[cell.make(verdict, draft) for cell in _CHECKED], fitting(stacked(rest))))
    columns = (*(cell.column for cell in (*_PRINTED, *_CHECKED)), _REST)
    table = SheetTable("", columns, rows, key=_PRINTED.index(_NO))
    return draft.sheet(LEDGER, "整改任务台账", table, notes=notes, wide=True, printed=len(_PRINTED))


def overdue_sheet(draft: Draft) -> Sheet:
    """逾期 — the longest overdue first; a doubtful day never brings an item here.

    How long it has been so, and what is suggested and done about it, is told where bulletins were published before.
    """
    rows = nearest_first(standing_in(draft.verdicts, Standing.OVERDUE))
    notes = ("配合单位不算逾期",)
    if not draft.followed_up:
        return _list(draft, "逾期", "逾期未完成事项", _OVERDUE, rows, notes, Light.RED)
    return _list(draft, "逾期", "逾期未完成事项", _OVERDUE_AGAIN, rows, (*notes, *_AGAIN), Light.RED)


_AGAIN = (
    f"连续逾期：到本期为止连续几期逾期；{SUGGESTED}",
    "已办只列日期和方式，详情见台账“办理决定”一列",
)


def due_soon_sheet(draft: Draft) -> Sheet:
    """临期 — the nearest day first."""
    rows = nearest_first(standing_in(draft.verdicts, Standing.DUE_SOON))
    title = f"临期事项（{draft.outcome.rules.due_soon_days}天内到期）"
    return _list(draft, "临期", title, _DUE_SOON, rows, tab=Light.YELLOW)


def to_close_sheet(draft: Draft) -> Sheet:
    """待销号 — claimed done by the lead and not yet accepted by the office."""
    rows = standing_in(draft.verdicts, Standing.FINISHED, Standing.FINISHED_LATE)
    notes = (draft.lights, "完成是单位自报，销号须经核查认可；“提示”一列有内容的，先核实再销号")
    return _list(draft, "待销号", "已报完成、尚未销号事项", _TO_CLOSE, rows, notes, Light.GREEN)


def long_term_sheet(draft: Draft) -> Sheet:
    """长期坚持 — with owner and responsible person, which such items must have."""
    return _list(draft, "长期坚持", "长期坚持事项", _LONG_TERM, standing_in(draft.verdicts, Standing.LONG_TERM))


def _list(
    draft: Draft,
    name: str,
    title: str,
    cells: Sequence[_Cell],
    verdicts: Sequence[Verdict],
    notes: Sequence[str] = (),
    tab: Light | None = None,
) -> Sheet:
    """清单页 — the item's number leads to its row in 台账; reason and source stand behind what is printed."""
    cells = (_TO_LEDGER, *cells)
    rows: list[Row] = []
    for verdict in verdicts:
        shown, _ = _printed(draft, cells, verdict, "全文见台账")
        rows.append((*shown, *[cell.make(verdict, draft) for cell in _BEHIND]))
    table = SheetTable("", tuple(cell.column for cell in (*cells, *_BEHIND)), rows, key=0)
    return draft.sheet(name, title, table, notes=notes, printed=len(cells), tab=tab)


def _printed(draft: Draft, cells: Sequence[_Cell], verdict: Verdict, where: str) -> tuple[list[SheetValue], list[str]]:
    """打印的各格 — cut where they are too long, saying where the whole stands; and the whole of what was cut."""
    values = [cell.make(verdict, draft) for cell in cells]
    rest: list[str] = []
    for at, value in enumerate(values):
        if isinstance(value, str) and (len(value) > _BRIEF or "\n" in value):
            column = cells[at].column
            values[at] = shortened(value, column.width, where)
            if values[at] != value:
                rest.append(f"【{column.heading}】{value}")
    return values, rest


# ---------------------------------------------------------------- 各列 ----


def claimed_words(verdict: Verdict) -> str:
    """单位自报 — the lead's claim as it made it, and why there is none."""
    entry = verdict.entry
    reply = entry.lead_reply
    if reply is not None and reply.claimed is not verdict.claimed:
        return f"{CLAIM_WORDS[reply.claimed]}（不计）"
    if reply is None and entry.lead_unreadable:
        return "待核（文件不能读取）"
    return "未报" if reply is None and verdict.not_reported else CLAIM_WORDS[verdict.claimed]


def _others(verdict: Verdict, draft: Draft) -> str:
    """其他单位的话 — 单位（自报）：原话, a line each; a file of no known unit is named instead."""
    lead_reply, carried = verdict.entry.lead_reply, draft.outcome.ledger.carried
    others = (one for one in verdict.entry.replies if one is not lead_reply)
    return fitting(stacked(_other(one, _KEPT if one.unit in carried else "") for one in others))


def _other(reply: Reply, mark: str) -> str:
    name = f"{reply.unit or f'〔{reply.source.file}〕'}（{CLAIM_WORDS[reply.claimed]}）{mark}"
    words = said(reply)
    return f"{name}：{words}" if words.strip() else name


_KEPT = "（沿用此前报送）"
"""沿用 — stands before words of an earlier file, its unit having sent nothing since."""


def _decisions(verdict: Verdict, draft: Draft) -> str:
    """办理决定 — those on the item, then those on its lead unit as a whole, a line each."""
    as_of, lead = draft.outcome.job.as_of, verdict.entry.item.lead
    on_unit = [one for one in draft.outcome.ledger.acts if lead and one.unit == lead]
    asked = extension_asked(verdict, as_of)
    told = (decided(one, as_of) + ("（尚未批准）" if one is asked else "") for one in verdict.entry.decisions)
    return fitting(stacked([*told, *(decided(one, as_of) for one in on_unit)]))


def _days_over(verdict: Verdict) -> int | None:
    return -verdict.days_left if verdict.days_left is not None else None


def _days_late(verdict: Verdict) -> int | None:
    if verdict.finished is None or verdict.due is None or verdict.finished <= verdict.due:
        return None
    return (verdict.finished - verdict.due).days


def _progress(verdict: Verdict, draft: Draft) -> str:
    """牵头单位进展 — its words as written."""
    reply = verdict.entry.lead_reply
    return fitting(_marked(said(reply), verdict, draft), reply.source) if reply else ""


def _told(verdict: Verdict, draft: Draft) -> str:
    """牵头单位反馈 — its words, or why there are none."""
    name, wrote = lead_said(verdict)
    reply = verdict.entry.lead_reply
    if not wrote:
        return draft.speech.word(name)
    return fitting(_marked(wrote, verdict, draft), reply.source if reply else None)


def _marked(words: str, verdict: Verdict, draft: Draft) -> str:
    return f"{_KEPT}{words}" if words.strip() and verdict.entry.heard is Heard.CARRIED else words


def _evidence(verdict: Verdict, _: Draft) -> str:
    reply = verdict.entry.lead_reply
    return fitting(reply.evidence, reply.source) if reply else ""


def _from(verdict: Verdict) -> tuple[SheetValue, SheetValue]:
    """出处 — of the lead's reply, else of the item in the breakdown."""
    return place(verdict.entry.lead_reply.source if verdict.entry.lead_reply else assigned_at(verdict))


def _replied(verdict: Verdict) -> tuple[SheetValue, SheetValue]:
    """牵头反馈的出处 — blank where the lead said nothing."""
    return place(verdict.entry.lead_reply.source if verdict.entry.lead_reply else None)


_NO = _Cell(word("编号", 7), lambda one, _: one.entry.item.no)
_TO_LEDGER = _Cell(word("编号", 7), lambda one, _: Ref(one.entry.item.no, (one.entry.item.no,), LEDGER))
_LAMP = _Cell(word("灯·状态", 10), lambda one, _: lamp(one))
_ASPECT = _Cell(text("方面", 20), lambda one, _: fitting(one.entry.item.aspect))
_PROBLEM = _Cell(text("问题", 14), lambda one, _: fitting(one.entry.item.problem))
_ITEM = _Cell(text("小项", 20), lambda one, _: fitting(one.entry.item.item))
_MEASURE = _Cell(text("整改措施", 20), lambda one, _: fitting(one.entry.item.measure))
_GOAL = _Cell(text("整改目标", 20), lambda one, _: fitting(one.entry.item.goal))
_MATTER = _Cell(text("小项内容", 26), lambda one, _: fitting(one.entry.item.matter))
_LEADERS = _Cell(text("责任领导", 11), lambda one, _: listed(one.entry.item.leaders))
_LEAD = _Cell(text("牵头单位", 12), lambda one, _: one.entry.item.lead or UNNAMED)
_UNITS = _Cell(text("责任单位", 12), lambda one, _: "、".join(one.entry.item.units))
_PERSON = _Cell(text("责任人", 9), lambda one, _: fitting(one.entry.item.person))
_DEADLINE = _Cell(text("整改时限\n（原文）", 12), lambda one, _: fitting(one.entry.item.deadline.text))
_READING = _Cell(text("时限读法", 24), lambda one, _: fitting(one.entry.item.deadline.because))
_DUE = _Cell(day("到期日", 11), lambda one, _: None if one.standing is Standing.UNDATED else one.due)
_OVER = _Cell(whole("逾期\n天数", 7, bar=True), lambda one, _: _days_over(one))
_LEFT = _Cell(whole("剩余\n天数", 7), lambda one, _: None if one.standing is Standing.UNDATED else one.days_left)
_LATE = _Cell(whole("超过\n天数", 7), lambda one, _: _days_late(one))
_CLAIM = _Cell(word("单位\n自报", 8), lambda one, _: claimed_words(one))
_FINISHED = _Cell(day("完成日期", 11), lambda one, _: one.finished)
_PROGRESS = _Cell(text("牵头单位进展", 32), _progress)
_OTHERS = _Cell(text("其他单位反馈", 18), _others)
_SAID = _Cell(text("牵头单位反馈", 34), _told)
_HINTS = _Cell(text("提示", 12), lambda one, draft: stacked(draft.hints.get(one.entry.item.no, ())))
_EVIDENCE = _Cell(text("佐证材料", 18), _evidence)
_DECIDED = _Cell(text("办理决定", 24), _decisions)
_RUN = _Cell(whole("连续逾期\n（期）", 8), lambda one, draft: draft.case.overdue_runs.get(one.entry.item.no) or None)
_STEP = _Cell(text("催办建议", 9), lambda one, draft: suggested(draft.steps.get(one.entry.item.no)))
_TAKEN = _Cell(
    text("已办", 17), lambda one, draft: taken_briefly(draft.steps.get(one.entry.item.no), draft.outcome.job.as_of)
)
_BECAUSE = _Cell(text("判定理由", 30), lambda one, _: fitting(one.because))
_FILE = _Cell(text("牵头反馈文件", 30), lambda one, _: _replied(one)[0])
_SPOT = _Cell(word("单元格", 8), lambda one, _: _replied(one)[1])
_REST = text("打印未尽的文字", 40)

_PRINTED = (
    *(_LAMP, _NO, _PROBLEM, _ITEM, _MEASURE, _LEADERS, _LEAD, _UNITS, _DEADLINE, _DUE, _LEFT, _CLAIM, _FINISHED),
    *(_PROGRESS, _OTHERS, _HINTS),
)
_CHECKED = (_ASPECT, _GOAL, _PERSON, _READING, _BECAUSE, _EVIDENCE, _DECIDED, _FILE, _SPOT)

_OVERDUE = (_MATTER, _LEAD, _UNITS, _LEADERS, _DEADLINE, _DUE, _OVER, _CLAIM, _SAID, _HINTS)
_OVERDUE_AGAIN = (
    *(_MATTER.sized(22), _LEAD.sized(11), _UNITS.sized(10), _LEADERS.sized(10), _DEADLINE.sized(11), _DUE, _OVER),
    *(_RUN, _CLAIM, _SAID.sized(26), _HINTS.sized(9), _STEP, _TAKEN),
)
_DUE_SOON = (_MATTER, _LEAD, _UNITS, _LEADERS, _DEADLINE, _DUE, _LEFT, _CLAIM, _SAID, _HINTS)
_TO_CLOSE = (
    *(_LAMP, _MATTER.sized(25), _LEAD, _LEADERS, _DEADLINE, _DUE, _FINISHED, _LATE),
    *(_SAID.sized(29), _EVIDENCE.sized(14), _HINTS),
)
_LONG_TERM = (_MATTER, _LEAD, _UNITS, _LEADERS, _PERSON, _DEADLINE, _DUE, _CLAIM, _SAID, _HINTS)
_BEHIND = (
    _BECAUSE,
    _Cell(text("出处文件", 30), lambda one, _: _from(one)[0]),
    _Cell(word("单元格", 8), lambda one, _: _from(one)[1]),
)
