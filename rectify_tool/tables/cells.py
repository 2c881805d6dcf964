"""文字 — what a cell shows: the text a person sees for a value, as far as its number format is known."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from rectify_tool.model import Value


def shown(value: Value, format: str | None) -> str:
    """单元格文字 — the text as the sheet shows it.

    Text comes back untouched. Numbers show at most 15 digits, as Excel does, so that binary noise never appears; the
    decimals, percent sign, thousands comma and leading zeros of a known format are kept. A date whose format shows
    a year and a day is written 2016-05-31 whatever the order of the format (an American 05-31-16 would mislead); a
    format without year or day keeps to what it shows (5-31, 5月31日, 2016年5月). TRUE is 是, FALSE is 否.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return _number_text(value, format)
    if isinstance(value, date):
        return _date_text(value, format)
    return _time_text(value) if isinstance(value, time) else _length_text(value)


_HIDDEN_IN_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|[_*].')
_DECIMALS = re.compile(r"0\.(0+)")
_LARGEST_SHOWN = 1e15


@lru_cache(maxsize=65536)
def _number_text(value: int | float, format: str | None) -> str:
    if not -_LARGEST_SHOWN < value < _LARGEST_SHOWN:  # also NaN and the infinities
        return str(value) if isinstance(value, int) else f"{value:.15g}"
    pattern = _HIDDEN_IN_FORMAT.sub("", format.split(";")[0]) if format else ""
    if "0" not in pattern or "/" in pattern or "E" in pattern.upper():
        return _plain(value)
    decimals = len(found.group(1)) if (found := _DECIMALS.search(pattern)) else 0
    exact = Decimal(repr(value)).scaleb(2 if "%" in pattern else 0)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in pattern else f"{rounded:f}"
    zeros = len(pattern) if set(pattern) == {"0"} else 0
    return text.zfill(zeros) + ("%" if "%" in pattern else "")


def _plain(value: int | float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{value:.15g}"


_MONTH_DAY_MARK = re.compile(r"m+([-/.])d")


@lru_cache(maxsize=16384)
def _date_text(value: date, format: str | None) -> str:
    letters = set(_HIDDEN_IN_FORMAT.sub("", format).lower()) if format else set()
    clock = _clock_text(value) if isinstance(value, datetime) and (not letters or "h" in letters) else ""
    if letters & set("hs") and not letters & set("yd"):
        return clock.strip() or "0:00"
    return _day_text(value, letters, format or "") + clock


def _day_text(value: date, letters: set[str], format: str) -> str:
    year, month, day = "y" in letters or "e" in letters, "m" in letters, "d" in letters
    if year and month and not day:
        return f"{value.year}年{value.month}月"
    if month and day and not year:
        mark = _MONTH_DAY_MARK.search(format)
        return f"{value.month}{mark.group(1)}{value.day}" if mark else f"{value.month}月{value.day}日"
    if year != day and not month:
        return f"{value.year}年" if year else f"{value.day}日"
    if month and not year:
        return f"{value.month}月"
    return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"


def _clock_text(moment: datetime) -> str:
    clock = moment.time().replace(microsecond=0)
    return "" if clock == time() else " " + _time_text(clock)


def _time_text(clock: time) -> str:
    return clock.strftime("%H:%M:%S" if clock.second else "%H:%M")


def _length_text(length: timedelta) -> str:
    sign, seconds = ("-", -length) if length < timedelta() else ("", length)
    minutes, second = divmod(int(seconds.total_seconds()), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02d}" + (f":{second:02d}" if second else "")
