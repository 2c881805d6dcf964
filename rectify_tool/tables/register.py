"""办理登记 — the office's own register of its acts: where its tables lie, and what stands in each of their rows.

Its headings are few, and a row stands alone: it takes nothing from the row above but what a merged cell covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from rectify_tool.findings import Code
from rectify_tool.model import Cell, Column, Finding, Grid, Reason, Row, Source, Submission, address
from rectify_tool.tables.find import Head, Section, squeezed
from rectify_tool.tables.headings import NO_MATCH, Match, clean, core
from rectify_tool.tables.page import Page, page_of
from rectify_tool.tables.read import (
    Part,
    Settings,
    hidden_sheet,
    joined,
    said_lost,
    whole_sheet,
    whole_table,
)
from rectify_tool.tables.rows import Read
from rectify_tool.tables.settle import Columns, HeadColumn

_HEADINGS: tuple[tuple[Column, str, str], ...] = (
    (Column.ACT_DAY, "办理日期 办理时间 办理日 决定日期 批准日期", "日期 时间 年月日"),
    (
        Column.ACT,
        "办理事项 办理类型 办理类别 办理方式 办理决定 督办方式 催办方式 处理方式",
        "事项 事项类型 类型 类别 方式 决定 措施 督办措施 处理意见",
    ),
    (
        Column.NO,
        "编号 小项编号 小项号 事项编号 问题编号 任务编号 整改编号 台账编号 项目编号 清单编号 涉及编号 对应编号",
        "小项 涉及小项 对应小项",
    ),
    (
        Column.UNIT,
        "单位 单位名称 责任单位 被催办单位 被督办单位 被约谈单位 催办单位 催办对象 办理对象 涉及单位",
        "牵头单位 承办单位 责任部门 部门 对象",
    ),
    (
        Column.EXTENDED_TO,
        "新时限 新期限 批准延期至 申请延期至 同意延期至 延期至 延期到 延长至 延长到 延至 延期后时限 调整后时限",
        "延期时限 新的时限 新完成时限",
    ),
    (
        Column.WHY,
        "事由 理由 原因 办理情况 办理内容 办理说明 理由或情况 事由或情况",
        "情况 情况说明 具体情况 内容 主要内容 办理结果 结果 依据",
    ),
    (Column.BY, "办理人 经办人 办理人职务 办理人及职务 办理人员 批准人 决定人", "承办人 经办 批准领导 签批领导 职务"),
    (Column.NOTE, "备注", "附注 说明 其他说明"),
)
"""登记表的叫法 — of each column the words that are its own, and general ones that count only where none of those is."""

_OWN, _GENERAL, _OFFICE = 1.0, 0.9, 0.85
_MEANINGS: dict[str, Match] = {
    word: (column, score)
    for column, own, general in _HEADINGS
    for score, words in ((_OWN, own), (_GENERAL, general))
    for word in words.split()
}
_CALLED = {column: own.split()[0] for column, own, _ in _HEADINGS}
_OFFICE_WORDS = {
    Column.NO: Column.NO,
    Column.LEAD: Column.UNIT,
    Column.UNITS: Column.UNIT,
    Column.UNIT: Column.UNIT,
    Column.EXTENDED_TO: Column.EXTENDED_TO,
    Column.NOTE: Column.NOTE,
}
"""口径里的叫法 — what the office calls these columns in units' tables holds here too."""

_SERIAL = "序号"
_NOT_A_REGISTER = re.compile(r"选项|(?:填写|填表)?说明(?:和选项)?|示例|样例")
"""不读的工作表 — what the drop-downs offer, and how to fill the register in."""

_FOOTER = re.compile(
    r"(?:填[表报写]|制表|登记|审核|经办|复核|负责|联系|签[字名发])\s*(?:人|单位|日期|领导|电话)?\s*[:：]"
    r"|(?:注|备注|说明|填[表写]说明)\s*\d*\s*[:：]|[合总小]\s*计|以下空白"
)


