"""读表进程 — what runs in a worker process: one file at a time, from private copy to what was understood."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection

from rectify_tool.findings import Code
from rectify_tool.intake.failure import Unreadable, in_words, too_large
from rectify_tool.intake.grids import Book
from rectify_tool.intake.kinds import USUAL_EXTENSIONS, FileKind, extension_of, kind_of
from rectify_tool.intake.limits import limit_this_process
from rectify_tool.intake.parcel import pack
from rectify_tool.intake.private import Copied, Stamp, take_copy
from rectify_tool.intake.reading import read_book
from rectify_tool.model import FileOutcome, Finding, Received, Source, Submission

_GARBAGE_THRESHOLD = 200_000  # a sheet is a hundred thousand tuples without a cycle: looking through them is waste

Understand = Callable[..., Submission]
"""理解 — ``understand(file, grids, settings)``, a top-level function, because it travels to the worker by name."""


@dataclass(frozen=True, slots=True)
class Task:
    """读表任务 — one file to read, and whether its first reader has died on it already."""

    index: int
    file: str
    path: str
    second: bool = False
    spent: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """读表结果 — what became of a task.

    ``stamp`` is given where the outcome hangs on nothing but the file: it stands until the stamp changes. ``cut_short``
    is True where it looks cut short: if its stamp has moved a moment later, it was being copied.
    ``trouble`` is the trace of a bug, for the log and nobody else.
    """

    index: int
    received: Received
    stamp: Stamp | None = None
    cut_short: bool = False
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """已取副本 — sent before a file is opened, so that its digest is known even if that is the worker's last act."""

    sha256: str
    modified: datetime | None


def serve(tasks: Connection, answers: Connection, understand: Understand, settings: object) -> None:
    """读表进程 — answers tasks until the parent closes the pipe or goes away."""
    with contextlib.suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's: it ends the workers itself

    def tell(noun: Taken | Answer | None) -> None:
        answers.send_bytes(pack(noun))

    _silence_errors()
    gc.set_threshold(_GARBAGE_THRESHOLD)
    limit_this_process()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionError):
        tell(None)  # ready: a file's time starts only now
        while True:
            tell(read_one(tasks.recv(), understand, settings, tell))


def read_one(task: Task, understand: Understand, settings: object, tell: Callable[[Taken], None]) -> Answer:
    """读一份 — never raises: whatever happens to this file is its outcome. ``tell`` hears of the private copy."""
    taken: Taken | None = None
    copied: Copied | None = None
    trouble: str | None = None
    lasting = False
    try:
        copied = take_copy(task.path)
        taken = Taken(copied.sha256, copied.modified)
        tell(taken)
        kind = _kind(copied)
        book = _read(task, copied, kind)
        content = understand(task.file, book.grids, settings)
        return Answer(task.index, _received(task.file, copied, kind, book, content), copied.stamp)
    except Unreadable as reason:
        ended, lasting = reason, reason.code not in _PASSING
    except MemoryError:
        ended = too_large("需要的内存过多")
    except Exception:  # a bug met by this file: the run goes on, the trace goes to the log
        ended = Unreadable(Code.FILE_READER_DIED, detail="程序理解这份表格时出错")
        trouble = traceback.format_exc()
    stamp = copied.stamp if copied and lasting else None
    cut_short = stamp is not None and ended.code in (Code.FILE_CORRUPT, Code.FILE_EMPTY)
    return Answer(task.index, ended_as(task.file, ended, taken), stamp, cut_short, trouble)


_PASSING = (Code.FILE_COPYING, Code.FILE_UNREADABLE, Code.FILE_READER_DIED, Code.FILE_TIMEOUT)
"""会过去的 — ways to end that the file may not be to blame for: another time it may be read."""


def _kind(copied: Copied) -> FileKind:
    if copied.size == 0:
        raise Unreadable(Code.FILE_EMPTY)
    kind = kind_of(copied.data)
    if not copied.held and (kind in USUAL_EXTENSIONS or kind is FileKind.ENCRYPTED):
        raise too_large("文件过大")
    return kind


def _read(task: Task, copied: Copied, kind: FileKind) -> Book:
    """The first reader, then the second where the first stumbles on something nobody foresaw."""
    for second in (True,) if task.second else (False, True):
        try:
            return read_book(task.file, copied.data, kind, second=second)
        except (Unreadable, MemoryError):
            raise
        except Exception as error:
            stumbled = error
    raise Unreadable(Code.FILE_READER_DIED, detail=in_words(stumbled)) from stumbled


def ended_as(file: str, ended: Unreadable, taken: Taken | None) -> Received:
    """如此了结 — the file as received when its reading stopped."""
    return Received(
        file=file,
        outcome=ended.outcome,
        sha256=taken.sha256 if taken else "",
        modified=taken.modified if taken else None,
        saved_at=None,
        counted=None,
        content=None,
        findings=(ended.code.at(Source(file), **ended.slots),),
    )


def _received(file: str, copied: Copied, kind: FileKind, book: Book, content: Submission) -> Received:
    return Received(
        file=file,
        outcome=FileOutcome.READ,
        sha256=copied.sha256,
        modified=copied.modified,
        saved_at=book.saved_at,
        counted=book.counted,
        content=content,
        findings=(*_extension_note(file, kind), *(code.at(Source(file), **slots) for code, slots in book.notes)),
    )


def _extension_note(file: str, kind: FileKind) -> tuple[Finding, ...]:
    extension = extension_of(file)
    if kind not in USUAL_EXTENSIONS or extension in USUAL_EXTENSIONS[kind]:
        return ()
    shown = f".{extension}" if extension else "（无）"
    return (Code.FILE_OTHER_TYPE.at(Source(file), extension=shown, kind=kind.value),)


def _silence_errors() -> None:
    """The readers' libraries write to standard error when they abort; the finding says it in plain words."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
