"""范本 — office files compared part by part as indented XML with those a person has read; docProps are left out.

Set UPDATE_GOLDEN=1 to write them anew, and read the difference before it is committed.
"""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

from lxml import etree

GOLDEN = Path(__file__).parent / "golden"


def check_golden(made: Path, name: str, parts: str) -> None:
    """对照范本 — every part of ``made`` whose name matches ``parts`` equals the one kept under ``name``."""
    with zipfile.ZipFile(made) as package:
        found = {part: _indented(package.read(part)) for part in package.namelist() if re.fullmatch(parts, part)}
    folder = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        for part, text in found.items():
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            (folder / part).write_text(text, encoding="utf-8", newline="\n")
    kept = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert sorted(found) == sorted(kept)
    for part, text in found.items():
        assert text == kept[part], f"{name} › {part}"


def _indented(content: bytes) -> str:
    root = etree.fromstring(content, etree.XMLParser(remove_blank_text=True))
    return etree.tostring(root, pretty_print=True, encoding="unicode")
