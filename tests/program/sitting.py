"""A person at the built program's window: keys pressed and pictures taken on an X server, nothing known from inside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.program.built import NAME, ROOT, SECONDS, until

PICTURES = ROOT / "build" / "pictures"


@dataclass(frozen=True)
class Sitting:
    """A screen, and every title that was seen on it."""

    display: str
    seen: set[str] = field(default_factory=set)

    def titles(self) -> dict[str, str]:
        """The windows that can be seen: number → title."""
        shown = self._ask("search", "--onlyvisible", "--name", ".").split()
        found = {one: self._ask("getwindowname", one).strip() for one in shown}
        self.seen.update(found.values())
        return found

    def window(self, title: str) -> str:
        """The number of the window that is called so, once it is there and has the keyboard."""
        wanted = re.compile(title)
        met = lambda: next((one for one, name in self.titles().items() if wanted.fullmatch(name)), None)  # noqa: E731
        return str(until(f"a window “{title}”", met))

    def to(self, window: str) -> None:
        """Brings a window to the front."""
        self._ask("windowactivate", "--sync", window)

    def key(self, *keys: str) -> None:
        """Presses keys, one after the other."""
        self._ask("key", "--clearmodifiers", "--delay", "40", *keys)

    def write(self, text: str) -> None:
        """Replaces what stands in the field by this, and says Enter."""
        self.key("ctrl+a")
        self._ask("type", "--delay", "20", text)
        self.key("Return")

    def picture(self, name: str) -> Path:
        """The whole screen once it has come to rest, kept under build/pictures/."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        target = PICTURES / f"{name}.png"
        command = (sys.executable, "-m", "tests.program.photo", str(target))
        environment = {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=SECONDS)
        return target

    def _ask(self, *command: str) -> str:
        """What xdotool answers; a search that finds nothing is no error."""
        environment = {**os.environ, "DISPLAY": self.display, "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            ("xdotool", *command), env=environment, capture_output=True, encoding="utf-8", timeout=SECONDS
        ).stdout


def title(folder: Path, mark: str = "") -> str:
    """What the window of a work folder is called."""
    return re.escape(f"{NAME} — {folder.name}{mark}")
