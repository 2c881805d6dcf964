"""What is shipped, looked at without being started: what lies where, what it needs, what it says of itself."""

from __future__ import annotations

import hashlib
import os
import re
import struct
import sys
import tomllib
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from rectify_tool import __version__
from tests.program.built import ARCHIVES, COMMAND, DIST, NAME, ROOT, WINDOW, Built, archive, shipped, unpacked
from tests.program.conftest import must_be_there
from tests.program.elf import needed

BESIDE = ("使用说明.docx", "安装与信任.docx", "模板/督查专报.docx", "示例/责任分解表.xlsx", "许可/第三方许可.txt")
FOR_MENUS = (f"{NAME}.png", "放到菜单.sh")
CARRIED = "_internal/rectify_tool/"
MOST_BYTES = {"windows": 70_000_000, "linux": 90_000_000}

_WINDOWS = """
    advapi32 authz bcrypt bcryptprimitives comctl32 comdlg32 crypt32 d3d9 d3d11 d3d12 dwmapi dwrite dxgi gdi32 imm32
    iphlpapi kernel32 mpr netapi32 ntdll ole32 oleaut32 setupapi shell32 shlwapi uiautomationcore user32 userenv uxtheme
    version winmm ws2_32 wtsapi32
"""
WINDOWS_OWN = frozenset(_WINDOWS.split())
"""Of what Windows 10 has, what anything here asks for."""

_LINUX = """
    ld-linux-x86-64.so.2 libc.so.6 libdl.so.2 libm.so.6 libpthread.so.0 librt.so.1
    libstdc++.so.6 libgcc_s.so.1 libdbus-1.so.3 libfontconfig.so.1 libfreetype.so.6 libEGL.so.1 libGL.so.1 libxcb.so.1
"""
LINUX_OWN = frozenset(_LINUX.split())
"""What every desktop has: the C and C++ libraries, its bus, its fonts, what speaks to its screen and graphics card."""

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Of the icon: what Explorer and the taskbar ask for at 100 to 400 per cent."""

TO_THE_NET = ("winhttp.dll", "wininet.dll", "dnsapi.dll", "urlmon.dll", "websocket.dll", "rasapi32.dll")


@pytest.fixture(scope="module")
def folders(place: Path) -> dict[str, Built]:
    """What is shipped for each system, unpacked; only what there is."""
    return {system: unpacked(system, place / f"parts {system}") for system in ARCHIVES if archive(system)}


@pytest.fixture(params=sorted(ARCHIVES))
def parts(request: pytest.FixtureRequest, folders: dict[str, Built]) -> Built:
    must_be_there(request.param)
    return folders[request.param]


# ---------------------------------------------------------------- 装的什么 ----


def test_all_lies_in_one_folder_with_what_an_office_needs_beside_the_programs(parts: Built) -> None:
    names = shipped(parts.system)
    ends = ".exe" if parts.system == "windows" else ""
    menus = FOR_MENUS if parts.system == "linux" else ()
    assert {f"{WINDOW}{ends}", f"{COMMAND}{ends}", *BESIDE, *menus} <= set(names)
    assert {path.name for path in parts.folder.parent.iterdir()} == {NAME}
    top = {name.partition("/")[0] for name in names}
    assert top == {f"{WINDOW}{ends}", f"{COMMAND}{ends}", "_internal", *menus} | {
        one.partition("/")[0] for one in BESIDE
    }


def test_it_is_small_enough_and_its_digest_is_in_the_list(parts: Built) -> None:
    packed = archive(parts.system)
    assert packed is not None and __version__ in packed.name
    assert packed.stat().st_size <= MOST_BYTES[parts.system]
    listed = dict(line.split("  ")[::-1] for line in (DIST / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines())
    assert listed[packed.name] == hashlib.sha256(packed.read_bytes()).hexdigest()


def test_what_it_carries_is_what_the_checkout_has_and_nothing_anybody_made_with_it(parts: Built) -> None:
    carried = {name.removeprefix(CARRIED) for name in shipped(parts.system) if name.startswith(CARRIED)}
    for place, source in (("templates", "templates"), ("samples", "samples"), ("help/images", "docs/images")):
        for name in (one for one in carried if one.startswith(f"{place}/")):
            made = parts.folder / CARRIED / name
            assert made.read_bytes() == (ROOT / source / name.removeprefix(f"{place}/")).read_bytes(), name
    assert {"templates/督查专报.docx", "templates/rules.toml", "help/guide.md", "help/findings.md"} <= carried
    left = [name for name in shipped(parts.system) if re.search(r"成果|台账.*\.db|__pycache__|~\$(?!财政局)", name)]
    assert left == []


def test_nothing_says_where_it_was_made(parts: Built) -> None:
    """In a file, or in what is packed inside one; a Python that was compiled elsewhere may name its own place."""
    homes = {ROOT, Path(sys.prefix), Path(os.environ.get(CACHE, ROOT))}
    places = [*(str(one).encode() for one in homes if len(one.parts) > 2), *_UNDER_WINE]
    for path in (one for one in parts.folder.rglob("*") if one.is_file()):
        for content in _unpacked(path):
            found = [one for one in places if one in content or one.decode().encode("utf-16-le") in content]
            assert found == [], path.relative_to(parts.folder)


def _unpacked(path: Path) -> Iterator[bytes]:
    """A file's content, and all that is squeezed in it: the modules in the programs, the library in its own archive."""
    content = path.read_bytes()
    yield content
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as opened:
            yield from map(opened.read, opened.namelist())
    elif path.stem in (WINDOW, COMMAND):
        for one in re.finditer(rb"x\xda|x\x9c", content):
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(content[one.start() : one.start() + MODULE_BYTES])


