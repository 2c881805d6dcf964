"""许可 — what the built program carries of others, and on what terms: found in the bundle itself, not kept by hand.

Runs in the Python that builds. Every file of the bundle and every module inside the programs is traced to the
distribution, the system's package or the part of Python it comes from; what cannot be traced is returned.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

INDEX = "第三方许可.txt"
OWN = "rectify-tool"
_TEXTS = "rectify_tool/desktop/forms/licences"
_COMMON = Path("/usr/share/common-licenses")
_REFERRED = re.compile(r"/usr/share/common-licenses/([\w.+-]*\w)")


@dataclass(frozen=True, slots=True)
class Part:
    """组成部分 — of the program; equal parts are one."""

    name: str
    version: str
    licence: str
    text: str
    note: str = ""


def write_licences(bundle: Path, target: Path) -> list[str]:
    """许可 — the folder ``target`` with 第三方许可.txt and the licences' texts.

    Args:
        bundle: The built program's ``_internal``; the programs themselves lie beside it.
        target: Made if need be; what lies in it under the same names is replaced.

    Returns:
        Files and modules of the program that come under no part known here, in order; a build must have none.
    """
    owners = _owners(bundle)
    unknown = sorted(place for place, part in owners.items() if part is None)
    parts: dict[Part, list[str]] = {}
    for place, part in sorted(owners.items()):
        if part:
            parts.setdefault(part, []).append(place)
    target.mkdir(parents=True, exist_ok=True)
    others = {part: files for part, files in parts.items() if part.name.casefold() != OWN}
    _write(target / INDEX, _index(others))
    for name, text in _whole_texts(bundle, parts):
        _write(target / name, text)
    return unknown


def _owners(bundle: Path) -> dict[str, Part | None]:
    """归属 — of every file, and every module (``模块 json``) inside the programs; links count as what they point to."""
    files = sorted({path.resolve().relative_to(bundle.resolve()).as_posix() for path in _files(bundle)})
    installed = _Installed()
    owners = {place: installed.owner(place) or _of_python(place) for place in files}
    packages = _system_packages([place for place, part in owners.items() if part is None])
    for place in [place for place, part in owners.items() if part is None]:
        owners[place] = packages.get(place) or _known_library(place)
    modules = {module for program in _programs(bundle) for module in _modules(program)}
    return {**owners, **{f"模块 {module}": installed.module_owner(module) for module in sorted(modules)}}


def _files(bundle: Path) -> Iterator[Path]:
    return (path for path in bundle.rglob("*") if path.is_file())


# ---- the programs: their modules are packed inside


def _programs(bundle: Path) -> list[Path]:
    """程序 — the executables beside the bundle."""
    ends = (b"MZ", b"\x7fELF")
    return sorted(path for path in bundle.parent.iterdir() if path.is_file() and path.read_bytes()[:4].startswith(ends))


def _modules(program: Path) -> set[str]:
    """模块 — top-level names of what is packed into a program."""
    from PyInstaller.archive.readers import CArchiveReader  # type: ignore[import-untyped]

    archive = CArchiveReader(str(program))
    names = {name for name, entry in archive.toc.items() if entry[-1] in "ms"}
    for inner in (name for name, entry in archive.toc.items() if entry[-1] == "z"):
        names |= set(archive.open_embedded_archive(inner).toc)
    return {name.partition(".")[0] for name in names} - {"__main__"}


# ---- distributions: what pip has installed


_MODULE = re.compile(r"(\w+)(?:/__init__\.py|(?:\.[\w-]+)?\.(?:py|so|pyd))$")
"""模块 — a file of a distribution that makes a module of its own; a plugin laid into PySide6/ does not."""


class _Installed:
    """装好的包 — which file and which module belongs to which."""

    def __init__(self) -> None:
        self.files: dict[str, Distribution] = {}
        self.own = distribution(OWN)
        self.modules: dict[str, Distribution] = {"rectify_tool": self.own}
        for one in distributions():
            for file in one.files or ():
                place = file.as_posix()
                self.files.setdefault(place.casefold(), one)
                if module := _MODULE.match(place):
                    self.modules.setdefault(module[1], one)
        self.parts: dict[str, Part] = {}

    def owner(self, place: str) -> Part | None:
        if _MICROSOFT.match(place.rpartition("/")[2]):
            return _RUNTIME
        found = self.files.get(place.casefold()) or (self.own if place.startswith("rectify_tool/") else None)
        return self._part(found) if found else None

    def module_owner(self, module: str) -> Part | None:
        if module in sys.stdlib_module_names or module.startswith("_sysconfigdata_"):
            return _python()
        if module.startswith(("pyi", "_pyi")):
            module = "PyInstaller"
        return self._part(self.modules[module]) if module in self.modules else None

    def _part(self, found: Distribution) -> Part:
        name = found.metadata["Name"]
        if name not in self.parts:
            note = _NOTES.get(name.casefold().replace("_", "-"), "")
            self.parts[name] = Part(name, found.version, _licence_name(found), _licence_text(found), note)
        return self.parts[name]


def _licence_name(found: Distribution) -> str:
    told = _told(found, "License-Expression") or _told(found, "License")
    if told and "\n" not in told and len(told) < 80:
        return told
    kinds = [one for one in found.metadata.get_all("Classifier") or () if one.startswith("License ::")]
    return "、".join(one.rpartition(" :: ")[2] for one in kinds) or "见原文"


def _told(found: Distribution, field: str) -> str:
    return next(iter(found.metadata.get_all(field) or ()), "")


def _licence_text(found: Distribution) -> str:
    texts = [file for file in found.files or () if _LICENCE_FILE.search(file.as_posix())]
    places = sorted({Path(str(file.locate())) for file in texts})
    if not places and _licence_name(found) in ("MIT", "MIT License"):  # the wheel left it out; its terms ask for it
        return _MIT.format(holder=_told(found, "Author") or found.metadata["Name"])
    return "\n\n".join(_read(place) for place in places if place.is_file())


_MIT = """MIT License

