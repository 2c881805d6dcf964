"""The office program present: what it makes, and what is said when it is missing, fails or never answers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path
from unittest.mock import Mock, call

import pdfplumber
import pytest
import xlsxwriter

from rectify_tool import office
from rectify_tool.errors import RectifyError, Stop
from rectify_tool.office import find_office, libreoffice, make_pdf, missing_fonts, print_out
from rectify_tool.office.windows import ComOffice, choose, export, send
from tests.office_programs import (
    CANNOT_LOAD,
    FAILS,
    HANGS,
    NO_PRINTER,
    PRINTER,
    WORKS,
    WRITES_HALF,
    WRITES_NOTHING,
    install,
    needs_scripts,
)
from tests.rendered import mm, needs_office


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A paper under a Chinese name, and a place for temporary files that can be looked at afterwards."""
    scratch = tmp_path / "temporary"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    place = tmp_path / "成果 第8期"
    place.mkdir()
    (place / "督查专报第8期.docx").write_bytes("专报".encode())
    return place / "督查专报第8期.docx"


def left_behind() -> list[str]:
    return [path.name for path in Path(tempfile.gettempdir()).iterdir()]


def ended(pids: list[int]) -> bool:
    """Whether none of them lives any more, half a minute after the kill at most on a busy computer."""
    for _ in range(300):
        if not [pid for pid in pids if is_alive(pid)]:
            return True
        time.sleep(0.1)
    return False


def is_alive(pid: int) -> bool:
    """A process that has ended but was not asked for its end yet (a zombie) is not alive."""
    state = Path(f"/proc/{pid}/stat")
    if Path("/proc/self").exists():
        return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"
    return subprocess.run(["ps", "-p", str(pid)], capture_output=True).returncode == 0


# ---------------------------------------------------------------- LibreOffice ----


