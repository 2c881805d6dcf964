"""说明的版面 — the page, styles and page numbers of a template, with a body of headings, paragraphs and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

_COLUMNS = (("tag", 56), ("holds", 62), ("example", 38))
"""说明表的列 — name and width in mm, 156 in all."""


def as_guide(document: Document) -> Document:
    """换上说明的正文 — the first page's setting stays, the rest of the body goes with its headers and footers."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    body = document.element.body
    sections = list(body.iter(qn("w:sectPr")))
    for child in list(body):
        body.remove(child)
    for block in parse_xml(f"<w:body {nsdecls('w')}>{_body()}</w:body>"):
        body.append(block)
    body.append(sections[0])
    kept = {reference.get(qn("r:id")) for reference in sections[0]}
    for section in sections[1:]:
        for reference in section.iter(qn("w:headerReference"), qn("w:footerReference")):
            if reference.get(qn("r:id")) not in kept:
                document.part.drop_rel(reference.get(qn("r:id")))
    return document


def _body() -> str:
    return "".join(
        (
            _line("公文标题", "{{ title }}"),
            _line("公文期号", ""),
            _line("公文正文", "{%p for part in parts %}"),
            _line("公文一级", "{{ part.heading }}"),
            _line("公文正文", "{%p for paragraph in part.paragraphs %}"),
            _line("公文正文", "{{ paragraph }}"),
            _line("公文正文", "{%p endfor %}"),
            _line("公文正文", "{%p if part.rows %}"),
            _table(),
            _line("公文正文", "{%p endif %}"),
            _line("公文正文", "{%p endfor %}"),
        )
    )


def _table() -> str:
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for _, width in _COLUMNS)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(156)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        + _row("表头", ("标签（照写）", "里面是什么", "例"), heading=True)
        + _row("表文", ("{%tr for row in part.rows %}", "", ""))
        + _row("表文", tuple(f"{{{{ row.{name} }}}}" for name, _ in _COLUMNS))
        + _row("表文", ("{%tr endfor %}", "", ""))
        + "</w:tbl>"
    )


def _row(style: str, texts: tuple[str, ...], heading: bool = False) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if heading else "")
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr>{_line(style, text)}</w:tc>'
        for (_, width), text in zip(_COLUMNS, texts, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _line(style: str, text: str) -> str:
    run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>{text}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)
