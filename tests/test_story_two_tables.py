"""Two tables on one sheet: each row is looked at under the headings of its own table."""

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
1-2 | 开展财务收支专项审计 | 4月底前 | 区财政局
"""
SENT = """
填报单位：区财政局
编号 | 整改措施 | 进展情况 | 佐证材料
1-1 | 修订财务管理制度并公开 | 4月15日已全部完成 |
表二
编号 | 整改措施 | 进展情况
1-2 | 开展财务收支专项审计 | 4月15日已全部完成
"""


def test_missing_evidence_is_asked_for_where_its_table_has_the_column(tmp_path: Path) -> None:
    outcome = look(tmp_path, {"责任分解表.xlsx": BREAKDOWN, "报送/区财政局.xlsx": SENT})
    assert ["1-1" in one.message for one in outcome.findings if one.code == "S04"] == [True]
