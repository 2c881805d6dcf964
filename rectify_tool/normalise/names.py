"""单位名称 — which unit of the roster a name means, and which units a file name names.

A unit wrongly named is a serious matter: a name is accepted only where it can mean one unit of the roster and
nothing else that plausibly exists; everything nearer than that is a suggestion for a person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from rectify_tool.model import Rules
from rectify_tool.normalise.unit_cells import (
    KIND_AT_END,
    KINDS,
    LEVEL,
    is_collective,
    lead_marked,
    looks_like_unit,
    split_units,
    without_person,
)

__all__ = [
    "Resolution",
    "Roster",
    "is_collective",
    "lead_marked",
    "looks_like_unit",
    "make_roster",
    "resolve",
    "split_units",
    "unit_in_text",
    "unit_of_short_name",
]

# ---------------------------------------------------------------- 名称的构成 ----

_CONTRACTIONS = (
    ("中国共产党", "中共"),
    ("人民代表大会", "人大"),
    ("常务委员会", "常委会"),
    ("政治协商会议", "政协"),
    ("纪律检查委员会", "纪委"),
    ("监察委员会", "监委"),
    ("居民委员会", "居委会"),
    ("村民委员会", "村委会"),
    ("管理委员会", "管委会"),
    ("工作委员会", "工委"),
    ("委员会", "委"),
    ("人民政府", "政府"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("街道办事处", "街道"),
    ("办公室", "办"),
    ("街道办", "街道"),
    ("妇女联合会", "妇联"),
    ("残疾人联合会", "残联"),
    ("工商业联合会", "工商联"),
    ("文学艺术界联合会", "文联"),
    ("科学技术协会", "科协"),
    ("有限责任公司", "公司"),
    ("有限公司", "公司"),
)
"""规范简称 — long and short form of the same words; replacing one by the other never changes which unit is meant."""

_ZONE = re.compile(r"(?:经开|开发|高新|园|景|社|小|校|保税|工业|示范|度假|水库)区$")
"""Areas that are organisations themselves, not the district a name begins with."""

_PLACE = re.compile(
    r"^(?:[一-鿿]{2,6}?省)?(?:[一-鿿]{2,6}?市)?(?P<place>[一-鿿]{2,5}?(?=[区旗县])|[一-鿿](?=县))(?P<level>[区县旗])(?=[一-鿿])"
    r"|^(?:[一-鿿]{2,6}?省)?(?P<city>[一-鿿]{2,5}?)(?P<city_level>市|州)(?=[一-鿿])"
)
_LEAGUE = re.compile(r"^(?:共青团|团)(?P<where>.*[区县市州])委$")
_OWNER = re.compile(r"^(?P<owner>委|政府|纪委|人大|政协)(?P<rest>.+)$")

_WHOLE = re.compile(
    r"(?:财政|民政|市政|政务|审计|教育|公安|司法|统计|商务|水利|水务|林业|农业|信访|税务|气象|粮食|物价|档案|监察|人事|劳动|体育|文化|旅游"
    r"|规划|园林|环卫|市容|畜牧|安全)局|政法委|(?:组织|宣传|统战)部|政府|人大|政协"
)
"""自成一家的名称 — names that are organisations in themselves: never taken for a short form of a longer name."""


class _Parsed(NamedTuple):
    """名称构成 — level 区/县/市 and place as far as written ("" where not), and the rest in its short words."""

    level: str
    place: str
    rest: str


_UNSPOKEN = re.compile(r"[\s“”\"'·。,]+")


@lru_cache(maxsize=16384)
def _key(name: str) -> str:
    """What two spellings of one name share: width, blanks, brackets and quotes do not count."""
    return _UNSPOKEN.sub("", normalize("NFKC", name))


@lru_cache(maxsize=8192)
def _parses(name: str) -> tuple[_Parsed, ...]:
    """Every way a name can be taken apart, best first: 市政局 may be the city's 政局 or somebody's 市政局."""
    key = re.sub(r"\([^()]*\)", "", _key(name)) or _key(name)
    for long, short in _CONTRACTIONS:
        key = key.replace(long, short)
    key = re.sub(r"(?<=[一-鿿][镇乡])政府$", "", key.removeprefix("中共"))
    league = _LEAGUE.match(key)
    if league:
        key = league["where"] + "团委"
    ways = [_Parsed("", "", key)]
    if short_form := LEVEL.match(key):
        ways.insert(0, _Parsed(short_form["level"], "", key[short_form.end() :]))
    elif (placed := _PLACE.match(key)) and not _ZONE.search(placed[0]):
        place, level = (placed["place"], placed["level"]) if placed["level"] else (placed["city"], placed["city_level"])
        ways.insert(0, _Parsed(level, place, key[placed.end() :]))
    return tuple(ways)


def _may_be_one(written: _Parsed, known: _Parsed, home: str) -> bool:
    """Whether level and place allow both to be one unit: the city's bureau is never the district's."""
    if written.level and known.level and written.level != known.level:
        return False
    places = {written.place or home, known.place or home} - {""}
    return len(places) < 2


# ---------------------------------------------------------------- 名单 ----


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """单位名单 — the units that count, each under one canonical name; made by `make_roster`, compared by identity.

    ``units`` are the canonical names in order of appearance; ``spellings`` maps every spelling met to its unit;
    ``aliases`` those set in 口径; ``home`` is the district's own name (示例) where the names tell it, else "".
    """

    units: tuple[str, ...]
    spellings: Mapping[str, str]
    aliases: Mapping[str, str]
    home: str
    parsed: Mapping[str, tuple[tuple[_Parsed, str], ...]]


@dataclass(frozen=True, slots=True)
class Resolution:
    """单位认定 — which unit of the roster a name means, and how that was known.

    ``how`` is "exact", "alias" (口径), "prefix" (only 区, 示例区, 中共 or a long form such as 办公室 differs),
    "abbreviation" (safe short form of exactly one unit), "person" (a post or a person of the unit) or "none".
    ``suggestion`` is the nearest unit, for a person to look at, never accepted; ``candidates`` are the units that fit
    equally well where more than one does.
    """

    name: str
    unit: str | None
    how: str
    suggestion: str | None = None
    candidates: tuple[str, ...] = ()


def make_roster(names: Iterable[str], rules: Rules) -> Roster:
    """单位名单 — the units of the breakdown (names as often as written there) and of 口径.

    Spellings of one unit (财政局, 区财政局, 示例区财政局) become one: the name 口径 gives, else the one most used, else
    the one with a plain 区. 区委 and 区委办, 区财政局 and 市财政局 stay apart.
    """
    aliases = {_key(other): unit for other, unit in rules.unit_aliases.items()}
    named = (*rules.roster, *map(without_person, names))
    written = Counter(aliases.get(_key(name), name.strip()) for name in named if _key(name))
    home = _home(written)
    fixed = {*rules.roster, *aliases.values()}
    spellings: dict[str, str] = {}
    for group in _same_units(tuple(written), home):
        unit = max(group, key=lambda name: (name in fixed, written[name], _plain_prefix(name), -group.index(name)))
        spellings |= {_key(name): unit for name in group}
        spellings |= {inner: unit for name in group for inner in _second_names(name)} | spellings
    for short in _short_forms(tuple(dict.fromkeys(spellings.values())), written, home):
        spellings = {spelling: unit for spelling, unit in spellings.items() if unit != short}
    units = tuple(dict.fromkeys(spellings[_key(name)] for name in written if _key(name) in spellings))
    known = {other: spellings.get(_key(unit), unit) for other, unit in aliases.items()}
    aliases = {other: unit for other, unit in known.items() if unit in units}
    return Roster(units, spellings, aliases, home, _index(spellings, known, units))


def _home(written: Iterable[str]) -> str:
    """The place most names begin with."""
    places = Counter(way.place for name in written for way in _parses(name)[:1] if way.place)
    return max(places, key=lambda place: places[place], default="")


def _same_units(names: tuple[str, ...], home: str) -> list[list[str]]:
    """Group spellings of one unit; a name without 区 joins the only unit that has the same rest."""
    groups: dict[_Parsed, list[str]] = defaultdict(list)
    for name in names:
        level, place, rest = _parses(name)[0]
        groups[_Parsed(level, "" if place == home else place, rest)].append(name)
    for identity in list(groups):
        bare = _parses(groups[identity][0])[-1].rest
        fuller = [other for other in groups if other.rest == bare and other.level and other != identity]
        if len(fuller) == 1 and (not identity.level or bare != identity.rest):
            groups[fuller[0]] += groups.pop(identity)
    return list(groups.values())


def _short_forms(units: tuple[str, ...], written: Mapping[str, int], home: str) -> Iterator[str]:
    """区发改局 beside 区发展和改革局: the one less used is left out of the roster and resolved by its short form.

    区城市管理局 beside 区城市管理行政执法局 may well be two: whole words left out are no short form here. A name
    without its kind (区财政 in “区财政、审计局”) never stays beside the whole one.
    """
    dropped: set[str] = set()
    alike: dict[str, list[str]] = defaultdict(list)
    lengths = {unit: tuple(len(stem) for stem in _stems(unit)) for unit in units}
    kindless = {unit for unit in units if not looks_like_unit(unit)}
    for unit in units:
        for head in {stem[:1] for stem in _stems(unit)}:
            alike[head].append(unit)
    for unit in units:
        others = [
            other
            for other in dict.fromkeys(one for stem in _stems(unit) for one in alike[stem[:1]])
            if other not in dropped
            and (unit in kindless or (lengths[other] != lengths[unit] and not _begins(other, unit)))
            and any(_may_be_short(one, two, home) for one in _parses(unit) for two in _parses(other))
        ]
        fewer = len(others) == 1 and (written[unit], len(unit)) <= (written[others[0]], len(others[0]))
        if fewer or (unit in kindless and len(others) == 1):
            dropped.add(unit)
            yield unit


def _begins(long: str, short: str) -> bool:
    return _anatomy(_parses(long)[0].rest)[1].startswith(_anatomy(_parses(short)[0].rest)[1])


def _stems(unit: str) -> tuple[str, ...]:
    """The stems a name may have: those of a short and a long form begin alike and differ in length."""
    return tuple(_anatomy(way.rest)[1] for way in _parses(unit))


def _plain_prefix(name: str) -> int:
    way = _parses(name)[0]
    return bool(way.level) + (not way.place)


def _second_names(name: str) -> Iterator[str]:
    """区委督查室（区政府督查室） is also called by either name."""
    for inner in re.findall(r"\(([^()]+)\)", _key(name)):
        if KIND_AT_END.search(inner) and len(inner) > 3:
            yield inner


def _index(
    spellings: Mapping[str, str], aliases: Mapping[str, str], units: tuple[str, ...]
) -> Mapping[str, tuple[tuple[_Parsed, str], ...]]:
    """Units by the rest of their names; an alias whose either side is a unit's name speaks for that unit."""
    index: dict[str, set[tuple[_Parsed, str]]] = defaultdict(set)
    for spelling, unit in spellings.items():
        for way in _parses(spelling):
            index[way.rest].add((way, unit))
    for other, unit in aliases.items():
        for one, two in ((other, unit), (unit, other)):
            rest = _parses(two)[0].rest
            for way, owner in tuple(index.get(rest, ())):
                index[_parses(one)[0].rest].add((way._replace(rest=_parses(one)[0].rest), owner))
    order = {unit: place for place, unit in enumerate(units)}
    return {rest: tuple(sorted(ways, key=lambda pair: order[pair[1]])) for rest, ways in index.items()}


