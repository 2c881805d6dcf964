"""Finish days, stages and claims of help, from the sheet to the standing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from rectify_tool.model import Claim, Job, Outcome, Standing
from rectify_tool.story.examine import examine
from tests.sheets import write_folder

MAY_20 = date(2016, 5, 20)


def look(folder: Path, deadline: str, heads: str, *replies: str, above: str = "") -> Outcome:
    """One item 1-1 of 区财政局 and 区审计局, and what each of them sent, in this order, with this line above it."""
    breakdown = (
        "示例区整改责任分解表（2016年2月26日反馈）\n编号 | 整改措施 | 整改时限 | 牵头单位 | 配合单位\n"
        f"1-1 | 修订财务管理制度 | {deadline} | 区财政局 | 区审计局"
    )
    line = f"{above}\n" if above else ""
    sent = {
        f"报送/{unit}.xlsx": f"填报单位：{unit}\n{line}编号 | 整改措施 | {heads}\n1-1 | 修订财务管理制度 | {reply}"
        for unit, reply in zip(("区财政局", "区审计局"), replies, strict=False)
    }
    write_folder(folder, {"责任分解表.xlsx": breakdown, **sent})
    return examine(Job(str(folder), MAY_20, datetime(2016, 5, 20, 9)))


def codes(outcome: Outcome) -> set[str]:
    return {finding.code for finding in outcome.findings}


def test_the_only_day_in_the_text_is_the_finish_day(tmp_path: Path) -> None:
    outcome = look(tmp_path, "5月10日前", "进展情况 | 是否完成", "5月9日印发考核办法 | 是")
    (verdict,) = outcome.verdicts
    assert (verdict.standing, verdict.finished) == (Standing.FINISHED, date(2016, 5, 9))
    assert "D11" not in codes(outcome)


def test_a_day_behind_the_tick_is_the_finish_day(tmp_path: Path) -> None:
    (verdict,) = look(tmp_path, "4月底前", "进展情况 | 完成情况", "检查11户 | √（5.3）").verdicts
    assert (verdict.standing, verdict.finished) == (Standing.FINISHED_LATE, date(2016, 5, 3))


def test_a_day_still_to_come_without_its_year_is_a_plan_not_last_year(tmp_path: Path) -> None:
    outcome = look(tmp_path, "4月底前", "进展情况", "5月25日全部完成")
    (verdict,) = outcome.verdicts
    assert (verdict.standing, verdict.claimed) == (Standing.OVERDUE, Claim.IN_PROGRESS)
    assert "D10" in codes(outcome) and "D13" not in codes(outcome)


@pytest.mark.parametrize(
    ("line", "standing"),
    [
        ("填报日期：2016年5月7日", Standing.OVERDUE),
        ("填报单位：区财政局 | 填报日期： | 2016年5月7日", Standing.OVERDUE),
        ("截至2016年5月7日", Standing.FINISHED_LATE),
        ("报送截止日期：2016年5月7日", Standing.FINISHED_LATE),
        ("责任分解表（印发日期：2016年3月1日）", Standing.FINISHED_LATE),
        ("填报日期：2016年2月20日", Standing.FINISHED_LATE),
    ],
)
def test_only_the_day_a_form_was_filled_in_on_makes_a_later_finish_day_a_plan(
    tmp_path: Path, line: str, standing: Standing
) -> None:
    outcome = look(tmp_path, "4月底前", "进展情况", "2016年5月15日已完成", above=line)
    assert outcome.verdicts[0].standing is standing
    assert ("D10" in codes(outcome)) is (standing is Standing.OVERDUE)


def test_a_day_before_the_base_without_its_year_is_not_taken(tmp_path: Path) -> None:
    outcome = look(tmp_path, "4月底前", "进展情况", "2月20日已完成")
    (verdict,) = outcome.verdicts
    assert (verdict.standing, verdict.finished) == (Standing.FINISHED, None)
    assert "D11" in codes(outcome) and "D13" not in codes(outcome)


def test_a_finish_column_before_the_base_without_its_year_is_unreadable(tmp_path: Path) -> None:
    outcome = look(tmp_path, "4月底前", "进展情况 | 是否完成 | 实际完成时间", "已印发 | 是 | 5月25日")
    (verdict,) = outcome.verdicts
    assert (verdict.standing, verdict.finished) == (Standing.FINISHED, None)
    assert "D01" in codes(outcome)


def test_one_stage_done_in_its_own_words_is_not_the_whole(tmp_path: Path) -> None:
    outcome = look(
        tmp_path, "2016年4月底前完成可研，2016年6月底前开工，2016年12月底前完工", "进展情况", "可研已完成并批复"
    )
    (verdict,) = outcome.verdicts
    assert (verdict.claimed, verdict.due) == (Claim.IN_PROGRESS, date(2016, 12, 31))
    assert "S09" not in codes(outcome)


def test_a_co_unit_that_only_helped_clashes_with_nobody(tmp_path: Path) -> None:
    outcome = look(tmp_path, "6月底前", "进展情况 | 是否完成", "正在起草 | 否", "已配合提出修改意见 | 是")
    assert outcome.ledger.entries[0].replies[1].helped
    assert "M02" not in codes(outcome)


def test_a_co_unit_that_says_the_item_done_clashes(tmp_path: Path) -> None:
    outcome = look(tmp_path, "6月底前", "进展情况 | 是否完成", "正在起草 | 否", "办法已印发，已全部完成 | 是")
    assert "M02" in codes(outcome)
