"""窗口 — the same engine behind a window: it makes a Job and shows an Outcome, and holds no rule of its own."""

from __future__ import annotations

import gc
import os
from datetime import datetime


def main(*paths: str) -> int:
    """打开窗口 — with a work folder where that alone is given, else with the start page; the exit code.

    Whatever else is given is taken as if it were dropped on the window.

    The desk's process is started first, so that it loads the engine, and reads the folder, while this one loads Qt.
    """
    from rectify_tool.desktop.line import start_line

    gc.disable()  # a tenth of the time of loading; `app.start` sets how often it looks, once there is a window
    line = start_line()
    folder = paths[0] if len(paths) == 1 and os.path.isdir(paths[0]) else None  # noqa: PTH112 - as below
    try:
        if folder:
            line.read_ahead(os.path.abspath(folder), datetime.now())  # noqa: PTH100 - pathlib takes a while to load
        from rectify_tool.desktop.app import start

        return start(folder, line, () if folder else paths)
    finally:
        line.end()
