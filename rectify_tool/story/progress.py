"""进度 — what a face is told while the work goes on."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""进度 — ``progress(done, total, name)`` after each file, then ``progress(total, total, phase)`` before each phase.

What it raises breaks the work off: every room puts its things away, and nothing is left half-done.
"""


def phase(progress: Progress | None, total: int, name: str) -> None:
    """阶段 — what is done next, all files being read."""
    if progress:
        progress(total, total, name)
