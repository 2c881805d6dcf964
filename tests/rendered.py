"""翻页 — a paper turned into pages by LibreOffice, for the tests that measure what is printed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to render")
_PER_MM = 72 / 25.4


def rendered(path: Path) -> PDF:
    """各页 — the document or workbook ``path`` as LibreOffice prints it; the PDF is written beside it."""
    import pdfplumber

    folder = path.parent
    profile = f"-env:UserInstallation={(folder / '.lo').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return pdfplumber.open(path.with_suffix(".pdf"))


def mm(points: float) -> float:
    """毫米 — of a length in points."""
    return points / _PER_MM
