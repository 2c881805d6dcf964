"""版面 — a sheet's title, notes, headings, filter, print setup and charts; the rows under the headings come later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_tool.model import Book, Chart, Sheet, SheetTable, Show, printable
from rectify_tool.workbook.styles import FONT, HEAD_FONT, LINE, SERIES_FILLS, Look, Styles, lines

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_A3, _A4 = 8, 9
_ONE_PAGE = 50
"""一页排下 — a sheet with a chart and no more rows than this is printed on one page."""


class Body(NamedTuple):
    """表身 — the rows of one table: in which sheet (from 1) and from which row (from 0) they belong.

    ``rooms`` is the width of each column; ``blanks`` how many further columns a stretched last column covers;
    ``looks`` names the formats of the placeholder's cells, in order.
    """

    sheet: int
    first: int
    table: SheetTable
    rooms: tuple[int, ...]
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
    page.print_setup()
    for chart in sheet.charts:
        page.chart(made, chart)
    number = len(made.worksheets())
    return [body._replace(sheet=number) for body in bodies if body.table.rows]


@dataclass(slots=True)
class _Page:
    """一页 — ``row`` is the next free one; ``spans`` the heading row and last row of each table."""

    at: Worksheet
    styles: Styles
    book: Book
    sheet: Sheet
    widths: tuple[int, ...]
    row: int = 0
    spans: tuple[tuple[int, int], ...] = ()

    def head(self) -> None:
        """题头 — title with the office's mark, and the notes."""
        mark = f"（{self.book.mark}）" if self.book.mark else ""
        self._across(printable(f"{self.sheet.title}{mark}"), self.styles.title, 28)
        for note in self.sheet.notes:
            self._across(printable(note), self.styles.note, None)

    def _across(self, text: str, style: Format, height: float | None) -> None:
        """通栏一行 — merged over the sheet's width; a merged row never grows by itself, so its height is computed."""
        self.at.set_row(self.row, height or LINE * lines(text, sum(self.widths)))
        self.at.merge_range(self.row, 0, self.row, len(self.widths) - 1, text, style)
        self.row += 1

    def table(self, table: SheetTable) -> Body:
        """一张表 — caption, headings and the placeholder of its rows."""
        if table.caption:
            self.at.write_string(self.row + 1, 0, table.caption, self.styles.caption)
            self.row += 2
        rooms, blanks = self._rooms(table)
        self.at.set_row(self.row, max(LINE * lines(one.heading, one.width + 2) for one in table.columns) + 6)
        for column, one in enumerate(table.columns):
            self.at.write_string(self.row, column, one.heading, self.styles.heading)
        self._stretch(table, blanks)
        body = Body(0, self.row + 1, table, rooms, blanks, tuple(self.styles.looks))
        if table.rows:
            for column, style in enumerate(self.styles.looks.values()):
                self.at.write_blank(body.first, column, None, style)
        else:
            self.at.write_string(body.first, 0, table.empty, self.styles.empty)
        last = self.row + len(table.rows)
        self.spans = (*self.spans, (self.row, last - table.total))
        self.row = max(last, body.first) + 1
        return body

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
            self.at.merge_range(row, left, row, right, "", self.styles.looks[(Show.TEXT, False)])

    def freeze_and_filter(self) -> None:
        """冻结与筛选 — the longest table is filtered; its headings stay in sight where it is the only one.

        The headings of the last table are repeated: on the pages after them nothing else is printed.
        """
        top, bottom = max(self.spans, key=lambda span: span[1] - span[0])
        table = self.sheet.tables[self.spans.index((top, bottom))]
        if bottom > top:
            self.at.autofilter(top, 0, bottom, len(table.columns) - 1)
        if len(self.sheet.tables) == 1:
            self.at.freeze_panes(top + 1, 2 if len(table.columns) > 8 else 0)
        self.at.repeat_rows(self.spans[-1][0])

    def print_setup(self) -> None:
        """打印 — landscape, one page wide, the heading row on every page, the office's mark in the page header."""
        self.at.set_landscape()
        self.at.set_paper(_A3 if self.sheet.wide else _A4)
        self.at.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        self.at.fit_to_pages(1, 1 if self.sheet.charts and self.row < _ONE_PAGE else 0)
        mark = f"&R{_in_header(self.book.mark)}" if self.book.mark else ""
        self.at.set_header(f"&L{_in_header(self.book.title)}{mark}")
        self.at.set_footer("&C第 &P 页，共 &N 页")
        self.at.hide_gridlines(1)

    def chart(self, made: Workbook, chart: Chart) -> None:
        """画图 — bars of the named columns, below the tables."""
        table = self.sheet.tables[chart.table]
        first, last = self.spans[chart.table][0] + 1, self.spans[chart.table][1]
        drawn: Any = made.add_chart({"type": "bar", "subtype": "stacked" if chart.stacked else "clustered"})
        for fill, column in zip(SERIES_FILLS, chart.columns, strict=False):
            drawn.add_series(
                {
                    "name": table.columns[column].heading.replace("\n", ""),
                    "categories": [self.sheet.name, first, 0, last, 0],
                    "values": [self.sheet.name, first, column, last, column],
                    "fill": {"color": fill},
                    "gap": 60,
                }
            )
        small = {"name": FONT, "size": 9}
        drawn.set_title({"name": chart.title, "name_font": {"name": HEAD_FONT, "size": 12, "bold": False}})
        drawn.set_y_axis({"reverse": True, "num_font": small})
        drawn.set_x_axis({"num_format": "0", "num_font": small})
        drawn.set_legend({"position": "bottom", "font": small})
        drawn.set_size({"width": 900, "height": 140 + 40 * (last - first + 1)})
        self.at.insert_chart(self.row + 1, 0, drawn)


def _widths(sheet: Sheet) -> tuple[int, ...]:
    """列宽 — the widest of the tables that share a column."""
    columns = max(len(table.columns) for table in sheet.tables)
    return tuple(
        max(table.columns[at].width for table in sheet.tables if at < len(table.columns)) for at in range(columns)
    )


def _in_header(text: str) -> str:
    """页眉文字 — an ampersand is a control character there, and 255 characters are the most it holds."""
    return printable(text).replace("\n", " ").replace("&", "&&")[:100]
