"""A staged item said done on a day still to come is a plan: its passed stages stay open."""

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
编号 | 整改措施 | 整改时限 | 牵头单位
1-1 | 修订财务管理制度并公开 | 3月底、5月底、11月底分三阶段完成 | 区财政局
"""
SENT = """
填报单位：区财政局 | 填报日期：2016年5月18日
编号 | 整改措施 | 进展情况 | 是否完成 | 实际完成时间
1-1 | 修订财务管理制度并公开 | 全部完成 | 已完成 | 2016-12-01
"""


def test_a_planned_finish_day_confirms_no_stage(tmp_path: Path) -> None:
    (verdict,) = look(tmp_path, {"责任分解表.xlsx": BREAKDOWN, "报送/区财政局.xlsx": SENT}).verdicts
    assert (verdict.standing, verdict.due) == (Standing.OVERDUE, date(2016, 3, 31))
