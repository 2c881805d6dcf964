"""Rows find their items: by number and by text, the text outweighing the number where both are clear."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.model import Item
from rectify_tool.normalise.match import match_rows
from rectify_tool.normalise.numbers import number_items
from tests.typed_rows import typed_items, typed_rows

ITEMS = typed_items("""编号 | 问题 | 小项 | 措施 | 时限
1-1 | 1. 关于主体责任落实不到位的问题 | 制定党风廉政建设责任分解表 | 召开区委常委会研究部署党风廉政建设工作 | 3月底
1-2 | 1. 关于主体责任落实不到位的问题 | 约谈党风廉政考核靠后单位 | 对考核排名靠后的必谈 | 4月底
2-1 | 2. 关于执行财政制度不够严格的问题 | 开展“四费”开支自查 | 加强督查 | 5月底
2-2 | 2. 关于执行财政制度不够严格的问题 | 规范津补贴发放 | 加强督查 | 6月底
3-1 | 3. 关于项目指挥部监管缺失的问题 | 撤并项目指挥部 | 制定财务管理办法 | 6月底""")

ONE_LEVEL = typed_items("""编号 | 小项
1 | 修订公务接待管理办法
2 | 清理超标准办公用房
3 | 约谈考核排名靠后单位
4 | 整治文山会海现象""")


def number_as_breakdown(sheet: str) -> tuple[Item, ...]:
    """The sheet as an issued breakdown, its items numbered as they are in the run."""
    items = typed_items(sheet)
    numbers, _ = number_items([item.row for item in items])
    return tuple(replace(item, no=no or "") for item, no in zip(items, numbers, strict=True))


def matched(sheet: str, items: tuple[Item, ...] = ITEMS, prefer: frozenset[str] = frozenset()) -> list[str]:
    """Each row's item, with ~ where weak; then the findings' codes."""
    matches, findings = match_rows(typed_rows(sheet), items, prefer=prefer)
    return [f"{'~' * match.weak}{match.no}" for match in matches] + [finding.code for finding in findings]


def test_number_and_text_that_agree_are_sure() -> None:
    assert matched("编号 | 小项\n1-1 | 制定党风廉政建设责任分解表\n2-2 | （2）规范津补贴 发放。") == ["1-1", "2-2"]


def test_a_number_alone_is_sure_where_it_is_full() -> None:
    assert matched("编号 | 进展\n1-1 | 完成\n3.1 | 完成") == ["1-1", "3-1"]


def test_a_date_that_was_a_number_finds_its_item_and_is_said() -> None:
    assert matched("编号 | 进展\n=2016-02-02 | 完成") == ["2-2", "N01"]


def test_text_alone_is_sure_where_it_is_one_item_s() -> None:
    assert matched("小项\n撤并项目指挥部\n约谈党风廉政考核靠后单位") == ["3-1", "1-2"]


def test_text_outweighs_a_number_that_says_otherwise() -> None:
    assert matched("编号 | 小项\n1-1 | 制定党风廉政建设责任分解表\n1-2 | 撤并项目指挥部") == ["1-1", "~3-1", "N10"]


def test_a_number_the_breakdown_does_not_have_is_said() -> None:
    assert matched("编号 | 小项\n9-9 | 撤并项目指挥部") == ["~3-1", "N10"]


def test_a_true_number_with_a_rewritten_text_is_weak_while_something_agrees() -> None:
    assert matched("编号 | 小项\n3-1 | 各指挥部该撤的全部撤掉") == ["~3-1", "N02"]
    assert matched("编号 | 问题 | 小项\n3-1 | 项目指挥部监管缺失 | 另起炉灶写的一段话") == ["~3-1", "N02"]


def test_a_number_beside_words_of_another_matter_is_not_believed() -> None:
    assert matched("编号 | 小项\n1-1 | 制定党风廉政建设责任分解表\n3-1 | 安装监控探头") == ["1-1", "None", "N03"]
    assert matched("编号 | 问题\n3-1 | 智慧工地") == ["None", "N03"]


def test_serial_numbers_of_the_unit_s_own_are_not_the_breakdown_s() -> None:
    assert matched("编号 | 小项\n1 | 规范津补贴发放\n2 | 撤并项目指挥部") == ["2-2", "3-1"]
    assert matched("编号 | 小项\n1 | 清理超标准办公用房\n2 | 整治文山会海现象", ONE_LEVEL) == ["2", "4"]


def test_serial_numbers_without_text_tell_nothing() -> None:
    assert matched("编号 | 进展\n1 | 完成\n2 | 完成", ONE_LEVEL) == ["None", "None", "N03", "N03"]


def test_numbers_from_one_without_text_are_used_weakly_where_they_all_name_the_unit_s_own_items() -> None:
    assert matched("编号 | 进展\n1 | 完成\n2 | 完成", ONE_LEVEL, frozenset({"1", "2", "4"})) == [
        "~1",
        "~2",
        "N02",
        "N02",
    ]
    assert matched("编号 | 进展\n1 | 完成\n2 | 完成", ONE_LEVEL, frozenset({"2", "3"})) == [
        "None",
        "None",
        "N03",
        "N03",
    ]


def test_a_number_not_used_says_that_it_may_be_the_unit_s_own() -> None:
    _, findings = match_rows(typed_rows("编号 | 进展\n1 | 完成"), ONE_LEVEL, prefer=frozenset({"2"}))
    assert "编号1，可能是本单位自己的序号" in findings[0].message


def test_one_level_numbers_with_gaps_are_the_breakdown_s() -> None:
    assert matched("编号 | 进展\n2 | 完成\n4 | 完成", ONE_LEVEL) == ["2", "4"]


RUNNING = number_as_breakdown("""编号 | 问题 | 措施
1 | （一）三会一课不落实 | 建立台账
2 | ^ | 开展专项督查
3 | （二）发展党员把关不严 | 复查发展党员档案
4 | （三）四风反弹 | 公车私用专项治理
5 | ^ | 查处违规发放津补贴""")


def test_the_running_number_beside_numbered_problems_finds_its_item() -> None:
    assert [item.no for item in RUNNING] == ["1-1", "1-2", "2-1", "3-1", "3-2"]
    assert matched("编号 | 进展\n4 | 治理完成\n5 | 通报2起", RUNNING) == ["3-1", "3-2"]
    assert matched("编号 | 措施 | 进展\n3 | 复查发展党员的档案 | 复查113份", RUNNING) == ["2-1"]
    assert matched("编号 | 措施\n1 | 公车私用专项治理\n2 | 查处违规发放津补贴", RUNNING) == ["3-1", "3-2"]


TWICE = number_as_breakdown("""编号 | 小项
1 | 开展调研
2 | 精简会议
1 | 开展执法检查
2 | 走访代表""")


def test_a_number_the_breakdown_uses_twice_finds_the_item_by_its_words_or_its_unit() -> None:
    assert [item.no for item in TWICE] == ["1", "2", "3", "4"]
    assert matched("编号 | 小项\n1 | 开展执法检查\n2 | 走访代表", TWICE) == ["3", "4"]
    assert matched("编号 | 进展\n1 | 完成", TWICE, frozenset({"3", "4"})) == ["~3", "N02"]
    assert matched("编号 | 进展\n2 | 完成", TWICE) == ["None", "N04"]


TO_ELEVEN = number_as_breakdown(
    "编号 | 小项\n" + "\n".join(f"1-{place} | 开展第{place}轮检查" for place in range(1, 12))
)


def test_one_point_ten_stored_as_one_point_one_is_told_by_place_by_unit_or_by_text() -> None:
    assert matched("编号 | 进展\n=1.8 | 好\n=1.9 | 好\n=1.1 | 好", TO_ELEVEN) == ["1-8", "1-9", "1-10", "N01"]
    assert matched("编号 | 进展\n=1.1 | 好\n=1.1 | 好", TO_ELEVEN) == ["1-1", "1-10", "N01"]
    assert matched("编号 | 进展\n=1.1 | 好", TO_ELEVEN, frozenset({"1-10"})) == ["1-10", "N01"]
    assert matched("编号 | 小项\n=1.1 | 开展第10轮检查", TO_ELEVEN) == ["1-10", "N01"]
    assert matched("编号 | 进展\n=1.1 | 好\n=1.2 | 好", TO_ELEVEN) == ["1-1", "1-2"]


def test_numbers_renumbered_after_a_deleted_row_are_not_followed_where_the_text_is_rewritten() -> None:
    assert (
        matched(
            """编号 | 小项
