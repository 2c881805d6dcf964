"""数据来源 — every figure of the bulletin walked back: what it counts, how 台账 gives the same, and the cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rectify_tool.findings import Code
from rectify_tool.model import (
    ACT_WORDS,
    DATABASE,
    DONE,
    HEARD_WORDS,
    STANDING_WORDS,
    TURN_WORDS,
    Act,
    Column,
    Field,
    FileRecord,
    Heard,
    Ledger,
    Link,
    Outcome,
    Paragraph,
    Ref,
    Sentence,
    Sheet,
    SheetTable,
    Source,
    Standing,
    Turn,
    Verdict,
)
from rectify_tool.papers.cases import two_readings
from rectify_tool.papers.comparison import dropped
from rectify_tool.papers.counts import (
    IDLE,
    SUGGESTED,
    TOLD,
    TURNED,
    UNNAMED,
    Group,
    by_leader,
    how_heard,
    scope,
    standing_in,
)
from rectify_tool.papers.sheets import LEDGER, Draft, Row, assigned_at, fitting, lamp, place, stacked, text, whole, word
from rectify_tool.papers.source_sheets import copies_in, result
from rectify_tool.papers.speech import numbers_of, spoken_day

_SPELLED_OUT = 200
"""逐项列出的上限 — a figure over more items than this is walked back by filtering 台账, whose rows hold their cells."""

_FIGURES = (
    whole("序号", 6),
    text("所在部分", 18),
    text("专报语句", 46),
    whole("个数", 11),
    text("怎样得出（在本簿中同样筛选）", 36),
    text("所数的小项或单位", 7),
)
_FIXED = (whole("序号", 6), text("名称", 18), text("专报中的写法", 46), text("来历", 11))
_UNITS = (
    whole("序号", 6),
    text("单位", 18),
    text("收到的文件", 46),
    word("本期报送", 11),
    text("收件结果", 36),
)
_ITEMS = (
    word("编号", 6),
    text("牵头单位", 18),
    text("小项内容", 46),
    word("灯·状态", 11),
    text("牵头反馈文件", 36),
    word("单元格", 7),
    text("责任分解表", 15),
    word("小项\n单元格", 8),
    word("时限\n单元格", 8),
    text("办理决定\n出处", 12),
)


class _Figure(NamedTuple):
    """一个数 — where it stands, the words it stands in, the number, and how the workbook gives the same.

    ``keys`` are the items or units counted, whose rows are in ``sheet``; ``members`` is what is shown of them, and
    ``spelled`` tells that these are the items one by one.
    """

    where: str
    said: str
    number: int
    how: str
    members: str
    sheet: str
    keys: tuple[str, ...] = ()
    spelled: bool = False


def figures_sheet(draft: Draft) -> Sheet:
    """数据来源 — each sentence of the bulletin with what it counts; below, the cells of every item and unit named."""
    sentences = [*_placed(draft.bulletin.fields)]
    figures = [(at, one) for at, told in enumerate(_counting(draft, sentences), 1) for one in told]
    rows = [_figure_row(at, one) for at, one in figures]
    named = {no for _, figure in figures if figure.spelled for no in figure.keys}
    tables = (
        SheetTable("一、专报各处的数", _FIGURES, rows),
        SheetTable("二、期号、日子和固定的数", _FIXED, _fixed_rows(draft)),
        SheetTable("三、各单位的报送", _UNITS, _unit_rows(draft.outcome)),
        SheetTable(
            "四、各小项的出处", _ITEMS, [_item_row(one) for one in draft.verdicts if one.entry.item.no in named]
        ),
    )
    notes = (
        "第一张表：专报中每个有数的语句、它所数的小项或单位；第三、四张表：这些单位和小项出自哪个文件、哪个单元格",
        "逾期、剩余、超期的天数，都是台账“到期日”与基准日或“完成日期”相差的天数；"
        f"一个数超过{_SPELLED_OUT}项的，不逐项列出，在台账中筛选可得",
    )
    return draft.sheet("数据来源", "专报数字的来源", *tables, notes=notes)


# ---------------------------------------------------------------- 一、专报各处的数 ----


def _counting(draft: Draft, sentences: Iterable[tuple[str, Sentence]]) -> Iterable[Sequence[_Figure]]:
    """有数的各处 — the sentences in the order of the paper, then the tables of the attachments."""
    known = {verdict.entry.item.no: verdict for verdict in draft.verdicts}
    two_ways = any(two_readings(verdict) for verdict in draft.case.due_soon)
    for where, sentence in sentences:
        figures = [*_of_items(where, sentence, known), *_of_units(where, sentence, known)]
        if sentence.name == "total":
            figures += _of_scope(where, sentence, draft.verdicts)
        if figures:
            figures = [_with_carried(one) for one in figures] if draft.outcome.ledger.carried else figures
            figures = [_with_idle(one, sentence) for one in figures] if draft.case.idle else figures
            figures = [_without_readings(one) for one in figures] if two_ways else figures
            yield [_without_moved(one) for one in figures] if draft.case.moved else figures
    yield from ([figure] for figure in _of_attachments(draft))


def _of_items(where: str, sentence: Sentence, known: Mapping[str, Verdict]) -> Iterable[_Figure]:
    how = _how(sentence.name)
    parted = sentence.name in _BY_ASPECT and _SECTION.search(where)
    aspects = {known[no].entry.item.aspect for no in (sentence.nos if parted else ())}
    if len(aspects) == 1:
        of_aspect = f"台账“方面”为{min(aspects) or '空'}"
        how = of_aspect if how == _EVERY else f"{of_aspect}；{how}"
    for nos, told in ((sentence.nos, how), (sentence.of, f"分母：{_DENOMINATORS.get(sentence.name, _EVERY)}")):
        if nos:
            yield _figure(where, sentence.text, told, nos)


def _of_units(where: str, sentence: Sentence, known: Mapping[str, Verdict]) -> Iterable[_Figure]:
    """单位 — but for the lead units of the items counted: those stand beside the items below."""
    units = sentence.units
    if units and not {known[no].entry.item.lead for no in sentence.nos}.issuperset(units):
        how = _UNITS_HOW.get(_kind(sentence.name), "单位页")
        yield _Figure(where, sentence.text, len(units), how, "、".join(units), "单位", units)


def _with_carried(figure: _Figure) -> _Figure:
    """连同沿用的 — where some units' earlier words stay in use, they are marked apart among those not heard."""
    among = figure.how in (_MISSING, _flagged(HEARD_WORDS[Heard.MISSING]))
    return figure._replace(how=f"{figure.how}、{HEARD_WORDS[Heard.CARRIED]}") if among else figure


