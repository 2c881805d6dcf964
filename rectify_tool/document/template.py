"""模板 — a Word template as the office left it → Jinja text in which every tag knows its place.

Word spreads one tag over several runs as it likes; here each is gathered into one. ``{%p … %}`` stands for its whole
paragraph, ``{%tr … %}`` for its whole row. Everything that can be said of a tag without filling it is checked here,
so that a mistake is found on the day it is made and not on the first day with an overdue item. A brace that belongs
to no tag is a mistake too: nothing half-understood is ever printed.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

NO_PARAGRAPH = "<!--p-->"
"""段落待定 — stands last in a cell or header whose last paragraph is a tag: Word wants a paragraph there."""

_TAG = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)
_BRACE = re.compile("[{}｛｝]")
_TOKEN = re.compile("\ue000([0-9]+|p)\ue001")
_NAME = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*"
_VALUE = re.compile(rf"{{{{\s*({_NAME})\s*}}}}")
_BLOCK = re.compile(r"{%\s*(?:(p|tr)\s)?\s*(for|endfor|if|elif|else|endif)\b(.*?)\s*%}", re.DOTALL)
_LOOP = re.compile(rf"\s+[A-Za-z_][A-Za-z0-9_]*\s+in\s+{_NAME}")
_QUOTES = str.maketrans("“”‘’＝（）", "\"\"''=()")
_CARRIERS = {"p": ("段", f"{W}p"), "tr": ("行", f"{W}tr")}
_PICTURES = tuple(f"{W}{name}" for name in ("drawing", "pict", "object"))
_WANTS_PARAGRAPH = tuple(f"{W}{name}" for name in ("tc", "txbxContent", "hdr", "ftr", "footnote", "endnote"))


class WrongTag(Exception):
    """标签有误 — the tag (or the paragraph's text), where it stands, and what is wrong with it."""

    def __init__(self, place: str, text: str, problem: str) -> None:
        quoted = f"“{' '.join(text.split())[:60]}”" if text.strip() else ""
        super().__init__(f"{place}{quoted}：{problem}")


@dataclass(frozen=True, slots=True)
class Tag:
    """标签 — a tag as typed and where it stands.

    ``carrier`` is "p" or "tr" where it stands for a whole paragraph or row, ``word`` is for, endif … and "" for a
    value, ``rest`` what follows it; ``parent`` is the element its paragraph, row or (without carrier) run lies in.
    Where the parts of a loop or condition have one parent, whatever they leave out or repeat is whole elements.
    """

    text: str
    place: str
    carrier: str
    word: str
    rest: str
    parent: Any

    def wrong(self, problem: str) -> WrongTag:
        """标签有误 — the error that names this tag and its place."""
        return WrongTag(self.place, self.text, problem)


@dataclass(frozen=True, slots=True)
class Part:
    """部件 — one part of the document as Jinja text; tag number n (from 0) ends on line n + 2."""

    name: str
    label: str
    source: str
    tags: tuple[Tag, ...]


def read_part(name: str, label: str, content: bytes) -> Part:
    """读部件 — the XML of a part as Jinja text.

    Args:
        name: The part's name in the package.
        label: What people call it: 正文, 页眉 ….
        content: Its XML.

    Raises:
        WrongTag: For the first tag or brace that cannot be right.
    """
    from lxml import etree  # type: ignore[import-untyped]

    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        raise WrongTag(label, "", "已损坏，读不出来；请用 Word 或 WPS 打开这个模板，另存一次") from error
    found: list[Tag] = []
    for paragraph in list(root.iter(f"{W}p")):
        found += _gather(paragraph, label, first=len(found))
    for number, tag in enumerate(found):
        found[number] = _lift(number, tag) if tag.carrier else tag
    return _as_source(name, label, etree.tostring(root, encoding="unicode"), found)


# ---------------------------------------------------------------- 收拢 ----


def _gather(paragraph: Any, label: str, first: int) -> list[Tag]:
    """收拢标签 — every tag of the paragraph becomes a numbered token within one piece of text."""
    nodes = [node for node in paragraph.iter(f"{W}t") if next(node.iterancestors(f"{W}p")) is paragraph]
    text = "".join(node.text or "" for node in nodes)
    if not _BRACE.search(text):
        return []
    place = _place(paragraph, label)
    if _BRACE.search(_TAG.sub("", text)):
        raise WrongTag(place, text, _BRACES)
    starts = [0, *accumulate(len(node.text or "") for node in nodes)]
    matches = list(_TAG.finditer(text))
    holders = [nodes[bisect(starts, match.start()) - 1].getparent().getparent() for match in matches]
    for number, match in reversed(list(enumerate(matches, first))):
        _put(nodes, starts, match.span(), "" if match[0].startswith("{#") else f"\ue000{number}\ue001")
    return [_understood(match[0], place, holder) for match, holder in zip(matches, holders, strict=True)]


_BRACES = (
    "花括号没有成对，或用了全角的｛｝。填空写成 {{ 名称 }}，循环和条件写成 {%p … %}、{%tr … %}，"
    "都用半角的花括号，写在同一段里；其他文字里不要用花括号"
)


def _put(nodes: Sequence[Any], starts: Sequence[int], span: tuple[int, int], token: str) -> None:
    """换成记号 — the text from ``span`` goes, the token stands where it began; later spans have been put already."""
    begin, end = span
    for node, start, stop in zip(nodes, starts, starts[1:], strict=False):
        if start < end and begin < stop:
            text = node.text or ""
            keep = token if start <= begin else ""
            node.text = text[: max(begin - start, 0)] + keep + (text[end - start :] if end < stop else "")
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _understood(text: str, place: str, parent: Any) -> Tag:
    if text.startswith("{#"):
        return Tag(text, place, "", "#", "", parent)
    if text.startswith("{{"):
        if not _VALUE.fullmatch(text):
            raise WrongTag(place, text, _no_name(text[2:-2].strip()))
        return Tag(text, place, "", "", "", parent)
    block = _BLOCK.fullmatch(text)
    if block is None:
        raise WrongTag(place, text, "只认得 for、endfor、if、elif、else、endif，前面加 p（整段）或 tr（表格的整行）")
    carrier, word, rest = block[1] or "", block[2], block[3].translate(_QUOTES)
    if word == "for" and not _LOOP.fullmatch(rest):
        raise WrongTag(place, text, "循环写成 {%p for 名称 in 列表 %}，表格的行写成 {%tr for row in 列表 %}")
    return Tag(text, place, carrier, word, rest, parent)


def _no_name(inside: str) -> str:
    """不是填空 — a word in other letters is a name there is none of; anything else is no name at all."""
    if inside.replace(".", "").isidentifier():
        return f"没有“{inside}”这个填空；填空的名称都是英文字母，如 {{{{ title }}}}，一共有哪些，见“填空说明”"
    return "填空里只能写名称，写成 {{ 名称 }} 或 {{ row.名称 }}，不要加别的符号"


def _lift(number: int, tag: Tag) -> Tag:
    """提出 — the tag's paragraph or row gives way to the bare token; the tag's parent is where that lay."""
    what, name = _CARRIERS[tag.carrier]
    element = tag.parent if tag.parent.tag == name else next(tag.parent.iterancestors(name), None)
    token = f"\ue000{number}\ue001"
    if element is None:
        raise tag.wrong("要单独占表格的一行，不能写在表格外面")
    if "".join(element.itertext()).strip() != token or any(element.find(f".//{one}") is not None for one in _PICTURES):
        raise tag.wrong(f"要独占一{what}，这一{what}里还有别的内容")
    _keep_section_end(element)
    return replace(tag, parent=_replaced(element, token))


def _keep_section_end(paragraph: Any) -> None:
    """留住分节 — office programs hang the end of a section on the tag's paragraph: it moves to one without height."""
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    if section is not None:
        kept = paragraph.makeelement(f"{W}p")
        properties = _within(kept, "pPr")
        _within(properties, "spacing", before="0", after="0", line="20", lineRule="exact")
        properties.append(section)
        paragraph.addnext(kept)


def _within(parent: Any, name: str, **attributes: str) -> Any:
    element = parent.makeelement(f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})
    parent.append(element)
    return element


