"""表 — where the table lies, what is data and what is not: each test is about the sheet it shows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from rectify_tool.model import Column, FileRole, MarkKind, Value, address
from rectify_tool.tables import missing_columns, shown
from tests.sheets import aside, codes, read, sheet, texts

# ---------------------------------------------------------------- 表在哪里 ----


def test_headings_in_the_first_row_need_no_title() -> None:
    found = read(
        sheet("""编号 | 责任单位 | 时限
1-1 | 区财政局 | 4月底前""")
    )
    assert texts(found) == [{"no": "1-1", "units": "区财政局", "deadline": "4月底前"}]
    assert found.findings == ()


def test_title_lines_are_kept_with_the_table_and_set_aside() -> None:
    found = read(
        sheet("""示例区整改情况表 | < | <
填报单位：区财政局 | < | 填报日期：2016年5月18日

编号 | 整改事项 | 进展情况
1-1 | 建立制度 | 已印发""")
    )
    title = [cell.text for cell in found.tables[0].title]
    assert title == ["示例区整改情况表", "填报单位：区财政局", "填报日期：2016年5月18日"]
    assert aside(found) == {"A1": "TITLE", "A2": "TITLE", "C2": "TITLE"}
    assert texts(found) == [{"no": "1-1", "item": "建立制度", "progress": "已印发"}]


def test_a_head_of_two_rows_merged_across_and_down_is_one_head() -> None:
    found = read(
        sheet("""序号 | 问题 | 责任单位 | < | 整改情况 | <
^ | ^ | 牵头 | 配合 | 进展 | 是否完成
1 | 债务底数不清 | 区财政局 | 区审计局 | 已摸清 | 是""")
    )
    assert [(one.text, one.cell, one.column.value) for one in found.tables[0].headings] == [
        ("序号", "A1", "no"),
        ("问题", "B1", "problem"),
        ("责任单位/牵头", "C2", "lead"),
        ("责任单位/配合", "D2", "units"),
        ("整改情况/进展", "E2", "progress"),
        ("整改情况/是否完成", "F2", "status"),
    ]
    assert texts(found)[0]["lead"] == "区财政局"


def test_a_head_of_two_rows_without_merges_is_read_too() -> None:
    found = read(
        sheet("""序号 | 问题 | 责任单位 | | 整改情况 |
 | | 牵头 | 配合 | 进展 | 是否完成
1 | 债务底数不清 | 区财政局 | 区审计局 | 已摸清 | 是""")
    )
    assert [one.column.value for one in found.tables[0].headings] == [
        "no",
        "problem",
        "lead",
        "units",
        "progress",
        "status",
    ]
    assert len(found.rows) == 1


def test_a_head_of_three_rows_is_one_head() -> None:
    found = read(
        sheet("""序号 | 整改事项 | 整改情况 | < | <
^ | ^ | 进展情况 | < | 是否完成
^ | ^ | 4月 | 5月 | ^
1 | 建立制度 | 起草 | 印发 | 是""")
    )
    assert texts(found) == [{"no": "1", "item": "建立制度", "progress": "印发", "status": "是"}]


def test_a_parent_row_of_groups_only_belongs_to_the_head() -> None:
    found = read(
        sheet("""基本情况 | < | < | 办理情况 | <
序号 | 整改事项 | 责任单位 | 进展 | 是否完成
1 | 建立制度 | 区财政局 | 印发 | 是""")
    )
    assert found.tables[0].title == ()
    assert texts(found)[0]["progress"] == "印发"


def test_a_parent_over_a_single_child_belongs_to_the_head() -> None:
    found = read(
        sheet("""编号 | 整改事项 | 整改情况
^ | ^ | 最新进展
1-1 | 建立制度 | 已印发""")
    )
    assert texts(found) == [{"no": "1-1", "item": "建立制度", "progress": "已印发"}]


def test_a_heading_may_say_how_to_fill_it_in() -> None:
    found = read(
        sheet("""编号： | 责任单位： | 进展情况\\n（填写要求：写明做法、成效；未完成的：写明原因）
1-1 | 区财政局 | 已印发""")
    )
    assert texts(found) == [{"no": "1-1", "units": "区财政局", "progress": "已印发"}]


def test_a_head_repeated_on_each_page_is_set_aside_and_the_table_goes_on() -> None:
    found = read(
        sheet("""整改情况表 | <
