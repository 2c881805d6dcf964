"""模板制作 — makes 督查专报.docx and its 版式 anew; offices edit the .docx in Word, the shipped ones come from here.

Numbers are those of GB/T 9704-2012. Tags stand in the document as plain visible text, so that they can be moved and
restyled like any other words. A layout is a frozen value: how wide the margins are, and how the page number is written.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import docx
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HERE = Path(__file__).parent

# ---------------------------------------------------------------- 版式 ----


class Margins(NamedTuple):
    """页边 — above and below the type area, in millimetres, and the pitch that puts 22 lines between, in points."""

    name: str
    top: float
    bottom: float
    pitch: float


class Number(NamedTuple):
    """页码形式 — its text with fields in braces; ``outer``: right on odd pages and left on even ones, else centred."""

    name: str
    text: str
    outer: bool

    @property
    def counts(self) -> bool:
        """有总页数 — then the 版记 is on the last page whichever it is: Word would not count a blank page before it."""
        return "NUMPAGES" in self.text


@dataclass(frozen=True, slots=True)
class Layout:
    """版式 — one of the page layouts offices use; the standard's own is the one that is shipped as the default."""

    margins: Margins
    number: Number

    @property
    def name(self) -> str:
        """名称 — as the office chooses it."""
        return f"{self.margins.name}·{self.number.name}"


STANDARD, WIDE = Margins("国标", 37, 35, 28.95), Margins("宽距", 34.58, 32.58, 29.6)
DASHED, PLAIN = Number("一字线", "— {PAGE} —", True), Number("数字", "{PAGE}", False)
COUNTED = Number("共几页", "第{PAGE}页 共{NUMPAGES}页", False)
LAYOUTS = tuple(Layout(margins, number) for margins in (STANDARD, WIDE) for number in (DASHED, PLAIN, COUNTED))
LEFT_MM, RIGHT_MM, ACROSS_MM, HEADER_MM = 28, 26, 156, 15
NUMBER_GAP_MM = 7
"""页码离版心 — from the type area's edge to the number."""
NUMBER_LINE = 320
"""页码行高 — in twips, for 14 pt type."""
CHARACTER = 280
"""一字 — of 14 pt type in twips: what the page number and the 版记 keep from the type area's edge."""

# ---------------------------------------------------------------- 样式 ----

FANGSONG, HEITI, KAITI, TITLE, SONGTI = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
STAND_INS = ((FANGSONG, "仿宋"), (HEITI, "SimHei"), (KAITI, "楷体"), (TITLE, "方正小标宋_GBK"), (SONGTI, "SimSun"))
"""替代字体 — what Word takes where an office's computer lacks the standard's font."""
RED, BLACK = "E60012", "000000"


class Look(NamedTuple):
    """样式 — font, points; ``line`` exact in twips (0: the body's pitch and grid) or, with ``least``, a minimum.

    ``first`` is the first line's indent in characters, ``whole`` keeps its lines on one page, ``keep`` it with the next
    paragraph; ``level`` is the outline level for navigation.
    """

    font: str
    size: int
    align: str = "left"
    first: int = 0
    line: int = 0
    least: bool = False
    after: int = 0
    bold: bool = False
    red: bool = False
    keep: bool = False
    whole: bool = False
    new_page: bool = False
    level: int | None = None


STYLES = {
    "公文正文": Look(FANGSONG, 16, "both", first=2),
    "公文末段": Look(FANGSONG, 16, "both", first=2, keep=True),
    "公文密级": Look(HEITI, 16),
    "公文红头": Look(TITLE, 60, "center", line=1400, red=True),
    "公文长红头": Look(TITLE, 40, "center", line=1400, red=True),
    "公文期号": Look(FANGSONG, 16, "center"),
    "公文发文": Look(FANGSONG, 16),
    "公文标题": Look(TITLE, 22, "center", line=680),
    "公文一级": Look(HEITI, 16, "both", first=2, keep=True, level=0),
    "公文二级": Look(KAITI, 16, "both", first=2, keep=True, level=1),
    "公文附件说明": Look(FANGSONG, 16, first=2, keep=True),
    "公文署名": Look(FANGSONG, 16, keep=True),
    "附件序号": Look(HEITI, 16, new_page=True, keep=True),
    "附件名称": Look(TITLE, 22, "center", line=680, after=120, keep=True, level=0),
    "表头": Look(FANGSONG, 12, "center", line=440, least=True, bold=True),
    "表文": Look(FANGSONG, 12, line=440, least=True),
    "表数": Look(FANGSONG, 12, "center", line=440, least=True),
    "表注": Look(FANGSONG, 12, line=440, least=True, whole=True),
    "版记": Look(FANGSONG, 14, line=480, least=True),
    "分节": Look(FANGSONG, 1, line=20),
    "页码": Look(SONGTI, 14, line=NUMBER_LINE),
    "页眉标注": Look(FANGSONG, 12, "right", line=320, least=True),
}
LONG_NAME = 7
"""长名称 — a bulletin's name of more characters does not fit a line of 60 pt type."""

