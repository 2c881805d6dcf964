"""The papers beside the built program: the guide as a Word document, and the licences of all it carries."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType

import docx
import pytest
from docx.oxml.ns import qn

ROOT = Path(__file__).parent.parent
PAGES = ("guide.md", "install.md")


def tool(name: str) -> ModuleType:
    """A script of .ci/program, which is no package."""
    spec = importlib.util.spec_from_file_location(f"build_{name}", ROOT / ".ci" / "program" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


guide, licences = tool("guide"), tool("licences")


def set_in_word(text: str, folder: Path) -> docx.document.Document:
    (folder / "页.md").write_text(text, encoding="utf-8")
    guide.write_guide(folder / "页.md", folder / "页.docx")
    return docx.Document(str(folder / "页.docx"))


@pytest.mark.parametrize("page", PAGES)
def test_no_word_of_a_page_is_lost_and_no_mark_is_printed(page: str, tmp_path: Path) -> None:
    source = ROOT / "docs" / page
    guide.write_guide(source, tmp_path / "页.docx")
    document = docx.Document(str(tmp_path / "页.docx"))
    shown = "".join(text.text or "" for text in document.element.body.iter(qn("w:t"))).replace(" ", "")
    for block in guide.read_blocks(source.read_text(encoding="utf-8")):
        for words in block.lines[:1] if block.kind == "picture" else block.lines:
            plain = words if block.kind == "code" else guide._plain(guide._plain(words))
            assert plain.replace(" ", "") in shown
    assert "**" not in shown and "](" not in shown


@pytest.mark.parametrize("page", PAGES)
def test_all_but_the_marks_of_a_page_is_read(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    held = sum(len("".join("".join(block.lines).split())) for block in guide.read_blocks(text))
    assert held > 0.9 * len("".join(text.split())), "标记以外都在"


@pytest.mark.parametrize("page", PAGES)
def test_the_same_page_gives_the_same_bytes(page: str, tmp_path: Path) -> None:
    for name in ("甲.docx", "乙.docx"):
        guide.write_guide(ROOT / "docs" / page, tmp_path / name)
    content = (tmp_path / "甲.docx").read_bytes()
    assert content == (tmp_path / "乙.docx").read_bytes()
    assert len(content) < 3_000_000


def test_every_chapter_is_in_the_outline_and_the_contents_lead_to_it(tmp_path: Path) -> None:
    document = set_in_word("# 书\n\n前言\n\n## 一、甲\n\n字\n\n### 小节\n\n## 二、乙\n", tmp_path)
    chapters = [line.text for line in document.paragraphs if line.style and line.style.name.startswith("Heading")]
    assert chapters == ["一、甲", "小节", "二、乙"]
    body = document.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert len(set(links)) == 3 and set(links) <= marks
    assert [line.text for line in document.paragraphs][2:6] == ["目录", "一、甲", "小节", "二、乙"]


def test_a_table_repeats_its_heading_and_fills_the_width_of_the_text(tmp_path: Path) -> None:
    table = set_in_word("| 页 | 做什么 |\n| --- | --- |\n| 报送 | " + "很长的话" * 30 + " |\n", tmp_path).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    narrow, wide = (cell.width.mm for cell in table.rows[1].cells)
    assert round(narrow + wide) == guide.TEXT_WIDTH and narrow < 20


def test_code_keeps_its_blanks_and_stands_in_letters_of_one_width(tmp_path: Path) -> None:
    lines = [line for line in set_in_word("```text\n甲/\n  乙   丙\n```\n", tmp_path).paragraphs if line.text]
    assert [line.text for line in lines] == ["甲/", "  乙   丙"]
    assert {line.style.element.rPr.rFonts.get(qn("w:eastAsia")) for line in lines} == {"新宋体"}


def test_bold_and_code_within_words_are_set_as_such(tmp_path: Path) -> None:
    line = set_in_word("先看**基准日**，用 `--as-of` 写明。\n", tmp_path).paragraphs[0]
    assert [(run.text, run.bold) for run in line.runs if run.bold] == [("基准日", True)]
    assert [run.text for run in line.runs if run._r.rPr is not None and run._r.rPr.rFonts is not None] == ["--as-of"]


def test_lines_are_joined_with_a_blank_between_latin_words_only() -> None:
    assert guide.joined(["照着做", "就行"]) == "照着做就行"
    assert guide.joined(["Windows", "10"]) == "Windows 10"
    assert guide.joined(["报送", "**台账**"]) == "报送**台账**"


@pytest.mark.parametrize(
    "strange",
    [
        "1. 第一\n2. 第二\n",
        "#### 太深\n",
        "* 星号\n",
        "<b>粗</b>\n",
        "- 一\n    - 二\n",
        "| 甲 | 乙 |\n| 没有表头线 |\n",
    ],
)
def test_what_the_guide_does_not_use_stops_the_build(strange: str) -> None:
    with pytest.raises(ValueError, match="不认得"):
        list(guide.read_blocks(strange))


# ---- licences


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a build leaves, in small: files of distributions, of Python, of the system and of Microsoft."""
    inside = tmp_path / "_internal"
    for name in (
        "docx/templates/default.docx",
        "PySide6/QtCore.abi3.so",
        "PySide6/MSVCP140.dll",
        "base_library.zip",
        "_sqlite3.pyd",
        "sqlite3.dll",
        "rectify_tool/templates/rules.toml",
    ):
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_bytes(b"")
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt"):
        text = (ROOT / "rectify_tool/desktop/forms/licences" / name).read_bytes()
        (inside / licences._TEXTS / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / licences._TEXTS / name).write_bytes(text)
    program = tmp_path / "rectify-tool"
    program.write_bytes(b"\x7fELF")
    packed = {"json", "jinja2", "chinese_calendar"}
    monkeypatch.setattr(licences, "_modules", lambda one: packed if one == program else set())
    return inside


