"""打印 — the office program present (WPS or Word on Windows, LibreOffice elsewhere): a PDF, a printout, its fonts.

Every paper is worked on as a private copy in a folder of its own: the program leaves no lock file beside the papers,
may be given a copy made ready for it, and whatever it leaves behind goes with that folder.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from rectify_tool.errors import RectifyError, Stop, refusal
from rectify_tool.office.fonts import missing_fonts
from rectify_tool.office.libreoffice import find_libreoffice
from rectify_tool.office.printer import default_printer
from rectify_tool.office.windows import find_wps_or_word

__all__ = ["TIME_LIMIT", "Office", "find_office", "make_pdf", "missing_fonts", "print_out"]

TIME_LIMIT = 180.0
"""Seconds a program is given: the first start on an old computer takes half a minute, a paper a few seconds."""

_SCRATCH = "rectify-tool-office-"
_STALE_SECONDS = 3600


class Office(Protocol):
    """办公软件 — a program that turns papers into pages; both acts end within ``seconds`` or raise OFFICE_FAILED."""

    @property
    def name(self) -> str:
        """名称 — as people know it."""

    def convert(self, paper: Path, pdf: Path, seconds: float) -> None:
        """转成 PDF — ``paper`` as the file ``pdf`` in the same folder."""

    def print_out(self, papers: Sequence[Path], printer: str, seconds: float) -> None:
        """打印 — every page of the papers, in their order, on the printer named."""


def find_office() -> Office:
    """找办公软件 — the first present, in the order the office itself would use them.

    Raises:
        RectifyError: OFFICE_MISSING.
    """
    office: Office | None = find_wps_or_word() or find_libreoffice()
    if office is None:
        usual = "WPS 或 Word" if sys.platform == "win32" else "LibreOffice"
        raise RectifyError(Stop.OFFICE_MISSING, f"这台电脑上没有找到能排版公文的办公软件，请装好 {usual} 后再试一次。")
    return office


def make_pdf(paper: Path, pdf: Path, seconds: float = TIME_LIMIT) -> None:
    """转成 PDF — ``paper`` as the PDF ``pdf``, which the caller gives a name nobody takes for finished until it is.

    Raises:
        RectifyError: OFFICE_MISSING, OFFICE_FAILED (no answer in time, or nothing usable made), CANNOT_WRITE.
    """
    office = find_office()
    with _copied((paper,)) as (copy,):
        made = copy.with_suffix(".pdf")
        office.convert(copy, made, seconds)
        if not _is_whole(made):
            raise RectifyError(
                Stop.OFFICE_FAILED,
                f"{office.name} 没有把“{paper.name}”转成 PDF，请先用它打开这份材料，看看能不能打开，再试一次。",
            )
        _put(made, pdf)


def print_out(papers: Sequence[Path], seconds: float = TIME_LIMIT) -> str:
    """打印 — the papers on the default printer; returns its name.

    Raises:
        RectifyError: OFFICE_MISSING, PRINTER_MISSING, OFFICE_FAILED.
    """
    office, printer = find_office(), default_printer()
    if printer is None:
        raise RectifyError(
            Stop.PRINTER_MISSING, "这台电脑没有设默认打印机，没有打印；请在系统的打印机设置里设好以后再试一次。"
        )
    with _copied(papers) as copies:
        office.print_out(copies, printer, seconds)
    return printer


@contextmanager
def _copied(papers: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """私有副本 — of the papers, in a folder that goes when the work is done."""
    scratch = Path(tempfile.mkdtemp(prefix=_SCRATCH))
    _sweep(scratch)
    try:
        copies = tuple(scratch / paper.name for paper in papers)
        for paper, copy in zip(papers, copies, strict=True):
            _put(paper, copy)
        yield copies
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _sweep(scratch: Path) -> None:
    """清扫 — what a killed start left behind an hour ago or more, told by the age of the folder just made."""
    now = scratch.stat().st_mtime
    for left in scratch.parent.glob(f"{_SCRATCH}*"):
        with suppress(OSError):
            if now - left.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _put(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise RectifyError(
            Stop.CANNOT_WRITE,
            f"无法把“{source.name}”复制到“{target.parent}”（{refusal(error)}），"
            "请检查磁盘空间和权限，关闭打开着它的程序后再试一次。",
        ) from error


def _is_whole(pdf: Path) -> bool:
    """完整 — begins and ends as a PDF does; a program that was cut off leaves no end."""
    try:
        data = pdf.read_bytes()
    except OSError:
        return False
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-1024:]
