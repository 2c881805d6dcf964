"""文件包 — the parts of an Office file, their content types and relationships, and what is wrong with those."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

from tests.ooxml_tables import NAMESPACES, ROOTS

Xml = Any
_PREFIXES = {address: prefix for prefix, address in NAMESPACES.items()}


class Package(NamedTuple):
    """文件包 — the parts as bytes, the XML ones as trees, and the content type of each."""

    parts: Mapping[str, bytes]
    trees: Mapping[str, Xml]
    types: Mapping[str, str]

    def roots(self, kind: str) -> Iterator[tuple[str, Xml]]:
        """部件的根 — of every part whose root is ``kind``."""
        for name, tree in self.trees.items():
            if name_of(tree) == kind:
                yield name, tree

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """关系 — of part ``name`` ("" for the package): id → kind, target (a part's name or an address), external."""
        folder, file = posixpath.split(name)
        tree = self.trees.get(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = {}
        for one in tree if tree is not None else ():
            outside = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            inside = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[one.get("Id", "")] = (one.get("Type", "").rsplit("/", 1)[-1], target if outside else inside, outside)
        return found


def name_of(element: Xml) -> str:
    """带前缀的名字 — ``w:p``; an unknown namespace stays as it is written."""
    address, _, local = element.tag[1:].partition("}") if element.tag[0] == "{" else ("", "", element.tag)
    return f"{_PREFIXES.get(address, address)}:{local}"


def attribute(name: str) -> str:
    """属性的全名 — of ``r:id``; one without a prefix has no namespace."""
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def parsed(parts: Mapping[str, bytes]) -> tuple[dict[str, Xml], list[str]]:
    """读成树 — the XML parts, and what is said of those that are not well-formed."""
    trees, broken = {}, []
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(content, etree.XMLParser(huge_tree=True, resolve_entities=False))
            except etree.XMLSyntaxError as error:
                broken.append(f"{name}：不是合格的 XML（{error}）")
            if b"<!DOCTYPE" in content[:500]:
                broken.append(f"{name}：有 DOCTYPE")
    return trees, broken


def types_of(trees: Mapping[str, Xml], parts: Iterable[str]) -> dict[str, str]:
    """内容类型 — of each part, by its own name or else by its ending; "" where none is declared."""
    types = trees.get("[Content_Types].xml")
    given = list(types) if types is not None else []
    by_end = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in given if one.get("Extension")}
    by_name = {one.get("PartName", "")[1:]: one.get("ContentType", "") for one in given if one.get("PartName")}
    return {name: by_name.get(name) or by_end.get(name.rsplit(".", 1)[-1].lower(), "") for name in parts}


def typed_faults(package: Package) -> Iterator[str]:
    """类型 — every part has a content type, every override a part, and the root is the one its type asks for."""
    for name, kind in package.types.items():
        if name == "[Content_Types].xml":
            continue
        if not kind:
            yield f"{name}：没有声明内容类型"
        wanted = next((root for end, root in ROOTS.items() if kind.endswith((f".{end}", f"-{end}"))), None)
        root = name_of(package.trees[name]) if name in package.trees else None
        if root != wanted and (wanted or root in ROOTS.values()):
            yield f"{name}：内容类型 {kind} 与根元素 {root} 不符"
    for one in package.trees.get("[Content_Types].xml", ()):
        if one.get("PartName") and one.get("PartName")[1:] not in package.parts:
            yield f"[Content_Types].xml：声明了没有的部件 {one.get('PartName')}"


def relation_faults(package: Package) -> Iterator[str]:
    """关系 — every relationship leads to a part, every id used has one, and no part lies loose."""
    reached = {"[Content_Types].xml"}
    for name in ["", *package.parts]:
        relations = package.relations(name)
        for identity, (kind, target, outside) in relations.items():
            if outside and kind != "hyperlink":
                yield f"{name}：{kind} 指到包外（{target}）"
            elif not outside and target not in package.parts:
                yield f"{name}：关系 {identity} 指向没有的部件 {target}"
            reached.add(target)
        used = _ids_used(package.trees[name]) if name in package.trees else set()
        yield from (f"{name}：用了没有的关系 {identity}" for identity in sorted(used - set(relations)))
    for name in sorted(set(package.parts) - reached):
        if not name.endswith(".rels"):
            yield f"{name}：没有关系指到这个部件"


def _ids_used(tree: Xml) -> set[str]:
    own = f"{{{NAMESPACES['r']}}}"
    return {value for one in tree.iter() for key, value in one.attrib.items() if key.startswith(own)}
