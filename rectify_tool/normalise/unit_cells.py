"""单位栏 — the names written in one cell: split, roles and labels taken off, names for many told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from rectify_tool.model import Rules

# ---------------------------------------------------------------- 拆分 ----

KINDS = (
    "管委会|居委会|村委会|常委会|联合会|委员会|指挥部|领导小组|开发区|经开区|高新区|办公室|检察院|人大|政协|政府|街道|中心|公司|集团"
    "|法院|医院|学院|学校|中学|小学|大学|幼儿园|党校|总工会|办事处|妇联|残联|工商联|文联|科协|社区|电视台|融媒体|银行"
    "|局|委|办|室|(?<!干)部|院|(?<!社)会|厅|处|科|股|队|站|所|组|馆|(?<!城)镇|(?<!城)乡|(?<!农)村"
)
"""机构词尾 — how the name of an organisation ends."""

KIND_AT_END = re.compile(rf"(?:{KINDS})(?:\([^()]*\))?$")
LEVEL = re.compile(r"^(?:我|本)?(?P<level>[省市州区县旗])(?=[一-鿿])")
"""层级 — the 区 or 市 a name begins with."""

_BARE_KIND = re.compile(rf"^(?:{KINDS})$")
_CIRCLED = re.compile(r"[①-⑳⑴-⑽㈠-㈩❶-❿]")
_ENUMERATOR = re.compile(
    r"\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|(?<!\d)\d{1,2}[.、)](?=\D)|(?:^|(?<=[;\n]))[一二三四五六七八九十]{1,3}、"
)
_LABEL = re.compile(
    r"(?P<label>(?:牵头|主办|主责|主要责任|配合|协办|协助|承办|参与|责任|成员|落实|整改|填报|报送|其他责任|共同责任)"
    r"(?:\(配合\)|\(牵头\))?(?:单位|部门|处室|科室)?"
    r"|(?:主要|分管|牵头)?(?:责任人|责任领导|领导|联系人|联系电话|电话|完成时限|整改时限|时限|完成时间))\s*:"
    r"|(?:^|(?<=[;,。\s]))(?P<bare>(?:牵头|主办|配合|协办|责任|承办|参与)(?:单位|部门)\s*)(?=[^\s、,;。:])"
)
_NOT_A_UNIT_LABEL = re.compile(r"责任人|领导|联系|电话|时限|时间")
_LEAD_WORD = re.compile(r"牵头|主办|主责|主要责任|抓总")
_ROLE_BRACKET = re.compile(
    r"[\[(【](?:[^()\[\]【】]*(?:牵头|主办|主责|配合|协办|承办|协助|参与|负责|责任单位)[^()\[\]【】]*)[\])】]"
)
_ROLE_AT_END = re.compile(
    r"\s*(?:为|作为)?(?:共同|具体|总)?"
    r"(?:牵头(?:负责|抓总|单位|落实|办理)?|主办|主责|(?:密切|积极|协同|协助)?配合|协办|协助|参与|承办|负责(?:落实)?)$"
)
_ROLE_AT_START = re.compile(r"^(?:由|会同|联合|商)(?=.{2,})")
_AND_OTHERS = re.compile(
    r"^(?P<first>.+?)等(?:[\d一二三四五六七八九十百两几多]+[家个]?)?"
    r"(?:相关|有关|各|区直|县直|市直|区属|其他)*(?:责任|成员|职能|牵头|配合)?(?:单位|部门|街道|乡镇|镇街|机构|企业|公司)?$"
)
_POSTS = (
    "党组书记|党委书记|党工委书记|书记|主任|主席|会长|理事长|董事长|总经理|经理|检察长|巡视员|调研员|主要负责人|主要领导|分管领导"
    "|分管负责人|负责人|班子成员|负责同志|[局部院校所站队镇乡处科]长"
)
_PERSON = r"(?:[一-鿿][某×*]{1,2}|[一-鿿]{2,3})?"
_POST_BEHIND = re.compile(
    rf"^(?P<unit>.{{2,}}?(?:{KINDS}))(?:常务)?(?:副|第一|原)?(?:{_POSTS})(?:同志)?{_PERSON}(?:同志)?$"
    rf"|^(?P<shared>.{{2,}}?[局部院校所站队镇乡处科])长(?:{_PERSON})(?:同志)?$"
)
_PERSON_AROUND = re.compile(r"^[一-鿿][某×*]{1,2}(?=[省市州区县旗].)|(?<=[局委办室部院会])[一-鿿][某×*]{1,2}(?:同志)?$")
_UNIT_IN_BRACKETS = re.compile(r"^[^()]{2,8}\((?P<unit>[^()]{3,})\)$")
"""职务与人名 — what people write about a unit's own person: 区财政局局长, 区扶贫办主任李某, 张三（区环保局）."""