1-1 | 约谈党风廉政考核靠后单位
1-2 | 规范津补贴发放
2-1 | 撤并项目指挥部
2-2 | 另起炉灶写的一段话"""
        )[3]
        == "None"
    )


def test_the_same_words_in_two_items_are_told_apart_by_problem_number_deadline_or_unit() -> None:
    assert matched("编号 | 措施\n2-1 | 加强督查") == ["2-1"]
    assert matched("措施 | 时限\n加强督查 | 6月底") == ["2-2"]
    assert matched("措施\n加强督查", prefer=frozenset({"2-1"})) == ["2-1"]
    assert matched("措施\n加强督查") == ["None", "N04"]


def test_a_row_that_names_only_the_problem_needs_a_number_or_a_unit() -> None:
    assert matched("问题\n关于项目指挥部监管缺失的问题") == ["3-1"]
    assert matched("编号 | 问题\n2-2 | 2. 关于执行财政制度不够严格的问题") == ["2-2"]
    assert matched("问题\n关于执行财政制度不够严格的问题") == ["None", "N04"]
    assert matched("问题\n关于执行财政制度不够严格的问题", prefer=frozenset({"2-1"})) == ["~2-1", "N02"]


def test_a_unit_that_wrote_the_sub_item_under_problem_is_understood() -> None:
    assert matched("问题\n撤并项目指挥部") == ["3-1"]


def test_numbers_in_the_words_make_a_full_number() -> None:
    assert matched("问题 | 措施\n2. 关于执行财政制度问题 | （2）规范津补贴，清理奖金福利") == ["2-2"]


@pytest.mark.parametrize(
    ("text", "found"), [("规范津补贴的发放工作", "~2-2"), ("召开全区运动会", "None"), ("", "None")]
)
def test_words_like_an_item_s_are_weak_and_others_match_nothing(text: str, found: str) -> None:
    assert matched(f"小项 | 进展\n{text} | 完成")[0] == found


def test_a_copied_part_of_a_long_measure_is_its_item() -> None:
    assert matched("措施\n研究部署党风廉政建设工作") == ["1-1"]


def test_the_finding_stands_at_the_row_and_says_what_was_written() -> None:
    _, findings = match_rows(typed_rows("编号 | 小项\n9-9 | 召开全区运动会"), ITEMS)
    assert [str(finding) for finding in findings] == [
        "样例.xlsx › Sheet1!A2：这一行对不上任何小项（编号9-9，召开全区运动会），没有采用，请核对编号和内容（N03）"
    ]


WORDS = st.sampled_from(
    [
        "",
        "1",
        "1-1",
        "2-2",
        "加强督查",
        "撤并项目指挥部",
        "2. 关于执行财政制度不够严格的问题",
        "甲",
        "=2016-02-02",
        "=-1",
    ]
)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=8), st.sets(st.sampled_from(["1-1", "2-1", "9"])))
def test_every_row_has_an_answer_and_a_row_not_matched_a_finding(
    rows: list[tuple[str, str, str]], prefer: set[str]
) -> None:
    sheet = "编号 | 问题 | 措施\n" + "\n".join(" | ".join(row) for row in rows)
    matches, findings = match_rows(typed_rows(sheet), ITEMS, prefer=prefer)
    assert len(matches) == len(rows)
    assert {match.no for match in matches} <= {None, *(item.no for item in ITEMS)}
    lost = sum(1 for match in matches if match.no is None)
    assert sum(1 for finding in findings if finding.code in ("N03", "N04")) == lost
    assert all(match.why for match in matches if match.weak)


@given(st.permutations(ITEMS))
def test_the_breakdown_s_own_rows_find_their_items_in_any_order(items: list[Item]) -> None:
    matches, findings = match_rows([item.row for item in items], ITEMS)
    assert [match.no for match in matches] == [item.no for item in items]
    assert findings == ()
