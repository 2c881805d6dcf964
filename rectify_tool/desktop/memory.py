"""记得的事 — what the window remembers for this person from one time to the next; losing it costs nobody any work."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from rectify_tool.places import user_folder

MOST_RECENT = 10
THEMES = ("system", "light", "dark")
FONT_POINTS = (9.0, 24.0)
"""字号的范围 — the smallest and the largest that can be chosen."""

_FILE = "窗口.json"
_ODD = "surrogatepass"  # a folder's name may hold bytes that are no text
_ASIDE = "窗口（读不出来的）.json"


class Recent(NamedTuple):
    """最近打开过的 — a work folder by its absolute path."""

    folder: str


@dataclass(frozen=True, slots=True)
class Memory:
    """记得的事 — ``recent`` newest first, folders that are gone among them: a drive may come back.

    ``font_points`` is 0 where the system's size counts. ``geometry`` and ``layout`` are what Qt saved of the window and
    of its parts, in Base64, "" for none; ``view`` is the name of the view shown last.
    """

    recent: tuple[Recent, ...] = ()
    font_points: float = 0.0
    theme: str = THEMES[0]
    geometry: str = ""
    layout: str = ""
    view: str = ""

    @property
    def folders(self) -> tuple[str, ...]:
        """最近的工作文件夹 — newest first."""
        return tuple(one.folder for one in self.recent)

    def opened(self, folder: str) -> Memory:
        """打开过 — with this folder as the newest."""
        newest = Recent(str(Path(folder).absolute()))
        return replace(self, recent=(newest, *self.forgotten(folder).recent)[:MOST_RECENT])

    def forgotten(self, folder: str) -> Memory:
        """去掉 — without this folder; the folder itself is not touched."""
        return replace(self, recent=tuple(one for one in self.recent if not _same(one.folder, folder)))


def load() -> Memory:
    """读取 — nothing remembered where there is nothing; a file that makes no sense is put aside, never lost."""
    place = user_folder() / _FILE
    try:
        told = json.loads(place.read_text(encoding="utf-8", errors=_ODD))
    except OSError:
        return Memory()
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        with suppress(OSError):
            place.replace(place.with_name(_ASIDE))
        return Memory()
    known = {name: read(told[name]) for name, read in _READERS.items() if name in told}
    return Memory(**{name: value for name, value in known.items() if value is not None})


def save(memory: Memory) -> bool:
    """保存 — whole or not at all; False where the system will not have it, which is no trouble to anybody."""
    place = user_folder() / _FILE
    fresh = place.with_name(f".新-{os.getpid()}-{_FILE}")
    told = {**asdict(memory), "recent": [one._asdict() for one in memory.recent]}
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(text, encoding="utf-8", errors=_ODD)
        fresh.replace(place)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        return False
    return True


def update(change: Callable[[Memory], Memory]) -> Memory:
    """改记 — what another window remembered meanwhile stays: read, change, save."""
    memory = change(load())
    save(memory)
    return memory


def _same(one: str, other: str) -> bool:
    return os.path.normcase(Path(one).absolute()) == os.path.normcase(Path(other).absolute())


def _text(told: object) -> str | None:
    return told if isinstance(told, str) else None


def _theme(told: object) -> str | None:
    return told if told in THEMES else None


def _points(told: object) -> float | None:
    if isinstance(told, bool) or not isinstance(told, int | float) or told != told or told <= 0:
        return None
    return float(min(max(told, FONT_POINTS[0]), FONT_POINTS[1]))


def _recent(told: object) -> tuple[Recent, ...] | None:
    lines = [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []
    found = [Recent(one["folder"]) for one in lines if isinstance(one.get("folder"), str)]
    return tuple(one for one in found if one.folder and "\0" not in one.folder)[:MOST_RECENT]


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "recent": _recent,
    "font_points": _points,
    "theme": _theme,
    "geometry": _text,
    "layout": _text,
    "view": _text,
}
"""每件怎样读 — None where it makes no sense, and the default counts."""
