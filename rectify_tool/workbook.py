"""汇总表 — the only module that writes .xlsx: a Book set in sheets that read and print well.

Text is always written as text, so nothing a unit typed becomes a formula or a link. XlsxWriter makes the book; the
rows of a table are all written in one place, `_write_rows`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import (
    OUTPUT_CATEGORY,
    Book,
    Chart,
    Lamp,
    Light,
    Link,
    Sheet,
    SheetColumn,
    SheetTable,
    SheetValue,
    Show,
    printable,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

PROGRAM = "整改督查工具"

_FONT = "宋体"
_HEAD_FONT = "黑体"
_LINE = 14.5
"""一行高 — points for one line of 10-point 宋体."""

_TALLEST = 400.0
"""最大行高 — Excel allows 409 points a row; longer text stays in the cell and is read there."""

_CELL_LIMIT = 32_767
_LINK_LIMIT = 60_000
"""一页最多链接 — Excel allows 65,530; beyond this the place is still written, as text."""

_LIGHT_FILLS = {Light.GREEN: "#C6E0B4", Light.YELLOW: "#FFE699", Light.RED: "#F4B0A8", Light.GREY: "#D9D9D9"}
_SERIES_FILLS = ("#548235", "#70AD47", "#A9D18E", "#9DC3E6", "#FFC000", "#C00000", "#8497B0", "#A6A6A6", "#7F7F7F")
_A3, _A4 = 8, 9


def write_workbook(book: Book, target: Path, *, now: datetime) -> None:
    """写汇总表 — every sheet of ``book`` to ``target``; ``now`` is the time of making noted in its properties.

    Raises:
        RectifyError: CANNOT_WRITE where the file cannot be saved.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    made = xlsxwriter.Workbook(str(target), {"default_date_format": "yyyy-mm-dd", "in_memory": True})
    made.set_properties(
        {"title": printable(book.title), "author": PROGRAM, "category": OUTPUT_CATEGORY, "created": now}
    )
    styles = _Styles(made)
    for sheet in book.sheets:
        _Page(made, styles, book, sheet).write()
    try:
        made.close()
    except (FileCreateError, OSError) as error:
        raise RectifyError(
            Stop.CANNOT_WRITE,
            f"无法写入“{target.name}”。请检查磁盘空间和权限；文件若正在 Excel 或 WPS 中打开，请关闭后重试。",
        ) from error


# ---------------------------------------------------------------- 样式 ----


_BASE = {"font_name": _FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True}
_BOXED = {**_BASE, "border": 1, "border_color": "#808080"}
_SHOWN: Mapping[Show, Mapping[str, Any]] = {
    Show.WORD: {"align": "center"},
    Show.TEXT: {"align": "left"},
    Show.COUNT: {"align": "center", "num_format": "0"},
    Show.RATE: {"align": "center", "num_format": "0.0%"},
    Show.DAY: {"align": "center", "num_format": "yyyy-mm-dd"},
}


class _Styles:
    """样式表 — the formats of the book, each made once."""

    def __init__(self, made: Workbook) -> None:
        self._made = made
        self.title = self._add({**_BASE, "font_name": _HEAD_FONT, "font_size": 16, "align": "center"})
        self.note = self._add({**_BASE, "font_size": 9, "align": "left"})
        self.caption = self._add({**_BASE, "font_name": _HEAD_FONT, "font_size": 12, "text_wrap": False})
        self.heading = self._add({**_BOXED, "bold": True, "align": "center", "bg_color": "#DDEBF7"})
        self.empty = self._add({**_BASE, "align": "left", "italic": True})
        self.cells = {show: self._add({**_BOXED, **shown}) for show, shown in _SHOWN.items()}
        self.totals = {
            show: self._add({**_BOXED, **shown, "bold": True, "bg_color": "#F2F2F2"}) for show, shown in _SHOWN.items()
        }
        self.lights = {
            light: self._add({**_BOXED, "align": "center", "bg_color": fill}) for light, fill in _LIGHT_FILLS.items()
        }
        self.link = self._add({**_BOXED, "align": "left", "font_color": "#1F4E79", "underline": 1})

    def _add(self, properties: Mapping[str, Any]) -> Format:
        return self._made.add_format(dict(properties))


