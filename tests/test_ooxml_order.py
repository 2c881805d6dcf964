"""Every paper and every template is a sound Office Open XML file; and the checker that says so has teeth."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from rectify_tool.document import write_document
from rectify_tool.model import Job, Outcome, Standing
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.summary import make_summary
from rectify_tool.places import template
from rectify_tool.story.run import run
from rectify_tool.workbook import write_workbook
from tests.ooxml_order import faults
from tests.papers_builder import outcome, reply, rules, story, verdict

ROOT = Path(__file__).parent.parent
NOW = datetime(2016, 5, 20, 9, 30)
HOSTILE = (
    "甲<乙>&丙\"丁'戊 {{ title }} {%p if x %} ]]> <w:p/> a\x00b\x0bc\ud800d\ufffe 😀 \u202e反 _x000A_ =1+1 "
    "file:///c:/x http://a.b\r\n行二\t列 " + "长" * 40_000 + " "
)
HOSTILE_UNIT = "甲<乙>&丙\"丁'戊 {{ title }}"


def four_hundred() -> Outcome:
    standings = list(Standing)
    return outcome(
        *(
            verdict(f"{at // 10 + 1}-{at % 10 + 1}", standings[at % 8], lead=f"区第{at % 60}局", aspect=f"方面{at % 4}")
            for at in range(400)
        ),
        missing=["区失联局"],
    )


def hostile() -> Outcome:
    said = reply(HOSTILE_UNIT, "1-1", progress=HOSTILE, evidence=HOSTILE)
    one = verdict(
        "1-1",
        Standing.OVERDUE,
        lead=HOSTILE_UNIT,
        replies=[said],
        matter=HOSTILE,
        leaders=[HOSTILE[:80]],
        aspect=HOSTILE,
        problem=HOSTILE,
        because=HOSTILE,
    )
    two = verdict("1-2", Standing.DUE_SOON, matter=HOSTILE)
    texts = dict.fromkeys(("title", "sender", "mark", "report_to", "secrecy", "serial"), HOSTILE[:120])
    return outcome(one, two, using=rules(**texts))


OUTCOMES: Mapping[str, Callable[[], Outcome]] = {
    "a usual issue": lambda: story(secrecy="内部资料", serial="000001", send_to="各责任单位"),
    "no imprint": lambda: story(sender="", report_to="", copies="", mark=""),
    "no items": outcome,
    "one item": lambda: outcome(verdict("1-1")),
    "one overdue": lambda: outcome(verdict("1-1", Standing.OVERDUE)),
    "none overdue": lambda: outcome(verdict("1-1", Standing.FINISHED), verdict("1-2", Standing.DUE_SOON)),
    "four hundred items": four_hundred,
    "hostile text": hostile,
}


@cache
def papers(name: str, folder: Path) -> tuple[Path, Path]:
    """两件 — bulletin and summary of one of the outcomes."""
    made = OUTCOMES[name]()
    bulletin = make_bulletin(made)
    document, book = folder / "督查专报.docx", folder / "汇总表.xlsx"
    write_document(bulletin, template(folder, bulletin.template), document)
    write_workbook(make_summary(made, bulletin), book, now=NOW)
    return document, book


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("件")


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.docx")), ids=lambda path: path.stem)
def test_a_template_is_sound(path: Path) -> None:
    assert faults(path) == []


@pytest.mark.parametrize("name", OUTCOMES)
def test_the_papers_of_every_kind_of_issue_are_sound(name: str, tmp_path: Path) -> None:
    for path in papers(name, tmp_path):
        assert faults(path) == []


@pytest.mark.parametrize(("sample", "day"), [("示例区2016", date(2016, 5, 20)), ("示例县2024", date(2024, 9, 20))])
def test_the_papers_of_the_samples_are_sound(sample: str, day: date, tmp_path: Path) -> None:
    work = tmp_path / sample
    shutil.copytree(ROOT / "samples" / sample, work, ignore=shutil.ignore_patterns("成果"))
    outputs = run(Job(str(work), day, NOW, number=8)).outputs
    for path in outputs.values():
        assert faults(Path(path)) == []


# ---------------------------------------------------------------- 牙齿 ----


def broken(path: Path, part: str, edit: Callable[[str], str], target: Path) -> list[str]:
    """改坏一处 — what is said of a copy of ``path`` in which ``edit`` has changed one part."""
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(target, "w") as made:
        for name in given.namelist():
            content = given.read(name)
            if name == part:
                changed = edit(content.decode())
                assert changed != content.decode(), "the edit changed nothing"
                content = changed.encode()
            made.writestr(name, content)
    return faults(target)


def swap(pattern: str, by: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, by, text, count=1, flags=re.DOTALL)


DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
BROKEN_DOCUMENTS = (
    (DOCUMENT, r"(<w:pStyle [^>]*/>)(.*?)</w:pPr>", r"\2\1</w:pPr>", "w:pStyle"),
    (STYLES, r"(<w:rFonts [^>]*/>)(<w:\w+[^>]*/>)", r"\2\1", "w:rFonts 的次序不对"),
    (DOCUMENT, r"(<w:pgSz [^>]*/>)(<w:pgMar [^>]*/>)", r"\2\1", "w:pgSz 的次序不对"),
    (DOCUMENT, r"(<w:tblGrid>.*?</w:tblGrid>)", "", "缺 w:tblGrid"),
    (DOCUMENT, r"<w:gridCol [^>]*/>", "", "网格"),
    (DOCUMENT, r"(<w:tcW w:w=\")\d+", r"\g<1>7", "单元格宽 7"),
    (DOCUMENT, r"(<w:gridCol w:w=\")\d+", r"\g<1>12.5", "不是整数"),
    (DOCUMENT, r"<w:trPr>", "<w:trPr><w:tcW/>", "w:trPr 里不能有 w:tcW"),
    (DOCUMENT, r"</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "单元格最后不是 w:p"),
    (DOCUMENT, r"<w:body>", "<w:body><w:r/>", "w:body 里不能有 w:r"),
    (DOCUMENT, r"<w:body>", "<w:body><w:unknown/>", "w:body 里不能有 w:unknown"),
    (DOCUMENT, r"(<w:body>.*)(<w:sectPr.*</w:sectPr>)(</w:body>)", r"\1<w:p/>\3", "最后不是 w:sectPr"),
    (STYLES, r'(<w:jc w:val=")\w+', r"\1middle", "“middle”不在所列之中"),
    (DOCUMENT, r'(<w:pStyle w:val=")[^"]+', r"\1NoSuch", "没有的样式 NoSuch"),
    (DOCUMENT, r'<w:t xml:space="preserve">[^<]*</w:t>|<w:t>[^<]*</w:t>', "<w:t> 空 </w:t>", "xml:space"),
    (DOCUMENT, r'(<w:\w+Reference [^>]*r:id=")[^"]+', r"\1rId999", "没有的关系 rId999"),
    (DOCUMENT, r"</w:body>", "", "不是合格的 XML"),
    (STYLES, r'(<w:name [^>]*/>)(<w:basedOn [^>]*/>)', r"\2\1", "w:name 的次序不对"),
    (STYLES, r'(w:styleId=")[^"]+(".*?w:styleId=")([^"]+)', r"\1\3\2\3", "有2个"),
    (SETTINGS, r"(<w:evenAndOddHeaders */>)(.*)(</w:settings>)", r"\2\1\3", "w:evenAndOddHeaders 的次序不对"),
    (SETTINGS, r"<w:compatSetting [^>]*/>", "<w:compatSetting/>", "没有属性 uri"),
    (TYPES, r"<Override [^>]*styles\.xml[^>]*/>", "", "与根元素 w:styles 不符"),
    (TYPES, r"</Types>", '<Override PartName="/word/none.xml" ContentType="x"/></Types>', "没有的部件 /word/none.xml"),
    (RELATIONS, r'(Target=")[^"]*(styles\.xml")', r"\1no\2", "没有的部件 word/nostyles.xml"),
    (RELATIONS, r'(Target=")styles\.xml"', r'\1http://a.b/" TargetMode="External"', "指到包外"),
    ("word/footer1.xml", "</w:p>", '<w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>', "域没有成对"),
)  # fmt: skip


@pytest.mark.parametrize(("part", "pattern", "by", "says"), BROKEN_DOCUMENTS)
def test_a_broken_document_is_told(part: str, pattern: str, by: str, says: str, folder: Path) -> None:
    document, _ = papers("a usual issue", folder)
    assert says in "\n".join(broken(document, part, swap(pattern, by), folder / "坏.docx"))


SHEET, BOOK, BOOK_STYLES = "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"
BROKEN_WORKBOOKS = (
    (SHEET, r"(<sheetFormatPr[^>]*/>)(<cols>.*?</cols>)", r"\2\1", "s:sheetFormatPr 的次序不对"),
    (SHEET, r"(<mergeCells.*?</mergeCells>)(.*)(</worksheet>)", r"\2\1\3", "s:mergeCells 的次序不对"),
    (SHEET, r"(<pageMargins[^>]*/>)(<pageSetup[^>]*/>)", r"\2\1", "s:pageMargins 的次序不对"),
    (SHEET, r'<c r="B(\d+)"', r'<c r="A\1"', "次序不对"),
    (SHEET, r'<row r="4"', '<row r="2"', "第2行次序不对或重复"),
    (SHEET, r'( s=")\d+', r"\g<1>9999", "样式 9999 不存在"),
    (SHEET, r'(<mergeCell ref=")[^"]+("/>)', r"\1A1:C1\2<mergeCell ref='B1:D1'/>", "合并区域重叠"),
    (SHEET, r'(<mergeCell ref=")[^"]+', r"\1C1:A1", "合并区域的地址不对"),
    (SHEET, r'<dimension ref="[^"]+"', '<dimension ref="A1"', "与所用不符"),
    (SHEET, r'(<c r="[A-Z]+\d+" s="\d+"><v>)\d+', r"\1nan", "“nan”不是数字"),
    (SHEET, r'(<row r="1"[^>]* ht=")[\d.]+', r"\g<1>500", "超过 409.5"),
    (SHEET, r"<is><t[^>]*>[^<]*", "<is><t>" + "长" * 32_768, "文字过长（32768）"),
    (SHEET, r"<is><t[^>]*>", "<is><r/><t>", "缺 s:t"),
    (SHEET, r'(<hyperlink ref="[^"]+" r:id=")[^"]+', r"\1rId999", "没有的关系 rId999"),
    (SHEET, r"<hyperlinks>", '<hyperlinks><hyperlink ref="A1" location="\'没有\'!A1"/>', "链接指向没有的地方"),
    (SHEET, r"(<autoFilter ref=\")[^\"]+", r"\1A0:B1", "autoFilter 的地址不对"),
    (BOOK, r'(<sheet name=")[^"]+', r"\1" + "长" * 32, "工作表名不合规"),
    (BOOK, r'(<sheet name=")[^"]+', r"\1台账", "工作表重名"),
    (BOOK, r"(<definedName [^>]*>)[^<]+", r"\1没有!$A$1", "指向没有的地方"),
    (BOOK, r"(<sheets>.*</sheets>)(<definedNames>.*</definedNames>)", r"\2\1", "缺 s:sheets"),
    (BOOK_STYLES, r'(<cellXfs.*?fontId=")\d+', r"\g<1>999", "fontId 999 超出 fonts"),
    (BOOK_STYLES, r'(<fonts count=")\d+', r"\g<1>1", "count 与实数不符"),
    (BOOK_STYLES, r"(<fills .*?</fills>)(<borders .*?</borders>)", r"\2\1", "s:fills 的次序不对"),
    ("xl/worksheets/sheet1.xml", r"<v>\d+</v></c>", "<v>99999</v></c>", "共享字符串 99999 不存在"),
    ("xl/charts/chart1.xml", r"(<c:idx [^>]*/>)(<c:order [^>]*/>)", r"\2\1", "缺 c:idx"),
    ("xl/charts/chart1.xml", r"(<c:f>)[^<]+", r"\1没有!$A$1", "图引用了没有的区域"),
    ("xl/drawings/drawing1.xml", r"(<xdr:from>.*?</xdr:from>)(<xdr:to>.*?</xdr:to>)", r"\2\1", "缺 xdr:from"),
)  # fmt: skip


@pytest.mark.parametrize(("part", "pattern", "by", "says"), BROKEN_WORKBOOKS)
def test_a_broken_workbook_is_told(part: str, pattern: str, by: str, says: str, folder: Path) -> None:
    _, book = papers("a usual issue", folder)
    assert says in "\n".join(broken(book, part, swap(pattern, by), folder / "坏.xlsx"))


def test_two_parts_of_one_name_and_a_part_nobody_knows_are_told(folder: Path) -> None:
    document, _ = papers("a usual issue", folder)
    target = folder / "重.docx"
    shutil.copy(document, target)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(target, "a") as package:
        package.writestr("word/document.xml", b"<a/>")
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("word/loose.bin", b"x")
    told = "\n".join(faults(target))
    assert "包里有两个同名部件" in told
    assert "word/loose.bin：没有声明内容类型" in told and "word/loose.bin：没有关系指到这个部件" in told
