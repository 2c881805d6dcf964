"""文档 — what the schema cannot say of a .docx: references, the grid of tables, fields, sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from tests.ooxml_package import Package, Xml, attribute, name_of
from tests.ooxml_tables import NAMESPACES

_VAL = attribute("w:val")
_W = f"{{{NAMESPACES['w']}}}"


def document_faults(package: Package) -> Iterator[str]:
    """文档 — references to styles and numbering, the grid of tables, fields, ends of cells, headers of sections."""
    styles = {one.get(f"{_W}styleId") for _, tree in package.roots("w:styles") for one in tree.iter(f"{_W}style")}
    lists = {one.get(f"{_W}numId") for _, tree in package.roots("w:numbering") for one in tree.iter(f"{_W}num")}
    for kind in ("w:document", "w:hdr", "w:ftr", "w:styles", "w:numbering"):
        for name, tree in package.roots(kind):
            for fault in (*_references(tree, styles, lists), *_tables(tree), *_fields(tree)):
                yield f"{name}：{fault}"
    for name, tree in package.roots("w:document"):
        yield from (f"{name}：{fault}" for fault in _sections(tree, package.relations(name)))


def _references(tree: Xml, styles: set[str | None], lists: set[str | None]) -> Iterator[str]:
    for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
        for one in tree.iter(_W + tag):
            if one.get(_VAL) not in styles:
                yield f"w:{tag} 指向没有的样式 {one.get(_VAL)}"
    for one in tree.iter(f"{_W}numId"):
        if one.get(_VAL) not in {*lists, "0"}:
            yield f"w:numId 指向没有的编号 {one.get(_VAL)}"
    for tag, key in (("style", "styleId"), ("bookmarkStart", "id")):
        times = Counter(one.get(_W + key) for one in tree.iter(_W + tag))
        yield from (f"w:{tag} {identity} 有{count}个" for identity, count in times.items() if count > 1)


def _tables(tree: Xml) -> Iterator[str]:
    for table in tree.iter(f"{_W}tbl"):
        grid = [_whole(one.get(f"{_W}w")) for one in table.findall(f"{_W}tblGrid/{_W}gridCol")]
        for row in table.findall(f"{_W}tr"):
            before, after = (_number(row, f"{_W}trPr/{_W}grid{side}", 0) for side in ("Before", "After"))
            at = before
            for cell in row.findall(f"{_W}tc"):
                span = _number(cell, f"{_W}tcPr/{_W}gridSpan", 1)
                width = cell.find(f"{_W}tcPr/{_W}tcW")
                own = sum(grid[at : at + span])
                if width is not None and width.get(f"{_W}type") == "dxa" and _whole(width.get(f"{_W}w")) != own:
                    yield f"单元格宽 {width.get(f'{_W}w')} 与表格网格 {own} 不符"
                at += span
                if len(cell) and name_of(cell[-1]) != "w:p":
                    yield "单元格最后不是 w:p"
            if at + after != len(grid):
                yield f"一行占 {at + after} 列，表格网格是 {len(grid)} 列"


def _number(element: Xml, path: str, default: int) -> int:
    found = element.find(path)
    return _whole(found.get(_VAL)) if found is not None else default


def _whole(text: str | None) -> int:
    """整数 — 0 for what is none; that is a fault of its own."""
    return int(text) if text and re.fullmatch(r"-?\d+", text) else 0


_FIELD_STEPS = {"begin": 1, "separate": 0, "end": -1}


def _fields(tree: Xml) -> Iterator[str]:
    for paragraph in tree.iter(f"{_W}p"):
        kinds = [str(one.get(f"{_W}fldCharType")) for one in paragraph.iter(f"{_W}fldChar")]
        depth = 0
        for kind in kinds:
            depth += _FIELD_STEPS.get(kind, 0)
            if depth < 0 or (kind == "separate" and depth == 0):
                break
        if depth:
            yield f"域没有成对：{'、'.join(kinds)}"


def _sections(tree: Xml, relations: Mapping[str, tuple[str, str, bool]]) -> Iterator[str]:
    body = tree.find(f"{_W}body")
    if body is None or not len(body) or name_of(body[-1]) != "w:sectPr":
        yield "正文最后不是 w:sectPr"
    for section in tree.iter(f"{_W}sectPr"):
        kinds = [(name_of(one), one.get(f"{_W}type")) for one in section.iterchildren(f"{{{NAMESPACES['w']}}}*")]
        used = [kind for kind in kinds if kind[0] in ("w:headerReference", "w:footerReference")]
        if len(used) != len(set(used)):
            yield "一节有两个同类的页眉或页脚"
        for one in section.iterchildren(f"{_W}headerReference", f"{_W}footerReference"):
            wanted = name_of(one)[2:8]
            if relations.get(one.get(attribute("r:id")), (wanted,))[0] != wanted:
                yield f"{name_of(one)} 指到了别的部件"
