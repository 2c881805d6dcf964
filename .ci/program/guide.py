"""使用说明 — docs/guide.md as a Word document: styles, outline, contents, tables, code and pictures.

``python .ci/program/guide.py docs/guide.md 使用说明.docx``. Only the Markdown the guide uses is read; anything else
stops the build instead of being printed with its marks. The same guide gives the same bytes.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

PROGRAM: Final = "整改督查工具"
TEXT_WIDTH, MARGIN = 160, 25
"""In mm, of an A4 page."""

SONG, HEI, FIXED = ("Times New Roman", "宋体"), ("Arial", "黑体"), ("新宋体", "新宋体")
"""Latin and Chinese letters. In 新宋体 a Chinese letter is as wide as two Latin ones, so that code stays aligned."""

STAND_INS = (("宋体", "Noto Serif CJK SC"), ("黑体", "Noto Sans CJK SC"), ("新宋体", "Noto Sans Mono CJK SC"))
"""What is taken where a font is not there: on UOS and Kylin."""


@dataclass(frozen=True, slots=True)
class Block:
    """块 — a heading, text, bullet, quote, picture, code or table of the guide.

    ``lines`` are its words: one line of a heading, text, bullet or quote; the lines of code as they stand; name and
    path of a picture; the cells of a table, row after row. ``count`` is a heading's level or a table's columns.
    """

    kind: str
    lines: tuple[str, ...]
    count: int = 0


def write_guide(markdown: Path, target: Path) -> None:
    """使用说明 — ``markdown`` as a .docx at ``target``; pictures lie where the text says, relative to it.

    Raises:
        ValueError: Where the text has what is not known here.
    """
    blocks = tuple(read_blocks(markdown.read_text(encoding="utf-8")))
    document = docx.Document()
    _describe(document, blocks)
    _style(document)
    _number_pages(document)
    chapter = next((at for at, block in enumerate(blocks) if block.count == 2 and block.kind == "heading"), len(blocks))
    for at, block in enumerate(blocks):
        if at == chapter:
            _set_contents(document, blocks)
        _SETTERS[block.kind](document, block, markdown.parent)
    target.write_bytes(_packed(document))


def read_blocks(text: str) -> Iterator[Block]:
    """分块 — the guide's Markdown, block after block.

    Raises:
        ValueError: At the first line that would not come out as it was meant.
    """
    for chunk in _CHUNK.finditer(text):
        if chunk["rest"] is None:
            yield Block("code", tuple(chunk["code"].splitlines()))
            continue
        lines = chunk["rest"].splitlines()
        kind = next((kind for kind, mark in _MARKS if re.match(mark, lines[0])), "text")
        yield from _READERS[kind](lines)


_CHUNK = re.compile(
    r"^```\w*\n(?P<code>.*?)^```$|^(?P<rest>#[^\n]*|(?:(?!```|#)[^\n]*\S[^\n]*(?:\n|\Z))+)", re.MULTILINE | re.DOTALL
)
"""Code between its fences; a heading; lines up to a blank one, a fence or a heading."""

_MARKS = (("heading", "#{1,3} "), ("bullet", "- "), ("quote", "> "), ("table", r"\|"), ("picture", r"!\["))
_UNKNOWN = re.compile(r"#|[-*+] |>|\||\d+[.)] |<\w|-{3,}$|={3,}$|~~~|```|\[[^]]*\]:|    |\t")
"""What Markdown has and the guide does not: at the start of a line it would be printed as it stands."""


def _heading(lines: list[str]) -> Iterator[Block]:
    marks, _, words = lines[0].partition(" ")
    yield Block("heading", (words.strip(),), len(marks))


def _text(lines: list[str]) -> Iterator[Block]:
    yield Block("text", (joined(lines),))


def _quote(lines: list[str]) -> Iterator[Block]:
    yield Block("quote", (joined(line.removeprefix(">").strip() for line in lines),))


def _bullets(lines: list[str]) -> Iterator[Block]:
    starts = [at for at, line in enumerate(lines) if line.startswith("- ")]
    for start, end in pairwise([*starts, len(lines)]):
        yield Block("bullet", (joined([lines[start].removeprefix("- "), *lines[start + 1 : end]]),))


def _picture(lines: list[str]) -> Iterator[Block]:
    for line in lines:
        if not (parts := re.fullmatch(r"!\[([^]]+)\]\(([^)]+)\)", line.strip())):
            raise _not_known(line)
        yield Block("picture", parts.groups())


def _table(lines: list[str]) -> Iterator[Block]:
    rows = [[cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")] for line in lines]
    if len({len(row) for row in rows}) > 1 or len(rows) < 3 or set("".join(rows[1])) - set("-: "):
        raise _not_known(lines[0])
    yield Block("table", tuple(cell for row in (rows[0], *rows[2:]) for cell in row), len(rows[0]))


_READERS: dict[str, Callable[[list[str]], Iterator[Block]]] = {
    "heading": _heading,
    "text": _text,
    "bullet": _bullets,
    "quote": _quote,
    "picture": _picture,
    "table": _table,
}


def joined(lines: Iterable[str]) -> str:
    """接成整行 — a line's end is a blank between Latin words only."""
    parts = [line.strip() for line in lines]
    if strange := next((line for line in parts if _UNKNOWN.match(line)), ""):
        raise _not_known(strange)
    ends = [" " if _latin(before[-1:]) and _latin(after[:1]) else "" for before, after in pairwise(parts)]
    return "".join(part + end for part, end in zip(parts, [*ends, ""], strict=True))


