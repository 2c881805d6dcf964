"""解包 — the parts of a zip-based workbook, each inflated once, with every guard before a reader sees it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.etree import ElementTree

from rectify_tool.findings import Code
from rectify_tool.intake.failure import Unreadable, corrupt, too_large
from rectify_tool.model import FileOutcome

MOST_ENTRIES = 10_000
MOST_PART_BYTES = 512 << 20
MOST_BYTES = 1 << 30
MOST_RATIO = 200
RATIO_FROM_BYTES = 10 << 20

_KEPT = (".xml", ".rels")
_DOCTYPE = "<!DOCTYPE"
_WIDE_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_ILLEGAL_BYTES = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf][\x80-\xbf]")
_ILLEGAL_REFERENCES = re.compile(
    rb"&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.I
)

Parts = Mapping[str, bytes]
"""包内部件 — inflated XML parts by name in lower case with "/"; the other parts by name only, empty."""


def unpack(data: bytes) -> Parts:
    """解包 — all parts with their checksums proved; Unreadable at the first guard that is hit.

    Pictures and other parts that hold no cells are inflated for their checksum and dropped.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _inflate_all(archive, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError) as error:
        raise corrupt("压缩结构不完整或校验不符") from error


def _inflate_all(archive: zipfile.ZipFile, packed: int) -> Parts:
    entries = archive.infolist()
    _guard(entries, packed)
    parts: dict[str, bytes] = {}
    for entry in entries:
        name = entry.filename.replace("\\", "/").lstrip("/").lower()
        part = _inflate(archive, entry)
        parts[name] = part if name.endswith(_KEPT) else b""
        if _has_doctype(parts[name]):
            raise too_large("含有不允许的文档类型声明")
    return parts


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The part, never more than its stated size: asked for a number of bytes, zipfile inflates no more than those."""
    with archive.open(entry) as stream:
        return stream.read(entry.file_size + 1)


def _guard(entries: list[zipfile.ZipInfo], packed: int) -> None:
    """By the sizes the directory states: a part that holds more fails its checksum when it has reached that size."""
    if len(entries) > MOST_ENTRIES:
        raise too_large(f"包内部件超过{MOST_ENTRIES}个")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(Code.FILE_PASSWORD, FileOutcome.NEEDS_PASSWORD)
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise too_large("解压后总量过大")
    for entry in entries:
        if entry.file_size > MOST_PART_BYTES:
            raise too_large("解压后单个部件过大")
        if entry.file_size > RATIO_FROM_BYTES and entry.file_size > MOST_RATIO * min(entry.compress_size, packed):
            raise too_large("压缩比异常")


def _has_doctype(part: bytes) -> bool:
    if part.startswith(_WIDE_STARTS):
        return _DOCTYPE.encode("utf-16-le") in part or _DOCTYPE.encode("utf-16-be") in part
    return _DOCTYPE.encode() in part


def parse(part: bytes) -> ElementTree.Element:
    """解析部件 — the tree of one XML part; characters XML does not allow are taken out where they stop the parser."""
    try:
        return ElementTree.fromstring(part)
    except ElementTree.ParseError:
        cleaned = _ILLEGAL_REFERENCES.sub(b"", _ILLEGAL_BYTES.sub(b"", part))
    try:
        return ElementTree.fromstring(cleaned)
    except ElementTree.ParseError as error:
        raise corrupt("内容不是完整的 XML") from error