# ---------------------------------------------------------------- 页 ----


@dataclass(slots=True)
class _Page:
    """一页的写法 — lays a sheet's title, notes and tables below one another; ``row`` is the next free one."""

    made: Workbook
    styles: _Styles
    book: Book
    sheet: Sheet
    row: int = 0
    links: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)
    at: Worksheet = field(init=False)
    widths: tuple[int, ...] = field(init=False)

    def write(self) -> None:
        """写一页."""
        self.at = self.made.add_worksheet(self.sheet.name)
        self.widths = _widths(self.sheet)
        for column, width in enumerate(self.widths):
            self.at.set_column(column, column, width)
        self._head()
        for table in self.sheet.tables:
            self._table(table)
        self._freeze_and_filter()
        self._print_setup()
        for chart in self.sheet.charts:
            self._chart(chart)

    def _head(self) -> None:
        mark = f"（{self.book.mark}）" if self.book.mark else ""
        self._across(printable(f"{self.sheet.title}{mark}"), self.styles.title, 28)
        for note in self.sheet.notes:
            self._across(printable(note), self.styles.note, None)

    def _across(self, text: str, style: Format, height: float | None) -> None:
        """通栏一行 — merged over the sheet's width; merged rows never grow, so the height is computed."""
        room = sum(self.widths)
        self.at.set_row(self.row, height or _LINE * _lines(text, room))
        if len(self.widths) > 1:
            self.at.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", style)
        self.at.write_string(self.row, 0, text, style)
        self.row += 1

    def _table(self, table: SheetTable) -> None:
        if table.caption:
            self.row += 1
            self.at.write_string(self.row, 0, table.caption, self.styles.caption)
            self.row += 1
        for column, heading in enumerate(table.columns):
            self.at.write_string(self.row, column, heading.heading, self.styles.heading)
        self.at.set_row(self.row, max(_LINE * _lines(one.heading, one.width) for one in table.columns) + 6)
        first = self.row
        self.row += 1
        if not table.rows:
            self.at.write_string(self.row, 0, table.empty, self.styles.empty)
            self.row += 1
            self.spans.append((first, first))
            return
        self._write_rows(table)
        self.spans.append((first, self.row - 1 - table.total))

    def _write_rows(self, table: SheetTable) -> None:
        """写各行 — the only place where a table's rows are written."""
        writers = [self._writer(column) for column in table.columns]
        room = [max(1, self.widths[at]) for at in range(len(table.columns))]
        last = len(table.rows) - 1
        for number, values in enumerate(table.rows):
            style = self.styles.totals if table.total and number == last else self.styles.cells
            tallest = 1
            for column, value in enumerate(values):
                lines = writers[column](self.row, column, value, style, room[column])
                tallest = max(tallest, lines)
            self.at.set_row(self.row, min(_TALLEST, _LINE * tallest + 4))
            self.row += 1

    def _writer(self, column: SheetColumn) -> Any:
        show = column.show

        def write(row: int, at: int, value: SheetValue, styles: Mapping[Show, Format], room: int) -> int:
            return self._cell(row, at, value, show, styles[show], room)

        return write

    def _cell(self, row: int, at: int, value: SheetValue, show: Show, style: Format, room: int) -> int:
        """写一格 — returns the lines it needs."""
        if value is None or value == "":
            self.at.write_blank(row, at, None, style)
            return 1
        if isinstance(value, Lamp):
            self.at.write_string(row, at, value.word, self.styles.lights[value.light])
            return 1
        if isinstance(value, Link):
            return self._link(row, at, value, style, room)
        if isinstance(value, str):
            text = _held(value)
            self.at.write_string(row, at, text, style)
            return _lines(text, room)
        if isinstance(value, date):
            self.at.write_datetime(row, at, datetime(value.year, value.month, value.day), style)
            return 1
        self.at.write_number(row, at, value, style)
        return 1

    def _link(self, row: int, at: int, link: Link, style: Format, room: int) -> int:
        """写出处 — a link to the source file by a relative, percent-encoded path; only the tool's own are links."""
        text = _held(link.text)
        if self.book.home is None or self.links >= _LINK_LIMIT:
            self.at.write_string(row, at, text, style)
        else:
            self.links += 1
            way = f"external:{self.book.home}/{quote(link.file)}"
            self.at.write_url(row, at, way, self.styles.link, text)
        return _lines(text, room)

    def _freeze_and_filter(self) -> None:
        """冻结与筛选 — the longest table is filtered; its headings stay in sight where it is the only one."""
        top, bottom = max(self.spans, key=lambda span: span[1] - span[0])
        table = self.sheet.tables[self.spans.index((top, bottom))]
        if bottom > top:
            self.at.autofilter(top, 0, bottom, len(table.columns) - 1)
        if len(self.sheet.tables) == 1:
            self.at.freeze_panes(top + 1, 2 if len(table.columns) > 8 else 0)
        self.at.repeat_rows(top)

    def _print_setup(self) -> None:
        self.at.set_landscape()
        self.at.set_paper(_A3 if self.sheet.wide else _A4)
        self.at.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        self.at.fit_to_pages(1, 0)
        mark = f"&R{_plain(self.book.mark)}" if self.book.mark else ""
        self.at.set_header(f"&L{_plain(self.book.title)}{mark}")
        self.at.set_footer("&C第 &P 页，共 &N 页")
        self.at.hide_gridlines(1)

    def _chart(self, chart: Chart) -> None:
        """画图 — stacked bars of the named columns, below the tables."""
        table = self.sheet.tables[chart.table]
        first, last = self.spans[chart.table][0] + 1, self.spans[chart.table][1]
        if last < first:
            return
        drawn: Any = self.made.add_chart({"type": "bar", "subtype": "stacked" if chart.stacked else "clustered"})
        for at, column in enumerate(chart.columns):
            drawn.add_series(
                {
                    "name": table.columns[column].heading.replace("\n", ""),
                    "categories": [self.sheet.name, first, 0, last, 0],
                    "values": [self.sheet.name, first, column, last, column],
                    "fill": {"color": _SERIES_FILLS[at % len(_SERIES_FILLS)]},
                    "gap": 60,
                }
            )
        drawn.set_title({"name": chart.title, "name_font": {"name": _HEAD_FONT, "size": 12, "bold": False}})
        drawn.set_y_axis({"reverse": True, "num_font": {"name": _FONT, "size": 9}})
        drawn.set_x_axis(
            {"num_format": "0", "num_font": {"name": _FONT, "size": 9}, "major_gridlines": {"visible": True}}
        )
        drawn.set_legend({"position": "bottom", "font": {"name": _FONT, "size": 9}})
        drawn.set_size({"width": 900, "height": 140 + 44 * (last - first + 1)})
        self.at.insert_chart(self.row + 1, 0, drawn)