def _latin(letter: str) -> bool:
    return letter.isascii() and letter not in "*`"


def _not_known(line: str) -> ValueError:
    return ValueError(f"使用说明里有不认得的写法：{line}")


# ---- the document: what it is called, how it looks


def _describe(document: Document, blocks: tuple[Block, ...]) -> None:
    """文档属性 — title and maker, no day: a day would make two builds differ."""
    properties: Any = document.core_properties
    for child in list(properties._element):
        properties._element.remove(child)
    properties.title = next((block.lines[0] for block in blocks if block.kind == "heading"), PROGRAM)
    properties.author = properties.last_modified_by = PROGRAM
    properties.language = "zh-CN"


@dataclass(frozen=True, slots=True)
class Look:
    """样式 — of a kind of paragraph; sizes in points, ``indent`` in characters of the paragraph (first line, whole)."""

    name: str
    size: float
    fonts: tuple[str, str] = SONG
    bold: bool = False
    before: float = 0
    after: float = 0
    spacing: float = 1.0
    indent: tuple[float, float] = (0, 0)
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
    shade: str = ""
    with_next: bool = False


_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_LOOKS = (
    Look("Normal", 12),
    Look("Title", 22, HEI, before=12, after=18, align=_CENTRE),
    Look("Heading 1", 16, HEI, before=20, after=8, with_next=True),
    Look("Heading 2", 14, HEI, before=14, after=6, with_next=True),
    Look("Body Text", 12, after=6, spacing=1.35, indent=(2, 0)),
    Look("List Bullet", 12, after=3, spacing=1.35),
    Look("引文", 12, before=4, after=8, spacing=1.3, indent=(0, 2), shade="EEF3F8"),
    Look("代码", 9, FIXED, spacing=1.2, indent=(-2, 2.5), shade="F2F2F2"),
    Look("表头", 10.5, HEI, before=2, after=2, with_next=True),
    Look("表文", 10.5, before=2, after=2, spacing=1.15),
    Look("图", 12, before=8, after=2, align=_CENTRE, with_next=True),
    Look("图注", 10.5, HEI, after=8, align=_CENTRE),
    Look("目录标题", 14, HEI, before=14, after=8, align=_CENTRE),
    Look("toc 1", 12, spacing=1.5, indent=(0, 2)),
    Look("toc 2", 12, spacing=1.5, indent=(0, 4)),
    Look("footer", 10.5, align=_CENTRE),
)
INK, LINK, RULE = "000000", "1F4E79", "A6A6A6"


