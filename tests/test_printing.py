"""Printing the last run: a PDF that joins a finished set whole or not at all, and never speaks for an older paper."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from rectify_tool import cli, office, outbox
from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import Job
from rectify_tool.outbox import deliver, held, read_manifest, sha256_of, write_manifest
from rectify_tool.story.printing import prepare, print_papers
from rectify_tool.story.run import run
from tests.office_programs import FAILS, PRINTER, WORKS, WRITES_NOTHING, install, needs_scripts
from tests.rendered import needs_office
from tests.sheets import write_folder

NAME = "2016-05-20 第8期"
BULLETIN, SUMMARY, PDF = "督查专报第8期.docx", "整改汇总表.xlsx", "督查专报第8期.pdf"
BREAKDOWN = """
示例县整改落实工作责任分解表（2016年2月26日反馈）
编号 | 问题 | 整改措施 | 整改时限 | 牵头单位
1-1 | 问题一 | 修订招投标管理办法 | 4月底前 | 县财政局
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A work folder with one finished set."""
    work = tmp_path / "整改工作"
    write_set(work / "成果", "2016-05-20T17:00:00")
    return work


def write_set(place: Path, made: str, name: str = NAME, number: int = 8, text: str = "专报") -> Path:
    def write(folder: Path) -> None:
        (folder / f"督查专报第{number}期.docx").write_text(text, encoding="utf-8")
        with zipfile.ZipFile(folder / SUMMARY, "w") as package:
            package.writestr("xl/worksheets/sheet1.xml", "<sheetView/>")
        write_manifest(folder, {"number": number, "made": made})

    with held(place):
        return deliver(place, name, write).folder


def set_of(folder: Path) -> Path:
    return folder / "成果" / NAME


def in_set(folder: Path) -> list[str]:
    return sorted(path.name for path in set_of(folder).iterdir())


# ---------------------------------------------------------------- 添一份 PDF ----


@needs_scripts
def test_the_pdf_joins_the_set_and_its_list(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    before = {path.name: path.read_bytes() for path in set_of(folder).iterdir() if path.suffix != ".json"}
    prepared = prepare(folder)
    assert prepared.pdf == (set_of(folder) / PDF).resolve()
    assert in_set(folder) == sorted([*before, "清单.json", PDF])
    assert {name: (set_of(folder) / name).read_bytes() for name in before} == before
    manifest = read_manifest(set_of(folder))
    assert manifest["outputs"] == {name: sha256_of(set_of(folder) / name) for name in (SUMMARY, BULLETIN, PDF)}
    assert manifest["made_from"] == {PDF: sha256_of(set_of(folder) / BULLETIN)}
    assert (manifest["number"], manifest["made"]) == (8, "2016-05-20T17:00:00")


@needs_scripts
def test_a_set_with_a_pdf_is_replaced_whole_by_the_next_run(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    prepare(folder)
    assert write_set(folder / "成果", "2016-05-20T18:00:00", text="更新") == set_of(folder)
    assert in_set(folder) == sorted([BULLETIN, SUMMARY, "清单.json"]), "the PDF of the older paper is gone"


class Killed(BaseException):
    """断电 — nothing after it runs, no cleaning up either."""


@needs_scripts
@pytest.mark.parametrize("again", [False, True], ids=["first PDF", "PDF made anew"])
@pytest.mark.parametrize("at", range(6))
def test_killed_at_any_moment_the_set_is_whole_and_never_taken_for_edited(
    at: int, again: bool, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    if again:
        prepare(folder)
    with monkeypatch.context() as patch:
        steps = kill_before(at, patch)
        with pytest.raises(Killed) if at < 5 else held(tmp_path / "别处"):
            prepare(folder)
    assert len(steps) == min(at + 1, 5), "convert, flush, the old PDF away, the list, the PDF"
    with held(folder / "成果"):
        listed = read_manifest(set_of(folder))["outputs"]
        there = {path.name: sha256_of(path) for path in set_of(folder).iterdir() if path.suffix != ".json"}
    assert {name: listed.get(name) for name in there} == there, "what is there is listed"
    assert {BULLETIN, SUMMARY} <= there.keys() <= {BULLETIN, SUMMARY, PDF}
    assert (PDF in there) == (at >= 4 or (again and at < 3))
    assert write_set(folder / "成果", "2016-05-20T18:00:00") == set_of(folder), "replaced, not put beside"


def kill_before(at: int, patch: pytest.MonkeyPatch) -> list[str]:
    """Stop everything before the step number ``at``; returns the steps that were begun."""
    steps: list[str] = []

    def stepping(name: str, deed: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            steps.append(name)
            if len(steps) > at:
                raise Killed
            return deed(*arguments, **options)

        return step

    unlink, replace = Path.unlink, Path.replace
    patch.setattr("rectify_tool.story.printing.make_pdf", stepping("convert", office.make_pdf))
    patch.setattr(outbox, "_flush", stepping("flush", outbox._flush))
    patch.setattr(outbox, "_drop", lambda left: None)
    of_the_set = stepping("unlink", unlink)
    patch.setattr(Path, "unlink", lambda path, **options: (of_the_set if path.name == PDF else unlink)(path, **options))
    patch.setattr(Path, "replace", stepping("replace", replace))
    return steps


@needs_scripts
def test_a_pdf_of_an_older_state_goes_even_where_no_new_one_can_be_made(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    prepare(folder)
    (set_of(folder) / BULLETIN).write_text("改过的专报", encoding="utf-8")
    install(tmp_path, monkeypatch, soffice=FAILS)
    with pytest.raises(RectifyError, match="LibreOffice"):
        prepare(folder)
    assert PDF not in in_set(folder)


@needs_scripts
@pytest.mark.parametrize("programs", [{"soffice": FAILS}, {"soffice": WRITES_NOTHING}, {}])
def test_a_pdf_that_still_holds_stays_where_no_new_one_can_be_made(
    programs: dict[str, str], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    prepare(folder)
    before = {path.name: path.read_bytes() for path in set_of(folder).iterdir()}
    shutil.rmtree(tmp_path / "bin")
    install(tmp_path, monkeypatch, **programs)
    with pytest.raises(RectifyError):
        prepare(folder)
    assert {path.name: path.read_bytes() for path in set_of(folder).iterdir()} == before


@needs_scripts
@pytest.mark.parametrize("edited", [False, True], ids=["put there", "made by the tool, then changed"])
def test_a_pdf_of_somebody_else_is_left_alone(
    edited: bool, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    if edited:
        prepare(folder)
    (set_of(folder) / PDF).write_bytes(b"signed and scanned")
    with pytest.raises(RectifyError, match="不是本工具写的，或者写出以后被改过，没有动它；请把它改名或移走") as caught:
        prepare(folder)
    assert caught.value.stop is Stop.CANNOT_WRITE
    assert (set_of(folder) / PDF).read_bytes() == b"signed and scanned"


@needs_scripts
def test_a_bulletin_edited_since_is_printed_as_edited_and_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    (set_of(folder) / BULLETIN).write_text("改过的专报", encoding="utf-8")
    prepared = prepare(folder)
    assert (prepared.changed, prepared.open) == ((BULLETIN,), ())
    assert "改过的专报" in prepared.pdf.read_text(encoding="utf-8")
    assert write_set(folder / "成果", "2016-05-20T18:00:00").name == f"{NAME} (2)", "still somebody's work"


@needs_scripts
@pytest.mark.parametrize("mark", ["~$专报第8期.docx", "~$查专报第8期.docx", ".~lock.督查专报第8期.docx#"])
def test_a_bulletin_that_is_open_is_printed_as_last_saved_and_said(
    mark: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    (set_of(folder) / mark).write_bytes(b"")
    assert cli.main(["print", str(folder), "--pdf"]) == 0
    assert f"“{BULLETIN}”正打开着，用的是最后一次保存的稿子。" in capsys.readouterr().out


# ---------------------------------------------------------------- 最近一次 ----


@needs_scripts
def test_the_last_run_is_told_by_the_list_not_by_the_time_of_a_copied_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    later = write_set(folder / "成果", "2016-05-30T09:00:00", "2016-05-30 第9期", number=9)
    os.utime(later / "清单.json", (0, 0))
    (folder / "成果" / "2016-06-10 第10期").mkdir()
    (folder / "成果" / "2016-06-10 第10期" / "清单.json").write_text("{", encoding="utf-8")
    assert prepare(folder).pdf.name == "督查专报第9期.pdf"


@needs_scripts
def test_out_is_where_the_run_wrote(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    write_set(tmp_path / "别处", "2016-05-20T17:00:00")
    assert prepare(folder, tmp_path / "别处").pdf == (tmp_path / "别处" / NAME / PDF).resolve()
    assert PDF not in in_set(folder)


@needs_scripts
def test_no_other_set_is_printed_than_the_one_looked_at(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    looked_at = datetime(2016, 5, 20, 17)
    assert prepare(folder, made=looked_at).folder == set_of(folder).resolve()
    write_set(folder / "成果", "2016-05-20T17:05:00")
    with pytest.raises(RectifyError) as refused:
        prepare(folder, made=looked_at)
    assert refused.value.stop is Stop.NOTHING_TO_PRINT
    assert refused.value.message.startswith("没有打印：您看过以后，") and BULLETIN[:-5] + ".pdf" not in in_set(folder)
    assert prepare(folder).pdf.name == BULLETIN[:-5] + ".pdf", "whatever was written last, where nobody says which"


def test_before_any_run_there_is_nothing_to_print(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match="还没有写好的材料，请先生成专报") as caught:
        prepare(tmp_path)
    assert caught.value.stop is Stop.NOTHING_TO_PRINT and caught.value.stop.exit_code == 3
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "成果").mkdir()
    with pytest.raises(RectifyError, match="还没有写好的材料"):
        prepare(tmp_path)


def test_a_folder_that_is_not_there_is_a_wrong_argument(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match="没有找到文件夹") as caught:
        prepare(tmp_path / "没有")
    assert caught.value.stop is Stop.WRONG_ARGUMENTS


@pytest.mark.parametrize("gone", [BULLETIN, SUMMARY])
def test_a_set_that_lost_a_paper_is_not_printed(gone: str, folder: Path) -> None:
    (set_of(folder) / gone).unlink()
    with pytest.raises(RectifyError, match=f"里没有“{gone}”，请重新生成专报") as caught:
        prepare(folder)
    assert caught.value.stop is Stop.NOTHING_TO_PRINT


# ---------------------------------------------------------------- 命令行 ----


@needs_scripts
def test_print_sends_both_papers_and_tells_where_the_pdf_lies(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = install(tmp_path, monkeypatch, soffice=WORKS, lpstat=PRINTER)
    assert cli.main(["print", str(folder)]) == 0
    told = capsys.readouterr().out
    assert f"已写出：{set_of(folder).resolve() / PDF}" in told
    assert f"已交给打印机“Office-3F”：{BULLETIN}、{SUMMARY}" in told
    assert log.read_text(encoding="utf-8").count("--pt Office-3F") == 1


@needs_scripts
def test_print_sends_the_bulletin_alone_where_asked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = install(tmp_path, monkeypatch, soffice=WORKS, lpstat=PRINTER)
    assert cli.main(["print", str(folder), "--only", "专报"]) == 0
    assert f"“Office-3F”：{BULLETIN}，" in capsys.readouterr().out
    assert SUMMARY not in log.read_text(encoding="utf-8")
    assert cli.main(["print", str(folder), "--only", "报表"]) == 2
    assert "没有 '报表' （可以用的有 '专报', '汇总表'" in capsys.readouterr().err


@needs_scripts
def test_print_pdf_sends_nothing_to_a_printer(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = install(tmp_path, monkeypatch, soffice=WORKS, lpstat=PRINTER, fc_list="echo 'SimHei,黑体'")
    assert cli.main(["print", str(folder), "--pdf"]) == 0
    assert "--pt" not in log.read_text(encoding="utf-8")
    assert "打印机" not in capsys.readouterr().out


@needs_scripts
def test_without_a_printer_the_pdf_is_there_all_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    assert cli.main(["print", str(folder)]) == 4
    told = capsys.readouterr()
    assert PDF in told.out and "没有设默认打印机，没有打印" in told.err
    assert PDF in in_set(folder)
    with pytest.raises(RectifyError, match="没有设默认打印机"):
        print_papers(prepare(folder).papers)


# ---------------------------------------------------------------- run --pdf ----


def job_of(folder: Path, pdf: bool) -> Job:
    write_folder(folder, {"责任分解表.xlsx": BREAKDOWN})
    return Job(str(folder), date(2016, 5, 20), datetime(2016, 5, 20, 17), number=8, jobs=1, pdf=pdf)


@needs_scripts
def test_a_run_with_pdf_writes_it_into_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    folder = tmp_path / "整改工作"
    for _ in range(2):  # the second run replaces the set of the first
        outcome = run(job_of(folder, pdf=True))
        assert outcome.outputs["pdf"] == str((set_of(folder) / PDF).resolve())
        assert in_set(folder) == sorted([SUMMARY, "清单.json", BULLETIN, PDF])
        assert read_manifest(set_of(folder))["outputs"][PDF] == sha256_of(set_of(folder) / PDF)
        assert not [one for one in outcome.findings if one.code in ("F23", "F24", "F25")]
    assert read_manifest(set_of(folder))["made_from"] == {PDF: sha256_of(set_of(folder) / BULLETIN)}


@needs_scripts
@pytest.mark.parametrize("programs", [{}, {"soffice": FAILS}])
def test_a_run_whose_pdf_fails_succeeds_and_says_why(
    programs: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, **programs)
    folder = tmp_path / "整改工作"
    outcome = run(job_of(folder, pdf=True))
    (said,) = [str(one) for one in outcome.findings if one.code == "F25"]
    assert said.startswith("PDF 没有做成，其余材料已经写好，请处理后再做一次 PDF：") and "。" not in said
    assert set(outcome.outputs) == {"bulletin", "summary"}
    assert in_set(folder) == sorted([SUMMARY, "清单.json", BULLETIN])
    assert "made_from" not in read_manifest(set_of(folder))


@needs_scripts
def test_a_run_without_pdf_starts_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = install(tmp_path, monkeypatch, soffice=WORKS, fc_list='echo fc-list >> "$LOG"')
    outcome = run(job_of(tmp_path / "整改工作", pdf=False))
    assert set(outcome.outputs) == {"bulletin", "summary"}
    assert not log.exists()


@needs_office
def test_the_pdf_of_a_real_run_shows_the_bulletin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pdfplumber

    folder = tmp_path / "整改 工作"
    write_folder(folder, {"责任分解表.xlsx": BREAKDOWN})
    assert cli.main(["run", str(folder), "--as-of", "2016-05-20", "--number", "8", "--pdf", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told["outputs"]) == ["bulletin", "summary", "pdf"]
    with pdfplumber.open(told["outputs"]["pdf"]) as pages:
        text = "".join(page.extract_text() or "" for page in pages.pages)
    assert "总体情况" in text and "县财政局" in text
