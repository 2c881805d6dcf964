"""Templates an office edits: what it may do to them, and what it is told when it went wrong."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rectify_tool.document import write_document
from rectify_tool.document.filling import fill
from rectify_tool.document.template import Part, WrongTag, read_part
from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import Field, Paper, Paragraph
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.tags import GROUPS, TAGS, sample_fields, typed
from rectify_tool.places import layouts, template
from rectify_tool.story.templates import hand_out_templates
from tests.papers_builder import outcome, story, verdict
from tests.rendered import needs_office

DEFAULT = template(Path("没有"), "督查专报.docx")
NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NS}}}"
DAY = date(2016, 5, 20)
STORY = make_bulletin(story())


def paragraph(*texts: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr><w:tc>{row}</w:tc></w:tr>" for row in rows) + "</w:tbl>"


def body(*blocks: str) -> Part:
    xml = f'<w:document xmlns:w="{NS}"><w:body>{"".join(blocks)}</w:body></w:document>'
    return read_part("word/document.xml", "正文", xml.encode())


def filled(part: Part, **fields: Field) -> str:
    """The paragraphs of a part after filling, line by line; a part that is not well-formed fails here."""
    (text,) = fill([part], fields)[0].values()
    root = etree.fromstring(text.encode())
    return "\n".join(line(one) for one in root.iter(f"{W}p"))


def line(element: etree._Element) -> str:
    marks = {f"{W}noBreakHyphen": "-", f"{W}br": "/"}
    return "".join(node.text or "" if node.tag == f"{W}t" else marks.get(node.tag, "") for node in element.iter())


def wrong(*blocks: str, **fields: Field) -> str:
    with pytest.raises(WrongTag) as caught:
        fill([body(*blocks)], fields)
    return str(caught.value)


# ---------------------------------------------------------------- 标签 ----


@pytest.mark.parametrize(
    "texts",
    [
        ("{{ title }}",),
        ("{", "{ ti", "tle }", "}"),
        ("{{title}}",),
        ("{{　title　}}",),
        ("{{ ", "title", " }}"),
    ],
)
def test_a_tag_is_one_tag_however_word_has_cut_it(texts: tuple[str, ...]) -> None:
    assert filled(body(paragraph("关于", *texts, "的报告")), title="整改") == "关于整改的报告"


def test_spelling_marks_and_bookmarks_within_a_tag_do_no_harm() -> None:
    marks = '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="x"/>'
    cut = paragraph("{{ ", "title", " }}").replace("</w:r><w:r>", f"</w:r>{marks}<w:r>")
    assert filled(body(cut), title="整改") == "整改"


@given(st.lists(st.integers(0, 27), max_size=6))
def test_wherever_the_runs_are_cut_the_same_is_filled(cuts: list[int]) -> None:
    text = "前{{ title }}中{{ number }}后，"
    places = [0, *sorted(cuts), len(text)]
    pieces = [text[start:stop] for start, stop in pairwise(places)]
    assert filled(body(paragraph(*pieces)), title="甲", number="8") == "前甲中8后，"


def test_the_first_run_of_a_cut_tag_gives_its_look() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{ ti</w:t></w:r><w:r><w:t>tle }}</w:t></w:r></w:p>"
    (text,) = fill([body(bold)], {"title": "甲"})[0].values()
    assert re.search(r"<w:b/></w:rPr><w:t[^>]*>甲</w:t>", text)


def test_a_remark_in_the_template_is_not_printed() -> None:
    assert filled(body(paragraph("{# 这里写标题 #}{{ title }}")), title="甲") == "甲"


def test_a_condition_within_a_paragraph_may_span_runs() -> None:
    runs = body(paragraph("第{% if sender %}", "甲", "{{ sender }}{% endif %}", "号"))
    assert filled(runs, sender="乙") == "第甲乙号" and filled(runs, sender="") == "第号"


def test_a_paragraph_tag_leaves_no_empty_line_and_a_row_tag_no_empty_row() -> None:
    rows = table(paragraph("{%tr for row in rows %}"), paragraph("{{ row.no }}"), paragraph("{%tr endfor %}"))
    part = body(paragraph("{%p if rows %}"), paragraph("清单"), rows, paragraph("{%p endif %}"))
    assert filled(part, rows=({"no": "甲"}, {"no": "乙"})) == "清单\n甲\n乙"
    assert filled(part, rows=()) == ""


def test_a_cell_whose_paragraphs_all_go_keeps_one_as_word_wants() -> None:
    cell = table(paragraph("{%p if due %}") + paragraph("{{ due }}") + paragraph("{%p endif %}"))
    (empty,) = fill([body(cell)], {"due": ""})[0].values()
    (full,) = fill([body(cell)], {"due": "甲"})[0].values()
    assert "<w:tc><w:p/></w:tc>" in empty and full.count("<w:p>") == 1 and "<w:p/>" not in full


def test_rows_of_a_nested_table_repeat_within_their_own() -> None:
    inner = table(paragraph("{%tr for row in rows %}"), paragraph("{{ row.no }}"), paragraph("{%tr endfor %}"))
    assert filled(body(table(inner + paragraph("完"))), rows=({"no": "甲"}, {"no": "乙"})) == "甲\n乙\n完"


def test_chinese_quotes_in_a_condition_are_read_as_quotes() -> None:
    part = body(paragraph("{% if secrecy == “内部资料” %}内{% else %}外{% endif %}"))
    assert filled(part, secrecy="内部资料") == "内" and filled(part, secrecy="") == "外"


def test_a_hyphen_between_digits_does_not_end_a_line_and_others_stay() -> None:
    (text,) = fill([body(paragraph("{{ no }}"))], {"no": "4-2-1、2016-05-20、A-1、－"})[0].values()
    assert text.count("<w:noBreakHyphen/>") == 4 and "A-1" in text
    assert filled(body(paragraph("{{ no }}")), no="4-2-1、A-1") == "4-2-1、A-1"


# ---------------------------------------------------------------- 写错的标签 ----

LOOP = (paragraph("{%p for part in parts %}"), paragraph("{{ part.heading }}"))
WRONG: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("全角花括号", (paragraph("｛｛ title ｝｝"),), ("正文第1段“｛｛ title ｝｝”", "全角")),
    ("只有一半全角", (paragraph("｛{ title }}"),), ("｛{ title }}", "全角")),
    ("全角百分号", (paragraph("{％p if title %}"),), ("{％p if title %}",)),
    ("少一个括号", (paragraph("{{ title }"),), ("“{{ title }”", "没有成对")),
    ("只有单括号", (paragraph("{ title }"),), ("“{ title }”", "没有成对")),
    ("跨两段", (paragraph("{{ title"), paragraph("}}")), ("正文第1段", "同一段")),
    ("两个连成一个", (paragraph("{{ title } 第{{ number }}期"),), ("{{ title } 第{{ number }}", "只能写名称")),
    ("算式", (paragraph("{{ title + 1 }}"),), ("{{ title + 1 }}", "只能写名称")),
    ("过滤器", (paragraph("{{ title|safe }}"),), ("{{ title|safe }}", "只能写名称")),
    ("空标签", (paragraph("{{ }}"),), ("{{ }}", "只能写名称")),
    ("中文的名称", (paragraph("{{ 标题 }}"),), ("正文第1段“{{ 标题 }}”", "没有“标题”这个填空", "填空说明")),
    ("没有的名称", (paragraph("{{ biaoti }}"),), ("正文第1段“{{ biaoti }}”", "没有“biaoti”这一项", "title")),
    ("循环外的行", (paragraph("{{ row.no }}"),), ("{{ row.no }}", "没有“row”这一项", "for 和 endfor 之间")),
    ("行里没有的名称", (*LOOP[:1], paragraph("{{ part.x }}"), paragraph("{%p endfor %}")), ("“x”", "有：heading")),
    ("列表当文字", (paragraph("{{ parts }}"),), ("{{ parts }}", "不能直接写成文字")),
    ("一行当文字", (*LOOP[:1], paragraph("{{ part }}"), paragraph("{%p endfor %}")), ("{{ part }}", "不能直接写")),
    ("条件里没有的名称", (paragraph("{% if biaoti %}甲{% endif %}"),), ("{% if biaoti %}", "没有“biaoti”这一项")),
    ("条件没写完", (paragraph("{% if title == %}甲{% endif %}"),), ("{% if title == %}", "条件没有写完")),
    ("条件里的全角", (paragraph("{% if title，number %}甲{% endif %}"),), ("{% if title，number %}", "中文标点")),
    ("少 endif", (paragraph("{%p if title %}"), paragraph("甲")), ("正文第1段“{%p if title %}”", "{%p endif %}")),
    ("少 endfor", LOOP, ("{%p for part in parts %}", "没有结束", "{%p endfor %}")),
    ("多 endif", (paragraph("甲"), paragraph("{%p endif %}")), ("正文第2段“{%p endif %}”", "前面没有与它成对的 if")),
    ("交叉", (*LOOP, paragraph("{%p if title %}"), paragraph("{%p endfor %}")), ("第3段“{%p if title %}”", "先遇到了")),
    ("不是同一种", (paragraph("{%p if title %}"), paragraph("甲{% endif %}")), ("{% endif %}", "{%p endif %}")),
    ("不在一处", (table(paragraph("{%p if title %}"), paragraph("{%p endif %}")),), ("第1张表第2行", "不在同一处")),
    ("段里有别的字", (paragraph("甲{%p if title %}"), paragraph("{%p endif %}")), ("要独占一段", "别的内容")),
    ("行在表外", (paragraph("{%tr for row in parts %}"),), ("{%tr for row in parts %}", "不能写在表格外面")),
    ("行里有别的字", (table(paragraph("{%tr for row in parts %}") + paragraph("甲")),), ("要独占一行",)),
    ("循环写法", (paragraph("{%p for parts %}"),), ("{%p for parts %}", "for 名称 in 列表")),
    ("不认识的词", (paragraph("{% include x %}"),), ("{% include x %}", "只认得")),
    ("关掉转义", (paragraph("{% autoescape false %}"),), ("只认得",)),
    ("域里的标签", ("<w:p><w:r><w:instrText>{{ title }}</w:instrText></w:r></w:p>",), ("{{ title }}", "域")),
    ("探入程序", (paragraph("{{ title.__class__ }}"),), ("{{ title.__class__ }}", "没有“__class__”")),
    ("调用", (paragraph("{% if title.upper() %}甲{% endif %}"),), ("没有“upper”",)),
    ("公文之外", (paragraph("{% for x in range %}甲{% endfor %}"),), ("没有“range”",)),
)  # fmt: skip


@pytest.mark.parametrize(("blocks", "says"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_a_wrong_tag_is_named_with_its_place_and_what_to_do(blocks: tuple[str, ...], says: tuple[str, ...]) -> None:
    message = wrong(*blocks, title="甲", number="8", parts=({"heading": "一"},))
    assert all(one in message for one in says), message
    assert not re.search(r"Traceback|jinja|Error|dict object|\bline \d", message)


@given(st.text(alphabet="{}%# ptrifornend", max_size=40))
def test_whatever_is_typed_is_filled_or_refused_and_never_half_understood(text: str) -> None:
    try:
        said = filled(body(paragraph(text)), title="甲")
    except WrongTag:
        return
    assert not set(said) & set("{}")


# ---------------------------------------------------------------- 整个模板 ----


def edited(folder: Path, edit: Callable[[str], str], part: str = r"word/document\.xml") -> Path:
    """The shipped template as an office has edited it."""
    target = folder / "督查专报.docx"
    with zipfile.ZipFile(DEFAULT) as given, zipfile.ZipFile(target, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            made.writestr(name, edit(content.decode()) if re.fullmatch(part, name) else content)
    return target


def refused(folder: Path, form: Path, paper: Paper | None = None) -> str:
    with pytest.raises(RectifyError) as caught:
        write_document(paper or make_bulletin(story()), form, folder / "成果.docx", sample_fields())
    assert caught.value.stop is Stop.SETTINGS_UNUSABLE
    assert not (folder / "成果.docx").exists()
    return caught.value.message


def test_a_wrong_tag_is_found_even_where_this_paper_has_nothing_to_set_there(tmp_path: Path) -> None:
    empty = make_bulletin(outcome())
    assert empty.fields["overdue"] == ()
    form = edited(tmp_path, lambda xml: xml.replace("{{ row.matter }}", "{{ row.neirong }}", 1))
    assert "“neirong”" in refused(tmp_path, form, empty)


@pytest.mark.parametrize("where", ["header", "footer"])
def test_an_unknown_tag_in_the_header_or_footer_says_where(where: str, tmp_path: Path) -> None:
    add = paragraph("{{ biaoti }}")
    form = edited(tmp_path, lambda xml: re.sub(r"(</w:(?:hdr|ftr)>)", add + r"\1", xml), rf"word/{where}1\.xml")
    message = refused(tmp_path, form)
    assert {"header": "页眉", "footer": "页脚"}[where] in message and "biaoti" in message


def test_a_tag_in_a_text_box_is_filled_and_a_wrong_one_says_where() -> None:
    box = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('{{ title }}')}</w:txbxContent></w:pict></w:r></w:p>"
    assert "甲" in filled(body(box), title="甲")
    assert "正文的文本框" in wrong(box, number="8")


def test_a_template_without_any_tag_is_refused_because_the_paper_would_say_nothing(tmp_path: Path) -> None:
    blank = docx.Document()
    blank.add_paragraph("督查专报")
    blank.save(str(tmp_path / "督查专报.docx"))
    message = refused(tmp_path, tmp_path / "督查专报.docx")
    assert "opening" in message and "会缺少内容" in message


def test_a_template_that_dropped_the_text_is_refused(tmp_path: Path) -> None:
    def drop(xml: str) -> str:
        root = etree.fromstring(xml.encode())
        for one in [one for one in root.iter(f"{W}p") if line(one) == "{{ paragraph }}"]:
            one.getparent().remove(one)
        return etree.tostring(root, encoding="unicode")

    assert "填空“parts”" in refused(tmp_path, edited(tmp_path, drop))


def test_masthead_and_imprint_may_be_dropped_but_no_table_the_text_speaks_of(tmp_path: Path) -> None:
    plain = docx.Document()
    for text in ("{{ title }}", "{{ opening }}", "{%p for part in parts %}", "{%p for section in part.sections %}",
                 "{%p for paragraph in section.paragraphs %}", "{{ paragraph }}", *["{%p endfor %}"] * 3):  # fmt: skip
        plain.add_paragraph(text)
    plain.save(str(tmp_path / "督查专报.docx"))
    message = refused(tmp_path, tmp_path / "督查专报.docx")
    assert "“逾期清单”：模板里没有这张表" in message and "{%tr for row in overdue %}" in message
    bare = make_bulletin(outcome(verdict("1-1")))
    write_document(bare, tmp_path / "督查专报.docx", tmp_path / "成果.docx", sample_fields())
    said = [one.text for one in docx.Document(str(tmp_path / "成果.docx")).paragraphs]
    opening = bare.fields["opening"]
    assert isinstance(opening, Paragraph) and opening.text in said


NOT_WORD: tuple[tuple[str, bytes, str], ...] = (
    ("空文件", b"", "是空文件"),
    ("旧格式", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧的 .doc"),
    ("加密", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    ("RTF", b"{\\rtf1\\ansi }", "RTF"),
    ("网页", b"<html><body>{{ title }}</body></html>", "网页"),
    ("文字", "督查专报".encode(), "另存为"),
    ("断了的", DEFAULT.read_bytes()[:5000], "损坏"),
)


@pytest.mark.parametrize(("content", "says"), [one[1:] for one in NOT_WORD], ids=[one[0] for one in NOT_WORD])
def test_what_is_no_word_document_says_what_it_is(content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "督查专报.docx").write_bytes(content)
    message = refused(tmp_path, tmp_path / "督查专报.docx")
    assert says in message and "改用默认模板" in message


def test_a_part_that_is_no_xml_and_one_with_an_entity_are_refused(tmp_path: Path) -> None:
    assert "损坏" in refused(tmp_path, edited(tmp_path, lambda xml: xml[:-9]))
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]>'
    form = edited(tmp_path, lambda xml: re.sub(r"(<\?xml[^>]*>)", r"\1" + bomb, xml).replace("{{ title }}", "&a;"))
    with pytest.raises(RectifyError):
        write_document(make_bulletin(story()), form, tmp_path / "成果.docx", sample_fields())


@given(st.lists(st.tuples(st.integers(0, len(DEFAULT.read_bytes()) - 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_template_is_used_or_refused_and_is_never_a_bug(damage: list[tuple[int, int]]) -> None:
    content = bytearray(DEFAULT.read_bytes())
    for at, byte in damage:
        content[at] = byte
    with tempfile.TemporaryDirectory() as held:
        (Path(held) / "督查专报.docx").write_bytes(content)
        with contextlib.suppress(RectifyError):
            write_document(STORY, Path(held) / "督查专报.docx", Path(held) / "成果.docx", sample_fields())
            assert docx.Document(str(Path(held) / "成果.docx")).paragraphs


@given(st.integers(0, 10_000), st.sampled_from(["", "{", "}", "%", "｛", " ", "x", ".", "“", "|"]))
def test_one_character_changed_in_a_tag_is_refused_with_its_place_or_does_no_harm(at: int, typed_in: str) -> None:
    with zipfile.ZipFile(DEFAULT) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    nodes = [node for node in root.iter(f"{W}t") if "{" in (node.text or "")]
    node = nodes[at % len(nodes)]
    place = at % len(node.text)
    node.text = node.text[:place] + typed_in + node.text[place + 1 :]
    try:
        (text,) = fill([read_part("x", "正文", etree.tostring(root))], STORY.fields, sample_fields())[0].values()
    except WrongTag as error:
        assert str(error).startswith("正文")
    else:
        assert not set(line(etree.fromstring(text.encode()))) & set("{}｛｝")


@needs_office
def test_the_shipped_template_saved_by_libreoffice_says_the_same(tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / '.lo').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path), str(DEFAULT)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    paper = make_bulletin(story())
    for form, name in ((DEFAULT, "原.docx"), (tmp_path / "督查专报.docx", "存.docx")):
        write_document(paper, form, tmp_path / name, sample_fields())
    first, second = (docx.Document(str(tmp_path / name)) for name in ("原.docx", "存.docx"))
    assert [one.text for one in first.paragraphs if one.text] == [one.text for one in second.paragraphs if one.text]
    rows = [[[cell.text for cell in row.cells] for one in made.tables for row in one.rows] for made in (first, second)]
    assert rows[0] == rows[1]


def test_eight_thousand_rows_are_set_and_read_back(tmp_path: Path) -> None:
    paper = make_bulletin(story())
    overdue = paper.fields["overdue"]
    assert isinstance(overdue, tuple)
    rows = tuple({**row, "no": f"{at}-1"} for at, row in enumerate(overdue * 2667, 1) if isinstance(row, Mapping))
    many = Paper(paper.template, paper.title, paper.day, {**paper.fields, "overdue": rows})
    write_document(many, DEFAULT, tmp_path / "成果.docx", sample_fields())
    with zipfile.ZipFile(tmp_path / "成果.docx") as package:
        tree = etree.fromstring(package.read("word/document.xml"), etree.XMLParser(huge_tree=True))
    table_rows = next(tree.iter(f"{W}tbl")).findall(f"{W}tr")
    assert len(table_rows) == 8001 + 1 and "8001-1" in line(table_rows[-1])
    assert len(docx.Document(str(tmp_path / "成果.docx")).tables[0]._tbl.tr_lst) == 8002


# ---------------------------------------------------------------- 填空说明 ----


def shape(field: Field, path: str) -> Iterator[str]:
    """Every name in the fields, with dots: what there is to be explained."""
    if isinstance(field, Mapping):
        for name, inner in field.items():
            below = f"{path}.{name}" if path else name
            yield below
            yield from shape(inner, below)
    elif isinstance(field, tuple):
        for inner in field:
            yield from shape(inner, path)


def test_every_tag_of_a_real_paper_is_explained_and_no_other() -> None:
    assert {tag.path for tag in TAGS} == set(shape(make_bulletin(story(serial="1")).fields, ""))
    assert len({tag.path for tag in TAGS}) == len(TAGS)
    assert all(tag.holds for tag in TAGS)


def test_the_sample_has_the_shape_of_a_real_paper_with_something_in_every_place() -> None:
    sample = sample_fields()
    assert set(shape(sample, "")) == set(shape(make_bulletin(story()).fields, ""))
    assert all(sample.values())


@pytest.mark.parametrize("layout", layouts())
def test_every_tag_of_the_shipped_templates_is_in_the_guide(layout: str, tmp_path: Path) -> None:
    told = "".join(typed(tag) for tag in TAGS)
    with zipfile.ZipFile(layouts()[layout]) as package:
        parts = [package.read(name) for name in package.namelist() if re.match(r"word/(document|header|footer)", name)]
    text = "".join(line(etree.fromstring(one)) for one in parts)
    values = set(re.findall(r"{{ [\w.]+ }}", text))
    assert len(values) > 30 and not {one for one in values if one not in told}
    write_document(make_bulletin(story()), layouts()[layout], tmp_path / "成果.docx", sample_fields())


def test_the_guide_shows_every_tag_as_it_is_typed_and_how_to_go_back(tmp_path: Path) -> None:
    given = hand_out_templates(tmp_path, None, DAY)
    document = docx.Document(str(given.guide))
    cells = [[cell.text for cell in row.cells] for one in document.tables for row in one.rows]
    assert {typed(tag) for tag in TAGS} <= {row[0] for row in cells}
    assert len(document.tables) == len(GROUPS)
    said = "\n".join(one.text for one in document.paragraphs)
    for word in ("{%p for part in parts %}", "{%tr endfor %}", "移走或改名", "不会悄悄改用默认的模板", *layouts()):
        assert word in said
    assert len(document.sections) == 1
    assert "模板填空说明" in said and "一、怎样改模板" in said and "督查专报.docx" in said


# ---------------------------------------------------------------- 命令 ----


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "rectify_tool", "templates", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, encoding="utf-8")


def test_the_template_is_copied_with_its_guide_and_the_next_step_is_told(tmp_path: Path) -> None:
    told = command(tmp_path, "--layout", "宽距·数字")
    assert told.returncode == 0 and "已复制" in told.stdout and "宽距·数字" in told.stdout and "下一步" in told.stdout
    place = tmp_path / "模板"
    assert sorted(one.name for one in place.iterdir()) == ["填空说明.docx", "督查专报.docx"]
    assert (place / "督查专报.docx").read_bytes() == layouts()["宽距·数字"].read_bytes()
    assert template(tmp_path, "督查专报.docx") == place / "督查专报.docx"


def test_an_offices_own_template_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "督查专报.docx").write_bytes(b"ours")
    told = command(tmp_path)
    assert told.returncode == 0 and "没有动" in told.stdout and "移走或改名" in told.stdout
    assert (tmp_path / "模板" / "督查专报.docx").read_bytes() == b"ours"


def test_the_guide_is_refreshed_unless_somebody_wrote_in_it(tmp_path: Path) -> None:
    first = hand_out_templates(tmp_path, None, DAY).guide
    assert hand_out_templates(tmp_path, None, DAY).guide == first
    noted = docx.Document(str(first))
    noted.paragraphs[0].add_run("本科注")
    noted.save(str(first))
    kept = first.read_bytes()
    second = hand_out_templates(tmp_path, None, DAY).guide
    assert second.name == "填空说明 (2).docx" and first.read_bytes() == kept
    assert hand_out_templates(tmp_path, None, DAY).guide == second


def test_an_unknown_layout_lists_those_there_are(tmp_path: Path) -> None:
    told = command(tmp_path, "--layout", "国标")
    assert told.returncode == 2 and all(name in told.stderr for name in layouts())
    assert not (tmp_path / "模板").exists()


def test_a_missing_folder_and_one_that_cannot_be_written_say_so(tmp_path: Path) -> None:
    assert command(tmp_path / "没有").returncode == 2
    (tmp_path / "模板").write_text("不是文件夹")
    told = command(tmp_path)
    assert told.returncode == 4 and "不是文件夹" in told.stderr


def test_whatever_has_the_templates_name_is_tried_and_the_default_never_used_in_its_stead(tmp_path: Path) -> None:
    (tmp_path / "模板" / "督查专报.docx").mkdir(parents=True)
    assert "打不开" in refused(tmp_path, template(tmp_path, "督查专报.docx"))


def test_nothing_half_written_is_left_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(RectifyError) as caught:
        hand_out_templates(tmp_path, None, DAY)
    assert caught.value.stop is Stop.CANNOT_WRITE
    assert list((tmp_path / "模板").iterdir()) == []


def test_a_template_open_in_word_just_now_is_used(tmp_path: Path) -> None:
    given = hand_out_templates(tmp_path, None, DAY)
    shutil.copy(given.template, given.folder / "~$督查专报.docx")
    form = template(tmp_path, "督查专报.docx")
    assert form == given.template
    write_document(make_bulletin(story()), form, tmp_path / "成果.docx", sample_fields())
    assert docx.Document(io.BytesIO((tmp_path / "成果.docx").read_bytes())).tables