def read_register(file: str, grids: tuple[Grid, ...], settings: Settings) -> Submission:
    """读办理登记 — the rows of every sheet that is one, and every other non-blank cell set aside with its reason.

    Findings: F17, H01, H04, H06–H10, H13, H16, H18, and K12 where no sheet is a register.
    """
    pages = [(grid, page_of(grid)) for grid in grids]
    explains = [_NOT_A_REGISTER.fullmatch(grid.sheet.strip()) is not None for grid in grids]
    parts = [_read_sheet(file, grid, page, settings, skip) for (grid, page), skip in zip(pages, explains, strict=True)]
    told = [
        part if skip or grid.hidden else said_lost(file, page, part, parts)
        for (grid, page), part, skip in zip(pages, parts, explains, strict=True)
    ]
    if any(part.set_aside for part in parts) and not any(part.tables for part in parts):
        told.append(Part((), (), (Code.REGISTER_NO_TABLE.at(Source(file)),)))
    return joined(file, told)


def _read_sheet(file: str, grid: Grid, page: Page, settings: Settings, skip: bool) -> Part:
    if skip:
        return whole_sheet(file, grid, page, [])
    if grid.hidden:
        return hidden_sheet(file, page)
    sections = _sections(page, settings)
    return whole_sheet(file, grid, page, [_read_section(file, grid, section) for section in sections])


def _read_section(file: str, grid: Grid, section: Section) -> Part:
    columns, findings = _settled(section.head.columns, Source(file, grid.sheet))
    part = whole_table(file, grid, section, columns, _read_rows(file, grid, section, columns))
    return replace(part, findings=(*findings, *part.findings))


# ---------------------------------------------------------------- 表头 ----


def _sections(page: Page, settings: Settings) -> list[Section]:
    """各张表 — from head to head; a head printed again on each page begins no new table."""
    heads: list[Head] = []
    for head in _heads(page, settings):
        if not heads or _wording(head) != _wording(heads[-1]):
            heads.append(head)
    starts = [0, *(_title_start(page, upper, lower) for upper, lower in pairwise(heads))]
    ends = [*starts[1:], len(page.texts)]
    return [Section(page, *three) for three in zip(starts, heads, ends, strict=False)]


def _wording(head: Head) -> tuple[tuple[int, str], ...]:
    return tuple((column.index, column.text) for column in head.columns)


def _title_start(page: Page, upper: Head, lower: Head) -> int:
    """下一张表从哪行起 — the blank and lone lines right above its head are its title."""
    start = lower.top
    while start > upper.bottom + 1 and len(page.filled(start - 1)) < 2:
        start -= 1
    return start


def _heads(page: Page, settings: Settings) -> Iterator[Head]:
    row = 0
    while row < len(page.texts):
        head = _head_at(page, row, settings)
        if head:
            yield head
        row = head.bottom + 1 if head else row + 1


def _head_at(page: Page, row: int, settings: Settings) -> Head | None:
    """此处的表头 — day, act, and number or unit, in this row or merged into it; None where it is no head."""
    filled = page.filled(row)
    if sum(_meaning(page.text(row, column), settings) != NO_MATCH for column in filled) < 2:
        return None
    places = [page.covered.get((row, column), (row, column)) for column in range(page.width)]
    over = [place for place in places if page.text(*place)]
    top = min(place[0] for place in over)
    bottom = max(page.spans[place].bottom if place in page.spans else row for place in over)
    columns = tuple(
        one for column in range(page.width) if (one := _head_column(page, range(top, bottom + 1), column, settings))
    )
    found = {one.meaning for one in columns}
    named = not found.isdisjoint((Column.NO, Column.UNIT))
    return Head(top, bottom, columns) if named and {Column.ACT_DAY, Column.ACT} <= found else None


def _head_column(page: Page, rows: range, column: int, settings: Settings) -> HeadColumn | None:
    """一列的表头 — the lowest text over the column; None where there is none."""
    for row in reversed(rows):
        place = page.covered.get((row, column), (row, column))
        if text := page.text(*place):
            return HeadColumn(column, place, squeezed(text), text, "", _meaning(text, settings))
    return None


