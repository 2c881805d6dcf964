"""表身 — the rows under the headings, built as text and put in the place of their placeholder.

XlsxWriter has made one placeholder row a table, with one cell of every format: its style numbers are read from there.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import repeat

from rectify_tool.model import Lamp, Link, Ref, SheetValue, address, column_letters, printable
from rectify_tool.workbook.links import Links, Met, index_of
from rectify_tool.workbook.page import Body
from rectify_tool.workbook.styles import Dress, Look, lines, row_height

_CELL_LIMIT = 32_767
"""一格最多字数 — in UTF-16 units."""

_EPOCH = date(1899, 12, 30).toordinal()
_FAST = 2
"""压缩级别 — larger levels take twice the time for a tenth less."""

_SPECIAL = re.compile("[&<>_\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ROW = re.compile(rb'<row r="(\d+)"')
_STYLE = re.compile(rb's="(\d+)"')


def fill_in(package: io.BytesIO, bodies: Sequence[Body], home: str | None) -> bytes:
    """填入各行 — the package with the rows of every table in their place, and its links to rows and source files.

    ``home`` is the way from the workbook's folder to the work folder; None links to no file.
    """
    links = Links(index_of(bodies), home)
    filled = io.BytesIO()
    with zipfile.ZipFile(package) as parts, zipfile.ZipFile(filled, "w", zipfile.ZIP_DEFLATED) as target:
        contents = {name: parts.read(name) for name in parts.namelist()}
        for number in {body.sheet for body in bodies}:
            _fill_sheet(contents, number, [body for body in bodies if body.sheet == number], links)
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            target.writestr(entry, content, zipfile.ZIP_DEFLATED, _FAST)
    return filled.getvalue()


def _fill_sheet(contents: dict[str, bytes], number: int, bodies: Sequence[Body], links: Links) -> None:
    """填一页 — its links first: a sheet full of rows is long to search and to copy."""
    name = f"xl/worksheets/sheet{number}.xml"
    met = [one for body in bodies for one in _met(body, links)]
    sheet = links.add(contents, number, _dimensioned(contents[name], bodies), met)
    for body in bodies:
        start, end = _placeholder(sheet, body)
        ids = dict(zip(body.looks, (int(one) for one in _STYLE.findall(sheet, start, end)), strict=False))
        sheet = b"".join((sheet[:start], _rows(body, ids, links), sheet[end:]))
    contents[name] = sheet


def _placeholder(sheet: bytes, body: Body) -> tuple[int, int]:
    """占位行 — from the first row of the table to the first row after it."""
    start = sheet.index(b'<row r="%d"' % (body.first + 1))
    after = body.first + len(body.table.rows)
    following = (found for found in _ROW.finditer(sheet, start) if int(found[1]) > after)
    end = next((found.start() for found in following), None)
    return start, sheet.index(b"</sheetData>", start) if end is None else end


def _dimensioned(sheet: bytes, bodies: Sequence[Body]) -> bytes:
    """表页范围 — what readers take for the used range."""
    bottom = max(body.first + len(body.table.rows) - 1 for body in bodies)
    right = max(len(body.rooms) + body.blanks for body in bodies) - 1
    last = _ROW.match(sheet, sheet.rindex(b"<row "))
    end = int(last[1]) if last else 1
    used = address(max(bottom, end - 1), right).encode()
    return re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:%s"/>' % used, sheet, count=1)


# ---------------------------------------------------------------- 行 ----


def _rows(body: Body, ids: Mapping[Look, int], links: Links) -> bytes:
    """各行 — the 合计 row, which is the last, is dressed apart."""
    rows, plain = body.table.rows, len(body.table.rows) - body.table.total
    parts = ((rows[:plain], body.first + 1, False), (rows[plain:], body.first + plain + 1, True))
    return b"".join(_alike(body, ids, links, part, first, total) for part, first, total in parts if part)


def _alike(
    body: Body, ids: Mapping[Look, int], links: Links, rows: Sequence[Sequence[SheetValue]], first: int, total: bool
) -> bytes:
    """装束相同的各行 — made a column at a time; what joins the pieces of a row to its text is the row's number."""
    after = [*(f'<c r="{column_letters(at)}' for at in range(1, len(body.rooms) + body.blanks)), "</row>"]
    pieces: list[Iterable[bytes]] = []
    tall: list[Iterable[int]] = [repeat(1, len(rows))]
    for at, (column, values) in enumerate(zip(body.table.columns, zip(*rows, strict=True), strict=True)):
        cells = _Cells(ids, Dress(column.show, total), links, body.rooms[at] if at < body.printed else None, after[at])
        pieces.append([*map(cells.__getitem__, values)])
        if cells.tall:
            tall.append(map(cells.tall.get, values, repeat(1)))
    blank = ids[Dress(body.table.columns[-1].show)]
    pieces += [repeat(f'" s="{blank}"/>{one}'.encode()) for one in after[len(body.rooms) :]]
    heights = map(_height, map(max, zip(*tall, strict=True)))
    numbers = (b"%d" % row for row in range(first, first + len(rows)))
    return b"".join(map(bytes.join, numbers, zip(repeat(b'<row r="'), heights, *pieces, strict=False)))


