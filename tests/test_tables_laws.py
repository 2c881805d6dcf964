"""表的定律 — what holds for every sheet: no cell is lost, none is counted twice, nothing raises."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from rectify_tool.model import Grid, Mark, MarkKind, Span, Submission, Value
from tests.sheets import read

_WORDS = """
编号 序号 小项编号 问题 存在问题 反馈问题 问题类别 整改事项 整改措施 责任单位 牵头单位 配合单位 责任领导 整改时限
完成时间 进展情况 4月进展 5月进展 截至6月30日进展 第7期 是否完成 完成情况 备注 填报单位 姓名 联系电话 整改情况
同上 〃 合计 小计 填报人：某 填表说明： （盖章） 区财政局 一、落实责任方面 （一）主体责任 1-1 1 2 5月底前 已完成
责任单位：区财政局 进展情况：已完成 问题：账目不清 示例 附件1
"""
WORDS = st.sampled_from(_WORDS.split())
TEXTS = st.one_of(WORDS, WORDS, st.sampled_from(["", " ", "　", " ", "\n"]), st.text(max_size=6))
VALUES = st.one_of(
    st.none(),
    TEXTS,
    TEXTS,
    st.integers(-3, 12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
FORMATS = st.sampled_from(
    ["0%", "0.00", "General", "m-d", 'm"月"d"日"', "yyyy-mm-dd", "h:mm", "#,##0;[Red]-#", '"', "[", "@"]
)
SPANS = st.builds(lambda top, left, down, right: Span(top, left, top + down, left + right), *[st.integers(-1, 7)] * 4)


HEADS = st.sampled_from(
    [
        ("编号", "整改事项", "责任单位", "整改时限", "进展情况", "备注"),
        ("序号", "问题", "整改措施", "责任领导", "牵头单位", "配合单位", "时限"),
        ("序号", "问题类别", "反馈问题", "小项", "4月进展", "5月进展", "经办科室"),
        ("整改事项", "办理情况", "", "序号", "整改事项", "办理情况"),
        ("序号", "小项编号", "填报单位", "措施", "完成时间", "完成情况"),
        ("序号", "整改措施", "进展情况", "已完成", "整改中", "未启动"),
    ]
)
OFTEN = st.one_of(
    st.none(),
    st.none(),
    WORDS,
    st.sampled_from(["同上", "1", "2", "一", "（1）", "一、甲方面", "甲", "区财政局", "√", "×", "2016年5月18日"]),
)


@st.composite
def tables(draw: st.DrawFn) -> Grid:
    """A table as offices make them: title, head, rows with blanks and 同上, merges, groups, the head again."""
    head = draw(HEADS)
    body = draw(st.lists(st.lists(OFTEN, min_size=len(head), max_size=len(head)), max_size=9))
    title = draw(
        st.sampled_from([[], [("整改情况表",)], [("填报单位：区财政局", None, "填报日期：5月")], [("一、甲",)]])
    )
    rows = [*title, head, *map(tuple, body)]
    if draw(st.booleans()):
        rows.insert(draw(st.integers(0, len(rows))), head)
    merges = []
    for top in draw(st.lists(st.integers(0, len(rows) - 1), max_size=4)):
        left = draw(st.integers(0, len(head) - 1))
        right = draw(st.sampled_from([left, left, len(head) - 1]))
        merges.append(Span(top, left, top + draw(st.integers(0, 3)), right))
    return Grid("台账", tuple(rows), tuple(merges))


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    rows = draw(st.lists(st.lists(VALUES, max_size=7).map(tuple), max_size=9))
    if draw(st.booleans()):
        head = draw(st.lists(WORDS, min_size=2, max_size=7))
        rows.insert(draw(st.integers(0, len(rows))), tuple(head))
    places = [(r, c) for r, row in enumerate(rows) for c in range(len(row))]
    marks = draw(st.lists(st.sampled_from(places), max_size=2)) if places else []
    return Grid(
        draw(st.sampled_from(["Sheet1", "台账", "说明"])),
        tuple(rows),
        tuple(draw(st.lists(SPANS, max_size=5))),
        draw(st.booleans()) and draw(st.booleans()),
        frozenset(draw(st.sets(st.integers(0, 8), max_size=2))),
        frozenset(draw(st.sets(st.integers(0, 6), max_size=2))),
        tuple(Mark(*place, MarkKind.ERROR, "#N/A") for place in marks),
        draw(st.dictionaries(st.sampled_from(places), FORMATS, max_size=4)) if places else {},
    )


def written(grids: tuple[Grid, ...]) -> Counter[tuple[str, int, int]]:
    return Counter(
        (grid.sheet, row, column)
        for grid in grids
        for row, values in enumerate(grid.rows)
        for column, value in enumerate(values)
        if not is_blank(value)
    )


def is_blank(value: Value | None) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def accounted(found: Submission) -> Counter[tuple[str, int, int]]:
    used = Counter(
        (row.sheet, cell.row, cell.column)
        for row in found.rows
        for cells in row.cells.values()
        for cell in cells
        if not cell.inherited
    )
    return used + Counter((cell.sheet, cell.row, cell.column) for cell in found.set_aside)


@effort(max_examples=300, deadline=None)
@given(st.lists(st.one_of(tables(), grids()), max_size=2).map(tuple))
def test_every_cell_is_used_or_set_aside_exactly_once(sheets: tuple[Grid, ...]) -> None:
    assert accounted(read(*sheets)) == written(sheets)


@effort(max_examples=100, deadline=None)
@given(st.one_of(tables(), grids()))
def test_an_inherited_cell_points_at_a_cell_that_holds_something(grid: Grid) -> None:
    for row in read(grid).rows:
        for cells in row.cells.values():
            assert all(not is_blank(grid.rows[cell.row][cell.column]) for cell in cells)


@effort(max_examples=100, deadline=None)
@given(st.one_of(tables(), grids()))
def test_the_same_sheet_twice_is_read_the_same(grid: Grid) -> None:
    assert read(grid) == read(grid)


@effort(max_examples=100, deadline=None)
@given(tables(), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_no_as_of_day_stops_the_reading(grid: Grid, as_of: date) -> None:
    assert accounted(read(grid, as_of=as_of)) == written((grid,))


def test_the_values_tried_are_all_the_values_there_are() -> None:
    assert Value == str | int | float | bool | date | datetime | time | timedelta