# ---------------------------------------------------------------- 表格 ----


class Field(NamedTuple):
    """一列 — heading, width in millimetres, style, and a cell's lines: (its tag, the tag it is printed for or "")."""

    heading: str
    width: float
    style: str
    lines: tuple[tuple[str, str], ...]


def _field(heading: str, key: str, width: float, style: str) -> Field:
    return Field(heading, width, style, ((f"{{{{ row.{key} }}}}", ""),))


def _item_columns(days: str) -> tuple[Field, ...]:
    deadline = (("{{ row.deadline }}", ""), ("{{ row.due }}", "row.due"))
    return (
        _field("序号", "order", 11, "表数"),
        _field("编号", "no", 14, "表数"),
        _field("小项内容", "matter", 38, "表文"),
        _field("牵头单位", "lead", 22, "表文"),
        _field("责任领导", "leaders", 28, "表文"),
        Field("整改时限\n（原文、到期日）", 38, "表数", deadline),
        _field(days, "days", 13, "表数"),
        _field("牵头单位反馈", "said", 61, "表文"),
    )


LEADER_COLUMNS = (
    _field("责任领导", "leader", 55, "表文"),
    _field("小项", "total", 14, "表数"),
    _field("已完成", "done", 16, "表数"),
    _field("其中已销号", "closed", 16, "表数"),
    _field("其中逾期完成", "finished_late", 16, "表数"),
    _field("按期推进", "on_track", 14, "表数"),
    _field("临期", "due_soon", 14, "表数"),
    _field("逾期", "overdue", 14, "表数"),
    _field("长期坚持", "long_term", 14, "表数"),
    _field("时限不明确", "undated", 16, "表数"),
    _field("逾期小项编号", "overdue_nos", 36, "表文"),
)
IMPRINT = (
    ("report_to", "报：{{ report_to }}"),
    ("send_to", "送：{{ send_to }}"),
    ("", "{{ issuer }}\t{{ day }}印发"),
    ("copies", "\t共印{{ copies }}份"),
)
CELL_MARGINS = (("left", 45), ("bottom", 57), ("right", 45))
"""格边距 — in twips; a line's spare height is above its characters, so only the foot of a cell needs more."""
RULE_OUTER, RULE_INNER = 8, 6
"""版记的线 — 0.35 mm and 0.25 mm in eighths of a point."""


def make_bulletin_template(layout: Layout = LAYOUTS[0]) -> bytes:
    """督查专报模板 — the text, the attachments on landscape pages, the imprint at the foot of an even page."""
    document = docx.Document()
    _only_needed_parts(document)
    _refill(document.settings.element, _settings())
    _refill(document.styles.element, _styles(layout))
    body = [
        *_masthead(),
        *_text(),
        _section_end(_portrait(layout)),
        *_when("attachments", *_attachments(), _section_end(_landscape(layout))),
        *_when("imprint", _line("分节", "")),
        _portrait(layout, start="nextPage" if layout.number.counts else "evenPage"),
    ]
    _refill(document.element.body, body)
    text, tables, imprint = document.sections
    _headers(text)
    _footers(text, lambda align: [_page_number(layout, align)])
    _footers(tables, lambda align: [_turned_number(layout, align), _line("页码", "")])
    _footers(imprint, lambda align: [*_when("imprint", _imprint()), _page_number(layout, align, below_imprint=True)])
    return _packed(document)


# ---------------------------------------------------------------- 正文 ----


def _masthead() -> Iterator[Any]:
    yield from _when("secrecy or serial", _line("公文密级", "{{ secrecy }}\t{{ serial }}", tabs=_right_tab(0)))
    yield _line("公文正文", f"{{%p if name|length > {LONG_NAME} %}}")
    yield _line("公文长红头", "{{ name }}")
    yield _line("公文正文", "{%p else %}")
    yield _line("公文红头", "{{ name }}")
    yield _line("公文正文", "{%p endif %}")
    yield _line("公文期号", "第{{ number }}期")
    yield _line("公文期号", "")
    yield _line("公文发文", "　{{ sender }}\t{{ day }}", tabs=_right_tab(320), rule=True)
    yield from (_line("公文期号", ""), _line("公文期号", ""))
    yield _line("公文标题", "{{ title }}")
    yield _line("公文期号", "")


