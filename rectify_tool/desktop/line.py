"""专线 — the desk's process and the two pipes to it: one act asked at a time, answered with plain values; no Qt here.

The desk's process holds the work folder and does all the work; the window only asks. So the event loop never waits for
the engine, what does not hear a 取消 can be killed, and a crash of the engine leaves the window standing.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import partial
from importlib import import_module
from inspect import signature
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

from rectify_tool.errors import RectifyError, Stop, Way

SERVED = "rectify_tool.story.desk:Desk"
"""The class that is served, by name, so that the window's process never loads it; ``Cancelled`` stands beside it."""

ACTS = (
    "look", "generate", "tell", "publish", "record", "undo", "pdf", "print_out", "reprint", "register", "templates",
    "restore", "stamps", "settings", "save_settings", "take_in", "read_ahead",
)  # fmt: skip
"""可办的事 — what may be asked of the desk by name, besides "open" and `PLACES`."""

PLACES = {
    "add_breakdown": "rectify_tool.story.folder:add_breakdown",
    "new_folder": "rectify_tool.story.folder:new_folder",
    "try_sample": "rectify_tool.story.folder:try_sample",
}
"""What may be asked before a folder is open."""

_PART = 1000  # lines in a message: what the window's thread takes in without a stutter
_PROGRESS_SECONDS = 0.05
_LAST_WORD_SECONDS = 1.0  # for the work under way to be left tidily once the window has gone
_GARBAGE_THRESHOLD = 200_000  # a ledger is a hundred thousand values without a cycle: looking through them is waste
_EVERY = sys.maxsize

AHEAD = 0
"""先办的 — the serial of what was asked before there was a window; its progress is anybody's."""


class Ask(NamedTuple):
    """请办 — an act by name; its answer bears the same serial."""

    serial: int
    act: str
    arguments: tuple[Any, ...] = ()


class Cancel(NamedTuple):
    """取消 — the act asked with this serial and what was asked before it; heard at its next progress, ignored where it
    has been answered."""

    serial: int


class Told(NamedTuple):
    """进度 — files done of all, and the name of the one just done or of what is being done."""

    serial: int
    done: int
    total: int
    name: str


class Part(NamedTuple):
    """一部分 — up to a thousand lines of a long field of the answer, as columns of plain values.

    Pickle writes a named tuple by asking for its class and fields one after the other, a column of texts at once.
    """

    serial: int
    field: str
    kind: type
    columns: tuple[tuple[Any, ...], ...]


class Answer(NamedTuple):
    """办好了 — the value, its long fields empty where they went before as parts."""

    serial: int
    value: Any


class Refused(NamedTuple):
    """办不了 — a `RectifyError`."""

    serial: int
    stop: Stop
    message: str
    way: Way | None = None


class Broke(NamedTuple):
    """程序出错 — a bug; ``details`` is its trace, already in the log."""

    serial: int
    details: str


class Stopped(NamedTuple):
    """已取消 — the act was left at a progress; nothing half-done remains."""

    serial: int


Word = Told | Part | Answer | Refused | Broke | Stopped


# ---------------------------------------------------------------- 窗口这一头 ----


class Line:
    """专线 — the window's end: what it sends, what it hears, and how it ends the process."""

    def __init__(self, process: BaseProcess, asks: Connection, answers: Connection) -> None:
        self._process = process
        self._asks = asks
        self._answers = answers

    def send(self, word: Ask | Cancel) -> None:
        """请办 — a process that has died is noticed by whoever hears, not here."""
        with contextlib.suppress(OSError, ValueError):
            self._asks.send(word)

    def read_ahead(self, folder: str, now: datetime) -> None:
        """先读 — begins with the folder at once, while the window is still being built; what was read stays read."""
        self.send(Ask(AHEAD, "open", (folder,)))
        self.send(Ask(AHEAD, "read_ahead", (now,)))

    def hear(self) -> Word | None:
        """听 — waits for the next word; None once the process has gone, however it went."""
        try:
            word: Word = pickle.loads(self._answers.recv_bytes())
        except Exception:  # closed or torn pipe: it died, perhaps in the middle of a word
            return None
        return word

    def end(self, patience: float = 0.0) -> int | None:
        """挂断 — closes the pipe, on which the process ends by itself; after ``patience`` seconds it is killed.

        Returns:
            Its exit code, negative for a signal; None where even a kill has not ended it yet.
        """
        with contextlib.suppress(OSError):
            self._asks.close()
        if patience:
            self._process.join(patience)
        _kill_all(self._process)
        self._process.join(1.0)
        atexit.unregister(self.end)
        return self._process.exitcode


def start_line(served: str = SERVED) -> Line:
    """接通 — starts the desk's process; returns at once, while it is still loading the engine."""
    context = multiprocessing.get_context("spawn")
    asks_end, asks = context.Pipe(duplex=False)
    answers, answers_end = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(asks_end, answers_end, served), name="desk")
    with _without_interrupts():
        process.start()
    asks_end.close()
    answers_end.close()
    line = Line(process, asks, answers)
    atexit.register(line.end)  # else Python would wait for ever for a process that waits for the window
    return line


