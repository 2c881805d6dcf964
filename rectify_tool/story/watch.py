"""守望 — whether anything a look depends on has changed: names, sizes and times only, nothing is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from rectify_tool.history import read_past
from rectify_tool.model import DATABASE, OFFICE_FILE, Past
from rectify_tool.outbox import OUTBOX
from rectify_tool.story.gather import gather, work_folder

GONE = "文件夹不在了"
"""The stamp of a folder that is not there, or cannot be listed."""


def stamps(folder: Path) -> str:
    """印记 — equal where nothing has changed; `GONE` where the folder cannot be seen. Never raises."""
    try:
        told = "\n".join(_told(folder))
    except OSError:
        return GONE
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()


class Watch:
    """守望 — one folder watched between looks; mutable on purpose: it remembers how the folder was at the last look.

    A look may begin while somebody is still copying. Whoever only compares one answer with the next would then never
    hear of it: so where the folder is no longer as it was when the last look began, or a file that would not open
    opens now, the answer goes on changing, every few times it is asked for, until somebody has looked.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = ""
        self._asked = 0

    def begin(self) -> None:
        """开始看 — how the folder is now is how the look will show it, or else it is to be looked at again."""
        self._seen, self._asked = stamps(self._folder), 0

    def stamps(self, *, ripe: bool) -> str:
        """印记 — of the folder now; ``ripe`` where a file can be read that could not be before."""
        now = stamps(self._folder)
        if now in (self._seen or now, GONE) and not ripe:  # where nobody has looked yet nobody has missed anything
            return now
        self._asked += 1
        return f"{now} {self._asked // _PATIENCE}"


_PATIENCE = 4
"""How many answers are alike, so that somebody who waits for two alike ones sees them."""


class Remembered:
    """台账记得的 — 台账.db as it was read, read anew where any of its files has changed; mutable on purpose."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[list[str], Past] | None = None

    def past(self) -> Past:
        """往期 — everything 台账.db keeps.

        Raises:
            RectifyError: as `read_past`; WRONG_ARGUMENTS where the folder is not there any more.
        """
        work_folder(str(self._folder))
        marks = [*_ledger_marks(self._folder), _head(self._folder / DATABASE)]
        if self._known is None or self._known[0] != marks:
            self._known = marks, read_past(self._folder)
        return self._known[1]


def _told(folder: Path) -> Iterator[str]:
    inbox = gather(folder)
    yield from map(str, inbox.findings)
    for one in inbox.listed:
        yield f"{one.file}|{_mark(Path(one.path))}"
    yield f"{OFFICE_FILE}|{_mark(folder / OFFICE_FILE)}"
    yield from _ledger_marks(folder)
    yield from _sets(folder / OUTBOX)


def _sets(outbox: Path) -> Iterator[str]:
    """各次的成果 — every set and its papers; what office programs lay beside an open paper changes nothing."""
    with suppress(FileNotFoundError, NotADirectoryError):
        for place in sorted(one for one in outbox.iterdir() if one.is_dir() and one.name[0] != "."):
            yield place.name
            for paper in sorted(place.iterdir()):
                if paper.name[0] not in ".~":
                    yield f"{place.name}/{paper.name}|{_mark(paper)}"


def _ledger_marks(folder: Path) -> list[str]:
    """台账的印记 — of 台账.db, its backup, and what is laid beside them while somebody writes."""
    files = sorted(path for path in folder.iterdir() if path.name.startswith(f"{Path(DATABASE).stem}."))
    return [f"{path.name}|{_mark(path)}" for path in files]


def _head(database: Path) -> str:
    """The head of 台账.db counts its writings, so that no two states look alike, however quickly they follow."""
    try:
        with database.open("rb") as file:
            return file.read(_HEAD_BYTES).hex()
    except OSError:
        return ""


_HEAD_BYTES = 100


def _mark(path: Path) -> str:
    """The change time tells of a file put in the place of one of the same size and time."""
    try:
        status = path.lstat()
    except OSError:
        return "?"
    return f"{status.st_size}|{status.st_mtime_ns}|{status.st_ctime_ns}|{status.st_ino}"