def _text() -> Iterator[Any]:
    yield _line("公文正文", "{{ opening }}")
    yield from _each(
        "part in parts",
        _line("公文一级", "{{ part.heading }}"),
        *_each(
            "section in part.sections",
            *_when("section.heading", _line("公文二级", "{{ section.heading }}")),
            *_each("paragraph in section.paragraphs", *_paragraph_or_last()),
        ),
    )
    note = _each("line in attachment_note", _line("公文附件说明", "{{ line }}"))
    yield from _when("attachment_note", _line("公文附件说明", ""), *note)
    yield from (_line("公文附件说明", ""), _line("公文附件说明", ""))
    yield from _each("line in signed", _line("公文署名", "{{ line }}"))


def _paragraph_or_last() -> Iterator[Any]:
    """末段 — it goes along where the signature does not fit its page: no page may hold the signature alone."""
    yield _line("公文正文", "{%p if paragraph == parts[-1].sections[-1].paragraphs[-1] %}")
    yield _line("公文末段", "{{ paragraph }}")
    yield _line("公文正文", "{%p else %}")
    yield _line("公文正文", "{{ paragraph }}")
    yield _line("公文正文", "{%p endif %}")


def _attachments() -> Iterator[Any]:
    yield from _attachment("overdue", _item_columns("逾期\n天数"), "注：{{ note }}")
    yield from _attachment("due_soon", _item_columns("剩余\n天数"), "注：{{ note }}")
    yield from _attachment("leaders", LEADER_COLUMNS, "注：{{ note }}{{ leaders_note }}")


def _attachment(rows: str, columns: Sequence[Field], note: str) -> list[Any]:
    return _when(
        rows,
        _line("附件序号", f"{{{{ {rows}_heading }}}}"),
        _line("公文附件说明", ""),
        _line("附件名称", f"{{{{ {rows}_caption }}}}"),
        _table(rows, columns),
        _line("表注", note),
    )


def _when(condition: str, *content: Any) -> list[Any]:
    return [_line("公文正文", f"{{%p if {condition} %}}"), *content, _line("公文正文", "{%p endif %}")]


def _each(loop: str, *content: Any) -> list[Any]:
    return [_line("公文正文", f"{{%p for {loop} %}}"), *content, _line("公文正文", "{%p endfor %}")]


def _line(style: str, text: str, *, align: str = "", tabs: Any = None, rule: bool = False, before: int = 0) -> Any:
    """一段 — what differs from its style stands in the paragraph; ``rule`` is the red rule below it."""
    red = _element("w:bottom", val="single", sz=18, space=5, color=RED)
    properties = [
        _element("w:pStyle", val=style),
        *([_element("w:pBdr", red)] if rule else []),
        *([tabs] if tabs is not None else []),
        *([_element("w:spacing", before=before)] if before else []),
        *([_element("w:ind", left=CHARACTER, right=CHARACTER)] if align in ("left", "right") else []),
        *([_element("w:jc", val=align)] if align else []),
    ]
    return _element("w:p", _element("w:pPr", *properties), *_runs(text))


def _right_tab(inset: int) -> Any:
    return _element("w:tabs", _element("w:tab", val="right", pos=_twips(ACROSS_MM) - inset))


def _runs(text: str) -> Iterator[Any]:
    """文字 — hinted East Asian, so that “”, —— and …… are set in the Chinese font."""
    breaks = {"\t": "w:tab", "\n": "w:br"}
    for part in filter(None, re.split("([\t\n])", text)):
        content = _element(breaks[part]) if part in breaks else _words(part)
        yield _element("w:r", _element("w:rPr", _element("w:rFonts", hint="eastAsia")), content)


