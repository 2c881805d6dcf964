"""版面 — a sheet's title, notes, headings, filter, bars, print setup and charts; the rows come later (`rows`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rectify_tool.model import Book, Chart, Sheet, SheetTable, Show, printable
from rectify_tool.workbook.charts import draw, height_of
from rectify_tool.workbook.styles import BAR_FILL, FONT, LIGHT_FILLS, LINE, Dress, Look, Styles, lines, row_height

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart as Drawn
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_A3, _A4 = 8, 9
_MARGIN = 0.4
"""左右页边 — inches."""

_EDGE = 0.7
"""上下页边 — inches."""

_INCH, _A4_LONG, _A4_SHORT = 72, 841.9, 595.3
"""英寸、A4 纸的两边 — points."""

_PIXELS, _PADDING = 7, 5
"""列宽的像素 — for one half-width character of the book's own font, and beside the characters of a column."""

_HEADER = f'&10&"{FONT},常规"'
"""页眉页脚的字体 — said before the text, else it is set in the book's own font."""

_POINT = 0.75
"""一像素的磅数."""

_SAFE = 0.91
"""缩放的余量 — LibreOffice sets columns up to a twelfth wider than Excel."""

_EMPTY = 15.0
"""空行的磅数 — of a row whose height is not set."""


class Body(NamedTuple):
    """表身 — the rows of one table: in which sheet (by name, and from 1) and from which row (from 0) they belong.

    ``rooms`` is the width of each column; ``printed`` how many of them are printed and so make the rows high enough;
    ``blanks`` how many further columns a stretched last column covers; ``looks`` names the formats of the
    placeholder's cells, in order.
    """

    name: str
    sheet: int
    first: int
    table: SheetTable
    rooms: tuple[int, ...]
    printed: int
    blanks: int
    looks: tuple[Look, ...]


def lay_out(made: Workbook, styles: Styles, book: Book, sheet: Sheet) -> list[Body]:
    """排一页 — everything but the rows; where they belong stands a placeholder row with one cell of every format."""
    page = _Page(made.add_worksheet(sheet.name), styles, book, sheet, _widths(sheet))
    for column, width in enumerate(page.widths):
        page.at.set_column(column, column, width)
    page.head()
    bodies = [page.table(table) for table in sheet.tables]
    page.freeze_and_filter()
    for chart in sheet.charts:
        page.chart(draw(made, chart, sheet.tables[chart.table], sheet.name, page.first_of(chart)), chart)
    page.print_setup()
    number = len(made.worksheets())
    return [body._replace(sheet=number) for body in bodies if body.table.rows]


