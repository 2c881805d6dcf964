"""A table with a unit column: a name there that is no unit's is said, and lends its row to nobody."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from rectify_tool.model import Job, Outcome
from rectify_tool.story.examine import examine
from tests.sheets import write_folder


def look(folder: Path, sheets: dict[str, str]) -> Outcome:
    write_folder(folder, sheets)
    return examine(Job(str(folder), date(2016, 5, 20), datetime(2016, 5, 20, 9)))


BREAKDOWN = """
示例区整改责任分解表（2016年2月26日反馈）
编号 | 整改措施 | 整改时限 | 牵头单位
1-1 | 修订财务管理制度并公开 | 4月底前 | 区财政局
1-2 | 开展财务收支专项审计 | 4月底前 | 区审计局
2-1 | 规范低保金发放流程 | 4月底前 | 区民政局
"""
SENT = """
填报单位 | 编号 | 整改措施 | 进展情况
区财政局 | 1-1 | 修订财务管理制度并公开 | 4月1日已全部完成
{second}区民改局 | 2-1 | 规范低保金发放流程 | 4月1日已全部完成
"""
AUDIT = "区审计局 | 1-2 | 开展财务收支专项审计 | 4月1日已全部完成\n"


def check_the_stranger(outcome: Outcome) -> None:
    speaker = next(one for one in outcome.ledger.entries if one.item.no == "2-1").replies[0].unit
    assert speaker is None
    (finding,) = (one for one in outcome.findings if one.code == "U03")
    assert "区民改局" in finding.message and "区民政局" in finding.message
    assert finding.source.cell is not None


def test_a_misspelt_unit_among_several_is_said_at_its_cell(tmp_path: Path) -> None:
    check_the_stranger(look(tmp_path, {"责任分解表.xlsx": BREAKDOWN, "报送/汇总.xlsx": SENT.format(second=AUDIT)}))


def test_a_misspelt_unit_beside_one_unit_is_not_taken_for_that_unit(tmp_path: Path) -> None:
    check_the_stranger(look(tmp_path, {"责任分解表.xlsx": BREAKDOWN, "报送/汇总.xlsx": SENT.format(second="")}))
