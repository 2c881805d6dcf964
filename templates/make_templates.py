"""模板制作 — makes 督查专报.docx anew; the office edits the .docx in Word, this script is how the shipped one was made.

Numbers are those of GB/T 9704-2012, in twips (56.7 a millimetre) and half-points. Tags stand in the document as plain
visible text, so that they can be moved and restyled like any other words.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

HERE = Path(__file__).parent

FANGSONG, HEITI, KAITI, TITLE, SONGTI = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
RED = RGBColor(0xE6, 0x00, 0x12)
PITCH = 579
"""行距 — 28.95 pt in twentieths; 22 lines of it fill 225 mm."""

LEFT, CENTER, RIGHT, BOTH = "left", "center", "right", "both"
_ALIGNED = {
    LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    BOTH: WD_ALIGN_PARAGRAPH.JUSTIFY,
}

STYLES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("公文正文", {"font": FANGSONG, "size": 16, "align": BOTH, "first": 200}),
    ("公文红头", {"font": TITLE, "size": 60, "align": CENTER, "red": True, "line": 1400}),
    ("公文期号", {"font": FANGSONG, "size": 16, "align": CENTER}),
    ("公文密级", {"font": HEITI, "size": 16, "align": LEFT}),
    ("公文发文", {"font": FANGSONG, "size": 16, "align": LEFT}),
    ("公文标题", {"font": TITLE, "size": 22, "align": CENTER, "line": 680}),
    ("公文一级", {"font": HEITI, "size": 16, "align": BOTH, "first": 200, "keep": True}),
    ("公文二级", {"font": KAITI, "size": 16, "align": BOTH, "first": 200, "keep": True}),
    ("公文附件说明", {"font": FANGSONG, "size": 16, "align": LEFT, "first": 200, "keep": True}),
    ("公文署名", {"font": FANGSONG, "size": 16, "align": RIGHT}),
    ("附件序号", {"font": HEITI, "size": 16, "align": LEFT, "new_page": True}),
    ("附件名称", {"font": TITLE, "size": 22, "align": CENTER, "line": 680, "keep": True}),
    ("表头", {"font": FANGSONG, "size": 12, "align": CENTER, "line": 440, "least": True, "bold": True}),
    ("表文", {"font": FANGSONG, "size": 12, "align": LEFT, "line": 440, "least": True}),
    ("表数", {"font": FANGSONG, "size": 12, "align": CENTER, "line": 440, "least": True}),
    ("表注", {"font": FANGSONG, "size": 12, "align": LEFT, "line": 440, "least": True}),
    ("版记", {"font": FANGSONG, "size": 14, "align": LEFT, "line": 480, "least": True}),
    ("分节", {"font": FANGSONG, "size": 1, "align": LEFT, "line": 20}),
    ("页码", {"font": SONGTI, "size": 14, "align": LEFT, "line": 320, "least": True}),
    ("页眉标注", {"font": FANGSONG, "size": 12, "align": RIGHT, "line": 320, "least": True}),
)

IMPRINT = (
    ("report_to", "　报：{{ report_to }}"),
    ("send_to", "　送：{{ send_to }}"),
    ("imprint", "　{{ issuer }}\t{{ day }}印发"),
    ("copies", "\t共印{{ copies }}份"),
)
ITEM_COLUMNS = (
    ("序号", "order", 11, "表数"),
    ("编号", "no", 13, "表数"),
    ("小项内容", "matter", 38, "表文"),
    ("牵头单位", "lead", 22, "表文"),
    ("配合单位", "units", 22, "表文"),
    ("责任领导", "leaders", 20, "表文"),
    ("整改时限（原文）", "deadline", 22, "表文"),
    ("到期日", "due", 30, "表数"),
    ("{days}", "days", 12, "表数"),
    ("牵头单位反馈", "said", 35, "表文"),
)
LEADER_COLUMNS = (
    ("责任领导", "leader", 40, "表文"),
    ("小项", "total", 14, "表数"),
    ("已完成", "done", 16, "表数"),
    ("其中已销号", "closed", 16, "表数"),
    ("其中逾期完成", "finished_late", 16, "表数"),
    ("按期推进", "on_track", 14, "表数"),
    ("临期", "due_soon", 14, "表数"),
    ("逾期", "overdue", 14, "表数"),
    ("长期坚持", "long_term", 14, "表数"),
    ("时限不明确", "undated", 16, "表数"),
    ("逾期小项编号", "overdue_nos", 51, "表文"),
)


def make_bulletin_template() -> bytes:
    """督查专报模板 — the text, the attachments on landscape pages, the imprint at the foot of an even page."""
    document = docx.Document()
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    _settings(document)
    _styles(document)
    _portrait(document.sections[0])
    _page_marks(document.sections[0])
    _masthead(document)
    _text(document)
    _landscape(_section(document, WD_SECTION.NEW_PAGE))
    _line(document, "公文正文", "{%p if attachments %}")
    _attachments(document)
    imprint = _section(document, WD_SECTION.EVEN_PAGE)
    _line(document, "公文正文", "{%p endif %}")
    _portrait(imprint)
    _imprint(document, imprint)
    return _packed(document)


# ---------------------------------------------------------------- 内容 ----


def _masthead(document: Any) -> None:
    _if(document, "secrecy", lambda: _line(document, "公文密级", "{{ secrecy }}"))
    _line(document, "公文红头", "{{ name }}")
    _line(document, "公文期号", "第{{ number }}期")
    _line(document, "公文期号", "")
    sender = _line(document, "公文发文", "　{{ sender }}\t{{ day }}")
    sender.paragraph_format.tab_stops.add_tab_stop(Mm(156 - 5.6), docx.enum.text.WD_TAB_ALIGNMENT.RIGHT)
    _rule_below(sender)
    _line(document, "公文期号", "")
    _line(document, "公文标题", "{{ title }}")
    _line(document, "公文期号", "")


def _text(document: Any) -> None:
    _line(document, "公文正文", "{{ opening }}")
    _line(document, "公文正文", "{%p for part in parts %}")
    _line(document, "公文一级", "{{ part.heading }}")
    _line(document, "公文正文", "{%p for section in part.sections %}")
    _if(document, "section.heading", lambda: _line(document, "公文二级", "{{ section.heading }}"))
    _line(document, "公文正文", "{%p for paragraph in section.paragraphs %}")
    _line(document, "公文正文", "{{ paragraph }}")
    for _ in range(3):
        _line(document, "公文正文", "{%p endfor %}")
    _if(document, "attachment_note", lambda: _attachment_note(document))
    _line(document, "公文附件说明", "")
    _line(document, "公文附件说明", "")
    _if(document, "sender", lambda: _signed(document, "{{ sender }}", 32))
    _signed(document, "{{ day }}", 64)


def _attachment_note(document: Any) -> None:
    _line(document, "公文附件说明", "")
    _line(document, "公文附件说明", "{%p for line in attachment_note %}")
    _line(document, "公文附件说明", "{{ line }}")
    _line(document, "公文附件说明", "{%p endfor %}")


def _signed(document: Any, text: str, indent: int) -> None:
    layout = _line(document, "公文署名", text).paragraph_format
    layout.right_indent, layout.keep_with_next = Pt(indent), True


def _attachments(document: Any) -> None:
    for field, days in (("overdue", "逾期天数"), ("due_soon", "剩余天数")):
        columns = tuple((heading.format(days=days), *rest) for heading, *rest in ITEM_COLUMNS)
        _attachment(document, field, columns, "注：{{ note }}")
    _attachment(document, "leaders", LEADER_COLUMNS, "注：{{ note }}{{ leaders_note }}")


def _attachment(document: Any, field: str, columns: Sequence[Sequence[Any]], note: str) -> None:
    def content() -> None:
        _line(document, "附件序号", f"{{{{ {field}_heading }}}}")
        _line(document, "附件名称", f"{{{{ {field}_caption }}}}")
        _table(document, field, columns)
        _line(document, "表注", note)

    _if(document, field, content)


def _imprint(document: Any, section: Any) -> None:
    """版记 — in the foot of a last, even page, above its number; without 版记 there is no such page.

    It stands in the section's own footer, because that is at the foot of the page in every office program.
    """
    _if(document, "imprint", lambda: _line(document, "分节", ""))
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        first = footer.paragraphs[0]
        for condition, text in IMPRINT:
            for line in (f"{{%p if {condition} %}}", text, "{%p endif %}"):
                _imprint_lines(_into(first.insert_paragraph_before(), "版记", line))
        _page_number(first, align).paragraph_format.space_before = Pt(20)


# ---------------------------------------------------------------- 页面 ----


def _section(document: Any, start: Any) -> Any:
    """另起一节 — the paragraph that carries the section's end takes no room."""
    section = document.add_section(start)
    document.paragraphs[-1].style = "分节"
    return section