def _style(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    for look in _LOOKS:
        _set_look(document, look)
    fonts: Any = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    fonts._blob = _font_table()
    settings: Any = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _set_look(document: Document, look: Look) -> None:
    known = {style.name.casefold(): style for style in document.styles}
    style: Any = known.get(look.name.casefold()) or document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    element = style.element
    for old in [*element.findall(qn("w:rPr")), *element.iter(qn("w:pBdr"), qn("w:contextualSpacing"))]:
        old.getparent().remove(old)
    style.font.size, style.font.bold, style.font.color.rgb = Pt(look.size), look.bold, RGBColor.from_string(INK)
    _set_fonts(element.get_or_add_rPr(), look.fonts)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(look.before), Pt(look.after), look.spacing
    form.alignment, form.keep_with_next = look.align, look.with_next
    if look.name != "List Bullet":  # whose indents come with its bullet
        form.first_line_indent, form.left_indent = Pt(look.indent[0] * look.size), Pt(look.indent[1] * look.size)
    if look.shade:
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{look.shade}"/>'
        form._element.get_or_add_pPr().insert_element_before(parse_xml(shade), *_AFTER_SHADE)


_AFTER_SHADE = ("w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def _set_fonts(properties: Any, fonts: tuple[str, str]) -> None:
    latin, chinese = fonts
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    names = {"ascii": latin, "hAnsi": latin, "cs": latin, "eastAsia": chinese}
    properties.insert(0, OxmlElement("w:rFonts", {qn(f"w:{kind}"): name for kind, name in names.items()}))


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in STAND_INS
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


def _number_pages(document: Document) -> None:
    foot = document.sections[0].footer.paragraphs[0]
    foot.style = document.styles["footer"]
    foot.add_run("— ")
    _add_field(foot, "PAGE", lambda: foot.add_run("1"))
    foot.add_run(" —")


# ---- the blocks, one after another at the end of the document


def _set_contents(document: Document, blocks: tuple[Block, ...]) -> None:
    """目录 — a real field, written out: a click leads there, and 更新域 in Word adds the page numbers."""
    document.add_paragraph("目录", style="目录标题")
    chapters = [block for block in blocks if block.kind == "heading" and block.count > 1]
    lines = [document.add_paragraph(style=f"toc {block.count - 1}") for block in chapters]
    lines[0]._p.extend(_field_marks("begin", r' TOC \o "1-2" \h \z \u ', "separate"))
    for line, block in zip(lines, chapters, strict=True):
        link = OxmlElement("w:hyperlink", {qn("w:anchor"): _bookmark(block), qn("w:history"): "1"})
        link.append(line.add_run(_plain(block.lines[0]))._r)
        line._p.append(link)
    lines[-1]._p.extend(_field_marks("end"))


def _bookmark(block: Block) -> str:
    """Of a heading; the same for the same words, as Word's own names go: a letter, no blank, at most 40 long."""
    return "_Toc" + block.lines[0].encode().hex()[:36]


def _set_heading(document: Document, block: Block, _: Path) -> None:
    line = document.add_paragraph(style=("Title", "Heading 1", "Heading 2")[block.count - 1])
    number = str(len(document.paragraphs))
    line._p.append(OxmlElement("w:bookmarkStart", {qn("w:id"): number, qn("w:name"): _bookmark(block)}))
    line.add_run(_plain(block.lines[0]))
    line._p.append(OxmlElement("w:bookmarkEnd", {qn("w:id"): number}))


def _set_words(style: str) -> Callable[[Document, Block, Path], None]:
    def set_words(document: Document, block: Block, _: Path) -> None:
        line = document.add_paragraph(style=style)
        _add_words(line, block.lines[0])
        if block.lines[0].endswith("："):  # what it announces comes on the same page
            line.paragraph_format.keep_with_next = True

    return set_words


def _set_code(document: Document, block: Block, _: Path) -> None:
    """代码 — a paragraph a line, so that a line too long goes on under itself, and kept on one page while short."""
    for at, text in enumerate(block.lines):
        line = document.add_paragraph(text, style="代码")
        line.paragraph_format.keep_with_next = at + 1 < len(block.lines) <= _SHORT
        line.paragraph_format.keep_together = True
        edges = (at == 0, at + 1 == len(block.lines))
        line.paragraph_format.space_before, line.paragraph_format.space_after = (Pt(6 * edge) for edge in edges)


_SHORT = 30


def _set_picture(document: Document, block: Block, folder: Path) -> None:
    caption, name = block.lines
    picture: Any = document.add_paragraph(style="图").add_run().add_picture(str(folder / name), width=Mm(TEXT_WIDTH))
    picture._inline.docPr.set("descr", caption)
    document.add_paragraph(caption, style="图注")


def _set_table(document: Document, block: Block, _: Path) -> None:
    rows = [block.lines[at : at + block.count] for at in range(0, len(block.lines), block.count)]
    table = document.add_table(len(rows), block.count, style="Table Grid")
    table.autofit = False
    _draw(table, _widths(rows))
    for at, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, words in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].style = document.styles["表文" if at else "表头"]
            _add_words(cell.paragraphs[0], words)
    document.add_paragraph(style="Normal").paragraph_format.line_spacing = Pt(8)


def _draw(table: Table, widths: list[float]) -> None:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in sides)
    properties: Any = table._tbl.tblPr
    properties.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for cell in table.rows[0].cells:
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="E8EEF4"/>'
        cell._tc.get_or_add_tcPr().append(parse_xml(shade))


