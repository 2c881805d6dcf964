"""The bulletin as a file: set in the template as the office left it, and nothing in the text is more than text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rectify_tool.document import write_document
from rectify_tool.document.filling import fill
from rectify_tool.document.template import read_part
from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import OUTPUT_CATEGORY, Field, Paper, Paragraph, Sentence, Standing, printable
from rectify_tool.outbox import deliver
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
    root = etree.fromstring(part(path, name).encode(), etree.XMLParser(huge_tree=True))
    return "\n".join("".join(_said(node) for node in one.iter()) for one in root.iter(f"{W}p"))


def _said(node: etree._Element) -> str:
    return node.text or "" if node.tag == f"{W}t" else {f"{W}noBreakHyphen": "-", f"{W}br": "\n"}.get(node.tag, "")


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
    "甲<乙>&丙", "&amp;&#60;", "{{ title }}", "{% for x in y %}", "{# 注 #}", "{_{ x }_}", "{%p if x %}", "}}{{",
    "=cmd|'/c calc'!A1", "]]>", "<!--p-->", "</w:t></w:r></w:p>", "a\x00b\x0bc\ud800d\ufffe", "\x1b[31m", "😀𠮷",
    "\u202e反写\u200f", "“引”——……", "4-2、2016-05-20", "行一\n行二", "\ue0001\ue001", "长" * 40_000,
    "x" * 3_000, "{{ config.__class__ }}", "\u3000前后\u3000",
)  # fmt: skip
OFFICE_TEXTS = ("name", "sender", "title", "secrecy", "serial", "mark", "report_to", "send_to", "issuer", "copies")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text_wherever_it_stands(text: str, tmp_path: Path) -> None:
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    one = verdict(
        "1-1", Standing.OVERDUE, matter=text, lead="甲" + text, replies=[reply("甲" + text, "1-1", progress=text)]
    )
    paper = make_bulletin(outcome(one, using=rules(**dict.fromkeys(OFFICE_TEXTS, text))))
    fields = {**paper.fields, "title": text, "overdue": tuple(_with_text_everywhere(paper, text))}
    path = written(replace(paper, fields=fields), tmp_path)
    assert [said.text for said in docx.Document(str(path)).paragraphs if said.style.name == "公文标题"] == [kept]
    (cells,) = {tuple(cell.text for cell in (*row.cells[:5], *row.cells[6:])) for row in _rows(path)}
    assert set(cells) == {kept}
    for sentence in paper.sentences:
        assert printable(sentence.text) in words(path)
    with zipfile.ZipFile(path) as package:
        for name in [one for one in package.namelist() if one.endswith((".xml", ".rels"))]:
            etree.fromstring(package.read(name), etree.XMLParser(huge_tree=True))


def _with_text_everywhere(paper: Paper, text: str) -> list[Field]:
    rows = paper.fields["overdue"]
    assert isinstance(rows, tuple)
    return [dict.fromkeys(row, text) for row in rows if isinstance(row, Mapping)]


def _rows(path: Path) -> list[Any]:
    return docx.Document(str(path)).tables[0].rows[1:]


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_is_set_as_its_printable_characters(text: str) -> None:
    xml = f'<w:hdr xmlns:w="{W[1:-1]}"><w:p><w:r><w:t>{{{{ title }}}}</w:t></w:r></w:p></w:hdr>'
    (made,) = fill([read_part("x", "页眉", xml.encode())], {"title": text})[0].values()
    assert "".join(_said(node) for node in etree.fromstring(made.encode()).iter()) == printable(text)


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
    assert "正文第1张表第3行“{{ row.neirong }}”：没有“neirong”这一项" in message and "matter" in message


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
    def write(folder: Path) -> None:
        write_document(make_bulletin(story()), TEMPLATE, folder / "没有" / "x.docx")

    with pytest.raises(RectifyError, match="没有这个文件或文件夹。原有的成果没有改动，请处理后重试") as caught:
        deliver(tmp_path, "第8期", write)
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
    fonts = [run.find(f"{W}rPr/{W}rFonts") for run in runs if run.find(f"{W}t") is not None]
    assert {font.get(f"{W}hint") for font in fonts if font is not None} == {"eastAsia"}
    settings = part(path, "word/settings.xml")
    assert 'w:name="compatibilityMode"' in settings and 'w:val="15"' in settings and "evenAndOddHeaders" in settings


def test_the_bulletin_is_the_one_that_was_read(tmp_path: Path) -> None:
    check_golden(written(make_bulletin(story()), tmp_path), "督查专报", r"word/(document|header\d|footer\d)\.xml")


def test_a_paragraph_with_line_ends_breaks_its_lines(tmp_path: Path) -> None:
    paper = make_bulletin(story())
    broken = replace(paper, fields={**paper.fields, "opening": Paragraph((Sentence("行一\n行二"),))})
    assert "<w:br/>" in part(written(broken, tmp_path))