编号 | 进展情况
1-1 | 甲
整改情况表 | <
编号 | 进展情况
1-2 | 乙""")
    )
    assert len(found.tables) == 1
    assert [row["no"] for row in texts(found)] == ["1-1", "1-2"]
    assert aside(found) == {"A1": "TITLE", "A4": "TITLE"}


def test_the_same_head_under_another_units_name_begins_another_table() -> None:
    found = read(
        sheet("""填报单位：区财政局 |
编号 | 进展情况
1-1 | 甲

填报单位：区审计局 |
编号 | 进展情况
1-1 | 乙""")
    )
    assert [table.title[0].text for table in found.tables] == ["填报单位：区财政局", "填报单位：区审计局"]
    assert [len(table.rows) for table in found.tables] == [1, 1]


def test_tables_one_below_another_each_have_their_own_headings() -> None:
    found = read(
        sheet("""编号 | 进展情况
1-1 | 甲
填报人：某 |

配合事项 | <
序号 | 小项编号 | 整改事项 | 落实情况
1 | 2-1 | 建立制度 | 乙""")
    )
    assert [len(table.headings) for table in found.tables] == [2, 4]
    assert found.tables[0].footer[0].text == "填报人：某"
    assert found.tables[1].title[0].text == "配合事项"


def test_tables_side_by_side_are_two() -> None:
    found = read(
        sheet("""序号 | 整改事项 | 进展 | | 序号 | 整改事项 | 进展
1 | 甲 | 印发 | | 3 | 丙 | 报送
2 | 乙 | 起草 | | 4 | 丁 | 公示""")
    )
    assert [[row.text(Column.NO) for row in table.rows] for table in found.tables] == [["1", "2"], ["3", "4"]]


def test_a_sheet_of_instructions_in_front_holds_no_table() -> None:
    found = read(
        sheet(
            """填表说明
1. 责任单位：填写牵头单位全称
2. 整改时限：按责任分解表填写
3. 进展情况：填写截至本期的情况""",
            "说明",
        ),
        sheet(
            """编号 | 进展情况
1-1 | 甲""",
            "台账",
        ),
    )
    assert len(found.tables) == 1
    assert set(aside(found).values()) == {"NO_TABLE"}


def test_a_hidden_sheet_is_set_aside_whole_with_a_finding() -> None:
    found = read(
        sheet(
            """编号 | 进展情况
1-1 | 甲""",
            "台账",
        ),
        sheet(
            """编号 | 进展情况
1-1 | 旧""",
            "旧",
            hidden=True,
        ),
    )
    assert [cell.reason.name for cell in found.set_aside if cell.sheet == "旧"] == ["HIDDEN_SHEET"] * 4
    assert [str(one) for one in found.findings] == [
        "财政局.xlsx › 旧：工作表“旧”是隐藏的，有4个非空单元格没有采用，请核对是否要用（F17）"
    ]


@pytest.mark.parametrize(
    "other",
    [
        "姓名 | 单位 | 职务 | 联系电话\n甲 | 区财政局 | 科长 | 0",
        "序号 | 姓名 | 基本工资 | 实发工资 | 备注\n1 | 甲 | 1 | 1 |",
        "日期 | 带班领导 | 值班人员 | 电话\n5月1日 | 副区长 | 甲 | 0",
        "序号 | 项目名称 | 数量 | 单位 | 单价 | 备注\n1 | 电脑 | 3 | 台 | 4000 |",
        "序号 | 问题 | 答案\n1 | 如何填报 | 见说明",
        "时间 | 会议内容 | 责任单位\n5月1日 | 例会 | 区委办",
        "关于召开会议的通知\n各单位：\n请于5月底前报送整改进展。",
    ],
)
def test_a_workbook_of_quite_another_kind_ends_without_a_table(other: str) -> None:
    found = read(sheet(other))
    assert found.tables == ()
    assert {cell.reason.name for cell in found.set_aside} == {"NO_TABLE"}


def test_a_list_of_number_matter_and_reply_is_a_table() -> None:
    found = read(
        sheet("""序号 | 整改事项 | 办理情况
