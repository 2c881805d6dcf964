"""写法 — how a time, a term and a recurrence are written, and what each writing says before any base day is known.

Each is one expression with named groups: `lexicon` finds it in the text by its plain form, the readers here match it
again in place to take it apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from rectify_tool.dates.almanac import FIXED_FESTIVALS, MOVABLE_FESTIVALS, month_day, plan_years
from rectify_tool.dates.normal import in_digits
from rectify_tool.model import Recurrence

MONTH_START = -1
"""月初 — stands for a day the office's rules name (`Rules.month_start_day`)."""


class Token(NamedTuple):
    """词 — a piece of the normalised text, its sort (as in `LEXICON`, or "unknown"), its start in ``whole``."""

    sort: str
    text: str
    start: int
    whole: str

    @property
    def end(self) -> int:
        """止处 — where the next token starts."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Point:
    """时点 — one writing of a day, month, quarter, half or year, before the year is settled.

    Attributes:
        text: The normalised piece it was read from.
        year: The year as written (two digits already completed); None where none stands there.
        word: 今年, 次年, 本月 … where the year or month hangs on another day; else "".
        first: First (month, day) of the span it covers; month 0 where only a day is written.
        last: Last (month, day); day 0 is the month's last, `MONTH_START` the office's 月初.
        unit: "day", "part" (旬、初、中), "month", "quarter", "half", "year", "plan" or "festival".
        closed: True where 底、末、内 already say "by the end of".
        weekday: The weekday written beside it (1–7), else None.
        odd: Why the writing itself is in doubt ("" where it is not); such a day is only a guess.
        festival: Its name where the day must be looked up in the year's holidays.
    """

    text: str
    year: int | None = None
    word: str = ""
    first: tuple[int, int] = (0, 0)
    last: tuple[int, int] = (0, 0)
    unit: str = "day"
    closed: bool = False
    weekday: int | None = None
    odd: str = ""
    festival: str = ""


class Term(NamedTuple):
    """期限 — so many days, workdays, months or years; ``least`` is the smaller of two numbers (3-5日), else equal."""

    text: str
    least: int
    most: int
    unit: str


_YEAR_WORDS = "今年|本年|当年|同年|明年|次年|翌年|来年|后年|去年|上年"
_PART = "上中旬|中下旬|上旬|中旬|下旬|月底|月末|底|末|初|中(?!旬|[央心共层小高])"
_YEAR_PART = "初|中(?=前|之前|以前|[完,;)]|$)"
POINT = re.compile(
    rf"""(?:
      (?:(?:(?P<year>\d{{4}}|(?<!\d)\d\d)年|(?P<bareyear>(?<!\d)\d{{4}})(?=[上下]半年|第?[1-4]季|全年)
         |(?P<word>{_YEAR_WORDS}))(?P<annual>度)?的?,?)?
      (?:
        (?:第|前)?(?P<quarter>[1-4])(?:季度?|(?=[-~至到、]第?[1-4]季))(?P<quarterend>底|末)?
        |(?P<half>[上下])半年度?(?P<halfend>底|末)?
        |(?:(?P<month>1[0-2]|0?[1-9]|\d{{1,2}})(?:月份?|(?=(?:[-~至到、]\d{{1,2}})+月))
            |(?P<monthword>本月|当月|这个月|下个?月|次月))
         (?:(?P<part>{_PART})|(?P<day>\d{{1,2}})(?:[日号](?![楼线院桥井文令])|(?=之?以?前|[-~至到,;)]|$))|份)?
        |(?<![青少老成多历近往每壮暮常\d])年(?:(?P<yearend>底|末|内|终)|(?P<yearpart>{_YEAR_PART}))
        |(?P<whole>全年|年度内)
      )
      |(?:(?P<onlyyear>\d{{4}}|(?<!\d)\d\d)年|(?P<onlyword>{_YEAR_WORDS}))(?P<onlyannual>度)?(?:(?P<onlyend>底|末|内|终)|(?P<onlypart>{_YEAR_PART}))?
    )(?:[(,]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])\)?)?""",
    re.VERBOSE,
)
_FESTIVALS = "|".join(sorted([*FIXED_FESTIVALS, *MOVABLE_FESTIVALS], key=len, reverse=True))
FESTIVAL = re.compile(
    rf"(?:(?P<year>\d{{4}})年|(?P<word>{_YEAR_WORDS}))?的?(?<![一二三四五六七八九十])(?P<name>{_FESTIVALS})"
    r"(?:劳动节|妇女节|青年节|儿童节|建党节|建军节|国庆节|节)?(?=前|后|之|以|期|假|$|[,;)完、和及]|"
    + _FESTIVALS
    + r")(?:假期|长假|放假|假)?"
)
PLAN = re.compile(r"(?P<name>十[一二三四五六七八九]五)(?:规划|时期|期间|期)*(?P<end>底|末|内|结束|收官)?")
DOTTED = re.compile(
    r"(?<![\d.])(?P<month>\d{1,2})(?:[./]|-(?=1[3-9]|2\d|3[01]))(?P<day>\d{1,2})日?(?![\d.%月年个万亿元])"
)
LONE_DAY = re.compile(r"(?<!\d)(?P<day>\d{1,2})[日号](?![楼线院桥井文令内])|月(?P<end>底|末|中|初)")
SERIAL = re.compile(r"(?<![\d.])(?:3[6-9]|4\d|5[0-5])\d{3}(?![\d.%个元万])")
TERM = re.compile(
    r"(?<![第\d.])(?:(?P<least>\d+)(?:个月|个|年|日|天|周)?[-~至到])?(?P<most>\d+)"
    r"(?:(?P<unit>个?工作日|个半月|个月|个?星期|个?周(?![一二三四五六日末年])|个?季度(?=之?以?内)|个?小时|天|个?自然日|个年度)"
    r"|(?P<bounded>日(?=之?以?内|左右|后)|(?<!\d\d)年(?=之?以?内|左右|时间|期|\)|$)))"
    r"|(?<![上下每\d])(?P<halves>半个?月|半年)"
)
_PARTIAL_DAY = r"(?P<day>\d{1,2})[日号]|(?P<part>底|末|月底|月末|初|上旬|中旬|下旬|最后1天)"
_OF_MONTH = r"(?:份)?的?"

_YEARLY = r"\d{1,2}(?:月份?的?(?:\d{1,2}[日号]|上旬|中旬|下旬|底|末|初)?|(?=(?:、\d{1,2})*、\d{1,2}月))"

CYCLES: tuple[tuple[str, str], ...] = (
    (
        "week",
        r"每1?个?(?:周|星期|礼拜)(?:(?P<weekday>[二三四五六日天末]|一(?!次|期|报|调|小结|汇|会))(?P<more>[、和及](?:周|星期)?[一二三四五六日])*)?",
    ),
    ("two_weeks", r"每(?:2|两|二)个?周|每半个?月|每月2次"),
    ("ten_days", r"每(?:旬|10(?:天|日)|十(?:天|日))|按旬|逐旬"),
    ("day", r"每1?(?:日|天)(?!\d)|按日|逐日"),
    ("two_months", r"每(?:2|两|二)个?月"),
    (
        "quarter",
        r"每(?:1?个)?季度?(?:(?:结束|终了)后(?P<after>\d{1,2})个?(?:日|天)之?以?内"
        r"|(?:的?(?:第(?P<nth>[1-3])个?月|(?P<firstmonth>首个?月|次季度?首月)|(?P<lastmonth>末个?月|最后1个月))份?的?)?"
        rf"(?:{_PARTIAL_DAY})?)",
    ),
    ("half", r"每(?:1?个)?半年度?(?:(?:结束|终了)后(?P<after>\d{1,2})(?:日|天)之?以?内|(?P<part>底|末))?"),
    (
        "month",
        rf"每(?:1?个)?月{_OF_MONTH}(?:(?:次月|(?:结束|终了)后)(?P<after>\d{{1,2}})(?:日|号|天)(?:之?以?内)?|{_PARTIAL_DAY})?",
    ),
    (
        "year",
        r"每(?:1|一)?年度?的?(?:年?(?P<yearend>底|末|终)|第?(?P<quarter>[1-4])季度?(?:底|末)?|(?P<half>[上下])半年"
        rf"|(?P<months>{_YEARLY}(?:[、和及]{_YEARLY})*))?",
    ),
    ("week", r"按周(?!边)|逐周|一周一(?:报|调度|汇报|小结)|1周[一两\d]次|周周|周报(?=制|$|[,;)])"),
    ("month", r"按月度?|逐月|一月一(?:报|调度|汇报|小结)|1个?月[一两\d]次|月月|月报(?=制|$|[,;)])"),
    ("quarter", r"按季度?|逐季度?|一季度?一(?:报|调度|汇报|小结)|1个?季度?[一两\d]次|季报(?=制|$|[,;)])"),
    ("half", r"按半年|半年[一两\d]次"),
    ("year", r"按年度?|逐年(?!减|递|增|上|下|提|降)|一年一(?:报|调度|汇报|小结)|1年[一两\d]次"),
)
_CYCLE_PATTERNS = tuple((unit, re.compile(pattern)) for unit, pattern in CYCLES)


# ---------------------------------------------------------------- 时点 ----

_PART_DAYS = {
    "上旬": (1, 10),
    "上中旬": (1, 20),
    "中旬": (11, 20),
    "中下旬": (11, 0),
    "下旬": (21, 0),
    "初": (1, MONTH_START),
    "中": (11, 20),
    "底": (1, 0),
    "末": (1, 0),
    "月底": (1, 0),
    "月末": (1, 0),
}
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", 1)} | {"天": 7, "末": 7}
_ENDS = ("底", "末", "月底", "月末")


def read_point(token: Token) -> Point | None:
    """读时点 — the Point of a token of sort point, festival, plan, dotted, loneday or serial; None for another sort."""
    reader = _POINT_READERS.get(token.sort)
    return reader(token) if reader else None


def _again(pattern: re.Pattern[str], token: Token) -> re.Match[str]:
    """The token's own match with its named groups, in place, so that what stands around it still counts."""
    match = pattern.match(token.whole, token.start)
    assert match is not None and match.end() == token.end, token
    return match