class Gathering:
    """汇齐 — puts the parts of a long answer together again."""

    def __init__(self) -> None:
        self._lines: dict[str, list[Any]] = {}

    def add(self, part: Part) -> None:
        """收下 — one part."""
        lines = map(partial(tuple.__new__, part.kind), zip(*part.columns, strict=True))
        self._lines.setdefault(part.field, []).extend(lines)

    def whole(self, value: Any) -> Any:
        """全文 — the answer with its long fields filled; ready for the next answer."""
        if not self._lines:
            return value
        lines, self._lines = self._lines, {}
        gc.freeze()  # plain values without a cycle: looking through them again and again is felt in the window
        return replace(value, **{name: tuple(one) for name, one in lines.items()})


def _kill_all(process: BaseProcess) -> None:
    """With what it started (reading processes, an office program), which share its session."""
    with contextlib.suppress(OSError):
        if sys.platform != "win32" and process.pid and os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """A process born while Ctrl-C is held back never dies with a trace on the terminal while it is still loading."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---------------------------------------------------------------- 进程那一头 ----


def serve(asks: Connection, answers: Connection, served: str) -> None:
    """工作台进程 — answers what is asked, one after the other, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the window's
    if sys.platform != "win32":
        os.setsid()
    gc.set_threshold(_GARBAGE_THRESHOLD)
    _Service(asks, answers, served).work()


class _Service:
    """A thread listens, so that a 取消 is known at once and a window that has gone ends even a long computation."""

    def __init__(self, asks: Connection, answers: Connection, served: str) -> None:
        self._asks = asks
        self._answers = answers
        self._served = served
        self._folder = ""
        self._desk: Any = None
        self._waiting: queue.SimpleQueue[Ask | None] = queue.SimpleQueue()
        self._cancelled = -1

    def work(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        with contextlib.suppress(Exception):  # loads while the window is loading; what is wrong is told when asked
            named(self._served)
        with contextlib.suppress(OSError):  # nobody hears any more
            while (ask := self._waiting.get()) is not None:
                for word in self._answered(ask):
                    self._say(word)

    def _say(self, word: Word) -> None:
        self._answers.send_bytes(pickle.dumps(word, pickle.HIGHEST_PROTOCOL))

    def _listen(self) -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                word = self._asks.recv()
                if isinstance(word, Cancel):
                    self._cancelled = word.serial
                else:
                    self._waiting.put(word)
        self._cancelled = _EVERY
        self._waiting.put(None)
        time.sleep(_LAST_WORD_SECONDS)
        os._exit(0)

    def _answered(self, ask: Ask) -> Iterable[Word]:
        try:
            return in_parts(ask.serial, self._do(ask))
        except _Left:
            return (Stopped(ask.serial),)
        except RectifyError as error:
            return (Refused(ask.serial, error.stop, error.message, error.way),)
        except Exception:
            return (Broke(ask.serial, _kept(traceback.format_exc())),)

    def _do(self, ask: Ask) -> Any:
        if ask.act == "open":
            self._open(*ask.arguments)
            return None
        if ask.act in PLACES:
            return named(PLACES[ask.act])(*ask.arguments)
        if ask.act not in ACTS:
            raise ValueError(f"not an act of the desk: {ask.act}")
        act = getattr(self._open_desk(), ask.act)
        if "progress" not in signature(act).parameters:
            return act(*ask.arguments)
        return self._cancellable(ask, act)

    def _open(self, folder: str) -> None:
        """A folder that is open already stays open, with all that was read of it."""
        if folder != self._folder:
            self._folder, self._desk = folder, None

    def _open_desk(self) -> Any:
        """Opened when first needed, and tried again at each act while it fails: a folder on the net may come back."""
        if self._desk is None:
            self._desk = named(self._served)(self._folder)
        return self._desk

    def _cancellable(self, ask: Ask, act: Callable[..., Any]) -> Any:
        cancelled: type[Exception] = named(f"{self._served.partition(':')[0]}:Cancelled")
        try:
            return act(*ask.arguments, progress=self._progress(ask.serial, cancelled))
        except cancelled as left:
            raise _Left from left

    def _progress(self, serial: int, cancelled: type[Exception]) -> Callable[[int, int, str], None]:
        told = 0.0

        def progress(done: int, total: int, name: str) -> None:
            nonlocal told
            if serial <= self._cancelled:
                raise cancelled
            if done >= total or time.monotonic() - told >= _PROGRESS_SECONDS:
                told = time.monotonic()
                self._say(Told(serial, done, total, name))

        return progress


class _Left(Exception):
    """The act was left at a progress."""


def in_parts(serial: int, value: Any) -> Iterator[Word]:
    """分批 — the words that carry an answer: long fields of named tuples first, a thousand lines at a time."""
    long = _long_fields(value)
    for name in long:
        lines = getattr(value, name)
        for start in range(0, len(lines), _PART):
            yield Part(serial, name, type(lines[0]), tuple(zip(*lines[start : start + _PART], strict=True)))
    yield Answer(serial, replace(value, **dict.fromkeys(long, ())) if long else value)


def _long_fields(value: Any) -> tuple[str, ...]:
    if not is_dataclass(value):
        return ()
    held = ((field.name, getattr(value, field.name)) for field in fields(value))
    return tuple(
        name for name, lines in held if isinstance(lines, tuple) and len(lines) > _PART and hasattr(lines[0], "_fields")
    )


def named(name: str) -> Any:
    """按名取 — "module:thing"."""
    module, _, thing = name.partition(":")
    return getattr(import_module(module), thing)


def _kept(details: str) -> str:
    import logging

    from rectify_tool.cli.console import keep_log

    if keep_log() is not None:
        logging.getLogger("rectify_tool").error("%s", details)
    return details
