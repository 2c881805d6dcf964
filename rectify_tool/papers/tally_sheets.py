"""统计各页 — the sheets of figures: 总览, 单位, 责任领导, 问题方面, and the units that did not report.

Every figure leads to the rows it counts: a whole list to its sheet, the others to 台账.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rectify_tool.model import (
    DONE,
    HEARD_WORDS,
    LIGHTS,
    Chart,
    Heard,
    Reply,
    Sheet,
    SheetTable,
    Standing,
    Verdict,
)
from rectify_tool.papers.counts import (
    UNNAMED,
    Group,
    by_aspect,
    by_lead,
    by_leader,
    by_problem,
    how_heard,
    should_be_done,
    standing_in,
    units_heard,
)
from rectify_tool.papers.sheets import (
    LEDGER,
    LISTS,
    SUGGESTED,
    Draft,
    Row,
    counted,
    fitting,
    rate,
    stacked,
    suggested,
    taken,
    text,
    whole,
    word,
)
from rectify_tool.papers.speech import LISTED, numbers_of, ordinal, spoken_day

RATES = (
    "完成合计＝已销号＋已完成＋逾期完成；应完成＝时限已过的小项，已完成的和逾期的都算（基准日当天到期的，长期坚持、时限不明确的不算）；"
    "完成率（占总数）＝完成合计÷小项数，完成率（占应完成）＝应完成中已完成的÷应完成"
)
_SHOULD = "时限已过的小项，已完成的和逾期的都算；基准日当天到期的不算"

CHARTED = 20
"""图中最多几条 — the units or leaders with most left to do; all of them stand on their own sheets."""

_TALLY = (
    whole("小项", 6),
    whole("已销号", 6),
    whole("已完成\n待销号", 7),
    whole("逾期完成\n待销号", 8),
    whole("按期\n推进", 6),
    whole("临期", 6),
    whole("逾期", 6),
    whole("长期\n坚持", 6),
    whole("时限\n不明确", 7),
    whole("完成\n合计", 6),
    whole("应完成", 6),
    rate("完成率\n（占总数）", 11),
    rate("完成率\n（占应完成）", 13),
)
_PARTS = (10, 5, 6, 7, 8, 9)
"""图中各段的列 — in a table of one name column and `_TALLY`: 完成合计 and what is not finished; their sum is 小项."""

_NAMES = 36
"""总览第一列的宽 — a long name of an aspect still stands on one line."""

_STANDINGS = (1, len(Standing))
"""各状态的行 — in the figures of 总览, under 小项总数."""

_MEANINGS = (
    ("小项总数", "items", "责任分解表中的小项；一个小项有几个单位也只计一次"),
    ("已销号", "closed", "经核查认可，已销号"),
    ("已完成（待销号）", "finished", "牵头单位报已完成，尚未销号，没有逾期或不能确定逾期"),
    ("逾期完成（待销号）", "finished_late", "牵头单位报已完成，尚未销号，完成日期晚于时限"),
    ("按期推进", "on_track", "尚未完成，时限未到"),
    ("临期", "due_soon", "尚未完成，{within}天内到期（含当天）"),
    ("逾期", "overdue", "尚未完成，时限已过；时限有疑问的不算"),
    ("长期坚持", "long_term", "长期坚持，不以日期论逾期"),
    ("时限不明确", "undated", "定不出完成日期"),
    ("其中：未报送", "not_reported", "牵头单位本期没有报送的小项（与上面各项交叉，不另加）"),
    ("其中：待确认", "to_confirm", "时限有疑问、有待核实的小项（与上面各项交叉，不另加）"),
)


def overview_sheet(draft: Draft) -> Sheet:
    """总览 — the figures with their definitions, how many units were heard, and who has how much left to do."""
    columns = (word("指标", _NAMES), whole("数", 7), rate("占总数", 7), text("含义", 7))
    tables = [
        SheetTable("一、总体情况", columns, _figures(draft)),
        SheetTable("二、报送情况", (word("单位", _NAMES), whole("个数", 7)), _heard(draft)),
    ]
    charts = [Chart("各状态小项数", 0, (1,), _STANDINGS, tuple(LIGHTS[one] for one in Standing))]
    for at, (name, table) in enumerate(_tallies(draft), len(tables) + 1):
        charts.append(Chart(f"{name}整改情况（小项数）", len(tables), _PARTS))
        tables.append(replace(table, caption=f"{ordinal(at)}、{name}"))
    notes = (draft.lights, RATES, draft.speech.word("leaders_note"))
    return draft.sheet("总览", "整改任务总览", *tables, notes=notes, charts=tuple(charts) if draft.verdicts else ())


def _tallies(draft: Draft) -> Iterable[tuple[str, SheetTable]]:
    """各统计 — by aspect, leader and lead unit, each where there are any named; of many the most open."""
    aspects, leads = by_aspect(draft.verdicts), by_lead(draft.verdicts)
    leaders = by_leader(draft.verdicts, draft.outcome.rules.leader_order)
    if any(group.name for group in aspects):
        yield "各方面", _tallied("方面", aspects, draft.verdicts)
    if any(group.name != UNNAMED for group in leaders):
        yield (
            f"各责任领导{_first(leaders)}",
            _tallied("责任领导", _most_open(leaders) if _first(leaders) else leaders),
        )
    if leads:
        yield f"各牵头单位{_first(leads)}", _tallied("牵头单位", _most_open(leads))


def unit_sheet(draft: Draft) -> Sheet:
    """单位 — 牵头 and 配合 apart: a co-unit has no overdue column, for it is not overdue."""
    leads = {group.name: group.verdicts for group in by_lead(draft.verdicts)}
    named = dict.fromkeys([*draft.outcome.ledger.expected, *leads])
    helped = _helped(draft.verdicts)
    heard = how_heard(draft.outcome.ledger, draft.verdicts)
    rows = [_unit_row(unit, heard.get(unit, "—"), leads.get(unit, ()), helped.get(unit, [])) for unit in named]
    columns = (
        text("单位", 22),
        word("本期报送", 14),
        *_TALLY,
        text("逾期小项", 13),
        whole("配合\n小项", 7),
        whole("配合\n已反馈", 8),
    )
    notes = (
        RATES,
        "牵头各栏每个小项只计一次，合计等于小项总数；配合各栏在每个配合单位各计一次，不合计；配合单位不算逾期",
        "配合已反馈：配合单位对这一小项写了内容的；交了表、这一行空着的不算",
        *(["未报送（沿用上期）：本期没有报送，各小项仍按它以前报送的内容计"] if draft.outcome.ledger.carried else []),
    )
    total: Row = ("合计", "", *_tally(draft.verdicts, whole_list=True), "", None, None)
    table = SheetTable("", columns, [*rows, total], total=True, key=0)
    return draft.sheet("单位", "各单位整改情况", table, notes=notes)


def leader_sheet(draft: Draft) -> Sheet:
    """责任领导 — an item with several leaders counts for each, so there is no sum."""
    rows = [
        (
            group.name,
            *_tally(group.verdicts),
            _nos(group.verdicts, Standing.OVERDUE),
            _nos(group.verdicts, Standing.DUE_SOON),
        )
        for group in by_leader(draft.verdicts, draft.outcome.rules.leader_order)
    ]
    columns = (text("责任领导", 22), *_TALLY, text("逾期小项", 16), text("临期小项", 16))
    notes = (RATES, draft.speech.word("leaders_note"))
    return draft.sheet("责任领导", "各责任领导整改情况", SheetTable("", columns, rows), notes=notes)


def aspect_sheet(draft: Draft) -> Sheet:
    """问题方面 — problem by problem within each aspect, in the order of the breakdown, with the sum of all."""
    named = [(aspect.name, problem) for aspect in by_aspect(draft.verdicts) for problem in by_problem(aspect.verdicts)]
    rows: list[Row] = [
        (aspect or UNNAMED, problem.name or UNNAMED, *_tally(problem.verdicts)) for aspect, problem in named
    ]
    columns = (text("方面", 24), text("问题", 36), *_TALLY)
    total: Row = ("合计", "", *_tally(draft.verdicts, whole_list=True))
    table = SheetTable("", columns, [*rows, total] if rows else [], total=bool(rows))
    return draft.sheet("问题方面", "各方面、各问题整改情况", table, notes=(RATES,))


def silent_sheet(draft: Draft) -> Sheet:
    """未报送 — the units nothing came from, and those whose files could not be read; they are not the same.

    Of a unit whose older file stays in use, its day stands beside the file. How long a unit has been silent, and what
    is suggested and done about it, is told where bulletins were published before.
    """
    heard, helped = units_heard(draft.outcome.ledger), _helped(draft.verdicts)
    units = [unit for name in ("missing", "unreadable") for unit in heard[name]]
    columns = _SILENT_AGAIN if draft.followed_up else _SILENT
    rows = [_silent_row(draft, unit, helped.get(unit, [])) for unit in units]
    if draft.followed_up:
        rows = [(*row, *_followed_up(draft, unit)) for row, unit in zip(rows, units, strict=True)]
    notes = (f"连续未报：到本期为止连续几期没有报送；{SUGGESTED}",)
    table = SheetTable("", columns, rows, key=0)
    return draft.sheet("未报送", "未报送和不能读取的单位", table, notes=notes if draft.followed_up else ())


_SILENT = (
    text("单位", 24),
    word("情况", 16),
    whole("牵头\n小项", 7),
    text("牵头小项编号", 30),
    text("其中逾期", 18),
    whole("配合\n小项", 7),
    text("收到的文件", 44),
)
_SILENT_AGAIN = (
    text("单位", 18),
    word("情况", 18),
    whole("牵头\n小项", 7),
    text("牵头小项编号", 18),
    text("其中逾期", 13),
    whole("配合\n小项", 7),
    text("收到的文件", 36),
    whole("连续未报\n（期）", 8),
    text("催办建议", 9),
    text("已办", 26),
)


# ---------------------------------------------------------------- 总览 ----


def _figures(draft: Draft) -> list[Row]:
    verdicts, within = draft.verdicts, draft.outcome.rules.due_soon_days
    total = len(verdicts)
    done, should = standing_in(verdicts, *DONE), should_be_done(verdicts)
    return [
        *(
            (name, counted(nos, sheet), _share(len(nos), total), told.format(within=within) + _which(name, nos))
            for name, told, nos, sheet in _meant(verdicts)
        ),
        (
            "完成合计",
            counted(numbers_of(done)),
            _share(len(done), total),
            "已销号、已完成、逾期完成之和；占总数的比例即完成率（占总数）",
        ),
        ("应完成", counted(numbers_of(should)), _share(len(should), total), _SHOULD),
        (
            "完成率（占应完成）",
            None,
            _share(len(standing_in(should, *DONE)), len(should)),
            "应完成的小项中已完成的比例",
        ),
    ]


def _which(name: str, nos: Sequence[str]) -> str:
    """哪几项 — behind the meaning of what a leader asks for first, as far as a line holds them."""
    return f"：{'、'.join(nos)}" if name in _ASKED_FOR and 0 < len(nos) <= LISTED else ""


_ASKED_FOR = ("临期", "逾期", "时限不明确", "其中：未报送", "其中：待确认")


def _meant(verdicts: Sequence[Verdict]) -> Iterable[tuple[str, str, tuple[str, ...], str]]:
    """各指标 — name, meaning, the items it counts, and the sheet that lists them."""
    members = {"items": verdicts, **{one.value: standing_in(verdicts, one) for one in Standing}}
    members["not_reported"] = [verdict for verdict in verdicts if verdict.not_reported]
    members["to_confirm"] = [verdict for verdict in verdicts if verdict.to_confirm]
    sheets = {standing.value: sheet for standing, sheet in LISTS.items()}
    for name, key, told in _MEANINGS:
        yield name, told, numbers_of(members[key]), sheets.get(key, LEDGER)


def _heard(draft: Draft) -> list[Row]:
    """报送情况 — how many units came in, did not, and cannot be read; of those silent, whose older file is in use."""
    ledger = draft.outcome.ledger
    rows: list[Row] = [("责任单位", counted(ledger.expected, "单位"))]
    for name, units in units_heard(ledger).items():
        rows.append((HEARD_WORDS[Heard(name)], counted(units, "单位" if name == "reported" else "未报送")))
        if name == "missing" and ledger.carried:
            rows.append(("其中：沿用以前报送的内容", counted(ledger.carried, "未报送")))
    return rows


def _tallied(name: str, groups: Sequence[Group], of: Sequence[Verdict] = ()) -> SheetTable:
    """一张统计表 — with the sum of ``of``, where the groups have every item once."""
    rows: list[Row] = [(group.name or UNNAMED, *_tally(group.verdicts)) for group in groups]
    total: list[Row] = [("合计", *_tally(of, whole_list=True))] if rows and of else []
    return SheetTable("", (text(name, _NAMES), *_TALLY), [*rows, *total], total=bool(total))


def _most_open(groups: Sequence[Group]) -> list[Group]:
    """未完成最多的 — those with most left to do first."""
    return sorted(groups, key=lambda group: len(standing_in(group.verdicts, *DONE)) - len(group.verdicts))[:CHARTED]


def _first(groups: Sequence[Group]) -> str:
    return f"（未完成最多的{CHARTED}个）" if len(groups) > CHARTED else ""


# ---------------------------------------------------------------- 各行 ----


def _tally(verdicts: Sequence[Verdict], *, whole_list: bool = False) -> Row:
    """各状态的小项数 — of all items the figures lead to the list sheets, of a part to 台账."""
    nos: dict[Standing, list[str]] = {standing: [] for standing in Standing}
    for verdict in verdicts:
        nos[verdict.standing].append(verdict.entry.item.no)
    parts = [counted(nos[one], LISTS.get(one, LEDGER) if whole_list else LEDGER) for one in Standing]
    done, should = [no for one in DONE for no in nos[one]], should_be_done(verdicts)
    rates = _share(len(done), len(verdicts)), _share(len(standing_in(should, *DONE)), len(should))
    return (counted(numbers_of(verdicts)), *parts, counted(done), counted(numbers_of(should)), *rates)


def _unit_row(unit: str, how: str, led: Sequence[Verdict], helped: Sequence[Verdict]) -> Row:
    heard = [one for one in helped if any(reply.unit == unit and _says(reply) for reply in one.entry.replies)]
    figures = counted(numbers_of(helped)), counted(numbers_of(heard))
    return (unit, how, *_tally(led), _nos(led, Standing.OVERDUE), *figures)


def _says(reply: Reply) -> bool:
    """说了什么 — a blank row says nothing, although the file came."""
    written = (reply.progress, reply.status, reply.evidence, reply.difficulty, reply.next)
    return reply.finished is not None or any(one.strip() for one in written)


def _helped(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    """配合的小项 — by co-unit; the lead unit is none of its own item."""
    helped: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        for unit in verdict.entry.item.units:
            if unit != verdict.entry.item.lead:
                helped.setdefault(unit, []).append(verdict)
    return helped


def _silent_row(draft: Draft, unit: str, helped: Sequence[Verdict]) -> Row:
    led = [verdict for verdict in draft.verdicts if verdict.entry.item.lead == unit]
    nos = numbers_of(led)
    owed = counted(nos), "、".join(nos), _nos(led, Standing.OVERDUE)
    how = how_heard(draft.outcome.ledger, draft.verdicts)[unit]
    return (unit, how, *owed, counted(numbers_of(helped)), fitting(stacked(_files(draft, unit))))


def _files(draft: Draft, unit: str) -> Iterable[str]:
    """收到的文件 — those of the unit, and where an older one stays in use the day it came."""
    ledger = draft.outcome.ledger
    replies = (one for entry in ledger.entries for one in entry.replies if one.unit == unit)
    kept = {one.source.file: one.sent for one in replies} if unit in ledger.carried else {}
    for file in dict.fromkeys([*(one.file for one in ledger.files if one.unit == unit), *kept]):
        sent = kept.get(file)
        came = f"{spoken_day(sent)}报送，" if sent else ""
        yield f"{file}（{came}沿用）" if file in kept else file


def _followed_up(draft: Draft, unit: str) -> Row:
    step = draft.steps.get(unit)
    return draft.case.silent_runs.get(unit) or None, suggested(step), taken(step, draft.outcome.job.as_of)


def _nos(verdicts: Sequence[Verdict], standing: Standing) -> str:
    return "、".join(numbers_of(standing_in(verdicts, standing)))


def _share(part: int, of: int) -> float | None:
    return part / of if of else None
