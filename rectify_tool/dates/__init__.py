"""日期 — what day, span or recurrence a text means, and the calendar of workdays.

`almanac` knows the calendar, `lexicon` cuts a text into tokens, `phrases` says what they are for, `deadlines` reads a
deadline by a table of rules, `days` reads the single days written elsewhere (完成日期, 填报日期, title lines).
"""

from __future__ import annotations

from rectify_tool.dates.almanac import add_workdays, chinese_day, last_occurrence, next_occurrence, workday_from
from rectify_tool.dates.days import (
    DayReading,
    find_finish_day,
    find_only_day,
    read_base,
    read_date_line,
    read_day,
    read_filing_day,
)
from rectify_tool.dates.deadlines import (
    BEFORE_BASE,
    NOT_UNDERSTOOD,
    THEN_LONG_TERM,
    WORKDAYS_UNKNOWN,
    YEAR_INFERRED,
    find_deadline,
    read_deadline,
    read_deadline_value,
)
from rectify_tool.dates.settle import WEEKDAY_WRONG

__all__ = (
    "BEFORE_BASE",
    "NOT_UNDERSTOOD",
    "THEN_LONG_TERM",
    "WEEKDAY_WRONG",
    "WORKDAYS_UNKNOWN",
    "YEAR_INFERRED",
    "DayReading",
    "add_workdays",
    "chinese_day",
    "find_deadline",
    "find_finish_day",
    "find_only_day",
    "last_occurrence",
    "next_occurrence",
    "read_base",
    "read_date_line",
    "read_day",
    "read_deadline",
    "read_deadline_value",
    "read_filing_day",
    "workday_from",
)
