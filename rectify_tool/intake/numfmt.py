"""数字格式 — the format codes behind the built-in numbers, the Chinese ones among them, and the days serials mean."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import lru_cache

from rectify_tool.model import Value

GENERAL = "General"

_BUILTIN: dict[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Source: ECMA-376 part 1, 18.8.30, and its zh-cn table; 14 and 22 as a Chinese system shows them."""

_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_LAST_SERIAL = 2_958_466  # 10000-01-01, one past the last day there is


def code_of(number: int, custom: dict[int, str]) -> str:
    """格式代码 — of a numFmtId; an id nobody defined is General."""
    return custom.get(number) or _BUILTIN.get(number, GENERAL)


@lru_cache(maxsize=1024)
def is_date_code(code: str) -> bool:
    """是否日期格式 — whether numbers under this code are shown as a day or time."""
    return code != GENERAL and _DATE_LETTERS.search(_LITERALS.sub("", code)) is not None


def is_day_serial(serial: float, epoch_1904: bool) -> bool:
    """是否有这一天 — Excel shows no day for negative numbers, 60 (its 1900-02-29) and those past 9999."""
    return 0 <= serial < _LAST_SERIAL and (epoch_1904 or int(serial) != 60)


def from_serial(serial: float, epoch_1904: bool) -> Value:
    """序列值 → 日期 — a day, a day and time, or a time below 1; the number itself where there is no such day."""
    if not is_day_serial(serial, epoch_1904):
        return serial
    span = timedelta(days=int(serial), seconds=round((serial - int(serial)) * 86_400))
    if serial < 1 and not epoch_1904:
        return (datetime(1900, 1, 1) + span).time()
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 31 if serial < 60 else 30)
    try:
        moment = start + span
    except OverflowError:
        return serial
    return moment.date() if moment.time() == time() else moment
