"""行类 — what each row below a table's head is: data, the name of a group, a repeated heading, a total, a footer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from rectify_tool.model import Column
from rectify_tool.tables.find import Section
from rectify_tool.tables.page import Page
from rectify_tool.tables.settle import Columns


class Kind(Enum):
    """行的种类 — what a row below the head is."""

    DATA = "数据"
    BAND = "类别"
    HEADING = "重复的表头"
    TITLE = "重复的标题"
    TOTAL = "合计"
    FOOTER = "表尾"
    EMPTY = "没有内容"


TEXTS = frozenset({Column.PROBLEM, Column.ITEM, Column.MEASURE})
"""Columns that say what a row is about."""

_NOT_CONTENT = frozenset({Column.NO, Column.ASPECT, Column.NOTE, Column.REPORTER, Column.UNIT})
"""Columns that alone make no data row: blank lines of a form carry a number, sometimes a unit."""


@dataclass(frozen=True, slots=True)
class Layout:
    """版式 — what the reading of each row needs to know of its table.

    Attributes:
        page: The sheet.
        body: The rows below the head.
        groups: Each column that is used, with the sheet's columns under it.
        meanings: The same by the sheet's column.
        present: The columns that are used.
        content: The sheet's columns one of which a row must fill to be data.
        first: The sheet's first column of the table.
        width: How many columns it spans.
        heads: The heading texts over each of the sheet's columns.
        titles: The texts above the head.
        down: (row, column) under a merge that begins in a row above → that row.
        ticks: The sheet's columns in which a tick says a state → the word it says.
    """

    page: Page
    body: range
    groups: tuple[tuple[Column, tuple[int, ...]], ...]
    meanings: dict[int, Column]
    present: frozenset[Column]
    content: frozenset[int]
    first: int
    width: int
    heads: dict[int, frozenset[str]]
    titles: frozenset[str]
    down: dict[tuple[int, int], int]
    ticks: dict[int, str]


def layout_of(section: Section, columns: Columns) -> Layout:
    """版式 — gathered once for a table, so that each row costs little."""
    page, head = section.page, section.head
    meanings = {one.index: one.meaning for one in columns if one.aside is None}
    present = frozenset(meanings.values())
    bare = _NOT_CONTENT if present & TEXTS else _NOT_CONTENT - {Column.NO}
    body = range(head.bottom + 1, section.end)
    return Layout(
        page=page,
        body=body,
        groups=tuple(
            (column, tuple(at for at in meanings if meanings[at] is column))
            for column in dict.fromkeys(meanings.values())
        ),
        meanings=meanings,
        present=present,
        content=frozenset(at for at, meaning in meanings.items() if meaning not in bare),
        first=columns[0].index,
        width=columns[-1].index + 1 - columns[0].index,
        heads={
            column: frozenset(page.text(row, column).strip() for row in range(head.top, head.bottom + 1)) - {""}
            for column in range(page.width)
        },
        titles=frozenset(cell.text.strip() for cell in page.cells(range(section.start, head.top))),
        down=_merged_down(page, body),
        ticks={one.index: one.tick for one in columns if one.tick and one.aside is None},
    )


def kinds_of(layout: Layout) -> dict[int, Kind]:
    """各行是什么 — the kind of every row below the head that is not blank, from the top."""
    kinds = {row: kind for row in layout.body if (kind := _kind(layout, row))}
    following: int | None = None
    for row in reversed(kinds):
        if kinds[row] in (Kind.DATA, Kind.EMPTY) and _names_group(layout, row, following):
            kinds[row] = Kind.BAND
        elif kinds[row] is Kind.DATA:
            following = row
    kinds |= dict.fromkeys(_signature(layout, kinds), Kind.FOOTER)
    last = max((row for row, kind in kinds.items() if kind is Kind.DATA), default=-1)
    return kinds | _below_the_table({row: kind for row, kind in kinds.items() if row > last})


def _merged_down(page: Page, body: range) -> dict[tuple[int, int], int]:
    """向下合并 — (row, column) under a merge that begins in a row above → that row; only the merge's first column."""
    return {
        (row, left): top
        for (top, left), span in page.spans.items()
        if span.bottom > top and top in body
        for row in range(top + 1, span.bottom + 1)
    }


def _kind(layout: Layout, row: int) -> Kind | None:
    """这一行是什么 — None for a blank row."""
    texts = layout.page.texts[row]
    filled = [column for column, text in enumerate(texts) if text]
    if not filled:
        return None
    first = texts[filled[0]].strip()
    if first in layout.heads[filled[0]] and all(texts[at].strip() in layout.heads[at] for at in filled):
        return Kind.HEADING
    if len(filled) <= _FEW and len(first) > _FEW and first in layout.titles:
        return Kind.TITLE
    if _is_total(first) or (len(filled) > 1 and _is_total(texts[filled[1]].strip())):
        return Kind.TOTAL
    if _is_footer(first, len(filled)) or _is_note(layout, texts, filled):
        return Kind.FOOTER
    if _EXAMPLE.fullmatch(first) or (row == layout.body.start and _counts_columns(texts, filled)):
        return Kind.HEADING
    return Kind.DATA if _has_content(layout, row, filled) else Kind.EMPTY


