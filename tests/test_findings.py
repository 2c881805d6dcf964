"""Every kind of 核对意见 is provoked by a small work folder and reads as a clerk needs it (tests/findings/)."""

from __future__ import annotations

import contextlib
import multiprocessing
import re
import sys
from datetime import datetime, time
from pathlib import Path

import pytest

from rectify_tool.findings import Code
from rectify_tool.model import Finding, Job, Severity, Source
from rectify_tool.story.examine import examine
from rectify_tool.story.run import run
from tests.findings.notation import Case, lay_out, read_cases
from tests.findings.page import PAGE, findings_page
from tests.findings.stages import STAGES

CASES = read_cases()
_AFTER_WRITING = {"F23", "F24", "F25", "F26", "F27", "F28", "P01"}
_WITH_PDF = {"F25", "F26"}
_FORK = multiprocessing.get_context("fork" if sys.platform != "win32" else "spawn")
_FORKED = ("", "上期已定稿", "已记两次办理")
"""A forked reader starts in a tenth of the time of a fresh one; stages with threads of their own keep fresh ones."""

_TO_DO = re.compile(r"请[^；]*$")


@pytest.mark.parametrize("code", CASES)
def test_the_case_provokes_its_finding(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[code]
    if sys.platform == "win32" and "快捷方式" in "".join(file.deed for file in case.files):
        pytest.skip("making a link needs a right that clerks do not have")
    found = findings_of(case, tmp_path, monkeypatch)
    said = [str(finding) for finding in found]
    assert case.expected, f"{code} expects nothing"
    for expected in case.expected:
        assert expected.endswith(f"（{code}）"), "a case is about the code it is named after"
        assert expected in said, "\n".join(said)
    assert not [one for one in found if not _leads_somewhere(one.source, case, tmp_path)]


def _leads_somewhere(source: Source, case: Case, folder: Path) -> bool:
    """A finding is about the whole run, or names a file a clerk can open."""
    known = source.file in [file.path for file in case.files] or (folder / source.file).is_file()
    return known if source.file else source == Source("")


def findings_of(case: Case, folder: Path, patch: pytest.MonkeyPatch) -> tuple[Finding, ...]:
    lay_out(case, folder)
    moment, pdf = datetime.combine(case.now, time(17)), case.code in _WITH_PDF
    job = Job(str(folder), case.as_of, moment, number=case.number, jobs=1, pdf=pdf)
    stage = STAGES[case.stage](folder, patch) if case.stage else contextlib.nullcontext()
    if sys.platform != "win32" and case.stage in _FORKED:
        patch.setattr(multiprocessing, "get_context", lambda _: _FORK)
    with stage:
        return (run if case.code in _AFTER_WRITING else examine)(job).findings


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    assert set(CASES) == {code.code for code in Code}


def test_no_two_codes_are_the_same() -> None:
    codes = [code.code for code in Code]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("code", Code, ids=lambda code: code.code)
def test_what_needs_a_person_ends_by_saying_what_to_do(code: Code) -> None:
    assert code.severity is Severity.NOTE or _TO_DO.search(code.template), code.template


@pytest.mark.parametrize("code", Code, ids=lambda code: code.code)
def test_a_message_is_one_plain_sentence(code: Code) -> None:
    assert "。" not in code.template and not code.template.endswith(("，", "；"))
    assert code.template.count("“") == code.template.count("”")


def test_the_page_of_findings_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == findings_page(), "运行 python -m tests.findings 重写这一页"
