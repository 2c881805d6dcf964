"""办理登记 — the office's register, written with drop-downs, filled in by people, read back as decisions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from rectify_tool.findings import Code
from rectify_tool.forms import write_register
from rectify_tool.intake import list_files, receive
from rectify_tool.model import ACT_WORDS, Act, Column, Decision, Grid, Item, Received, Record, Source, Submission, Value
from rectify_tool.normalise.decisions import decisions_in_force, settle_decisions
from rectify_tool.normalise.names import make_roster
from rectify_tool.normalise.register import read_act, read_register_rows
from rectify_tool.tables.register import read_register
from tests.cases import RULES, decision, item
from tests.sheets import AS_OF, aside, codes, settings, sheet, texts

NOW = datetime(2016, 5, 20, 17)
FILE = "办理登记.xlsx"
UNITS = ("区财政局", "区审计局", "区委组织部")
ITEMS = (
    item("4月底前", no="1-1", units="区审计局"),
    item("5月底前", no="1-10"),
    item("6月底前", no="4-2", lead="区审计局"),
    item("长期坚持", no="4-3", lead="区委组织部"),
)


def register(text: str, **more: Any) -> Submission:
    """登记表 — a register of one sheet, written as text."""
    return read_register(FILE, (sheet(text, "办理登记", **more),), settings())


def read(submission: Submission, items: tuple[Item, ...] = ITEMS) -> tuple[list[str], list[str]]:
    """读成 — each decision as one line, and each finding as its code and cell."""
    roster = make_roster(UNITS, RULES)
    decisions, findings = read_register_rows(submission, items, roster, AS_OF, RULES)
    return [told(one) for one in decisions], [f"{one.code} {one.source.cell}" for one in findings]


def told(one: Decision) -> str:
    day = f"{one.day:%m-%d}" if one.day else "?"
    parts = (
        day,
        ACT_WORDS[one.act],
        one.no or str(one.unit),
        one.new_due and f"至{one.new_due:%m-%d}",
        one.why,
        one.by,
    )
    return " ".join(part for part in parts if part)


HEAD = "办理日期 | 办理事项 | 编号 | 单位 | 新时限 | 事由 | 办理人（职务） | 备注\n"


def rows(text: str, **more: Any) -> tuple[list[str], list[str]]:
    """几行登记 — under the register's own headings; the first row of them is row 2."""
    return read(register(HEAD + text, **more))


# ---------------------------------------------------------------- 写出来，填好，读回来 ----


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / FILE
    write_register(path, ITEMS, UNITS, "区委督查室", NOW, "示例·虚构")
    return path


def filled_in(path: Path, *lines: tuple[Value | None, ...]) -> None:
    book = load_workbook(path)
    for number, line in enumerate(lines, 4):
        for column, value in enumerate(line, 1):
            if value is not None:
                book["办理登记"].cell(number, column, value)
    book.save(path)


def received(folder: Path) -> Received:
    (one,) = receive(list_files(folder)[0], read_register, settings(), jobs=1)
    return one


def content_of(one: Received) -> Submission:
    assert one.content is not None, one.findings
    return one.content


def test_a_register_just_written_reads_as_one_that_is_empty(written: Path) -> None:
    one = received(written.parent)
    content = content_of(one)
    assert (content.rows, content.findings, one.findings) == ((), (), ())
    assert one.counted == len(content.set_aside)
    assert {cell.sheet for cell in content.set_aside} == {"办理登记", "选项"}


def test_what_is_filled_in_is_read_back(written: Path) -> None:
    filled_in(
        written,
        (datetime(2016, 5, 10), "销号", "1-1", "区财政局", None, "现场核查合格", "区委督查室主任"),
        (datetime(2016, 5, 12), "批准延期", "4-2", None, datetime(2016, 7, 31), "等上级文件", "区委副书记"),
        (datetime(2016, 5, 18), "电话催办", None, "区委组织部", None, None, None, "办公室答应周五前报"),
    )
    one = received(written.parent)
    content = content_of(one)
    assert read(content) == (
        [
            "05-10 销号 1-1 现场核查合格 区委督查室主任",
            "05-12 批准延期 4-2 至07-31 等上级文件 区委副书记",
            "05-18 电话催办 区委组织部 办公室答应周五前报",
        ],
        [],
    )
    used = sum(1 for row in content.rows for cells in row.cells.values() for cell in cells if not cell.inherited)
    assert one.counted == used + len(content.set_aside)