def _words(text: str) -> Any:
    words = _element("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    return words


# ---------------------------------------------------------------- 附件表 ----


def _table(rows: str, columns: Sequence[Field]) -> Any:
    widths = [_twips(column.width) for column in columns]
    heading = [_cell(width, _line("表头", column.heading)) for width, column in zip(widths, columns, strict=True)]
    return _element(
        "w:tbl",
        _element("w:tblPr", _element("w:tblStyle", val="公文表格"), *_fixed(widths)),
        _grid(widths),
        _element("w:tr", _element("w:trPr", _element("w:cantSplit"), _element("w:tblHeader")), *heading),
        _tag_row(f"for row in {rows}", widths),
        _element("w:tr", _element("w:trPr", _element("w:cantSplit")), *map(_row_cell, widths, columns)),
        _tag_row("endfor", widths),
    )


def _row_cell(width: int, column: Field) -> Any:
    """行里的格 — with as little in it as can be: it is written again for every row."""
    lines = [(condition, _line(column.style, tag)) for tag, condition in column.lines]
    return _cell(
        width, *chain.from_iterable(_when(condition, line) if condition else [line] for condition, line in lines)
    )


def _tag_row(tag: str, widths: Sequence[int]) -> Any:
    """标签行 — across the whole table; it goes when the paper is set."""
    span = _element("w:gridSpan", val=len(widths))
    return _element("w:tr", _cell(sum(widths), _line("表文", f"{{%tr {tag} %}}"), more=[span]))


def _cell(width: int, *lines: Any, more: Sequence[Any] = ()) -> Any:
    """一格 — ``more`` are properties beside its width."""
    return _element("w:tc", _element("w:tcPr", _element("w:tcW", w=width, type="dxa"), *more), *lines)


def _fixed(widths: Sequence[int]) -> tuple[Any, Any]:
    """定宽 — real widths in table, grid and cells, which WPS needs; no automatic fitting."""
    return _element("w:tblW", w=sum(widths), type="dxa"), _element("w:tblLayout", type="fixed")


def _grid(widths: Sequence[int]) -> Any:
    return _element("w:tblGrid", *(_element("w:gridCol", w=width) for width in widths))


# ---------------------------------------------------------------- 版记 ----


def _imprint() -> Any:
    """版记 — in the foot of a last, even page, above its number; without 版记 there is no such page.

    It stands in the section's own footer, because that is at the foot of the page in every office program.
    """
    width = _twips(ACROSS_MM)
    sides = (("top", RULE_OUTER), ("bottom", RULE_OUTER), ("insideH", RULE_INNER))
    borders = (_element(f"w:{side}", val="single", sz=size, space=0, color=BLACK) for side, size in sides)
    size, layout = _fixed([width])
    margins = (_element(f"w:{side}", w=CHARACTER, type="dxa") for side in ("left", "right"))
    properties = (size, _element("w:tblBorders", *borders), layout, _element("w:tblCellMar", *margins))
    rows = (row for condition, text in IMPRINT for row in _imprint_row(condition, text, width))
    return _element("w:tbl", _element("w:tblPr", *properties), _grid([width]), *rows)


def _imprint_row(condition: str, text: str, width: int) -> Iterator[Any]:
    """版记一行 — a list that runs on stands under the first character behind its colon."""
    line = _line("版记", text, tabs=_right_tab(2 * CHARACTER) if "\t" in text else None)
    if "：" in text:
        line.pPr.append(_element("w:ind", left=2 * CHARACTER, hanging=2 * CHARACTER))
    row = _element("w:tr", _element("w:trPr", _element("w:cantSplit")), _cell(width, line))
    tags = [_tag_row(tag, [width]) for tag in (f"if {condition}", "endif")] if condition else []
    yield from (*tags[:1], row, *tags[1:])


# ---------------------------------------------------------------- 页面 ----


def _section_end(properties: Any) -> Any:
    """一节之末 — the paragraph that carries the section's end takes no room."""
    return _element("w:p", _element("w:pPr", _element("w:pStyle", val="分节"), properties))


def _portrait(layout: Layout, start: str = "nextPage") -> Any:
    margins = layout.margins
    grid = _element("w:docGrid", type="lines", linePitch=_pitch(layout))
    return _section(start, (210, 297), (margins.top, RIGHT_MM, margins.bottom, LEFT_MM), grid)


def _landscape(layout: Layout) -> Any:
    """横页 — the sheet turned so that the head of a table is at the left edge of the upright page (GB/T 9704-2012 7.7).

    It has no grid of lines: fewer of them fit than fill the page, and LibreOffice would set the rest in from the top.
    """
    margins = layout.margins
    return _section("nextPage", (297, 210), (LEFT_MM, margins.top, RIGHT_MM, margins.bottom))


def _section(start: str, paper: tuple[int, int], margins: Sequence[float], *grid: Any) -> Any:
    top, right, bottom, left = map(_twips, margins)
    places = {"top": top, "right": right, "bottom": bottom, "left": left, "header": _twips(HEADER_MM), "gutter": 0}
    width, height = paper
    return _element(
        "w:sectPr",
        _element("w:type", val=start),
        _element("w:pgSz", w=_twips(width), h=_twips(height), orient="landscape" if width > height else "portrait"),
        _element("w:pgMar", **places, footer=bottom - _twips(NUMBER_GAP_MM) - NUMBER_LINE),
        *grid,
    )


def _headers(section: Any) -> None:
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        _refill(header._element, [_line("页眉标注", "{{ mark }}")])


def _footers(section: Any, content: Any) -> None:
    """页脚 — of odd pages right, of even pages left."""
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _refill(footer._element, content(align))


def _page_number(layout: Layout, align: str, *, below_imprint: bool = False) -> Any:
    """页码 — outside and one character in, or centred; below the 版记 it keeps its own distance from the type area."""
    before = _twips(NUMBER_GAP_MM) if below_imprint else 0
    paragraph = _line("页码", "", align=align if layout.number.outer else "center", before=before)
    for part in filter(None, re.split(r"({\w+})", layout.number.text)):
        shown = list(_runs(part.strip("{}") if part[0] != "{" else "1"))
        paragraph.extend([_element("w:fldSimple", *shown, instr=f" {part[1:-1]} ")] if part[0] == "{" else shown)
    return paragraph


def _turned_number(layout: Layout, align: str) -> Any:
    """横页页码 — where the upright page has it: in the left margin, turned with the sheet.

    A table that stands free of the text, with one cell as high as the type area is wide: of the ways to turn a number
    it is the one that Word, WPS and LibreOffice all understand.
    """
    left = _twips(layout.margins.bottom - NUMBER_GAP_MM) - NUMBER_LINE
    place = _element("w:tblpPr", vertAnchor="page", horzAnchor="page", tblpX=left, tblpY=_twips(LEFT_MM))
    none = _element("w:tblCellMar", *(_element(f"w:{side}", w=0, type="dxa") for side in ("left", "right")))
    downwards = _element("w:textDirection", val="tbRl")
    cell = _cell(NUMBER_LINE, _page_number(layout, align), more=[downwards])
    height = _element("w:trHeight", val=_twips(ACROSS_MM), hRule="exact")
    return _element(
        "w:tbl",
        _element("w:tblPr", place, *_fixed([NUMBER_LINE]), none),
        _grid([NUMBER_LINE]),
        _element("w:tr", _element("w:trPr", height), cell),
    )


# ---------------------------------------------------------------- 文档各部分 ----

_KEPT_PARTS = ("officeDocument", "core-properties", "extended-properties", "styles", "settings", "fontTable", "theme")


def _only_needed_parts(document: Any) -> None:
    """只留所需 — python-docx starts from a document with a picture of itself and styles nobody asked for."""
    for holder in (document.part.package, document.part):
        for name, relation in list(holder.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] not in _KEPT_PARTS:
                del holder.rels[name]
            elif relation.reltype.endswith("/fontTable"):
                relation.target_part._blob = _font_table()


def _font_table() -> bytes:
    fonts = OxmlElement("w:fonts")
    for name, stand_in in STAND_INS:
        children = (
            _element("w:altName", val=stand_in),
            _element("w:charset", val=86),
            _element("w:family", val="auto"),
        )
        fonts.append(_element("w:font", *children, name=name))
    return serialize_part_xml(fonts)


def _settings() -> list[Any]:
    address = "http://schemas.microsoft.com/office/word"
    return [
        _element("w:defaultTabStop", val=420),
        _element("w:evenAndOddHeaders"),
        _element("w:characterSpacingControl", val="doNotCompress"),
        _element(
            "w:compat",
            _element("w:doNotExpandShiftReturn"),
            _element("w:compatSetting", name="compatibilityMode", uri=address, val=15),
        ),
        _element("w:themeFontLang", val="en-US", eastAsia="zh-CN"),
    ]


def _styles(layout: Layout) -> list[Any]:
    others = _element("w:latentStyles", defLockedState=0, defUIPriority=99, defSemiHidden=1, defUnhideWhenUsed=1)
    for name, value in (("defQFormat", 0), ("count", 376)):
        others.set(qn(f"w:{name}"), str(value))
    return [
        _element("w:docDefaults", _element("w:rPrDefault", _type(Look(FANGSONG, 16))), _element("w:pPrDefault")),
        others,
        _named("paragraph", "Normal", "Normal", _element("w:qFormat"), default=1),
        _named("table", "TableNormal", "Normal Table", default=1),
        *(_style(name, look, layout) for name, look in STYLES.items()),
        _table_style(),
    ]


def _style(name: str, look: Look, layout: Layout) -> Any:
    return _named(
        "paragraph",
        name,
        name,
        _element("w:basedOn", val="Normal"),
        _element("w:qFormat"),
        _element("w:pPr", *_paragraph(look, layout)),
        _type(look),
    )


def _paragraph(look: Look, layout: Layout) -> Iterator[Any]:
    """段落 — in the schema's order.

    Punctuation may hang over a line's end, as Word's own default has it. LibreOffice reads this flag the wrong way
    round and keeps it in, which is wanted: in a PDF it loses a comma that hangs.
    """
    if look.keep:
        yield _element("w:keepNext")
    if look.whole:
        yield _element("w:keepLines")
    if look.new_page:
        yield _element("w:pageBreakBefore")
    for name, value in _SWITCHES:
        yield _element(f"w:{name}", val=value)
    if look.line:
        yield _element("w:snapToGrid", val=0)
    rule = "atLeast" if look.least else "exact"
    yield _element("w:spacing", before=0, after=look.after, line=look.line or _pitch(layout), lineRule=rule)
    if look.first:
        yield _element("w:ind", firstLineChars=look.first * 100, firstLine=look.first * _BODY_CHARACTER)
    yield _element("w:jc", val=look.align)
    if look.level is not None:
        yield _element("w:outlineLvl", val=look.level)


_SWITCHES = (("widowControl", 0), ("overflowPunct", 1), ("autoSpaceDE", 0), ("autoSpaceDN", 0))
_BODY_CHARACTER = 315
"""正文一字 — 16 pt less 0.25 pt of spacing, in twips: 28 of them fill 156 mm."""


def _type(look: Look) -> Any:
    """字体 — one font for every script, so that no quote or digit falls into another; theme fonts would win over it.

    The language of Latin text stays English: as Chinese, LibreOffice would break a line within a number.
    """
    fonts = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), look.font)
    return _element(
        "w:rPr",
        _element("w:rFonts", hint="eastAsia", **fonts),
        *([_element("w:b")] if look.bold else []),
        *([_element("w:color", val=RED)] if look.red else []),
        *([_element("w:spacing", val=-5)] if look.size == 16 else []),
        _element("w:sz", val=2 * look.size),
        _element("w:szCs", val=2 * look.size),
        _element("w:lang", val="en-US", eastAsia="zh-CN"),
    )


