"""计量 — what a command costs: processor time with all its children, time on the clock, and memory. POSIX only."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

ROOT = Path(__file__).parents[2]
_KIB_A_UNIT = 1 if sys.platform != "darwin" else 1 / 1024  # ru_maxrss is KiB on Linux, bytes on macOS
_LOOK_SECONDS = 0.05
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""环境 — as where the tool is installed: compiled once, then started from its bytecode."""


@dataclass(frozen=True, slots=True)
class Cost:
    """花费 — seconds of processor (user and system, children included) and on the clock; memory in MiB.

    ``peak`` is the largest single process, ``together`` the most that all its processes held at one moment (pages
    they share are counted for each; looked at every 0.05 s; None where there is no /proc).
    """

    cpu: float
    wall: float
    peak: float
    together: float | None


def cost_of(command: Sequence[str]) -> tuple[Cost, str]:
    """量一次 — run to its end, from the repository's root, and what it printed.

    Raises:
        subprocess.CalledProcessError: The command failed; a benchmark of a failure means nothing.
    """
    with TemporaryFile("w+", encoding="utf-8") as printed, TemporaryFile("w+", encoding="utf-8") as complaints:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=_ENVIRONMENT, stdout=printed, stderr=complaints)
        with _Watch(process.pid) as watch:
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        complaints.seek(0)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command, printed.read(), complaints.read())
        peak = used.ru_maxrss * _KIB_A_UNIT / 1024
        return Cost(used.ru_utime + used.ru_stime, wall, peak, watch.most_mib), printed.read()


def middle(costs: Sequence[Cost]) -> Cost:
    """中位数 — of each figure by itself."""
    seen = [cost.together for cost in costs if cost.together is not None]
    return Cost(
        median(cost.cpu for cost in costs),
        median(cost.wall for cost in costs),
        median(cost.peak for cost in costs),
        median(seen) if seen else None,
    )


class _Watch:
    """看内存 — a thread that adds up, again and again, what a process and its descendants hold."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Watch:
        if Path("/proc/self/statm").exists():
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread.ident:
            self._thread.join()

    @property
    def most_mib(self) -> float | None:
        return self._most / 2**20 if self._most else None

    def _look(self) -> None:
        page = os.sysconf("SC_PAGE_SIZE")
        while not self._done.wait(_LOOK_SECONDS):
            self._most = max(self._most, page * sum(_resident_pages(pid) for pid in _family(self._pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident_pages(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
