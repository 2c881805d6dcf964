"""编号 — what number a row bears, however it was written and whatever the spreadsheet made of it.

A number is problem-item in Arabic numerals (4-2). Spreadsheets spoil numbers: 4-2 becomes a date, 1.10 becomes 1.1,
(1) becomes −1. They are read back by format and position, and said so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize

from rectify_tool.findings import Code
from rectify_tool.model import Column, Finding, Row, Value

Parts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ItemNumber:
    """编号读法 — the parts a number can mean, likeliest first; empty where the text is no number.

    ``spoiled`` is True where the spreadsheet has changed what was typed, so that the reading wants a look.
    """

    readings: tuple[Parts, ...]
    spoiled: bool = False

    @property
    def parts(self) -> Parts:
        """最可能的读法 — () where there is none."""
        return self.readings[0] if self.readings else ()


NO_NUMBER = ItemNumber(())


# ---------------------------------------------------------------- 一个编号 ----

_HAN = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_HAN_NUMBER = r"[一二三四五六七八九]?[十廿][一二三四五六七八九]?|[一二三四五六七八九]"
_ONE = rf"(?:\d{{1,3}}|{_HAN_NUMBER})"
_LABEL = r"(?:第|问题|小项|事项|序号|编号|任务|措施|整改任务|整改问题|[A-Za-z]{1,4}[-.]?)?"
_WHOLE = re.compile(rf"^{_LABEL}\(?{_ONE}(?:[-./_~、,()]+{_ONE}){{0,3}}\)?(?:项|条|号|个|类)?(?:问题|小项)?[、.):,]*$")
_MONTH, _DAY = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
_TYPED_DATE = re.compile(
    rf"^(?P<year>(?:19|20)\d\d)[-/.年](?P<month>{_MONTH})[-/.月](?P<day>{_DAY})日?(?:[ T]?00?:00(?::00)?)?$"
    rf"|^(?P<month_only>{_MONTH})月(?P<day_only>{_DAY})日$"
)
_ENGLISH_DATE = re.compile(
    r"^(?:(?P<day>\d{1,2})-(?P<month>[A-Za-z]{3})|(?P<month_first>[A-Za-z]{3})-(?P<last>\d{1,2}))$"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_USUAL = re.compile(r"([1-9][0-9]?)-([1-9][0-9]?)")
"""4-2 — as nearly all tables write it; read without the six steps the other ways of writing need."""

_AT_LABEL = re.compile(rf"^{_LABEL}")
_EVERY_ONE = re.compile(_ONE)
_SERIAL_FROM, _SERIAL_TO = 36526, 55153  # 2000-01-01 to 2050-12-31 as spreadsheet days


def read_number(text: str, value: Value | None = None) -> ItemNumber:
    """读编号 — the number one cell holds: 4-2, 4.2, （4-2）, 第4项, 一、1, ①, or what the spreadsheet made of it.

    Args:
        text: The cell as shown.
        value: The cell's value; a date or a number tells what the spreadsheet has done. None: the text is all there is.

    Returns:
        Every reading, likeliest first. A date 2016-04-02 was 4-2; on the first of a month it may have been 13-4 or
        4-31 as well. The number 1.1 may have been 1.10; −1 was (1).
    """
    if isinstance(value, datetime | date):
        return ItemNumber(_date_readings(value.year, value.month, value.day), spoiled=True)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _read_figure(text, float(value))
    return _read_text(text)


def _date_readings(year: int, month: int, day: int) -> tuple[Parts, ...]:
    if day != 1:
        return ((month, day),)
    return (month, 1), (year % 100, month), (month, year % 100)


def _read_figure(text: str, figure: float) -> ItemNumber:
    if figure < 0 and figure.is_integer():
        return ItemNumber(((int(-figure),),), spoiled=True)
    if _SERIAL_FROM <= figure <= _SERIAL_TO and figure.is_integer():
        day = date.fromordinal(date(1899, 12, 30).toordinal() + int(figure))
        return ItemNumber(_date_readings(day.year, day.month, day.day), spoiled=True)
    shown = _read_text(text)
    if len(shown.parts) != 2 or not re.fullmatch(r"\d+\.[1-9]", text.strip()):
        return shown
    problem, item = shown.parts
    return ItemNumber(((problem, item), (problem, item * 10)))


@lru_cache(maxsize=65536)
def _read_text(text: str) -> ItemNumber:
    if usual := _USUAL.fullmatch(text):
        return ItemNumber(((int(usual[1]), int(usual[2])),))
    plain = _plain(text)
    if (dated := _typed_date(plain)) is not None:
        return dated
    if re.fullmatch(r"-\d{1,2}", plain):
        return ItemNumber(((int(plain[1:]),),), spoiled=True)
    if not _WHOLE.match(plain):
        return NO_NUMBER
    parts = tuple(_figure(part) for part in _EVERY_ONE.findall(_AT_LABEL.sub("", plain)))
    return ItemNumber((parts[:-1] if len(parts) == 2 and parts[1] == 0 else parts,)) if parts[0] else NO_NUMBER


def _typed_date(plain: str) -> ItemNumber | None:
    """A date that stands as text, as a spreadsheet leaves it in a CSV file: 2016-04-02, 4月2日, 2-Apr."""
    if (typed := _TYPED_DATE.match(plain)) and typed["year"]:
        return ItemNumber(_date_readings(*(int(typed[part]) for part in ("year", "month", "day"))), spoiled=True)
    if typed:
        return ItemNumber(((int(typed["month_only"]), int(typed["day_only"])),), spoiled=True)
    english = _ENGLISH_DATE.match(plain)
    name = (english["month"] or english["month_first"]).lower() if english else ""
    if english is None or name not in _MONTHS:
        return None
    return ItemNumber(((_MONTHS.index(name) + 1, int(english["day"] or english["last"])),), spoiled=True)


_CIRCLED = re.compile(r"[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]")


def _plain(text: str) -> str:
    """Half-width, without blanks, every dash a hyphen, ① as (1)."""
    opened = _CIRCLED.sub(lambda mark: "(" + normalize("NFKC", mark[0]).strip("().") + ")", text)
    opened = re.sub(r"[❶-❿]", lambda mark: str(ord(mark[0]) - ord("❶") + 1), opened)
    return (
        re.sub(r"\s+", "", re.sub(r"[—–－−‐‑―﹣]+", "-", normalize("NFKC", opened)))
        .replace("。", ".")
        .replace("·", ".")
    )


def _figure(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.replace("廿", "二十").rpartition("十")
    return (10 * _HAN.get(tens, 1) if ten else 0) + _HAN.get(ones, 0)


# ---------------------------------------------------------------- 文字开头的编号 ----

_LEADING = re.compile(
    rf"^\s*(?:{_LABEL}(?P<many>\d{{1,3}}(?:[-.][1-9]\d{{0,2}}){{1,2}})(?=[\s、.:,)]|[一-鿿])(?!\s*[月日年亿万千百个%元倍季周天次级届版至到])[\s、.:,)]*"
    rf"|(?P<bracket>\({_ONE}\))[、.:]?"
    rf"|(?:问题|小项|事项|任务|措施)(?P<named>{_ONE})(?=[\s、:.)])[\s、:.)]*"
    rf"|第?(?P<one>{_ONE})(?:个问题|项|条)?(?:[、:)]|\.(?!\d)|\.(?=20\d\d年)|(?<=[项条题])\s))\s*"
)


def leading_number(text: str) -> Parts:
    """开头编号 — the number a text begins with (“4. 关于…”, “（二）…”, “问题4：”); () if none.

    A figure that belongs to the words (15个问题, 1.5亿元, 1-3月) is no number.
    """
    found = _find_leading(text)
    return found[0] if found else ()


def without_number(text: str) -> str:
    """去掉开头编号 — the text as typed after its leading number."""
    found = _find_leading(text)
    return found[1] if found else text.strip()


_OTHER_WORD = re.compile(r"\s*(?![第问小事任措序编整一二三四五六七八九十廿])[\u4e00-\u9fff]")
"""不会是编号的开头 — a Chinese character no numbering begins with; tells most texts without making them half-width."""


@lru_cache(maxsize=32768)
def _find_leading(text: str) -> tuple[Parts, str] | None:
    if _OTHER_WORD.match(text):
        return None
    plain = _CIRCLED.sub(lambda mark: "(" + normalize("NFKC", mark[0]).strip("().") + ")", text)
    plain = normalize("NFKC", plain).replace("—", "-").replace("–", "-").replace("．", ".")
    found = _LEADING.match(plain)
    if not found or not plain[found.end() :].strip():
        return None
    written = found["many"] or found["bracket"] or found["named"] or found["one"]
    return tuple(_figure(part) for part in _EVERY_ONE.findall(written)), plain[found.end() :].strip()


# ---------------------------------------------------------------- 一张表的编号 ----


@dataclass(frozen=True, slots=True)
class _Line:
    """待编号的一行 — what one row says of its number, and which aspect and problem it stands under."""

    row: Row
    number: ItemNumber
    aspect: str
    problem: Hashable


@dataclass(frozen=True, slots=True)
class _Given:
    """给出的编号 — an item's number, whether any of it was given by position, and in place of which serial number."""

    parts: Parts
    counted: bool = False
    serial: int | None = None


