"""表样 — how the samples' workbooks are laid out and written: a table as data, then one writer per file type.

`lay` turns columns and records into a `Page` the way offices make tables; the writers know nothing of its meaning.
Every date inside a file is given, so that running the generator again writes the same bytes.
"""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Formatted:
    """带格式的值 — a number or day that the sheet shows in a format of its own, as Excel does after spoiling 4-2."""

    value: int | float | date
    format: str
    shown: str


@dataclass(frozen=True, slots=True)
class Uncached:
    """没有结果的公式 — a formula whose result was never stored in the file."""

    formula: str


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """错误值 — a formula whose stored result is an error such as #REF!."""

    formula: str
    error: str


MARK = "（示例·虚构）"
"""What stands on every sheet of every sample."""

Typed = str | int | float | date | Formatted | Uncached | ErrorValue
Record = Mapping[str, Typed]


class Down(Enum):
    """向下写法 — how a value that is the same as in the row above is written."""

    EACH = "每行都写"
    MERGED = "合并单元格"
    ONCE = "只写一次"
    DITTO = "同上"


@dataclass(frozen=True, slots=True)
class Column:
    """列 — one column: its heading, the record's field under it, and how it looks. ``group`` is the upper heading."""

    heading: str
    field: str
    width: float = 12
    down: Down = Down.EACH
    group: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """一张表 — rows of cells from A1 and how they look; ``merges`` are (top, left, bottom, right), zero-based."""

    name: str
    rows: tuple[tuple[Typed | None, ...], ...]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    widths: tuple[float, ...] = ()
    hidden: tuple[int, ...] = ()
    headings: frozenset[int] = frozenset()
    plain: frozenset[int] = frozenset()
    title: int = 0

    @property
    def width(self) -> int:
        """列数."""
        return max(map(len, self.rows))


@dataclass(frozen=True, slots=True)
class Made:
    """一份文件 — where it lies in the work folder, when it was last saved, and its sheets."""

    path: str
    saved: datetime
    pages: tuple[Page, ...]


# ---------------------------------------------------------------- 排表 ----


@dataclass(slots=True)
class _Sheet:
    rows: list[tuple[Typed | None, ...]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    headings: set[int] = field(default_factory=set)
    plain: set[int] = field(default_factory=set)


def lay(
    name: str,
    columns: Sequence[Column],
    records: Sequence[Record],
    *,
    title: str,
    above: Iterable[str] = (),
    below: Iterable[str] = (),
    repeat_after: int = 0,
) -> Page:
    """排表 — title lines, one or two heading rows, the records, the footer lines.

    ``repeat_after`` writes the headings a second time after so many records, as a printed second page has them.
    """
    sheet = _Sheet()
    for line in (title, *above):
        _full_line(sheet, line, len(columns))
    _headings(sheet, columns)
    first = len(sheet.rows)
    blocks = (records[:repeat_after], records[repeat_after:]) if repeat_after else (records,)
    for number, block in enumerate(blocks):
        if number:
            _headings(sheet, columns)
            first = len(sheet.rows)
        sheet.rows += [tuple(_cell(column, block, i) for column in columns) for i in range(len(block))]
        sheet.merges += _merged_down(columns, block, first)
    for line in below:
        _full_line(sheet, line, len(columns))
    return Page(
        name,
        tuple(sheet.rows),
        tuple(sheet.merges),
        tuple(column.width for column in columns),
        tuple(i for i, column in enumerate(columns) if column.hidden),
        frozenset(sheet.headings),
        frozenset(sheet.plain),
    )


def text_page(name: str, lines: Sequence[str], width: float = 90) -> Page:
    """文字页 — a sheet of plain lines, such as the instructions in front."""
    return Page(name, tuple((line,) for line in lines), widths=(width,), plain=frozenset(range(len(lines))))


def _full_line(sheet: _Sheet, text: str, width: int) -> None:
    at = len(sheet.rows)
    sheet.rows.append((text,))
    sheet.plain.add(at)
    if width > 1:
        sheet.merges.append((at, 0, at, width - 1))


def _headings(sheet: _Sheet, columns: Sequence[Column]) -> None:
    at = len(sheet.rows)
    if not any(column.group for column in columns):
        sheet.rows.append(tuple(column.heading for column in columns))
        sheet.headings.add(at)
        return
    upper: list[Typed | None] = []
    for i, column in enumerate(columns):
        starts = not (column.group and i and columns[i - 1].group == column.group)
        upper.append((column.group or column.heading) if starts else None)
        if not column.group:
            sheet.merges.append((at, i, at + 1, i))
        elif starts:
            last = i + sum(1 for later in columns[i + 1 :] if later.group == column.group)
            sheet.merges += [(at, i, at, last)] if last > i else []
    sheet.rows += [tuple(upper), tuple(column.heading if column.group else None for column in columns)]
    sheet.headings |= {at, at + 1}


def _cell(column: Column, block: Sequence[Record], i: int) -> Typed | None:
    value = block[i].get(column.field)
    if column.down is Down.EACH or i == 0 or value in (None, "") or block[i - 1].get(column.field) != value:
        return None if value == "" else value
    return "同上" if column.down is Down.DITTO else None


def _merged_down(columns: Sequence[Column], block: Sequence[Record], first: int) -> list[tuple[int, int, int, int]]:
    merges = []
    for at, column in enumerate(columns):
        if column.down is not Down.MERGED:
            continue
        start = 0
        for i in range(1, len(block) + 1):
            if i == len(block) or block[i].get(column.field) != block[start].get(column.field):
                merges += [(first + start, at, first + i - 1, at)] if i - start > 1 else []
                start = i
    return merges


# ---------------------------------------------------------------- .xlsx ----


def write_xlsx(path: Path, pages: Sequence[Page], saved: datetime) -> None:
    """写 .xlsx — with shared strings as Excel writes them; ``saved`` stands inside the file as its saved-at."""
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "default_date_format": "yyyy/m/d"})
    book.set_properties({"author": "示例·虚构", "created": saved})
    for page in pages:
        _xlsx_page(book, page)
    book.close()
    path.write_bytes(_without_cached(held.getvalue()))


