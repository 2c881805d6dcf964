"""期 — the period a heading speaks of (4月进展, 截至5月20日, 第8期), so that the current one can be told."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize


class Period(NamedTuple):
    """期 — when a period stands in order.

    ``day`` is the first day the period can be spoken of, None where it has only a number; ``number`` orders periods
    without a day: that of 第8期, or 0 for 本期 and −1 for 上期.
    """

    day: date | None
    number: int


@lru_cache(maxsize=4096)
def period_of(heading: str, as_of: date) -> Period | None:
    """所属的期 — the period named in a cleaned heading; None where it names none.

    A month or day without a year is the one nearest to ``as_of``.
    """
    if found := _DAY.search(heading):
        return Period(_nearest(found["year"], int(found["month"]), int(found["day"] or 1), as_of), 0)
    if found := _SEASON.search(heading):
        return Period(_nearest(found["year"], _SEASON_STARTS[found["season"]], 1, as_of), 0)
    if found := _NUMBERED.search(heading):
        return Period(None, _count(found["number"]))
    if found := _RELATIVE.search(heading):
        return Period(None, -1 if found.group().startswith("上") else 0)
    return None


def without_period(heading: str) -> str:
    """去掉期 — a cleaned heading without its period; "" where it is nothing else."""
    if not _ANY.search(heading):
        return heading
    return _EMPTY_BRACKETS.sub("", _ANY.sub("", heading)).strip("的:-—_")


def may_tell_day(heading: str) -> bool:
    """可能写明日子 — False only where no part of the heading as shown can name a period that hangs on the as-of day."""
    return _TELLING.search(normalize("NFKC", heading)) is not None


_TELLING = re.compile(r"[\d季半]")
"""What every writing of `_DAY` and `_SEASON` has at least one of."""

_YEAR = r"(?:(?P<year>\d{4})[年./-])?"
_DAY = re.compile(
    _YEAR + r"(?<!\d)(?P<month>1[0-2]|0?[1-9])(?:月份?|[./-](?=\d))(?:(?P<day>\d{1,2})[日号]?|[上中下]旬|[初底末])?"
)
_SEASON = re.compile(r"(?:(?P<year>\d{4})年)?第?(?P<season>[一二三四]季度|[上下]半年)")
_SEASON_STARTS = {"一季度": 1, "二季度": 4, "三季度": 7, "四季度": 10, "上半年": 1, "下半年": 7}
_NUMBERED = re.compile(r"第(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})[期周次]")
_RELATIVE = re.compile(r"[上本](?:一?期|个?月|周|季度|旬)")
_ANY = re.compile(
    r"(?:截至|截止到?|至)?(?:"
    + "|".join(re.sub(r"\?P<\w+>", "?:", one.pattern) for one in (_DAY, _SEASON, _NUMBERED, _RELATIVE))
    + r")[前止时]?"
)
_EMPTY_BRACKETS = re.compile(r"\([截至止到]*\)|\(\)")
_DIGITS = "零一二三四五六七八九"


def _nearest(year: str | None, month: int, day: int, as_of: date) -> date:
    if year:
        return _existing(int(year), month, day)
    around = (_existing(as_of.year + step, month, day) for step in (-1, 0, 1) if 1 <= as_of.year + step <= 9999)
    return min(around, key=lambda one: abs(one - as_of))


def _existing(year: int, month: int, day: int) -> date:
    while day > 1:
        try:
            return date(max(year, 1), month, day)
        except ValueError:  # 4月31日 in a heading: the day before it that exists
            day -= 1
    return date(max(year, 1), month, 1)


def _count(number: str) -> int:
    if number.isdecimal():
        return int(number)
    tens, mark, ones = number.rpartition("十")
    if not mark:
        return _DIGITS.find(number[-1])
    return (_DIGITS.find(tens[-1]) if tens else 1) * 10 + (_DIGITS.find(ones[-1]) if ones else 0)