def _hanzi_point(token: Token) -> Point:
    found = _again(POINT, token).groupdict()
    year = found["year"] or found["bareyear"] or found["onlyyear"]
    word = found["word"] or found["onlyword"] or found["monthword"] or ""
    first, last, unit, closed = _span_of(found)
    return Point(
        token.text,
        year=_full_year(year),
        word=word,
        first=first,
        last=last,
        unit=unit,
        closed=closed or bool(found["onlyend"] or found["yearend"]),
        weekday=_WEEKDAYS.get(found["weekday"] or ""),
        odd=_why_odd(found),
    )


def _full_year(text: str | None) -> int | None:
    return None if text is None else int(text) if len(text) == 4 else 2000 + int(text)


def _span_of(found: dict[str, str | None]) -> tuple[tuple[int, int], tuple[int, int], str, bool]:
    """First and last (month, day), the unit, and whether the writing itself says "by the end"."""
    if found["quarter"]:
        last = int(found["quarter"]) * 3
        return (last - 2, 1), (last, 0), "quarter", bool(found["quarterend"])
    if found["half"]:
        last = 6 if found["half"] == "上" else 12
        return (last - 5, 1), (last, 0), "half", bool(found["halfend"])
    if found["month"] or found["monthword"]:
        return _span_of_month(int(found["month"]) or 99 if found["month"] else 0, found)
    if _year_part(found):
        return ((1, 1), (1, 0), "part", False) if _year_part(found) == "初" else ((5, 1), (6, 0), "part", False)
    return (1, 1), (12, 0), "annual" if found["onlyannual"] else "year", bool(found["whole"])