def _widths(rows: list[tuple[str, ...]]) -> list[float]:
    """列宽 — in mm: a short column as wide as its longest cell, the long ones share what is left."""
    natural = [max(_room(_plain(row[at])) for row in rows) for at in range(len(rows[0]))]
    widths, left = [0.0] * len(natural), float(TEXT_WIDTH)
    for done, at in enumerate(sorted(range(len(natural)), key=natural.__getitem__)):
        last = done + 1 == len(natural)
        widths[at] = left if last else min(natural[at], left / (len(natural) - done))
        left -= widths[at]
    return widths


def _room(text: str) -> float:
    """Of a cell at 10.5 points with its margins, in mm: half a Chinese letter's width for a Latin one."""
    return 5 + 1.9 * sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|`(?P<code>[^`]+)`|\[(?P<link>[^]]+)\]\((?P<target>[^)]+)\)")


def _add_words(line: Paragraph, text: str, bold: bool = False) -> None:
    """文字 — with its bold, code and links; a link to another page of the help is words only: that page is not here."""
    at = 0
    for part in _INLINE.finditer(text):
        _add_run(line, text[at : part.start()], bold)
        if part["bold"]:
            _add_words(line, part["bold"], bold=True)
        elif part["code"]:
            _set_fonts(_add_run(line, part["code"], bold)._r.get_or_add_rPr(), FIXED)
        else:
            _add_link(line, part["link"], part["target"])
        at = part.end()
    _add_run(line, text[at:], bold)


def _add_run(line: Paragraph, text: str, bold: bool) -> Any:
    run = line.add_run(text)
    run.bold = bold or None
    return run


def _add_link(line: Paragraph, words: str, target: str) -> None:
    run = line.add_run(words)
    if target.startswith("#"):
        run.font.color.rgb = RGBColor.from_string(LINK)
        anchor = _bookmark(Block("heading", (target.removeprefix("#"),)))
        link = OxmlElement("w:hyperlink", {qn("w:anchor"): anchor, qn("w:history"): "1"})
        link.append(run._r)
        line._p.append(link)
    elif "://" in target:
        line.add_run(f"（{target}）")


def _plain(text: str) -> str:
    return _INLINE.sub(lambda part: part["bold"] or part["code"] or part["link"], text)


def _add_field(line: Paragraph, code: str, show: Callable[[], Any]) -> None:
    line._p.extend(_field_marks("begin", code, "separate"))
    show()
    line._p.extend(_field_marks("end"))


def _field_marks(*marks: str) -> list[Any]:
    """The parts of a field: begin, its code, separate, end."""
    kinds = ("begin", "separate", "end")
    inner = [
        f'<w:fldChar w:fldCharType="{mark}"/>'
        if mark in kinds
        else f'<w:instrText xml:space="preserve">{mark}</w:instrText>'
        for mark in marks
    ]
    return [parse_xml(f"<w:r {nsdecls('w')}>{one}</w:r>") for one in inner]


_SETTERS: dict[str, Callable[[Document, Block, Path], None]] = {
    "heading": _set_heading,
    "text": _set_words("Body Text"),
    "bullet": _set_words("List Bullet"),
    "quote": _set_words("引文"),
    "code": _set_code,
    "picture": _set_picture,
    "table": _set_table,
}


def _packed(document: Document) -> bytes:
    """打包 — the package with every part at one fixed time."""
    saved, result = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in parts.namelist():
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts.read(name), zipfile.ZIP_DEFLATED)
    return result.getvalue()


if __name__ == "__main__":
    write_guide(Path(sys.argv[1]), Path(sys.argv[2]))
