"""统计各页 — the sheets of figures: 总览, 单位, 责任领导, 问题方面, and the units that did not report."""

from __future__ import annotations

from collections.abc import Sequence

from rectify_tool.model import Chart, Sheet, SheetTable, Standing, Verdict
from rectify_tool.papers.counts import (
    DONE,
    SHOULD_BE_DONE,
    UNNAMED,
    by_aspect,
    by_lead,
    by_leader,
    by_problem,
    count,
    standing_in,
)
from rectify_tool.papers.sheets import Draft, Row, rate, text, whole, word
from rectify_tool.papers.speech import numbers_of

RATES = (
    "完成合计＝已销号＋已完成＋逾期完成；应完成＝完成合计＋逾期（长期坚持、时限不明确和时限未到的不算应完成）；"
    "完成率（占总数）＝完成合计÷小项数，完成率（占应完成）＝完成合计÷应完成"
)

_TALLY = (
    whole("小项"),
    whole("已销号"),
    whole("已完成"),
    whole("逾期\n完成"),
    whole("按期\n推进"),
    whole("临期"),
    whole("逾期"),
    whole("长期\n坚持"),
    whole("时限\n不明确"),
    whole("完成\n合计"),
    whole("应完成"),
    rate("完成率\n（占总数）"),
    rate("完成率\n（占应完成）", 13),
)

_PARTS = tuple(range(2, 2 + len(Standing)))
"""各状态的列 — in a table of one name column and `_TALLY`; what the charts stack."""

_MEANINGS = (
    ("小项总数", "items", "责任分解表中的小项；一个小项有几个单位也只计一次"),
    ("已销号", "closed", "经核查认可，已销号"),
    ("已完成", "finished", "牵头单位报已完成，尚未销号，没有逾期或不能确定逾期"),
    ("逾期完成", "finished_late", "牵头单位报已完成，完成日期晚于时限"),
    ("按期推进", "on_track", "尚未完成，时限未到"),
    ("临期", "due_soon", "尚未完成，{within}天内到期（含当天）"),
    ("逾期", "overdue", "尚未完成，时限已过；时限有疑问的不算"),
    ("长期坚持", "long_term", "长期坚持，不以日期论逾期"),
    ("时限不明确", "undated", "定不出完成日期"),
    ("其中：未报送", "not_reported", "牵头单位本期没有报送的小项（与上面各项交叉，不另加）"),
    ("其中：待确认", "to_confirm", "时限有疑问、有待核实的小项（与上面各项交叉，不另加）"),
)


def overview_sheet(draft: Draft) -> Sheet:
    """总览 — the figures with their definitions, by aspect, and how many units were heard."""
    columns = (word("指标", 22), whole("数", 8), rate("占总数", 8), text("含义", 8))
    figures = SheetTable("一、总体情况", columns, _figures(draft))
    by_aspects = SheetTable("二、各方面", (text("方面", 22), *_TALLY), _aspect_rows(draft), total=True)
    units = SheetTable("三、报送情况", (word("单位", 22), whole("个数")), _heard(draft))
    charts = (Chart("各方面整改情况（小项数）", 1, _PARTS),) if draft.verdicts else ()
    return draft.sheet("总览", "整改任务总览", figures, by_aspects, units, notes=(draft.lights, RATES), charts=charts)


def unit_sheet(draft: Draft) -> Sheet:
    """单位 — 牵头 and 配合 apart: a co-unit has no overdue column, for it is not overdue."""
    leads = {group.name: group.verdicts for group in by_lead(draft.verdicts)}
    named = dict.fromkeys([*draft.outcome.ledger.expected, *leads])
    helped = _helped(draft.verdicts)
    rows = [_unit_row(draft, unit, leads.get(unit, ()), helped.get(unit, [])) for unit in named]
    columns = (
        text("单位", 22),
        word("本期报送", 14),
        *_TALLY,
        text("逾期小项", 18),
        whole("配合小项", 9),
        whole("配合小项\n已反馈", 10),
    )
    notes = (
        RATES,
        "牵头各栏每个小项只计一次，合计等于小项总数；配合各栏在每个配合单位各计一次，不合计；配合单位不算逾期",
    )
    total: Row = ("合计", "", *_tally(draft.verdicts), "", None, None)
    table = SheetTable("", columns, [*rows, total], total=True)
    return draft.sheet("单位", "各单位整改情况", table, notes=notes, wide=True)


def leader_sheet(draft: Draft) -> Sheet:
    """责任领导 — an item with several leaders counts for each, so there is no sum."""
    rows = [
        (
            group.name,
            *_tally(group.verdicts),
            _nos(group.verdicts, Standing.OVERDUE),
            _nos(group.verdicts, Standing.DUE_SOON),
        )
        for group in by_leader(draft.verdicts)
    ]
    columns = (text("责任领导", 22), *_TALLY, text("逾期小项", 20), text("临期小项", 20))
    notes = (RATES, draft.speech.word("leaders_note"))
    chart = (Chart("各责任领导整改情况（小项数）", 0, _PARTS),) if rows else ()
    return draft.sheet("责任领导", "各责任领导整改情况", SheetTable("", columns, rows), notes=notes, charts=chart)