def test_a_register_of_somebody_elses_making_is_read_all_the_same(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "五月"
    for line in (
        ("示例区整改督办登记（五月）",),
        (),
        ("序号", "单位", "类型", "小项编号", "会签", "时间", "延期至", "情况说明", "经办人（职务）"),
        (1, "区审计局", "同意延期", datetime(2016, 4, 2), "已会签", "５月１２日", "2016.7.31", "等上级文件", "主任"),
        (),
        (2, None, "同意销号", "１－１", None, "2016年5月13日", None, None, None),
        (3, "财政局", "电话", None, None, 42505, None, "答应周五报", None),
        (4, None, "拟约谈", "4-3", None, "5月16日", None, None, None),
    ):
        page.append(line)
    page["D4"].number_format = 'm"月"d"日"'
    page.merge_cells("A1:I1")
    page.row_dimensions[6].hidden = True
    book.save(tmp_path / "办理登记（督查室）.xlsx")
    one = received(tmp_path)
    content = content_of(one)
    assert read(content) == (
        ["05-12 批准延期 4-2 至07-31 等上级文件 主任", "05-13 销号 1-1", "05-15 电话催办 区财政局 答应周五报"],
        ["N01 D4", "K06 C8"],
    )
    assert codes(content) == ["H16", "H01", "H09"]
    used = sum(1 for row in content.rows for cells in row.cells.values() for cell in cells if not cell.inherited)
    assert one.counted == used + len(content.set_aside)


def test_each_decision_leads_to_the_cell_of_its_act(written: Path) -> None:
    filled_in(written, (datetime(2016, 5, 10), "销号", "1-1"))
    (one,), _ = read_register_rows(content_of(received(written.parent)), ITEMS, make_roster(UNITS, RULES), AS_OF, RULES)
    assert one.source == Source(FILE, "办理登记", "B4")


def test_the_drop_downs_offer_the_acts_the_numbers_and_the_units(written: Path) -> None:
    book = load_workbook(written)
    page, choices = book["办理登记"], book["选项"]
    offered = {}
    for rule in page.data_validations.dataValidation:
        if rule.type == "list":
            name, _, area = rule.formula1.lstrip("=").partition("!")
            assert name == "选项"
            offered[str(rule.sqref)] = [cell.value for (cell,) in choices[area.replace("$", "")]]
    assert offered == {
        "B4:B203": list(ACT_WORDS.values()),
        "C4:C203": [one.no for one in ITEMS],
        "D4:D203": list(UNITS),
    }
    days = [str(rule.sqref) for rule in page.data_validations.dataValidation if rule.type == "date"]
    assert days == ["A4:A203", "E4:E203"]


def test_a_number_stays_text_and_a_day_a_day(written: Path) -> None:
    page = load_workbook(written)["办理登记"]
    assert [page.cell(4, column).number_format for column in range(1, 9)] == [
        *("yyyy-mm-dd", "@", "@", "@", "yyyy-mm-dd", "@", "@", "@"),
    ]
    assert {cell.data_type for (cell,) in load_workbook(written)["选项"]["C3:C6"]} == {"s"}


def test_it_prints_on_a4_across_with_its_head_on_every_page(written: Path) -> None:
    page = load_workbook(written)["办理登记"]
    assert (page.page_setup.paperSize, page.page_setup.orientation, page.page_setup.fitToHeight) == (9, "landscape", 0)
    assert (page.print_title_rows, page.freeze_panes) == ("$3:$3", "A4")
    assert page.oddHeader.center.text == "示例·虚构"


def test_every_word_of_the_drop_down_is_an_act_understood() -> None:
    assert {act: read_act(word) for act, word in ACT_WORDS.items()} == {act: act for act in Act}


def test_a_register_that_is_there_is_never_replaced(written: Path) -> None:
    before = written.read_bytes()
    with pytest.raises(FileExistsError):
        write_register(written, (), (), "", NOW, "")
    assert written.read_bytes() == before and list(written.parent.iterdir()) == [written]


def test_a_register_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: Any) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        write_register(tmp_path / FILE, ITEMS, UNITS, "", NOW, "")
    assert list(tmp_path.iterdir()) == []


def test_the_same_moment_gives_the_same_file(tmp_path: Path, written: Path) -> None:
    again = tmp_path / "再写一份.xlsx"
    write_register(again, ITEMS, UNITS, "区委督查室", NOW, "示例·虚构")
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(written.read_bytes()).digest()