# ---------------------------------------------------------------- 认定 ----


@lru_cache(maxsize=16384)
def resolve(name: str, roster: Roster) -> Resolution:
    """单位认定 — the unit of the roster this name means; never one outside it, never a guess."""
    key = _key(name)
    if unit := roster.aliases.get(key):
        return Resolution(name, unit, "exact" if unit == name else "alias")
    if unit := roster.spellings.get(key):
        return Resolution(name, unit, "exact" if key == _key(unit) else "prefix")
    if (unit_alone := without_person(name)) != name:
        found = resolve(unit_alone, roster)
        return replace(found, name=name, how="person" if found.unit else found.how)
    for how, fit in (("prefix", _fits_by_prefix), ("abbreviation", _fits_by_abbreviation)):
        units = tuple(dict.fromkeys(fit(name, roster)))
        if len(units) == 1:
            return Resolution(name, units[0], how)
        if units:
            return Resolution(name, None, "none", candidates=units)
    return Resolution(name, None, "none", suggestion=_nearest(name, roster))


def _fits_by_prefix(name: str, roster: Roster) -> Iterator[str]:
    for written in _parses(name):
        for known, unit in roster.parsed.get(written.rest, ()):
            if _may_be_one(written, known, roster.home):
                yield unit


def _fits_by_abbreviation(name: str, roster: Roster) -> Iterator[str]:
    for written in _parses(name):
        for ways in roster.parsed.values():
            for known, unit in ways:
                if _may_be_short(written, known, roster.home):
                    yield unit