CACHE = "PROGRAM_CACHE"
_UNDER_WINE = (rb"Z:\project", rb"Z:\opt")
"""Where the checkout and Python lie for a Windows program that is made here."""

MODULE_BYTES = 1 << 20
"""Squeezed, no module is longer."""


def test_both_systems_carry_the_same() -> None:
    for system in ARCHIVES:
        must_be_there(system)
    carried = [{one for one in shipped(system) if one.startswith((CARRIED, "示例", "模板"))} for system in ARCHIVES]
    assert carried[0] == carried[1]


# ---------------------------------------------------------------- 要用什么 ----


def test_every_library_asked_for_is_there_or_the_system_s_own(parts: Built) -> None:
    files = [path for path in parts.folder.rglob("*") if path.is_file()]
    have = {path.name.lower() if parts.system == "windows" else path.name for path in files}
    asked = dict(_asked_on_windows(files) if parts.system == "windows" else _asked_on_linux(files))
    assert {name: who for name, who in asked.items() if name not in have} == {}


def _asked_on_windows(files: list[Path]) -> Iterator[tuple[str, str]]:
    for path in (one for one in files if one.suffix in (".exe", ".dll", ".pyd")):
        for name in _imported(path):
            if not name.startswith(("api-ms-win-", "ext-ms-")) and name.removesuffix(".dll") not in WINDOWS_OWN:
                yield name, path.name


def _asked_on_linux(files: list[Path]) -> Iterator[tuple[str, str]]:
    for path in files:
        yield from ((name, path.name) for name in needed(path) if name not in LINUX_OWN)


def test_nothing_in_it_could_speak_to_the_net_in_a_windows_way_or_in_secret(parts: Built) -> None:
    names = {path.name.lower() for path in parts.folder.rglob("*")}
    assert [
        name for name in names if name.startswith(("_ssl.", "libssl", "qt6network", "libqt6network", "qtnetwork"))
    ] == []
    if parts.system == "windows":
        files = [path for path in parts.folder.rglob("*") if path.suffix in (".exe", ".dll", ".pyd")]
        assert [path.name for path in files if not set(TO_THE_NET).isdisjoint(_imported(path))] == []