def number_items(rows: Sequence[Row]) -> tuple[tuple[str | None, ...], tuple[Finding, ...]]:
    """编号归一 — the number of every row of a breakdown.

    Returns:
        One number per row, in Arabic numerals: problem-item, or aspect-problem-item where problems restart in each
        aspect, or the single number of a one-level table; None for a row that says nothing to number. A running
        number beside problems without numbers of their own is a one-level table's. Rows under one merged full number
        bear the same number: they are one item. Findings: N01 where a spoiled number was read back, N08 for a number
        used twice, N09 once per table for numbers given by position, N11 where a running number stands beside them.
    """
    lines = _settled(_lines(rows))
    given = _with_aspects(lines, _numbered(lines))
    final, repeated = _unrepeated(lines, given)
    findings = (*_spoiled(lines, final), *repeated, *_counted(lines, given, final))
    numbers = {id(line.row): "-".join(map(str, parts)) for line, parts in zip(lines, final, strict=True)}
    return tuple(numbers.get(id(row)) for row in rows), findings


def serial_numbers(rows: Sequence[Row]) -> tuple[int, ...]:
    """全表顺序号 — the running number of every row (1, 2, 3 … one a row over the whole table); () where there is none.

    It starts again with another sheet or aspect at most; a number merged over several rows, or typed again in each
    row of its problem, is no running number.
    """
    numbers = [row_number(row).parts for row in rows]
    if not rows or any(len(parts) != 1 for parts in numbers):
        return ()
    places = [(row.file, row.sheet, row.text(Column.ASPECT).strip()) for row in rows]
    steps = zip(pairwise(numbers), pairwise(places), strict=True)
    running = all(one < other or before != after for (one, other), (before, after) in steps)
    return tuple(parts[0] for parts in numbers) if running else ()