# ---------------------------------------------------------------- 度量 ----


def _widths(sheet: Sheet) -> tuple[int, ...]:
    """列宽 — the widest of the tables that share a column."""
    columns = max(len(table.columns) for table in sheet.tables)
    return tuple(
        max(table.columns[at].width for table in sheet.tables if at < len(table.columns)) for at in range(columns)
    )


@lru_cache(maxsize=50_000)
def _lines(text: str, room: int) -> int:
    """行数 — lines the text takes in a column of ``room`` half-width characters; a Chinese character takes two."""
    if len(text) * 2 <= room - 1 and "\n" not in text:
        return 1
    return sum(max(1, ceil(_half_widths(line) / max(1, room - 1))) for line in text.split("\n"))


def _half_widths(text: str) -> float:
    """半角宽度 — UTF-8 takes 3 bytes for what prints 2 wide and 1 byte for what prints 1 wide."""
    return (len(text) + len(text.encode())) / 2


def _held(text: str) -> str:
    """一格装得下的文字 — what is still too long here (the sheets cut with their source) is cut, and says so."""
    clean = printable(text)
    if len(clean) * 2 <= _CELL_LIMIT or len(clean.encode("utf-16-le")) // 2 <= _CELL_LIMIT:
        return clean
    return (
        clean.encode("utf-16-le")[: (_CELL_LIMIT - 40) * 2].decode("utf-16-le", "ignore") + "……（文字过长，全文见原件）"
    )


def _plain(text: str) -> str:
    """页眉文字 — an ampersand is a control character there; 255 characters at most."""
    return printable(text).replace("&", "&&")[:100]