def _with_idle(figure: _Figure, sentence: Sentence) -> _Figure:
    """连同不必再报的 — the overview counts them among those not heard; nothing is asked of them below."""
    among = sentence.name == "units_missing" and figure.how.startswith(_MISSING)
    return figure._replace(how=f"{figure.how}、{IDLE}") if among else figure


def _without_moved(figure: _Figure) -> _Figure:
    """不连变动未批的 — a day moved without approval is to be made clear first."""
    watched = figure.how.startswith(_WATCHED.replace(f"{_PASSED_READING}的除外", ""))
    return figure._replace(how=f"{figure.how}；时限变动而未见批准的除外") if watched else figure


def _without_readings(figure: _Figure) -> _Figure:
    """不连两种理解的 — where a deadline can be read two ways, neither day is one to be met, passed or not."""
    return figure._replace(how=figure.how.replace(_PASSED_READING, "")) if figure.how == _WATCHED else figure


def _of_scope(where: str, sentence: Sentence, verdicts: Sequence[Verdict]) -> Iterable[_Figure]:
    for what, figure in zip(("方面", "问题"), scope(verdicts), strict=True):
        if figure:
            yield _Figure(where, sentence.text, figure, f"台账“{what}”一列有几种写法", "见“问题方面”页", LEDGER)


