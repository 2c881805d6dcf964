"""小项档案 — the life of one item, line by line, each with its cell; no word of a unit is cut or changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

from rectify_tool.dates import chinese_day
from rectify_tool.model import (
    ACT_WORDS,
    CLAIM_WORDS,
    DONE,
    LIGHTS,
    SEVERITY_WORDS,
    STANDING_WORDS,
    Act,
    Column,
    DecisionLine,
    Dossier,
    DossierLine,
    DossierPart,
    Entry,
    FileRole,
    Heard,
    Item,
    ItemChange,
    Kind,
    Outcome,
    Past,
    Published,
    PublishedItem,
    PublishedReply,
    Reply,
    Row,
    Source,
    Verdict,
)
from rectify_tool.papers.about import whereabouts
from rectify_tool.papers.acts import IN_FORCE, decision_lines
from rectify_tool.papers.cases import extension_asked
from rectify_tool.papers.change_sheet import change_words
from rectify_tool.papers.item_sheets import claimed_words
from rectify_tool.papers.reading import days_words, read_as
from rectify_tool.papers.sheets import decided


def make_dossier(outcome: Outcome, past: Past, no: str) -> Dossier | None:
    """小项档案 — of the item of that number; None where the breakdown has none. A part without lines is left out."""
    verdict = next((one for one in outcome.verdicts if one.entry.item.no == no), None)
    if verdict is None:
        return None
    case = _Case(outcome, past, verdict)
    told = ((title, tuple(make(case))) for title, make in _PARTS)
    parts = tuple(DossierPart(title, lines) for title, lines in told if lines)
    return Dossier(no, f"{no} {_flat(verdict.entry.item.matter)}", verdict.standing, parts, verdict.because)


@dataclass(frozen=True, slots=True)
class _Case:
    """案卷 — what every part is told from."""

    outcome: Outcome
    past: Past
    verdict: Verdict

    @property
    def entry(self) -> Entry:
        return self.verdict.entry

    @property
    def item(self) -> Item:
        return self.verdict.entry.item

    @property
    def as_of(self) -> date:
        return self.outcome.job.as_of


# ---------------------------------------------------------------- 交办内容 ----


class _Assigned(NamedTuple):
    """交办的一栏 — its label, the columns it may stand in, and what it was taken for."""

    label: str
    columns: tuple[Column, ...]
    meant: Callable[[Item], str]


_ASSIGNED = (
    _Assigned("编号", (Column.NO,), lambda item: item.no),
    _Assigned("方面", (Column.ASPECT,), lambda item: item.aspect),
    _Assigned("问题", (Column.PROBLEM,), lambda item: item.problem),
    _Assigned("小项", (Column.ITEM,), lambda item: item.item),
    _Assigned("整改措施", (Column.MEASURE,), lambda item: item.measure),
    _Assigned("整改目标", (Column.GOAL,), lambda item: item.goal),
    _Assigned("责任领导", (Column.LEADER,), lambda item: "、".join(item.leaders)),
    _Assigned("牵头单位", (Column.LEAD, Column.UNITS), lambda item: item.lead or "没有写明"),
    _Assigned("责任单位", (Column.UNITS, Column.LEAD), lambda item: "、".join(item.units)),
    _Assigned("责任人", (Column.PERSON,), lambda item: item.person),
)


def _assigned(case: _Case) -> Iterable[DossierLine]:
    for label, columns, meant in _ASSIGNED:
        text = meant(case.item)
        if text.strip():
            told = text + _typed_otherwise(case.item, columns)
            yield DossierLine(label, told, _written(case.item.row, *columns))


def _typed_otherwise(item: Item, columns: Sequence[Column]) -> str:
    """表中的写法 — of the units, where it names others than they were taken for; the lead may have its own column."""
    if columns[0] not in (Column.LEAD, Column.UNITS):
        return ""
    typed = item.row.text(columns[0])
    taken = ([item.lead or ""], item.units, [one for one in item.units if one != item.lead])
    same = not typed.strip() or _letters(typed) in [_letters("".join(names)) for names in taken]
    return "" if same else f"（表中写的是“{typed}”）"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", normalize("NFKC", text))


# ---------------------------------------------------------------- 整改时限 ----


def _deadline(case: _Case) -> Iterable[DossierLine]:
    item = case.item
    deadline, place = item.deadline, _phrase_at(item)
    yield DossierLine("下发的写法", deadline.text if deadline.text.strip() else "没有填写", place)
    yield DossierLine("读作", read_as(case.verdict, case.as_of))
    yield DossierLine("规则", "；".join(filter(None, (deadline.rule, *deadline.notes))))
    yield DossierLine("疑问" if deadline.doubt else "理由", deadline.because)
    yield from _stages(case)
    for one in case.entry.decisions:
        if one.act is Act.EXTEND:
            yield DossierLine(ACT_WORDS[one.act], decided(one, case.as_of), one.source)
    asked = extension_asked(case.verdict, case.as_of)
    if asked:
        yield DossierLine(ACT_WORDS[asked.act], f"{decided(asked, case.as_of)}（尚未批准）", asked.source)


def _phrase_at(item: Item) -> Source | None:
    """时限写在哪一格 — its own column, else the text it was found in; None where nothing is written."""
    text, row = item.deadline.text, item.row
    hidden = (one for one in (Column.MEASURE, Column.ITEM, Column.NOTE) if text and text in row.text(one))
    return _written(row, Column.DEADLINE) or _written(row, *hidden)


def _stages(case: _Case) -> Iterable[DossierLine]:
    """各段 — of a staged deadline: the one that counts now, and which others the lead states done."""
    deadline, reply = case.item.deadline, case.entry.lead_reply
    if deadline.kind is not Kind.STAGED:
        return
    done = reply.stages_done if reply else ()
    for at, day in enumerate(deadline.due, 1):
        stated = "牵头单位说已完成" if day in done else "没有说完成"
        told = "现在看这一段" if day == case.verdict.due and case.verdict.standing not in DONE else stated
        yield DossierLine(f"第{at}段", f"{chinese_day(day)}，{told}", reply.source if reply else None)


# ---------------------------------------------------------------- 现在 ----


def _now(case: _Case) -> Iterable[DossierLine]:
    verdict, reply = case.verdict, case.entry.lead_reply
    yield DossierLine("状态", f"{STANDING_WORDS[verdict.standing]}（{LIGHTS[verdict.standing].value}灯）")
    yield DossierLine("为什么", verdict.because)
    if left := days_words(verdict):
        yield DossierLine("剩余天数", left)
    yield DossierLine("牵头单位自报", claimed_words(verdict), (reply.claimed_at or reply.source) if reply else None)
    if verdict.finished is not None:
        place = (reply.finished_at or reply.source) if reply else None
        yield DossierLine("完成日期", chinese_day(verdict.finished), place)
    if verdict.to_confirm:
        why = f"状态要看时限怎样理解：{case.item.deadline.because}"
        yield DossierLine("待核实", why, _phrase_at(case.item))
    yield from _since(case)


def _since(case: _Case) -> Iterable[DossierLine]:
    """较上期和催办 — what became of it, and the step the rules suggest; whether it is taken is for people to decide."""
    change = case.outcome.change
    words = next((change_words(one) for one in change.items if _is(one, case.item.no)), ())
    if words and change.since:
        yield DossierLine(f"较第{change.since.number}期", "；".join(words))
    for one in change.escalations:
        if one.no == case.item.no:
            run = f"连续{one.run}期逾期" if one.run > 1 else "逾期"
            done = "已办" if one.done else "是否办理由人决定"
            yield DossierLine("催办建议", f"{run}，按口径建议{ACT_WORDS[one.step]}，{done}")


def _is(one: ItemChange, no: str) -> bool:
    return one.verdict.entry.item.no == no


# ---------------------------------------------------------------- 各单位的话 ----

_TYPED = (
    ("进展", Column.PROGRESS),
    ("状态", Column.STATUS),
    ("完成日期", Column.FINISHED),
    ("佐证材料", Column.EVIDENCE),
    ("存在困难", Column.DIFFICULTY),
    ("下一步", Column.NEXT),
    ("备注", Column.NOTE),
)
"""单位写的各栏 — shown exactly as typed."""

_WITHOUT = {
    Heard.REPORTED: "报来的表里没有这一项",
    Heard.CARRIED: "本期未报送，此前报来的表里也没有这一项",
    Heard.UNREADABLE: "报来的文件不能读取",
    Heard.MISSING: "本期未报送",
}
"""没有反馈的原因 — by what was heard from the unit."""

_OLDER = {
    Heard.CARRIED: "本期未报送，这是以前报的",
    Heard.UNREADABLE: "本期报来的文件不能读取，这是以前报的",
}
"""沿用的说明 — where an earlier file of the unit stays in use."""


def _units(case: _Case) -> Iterable[DossierLine]:
    """各单位的话 — the lead's first; a unit that says nothing is named with the reason, a word replaced comes last."""
    spoke = [one.unit for one in case.entry.replies]
    if case.item.lead is None:
        yield DossierLine("牵头单位", "没有写明，哪个单位的话都不定状态")
    for unit in dict.fromkeys([*case.item.units, *spoke]):
        replies = [one for one in case.entry.replies if one.unit == unit]
        if unit is not None and not replies:
            yield DossierLine(_part(unit, case.item), _WITHOUT[case.outcome.ledger.heard(unit)])
        for reply in replies:
            yield from _reply(reply, case)
        yield from _unread(unit, case)
    yield from _replaced(case)


