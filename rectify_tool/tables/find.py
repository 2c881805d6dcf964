"""找表 — where the tables lie in a sheet: the head of each, what stands above it, where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rectify_tool.model import Column
from rectify_tool.tables.headings import KNOWN, NO_MATCH, Aliases, best, is_alias
from rectify_tool.tables.page import Page, Place
from rectify_tool.tables.settle import HeadColumn, matched
from rectify_tool.tables.ticks import is_state, with_ticks

TELLING = frozenset(
    {
        Column.PROBLEM,
        Column.ITEM,
        Column.MEASURE,
        Column.GOAL,
        Column.LEAD,
        Column.UNITS,
        Column.LEADER,
        Column.DEADLINE,
        Column.PROGRESS,
        Column.STATUS,
        Column.FINISHED,
        Column.CLOSED_ON,
    }
)
"""Columns that tell a table of rectification; at least two of them, or a number and what was done about it."""

KEY = frozenset({Column.PROBLEM, Column.ITEM, Column.MEASURE, Column.DEADLINE, Column.PROGRESS, Column.STATUS})
"""Columns without which a table is of quite another kind (a list of contacts, a payroll)."""

_REPLIES = frozenset({Column.PROGRESS, Column.STATUS})


@dataclass(frozen=True, slots=True)
class Head:
    """表头区 — the heading rows of a table, both ends inclusive, and its columns from the left."""

    top: int
    bottom: int
    columns: tuple[HeadColumn, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """一张表的范围 — rows from ``start`` to before ``end``: title, head, data and footers of one table."""

    page: Page
    start: int
    head: Head
    end: int


def find_sections(page: Page, aliases: Aliases) -> tuple[Section, ...]:
    """找表 — the tables of a sheet, from the top; tables side by side come one after the other."""
    heads = list(_heads(page, aliases))
    if heads and (gap := _side_by_side(heads[0])):
        left, right = (find_sections(page.window(*part), aliases) for part in ((0, gap), (gap, page.width)))
        if left and right:
            return (*left, *right)
    heads = _without_repeats(page, heads)
    starts = [0, *(_title_start(page, upper, lower.top) for upper, lower in pairwise(heads))]
    ends = [*starts[1:], len(page.texts)]
    return tuple(Section(page, *three) for three in zip(starts, heads, ends, strict=True)) if heads else ()


def is_head(columns: tuple[HeadColumn, ...]) -> bool:
    """像不像表头 — whether these headings are those of a table of rectification."""
    known = [one for one in columns if one.match != NO_MATCH]
    meanings = {one.meaning for one in known}
    if len(known) * 3 < len(columns) or not meanings & KEY or _is_line_of_form(columns):
        return False
    if all(_GENERAL.fullmatch(one.word) for one in known if one.meaning in KEY):
        return False
    return len(meanings & TELLING) > 1 or (Column.NO in meanings and bool(meanings & _REPLIES))


def _is_line_of_form(columns: tuple[HeadColumn, ...]) -> bool:
    """竖表的一行 — label, value, label, value: every other cell is known, or some end in a colon and not all are."""
    known = [one.match != NO_MATCH for one in columns]
    labelled = any(one.leaf.rstrip().endswith(("：", ":")) for one in columns if one.match != NO_MATCH)
    alternating = len(known) > 3 and all(known[::2]) and not any(known[1::2])
    return alternating or (labelled and not all(known))


_GENERAL = re.compile("项目名称|说明|状态|问题|任务|任务名称|进度|目标|事项|截止日期|截止时间|结束时间|时间要求|节点")
"""Headings also found in tables of any other kind: alone they make no table of rectification."""

_LONGEST_HEADING = 120
_LONGEST_LEAF = 60
_LONGEST_TITLE_LINE = 30
_DEEPEST = 3
_LOOK_CLOSELY = 30
_LABEL_LINE = re.compile(r"[：:]\s*\S|(?:填报|填表|报送|制表|上报|审核|联系)\S{0,4}\s*[：:]\s*$")
_BRACKETED = re.compile(r"[（(].*?(?:[)）]|$)", re.DOTALL)
_DATA_LIKE = re.compile(r"^[\d.,%()（）\-－—/]+$")


def _heads(page: Page, aliases: Aliases) -> Iterator[Head]:
    row, looked, found = 0, 0, False
    while row < len(page.texts):
        head = None
        if _could_be_heading(page, row):
            looked += 1
            close = not found and looked <= _LOOK_CLOSELY
            if close or _plain_headings(page, row, aliases) > 1 or _plain_headings(page, row + 1, aliases) > 1:
                head = _head_at(page, row, aliases)
        if head:
            yield head
            found = True
        row = head.bottom + 1 if head else row + 1


def _could_be_heading(page: Page, row: int) -> bool:
    """可能是表头行 — several texts, none of them long, the first no number: what most data rows are not."""
    texts = [text for text in page.texts[row] if text]
    if len(texts) < 2 or _DATA_LIKE.match(texts[0]) or max(map(len, texts)) > _LONGEST_HEADING:
        return False
    return not any(_is_labelled(text) for text in texts)


def _is_labelled(text: str) -> bool:
    """带冒号的一栏 — 填报单位：区财政局; a colon inside the brackets of a heading does not count."""
    return _LABEL_LINE.search(_BRACKETED.sub("", text)[:_LONGEST_TITLE_LINE]) is not None


def _plain_headings(page: Page, row: int, aliases: Aliases) -> int:
    return sum(is_alias(text, aliases) for text in page.texts[row] if text) if row < len(page.texts) else 0


def _head_at(page: Page, top: int, aliases: Aliases) -> Head | None:
    """此处的表头 — the head whose first row is ``top``, of as many rows as belong to it; None where there is none."""
    depth = 1
    while depth < _DEEPEST and _continues(page, top, top + depth, aliases):
        depth += 1
    bottom = top + depth - 1
    columns = with_ticks(_columns(page, range(top, bottom + 1), aliases), page, bottom, aliases)
    return Head(top, bottom, (*_nameless_number(page, bottom, columns), *columns)) if is_head(columns) else None


def _continues(page: Page, top: int, row: int, aliases: Aliases) -> bool:
    """表头未完 — whether ``row`` still belongs to the head that begins at ``top``.

    It does where headings above are merged down into it, or where everything in it is a known heading and stands
    under a blank or under a heading that spans several columns.
    """
    if row >= len(page.texts):
        return False
    filled = page.filled(row)
    texts = [page.texts[row][column].strip() for column in filled]
    if not filled or any(_DATA_LIKE.match(text) or len(text) > _LONGEST_LEAF for text in texts):
        return False
    over = (page.covered.get((row, column)) for column in range(page.width))
    if any(first and top <= first[0] < row for first in over):
        return True
    texts_over = [(page.texts[row][column], _parent(page, top, row, column)) for column in filled]
    known = all(best(*one, aliases)[1] >= KNOWN or is_state(*one, aliases) for one in texts_over)
    return known and all(
        _stands_under(page, row, column) and page.text(row, column) != page.text(row - 1, column) for column in filled
    )


def _stands_under(page: Page, row: int, column: int) -> bool:
    """在上级表头之下 — the cell above is blank, or spans several columns by a merge or by blanks to its right."""
    above = page.covered.get((row - 1, column), (row - 1, column))
    span = page.spans.get(above)
    if span and span.right > span.left:
        return True
    text = page.text(row - 1, column)
    return not text or (not span and not page.text(row - 1, column + 1) and bool(page.text(row, column + 1)))


def _columns(page: Page, rows: range, aliases: Aliases) -> tuple[HeadColumn, ...]:
    found = (_head_column(page, rows, column) for column in range(page.width))
    return tuple(matched(one, aliases) for one in found if one)


def _nameless_number(page: Page, bottom: int, columns: tuple[HeadColumn, ...]) -> tuple[HeadColumn, ...]:
    """没有表头的编号列 — the column before the first heading, where it holds numbers and no heading says 编号."""
    before = columns[0].index - 1 if columns else -1
    if before < 0 or any(one.meaning is Column.NO for one in columns):
        return ()
    below = [text for row in range(bottom + 1, bottom + 1 + _LOOK_CLOSELY) if (text := page.text(row, before))]
    if not below or not all(_NUMBER.fullmatch(text.strip()) for text in below[:_SAMPLE]):
        return ()
    return (HeadColumn(before, (bottom, before), "（空白）", "", "", (Column.NO, KNOWN)),)


_NUMBER = re.compile(r"[（(]?\d{1,3}(?:[-－—.]\d{1,3})*[)）]?")
_SAMPLE = 5


def _head_column(page: Page, rows: range, column: int) -> HeadColumn | None:
    """一列的表头 — the headings over one column, from the top, each cell once; None where there are none."""
    places: list[Place] = []
    for row in rows:
        place = page.covered.get((row, column), (row, column))
        if place[0] >= rows.start and place not in places and page.text(*place):
            places.append(place)
    if not places:
        return None
    leaf = page.text(*places[-1])
    parents = [page.text(*place) for place in places[:-1]]
    if not parents and places[-1][0] > rows.start:
        parents = [text] if (text := _parent(page, rows.start, places[-1][0], column)) else []
    text = "/".join(squeezed(one) for one in (*parents, leaf))
    return HeadColumn(column, places[-1], text, leaf, parents[-1] if parents else "", NO_MATCH)


def _parent(page: Page, top: int, row: int, column: int) -> str:
    """上级表头 — the heading over a cell: merged over it, or written once over the first of several columns."""
    for above in range(row - 1, top - 1, -1):
        if text := page.seen(above, column):
            return text
        left = next((at for at in range(column - 1, -1, -1) if page.seen(above, at)), None)
        if left is not None and not page.spans and all(page.text(row, at) for at in range(left, column)):
            return page.text(above, left)
    return ""


def squeezed(text: str) -> str:
    """一行写下 — a heading without the blanks and line breaks that only serve its layout."""
    return re.sub(r"\s+", "", text)


def _side_by_side(head: Head) -> int | None:
    """并排的表 — the column where a second table begins beside the first, after a gap, with the same headings."""
    for left, right in pairwise(head.columns):
        if right.index - left.index > 1:
            first = tuple(one for one in head.columns if one.index < right.index)
            second = tuple(one for one in head.columns if one.index >= right.index)
            shared = {one.meaning for one in first} & {one.meaning for one in second} - {Column.UNKNOWN}
            if is_head(first) and is_head(second) and len(shared) > 1:
                return right.index
    return None


def _without_repeats(page: Page, heads: list[Head]) -> list[Head]:
    """去掉重复的表头 — a head printed again on each page begins no new table, unless it names another unit above."""
    kept: list[Head] = []
    titles: set[str] = set()
    for head in heads:
        last = kept[-1] if kept else None
        start = _title_start(page, last, head.top) if last else 0
        named = {cell.text for cell in page.cells(range(start, head.top)) if _NAMES_UNIT.search(cell.text)}
        if last is None or _wording(head) != _wording(last) or named - titles:
            kept.append(head)
        titles |= named
    return kept


_NAMES_UNIT = re.compile(r"(?:单位|部门)\s*[：:]\s*\S")


def _wording(head: Head) -> tuple[tuple[int, str], ...]:
    return tuple((column.index, column.text) for column in head.columns)


def _title_start(page: Page, upper: Head, top: int) -> int:
    """下一张表从哪行起 — the first of the lines right above a head that are its title, not the table's before it."""
    start = top
    for row in range(top - 1, upper.bottom, -1):
        filled = page.filled(row)
        if filled and not _is_title_line(page, row, filled, upper):
            break
        if not filled and start < top:
            break
        start = row if filled else start
    return start


def _is_title_line(page: Page, row: int, filled: list[int], upper: Head) -> bool:
    if any(_is_labelled(page.text(row, column)) for column in filled):
        return len(filled) <= _MOST_LABELS
    return len(filled) == 1 and filled[0] <= upper.columns[0].index


_MOST_LABELS = 4