def _of_attachments(draft: Draft) -> Iterable[_Figure]:
    """附件各表 — the item lists as one figure each; of the leaders' table each row, which has several."""
    fields = draft.bulletin.fields
    for field, name in (("overdue", "overdue_lead"), ("due_soon", "due_soon_lead")):
        nos = tuple(str(row["no"]) for row in _listed(fields[field]))
        if nos:
            yield _figure(_attachment(fields, field), "各行", _how(name), nos)
    if fields["leaders"]:
        yield from (
            _of_leader(_attachment(fields, "leaders"), group)
            for group in by_leader(draft.verdicts, draft.outcome.rules.leader_order)
        )


def _of_leader(where: str, group: Group) -> _Figure:
    how = f"台账“责任领导”有{group.name}；再按“灯·状态”分列"
    figure = _figure(where, group.name, how, numbers_of(group.verdicts))
    if not figure.spelled:
        return figure
    by_standing = ((STANDING_WORDS[one], numbers_of(standing_in(group.verdicts, one))) for one in Standing)
    return figure._replace(members="；".join(f"{name}：{'、'.join(nos)}" for name, nos in by_standing if nos))


def _figure(where: str, said: str, how: str, nos: tuple[str, ...]) -> _Figure:
    if len(nos) > _SPELLED_OUT and "台账" in how:
        return _Figure(where, said, len(nos), how, f"共{len(nos)}项，见台账", LEDGER, nos)
    return _Figure(where, said, len(nos), how, "、".join(nos), LEDGER, nos, spelled=True)


def _figure_row(at: int, one: _Figure) -> Row:
    number = Ref(one.number, one.keys, one.sheet) if one.keys else one.number
    return at, fitting(one.where), fitting(one.said), number, fitting(one.how), fitting(one.members)


def _placed(field: Field, where: str = "") -> Iterable[tuple[str, Sentence]]:
    """语句和它的标题 — every sentence with the headings it stands under, in the order of the paper."""
    if isinstance(field, Paragraph):
        yield from ((where, sentence) for sentence in field.sentences)
    elif isinstance(field, Mapping):
        heading = field.get("heading")
        below = where + _shortened(heading, where) if isinstance(heading, str) else where
        for inner in field.values():
            yield from _placed(inner, below)
    elif isinstance(field, tuple):
        for inner in field:
            yield from _placed(inner, where)


def _shortened(heading: str, above: str) -> str:
    """所在部分 — a part by its heading, a section within it by its number alone."""
    numbered = _SECTION.match(heading) if above else None
    return numbered[0] if numbered else heading


def _listed(field: Field) -> Iterable[Mapping[str, Field]]:
    return [row for row in field if isinstance(row, Mapping)] if isinstance(field, tuple) else []


def _attachment(fields: Mapping[str, Field], field: str) -> str:
    return f"{fields[f'{field}_heading']} {fields[f'{field}_caption']}"


# ---------------------------------------------------------------- 怎样得出 ----


def _standing(*standings: Standing) -> str:
    return f"台账“灯·状态”为{'、'.join(STANDING_WORDS[one] for one in standings)}"


def _flagged(flag: str) -> str:
    return f"台账“提示”有{flag}"


def _noted(*codes: Code) -> str:
    return f"核对意见“代码”为{'、'.join(code.code for code in codes)}"


def _turned(turn: Turn) -> str:
    return f"较上期“变化”有{TURN_WORDS[turn]}"


def _suggested(step: Act) -> str:
    return f"较上期“建议”为{ACT_WORDS[step]}"