_FEW = 4
_MOST_IN_NOTE = 3
_TOTAL = re.compile(
    r"(?:本页|本表|全区|全县|全市|以上)?(?:[合小总共累]\s*计)(?:\s*[:：]?|[:：]?\s*\d+\s*[项个件]?.{0,6})"
)
_FOOTER = re.compile(
    r"(?:(?:单位|部门)?(?:审核|审批|审签|填报|填表|制表|经办|报送|联系|签发|复核|校对|填写|统计)\s*(?:人员?|领导|电话|单位|部门|日期|时间)?"
    r"|(?:单位|部门)?(?:主要|分管|有关)?(?:负责人|负责同志|领导)(?:签[字名])?|联\s*系\s*方\s*式|电\s*话|日\s*期|签\s*[字名章]|盖\s*章|公\s*章"
    r"|抄\s*送|抄\s*报|主\s*送|分\s*送|填[报表写]?(?:说明|要求|须知)|(?:有关|几点)?说\s*明|注意事项|备\s*注|附\s*注|注\s*\d?|附件\s*\d*)"
    r"\s*(?:[（(][^（()）]{0,12}[)）])?\s*[:：]"
)
_SEAL = re.compile(
    r".{0,30}[（(]\s*(?:单位)?\s*(?:盖\s*章|公\s*章|签\s*[字章])\s*[)）].{0,30}|(?:单位)?(?:盖章|公章|签章)"
)
_NOTE = re.compile(r"(?:填[报表写])?(?:备\s*注|附\s*注|注|说\s*明)")
_ISSUED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\s*(?:印发|印制|印|制)")
_NOTHING_BELOW = re.compile(r"[（(]?(?:以下空白|此页无正文|以下无正文)[)）]?")
_EXAMPLE = re.compile(r"(?:填写)?(?:示例|样例|范例)|例|[（(]例[)）]|例如")


def _is_total(text: str) -> bool:
    return len(text) < 24 and _TOTAL.fullmatch(text) is not None


def _is_footer(text: str, filled: int) -> bool:
    return _FOOTER.match(text) is not None or (filled <= _FEW and _SEAL.fullmatch(text) is not None)


def _is_note(layout: Layout, texts: list[str], filled: list[int]) -> bool:
    """表后文字 — a label 备注 with its sentence beside it, the line of issue (某日印发), 以下空白."""
    first = texts[filled[0]].strip()
    if len(filled) > _MOST_IN_NOTE:
        return False
    note = len(filled) > 1 and filled[0] <= layout.first + 1 and _NOTE.fullmatch(first) is not None
    by_office = (
        _ORGAN.fullmatch(first) and layout.meanings.get(filled[0]) not in TEXTS
    )  # a matter there makes it a reply
    issued = len(filled) == 2 and by_office and _ISSUED.fullmatch(texts[filled[1]].strip())
    return note or bool(issued) or _NOTHING_BELOW.fullmatch(first) is not None


def _counts_columns(texts: list[str], filled: list[int]) -> bool:
    """栏次 — a row under the head that only numbers the columns: 1, 2, 3."""
    numbers = [texts[column].strip("（）() ") for column in filled]
    if numbers[0] in ("栏次", "栏号"):
        return True
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _has_content(layout: Layout, row: int, filled: list[int]) -> bool:
    """有内容 — it says something of an item, or anything known under a merge that does."""
    if not layout.content.isdisjoint(filled):
        return True
    known = any(column in layout.meanings for column in filled)
    return known and any((row, column) in layout.down for column in layout.content)


def _names_group(layout: Layout, row: int, following: int | None) -> bool:
    """类别行 — a row that only names a group, perhaps with its number: merged across, in a first column, or a problem
    whose measures stand in the rows below.

    A number must be told apart from those of the rows below (一 over 1, 1 over （1）): else it is an item's.
    """
    texts = layout.page.texts[row]
    if len(texts) - texts.count("") > _MOST_IN_GROUP:
        return False
    filled = layout.page.filled(row)
    numbers = [column for column in filled if layout.meanings.get(column) is Column.NO]
    names = [column for column in filled if column not in numbers] or numbers
    if len(names) > 1 or any((row, column) in layout.down for column in layout.meanings):
        return False
    name, numbered = names[0], len(filled) > 1
    if BARE_NUMBER.fullmatch(layout.page.text(row, name)):
        return False
    if numbered:
        chinese = _number_style(layout.page.text(row, numbers[0])) == _CHINESE
        apart = _numbers_apart(layout, row, following)
        return apart and (chinese or is_wide(layout, row, name) or _heads_group(layout, name, following))
    first = name <= layout.first
    alone = first and layout.meanings.get(name) in (Column.NO, None) and len(layout.page.text(row, name)) > 2
    return alone or (first and is_wide(layout, row, name)) or _heads_group(layout, name, following)