def index(target: Path) -> str:
    return (target / licences.INDEX).read_text(encoding="utf-8-sig")


def test_every_part_is_named_with_its_version_and_terms(bundle: Path, tmp_path: Path) -> None:
    assert licences.write_licences(bundle, tmp_path / "许可") == []
    told = index(tmp_path / "许可")
    for name in ("python-docx", "Jinja2", "PySide6_Essentials", "chinesecalendar"):
        assert f"■ {name} {distribution(name).version}\n" in told
    assert "■ SQLite 3\n  许可：公有领域" in told
    assert "Microsoft Visual C++" in told and "■ Python 3." in told
    assert "LGPL-3.0" in told.partition("■ PySide6_Essentials")[2].partition("■")[0]
    assert "替换 _internal/PySide6" in told


def test_the_text_of_every_licence_is_there(bundle: Path, tmp_path: Path) -> None:
    licences.write_licences(bundle, tmp_path / "许可")
    told = index(tmp_path / "许可")
    for name in ("python-docx", "Jinja2", "chinesecalendar"):
        text = told.partition(f"原文：{name}\n")[2].partition("原文：")[0]
        assert "Copyright" in text and len(text) > 500, name
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (tmp_path / "许可" / "LGPL-3.0.txt").read_text(encoding="utf-8-sig")


def test_a_file_nobody_accounts_for_is_named(bundle: Path, tmp_path: Path) -> None:
    (bundle / "来历不明.dll").write_bytes(b"")
    assert licences.write_licences(bundle, tmp_path / "许可") == ["来历不明.dll"]


def test_a_module_nobody_accounts_for_is_named(bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "_modules", lambda one: {"json", "nobody_knows"})
    assert licences.write_licences(bundle, tmp_path / "许可") == ["模块 nobody_knows"]


def test_a_library_of_the_system_comes_with_its_package(bundle: Path, tmp_path: Path) -> None:
    if not licences._dpkg("-S", "*/libz.so.1"):
        pytest.skip("没有 dpkg，或者没有 zlib 的软件包")
    (bundle / "libz.so.1").write_bytes(b"")
    assert licences.write_licences(bundle, tmp_path / "许可") == []
    told = index(tmp_path / "许可")
    assert "■ zlib1g " in told and "Jean-loup" in told


def test_the_files_open_in_notepad_and_are_the_same_every_time(bundle: Path, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        licences.write_licences(bundle, tmp_path / name)
    for one in sorted((tmp_path / "甲").iterdir()):
        content = one.read_bytes()
        assert content == (tmp_path / "乙" / one.name).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\n") == content.count(b"\r\n") > 10


def test_a_document_is_a_sound_package(tmp_path: Path) -> None:
    guide.write_guide(ROOT / "docs" / "guide.md", tmp_path / "页.docx")
    with zipfile.ZipFile(tmp_path / "页.docx") as parts:
        assert parts.testzip() is None and "word/document.xml" in parts.namelist()
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