def _portrait(section: Any) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    _margins(section, 2098, 1474, 1984, 1587)


def _landscape(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    _margins(section, 1587, 1984, 1474, 2098)


def _margins(section: Any, top: int, right: int, bottom: int, left: int) -> None:
    page = section._sectPr.find(qn("w:pgMar"))
    names = ("top", "right", "bottom", "left", "header", "footer", "gutter")
    footer = bottom - 397 - 320
    for name, value in zip(names, (top, right, bottom, left, 851, footer, 0), strict=True):
        page.set(qn(f"w:{name}"), str(value))
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(_element("w:docGrid", type="lines", linePitch=PITCH))


def _page_marks(section: Any) -> None:
    """页眉页码 — the mark above; — 1 — below, on odd pages right and on even pages left, one character in."""
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        _into(header.paragraphs[0], "页眉标注", "{{ mark }}")
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        _page_number(footer.paragraphs[0], align)


def _page_number(paragraph: Any, align: str) -> Any:
    _into(paragraph, "页码", "— ")
    paragraph.alignment = _ALIGNED[align]
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    _page_field(paragraph)
    _run(paragraph, " —")
    return paragraph


def _page_field(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("", "1"), ("end", "")):
        run = _run(paragraph, "")
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))
        elif text.strip() == "PAGE":
            code = _element("w:instrText")
            code.text = text
            code.set(qn("xml:space"), "preserve")
            run._r.append(code)
        else:
            run.text = text


