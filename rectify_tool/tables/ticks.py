"""打勾栏 — state words as headings side by side (完成 | 未完成), and a tick under the one that holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rectify_tool.model import Cell, Column
from rectify_tool.tables.headings import Aliases, best, clean, core
from rectify_tool.tables.page import Page
from rectify_tool.tables.settle import Columns, HeadColumn

_SCORE = 0.9
_YES_NO = frozenset(("是", "否"))
_TICK = re.compile(r"[√✓✔☑■●◉★]|[○◯〇oO1vVyY是对]$")
_RING = re.compile(r"[○◯〇oO]")
_CROSS = re.compile(r"[×✗✘☒□xX否无空0/\\\-—－–]+|没有")
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_BRACKET = re.compile(r"[（(]")
_SAMPLE_ROWS = 30


def is_state(leaf: str, parent: str, aliases: Aliases) -> bool:
    """状态词作表头 — a declared state word that stands under nothing of another kind; 是, 否 under a state only."""
    word, above = _word(leaf), _above(parent, aliases)
    if word in _YES_NO:
        return above is Column.STATUS
    return word in aliases.states and above in (Column.STATUS, Column.PROGRESS, Column.UNKNOWN)


def with_ticks(columns: Columns, page: Page, bottom: int, aliases: Aliases) -> Columns:
    """认打勾栏 — of sibling headings that are state words, each becomes a status column that says its own word.

    Only where hardly anything but marks stands below: columns of figures, days or texts stay what they were.
    """
    groups = [group for group in _groups(columns, aliases) if _holds_marks(group, page, bottom)]
    ticks = {one.index: _word(one.leaf) for group in groups for one in group}
    if not ticks:
        return columns
    return tuple(
        replace(one, match=(Column.STATUS, _SCORE), aside=None, tick=ticks[one.index]) if one.index in ticks else one
        for one in columns
    )


def ticked(cells: Iterable[Cell], words: Mapping[int, str]) -> tuple[Cell, ...]:
    """打了勾的 — the status cells of a row, each ticked one saying its heading's word; those not ticked are left out.

    What is written beside the tick is kept behind the word. A ring is a tick only where the row has no other.
    """
    cells = tuple(cells)
    marked = any(_is_tick(cell.text) and not _RING.match(cell.text.strip()) for cell in cells)
    told = (_told(cell, words.get(cell.column, ""), marked) for cell in cells)
    return tuple(cell for cell in told if cell)


def _word(leaf: str) -> str:
    return core(clean(leaf)).rstrip("√✓")


def _above(parent: str, aliases: Aliases) -> Column:
    return best(parent, "", aliases)[0] if parent else Column.UNKNOWN


def _groups(columns: Columns, aliases: Aliases) -> Iterator[list[HeadColumn]]:
    """并列的状态词 — the headings of one parent; under a state, its other words too, whatever they are."""
    for parent in dict.fromkeys(one.parent for one in columns if is_state(one.leaf, one.parent, aliases)):
        under_state = _above(parent, aliases) is Column.STATUS
        group = [
            one
            for one in columns
            if one.parent == parent
            and one.meaning in (Column.UNKNOWN, Column.STATUS)
            and (is_state(one.leaf, parent, aliases) or (under_state and one.meaning is Column.UNKNOWN))
        ]
        if len(group) > 1:
            yield group


def _holds_marks(group: list[HeadColumn], page: Page, bottom: int) -> bool:
    ticks = others = 0
    for row in range(bottom + 1, bottom + 1 + _SAMPLE_ROWS):
        for one in group:
            text = page.text(row, one.index).strip()
            if _is_tick(text) or text == _word(one.leaf):
                ticks += 1
            elif _NUMBER.fullmatch(text) and text != "0":
                return False
            elif text and not _CROSS.fullmatch(text):
                others += 1
    return ticks >= others


def _is_tick(text: str) -> bool:
    return _TICK.match(text.strip()) is not None


def _told(cell: Cell, word: str, marked: bool) -> Cell | None:
    text = cell.text.strip()
    if not word or text.startswith(word):
        return cell
    if _CROSS.fullmatch(text) or (marked and _RING.fullmatch(text)):
        return None
    rest = _TICK.sub("", text, count=1).strip()
    beside = rest if not rest or _BRACKET.match(rest) else f"（{rest}）"
    return cell._replace(text=word + beside)
