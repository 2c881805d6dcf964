"""画图 — bars of a table's figures, told apart by pattern and figure too, so that black-and-white print tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rectify_tool.model import Chart, SheetTable
from rectify_tool.workbook.styles import FONT, HEAD_FONT, LIGHT_FILLS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart as Drawn

_FRAME, _BAR, _TALLEST = 120, 30, 520
"""图高 — pixels for title and legend, for one bar, and at most: a row of the sheet holds a whole chart, 409 points."""


def _pattern(kind: str, ink: str, ground: str) -> Mapping[str, Any]:
    return {"pattern": {"pattern": kind, "fg_color": ink, "bg_color": ground}}


_FILLS: tuple[Mapping[str, Any], ...] = (
    {"fill": {"color": "#A9D18E"}},
    _pattern("light_upward_diagonal", "#5B9BD5", "#DDEBF7"),
    _pattern("percent_20", "#BF9000", "#FFE699"),
    {"fill": {"color": "#E06666"}},
    _pattern("light_horizontal", "#7F7F7F", "#D9D9D9"),
    {"fill": {"color": "#FFFFFF"}},
)
"""各段的填法 — in the order of a chart's columns."""

_PLAIN: tuple[Mapping[str, Any], ...] = ({"fill": {"color": "#9DC3E6"}},)
"""不分段的填法 — the names beside the bars tell them apart."""

_SMALL = {"name": FONT, "size": 9}


def height_of(chart: Chart, table: SheetTable) -> int:
    """图高 — in pixels."""
    first, last = drawn_rows(chart, table)
    return min(_TALLEST, _FRAME + _BAR * (last - first + 1))


def drawn_rows(chart: Chart, table: SheetTable) -> tuple[int, int]:
    """画哪几行 — first and last row of the table, never its 合计."""
    return chart.rows or (0, len(table.rows) - 1 - table.total)


def draw(made: Workbook, chart: Chart, table: SheetTable, sheet: str, top: int) -> Drawn:
    """画一张图 — of ``table``, whose rows begin at row ``top`` of ``sheet``; each bar shows its figures."""
    first, last = (top + row for row in drawn_rows(chart, table))
    parts = len(chart.columns) > 1
    drawn: Any = made.add_chart({"type": "bar", "subtype": "stacked"})
    for fill, column in zip(_FILLS if parts else _PLAIN, chart.columns, strict=False):
        drawn.add_series(
            {
                "name": table.columns[column].heading.replace("\n", ""),
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, column, last, column],
                "border": {"color": "#595959", "width": 0.75},
                "gap": 45,
                "data_labels": {"value": True, "num_format": "0;;", "font": _SMALL},
                **({"points": [{"fill": {"color": LIGHT_FILLS[one]}} for one in chart.lights]} if chart.lights else {}),
                **fill,
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {"name": HEAD_FONT, "size": 12, "bold": False}})
    drawn.set_y_axis({"reverse": True, "num_font": _SMALL, "major_tick_mark": "none"})
    drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    drawn.set_legend({"position": "bottom", "font": _SMALL} if parts else {"none": True})
    return drawn
