"""经办 — the Qt side of the line: what the window asks is queued, what comes back calls the one who asked."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from rectify_tool.desktop.line import (
    AHEAD,
    Answer,
    Ask,
    Broke,
    Cancel,
    Gathering,
    Line,
    Part,
    Refused,
    Stopped,
    Told,
    Word,
    start_line,
)
from rectify_tool.errors import Stop, Way

_CANCEL_MS = 1500
_GOODBYE_SECONDS = 0.8
_BUG = "很抱歉，程序出错了，刚才这件事没有办完。各单位报来的文件没有改动。"
_DIED = "处理数据的程序意外停止了，刚才这件事没有办完。各单位报来的文件没有改动，请再试一次。"
_CANCELLED = "已停下。"


class Trouble(NamedTuple):
    """没办成 — ``stop`` is None for a bug, where the desk's process died, and where a person cancelled it.

    ``details`` are for the maintainers; ``cancelled`` is True where a person wanted it so, and nothing is to be shown;
    ``way`` is the way out, where the desk knows one.
    """

    stop: Stop | None
    message: str
    details: str = ""
    cancelled: bool = False
    way: Way | None = None


class Clerk(QObject):
    """经办 — asks the desk's process, one act after the other, in the order they were asked.

    Of ``then`` and ``otherwise`` one is called, once, for every act asked, but for a quiet one dropped because the same
    it was waiting, and for what is under way when the window closes. What was cancelled, or given up because another
    folder was opened, is told to ``otherwise`` with ``cancelled`` set; it never reaches the signal ``trouble``.
    """

    progressed = Signal(int, int, str)
    busy = Signal(str)
    trouble = Signal(object)
    _heard = Signal(object, object)

    def __init__(
        self, line: Line | None = None, start: Callable[[], Line] = start_line, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._start = start
        self._waiting: deque[_Request] = deque()
        self._now: _Request | None = None
        self._folder = self._what = ""
        self._serial = 0
        self._closed = False
        self._patience = QTimer(self, interval=_CANCEL_MS, singleShot=True)
        self._patience.timeout.connect(self._kill)
        self._heard.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._ear: _Ear | None = self._listen(line or start())

    # ---------------------------------------------------------------- 窗口要办的 ----

    def ask(
        self,
        act: str,
        *arguments: Any,
        then: Callable[[Any], None] | None = None,
        otherwise: Callable[[Trouble], None] | None = None,
        what: str = "",
    ) -> None:
        """请办 — ``what`` is shown while it is under way; a quiet act ("") is dropped where the same is waiting."""
        request = _Request(act, arguments, then, otherwise, what)
        if self._closed or (not what and any(one.same_as(request) for one in self._waiting)):
            return
        self._waiting.append(request)
        self._next()

    def open(self, folder: str) -> None:
        """打开文件夹 — what is under way or waiting for the folder before is given up."""
        self._folder = folder
        given_up, self._waiting = self._waiting, deque()
        self.cancel()
        self._send(Ask(0, "open", (folder,)))
        for request in given_up:
            request.cancelled()

    def cancel(self) -> None:
        """取消 — the act under way; where it does not hear in time its process is killed, and a new one started."""
        if self._now is not None and not self._patience.isActive():
            self._send(Cancel(self._serial))
            self._patience.start()

    def close(self) -> None:
        """收工 — ends the process within a second; whatever is under way is left whole, as by 取消 or by a kill."""
        self._closed = True
        self._patience.stop()
        self._waiting.clear()
        self._now = None
        if self._ear is not None:
            self._ear.line.end(_GOODBYE_SECONDS)
            self._ear = None

    # ---------------------------------------------------------------- 一件一件地办 ----

    def _next(self) -> None:
        if self._now is None and self._waiting:
            self._now = self._waiting.popleft()
            self._serial += 1
            self._send(Ask(self._serial, self._now.act, self._now.arguments))
        what = self._now.what if self._now else ""
        if what != self._what:
            self._what = what
            self.busy.emit(what)

    def _ended(self) -> _Request | None:
        """The next act begins at once: the one who asked may think for long about the answer, in a form."""
        request, self._now = self._now, None
        self._patience.stop()
        self._next()
        return request

    def _send(self, word: Ask | Cancel) -> None:
        """A process that has gone is replaced when something is asked, so that one that cannot start is not started
        again and again."""
        if self._ear is None:
            self._ear = self._listen(self._start())
            if self._folder:
                self._ear.line.send(Ask(0, "open", (self._folder,)))
        self._ear.line.send(word)

    # ---------------------------------------------------------------- 听对方说 ----

    def _listen(self, line: Line) -> _Ear:
        self._gathering = Gathering()
        ear = _Ear(line, self._heard.emit)
        ear.start()
        return ear

    @Slot(object, object)
    def _take(self, ear: _Ear, word: Word | None) -> None:
        if self._closed or ear is not self._ear:
            ear.taken.release()
        elif word is None:
            self._gone(ear)
        else:
            mine = word.serial == self._serial or (word.serial == AHEAD and isinstance(word, Told))
            tell = self._meaning(word) if self._now and mine else None
            ear.taken.release()
            if tell:
                tell()

    def _meaning(self, word: Word) -> Callable[[], None] | None:
        """What the one who asked is to be told, if anything; by then the next act has begun."""
        match word:
            case Part():
                self._gathering.add(word)
            case Told(_, done, total, name):
                return partial(self.progressed.emit, done, total, name) if self._what else None
            case Answer(_, value):
                whole = self._gathering.whole(value)
                request = self._ended()
                return partial(request.then, whole) if request and request.then else None
            case Refused(_, stop, message, way):
                return partial(self._tell, self._ended(), Trouble(stop, message, way=way))
            case Broke(_, details):
                return partial(self._tell, self._ended(), Trouble(None, _BUG, details))
            case Stopped():
                request = self._ended()
                return request.cancelled if request else None
        return None

    def _tell(self, request: _Request | None, trouble: Trouble) -> None:
        if request is not None:
            (request.otherwise or self.trouble.emit)(trouble)

    def _kill(self) -> None:
        if self._ear is not None:
            self._ear.line.end()
            self._ear = None
        request = self._ended()
        if request is not None:
            request.cancelled()

    def _gone(self, ear: _Ear) -> None:
        code = ear.line.end()
        self._ear = None
        was_wanted = self._patience.isActive()
        request = self._ended()
        if was_wanted and request is not None:
            request.cancelled()
        else:
            self._tell(request, Trouble(None, _DIED, f"the desk's process ended with exit code {code}"))


class _Request(NamedTuple):
    act: str
    arguments: tuple[Any, ...]
    then: Callable[[Any], None] | None
    otherwise: Callable[[Trouble], None] | None
    what: str

    def same_as(self, other: _Request) -> bool:
        return not self.what and (self.act, self.arguments) == (other.act, other.arguments)

    def cancelled(self) -> None:
        if self.otherwise is not None:
            self.otherwise(Trouble(None, _CANCELLED, cancelled=True))


class _Ear(threading.Thread):
    """Hears one word at a time, the next only once the window has taken this one: no flood holds up its events."""

    def __init__(self, line: Line, tell: Callable[[_Ear, Word | None], None]) -> None:
        super().__init__(daemon=True, name="ear")
        self.line = line
        self.taken = threading.Semaphore(0)
        self._tell = tell

    def run(self) -> None:
        with suppress(RuntimeError):  # the window has gone
            while (word := self.line.hear()) is not None:
                self._tell(self, word)
                self.taken.acquire()
            self._tell(self, None)
