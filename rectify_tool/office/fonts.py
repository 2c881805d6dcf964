"""字体 — which fonts a paper names that this computer lacks: others are taken, and lines break anew."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

_PARTS = re.compile(r"word/(document|styles|header\d*|footer\d*)\.xml|xl/styles\.xml")
_NAMED = re.compile(r'<w:rFonts [^>]*?w:eastAsia="([^"]+)"|<name val="([^"]+)"')
_CHINESE = re.compile("[一-鿿]")
_ALSO_CALLED = {
    "宋体": "SimSun",
    "黑体": "SimHei",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "仿宋_GB2312": "FangSong_GB2312",
    "楷体_GB2312": "KaiTi_GB2312",
    "方正小标宋简体": "FZXiaoBiaoSong-B05S",
}
_SECONDS = 20


def missing_fonts(papers: Sequence[Path]) -> tuple[str, ...]:
    """缺少的字体 — the Chinese fonts the papers name and this computer lacks, in order; () where that is not known."""
    named = sorted({name for paper in papers for name in _fonts_of(paper) if _CHINESE.search(name)})
    return tuple(_lacks(named))


def _lacks(names: Sequence[str]) -> list[str]:
    if sys.platform == "win32":
        return [name for name in names if not _gdi_knows(name)]
    present = _families()
    return [name for name in names if present and not {name, _ALSO_CALLED.get(name)} & present]


def _fonts_of(paper: Path) -> Iterator[str]:
    try:
        with zipfile.ZipFile(paper) as package:
            for part in filter(_PARTS.fullmatch, package.namelist()):
                for found in _NAMED.finditer(package.read(part).decode("utf-8", "replace")):
                    yield html.unescape(found[1] or found[2])
    except (OSError, zipfile.BadZipFile, ValueError):
        return


def _families() -> set[str]:
    """装了的字体 — every name of every family, as fontconfig lists them; empty where there is no fontconfig."""
    asked = shutil.which("fc-list")
    if asked is None:
        return set()
    try:
        told = subprocess.run([asked, ":", "family"], capture_output=True, timeout=_SECONDS, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return set()
    return {name.strip() for line in told.stdout.decode("utf-8", "replace").splitlines() for name in line.split(",")}


def _gdi_knows(name: str) -> bool:
    """Windows 字体 — whether GDI has a family of that name, in Chinese or in English."""
    if sys.platform != "win32":
        return True
    import ctypes
    from ctypes import wintypes

    class Asked(ctypes.Structure):  # LOGFONTW: 28 bytes of numbers, the character set among them, then the name
        _fields_ = (("numbers", ctypes.c_byte * 28), ("name", ctypes.c_wchar * 32))

    def met(*_: object) -> int:
        seen.append(True)
        return 0  # one is enough

    seen: list[bool] = []
    heard = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, wintypes.DWORD, wintypes.LPARAM)
    user32, gdi32 = ctypes.WinDLL("user32"), ctypes.WinDLL("gdi32")
    user32.GetDC.restype = ctypes.c_void_p
    gdi32.EnumFontFamiliesExW.argtypes = (ctypes.c_void_p, ctypes.c_void_p, heard, wintypes.LPARAM, wintypes.DWORD)
    user32.ReleaseDC.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
    asked = Asked(name=name[:31])
    asked.numbers[23] = 1  # DEFAULT_CHARSET
    screen = user32.GetDC(None)
    gdi32.EnumFontFamiliesExW(screen, ctypes.byref(asked), heard(met), 0, 0)
    user32.ReleaseDC(None, screen)
    return bool(seen)
