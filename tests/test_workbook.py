"""The workbook as a file: what was put in comes out, and nothing a unit wrote is more than text."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import (
    OUTPUT_CATEGORY,
    Book,
    Chart,
    Lamp,
    Light,
    Link,
    Ref,
    Sheet,
    SheetColumn,
    SheetTable,
    SheetValue,
    Show,
    printable,
)
from rectify_tool.outbox import deliver
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.summary import make_summary
from rectify_tool.workbook import write_workbook
from rectify_tool.workbook.styles import lines
from tests.golden_files import check_golden
from tests.papers_builder import story
from tests.rendered import needs_office, rendered

NOW = datetime(2016, 5, 20, 9, 30)
COLUMNS = (
    SheetColumn("文字", 20),
    SheetColumn("数", 8, Show.COUNT),
    SheetColumn("率", 8, Show.RATE),
    SheetColumn("日期", 12, Show.DAY),
    SheetColumn("灯", 10, Show.WORD),
    SheetColumn("出处", 20),
)


def one_sheet(*rows: tuple[SheetValue, ...], total: bool = False, home: str | None = "../..", mark: str = "") -> Book:
    return Book(
        "汇总", mark, home, (Sheet("台账", "台账", ("基准日",), (SheetTable("", COLUMNS, rows, total=total),)),)
    )


def written(book: Book, folder: Path) -> Path:
    write_workbook(book, folder / "整改汇总表.xlsx", now=NOW)
    return folder / "整改汇总表.xlsx"


def opened(book: Book, folder: Path) -> Any:
    return openpyxl.load_workbook(written(book, folder))


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def row(text: str) -> tuple[SheetValue, ...]:
    return (text, 1, 0.5, date(2016, 5, 20), Lamp(Light.RED, "红 逾期"), Link("报送/甲.xlsx", "报送/甲.xlsx"))


def test_what_is_put_in_comes_out_for_two_readers(tmp_path: Path) -> None:
    path = written(one_sheet(row("小项"), row("第二\n行")), tmp_path)
    sheet = openpyxl.load_workbook(path)["台账"]
    assert [cell.value for cell in sheet[4]] == [
        "小项", 1, 0.5, datetime(2016, 5, 20), "红 逾期", "报送/甲.xlsx",
    ]  # fmt: skip
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("台账").to_python()
    assert rows[3] == ["小项", 1, 0.5, date(2016, 5, 20), "红 逾期", "报送/甲.xlsx"]
    assert rows[4][0] == "第二\n行"


HOSTILE = (
    "=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "{=1+1}", "http://example.invalid/x", "mailto:a@example.invalid",
    "internal:Sheet1!A1", "external:c:\\x.xlsx", "<b>&amp;</b>", "]]>", "_x000A_", "_x005F_", "甲<乙>&丙", "😀",
    "'quoted", "\u202e反写", " 前后空格 ", "a\tb", "#N/A", "TRUE", "1e400", "２０１６",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str, tmp_path: Path) -> None:
    path = written(one_sheet(row(text), (text, None, None, None, text, Link(text, "报送/甲.xlsx"))), tmp_path)
    sheet = openpyxl.load_workbook(path)["台账"]
    cell = sheet["A4"]
    assert "_x" in text or cell.value == text  # openpyxl does not undo the escape, calamine and Excel do
    assert cell.data_type in ("s", "inlineStr") and cell.hyperlink is None
    assert sheet["E5"].data_type in ("s", "inlineStr")
    assert "<f>" not in part(path, "xl/worksheets/sheet1.xml")
    assert CalamineWorkbook.from_path(str(path)).get_sheet_by_name("台账").to_python()[3][0] == text


@given(text=st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=40))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_as_it_can_be_printed(text: str, tmp_path: Path) -> None:
    path = written(one_sheet((text, None, None, None, text, None)), tmp_path)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("台账").to_python()
    assert (rows[3][0] if len(rows) > 3 else "") == printable(text)


def test_a_text_no_cell_can_hold_is_cut_visibly(tmp_path: Path) -> None:
    sheet = opened(one_sheet(row("😀长" * 20_000)), tmp_path)["台账"]
    assert sheet["A4"].value.endswith("……（文字过长，全文见原件）")
    assert len(sheet["A4"].value.encode("utf-16-le")) // 2 <= 32_767
    assert sheet.row_dimensions[4].height <= 409


def test_the_only_links_lead_to_source_files_by_relative_encoded_paths(tmp_path: Path) -> None:
    odd = "报送/甲 & 乙#1%.xlsx"
    path = written(one_sheet(row("甲"), (*row("乙")[:5], Link("见", odd))), tmp_path)
    relations = etree.fromstring(part(path, "xl/worksheets/_rels/sheet1.xml.rels").encode())
    targets = [one.get("Target") for one in relations]
    assert targets == [
        "../../%E6%8A%A5%E9%80%81/%E7%94%B2.xlsx",
        "../../%E6%8A%A5%E9%80%81/%E7%94%B2%20%26%20%E4%B9%99%231%25.xlsx",
    ]
    assert {one.get("TargetMode") for one in relations} == {"External"}
    assert openpyxl.load_workbook(path)["台账"]["F5"].hyperlink.target == targets[1]


def test_without_a_way_home_nothing_is_linked(tmp_path: Path) -> None:
    path = written(one_sheet(row("甲"), home=None), tmp_path)
    assert "hyperlink" not in part(path, "xl/worksheets/sheet1.xml")
    assert openpyxl.load_workbook(path)["台账"]["F4"].value == "报送/甲.xlsx"


@pytest.mark.parametrize(
    ("file", "sheet", "location"),
    [
        ("报送/甲.xlsx", "Sheet1", "'Sheet1'!G7"),
        ("报送/甲.xls", "6月'报\"<表>&", "'6月''报\"<表>&'!G7"),
        ("报送/甲.et", "", None),
        ("报送/甲.csv", "甲", None),
        ("报送/甲.docx", "甲", None),
    ],
)
def test_a_link_to_a_workbook_leads_to_its_cell(file: str, sheet: str, location: str | None, tmp_path: Path) -> None:
    link = opened(one_sheet((*row("甲")[:5], Link("G7", file, sheet, "G7"))), tmp_path)["台账"]["F4"].hyperlink
    assert link.location == location and link.target.startswith("../../")


def keyed(*figures: SheetValue) -> Book:
    """A ledger of rows 1-1 to 1-4, and a sheet of figures that lead there."""
    nos = SheetTable("", COLUMNS[:2], [(f"1-{at}", at) for at in range(1, 5)], key=0)
    columns = (SheetColumn("单位", 10), SheetColumn("数", 8, Show.COUNT))
    counts = SheetTable("", columns, [("甲", one) for one in figures])
    return Book("汇总", "", None, (Sheet("台账", "台账", (), (nos,)), Sheet("单位", "单位", (), (counts,))))


@pytest.mark.parametrize(
    ("keys", "location"),
    [
        (("1-2", "1-3"), "'台账'!A4:B5"),
        (("1-3", "1-2", "1-1"), "'台账'!A3:B5"),
        (("1-1", "1-3"), "'台账'!A3:B3"),
        (("1-4",), "'台账'!A6:B6"),
    ],
)
def test_a_figure_leads_to_its_rows_or_to_the_first_where_they_lie_apart(
    keys: tuple[str, ...], location: str, tmp_path: Path
) -> None:
    path = written(keyed(Ref(len(keys), keys, "台账")), tmp_path)
    cell = openpyxl.load_workbook(path)["单位"]["B3"]
    assert cell.value == len(keys) and cell.data_type == "n" and cell.font.u is None
    assert cell.hyperlink.location == location and cell.hyperlink.target is None
    assert cell.hyperlink.tooltip == f"台账：{'、'.join(keys)}"
    with zipfile.ZipFile(path) as package:
        assert not any("_rels/sheet" in name for name in package.namelist())


def test_a_figure_of_many_rows_names_the_first_of_them_in_its_tip(tmp_path: Path) -> None:
    keys = ("1-1", "1-2", *(f"第{at}号<&>" for at in range(200)))
    tip = opened(keyed(Ref(202, keys, "台账")), tmp_path)["单位"]["B3"].hyperlink.tooltip
    assert tip.startswith("台账：1-1、1-2、第0号<&>") and tip.endswith("等202个") and len(tip) <= 255


def test_a_figure_whose_rows_are_nowhere_is_a_plain_figure(tmp_path: Path) -> None:
    cell = opened(keyed(Ref(1, ("9-9",), "台账")), tmp_path)["单位"]["B3"]
    assert cell.value == 1 and cell.hyperlink is None


def test_no_sheet_has_more_links_than_excel_allows(tmp_path: Path) -> None:
    path = written(keyed(*[Ref(1, ("1-1",), "台账")] * 66_000), tmp_path)
    assert part(path, "xl/worksheets/sheet2.xml").count("<hyperlink ") < 65_530


def test_lights_and_totals_have_their_look_and_the_word_beside_it(tmp_path: Path) -> None:
    sheet = opened(one_sheet(row("甲"), row("合计"), total=True), tmp_path)["台账"]
    assert sheet["E4"].fill.fgColor.rgb == "FFF4B0A8" and sheet["E4"].value == "红 逾期"
    assert sheet["A5"].font.b and not sheet["A4"].font.b
    assert sheet["C4"].number_format == "0.0%" and sheet["D4"].number_format == "yyyy-mm-dd"


def test_a_sheet_is_set_up_for_reading_and_printing(tmp_path: Path) -> None:
    sheet = opened(one_sheet(row("甲"), row("合计"), total=True, mark="示例·虚构 & 样"), tmp_path)["台账"]
    assert sheet["A1"].value == "台账（示例·虚构 & 样）"
    assert sheet.freeze_panes == "A4" and sheet.auto_filter.ref == "A3:F4" and sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
    assert sheet.oddHeader.right.text == "示例·虚构 && 样"
    assert sheet.column_dimensions["A"].width == pytest.approx(20, abs=1)
    assert sheet.dimensions == "A1:F5"


def test_an_empty_table_says_so(tmp_path: Path) -> None:
    sheet = opened(one_sheet(), tmp_path)["台账"]
    assert sheet["A4"].value == "无" and sheet.auto_filter.ref is None


def test_tables_below_one_another_and_a_chart_keep_their_places(tmp_path: Path) -> None:
    names = SheetTable("一、甲", (SheetColumn("名称", 20), SheetColumn("含义", 10)), [("甲", "一"), ("乙", "二")])
    figures = SheetTable(
        "二、乙",
        (SheetColumn("方面", 10), *(SheetColumn(one, 8, Show.COUNT) for one in "甲乙丙")),
        [("一", 1, 2, 3), ("合计", 1, 2, 3)],
        total=True,
    )
    page = Sheet("总览", "总览", ("注",), (names, figures), (Chart("图", 1, (1, 2)),))
    sheet = opened(Book("汇总", "", None, (page,)), tmp_path)["总览"]
    assert [sheet[place].value for place in ("A4", "A5", "A6", "B7", "A9", "A10", "D11", "A12")] == [
        "一、甲", "名称", "甲", "二", "二、乙", "方面", 3, "合计",
    ]  # fmt: skip
    assert {"B6:D6", "B7:D7", "B5:D5"} <= {str(one) for one in sheet.merged_cells.ranges}
    (chart,) = sheet._charts
    assert [one.val.numRef.f for one in chart.series] == ["总览!$B$11", "总览!$C$11"]


def test_only_the_first_columns_are_printed_and_make_the_rows_high(tmp_path: Path) -> None:
    (page,) = one_sheet((*row("甲")[:5], "长" * 2000)).sheets
    path = written(Book("汇总", "", None, (replace(page, printed=5, tab=Light.RED),)), tmp_path)
    sheet: Any = openpyxl.load_workbook(path)["台账"]
    assert sheet.print_area == "'台账'!$A$1:$E$4" and sheet.row_dimensions[4].height < 30
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:E1", "A2:E2"}
    assert sheet.sheet_properties.tabColor.rgb == "FFF4B0A8"


def test_bars_stand_behind_the_figures_of_the_rows_without_the_total(tmp_path: Path) -> None:
    columns = (COLUMNS[0], SheetColumn("率", 8, Show.RATE, bar=True))
    table = SheetTable("", columns, [("甲", 0.5), ("乙", 1.0), ("合计", 0.75)], total=True)
    path = written(Book("汇总", "", None, (Sheet("单位", "单位", (), (table,)),)), tmp_path)
    (rule,) = openpyxl.load_workbook(path)["单位"].conditional_formatting
    assert str(rule.sqref) == "B3:B4"
    bar = rule.rules[0].dataBar
    assert [one.val for one in bar.cfvo] == [0, 1] and bar.showValue is not False


def test_a_chart_stands_in_a_row_of_its_own_height_so_that_no_page_cuts_it(tmp_path: Path) -> None:
    table = SheetTable("", (COLUMNS[0], SheetColumn("数", 8, Show.COUNT)), [(f"单位{at}", at) for at in range(30)])
    page = Sheet("总览", "总览", (), (table,), (Chart("图", 0, (1,), (0, 19)), Chart("图", 0, (1,), (0, 3))))
    sheet = opened(Book("汇总", "", None, (page,)), tmp_path)["总览"]
    for chart in sheet._charts:
        start, end = chart.anchor._from, chart.anchor.to
        assert start.row == end.row
        assert end.rowOff / 12_700 <= sheet.row_dimensions[start.row + 1].height <= 409
    assert sheet.print_title_rows is None


@needs_office
def test_printed_pages_hold_the_columns_meant_for_print_and_every_chart_whole(tmp_path: Path) -> None:
    one = story()
    pages = rendered(written(make_summary(one, make_bulletin(one)), tmp_path)).pages
    texts = [page.extract_text() for page in pages]
    ledger = next(page for page in pages if "整改任务台账" in page.extract_text())
    assert (round(ledger.width), round(ledger.height)) == (1191, 842)
    assert "提示" in ledger.extract_text() and "时限读法\n" not in ledger.extract_text()
    body = [char["size"] for char in ledger.chars if char["text"] == "财"]
    assert body and min(body) >= 8.8
    assert all(f"第 {at} 页，共 {len(pages)} 页" in text for at, text in enumerate(texts, 1))
    for title in ("各状态小项数", *(f"各{one}整改情况（小项数）" for one in ("方面", "责任领导", "牵头单位"))):
        assert sum(title in text for text in texts) == 1
    captions = [("一、总体情况", "完成率（占应完成）"), ("三、各方面", "合计"), ("四、各责任领导", "区委")]
    for caption, row in captions:
        assert row in next(text for text in texts if caption in text).partition(caption)[2], "no caption stands alone"
    assert all(len(text.split()) > 12 for text in texts), "no page is empty"


def test_a_row_that_does_not_fit_its_headings_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        written(one_sheet(("甲",)), tmp_path)


def test_the_file_says_it_is_ours_and_when_it_was_made(tmp_path: Path) -> None:
    path = written(one_sheet(row("甲")), tmp_path)
    core = part(path, "docProps/core.xml")
    assert OUTPUT_CATEGORY in core and "整改督查工具" in core and "2016-05-20T09:30:00Z" in core


def test_the_same_book_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(one_sheet(row("甲")), tmp_path).read_bytes()
    assert written(one_sheet(row("甲")), tmp_path).read_bytes() == first


def test_a_place_that_cannot_be_written_stops_the_work_and_says_what_to_do(tmp_path: Path) -> None:
    def write(folder: Path) -> None:
        write_workbook(one_sheet(row("甲")), folder / "没有" / "x.xlsx", now=NOW)

    with pytest.raises(RectifyError, match="没有这个文件或文件夹。原有的成果没有改动，请处理后重试") as caught:
        deliver(tmp_path, "第8期", write)
    assert caught.value.stop is Stop.CANNOT_WRITE


@pytest.mark.parametrize(
    ("text", "room", "needs"),
    [("", 10, 1), ("甲乙丙丁", 10, 1), ("甲乙丙丁戊", 10, 2), ("a" * 9, 10, 1), ("甲\n乙", 10, 2), ("甲" * 45, 10, 10)],
)
def test_chinese_text_is_measured_two_wide(text: str, room: int, needs: int) -> None:
    assert lines(text, room) == needs


def test_every_part_is_well_formed(tmp_path: Path) -> None:
    one = story()
    path = written(make_summary(one, make_bulletin(one)), tmp_path)
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
        assert not re.search(rb"<f>", b"".join(package.read(n) for n in package.namelist() if "worksheets/sheet" in n))


def test_the_summary_is_the_one_that_was_read(tmp_path: Path) -> None:
    one = story()
    book = make_summary(one, make_bulletin(one))
    check_golden(written(replace(book, title="整改汇总表"), tmp_path), "整改汇总表", r"xl/worksheets/sheet\d+\.xml")