def _replaced(element: Any, token: str) -> Any:
    """换下 — ``token`` in the place of ``element``; returns the parent."""
    parent, before = element.getparent(), element.getprevious()
    if element.getnext() is None and parent.tag in _WANTS_PARAGRAPH:
        token += "\ue000p\ue001"
    token += element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + token
    else:
        before.tail = (before.tail or "") + token
    parent.remove(element)
    return parent


# ---------------------------------------------------------------- 成文 ----


def _as_source(name: str, label: str, xml: str, found: Sequence[Tag]) -> Part:
    """成模板文字 — tokens become tags, one line each; what else has braces is not text and is made inert."""
    stray = re.search('{[{%#][^<>"]*', xml)
    if stray:
        raise WrongTag(label, stray[0], "标签只能写在文字里，不能写在域、超链接、图片说明或艺术字里")
    order = [int(token) for token in _TOKEN.findall(xml) if token != "p"]
    tags = tuple(found[number] for number in order)
    _check_pairs(tags)
    inert = xml.replace("\n", " ").replace("{", "&#123;")
    source = _TOKEN.sub(lambda token: NO_PARAGRAPH if token[1] == "p" else _jinja(found[int(token[1])]), inert)
    return Part(name, label, source, tags)


def _jinja(tag: Tag) -> str:
    if tag.word:
        return f"{{%\n{tag.word} {tag.rest}%}}"
    return tag.text.replace("{{", "{{\n", 1)