1 | 建立制度 | 已印发""")
    )
    assert texts(found) == [{"no": "1", "item": "建立制度", "progress": "已印发"}]


def test_a_form_with_labels_beside_values_is_a_table_of_one_row_to_a_block() -> None:
    found = read(
        sheet("""整改情况报告单 | < | < | <
存在问题： | 债务底数不清 | < | <
责任单位： | 区财政局 | 整改时限： | 6月底前
进展情况： | 已摸清 | < | <

存在问题： | 收入管理不严 | < | <
责任单位： | 区审计局 | 整改时限： | 5月底前
进展情况： | 正在做 | < | <
审核人： | 某 | |""")
    )
    assert texts(found) == [
        {"problem": "债务底数不清", "units": "区财政局", "deadline": "6月底前", "progress": "已摸清"},
        {"problem": "收入管理不严", "units": "区审计局", "deadline": "5月底前", "progress": "正在做"},
    ]
    assert aside(found) == {"A1": "TITLE", "A9": "FOOTER", "B9": "FOOTER"}


def test_a_form_without_colons_is_no_table_with_strange_headings() -> None:
    found = read(
        sheet("""反馈问题 | 债务底数不清 | < | <
责任单位 | 区财政局 | 整改时限 | 6月底前
进展情况 | 已摸清 | < | <""")
    )
    assert texts(found) == [
        {"problem": "债务底数不清", "units": "区财政局", "deadline": "6月底前", "progress": "已摸清"}
    ]


def test_a_form_with_label_and_value_in_one_cell_keeps_the_value_only() -> None:
    found = read(
        sheet("""问题：债务底数不清
责任单位：区财政局
进展情况：已摸清，正在核对""")
    )
    assert texts(found) == [{"problem": "债务底数不清", "units": "区财政局", "progress": "已摸清，正在核对"}]


def test_forms_with_an_item_to_a_sheet_are_read_though_one_is_shorter_or_a_table_stands_beside_them() -> None:
    forms = (
        sheet("整改销号单\n序号 | 2\n整改措施 | 打击盗窃\n牵头单位 | 区公安局\n进展情况 | 破案3起", "2"),
        sheet("整改销号单\n序号 | 3\n整改措施 | 交通劝导\n进展情况 | 劝导20人次", "3"),
    )
    told = [
        {"no": "2", "measure": "打击盗窃", "lead": "区公安局", "progress": "破案3起"},
        {"no": "3", "measure": "交通劝导", "progress": "劝导20人次"},
    ]
    assert texts(read(*forms)) == told
    table = sheet("序号 | 整改措施 | 进展情况\n1 | 治理拥堵 | 新增车位30个", "1")
    assert texts(read(table, *forms))[1:] == told


def test_a_sheet_beside_a_table_that_looks_like_one_and_is_none_is_named() -> None:
    table = sheet("编号 | 整改措施 | 进展情况\n1-1 | 治理拥堵 | 新增车位30个", "表一")
    other = sheet("科目 | 近况\n盗窃 | 破案3起", "表二")
    notes = sheet("填表说明\n每周五报送", "说明")
    found = read(table, other, notes)
    assert [str(one) for one in found.findings] == [
        "财政局.xlsx › 表二：工作表“表二”里没有认出表格，有4个非空单元格没有采用，请核对（H18）"
    ]
    assert len(found.set_aside) == 3 + 4 + 2


# ---------------------------------------------------------------- 哪些是数据 ----


def test_footers_totals_and_empty_lines_are_no_items() -> None:
    found = read(
        sheet("""序号 | 整改事项 | 进展情况
1 | 建立制度 | 已印发
2 | |
3 | |
合计 | 1项 |
审核人： | 填报人： | 联系电话：
填表说明：一、每周五报送
1.按实填写
（盖章） | 2016年5月18日 |""")
    )
    assert len(found.rows) == 1
    assert aside(found) == {
        "A3": "EMPTY_ROW",
        "A4": "EMPTY_ROW",
        "A5": "TOTAL",
        "B5": "TOTAL",
        "A6": "FOOTER",
        "B6": "FOOTER",
        "C6": "FOOTER",
        "A7": "FOOTER",
        "A8": "FOOTER",
        "A9": "FOOTER",
        "B9": "FOOTER",
    }
    assert codes(found) == ["H14"]
    assert "审核人：" in [cell.text for cell in found.tables[0].footer]


def test_notes_and_the_line_of_issue_below_a_table_are_no_items() -> None:
    found = read(
        sheet("""序号 | 整改措施 | 责任单位 | 完成时限