def aspect_sheet(draft: Draft) -> Sheet:
    """问题方面 — problem by problem within each aspect, in the order of the breakdown, with the sum of all."""
    named = [(aspect.name, problem) for aspect in by_aspect(draft.verdicts) for problem in by_problem(aspect.verdicts)]
    rows: list[Row] = [
        (aspect or UNNAMED, problem.name or UNNAMED, *_tally(problem.verdicts)) for aspect, problem in named
    ]
    columns = (text("方面", 24), text("问题", 44), *_TALLY)
    total: Row = ("合计", "", *_tally(draft.verdicts))
    table = SheetTable("", columns, [*rows, total] if rows else [], total=bool(rows))
    return draft.sheet("问题方面", "各方面、各问题整改情况", table, notes=(RATES,))


def silent_sheet(draft: Draft) -> Sheet:
    """未报送 — the units nothing came from, and those whose files could not be read; they are not the same."""
    ledger = draft.outcome.ledger
    unreadable = [unit for unit in ledger.expected if unit in set(ledger.unreadable)]
    named = [*((unit, "未报送") for unit in ledger.missing), *((unit, "收到，不能读取") for unit in unreadable)]
    columns = (
        text("单位", 24),
        word("情况", 18),
        whole("牵头小项", 10),
        text("牵头小项编号", 34),
        text("其中逾期", 24),
        whole("配合小项", 10),
        text("收到的文件", 40),
    )
    helped = _helped(draft.verdicts)
    rows = [_silent_row(draft, unit, how, helped.get(unit, [])) for unit, how in named]
    return draft.sheet("未报送", "未报送和不能读取的单位", SheetTable("", columns, rows))


def _figures(draft: Draft) -> list[Row]:
    counts, verdicts = count(draft.verdicts), draft.verdicts
    total, within = counts["items"], draft.outcome.rules.due_soon_days
    done, should = len(standing_in(verdicts, *DONE)), len(standing_in(verdicts, *SHOULD_BE_DONE))
    return [
        *((name, counts[key], _share(counts[key], total), told.format(within=within)) for name, key, told in _MEANINGS),
        ("完成合计", done, _share(done, total), "已销号、已完成、逾期完成之和；占总数的比例即完成率（占总数）"),
        ("应完成", should, _share(should, total), "完成合计与逾期之和"),
        ("完成率（占应完成）", None, _share(done, should), "完成合计÷应完成"),
    ]


def _heard(draft: Draft) -> list[Row]:
    ledger = draft.outcome.ledger
    reported, unreadable = set(ledger.reported), set(ledger.unreadable)
    return [
        ("责任单位", len(ledger.expected)),
        ("已报送", sum(unit in reported for unit in ledger.expected)),
        ("未报送", len(ledger.missing)),
        ("收到，不能读取", sum(unit in unreadable for unit in ledger.expected)),
    ]


def _tally(verdicts: Sequence[Verdict]) -> Row:
    counts = count(verdicts)
    done, should = len(standing_in(verdicts, *DONE)), len(standing_in(verdicts, *SHOULD_BE_DONE))
    parts = tuple(counts[standing.value] for standing in Standing)
    return (counts["items"], *parts, done, should, _share(done, counts["items"]), _share(done, should))


def _aspect_rows(draft: Draft) -> list[Row]:
    rows: list[Row] = [(group.name or UNNAMED, *_tally(group.verdicts)) for group in by_aspect(draft.verdicts)]
    return [*rows, ("合计", *_tally(draft.verdicts))] if rows else []


def _unit_row(draft: Draft, unit: str, led: Sequence[Verdict], helped: Sequence[Verdict]) -> Row:
    heard = sum(any(one.unit == unit for one in verdict.entry.replies) for verdict in helped)
    return (unit, _how_heard(draft, unit), *_tally(led), _nos(led, Standing.OVERDUE), len(helped), heard)


def _helped(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    """配合的小项 — by co-unit; the lead unit is none of its own item."""
    helped: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        for unit in verdict.entry.item.units:
            if unit != verdict.entry.item.lead:
                helped.setdefault(unit, []).append(verdict)
    return helped


def _how_heard(draft: Draft, unit: str) -> str:
    ledger = draft.outcome.ledger
    heard = (("已报送", ledger.reported), ("收到，不能读取", ledger.unreadable), ("未报送", ledger.missing))
    return next((how for how, units in heard if unit in units), "—")


def _silent_row(draft: Draft, unit: str, how: str, helped: Sequence[Verdict]) -> Row:
    led = [verdict for verdict in draft.verdicts if verdict.entry.item.lead == unit]
    files = [record.file for record in draft.outcome.ledger.files if record.unit == unit]
    nos = "、".join(numbers_of(led))
    return (unit, how, len(led), nos, _nos(led, Standing.OVERDUE), len(helped), "\n".join(files))


def _nos(verdicts: Sequence[Verdict], standing: Standing) -> str:
    return "、".join(numbers_of(standing_in(verdicts, standing)))


def _share(part: int, of: int) -> float | None:
    return part / of if of else None
