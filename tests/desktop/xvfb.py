"""A screen that nobody sees: an X server with a window manager, for windows driven by real keys and a real mouse."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path

PROGRAMS = ("Xvfb", "openbox", "xdotool")
LIBRARIES = ("xcb-cursor", "xcb-icccm", "xcb-keysyms", "xkbcommon-x11")
"""Of those Qt needs on an X server and nowhere else, the ones that nothing else brings along."""
SIZE = (1366, 768)

_QUIET = subprocess.DEVNULL
_GOODBYE_SECONDS = 5.0


def why_no_screen() -> str:
    """What is wanting, "" where there can be a screen."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    missing += [name for name in LIBRARIES if find_library(name) is None]
    return f"not installed: {', '.join(missing)} (see .ci/run)" if missing else ""


@contextmanager
def screen(home: Path, size: tuple[int, int] = SIZE) -> Iterator[dict[str, str]]:
    """The environment of programs that shall appear on the screen, with a home of their own."""
    _write_manners(home)
    hears, tells = os.pipe()
    wide, high = size
    server = ("Xvfb", "-displayfd", str(tells), "-screen", "0", f"{wide}x{high}x24", "-nolisten", "tcp", "-noreset")
    running = [subprocess.Popen(server, pass_fds=(tells,), stdout=_QUIET, stderr=_QUIET)]
    os.close(tells)
    try:
        with os.fdopen(hears) as answer:
            number = answer.readline().strip()  # written once it takes connections; "" where it ended
        assert number, "Xvfb did not start"
        environment = _environment(home, f":{number}", os.environ)
        running.append(subprocess.Popen(("openbox",), env=environment, stdout=_QUIET, stderr=_QUIET))
        yield environment
    finally:
        for process in reversed(running):
            _end(process)


_MANNERS = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><focusLast>yes</focusLast></focus>
  <placement><policy>Smart</policy><center>yes</center></placement>
  <theme>
    <name>Clearlooks</name><titleLayout>NLIMC</titleLayout>
    <font place="ActiveWindow"><name>Noto Sans CJK SC</name><size>9</size></font>
    <font place="InactiveWindow"><name>Noto Sans CJK SC</name><size>9</size></font>
  </theme>
  <desktops><number>1</number></desktops>
</openbox_config>
"""


def _write_manners(home: Path) -> None:
    """How windows are placed and titled, whatever the system's own settings are; no key is the manager's own."""
    place = home / ".config" / "openbox" / "rc.xml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(_MANNERS, encoding="utf-8")


def _environment(home: Path, display: str, outer: Mapping[str, str]) -> dict[str, str]:
    """Nothing of the person who runs it gets in: no desktop, no settings, no scale, no other screen."""
    foreign = ("XDG_", "QT_", "WAYLAND_", "DBUS_", "GTK_", "PYTEST_", "COV_")
    kept = {name: value for name, value in outer.items() if not name.startswith(foreign)}
    own = {"HOME": str(home), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    return kept | own


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_GOODBYE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