def test_what_looks_like_a_formula_or_a_link_is_text(tmp_path: Path) -> None:
    spiteful = item(no="1-1", lead="=1+1")
    write_register(tmp_path / FILE, [spiteful], ["=HYPERLINK(1)", "http://a.b", "\x0b乱码"], "=A1", NOW, "&A&D")
    for page in load_workbook(tmp_path / FILE).worksheets:
        assert not [cell for line in page for cell in line if cell.data_type == "f" or cell.hyperlink]
    assert load_workbook(tmp_path / FILE)["选项"]["F5"].value == "乱码"


def test_without_items_or_units_there_is_still_a_register(tmp_path: Path) -> None:
    write_register(tmp_path / FILE, (), (), "", NOW, "")
    rules = load_workbook(tmp_path / FILE)["办理登记"].data_validations.dataValidation
    assert [str(rule.sqref) for rule in rules] == ["A4:A203", "B4:B203", "E4:E203"]


# ---------------------------------------------------------------- 各人有各人的表 ----


def test_columns_may_stand_in_any_order_under_other_names() -> None:
    content = register(
        "经办人 | 小项编号 | 类型 | 办理时间 | 批准延期至 | 原因\n督查室 | 4-2 | 同意延期 | 5月12日 | 7月底 | 缺文件"
    )
    assert read(content) == (["05-12 批准延期 4-2 至07-31 缺文件 督查室"], [])


def test_titles_blank_rows_and_footers_are_no_rows() -> None:
    content = register(
        "示例区整改办理登记\n填报单位：区委督查室\n办理日期 | 办理事项 | 编号\n\n"
        "2016年5月10日 | 销号 | 1-1\n\n填表人：某科室\n注：以上均经核查"
    )
    assert read(content) == (["05-10 销号 1-1"], [])
    assert aside(content) == {"A1": "TITLE", "A2": "TITLE", "A7": "FOOTER", "A8": "FOOTER"}


def test_a_row_that_only_names_the_month_is_no_row() -> None:
    content = register(HEAD + "四月\n4月10日 | 销号 | 1-1\n2016年5月份 | < | <\n5月10日 | 销号 | 4-2")
    assert read(content) == (["04-10 销号 1-1", "05-10 销号 4-2"], [])


def test_a_head_merged_over_two_rows_is_one_head() -> None:
    content = register("办理日期 | 办理事项 | 办理对象 | < | 备注\n^ | ^ | 编号 | 单位 | ^\n5月10日 | 销号 | 1-1 | |")
    assert read(content) == (["05-10 销号 1-1"], [])


def test_a_merged_day_holds_for_every_row_beside_it() -> None:
    content = register(HEAD + "5月10日 | 销号 | 1-1\n^ | ^ | 4-2\n^ | 电话催办 | | 区财政局")
    assert read(content)[0] == ["05-10 销号 1-1", "05-10 销号 4-2", "05-10 电话催办 区财政局"]


def test_a_serial_number_is_not_the_number_of_an_item() -> None:
    content = register("序号 | 办理日期 | 办理事项 | 编号\n1 | 5月10日 | 销号 | 4-2")
    assert read(content) == (["05-10 销号 4-2"], []) and codes(content) == ["H16"]
    alone = register("序号 | 办理日期 | 办理事项 | 单位\n1 | 5月10日 | 约谈 | 区财政局")
    assert read(alone) == (["05-10 约谈 区财政局"], []) and codes(alone) == ["H01"]


def test_a_column_nobody_knows_is_set_aside_and_said() -> None:
    content = register("办理日期 | 办理事项 | 编号 | 小项内容 | 会签\n5月10日 | 销号 | 1-1 | 修订办法 | 已会签")
    assert aside(content) == {"D2": "UNKNOWN_COLUMN", "E2": "UNKNOWN_COLUMN"} and codes(content) == ["H01", "H01"]


def test_a_general_heading_counts_only_where_the_proper_one_is_missing() -> None:
    both = register("日期 | 办理日期 | 事项 | 办理事项 | 编号\n5月1日 | 5月10日 | 修订办法 | 销号 | 1-1")
    assert read(both)[0] == ["05-10 销号 1-1"]
    assert read(register("日期 | 事项 | 编号\n5月10日 | 销号 | 1-1"))[0] == ["05-10 销号 1-1"]