1 | 治理拥堵 | 区公安局 | 4月底前
备注 | 本表一式三份 | |
注 | 牵头单位列首位 | |
抄送：各镇街 | | |
区委办公室 | | | 2016年3月15日印发
 | （以下空白） | |""")
    )
    assert [row.text(Column.NO) for row in found.rows] == ["1"]
    assert set(aside(found).values()) == {"FOOTER"}


@pytest.mark.parametrize("measure", ["修订办法", "区委督查室"])
def test_a_reply_that_tells_of_a_paper_issued_is_no_line_of_issue(measure: str) -> None:
    found = read(sheet(f"整改措施 | 进展情况\n{measure} | 2016年4月20日印发"))
    assert texts(found) == [{"measure": measure, "progress": "2016年4月20日印发"}]


@pytest.mark.parametrize("column", [1, 2, 3])
def test_a_signature_below_a_table_is_no_item_whatever_heading_it_stands_under(column: int) -> None:
    blank = " | " * column
    found = read(
        sheet(f"""序号 | 进展 | 责任单位 | 完成时限
1 | 新增车位30个 | 区公安局 | 4月底前
{blank}区公安局（盖章）
{blank}2016年5月18日""")
    )
    assert [row.text(Column.NO) for row in found.rows] == ["1"]
    assert [cell.text for cell in found.tables[0].footer] == ["区公安局（盖章）", "2016年5月18日"]


def test_a_unit_or_a_day_alone_under_its_own_heading_is_no_signature() -> None:
    for last in (" | | 区司法局 |", " | | | 2016年4月30日", " | 已报区委办公室 | |"):
        found = read(
            sheet(f"""序号 | 进展 | 责任单位 | 完成时限
1 | 新增车位30个 | 区公安局 | 4月底前
{last}""")
        )
        assert len(found.rows) == 2


def test_a_bare_number_is_a_row_where_the_table_has_nothing_else_to_say_of_an_item() -> None:
    found = read(
        sheet("""编号 | 进展情况
1-1 | 甲
1-2 |""")
    )
    assert [row["no"] for row in texts(found)] == ["1-1", "1-2"]


def test_a_row_that_only_numbers_the_columns_is_heading() -> None:
    found = read(
        sheet("""序号 | 整改事项 | 进展情况
1 | 2 | 3
1 | 建立制度 | 已印发""")
    )
    assert len(found.rows) == 1


def test_blank_rows_inside_do_not_end_the_table() -> None:
    found = read(
        sheet("""编号 | 进展情况

1-1 | 甲

1-2 | 乙""")
    )
    assert len(found.rows) == 2


def test_group_rows_give_aspect_and_problem_to_the_rows_below() -> None:
    found = read(
        sheet("""序号 | 整改措施 | 责任单位
一、落实两个责任方面的问题 | < | <
（一）主体责任不实 | < | <
1 | 签责任书 | 区委办
2 | 约谈 | 区纪委
（二）监督不力 | < | <
1 | 派驻 | 区纪委
二、组织纪律方面的问题 | < | <
1 | 轮岗 | 区委组织部
填表说明 | < | <""")
    )
    assert [(row.get("aspect"), row.get("problem")) for row in texts(found)] == [
        ("一、落实两个责任方面的问题", "（一）主体责任不实"),
        ("一、落实两个责任方面的问题", "（一）主体责任不实"),
        ("一、落实两个责任方面的问题", "（二）监督不力"),
        ("二、组织纪律方面的问题", None),
    ]
    second = found.rows[1].cells[Column.PROBLEM][0]
    assert (second.inherited, address(second.row, second.column)) == (True, "A3")
    assert found.rows[0].cells[Column.PROBLEM][0].inherited is False


def test_a_group_row_may_have_a_number_of_its_own() -> None:
    found = read(
        sheet("""序号 | 问题 | 整改措施 | 牵头单位 | 时限
