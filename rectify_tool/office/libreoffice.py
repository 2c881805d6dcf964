"""LibreOffice 办公软件 — started anew for each piece of work, with a profile of its own; ended whole if it hangs."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rectify_tool.office.trouble import failed, no_answer

_NAMES = ("soffice", "libreoffice")
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_WINDOWS = (("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"), "LibreOffice/program/soffice.exe")
_QUIET = ("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault")
_VIEW = re.compile(rb"<(?:\w+:)?sheetView\b[^>]*?(?=/?>)")
_SELECTED = re.compile(rb'\s+tabSelected="\w+"')
_JOINED = "<w:t>\u2060-\u2060</w:t>".encode()
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value>\
</prop></item>
</oor:items>
"""  # nothing of a paper somebody edited is fetched from outside, no macro runs


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """LibreOffice 办公软件 — the program at ``program``; one the user has open is neither used nor disturbed."""

    program: str
    name: str = "LibreOffice"

    def convert(self, paper: Path, pdf: Path, seconds: float) -> None:
        """转成 PDF — see `Office`."""
        _made_ready(paper)
        self._run(("--convert-to", "pdf", "--outdir", str(pdf.parent), str(paper)), paper.parent, seconds)

    def print_out(self, papers: Sequence[Path], printer: str, seconds: float) -> None:
        """打印 — see `Office`."""
        for paper in papers:
            _made_ready(paper)
        self._run(("--pt", printer, *map(str, papers)), papers[0].parent, seconds)

    def _run(self, arguments: Sequence[str], scratch: Path, seconds: float) -> None:
        command = [self.program, f"-env:UserInstallation={_profile(scratch).as_uri()}", *_QUIET, *arguments]
        said = scratch / "said.txt"  # a file, as a pipe would keep us waiting for whatever inherits it
        with said.open("wb") as words:
            try:
                code = _finished(command, words.fileno(), scratch, seconds)
            except subprocess.TimeoutExpired as error:
                raise no_answer(self.name, seconds) from error
            except OSError as error:
                raise failed(self.name, str(error)) from error
        told = said.read_text(encoding="utf-8", errors="replace")
        if code or "Error:" in told:  # it ends with 0 even where it could not open the paper
            raise failed(self.name, told)


def find_libreoffice() -> LibreOffice | None:
    """找 LibreOffice — on the search path, else where its installer puts it; None where there is none."""
    found = next((path for path in _candidates() if path), None)
    return LibreOffice(found) if found else None


def _candidates() -> Iterator[str | None]:
    yield from (shutil.which(name) for name in _NAMES)
    if sys.platform == "darwin":
        yield shutil.which(_MAC)
    if sys.platform == "win32":
        roots, program = _WINDOWS
        yield from (shutil.which(str(Path(os.environ[root]) / program)) for root in roots if root in os.environ)


def _made_ready(paper: Path) -> None:
    """备好 — a private copy, so that LibreOffice does with it what the others do.

    It prints the selected sheets of a workbook and only these: all are selected. It ends lines at a hyphen that must
    not end one (4-2), and may draw it twice: a joiner behind a plain hyphen does what the hyphen should.
    """
    with suppress(zipfile.BadZipFile):  # what is no package it will say itself
        with zipfile.ZipFile(paper) as package:
            parts = [(name, package.read(name)) for name in package.namelist()]
        with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts:
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    content = _VIEW.sub(_selected, content)
                elif name == "word/document.xml":
                    content = content.replace(b"<w:noBreakHyphen/>", _JOINED)
                package.writestr(name, content)


def _selected(view: re.Match[bytes]) -> bytes:
    return _SELECTED.sub(b"", view[0]) + b' tabSelected="1"'


def _profile(scratch: Path) -> Path:
    """配置 — a fresh profile that fetches nothing and runs nothing."""
    profile = scratch / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    return profile


def _finished(command: Sequence[str], words: int, scratch: Path, seconds: float) -> int:
    """做完 — the exit code; where it takes longer, or we are stopped, the program goes with all it started."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=words,
        stderr=words,
        cwd=scratch,
        start_new_session=True,
        creationflags=_NO_CONSOLE,
    )
    try:
        return process.wait(seconds)
    except BaseException:
        _end(process)
        raise


_NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""不开黑窗口 — on Windows a program of the console opens one where the windowed program starts it."""


def _end(process: subprocess.Popen[bytes]) -> None:
    """结束 — the process and its whole tree: soffice is a script whose child does the work."""
    if sys.platform == "win32":
        ending = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(ending, capture_output=True, creationflags=_NO_CONSOLE)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