def test_two_headings_that_mean_the_same_are_said() -> None:
    content = register("办理日期 | 办理时间 | 办理事项 | 编号\n5月10日 | 5月11日 | 销号 | 1-1")
    assert read(content)[0] == ["05-10 销号 1-1"] and codes(content) == ["H04"]


def test_the_office_words_for_a_number_hold_here_too() -> None:
    assert read(register("办理日期 | 办理事项 | 问题序号\n5月10日 | 销号 | 4-2"))[0] == ["05-10 销号 4-2"]


def test_hidden_rows_are_used_and_said() -> None:
    content = register(HEAD + "5月10日 | 销号 | 1-1\n5月11日 | 销号 | 4-2", hidden_rows=[3])
    assert read(content)[0] == ["05-10 销号 1-1", "05-11 销号 4-2"] and codes(content) == ["H09"]


def test_a_sheet_a_month_is_read_and_the_head_printed_again_is_no_row() -> None:
    grids = (
        sheet(HEAD + "4月10日 | 电话催办 | | 区财政局\n" + HEAD + "4月11日 | 督办函 | | 区财政局", "四月"),
        sheet("五月\n" + HEAD + "5月10日 | 约谈 | | 区财政局", "五月"),
        sheet("怎么填\n办理日期 | 办理事项 | 编号\n写哪天 | 选一个 | 例如1-1", "填写说明"),
        sheet(HEAD + "1月1日 | 销号 | 1-1", "作废", hidden=True),
    )
    content = read_register(FILE, grids, settings())
    assert read(content)[0] == ["04-10 电话催办 区财政局", "04-11 督办函 区财政局", "05-10 约谈 区财政局"]
    assert codes(content) == ["F17"]


def test_two_tables_in_one_sheet_may_have_other_columns() -> None:
    content = register(
        "四月\n办理日期 | 办理事项 | 编号\n4月10日 | 销号 | 1-1\n\n"
        "五月\n办理事项 | 办理日期 | 单位\n约谈 | 5月10日 | 区财政局"
    )
    assert read(content) == (["04-10 销号 1-1", "05-10 约谈 区财政局"], [])


def test_a_workbook_that_is_no_register_says_so() -> None:
    content = register("姓名 | 电话\n某某 | 某号")
    assert content.tables == () and codes(content) == [Code.REGISTER_NO_TABLE.code]
    assert codes(register("")) == []


def test_a_sheet_beside_a_register_that_was_not_understood_is_said() -> None:
    grids = (sheet(HEAD + "5月10日 | 销号 | 1-1", "办理登记"), sheet("谁 | 何时\n甲 | 5月\n乙 | 6月", "别的"))
    assert codes(read_register(FILE, grids, settings())) == ["H18"]


CELLS = st.sampled_from(
    (
        *HEAD.strip().split(" | "),
        *ACT_WORDS.values(),
        "",
        "",
        "",
        "1-1",
        "5月10日",
        "区财政局",
        "注：说明",
        "序号",
        "^",
        "<",
    )
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=9).map(" | ".join), max_size=8).map("\n".join))
def test_no_cell_of_a_register_is_lost(text: str) -> None:
    grid = sheet(text)
    content = read_register(FILE, (grid,), settings())
    taken = [
        (cell.row, cell.column)
        for row in content.rows
        for cells in row.cells.values()
        for cell in cells
        if not cell.inherited
    ]
    left = [(cell.row, cell.column) for cell in content.set_aside]
    assert sorted(taken + left) == [
        (at, column) for at, line in enumerate(grid.rows) for column, value in enumerate(line) if value is not None
    ]


@given(st.lists(st.lists(CELLS, min_size=8, max_size=8).map(" | ".join), max_size=6).map("\n".join))
def test_every_row_becomes_a_decision_or_a_finding(text: str) -> None:
    content = register(HEAD + text)
    decisions, findings = read_register_rows(content, ITEMS, make_roster(UNITS, RULES), AS_OF, RULES)
    spoken = {one.source.cell for one in (*decisions, *findings)}
    for row in content.rows:
        cells = {row.source(column).cell for column in row.cells} | {row.source().cell}
        assert spoken & cells, texts(content)


# ---------------------------------------------------------------- 办理事项 ----

