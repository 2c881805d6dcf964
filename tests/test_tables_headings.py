"""表头 — which column a heading is taken for, alone and in company."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from rectify_tool.model import Column
from rectify_tool.tables import match_heading
from rectify_tool.tables.headings import NO_MATCH, SURE, best
from rectify_tool.tables.periods import Period, period_of
from tests.sheets import AS_OF, aside, codes, read, settings, sheet, texts

MET = Path(__file__).parent / "data" / "headers.tsv"
"""Headings met in public documents, each with the column it should be."""

DISAGREED = {
    "落实时间": "finished",  # a day, where a status is a word
    "整改回复时间": "reporter",  # when it was answered, not what
    "驳回次数": "note",  # a count is no decision
}
"""Where this tool deliberately takes a heading of that list for another column."""


def taken(text: str, parent: str = "") -> str:
    return best(text, parent, settings().aliases)[0].value


def test_headings_met_in_public_documents_are_known() -> None:
    with MET.open(encoding="utf-8", newline="") as file:
        met = [(row["header"], row["column"]) for row in csv.DictReader(file, delimiter="\t")]
    wrong = {text: taken(text) for text, column in met if taken(text) != column}
    assert wrong == DISAGREED
    assert len(wrong) <= 0.05 * len(met)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("整 改\n时 限", "deadline"),
        ("责任\n单位", "units"),
        ("1.问题", "problem"),
        ("一、整改目标", "goal"),
        ("*责任单位：", "units"),
        ("【牵头单位】", "lead"),
        ("进展情况（截至5月20日）", "progress"),
        ("责任单位（牵头单位列首位）", "units"),
        ("整改责任单位", "units"),
        ("问题责任单位", "units"),
        ("工作名称", "item"),
        ("工作动态", "progress"),
        ("建议标题", "problem"),
        ("检视剖析问题", "problem"),
        ("办理要求", "measure"),
        ("督办要求", "measure"),
        ("整改意见", "measure"),
        ("办结时限", "deadline"),
        ("任务完成时间", "deadline"),
        ("承办单位", "lead"),
        ("主办单位", "lead"),
        ("协办单位", "units"),
        ("最新进展", "progress"),
        ("本期进展情况", "progress"),
        ("取得成效", "progress"),
        ("问题整改情况", "progress"),
        ("责任单位整改情况", "progress"),
        ("整改措施落实情况", "progress"),
        ("完成进度", "status"),
        ("整改进度（％）", "status"),
        ("是否按期完成整改", "status"),
        ("佐证材料清单", "evidence"),
        ("附件材料名称", "evidence"),
        ("下一步打算", "next"),
        ("下步工作考虑", "next"),
        ("存在困难", "difficulty"),
        ("需协调事项", "difficulty"),
        ("需上级协调解决的问题", "difficulty"),
        ("逾期未完成的原因", "difficulty"),
        ("反馈的主要问题", "problem"),
        ("专项检查发现的突出问题", "problem"),
        ("区级牵头领导", "leader"),
        ("整改清单编号", "no"),
        ("同意销号日期", "closed_on"),
    ],
)
def test_headings_no_list_holds_are_matched_sensibly(text: str, column: str) -> None:
    assert taken(text) == column


@pytest.mark.parametrize(
    "text",
    [
        "姓名",
        "实发工资",
        "责任单位意见",
        "会议内容",
        "常见问题",
        "缴费期限",
        "经办科室",
        "第7期",
        "照片编码",
        "整改措施数",
        "",
    ],
)
def test_a_heading_that_means_something_else_is_unknown_rather_than_wrong(text: str) -> None:
    assert best(text, "", settings().aliases) == NO_MATCH


@pytest.mark.parametrize("text", ["申请延期至", "拟销号时间", "提请销号日期", "计划销号时间"])
def test_what_a_unit_asks_for_is_no_decision_of_the_office(text: str) -> None:
    assert taken(text) not in ("extended_to", "closed_on", "finished")


@pytest.mark.parametrize(
    ("text", "parent", "column"),
    [
        ("牵头", "责任单位", "lead"),
        ("配合", "责任单位", "units"),
        ("进展", "整改情况", "progress"),
        ("4月", "进展情况", "progress"),
        ("具体内容", "整改措施", "measure"),
        ("名称", "照片", "evidence"),
        ("数量", "照片", "unknown"),
    ],
)
def test_a_heading_is_read_with_the_heading_above_it(text: str, parent: str, column: str) -> None:
    assert taken(text, parent) == column


def test_an_alias_scores_one_and_everything_else_less() -> None:
    aliases = settings().aliases
    assert match_heading("进展情况", "", aliases)[0] == (Column.PROGRESS, 1.0)
    assert match_heading("进展情况（截至本期）", "", aliases)[0] == (Column.PROGRESS, 0.93)
    assert match_heading("防控措施", "", aliases)[0][1] < SURE


# ---------------------------------------------------------------- 看左右 ----


def columns(head: str) -> list[str]:
    cells = " | ".join("x" for _ in head.split("|"))
    return [one.column.value for one in read(sheet(f"{head}\n{cells}")).tables[0].headings]


@pytest.mark.parametrize(
    ("head", "meant"),
    [
        ("序号 | 存在问题 | 整改措施 | 责任单位", ["no", "problem", "measure", "units"]),
        ("编号 | 整改措施 | 进展情况 | 存在问题", ["no", "measure", "progress", "difficulty"]),
        ("编号 | 存在问题 | 整改措施 | 整改进展", ["no", "problem", "measure", "progress"]),
        ("编号 | 措施 | 完成时间 | 进展情况", ["no", "measure", "deadline", "progress"]),
        ("编号 | 整改时限 | 进展情况 | 完成时间", ["no", "deadline", "progress", "finished"]),
        ("编号 | 整改完成时间 | 进展情况 | 实际完成时间", ["no", "deadline", "progress", "finished"]),
        ("编号 | 措施 | 进展情况 | 是否完成 | 完成时间", ["no", "measure", "progress", "status", "finished"]),
        ("编号 | 措施 | 进展情况 | 完成时间 | 是否完成", ["no", "measure", "progress", "finished", "status"]),
        ("编号 | 措施 | 完成时间 | 进展情况 | 是否完成", ["no", "measure", "deadline", "progress", "status"]),
        ("编号 | 措施 | 进展情况 | 责任单位 | 完成时间", ["no", "measure", "progress", "units", "deadline"]),
        ("编号 | 措施 | 是否完成 | 完成时限", ["no", "measure", "status", "deadline"]),
        ("编号 | 整改任务 | 责任单位 | 时限", ["no", "measure", "units", "deadline"]),
        ("编号 | 整改任务 | 整改措施 | 时限", ["no", "item", "measure", "deadline"]),
        ("编号 | 牵头单位 | 责任单位 | 时限", ["no", "lead", "units", "deadline"]),
        ("编号 | 整改措施 | 单位 | 时限", ["no", "measure", "units", "deadline"]),
        ("单位 | 编号 | 整改措施 | 进展", ["unit", "no", "measure", "progress"]),
        ("编号 | 整改措施 | 完成情况", ["no", "measure", "progress"]),
        ("编号 | 整改措施 | 进展 | 完成情况", ["no", "measure", "progress", "status"]),
        ("编号 | 整改措施 | 进展 | 说明", ["no", "measure", "progress", "note"]),
    ],
)
def test_the_company_a_heading_keeps_decides_what_it_means(head: str, meant: list[str]) -> None:
    assert columns(head) == meant


def test_the_offices_own_way_of_writing_is_stronger_than_company() -> None:
    from rectify_tool.places import default_rules_text
    from rectify_tool.rules import read_rules
    from rectify_tool.tables import read_tables, settings_from

    rules = read_rules(default_rules_text(), '[headings]\ndifficulty = ["问题"]\nprogress = ["经办科室"]\n')
    grid = sheet("编号 | 问题 | 整改措施 | 经办科室\n1-1 | 缺钱 | 一 | 印发")
    found = read_tables("x.xlsx", (grid,), settings_from(rules, AS_OF))
    assert texts(found) == [{"no": "1-1", "difficulty": "缺钱", "measure": "一", "progress": "印发"}]


def test_an_unknown_heading_is_a_note_with_the_number_of_cells_lost() -> None:
    found = read(sheet("编号 | 进展 | 经办科室\n1-1 | 甲 | 预算科\n1-2 | 乙 | 国库科"))
    assert aside(found) == {"C2": "UNKNOWN_COLUMN", "C3": "UNKNOWN_COLUMN"}
    assert [one.message for one in found.findings] == [
        "不认识表头“经办科室”，该列2个单元格没有采用；如有用，请在口径的表头叫法（[headings]）中加上这个叫法"
    ]


def test_the_serial_number_of_the_sheet_gives_way_to_the_number_of_the_item() -> None:
    found = read(sheet("序号 | 编号 | 进展\n1 | 4-2 | 甲"))
    assert texts(found) == [{"no": "4-2", "progress": "甲"}]
    assert aside(found) == {"A2": "DOUBLE_COLUMN"}
    assert codes(found) == ["H16"]


def test_of_two_deadline_columns_the_surer_counts_and_the_other_is_a_finding() -> None:
    found = read(sheet("编号 | 整改时限 | 反馈时限 | 进展\n1-1 | 5月底 | 6月底 | 甲"))
    assert texts(found)[0]["deadline"] == "5月底"
    assert [one.message for one in found.findings] == [
        "有两列都像“整改时限”（“整改时限”和“反馈时限”），采用了前者，请核对"
    ]


def test_two_columns_of_units_are_both_kept() -> None:
    found = read(sheet("编号 | 责任单位 | 其他责任单位 | 时限\n1-1 | 区财政局 | 区审计局 | 5月底"))
    assert [cell.text for cell in found.rows[0].cells[Column.UNITS]] == ["区财政局", "区审计局"]


def test_two_things_in_one_column_are_taken_for_the_first_with_a_note() -> None:
    found = read(sheet("编号 | 目前进展情况及存在问题\n1-1 | 已印发，缺经费"))
    assert texts(found) == [{"no": "1-1", "progress": "已印发，缺经费"}]
    assert [one.message for one in found.findings] == [
        "表头“目前进展情况及存在问题”把两项内容放在一列，按“进展情况”采用"
    ]


def test_how_things_stand_is_progress_though_not_surely() -> None:
    found = read(sheet("编号 | 整改措施 | 目前状况\n1-1 | 建立制度 | 已印发"))
    assert texts(found) == [{"no": "1-1", "measure": "建立制度", "progress": "已印发"}]
    assert codes(found) == ["H02"]


def test_a_weak_match_is_used_and_shown() -> None:
    found = read(sheet("编号 | 防控措施 | 进展\n1-1 | 巡查 | 甲"))
    assert texts(found)[0]["measure"] == "巡查"
    assert codes(found) == ["H02"]


def test_numbers_under_a_blank_heading_before_the_first_are_the_item_numbers() -> None:
    found = read(sheet(" | 整改事项 | 进展\n1-1 | 一 | 甲\n1-2 | 二 | 乙"))
    assert [row["no"] for row in texts(found)] == ["1-1", "1-2"]
    assert codes(found) == ["H02"]


# ---------------------------------------------------------------- 期 ----


def test_of_one_column_per_period_the_latest_not_after_the_day_counts() -> None:
    found = read(sheet("编号 | 4月进展 | 5月进展 | 6月进展\n1-1 | 起草 | 印发 | 预填"))
    assert texts(found) == [{"no": "1-1", "progress": "印发"}]
    assert aside(found) == {"B2": "EARLIER_PERIOD", "D2": "LATER_PERIOD"}
    assert codes(found) == ["H05", "H17"]


@pytest.mark.parametrize(
    ("head", "used"),
    [
        ("截至4月30日进展 | 截至5月20日进展", 1),
        ("截至4月30日进展 | 截至5月21日进展", 0),
        ("第7期 | 第8期", None),
        ("第八期进展 | 第七期进展", 0),
        ("上期进展 | 本期进展", 1),
        ("上期进展情况 | 进展情况", 1),
        ("一季度进展 | 二季度进展", 1),
        ("2015年12月进展 | 2016年1月进展", 1),
        ("12月进展 | 1月进展", 1),
        ("4月进展（截至4月30日） | 5月进展（截至5月20日）", 1),
    ],
)
def test_periods_are_told_apart_however_they_are_written(head: str, used: int | None) -> None:
    found = read(sheet(f"编号 | 整改事项 | {head}\n1-1 | 一 | 甲 | 乙"))
    progress = [] if used is None else ["甲", "乙"][used]
    assert ([] if not found.tables else texts(found)[0].get("progress", [])) == progress


def test_a_single_period_is_simply_the_progress_column() -> None:
    assert texts(read(sheet("编号 | 进展情况（截至5月31日）\n1-1 | 甲"))) == [{"no": "1-1", "progress": "甲"}]


def test_periods_over_several_columns_set_all_of_them_aside() -> None:
    found = read(
        sheet("""编号 | 4月 | < | 5月 | <
^ | 进展情况 | 是否完成 | 进展情况 | 是否完成
1-1 | 起草 | 否 | 印发 | 是""")
    )
    assert texts(found) == [{"no": "1-1", "progress": "印发", "status": "是"}]


def test_a_month_without_a_year_is_the_nearest_one() -> None:
    assert period_of("12月进展", date(2016, 2, 20)) == Period(date(2015, 12, 1), 0)
    assert period_of("6月进展", date(2016, 5, 20)) == Period(date(2016, 6, 1), 0)
    assert period_of("截至2月30日", date(2015, 3, 1)) == Period(date(2015, 2, 28), 0)
    assert period_of("第十二期", AS_OF) == Period(None, 12)
