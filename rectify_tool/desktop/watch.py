"""看守 — the work folder watched by its stamps: what changed and has come to rest is told once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

_BEAT = 2.0
"""秒 — between two questions, where the answer is quick."""

_SHARE = 20
"""份 — a question may take one part of that many of the time, so that a slow share is not kept busy by asking."""


_LONGEST = 60.0
"""秒 — never longer, also where an answer waited behind other work, or the computer slept meanwhile."""


class Asking(Protocol):
    """问 — what the watch needs of the clerk."""

    def ask(self, act: str, *arguments: object, then: Callable[[str], None], otherwise: Callable[..., None]) -> None:
        """问一句 — quietly."""


class Watch(QObject):
    """看守 — asks for the folder's stamps every few seconds, and tells when they changed and then stayed as they were.

    ``looked`` is called whenever a look has ended: the next answer is what later ones are compared with. What changed
    while it was looked at is not lost by that: the desk's answers go on changing until somebody has looked again.
    ``beaten`` is emitted at every beat, whatever is asked.
    """

    changed = Signal()
    beaten = Signal()

    def __init__(self, clerk: Asking, resting: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clerk, self._resting, self._clock = clerk, resting, clock
        self._seen = self._moving = ""
        self._base_wanted = self._waiting = False
        self._asked = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        """开始 — the first beat comes after a pause."""
        self._rest(0.0)

    def stop(self) -> None:
        """停下 — nothing more is asked; the folder is forgotten."""
        self._timer.stop()
        self._seen = self._moving = ""
        self._base_wanted = self._waiting = False

    def looked(self) -> None:
        """看过了 — from here on what changes is told."""
        self._base_wanted = True
        if not self._waiting:
            self._ask()

    def beat(self) -> None:
        """一拍 — one question, unless the window is at work or the last one is still open."""
        self.beaten.emit()
        if self._resting() and not self._waiting:
            self._ask()
        else:
            self._rest(0.0)

    def _ask(self) -> None:
        self._waiting, self._asked = True, self._clock()
        self._clerk.ask("stamps", then=self._heard, otherwise=lambda _: self.missed())

    def missed(self) -> None:
        """没有答 — the question came to nothing; the next beat asks again."""
        self._waiting = False
        self._rest(self._clock() - self._asked)

    def _heard(self, stamps: str) -> None:
        self._waiting = False
        if self._base_wanted:
            self._seen, self._moving, self._base_wanted = stamps, "", False
        elif stamps == self._seen:
            self._moving = ""
        elif stamps == self._moving:
            self._moving = ""
            self.changed.emit()
        else:
            self._moving = stamps
        self._rest(self._clock() - self._asked)

    def _rest(self, took: float) -> None:
        self._timer.start(int(1000 * min(max(_BEAT, _SHARE * took), _LONGEST)))