ACTS: Mapping[Act, str] = {
    Act.CLOSE: "销号 已经销号 同意销号 准予销号 予以销号 已销号 办结销号 核查销号 销项 １．销号",
    Act.REOPEN: "重新打开 恢复整改 撤销销号 重新列入台账",
    Act.EXTEND: "延期 已批准延期 延期至2016.6.30 批准延期 同意延期 予以延期 批准延期至6月30日 同意延期申请",
    Act.ASK: "申请延期 延期申请 单位申请延期至7月底 请求延期",
    Act.RETURN: "退回 退回重改 退回整改 不予销号 不同意销号 重新整改",
    Act.CALL: "电话催办 催办 电话 电话提醒 微信催办 第2次电话催办 电话催办1次",
    Act.LETTER: "督办函 发函 发督办函 已发督办函 督办通知书 书面催办",
    Act.TALK: "约谈 已约谈 集体约谈 提醒约谈 约谈负责人",
    Act.ACCOUNTABILITY: "问责 启动问责 责任追究",
}
NO_ACTS = (
    "不同意延期 不批准延期 未批准延期 未销号 拟销号 待销号 建议销号 暂缓销号 申请销号 拟约谈 建议问责 未催办 "
    "销号、约谈 销号（不同意） 延期被退回 是否销号 交办函 现场核查 已完成 同上 谈话函询 提请问责 不予延期 无 "
    "延期申请未批准 延期至7月未批准 督办 联系 提醒 已经"
)


@pytest.mark.parametrize(("act", "word"), [(act, word) for act, words in ACTS.items() for word in words.split()])
def test_an_act_is_understood_in_the_usual_words(act: Act, word: str) -> None:
    assert read_act(word) is act


@pytest.mark.parametrize("word", NO_ACTS.split())
def test_what_is_not_plainly_an_act_is_none(word: str) -> None:
    assert read_act(word) is None


@given(
    st.sampled_from([(act, word) for act, words in ACTS.items() for word in words.split()]),
    st.sampled_from(
        ("不", "未", "没有", "拟", "待", "暂不", "是否", "尚未", "建议", "计划", "准备", "应", "请", "撤回")
    ),
    st.sampled_from(("", "？", "未果", "未批准", "事宜", "的请示", "（未批）")),
)
def test_a_word_that_takes_an_act_back_or_puts_it_off_makes_it_none(
    act: tuple[Act, str], before: str, after: str
) -> None:
    told = read_act(f"{before}{act[1]}{after}")
    assert told is None or (told is Act.RETURN and f"{before}{act[1]}".startswith("不同意销号"))


def test_an_act_not_understood_is_not_taken_and_said() -> None:
    assert rows("5月10日 | 不同意延期 | 1-1") == ([], ["K06 B2"])


# ---------------------------------------------------------------- 日子 ----


def test_days_are_read_typed_written_and_full_width() -> None:
    day = {"A2": date(2016, 5, 9), "A3": datetime(2016, 5, 10), "A4": 42501}
    lines = "x | 销号 | 1-1\nx | 销号 | 4-2\nx | 约谈 | 1-1\n２０１６年５月１２日 | 约谈 | 4-2\n5.13 | 督办函 | 4-2"
    assert rows(lines, values=day) == (
        ["05-09 销号 1-1", "05-10 销号 4-2", "05-11 约谈 1-1", "05-12 约谈 4-2", "05-13 督办函 4-2"],
        [],
    )


def test_a_day_without_a_year_is_the_latest_such_day() -> None:
    (one,), _ = read_register_rows(
        register(HEAD + "12月1日 | 销号 | 1-1"), ITEMS, make_roster(UNITS, RULES), AS_OF, RULES
    )
    assert one.day == date(2015, 12, 1)


@pytest.mark.parametrize("written", ["5月", "近日", "6月31日", "2016年"])
def test_a_day_that_is_none_is_said(written: str) -> None:
    assert rows(f"{written} | 销号 | 1-1") == ([], ["K01 A2"])


def test_a_number_that_may_have_lost_its_nought_is_no_day() -> None:
    assert rows("x | 销号 | 1-1", values={"A2": 5.2}) == ([], ["K01 A2"])


def test_an_act_without_a_day_is_said() -> None:
    assert rows(" | 销号 | 1-1") == ([], ["K07 B2"])


def test_the_new_day_without_a_year_follows_the_day_of_the_act() -> None:
    assert rows("5月10日 | 批准延期 | 4-2 | | 4月30日") == (["05-10 批准延期 4-2 至04-30"], [])
    (one,), _ = read_register_rows(
        register(HEAD + "5月10日 | 批准延期 | 4-2 | | 4月30日"), ITEMS, make_roster(UNITS, RULES), AS_OF, RULES
    )
    assert one.new_due == date(2017, 4, 30)


