"""组成部分 — what the program is made of, from what is installed here: name, version, licence and its text."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from rectify_tool import __version__

ROOTS = ("rectify-tool", "PySide6-Essentials")
"""从哪里数起 — the program, and what its window cannot be without even where the program's own record is an old one."""

MISSING = "没有找到它的说明"
UNSAID = "没有写明，见许可文本"


class Part(NamedTuple):
    """组成部分 — ``licence`` in the words of its maker, `MISSING` where nothing is known; ``files`` hold the text.

    ``words`` is what is said of it besides, or the text itself where no file has it.
    """

    name: str
    version: str
    licence: str
    files: tuple[Path, ...] = ()
    words: str = ""


def parts(roots: Iterable[str] = ROOTS) -> tuple[Part, ...]:
    """各组成部分 — the program, Python, and whatever they need, needed parts by name; never fails.

    What only those who develop the tool need is left out, and so is what another system needs and is not here.
    """
    found: dict[str, Part] = {}
    waiting = [(name, False) for name in reversed(tuple(roots))]
    while waiting:
        name, elsewhere = waiting.pop()
        if _key(name) in found:
            continue
        try:
            one = distribution(name)
        except PackageNotFoundError:
            if not elsewhere:
                found[_key(name)] = Part(name, "", MISSING)
            continue
        found[_key(name)] = _part(name, one)
        waiting += _needs(one)
    found.pop(_key("rectify-tool"), None)
    return (_program(), _python(), *sorted(found.values(), key=lambda part: part.name.casefold()))


def licence_text(part: Part) -> str:
    """许可文本 — everything that came with the part, whole; a file that cannot be read is named."""
    texts = [part.words.strip()] if part.words.strip() else []
    for file in part.files:
        try:
            text = file.read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            text = "这个文件不在了，或者读不出来。"
        texts.append(f"———— {file.name} ————\n\n{text}")
    return "\n\n\n".join(texts) or "这一部分没有随带许可文本。"


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _needs(one: Distribution) -> Iterator[tuple[str, bool]]:
    """Names it requires, each with whether it may well not be meant for this system."""
    for requirement in one.requires or ():
        name, marker = re.match(r"\s*([\w.-]+)", requirement), requirement.partition(";")[2]
        if name and not re.search(r"\bextra\b", marker):
            yield name[1], bool(marker)


def _part(name: str, one: Distribution) -> Part:
    name, said = _said(one, "Name") or name, _said(one, "License")
    named = (Path(str(file.locate())) for file in one.files or () if _TEXT.match(file.name))
    files = tuple(file for file in named if file.is_file())  # the built program has the records, and not every file
    licence = _licence(one, said)
    if not files and "LGPL-3.0" in licence:
        return Part(name, one.version, licence, GNU, LGPL_NOTICE)
    return Part(name, one.version, licence, files, said if "\n" in said and not files else "")


def _licence(one: Distribution, said: str) -> str:
    stated = _said(one, "License-Expression") or said.partition("\n")[0].strip()
    if stated:
        return stated
    classifiers = one.metadata.get_all("Classifier") or []
    names = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    return "、".join(names) or UNSAID


def _said(one: Distribution, key: str) -> str:
    return str((one.metadata.get_all(key) or [""])[0]).strip()


def _program() -> Part:
    try:
        part = _part("rectify-tool", distribution("rectify-tool"))
    except PackageNotFoundError:
        part = Part("rectify-tool", "", "MIT License")
    return part._replace(name="整改督查工具", version=__version__)


def _python() -> Part:
    homes = (_LICENCES / "Python" / "LICENSE.txt", Path(os.__file__).parent / "LICENSE.txt")
    files = tuple(file for file in homes if file.is_file())[:1]
    return Part("Python", platform.python_version(), "PSF License", files, "" if files else sys.copyright)


_TEXT = re.compile(r"(?i)(licen[cs]e|copying|notice)(?!.*\.(py|pyc|html|h|c)$)")
_LICENCES = Path(__file__).parent / "licences"

GNU = (_LICENCES / "LGPL-3.0.txt", _LICENCES / "GPL-3.0.txt")
"""GNU 许可文本 — carried with the program, because Qt's and PySide6's own packages do not have them."""

LGPL_NOTICE = """窗口是用 Qt 6 和 PySide6（含 Shiboken）做的，按 GNU 宽通用公共许可证第3版（LGPLv3）使用，没有改动过。

它们是单独存放的动态库，您可以换成自己改过、自己编译的版本，本程序不检查、不阻拦：
· 装在 Python 环境里的：在这个环境里装上自己编译的 PySide6-Essentials 和 shiboken6（接口与现在这一版兼容的）；
· 用打包好的程序的：库文件在程序文件夹的 _internal\\PySide6 和 _internal\\shiboken6 里（Windows 上如 Qt6Core.dll，
  Linux 上如 _internal/PySide6/Qt/lib 里的 libQt6Core.so.6），用自己编译的同名文件换掉，再启动就是换过的。
为调试这样的改动，可以对本程序作反向工程。

源代码：Qt 在 https://download.qt.io/official_releases/qt/ ，PySide6 和 Shiboken 在
https://download.qt.io/official_releases/QtForPython/ ，取版本号相同的；也可以向给您这份程序的人索取。
Qt 里另含 FreeType、HarfBuzz、libpng、zlib、PCRE2 等别人的部分，各按自己的许可使用，
名单和许可文本见 Qt 文档“Third-Party Code Used in Qt”。"""
