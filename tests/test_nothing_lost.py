"""Nothing is lost: the papers opened by LibreOffice, and hostile text from a unit's workbook into both papers."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import docx
import openpyxl
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from tests.inside import command
from tests.ooxml_order import faults
from tests.rendered import needs_office, rendered

if TYPE_CHECKING:
    from pdfplumber.page import Page

ROOT = Path(__file__).parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Papers(NamedTuple):
    """两件 — the bulletin and the summary a run has written."""

    bulletin: Path
    summary: Path


def run(folder: Path, day: str) -> Papers:
    done = command("run", folder, "--as-of", day, "--number", "8", "--json")
    assert done.returncode == 0, done.stderr
    outputs = json.loads(done.stdout)["outputs"]
    return Papers(Path(outputs["bulletin"]), Path(outputs["summary"]))


# ---------------------------------------------------------------- LibreOffice 打开 ----


@pytest.fixture(scope="module", params=[("示例区2016", "2016-05-20"), ("示例县2024", "2024-09-20")], ids=["区", "县"])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Papers:
    name, day = request.param
    folder = tmp_path_factory.mktemp("工作") / name
    shutil.copytree(ROOT / "samples" / name, folder, ignore=shutil.ignore_patterns("成果"))
    return run(folder, day)


@pytest.fixture(scope="module")
def pages(sample: Papers, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    return rendered(Path(shutil.copy(sample.bulletin, tmp_path_factory.mktemp("页")))).pages


def converted(path: Path, to: str, folder: Path) -> Path:
    """另存 — ``path`` as LibreOffice saves it in the format ``to``, in ``folder``; one profile serves all the tests."""
    profile = f"-env:UserInstallation={(folder.parent / '.lo').as_uri()}"
    call = ["soffice", "--headless", profile, "--convert-to", to, "--outdir", str(folder), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{to}"


def bare(text: str) -> str:
    """去空白 — the text without any white space."""
    return re.sub(r"\s", "", text)


def typed(path: Path) -> list[str]:
    """文档的文字 — every paragraph of the text and of its tables, in order."""
    body = docx.Document(str(path)).element.body
    return [
        text
        for one in body.iter(f"{W}p")
        if (text := "".join("\n" if node.tag == f"{W}br" else node.text or "" for node in one.iter(f"{W}t", f"{W}br")))
    ]


@needs_office
def test_every_character_of_the_bulletin_is_printed_once(sample: Papers, pages: list[Page]) -> None:
    """Beside them only what is printed on every page (mark, page number, 版记) and a heading row again."""
    printed = Counter(bare("".join(char["text"] for page in pages for char in page.chars)))
    written = Counter(bare("".join(typed(sample.bulletin))))
    assert written - printed == Counter()
    around = _around(sample.bulletin)
    rows = [row for table in docx.Document(str(sample.bulletin)).tables for row in table.rows[:1]]
    heading = set(bare("".join(cell.text for row in rows for cell in row.cells)))
    assert set(printed - written) <= heading | set("—-–0123456789共第页") | set(around)


@needs_office
def test_every_paragraph_is_printed_in_its_order(sample: Papers, pages: list[Page]) -> None:
    said = bare("".join(page.extract_text() for page in pages if page.width < page.height))
    said = re.sub("—[0-9]+—", "", said)
    for mark in {mark for mark in _around(sample.bulletin).split("\n") if mark}:
        said = said.replace(mark, "")
    at = 0
    for paragraph in docx.Document(str(sample.bulletin)).paragraphs:
        if paragraph.style.name in ("公文正文", "公文末段", "公文一级", "公文二级"):
            found = said.find(bare(paragraph.text), at)
            assert found >= 0, paragraph.text
            at = found


def _around(path: Path) -> str:
    """页眉页脚的文字 — one line a paragraph."""
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name) for name in package.namelist() if re.match(r"word/(header|footer)\d*\.xml", name)]
    lines = [one for part in parts for one in etree.fromstring(part).iter(f"{W}p")]
    return "\n".join(bare("".join(text.text or "" for text in line.iter(f"{W}t"))) for line in lines)


@needs_office
def test_the_bulletin_saved_again_by_libreoffice_says_the_same(sample: Papers, tmp_path: Path) -> None:
    again = converted(sample.bulletin, "docx", tmp_path)
    assert typed(again) == typed(sample.bulletin)
    assert len(docx.Document(str(again)).sections) == len(docx.Document(str(sample.bulletin)).sections)


@needs_office
def test_the_summary_saved_again_by_libreoffice_holds_the_same(sample: Papers, tmp_path: Path) -> None:
    to = "ods" if "示例区" in str(sample.summary) else "xlsx"
    before, after = values(sample.summary), values(converted(sample.summary, to, tmp_path))
    assert list(before) == list(after)
    for sheet, cells in before.items():
        assert {at: value for at, value in after[sheet].items() if at in cells} == cells, sheet
        assert not {at: value for at, value in after[sheet].items() if at not in cells}, sheet


@cache
def values(path: Path) -> dict[str, dict[tuple[int, int], Any]]:
    """各格的值 — by sheet and (row, column); numbers to nine digits, line ends as one."""
    book = CalamineWorkbook.from_path(str(path))
    return {
        name: {
            (row, column): _plain(value)
            for row, line in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for column, value in enumerate(line)
            if value != ""
        }
        for name in book.sheet_names
    }


def _plain(value: Any) -> Any:
    if isinstance(value, float | int):
        return float(f"{value:.9g}")
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


# ---------------------------------------------------------------- 单位填的恶意文字 ----

LONG = "长" * 40_000
TYPED: Mapping[str, str] = {
    "markup": "甲<乙>&丙\"丁'戊&amp;<b>粗</b>",
    "tag": "{{ title }} {% for x in y %} {# 注 #} {%p if x %} {{ ''.__class__ }}",
    "dde": "=cmd|'/c calc'!A1",
    "sum": "@SUM(1+1)*cmd|' /C calc'!A0",
    "plus": "+1+1",
    "minus": "-2+3",
    "equals": '=HYPERLINK("http://a.example/","点我")',
    "web": "http://a.example/x?y=1&z=2",
    "file": "file:///c:/windows/system32/calc.exe",
    "mail": "mailto:a@b.example",
    "place": "internal:总览!A1",
    "drawn": "external:c:\\temp\\foo.xlsx",
    "cdata": "]]> <![CDATA[ ]]>",
    "xml": "<w:p><w:r><w:t>段</w:t></w:r></w:p>",
    "escape": "第一_x000A_第二_x0041_",
    "apostrophe": "'行首撇号",
    "emoji": "进展😀良好👨‍👩‍👧🇨🇳",
    "turned": "\u202e反写\u202c，\u200f右\u200e左\ufeff",
    "spaces": "前  两个空格\u3000全角\u00a0不换行",
    "lines": "第一行\n第二行\n\n第四行",
    "tab": "甲\t乙",
    "braces": "{}{{}}}{%%}",
    "percent": "%s %d %(x)s \\u0041 \\n $A$1 #REF! #N/A",
    "number": "0012345678901234567890",
    "control": "控@@000B@@制@@0007@@字@@001F@@符",
    "half": "半@@D800@@个@@FFFE@@字",
    "long": "@@LONG@@",
}
"""各种文字 — @@…@@ stands for what openpyxl would not write, put into the XML afterwards."""

NO, DONE_DAY = "编号", "5月10日前"
UNITS = {"区财政局": "财政局 #1%41&{{ x }}'=1+1.xlsx", "区审计局": "区审计局.xlsx"}
"""单位和它的文件名 — the first needs every kind of escape in a link."""


def as_read(name: str) -> str:
    """应有的文字 — as a person reads the cell: control characters are gone, half characters as the file spells them."""
    text = re.sub("@@(00[01][0-9A-F])@@", "", TYPED[name].replace("@@LONG@@", LONG))
    return re.sub("@@([0-9A-F]{4})@@", r"_x\1_", text)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The breakdown gives each text an overdue item; lead and co-unit type the text in every column they have."""
    folder = tmp_path_factory.mktemp("恶意") / "示例区"
    (folder / "报送").mkdir(parents=True)
    nos = {name: f"{at}-1" for at, name in enumerate(TYPED, 1)}
    items = [[no, f"落实第{no}项工作（{name}）", "区委副书记", *UNITS, DONE_DAY] for name, no in nos.items()]
    head = [NO, "整改措施", "责任领导", "牵头单位", "配合单位", "整改时限"]
    write(folder / "责任分解表.xlsx", [["示例区整改责任分解表（2016年2月26日反馈）"], head, *items])
    sent = [NO, "整改措施", "进展情况", "佐证材料", "存在困难", "下一步打算", "备注"]
    for unit, file in UNITS.items():
        rows = [[no, f"落实第{no}项工作（{name}）", *[TYPED[name]] * 5] for name, no in nos.items()]
        write(folder / "报送" / file, [[f"填报单位：{unit}", "", "填报日期：2016年5月18日"], sent, *rows])
    return folder