def test_the_new_day_may_stand_in_the_words_of_the_act() -> None:
    assert rows("5月10日 | 批准延期至7月31日 | 4-2") == (["05-10 批准延期 4-2 至07-31"], [])


@pytest.mark.parametrize(
    ("written", "code"), [("", "K07 B2"), ("一个月", "K01 E2"), ("尽快", "K01 E2"), ("7月或8月", "K01 E2")]
)
def test_an_extension_needs_a_new_day_that_is_sure(written: str, code: str) -> None:
    assert rows(f"5月10日 | 批准延期 | 4-2 | | {written}") == ([], [code])
    assert rows(f"5月10日 | 申请延期 | 4-2 | | {written}") == ([], [code])


def test_a_new_day_that_the_act_does_not_take_stays_in_its_reason() -> None:
    assert rows("5月10日 | 退回 | 4-2 | | 6月10日 | 材料不全") == (
        ["05-10 退回 4-2 材料不全；新时限栏写的是6月10日"],
        [],
    )


@pytest.mark.parametrize("act", ["重新打开", "退回"])
def test_a_reopening_or_a_return_needs_a_reason(act: str) -> None:
    assert rows(f"5月10日 | {act} | 1-1") == ([], ["K07 B2"])
    assert rows(f"5月10日 | {act} | 1-1 | | | | | 群众又反映")[0] == [f"05-10 {act} 1-1 群众又反映"]


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    assert rows("近日 | 搞定 | 9-9") == ([], ["K06 B2", "K01 A2", "K08 C2"])


# ---------------------------------------------------------------- 编号与单位 ----


@pytest.mark.parametrize(
    ("value", "no"),
    [
        (date(2016, 4, 2), "4-2"),
        ("４－２", "4-2"),
        ("4.2", "4-2"),
        ("（4-2）", "4-2"),
        ("4月2日", "4-2"),
        ("第4-2项", "4-2"),
    ],
)
def test_a_number_is_read_however_it_was_written(value: Value, no: str) -> None:
    assert rows("5月10日 | 销号 | x", values={"C2": value})[0] == [f"05-10 销号 {no}"]


def test_a_number_the_spreadsheet_spoiled_is_said() -> None:
    assert rows("5月10日 | 销号 | x", values={"C2": date(2016, 4, 2)})[1] == ["N01 C2"]


def test_of_two_numbers_a_figure_may_mean_the_unit_decides_or_nobody() -> None:
    figure: dict[str, Value] = {"C2": 1.1}
    assert rows("5月10日 | 销号 | x", values=figure) == ([], ["K08 C2"])
    assert rows("5月10日 | 销号 | x | 区审计局", values=figure) == (["05-10 销号 1-1"], ["N01 C2"])
    assert read(register(HEAD + "5月10日 | 销号 | x", values=figure), ITEMS[:1]) == (["05-10 销号 1-1"], [])


def test_one_row_may_name_several_items_or_several_units() -> None:
    assert rows("5月10日 | 电话催办 | 1-1、4-2")[0] == ["05-10 电话催办 1-1", "05-10 电话催办 4-2"]
    assert rows("5月10日 | 约谈 | | 区财政局、区审计局")[0] == ["05-10 约谈 区财政局", "05-10 约谈 区审计局"]


@pytest.mark.parametrize("no", ["1-1、9-9", "1-1、4", "1-1至4-3", "1-1、第二项", "1-1和4-2", "1-1~4-2", "1-1-10-4-2"])
def test_of_several_numbers_all_must_be_sure(no: str) -> None:
    assert rows(f"5月10日 | 销号 | {no}") == ([], ["K08 C2"])


@pytest.mark.parametrize("no", ["9-9", "15", "全部", "#N/A"])
def test_a_number_of_no_item_is_said(no: str) -> None:
    assert rows(f"5月10日 | 销号 | {no}") == ([], ["K08 C2"])


def test_units_are_known_by_their_usual_names_and_nothing_else() -> None:
    assert rows("5月10日 | 约谈 | | 财政局")[0] == ["05-10 约谈 区财政局"]
    assert rows("5月10日 | 约谈 | | 区民政局") == ([], ["K09 D2"])
    assert rows("5月10日 | 约谈 | | 各单位") == ([], ["K09 D2"])


def test_beside_a_number_an_unknown_unit_is_only_said() -> None:
    assert rows("5月10日 | 销号 | 1-1 | 财政所") == (["05-10 销号 1-1"], ["U03 D2"])