def _may_be_short(one: _Parsed, other: _Parsed, home: str) -> bool:
    """Whether two names may be short and long form; 区民政局 and 区市民政局 do not share the word 区."""
    both_whole = not one.level and not other.level and one.rest[:1] == other.rest[:1] and _has_level(one.rest)
    return not both_whole and _may_be_one(one, other, home) and _abbreviates(one.rest, other.rest)


def _has_level(rest: str) -> bool:
    return len(_parses(rest)) > 1


@lru_cache(maxsize=65536)
def _abbreviates(one: str, other: str) -> bool:
    """Whether one of two names is the safe short form of the other.

    Both end in the same kind of organisation, belong to the same owner (区委, 区政府) as far as written, begin with
    the same character, and the short one takes its characters from the beginnings of the long one's words. A short
    name that is an organisation in itself (民政局) is never a short form. Left out altogether, the kind may be taken
    as understood (区财政). Before 和 it is no short form but what was there before a merger (卫生局, 卫生和计划生育局).
    """
    (owner, stem, kind), (other_owner, other_stem, other_kind) = _anatomy(one), _anatomy(other)
    if not (kind and other_kind):
        return kind != other_kind and stem == other_stem and owner == other_owner and len(stem) > 1
    if kind != other_kind or (owner and other_owner and owner != other_owner):
        return False
    short, long = sorted((stem, other_stem), key=len)
    if len(short) < 2 or short[0] != long[0] or (len(short) == len(long) and short != long):
        return False
    if long.startswith(tuple(short + joint for joint in "和与及")):
        return False
    return short == long or (not _WHOLE.fullmatch(short + kind) and _from_word_starts(short, long))