_UNCACHED_MARK = "〔没有存下结果〕"


def _xlsx_page(book: Any, page: Page) -> None:
    sheet = book.add_worksheet(page.name)
    sheet.set_landscape()
    sheet.set_paper(8 if page.width > 9 else 9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页　示例·虚构")
    for at, width in enumerate(page.widths):
        sheet.set_column(at, at, width, None, {"hidden": at in page.hidden})
    looks = _looks(book)
    for span in page.merges:
        sheet.merge_range(*span, "", looks(page, span[0]))
    for r, row in enumerate(page.rows):
        sheet.set_row(r, _height(page, r))
        for c, value in enumerate(row):
            _xlsx_cell(sheet, r, c, value, looks, page)
    if page.headings:
        sheet.repeat_rows(min(page.headings), max(h for h in page.headings if h <= min(page.headings) + 1))


def _looks(book: Any) -> Callable[..., Any]:
    made: dict[tuple[object, ...], Any] = {}
    base = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter"}
    kinds: dict[str, dict[str, Any]] = {
        "title": {"font_name": "黑体", "font_size": 16, "align": "center"},
        "plain": {"align": "left"},
        "heading": {"bold": True, "align": "center", "border": 1, "bg_color": "#E7E6E6"},
        "data": {"border": 1, "align": "left"},
    }

    def look(page: Page, row: int, number_format: str = "") -> Any:
        kind = "title" if row == page.title else "plain" if row in page.plain else "data"
        kind = "heading" if row in page.headings else kind
        key = (kind, number_format)
        if key not in made:
            made[key] = book.add_format(base | kinds[kind] | ({"num_format": number_format} if number_format else {}))
        return made[key]

    return look


def _xlsx_cell(sheet: Any, r: int, c: int, value: Typed | None, looks: Callable[..., Any], page: Page) -> None:
    look = looks(page, r)
    if value is None:
        merged_into = any(top <= r <= bottom and left <= c <= right for top, left, bottom, right in page.merges)
        if not merged_into:
            sheet.write_blank(r, c, None, look)
    elif isinstance(value, str):
        sheet.write_string(r, c, value, look)
    elif isinstance(value, Formatted):
        write = sheet.write_datetime if isinstance(value.value, date) else sheet.write_number
        write(r, c, value.value, looks(page, r, value.format))
    elif isinstance(value, Uncached):
        sheet.write_formula(r, c, value.formula, look, _UNCACHED_MARK)
    elif isinstance(value, ErrorValue):
        sheet.write_formula(r, c, value.formula, look, value.error)
    elif isinstance(value, date):
        sheet.write_datetime(r, c, value, looks(page, r, "yyyy/m/d"))
    else:
        sheet.write_number(r, c, value, look)


def _without_cached(packed: bytes) -> bytes:
    """XlsxWriter always stores some result; the marked ones are taken out, as other programs leave them."""
    mark = f"<v>{_UNCACHED_MARK}</v>".encode()
    return rezip(packed, lambda part: part.replace(mark, b""))


def rezip(packed: bytes, change: Callable[[bytes], bytes] = bytes) -> bytes:
    """重新打包 — the same zip with fixed times, each part passed through ``change``."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(_entry(name), change(old.read(name)))
    return held.getvalue()


def _entry(name: str, kind: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = kind
    return entry


def _height(page: Page, r: int) -> float:
    if r == page.title:
        return 30
    total = sum(page.widths)
    spans = {(top, left): page.widths[left : right + 1] for top, left, _, right in page.merges}
    lines = 1
    for c, value in enumerate(page.rows[r]):
        if isinstance(value, str) and value:
            room = sum(spans.get((r, c), page.widths[c : c + 1])) or total
            tall = next((bottom - top + 1 for top, left, bottom, _ in page.merges if (top, left) == (r, c)), 1)
            lines = max(lines, math.ceil(sum(_lines(part, room) for part in value.split("\n")) / tall))
    return 15 * lines + 4


def _lines(text: str, width: float) -> int:
    shown = sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
    return max(1, math.ceil(shown * 1.15 / width))


# ---------------------------------------------------------------- .xls / .et ----


def write_xls(path: Path, pages: Sequence[Page], saved: datetime) -> None:
    """写 .xls — the old binary workbook; .et is the same bytes under WPS's name. It keeps no saved-at."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        _xls_page(book, page)
    book.save(str(path))


def _xls_page(book: Any, page: Page) -> None:
    import xlwt

    border = "borders: left thin, right thin, top thin, bottom thin"
    font, align = "font: name 宋体, height 200", "align: wrap on, vert centre"
    styles = {
        "title": xlwt.easyxf("font: name 黑体, height 320; align: horiz centre, vert centre"),
        "plain": xlwt.easyxf(f"{font}; {align}"),
        "heading": xlwt.easyxf(f"font: name 宋体, height 200, bold on; {align}, horiz centre; {border}"),
        "data": xlwt.easyxf(f"{font}; {align}; {border}"),
        "day": xlwt.easyxf(f"{font}; {align}; {border}", num_format_str="yyyy/m/d"),
    }
    sheet = book.add_sheet(page.name)
    sheet.portrait, sheet.fit_width_to_pages, sheet.fit_height_to_pages = False, 1, 0
    sheet.fit_num_pages, sheet.paper_size_code = 1, 9
    sheet.header_str = sheet.footer_str = b""  # xlwt takes only ASCII here; the title row carries the mark
    for at, width in enumerate(page.widths):
        sheet.col(at).width = int(width * 256)
        sheet.col(at).hidden = at in page.hidden
    for r, row in enumerate(page.rows):
        sheet.row(r).height_mismatch, sheet.row(r).height = True, int(_height(page, r) * 20)
        for c, value in enumerate(row):
            _xls_cell(sheet, page, r, c, value, styles)


def _xls_cell(sheet: Any, page: Page, r: int, c: int, value: Typed | None, styles: Mapping[str, Any]) -> None:
    kind = "title" if r == page.title else "heading" if r in page.headings else "plain" if r in page.plain else "data"
    style = styles["day" if kind == "data" and isinstance(value, date) else kind]
    span = next((m for m in page.merges if (m[0], m[1]) == (r, c)), None)
    if span is not None:
        top, left, bottom, right = span
        sheet.write_merge(top, bottom, left, right, value, style)
    elif not any(top <= r <= bottom and left <= c <= right for top, left, bottom, right in page.merges):
        sheet.write(r, c, value, style)


# ---------------------------------------------------------------- .ods ----

_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_SPACES = " ".join(
    f'xmlns:{short}="{long}"'
    for short, long in (
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
        ("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
        ("manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
    )
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_ODS_STYLES = (
    f'{_XML}<office:document-styles {_ODS_SPACES} office:version="1.2"><office:automatic-styles>'
    '<style:page-layout style:name="wide"><style:page-layout-properties fo:page-width="29.7cm" '
    'fo:page-height="21cm" style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0"/>'
    "</style:page-layout></office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Default" style:page-layout-name="wide">'
    "<style:footer><text:p>示例·虚构</text:p></style:footer></style:master-page>"
    "</office:master-styles></office:document-styles>"
)


def write_ods(path: Path, pages: Sequence[Page], saved: datetime) -> None:
    """写 .ods — an OpenDocument spreadsheet with spans and covered cells, as LibreOffice writes them."""
    parts = {
        "content.xml": _ods_content(pages),
        "styles.xml": _ODS_STYLES,
        "meta.xml": f'{_XML}<office:document-meta {_ODS_SPACES} office:version="1.2"><office:meta>'
        f"<dc:date>{saved.isoformat()}</dc:date></office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'{_XML}<manifest:manifest {_ODS_SPACES} manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    }
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(_entry("mimetype", zipfile.ZIP_STORED), _ODS_TYPE)
        for name, text in parts.items():
            packed.writestr(_entry(name), text)


def _ods_content(pages: Sequence[Page]) -> str:
    body, styles = (
        "",
        (
            '<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>'
            '<style:style style:name="title" style:family="table-cell"><style:paragraph-properties '
            'fo:text-align="center"/><style:text-properties fo:font-size="16pt"/></style:style>'
            '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties '
            'fo:border="0.5pt solid #000000" fo:wrap-option="wrap"/></style:style>'
        ),
    )
    for p, page in enumerate(pages):
        columns = ""
        for c, width in enumerate(page.widths):
            styles += (
                f'<style:style style:name="co{p}-{c}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{width * 0.2:.1f}cm"/></style:style>'
            )
            columns += f'<table:table-column table:style-name="co{p}-{c}"/>'
        rows = "".join(_ods_row(page, r) for r in range(len(page.rows)))
        body += f'<table:table table:name="{escape(page.name)}" table:style-name="sheet">{columns}{rows}</table:table>'
    return (
        f'{_XML}<office:document-content {_ODS_SPACES} office:version="1.2"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def _ods_row(page: Page, r: int) -> str:
    row = (*page.rows[r], *(None,) * (page.width - len(page.rows[r])))
    return (
        "<table:table-row>"
        + "".join(_ods_cell(page, r, c, value) for c, value in enumerate(row))
        + "</table:table-row>"
    )


def _ods_cell(page: Page, r: int, c: int, value: Typed | None) -> str:
    look = ' table:style-name="title"' if r == page.title else "" if r in page.plain else ' table:style-name="cell"'
    for top, left, bottom, right in page.merges:
        if (top, left) == (r, c):
            look += f' table:number-columns-spanned="{right - left + 1}" table:number-rows-spanned="{bottom - top + 1}"'
        elif top <= r <= bottom and left <= c <= right:
            return f"<table:covered-table-cell{look}/>"
    if value is None:
        return f"<table:table-cell{look}/>"
    shown = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    day = f'date" office:date-value="{value.isoformat()}' if isinstance(value, date) else ""
    return f'<table:table-cell{look} office:value-type="{day or "string"}">{shown}</table:table-cell>'


# ---------------------------------------------------------------- .csv ----


def write_csv(path: Path, pages: Sequence[Page], saved: datetime) -> None:
    """写 .csv — one page in GB18030 with Windows line ends, as Chinese Excel saves it; looks and merges are lost."""
    (page,) = pages
    held = io.StringIO()
    csv.writer(held, lineterminator="\r\n").writerows(
        ["" if value is None else str(value) for value in (*row, *(None,) * (page.width - len(row)))]
        for row in page.rows
    )
    path.write_bytes(held.getvalue().encode("gb18030"))


WRITERS: Mapping[str, Callable[[Path, Sequence[Page], datetime], None]] = {
    ".xlsx": write_xlsx,
    ".xls": write_xls,
    ".et": write_xls,
    ".ods": write_ods,
    ".csv": write_csv,
}


def write_made(folder: Path, made: Made) -> Path:
    """写出一份 — by the writer of its extension; the path it lies at."""
    path = folder / made.path
    path.parent.mkdir(parents=True, exist_ok=True)
    WRITERS[path.suffix](path, made.pages, made.saved)
    return path


# ---------------------------------------------------------------- 不是表格的、打不开的 ----


def write_letter(path: Path, paragraphs: Sequence[str]) -> None:
    """写 .docx — a letter sent where a workbook was asked for."""
    from docx import Document

    paper = Document()
    for text in paragraphs:
        paper.add_paragraph(text)
    held = io.BytesIO()
    paper.save(held)
    path.write_bytes(rezip(held.getvalue()))


def write_locked(folder: Path, made: Made, password: str) -> None:
    """写加密表 — an .xlsx that asks for a password; its bytes differ each time, so an existing one is kept."""
    from msoffcrypto.format.ooxml import OOXMLFile

    if (folder / made.path).exists():
        return
    path, held = write_made(folder, made), io.BytesIO()
    OOXMLFile(io.BytesIO(path.read_bytes())).encrypt(password, held)
    path.write_bytes(held.getvalue())


def write_cut(folder: Path, made: Made, kept: float) -> None:
    """写残缺表 — an .xlsx of which only the first part arrived; ``kept`` is that part's share."""
    path = write_made(folder, made)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
