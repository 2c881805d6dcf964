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
    Ref,
    SetAside,
    Sheet,
    SheetValue,
    Show,
    Source,
    Standing,
)
from rectify_tool.papers.answer import as_json
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.sheets import CELL_LIMIT, PRINTED_LINES
from rectify_tool.papers.summary import make_summary
from rectify_tool.papers.tally_sheets import CHARTED
from rectify_tool.workbook.styles import lines
from tests.papers_builder import BREAKDOWN, at, outcome, record, reply, rules, story, verdict

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
    return [dict(zip(headings, map(shown, row), strict=True)) for row in found.rows]


def shown(value: SheetValue) -> SheetValue:
    """What a person reads in the cell, wherever it leads."""
    return value.shown if isinstance(value, Ref) else value


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
    assert row["牵头反馈文件"] == "区财政局.xlsx › Sheet1"
    assert row["单元格"] == Link("B4", "报送/区财政局.xlsx", "Sheet1", "B4")


def test_decisions_and_doubts_are_shown_on_the_item() -> None:
    extended = Decision(Act.EXTEND, "1-1", date(2016, 4, 20), date(2016, 7, 1), "会议同意", Source(BREAKDOWN))
    (row,) = records(outcome(verdict("1-1", decisions=[extended], to_confirm=True, reported=False)), "台账")
    assert row["办理决定"] == "2016年4月20日批准延期至2016年7月1日：会议同意"
    assert row["提示"] == "时限待确认\n未报送"


def test_a_text_no_cell_can_hold_is_cut_and_says_where_the_whole_stands() -> None:
    long = reply("区财政局", "1-1", progress="长" * 40_000)
    (row,) = records(outcome(verdict("1-1", replies=[long])), "台账")
    told = str(row["打印未尽的文字"])
    assert told.startswith("【牵头单位进展】长长") and "……（全文见原件" in told
    assert CELL_LIMIT - 20 < len(told) <= 32_767


@pytest.mark.parametrize("text", ["进展" * 400, "逐条\n" * 30])
def test_a_text_too_long_for_a_printed_row_is_cut_there_and_stands_whole_behind(text: str) -> None:
    long = verdict("1-1", Standing.OVERDUE, replies=[reply("区财政局", "1-1", progress=text)])
    (row,), (listed,) = records(outcome(long), "台账"), records(outcome(long), "逾期")
    assert str(row["牵头单位进展"]).endswith("……（全文见“打印未尽的文字”一列）")
    assert row["打印未尽的文字"] == f"【牵头单位进展】{text}"
    assert str(listed["牵头单位反馈"]).endswith("……（全文见台账）")
    assert lines(str(row["牵头单位进展"]), 32) <= PRINTED_LINES + 2


def test_a_text_that_fits_is_printed_whole() -> None:
    (row,) = records(outcome(verdict("1-1", replies=[reply("区财政局", "1-1", progress="进展" * 100)])), "台账")
    assert row["牵头单位进展"] == "进展" * 100 and row["打印未尽的文字"] == ""


def test_co_units_stand_apart_and_are_never_overdue() -> None:
    one = verdict("1-1", Standing.OVERDUE, others=["区审计局"], replies=[reply("区审计局", "1-1")], reported=False)
    rows = {row["单位"]: row for row in records(outcome(one, missing=["区财政局"]), "单位")}
    assert rows["区财政局"]["逾期"] == 1 and rows["区财政局"]["本期报送"] == "未报送"
    assert rows["区审计局"]["逾期"] == 0 and rows["区审计局"]["配合小项"] == 1
    assert rows["区审计局"]["配合已反馈"] == 1
    assert rows["区审计局"]["完成率（占应完成）"] is None
    assert rows["合计"]["小项"] == 1


def test_a_co_unit_whose_row_is_blank_has_not_replied() -> None:
    blank = reply("区审计局", "1-1", Claim.NONE, progress="")
    one = verdict("1-1", others=["区审计局"], replies=[reply("区财政局", "1-1"), blank])
    rows = {row["单位"]: row for row in records(outcome(one), "单位")}
    assert rows["区审计局"]["配合小项"] == 1 and rows["区审计局"]["配合已反馈"] == 0
    (row,) = records(outcome(one), "台账")
    assert row["其他单位反馈"] == "区审计局（未填）"


