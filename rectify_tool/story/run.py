"""运行 — examine a work folder and write the bulletin, the summary and 清单.json as one set."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from rectify_tool import __version__
from rectify_tool.document import write_document
from rectify_tool.findings import Code
from rectify_tool.history import read_past
from rectify_tool.intake import Kept
from rectify_tool.model import BULLETIN_TEMPLATE, OFFICE_FILE, Finding, Job, Outcome, Past, Source
from rectify_tool.outbox import (
    OUTBOX,
    SUMMARY_NAME,
    Delivered,
    bulletin_name,
    deliver,
    held,
    next_run,
    sha256_of,
    write_manifest,
)
from rectify_tool.papers.answer import judged
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.summary import make_summary
from rectify_tool.papers.tags import sample_fields
from rectify_tool.places import default_rules_text, template, template_told, unused_templates
from rectify_tool.story.examine import examine
from rectify_tool.story.progress import Progress, phase
from rectify_tool.workbook import write_workbook


def run(job: Job, progress: Progress | None = None, kept: Kept | None = None, past: Past | None = None) -> Outcome:
    """运行 — the outcome of `examine`, which see for the arguments, with the papers written into 成果/DAY 第N期/.

    Raises:
        RectifyError: what `examine` raises, and FOLDER_IN_USE, CANNOT_WRITE, FIGURES_DISAGREE, SETTINGS_UNUSABLE
            (a broken template). Nothing is left half-written.
    """
    outbox = Path(job.out) if job.out else Path(job.folder) / OUTBOX
    outcome = examine(job, progress, kept, past)
    with held(outbox):
        keep = {one.folder for one in read_past(Path(job.folder)).published}  # anew: nobody publishes while it is held
        return _write(outcome, outbox, keep, progress)


def _write(outcome: Outcome, outbox: Path, keep: Collection[str], progress: Progress | None) -> Outcome:
    job, number, files = outcome.job, outcome.number, len(outcome.ledger.files)
    phase(progress, files, "正在拟写专报和汇总表")
    digest = judged(outcome)
    outcome = replace(outcome, findings=(*_about_papers(outcome), *outcome.findings))
    bulletin = make_bulletin(outcome)
    book = make_summary(outcome, bulletin)  # checks that every figure of both papers agrees
    form = template(Path(job.folder), bulletin.template)
    document = bulletin_name(number)
    facts = {"run": next_run(outbox), **_facts(outcome), "judged": digest}
    remarks: list[Finding] = []

    def write(folder: Path) -> None:
        phase(progress, files, "正在写督查专报")
        write_document(bulletin, form, folder / document, sample_fields())
        phase(progress, files, "正在写整改汇总表")
        write_workbook(book, folder / SUMMARY_NAME, now=job.now)
        if job.pdf:
            phase(progress, files, "正在把专报转成 PDF")
            remarks.extend(_pdf(folder / document))
        write_manifest(folder, {**facts, **_about_template(job, form)})
        phase(progress, files, "正在放进“成果”")

    delivered = deliver(outbox, f"{job.as_of.isoformat()} 第{number}期", write, keep)
    if delivered.beside:
        remarks.insert(0, _about_beside(delivered, number))
    return replace(outcome, outputs=_outputs(delivered.folder, document), findings=(*remarks, *outcome.findings))


def _about_beside(delivered: Delivered, number: int) -> Finding:
    """写在旁边 — why the new set lies beside an old one, and where."""
    files = "、".join(f"“{name}”" for name in delivered.open) or "有文件"
    return _BESIDE[delivered.beside].at(Source(""), place=delivered.folder.name, number=number, files=files)


def _about_papers(outcome: Outcome) -> list[Finding]:
    """公文的缺项 — what the office should know of its own papers: templates it made that are not used, no sender."""
    folder = Path(outcome.job.folder)
    named = [_about_unused(folder, one) for one in unused_templates(folder, BULLETIN_TEMPLATE)]
    return named if outcome.rules.office["sender"] else [*named, Code.SENDER_UNNAMED.at(Source(""))]


def _about_unused(folder: Path, unused: str) -> Finding:
    used = template_told(folder, template(folder, BULLETIN_TEMPLATE))
    return Code.TEMPLATE_UNUSED.at(Source(unused), used=used, name=BULLETIN_TEMPLATE)


def _pdf(bulletin: Path) -> tuple[Finding, ...]:
    """PDF — beside the bulletin; nothing of the printing room is loaded before one is asked for."""
    from rectify_tool.story.printing import attempt_pdf

    return attempt_pdf(bulletin)


_BESIDE = {"open": Code.OUTPUT_BESIDE, "edited": Code.OUTPUT_EDITED, "published": Code.OUTPUT_PUBLISHED}


def _outputs(folder: Path, document: str) -> dict[str, str]:
    """写出的材料 — where each now lies; the PDF only where one was made."""
    bulletin = folder / document
    papers = {"bulletin": bulletin, "summary": folder / SUMMARY_NAME, "pdf": bulletin.with_suffix(".pdf")}
    return {name: str(path.resolve()) for name, path in papers.items() if path.exists()}


def _facts(outcome: Outcome) -> dict[str, object]:
    """清单内容 — what the papers were made from: as-of day, number, digests of inputs and rules."""
    office = Path(outcome.job.folder) / OFFICE_FILE
    return {
        "tool": __version__,
        "as_of": outcome.job.as_of.isoformat(),
        "number": outcome.number,
        "made": outcome.job.now.isoformat(timespec="seconds"),
        "inputs": {record.file: record.sha256 for record in outcome.ledger.files},
        "rules": {
            "rules.toml": hashlib.sha256(default_rules_text().encode()).hexdigest(),
            **({OFFICE_FILE: sha256_of(office)} if office.is_file() else {}),
        },
    }


def _about_template(job: Job, form: Path) -> dict[str, object]:
    """清单里的模板 — which it was, in words, and its digest; asked once the bulletin is set in it: it can be read."""
    return {"template": template_told(Path(job.folder), form), "templates": {form.name: sha256_of(form)}}
