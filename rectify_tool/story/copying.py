"""复制 — whole files under free names, or nothing: what has been made is taken back when a later step fails."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path, PurePath

from rectify_tool.errors import refusal

_PIECE = 1 << 20


class NotRead(Exception):
    """没能读出 — a file that was to be copied, with the reason in words; whoever asked says what becomes of it."""


def bring(source: Path, fresh: Path) -> None:
    """取来 — a whole copy on the disk, with the time of the original, also where an office program has it open.

    Raises:
        NotRead: The original cannot be read, or is still being written.
        OSError: The copy cannot be written.
    """
    before = _state(source)
    with fresh.open("xb") as copy:
        for piece in _pieces(source):
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    if _state(source) != before:
        raise NotRead("正在复制或保存，请等它写完再试")
    keep_time(fresh, before[1])


def put(fresh: Path, place: Path, undo: ExitStack) -> None:
    """放好 — under its name in one step; a name that somebody took meanwhile is never written over.

    Raises:
        OSError: `FileExistsError` where the name is taken.
    """
    make(place.parent, undo)
    try:
        os.link(fresh, place)
    except FileExistsError:
        raise
    except OSError as error:  # no second name for a file on this disk (FAT, some shares)
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, "file exists", str(place)) from error
        fresh.rename(place)
    undo.callback(_take_back, place.unlink)


def make(folder: Path, undo: ExitStack) -> None:
    """建文件夹 — and those above it, where they are not there."""
    if not folder.is_dir():
        make(folder.parent, undo)
        folder.mkdir()
        undo.callback(_take_back, folder.rmdir)


def keep_time(copy: Path, changed: int) -> None:
    """留住时间 — when the original was last changed, in nanoseconds: it may be all that tells when a unit sent it."""
    with suppress(OSError):
        os.utime(copy, ns=(changed, changed))


def numbered(name: str) -> Iterator[str]:
    """带序号的文件名 — the name itself, then with (2), (3) … before its extension."""
    yield name
    one = PurePath(name)
    for number in range(2, 1_000_000):
        yield f"{one.stem} ({number}){one.suffix}"


def _state(source: Path) -> tuple[int, int]:
    try:
        status = source.stat()
    except OSError as error:
        raise NotRead(f"打不开（{refusal(error)}）") from error
    return status.st_size, status.st_mtime_ns


def _pieces(source: Path) -> Iterator[bytes]:
    from rectify_tool.intake.private import open_shared

    try:
        with open_shared(str(source)) as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise NotRead(f"打不开（{refusal(error)}）") from error


def _take_back(made: Callable[[], None]) -> None:
    with suppress(OSError):
        made()
