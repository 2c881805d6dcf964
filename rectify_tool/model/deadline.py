"""时限 — a deadline as written and what it was read as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Kind(Enum):
    """时限类别 — what sort of deadline a phrase is; the value is the word of the JSON answer."""

    DATED = "dated"
    DATED_THEN_LONG_TERM = "dated_then_long_term"
    LONG_TERM = "long_term"
    IMMEDIATE = "immediate"
    PERIODIC = "periodic"
    STAGED = "staged"
    RELATIVE = "relative"
    VAGUE = "vague"
    EVENT = "event"
    MALFORMED = "malformed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """周期 — when a periodic deadline falls: once in every ``unit``, on ``day``.

    ``unit`` is "day", "week", "ten_days" (旬: the 10th, 20th, last), "half_month" (the 15th, last), "month",
    "two_months" (双月), "quarter", "half" or "year"; ``day`` is 1–7 (Monday is 1) for a week, else the day of the
    month, 0 meaning its last day; ``month`` is the month inside the period, 1 the first, 0 the last.
    """

    unit: str
    day: int
    month: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """整改时限 — the phrase as written and what it was read as.

    Attributes:
        text: The phrase exactly as typed; "" where blank.
        kind: What sort of deadline it is.
        due: Every day it means, in order, each inclusive (the day itself is in time); empty where there is none or
            it is periodic. Only a staged deadline has more than one.
        doubt: True where two readings exist, the phrase is soft, start-only or malformed, or the base is unknown.
        earlier: The earlier of two readings (then ``due`` holds the later); None where there is one reading.
        guess: True where the day may be no deadline at all (soft, start-only, malformed, base unknown): it never
            makes an item overdue.
        every: The recurrence of a periodic deadline, else None.
        rule: The short Chinese name of the rule that read it, e.g. "某月底"; "读不懂" where nothing understood it.
        because: One Chinese sentence that shows the reading to a person.
        notes: Remarks that are no doubt, e.g. "年份推定".
    """

    text: str
    kind: Kind
    due: tuple[date, ...] = ()
    doubt: bool = False
    earlier: date | None = None
    guess: bool = False
    every: Recurrence | None = None
    rule: str = ""
    because: str = ""
    notes: tuple[str, ...] = ()