_ALSO_ENDS = re.compile(r"(?:[联协社行园区场厂台校库班店馆体网街州旗]|监狱|党委|支部|专班)$")
"""Endings of organisations that are too common elsewhere to tell one name from the next."""

_NO_NAME = re.compile(
    r"^[\W_\d]*(?:无|暂无|同上|见上|n/?a)?[\W_]*$|(?:\d|[一二三四五六七八九十底])\s*(?:月|日|年|天)|完成$|长期坚持|立行立改|^〔图片〕$",
    re.IGNORECASE,
)
"""片段里不是名称的 — blanks, and the deadlines people write behind the names."""


class _Part(NamedTuple):
    """单位片段 — one name of a cell, and whether the cell marks it 牵头."""

    name: str
    lead: bool


@lru_cache(maxsize=16384)  # every row is asked for its units several times
def split_units(text: str) -> tuple[str, ...]:
    """拆分单位 — the names in one cell, in the order written, without repeats, labels, roles and numbering.

    Brackets are never split inside. ``X等3家单位`` gives X and the whole phrase, which `is_collective` knows.
    """
    return tuple(dict.fromkeys(part.name for part in _parts(text)))


def lead_marked(text: str) -> str | None:
    """标明的牵头单位 — the first name the cell itself marks 牵头 or 主办; None where it marks none."""
    return next((part.name for part in _parts(text) if part.lead), None)


def without_person(name: str) -> str:
    """去掉职务和人名 — the unit of which a post or a person is named; the name itself where there is none."""
    plain = re.sub(r"\s+", "", normalize("NFKC", name))
    inside = _UNIT_IN_BRACKETS.match(plain)
    if inside and KIND_AT_END.search(inside["unit"]) and not looks_like_unit(plain.partition("(")[0]):
        return inside["unit"]
    bare = _PERSON_AROUND.sub("", plain)
    post = _POST_BEHIND.match(bare)
    if post and not looks_like_unit(bare):
        bare = post["unit"] or post["shared"]
    return bare if bare != plain and looks_like_unit(bare) else name


def looks_like_unit(name: str) -> bool:
    """像单位名称 — whether a name ends as organisations do."""
    plain = re.sub(r"[\s“”\"]+", "", re.sub(r"\([^()]*\)", "", normalize("NFKC", name)))
    return bool(KIND_AT_END.search(plain) or _ALSO_ENDS.search(plain))


_BRACKET_BELOW = re.compile(r"(?<=\S)[^\S\n]*\n\s*\((?P<inside>[^():]*)\)[^\S\n]*(?=[\n,;、。]|$)")


def _taken_up(bracket: re.Match[str]) -> str:
    """A bracket on a line of its own belongs to the name above: its role, second name or own office."""
    inside = bracket["inside"]
    return f"({inside})" if _ROLE_BRACKET.search(f"({inside})") or LEVEL.match(inside) else ""


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[_Part, ...]:
    plain = _ENUMERATOR.sub(";", normalize("NFKC", _CIRCLED.sub(";", text))).replace("\r", "\n")
    plain = _BRACKET_BELOW.sub(_taken_up, plain)
    parts: list[_Part] = []
    for label, content in _labelled(plain):
        if _NOT_A_UNIT_LABEL.search(label):
            continue
        for group in _outside_brackets(content, ",;。\n\t|"):
            parts += _group_parts(group, bool(_LEAD_WORD.search(label)))
    return tuple(parts)


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Yield (label, what follows it); brackets that merely wrap labelled text are opened first."""
    if re.match(r"^\s*\([^()]*:.*\)\s*$", text, re.DOTALL):
        text = text.strip()[1:-1]
    marks = list(_LABEL.finditer(text))
    yield "", text[: marks[0].start()] if marks else text
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=False):
        yield mark["label"] or mark["bare"], text[mark.end() : end]


def _group_parts(group: str, lead: bool) -> Iterator[_Part]:
    """Names between two commas: a role word at the group's end (A、B牵头) speaks for all of them."""
    role = _ROLE_AT_END.search(group.strip())
    lead = lead or bool(role and _LEAD_WORD.search(role[0]))
    for piece in _outside_brackets(group, "、/+&"):
        marked = any(_LEAD_WORD.search(bracket) for bracket in _ROLE_BRACKET.findall(piece))
        for name in _cut_at_blanks(_ROLE_BRACKET.sub(" ", piece)):
            for whole in (whole for part in _cut_at_and(name) for whole in _cut_run_together(part)):
                own = _ROLE_AT_END.search(whole)
                leads = lead or marked or bool(own and _LEAD_WORD.search(own[0]))
                yield from (_Part(clean, leads) for clean in _with_others(_bare_name(whole)))


