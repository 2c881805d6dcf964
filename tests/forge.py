"""伪造件 — hostile and odd files as units might send them, each with how it must end.

`forge(folder)` writes them all; `FORGED` tells for each the outcome and the codes of its findings. Nothing here is a
real document: what cannot be written by a library is made by editing the parts of a small workbook.
"""

from __future__ import annotations

import codecs
import io
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
import xlwt

from rectify_tool.model import FileOutcome

READ, SKIPPED, REFUSED = FileOutcome.READ, FileOutcome.SKIPPED, FileOutcome.REFUSED
PASSWORD = FileOutcome.NEEDS_PASSWORD

TABLE = (
    ("序号", "整改小项", "责任单位", "整改时限", "进展情况"),
    ("1-1", "建立责任清单", "区财政局", "6月底前", "已完成"),
    ("1-2", "清理往来款项", "区审计局", "长期坚持", "正在推进"),
)
CELLS = sum(len(row) for row in TABLE)

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


Make = Callable[[], bytes]


class Forged(NamedTuple):
    """伪造件 — the bytes, the outcome they must have, the codes of the findings, and how many cells are in it."""

    make: Callable[[], bytes]
    outcome: FileOutcome
    codes: frozenset[str]
    cells: int | None


FORGED: dict[str, Forged] = {}


def forge(folder: Path) -> None:
    """Write every forged file into ``folder``."""
    for name, forged in FORGED.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(forged.make())


