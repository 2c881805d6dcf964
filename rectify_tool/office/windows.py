"""WPS、Word 办公软件 — driven by COM in a process of its own, so that a dialog nobody sees cannot hold the work up.

Not run on real Windows yet: what can be decided without it (the choice, the order of calls) is tested with fakes.
"""

from __future__ import annotations

import multiprocessing
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rectify_tool.office.trouble import failed, no_answer

_WRITERS = (("KWPS.Application", "WPS"), ("Word.Application", "Word"))
_CALCULATORS = ("KET.Application", "ET.Application", "Excel.Application")
_AS_PDF = 17  # wdExportFormatPDF
_NO_ALERTS, _NO_MACROS, _NOT_SAVED = 0, 3, 0
_BOOK_OPENS = (0, True)  # links not updated, read only
_DOCUMENT_OPENS = (False, True, False)  # no conversion asked, read only, not in 最近使用


@dataclass(frozen=True, slots=True)
class ComOffice:
    """WPS、Word 办公软件 — the registered names of its program for documents and of one for workbooks ("" for none)."""

    name: str
    writer: str
    calculator: str

    def convert(self, paper: Path, pdf: Path, seconds: float) -> None:
        """转成 PDF — see `Office`."""
        self._in_child(seconds, self.writer, paper, pdf)

    def print_out(self, papers: Sequence[Path], printer: str, seconds: float) -> None:
        """打印 — see `Office`; WPS and Word print on the default printer of themselves."""
        for paper in papers:
            program = self.writer if paper.suffix == ".docx" else self.calculator
            if not program:
                raise failed(self.name, f"no program registered for {paper.suffix}")
            self._in_child(seconds, program, paper, None)

    def _in_child(self, seconds: float, program: str, paper: Path, pdf: Path | None) -> None:
        said = paper.with_name("said.txt")
        child = multiprocessing.get_context("spawn").Process(
            target=_work, args=(program, paper, pdf, said), daemon=True
        )
        child.start()
        try:
            child.join(seconds)
            if child.exitcode is None:
                raise no_answer(self.name, seconds)
        finally:
            child.kill()
        if child.exitcode:
            raise failed(self.name, said.read_text(encoding="utf-8") if said.exists() else str(child.exitcode))


def find_wps_or_word() -> ComOffice | None:
    """找 WPS、Word — None where neither is registered, and on any other system than Windows."""
    return choose(_registered) if sys.platform == "win32" else None


def choose(registered: Callable[[str], bool]) -> ComOffice | None:
    """选用 — WPS before Word: where both are there it is the one the office works with."""
    calculator = next((program for program in _CALCULATORS if registered(program)), "")
    found = (ComOffice(name, program, calculator) for program, name in _WRITERS if registered(program))
    return next(found, None)


def export(app: Any, paper: Path, pdf: Path) -> None:
    """导出 — a document as PDF."""
    with _opened(app, paper) as document:
        document.ExportAsFixedFormat(str(pdf), _AS_PDF)


def send(app: Any, paper: Path) -> None:
    """送打印 — a document or a workbook, returning once it is with the printer."""
    with _opened(app, paper) as document:
        document.PrintOut(*(() if _is_book(paper) else (False,)))  # Word: not in the background


@contextmanager
def _opened(app: Any, paper: Path) -> Iterator[Any]:
    """打开 — read only, asking nothing, running no macro; a program that holds somebody's papers goes on."""
    alerts, security = app.DisplayAlerts, app.AutomationSecurity
    app.DisplayAlerts, app.AutomationSecurity = _NO_ALERTS, _NO_MACROS
    shelf = app.Workbooks if _is_book(paper) else app.Documents
    try:
        document = shelf.Open(str(paper), *_BOOK_OPENS if _is_book(paper) else _DOCUMENT_OPENS)
        try:
            yield document
        finally:
            document.Close(_NOT_SAVED)
    finally:
        app.DisplayAlerts, app.AutomationSecurity = alerts, security
        if not shelf.Count:
            app.Quit()


def _is_book(paper: Path) -> bool:
    return paper.suffix == ".xlsx"


def _work(program: str, paper: Path, pdf: Path | None, said: Path) -> None:
    """子进程 — one paper; what went wrong is left in ``said`` for the log."""
    try:
        from comtypes.client import CreateObject

        app = CreateObject(program, dynamic=True)
        export(app, paper, pdf) if pdf else send(app, paper)
    except Exception:
        said.write_text(traceback.format_exc(), encoding="utf-8")
        sys.exit(1)


def _registered(program: str) -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, rf"{program}\CLSID"))
    except OSError:
        return False
    return True