def _meaning(text: str, settings: Settings) -> Match:
    bare = clean(text)
    for word in (bare, core(bare)):
        if match := _MEANINGS.get(word):
            return match
        if word != _SERIAL and (column := _OFFICE_WORDS.get(settings.aliases.columns.get(word, Column.UNKNOWN))):
            return column, _OFFICE
    return NO_MATCH


def _settled(columns: Columns, sheet: Source) -> tuple[Columns, list[Finding]]:
    """定列 — of several headings that mean one column the likeliest is used; 序号 only counts the rows.

    Findings: H04 for two headings of which each might be meant, H16 for 序号 beside the number.
    """
    used: dict[Column, HeadColumn] = {}
    for one in sorted(columns, key=lambda one: -one.match[1]):
        used.setdefault(one.meaning, one)
    settled: list[HeadColumn] = []
    findings: list[Finding] = []
    for one in columns:
        first, source = used[one.meaning], sheet._replace(cell=address(*one.place))
        if one.word == _SERIAL and (number := used.get(Column.NO)):
            findings.append(Code.SERIAL_ASIDE.at(source, text=one.text, used=number.text))
            one = replace(one, aside=Reason.DOUBLE_COLUMN)
        elif one.match == NO_MATCH or one.place == first.place:
            pass
        elif one.match[1] < _OWN:
            one = replace(one, match=NO_MATCH)
        else:
            slots = {"meaning": _CALLED[one.meaning], "first": first.text, "second": one.text}
            findings.append(Code.HEADING_TWICE.at(source, **slots))
            one = replace(one, aside=Reason.DOUBLE_COLUMN)
        settled.append(replace(one, aside=Reason.UNKNOWN_COLUMN) if one.match == NO_MATCH and not one.aside else one)
    return tuple(settled), findings


# ---------------------------------------------------------------- 行 ----


def _read_rows(file: str, grid: Grid, section: Section, columns: Columns) -> Read:
    """读登记行 — every row below the head that fills a known column, but for repeated heads, bands and footers."""
    page, head = section.page, section.head
    heads = {one.index: {page.text(row, one.index) for row in range(head.top, head.bottom + 1)} for one in columns}
    used = {one.index: one.meaning for one in columns if one.aside is None}
    rows: list[Row] = []
    reasons: dict[int, Reason] = {}
    for number in range(head.bottom + 1, section.end):
        filled = page.filled(number)
        cells = _cells(page, number, head.bottom, used)
        if not filled or all(cell.inherited for found in cells.values() for cell in found):
            continue
        if all(page.text(number, column) in heads.get(column, ()) for column in filled) or _is_band(page, number):
            reasons[number] = Reason.HEADING
        elif Column.ACT not in cells and _FOOTER.match(page.text(number, filled[0]).strip()):
            reasons[number] = Reason.FOOTER
        else:
            rows.append(Row(file, page.sheet, number, cells, number in grid.hidden_rows))
    footer = tuple(number for number, reason in reasons.items() if reason is Reason.FOOTER)
    return Read(tuple(rows), reasons, footer, ())


def _cells(page: Page, row: int, head: int, used: dict[int, Column]) -> dict[Column, tuple[Cell, ...]]:
    """本行单元格 — its own, and those merged down into it from a row below the head."""
    cells: dict[Column, tuple[Cell, ...]] = {}
    for index, column in used.items():
        place = page.covered.get((row, index), (row, index))
        if page.text(*place) and place[1] == index and place[0] > head:
            cell = page.cell(*place)
            cells[column] = (*cells.get(column, ()), cell._replace(inherited=place[0] != row))
    return cells


_PERIOD = re.compile(r"(?:\d{4}年)?(?:[\d一二三四五六七八九十]{1,2}月份?|第?[一二三四1-4]季度)|\d{4}年")


def _is_band(page: Page, row: int) -> bool:
    """类别行 — a lone cell that is merged across several columns, or only names a month: 五月."""
    filled = page.filled(row)
    if len(filled) != 1:
        return False
    span, value = page.spans.get((row, filled[0])), page.value(row, filled[0])
    return (span is not None and span.right > span.left) or (
        isinstance(value, str) and bool(_PERIOD.fullmatch(value.strip()))
    )