def forged(
    name: str, outcome: FileOutcome = READ, *codes: str, cells: int | None = None
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def enter(make: Callable[[], bytes]) -> Callable[[], bytes]:
        FORGED[name] = Forged(make, outcome, frozenset(codes), CELLS if cells is None and outcome is READ else cells)
        return make

    return enter


# ---------------------------------------------------------------- 工具 ----


def xlsx(fill: Callable[[Any, Any], None] | None = None, **options: Any) -> bytes:
    """A workbook holding TABLE, and whatever ``fill(workbook, worksheet)`` adds."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, **options})
    sheet = book.add_worksheet("台账")
    for row, texts in enumerate(TABLE):
        sheet.write_row(row, 0, texts)
    if fill:
        fill(book, sheet)
    book.close()
    return file.getvalue()


def repack(package: bytes, edit: Callable[[str, bytes], bytes | None], add: dict[str, bytes] | None = None) -> bytes:
    """The package with every part passed through ``edit(name, content)``; None drops the part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = edit(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return file.getvalue()


def edited(part: str, old: str, new: str, package: bytes | None = None) -> bytes:
    """A workbook with one text replaced in one part; the text must be there."""

    def edit(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        assert old.encode() in content, (old, content)
        return content.replace(old.encode(), new.encode(), 1)

    return repack(package or xlsx(), edit)


def with_cell(cell: str) -> bytes:
    """A workbook with one more row, 9, that holds this cell."""
    return edited(SHEET, "</sheetData>", f'<row r="9">{cell}</row></sheetData>')


def xls(fill: Callable[[Any, Any], None] | None = None) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    for row, texts in enumerate(TABLE):
        for column, text in enumerate(texts):
            sheet.write(row, column, text)
    if fill:
        fill(book, sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_x_", "."), content)
    return file.getvalue()


def csv_text(separator: str = ",") -> str:
    return "\r\n".join(separator.join(row) for row in TABLE) + "\r\n"


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2">'
    '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)
_ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"


def ods_cell(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def ods_rows() -> str:
    rows = ("".join(ods_cell(text) for text in row) for row in TABLE)
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)


def ods(rows: str = "", manifest: str = "", meta: str = "", after: str = "") -> bytes:
    content = f'{_ODS_HEAD}<table:table table:name="台账">{ods_rows()}{rows}</table:table>{after}{_ODS_TAIL}'
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>'
    head = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mime)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f"{head}{entry}{manifest}</manifest:manifest>")
        archive.writestr("meta.xml", meta or "<m/>")
    return file.getvalue()


def encrypted(package: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    file = io.BytesIO()
    OOXMLFile(io.BytesIO(package)).encrypt(password, file)
    return file.getvalue()


# ---------------------------------------------------------------- 空、残、乱 ----


@forged("空文件.xlsx", REFUSED, "F01")
def _empty() -> bytes:
    return b""


for _percent in (10, 50, 90, 99):

    @forged(f"截断{_percent}.xlsx", REFUSED, "F02")
    def _truncated(percent: int = _percent) -> bytes:
        whole = xlsx()
        return whole[: len(whole) * percent // 100]


@forged("截断1.xlsx", SKIPPED, "F04")
def _truncated_to_a_stub() -> bytes:
    return xlsx()[:25]


@forged("尾部清零.xlsx", REFUSED, "F02")
def _tail_zeroed() -> bytes:
    whole = xlsx()
    return whole[:-400] + bytes(400)


@forged("翻转一位.xlsx", REFUSED, "F02")
def _bit_flipped() -> bytes:
    whole = bytearray(xlsx())
    at = whole.index(b"xl/worksheets/sheet1.xml") + 60
    whole[at] ^= 0x10
    return bytes(whole)


@forged("表页残缺.xlsx", REFUSED, "F02")
def _broken_sheet_xml() -> bytes:
    return edited(SHEET, "</sheetData>", "")


@forged("截断的旧格式.xls", REFUSED, "F02")
def _truncated_xls() -> bytes:
    return xls()[:1500]


@forged("乱码.xls", SKIPPED, "F04")
def _noise() -> bytes:
    return bytes((at * 7919 + 13) % 251 for at in range(5000))


# ---------------------------------------------------------------- 种类与扩展名 ----


@forged("正常.xlsx")
def _plain() -> bytes:
    return xlsx()


@forged("新格式.et")
def _et_xlsx() -> bytes:
    return xlsx()


@forged("旧格式.et")
def _et_xls() -> bytes:
    return xls()


@forged("旧格式.xls")
def _plain_xls() -> bytes:
    return xls()


@forged("表格.ods")
def _plain_ods() -> bytes:
    return ods()


@forged("其实是新格式.xls", READ, "F14")
def _xlsx_as_xls() -> bytes:
    return xlsx()


@forged("其实是旧格式.xlsx", READ, "F14")
def _xls_as_xlsx() -> bytes:
    return xls()


@forged("其实是表格.docx", READ, "F14")
def _xlsx_as_docx() -> bytes:
    return xlsx()


@forged("没有扩展名", READ, "F14")
def _no_extension() -> bytes:
    return xlsx()


@forged("其实是文本.xls", READ, "F14", "F19")
def _csv_as_xls() -> bytes:
    return csv_text("\t").encode("gb18030")


@forged("其实是网页.xls", REFUSED, "F21")
def _html_as_xls() -> bytes:
    return "<html><body><table><tr><td>序号</td></tr></table></body></html>".encode("gb18030")


@forged("其实是XML.xls", REFUSED, "F21")
def _xml_as_xls() -> bytes:
    return b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


@forged("情况说明.docx", SKIPPED, "F04")
def _docx() -> bytes:
    return zipped(**{"[Content_Types]_x_xml": b"<Types/>", "word__document_x_xml": b"<w/>"})


@forged("其实是文档.xlsx", SKIPPED, "F04")
def _docx_as_xlsx() -> bytes:
    return _docx()


@forged("扫描件.pdf", SKIPPED, "F04")
def _pdf() -> bytes:
    return b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


@forged("照片.jpg", SKIPPED, "F04")
def _picture() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(300)


@forged("打包.zip", SKIPPED, "F04")
def _zip_with_workbook() -> bytes:
    return zipped(财政局_x_xlsx=xlsx())


@forged("打包.rar", SKIPPED, "F04")
def _rar() -> bytes:
    return b"Rar!\x1a\x07\x01\x00" + bytes(40)


@forged("说明.txt", SKIPPED, "F04")
def _plain_words() -> bytes:
    return "各单位：\n请于6月底前报送整改情况。\n".encode("gb18030")


@forged("本工具成果.xlsx", SKIPPED, "F22")
def _own_output() -> bytes:
    return xlsx(lambda book, sheet: book.set_properties({"category": "rectify-tool 成果"}))


@forged("~$正常.xlsx", SKIPPED)
def _lock() -> bytes:
    return b"\x05abcde" + bytes(159)


# ---------------------------------------------------------------- 加密 ----


@forged("有密码.xlsx", PASSWORD, "F03")
def _encrypted() -> bytes:
    return encrypted(xlsx(), "秘密123")


@forged("只防修改.xlsx")
def _default_password() -> bytes:
    return encrypted(xlsx(), "VelvetSweatshop")


@forged("有密码.xls", PASSWORD, "F03")
def _encrypted_xls() -> bytes:
    whole = bytearray(xls())
    header = struct.pack("<HH", 0xE1, 2)  # INTERFACEHDR, the record after BOF, becomes FILEPASS
    at = whole.index(header, 512)
    whole[at : at + 6] = struct.pack("<HHH", 0x2F, 2, 0x1234)
    return bytes(whole)


@forged("有密码.ods", PASSWORD, "F03")
def _encrypted_ods() -> bytes:
    return ods(manifest='<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>')


# ---------------------------------------------------------------- 炸弹与稀疏 ----


@forged("压缩炸弹.xlsx", REFUSED, "F05")
def _bomb() -> bytes:
    return repack(xlsx(), lambda name, content: content, {"xl/worksheets/sheet9.xml": bytes(40 << 20)})


@forged("谎报大小.xlsx", REFUSED, "F02")
def _bomb_with_a_false_size() -> bytes:
    size, stated = 40 << 20, 100
    bomb = repack(xlsx(), lambda name, content: content, {"xl/worksheets/sheet9.xml": bytes(size)})
    return bomb.replace(struct.pack("<I", size), struct.pack("<I", stated))


@forged("部件过多.xlsx", REFUSED, "F05")
def _many_parts() -> bytes:
    return repack(xlsx(), lambda name, content: content, {f"xl/media/{at}.xml": b"" for at in range(10_001)})


@forged("文档类型声明.xlsx", REFUSED, "F05")
def _doctype() -> bytes:
    declared = '<!DOCTYPE x [<!ENTITY a "1">]><worksheet '
    return edited(SHEET, "<worksheet ", declared)


@forged("远处一格.xlsx", cells=CELLS + 1)
def _stray_cell() -> bytes:
    return with_cell('<c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c>')


@forged("远处空格式.xlsx")
def _stray_format() -> bytes:
    return with_cell('<c r="ZZ50000" s="0"/>')


@forged("整列合并.xlsx")
def _merge_of_whole_columns() -> bytes:
    return edited(
        SHEET, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )


@forged("重复行到底.ods")
def _ods_repeated_to_the_end() -> bytes:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    return ods(f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>')


# ---------------------------------------------------------------- 写法怪的工作簿 ----


@forged("严格格式.xlsx")
def _strict() -> bytes:
    main, relations = (
        "openxmlformats.org/spreadsheetml/2006/main",
        "openxmlformats.org/officeDocument/2006/relationships",
    )

    def edit(name: str, content: bytes) -> bytes:
        content = content.replace(f"http://schemas.{main}".encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        return content.replace(f"http://schemas.{relations}".encode(), strict)

    return repack(xlsx(), edit)


@forged("带前缀.xlsx")
def _prefixed() -> bytes:
    def edit(name: str, content: bytes) -> bytes:
        if not name.startswith("xl/") or "theme" in name or name.endswith(".rels"):
            return content
        return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", content).replace(b"xmlns=", b"xmlns:x=")

    return repack(xlsx(), edit)


@forged("反斜杠.xlsx")
def _backslashes() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo("x")
            entry.filename = name.replace("/", "\\")
            new.writestr(entry, old.read(name))
    return file.getvalue()


@forged("没有样式.xlsx")
def _no_styles() -> bytes:
    return repack(xlsx(), lambda name, content: None if name == "xl/styles.xml" else content)


@forged("没有地址.xlsx")
def _no_references() -> bytes:
    def edit(name: str, content: bytes) -> bytes:
        return re.sub(rb' r="[A-Z]*\d+"', b"", content) if name == SHEET else content

    return repack(xlsx(), edit)


@forged("错误的范围.xlsx")
def _false_dimension() -> bytes:
    return edited(SHEET, '<dimension ref="A1:E3"/>', '<dimension ref="A1"/>')


@forged("字符串数不符.xlsx")
def _false_string_count() -> bytes:
    return edited(STRINGS, 'uniqueCount="15"', 'uniqueCount="3"')


@forged("字符串数离谱.xlsx", READ, "F18")
def _absurd_string_count() -> bytes:
    return edited(STRINGS, 'uniqueCount="15"', 'uniqueCount="4000000000"')


@forged("工作簿改名.xlsx", READ, "F18")
def _workbook_part_renamed() -> bytes:
    renamed = repack(
        xlsx(),
        lambda name, content: None if "workbook.xml" in name else content.replace(b"workbook.xml", b"book7.xml"),
    )
    with zipfile.ZipFile(io.BytesIO(xlsx())) as whole:
        moved = {
            name.replace("workbook", "book7"): whole.read(name) for name in whole.namelist() if "workbook.xml" in name
        }
    return repack(renamed, lambda name, content: content, moved)


@forged("内联与富文本.xlsx", cells=CELLS + 2)
def _inline_and_rich() -> bytes:
    rich = "<is><r><t>已</t></r><r><t>完成</t></r><rPh sb='0' eb='1'><t>yi</t></rPh></is>"
    return with_cell(f'<c r="A9" t="inlineStr">{rich}</c><c r="B9" t="inlineStr"><is><t>甲</t></is></c>')


@forged("重名工作表.xlsx", cells=CELLS + 1)
def _same_sheet_names() -> bytes:
    package = xlsx(lambda book, sheet: book.add_worksheet("另").write(0, 0, "第二页"))
    return edited("xl/workbook.xml", 'name="另"', 'name="台账"', package)


@forged("图表页在前.xlsx", cells=CELLS)
def _chart_sheet() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=台账!$A$1:$A$3"})
        book.add_chartsheet("图").set_chart(chart)

    return xlsx(fill)


# ---------------------------------------------------------------- 单元格 ----


@forged("错误值.xlsx", cells=CELLS + 7)
def _error_codes() -> bytes:
    codes = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
    cells = "".join(f'<c r="{letter}9" t="e"><v>{code}</v></c>' for letter, code in zip("ABCDEFG", codes, strict=True))
    return with_cell(cells)


@forged("公式没有结果.xlsx", cells=CELLS + 3)
def _uncached() -> bytes:
    return with_cell('<c r="A9"><f>1+1</f></c><c r="B9"><f>1+1</f><v></v></c><c r="C9"><f>1+1</f><v>2</v></c>')


@forged("公式得空.xlsx")
def _formula_of_nothing() -> bytes:
    return with_cell('<c r="A9" t="str"><f>""</f><v></v></c>')


@forged("只有空白.xlsx")
def _blanks_only() -> bytes:
    return xlsx(lambda book, sheet: sheet.write_row(8, 0, [" ", "\u00a0", "\u3000\u3000", "\t\n"]))


@forged("单元格图片.xlsx", cells=CELLS + 1)
def _picture_in_cell() -> bytes:
    formula = '_xlfn.DISPIMG("ID_1",1)'.replace('"', "&quot;")
    return with_cell(f'<c r="A9" t="str"><f>{formula}</f><v>={formula}</v></c>')


@forged("控制字符.xlsx", READ, "F20", cells=CELLS + 1)
def _control_characters() -> bytes:
    return xlsx(lambda book, sheet: sheet.write_row(8, 0, ["已\x0b完\x01成", "\x02"]))


@forged("原样控制字符.xlsx", READ, "F20")
def _raw_control_characters() -> bytes:
    return edited(STRINGS, "已完成", "已\x01完成\x0b")


@forged("孤立代理.xlsx", READ, "F18")
def _lone_surrogate() -> bytes:
    return edited(STRINGS, "已完成", "已&#xD800;完成")


@forged("隐藏的行列.xlsx")
def _hidden_rows_and_columns() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})

    return xlsx(fill)


@forged("隐藏的工作表.xlsx", cells=CELLS + 2)
def _hidden_sheets() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        for name, hide in (("藏", "hide"), ("深藏", "very_hidden")):
            extra = book.add_worksheet(name)
            extra.write(0, 0, "旧")
            getattr(extra, hide)()

    return xlsx(fill)


@forged("合并遮住.xlsx", cells=CELLS + 2)
def _value_under_merge() -> bytes:
    row = '<row r="9"><c r="A9"><v>1</v></c><c r="B9"><v>2</v></c></row></sheetData>'
    return edited(SHEET, "</sheetData>", f'{row}<mergeCells count="1"><mergeCell ref="A9:B9"/></mergeCells>')


def _date_row(book: Any, sheet: Any) -> None:
    for column, (number, code) in enumerate(((42551, 31), (42551, 58), (-1, 14), (60, 14), (1e9, 14), (42551.5, 22))):
        sheet.write_number(8, column, number, book.add_format({"num_format": code}))


@forged("中文日期格式.xlsx", cells=CELLS + 6)
def _chinese_date_formats() -> bytes:
    return xlsx(_date_row)


@forged("1904.xlsx", cells=CELLS + 1)
def _epoch_1904() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_datetime(8, 0, datetime(2016, 6, 30), book.add_format({"num_format": "yyyy-mm-dd"}))

    return xlsx(fill, date_1904=True)


@forged("无穷大.xlsx", cells=CELLS + 1)
def _infinite() -> bytes:
    return with_cell('<c r="A9"><v>1e400</v></c>')


@forged("怪字.xlsx", cells=CELLS + 6)
def _odd_texts() -> bytes:
    texts = ["😀整改", "\u202e反向", "甲\u00a0乙", "１２３", "—", "长" * 32_767]
    return xlsx(lambda book, sheet: sheet.write_row(8, 0, texts))


@forged("带宏.xlsm", READ, "F13")
def _macro() -> bytes:
    return repack(xlsx(), lambda name, content: content, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(64)})


# ---------------------------------------------------------------- 旧格式、开放文档、文本 ----


@forged("旧格式种种.xls", cells=CELLS + 3)
def _odd_xls() -> bytes:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_merge(8, 8, 0, 1, "合并")
        sheet.write(8, 2, date(2016, 6, 30), xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'))
        sheet.write(8, 3, 4.5, xlwt.easyxf(num_format_str="0.00"))
        sheet.row(2).hidden = True
        sheet.col(3).hidden = True

    return xls(fill)


@forged("远处一格.xls", cells=CELLS + 1)
def _stray_cell_xls() -> bytes:
    return xls(lambda book, sheet: sheet.write(65_535, 255, "远"))


@forged("开放文档种种.ods", cells=CELLS + 6)
def _odd_ods() -> bytes:
    cells = (
        ods_cell("合并", 'table:number-columns-spanned="2" table:number-rows-spanned="1"')
        + '<table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2016-06-30"/>'
        + '<table:table-cell office:value-type="float" office:value="3" table:number-columns-repeated="2"/>'
        + '<table:table-cell table:formula="of:=NA()" office:value-type="string" calcext:value-type="error">'
        + "<text:p>#N/A</text:p></table:table-cell>"
    )
    meta = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:date>2016-05-18T09:30:00.123</dc:date>'
        "</office:meta></office:document-meta>"
    )
    row = f"<table:table-row>{ods_cell('旧')}</table:table-row>"
    hidden = f'<table:table table:name="藏" table:style-name="ta2">{row}</table:table>'
    return ods(f'<table:table-row table:visibility="filter">{cells}</table:table-row>', meta=meta, after=hidden)


@forged("无签名.csv", READ, "F19")
def _csv_utf8() -> bytes:
    return csv_text().encode()


@forged("有签名.csv")
def _csv_utf8_marked() -> bytes:
    return codecs.BOM_UTF8 + csv_text().encode()


@forged("字母开头.csv", READ, "F19")
def _csv_like_a_picture() -> bytes:
    return ("BM" + csv_text()).encode()


@forged("国标.csv", READ, "F19")
def _csv_gb18030() -> bytes:
    return csv_text().encode("gb18030")


@forged("国标分号.csv", READ, "F19")
def _csv_semicolons() -> bytes:
    return csv_text(";").encode("gb18030")


@forged("双字节.csv")
def _csv_utf16() -> bytes:
    return csv_text("\t").encode("utf-16")


@forged("双字节无签名.csv", READ, "F19")
def _csv_utf16_unmarked() -> bytes:
    return csv_text(",").encode("utf-16-le")
