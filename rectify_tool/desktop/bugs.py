"""程序的毛病 — the one place where a bug of the window is kept and shown; the window goes on."""

from __future__ import annotations

import contextlib
import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from types import TracebackType

from PySide6.QtCore import QTimer

from rectify_tool.cli.console import keep_log


class Bugs:
    """毛病 — each told once in a run, one form at a time: one met in painting is met again with every stroke.

    ``show`` waits until a person has read it. It is called by the event loop and never where the bug happened: a form
    opened in the midst of painting would ask for painting.
    """

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._known: set[str] = set()
        self._untold: list[str] = []
        self._telling = False

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """收下 — as `sys.excepthook`."""
        details = "".join(traceback.format_exception(kind, error, trace))
        if details in self._known:
            return
        self._known.add(details)
        kept(error)
        self._untold.append(details)
        QTimer.singleShot(0, self._tell)

    def _tell(self) -> None:
        if self._telling:
            return
        self._telling = True
        try:
            while self._untold:
                self._show(self._untold.pop(0))
        finally:
            self._telling = False


@contextlib.contextmanager
def shown(show: Callable[[str], None]) -> Iterator[None]:
    """有毛病就说 — while this holds, a bug goes to ``show`` and not to a terminal nobody sees."""
    before, sys.excepthook = sys.excepthook, Bugs(show).hook
    try:
        yield
    finally:
        sys.excepthook = before


def kept(error: BaseException) -> str:
    """记入日志 — the details, for whoever shows them."""
    details = "".join(traceback.format_exception(error))
    if keep_log() is not None:
        logging.getLogger("rectify_tool").error("%s", details)
    return details