def _part(unit: str | None, item: Item) -> str:
    """单位和它的身份 — lead, helping, or none of the item's own."""
    if unit is None:
        return "单位不明"
    if unit == item.lead:
        return f"{unit}（牵头）"
    return f"{unit}（{'配合' if unit in item.units else '不是这个小项的责任单位'}）"


def _reply(reply: Reply, case: _Case) -> Iterable[DossierLine]:
    """一份反馈 — what it claims and of what day, then every column as typed."""
    counts = reply is case.entry.lead_reply
    heard = case.outcome.ledger.heard(reply.unit) if reply.unit else Heard.REPORTED
    told = (
        f"自报：{claimed_words(case.verdict) if counts else CLAIM_WORDS[reply.claimed]}",
        f"{chinese_day(reply.sent)}报送" if reply.sent else "报送日期不详",
        _OLDER.get(heard, ""),
        "只说了配合的情况" if reply.helped else "",
        "报了几次，按这一次计" if counts and _several(case) else "",
    )
    yield DossierLine(_part(reply.unit, case.item), "；".join(filter(None, told)), reply.source)
    yield from _typed(reply.row)
    if reply.finished is not None:
        about = "（没有写到日，按最后一天）" if reply.finished_since else ""
        place = reply.finished_at or reply.source
        yield DossierLine("完成日期读作", f"{chinese_day(reply.finished)}{about}", place)