def _settings(document: Any) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    settings = document.settings.element
    for old in (*settings.findall(qn("w:compat")), *settings.findall(qn("w:themeFontLang"))):
        settings.remove(old)
    compat = _element("w:compat")
    compat.append(
        _element("w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15)
    )
    after = next(
        (one for one in settings if one.tag in (qn("w:rsids"), qn("m:mathPr"), qn("w:clrSchemeMapping"))), None
    )
    language = _element("w:themeFontLang", val="en-US", eastAsia="zh-CN")
    if after is None:
        settings.extend([compat, language])
        return
    after.addprevious(compat)
    scheme = settings.find(qn("w:clrSchemeMapping"))
    (scheme if scheme is not None else compat).addprevious(language)


# ---------------------------------------------------------------- 样式 ----


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _fonts(normal.element.get_or_add_rPr(), FANGSONG)
    normal.font.size = Pt(16)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    _fonts(defaults.find(qn("w:rPrDefault")).find(qn("w:rPr")), FANGSONG)
    spaced = defaults.find(qn("w:pPrDefault")).find(qn("w:pPr"))
    for old in list(spaced):
        spaced.remove(old)
    for name, look in STYLES:
        _style(document, name, look)
    for style in document.styles.element.iter(qn("w:rFonts")):
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.attrib.pop(qn(f"w:{theme}"), None)


def _style(document: Any, name: str, look: dict[str, Any]) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size = Pt(look["size"])
    style.font.bold = look.get("bold", False)
    if look.get("red"):
        style.font.color.rgb = RED
    properties = style.element.get_or_add_rPr()
    _fonts(properties, look["font"])
    if look["size"] == 16:
        _insert(properties, _element("w:spacing", val=-5), before=("w:w", "w:kern", "w:position", "w:sz", "w:szCs"))
    layout = style.paragraph_format
    layout.alignment = _ALIGNED[look["align"]]
    layout.page_break_before = look.get("new_page", False)
    layout.keep_with_next = look.get("keep", False)
    layout.widow_control = False
    paragraph = style.element.get_or_add_pPr()
    rule = "atLeast" if look.get("least") else "exact"
    spacing = _element("w:spacing", before=0, after=0, line=look.get("line", PITCH), lineRule=rule)
    _insert(paragraph, spacing, before=("w:ind", "w:jc", "w:outlineLvl"))
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        after = ("w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
        _insert(paragraph, _element(name, val=0), before=after)
    if look.get("least"):
        _insert(paragraph, _element("w:snapToGrid", val=0), before=("w:spacing", "w:ind", "w:jc", "w:outlineLvl"))
    if look.get("first"):
        indent = _element("w:ind", firstLineChars=look["first"], firstLine=look["first"] // 100 * 310)
        _insert(paragraph, indent, before=("w:jc", "w:outlineLvl"))


def _fonts(properties: Any, font: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = _element("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    language = properties.find(qn("w:lang"))
    if language is None:
        language = _element("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")


# ---------------------------------------------------------------- 表格 ----


def _table(document: Any, field: str, columns: Sequence[Sequence[Any]]) -> None:
    table = document.add_table(rows=0, cols=len(columns))
    _grid(table, [width for _, _, width, _ in columns], border=4)
    heading = _row(table, "表头", [heading for heading, _, _, _ in columns])
    heading._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    blanks = [""] * (len(columns) - 1)
    _row(table, "表文", [f"{{%tr for row in {field} %}}", *blanks])
    row = _row(table, "表文", [f"{{{{ row.{key} }}}}" for _, key, _, _ in columns])
    for cell, (_, _, _, style) in zip(row.cells, columns, strict=True):
        cell.paragraphs[0].style = style
    _row(table, "表文", ["{%tr endfor %}", *blanks])


def _grid(table: Any, widths: Sequence[float], border: int | None) -> None:
    """表格框架 — real widths in grid, table and cells, which WPS needs; no automatic fitting."""
    table.autofit = False
    properties = table._tbl.tblPr
    for old in ("w:tblStyle", "w:tblW", "w:tblBorders", "w:tblCellMar", "w:tblLook"):
        for one in properties.findall(qn(old)):
            properties.remove(one)
    properties.insert(0, _element("w:tblW", w=_twips(sum(widths)), type="dxa"))
    layout = properties.find(qn("w:tblLayout"))
    if border is not None:
        borders = _element("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(_element(f"w:{side}", val="single", sz=border, space=0, color="000000"))
        layout.addprevious(borders)
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=57, type="dxa"))
    layout.addnext(margins)
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(_twips(width)))


def _row(table: Any, style: str, texts: Sequence[str]) -> Any:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(_element("w:cantSplit"))
    properties.append(_element("w:trHeight", val=397, hRule="atLeast"))
    columns = table._tbl.tblGrid.findall(qn("w:gridCol"))
    for cell, text, column in zip(row.cells, texts, columns, strict=True):
        cell._tc.get_or_add_tcPr().insert(0, _element("w:tcW", w=column.get(qn("w:w")), type="dxa"))
        for extra in cell._tc.tcPr.findall(qn("w:tcW"))[1:]:
            cell._tc.tcPr.remove(extra)
        cell.vertical_alignment = docx.enum.table.WD_ALIGN_VERTICAL.CENTER
        _into(cell.paragraphs[0], style, text)
    return row


def _imprint_lines(paragraph: Any) -> None:
    """版记的线 — outer rules 0.35 mm, inner 0.25 mm (8 and 6 eighths of a point)."""
    properties = paragraph._p.get_or_add_pPr()
    borders = _element("w:pBdr")
    for side, size in (("top", 8), ("bottom", 8), ("between", 6)):
        borders.append(_element(f"w:{side}", val="single", sz=size, space=1, color="000000"))
    tabs = _element("w:tabs")
    tabs.append(_element("w:tab", val="right", pos=_twips(156) - 280))
    _insert(properties, borders, before=("w:tabs", "w:spacing", "w:ind", "w:jc"))
    _insert(properties, tabs, before=("w:spacing", "w:ind", "w:jc"))


# ---------------------------------------------------------------- 零件 ----


def _line(document: Any, style: str, text: str) -> Any:
    return _into(document.add_paragraph(), style, text)


def _into(paragraph: Any, style: str, text: str) -> Any:
    paragraph.style = style
    for at, part in enumerate(text.split("\t")):
        if at:
            _run(paragraph, "").add_tab()
        if part:
            _run(paragraph, part)
    return paragraph


def _run(paragraph: Any, text: str) -> Any:
    """文字 — hinted East Asian, so that “”, —— and …… are set in the Chinese font."""
    run = paragraph.add_run(text)
    properties = run._r.get_or_add_rPr()
    properties.insert(0, _element("w:rFonts", hint="eastAsia"))
    return run


def _if(document: Any, condition: str, content: Any) -> None:
    _line(document, "公文正文", f"{{%p if {condition} %}}")
    content()
    _line(document, "公文正文", "{%p endif %}")


def _rule_below(paragraph: Any) -> None:
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz=18, space=4, color="E60012"))
    _insert(paragraph._p.get_or_add_pPr(), borders, before=("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"))


def _insert(parent: Any, child: Any, before: Sequence[str]) -> None:
    """按次序插入 — the schema wants properties in order: ``child`` goes in front of the first of ``before``."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    follower = next((one for one in parent if one.tag in {qn(name) for name in before}), None)
    if follower is None:
        parent.append(child)
    else:
        follower.addprevious(child)


def _element(tag: str, **attributes: object) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _packed(document: Any) -> bytes:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "督查专报模板", "整改督查工具", ""
    properties.created = properties.modified = datetime(2016, 1, 1)
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in parts.namelist():
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), parts.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


if __name__ == "__main__":
    (HERE / "督查专报.docx").write_bytes(make_bulletin_template())
