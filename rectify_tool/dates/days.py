"""日子 — single days written elsewhere than in a deadline: 完成日期, 填报日期, a table's title, a progress text.

A day without a year is the latest such day not after the day its file speaks for: what was done lies behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from rectify_tool.dates.almanac import chinese_day, month_day
from rectify_tool.dates.normal import normalise
from rectify_tool.dates.phrases import Span, read_phrase
from rectify_tool.dates.writings import Point


@dataclass(frozen=True, slots=True)
class DayReading:
    """读出的日子 — one day written in a cell or a text.

    Attributes:
        day: The day; None where none is written, none is sure, or there is no such day.
        text: The piece it was read from (full-width and 汉字 numerals already in digits); "" where there is none.
        impossible: True where what is written does not exist (6月31日): finding D02.
        since: The first day it may have been, where only a month, 旬 or year is written and ``day`` is its last; else
            None.
        year_inferred: True where the year was not written.
        doubt: True where the writing itself may be something else (5.31, 42521).
    """

    day: date | None = None
    text: str = ""
    impossible: bool = False
    since: date | None = None
    year_inferred: bool = False
    doubt: bool = False


_NOTHING = DayReading()
_READABLE = frozenset(("day", "part", "month", "quarter", "half", "year"))
_YEARS_BACK = 5


def read_day(text: str, *, latest: date | None = None, earliest: date | None = None) -> DayReading:
    """读一日 — the one day a cell means; a range counts as its end, several different days as none.

    Args:
        text: The cell as shown: 2016.6.28, 20160628, 6月28日, 6/28, 二〇一六年六月二十八日, 6月底, a serial.
        latest: Days without a year are the latest such day not after this; without it they have no day.
        earliest: A day without a year that would fall before this is given as none (the year is then not sure).
    """
    spans = [span for span in read_phrase(text).spans if span.last.unit in _READABLE]
    readings = [_reading(span, latest) for span in spans]
    wrong = next((reading for reading in readings if reading.impossible), None)
    if wrong:
        return wrong
    days = {reading.day for reading in readings}
    if len(days) != 1:
        return _NOTHING
    found = readings[0]
    if found.year_inferred and found.day and earliest and found.day < earliest:
        return replace(found, day=None)
    return found


def read_date_line(text: str) -> date | None:
    """日期行 — the day of a 填报日期、报送时间、截至 line or a footer; only a full date, the last one written."""
    days = [_reading(span, None) for span in read_phrase(text).spans if span.last.unit == "day" and span.last.year]
    sure = [reading.day for reading in days if reading.day is not None and not reading.doubt]
    return sure[-1] if sure else None


def read_filing_day(line: str) -> date | None:
    """填报日 — the full day a line says the table was filled in or sent on, the last one written.

    Neither the day a report speaks until (截至) nor the one it was asked for by (报送截止、填报时限) is such a day, nor
    is one without such a word: a unit's table often keeps the title of the breakdown it was copied from.
    """
    plain = normalise(line)
    named = [span for span in read_phrase(line).spans if _FILED.search(plain[: span.start])]
    days = [_reading(span, None) for span in named if span.last.unit == "day" and span.last.year]
    sure = [reading.day for reading in days if reading.day is not None and not reading.doubt]
    return sure[-1] if sure else None


def read_base(title_lines: Iterable[str]) -> tuple[date | None, str]:
    """起算日 — the day a breakdown's title lines give, and in Chinese how it was found.

    A line that speaks of 反馈 goes before others, a full date before a year and month (whose first day it is then);
    a bare year is no base.
    """
    lines = sorted((line for line in title_lines if line), key=lambda line: "反馈" not in line)
    for unit, words in (("day", "表头日期"), ("month", "表头年月，从当月1日起算")):
        for line in lines:
            for span in read_phrase(line).spans:
                day = _first_day(span, unit)
                if day is not None and not _FILLED_IN.search(normalise(line)[: span.start]):
                    return day, f"{words}“{span.text}”（{chinese_day(day)}）"
    return None, "表头没有写明年月日"


_FILED = re.compile(r"(?:填报|填表|填写|报送|上报)[^,;。截限\d]{0,6}$")
_FILLED_IN = re.compile(r"(?:填报|填表|报送|上报|截至|截止|打印|更新|统计)[^,;。]{0,6}$")


def _first_day(span: Span, unit: str) -> date | None:
    """A single day (or month) written with its year; a range (2015年11月至2016年1月巡视) is when something lasted."""
    point = span.last
    if span.first is not None or point.unit != unit or point.year not in range(1990, 2100) or point.odd:
        return None
    return month_day(point.year or 0, *point.first)


# ---------------------------------------------------------------- 一日 ----


def _reading(span: Span, latest: date | None) -> DayReading:
    point = _with_year_of(span)
    if point.year is not None:
        day = _on(point, point.year)
        sane = day is not None and 1990 <= day.year < 2100
        return DayReading(day if sane else None, span.text, not sane, _since(point, day), False, bool(point.odd))
    if point.last[0] == 0 or point.word not in ("", "今年", "本年", "去年"):
        return DayReading(None, span.text, doubt=True)
    if month_day(2016, point.last[0], max(point.last[1], 0)) is None:
        return DayReading(None, span.text, impossible=True)
    day = _latest(point, latest)
    return DayReading(day, span.text, False, _since(point, day), True, bool(point.odd))


def _since(point: Point, day: date | None) -> date | None:
    if point.unit == "day" or day is None:
        return None
    return month_day(day.year, *point.first) or date(day.year, 1, 1)


def _with_year_of(span: Span) -> Point:
    """The end of a range, in the year of its start where it has none of its own."""
    if span.first is None or span.first.year is None or span.last.year is not None:
        return span.last
    return replace(span.last, year=span.first.year + (span.last.last < span.first.first if span.last.last[1] else 0))


def _latest(point: Point, latest: date | None) -> date | None:
    """The latest such day ≤ ``latest``; a month that has begun counts, its last day cut to ``latest``."""
    if latest is None:
        return None
    year = latest.year - 1 if point.word == "去年" else latest.year
    for back in range(_YEARS_BACK):
        day = _on(point, year - back)
        begins = month_day(year - back, *point.first) if point.unit != "day" else day
        if day is not None and begins is not None and begins <= latest:
            return min(day, latest)
    return None


def _on(point: Point, year: int) -> date | None:
    month, day = point.last
    return month_day(year, month, 10 if day < 0 else day)


# ---------------------------------------------------------------- 完成日 ----

_TITLES = re.compile(r"《[^》]*》|〈[^〉]*〉")
_PLAN = re.compile(
    r"拟|计划|将(?!军)|预计|争取|力争|确保|(?<![按照])要求|时限|打算|准备|目标|限期|尽快|有望|待|应于|须于|需于|力求|安排在"
)
_NOT_DONE = re.compile(
    r"未(?!发现|再|出现)|尚|没有|基本|部分|初步|大体|接近|即将|正在|正(?=按|加紧|抓紧|稳步|有序)|继续|推进中|进行中|(?<!100)%"
    r"|阶段性|过半|一半|前期|摸底|初稿|起草|征求|草案|方案|自查|第[一二三四1-9]阶段"
)
_NOW = re.compile(r"目前|现已|现正|截至|截止|至今|到目前|下一步|下步|今后|接下来")
_DONE_BEFORE = re.compile(
    r"(?:已|全部|全面|均|都)(?:已)?(?:整改)?(?:完成|到位|办结|完毕|销号)(?:整改)?(?:[,。;](?:整改)?)?(?:(?:完成|办结|整改)(?:时间|日期)?[:为是于]?|\()$"
)
_DONE = re.compile(
    r"已?(?:全部|全面|按期|如期|按时)?(?:整改)?完成|整改到位|到位|办结|完毕|竣工|销号|结案|验收(?:合格|通过)?|通过验收|清退|退还|退缴|上缴|拆除|收回|移交|归还|追回|整改$|已整改"
)
_ISSUED = re.compile(r"印发|出台|下发|召开|制定|修订|发布|建立|开通|投入使用|启用|公示|报送|上报|提交")
_ALL_DONE = re.compile(r"(?:全部|全面|均|都|已)(?:已)?(?:整改)?(?:完成|到位|办结|落实到位)|整改到位|整改完毕|完成整改")
_SOME_DAY = re.compile(r"[\d一二三四五六七八九十〇零廿卅]\s*[年月日号./／．-]|\d{5}")
_SENTENCE = re.compile(r"[^。;；\n！!]+(?:。[(（][^)）]*[)）])?")


def find_finish_day(progress: str, latest: date | None) -> DayReading:
    """找完成日 — the day inside a progress text on which something was finished; none where it is not sure.

    Plans (拟于、计划), deadlines (6月底前), titles in 《》 and days of earlier things (反馈、发现) are passed over;
    of several the last one attached to a finishing word counts. A day that does not exist is returned as impossible.
    """
    found = _NOTHING
    for sentence in _SENTENCE.findall(_TITLES.sub("", progress)):
        if not (_SOME_DAY.search(sentence) and _DONE.search(sentence)):
            continue  # reading a phrase costs a hundred times this look
        for reading in _finish_days(sentence, latest):
            if reading.impossible:
                return reading
            found = reading
    return found


_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|〔[^〕]*〕[^,。;，；]{0,6}号")
_NO_DEED = re.compile(
    r"起草|部署|动员|启动|开始|着手|收到|接到|接[报访]|反馈|指出|发现|约定|成立|研究|讨论|会议|开会|开工|进场|起[,，]|截[至止]"
)
"""不是完成 — what happens on a day at the beginning of a work, or is only heard of."""


def find_only_day(progress: str, latest: date, earliest: date | None) -> DayReading:
    """唯一的日子 — of a text already known to claim done, its only day, where something was issued or done on it.

    Nothing where the text names another day or month too, or the day is planned, a deadline, the start of the work,
    after ``latest`` or before ``earliest``; words in 《》 and quotation marks do not count.
    """
    text = _QUOTED.sub("", _TITLES.sub("", progress))
    if not _SOME_DAY.search(text):
        return _NOTHING
    spans = [span for span in read_phrase(text).spans if span.last.unit != "year"]
    if len(spans) != 1 or spans[0].last.unit != "day" or spans[0].first or spans[0].last.odd:
        return _NOTHING
    reading = _reading(spans[0], latest)
    sure = reading.day is not None and (earliest or reading.day) <= reading.day <= latest
    return reading if sure and _is_deed(spans[0], normalise(text)) else _NOTHING


def _is_deed(span: Span, normal: str) -> bool:
    """Whether something was done on the day, as far as the words around it go."""
    lead = re.split(r"[,:;。]", normal[: span.start])[-1]
    clause = re.split(r"[,;。]", normal[span.end :])[0]
    if span.before or span.role in ("start", "past", "refer", "annual", "old", "cycle"):
        return False
    if _PLAN.search(lead + clause) or _NO_DEED.search(lead + clause) or _NOT_DONE.search(lead + clause):
        return False
    return bool(re.search(r"[\u4e00-\u9fff]{2}", clause))


def _finish_days(sentence: str, latest: date | None) -> Iterator[DayReading]:
    """The days of one sentence that a finishing word belongs to, in order."""
    normal = normalise(sentence)
    spans = [span for span in read_phrase(sentence).spans if span.last.unit in _READABLE and not span.last.odd]
    ends = [span.start for span in spans[1:]] + [len(normal)]
    for span, end in zip(spans, ends, strict=False):
        stretch = normal[span.end : end]
        lead = re.split(r"[,:]", normal[: span.start])[-1]
        if _DONE_BEFORE.search(normal[: span.start]) or _is_finish(span, lead, stretch):
            yield _reading(span, latest)


def _is_finish(span: Span, lead: str, stretch: str) -> bool:
    """Whether the words around a day say that the work was finished on it."""
    already = "已" in lead or "已" in stretch.split(",")[0]
    if _PLAN.search(lead) or span.role in ("past", "refer", "annual", "old", "cycle", "year"):
        return False
    if (span.before or span.role == "start") and not already:
        return False
    clause = stretch.split(",")[0]
    stretch = _NOW.split(stretch)[0]
    if _PLAN.search(clause) or _NOT_DONE.search(stretch) or (not clause.strip("前内()") and span.role != "due"):
        return False
    if _DONE.search(clause):
        return True
    return bool(_ISSUED.search(clause) and _ALL_DONE.search(stretch)) or bool(span.first and _ALL_DONE.search(stretch))