一 | 党的领导方面 | < | < | <
1 | 会议不实 | 规范会议 | 区委办 | 5月底
2 | 部署不力 | 专题部署 | 区委办 | 6月底
二 | 党的建设方面 | < | < | <
3 | 轮岗不够 | 制定计划 | 区委组织部 | 长期坚持""")
    )
    assert [(row["no"], row["aspect"], row["problem"]) for row in texts(found)] == [
        ("1", "党的领导方面", "会议不实"),
        ("2", "党的领导方面", "部署不力"),
        ("3", "党的建设方面", "轮岗不够"),
    ]
    assert aside(found) == {}


def test_a_problem_on_a_line_of_its_own_is_no_item_and_gives_its_number_to_those_below() -> None:
    found = read(
        sheet("""序号 | 问题 | 整改措施 | 责任单位
1 | 会议不实 | |
(1) | | 规范会议 | 区委办
(2) | | 建立清单 | 区政府办
2 | 部署不力 | |
(1) | | 专题部署 | 区委办""")
    )
    assert [(row["no"], row["problem"], row["measure"]) for row in texts(found)] == [
        ("1\n(1)", "会议不实", "规范会议"),
        ("1\n(2)", "会议不实", "建立清单"),
        ("2\n(1)", "部署不力", "专题部署"),
    ]


def test_an_item_whose_reply_is_blank_is_no_group() -> None:
    found = read(
        sheet("""序号 | 问题 | 整改措施 | 进展情况
1 | 会议不实 | 规范会议 | 已规范
2 | 部署不力 | |
3 | 轮岗不够 | 制定计划 | 已制定""")
    )
    assert [row["no"] for row in texts(found)] == ["1", "2", "3"]


def test_where_each_group_has_its_head_again_the_first_is_named_in_the_title() -> None:
    found = read(
        sheet("""问题一：会议不实 | |
序号 | 整改措施 | 进展情况
1 | 规范会议 | 已规范
问题二：部署不力 | |
序号 | 整改措施 | 进展情况
1 | 专题部署 | 已部署""")
    )
    assert [row["problem"] for row in texts(found)] == ["问题一：会议不实", "问题二：部署不力"]
    assert aside(found) == {}


def test_hidden_rows_and_columns_are_used_with_a_note() -> None:
    found = read(
        sheet(
            """编号 | 进展情况 | 备注
1-1 | 甲 | 一
1-2 | 乙 |
1-3 | 丙 |""",
            hidden_rows=(3, 4),
            hidden_columns=("C",),
        )
    )
    assert len(found.rows) == 3
    assert [row.hidden for row in found.rows] == [False, True, True]
    assert [str(one) for one in found.findings] == [
        "财政局.xlsx › Sheet1!A3：第3-4行是隐藏的，仍然采用了，请核对（H09）",
        "财政局.xlsx › Sheet1!C1：C列是隐藏的，仍然采用了，请核对（H10）",
    ]


def test_error_cells_formulas_without_result_and_pictures_are_findings_at_the_cell() -> None:
    found = read(
        sheet(
            """编号 | 进展情况 | 备注
1-1 | #N/A | 〔公式无结果〕
1-2 | 〔图片〕 |""",
            marks={"B2": MarkKind.ERROR, "C2": MarkKind.UNCACHED, "B3": MarkKind.PICTURE},
        )
    )
    assert [(one.code, one.source.cell) for one in found.findings] == [("H06", "B2"), ("H07", "C2"), ("H13", "B3")]
    assert texts(found)[0]["progress"] == "#N/A"


# ---------------------------------------------------------------- 合并、留空、同上 ----


def test_a_merged_cell_speaks_for_every_row_it_covers() -> None:
    found = read(
        sheet("""编号 | 问题 | 责任单位 | 进展情况
1-1 | 底数不清 | 区财政局 | 已摸清
1-2 | ^ | ^ | ^""")
    )
    assert texts(found)[1] == {"no": "1-2", "problem": "底数不清", "units": "区财政局", "progress": "已摸清"}
    cell = found.rows[1].cells[Column.PROGRESS][0]
    assert (address(cell.row, cell.column), cell.inherited) == ("D2", True)


def test_several_lines_under_one_merged_item_are_one_row() -> None:
    found = read(
        sheet("""编号 | 整改事项 | 责任单位 | 进展情况 | 佐证材料
1-1 | 建立制度 | 区财政局 | 起草 | 初稿
^ | ^ | ^ | 印发 | 通知
1-2 | 清理账目 | 区财政局 | 清理 |""")
    )
    assert [(row["no"], row["progress"]) for row in texts(found)] == [("1-1", "起草\n印发"), ("1-2", "清理")]


def test_several_units_under_one_merged_item_are_rows_of_their_own() -> None:
    found = read(
        sheet("""编号 | 整改事项 | 填报单位 | 进展情况
