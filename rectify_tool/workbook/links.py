"""链接 — from a figure to the rows it counts, from an item to its row, from a reply to its cell in the unit's file.

A link within the book is only a place in it; a link to a file is a relationship and, in a workbook, the place there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from rectify_tool.model import Link, Ref, SheetValue, column_letters, printable
from rectify_tool.workbook.page import Body

_LINK_LIMIT = 60_000
"""一页最多链接 — Excel allows 65,530; beyond this the place is still written, as text."""

_TIP_LIMIT = 240
"""提示最多字数 — Excel shows 255 characters, and the count of the rest must still fit."""

_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlt", ".et", ".ett", ".ods")
"""工作簿 — files a place in which can be opened."""

_SPECIAL = re.compile("[&<>\"']")
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)

Met = tuple[str, Link | Ref]
"""遇到的链接 — the cell that leads somewhere, and where."""


class Keyed(NamedTuple):
    """有名的各行 — of one sheet, as it stands in a link: the row (from 1) of each key, and its table's last column."""

    place: str
    rows: Mapping[str, int]
    last: str


def index_of(bodies: Sequence[Body]) -> Mapping[str, Keyed]:
    """索引 — by the sheet's name, the rows of the table whose rows have names."""
    return {body.name: _keyed(body, body.table.key) for body in bodies if body.table.key is not None}


def _keyed(body: Body, column: int) -> Keyed:
    rows = {_name(values[column]): body.first + at + 1 for at, values in enumerate(body.table.rows)}
    place = escape(f"{_quoted(body.name)}!")
    return Keyed(place, rows, column_letters(len(body.table.columns) - 1))


def _name(value: SheetValue) -> str:
    return str(value.shown if isinstance(value, Ref) else value)


@dataclass(frozen=True, slots=True)
class Links:
    """链接 — ``home`` is the way from the workbook's folder to the work folder; None links to no file."""

    index: Mapping[str, Keyed]
    home: str | None

    def leads(self, value: Link | Ref) -> bool:
        """有去处 — a file where the way is known; rows where there are any."""
        return bool(value.keys) if isinstance(value, Ref) else self.home is not None

    def add(self, contents: dict[str, bytes], number: int, sheet: bytes, met: Sequence[Met]) -> bytes:
        """加链接 — the sheet with its links; their relationships are added to ``contents``."""
        files: dict[str, str] = {}
        refs = "".join([self._link(place, value, files) for place, value in met[:_LINK_LIMIT]])
        if files:
            self._relate(contents, number, files)
        if not refs:
            return sheet
        before = b"<printOptions" if b"<printOptions" in sheet else b"<pageMargins"
        return sheet.replace(before, f"<hyperlinks>{refs}</hyperlinks>".encode() + before, 1)

    def _link(self, place: str, value: Link | Ref, files: dict[str, str]) -> str:
        if isinstance(value, Ref):
            return self._to_rows(place, value)
        key = files.setdefault(value.file, f"rIdFile{len(files) + 1}")
        within = _in_file(value.file, value.sheet) if value.cell else ""
        within = f' location="{within}{_escaped(value.cell)}"' if within else ""
        return f'<hyperlink ref="{place}" r:id="{key}"{within}/>'

    def _to_rows(self, place: str, value: Ref) -> str:
        """转到各行 — all of them where they lie together, else the first; the tip of a figure names them."""
        known = self.index.get(value.sheet)
        rows = [*filter(None, map(known.rows.get, value.keys))] if known else []
        if not rows or known is None:
            return ""
        first, last = min(rows), max(rows)
        end = last if last - first + 1 == len(rows) else first
        tip = "" if value.keys == (value.shown,) else f' tooltip="{_tip(value)}"'
        return f'<hyperlink ref="{place}" location="{known.place}A{first}:{known.last}{end}"{tip}/>'

    def _relate(self, contents: dict[str, bytes], number: int, files: Mapping[str, str]) -> None:
        """各文件的关系 — relative, percent-encoded paths; one relationship a file."""
        name = f"xl/worksheets/_rels/sheet{number}.xml.rels"
        relations = "".join(
            f'<Relationship Id="{key}" Type="{_HYPERLINK}" Target="{quote(f"{self.home}/{file}")}"'
            ' TargetMode="External"/>'
            for file, key in files.items()
        )
        known = contents.get(name, _NO_RELATIONS)
        contents[name] = known.replace(b"</Relationships>", relations.encode() + b"</Relationships>")


@lru_cache(maxsize=65536)  # a file and its sheet are led to from many rows
def _in_file(file: str, sheet: str) -> str:
    """文件中的表页 — ``'Sheet1'!`` as it stands in a link; "" where the file has no such places or none is named."""
    there = sheet and file.lower().endswith(_WORKBOOKS)
    return escape(printable(f"{_quoted(sheet)}!")).replace("\n", "&#10;") if there else ""


def _quoted(sheet: str) -> str:
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"


def _tip(ref: Ref) -> str:
    """提示 — the names of the rows, as many as fit, as an attribute holds them."""
    named = "、".join(ref.keys[:_TIP_LIMIT])
    cut = len(named) > _TIP_LIMIT
    if cut:
        named = named[: _TIP_LIMIT + 1].rpartition("、")[0] or named[:_TIP_LIMIT]
    rest = f"等{len(ref.keys)}个" if cut and len(ref.keys) > 1 else ""
    return _escaped(printable(f"{ref.sheet}：{named}{rest}")).replace("\n", " ")


def _escaped(text: str) -> str:
    """转义 — as an attribute holds it; a place or a number needs none."""
    return escape(text) if _SPECIAL.search(text) else text