def test_rates_name_their_denominators() -> None:
    done, late, ahead = (
        verdict(f"1-{at}", one, due=date(2016, 4, 30) if one is Standing.CLOSED else date(2016, 6, 30))
        for at, one in enumerate((Standing.CLOSED, Standing.OVERDUE, Standing.ON_TRACK), 1)
    )
    row = records(outcome(done, late, ahead), "单位")[-1]
    assert row["应完成"] == 2
    assert row["完成率（占总数）"] == pytest.approx(1 / 3) and row["完成率（占应完成）"] == 0.5
    assert any("应完成＝" in note for note in sheet(outcome(done), "单位").notes)


@pytest.mark.parametrize("name", ["单位", "问题方面"])
def test_the_parts_add_up_to_the_total_row(name: str) -> None:
    *parts, total = records(every_standing(), name)
    parted = ("已销号", "已完成待销号", "逾期完成待销号", "按期推进", "临期", "逾期", "长期坚持", "时限不明确")
    for heading in ("小项", *parted):
        assert sum(int(str(row[heading])) for row in parts) == total[heading] in (1, 8)


def figures(one: Outcome) -> list[tuple[str, Ref]]:
    """Every cell that leads to rows, with the sheet it stands on."""
    tables = ((page.name, table) for page in book(one).sheets for table in page.tables)
    return [(name, value) for name, table in tables for row in table.rows for value in row if isinstance(value, Ref)]


def test_every_figure_counts_the_rows_it_leads_to_and_they_are_there() -> None:
    one = story()
    keyed = {
        page.name: [str(shown(row[table.key])) for row in table.rows]
        for page in book(one).sheets
        for table in page.tables
        if table.key is not None
    }
    found = figures(one)
    assert {"总览", "单位", "责任领导", "问题方面", "未报送", "逾期"} <= {name for name, _ in found}
    for name, ref in found:
        assert set(ref.keys) <= set(keyed[ref.sheet]), (name, ref)
        assert len(set(ref.keys)) == len(ref.keys) and (isinstance(ref.shown, str) or ref.shown == len(ref.keys))


@pytest.mark.parametrize("name", ["总览", "单位", "责任领导", "问题方面", "未报送"])
def test_no_figure_above_nought_leads_nowhere(name: str) -> None:
    page = sheet(story(), name)
    counts = [
        value
        for table in page.tables
        for row in table.rows
        for column, value in zip(table.columns, row, strict=True)
        if column.show is Show.COUNT and value is not None
    ]
    assert counts and all(isinstance(value, Ref) or value == 0 for value in counts)


def test_the_totals_lead_to_the_list_sheets() -> None:
    totals = sheet(every_standing(), "单位").tables[0].rows[-1]
    to = {ref.sheet for ref in totals if isinstance(ref, Ref)}
    assert to == {"台账", "逾期", "临期", "待销号", "长期坚持"}


def test_an_item_said_to_be_done_shows_what_speaks_against_closing_it() -> None:
    vague = reply("区财政局", "1-1", Claim.DONE, "已完成", evidence="", at=3)
    one = verdict("1-1", Standing.FINISHED, replies=[vague], due=date(2016, 4, 30))
    found = [
        Code.DONE_VAGUE.at(vague.source, **dict.fromkeys(("no", "text", "unit"), "1-1")),
        Code.CLAIM_CONTRADICTS.at(vague.source, **dict.fromkeys(("status", "progress", "text", "no"), "x")),
    ]
    (row,) = records(outcome(one, findings=found), "待销号")
    assert row["提示"] == "完成日期不明\n佐证不足\n自报与进展不符"


def test_the_units_with_most_left_to_do_are_charted_first_and_no_more_than_fit() -> None:
    many = [
        verdict(f"{at}-1", Standing.FINISHED if at == 1 else Standing.ON_TRACK, lead=f"第{at}局") for at in range(1, 31)
    ]
    busy = verdict("31-1", lead="第7局")
    page = sheet(outcome(*many, busy), "总览")
    leads = [row[0] for row in page.tables[4].rows]
    assert leads[0] == "第7局" and len(leads) == CHARTED and "第1局" not in leads
    assert page.tables[4].caption == "五、各牵头单位（未完成最多的20个）"
    assert [chart.title for chart in page.charts][3] == "各牵头单位（未完成最多的20个）整改情况（小项数）"
    assert not sheet(outcome(), "总览").charts