@needs_scripts
def test_the_pdf_is_made_from_a_private_copy_with_a_profile_of_its_own(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = install(tmp_path, monkeypatch, soffice=WORKS)
    make_pdf(paper, paper.with_suffix(".pdf"))
    assert "专报".encode() in paper.with_suffix(".pdf").read_bytes()
    asked = log.read_text(encoding="utf-8")
    assert "--headless" in asked and "-env:UserInstallation=file://" in asked
    assert str(paper.parent) not in asked, "the paper itself is never opened"
    assert sorted(one.name for one in paper.parent.iterdir()) == ["督查专报第8期.docx", "督查专报第8期.pdf"]
    assert left_behind() == []


@needs_scripts
@pytest.mark.parametrize("deeds", [FAILS, CANNOT_LOAD, WRITES_NOTHING, WRITES_HALF])
def test_a_conversion_that_fails_leaves_no_pdf_and_says_so_in_plain_words(
    deeds: str, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, soffice=deeds)
    with pytest.raises(RectifyError, match=r"^LibreOffice 没有.*请先用它打开这份材料") as caught:
        make_pdf(paper, paper.with_suffix(".pdf"))
    assert caught.value.stop is Stop.OFFICE_FAILED and caught.value.stop.exit_code == 4
    assert "Error" not in caught.value.message and "Fatal" not in caught.value.message
    assert not paper.with_suffix(".pdf").exists()
    assert left_behind() == []


@needs_scripts
def test_a_program_that_never_answers_is_ended_with_all_it_started(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = install(tmp_path, monkeypatch, soffice=HANGS)
    with pytest.raises(RectifyError, match="超过1秒没有回应，已经停下"):
        make_pdf(paper, paper.with_suffix(".pdf"), seconds=1.0)
    started = [int(pid) for pid in log.read_text().split()]
    assert len(started) == 2
    assert ended(started)
    assert left_behind() == []


@needs_scripts
def test_ctrl_c_ends_the_program_too(paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = install(tmp_path, monkeypatch, soffice=HANGS)
    wait = subprocess.Popen.wait

    def interrupted(process: subprocess.Popen[bytes], timeout: float | None = None) -> int:
        while timeout is not None and not (log.exists() and len(log.read_text().split()) == 2):
            time.sleep(0.01)
        if timeout is not None:
            raise KeyboardInterrupt
        return wait(process)

    monkeypatch.setattr(subprocess.Popen, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make_pdf(paper, paper.with_suffix(".pdf"))
    assert ended([int(pid) for pid in log.read_text().split()])
    assert left_behind() == []


@needs_scripts
def test_where_there_is_no_program_it_says_which_to_install(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch)
    monkeypatch.setattr(libreoffice, "_MAC", str(tmp_path / "没有"))
    with pytest.raises(RectifyError, match="没有找到能排版公文的办公软件，请装好 LibreOffice") as caught:
        make_pdf(paper, paper.with_suffix(".pdf"))
    assert caught.value.stop is Stop.OFFICE_MISSING and caught.value.stop.exit_code == 4


@needs_scripts
def test_what_a_killed_start_left_behind_goes_when_it_is_old(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, soffice=WORKS)
    old, young, foreign = (Path(tempfile.mkdtemp(prefix=name)) for name in ("rectify-tool-office-",) * 2 + ("别的",))
    for folder in (old, foreign):
        os.utime(folder, (0, 0))
    make_pdf(paper, paper.with_suffix(".pdf"))
    assert not old.exists()
    assert young.exists() and foreign.exists()


# ---------------------------------------------------------------- 打印 ----


@needs_scripts
def test_every_paper_goes_to_the_default_printer_in_order(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = install(tmp_path, monkeypatch, soffice=WORKS, lpstat=PRINTER)
    summary = paper.with_name("整改汇总表.xlsx")
    with zipfile.ZipFile(summary, "w") as package:
        package.writestr("xl/worksheets/sheet1.xml", "<sheetView/>")
    assert print_out((paper, summary)) == "Office-3F"
    words = log.read_text(encoding="utf-8").split()
    assert words[words.index("--pt") + 1] == "Office-3F"
    assert [Path(word).name for word in words[-2:]] == [paper.name, summary.name]
    assert left_behind() == []


@needs_scripts
@pytest.mark.parametrize("programs", [{}, {"lpstat": NO_PRINTER}, {"lpstat": "exit 1"}])
def test_without_a_printer_nothing_is_sent(
    programs: dict[str, str], paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = install(tmp_path, monkeypatch, soffice=WORKS, **programs)
    with pytest.raises(RectifyError, match="没有设默认打印机，没有打印；请在系统的打印机设置里设好") as caught:
        print_out((paper,))
    assert caught.value.stop is Stop.PRINTER_MISSING and caught.value.stop.exit_code == 4
    assert not log.exists()


@needs_scripts
def test_a_printout_that_fails_is_said(paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, soffice=CANNOT_LOAD, lpstat=PRINTER)
    with pytest.raises(RectifyError, match="LibreOffice 没有做成"):
        print_out((paper,))


# ---------------------------------------------------------------- 字体 ----


def named_in(path: Path, *fonts: str) -> Path:
    runs = "".join(f'<w:rFonts w:ascii="Times New Roman" w:eastAsia="{font}" w:hint="eastAsia"/>' for font in fonts)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:document>{runs}</w:document>")
        package.writestr("word/fontTable.xml", '<w:rFonts w:eastAsia="没有用到的字体"/>')
    return path


@needs_scripts
def test_fonts_the_papers_name_and_this_computer_lacks_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, fc_list="printf 'SimHei,黑体\\nFangSong_GB2312\\nNoto Sans CJK SC\\n'")
    paper = named_in(tmp_path / "a.docx", "黑体", "仿宋_GB2312", "楷体_GB2312", "方正小标宋简体", "Arial")
    book = tmp_path / "b.xlsx"
    with zipfile.ZipFile(book, "w") as package:
        package.writestr("xl/styles.xml", '<font><name val="宋体"/></font><font><name val="Calibri"/></font>')
    assert missing_fonts((paper,)) == ("方正小标宋简体", "楷体_GB2312"), "黑体 and 仿宋_GB2312 are there"
    assert missing_fonts((paper, book)) == ("宋体", "方正小标宋简体", "楷体_GB2312")


@needs_scripts
@pytest.mark.parametrize("programs", [{}, {"fc_list": "exit 1"}])
def test_where_the_fonts_are_not_known_nothing_is_said(
    programs: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, **programs)
    assert missing_fonts((named_in(tmp_path / "a.docx", "黑体"),)) == ()


def test_a_paper_that_is_no_package_names_no_font(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"not a package")
    assert missing_fonts((tmp_path / "a.docx", tmp_path / "gone.docx")) == ()


# ---------------------------------------------------------------- WPS、Word ----


@pytest.mark.parametrize(
    ("present", "chosen"),
    [
        ((), None),
        (("Excel.Application",), None),
        (("Word.Application", "Excel.Application"), ComOffice("Word", "Word.Application", "Excel.Application")),
        (("KWPS.Application", "KET.Application"), ComOffice("WPS", "KWPS.Application", "KET.Application")),
        (
            ("KWPS.Application", "Word.Application", "ET.Application", "Excel.Application"),
            ComOffice("WPS", "KWPS.Application", "ET.Application"),
        ),
        (("KWPS.Application",), ComOffice("WPS", "KWPS.Application", "")),
    ],
)
def test_wps_is_used_before_word(present: tuple[str, ...], chosen: ComOffice | None) -> None:
    assert choose(present.__contains__) == chosen


def test_wps_and_word_are_used_before_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    word = ComOffice("Word", "Word.Application", "")
    monkeypatch.setattr(office, "find_wps_or_word", lambda: word)
    assert find_office() is word


def test_a_document_is_exported_read_only_and_the_program_goes_when_nobody_else_uses_it() -> None:
    app = Mock()
    app.Documents.Count = 0
    export(app, Path("paper1.docx"), Path("paper1.pdf"))
    assert app.mock_calls == [
        call.Documents.Open("paper1.docx", False, True, False),
        call.Documents.Open().ExportAsFixedFormat("paper1.pdf", 17),
        call.Documents.Open().Close(0),
        call.Quit(),
    ]


def test_a_program_in_which_somebody_works_is_left_as_it_was() -> None:
    app = Mock(DisplayAlerts=-1, AutomationSecurity=1)
    app.Documents.Count = 2
    app.Documents.Open.return_value.ExportAsFixedFormat.side_effect = OSError("refused")
    with pytest.raises(OSError, match="refused"):
        export(app, Path("paper1.docx"), Path("paper1.pdf"))
    app.Documents.Open.return_value.Close.assert_called_once_with(0)
    app.Quit.assert_not_called()
    assert (app.DisplayAlerts, app.AutomationSecurity) == (-1, 1)


def test_a_workbook_is_printed_by_the_program_for_workbooks() -> None:
    app = Mock()
    app.Workbooks.Count = 0
    send(app, Path("paper2.xlsx"))
    assert app.mock_calls == [
        call.Workbooks.Open("paper2.xlsx", 0, True),
        call.Workbooks.Open().PrintOut(),
        call.Workbooks.Open().Close(0),
        call.Quit(),
    ]


def test_work_by_com_that_fails_is_said_in_plain_words(tmp_path: Path) -> None:
    """Here comtypes cannot be loaded at all, so the child process fails as it would where the program is broken."""
    (tmp_path / "paper1.docx").write_bytes(b"")
    with pytest.raises(RectifyError, match=r"^WPS 没有做成，请先用它打开") as caught:
        ComOffice("WPS", "不存在.Application", "").convert(tmp_path / "paper1.docx", tmp_path / "paper1.pdf", 60.0)
    assert caught.value.stop is Stop.OFFICE_FAILED
    assert "Traceback" in (tmp_path / "said.txt").read_text(encoding="utf-8"), "for the log"


# ---------------------------------------------------------------- 真的 LibreOffice ----


@needs_office
def test_libreoffice_makes_the_pages_and_fetches_nothing_from_outside(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        paper = with_linked_picture(tmp_path / "改过的专报.docx", f"http://127.0.0.1:{listener.getsockname()[1]}/a.png")
        make_pdf(paper, tmp_path / "专报.pdf")
        with pytest.raises(BlockingIOError):  # nobody knocked
            listener.accept()
    with pdfplumber.open(tmp_path / "专报.pdf") as pages:
        assert "整改落实情况" in (pages.pages[0].extract_text() or "")


@needs_office
@needs_scripts
@pytest.mark.skipif(shutil.which("lpstat") is not None, reason="this computer has printers of its own")
def test_every_sheet_of_a_workbook_is_printed_on_paper_of_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice by itself prints the one sheet that lies on top; what comes to lpr is counted here."""
    usual = os.environ["PATH"]
    install(tmp_path, monkeypatch, lpstat=PRINTER, lpr=f'cat > "{tmp_path}/job-$$.pdf"')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{usual}")
    with xlsxwriter.Workbook(tmp_path / "整改汇总表.xlsx") as book:
        for name, paper in (("总览", 9), ("台账", 8), ("单位", 9)):
            sheet = book.add_worksheet(name)
            sheet.set_paper(paper)
            sheet.write_string(0, 0, name)
    print_out((tmp_path / "整改汇总表.xlsx",))
    printed = {}
    for job in sorted(tmp_path.glob("job-*.pdf")):
        with pdfplumber.open(job) as pages:
            printed |= {(page.extract_text() or "").split()[-1]: round(mm(page.height)) for page in pages.pages}
    assert {name: printed[name] for name in printed} == {"总览": 297, "台账": 420, "单位": 297}


def test_the_sheets_are_selected_however_the_workbook_was_written(tmp_path: Path) -> None:
    views = (
        '<sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/>',
        '<sheetView tabSelected="0" workbookViewId="0"><pane ySplit="3"/></sheetView>',
        '<x:sheetView workbookViewId="0"/>',
    )
    book = tmp_path / "a.xlsx"
    with zipfile.ZipFile(book, "w") as package:
        for at, view in enumerate(views):
            package.writestr(f"xl/worksheets/sheet{at}.xml", f"<worksheet>{view}<a/></worksheet>")
        package.writestr("xl/workbook.xml", views[0])
    libreoffice._made_ready(book)
    with zipfile.ZipFile(book) as package:
        told = [package.read(name).decode() for name in package.namelist()]
    assert told == [
        '<worksheet><sheetView showGridLines="0" workbookViewId="0" tabSelected="1"/><a/></worksheet>',
        '<worksheet><sheetView workbookViewId="0" tabSelected="1"><pane ySplit="3"/></sheetView><a/></worksheet>',
        '<worksheet><x:sheetView workbookViewId="0" tabSelected="1"/><a/></worksheet>',
        views[0],
    ]


def with_linked_picture(path: Path, address: str) -> Path:
    """A document as somebody may have edited it: one paragraph, one picture that lies on a server."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml

    document = docx.Document()
    paragraph = document.add_paragraph("整改落实情况")
    link = document.part.relate_to(address, RELATIONSHIP_TYPE.IMAGE, is_external=True)
    spaces = 'xmlns:{0}="http://schemas.openxmlformats.org/{1}"'
    a, w, r = (
        spaces.format("a", "drawingml/2006/main"),
        spaces.format("w", "wordprocessingml/2006/main"),
        spaces.format("r", "officeDocument/2006/relationships"),
    )
    wp, pic = (
        spaces.format("wp", "drawingml/2006/wordprocessingDrawing"),
        spaces.format("pic", "drawingml/2006/picture"),
    )
    paragraph.add_run()._r.append(
        parse_xml(
            f'<w:drawing {w} {wp} {a} {pic} {r}><wp:inline><wp:extent cx="99999" cy="99999"/>'
            '<wp:docPr id="1" name="p"/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            '<pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:link="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="99999" cy="99999"/></a:xfrm>'
            '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
    )
    document.save(str(path))
    return path