@lru_cache(maxsize=8192)
def _anatomy(rest: str) -> tuple[str, str, str]:
    """Owner, stem and kind: 委组织部 → 委, 组织, 部."""
    owned = _OWNER.match(rest)
    owner, rest = (owned["owner"], owned["rest"]) if owned else ("", rest)
    ending = re.search(rf"(?:{KINDS})$", rest)
    return (owner, rest[: ending.start()], ending[0]) if ending else (owner, rest, "")


def _from_word_starts(short: str, long: str) -> bool:
    """Ordered subsequence, each character the start of a two-character word or next to the one taken before."""
    starts = [offset % 2 == 0 for word in re.split(r"(?<=[和与及])", long) for offset in range(len(word))]
    taken = {(0, False)}
    for char, start in zip(long, starts, strict=True):
        taken = {(count, False) for count, _ in taken} | {
            (count + 1, True) for count, joined in taken if short[count : count + 1] == char and (start or joined)
        }
    return any(count == len(short) for count, _ in taken)


_NEAR = 0.55
"""How alike two names must be to be worth a person's look (Dice of characters); a suggestion only."""


def _nearest(name: str, roster: Roster) -> str | None:
    rest = _parses(name)[0].rest
    likeness = dict.fromkeys(roster.units, 0.0)
    for ways in roster.parsed.values():
        for known, unit in ways:
            likeness[unit] = max(likeness[unit], _likeness(rest, known.rest))
    best = max(likeness, key=lambda unit: likeness[unit], default=None)
    return best if best is not None and likeness[best] >= _NEAR else None


def _likeness(one: str, other: str) -> float:
    """Dice of characters; higher where the shorter is an ordered part of the longer and both end alike."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    if len(short) > 1 and short[-1] == long[-1] and all(char in rest for char in short):
        return 0.9
    return 2 * (Counter(one) & Counter(other)).total() / max(1, len(one) + len(other))


# ---------------------------------------------------------------- 文件名里的单位 ----

_STOP = re.compile(
    r"整改(?!办|工作办|工作领导小组|领导小组)|关于|落实|责任分解表?|台账|报送|上报|填报|反馈|报来|填表|单位|进展|情况|问题|材料|清单|汇总|附件|附表"
    r"|报告|自查|任务|表格|最终|定稿|终稿|修改|修订|副本|更新|补充|盖章|电子|截至|巡视(?!办|巡察)|的|表|第[一二三四五六七八九十\d]+[期次批稿版]|[一二三四五六七八九十]+月"
)
"""File-name words that are no part of a unit's name."""

_INSIDE = re.compile(r"^(?:机关)?(?:党组|党委|党工委|纪工委|党支部|办公室|机关|办)")
"""A bureau's own parts: 区财政局党组 speaks for 区财政局 (区委办 does not speak for 区委)."""


