"""版式法 — what a strict reader of ECMA-376 (transitional) would object to in a .docx or .xlsx.

`faults` looks at the package, at every part against `tests.ooxml_tables`, and at what the schemas cannot say
(`tests.ooxml_word`, `tests.ooxml_sheet`).
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from tests.ooxml_package import Package, Xml, attribute, name_of, parsed, relation_faults, typed_faults, types_of
from tests.ooxml_sheet import workbook_faults
from tests.ooxml_tables import (
    CHART,
    DRAWING,
    PACKAGE,
    REQUIRED,
    SPREADSHEET,
    SWITCHES,
    WHOLE,
    WHOLE_VALUES,
    WORD,
    WORDS,
)
from tests.ooxml_word import document_faults


def faults(path: Path) -> list[str]:
    """毛病 — everything wrong with the document or workbook, each with its part; an empty list for a sound one."""
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        found = [f"{name}：包里有两个同名部件" for name, times in Counter(map(str.lower, names)).items() if times > 1]
        found += [f"{name}：部件名不规范" for name in names if name.startswith("/") or "\\" in name or ".." in name]
        parts = {name: package.read(name) for name in names}
    trees, broken = parsed(parts)
    if broken:
        return [*found, *broken]
    sound = Package(parts, trees, types_of(trees, parts))
    checks = (typed_faults, relation_faults, order_faults, document_faults, workbook_faults)
    return [*found, *(fault for check in checks for fault in check(sound))]


# ---------------------------------------------------------------- 次序 ----


class Place(NamedTuple):
    """位置 — the names that may stand here, and how often."""

    names: frozenset[str]
    least: int
    most: int


_QUANTITIES = {"!": (1, 1), "*": (0, 10**9), "+": (1, 10**9), "=": (2, 2)}


def _models(*tables: str) -> dict[str, tuple[Place, ...]]:
    lines = [line for table in tables for line in table.replace("\\\n", "").splitlines() if line.strip()]
    made = {}
    for line in lines:
        parent, _, model = line.partition(" =")
        prefix = parent.split(">")[-1].split(":")[0]
        made[parent.strip()] = tuple(_place(token, prefix) for token in model.split())
    return made


def _place(token: str, prefix: str) -> Place:
    least, most = _QUANTITIES.get(token[-1], (0, 1))
    names = token.rstrip("!*+=").split("|")
    return Place(frozenset(name if ":" in name else f"{prefix}:{name}" for name in names), least, most)


def _attributes(table: str) -> Iterator[tuple[str, list[str]]]:
    for rule in re.split(r"[;\n]", table.replace("\\\n", "")):
        if rule.strip():
            element, *names = rule.split()
            yield element, names


MODELS = _models(WORD, DRAWING, CHART, SPREADSHEET, PACKAGE)
_REQUIRED = {element: [attribute(name) for name in names] for element, names in _attributes(REQUIRED)}
_WORDS = {(element, attribute(names[0])): names[1:] for element, names in _attributes(WORDS)}
_VAL = attribute("w:val")
_WHOLE = frozenset(attribute(f"w:{name}") for name in WHOLE.split())
_WHOLE_VALUES, _SWITCHES = (frozenset(f"w:{name}" for name in names.split()) for names in (WHOLE_VALUES, SWITCHES))
_SPACE = attribute("xml:space")


def order_faults(package: Package) -> Iterator[str]:
    """次序 — children out of order, missing, too many or unknown; attributes missing or holding what they may not."""
    for name, tree in package.trees.items():
        ignored = _ignored(tree)
        for element in tree.iter(etree.Element):
            if element.tag.partition("}")[0][1:] in ignored or name_of(element).split(":")[0] in ("o", "b"):
                continue
            for fault in (*_children_faults(element, ignored), *_attribute_faults(element)):
                yield f"{name}：{fault}"


def _ignored(tree: Xml) -> set[str]:
    """可忽略的扩展 — namespaces an older reader is told to pass over."""
    prefixes = tree.get(attribute("mc:Ignorable"), "").split()
    return {tree.nsmap[prefix] for prefix in prefixes if prefix in tree.nsmap}


def _inside(element: Xml) -> str:
    """所在 — ``w:tabs>w:tab``: the element's name with its parent's."""
    above = element.getparent()
    return f"{name_of(above)}>{name_of(element)}" if above is not None else name_of(element)


def _children_faults(element: Xml, ignored: set[str]) -> Iterator[str]:
    parent = name_of(element)
    model = MODELS.get(_inside(element), MODELS.get(parent, ()))
    at, times = 0, 0
    for child in element.iterchildren(etree.Element):
        if child.tag.partition("}")[0][1:] in ignored:
            continue
        name = name_of(child)
        while at < len(model) and name not in model[at].names:
            if times < model[at].least:
                yield f"{parent} 里缺 {_told(model[at])}"
            at, times = at + 1, 0
        if at == len(model):
            known = any(name in place.names for place in model)
            yield f"{parent} 里 {name} 的次序不对" if known else f"{parent} 里不能有 {name}"
            return
        times += 1
        if times > model[at].most:
            yield f"{parent} 里 {name} 多了"
            return
    for place in model[at:]:
        if times < place.least:
            yield f"{parent} 里缺 {_told(place)}"
        times = 0


def _told(place: Place) -> str:
    return "或".join(sorted(place.names))


def _attribute_faults(element: Xml) -> Iterator[str]:
    name = name_of(element)
    inside = _inside(element)
    required = _REQUIRED.get(inside, _REQUIRED.get(name, ()))
    yield from (f"{name} 没有属性 {one.rpartition('}')[2]}" for one in required if element.get(one) is None)
    for key, value in element.attrib.items():
        words = _WORDS.get((inside, key)) or _WORDS.get((name, key))
        if words and value not in words:
            yield f"{name} 的属性值“{value}”不在所列之中"
        if (key in _WHOLE or (key == _VAL and name in _WHOLE_VALUES)) and not re.fullmatch(r"-?\d+", value):
            yield f"{name} 的属性值“{value}”不是整数"
        if key == _VAL and name in _SWITCHES and value not in ("0", "1", "true", "false", "on", "off"):
            yield f"{name} 的属性值“{value}”不是开关"
    if name in ("w:t", "s:t", "w:instrText") and element.get(_SPACE) != "preserve":
        text = element.text or ""
        if text != text.strip(" \t\r\n"):
            yield f"{name} 首尾有空格，却没有 xml:space"
