"""打印 — the bulletin as a PDF, and the last run's papers on the printer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rectify_tool.errors import RectifyError, Stop, Way
from rectify_tool.findings import Code
from rectify_tool.model import Finding, Source
from rectify_tool.office import make_pdf, missing_fonts, print_out
from rectify_tool.outbox import (
    OUTBOX,
    SUMMARY_NAME,
    add_pdf,
    bulletin_name,
    held,
    is_open,
    last_set,
    made_at,
    read_manifest,
    sha256_of,
)

_WHOLE_RUN = Source("")


@dataclass(frozen=True, slots=True)
class Prepared:
    """待印 — the papers of the last run, the bulletin's PDF made anew.

    ``changed`` names those worked on since they were written, ``open`` those open just now: what counts is what was
    last saved.
    """

    folder: Path
    pdf: Path
    papers: tuple[Path, ...]
    findings: tuple[Finding, ...]
    changed: tuple[str, ...]
    open: tuple[str, ...]


def prepare(folder: Path, out: Path | None = None, made: datetime | None = None) -> Prepared:
    """备印 — find the last run's set under 成果/ (or ``out``) and put the bulletin's PDF into it.

    ``made`` is when the set was written that a person looked at; None where whatever was written last is meant.

    Raises:
        RectifyError: WRONG_ARGUMENTS (no such folder), NOTHING_TO_PRINT (also where another set was written since
            ``made``), FOLDER_IN_USE, CANNOT_WRITE, OFFICE_MISSING,
            OFFICE_FAILED. The papers are untouched.
    """
    if not folder.is_dir():
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"没有找到文件夹“{folder}”，请检查名称和位置。")
    outbox = out or folder / OUTBOX
    if not outbox.is_dir():
        raise _no_run(outbox)
    with held(outbox):
        place = last_set(outbox)
        if place is None:
            raise _no_run(outbox)
        if made and not made_at(place, made):
            problem = f"没有打印：您看过以后，“{place.name}”又写过一次，不是同一套了。请看过新的一套，再打印。"
            raise RectifyError(Stop.NOTHING_TO_PRINT, problem)
        papers = _papers(place)
        pdf = add_pdf(place, papers[0].name, make_pdf)
        written = read_manifest(place)["outputs"]
        changed = tuple(paper.name for paper in papers if written.get(paper.name) != sha256_of(paper))
    open_now = tuple(paper.name for paper in papers if is_open(paper))
    return Prepared(place.resolve(), pdf.resolve(), papers, _font_findings(papers), changed, open_now)


def print_papers(papers: tuple[Path, ...]) -> str:
    """打印 — papers of the prepared set on the default printer; returns the printer's name.

    Raises:
        RectifyError: PRINTER_MISSING, OFFICE_MISSING, OFFICE_FAILED.
    """
    return print_out(papers)


def attempt_pdf(bulletin: Path) -> tuple[Finding, ...]:
    """试做 PDF — beside the bulletin; where it cannot be made the finding says why, and the run goes on."""
    try:
        make_pdf(bulletin, bulletin.with_suffix(".pdf"))
    except RectifyError as error:
        return (Code.PDF_NOT_MADE.at(_WHOLE_RUN, why=error.message.rstrip("。")),)
    return _font_findings((bulletin,))


def _papers(place: Path) -> tuple[Path, ...]:
    papers = (place / bulletin_name(read_manifest(place).get("number", 0)), place / SUMMARY_NAME)
    for paper in papers:
        if not paper.is_file():
            raise RectifyError(
                Stop.NOTHING_TO_PRINT,
                f"“{place.name}”里没有“{paper.name}”，请重新生成专报，写好后再打印。",
                Way.GENERATE,
            )
    return papers


def _font_findings(papers: tuple[Path, ...]) -> tuple[Finding, ...]:
    fonts = missing_fonts(papers)
    return (Code.FONTS_MISSING.at(_WHOLE_RUN, fonts="、".join(fonts)),) if fonts else ()


def _no_run(outbox: Path) -> RectifyError:
    problem = f"“{outbox}”里还没有写好的材料，请先生成专报，写好后再打印。"
    return RectifyError(Stop.NOTHING_TO_PRINT, problem, Way.GENERATE)
