"""A breakdown of headings alone assigns nothing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from rectify_tool.model import Job, Outcome
from rectify_tool.story.examine import examine
from tests.sheets import write_folder


def look(folder: Path, sheets: dict[str, str]) -> Outcome:
    write_folder(folder, sheets)
    return examine(Job(str(folder), date(2016, 5, 20), datetime(2016, 5, 20, 9)))


HEADINGS = "编号 | 整改措施 | 整改时限 | 牵头单位"
SENT = f"""
填报单位：区财政局
{HEADINGS} | 进展情况
1-1 | 修订财务管理制度并公开 | 2016年4月底前 | 区财政局 | 4月15日已全部完成
"""


def test_an_empty_breakdown_does_not_hide_what_was_sent(tmp_path: Path) -> None:
    outcome = look(tmp_path, {"责任分解表.xlsx": HEADINGS, "报送/区财政局.xlsx": SENT})
    assert [one.item.no for one in outcome.ledger.entries] == ["1-1"]
    assert "M01" in {one.code for one in outcome.findings}
