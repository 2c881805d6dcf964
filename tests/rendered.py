"""翻页 — a paper turned into pages by LibreOffice, its lines in millimetres, for tests that measure what is printed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to render")
_PER_MM = 72 / 25.4


class Line(NamedTuple):
    """一行 — its characters and their box on the page, in millimetres from the upper left corner; size in points.

    ``bottom`` is the baseline; a turned line is read downwards, and its characters' tops point right.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    colour: tuple[float, ...]


def rendered(path: Path) -> PDF:
    """各页 — the document or workbook ``path`` as LibreOffice prints it; the PDF is written beside it."""
    return rendered_all([path])[0]


def rendered_all(paths: Sequence[Path]) -> list[PDF]:
    """一次翻完 — several files of one folder in one start of LibreOffice, which costs more than a file does."""
    import pdfplumber

    folder = paths[0].parent
    profile = f"-env:UserInstallation={(folder / '.lo').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [pdfplumber.open(path.with_suffix(".pdf")) for path in paths]


def lines(page: Page) -> list[Line]:
    """各行 — upright characters that share a baseline, from top to bottom."""
    upright = sorted((char for char in page.chars if char["upright"]), key=_baseline)
    return [_line(group) for group in _grouped(upright, _baseline)]


def turned_lines(page: Page) -> list[Line]:
    """竖行 — characters turned clockwise that share a baseline, from left to right."""
    turned = sorted((char for char in page.chars if tuple(char["matrix"][:4]) == (0, -1, 1, 0)), key=_across)
    return [_line(group, along="top") for group in _grouped(turned, _across)]


def mm(points: float) -> float:
    """毫米 — of a length in points."""
    return points / _PER_MM


def _grouped(chars: Sequence[dict[str, Any]], place: Any) -> Iterator[list[dict[str, Any]]]:
    for _, group in groupby(chars, key=lambda char: round(place(char))):
        yield list(group)


def _line(chars: Iterable[dict[str, Any]], along: str = "x0") -> Line:
    row = sorted(chars, key=lambda char: float(char[along]))
    left, right = min(char["x0"] for char in row), max(char["x1"] for char in row)
    top, bottom = min(char["top"] for char in row), max(char["bottom"] for char in row)
    text = "".join(char["text"] for char in row)
    size = row[0]["size"] if along == "x0" else right - left
    return Line(text, mm(left), mm(right), mm(top), mm(bottom), size, tuple(row[0]["non_stroking_color"]))


def _baseline(char: dict[str, Any]) -> float:
    return float(char["bottom"])


def _across(char: dict[str, Any]) -> float:
    return float(char["x0"])