1-1 | 建立制度 | 区财政局 | 起草
^ | ^ | 区审计局 | 印发""")
    )
    assert [(row["no"], row["unit"]) for row in texts(found)] == [("1-1", "区财政局"), ("1-1", "区审计局")]


def test_a_cell_merged_across_belongs_to_its_first_column_only() -> None:
    found = read(
        sheet("""编号 | 进展情况 | 存在困难
1-1 | 已印发 | <""")
    )
    assert texts(found) == [{"no": "1-1", "progress": "已印发"}]


def test_a_value_under_a_merge_is_set_aside_with_a_finding() -> None:
    found = read(
        sheet(
            """编号 | 问题 | 进展情况
1-1 | 甲 | 一
1-2 | ^ | 二""",
            values={"B3": "旧的问题"},
        )
    )
    assert aside(found) == {"B3": "UNDER_MERGE"}
    assert [str(one) for one in found.findings] == [
        "财政局.xlsx › Sheet1!B3：被合并单元格遮住的内容“旧的问题”没有采用，请核对（H08）"
    ]
    assert texts(found)[1]["problem"] == "甲"


def test_aspect_and_problem_written_once_are_taken_for_the_rows_below() -> None:
    found = read(
        sheet("""问题类别 | 问题 | 整改措施 | 时限
纪律 | 甲 | 一 | 5月底
 | | 二 | 6月底
 | 乙 | 三 | 7月底""")
    )
    assert [(row["aspect"], row["problem"]) for row in texts(found)] == [("纪律", "甲"), ("纪律", "甲"), ("纪律", "乙")]
    assert [str(one) for one in found.findings] == [
        "财政局.xlsx › Sheet1!A3：“问题方面”列有2个空格按上一行理解（第3-4行），请核对（H11）",
        "财政局.xlsx › Sheet1!B3：“问题”列有1个空格按上一行理解（第3行），请核对（H11）",
    ]


def test_units_left_blank_are_taken_from_above_only_within_the_same_problem() -> None:
    found = read(
        sheet("""问题 | 整改措施 | 责任领导 | 责任单位
甲 | 一 | 副区长 | 区财政局
 | 二 | |
乙 | 三 | |""")
    )
    assert [row.get("units") for row in texts(found)] == ["区财政局", "区财政局", None]
    assert [row.get("leader") for row in texts(found)] == ["副区长", "副区长", None]


def test_a_row_that_names_its_own_unit_takes_no_lead_from_above() -> None:
    found = read(
        sheet("""问题 | 整改措施 | 牵头单位 | 责任单位
甲 | 一 | 区财政局 | 区审计局
 | 二 | | 区教育局""")
    )
    assert texts(found)[1] == {"problem": "甲", "measure": "二", "units": "区教育局"}


def test_without_a_problem_column_a_numbered_row_takes_no_unit_from_above() -> None:
    found = read(
        sheet("""序号 | 整改措施 | 责任单位
1 | 一 | 区财政局
 | 二 |
2 | 三 |""")
    )
    assert [row.get("units") for row in texts(found)] == ["区财政局", "区财政局", None]


@pytest.mark.parametrize("column", ["整改时限", "进展情况", "是否完成", "整改事项", "整改措施"])
def test_what_a_row_must_say_itself_is_never_taken_from_a_row_above(column: str) -> None:
    found = read(
        sheet(f"""编号 | 问题 | 小项 | {column} | 落实情况
1-1 | 甲 | 一 | 写了 | 写了
1-2 | | 二 | |""")
    )
    assert set(texts(found)[1]) == {"no", "problem", "item"}


@pytest.mark.parametrize("ditto", ["同上", "〃", '"', "″", " 同上 ", "同前", "（同上）"])
def test_ditto_takes_the_text_above_in_any_column(ditto: str) -> None:
    found = read(
        sheet(f"""编号 | 责任单位 | 时限
