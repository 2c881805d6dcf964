"""The bulletin as a file: set in the template as the office left it, and nothing in the text is more than text."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree

from rectify_tool.document import write_document
from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import OUTPUT_CATEGORY, Paper, Paragraph, Sentence, Standing
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.places import templates_folder
from tests.golden_files import check_golden
from tests.papers_builder import outcome, reply, rules, story, verdict

TEMPLATE = templates_folder() / "督查专报.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(paper: Paper, folder: Path, template: Path = TEMPLATE) -> Path:
    write_document(paper, template, folder / "督查专报第8期.docx")
    return folder / "督查专报第8期.docx"


def part(path: Path, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def words(path: Path, name: str = "word/document.xml") -> str:
    root = etree.fromstring(part(path, name).encode())
    return "\n".join("".join(text.text or "" for text in one.iter(f"{W}t")) for one in root.iter(f"{W}p"))


def edited(folder: Path, edit: Callable[[str], str]) -> Path:
    """A template an office has edited."""
    target = folder / "督查专报.docx"
    with zipfile.ZipFile(TEMPLATE) as given, zipfile.ZipFile(target, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            made.writestr(name, edit(content.decode()) if name == "word/document.xml" else content)
    return target


def refused(folder: Path, template: Path) -> str:
    with pytest.raises(RectifyError) as caught:
        written(make_bulletin(story()), folder, template)
    assert caught.value.stop is Stop.SETTINGS_UNUSABLE
    assert not (folder / "督查专报第8期.docx").exists()
    return caught.value.message


def test_everything_the_paper_says_stands_in_the_document(tmp_path: Path) -> None:
    paper = make_bulletin(story(secrecy="内部资料", send_to="各责任单位"))
    said = words(written(paper, tmp_path))
    for sentence in paper.sentences:
        assert sentence.text in said.replace("\n", "")
    for heading in ("内部资料", "督查专报", "第8期", "一、总体情况", "附件1", "逾期清单", "中共示例区委督查室"):
        assert heading in said
    assert "{" not in said and "}" not in said


def test_the_mark_is_on_every_page_and_the_imprint_in_the_last_sections_foot(tmp_path: Path) -> None:
    path = written(make_bulletin(story()), tmp_path)
    with zipfile.ZipFile(path) as package:
        headers = [name for name in package.namelist() if name.startswith("word/header")]
        footers = [name for name in package.namelist() if name.startswith("word/footer")]
    assert len(headers) == 2 and all(words(path, name) == "示例·虚构" for name in headers)
    imprints = [words(path, name) for name in footers if "印发" in words(path, name)]
    assert len(imprints) == 2 and all("报：区委书记、副书记" in one and "共印60份" in one for one in imprints)
    assert all("送：" not in one for one in imprints)


def test_without_an_imprint_there_is_no_page_for_it_and_without_attachments_none_for_them(tmp_path: Path) -> None:
    bare = make_bulletin(outcome(verdict("1-1")))
    assert len(docx.Document(str(written(bare, tmp_path))).sections) == 1
    listed = make_bulletin(outcome(verdict("1-1", Standing.OVERDUE)))
    assert len(docx.Document(str(written(listed, tmp_path))).sections) == 2
    assert len(docx.Document(str(written(make_bulletin(story()), tmp_path))).sections) == 3


def test_tables_hold_one_row_an_item_under_a_heading_that_repeats(tmp_path: Path) -> None:
    document = docx.Document(str(written(make_bulletin(story()), tmp_path)))
    overdue = document.tables[0]
    assert [row.cells[1].text for row in overdue.rows] == ["编号", "4-1", "4-2", "5-1"]
    assert overdue.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in overdue.rows)
    assert [len(table.rows) for table in document.tables] == [4, 3, 5]


HOSTILE = (
    "甲<乙>&丙", "{{ title }}", "{% for x in y %}", "{# 注 #}", "{_{ x }_}", "{%p if x %}", "=cmd|'/c calc'!A1",
    "]]>", "<w:p/>", "a\x00b\x0bc\ud800d\ufffe", "😀", "\u202e反写", "“引”——……", "行一\n行二", "{{ config.__class__ }}",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str, tmp_path: Path) -> None:
    one = verdict(
        "1-1", Standing.OVERDUE, matter=text, lead="甲" + text, replies=[reply("甲" + text, "1-1", progress=text)]
    )
    paper = make_bulletin(outcome(one, using=rules(title=text, sender=text, report_to=text)))
    path = written(paper, tmp_path)
    kept = re.sub("[\x00-\x08\x0b\ud800\ufffe]", "", text)
    titles = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs if "标题" in paragraph.style.name]
    assert titles == [kept]


def test_forty_thousand_characters_go_through(tmp_path: Path) -> None:
    long = replace(make_bulletin(story()), fields={**make_bulletin(story()).fields, "title": "长" * 40_000})
    assert "长" * 40_000 in words(written(long, tmp_path))


# ---------------------------------------------------------------- 模板 ----


def test_an_offices_own_template_is_used(tmp_path: Path) -> None:
    template = edited(tmp_path, lambda xml: xml.replace("{{ title }}", "关于{{ title }}的报告"))
    assert "关于关于整改任务落实情况的督查专报的报告" in words(written(make_bulletin(story()), tmp_path, template))


def test_an_unknown_tag_is_named_with_its_place_and_what_there_is(tmp_path: Path) -> None:
    message = refused(tmp_path, edited(tmp_path, lambda xml: xml.replace("{{ title }}", "{{ biaoti }}")))
    assert "模板“督查专报.docx”" in message and "“biaoti”" in message and "“{{ biaoti }}”" in message
    assert re.search(r"正文第\d+段", message) and "title" in message


def test_an_unknown_tag_within_a_row_is_named_too(tmp_path: Path) -> None:
    message = refused(tmp_path, edited(tmp_path, lambda xml: xml.replace("{{ row.matter }}", "{{ row.neirong }}", 1)))
    assert "“neirong”" in message and re.search(r"正文第\d+段", message)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("{{ title }}", "{{ title }", "{{ title }"),
        ("{%p endif %}", "", "endif"),
        ("{%p for part in parts %}", "", "endfor"),
        ("{{ title }}", "{{ title | }}", "{{ title | }}"),
    ],
)
def test_a_broken_tag_stops_the_work_and_says_where(before: str, after: str, says: str, tmp_path: Path) -> None:
    message = refused(tmp_path, edited(tmp_path, lambda xml: xml.replace(before, after, 1)))
    assert says in message and "请改正后再运行" in message
    assert not re.search(r"Traceback|jinja|Error|line \d", message)


def test_a_template_cannot_reach_into_the_program(tmp_path: Path) -> None:
    reach = "{{ ''.__class__.__mro__ }}"
    assert "督查专报.docx" in refused(tmp_path, edited(tmp_path, lambda xml: xml.replace("{{ title }}", reach)))


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04 broken"])
def test_a_template_that_is_no_document_says_so(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "督查专报.docx").write_bytes(content)
    assert "不是能打开的 Word 文档" in refused(tmp_path, tmp_path / "督查专报.docx")


def test_a_workbook_renamed_to_a_template_says_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "督查专报.docx", "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert "不是能打开的 Word 文档" in refused(tmp_path, tmp_path / "督查专报.docx")


def test_a_missing_template_says_so(tmp_path: Path) -> None:
    assert "打不开" in refused(tmp_path, tmp_path / "没有.docx")


# ---------------------------------------------------------------- 存盘 ----


def test_a_place_that_cannot_be_written_stops_the_work_and_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match="关闭后重试") as caught:
        write_document(make_bulletin(story()), TEMPLATE, tmp_path / "没有" / "x.docx")
    assert caught.value.stop is Stop.CANNOT_WRITE


def test_the_file_says_it_is_ours_and_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    path = written(make_bulletin(story()), tmp_path)
    first = path.read_bytes()
    core = part(path, "docProps/core.xml")
    assert OUTPUT_CATEGORY in core and "整改督查工具" in core and "督查专报第8期" in core
    assert written(make_bulletin(story()), tmp_path).read_bytes() == first


def test_fonts_are_named_for_chinese_and_no_theme_font_is_left(tmp_path: Path) -> None:
    path = written(make_bulletin(story()), tmp_path)
    styles = part(path, "word/styles.xml")
    assert not re.search(r"w:(ascii|hAnsi|eastAsia|cs)[Tt]heme", styles + part(path))
    runs = etree.fromstring(part(path).encode()).iter(f"{W}r")
    hints = {run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") for run in runs if run.find(f"{W}t") is not None}
    assert hints == {"eastAsia"}
    settings = part(path, "word/settings.xml")
    assert 'w:name="compatibilityMode"' in settings and 'w:val="15"' in settings and "evenAndOddHeaders" in settings


def test_the_bulletin_is_the_one_that_was_read(tmp_path: Path) -> None:
    check_golden(written(make_bulletin(story()), tmp_path), "督查专报", r"word/(document|header\d|footer\d)\.xml")


def test_the_template_is_the_one_its_script_makes() -> None:
    import sys

    sys.path.insert(0, str(TEMPLATE.parent))
    try:
        from make_templates import make_bulletin_template
    finally:
        sys.path.remove(str(TEMPLATE.parent))
    with zipfile.ZipFile(io.BytesIO(make_bulletin_template())) as made, zipfile.ZipFile(TEMPLATE) as kept:
        assert {name: made.read(name) for name in made.namelist()} == {
            name: kept.read(name) for name in kept.namelist()
        }


def test_a_paragraph_with_line_ends_breaks_its_lines(tmp_path: Path) -> None:
    paper = make_bulletin(story())
    broken = replace(paper, fields={**paper.fields, "opening": Paragraph((Sentence("行一\n行二"),))})
    assert "<w:br/>" in part(written(broken, tmp_path))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to render")
def test_a_full_page_holds_22_lines_of_28_characters_from_28_mm(tmp_path: Path) -> None:
    pymupdf = pytest.importorskip("pymupdf")
    paper = make_bulletin(story())
    full = replace(paper, fields={**paper.fields, "opening": Paragraph((Sentence("中" * 2000),))})
    profile = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    target = ["--outdir", str(tmp_path), str(written(full, tmp_path))]
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", *target]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    page = pymupdf.open(tmp_path / "督查专报第8期.pdf")[1]
    lines = [
        ("".join(span["text"] for span in line["spans"]), line["bbox"])
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", ())
    ]
    body = [box for text, box in lines if text == "中" * 28]
    assert len(body) == 22
    assert body[0][0] / 72 * 25.4 == pytest.approx(28.0, abs=0.5)
    assert (body[-1][1] - body[0][1]) / 21 == pytest.approx(28.95, abs=0.1)
    assert lines[-1][0].replace(" ", "") == "—2—"