_EVERY = "台账全部小项"
_MISSING = f"单位“本期报送”为{HEARD_WORDS[Heard.MISSING]}"
_TAKEN = f"较上期“建议”为{'、'.join(ACT_WORDS[step] for step in SUGGESTED.values())}之一、注明已办的"
_NOT_FILLED = "台账“单位自报”为未填，牵头单位已报送，尚未销号"
_NAMED = "本句点名的小项"
_PASSED_READING = "、较早的一天已过"
_WATCHED = f"{_standing(Standing.DUE_SOON)}，时限有两种理解{_PASSED_READING}的除外"
_HOW: Mapping[str, str] = {
    **{f"{how}_{kind}": _standing(*standings) for kind, standings in TOLD.items() for how in ("all", "some", "one")},
    **dict.fromkeys(("total", "aspect_total", "aspect"), _EVERY),
    "overdue": _standing(Standing.OVERDUE),
    "next_overdue": f"{_standing(Standing.OVERDUE)}，牵头单位报送的文件不能读取的除外",
    "overdue_unread": f"{_standing(Standing.OVERDUE)}；{_flagged('文件不能读取')}",
    "due_soon": _standing(Standing.DUE_SOON),
    "next_due_soon": _WATCHED,
    "silent_on_track": f"{_standing(Standing.ON_TRACK)}，牵头单位没有报进展的",
    "silent_never": f"{_standing(Standing.ON_TRACK)}，牵头单位没有报进展，以前也没有报过的",
    "next_returned": "台账“办理决定”有退回，报完成在退回之前",
    "next_reopened": "台账“办理决定”有重新打开，报完成在重新打开之前",
    "put_back": f"台账“办理决定”有退回，报完成在退回之前，或{_turned(Turn.RETURNED)}；逾期的已在逾期中说明",
    "reopened": f"台账“办理决定”有重新打开，报完成在重新打开之前，或{_turned(Turn.REOPENED)}；逾期的已在逾期中说明",
    "went_back": f"{_turned(Turn.WENT_BACK)}，被退回或重新打开的除外",
    "moved": "较上期“时限移动（天）”不空，没有批准延期的",
    **dict.fromkeys(("finished_late", "late"), _standing(Standing.FINISHED_LATE)),
    **dict.fromkeys(("not_reported", "every_not_reported"), _flagged("未报送")),
    **dict.fromkeys(("to_confirm", "confirm"), _flagged("时限待确认")),
    "rate_total": _standing(*DONE),
    **dict.fromkeys(("rate_due", "rate_due_all"), f"{_standing(*DONE)}，“到期日”在基准日之前"),
    **dict.fromkeys(("overdue_item", "confirm_item", "confirm_two"), "本句只说这一项"),
    "overdue_rest": f"{_standing(Standing.OVERDUE)}，正文没有逐项说的",
    **dict.fromkeys(("closed", "next_closed"), _standing(Standing.CLOSED)),
    "undated": _standing(Standing.UNDATED),
    "next_close": _standing(Standing.FINISHED, Standing.FINISHED_LATE),
    "next_long_term": _standing(Standing.LONG_TERM),
    "next_go_on": _standing(Standing.ON_TRACK),
    "unread_items": _flagged("文件不能读取"),
    **dict.fromkeys(("not_filled", "next_not_filled"), _NOT_FILLED),
    "confirm_rest": f"{_flagged('时限待确认')}，正文没有逐项说的",
    "extended": "台账“办理决定”有批准延期，“到期日”即批准的日子，尚未完成",
    "evidence_unproved": _flagged("佐证不足"),
    "evidence_undated": _flagged("完成日期不明"),
    "evidence_before": _flagged("完成日期早于退回"),
    "basically": _flagged("只报基本完成"),
    "clash": _flagged("单位说法不一"),
    "contradiction": _flagged("自报与进展不符"),
    "changed": _flagged("单位改动时限"),
    "long_term": _noted(Code.LONG_TERM_UNOWNED),
    "next_evidence": "“存在问题”中依据不足、完成日期不明的各项，合在一起",
    "next_clash": "“存在问题”中说法不一、前后矛盾、基本完成、完成日期早于退回的各项，合在一起",
    **{name: _turned(turn) for name, turn in TURNED.items()},
    "change_extended": f"{_turned(Turn.RELIEVED)}，按批准的延期",
    "change_moved": f"{_turned(Turn.RELIEVED)}，“时限移动（天）”不空，没有批准延期",
    "change_relieved": f"{_turned(Turn.RELIEVED)}，“时限移动（天）”为空，没有批准延期",
    "change_returned": f"{_turned(Turn.RETURNED)}，台账“办理决定”最近为重新打开的除外",
    "change_reopened": f"{_turned(Turn.REOPENED)}，或最近的“办理决定”为重新打开的{TURN_WORDS[Turn.RETURNED]}",
    "change_none_one": _EVERY,
    **{name: _suggested(step) for name, step in SUGGESTED.items()},
    "escalate_taken": _TAKEN,
    "next_deadline": "“存在问题”中时限有疑问、定不出日期的各项，合在一起",
}
"""怎样得出 — how a reader finds the same items in this workbook, by the wording the sentence was made from."""

