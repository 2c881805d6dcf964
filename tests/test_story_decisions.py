"""The office's own columns of the breakdown, read together."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from rectify_tool.model import Job, Outcome, Standing
from rectify_tool.story.examine import examine
from tests.sheets import write_folder


def look(folder: Path, sheets: dict[str, str]) -> Outcome:
    write_folder(folder, sheets)
    return examine(Job(str(folder), date(2016, 5, 20), datetime(2016, 5, 20, 9)))


BREAKDOWN = """
示例区整改责任分解表（2016年2月26日反馈）
编号 | 整改措施 | 整改时限 | 牵头单位 | 销号日期 | 核查意见
1-1 | 修订财务管理制度并公开 | 4月底前 | 区财政局 | 2016-04-20 | 2016年5月5日核查发现反弹，退回重新整改
1-2 | 开展财务收支专项审计 | 4月底前 | 区财政局 | 2016-04-20 | 退回的问题已改正，同意销号
"""
SENT = """
填报单位：区财政局 | 填报日期：2016年4月18日
编号 | 整改措施 | 进展情况
1-1 | 修订财务管理制度并公开 | 4月15日已全部完成
1-2 | 开展财务收支专项审计 | 4月15日已全部完成
"""


def test_a_return_written_beside_an_earlier_closing_opens_the_item_again(tmp_path: Path) -> None:
    outcome = look(tmp_path, {"责任分解表.xlsx": BREAKDOWN, "报送/区财政局.xlsx": SENT})
    assert [one.standing for one in outcome.verdicts] == [Standing.OVERDUE, Standing.CLOSED]
    assert "K04" in {one.code for one in outcome.findings}
