"""表页部件 — one sheet part or string table of .xlsx to plain cells, without meaning yet.

Excel, WPS and most libraries write cells in one plain shape, and a pattern that must account for every "<" reads
that shape five times faster than an XML parser. One tag it does not expect, and the parser reads the part instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from xml.etree.ElementTree import Element

from rectify_tool.intake.failure import Unreadable, corrupt
from rectify_tool.intake.package import parse
from rectify_tool.model import address

_PLAIN_SHEET = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="[0-9]+")? t="s"><v>([^<&]+)</v></c>'
    r'|<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]+")?(?: t="[a-zA-Z]+")?(?:/>|></c>)'
    r"|(<(?:c [^<>]*>(?:<f[^<>]*>(?:[^<]*</f>)?)?<v>[^<&]+</v></c>|(?!/row>)[^<>]*))"
)
_PLAIN_CELL = re.compile(
    r'<c r="(([A-Z]{1,3})([1-9][0-9]{0,6}))"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?>'
    r"(<f[^<>]*>(?:[^<]*</f>)?)?<v>([^<&]+)</v></c>"
)
_PLAIN_STRINGS = re.compile(r'<si><t(?: xml:space="preserve")?>([^<&]*)</t></si>|(<)')
_STRING_TABLE = re.compile(rb"<sst [^<>]*>(.*)</sst>\s*", re.DOTALL)
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)
_ROW = re.compile(r'\br="(\d+)"')
_ROW_UNSEEN = re.compile(r'\bhidden="(?:1|true|on)"|\bht="0"')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_TRUE = frozenset({"1", "true", "on"})
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14


RawCell = tuple[str, str, str, str | None, str | None]
"""原始单元格 — reference, style, kind as the part writes them ("" where absent); the formula's tag, "" or None without;
the text of <v> or <is>, None where neither stands."""


@dataclass(frozen=True, slots=True)
class SheetContent:
    """表页内容 — the cells that hold anything, the rows not shown, and the rest of the part as a tree.

    ``texts`` are plain cells with a shared string, by far the most: letters and digits of the reference → the string's
    number. ``others`` are all other cells in the order of the part; none of them has a reference found in ``texts``.
    """

    texts: Mapping[tuple[str, str], str]
    others: Sequence[RawCell]
    hidden_rows: tuple[int, ...]
    frame: Element

    @property
    def cells(self) -> Iterator[RawCell]:
        """全部单元格 — in one shape, the shared strings first."""
        yield from ((letters + digits, "", "s", None, number) for (letters, digits), number in self.texts.items())
        yield from self.others


def sheet_content(part: bytes) -> SheetContent:
    """拆表页 — Unreadable where the part is not XML at all."""
    return _plain_sheet(part) or _any_sheet(part)


def shared_strings(part: bytes) -> Sequence[str]:
    """共享字符串 — by number; phonetic guides are no part of a text."""
    if not part:
        return ()
    texts = _plain_strings(part)
    return [rich_text(item) for item in parse(part)] if texts is None else texts


@lru_cache(maxsize=1 << 16)
def place(reference: str) -> tuple[int, int]:
    """位置 — ``G7`` to zero-based row and column; Unreadable where it is no reference within a sheet."""
    match = _PLACE.fullmatch(reference)
    if not match:
        raise corrupt("单元格地址不合规范")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    if not 1 <= row <= _MOST_ROWS or column > _MOST_COLUMNS:
        raise corrupt("单元格地址超出表格范围")
    return row - 1, column - 1


def child_of(root: Element, name: str) -> Element | None:
    """子元素 — the first child of that local name, whatever its namespace (transitional or strict)."""
    return next((child for child in root if local_name(child) == name), None)


def local_name(element: Element) -> str:
    """本名 — the tag without its namespace."""
    return element.tag.rpartition("}")[2]


# ---------------------------------------------------------------- 常见写法 ----


def _plain_sheet(part: bytes) -> SheetContent | None:
    start, end = part.find(b"<sheetData>"), part.rfind(b"</sheetData>")
    if start < 0 or end < start or _OTHER_ENCODING.match(part):
        return None
    try:
        tokens = _PLAIN_SHEET.findall(part[start + 11 : end].decode())
        frame = parse(part[:start] + part[end + 12 :])
    except (UnicodeDecodeError, Unreadable):
        return None
    shared = [token for token in tokens if token[2]]
    texts = {(letters, digits): number for letters, digits, number, _ in shared}
    tags = [token[3] for token in tokens if token[3]]
    rows = [tag for tag in tags if tag.startswith("<row")]
    others = [match for tag in tags if (match := _PLAIN_CELL.fullmatch(tag))]
    unseen = [row for row in rows if _ROW_UNSEEN.search(row)]
    hidden = [int(match[1]) - 1 for row in unseen if (match := _ROW.search(row))]
    repeated = len(texts) < len(shared) or any(cell.group(2, 3) in texts for cell in others)
    if repeated or len(rows) + len(others) < len(tags) or len(hidden) < len(unseen):
        return None
    return SheetContent(texts, [_raw(cell) for cell in others], tuple(hidden), frame)


def _raw(cell: re.Match[str]) -> RawCell:
    reference, style, kind, formula, text = cell.group(1, 4, 5, 6, 7)
    return reference, style or "", kind or "", formula, text


def _plain_strings(part: bytes) -> list[str] | None:
    table = _STRING_TABLE.search(part)
    if table is None or _OTHER_ENCODING.match(part):
        return None
    try:
        tokens = _PLAIN_STRINGS.findall(table[1].decode())
    except UnicodeDecodeError:
        return None
    return None if any(map(itemgetter(1), tokens)) else [_unescape(text) for text, _ in tokens]


# ---------------------------------------------------------------- 任何写法 ----


def _any_sheet(part: bytes) -> SheetContent:
    root = parse(part)
    rows = list(_rows(root))
    unseen = (at for at, row in rows if row.get("hidden") in _TRUE or row.get("ht") == "0")
    return SheetContent({}, list(_cells(rows)), tuple(unseen), root)


def _rows(root: Element) -> Iterator[tuple[int, Element]]:
    """Rows with their place; one without r= lies after the row before."""
    at = -1
    for row in child_of(root, "sheetData") or ():
        number = row.get("r", "")
        at = int(number) - 1 if number.isdecimal() else at + 1
        yield at, row


def _cells(rows: list[tuple[int, Element]]) -> Iterator[RawCell]:
    """Cells that hold anything; one without r= lies right of the cell before."""
    for row_at, row in rows:
        column = -1
        for cell in row:
            reference = cell.get("r") or address(row_at, column + 1)
            column = place(reference)[1]
            if len(cell):
                yield reference, cell.get("s", ""), cell.get("t", ""), *_content(cell)


def _content(cell: Element) -> tuple[str | None, str | None]:
    formula: str | None = None
    text: str | None = None
    for child in cell:
        tag = local_name(child)
        if tag == "v":
            text = child.text or ""
        elif tag == "is":
            text = rich_text(child)
        elif tag == "f":
            formula = child.text or tag
    return formula, text


def rich_text(item: Element) -> str:
    """富文本 — the text of <si> or <is>: its own and its runs', without the phonetic guide (rPh)."""
    texts: list[str] = []
    for child in item:
        tag = local_name(child)
        if tag == "t":
            texts.append(child.text or "")
        elif tag == "r":
            texts += [part.text or "" for part in child if local_name(part) == "t"]
    return _unescape("".join(texts))


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
