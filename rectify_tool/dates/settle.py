"""定日 — the day a time means once a base day is known: years, 今年 and 下月, two readings, where a term starts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from rectify_tool.dates.almanac import add_months, add_workdays, chinese_day, festival, month_day
from rectify_tool.dates.phrases import Span
from rectify_tool.dates.writings import MONTH_START, Point, Term

BARE_UNITS = ("month", "quarter", "half", "year")
"""单位 — times whose bare 前 has two readings: before it begins, or by its end."""
_YEARS = range(1990, 2100)
_FAR_WRAP = timedelta(200)


class Setting(NamedTuple):
    """所据 — what a reading hangs on besides the text: the base day, the document's year and the office's rules."""

    base: date | None
    year: int | None
    events: tuple[tuple[str, date], ...] = ()
    immediate_days: int | None = None
    month_start_day: int = 10


@dataclass(frozen=True, slots=True)
class Found:
    """定下的日子 — one span with its year settled.

    ``day`` is None where there is no such day or no year could be told (``why`` says which); ``first`` is the first day
    it covers; ``earlier`` the earlier of two readings; ``inferred`` True where the year was taken from the base.
    """

    day: date | None
    first: date | None = None
    earlier: date | None = None
    inferred: bool = False
    why: str = ""
    impossible: bool = False
    guess: str = ""


def drop_past(spans: Sequence[Span], setting: Setting) -> list[Span]:
    """去往事 — leave out what is no deadline: ranges and years wholly before the base, or only a heading."""
    kept = [span for span in spans if not _is_past(span, setting)]
    real = [span for span in kept if span.role == "due"]
    return real or kept


def _is_past(span: Span, setting: Setting) -> bool:
    if span.role == "annual" and setting.base is None:
        return True
    bare_year = span.last.unit in ("year", "annual", "plan") and not span.last.closed and not span.before
    if not (bare_year or span.first is not None) or setting.base is None:
        return False
    written = span.last.year is not None or (span.first is not None and span.first.year is not None)
    end = settle_span(span, setting, None).day if written or span.last.word else None
    return end is not None and end < setting.base


def settle_days(spans: Sequence[Span], setting: Setting) -> list[Found]:
    """定各日 — settle the years in order: each day without a year is the first such day after the one before."""
    found: list[Found] = []
    after: date | None = None
    for span in spans:
        one = two_readings(span, settle_span(span, setting, after))
        after = one.day or after
        found.append(one)
    return found


def settle_span(span: Span, setting: Setting, after: date | None) -> Found:
    """定一段 — a range ends in its start's year, or in the next where the months run back (12-1月)."""
    if span.first is None or span.last.year is not None or span.first.year is None:
        return settle_point(span.last, setting, after)
    first = settle_point(span.first, setting, None)
    if span.last.word:
        return settle_point(span.last, setting, first.day)
    end = _on(span.last, span.first.year, setting)
    if end is not None and first.first is not None and end < first.first:
        end = _on(span.last, span.first.year + 1, setting)
    return Found(end, first.first, impossible=end is None)


def settle_point(point: Point, setting: Setting, after: date | None) -> Found:
    """定一点 — the day a point means, its year from the text, the day before it, the base or the document."""
    if point.year is not None:
        day = _on(point, point.year, setting)
        if day is None and point.festival:
            return Found(None, why=f"不知道{point.year}年的{point.festival}是哪一天")
        return Found(
            day, _on(point, point.year, setting, first=True), impossible=day is None, guess=_weekday_wrong(point, day)
        )
    if not _exists(point):
        return Found(None, impossible=True, why=f"“{point.text}”不存在这一天")
    year = _word_year(point.word, setting, after)
    if year is not None:
        return settle_point(replace(point, year=year, word=""), setting, None)
    if point.word in _MONTH_WORDS or (point.last[0] == 0 and not point.festival):
        return _near(point, setting, after)
    return _first_such_day(point, setting, after)


_YEAR_SHIFTS = {
    "今年": 0,
    "本年": 0,
    "当年": 0,
    "明年": 1,
    "来年": 1,
    "次年": 1,
    "翌年": 1,
    "后年": 2,
    "去年": -1,
    "上年": -1,
}
_MONTH_WORDS = {"本月": 0, "当月": 0, "这个月": 0, "下月": 1, "下个月": 1, "次月": 1}


def _word_year(word: str, setting: Setting, after: date | None) -> int | None:
    """今年 is the document's year; 次年 and 同年 hang on the day before them, where there is one."""
    if after is not None and word in ("次年", "翌年"):
        return after.year + 1
    if after is not None and word in ("同年", "当年"):
        return after.year
    if word not in _YEAR_SHIFTS:
        return None
    year = setting.year if setting.year is not None else setting.base.year if setting.base else None
    return None if year is None else year + _YEAR_SHIFTS[word]


def _first_such_day(point: Point, setting: Setting, after: date | None) -> Found:
    floor = after or setting.base
    if floor is None and setting.year is not None and not point.word:
        found = settle_point(replace(point, year=setting.year), setting, None)
        return replace(found, inferred=True, guess=f"没写年份，也不知道从哪一天起算，暂按{setting.year}年")
    if floor is None or point.word:
        return Found(None, why=f"“{point.text}”没写年份，也不知道从哪一天起算")
    for year in range(floor.year, floor.year + 5):
        day = _on(point, year, setting)
        if day is not None and day >= floor:
            far = after is not None and day - after > _FAR_WRAP and year > after.year
            guess = _weekday_wrong(point, day)
            guess = guess or (f"“{point.text}”排在后面，日子却在前，可能不是下一年" if far else "")
            guess = guess or ("按年份推算，中间几年没有这一天" if year > floor.year + 1 else "")
            return Found(day, _on(point, year, setting, first=True), inferred=True, guess=guess)
    return Found(None, why=f"不知道“{point.text}”是哪一天")