def test_the_windows_program_is_made_with_every_library_the_tool_needs_there_and_no_other() -> None:
    listed = (ROOT / ".ci" / "program" / "windows.txt").read_text(encoding="utf-8").splitlines()
    names = {canonicalize_name(line) for line in listed if line and not line.startswith("#")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runs = _closure(project["dependencies"])
    builds = _closure(["pyinstaller", "pefile", *PYINSTALLER_ON_WINDOWS])
    assert (runs - names, names - runs - builds) == (set(), set())


PYINSTALLER_ON_WINDOWS = ("pyinstaller-hooks-contrib", "pywin32-ctypes", "altgraph", "packaging", "setuptools")


def _closure(wanted: Iterable[str]) -> set[str]:
    """These and all that they bring along on Windows; what is never installed here brings nothing along."""
    found: dict[str, None] = {}
    waiting = [Requirement(one) for one in wanted]
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if name in found or (one.marker and not one.marker.evaluate(ON_WINDOWS)):
            continue
        found[name] = None
        with suppress(PackageNotFoundError):
            waiting += map(Requirement, distribution(name).requires or ())
    return set(found)


ON_WINDOWS = {
    "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
    "python_version": "3.11", "python_full_version": "3.11.9", "extra": "",
}  # fmt: skip


# ---------------------------------------------------------------- 自己怎么说 ----


@pytest.fixture
def windows_folder(folders: dict[str, Built]) -> Path:
    must_be_there("windows")
    return folders["windows"].folder


@pytest.fixture(params=[WINDOW, COMMAND])
def program(request: pytest.FixtureRequest, windows_folder: Path) -> Path:
    return windows_folder / f"{request.param}.exe"


def test_the_window_has_no_console_and_the_command_has_one(program: Path) -> None:
    with _image(program) as image:
        assert image.OPTIONAL_HEADER.Subsystem == {WINDOW: 2, COMMAND: 3}[program.stem]


def test_its_properties_say_in_chinese_what_it_is(program: Path) -> None:
    with _image(program) as image:
        tables = [table for kinds in image.FileInfo for one in kinds for table in getattr(one, "StringTable", ())]
        (told,) = [{key.decode(): text.decode() for key, text in table.entries.items()} for table in tables]
        fixed = image.VS_FIXEDFILEINFO[0]
        numbers = (fixed.FileVersionMS >> 16, fixed.FileVersionMS & 0xFFFF, fixed.FileVersionLS >> 16)
        language = tables[0].LangID.decode()
    assert told["ProductName"] == NAME and told["FileDescription"].startswith(NAME)
    assert told["FileVersion"] == told["ProductVersion"] == __version__ == ".".join(map(str, numbers))
    assert told["OriginalFilename"] == program.name and language == "080404b0"


def test_its_icon_has_every_size(program: Path) -> None:
    with _image(program) as image:
        (group,) = _resources(image, 14)
        lines = struct.iter_unpack("<BBBBHHIH", group[6:])
        assert sorted(wide or 256 for wide, *_ in lines) == list(SIZES)
        assert len(_resources(image, 3)) == len(SIZES)


def test_its_manifest_asks_for_long_paths_sharp_letters_utf8_and_no_rights(program: Path) -> None:
    with _image(program) as image:
        (manifest,) = _resources(image, 24)
    told = {etree.QName(one).localname: one for one in etree.fromstring(manifest).iter() if isinstance(one.tag, str)}
    assert told["longPathAware"].text == "true" and told["activeCodePage"].text == "UTF-8"
    assert told["dpiAwareness"].text.startswith("PerMonitorV2")
    assert dict(told["requestedExecutionLevel"].attrib) == {"level": "asInvoker", "uiAccess": "false"}
    assert told["supportedOS"].get("Id") == "{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}", "Windows 10"


def test_nothing_is_squeezed_and_nothing_unpacks_itself(windows_folder: Path) -> None:
    assert (windows_folder / "_internal" / "python311.dll").is_file()
    for path in (one for one in windows_folder.rglob("*") if one.suffix in (".exe", ".dll", ".pyd")):
        with _image(path, whole=False) as image:
            assert [one.Name for one in image.sections if one.Name.startswith((b"UPX", b".aspack", b".MPRESS"))] == []


@contextmanager
def _image(path: Path, whole: bool = True) -> Iterator[Any]:
    """A Windows program or library, taken apart; ``whole`` with its resources."""
    pefile = pytest.importorskip("pefile", reason="pefile is not installed: pip install '.[build]'")
    image = pefile.PE(path, fast_load=True)
    if whole:
        image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]])
    try:
        yield image
    finally:
        image.close()


@cache
def _imported(path: Path) -> tuple[str, ...]:
    """What it asks for at once, and what later."""
    with _image(path, whole=False) as image:
        image.parse_data_directories([1, 13])
        kinds = ("DIRECTORY_ENTRY_IMPORT", "DIRECTORY_ENTRY_DELAY_IMPORT")
        return tuple(one.dll.decode().lower() for kind in kinds for one in getattr(image, kind, ()))


def _resources(image: Any, kind: int) -> list[bytes]:
    """The content of all resources of a kind: 3 pictures of icons, 14 icons, 24 manifests."""
    found = (one for one in image.DIRECTORY_ENTRY_RESOURCE.entries if one.id == kind)
    leaves = (leaf.data.struct for one in found for name in one.directory.entries for leaf in name.directory.entries)
    return [image.get_data(leaf.OffsetToData, leaf.Size) for leaf in leaves]