def test_a_unit_without_a_part_in_the_item_keeps_the_row_out() -> None:
    assert rows("5月10日 | 销号 | 4-2 | 区财政局") == ([], ["K10 C2"])


def test_only_the_steps_of_escalation_may_be_about_a_unit_as_a_whole() -> None:
    for act in Act:
        taken, _ = rows(f"5月10日 | {ACT_WORDS[act]} | | 区财政局 | 7月31日 | 有原因")
        assert bool(taken) == (act in (Act.CALL, Act.LETTER, Act.TALK, Act.ACCOUNTABILITY))


def test_a_stroke_is_a_blank() -> None:
    assert rows("5月10日 | 约谈 | / | 区财政局 | — | 无 | / | -") == (["05-10 约谈 区财政局"], [])
    assert rows("5月10日 | 重新打开 | 1-1 | / | 6月30日 | 无") == ([], ["K07 B2"])


def test_an_act_on_nothing_is_said() -> None:
    assert rows("5月10日 | 约谈") == ([], ["K07 B2"])
    assert rows("5月10日 | | | | | 打了电话") == ([], ["K07 A2", "K07 A2"])


def test_the_same_row_twice_counts_once() -> None:
    taken, findings = rows("5月10日 | 销号 | 1-1\n2016-5-10 | 同意销号 | 1.1\n5月11日 | 电话催办 | 1-1")
    assert taken == ["05-10 销号 1-1", "05-11 电话催办 1-1"] and findings == ["K11 B3"]


# ---------------------------------------------------------------- 台账.db 的记录 ----


def entry(serial: int, one: Decision | None = None, undoes: int | None = None) -> Record:
    return Record(serial, NOW, one, undoes)


def test_a_record_taken_back_does_not_count_and_taken_back_again_does() -> None:
    one = decision(Act.CLOSE, "5-10")
    assert decisions_in_force([entry(1, one)]) == (one,)
    assert decisions_in_force([entry(1, one), entry(2, undoes=1)]) == ()
    assert decisions_in_force([entry(1, one), entry(2, undoes=1), entry(3, undoes=2)]) == (one,)


@st.composite
def histories(draw: Callable[..., Any]) -> list[Record]:
    """历次记录 — acts and counter-entries, those that make no sense among them."""
    records = []
    for serial in range(1, draw(st.integers(0, 12)) + 1):
        undoes = draw(st.none() | st.integers(-1, serial + 3))
        on = f"5-{serial}" if undoes is None else ""
        records.append(entry(serial, decision(Act.CALL, on) if undoes is None else None, undoes))
    return records


@given(histories(), st.randoms())
def test_the_order_of_records_matters_only_by_their_numbers(records: list[Record], random: Any) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    assert decisions_in_force(shuffled) == decisions_in_force(records)


@given(histories(), st.data())
def test_taking_back_what_took_back_changes_nothing(records: list[Record], data: st.DataObject) -> None:
    target, last = data.draw(st.integers(1, 15)), len(records)
    undone = {one.undoes for one in records}
    back = [entry(last + 1, undoes=target), entry(last + 2, undoes=last + 1)]
    assert last + 1 in undone or decisions_in_force([*records, *back]) == decisions_in_force(records)


@given(histories())
def test_what_counts_was_recorded_and_never_taken_back_by_what_stands(records: list[Record]) -> None:
    in_force = decisions_in_force(records)
    assert list(in_force) == [one.decision for one in records if one.decision in in_force]
    untouched = [one.decision for one in records if one.decision and one.serial not in {two.undoes for two in records}]
    assert set(untouched) <= set(in_force)


# ---------------------------------------------------------------- 三处合一 ----


def settle(
    breakdown: tuple[Decision, ...] = (), register: tuple[Decision, ...] = (), records: tuple[Decision, ...] = ()
) -> tuple[list[str], list[str]]:
    decisions, findings = settle_decisions(ITEMS, breakdown, register, records)
    return [told(one) for one in decisions], [one.code for one in findings]


def unit_act(act: Act, on: str, unit: str) -> Decision:
    return Decision(act, "", date(2016, *map(int, on.split("-"))), None, "", Source("台账.db"), unit)