def _several(case: _Case) -> bool:
    return sum(one.unit == case.item.lead for one in case.entry.replies) > 1


def _typed(row: Row) -> Iterable[DossierLine]:
    for label, column in _TYPED:
        text = row.typed(column)
        if text.strip():
            yield DossierLine(label, text, row.source(column))


def _unread(unit: str | None, case: _Case) -> Iterable[DossierLine]:
    """不能读取的文件 — sent by the unit; what it says there nobody knows yet."""
    ledger = case.outcome.ledger
    for one in ledger.files:
        if unit and one.unit == unit and one.role is FileRole.SUBMISSION and one.file in ledger.unread:
            yield DossierLine("不能读取的文件", one.file, Source(one.file))


def _replaced(case: _Case) -> Iterable[DossierLine]:
    """已代替的反馈 — words of an earlier file that a later one replaced, where they say otherwise."""
    current = {_spoken(one) for one in case.entry.replies}
    for reply in case.outcome.ledger.superseded:
        if reply.no == case.item.no and _spoken(reply) not in current:
            day = f"，{chinese_day(reply.sent)}报送" if reply.sent else ""
            told = f"自报：{CLAIM_WORDS[reply.claimed]}{day}；已由较新的一份代替，不再采用"
            yield DossierLine(_part(reply.unit, case.item), told, reply.source)
            yield from _typed(reply.row)