def is_wide(layout: Layout, row: int, column: int) -> bool:
    """横贯 — whether a cell is merged across more than half of the table."""
    span = layout.page.spans.get((row, column))
    return span is not None and (span.right - span.left + 1) * 2 > layout.width


def _heads_group(layout: Layout, column: int, following: int | None) -> bool:
    """其下有分项 — an aspect or problem, in a table that has items or measures, over a row that leaves it blank."""
    meaning = layout.meanings.get(column)
    if meaning not in (Column.ASPECT, Column.PROBLEM) or following is None or not layout.present & TEXTS - {meaning}:
        return False
    return not layout.page.seen(following, column)


def _numbers_apart(layout: Layout, row: int, following: int | None) -> bool:
    """编号不连着 — whether the number of the row below is of another style, begins again at 1, or is blank."""
    if following is None:
        return False
    own, below = (
        "".join(
            layout.page.text(at, column).strip() for column in layout.meanings if layout.meanings[column] is Column.NO
        )
        for at in (row, following)
    )
    return _number_style(own) != _number_style(below) or below.strip("（）()、.") in ("1", "一", "")


BARE_NUMBER = re.compile(r"[\s\d.．、\-－—()（）一二三四五六七八九十①-⑳]+")
_MOST_IN_GROUP = 2  # a name and its number
_CHINESE = 0
_NUMBER_STYLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"第?[一二三四五六七八九十]+[、.]?",
        r"[（(][一二三四五六七八九十]+[)）]",
        r"\d+[、.．]?",
        r"[（(]\d+[)）]|[①-⑳]",
        r"\d+[-－—.]\d+.*",
    )
)


def _number_style(number: str) -> int:
    return next((at for at, style in enumerate(_NUMBER_STYLES) if style.fullmatch(number)), len(_NUMBER_STYLES))


def _signature(layout: Layout, kinds: dict[int, Kind]) -> tuple[int, ...]:
    """落款 — the last rows where they hold nothing but an organ's name and a day, not under the heading of such.

    With a day among them, or below a footer, they are a signature wherever they stand, but for a lone day under a
    heading for days.
    """
    rows: list[int] = []
    for row in reversed(kinds):
        if kinds[row] is Kind.DATA:
            if not _may_sign(layout, row):
                break
            rows.append(row)
        elif rows and kinds[row] is Kind.FOOTER:
            return tuple(rows)
    cells = [(layout.meanings.get(at), layout.page.text(row, at)) for row in rows for at in layout.page.filled(row)]
    if len(cells) > 1 and any(_DAY.fullmatch(text.strip()) for _, text in cells):
        return tuple(rows)
    return tuple(rows) if not any(meaning in _NAMES_AND_DAYS for meaning, _ in cells) else ()


def _may_sign(layout: Layout, row: int) -> bool:
    filled = layout.page.filled(row)
    if any((row, column) in layout.down for column in layout.meanings):
        return False
    return all(
        layout.meanings.get(at) not in TEXTS and bool(_DAY.fullmatch(text) or _ORGAN.fullmatch(text))
        for at in filled
        for text in [layout.page.text(row, at).strip()]
    )


_DAY = re.compile(
    r"\d{0,4}\s*年\s*\d{0,2}\s*月\s*\d{0,2}\s*日|\d{4}[-./]\d{1,2}[-./]\d{1,2}|[二〇○零一三四五六七八九十]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_ORGAN = re.compile(
    r"(?!.*[已未报送交请按由经])[\u4e00-\u9fff]{2,28}(?:局|委|办|部|室|院|队|中心|政府|党组|委员会|厅|处|站|所|联|公司|街道|镇|乡)"
    r"\s*(?:[（(](?:盖章|公章|章)[)）])?"
)
_NAMES_AND_DAYS = frozenset(
    {
        Column.UNIT,
        Column.LEAD,
        Column.UNITS,
        Column.PERSON,
        Column.LEADER,
        Column.DEADLINE,
        Column.FINISHED,
        Column.CLOSED_ON,
        Column.EXTENDED_TO,
    }
)


def _below_the_table(kinds: dict[int, Kind]) -> dict[int, Kind]:
    """表尾 — below the last data row what looked like a group is a footer, and so is what follows one."""
    ended = False
    below: dict[int, Kind] = {}
    for row, kind in kinds.items():
        ended = ended or kind in (Kind.FOOTER, Kind.BAND)
        below[row] = Kind.FOOTER if ended and kind in (Kind.BAND, Kind.EMPTY) else kind
    return below