def test_decisions_come_by_day_and_those_without_a_day_first() -> None:
    undated = decision(Act.EXTEND, new_due="7-31")
    later, earlier = decision(Act.CLOSE, "5-12"), decision(Act.CALL, "5-2", no="4-2")
    assert settle((undated,), (later,), (earlier, unit_act(Act.TALK, "5-5", "区财政局"))) == (
        ["? 批准延期 1-1 至07-31", "05-02 电话催办 4-2", "05-05 约谈 区财政局", "05-12 销号 1-1"],
        [],
    )


def test_what_stands_in_two_places_counts_once_as_the_better_place_has_it() -> None:
    def close(file: str) -> Decision:
        return Decision(Act.CLOSE, "1-1", date(2016, 5, 10), None, "", Source(file))

    places = close("责任分解表.xlsx"), close(FILE), close("台账.db")
    for given_places, kept in ((places, "台账.db"), (places[:2], FILE), (places[:1], "责任分解表.xlsx")):
        sources = [(one,) for one in given_places] + [()] * (3 - len(given_places))
        ((one,), findings) = settle_decisions(ITEMS, *sources)
        assert (one.source.file, findings) == (kept, ())


def test_an_extension_without_a_day_is_told_by_the_one_that_has_it() -> None:
    undated, dated = decision(Act.EXTEND, new_due="7-31"), decision(Act.EXTEND, "5-10", new_due="7-31")
    assert settle((undated,), (), (dated,)) == (["05-10 批准延期 1-1 至07-31"], [])


def test_several_extensions_in_a_row_are_kept() -> None:
    first, second = decision(Act.EXTEND, "4-10", new_due="5-31"), decision(Act.EXTEND, "5-10", new_due="7-31")
    assert settle((), (second, first)) == (["04-10 批准延期 1-1 至05-31", "05-10 批准延期 1-1 至07-31"], [])


def test_an_extension_to_an_earlier_day_is_not_taken_unless_it_was_recorded() -> None:
    back = decision(Act.EXTEND, "5-10", new_due="4-15")
    assert settle((), (back,)) == ([], ["K03"])
    assert settle((), (), (back,)) == (["05-10 批准延期 1-1 至04-15"], ["K14"])
    two_readings = (item("8月前", no="1-1"),)
    assert settle_decisions(two_readings, (), (decision(Act.EXTEND, "5-10", new_due="8-15"),), ())[1] == ()
    first = decision(Act.EXTEND, "4-10", new_due="7-31")
    assert settle((), (first, decision(Act.EXTEND, "5-10", new_due="6-30")))[1] == ["K03"]


def test_a_record_of_an_item_that_is_gone_is_said_and_not_used() -> None:
    assert settle((), (), (decision(Act.CLOSE, "5-10", no="9-9"),)) == ([], ["K13"])


def test_closing_twice_and_reopening_what_is_open_are_said() -> None:
    closed, again = decision(Act.CLOSE, "5-1"), decision(Act.CLOSE, "5-8")
    reopened = decision(Act.REOPEN, "5-4")
    assert settle((), (), (closed, again))[1] == ["K15"]
    assert settle((), (), (closed, reopened, again))[1] == []
    assert settle((), (), (reopened,))[1] == ["K16"]
    assert settle((), (), (closed, decision(Act.RETURN, "5-4"), again))[1] == []


DECISIONS = st.builds(
    lambda act, on, no, to: decision(act, on, no=no, new_due=to if act is Act.EXTEND else ""),
    st.sampled_from(Act),
    st.sampled_from(("5-1", "5-2", "5-3")),
    st.sampled_from(("1-1", "4-2")),
    st.sampled_from(("5-31", "6-30", "7-31")),
)


@given(st.lists(DECISIONS, max_size=6), st.lists(DECISIONS, max_size=6))
def test_nothing_recorded_is_lost_and_settling_again_changes_nothing(
    register: list[Decision], records: list[Decision]
) -> None:
    settled, findings = settle_decisions(ITEMS, (), register, records)
    assert all(settled.count(one) >= records.count(one) for one in records)
    refused = sum(one.code == "K03" for one in findings)
    assert len(settled) + refused == len(records) + len(set(register) - set(records))
    again, _ = settle_decisions(ITEMS, (), (), settled)
    assert again == settled


def test_grids_of_any_workbook_may_be_called_a_register() -> None:
    strange = Grid("表", ((1.5, None, True), (date(2016, 5, 1), "办理日期", "办理事项")), None)  # type: ignore[arg-type]
    content = read_register(FILE, (strange,), settings())
    assert len(content.set_aside) == 5 and Column.ACT not in {one for row in content.rows for one in row.cells}