def _check_pairs(tags: Sequence[Tag]) -> None:
    """成对 — every for and if is ended in its own place, by its own kind."""
    unended: list[Tag] = []
    for tag in tags:
        if tag.word in ("for", "if"):
            unended.append(tag)
        elif tag.word:
            _check_pair(unended[-1] if unended else None, tag)
            if tag.word.startswith("end"):
                unended.pop()
    if unended:
        raise unended[-1].wrong(f"没有结束，后面要有 {_closing(unended[-1])}")


def _check_pair(opening: Tag | None, tag: Tag) -> None:
    wanted = tag.word.removeprefix("end") if tag.word.startswith("end") else "if"
    if opening is None:
        raise tag.wrong(f"前面没有与它成对的 {wanted}")
    if opening.word != wanted:
        raise opening.wrong(f"没有结束，后面要有 {_closing(opening)}（先遇到了{tag.place}“{tag.text}”）")
    if opening.carrier != tag.carrier:
        raise tag.wrong(f"与{opening.place}“{opening.text}”要写成同一种，应当是 {_closing(opening)}")
    if opening.parent is not tag.parent:
        raise tag.wrong(f"与{opening.place}“{opening.text}”不在同一处（同一个单元格、同一张表、同一段），不能成对")


def _closing(tag: Tag) -> str:
    return f"{{%{tag.carrier} end{tag.word} %}}"


# ---------------------------------------------------------------- 位置 ----


def _place(paragraph: Any, label: str) -> str:
    """位置 — where a person finds the paragraph: 正文第3段, 正文第2张表第4行, 正文的文本框, 页眉."""
    above = list(paragraph.iterancestors())
    if any(one.tag == f"{W}txbxContent" for one in above):
        return f"{label}的文本框"
    table = next((one for one in reversed(above) if one.tag == f"{W}tbl"), None)
    if table is not None:
        row = next(one for one in reversed(above) if one.tag == f"{W}tr")
        return f"{label}第{_number(table)}张表第{_number(row)}行"
    return f"{label}第{_number(paragraph)}段" if label == "正文" else label


def _number(element: Any) -> int:
    """第几个 — among its like in the same parent, from 1."""
    return sum(1 for _ in element.itersiblings(element.tag, preceding=True)) + 1
