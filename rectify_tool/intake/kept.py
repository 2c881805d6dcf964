"""已读 — what was read stays read: between two looks at a folder only what has changed is opened again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rectify_tool.intake.listing import Listed
from rectify_tool.intake.private import Stamp, digest_of, opens, stamp_of
from rectify_tool.model import Received

COARSEST_CLOCK = 2.0
"""Seconds: the steps in which the coarsest file system (FAT, on memory sticks) tells when a file was changed."""

FRESH_SECONDS = 5.0
"""How long after somebody has written to a file that looks cut short it may well be that it is still being copied."""

Alike = Callable[[Any, Any, Received], bool]
"""读来一样 — ``alike(before, now, received)``: whether what was understood under settings ``before`` stands ``now``."""


@dataclass(slots=True)
class _Read:
    stamp: Stamp
    received: Received
    since: float
    sure: bool


class Kept:
    """已读 — the files of one folder as they were read; mutable on purpose: it is the memory from one look to the next.

    A file is known by its name, its place and its `Stamp`. Within one step of the file system's clock a file may
    change and keep its stamp; until such a step has passed its digest is taken anew, which is cheap and once only.
    """

    def __init__(self, alike: Alike = lambda before, now, _: before == now) -> None:
        self._alike = alike
        self._settings: object = None
        self._known: dict[tuple[str, str], _Read] = {}
        self._waiting: tuple[str, ...] = ()
        self._short: dict[tuple[str, str], Stamp] = {}
        self._began: tuple[float, float] | None = None

    def under(self, settings: object, now: datetime | None = None) -> None:
        """换口径 — what was understood otherwise than these settings would have it is forgotten; a look begins."""
        self._began = (now.timestamp(), time.monotonic()) if now else None
        before, self._settings = self._settings, settings
        self._known = {place: one for place, one in self._known.items() if self._alike(before, settings, one.received)}

    def recall(self, item: Listed) -> Received | None:
        """想起 — the file as it was read, None where it has changed since or never was read for good."""
        one = self._known.get((item.file, item.path))
        if one is None or stamp_of(item.path) != one.stamp:
            return None
        if not one.sure:
            if digest_of(item.path) != one.received.sha256:
                return None
            one.sure = time.monotonic() - one.since >= COARSEST_CLOCK
        return one.received

    def keep(self, item: Listed, received: Received, stamp: Stamp | None) -> None:
        """记住 — a file that was read; not one whose outcome may become another while it stays the same (no stamp)."""
        if stamp is not None:
            unread = not received.sha256  # too large to be held: nothing of it is told but its kind and size
            self._known[item.file, item.path] = _Read(stamp, received, time.monotonic(), sure=unread)

    def growing(self, item: Listed, stamp: Stamp) -> bool:
        """还在写 — whether a file that looks cut short was written to since the last look, or but a moment ago."""
        before = self._short.get((item.file, item.path))
        self._short[item.file, item.path] = stamp
        return (before is not None and before.moved(stamp)) or self._just_written(stamp)

    def _just_written(self, stamp: Stamp) -> bool:
        """刚写过 — by the clock of the look; where the disk's is another (a share) nobody can tell.

        A copy that is whole has the time of its original: it is told at once for what it is.
        """
        if self._began is None:
            return False
        now, began = self._began
        until = now + time.monotonic() - began
        return now - FRESH_SECONDS <= stamp.modified / 1e9 <= until + FRESH_SECONDS

    def only(self, files: Iterable[Listed], waiting: Iterable[str]) -> None:
        """只留 — what is gone is forgotten; ``waiting`` are the paths that would not open or stand still."""
        there = {(item.file, item.path) for item in files}
        self._known = {place: one for place, one in self._known.items() if place in there}
        self._short = {place: stamp for place, stamp in self._short.items() if place in there}
        self._waiting = tuple(waiting)

    @property
    def ripe(self) -> bool:
        """可以再看 — whether a file that would not open, or stand still, can be opened now."""
        return any(map(opens, self._waiting))