def _span_of_month(month: int, found: dict[str, str | None]) -> tuple[tuple[int, int], tuple[int, int], str, bool]:
    if found["day"]:
        day = int(found["day"]) or 99
        return (month, day), (month, day), "day", False
    first, last = _PART_DAYS.get(found["part"] or "", (1, 0))
    unit = "month" if not found["part"] or found["part"] in _ENDS else "part"
    return (month, first), (month, last), unit, (found["part"] or "") in _ENDS


def _year_part(found: dict[str, str | None]) -> str | None:
    return found["yearpart"] or found["onlypart"]


def _why_odd(found: dict[str, str | None]) -> str:
    if _year_part(found):
        return f"“年{_year_part(found)}”没有一定的日子"
    if len(found["onlyyear"] or "") == 2 and found["onlyend"] == "内":
        return f"“{found['onlyyear']}年内”可指20{found['onlyyear']}年以内，也可指{found['onlyyear']}年时间"
    if found["monthword"]:
        return f"“{found['monthword']}”要看是哪个月写的"
    if (found["word"] or found["onlyword"]) in ("当年", "去年", "上年", "后年"):
        return f"“{found['word'] or found['onlyword']}”说的是哪一年不清楚"
    return ""


def _festival_point(token: Token) -> Point:
    match = _again(FESTIVAL, token)
    name = match["name"]
    day = FIXED_FESTIVALS.get(name, (0, 0))
    return Point(token.text, _full_year(match["year"]), match["word"] or "", day, day, "festival", festival=name)


def _plan_point(token: Token) -> Point:
    _, last = plan_years(in_digits(token.text[:2]))
    return Point(token.text, last, "", (1, 1), (12, 0), "plan", closed=bool(_again(PLAN, token)["end"]))


def _dotted_point(token: Token) -> Point:
    match, text = _again(DOTTED, token), token.text
    day = (int(match["month"]), int(match["day"]) or 99)
    return Point(text, None, "", day, day, "day", odd="" if "日" in text else f"“{text}”可能是日期，也可能是别的数")