@cache
def _height(most: int) -> bytes:
    """行高 — of a row whose highest cell has ``most`` lines; up to the number in its first cell."""
    return b'" ht="%g" customHeight="1"><c r="A' % row_height(most)


class _Cells(dict[SheetValue, bytes]):
    """一列的格 — of each value its cell from after the row's number up to the next; most stand in many rows.

    ``tall`` are the lines of those that have more than one; ``room`` is None where the column makes no row higher.
    """

    def __init__(self, ids: Mapping[Look, int], dress: Dress, links: Links, room: int | None, after: str) -> None:
        super().__init__()
        self.tall: dict[SheetValue, int] = {}
        self._ids, self._links, self._room, self._after = ids, links, room, after
        self._plain, self._leading = ids[dress], ids[dress._replace(leads=True)]

    def __missing__(self, value: SheetValue) -> bytes:
        if isinstance(value, Lamp):
            style, inside = self._ids[value.light], _text(value.word)
        elif isinstance(value, (Link, Ref)):
            style = self._leading if self._links.leads(value) else self._plain
            inside = self._inside(value, value.text if isinstance(value, Link) else value.shown)
        else:
            style, inside = self._plain, self._inside(value, value)
        self[value] = made = f'" s="{style}"{inside}{self._after}'.encode()
        return made

    def _inside(self, value: SheetValue, shown: str | date | float | None) -> str:
        """格的内容 — what follows its style: text, a number, a day as Excel counts it, or nothing."""
        if isinstance(shown, str) and shown:
            if self._room is not None and (high := lines(shown, self._room)) > 1:
                self.tall[value] = high
            return _text(shown)
        if shown is None or isinstance(shown, str):
            return "/>"
        figure = shown.toordinal() - _EPOCH if isinstance(shown, date) else shown
        return f"><v>{figure!r}</v></c>"


def _met(body: Body, links: Links) -> list[Met]:
    """遇到的链接 — row by row; most columns have none."""
    columns = enumerate(zip(*body.table.rows, strict=True))
    leading = [(column_letters(at), at) for at, values in columns if not {Link, Ref}.isdisjoint(map(type, values))]
    return [
        (f"{letter}{row}", value)
        for row, values in enumerate(body.table.rows, body.first + 1)
        for letter, at in leading
        if isinstance(value := values[at], (Link, Ref)) and links.leads(value)
    ]


def _text(text: str) -> str:
    """文字格 — an inline string: never a formula, never a link, whatever it says."""
    if _SPECIAL.search(text) or len(text) * 2 > _CELL_LIMIT:
        text = _escaped(_held(printable(text)))
    return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _escaped(text: str) -> str:
    """转义 — for XML, and so that a typed _x000A_ is not read back as a line break."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LOOKS_ESCAPED.sub("_x005F_", plain)


def _held(text: str) -> str:
    """一格装得下的文字 — what is still too long here is cut and says so; the sheets cut earlier, with the place."""
    units = text.encode("utf-16-le")
    if len(units) <= _CELL_LIMIT * 2:
        return text
    return units[: (_CELL_LIMIT - 40) * 2].decode("utf-16-le", "ignore") + "……（文字过长，全文见原件）"
