"""文件包 — the .docx as a package: opened with a reason when it cannot be, its parts with text, packed again."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_tool.errors import refusal
from rectify_tool.model import OUTPUT_CATEGORY, Paper, printable

if TYPE_CHECKING:
    from docx.document import Document

PROGRAM = "整改督查工具"
TEXT = "word/document.xml"
_LONGEST_PROPERTY = 255
_XML_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_LABELS = {"main": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_KIND = re.compile(r"\.(\w+)\+xml$")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请用 Word 或 WPS 打开它，另存为“Word 文档（*.docx）”"
_NOT_WORD = (
    (b"\xd0\xcf\x11\xe0", f"是旧的 .doc（或 .wps）文件，只是改了扩展名；{_SAVE_AS}"),
    (b"{\\rtf", f"是 RTF 文件，只是改了扩展名；{_SAVE_AS}"),
    (b"<", f"是网页或 XML 文件，只是改了扩展名；{_SAVE_AS}"),
)


class NotADocument(Exception):
    """不是文档 — why the file cannot be opened as a Word document, and what to do."""


def open_document(path: Path) -> Document:
    """打开 — a .docx.

    Raises:
        NotADocument: Where it cannot be read or is no Word document.
    """
    import docx

    try:
        content = path.read_bytes()
    except OSError as error:
        raise NotADocument(f"打不开（{refusal(error)}），请检查文件是否还在、能否读取") from error
    try:
        document = docx.Document(io.BytesIO(content))
        document.core_properties.title = ""  # read when first asked for
    except Exception as error:  # a damaged package fails anywhere in the library, and with any error
        raise NotADocument(f"不是能打开的 Word 文档：{_why_not(content)}") from error
    return document


def _why_not(content: bytes) -> str:
    if not content.strip(b"\0"):
        return "是空文件"
    if _LOCKED in content:
        return "设了打开密码；请在 Word 或 WPS 里取消密码后保存"
    return next((why for mark, why in _NOT_WORD if content.lstrip()[:5].startswith(mark)), _OTHER)


_OTHER = f"文件损坏，或是别的文件改了扩展名；{_SAVE_AS}"


def text_parts(document: Document) -> Iterator[tuple[str, str, bytes]]:
    """文字部件 — name in the package, what people call it, and the XML of every part that may hold tags."""
    for part in document.part.package.iter_parts():
        kind = _KIND.search(part.content_type)
        if kind and kind[1] in _LABELS and "wordprocessingml" in part.content_type:
            yield part.partname.lstrip("/"), _LABELS[kind[1]], part.blob


def packed(document: Document, paper: Paper, filled: Mapping[str, str]) -> bytes:
    """打包 — the document with its filled parts, at a fixed time, so that equal papers are equal files."""
    contents = {name: _XML_HEAD + text.encode() for name, text in filled.items()}
    _describe(document, paper, hashlib.sha256(contents[TEXT]).hexdigest())
    saved, result = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in parts.namelist():
            content = contents[name] if name in contents else parts.read(name)
            target.writestr(zipfile.ZipInfo(name, _ZIP_DAY), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _describe(document: Document, paper: Paper, digest: str) -> None:
    """文档属性 — fixed by the paper alone; the category tells intake that the file is our own."""
    properties = document.core_properties
    moment = datetime.combine(paper.day, time())
    properties.title = " ".join(printable(paper.title).split())[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = PROGRAM
    properties.category = OUTPUT_CATEGORY
    properties.identifier = digest
    properties.language = "zh-CN"
    properties.created = properties.modified = moment
    properties.revision = 1


def is_as_written(path: Path) -> bool:
    """原样 — whether a document still holds the text this program set in it."""
    import docx

    try:
        with zipfile.ZipFile(path) as parts:
            digest = hashlib.sha256(parts.read(TEXT)).hexdigest()
        return bool(docx.Document(str(path)).core_properties.identifier == digest)
    except Exception:  # whatever it is by now, it is not what was written
        return False
