"""The summary's sheets and the JSON answer: what each holds, where it came from, and that it adds up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from rectify_tool.findings import Code
from rectify_tool.model import (
    Act,
    Book,
    Claim,
    Decision,
    FileOutcome,
    Lamp,
    Light,
    Link,
    Outcome,
    Reason,
    SetAside,
    Sheet,
    Source,
    Standing,
)
from rectify_tool.papers.answer import as_json
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.sheets import CELL_LIMIT
from rectify_tool.papers.summary import make_summary
from tests.papers_builder import BREAKDOWN, at, outcome, record, reply, rules, verdict

NAMES = [
    *("总览", "台账", "逾期", "临期", "待销号", "长期坚持", "单位", "责任领导", "问题方面", "较上期", "未报送"),
    *("核对意见", "来源", "数据来源"),
]


def book(one: Outcome) -> Book:
    return make_summary(one, make_bulletin(one))


def sheet(one: Outcome, name: str) -> Sheet:
    return next(sheet for sheet in book(one).sheets if sheet.name == name)


def records(one: Outcome, name: str, table: int = 0) -> list[dict[str, object]]:
    found = sheet(one, name).tables[table]
    headings = [column.heading.replace("\n", "") for column in found.columns]
    return [dict(zip(headings, row, strict=True)) for row in found.rows]


def every_standing() -> Outcome:
    return outcome(
        *(verdict(f"{at}-1", standing, finished=date(2016, 4, 2)) for at, standing in enumerate(Standing, 1))
    )


def test_the_sheets_are_the_contracts_in_its_order_whatever_there_is_to_say() -> None:
    assert [sheet.name for sheet in book(outcome()).sheets] == NAMES
    assert [sheet.name for sheet in book(every_standing()).sheets] == NAMES


def test_every_row_is_as_long_as_its_headings() -> None:
    for page in book(every_standing()).sheets:
        for table in page.tables:
            assert {len(row) for row in table.rows} <= {len(table.columns)}, page.name


def test_every_sheet_says_its_day_and_the_coloured_ones_what_the_lights_mean() -> None:
    for page in book(every_standing()).sheets:
        assert page.notes[0] == "基准日为2016年5月20日（当天到期的算在期内）"
    assert "红灯：逾期" in sheet(every_standing(), "台账").notes[1]


def test_the_ledger_holds_every_item_once_with_a_word_beside_its_colour() -> None:
    rows = records(every_standing(), "台账")
    assert [row["编号"] for row in rows] == [f"{at}-1" for at in range(1, 9)]
    assert rows[5]["灯·状态"] == Lamp(Light.RED, "红 逾期")


def test_the_lists_hold_what_their_name_says() -> None:
    assert [row["编号"] for row in records(every_standing(), "逾期")] == ["6-1"]
    assert [row["编号"] for row in records(every_standing(), "临期")] == ["5-1"]
    assert [row["编号"] for row in records(every_standing(), "待销号")] == ["2-1", "3-1"]
    assert [row["编号"] for row in records(every_standing(), "长期坚持")] == ["7-1"]


def test_other_units_words_stand_beside_the_leads_with_their_names() -> None:
    others = [reply("区审计局", "1-1", Claim.IN_PROGRESS, "正在核实"), replace(reply("某局", "1-1"), unit=None)]
    one = verdict("1-1", others=["区审计局"], replies=[reply("区财政局", "1-1", progress="已印发"), *others])
    (row,) = records(outcome(one), "台账")
    assert row["牵头单位进展"] == "已印发"
    assert row["其他单位反馈"] == "区审计局（整改中）：正在核实\n〔报送/某局.xlsx〕（整改中）：正在推进"
    assert row["牵头反馈文件"] == Link("报送/区财政局.xlsx", "报送/区财政局.xlsx")
    assert row["单元格"] == "Sheet1!B4"


def test_decisions_and_doubts_are_shown_on_the_item() -> None:
    extended = Decision(Act.EXTEND, "1-1", date(2016, 4, 20), date(2016, 7, 1), "会议同意", Source(BREAKDOWN))
    (row,) = records(outcome(verdict("1-1", decisions=[extended], to_confirm=True, reported=False)), "台账")
    assert row["办理决定"] == "2016年4月20日批准延期至2016年7月1日：会议同意"
    assert row["提示"] == "时限待确认\n未报送"


def test_a_text_no_cell_can_hold_is_cut_and_says_where_the_whole_stands() -> None:
    long = reply("区财政局", "1-1", progress="长" * 40_000)
    (row,) = records(outcome(verdict("1-1", replies=[long])), "台账")
    told = str(row["牵头单位进展"])
    assert told.endswith("……（全文见原件 报送/区财政局.xlsx › Sheet1!B4）")
    assert CELL_LIMIT < len(told) <= 32_767


def test_co_units_stand_apart_and_are_never_overdue() -> None:
    one = verdict("1-1", Standing.OVERDUE, others=["区审计局"], replies=[reply("区审计局", "1-1")], reported=False)
    rows = {row["单位"]: row for row in records(outcome(one, missing=["区财政局"]), "单位")}
    assert rows["区财政局"]["逾期"] == 1 and rows["区财政局"]["本期报送"] == "未报送"
    assert rows["区审计局"]["逾期"] == 0 and rows["区审计局"]["配合小项"] == 1
    assert rows["区审计局"]["配合小项已反馈"] == 1
    assert rows["区审计局"]["完成率（占应完成）"] is None
    assert rows["合计"]["小项"] == 1


def test_rates_name_their_denominators() -> None:
    done, late, ahead = (
        verdict(f"1-{at}", one) for at, one in enumerate((Standing.CLOSED, Standing.OVERDUE, Standing.ON_TRACK), 1)
    )
    row = records(outcome(done, late, ahead), "单位")[-1]
    assert row["应完成"] == 2
    assert row["完成率（占总数）"] == pytest.approx(1 / 3) and row["完成率（占应完成）"] == 0.5
    assert any("应完成＝" in note for note in sheet(outcome(done), "单位").notes)


@pytest.mark.parametrize("name", ["单位", "问题方面"])
def test_the_parts_add_up_to_the_total_row(name: str) -> None:
    *parts, total = records(every_standing(), name)
    for heading in ("小项", "已销号", "已完成", "逾期完成", "按期推进", "临期", "逾期", "长期坚持", "时限不明确"):
        assert sum(int(str(row[heading])) for row in parts) == total[heading] in (1, 8)


def test_the_overview_tells_each_figure_with_its_meaning() -> None:
    rows = {row["指标"]: row for row in records(every_standing(), "总览")}
    assert rows["小项总数"]["数"] == 8 and rows["完成合计"]["数"] == 3 and rows["应完成"]["数"] == 4
    assert rows["完成率（占应完成）"]["占总数"] == 0.75
    assert "10天内到期" in str(rows["临期"]["含义"])


def test_there_is_no_earlier_issue_yet_and_the_sheet_says_so() -> None:
    (table,) = sheet(every_standing(), "较上期").tables
    assert table.rows == [] and table.empty == "尚无已发布的上一期"


def test_units_not_heard_are_listed_with_why_and_what_they_owe() -> None:
    silent = verdict("1-1", Standing.OVERDUE, lead="甲局", reported=False)
    garbled = verdict("1-2", lead="乙局", others=["甲局"], reported=False, unreadable=True)
    files = [replace(record("报送/乙局.doc", "乙局"), outcome=FileOutcome.SKIPPED)]
    rows = records(outcome(silent, garbled, missing=["甲局"], unreadable=["乙局"], files=files), "未报送")
    assert [(row["单位"], row["情况"], row["牵头小项编号"]) for row in rows] == [
        ("甲局", "未报送", "1-1"),
        ("乙局", "收到，不能读取", "1-2"),
    ]
    assert rows[0]["其中逾期"] == "1-1" and rows[0]["配合小项"] == 1 and rows[1]["收到的文件"] == "报送/乙局.doc"


def test_findings_stand_gravest_first_with_their_place() -> None:
    found = [
        Code.FILE_SAME_CONTENT.at(Source("报送/乙.xlsx"), other="报送/甲.xlsx"),
        Code.REPLY_BLANK.at(Source("报送/甲.xlsx", "Sheet1", "G7"), no="1-1"),
        Code.UNIT_UNKNOWN_FILE.at(Source("报送/新建.xlsx")),
        Code.NO_BREAKDOWN.at(Source(""), seen=""),
    ]
    rows = records(outcome(verdict("1-1"), findings=found), "核对意见")
    assert [row["轻重"] for row in rows] == ["错误", "注意", "注意", "说明"]
    assert (rows[1]["工作表"], rows[1]["单元格"], rows[1]["代码"]) == ("Sheet1", "G7", "N07")
    assert rows[2]["文件"] == "（全部）"


def test_every_cell_set_aside_is_listed_but_titles_headings_and_footers() -> None:
    aside = [
        SetAside("Sheet1", 0, 0, "整改情况表", Reason.TITLE),
        SetAside("Sheet1", 8, 7, "=1+1", Reason.UNKNOWN_COLUMN),
        SetAside("封面", 0, 0, "填表说明", Reason.NOT_USED),
        SetAside("封面", 1, 0, "填表说明", Reason.NOT_USED),
    ]
    one = outcome(verdict("1-1"), files=[record("报送/甲.xlsx", "甲局", aside)])
    assert [row["未采用"] for row in records(one, "来源")] == [4]
    listed = [(row["单元格"], row["文字"], row["原因"]) for row in records(one, "来源", 1)]
    assert listed == [("共2个", "", "本件不作为报送采用"), ("H9", "=1+1", "未能识别的列")]


def test_each_figure_of_the_bulletin_is_walked_back_to_its_cells() -> None:
    one = outcome(verdict("1-1", Standing.OVERDUE), verdict("1-2"))
    rows = [row for row in records(one, "数据来源") if row["专报语句"] == "截至2016年5月20日，有1项已过时限仍未完成。"]
    assert [row["编号或单位"] for row in rows] == ["1-1"]
    assert rows[0]["责任分解表"] == Link(BREAKDOWN, BREAKDOWN)
    assert rows[0]["牵头反馈文件"] == Link("报送/区财政局.xlsx", "报送/区财政局.xlsx")
    assert rows[0]["所在部分"] == "三、存在问题"


@pytest.mark.parametrize(
    ("folder", "out", "way"),
    [
        ("/示例区", None, "../.."),
        ("/数据/示例区", "/数据/成果", "../../示例区"),
        ("C:\\示例区", "C:\\成果", "../../示例区"),
        ("C:\\示例区", "D:\\成果", None),
        ("示例区", "成果", None),
    ],
)
def test_the_way_from_the_papers_to_the_work_folder(folder: str, out: str | None, way: str | None) -> None:
    one = outcome(verdict("1-1"))
    assert book(replace(one, job=replace(one.job, folder=folder, out=out))).home == way


def test_the_mark_of_the_office_goes_with_the_book() -> None:
    assert book(outcome(verdict("1-1"), using=rules(mark="示例·虚构"))).mark == "示例·虚构"


# ---------------------------------------------------------------- 应答 ----


def test_the_answer_has_the_contracts_keys_in_its_order() -> None:
    one = outcome(
        verdict("1-1", Standing.FINISHED, finished=date(2016, 5, 3)),
        findings=[Code.REPLY_BLANK.at(Source("报送/甲.xlsx", "Sheet1", "G7"), no="1-1")],
    )
    answer = json.loads(json.dumps(as_json(one), ensure_ascii=False))
    assert list(answer) == ["as_of", "number", "counts", "items", "units", "findings", "files", "outputs"]
    assert " ".join(answer["items"][0]) == (
        "no aspect problem item deadline due doubt stages standing days_left because finished"
        " lead units claimed replies"
    )
    assert answer["items"][0]["finished"] == "2016-05-03" and answer["items"][0]["due"] == "2016-06-30"
    assert answer["items"][0]["replies"][0]["source"] == {
        "file": "报送/区财政局.xlsx",
        "sheet": "Sheet1",
        "cell": at(one.ledger.entries[0].replies[0]).cell,
    }
    assert list(answer["findings"][0]) == ["code", "severity", "file", "sheet", "cell", "message"]
    assert answer["findings"][0]["severity"] == "warning"
    assert " ".join(answer["files"][0]) == "file role unit outcome sha256 cells used set_aside headings"
    assert answer["files"][0]["cells"] == answer["files"][0]["used"] + answer["files"][0]["set_aside"]
    assert answer["outputs"] == {"bulletin": None, "summary": None}
