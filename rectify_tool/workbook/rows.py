"""表身 — the rows under the headings, built as text and put in the place of their placeholder.

XlsxWriter has made one placeholder row a table, with one cell of every format: its style numbers are read from there.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rectify_tool.model import Lamp, Link, Ref, address, column_letters, printable
from rectify_tool.workbook.links import Links, Met, index_of
from rectify_tool.workbook.page import Body
from rectify_tool.workbook.styles import LINE, Dress, Look, lines

_TALLEST = 400.0
"""最大行高 — Excel allows 409 points a row; longer text stays in the cell and is read there."""

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
    name = f"xl/worksheets/sheet{number}.xml"
    sheet = contents[name]
    met: list[Met] = []
    for body in bodies:
        start, end = _placeholder(sheet, body)
        ids = dict(zip(body.looks, (int(one) for one in _STYLE.findall(sheet, start, end)), strict=False))
        sheet = sheet[:start] + _rows(body, ids, met, links).encode() + sheet[end:]
    contents[name] = links.add(contents, number, _dimensioned(sheet, bodies), met)


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


def _rows(body: Body, ids: Mapping[Look, int], met: list[Met], links: Links) -> str:
    """各行 — the cells that lead somewhere are added to ``met``."""
    columns = tuple(_columns(body, ids))
    beyond = tuple(column_letters(len(body.rooms) + at) for at in range(body.blanks))
    last = len(body.table.rows) - 1 if body.table.total else -1
    written: list[str] = []
    for at, values in enumerate(body.table.rows):
        row, total, tallest, cells = str(body.first + at + 1), at == last, 1, []
        for value, (letter, styles, made) in zip(values, columns, strict=True):
            style = styles[total]
            if isinstance(value, (Link, Ref)):
                if links.leads(value):
                    met.append((letter + row, value))
                    style = styles[2 + total]
                value = value.text if isinstance(value, Link) else value.shown
            if value is not None and not isinstance(value, str):
                cells.append(_value(letter + row, style, value, ids))
                continue
            rest, high = made[value]
            cells.append(f'<c r="{letter}{row}" s="{style}"{rest}')
            if high > tallest:
                tallest = high
        cells += [f'<c r="{letter}{row}" s="{columns[-1][1][0]}"/>' for letter in beyond]
        height = min(_TALLEST, LINE * tallest + 6)
        written.append(f'<row r="{row}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>')
    return "".join(written)


def _columns(body: Body, ids: Mapping[Look, int]) -> Iterable[tuple[str, tuple[int, ...], _Cells]]:
    """各列 — its letter, its style numbers (plain, in the 合计 row, leading somewhere, both), its texts."""
    for at, (column, room) in enumerate(zip(body.table.columns, body.rooms, strict=True)):
        styles = tuple(ids[Dress(column.show, total, leads)] for leads in (False, True) for total in (False, True))
        yield column_letters(at), styles, _Cells(room if at < body.printed else None)


class _Cells(dict[str | None, tuple[str, int]]):
    """一列的文字格 — of each text its cell after place and style, and its lines; most texts stand in many rows.

    ``room`` is None where the column makes no row higher.
    """

    def __init__(self, room: int | None) -> None:
        super().__init__({None: ("/>", 1), "": ("/>", 1)})
        self.room = room

    def __missing__(self, text: str) -> tuple[str, int]:
        self[text] = made = _text(text), 1 if self.room is None else lines(text, self.room)
        return made


def _value(place: str, style: int, value: date | float | Lamp, ids: Mapping[Look, int]) -> str:
    if isinstance(value, Lamp):
        return f'<c r="{place}" s="{ids[value.light]}"{_text(value.word)}'
    figure = value.toordinal() - _EPOCH if isinstance(value, date) else value
    return f'<c r="{place}" s="{style}"><v>{figure!r}</v></c>'


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
