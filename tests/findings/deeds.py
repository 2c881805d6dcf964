"""处置 — what is done to a file of a case after it is written; each takes the file's path and a word."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from rectify_tool.model import OUTPUT_CATEGORY


def _truncate(path: Path, _: str) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _encrypt(path: Path, password: str) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain, locked = io.BytesIO(path.read_bytes()), io.BytesIO()
    OOXMLFile(plain).encrypt(password, locked)
    path.write_bytes(locked.getvalue())


def _doctype(path: Path, _: str) -> None:
    """A DOCTYPE, the mark of an XML bomb, in the sheet: no office program writes one."""
    _edit_sheet(path, rb"(<\?xml[^>]*>)", rb'\1<!DOCTYPE worksheet [<!ENTITY a "a">]>')


def _twice(path: Path, reference: str) -> None:
    cell = reference.encode()
    _edit_sheet(path, rb'(<c r="%s"[^>]*>.*?</c>)' % cell, rb'\1<c r="%s" t="inlineStr"><is><t></t></is></c>' % cell)


def _odd_type(path: Path, reference: str) -> None:
    _edit_sheet(
        path,
        rb'<c r="%s"( s="\d+")? t="s"><v>\d+</v>' % reference.encode(),
        rb'<c r="%s" t="odd"><v>1</v>' % reference.encode(),
    )


def _edit_sheet(path: Path, pattern: bytes, new: bytes) -> None:
    def edit(name: str, part: bytes) -> bytes:
        return re.sub(pattern, new, part, count=1) if "worksheets/sheet1" in name else part

    path.write_bytes(edit_parts(path.read_bytes(), edit))


def _macro(path: Path, _: str) -> None:
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")


def _binary_book(path: Path, _: str) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.bin", "不是工作簿")


def _own_output(path: Path, _: str) -> None:
    mark = f"<cp:category>{OUTPUT_CATEGORY}</cp:category></cp:coreProperties>".encode()
    path.write_bytes(edit_parts(path.read_bytes(), lambda _, part: part.replace(b"</cp:coreProperties>", mark)))


DEEDS: Mapping[str, Callable[[Path, str], None]] = {
    "清空": lambda path, _: path.write_bytes(b"") and None,
    "截去后半": _truncate,
    "加密码": _encrypt,
    "夹带文档类型声明": _doctype,
    "同一格写两次": _twice,
    "单元格类型不合规范": _odd_type,
    "带宏": _macro,
    "内容不是二进制工作簿": _binary_book,
    "盖本工具的印记": _own_output,
    "改名": lambda path, name: path.rename(path.with_name(name)) and None,
    "复制": lambda path, name: shutil.copyfile(path, path.with_name(name)) and None,
    "另做快捷方式": lambda path, name: path.with_name(name).symlink_to(path.name),
    "转成": lambda path, encoding: path.write_bytes(path.read_bytes().decode().encode(encoding)) and None,
    "夹带控制字符": lambda path, _: path.write_bytes(path.read_bytes().replace(b"~", b"\x0b")) and None,
}


def edit_parts(data: bytes, edit: Callable[[str, bytes], bytes]) -> bytes:
    """改部件 — the package with every part passed through ``edit(name, part)``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, edit(entry.filename, old.read(entry)))
    return buffer.getvalue()
