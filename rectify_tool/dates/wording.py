"""说明 — the Chinese words that show a person how a phrase was read."""

from __future__ import annotations

from collections.abc import Sequence

from rectify_tool.dates.almanac import chinese_day
from rectify_tool.dates.phrases import Span
from rectify_tool.dates.settle import BARE_UNITS, Found, Setting
from rectify_tool.model import Recurrence


def dated_sentence(dues: Sequence[Span], found: Sequence[Found], setting: Setting, guesses: Sequence[str]) -> str:
    """日期的说明 — every time and its day, where the year came from, the other reading, and the reasons for doubt."""
    days = [f"“{span.text}”读作{chinese_day(f.day)}" for span, f in zip(dues, found, strict=True) if f.day]
    parts = ["，".join(days)]
    if any(f.inferred for f in found) and setting.base:
        parts.append(f"没写年份，从{chinese_day(setting.base)}起推定")
    earlier = next((f.earlier for f in found if f.earlier), None)
    if earlier:
        parts.append(f"也可读作{chinese_day(earlier)}")
    return "；".join([*parts, *guesses])


_RULE_NAMES = {
    "day": "某日",
    "part": "某旬",
    "month": "某月底",
    "quarter": "季度末",
    "half": "半年末",
    "year": "年底",
    "annual": "年度",
    "plan": "五年规划期末",
    "festival": "节日前",
}


def rule_name(span: Span) -> str:
    """规则名 — the short name of the way a time was written."""
    if span.first is not None:
        return "起止时间"
    if span.before and not span.last.closed and span.last.unit in BARE_UNITS:
        return "某月前（两种读法）" if span.last.unit == "month" else "某年某季前（两种读法）"
    return _RULE_NAMES[span.last.unit]


_CYCLE_WORDS = {
    "day": "每天",
    "week": "每周",
    "ten_days": "每旬",
    "half_month": "每半月",
    "month": "每月",
    "two_months": "每两个月",
    "quarter": "每季度",
    "half": "每半年",
    "year": "每年",
}


def cycle_sentence(every: Recurrence) -> str:
    """周期的说明 — on which day of each period it falls."""
    if every.unit == "week":
        return f"每周星期{'一二三四五六日'[every.day - 1]}为限"
    month = f"第{every.month}个月" if every.month else ""
    place = f"{month}{every.day}日" if every.day > 0 else f"{month}末"
    return f"{_CYCLE_WORDS[every.unit]}{'' if every.unit == 'day' else place}为限"
