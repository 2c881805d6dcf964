"""运行 — examine a work folder and write the bulletin, the summary and 清单.json as one set."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from rectify_tool import __version__
from rectify_tool.document import write_document
from rectify_tool.findings import Code
from rectify_tool.model import Job, Outcome, Source
from rectify_tool.outbox import OUTBOX, deliver, held, sha256_of, write_manifest
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.summary import make_summary
from rectify_tool.places import default_rules_text, template
from rectify_tool.rules import OFFICE_FILE
from rectify_tool.story.examine import Progress, examine
from rectify_tool.workbook import write_workbook

SUMMARY_NAME = "整改汇总表.xlsx"


def run(job: Job, progress: Progress | None = None) -> Outcome:
    """运行 — the outcome of `examine`, with the papers written into 成果/DAY 第N期/.

    Raises:
        RectifyError: what `examine` raises, and FOLDER_IN_USE, CANNOT_WRITE, FIGURES_DISAGREE, SETTINGS_UNUSABLE
            (a broken template). Nothing is left half-written.
    """
    outbox = Path(job.out) if job.out else Path(job.folder) / OUTBOX
    outcome = examine(job, progress)
    with held(outbox):
        return _write(outcome, outbox)


def _write(outcome: Outcome, outbox: Path) -> Outcome:
    job, number = outcome.job, outcome.number
    bulletin = make_bulletin(outcome)
    book = make_summary(outcome, bulletin)  # checks that every figure of both papers agrees
    form = template(Path(job.folder), bulletin.template)
    bulletin_name = f"督查专报第{number}期.docx"

    def write(folder: Path) -> None:
        write_document(bulletin, form, folder / bulletin_name)
        write_workbook(book, folder / SUMMARY_NAME, now=job.now)
        write_manifest(folder, _facts(outcome, form))

    delivered = deliver(outbox, f"{job.as_of.isoformat()} 第{number}期", write)
    outputs = {
        "bulletin": str((delivered.folder / bulletin_name).resolve()),
        "summary": str((delivered.folder / SUMMARY_NAME).resolve()),
    }
    codes = {"open": Code.OUTPUT_BESIDE, "edited": Code.OUTPUT_EDITED}
    beside = [codes[delivered.beside].at(Source(""), place=delivered.folder.name)] if delivered.beside else []
    return replace(outcome, outputs=outputs, findings=(*beside, *outcome.findings))


def _facts(outcome: Outcome, form: Path) -> dict[str, object]:
    """清单内容 — what the papers were made from: as-of day, number, digests of inputs, rules and template."""
    office = Path(outcome.job.folder) / OFFICE_FILE
    return {
        "tool": __version__,
        "as_of": outcome.job.as_of.isoformat(),
        "number": outcome.number,
        "inputs": {record.file: record.sha256 for record in outcome.ledger.files},
        "rules": {
            "rules.toml": hashlib.sha256(default_rules_text().encode()).hexdigest(),
            **({OFFICE_FILE: sha256_of(office)} if office.is_file() else {}),
        },
        "templates": {form.name: sha256_of(form)},
    }