_CONTENT = (Column.ITEM, Column.MEASURE, Column.PROBLEM, Column.GOAL)


def _lines(rows: Sequence[Row]) -> list[_Line]:
    lines: list[_Line] = []
    for row in rows:
        number = row_number(row)
        if not number.readings and not any(row.typed(column).strip() for column in _CONTENT):
            continue
        aspect, problem = row.text(Column.ASPECT).strip(), row.text(Column.PROBLEM).strip()
        lines.append(_Line(row, number, aspect, (aspect, problem) if problem else None))
    return lines


def row_number(row: Row) -> ItemNumber:
    """行内编号 — from the number column, else from the beginning of the item's or measure's own words if it is full."""
    written = NO_NUMBER
    for cell in row.cells.get(Column.NO, ()):
        written = read_number(cell.text, cell.value)
        if not written.readings and (parts := leading_number(cell.text)):
            written = ItemNumber((parts,))
        if written.readings:
            break
    if len(written.parts) < 2:
        own = next((parts for column in _CONTENT[:2] if len(parts := leading_number(row.text(column))) > 1), ())
        return ItemNumber((own,)) if own else written
    return written


def _settled(lines: list[_Line]) -> list[_Line]:
    """Choose among several readings by what stands around them: the problem's own number, the number before."""
    settled: list[_Line] = []
    before: Parts = ()
    for line in lines:
        problem = leading_number(line.row.text(Column.PROBLEM))[-1:]
        expected = _expected(before)
        parts = min(
            line.number.readings,
            key=lambda way: (
                problem != way[:1] and bool(problem),
                way not in expected,
                line.number.readings.index(way),
            ),
            default=(),
        )
        back = line.number.spoiled or parts != line.number.parts
        number = ItemNumber((parts,), back) if parts else NO_NUMBER
        settled.append(line if number == line.number else replace(line, number=number))
        before = parts or before
    return settled