1-1 | 区财政局 | 5月底
1-2 | {ditto} | {ditto}
1-3 | {ditto} | 6月底""")
    )
    assert [(row["units"], row["deadline"]) for row in texts(found)] == [
        ("区财政局", "5月底"),
        ("区财政局", "5月底"),
        ("区财政局", "6月底"),
    ]
    cell = found.rows[1].cells[Column.UNITS][0]
    assert (address(cell.row, cell.column), cell.inherited) == ("B3", False)


def test_ditto_under_nothing_is_a_finding_and_stays_as_written() -> None:
    found = read(
        sheet("""编号 | 责任单位 | 时限
1-1 | 同上 | 5月底""")
    )
    assert texts(found)[0]["units"] == "同上"
    assert [(one.code, one.source.cell) for one in found.findings] == [("H12", "B2")]


def test_a_merged_ditto_means_the_same_in_every_row() -> None:
    found = read(
        sheet("""编号 | 责任单位 | 时限
1-1 | 区财政局 | 5月底
1-2 | 同上 | 5月底
1-3 | ^ | 6月底""")
    )
    assert [row["units"] for row in texts(found)] == ["区财政局"] * 3


# ---------------------------------------------------------------- 文字 ----


@pytest.mark.parametrize(
    ("value", "format", "text"),
    [
        ("　已完成\n", None, "　已完成\n"),
        (1.0, None, "1"),
        (0.1 + 0.2, None, "0.3"),
        (1.1, None, "1.1"),
        (1.1, "0.00", "1.10"),
        (1.125, "0.00_ ", "1.13"),
        (0.8, "0%", "80%"),
        (0.8, "0.0%", "80.0%"),
        (1, "0%", "100%"),
        (12345.5, "#,##0.00", "12,345.50"),
        (7, "000", "007"),
        (-1, "0_);(0)", "-1"),
        (True, None, "是"),
        (False, None, "否"),
        (1e300, "0.00", "1e+300"),
        (date(2016, 5, 31), None, "2016-05-31"),
        (datetime(2016, 5, 31), "yyyy/m/d", "2016-05-31"),
        (datetime(2016, 5, 31), "m/d/yy", "2016-05-31"),
        (datetime(2016, 5, 31), 'yyyy"年"m"月"d"日";@', "2016-05-31"),
        (datetime(2016, 5, 31), 'm"月"d"日"', "5月31日"),
        (datetime(2016, 4, 2), "m-d", "4-2"),
        (datetime(2016, 4, 2), "d-mmm", "4月2日"),
        (datetime(2016, 5, 1), 'yyyy"年"m"月"', "2016年5月"),
        (datetime(2016, 5, 1), "[$-804]m月", "5月"),
        (datetime(2016, 5, 31, 14, 30), None, "2016-05-31 14:30"),
        (datetime(2016, 5, 31, 14, 30), "yyyy-mm-dd hh:mm", "2016-05-31 14:30"),
        (time(9, 5), None, "09:05"),
        (timedelta(hours=30, minutes=5), None, "30:05"),
    ],
)
def test_a_value_reads_as_the_sheet_shows_it(value: Value, format: str | None, text: str) -> None:
    assert shown(value, format) == text


def test_the_cell_keeps_the_readers_value_beside_its_text() -> None:
    found = read(
        sheet("编号 | 时限 | 进度\n1-1 | |", values={"B2": datetime(2016, 5, 31), "C2": 0.8}, formats={"C2": "0%"})
    )
    row = found.rows[0]
    assert row.cells[Column.DEADLINE][0].value == datetime(2016, 5, 31)
    assert (row.text(Column.DEADLINE), row.text(Column.STATUS)) == ("2016-05-31", "80%")


# ---------------------------------------------------------------- 缺列 ----


def test_a_breakdown_without_deadlines_and_a_submission_without_progress_lack_a_column() -> None:
    found = read(sheet("编号 | 整改措施 | 责任单位\n1-1 | 一 | 区财政局"))
    table = found.tables[0]
    missing = {role: missing_columns(table, role) for role in FileRole}
    assert [(one.code, "整改时限" in one.message) for one in missing[FileRole.BREAKDOWN]] == [("H03", True)]
    assert [(one.code, "进展情况" in one.message) for one in missing[FileRole.SUBMISSION]] == [("H03", True)]
    assert str(missing[FileRole.BREAKDOWN][0].source) == "财政局.xlsx › Sheet1!A1"
    assert missing[FileRole.REGISTER] == ()
