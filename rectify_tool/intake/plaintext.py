"""文本表格 — .csv and its kin: which encoding, which separator, and rows of text as typed."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from typing import NamedTuple

_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_GUESSES = (("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("big5", "Big5"))
_SEPARATORS = (",", "\t", ";", "|", "，")
_SAMPLE_CHARACTERS = 1 << 16
_QUOTED = re.compile(r'"[^"]*"')  # separators inside a quoted cell part nothing
_SAMPLE_LINES = 50
_SAMPLE_BYTES = 4096
_EVERYDAY = re.compile("[\t\r\n -~\u2010-\u2030\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


class Decoded(NamedTuple):
    """解码结果 — the text, the encoding's name for people, and whether it was guessed for want of a mark."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes) -> Decoded | None:
    """解码 — by the mark in front, else by what the bytes allow; None where no encoding fits."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(codec, errors="replace"), name, False)
    if wide := wide_codec(data):
        return Decoded(data.decode(wide, errors="replace"), "UTF-16", True)
    for guess, name in _GUESSES:
        try:
            return Decoded(data.decode(guess), name, True)
        except UnicodeDecodeError:
            continue
    return None


def wide_codec(data: bytes) -> str | None:
    """双字节编码 — which UTF-16 unmarked bytes are, by whether they then read as everyday characters."""
    if b"\x00" not in data:
        return None
    head = data[: _SAMPLE_BYTES & ~1]
    return next((codec for codec in ("utf-16-le", "utf-16-be") if _is_everyday(head.decode(codec, "replace"))), None)


def _is_everyday(text: str) -> bool:
    return len(_EVERYDAY.findall(text)) * 20 > len(text) * 19


def split_rows(text: str, *, is_csv: bool) -> list[list[str]] | None:
    """分列 — the rows under the separator most lines have; None where the text is no table.

    A file called .csv is a table whatever its lines look like; in other text most lines must be divided alike.
    """
    lines = [line for line in _QUOTED.sub("", text[:_SAMPLE_CHARACTERS]).splitlines()[:_SAMPLE_LINES] if line.strip()]
    separator = max(_SEPARATORS, key=lambda separator: sum(separator in line for line in lines))
    if not is_csv and not _divides_alike(separator, lines):
        return None
    csv.field_size_limit(1 << 24)
    return list(csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=separator))


def _divides_alike(separator: str, lines: list[str]) -> bool:
    counts = Counter(line.count(separator) for line in lines if separator in line)
    alike = max(counts.values(), default=0)
    return alike > 1 and alike * 2 > len(lines)
