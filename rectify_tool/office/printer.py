"""打印机 — the default printer of this computer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

_SECONDS = 20
_DESTINATION = re.compile(r"destination: (\S+)")


def default_printer() -> str | None:
    """默认打印机 — its name; None where none is set up, or the printing system does not answer."""
    return _of_windows() if sys.platform == "win32" else _of_cups()


def _of_cups() -> str | None:
    asked = shutil.which("lpstat")
    if asked is None:
        return None
    english = {**os.environ, "LC_ALL": "C", "LANGUAGE": ""}
    try:
        told = subprocess.run(
            [asked, "-d"], capture_output=True, env=english, timeout=_SECONDS, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _DESTINATION.search(told.stdout.decode("utf-8", "replace"))
    return found[1] if found else None


def _of_windows() -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes

    spooler = ctypes.WinDLL("winspool.drv")
    length = ctypes.c_ulong(0)
    spooler.GetDefaultPrinterW(None, ctypes.byref(length))
    name = ctypes.create_unicode_buffer(max(length.value, 1))
    return name.value if spooler.GetDefaultPrinterW(name, ctypes.byref(length)) else None