def unit_in_text(text: str, roster: Roster) -> tuple[str, ...]:
    """文中单位 — the units a file name, a folder or a 填报单位 line names, in order, without repeats.

    A name counts only as a whole: 区委 is not found in 区委组织部, nor 教育局 in 市教育局.
    """
    plain = re.sub(r"\.[A-Za-z]{2,4}$", "", normalize("NFKC", text).strip())
    found: list[str] = []
    for spelling, unit in _with_stop_words(roster):
        if spelling in plain:
            found.append(unit)
            plain = plain.replace(spelling, "|")
    whole = re.sub(r"(?<=[一-鿿])[ \u3000]+(?=[一-鿿])", "", plain)
    for version in dict.fromkeys((plain, whole)):
        for chunk in _STOP.sub("|", version.replace("(", "|").replace(")", "|")).split("|"):
            for run in re.findall(r"[一-鿿]+", chunk):
                found += _units_of_run(run, roster)
    return tuple(dict.fromkeys(found))


def unit_of_short_name(text: str, roster: Roster) -> str | None:
    """简称文件名 — the one unit a whole file name stands for without its kind or its owner: 教育, 卫计, 党校.

    Such a word may mean something else (统计, 审计): it counts only where nothing else tells the unit.
    """
    plain = re.sub(r"\d+[年月日号期]", "|", normalize("NFKC", text))
    words = re.findall(r"[一-鿿]+", _STOP.sub("|", plain))
    if len(words) != 1 or len(words[0]) < 2:
        return None
    word = words[0]
    fits = {
        unit
        for ways in roster.parsed.values()
        for known, unit in ways
        if _is_whole_of(word, _anatomy(known.rest), known.rest)
    }
    return resolve(word, roster).unit or (fits.pop() if len(fits) == 1 else None)


def _is_whole_of(word: str, anatomy: tuple[str, str, str], rest: str) -> bool:
    owner, stem, kind = anatomy
    short = stem[:1] == word[:1] and len(word) < len(stem) and _from_word_starts(word, stem)
    return word == stem or (short and bool(kind)) or rest == owner + word


@lru_cache(maxsize=8)
def _with_stop_words(roster: Roster) -> tuple[tuple[str, str], ...]:
    """含停用词的名称 — the few spellings that would be cut up at their own words, longest first, with their units."""
    held = [pair for pair in roster.spellings.items() if _STOP.search(pair[0])]
    return tuple(sorted(held, key=lambda pair: -len(pair[0])))


_ANOTHER_WORD = re.compile(
    r"^(?:办[理结公事件文法]|部[署门分]|会议|委[托派员]|组[织成]|院长|队[伍长]|处[理置分]|所[有在]|室内)"
)
"""What looks like the end of a name but begins another word: 区委|办理."""


def _units_of_run(run: str, roster: Roster) -> Iterator[str]:
    """Units in a run of Chinese characters: longest first, from the left, each ending where a name can end."""
    start = 0
    while start < len(run):
        end = next((end for end in range(len(run), start + 1, -1) if _stands_alone(run, start, end, roster)), None)
        unit = resolve(run[start:end], roster).unit if end else None
        if unit:
            yield unit
        start = end or start + 1


def _stands_alone(run: str, start: int, end: int, roster: Roster) -> bool:
    name, before, after = run[start:end], run[:start], run[end:]
    if not (KIND_AT_END.search(name) or name in roster.spellings or name in roster.aliases or len(name) == len(run)):
        return False
    resolved = resolve(name, roster)
    if resolved.unit is None or _ANOTHER_WORD.search(name[-1] + after):
        return False
    if resolved.how == "abbreviation" and not KIND_AT_END.search(name) and (after or not LEVEL.match(name)):
        return False
    return _may_follow(before, name, roster) and _may_precede(after, name, roster)


def _may_follow(before: str, name: str, roster: Roster) -> bool:
    """What stands before must not belong to the name: 社|区委, 天心|区委, 市|教育局, 统计|审计局."""
    if not before or any(before.endswith(spelling) for spelling in roster.spellings):
        return True
    place = _parses(before + name)[0].place
    return (
        bool(LEVEL.match(name))
        and not place
        and not _ZONE.search(before + name[0])
        and before[-1] not in "各全省市区县街"
    )


def _may_precede(after: str, name: str, roster: Roster) -> bool:
    """What stands behind must not make the name longer: 区委|组织部; another whole unit or plain words may follow."""
    if not after or resolve(after, roster).unit:
        return True
    own = _INSIDE.match(after)
    if own and not re.search(r"(?:委|政府|人大|政协)$", name):
        after = after[own.end() :]
    if LEVEL.match(after) or _PLACE.match(after):
        return True
    return not re.search(rf"(?:{KINDS})(?![署门分理结法文议长])", after)