def _spoken(reply: Reply) -> tuple[str | None, ...]:
    return (reply.unit, *(reply.row.text(column) for _, column in _TYPED))


# ---------------------------------------------------------------- 核对意见、办理、往期 ----


def _findings(case: _Case) -> Iterable[DossierLine]:
    items, no = whereabouts(case.outcome.ledger, (case.entry,)), case.item.no
    for one in case.outcome.findings:
        if items.about(one) == no:
            yield DossierLine(SEVERITY_WORDS[one.severity], f"{one.message}（{one.code}）", one.source)


def _acts(case: _Case) -> Iterable[DossierLine]:
    """办理 — on the item, and on its lead unit as a whole; the newest first."""
    targets = (case.item.no, case.item.lead)
    for line in decision_lines(case.outcome, case.past):
        if line.target in targets:
            yield _act(line, case.item.no)


def _act(line: DecisionLine, no: str) -> DossierLine:
    what = ACT_WORDS[line.act] if line.act else f"撤回第{line.undoes}条"
    label = f"{chinese_day(line.day)} {what}" if line.day else f"{what}（没有写日期）"
    told = (
        f"对{line.target}整体" if line.target != no else "",
        f"延至{chinese_day(line.new_due)}" if line.new_due else "",
        line.by,
        line.why,
        "" if line.state in (IN_FORCE, what) else line.state.removeprefix(f"{what}，"),
    )
    serial = line.serial if line.undoable else None
    return DossierLine(label, "；".join(filter(None, told)) or "没有写原因", line.source, serial=serial)


def _then(case: _Case) -> Iterable[DossierLine]:
    """往期 — the item in every published bulletin, corrected ones too, with every unit's words as they were then."""
    for bulletin in case.past.published:
        for item in bulletin.items:
            if item.no == case.item.no:
                yield _shown(bulletin, item, case.as_of)
                yield from (_said_then(one, item) for one in item.replies)


def _shown(bulletin: Published, item: PublishedItem, as_of: date) -> DossierLine:
    year = "" if bulletin.year == as_of.year else f"{bulletin.year}年"
    again = f"（更正稿：{bulletin.why}）" if bulletin.why else ""
    label = f"{year}第{bulletin.number}期，截至{chinese_day(bulletin.as_of)}"
    heard = _UNHEARD_THEN.get(item.heard, "") if item.lead else ""
    told = f"{STANDING_WORDS[item.standing]}，{item.because}{heard}{again}"
    return DossierLine(label, told, Source(f"成果/{bulletin.folder}"), then=True)


_UNHEARD_THEN = {
    Heard.CARRIED: "；牵头单位这一期没有报送，沿用以前报的",
    Heard.UNREADABLE: "；牵头单位这一期报来的文件不能读取",
    Heard.MISSING: "；牵头单位这一期没有报送",
}


def _said_then(reply: PublishedReply, item: PublishedItem) -> DossierLine:
    name = reply.unit or "单位不明"
    mark = "（牵头）" if reply.unit and reply.unit == item.lead else ""
    label = f"{name}{mark} {CLAIM_WORDS[reply.claimed]}"
    return DossierLine(label, reply.progress if reply.progress.strip() else "没有填写进展", reply.source, then=True)


_PARTS: Sequence[tuple[str, Callable[[_Case], Iterable[DossierLine]]]] = (
    ("交办内容", _assigned),
    ("整改时限", _deadline),
    ("现在", _now),
    ("各单位的话", _units),
    ("核对意见", _findings),
    ("办理", _acts),
    ("往期", _then),
)


def _written(row: Row, *columns: Column) -> Source | None:
    """写在哪一格 — None where none of the columns holds anything of this row."""
    return row.source(*columns) if any(row.cells.get(column) for column in columns) else None


def _flat(text: str) -> str:
    return " ".join(text.split())
