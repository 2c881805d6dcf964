"""没有屏幕 — why a window cannot be opened here, asked before Qt tries: Qt would just end the program."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from pathlib import Path

PACKAGES = (
    "libstdc++6", "libgl1", "libegl1", "libfontconfig1", "libfreetype6", "libdbus-1-3", "libglib2.0-0", "libx11-xcb1",
    "libxkbcommon0", "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1",
    "libxcb-randr0", "libxcb-render0", "libxcb-render-util0", "libxcb-shape0", "libxcb-shm0", "libxcb-sync1",
    "libxcb-xfixes0", "libxcb-xkb1",
)  # fmt: skip
"""系统库 — what Qt needs, as Debian (and 统信、麒麟 made from it) names it: all at once, not one after the other."""

_COMMAND_LINE = "命令行照常可用：rectify-tool run 工作文件夹（rectify-tool --help 看全部）。"
_NO_QT = "窗口打不开：没有装好 PySide6（{why}）。请重新安装本工具。" + _COMMAND_LINE
_NO_LIBRARY = (
    "窗口打不开：这台电脑缺少系统库 {library}。请用管理员身份运行一次：\n"
    "    apt-get install {packages}\n"
    "其他系统请安装含有 {library} 的软件包。" + _COMMAND_LINE
)
_NO_DISPLAY = (
    "窗口打不开：这里没有图形界面（{why}）。请在电脑的桌面上打开；远程登录的，请用带图形的方式。" + _COMMAND_LINE
)
_PLUGINS = {"xcb": "libqxcb.so", "wayland": "libqwayland-generic.so"}


def why_no_window() -> str:
    """打不开窗口的原因 — in plain Chinese with what to do; "" where it can be opened."""
    missing = _missing_qt()
    if missing or not sys.platform.startswith("linux"):
        return missing
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0] not in ("", *_PLUGINS):
        return ""  # somebody wants a window without a screen
    return _missing_screen()


def _missing_qt() -> str:
    try:
        import PySide6.QtWidgets  # noqa: F401 - whether it loads is the question
    except ImportError as error:
        return library_told(str(error)) or _NO_QT.format(why=error)
    return ""


def _missing_screen() -> str:
    """Any of the two ways to a screen will do; what is told is about the one there is."""
    told = [why for plugin, reached in _screens().items() if (why := reached or _not_loaded(plugin))]
    return "" if len(told) < len(_screens()) else told[-1] if told else _NO_DISPLAY.format(why="DISPLAY 没有设定")


def _screens() -> dict[str, str]:
    """For each way that the environment names: why it does not lead to a screen, "" where it does."""
    found = {}
    if os.environ.get("WAYLAND_DISPLAY"):
        found["wayland"] = "" if _wayland_answers() else _NO_DISPLAY.format(why="WAYLAND_DISPLAY 连不上")
    if os.environ.get("DISPLAY"):
        found["xcb"] = "" if _x_answers() else _NO_DISPLAY.format(why=f"{os.environ['DISPLAY']} 连不上")
    return found


def _wayland_answers() -> bool:
    try:
        wayland = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return True
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display = ctypes.c_void_p(wayland.wl_display_connect(None))
    if display:
        wayland.wl_display_disconnect(display)
    return bool(display)


def _x_answers() -> bool:
    """Whether the X server lets us in; True where that cannot be asked, because then a library is told missing."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def _not_loaded(plugin: str) -> str:
    spec = importlib.util.find_spec("PySide6")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        path = Path(place, "Qt", "plugins", "platforms", _PLUGINS[plugin])
        try:
            ctypes.CDLL(str(path))
        except OSError as error:
            return library_told(str(error)) or _NO_QT.format(why=error)
    return ""


def library_told(trouble: str) -> str:
    """缺哪个系统库 — what the loader says ("libEGL.so.1: cannot open shared object file: …") as what to install."""
    found = _LIBRARY.match(trouble)
    if not found:
        return ""
    return _NO_LIBRARY.format(library=found[0], packages=" ".join(PACKAGES))


_LIBRARY = re.compile(r"[\w.+-]+\.so[.\d]*(?=:)")