@pytest.mark.parametrize("name", NAMES)
def test_no_sheet_prints_smaller_than_8_points_and_a_half(name: str) -> None:
    page = sheet(story(), name)
    columns = max((table.columns for table in page.tables), key=len)
    widths = [max(t.columns[at].width for t in page.tables if at < len(t.columns)) for at in range(len(columns))]
    pixels = sum(width * 7 + 5 for width in widths[: page.printed or len(widths)])
    paper = (420 if page.wide else 297) / 25.4 - 0.8
    assert 10 * min(1.0, paper * 96 / pixels) >= (9.0 if name == "台账" else 8.5)


def test_the_overview_tells_each_figure_with_its_meaning() -> None:
    rows = {row["指标"]: row for row in records(every_standing(), "总览")}
    assert rows["小项总数"]["数"] == 8 and rows["完成合计"]["数"] == 3 and rows["应完成"]["数"] == 1
    assert rows["完成率（占应完成）"]["占总数"] == 0
    assert str(rows["逾期"]["含义"]).endswith("：6-1")
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
    assert (rows[1]["工作表"], rows[1]["单元格"], rows[1]["代码"]) == (
        "Sheet1",
        Link("G7", "报送/甲.xlsx", "Sheet1", "G7"),
        "N07",
    )
    assert rows[2]["文件"] == "（全部）"


def test_every_cell_set_aside_is_listed_but_titles_headings_and_footers() -> None:
    aside = [
        SetAside("Sheet1", 0, 0, "整改情况表", Reason.TITLE),
        SetAside("Sheet1", 8, 7, "=1+1", Reason.UNKNOWN_COLUMN),
    ]
    one = outcome(verdict("1-1"), files=[record("报送/甲.xlsx", "甲局", aside)])
    assert [row["未采用"] for row in records(one, "来源")] == [2]
    (listed,) = records(one, "来源", 1)
    assert listed["单元格"] == Link("H9", "报送/甲.xlsx", "Sheet1", "H9")
    assert (listed["文字"], listed["原因"]) == ("=1+1", "未能识别的列")


def test_a_sheet_or_a_row_set_aside_as_a_whole_takes_one_line_that_counts_its_cells() -> None:
    aside = [
        SetAside("封面", 0, 0, "填表说明", Reason.NO_TABLE),
        SetAside("封面", 1, 0, "一、\n如实填写", Reason.NO_TABLE),
        *(SetAside("Sheet1", 5, at, text, Reason.UNMATCHED_ROW) for at, text in enumerate(("9-9", "某事", "已办"))),
        SetAside("Sheet1", 6, 0, "9-8", Reason.UNMATCHED_ROW),
    ]
    one = outcome(verdict("1-1"), files=[record("报送/甲.xlsx", "甲局", aside)])
    listed = [(row["单元格"], row["个数"], row["文字"]) for row in records(one, "来源", 1)]
    assert [(getattr(spot, "text", ""), *rest) for spot, *rest in listed] == [
        ("整页", 2, "填表说明 ｜ 一、 如实填写"),
        ("A6—C6", 3, "9-9 ｜ 某事 ｜ 已办"),
        ("A7", 1, "9-8"),
    ]
    assert sum(int(str(row["个数"])) for row in records(one, "来源", 1)) == len(aside)


def test_an_identical_copy_is_not_called_an_older_one_and_a_stray_file_no_report() -> None:
    copy, older, stray = (
        replace(record(f"报送/{name}.xlsx", "甲局"), outcome=FileOutcome.SUPERSEDED) for name in "乙丙丁"
    )
    stray = replace(stray, unit=None, outcome=FileOutcome.SKIPPED)
    found = [Code.FILE_SAME_CONTENT.at(Source(copy.file), other="报送/甲.xlsx")]
    rows = records(outcome(verdict("1-1"), files=[copy, older, stray], findings=found), "来源")
    assert [row["结果"] for row in rows] == ["与另一份完全相同", "已被较新的一份代替", "略过"]
    assert [row["用途"] for row in rows] == ["报送表", "报送表", "其他文件"]