def _lone_day_point(token: Token) -> Point:
    match, text = _again(LONE_DAY, token), token.text
    first, last = _PART_DAYS.get(match["end"] or "", (0, 0))
    day = int(match["day"] or 0)
    return Point(text, None, "", (0, day or first), (0, day or last), "day" if day else "part", odd="没写是哪个月")


def _serial_point(token: Token) -> Point:
    text = token.text
    day = date(1899, 12, 30) + timedelta(int(text))
    place = (day.month, day.day)
    return Point(text, day.year, "", place, place, "day", odd=f"“{text}”像是表格软件存的日期序号")


_POINT_READERS = {
    "point": _hanzi_point,
    "festival": _festival_point,
    "plan": _plan_point,
    "dotted": _dotted_point,
    "loneday": _lone_day_point,
    "serial": _serial_point,
}


# ---------------------------------------------------------------- 期限、周期 ----

_TERM_UNITS = (
    ("工作", "workday"),
    ("季", "quarter"),
    ("月", "month"),
    ("星期", "week"),
    ("周", "week"),
    ("小时", "hour"),
    ("年", "year"),
)


def read_term(token: Token) -> Term:
    """读期限 — the Term of a token of sort term."""
    match, text = _again(TERM, token), token.text
    if match["halves"]:
        return Term(text, 6, 6, "month") if "年" in text else Term(text, 15, 15, "day")
    most = int(match["most"])
    if match["unit"] == "个半月":
        return Term(text, 30 * most + 15, 30 * most + 15, "day")
    unit = match["unit"] or match["bounded"]
    name = next((name for word, name in _TERM_UNITS if word in unit), "day")
    return Term(text, min(int(match["least"] or most), most), most, name)


def read_cycle(token: Token) -> Recurrence | None:
    """读周期 — the Recurrence of a token of sort cycle; None where it cannot be said as one (每年5月、12月)."""
    for unit, pattern in _CYCLE_PATTERNS:
        match = pattern.match(token.whole, token.start)
        if match is not None and match.end() == token.end:
            return _CYCLE_READERS.get(unit, _plain_cycle)(unit, match.groupdict())
    return None


def _plain_cycle(unit: str, found: dict[str, str | None]) -> Recurrence | None:
    return Recurrence(unit, 0, 0)


def _weekly(unit: str, found: dict[str, str | None]) -> Recurrence | None:
    return None if found.get("more") else Recurrence("week", _WEEKDAYS[found.get("weekday") or "日"])


def _day_of_month(found: dict[str, str | None]) -> int:
    if found.get("after") or found.get("day"):
        return int(found.get("after") or found.get("day") or 0)
    return _PART_DAYS.get(found.get("part") or "", (1, 0))[1]


def _monthly(unit: str, found: dict[str, str | None]) -> Recurrence | None:
    """Monthly, quarterly, half-yearly: the day, and the month inside the period."""
    month = (
        1
        if found.get("after") or found.get("firstmonth")
        else 3
        if found.get("lastmonth")
        else int(found.get("nth") or 0)
    )
    day = _day_of_month(found)
    return Recurrence(unit, day, 0 if unit == "month" else month) if day <= 31 else None


def _yearly(unit: str, found: dict[str, str | None]) -> Recurrence | None:
    """每年6月底、12月底 is half-yearly; months that are not evenly spaced, or on other days, cannot be said."""
    if found.get("quarter") or found.get("half"):
        return Recurrence("year", 0, int(found["quarter"] or 0) * 3 or (6 if found["half"] == "上" else 12))
    written = re.findall(
        r"(\d{1,2})(?:月份?的?)?(?:(\d{1,2})[日号]|(上旬|中旬|下旬|底|末|初))?", found.get("months") or ""
    )
    if not written:
        return Recurrence("year", 0, 0)
    months = [int(month) for month, _, _ in written]
    named = {_yearly_day(int(month), day, part) for month, day, part in written if day or part} or {0}
    even = 12 % len(months) == 0 and months == list(range(months[0], 13, 12 // len(months)))
    if not even or len(named) != 1 or not 1 <= months[0] <= 12 // len(months) or None in named:
        return None
    return Recurrence({1: "year", 2: "half", 4: "quarter"}.get(len(months), "month"), named.pop() or 0, months[0])


def _yearly_day(month: int, day: str, part: str) -> int | None:
    """The day of such a month, 0 for its last; None where it has no such day."""
    if part:
        return _PART_DAYS[part][1]
    last = month_day(2016, month, 0)
    if last is None or int(day) > last.day:
        return None
    return 0 if int(day) == last.day and month != 2 else int(day)


_CYCLE_READERS = {
    "week": _weekly,
    "two_weeks": lambda unit, found: Recurrence("half_month", 0, 0),
    "month": _monthly,
    "quarter": _monthly,
    "half": _monthly,
    "year": _yearly,
}
