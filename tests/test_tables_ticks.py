"""打勾栏 — a tick under a state word says that word; whatever else stands under such headings is no tick."""

from __future__ import annotations

import pytest

from rectify_tool.model import Column, Submission, address
from tests.sheets import AS_OF, aside, codes, read, sheet, texts


def states(found: Submission) -> list[str]:
    return [row.text(Column.STATUS) for row in found.rows]


def test_a_tick_under_a_state_says_that_state_at_its_own_place() -> None:
    found = read(
        sheet("""序号 | 问题 | 整改情况 | 完成情况 | < | <
^ | ^ | ^ | 已完成 | 整改中 | 未启动
1 | 消防通道堵塞 | 清理通道3处 | √ | |
2 | 仓库超量 | 约谈负责人 | | √ |
3 | 无证经营 | | | | √""")
    )
    assert states(found) == ["已完成", "整改中", "未启动"]
    cells = [row.cells[Column.STATUS][0] for row in found.rows]
    assert [(address(cell.row, cell.column), cell.value) for cell in cells] == [("D3", "√"), ("E4", "√"), ("F5", "√")]
    assert not any(cell.inherited for cell in cells)
    assert aside(found) == {} and codes(found) == []


@pytest.mark.parametrize("merged", ["<", ""])
def test_yes_and_no_under_a_question_are_ticked_too(merged: str) -> None:
    found = read(
        sheet(f"""序号 | 整改措施 | 进展情况 | 是否完成 | {merged}
{"^" if merged else ""} | {"^" if merged else ""} | {"^" if merged else ""} | 是 | 否
1 | 治理拥堵 | 新增车位30个 | √ |
2 | 打击盗窃 | 破案3起 | | √""")
    )
    assert states(found) == ["是", "否"]


def test_state_words_without_a_heading_above_them_make_a_table_of_their_own() -> None:
    found = read(
        sheet("""序号 | 整改措施 | 完成 | 未完成
1 | 修路 | √ |
2 | 植树 | | √""")
    )
    assert states(found) == ["完成", "未完成"]


@pytest.mark.parametrize("mark", ["√", "✓", "✔", "☑", "■", "●", "○", "1", "是", "已完成"])
def test_any_usual_mark_is_a_tick(mark: str) -> None:
    found = read(
        sheet(f"""序号 | 整改措施 | 进展 | 已完成 | 未完成
1 | 修路 | 修好2条 | {mark} |""")
    )
    assert states(found) == ["已完成"]


@pytest.mark.parametrize("mark", ["×", "□", "/", "—", "0", "无", "○"])
def test_a_mark_that_says_no_is_set_aside(mark: str) -> None:
    found = read(
        sheet(f"""序号 | 整改措施 | 进展 | 已完成 | 未完成
1 | 修路 | 修好2条 | {mark} | √""")
    )
    assert states(found) == ["未完成"]
    assert aside(found) == {"D2": "DOUBLE_COLUMN"}


def test_what_stands_beside_the_tick_is_kept_behind_the_word() -> None:
    found = read(
        sheet("""序号 | 整改措施 | 已完成 | 未完成
1 | 修路 | √（4月20日） |
2 | 植树 | √4月21日 |
3 | 治水 | | √
4 | 清淤 | 4月22日 |""")
    )
    assert states(found) == ["已完成（4月20日）", "已完成（4月21日）", "未完成", "已完成（4月22日）"]


def test_two_ticks_in_one_row_are_both_told_with_a_finding() -> None:
    found = read(
        sheet("""序号 | 整改措施 | 进展 | 完成 | 未完成
1 | 修路 | 修好2条 | √ | √""")
    )
    assert states(found) == ["完成\n未完成"]
    assert [(one.code, one.source.cell) for one in found.findings] == [("H19", "D2")]


@pytest.mark.parametrize(
    "cells",
    [
        "3 | 2",  # how many of its measures
        "80% | 20%",
        "修订办法 | 清理账目",  # which of its measures
    ],
)
def test_figures_and_texts_under_state_words_are_no_ticks(cells: str) -> None:
    found = read(
        sheet(f"""序号 | 整改措施 | 进展 | 已完成 | 未完成
1 | 修订办法，清理账目 | 正在做 | {cells}""")
    )
    assert states(found) == [""]
    assert codes(found) == ["H01", "H01"]


def test_kinds_of_deadline_are_no_states() -> None:
    found = read(
        sheet("""序号 | 整改措施 | 责任单位 | 整改时限 | <
^ | ^ | ^ | 限期整改 | 长期坚持
1 | 修路 | 区城管局 | | √""")
    )
    assert states(found) == [""]


def test_ticks_by_period_are_those_of_the_latest_period() -> None:
    found = read(
        sheet("""序号 | 整改措施 | 4月完成情况 | < | 5月完成情况 | <
^ | ^ | 完成 | 未完成 | 完成 | 未完成
1 | 修路 | | √ | √ |"""),
        as_of=AS_OF,
    )
    assert states(found) == ["完成"]
    assert aside(found) == {"D3": "EARLIER_PERIOD"}


def test_a_merged_tick_speaks_for_every_row_it_covers() -> None:
    found = read(
        sheet("""序号 | 整改措施 | 完成 | 未完成
1 | 修路 | √ |
2 | 植树 | ^ | """)
    )
    assert states(found) == ["完成", "完成"]
    assert texts(found)[1]["measure"] == "植树"