def _expected(before: Parts) -> tuple[Parts, ...]:
    return ((*before[:-1], before[-1] + 1), (*before[:-2], before[-2] + 1, 1)) if len(before) > 1 else ()


def _numbered(lines: list[_Line]) -> list[_Given]:
    """Number by the shape of the table: full numbers, problems with items under them, or one level."""
    written = [line.number.parts for line in lines if line.number.readings]
    full = [parts for parts in written if len(parts) > 1]
    if full and 2 * len(full) >= len(written):
        return _by_full_numbers(lines)
    groups = _problems(lines)
    if all(len(group) == 1 for group in groups):
        return _by_single_numbers(lines)
    serial = serial_numbers([line.row for line in lines])
    if not serial:
        return _by_problems(lines, groups)
    if not any(leading_number(line.row.text(Column.PROBLEM)) for line in lines):
        return _by_single_numbers(lines)
    return [replace(one, serial=own) for one, own in zip(_by_problems(lines, groups), serial, strict=True)]


def _by_full_numbers(lines: list[_Line]) -> list[_Given]:
    """Full numbers stay; a row without one counts on in the problem of the row before, or its own."""
    given: list[_Given] = []
    last: dict[int, int] = defaultdict(int)
    problem = 0
    for index, line in enumerate(lines):
        parts = line.number.parts
        if len(parts) > 1:
            given.append(_Given(parts))
        else:
            fresh = index == 0 or line.problem != lines[index - 1].problem
            own = parts or leading_number(line.row.text(Column.PROBLEM))[-1:]
            problem = own[0] if own else problem + (fresh and line.problem is not None)
            given.append(_Given((problem or 1, last[problem or 1] + 1), counted=True))
        problem = given[-1].parts[-2]
        last[problem] = max(last[problem], given[-1].parts[-1])
    return given


