"""造表 — work folders of any size for the benchmark: a 责任分解表 and one workbook for each unit, as Excel writes them.

XlsxWriter puts texts into the shared strings part, as Excel and WPS do; openpyxl would write them inline and flatter
every reader. The same size gives the same bytes on every run.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.bench.world import FEEDBACK, SENT, Task, World, unit_name

FIRST_ROW = 4
"""数据首行 — zero-based: below the title, the line of the unit, and two rows of headings."""

FOOTERS = (
    "填报人：（经办岗位）　　审核人：（分管岗位）　　联系电话：（略）",
    "填表说明：本表由各牵头单位填写，逾期事项须说明原因。",
)
RULES = f'[base]\nfeedback = "{FEEDBACK.isoformat()}"\n\n[office]\nmark = "示例·虚构"\n'


@dataclass(frozen=True, slots=True)
class Column:
    """列 — a heading, the wider heading above it ("" where the two rows are merged), and the field it shows."""

    above: str
    heading: str
    field: str
    width: int


ASSIGNED = (
    Column("", "序号", "no", 8),
    Column("", "方面", "aspect", 12),
    Column("", "反馈问题", "problem", 26),
    Column("", "整改事项", "item", 30),
    Column("", "整改措施", "measure", 36),
    Column("责任分工", "责任领导", "leader", 14),
    Column("责任分工", "牵头单位", "lead", 16),
    Column("责任分工", "配合单位", "partner", 16),
    Column("", "整改时限", "deadline", 14),
)
ANSWERED = (
    Column("整改进展", "进展情况", "progress", 40),
    Column("整改进展", "是否完成", "status", 10),
    Column("整改进展", "实际完成时间", "finished", 14),
    Column("整改进展", "佐证材料", "evidence", 24),
    Column("", "下一步打算", "next", 28),
)
COLUMNS = ASSIGNED + ANSWERED
MERGED_DOWN = ("aspect", "problem")


def make_work_folder(folder: Path, units: int, *, jobs: int | None = None) -> None:
    """造一个工作文件夹 — 责任分解表.xlsx, 口径.toml and 报送/ with one workbook for each of ``units`` units."""
    world = World(units)
    (folder / "报送").mkdir(parents=True)
    (folder / "口径.toml").write_text(RULES, encoding="utf-8")
    with ProcessPoolExecutor(jobs) as pool:
        breakdown = pool.submit(write_breakdown, folder / "责任分解表.xlsx", world)
        sent = pool.map(partial(_write_nth, folder / "报送", world), range(1, units + 1), chunksize=20)
        for _ in sent:
            pass
        breakdown.result()


def _write_nth(inbox: Path, world: World, unit: int) -> None:
    write_submission(inbox / submission_name(unit), unit, world.tasks_of(unit))


def submission_name(unit: int) -> str:
    """报送文件名 — the name a unit's workbook has in 报送/."""
    return f"{unit_name(unit)}整改落实情况.xlsx"


def write_submission(path: Path, unit: int, tasks: Sequence[Task]) -> None:
    """报送表 — one unit's workbook: 14 columns, categories merged down, two footer rows."""
    line = (f"填报单位：{unit_name(unit)}", f"填报日期：{SENT.year}年{SENT.month}月{SENT.day}日")
    _write_table(path, "示例区巡视反馈意见整改落实情况报送表（示例·虚构）", line, COLUMNS, tasks, FOOTERS)


def write_breakdown(path: Path, world: World) -> None:
    """责任分解表 — the nine assigned columns of every unit's items."""
    line = ("制表单位：示例区整改办", f"印发日期：{FEEDBACK.year}年3月1日")
    _write_table(path, "示例区巡视反馈意见整改责任分解表（示例·虚构）", line, ASSIGNED, world.tasks(), ())


# ---------------------------------------------------------------- 一张表 ----


def _write_table(
    path: Path,
    title: str,
    line: tuple[str, str],
    columns: Sequence[Column],
    tasks: Sequence[Task],
    footers: Iterable[str],
) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": title, "created": datetime(SENT.year, SENT.month, SENT.day)})
    form = {
        "title": book.add_format({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"}),
        "head": book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "text": book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True}),
        "day": book.add_format({"border": 1, "valign": "vcenter", "num_format": 'yyyy"年"m"月"d"日"'}),
    }
    sheet = book.add_worksheet("整改台账")
    last = len(columns) - 1
    sheet.merge_range(0, 0, 0, last, title, form["title"])
    sheet.write_string(1, 0, line[0])
    sheet.write_string(1, last - 2, line[1])
    _write_headings(sheet, columns, form["head"])
    for column, described in enumerate(columns):
        _write_column(sheet, column, described.field, tasks, form)
    for row, footer in enumerate(footers, FIRST_ROW + len(tasks)):
        sheet.write_string(row, 0, footer)
    sheet.freeze_panes(FIRST_ROW, 1)
    book.close()


def _write_headings(sheet: Any, columns: Sequence[Column], form: Any) -> None:
    for column, described in enumerate(columns):
        sheet.set_column(column, column, described.width)
        if described.above:
            sheet.write_string(FIRST_ROW - 1, column, described.heading, form)
        else:
            sheet.merge_range(FIRST_ROW - 2, column, FIRST_ROW - 1, column, described.heading, form)
    for above, left, right in _runs([described.above for described in columns]):
        if above:
            sheet.merge_range(FIRST_ROW - 2, left, FIRST_ROW - 2, right, above, form)


def _write_column(sheet: Any, column: int, field: str, tasks: Sequence[Task], form: dict[str, Any]) -> None:
    values = [getattr(task, field) for task in tasks]
    if field in MERGED_DOWN:
        for value, top, bottom in _runs(values):
            sheet.merge_range(FIRST_ROW + top, column, FIRST_ROW + bottom, column, value, form["text"])
        return
    for row, value in enumerate(values, FIRST_ROW):
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, form["day"])
        else:
            sheet.write(row, column, value or None, form["text"])


def _runs(values: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Equal neighbours as (value, first, last)."""
    start = 0
    for value, same in groupby(values):
        end = start + len(list(same))
        yield value, start, end - 1
        start = end


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="造一个评测用的工作文件夹（示例·虚构）")
    asked.add_argument("folder", type=Path, metavar="文件夹")
    asked.add_argument("units", type=int, metavar="单位数")
    given = asked.parse_args()
    make_work_folder(given.folder, given.units)