_DENOMINATORS: Mapping[str, str] = dict.fromkeys(
    ("rate_due", "rate_due_all"), f"{_standing(*DONE, Standing.OVERDUE)}，“到期日”在基准日之前"
)
_BY_ASPECT = frozenset({"aspect_total", "aspect_one", *(name for name in _HOW if re.match("(all|some|one)_", name))})
_SECTION = re.compile("（[一二三四五六七八九十]+）")

_UNITS_HOW: Mapping[str, str] = {
    **dict.fromkeys(("units_reported", "units_usable"), "单位“本期报送”为已报送"),
    **dict.fromkeys(("units_missing", "missing", "next_missing"), _MISSING),
    **dict.fromkeys(("units_unreadable", "unreadable", "next_unreadable"), "单位“本期报送”为收到，不能读取"),
    "units_idle": f"单位“本期报送”为{IDLE}",
    **dict.fromkeys(("missing_run", "missing_run_all"), "单位：较上期“连续未报（期）”在2以上"),
    "missing_taken": "单位：较上期“已办”有督办函、约谈或问责的未报送单位",
    **dict.fromkeys(("carried", "carried_all", "carried_but"), f"单位“本期报送”为{HEARD_WORDS[Heard.CARRIED]}"),
    "change_started": "单位：较上期“变化”为恢复报送",
    "change_stopped": "单位：较上期“变化”为停止报送",
    **{name: f"单位：{_suggested(step)}" for name, step in SUGGESTED.items()},
    "escalate_taken": f"单位：{_TAKEN}",
    "units": "单位页各单位，“本期报送”为—的和合计除外",
}


def _how(name: str) -> str:
    return _HOW.get(name) or _HOW.get(_kind(name)) or _NAMED


def _kind(name: str) -> str:
    """同一类语句 — late_lead and late_one tell of the same items, due_soon_many of those of due_soon_lead."""
    return re.sub(r"_(lead|one|many)(_\w+)?$", "", name)


# ---------------------------------------------------------------- 二、三、四 ----


def _fixed_rows(draft: Draft) -> list[Row]:
    """固定的数 — the figures of the bulletin that count nothing, and where each comes from."""
    outcome, office = draft.outcome, draft.outcome.rules.office
    base, since = outcome.ledger.base, outcome.change.since
    known = (
        ("期号", f"第{outcome.number}期", f"运行时给定；没有给定的{'，接最近一次定稿的期号' if since else '为第1期'}"),
        ("基准日", spoken_day(outcome.job.as_of), "运行时给定；没有给定的是运行当天"),
        (
            "起算日",
            spoken_day(base) if base else "",
            f"没有写明年份的时限从这一天推定（{outcome.ledger.base_because}）",
        ),
        (
            "要求的期限",
            spoken_day(draft.case.by),
            f"基准日加口径 [office] reply_days 的{office['reply_days']}天，遇休息日顺延",
        ),
        ("临期的天数", f"{outcome.rules.due_soon_days}天", "口径 [deadline] due_soon_days"),
        *_corrected_rows(outcome),
        *_compared_rows(draft),
        ("共印份数", f"{office['copies']}份" if office["copies"] else "", "口径 [office] copies"),
    )
    return [(at, *one) for at, one in enumerate((one for one in known if one[1]), 1)]