def _problems(lines: list[_Line]) -> list[list[int]]:
    """Indices of the lines under each problem: by the problem's text, else by a number merged over several rows."""
    groups: dict[Hashable, list[int]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(line.problem or _number_place(line) or index, []).append(index)
    return list(groups.values())


def _by_problems(lines: list[_Line], groups: list[list[int]]) -> list[_Given]:
    numbers = [[lines[index].number.parts[-1:] for index in group] for group in groups]
    per_item = all(own == [(count,) for count in range(1, len(own) + 1)] for own in numbers) and len(groups) > 1
    of_problem = not per_item and all(
        len(group) == 1 or len({_number_place(lines[index]) for index in group} - {None}) <= 1 for group in groups
    )
    given: dict[int, _Given] = {}
    problem = 0
    for group, own in zip(groups, numbers, strict=True):
        text = leading_number(lines[group[0]].row.text(Column.PROBLEM))
        named = text[-1:] or (own[0] if of_problem else ())
        problem = named[0] if named else problem + 1
        items = tuple(own) if per_item else _own_item_numbers([lines[index] for index in group])
        for place, index in enumerate(group):
            item = items[place] if items else (place + 1,)
            given[index] = _Given((problem, *item), counted=not (named and items))
    return [given[index] for index in range(len(lines))]


def _number_place(line: _Line) -> Hashable:
    cells = line.row.cells.get(Column.NO, ())
    return (line.row.file, line.row.sheet, cells[0].row, cells[0].column) if cells else None


def _own_item_numbers(lines: list[_Line]) -> tuple[Parts, ...]:
    """（1）（2） at the beginning of every item's words under one problem; () where they do not number the items."""
    for column in (Column.ITEM, Column.MEASURE):
        found = [leading_number(line.row.text(column))[-1:] for line in lines]
        texts = [line.row.text(column) for line in lines]
        if all(found) and len(set(found)) == len(found) and not any(map(_lists_several, texts)):
            return tuple(found)
    return ()


def _lists_several(text: str) -> bool:
    """One cell with several numbered measures: its first number is not the item's."""
    return sum(bool(leading_number(line)) for line in text.splitlines()) > 1 or bool(
        re.search(r"[;；。]\s*[（(]?(?:2|二|②)[）)、.．]", text)
    )


def _by_single_numbers(lines: list[_Line]) -> list[_Given]:
    """A one-level table keeps its numbers; where there is none, the place in the table counts."""
    given: list[_Given] = []
    for line in lines:
        own = line.number.parts or leading_number(line.row.text(Column.PROBLEM) or line.row.text(Column.ITEM))
        after = given[-1].parts[-1] + 1 if given else 1
        given.append(_Given(own[-1:]) if own else _Given((after,), counted=True))
    return given


def _with_aspects(lines: list[_Line], given: list[_Given]) -> list[_Given]:
    """Keep the aspect only where the numbers start again in each aspect."""
    aspects = _aspect_numbers(lines, given)
    seen: dict[Parts, set[int]] = defaultdict(set)
    for aspect, one in zip(aspects, given, strict=True):
        seen[one.parts[-2:]].add(aspect)
    restarts = any(len(where) > 1 for where in seen.values())
    return [
        _Given((aspect, *one.parts[-2:]) if restarts else one.parts[-2:], one.counted, one.serial)
        for aspect, one in zip(aspects, given, strict=True)
    ]


def _aspect_numbers(lines: list[_Line], given: list[_Given]) -> list[int]:
    order: dict[str, int] = {}
    numbers: list[int] = []
    for line, one in zip(lines, given, strict=True):
        order.setdefault(line.aspect, (leading_number(line.aspect) or (len(order) + 1,))[-1])
        numbers.append(one.parts[0] if len(one.parts) > 2 else order[line.aspect])
    return numbers


def _unrepeated(lines: list[_Line], given: list[_Given]) -> tuple[list[Parts], list[Finding]]:
    """A number used twice: the later rows get the next free one (N08), unless both stand under one merged number."""
    count = Counter(one.parts for one in given)
    owner: dict[Parts, Hashable] = {}
    final: list[Parts] = []
    findings: list[Finding] = []
    for index, (line, one) in enumerate(zip(lines, given, strict=True)):
        parts = one.parts
        if owner.setdefault(parts, _number_place(line) or index) != (_number_place(line) or index):
            parts = _next_free(parts, {*count, *final})
            owner[parts] = index
            no, other = ("-".join(map(str, way)) for way in (one.parts, parts))
            findings.append(
                Code.NUMBER_TWICE.at(line.row.source(Column.NO), no=no, count=count[one.parts], other=other)
            )
        final.append(parts)
    return final, findings


def _next_free(parts: Parts, taken: set[Parts]) -> Parts:
    return (*parts[:-1], max(way[-1] for way in taken if way[:-1] == parts[:-1]) + 1)


def _spoiled(lines: list[_Line], final: list[Parts]) -> Iterator[Finding]:
    told: set[Hashable] = set()
    for line, parts in zip(lines, final, strict=True):
        if line.number.spoiled and _number_place(line) not in told:
            told.add(_number_place(line))
            text = line.row.text(Column.NO)
            yield Code.NUMBER_SPOILED.at(line.row.source(Column.NO), text=text, no="-".join(map(str, parts)))


_NAMED = 3
"""How many numbers given by position are named in the one note of a table."""


def _counted(lines: list[_Line], given: list[_Given], final: list[Parts]) -> Iterator[Finding]:
    places = [index for index, one in enumerate(given) if one.counted]
    if not places:
        return
    named = "、".join("-".join(map(str, final[index])) for index in places[:_NAMED])
    no = named if len(places) <= _NAMED else f"{named}等{len(places)}项"
    row, serial = lines[places[0]].row, given[places[0]].serial
    if serial is None:
        yield Code.NUMBER_BY_POSITION.at(row.source(*_CONTENT), no=no)
    else:
        yield Code.NUMBER_BESIDE_SERIAL.at(row.source(Column.NO), text=row.text(Column.NO), no=no)