def _table_style() -> Any:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (_element(f"w:{side}", val="single", sz=4, space=0, color=BLACK) for side in sides)
    margins = (_element(f"w:{side}", w=width, type="dxa") for side, width in CELL_MARGINS)
    return _named(
        "table",
        "公文表格",
        "公文表格",
        _element("w:basedOn", val="TableNormal"),
        _element("w:tblPr", _element("w:tblBorders", *borders), _element("w:tblCellMar", *margins)),
        _element("w:tcPr", _element("w:vAlign", val="center")),
    )


def _named(kind: str, identifier: str, name: str, *content: Any, **attributes: object) -> Any:
    named = _element("w:name", val=name)
    return _element("w:style", named, *content, type=kind, **attributes, styleId=identifier)


# ---------------------------------------------------------------- 零件 ----


def _element(tag: str, /, *children: Any, **attributes: object) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def _refill(parent: Any, children: Sequence[Any]) -> None:
    for child in list(parent):
        parent.remove(child)
    parent.extend(children)


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _pitch(layout: Layout) -> int:
    return round(layout.margins.pitch * 20)


def _packed(document: Any) -> bytes:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "督查专报模板", "整改督查工具", ""
    properties.created = properties.modified = datetime(2016, 1, 1)
    application = next(one for one in document.part.package.parts if one.partname == "/docProps/app.xml")
    application._blob = _APPLICATION
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in parts.namelist():
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


_APPLICATION = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>整改督查工具</Application></Properties>"
).encode()
"""程序名 — python-docx would say Microsoft Macintosh Word."""


def template_file(layout: Layout) -> Path:
    """模板文件 — the default beside this script, the others by name in 版式/."""
    return HERE / "督查专报.docx" if layout == LAYOUTS[0] else HERE / "版式" / f"{layout.name}.docx"


if __name__ == "__main__":
    for one in LAYOUTS:
        template_file(one).parent.mkdir(exist_ok=True)
        template_file(one).write_bytes(make_bulletin_template(one))