def _corrected_rows(outcome: Outcome) -> Iterable[tuple[str, str, str]]:
    """更正的一期 — the publishing of this very number that the paper takes the place of."""
    corrects = outcome.change.corrects
    if corrects:
        said = f"第{corrects.number}期（{spoken_day(corrects.as_of)}）"
        yield "更正的一期", said, f"{DATABASE}中已经定稿的同一期，本稿更正它"


def _compared_rows(draft: Draft) -> Iterable[tuple[str, str, str]]:
    """与上期相比的数 — the last bulletin's number and day, how runs and moves are reckoned, and what dropped out."""
    since, case = draft.case.change.since, draft.case
    if since is None:
        return
    runs = f"较上期“连续逾期（期）”“连续未报（期）”两列：{DATABASE}中定稿的各期一期不断的期数，含本期"
    yield (
        "上期",
        f"第{since.number}期（{spoken_day(since.as_of)}）",
        f"{DATABASE}中基准日在本期之前、最近一次定稿的一期",
    )
    if any(run > 1 for run in (*case.overdue_runs.values(), *case.silent_runs.values())):
        yield "连续几期", "连续几期逾期、未报送", runs
    if case.change.turned(Turn.DUE_LATER, Turn.DUE_EARLIER):
        yield "时限移动", "推后、提前几天", "较上期“时限移动（天）”：“到期日”与上期到期日相差的天数"
    yield "不再列入", dropped(case, draft.speech), f"{DATABASE}中上期有、责任分解表现在没有的小项，见较上期"


def _unit_rows(outcome: Outcome) -> list[Row]:
    """各单位的报送 — a row for each file; a unit nothing came from has one without."""
    ledger, copies = outcome.ledger, copies_in(outcome)
    sent = _files_by_unit(ledger)
    heard = how_heard(ledger, outcome.verdicts)
    rows: list[Row] = []
    for at, unit in enumerate(ledger.expected, 1):
        how = heard.get(unit, "—")
        files = sent.get(unit, [])
        rows += [(at, unit, Link(one.file, one.file), how, result(one, copies)) for one in files]
        rows += [] if files else [(at, unit, "", how, "")]
    return rows


def _files_by_unit(ledger: Ledger) -> dict[str, list[FileRecord]]:
    """各单位的文件 — those sent under its name, and those of several units that hold rows of it."""
    units: dict[str, list[str]] = {}
    for record in ledger.files:
        units[record.file] = [record.unit] if record.unit else []
    for reply in (one for entry in ledger.entries for one in entry.replies):
        if reply.unit and reply.unit not in units.setdefault(reply.source.file, []):
            units[reply.source.file].append(reply.unit)
    found: dict[str, list[FileRecord]] = {}
    for record in ledger.files:
        for unit in units[record.file]:
            found.setdefault(unit, []).append(record)
    return found


def _item_row(verdict: Verdict) -> Row:
    item, reply = verdict.entry.item, verdict.entry.lead_reply
    kept = (item.no, item.lead or UNNAMED, fitting(item.matter), lamp(verdict))
    decided = stacked(_spot(one.source, item.row.file) for one in verdict.entry.decisions)
    deadline = place(item.row.source(Column.DEADLINE))[1] if item.deadline.text else None
    assigned = (item.row.file.rpartition("/")[2], place(assigned_at(verdict))[1])
    return (*kept, *place(reply.source if reply else None), *assigned, deadline, fitting(decided))


def _spot(source: Source, beside: str) -> str:
    """出处 — sheet and cell; the file only where it is not the one named ``beside`` it."""
    return str(source) if source.file != beside else str(source._replace(file="")).removeprefix(" › ")
