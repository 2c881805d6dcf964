"""报送单位 — several units in one file, told apart by the tables' own lines or by their sheets."""

from __future__ import annotations

from rectify_tool.model import Grid
from rectify_tool.normalise.names import make_roster
from rectify_tool.normalise.senders import Sender, find_sender
from tests.cases import RULES
from tests.sheets import read, sheet

ROSTER = make_roster(("区公安局", "区司法局"), RULES)
HEAD = "编号 | 整改措施 | 进展情况"
ROW = "1-1 | 治理拥堵 | 新增车位30个"


def sender(*grids: Grid, file: str = "报送/汇总.xlsx") -> Sender:
    return find_sender(read(*grids, file=file), ROSTER, RULES)


def test_tables_with_lines_of_their_own_have_a_unit_each_and_what_follows_below_goes_with_the_one_above() -> None:
    found = sender(
        sheet(
            f"填报单位：区公安局\n{HEAD}\n{ROW}\n\n填报单位：区司法局\n{HEAD}\n{ROW}\n\n编号 | 整改措施 | 进展\n{ROW}"
        )
    )
    assert found.of_rows == ("区公安局", "区司法局", "区司法局")
    assert (found.unit, found.because, found.findings) == (None, "各表的填报单位栏", ())


def test_a_line_of_one_unit_speaks_for_every_table_of_the_file() -> None:
    found = sender(sheet(f"填报单位：区公安局\n{HEAD}\n{ROW}", "一"), sheet(f"{HEAD}\n{ROW}", "二"))
    assert found.of_rows == ("区公安局", "区公安局")
    assert found.unit == "区公安局"


def test_a_sheet_that_names_nobody_beside_sheets_of_two_units_is_nobodys_word() -> None:
    grids = [sheet(f"填报单位：{unit}\n{HEAD}\n{ROW}", unit) for unit in ("区公安局", "区司法局")]
    found = sender(*grids, sheet(f"{HEAD}\n{ROW}", "其他"))
    assert found.of_rows == ("区公安局", "区司法局", None)
    assert [(one.code, one.source.sheet) for one in found.findings] == [("U01", "其他")]


def test_sheets_named_after_units_count_where_the_file_names_none() -> None:
    grids = [sheet(f"{HEAD}\n{ROW}", unit) for unit in ("区公安局", "区司法局")]
    assert sender(*grids).of_rows == ("区公安局", "区司法局")
    assert sender(*grids, file="报送/区公安局.xlsx").of_rows == ("区公安局", "区公安局")
