"""字样 — other people's text made ready to be shown: nothing in it is taken for HTML, nothing turns a line round."""

from __future__ import annotations

import re
from datetime import date
from html import escape

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TOLD = re.compile("〔U\\+(061C|200[EF]|202[A-E]|206[6-9])〕")


def harmless(text: str) -> str:
    """照样显示 — the characters that set the direction of writing told by name, 〔U+202E〕: they would turn the line
    round and put a unit's words before its cell.
    """
    return _TURNING.sub(lambda found: f"〔U+{ord(found[0]):04X}〕", text)


def typed(text: str) -> str:
    """原来的字 — what `harmless` told by name, as it was typed: for what is copied."""
    return _TOLD.sub(lambda found: chr(int(found[1], 16)), text)


def safe(text: str) -> str:
    """照写 — text as it was typed, blanks and line breaks too, with nothing in it taken for HTML."""
    shown = escape(harmless(text))
    return shown.replace("\t", "&emsp;").replace("  ", "&nbsp; ").replace("\n", "<br>")


def tip(text: str) -> str:
    """提示 — the whole of a long text, wrapped; "" shows none."""
    return f"<qt>{safe(text)}</qt>" if text else ""


def short_tip(text: str) -> str:
    """一句提示 — left as it is, but for what Qt might take for HTML."""
    return tip(text) if "<" in text or "&" in text else harmless(text)


def flat(text: str) -> str:
    """一行 — for a row of a table: line breaks and repeated blanks as one blank."""
    return " ".join(text.split())


def menu_text(text: str) -> str:
    """菜单上的字 — a & in a name is no mnemonic."""
    return harmless(text).replace("&", "&&")


def beginning(text: str, letters: int) -> str:
    """开头 — at most so many letters, and … where that is not all."""
    return text if len(text) <= letters else f"{text[:letters].rstrip()}…"


LONGEST_DAY = "2016年12月28日"
"""最长的日期 — as `day_told` tells a day: what a column of days must have room for."""


def day_told(day: date | None) -> str:
    """日期 — 2016年5月20日; "" where there is none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