def test_each_figure_of_the_bulletin_is_walked_back_to_its_cells() -> None:
    one = outcome(verdict("1-1", Standing.OVERDUE), verdict("1-2"))
    (told,) = [row for row in records(one, "数据来源") if row["专报语句"] == "逾期未完成1项。"]
    assert (told["所在部分"], told["怎样得出（在本簿中同样筛选）"]) == ("一、总体情况", "台账“灯·状态”为逾期")
    assert (told["个数"], told["所数的小项或单位"]) == (1, "1-1")
    (item,) = [row for row in records(one, "数据来源", 3) if row["编号"] == "1-1"]
    said = one.ledger.entries[0].replies[0].source
    assert item["单元格"] == Link(said.cell or "", said.file, "Sheet1", said.cell or "")
    assert isinstance(item["小项单元格"], Link) and item["小项单元格"].file == BREAKDOWN
    (unit,) = records(one, "数据来源", 2)
    assert (unit["单位"], unit["收到的文件"]) == ("区财政局", Link("报送/区财政局.xlsx", "报送/区财政局.xlsx"))


@pytest.mark.parametrize(
    ("standing", "claimed", "said", "how"),
    [
        (Standing.ON_TRACK, Claim.NONE, "均未到时限。", "按期推进"),
        (Standing.CLOSED, Claim.DONE, "均已完成并销号。", "已销号"),
    ],
)
def test_a_group_called_by_a_word_of_its_own_is_found_by_its_standing(
    standing: Standing, claimed: Claim, said: str, how: str
) -> None:
    one = outcome(*(verdict(f"{at}-1", standing, claimed=claimed) for at in (1, 2)))
    found = {row["专报语句"]: row["怎样得出（在本簿中同样筛选）"] for row in records(one, "数据来源")}
    assert found[said] == f"台账“灯·状态”为{how}"


def test_no_figure_is_listed_that_the_sentence_does_not_say() -> None:
    alone = outcome(*(verdict(f"{at}-1", aspect=f"方面{at}", problem=f"问题{at}") for at in (1, 2, 3)))
    several = outcome(*(verdict(f"{at}", aspect=f"方面{at % 2}", problem=f"问题{at % 3}") for at in range(6)))
    for one, numbers in ((alone, [3]), (several, [6, 2, 3])):
        total = [row for row in records(one, "数据来源") if row["序号"] == 1]
        assert [row["个数"] for row in total] == numbers
        assert all(str(number) in str(total[0]["专报语句"]) for number in numbers)


def test_the_figures_of_the_attachments_are_walked_back_too() -> None:
    rows = [row for row in records(story(), "数据来源") if str(row["所在部分"]).startswith("附件")]
    assert [(row["所在部分"], row["所数的小项或单位"]) for row in rows[:2]] == [
        ("附件1 逾期清单", "4-1、4-2、5-1"),
        ("附件2 临期清单", "6-2、6-1"),
    ]
    assert ("副区长", "按期推进：6-3；临期：6-1、6-2") in [(row["专报语句"], row["所数的小项或单位"]) for row in rows]


def test_a_figure_over_very_many_items_leads_to_the_ledger_instead_of_listing_them() -> None:
    one = outcome(*(verdict(f"1-{at}") for at in range(1, 302)))
    rows = records(one, "数据来源")
    assert (
        rows[0]["所数的小项或单位"] == "共301项，见台账" and rows[0]["怎样得出（在本簿中同样筛选）"] == "台账全部小项"
    )
    assert records(one, "数据来源", 3) == []


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
    assert " ".join(answer) == "as_of number counts items units changes escalations findings files outputs"
    assert " ".join(answer["units"]) == "expected reported missing unreadable carried decisions"
    assert " ".join(answer["items"][0]) == (
        "no aspect problem item deadline due doubt stages standing days_left because finished"
        " lead units claimed replies decisions"
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