def _near(point: Point, setting: Setting, after: date | None) -> Found:
    """本月底, 下月10日, 30日: hangs on a month nobody has written; taken from the day before it or the base."""
    floor = after or setting.base
    if floor is None:
        return Found(None, why=f"“{point.text}”没写是哪个月")
    month = add_months(floor.replace(day=1), _MONTH_WORDS.get(point.word, 0))
    for later in range(3):
        start = add_months(month, later)
        day = _on(
            replace(point, first=(start.month, point.first[1]), last=(start.month, point.last[1])), start.year, setting
        )
        if day is not None and day >= floor:
            return Found(day, start, inferred=True)
    return Found(None, why=f"“{point.text}”没写是哪个月")


def _on(point: Point, year: int, setting: Setting, *, first: bool = False) -> date | None:
    """The last (or first) day the point covers in that year; None where there is none."""
    if year not in _YEARS:
        return None
    if point.festival:
        return festival(point.festival, year)
    month, day = point.first if first else point.last
    return month_day(year, month, setting.month_start_day if day == MONTH_START else day)


def _exists(point: Point) -> bool:
    """Whether any year has such a day (2016 is a leap year)."""
    places = (point.first, point.last)
    if point.festival:
        return True
    return all(month_day(2016, month or 1, max(day, 0)) is not None for month, day in places) and point.last[1] <= 31


WEEKDAY_WRONG = "与写的星期对不上"


def _weekday_wrong(point: Point, day: date | None) -> str:
    if point.weekday is None or day is None or day.isoweekday() == point.weekday:
        return ""
    return f"{chinese_day(day)}是星期{'一二三四五六日'[day.isoweekday() - 1]}，{WEEKDAY_WRONG}"


def two_readings(span: Span, found: Found) -> Found:
    """两种读法 — 8月前 may mean before August or by its end; 9、10月 two months or a range."""
    if found.day is None:
        return found
    if span.last.unit == "festival":
        return (
            replace(found, day=found.day - timedelta(1))
            if span.before
            else replace(found, guess="只写了节日，没写“前”")
        )
    if span.last.unit == "plan" and span.before and not span.last.closed:
        return replace(found, guess=f"“{span.text}前”可指期初以前，也可指期末以前")
    if span.listed and span.first is not None:
        return replace(found, earlier=month_day(found.day.year, span.first.last[0], 0))
    bare = span.before and not span.last.closed and span.last.unit in BARE_UNITS
    starts = found.first if span.first is None else month_day(found.day.year, found.day.month, 1)
    if bare and starts is not None:
        return replace(found, earlier=starts - timedelta(1))
    if span.last.unit == "part" and span.last.text.endswith("月中"):
        return replace(found, earlier=found.day.replace(day=15))
    return found


# ---------------------------------------------------------------- 期限起算 ----

_BASE_EVENT = re.compile(
    r"(?:自|从|在|于|正式)?(?:收到|接到|接收)?(?:省|市|区|县|中央|委|上级|第?[一二三四五六七八九十\d]*|巡视|巡察|督察|督查|组|整改|问题|书面|正式|集中|的)*"
    r"(?:反馈)(?:会|巡视|巡察|整改|问题|意见|情况|通报|报告|函|书|稿|清单|的|等)*(?:召开)?(?:之日|当日|当天)?"
)
_BARE_RECEIPT = re.compile(r"(?:自|从)?(?:收到|接到)(?:之日|当日)?")
_FILLER = re.compile(
    r"^(?:自|从|在|于|以|要|应|须|经过|经|限|需|确保|务必|必须|力争|争取)+|(?:之日|当日|当天|之后|后|的)+$"
)
_EVENT_NAMES = {
    "会": "会议",
    "会议召开": "会议",
    "会议结束": "会议",
    "来函": "收函",
    "函件发出": "发函",
    "发函": "发函",
}


def names_base(event: str) -> bool:
    """反馈起算 — whether the event is the feedback, or its receipt."""
    return bool(_BASE_EVENT.fullmatch(event) or _BARE_RECEIPT.fullmatch(event))


def origin_of(event: str, setting: Setting) -> tuple[date | None, str]:
    """起算日 — what a term counts from and its words: the base where no event (or the feedback) is named."""
    plain = _FILLER.sub("", event)
    name = _EVENT_NAMES.get(plain, plain)
    for key, day in setting.events:
        if name and (name == key or name.endswith(key)):
            return day, f"从{key}日"
    if not plain or names_base(plain):
        return setting.base, "从反馈日" if setting.base else "不知道从哪一天起算"
    return None, f"要从“{plain}”算起，那一天不知道"


def count_from(origin: date, term: Term) -> tuple[date, bool]:
    """起算 — the last day of the term; the day after ``origin`` is day 1. False where the workdays are unsure."""
    if term.unit == "workday":
        return add_workdays(origin, term.most)
    months = {"month": 1, "quarter": 3, "year": 12}.get(term.unit)
    if months:
        return add_months(origin, months * term.most), True
    days = {"day": term.most, "week": 7 * term.most, "hour": -(-term.most // 24)}[term.unit]
    return origin + timedelta(days), True