@dataclass(slots=True)
class _Page:
    """一页 — ``row`` is the next free one; ``spans`` the heading row and last row of each table.

    ``blocks`` are what a page break should not cut, each with its first row and its height in points.
    """

    at: Worksheet
    styles: Styles
    book: Book
    sheet: Sheet
    widths: tuple[int, ...]
    row: int = 0
    spans: tuple[tuple[int, int], ...] = ()
    blocks: tuple[tuple[int, float], ...] = ()

    def head(self) -> None:
        """题头 — title with the office's mark, and the notes."""
        mark = f"（{self.book.mark}）" if self.book.mark else ""
        high = self._across(printable(f"{self.sheet.title}{mark}"), self.styles.title, 28)
        high += sum(self._across(printable(note), self.styles.note, None) for note in self.sheet.notes)
        self.block(0, high)

    def _across(self, text: str, style: Format, height: float | None) -> float:
        """通栏一行 — merged over what is printed; a merged row never grows by itself, so its height is computed."""
        across = self.sheet.printed or len(self.widths)
        high = height or LINE * lines(text, sum(self.widths[:across]))
        self.at.set_row(self.row, high)
        self.at.merge_range(self.row, 0, self.row, across - 1, text, style)
        self.row += 1
        return high

    def table(self, table: SheetTable) -> Body:
        """一张表 — caption, headings and the placeholder of its rows."""
        start = self.row
        if table.caption:
            self.at.write_string(self.row + 1, 0, table.caption, self.styles.caption)
            self.row += 2
        rooms, blanks = self._rooms(table)
        high = max(LINE * lines(one.heading, one.width + 2) for one in table.columns) + 6
        self.at.set_row(self.row, high)
        if self.sheet.charts:
            self.block(start, (self.row - start) * _EMPTY + high + _height(table, rooms))
        for column, one in enumerate(table.columns):
            self.at.write_string(self.row, column, one.heading, self.styles.heading)
        self._stretch(table, blanks)
        printed = self.sheet.printed or len(rooms)
        body = Body(self.sheet.name, 0, self.row + 1, table, rooms, printed, blanks, tuple(self.styles.looks))
        last = self.row + len(table.rows)
        self.spans = (*self.spans, (self.row, last - table.total))
        self.row += 1
        if table.rows:
            for column, style in enumerate(self.styles.looks.values()):
                self.at.write_blank(body.first, column, None, style)
            self._bars(table, body.first, self.spans[-1][1])
            self.row = last + 1
        else:
            self._across(table.empty, self.styles.empty, LINE + 10)
        return body

    def _bars(self, table: SheetTable, first: int, last: int) -> None:
        """数据条 — a rate's bar is full at 100 %, a figure's at the largest of its column."""
        for column, one in enumerate(table.columns):
            if one.bar and last >= first:
                full = {"max_type": "num", "max_value": 1} if one.show is Show.RATE else {}
                bar = {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": BAR_FILL}
                floor = {"min_type": "num", "min_value": 0, "bar_border_color": "#9FC5E8"}
                self.at.conditional_format(first, column, last, column, bar | floor | full)

    def _rooms(self, table: SheetTable) -> tuple[tuple[int, ...], int]:
        """各列宽 — in a table narrower than its sheet a last column of text takes the rest of the width."""
        used = len(table.columns)
        blanks = len(self.widths) - used if table.columns[-1].show is Show.TEXT else 0
        rooms = self.widths[:used]
        return ((*rooms[:-1], sum(self.widths[used - 1 :])), blanks) if blanks else (rooms, 0)

    def _stretch(self, table: SheetTable, blanks: int) -> None:
        if not blanks:
            return
        left, right = len(table.columns) - 1, len(table.columns) - 1 + blanks
        self.at.merge_range(self.row, left, self.row, right, table.columns[-1].heading, self.styles.heading)
        for row in range(self.row + 1, self.row + 1 + len(table.rows)):
            self.at.merge_range(row, left, row, right, "", self.styles.looks[Dress(Show.TEXT)])

    def freeze_and_filter(self) -> None:
        """冻结与筛选 — the longest table is filtered; its headings stay in sight where it is the only one.

        The headings of the last table are repeated, unless charts follow it: on the pages after them nothing else is
        printed.
        """
        top, bottom = max(self.spans, key=lambda span: span[1] - span[0])
        table = self.sheet.tables[self.spans.index((top, bottom))]
        if bottom > top:
            self.at.autofilter(top, 0, bottom, len(table.columns) - 1)
        if len(self.sheet.tables) == 1:
            self.at.freeze_panes(top + 1, 2 if len(table.columns) > 8 else 0)
        if not self.sheet.charts:
            self.at.repeat_rows(self.spans[-1][0])

    def block(self, start: int, height: float) -> None:
        """一块 — title and notes, a table with its caption, a chart."""
        self.blocks = (*self.blocks, (start, height))

    def break_pages(self) -> None:
        """分页 — a sheet of several tables and charts breaks between them; Excel takes breaks with a scale only.

        The scale is what fits the width, less what LibreOffice makes its columns wider.
        """
        wide = sum(width * _PIXELS + _PADDING for width in self.widths) * _POINT
        scale = min(1.0, (_A4_LONG - 2 * _MARGIN * _INCH) / wide * _SAFE)
        room, used, breaks = (_A4_SHORT - 2 * _EDGE * _INCH) / scale, 0.0, list[int]()
        for start, height in self.blocks:
            if used and used + height > room:
                breaks.append(start)
                used = 0.0
            used = (used + height) % room
        self.at.set_print_scale(int(scale * 100))
        self.at.set_h_pagebreaks(breaks)

    def print_setup(self) -> None:
        """打印 — landscape, one page wide, the heading row on every page, the office's mark in the page header."""
        self.at.set_landscape()
        self.at.set_paper(_A3 if self.sheet.wide else _A4)
        self.at.set_margins(left=_MARGIN, right=_MARGIN, top=_EDGE, bottom=_EDGE)
        self.at.center_horizontally()
        if self.sheet.charts:
            self.break_pages()
        else:
            self.at.fit_to_pages(1, 0)
        if self.sheet.printed:
            self.at.print_area(0, 0, max(self.row - 1, 0), self.sheet.printed - 1)
        mark = f"&R{_HEADER}{_in_header(self.book.mark)}" if self.book.mark else ""
        self.at.set_header(f"&L{_HEADER}{_in_header(self.book.title)}{mark}")
        self.at.set_footer(f"&C{_HEADER}第 &P 页，共 &N 页")
        self.at.hide_gridlines(1)
        if self.sheet.tab:
            self.at.set_tab_color(LIGHT_FILLS[self.sheet.tab])

    def first_of(self, chart: Chart) -> int:
        """图的首行 — where the rows of its table begin."""
        return self.spans[chart.table][0] + 1

    def chart(self, drawn: Drawn, chart: Chart) -> None:
        """放一张图 — below the tables, in a single row of its height: no page break ever cuts a row."""
        high = height_of(chart, self.sheet.tables[chart.table])
        wide = sum(width * _PIXELS + _PADDING for width in self.widths)
        self.at.set_row(self.row + 1, (high + 8) * _POINT)
        self.block(self.row, _EMPTY + (high + 8) * _POINT)
        drawn.set_size({"width": wide - 8, "height": high})
        self.at.insert_chart(self.row + 1, 0, drawn, {"x_offset": 4, "y_offset": 4})
        self.row += 2


def _height(table: SheetTable, rooms: Sequence[int]) -> float:
    """各行合高 — in points."""
    texts = (
        [lines(value, room) for value, room in zip(row, rooms, strict=True) if isinstance(value, str)]
        for row in table.rows
    )
    return sum(row_height(max(high, default=1)) for high in texts)


def _widths(sheet: Sheet) -> tuple[int, ...]:
    """列宽 — the widest of the tables that share a column."""
    columns = max(len(table.columns) for table in sheet.tables)
    return tuple(
        max(table.columns[at].width for table in sheet.tables if at < len(table.columns)) for at in range(columns)
    )


def _in_header(text: str) -> str:
    """页眉文字 — an ampersand is a control character there, and 255 characters are the most it holds."""
    return printable(text).replace("\n", " ").replace("&", "&&")[:100]
