"""辨认 — what a file is, told by its first bytes and what lies inside, never by its name alone."""

from __future__ import annotations

import io
import zipfile
from enum import Enum
from pathlib import PurePosixPath

from rectify_tool.intake.compound import stream_names
from rectify_tool.intake.plaintext import wide_codec


class FileKind(Enum):
    """文件类型 — the value is what people call it."""

    XLSX = "Excel 工作簿（.xlsx）"
    XLSB = "Excel 二进制工作簿（.xlsb）"
    XLS = "Excel 97-2003 工作簿（.xls）"
    RAW_XLS = "早期的 Excel 工作表（.xls）"
    ODS = "开放文档表格（.ods）"
    TEXT = "文本文件"
    ENCRYPTED = "加密的 Office 文件"
    HTML = "网页"
    XML_SHEET = "XML 表格"
    XML = "XML 文件"
    DOCX = "Word 文档（.docx）"
    PPTX = "演示文稿（.pptx）"
    DOC = "Word 97-2003 文档（.doc）"
    PPT = "演示文稿（.ppt）"
    OLE = "其他 Office 文件"
    ODT = "开放文档（不是表格）"
    OFD = "版式文档（OFD）"
    PDF = "PDF 文档"
    PICTURE = "图片"
    RTF = "RTF 文档"
    ZIP = "压缩包（zip）"
    RAR = "压缩包（rar）"
    SEVEN_ZIP = "压缩包（7z）"
    GZIP = "压缩包（gz）"
    SHORTCUT = "快捷方式"
    PROGRAM = "程序文件"
    MEDIA = "音频或视频"
    OTHER = "不认识的文件"


USUAL_EXTENSIONS: dict[FileKind, frozenset[str]] = {
    FileKind.XLSX: frozenset({"xlsx", "xlsm", "xltx", "xltm", "et", "ett"}),
    FileKind.XLSB: frozenset({"xlsb"}),
    FileKind.XLS: frozenset({"xls", "xlt", "et", "ett"}),
    FileKind.RAW_XLS: frozenset({"xls", "et"}),
    FileKind.ODS: frozenset({"ods", "ots"}),
    FileKind.TEXT: frozenset({"csv", "tsv", "txt"}),
}
"""Extensions under which each readable kind is nothing to remark on; WPS writes .et in both Excel formats."""

_BIFF_START = b"\x09\x08\x10\x00"
_SIGNATURES: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"\x89PNG", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"BM", FileKind.PICTURE),
    (b"II*\x00", FileKind.PICTURE),
    (b"MM\x00*", FileKind.PICTURE),
    (b"{\\rtf", FileKind.RTF),
    (b"Rar!", FileKind.RAR),
    (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"L\x00\x00\x00\x01\x14\x02\x00", FileKind.SHORTCUT),
    (b"MZ", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"ID3", FileKind.MEDIA),
    (b"OggS", FileKind.MEDIA),
    (b"\x09\x00\x04\x00", FileKind.RAW_XLS),
    (b"\x09\x02\x06\x00", FileKind.RAW_XLS),
    (b"\x09\x04\x06\x00", FileKind.RAW_XLS),
    (_BIFF_START, FileKind.RAW_XLS),
    (b"\x09\x08\x08\x00", FileKind.RAW_XLS),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: tuple[tuple[str, FileKind], ...] = (
    ("EncryptedPackage", FileKind.ENCRYPTED),
    ("EncryptionInfo", FileKind.ENCRYPTED),
    ("Workbook", FileKind.XLS),
    ("Book", FileKind.XLS),
    ("WordDocument", FileKind.DOC),
    ("PowerPoint Document", FileKind.PPT),
)
_ZIP_PARTS: tuple[tuple[str, FileKind], ...] = (
    ("xl/workbook.bin", FileKind.XLSB),
    ("xl/", FileKind.XLSX),
    ("word/", FileKind.DOCX),
    ("ppt/", FileKind.PPTX),
    ("ofd.xml", FileKind.OFD),
)
_MARKUP: tuple[tuple[bytes, FileKind], ...] = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", FileKind.XML_SHEET),
    (b"<html", FileKind.HTML),
    (b"<table", FileKind.HTML),
    (b"<!doctype html", FileKind.HTML),
    (b"<?xml", FileKind.XML),
    (b"mime-version:", FileKind.HTML),
)
_CONTROLS = tuple(bytes((byte,)) for byte in range(1, 9))
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes) -> FileKind:
    """辨认 — the kind of the file whose bytes these are; never raises.

    A head alone will do for everything but zip and OLE files, which are looked into.
    """
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if data[4:8] == b"ftyp":
        return FileKind.MEDIA
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and not (signature.isalnum() and b"\x00" not in data[:512]):
            return kind  # a table in plain text may begin with letters such as BM
    return _markup_kind(data[:4096]) or (FileKind.TEXT if _is_text(data) else FileKind.OTHER)


def extension_of(file: str) -> str:
    """扩展名 — lower case without the dot; "" where there is none."""
    return PurePosixPath(file).suffix[1:].lower()


def _zip_kind(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
            mime = _mime_type(archive) if names[:1] == ["mimetype"] or "content.xml" in names else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return _broken_zip_kind(data)
    if mime:
        return FileKind.ODS if "spreadsheet" in mime else FileKind.ODT
    for part, kind in _ZIP_PARTS:
        if any(name.startswith(part) for name in names):
            return kind
    return FileKind.ZIP


def _broken_zip_kind(data: bytes) -> FileKind:
    """A zip whose directory is lost still carries its parts' names before each part."""
    if b"spreadsheet" in data[:200]:
        return FileKind.ODS
    found = (kind for part, kind in _ZIP_PARTS if part.encode() in data)
    return next(found, FileKind.XLSX if b"[Content_Types].xml" in data[:100] else FileKind.ZIP)


def _mime_type(archive: zipfile.ZipFile) -> str:
    try:
        with archive.open("mimetype") as file:
            return file.read(200).decode("ascii", errors="replace")
    except Exception:  # absent, or broken in one of the many ways a zip can be
        return "application/vnd.oasis.opendocument.spreadsheet"


def _ole_kind(data: bytes) -> FileKind:
    names = stream_names(data)
    kind = next((kind for name, kind in _OLE_STREAMS if name.lower() in names), None)
    return kind or _broken_ole_kind(data)


def _broken_ole_kind(data: bytes) -> FileKind:
    """Where the directory is lost, stream names still lie about, or the first stream shows itself."""
    kind = next((kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in data), FileKind.OLE)
    return FileKind.XLS if kind is FileKind.OLE and data[512:516] == _BIFF_START else kind


def _markup_kind(head: bytes) -> FileKind | None:
    text = head.replace(b"\x00", b"")
    for mark in _BYTE_ORDER_MARKS:
        text = text.removeprefix(mark)
    text = text.lstrip().lower()
    if not text.startswith((b"<", b"mime-version:")):
        return None
    return next((kind for words, kind in _MARKUP if words in text), None)


def _is_text(data: bytes) -> bool:
    if data.startswith(_BYTE_ORDER_MARKS):
        return True
    head = data[:8192]
    if b"\x00" in head:
        return wide_codec(head) is not None
    return sum(head.count(byte) for byte in _CONTROLS) * 100 < len(head)
