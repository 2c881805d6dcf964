"""排行 — the few lines of a bulletin whose breaks and indents follow the words: the title and the signature."""

from __future__ import annotations

import re
from itertools import pairwise

TITLE_LINE, BODY_LINE = 20, 28
"""每行字数 — 2号 and 3号 characters in the 156 mm of GB/T 9704-2012."""

_INDENT = 2
_SEAMS = re.compile(
    "(?<=[的和与及、（）《》”])|(?=[（《“])|(?=(?:整改|落实|督查|督办|通报|专报|报告|反馈|情况的)(?!的))"
)


def title_lines(title: str) -> str:
    """标题分行 — the title with a line end at each break: words whole, lines of like length (GB/T 9704-2012 7.3.1).

    A title that has its own line ends keeps them; one without a seam is left to the office program.
    """
    if "\n" in title or len(title) <= TITLE_LINE:
        return title
    seams = sorted({found.start() for found in _SEAMS.finditer(title)} - {0, len(title)})
    for parts in range(2, 5):
        broken = _broken(title, seams, parts)
        if broken:
            return "\n".join(broken)
    return title


def _broken(title: str, seams: list[int], parts: int) -> list[str]:
    """最匀称的分法 — each cut at the seam nearest to its even place; [] where a line would not hold its part."""
    ideal = [round(len(title) * at / parts) for at in range(1, parts)]
    cuts = [min(seams, key=lambda seam: (abs(seam - place), -seam), default=0) for place in ideal]
    lines = [title[start:end] for start, end in pairwise([0, *cuts, len(title)])]
    return lines if all(0 < len(line) <= TITLE_LINE - 1 for line in lines) else []


def signature(sender: str, day: str) -> tuple[str, ...]:
    """署名和成文日期 — a line each, indented with U+3000 for a line of 28 (GB/T 9704-2012 7.3.5.2).

    The sender ends two characters from the right, the day begins two characters right of the sender; a day that is
    longer ends there itself and the sender moves left. Without a sender there is the day alone.
    """
    if not sender:
        return (_set_off(BODY_LINE - _INDENT - _width(day)) + day,)
    start = BODY_LINE - _INDENT - max(_width(sender), _width(day) + _INDENT)
    return _set_off(start) + sender, _set_off(start + _INDENT) + day


def _set_off(characters: int) -> str:
    return "\u3000" * max(0, characters)


def _width(text: str) -> int:
    """字宽 — in full-width characters, halves rounded up: two digits are as wide as one Chinese character."""
    return -(-sum(1 if ord(one) < 0x2E80 else 2 for one in text) // 2)
