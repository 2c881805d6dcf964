"""空屏幕 — an X server that nobody sees, without a window manager, whose picture lies in a file.

So whether a window has been painted is seen from outside, in the same way for every program, and looking costs next to
nothing.
"""

from __future__ import annotations

import mmap
import os
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = (1366, 768)

_QUIET = subprocess.DEVNULL
_LOOKS_EVERY = 0.001
_ROWS_BETWEEN = 16  # a look at every row would take as long as it shall measure
_SHOWN = 1 / 5  # of the screen: a window, not a message box
_PATIENCE = 60.0
_HEADER = struct.Struct(">25I")  # of an XWD file, and the places in it of what is used
_HEADER_SIZE, _HEIGHT, _BYTES_A_LINE, _COLOURS, _BYTES_A_COLOUR = 0, 5, 12, 19, 12


class BareScreen:
    """空屏幕 — black until a program paints its window."""

    def __init__(self, display: str, picture: mmap.mmap) -> None:
        header = _HEADER.unpack_from(picture)
        first = header[_HEADER_SIZE] + header[_COLOURS] * _BYTES_A_COLOUR
        self._width = header[_BYTES_A_LINE]
        self._rows = [first + row * self._width for row in range(0, header[_HEIGHT], _ROWS_BETWEEN)]
        self._picture = picture
        self.display = display

    def painted(self) -> bool:
        """画出来了 — whether a window's worth of the screen is no longer black."""
        lit = sum(self._width - self._picture[row : row + self._width].count(0) for row in self._rows)
        return bool(lit >= _SHOWN * self._width * len(self._rows))

    def until(self, painted: bool, alive: Callable[[], bool]) -> float:
        """等到 — the moment (monotonic) at which a window was there, or was not any more.

        Raises:
            TimeoutError: It did not come, or the program ended before it came.
        """
        end = time.monotonic() + _PATIENCE
        while self.painted() is not painted:
            if time.monotonic() > end or not alive():
                raise TimeoutError("no window" if painted else "the window stays")
            time.sleep(_LOOKS_EVERY)
        return time.monotonic()


@contextmanager
def bare_screen(place: Path) -> Iterator[BareScreen]:
    """空屏幕 — its picture is kept in ``place`` while it lasts."""
    place.mkdir(parents=True, exist_ok=True)
    hears, tells = os.pipe()
    wide, high = SIZE
    server = ("Xvfb", "-displayfd", str(tells), "-screen", "0", f"{wide}x{high}x24", "-nolisten", "tcp", "-noreset")
    running = subprocess.Popen((*server, "-fbdir", str(place)), pass_fds=(tells,), stdout=_QUIET, stderr=_QUIET)
    os.close(tells)
    try:
        with os.fdopen(hears) as answer:
            number = answer.readline().strip()  # written once it takes connections
        with (place / "Xvfb_screen0").open("rb") as file:
            yield BareScreen(f":{number}", mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    finally:
        running.terminate()
        running.wait()
