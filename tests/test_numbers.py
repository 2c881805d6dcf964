"""Numbers: read however written, read back where a spreadsheet spoiled them, given by position where there is none."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.model import Row, Value
from rectify_tool.normalise.numbers import leading_number, number_items, read_number, without_number
from tests.typed_rows import typed_rows


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        *(
            (text, (4, 2))
            for text in ("4-2", "4—2", "4－2", "4.2", "4 - 2", "(4)-2", "4（2）", "四、2", "四（2）", "问题4-2")
        ),
        *((text, (4, 2)) for text in ("4-2.", "04-02", "A4-2", "4/2", "四、（二）", "4．2", "4_2", "4～2")),
        *(
            (text, (4,))
            for text in ("4", "（4）", "(四)", "④", "四、", "第4项", "第四个问题", "4.", "4、", "问题4", "4.0", "⑷")
        ),
        *((text, (12,)) for text in ("12", "十二", "（十二）", "⑫")),
        ("二十一、", (21,)),
        ("1.10", (1, 10)),
        ("2-4-1", (2, 4, 1)),
        ("1.1.1", (1, 1, 1)),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, parts: tuple[int, ...]) -> None:
    number = read_number(text)
    assert number.parts == parts and not number.spoiled


@pytest.mark.parametrize("text", ["", "序号", "4-2整改", "2016", "合计", "—", "12380", "见附件"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text).readings == ()


@pytest.mark.parametrize(
    ("text", "value", "readings"),
    [
        ("2016-04-02", date(2016, 4, 2), ((4, 2),)),
        ("4-2", datetime(2016, 4, 2), ((4, 2),)),
        ("13-4", datetime(2013, 4, 1), ((4, 1), (13, 4), (4, 13))),
        ("2016-04-02", "2016-04-02", ((4, 2),)),
        ("4月2日", "4月2日", ((4, 2),)),
        ("2-Apr", "2-Apr", ((4, 2),)),
        ("42462", 42462, ((4, 2),)),
        ("-1", -1, ((1,),)),
        ("-1", "-1", ((1,),)),
    ],
)
def test_what_the_spreadsheet_spoiled_is_read_back_and_said(
    text: str, value: Value, readings: tuple[tuple[int, ...], ...]
) -> None:
    number = read_number(text, value)
    assert number.readings == readings and number.spoiled


def test_the_figure_one_point_one_may_have_been_one_point_ten() -> None:
    assert read_number("1.1", 1.1).readings == ((1, 1), (1, 10))
    assert read_number("1.10", 1.1).readings == ((1, 10),)
    assert read_number("1.1", "1.1").readings == ((1, 1),)


@pytest.mark.parametrize(
    ("text", "parts", "rest"),
    [
        ("4. 关于监管不到位的问题", (4,), "关于监管不到位的问题"),
        ("11.“三超两乱”治理", (11,), "“三超两乱”治理"),
        ("（二）修订办法", (2,), "修订办法"),
        ("②修订办法", (2,), "修订办法"),
        ("问题4：监管", (4,), "监管"),
        ("问题4 监管", (4,), "监管"),
        ("第四个问题：监管", (4,), "监管"),
        ("十、其他", (10,), "其他"),
        ("4-2 修订办法", (4, 2), "修订办法"),
        ("4.2修订办法", (4, 2), "修订办法"),
        ("1.2016年制定办法", (1,), "2016年制定办法"),
    ],
)
def test_a_text_s_own_number_is_told_from_its_words(text: str, parts: tuple[int, ...], rest: str) -> None:
    assert (leading_number(text), without_number(text)) == (parts, rest)


@pytest.mark.parametrize(
    "text",
    [
        "15个问题",
        "2016年3月",
        "1.5亿元",
        "1-3月开展",
        "3家单位",
        "两个责任",
        "三公经费",
        "一是修订",
        "5月底",
        "1-3季度",
        "2.0版本",
        "",
        "1.",
    ],
)
def test_a_figure_that_belongs_to_the_words_is_no_number(text: str) -> None:
    assert leading_number(text) == ()
    assert without_number(text) == text


def numbered(sheet: str) -> tuple[list[str | None], list[str]]:
    numbers, findings = number_items(typed_rows(sheet))
    return list(numbers), [f"{finding.code} {finding.source.cell}" for finding in findings]


def test_full_numbers_stay() -> None:
    assert numbered("""编号 | 小项
                       1-1 | 甲
                       1—2 | 乙
                       2.1 | 丙""") == (["1-1", "1-2", "2-1"], [])


def test_a_number_merged_over_a_problem_counts_its_items_by_position() -> None:
    assert numbered("""编号 | 问题 | 小项
                       1 | 关于甲 | 修订甲
                       ^ | ^ | 印发甲
                       2 | 关于乙 | 修订乙""") == (["1-1", "1-2", "2-1"], ["N09 C2"])


def test_numbers_in_the_problem_s_and_the_measure_s_own_words_are_used() -> None:
    assert numbered("""方面 | 问题 | 措施
                       （一）甲方面 | 3. 关于甲 | （1）修订甲
                       ^ | ^ | （2）印发甲
                       （二）乙方面 | 4. 关于乙 | ①修订乙
                       ^ | ^ | ②印发乙""") == (["3-1", "3-2", "4-1", "4-2"], [])


def test_several_measures_in_one_cell_do_not_number_the_item() -> None:
    assert numbered("""问题 | 措施
                       3. 关于甲 | 2.修订甲；3.印发甲。（2）检查
                       ^ | 4.公示甲""")[0] == ["3-1", "3-2"]


def test_the_aspect_is_kept_only_where_problems_restart_in_it() -> None:
    restarting = """方面 | 问题 | 措施
                    （一）甲方面 | 1. 关于甲 | （1）修订甲
                    ^ | ^ | （2）印发甲
                    （二）乙方面 | 1. 关于乙 | （1）修订乙"""
    assert numbered(restarting)[0] == ["1-1-1", "1-1-2", "2-1-1"]
    assert numbered(restarting.replace("1. 关于乙", "2. 关于乙"))[0] == ["1-1", "1-2", "2-1"]


def test_three_part_numbers_lose_the_aspect_where_problems_run_on() -> None:
    assert numbered("""编号 | 措施
                       1-1-1 | 甲
                       1-2-1 | 乙
                       2-3-1 | 丙""")[0] == ["1-1", "2-1", "3-1"]
    assert numbered("""编号 | 措施
                       1-1-1 | 甲
                       2-1-1 | 乙""")[0] == ["1-1-1", "2-1-1"]


def test_a_one_level_table_keeps_its_numbers_gaps_and_all() -> None:
    assert numbered("""编号 | 小项
                       1 | 甲
                       2 | 乙
                       5 | 丙""") == (["1", "2", "5"], [])


def test_each_problem_on_one_row_is_one_level() -> None:
    assert numbered("""编号 | 问题 | 措施
                       1 | 关于甲 | 修订甲
                       2 | 关于乙 | 修订乙""")[0] == ["1", "2"]


def test_numbers_that_start_again_under_each_problem_are_the_items() -> None:
    assert numbered("""编号 | 问题 | 措施
                       1 | 7. 关于甲 | 修订甲
                       2 | 7. 关于甲 | 印发甲
                       1 | 8. 关于乙 | 修订乙""") == (["7-1", "7-2", "8-1"], [])


def test_a_running_number_beside_problems_without_numbers_is_the_item_s() -> None:
    assert numbered("""编号 | 问题 | 措施
                       1 | 三会一课不落实 | 建立台账
                       2 | ^ | 开展专项督查
                       3 | 发展党员把关不严 | 复查发展党员档案""") == (["1", "2", "3"], [])


def test_a_running_number_beside_problems_with_numbers_of_their_own_is_no_item_number() -> None:
    assert numbered("""编号 | 问题 | 措施
                       1 | （一）三会一课不落实 | 建立台账
                       2 | ^ | 开展专项督查
                       3 | （二）发展党员把关不严 | 复查发展党员档案""") == (["1-1", "1-2", "2-1"], ["N11 A2"])


def test_a_number_typed_again_in_each_row_of_its_problem_is_the_problem_s() -> None:
    assert numbered("""编号 | 问题 | 措施
                       1 | 三会一课不落实 | 建立台账
                       1 | ^ | 开展专项督查
                       2 | 发展党员把关不严 | 复查发展党员档案""")[0] == ["1-1", "1-2", "2-1"]


def test_a_running_number_that_starts_again_with_each_aspect_keeps_the_aspect() -> None:
    assert numbered("""编号 | 方面 | 问题 | 措施
                       1 | 一、党建 | 甲 | 建立台账
                       2 | ^ | ^ | 开展督查
                       1 | 二、作风 | 乙 | 专项治理""")[0] == ["1-1", "1-2", "2-1"]


def test_two_units_files_that_count_from_one_are_numbered_apart() -> None:
    first, second = typed_rows("编号 | 小项\n1 | 甲\n2 | 乙"), typed_rows("编号 | 小项\n1 | 丙\n2 | 丁")
    numbers, findings = number_items([*first, *(row._replace(file="城管.xlsx") for row in second[1:])])
    assert numbers == ("1", "2", "3")
    assert [(finding.code, finding.source.file) for finding in findings] == [("N08", "城管.xlsx")]


def test_two_sheets_that_count_from_one_are_numbered_apart_and_said() -> None:
    first, second = (typed_rows("编号 | 小项\n1 | 甲\n2 | 乙"), typed_rows("编号 | 小项\n1 | 丙\n2 | 丁"))
    rows = [*first, *(row._replace(sheet="人大党组") for row in second)]
    numbers, findings = number_items(rows)
    assert numbers == ("1", "2", "3", "4")
    assert [str(finding) for finding in findings] == [
        "样例.xlsx › 人大党组!A2：编号1出现了2次，这一处改记为3，请核对（N08）",
        "样例.xlsx › 人大党组!A3：编号2出现了2次，这一处改记为4，请核对（N08）",
    ]


def test_a_date_in_the_number_column_is_read_back() -> None:
    assert numbered("""编号 | 小项
                       1-1 | 甲
                       =2016-01-02 | 乙
                       =2016-02-01 | 丙""") == (["1-1", "1-2", "2-1"], ["N01 A3", "N01 A4"])


def test_the_thirteenth_problem_s_dates_are_read_by_what_stands_around() -> None:
    assert numbered("""编号 | 问题 | 措施
                       13-1 | 13.关于甲 | 修订甲
                       =2013-02-01 | ^ | 印发甲
                       =2014-01-01 | 14.关于乙 | 修订乙""")[0] == ["13-1", "13-2", "14-1"]


def test_one_point_ten_after_one_point_nine() -> None:
    sheet = (
        "编号 | 小项\n"
        + "\n".join(f"=1.{number} | 第{number}件" for number in range(1, 10))
        + "\n=1.1 | 第十件\n=1.11 | 末"
    )
    numbers, codes = numbered(sheet)
    assert numbers[8:] == ["1-9", "1-10", "1-11"]
    assert codes == ["N01 A11"]


def test_a_negative_number_was_written_in_brackets() -> None:
    assert numbered("编号 | 小项\n=-1 | 甲\n=-2 | 乙") == (["1", "2"], ["N01 A2", "N01 A3"])


def test_a_number_used_twice_is_an_error_and_the_later_row_gets_the_next_free_one() -> None:
    assert numbered("""编号 | 小项
                       2-1 | 甲
                       2-2 | 乙
                       2-2 | 丙
                       2-3 | 丁""") == (["2-1", "2-2", "2-4", "2-3"], ["N08 A4"])


def test_rows_under_one_merged_full_number_are_one_item() -> None:
    assert numbered("""编号 | 措施
                       4-1 | 甲
                       ^ | 甲之二
                       4-2 | 乙""") == (["4-1", "4-1", "4-2"], [])


def test_a_table_without_numbers_is_counted_with_one_note() -> None:
    assert numbered("小项\n甲\n乙\n丙\n丁") == (["1", "2", "3", "4"], ["N09 A2"])


def test_a_row_that_says_nothing_has_no_number() -> None:
    assert numbered("编号 | 小项 | 进展\n1 | 甲 | 好\n | | 填表人")[0] == ["1", None]


CELLS = st.sampled_from(
    ["", "1", "2", "1-1", "1-2", "2.1", "（1）甲", "1.甲", "甲", "乙", "^", "=1.1", "=-1", "=2016-01-02", "—"]
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=12))
def test_every_row_that_says_something_has_a_number_and_no_two_the_same(cells: list[tuple[str, str, str]]) -> None:
    rows = typed_rows("编号 | 问题 | 小项\n" + "\n".join(" | ".join(line) for line in cells))
    numbers, _ = number_items(rows)
    assert len(numbers) == len(rows)
    own = [number for number, row in zip(numbers, rows, strict=True) if number and not row_is_merged(row)]
    assert len(set(own)) == len(own)


def row_is_merged(row: Row) -> bool:
    return any(cell.inherited for cells in row.cells.values() for cell in cells)


@given(st.text(), st.none() | st.floats() | st.integers() | st.dates() | st.text())
def test_any_cell_is_a_number_or_none(text: str, value: Value | None) -> None:
    number = read_number(text, value)
    assert all(len(parts) > 0 for parts in number.readings)
    assert without_number(text) in text or leading_number(text)


@given(st.integers(1, 99), st.integers(1, 99))
def test_what_is_written_with_a_dash_comes_back(problem: int, item: int) -> None:
    for written in (f"{problem}-{item}", f"（{problem}）{item}", f"问题{problem}-{item}"):
        assert read_number(written).parts == (problem, item)