def _outside_brackets(text: str, separators: str) -> Iterator[str]:
    """Split at the separators that stand outside brackets; unbalanced brackets count for nothing."""
    balanced = text.count("(") == text.count(")")
    depth = start = 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")") if balanced else 0
        if depth == 0 and char in separators:
            yield text[start:index]
            start = index + 1
    yield text[start:]


def _cut_at_blanks(piece: str) -> Iterator[str]:
    """Cut at a blank only between two whole names: “区财政局 区审计局”, not “区 财 政 局” or “区委 办公室”.

    What follows a whole name and is neither a name nor the end of one (a person, a title) is dropped.
    """
    name, dropped = "", False
    for word in piece.split():
        if dropped and not _is_whole(word):
            continue
        dropped = False
        if name and _ROLE_AT_END.fullmatch(word):
            yield name + word
            name = ""
        elif _is_whole(name) and not _BARE_KIND.match(_without_role(word)) and not _OWNED_BY.search(name):
            yield name
            dropped = not _is_whole(word)
            name = "" if dropped else word
        elif LEVEL.match(word) and _is_whole(name) and _is_whole(word):
            yield name
            name = word
        else:
            name += word
    if name:
        yield name


_OWNED_BY = re.compile(r"(?:^|[区县市])(?:委|政府)$")


def _without_role(name: str) -> str:
    return _ROLE_AT_END.sub("", name)


def _is_whole(name: str) -> bool:
    return len(_without_role(name)) > 1 and bool(KIND_AT_END.search(_without_role(name)))


_AND = re.compile(r"以及|及|与|会同|和(?![平顺县田谐睦兴林])")


def _cut_at_and(name: str) -> Iterator[str]:
    """Cut at 和、及、与 only where a whole name ends before it: 区财政局和区审计局, not 区卫生和计划生育局."""
    start = 0
    for joint in _AND.finditer(name):
        if _is_whole(name[start : joint.start()]) and len(_without_role(name[joint.end() :])) > 1:
            yield name[start : joint.start()]
            start = joint.end()
    yield name[start:]


_RUN_TOGETHER = re.compile(rf"(?<=[局办部院会厅处队心])(?=[区县市])(?=.{{2,}}(?:{KINDS})$)")


def _cut_run_together(name: str) -> Iterator[str]:
    """Cut where a name of the same level follows without any sign: 区教育局区卫计局, not 区委区政府督查室."""
    start = 0
    for joint in _RUN_TOGETHER.finditer(name):
        before, level = name[start : joint.start()], LEVEL.match(name[start:])
        if len(before) > 2 and level and level["level"] == name[joint.start()]:
            yield before
            start = joint.start()
    yield name[start:]


def _bare_name(piece: str) -> str:
    name = _ROLE_AT_START.sub("", _without_role(piece.strip(" 　.:·-—_*")))
    contact = re.search(r"\(([^()]*)\)$", name)
    if contact and contact.start() and not KIND_AT_END.search(contact[1]):
        name = name[: contact.start()]
    return name.replace("(", "（").replace(")", "）")


def _with_others(name: str) -> Iterator[str]:
    if _NO_NAME.search(name):
        return
    others = _AND_OTHERS.match(name)
    if others and not _ANY.match(others["first"]):
        yield others["first"]
    yield name


# ---------------------------------------------------------------- 统称 ----

_ANY = re.compile(
    r"^(?:全[区县市]|[区县市](?:直|属)|本[区县市]|园区|辖区)?(?:机关)?(?:各|所有|相关|有关|其他|其它|全体|涉及|上述|以上|责任|成员)"
)
_MANY = re.compile(
    r"(?:单位|部门|机构|成员|国有企业|四大家(?:班子)?)$|各[^各]{0,6}(?:部委|委办局?|部办委局?|部门|组|街道|乡|镇|科室|企业|学校|支部)$"
    r"|^(?:\d+|[一二两三四五六七八九十]+)[家个]|^全[区县市]$|^(?:街道|乡镇|镇街|社区|村|部门|企业|学校)(?:\([^()]*\))?$"
)


def is_collective(name: str, rules: Rules) -> bool:
    """统称 — whether the name stands for many units (各街道, 有关单位, X等3家单位), so that nobody can be called."""
    return _stands_for_many(name, rules.collective)


@lru_cache(maxsize=8192)
def _stands_for_many(name: str, words: tuple[str, ...]) -> bool:
    plain = re.sub(r"\s+", "", normalize("NFKC", name))
    return bool(
        _ANY.match(plain) or _MANY.search(plain) or _AND_OTHERS.match(plain) or any(word in plain for word in words)
    )