Copyright (c) {holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

_LICENCE_FILE = re.compile(r"\.dist-info/(?:.*/)?(?:LICEN[CS]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)

_NOTES = {
    "pyinstaller": "只有启动部分（bootloader）和几个装载模块在程序里；它的许可有例外：打包出来的程序不用公开源代码。",
    "pyside6-essentials": (
        "Qt 和它的 Python 接口，按 LGPL-3.0 使用，动态链接，没有改动。可以换成您自己编译的同版本的库："
        "替换 _internal/PySide6 里的同名文件即可；换别的 6.8 版，要把 Qt 的库和 plugins 里的一起换。"
        "源代码见 https://download.qt.io/official_releases/QtForPython/ "
        "和 https://download.qt.io/official_releases/qt/6.8/ 。Qt 里还有 HarfBuzz、FreeType、libpng、zlib、libjpeg、"
        "PCRE2、ICU、double-conversion、md4c、Unicode 数据等，各按自己的宽松许可使用，"
        "一览见 https://doc.qt.io/qt-6.8/licenses-used-in-qt.html 。"
    ),
    "shiboken6": "和 PySide6 一起，按 LGPL-3.0 使用，动态链接，没有改动；怎样换、源代码在哪里，见 PySide6 一条。",
    "lxml": "里面还有 libxml2、libxslt、libexslt（MIT 许可）、zlib（zlib 许可）和 libiconv（LGPL-2.1）。",
    "cryptography": "里面还有 OpenSSL（Apache-2.0）和用到的 Rust 库（MIT 或 Apache-2.0）。",
    "python-calamine": "里面还有 calamine、PyO3 等 Rust 库（MIT 或 Apache-2.0）。",
}


# ---- Python itself, and what it brings along


def _of_python(place: str) -> Part | None:
    name = place.rpartition("/")[2]
    stem = name.partition(".")[0]
    inside = place.startswith("python3.") or place == "base_library.zip" or _PYTHON_LIBRARY.match(name)
    extension = "/" not in place and name.endswith((".pyd", ".so")) and stem in sys.stdlib_module_names
    return _python() if inside or extension else None


def _python() -> Part:
    return Part("Python", sys.version.partition(" ")[0], "PSF-2.0", _python_text(), _PYTHON_NOTE)


def _python_text() -> str:
    homes = (Path(sys.base_prefix), Path(sysconfig.get_path("stdlib")))
    return next(_read(home / "LICENSE.txt") for home in homes if (home / "LICENSE.txt").is_file())


_PYTHON_LIBRARY = re.compile(r"(?:lib)?python3[\d.]*(?:\.dll|\.so[\d.]*)$")
_PYTHON_NOTE = (
    "解释器和标准库。里面还有 expat、libmpdec 等，在 Windows 上还有 zlib、bzip2、xz（liblzma），"
    "各按自己的宽松许可使用，一览见 https://docs.python.org/3.11/license.html 。"
)

_MICROSOFT = re.compile(r"(?:vcruntime|msvcp|concrt|ucrtbase|api-ms-win-)[\w-]*\.dll$", re.IGNORECASE)
_RUNTIME = Part(
    "Microsoft Visual C++ 运行库",
    "14",
    "微软专有，允许随程序分发",
    "",
    "微软允许把这些文件原样随用 Visual C++ 编译的程序分发（Visual Studio 许可条款的“可分发代码”），没有改动。",
)

_LIBRARIES = (
    (
        re.compile(r"lib(?:crypto|ssl)"),
        Part(
            "OpenSSL",
            "3",
            "Apache-2.0",
            "",
            "Python 带来的，只用来算摘要；许可文字见 cryptography 的原文里的 Apache 许可。",
        ),
    ),
    (re.compile(r"libffi"), Part("libffi", "3", "MIT", "", "Python 带来的；许可文字见 Python 的原文。")),
    (re.compile(r"(?:lib)?sqlite3"), Part("SQLite", "3", "公有领域", "", "作者放弃了著作权，谁都可以用。")),
)
"""Where no package of the system owns them: those that come in Python's own folder, on Windows."""


def _known_library(place: str) -> Part | None:
    name = place.rpartition("/")[2].casefold()
    return next((part for pattern, part in _LIBRARIES if pattern.match(name)), None)


# ---- Linux: libraries PyInstaller took from the system


def _system_packages(places: list[str]) -> Mapping[str, Part]:
    """系统的库 — which Debian package each comes from; empty where there is no dpkg."""
    if not places or sys.platform != "linux":
        return {}
    owners: dict[str, str] = {}
    for line in _dpkg("-S", *(f"*/{place.rpartition('/')[2]}" for place in places)):
        package, _, path = line.rpartition(": ")
        if path.startswith(("/lib/", "/usr/lib/")) and _ARCHITECTURE in path:
            owners.setdefault(path.rpartition("/")[2], package.partition(",")[0])
    parts = {package: _package(package) for package in sorted(set(owners.values()))}
    named = ((place, owners.get(place.rpartition("/")[2])) for place in places)
    return {place: parts[package] for place, package in named if package}


_ARCHITECTURE = sysconfig.get_config_var("MULTIARCH") or ""


def _package(package: str) -> Part:
    version = "".join(_dpkg_query(package))
    text = _read(Path("/usr/share/doc") / package.partition(":")[0] / "copyright")
    kinds = dict.fromkeys(re.findall(r"^License: *(\S[^\n]*)", text, re.MULTILINE))
    return Part(package.partition(":")[0], version, "、".join(kinds) or "见原文", text, _PACKAGE_NOTE)


_PACKAGE_NOTE = (
    "打包所用系统的软件包，没有改动，动态链接，可以用同名的库替换；许可一栏是整个软件包的，带着的只是上面的文件。"
    "源代码用 apt-get source 可得，旧版本在 https://snapshot.debian.org 。"
)


def _dpkg(*arguments: str) -> list[str]:
    try:
        done = subprocess.run(["dpkg", *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:  # no Debian: those files stay unknown, and the build says which
        return []
    return done.stdout.splitlines()


def _dpkg_query(package: str) -> list[str]:
    asked = ["dpkg-query", "-W", "-f", "${Version}", package]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()


# ---- what is written


def _index(parts: Mapping[Part, list[str]]) -> str:
    """一览 — the parts, then their texts; parts with the same text share it."""
    ordered = sorted(parts, key=lambda part: part.name.casefold())
    texts: dict[str, list[str]] = {}
    for part in ordered:
        texts.setdefault(part.text, []).append(part.name)
    texts.pop("", None)
    lines = [_HEAD.format(count=len(ordered))]
    for part in ordered:
        lines += [f"■ {part.name} {part.version}", f"  许可：{part.licence}", f"  文件：{_some(parts[part])}"]
        lines += [f"  说明：{part.note}"] if part.note else []
        lines.append("")
    for text, names in texts.items():
        lines += ["", "=" * 72, f"原文：{'、'.join(names)}", "=" * 72, "", text.strip()]
    return "\n".join(lines) + "\n"


_HEAD = """整改督查工具所带的第三方组成部分和许可

本工具自己按 MIT 许可发布，文字见“{own}”。下面是随程序一起发的、别人的 {{count}} 个部分，
先是一览，后面是各自的许可原文。LGPL、GPL 等的全文另在本文件夹里。
各部分都没有改动（从 Debian 的源码编译的，带着 Debian 的修补）。
Qt 是动态链接的库，可以换成您自己编译的，怎样换见 PySide6 一条。
""".format(own="整改督查工具-MIT.txt")


def _some(places: list[str]) -> str:
    telling = [place for place in places if ".dist-info/" not in place] or places
    shown = "、".join(telling[:_SHOWN])
    return shown if len(telling) <= _SHOWN else f"{shown} 等{len(places)}个"


_SHOWN = 6


def _whole_texts(bundle: Path, parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    """全文 — our own licence, LGPL and GPL for Qt, and what the texts of the system's packages refer to."""
    yield from (("整改督查工具-MIT.txt", part.text) for part in parts if part.name.casefold() == OWN)
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt"):
        yield name, _read(bundle / _TEXTS / name)
    named = {name for part in parts for name in _REFERRED.findall(part.text)}
    meant = {(_COMMON / name).resolve() for name in named} - {_COMMON / "LGPL-3", _COMMON / "GPL-3"}
    for place in sorted(place for place in meant if place.is_file()):
        yield f"{place.name}.txt", _read(place)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")


def _write(path: Path, text: str) -> None:
    """With a mark of UTF-8 and Windows' line ends on every system: for 记事本, and the same bytes everywhere."""
    path.write_bytes("\n".join(text.splitlines()).encode("utf-8-sig").replace(b"\n", b"\r\n") + b"\r\n")


if __name__ == "__main__":
    print("\n".join(write_licences(Path(sys.argv[1]), Path(sys.argv[2]))))
