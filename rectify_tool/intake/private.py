"""私有副本 — a file's bytes, taken once and whole; the unit's file is closed before anything is understood."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import BinaryIO, NamedTuple

from rectify_tool.findings import Code
from rectify_tool.intake.failure import Unreadable
from rectify_tool.model import FileOutcome

CHINA = timezone(timedelta(hours=8))
"""北京时间 — file times are told in it on every machine, so that a run says the same wherever it is made."""

HELD_BYTES = 256 << 20
"""Above this only the head of a file is read, to say what it is: no unit's table is a quarter of a gigabyte."""

SETTLE_SECONDS = 0.4
"""How long a file that changes under the reader is given before it is looked at again."""

_HEAD_BYTES = 8192
_SHARING_VIOLATIONS = (32, 33)  # Windows: another program holds the file


class Stamp(NamedTuple):
    """文件印记 — what tells without opening it whether a file is still the same; all times in nanoseconds.

    A file that is being written changes ``size`` or ``modified``. One put in the place of another of the same size and
    time differs in its ``number`` on the disk, or in when its entry was ``changed`` (made, on Windows).
    """

    size: int
    modified: int
    changed: int
    number: int

    def moved(self, other: Stamp) -> bool:
        """写过 — whether somebody wrote between the two."""
        return self[:2] != other[:2]


@dataclass(frozen=True, slots=True)
class Copied:
    """副本 — what was in the file when it was read; where ``held`` is False only its head, and no digest.

    ``stamp`` was taken before the file was opened: should another take its place meanwhile, it fits neither.
    """

    data: bytes
    held: bool
    size: int
    sha256: str
    modified: datetime | None
    stamp: Stamp


def take_copy(path: str) -> Copied:
    """取副本 — reads the file, once more if it changed meanwhile; Unreadable where it will not settle or open."""
    for _ in range(2):
        copied = _read_once(path)
        if copied is not None:
            return copied
        time.sleep(SETTLE_SECONDS)
    raise Unreadable(Code.FILE_COPYING, FileOutcome.STILL_COPYING)


def has_moved(path: str, stamp: Stamp) -> bool:
    """是否还在变 — True where size or time differ from the copy's: somebody was still writing."""
    now = stamp_of(path)
    return now is None or now.moved(stamp)


def stamp_of(path: str) -> Stamp | None:
    """取印记 — None where the file is gone or cannot be asked."""
    try:
        return _stamp(Path(path).stat())
    except OSError:
        return None


def digest_of(path: str) -> str | None:
    """摘要 — the SHA-256 of a file as it is now, in hex; None where it will not open."""
    try:
        with open_shared(path) as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError:
        return None


def opens(path: str) -> bool:
    """打得开 — whether the file can be read just now."""
    try:
        with open_shared(path) as file:
            file.read(1)
    except OSError:
        return False
    return True


def _read_once(path: str) -> Copied | None:
    try:
        before = _stamp(Path(path).stat())
        with open_shared(path) as file:
            held = before.size <= HELD_BYTES
            data = file.read(before.size + 1 if held else _HEAD_BYTES)
        after = Path(path).stat()
    except OSError as error:
        raise _not_opened(error) from error
    if before.moved(_stamp(after)) or (held and len(data) != after.st_size):
        return None
    digest = hashlib.sha256(data).hexdigest() if held else ""
    return Copied(data, held, after.st_size, digest, _china_time(after.st_mtime), before)


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _china_time(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, CHINA).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        return None


def _not_opened(error: OSError) -> Unreadable:
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        return Unreadable(Code.FILE_COPYING, FileOutcome.STILL_COPYING)
    detail = {PermissionError: "没有读取权限", FileNotFoundError: "文件已不在原处"}.get(type(error), "磁盘或网络读不出")
    return Unreadable(Code.FILE_UNREADABLE, detail=detail)


def open_shared(path: str) -> BinaryIO:
    """打开来读 — also where an office program has the file open; raises OSError where that does not go either."""
    try:
        return open(path, "rb")  # noqa: PTH123 - the caller closes it
    except PermissionError:
        if sys.platform != "win32":
            raise
        return _open_windows(path)


def _open_windows(path: str) -> BinaryIO:
    """A file open in Excel may still be read if the reader also lets others write and delete it meanwhile."""
    import ctypes
    import msvcrt

    create = ctypes.WinDLL("kernel32", use_last_error=True).CreateFileW  # type: ignore[attr-defined,unused-ignore]
    create.restype = ctypes.c_void_p
    create.argtypes = (
        ctypes.c_wchar_p,
        ctypes.c_uint32,
        ctypes.c_uint32,
        ctypes.c_void_p,
        *(ctypes.c_uint32,) * 2,
        ctypes.c_void_p,
    )
    read, share_all, open_existing = 0x80000000, 0x7, 3
    handle = create(path, read, share_all, None, open_existing, 0, None)
    if handle in (None, ctypes.c_void_p(-1).value):
        raise ctypes.WinError(ctypes.get_last_error())  # type: ignore[attr-defined,unused-ignore]
    descriptor = msvcrt.open_osfhandle(handle, os.O_RDONLY)  # type: ignore[attr-defined,unused-ignore]
    return os.fdopen(descriptor, "rb")
