"""样式 — the formats of the summary, each made once; and the measure of Chinese text."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_tool.model import Light, Show

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

FONT, HEAD_FONT = "宋体", "黑体"
OWN_FONT: Mapping[str, Any] = {"font_name": "Arial", "font_size": 10}
"""簿册自己的字体 — column widths are counted in its digits, so it is one whose widths every office program has."""

TALLEST = 400.0
"""最大行高 — Excel allows 409 points a row; longer text stays in the cell and is read there."""

LINE = 14.0
"""一行高 — points for one line of 10-point 宋体."""

LIGHT_FILLS = {Light.GREEN: "#C6E0B4", Light.YELLOW: "#FFE699", Light.RED: "#F4B0A8", Light.GREY: "#D9D9D9"}
BAR_FILL = "#CFE2F3"
"""数据条的颜色 — light enough for the figure in front of it, in print as well."""

_BASE: Mapping[str, Any] = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True}
_BOXED: Mapping[str, Any] = {**_BASE, "border": 1, "border_color": "#808080"}
_SHOWN: Mapping[Show, Mapping[str, Any]] = {
    Show.WORD: {"align": "center"},
    Show.TEXT: {"align": "left"},
    Show.COUNT: {"align": "center", "num_format": "0"},
    Show.RATE: {"align": "center", "num_format": "0.0%"},
    Show.DAY: {"align": "center", "num_format": "yyyy-mm-dd"},
}
_TOTAL: Mapping[str, Any] = {"bold": True, "bg_color": "#F2F2F2"}
_LEADING: Mapping[str, Any] = {"font_color": "#1F3864"}
"""可点的格 — a dark blue that prints black; a figure is not underlined, it looks like a figure."""


class Dress(NamedTuple):
    """格的装束 — how the column is shown, whether in the 合计 row, and whether a click leads somewhere."""

    show: Show
    total: bool = False
    leads: bool = False


Look = Dress | Light
"""格式名 — what a cell under the headings wears: its dress, or a light's colour."""


class Styles:
    """样式表 — ``looks`` are the formats of the rows under the headings, in a fixed order."""

    def __init__(self, made: Workbook) -> None:
        def style(*parts: Mapping[str, Any], **more: Any) -> Format:
            return made.add_format({name: value for part in (*parts, more) for name, value in part.items()})

        self.title = style(_BASE, font_name=HEAD_FONT, font_size=16, align="center")
        self.note = style(_BASE, font_size=9, align="left")
        self.caption = style(_BASE, font_name=HEAD_FONT, font_size=12, text_wrap=False)
        self.heading = style(_BOXED, bold=True, align="center", bg_color="#DDEBF7")
        self.empty = style(_BOXED, align="center", font_color="#404040")
        self.looks: dict[Look, Format] = {
            **{dress: style(*_parts(dress)) for dress in _DRESSES},
            **{light: style(_BOXED, align="center", bg_color=fill) for light, fill in LIGHT_FILLS.items()},
        }


_DRESSES = tuple(Dress(show, total, leads) for show in Show for total in (False, True) for leads in (False, True))


def _parts(dress: Dress) -> tuple[Mapping[str, Any], ...]:
    underline = {"underline": 1} if dress.show in (Show.WORD, Show.TEXT) else {}
    leading = {**_LEADING, **underline} if dress.leads else {}
    return (_BOXED, _SHOWN[dress.show], _TOTAL if dress.total else {}, leading)


def row_height(most: int) -> float:
    """行高 — points of a row whose highest cell has ``most`` lines."""
    return min(TALLEST, LINE * most + 6)


def lines(text: str, room: int) -> int:
    """行数 — lines the text takes in a column of ``room`` half-width characters; a Chinese character takes two."""
    if len(text) * 2 < room and "\n" not in text:
        return 1
    return sum([max(1, ceil(_half_widths(line) / max(1, room - 1))) for line in text.split("\n")])


def _half_widths(text: str) -> float:
    """半角宽度 — UTF-8 takes three bytes for what prints two wide and one byte for what prints one wide."""
    return (len(text) + len(text.encode("utf-8", "replace"))) / 2