def write(path: Path, rows: list[list[str]]) -> None:
    """写一张表 — every cell as text; what openpyxl refuses is put into the package afterwards."""
    book = openpyxl.Workbook()
    for line in rows:
        book.active.append([None] * len(line))
        for column, text in enumerate(line, 1):
            cell = book.active.cell(book.active.max_row, column)
            cell.value = text or None
            if text:
                cell.data_type = "s"
    book.save(path)
    with zipfile.ZipFile(path) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            escaped = re.sub("_(?=x[0-9A-F]{4}_)", "_x005F_", content.decode())
            made.writestr(name, re.sub("@@([0-9A-F]{4})@@", r"_x\1_", escaped.replace("@@LONG@@", LONG)))


@pytest.fixture(scope="module")
def hostile(work: Path) -> Papers:
    return run(work, "2016-05-20")


def test_both_papers_of_hostile_text_are_sound(hostile: Papers) -> None:
    assert faults(hostile.bulletin) == []
    assert faults(hostile.summary) == []


@pytest.mark.parametrize("name", [name for name in TYPED if name != "long"])
def test_what_a_unit_typed_stands_in_the_summary_as_typed(name: str, hostile: Papers) -> None:
    cells = ledger_row(hostile.summary, name)
    assert sum(as_read(name) in cell for cell in cells) >= 2, cells


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(hostile: Papers) -> None:
    cut = [cell for cell in ledger_row(hostile.summary, "long") if "长长" in cell]
    assert any(cell.startswith("长" * 30_000) for cell in cut)
    assert all(re.fullmatch(r"(区审计局（整改中）：|【牵头单位进展】)?长+……（全文见.+）", cell) for cell in cut)
    assert all(len(cell) <= 32_767 for cell in cut)


