"""历 — what the calendar itself says: month ends, workdays, festivals, five-year plans, recurring days.

Nothing here reads text. The State Council's holidays come from chinesecalendar, which is slow to import and knows
only some years; outside them a festival is unknown and workdays fall back to Monday–Friday.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from rectify_tool.model import Recurrence

_PERIOD_MONTHS = {"month": 1, "two_months": 2, "quarter": 3, "half": 6, "year": 12}
_MONTH_PARTS = {"ten_days": (10, 20, 0), "half_month": (15, 0)}

FIXED_FESTIVALS = {
    "元旦": (1, 1),
    "三八": (3, 8),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "五四": (5, 4),
    "六一": (6, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "教师节": (9, 10),
    "十一": (10, 1),
    "国庆": (10, 1),
}
MOVABLE_FESTIVALS = {
    "春节": "Spring Festival",
    "清明": "Tomb-sweeping Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-autumn Festival",
}


def chinese_day(day: date) -> str:
    """年月日 — 2016年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


@lru_cache(maxsize=16384)
def month_day(year: int, month: int, day: int) -> date | None:
    """某月某日 — that day, ``day`` 0 meaning the month's last; None where there is no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    last = monthrange(year, month)[1]
    return date(year, month, day or last) if day <= last else None


def add_months(day: date, months: int) -> date:
    """几个月后 — the same day of a later month, or that month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_workdays(base: date, count: int) -> tuple[date, bool]:
    """几个工作日后 — the ``count``-th workday after ``base``; the day after the base is the first candidate.

    Returns:
        The day, and False where the calendar does not know a year on the way (then Monday–Friday count).
    """
    day, known = base, True
    while count > 0:
        day += timedelta(1)
        works, sure = _is_workday(day)
        known = known and sure
        count -= works
    return day, known


def workday_from(day: date) -> date:
    """顺延到工作日 — the first workday on or after ``day``."""
    while not _is_workday(day)[0]:
        day += timedelta(1)
    return day


def festival(name: str, year: int) -> date | None:
    """节日 — the day of a fixed festival, the first day off of a movable one; None where the calendar does not know."""
    if name in FIXED_FESTIVALS:
        return date(year, *FIXED_FESTIVALS[name])
    return _first_days_off().get((MOVABLE_FESTIVALS.get(name, ""), year))


def plan_years(ordinal: int) -> tuple[int, int]:
    """五年规划 — first and last year of the N-th five-year plan: 十三五 is 2016–2020."""
    return 1951 + 5 * ordinal, 1955 + 5 * ordinal


def next_occurrence(every: Recurrence, day: date) -> date:
    """下一次 — the first occurrence on or after ``day``."""
    if every.unit == "week":
        return day + timedelta((every.day - day.isoweekday()) % 7)
    if every.unit == "day":
        return day
    days = _occurrences(every, day.year) + _occurrences(every, day.year + 1)
    return next(found for found in days if found >= day)


def last_occurrence(every: Recurrence, day: date) -> date:
    """上一次 — the last occurrence before ``day`` (the day itself is not passed yet)."""
    if every.unit == "week":
        return day - timedelta((day.isoweekday() - every.day - 1) % 7 + 1)
    if every.unit == "day":
        return day - timedelta(1)
    days = _occurrences(every, day.year - 1) + _occurrences(every, day.year)
    return next(found for found in reversed(days) if found < day)


@lru_cache(maxsize=512)
def _occurrences(every: Recurrence, year: int) -> tuple[date, ...]:
    """In one calendar year, in order; a day a short month lacks becomes that month's last."""
    step = _PERIOD_MONTHS.get(every.unit, 1)
    months = range((every.month or step), 13, step)
    parts = _MONTH_PARTS.get(every.unit, (every.day,))
    return tuple(_at_most(year, month, day) for month in months for day in parts)


def _at_most(year: int, month: int, day: int) -> date:
    last = monthrange(year, month)[1]
    return date(year, month, min(day or last, last))


@lru_cache(maxsize=8192)
def _is_workday(day: date) -> tuple[bool, bool]:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.isoweekday() <= 5, False


@lru_cache(maxsize=1)
def _first_days_off() -> dict[tuple[str, int], date]:
    from chinese_calendar.constants import holidays

    found: dict[tuple[str, int], date] = {}
    for day, name in holidays.items():
        key = (str(getattr(name, "value", name)), day.year)
        found[key] = min(day, found.get(key, day))
    return found
