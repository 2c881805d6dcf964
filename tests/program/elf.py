"""What a Linux program or library asks for, read from its own table; nothing is started or loaded for it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

_LOAD, _DYNAMIC = 1, 2
_NEEDED, _STRINGS = 1, 5


def needed(path: Path) -> list[str]:
    """The libraries it asks for by name; none for a file that is no 64-bit ELF, or asks for none."""
    with path.open("rb") as file:
        if file.read(5) != b"\x7fELF\x02":
            return []
    content = path.read_bytes()
    segments = list(_segments(content))
    told = [entry for kind, start, _, size in segments if kind == _DYNAMIC for entry in _entries(content, start, size)]
    strings = next((value for tag, value in told if tag == _STRINGS), 0)
    return [_text(content, _place(segments, strings) + value) for tag, value in told if tag == _NEEDED]


def _segments(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Kind, place in the file, address in memory, and size of each."""
    (start,) = struct.unpack_from("<Q", content, 32)
    size, count = struct.unpack_from("<HH", content, 54)
    for at in range(start, start + size * count, size):
        kind, _, offset, address, _, length = struct.unpack_from("<IIQQQQ", content, at)
        yield kind, offset, address, length


def _entries(content: bytes, start: int, size: int) -> Iterator[tuple[int, int]]:
    return struct.iter_unpack("<QQ", content[start : start + size])  # type: ignore[return-value]


def _place(segments: list[tuple[int, int, int, int]], address: int) -> int:
    """Where in the file lies what is to stand there in memory."""
    loaded = (one for one in segments if one[0] == _LOAD)
    return next(address - memory + start for _, start, memory, size in loaded if memory <= address < memory + size)


def _text(content: bytes, at: int) -> str:
    return content[at : content.index(b"\0", at)].decode()