def test_what_a_unit_typed_stands_in_the_bulletin_as_typed(hostile: Papers) -> None:
    """On one line there, with single quotation marks inside a quotation, and cut where it is long."""
    table = bulletin_rows(hostile.bulletin)
    for name in TYPED:
        said = table[name]
        expected = one_line(as_read(name))
        if len(said) < len(expected):
            assert said.endswith("……") and expected.startswith(said[:-2]), name
        else:
            assert said == expected, name


def test_nothing_a_unit_typed_is_a_formula_a_field_or_a_link(hostile: Papers, work: Path) -> None:
    with zipfile.ZipFile(hostile.summary) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        targets = list(_outside(package))
    assert not any(list(etree.fromstring(sheet).iter(f"{S}f")) for sheet in sheets)
    home = hostile.summary.parent
    assert targets and all((home / unquote(target)).resolve().is_relative_to(work) for target in targets)
    assert all((home / unquote(target)).is_file() for target in targets)
    with zipfile.ZipFile(hostile.bulletin) as package:
        assert list(_outside(package)) == []
        xml = b"".join(package.read(name) for name in package.namelist() if name.startswith("word/"))
    fields = set(re.findall(rb'<w:instrText[^>]*>([^<]*)<|w:instr="([^"]*)"', xml))
    assert {bare(a.decode() + b.decode()) for a, b in fields} <= {"PAGE", "NUMPAGES", "SECTIONPAGES"}
    assert b"<w:hyperlink" not in xml


def test_the_units_files_are_as_they_were_when_they_were_read(work: Path, hostile: Papers) -> None:
    inputs = json.loads((hostile.summary.parent / "清单.json").read_text(encoding="utf-8"))["inputs"]
    assert len(inputs) == 1 + len(UNITS)
    assert inputs == {file: hashlib.sha256((work / file).read_bytes()).hexdigest() for file in inputs}
    assert sorted(path.name for path in work.iterdir()) == ["成果", "报送", "责任分解表.xlsx"]


@needs_office
def test_libreoffice_reads_the_hostile_summary_as_we_wrote_it(hostile: Papers, tmp_path: Path) -> None:
    before, after = values(hostile.summary), values(converted(hostile.summary, "ods", tmp_path))
    for sheet, cells in before.items():
        changed = {at: (text, after[sheet].get(at)) for at, text in cells.items() if after[sheet].get(at) != text}
        assert all(bare(str(a)) == bare(str(b)) for a, b in changed.values()), (sheet, changed)


@needs_office
def test_libreoffice_reads_the_hostile_bulletin_as_we_wrote_it(hostile: Papers, tmp_path: Path) -> None:
    again = converted(hostile.bulletin, "docx", tmp_path)
    assert [bare(_unescaped(text)) for text in typed(again)] == [bare(text) for text in typed(hostile.bulletin)]


def one_line(text: str) -> str:
    """一行 — blanks, line ends and marks of writing direction apart, no closing stop: what may differ from the cell."""
    return re.sub("[\u202a-\u202e\u2066-\u2069]", "", bare(text)).rstrip("。；;，,、.")


def bulletin_rows(path: Path) -> dict[str, str]:
    """逾期清单 — what the lead says of each item, by the name of its text, without white space."""
    table = docx.Document(str(path)).tables[0]
    heads = [cell.text for cell in table.rows[0].cells]
    said = next(at for at, head in enumerate(heads) if "反馈" in head)
    matter = next(at for at, head in enumerate(heads) if "内容" in head)
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    return {re.findall(r"（(\w+)）", row[matter])[-1]: bare(row[said]) for row in rows}


def ledger_row(path: Path, name: str) -> list[str]:
    """台账的一行 — the texts of the row of one item."""
    rows: dict[int, list[str]] = {}
    for (row, _), value in values(path)["台账"].items():
        rows.setdefault(row, []).append(str(value))
    return next(texts for texts in rows.values() if any(f"（{name}）" in text for text in texts))


def _unescaped(text: str) -> str:
    """去转义 — the escape of an underscore (_x005F_) that LibreOffice writes into a document."""
    return text.replace("_x005F_", "_")


def _outside(package: zipfile.ZipFile) -> Iterator[str]:
    for name in package.namelist():
        if name.endswith(".rels"):
            for one in etree.fromstring(package.read(name)):
                if one.get("TargetMode") == "External":
                    yield str(one.get("Target"))
