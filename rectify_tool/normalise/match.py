"""对应 — which item of the breakdown a unit's row speaks of: by number and by text, and how sure that is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple
from unicodedata import normalize

from rectify_tool.findings import Code
from rectify_tool.model import Column, Finding, Item, Row
from rectify_tool.normalise.numbers import (
    NO_NUMBER,
    ItemNumber,
    Parts,
    leading_number,
    row_number,
    serial_numbers,
    without_number,
)

FAINT = 0.12
"""Below this a text has nothing in common with an item: the number beside it is not believed."""

AGREES = 0.5
"""From here on a text does not speak against the number beside it (Dice of character pairs)."""

FITS = 0.6
"""From here on a text without a number is taken for an item's, as a weak match."""

SURE = 0.85
"""From here on a text alone tells the item for certain, or outweighs a number that says otherwise."""

MARGIN = 0.1
"""How much better the best item must fit than the next one."""


@dataclass(frozen=True, slots=True)
class Match:
    """对应结果 — the item a row speaks of; ``no`` is None where none could be told.

    ``weak`` is True where the match is used but wants a look; ``why`` then says in Chinese on what it rests.
    """

    no: str | None
    weak: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Catalogue:
    """小项目录 — the items, found by number, by their own words and by their problem's (positions in ``items``).

    ``by_number`` knows an item by its number and by the running number of its row; ``twins`` are the items the
    breakdown itself gave one number, which were renumbered. ``single`` is True where a single figure means an item.
    """

    items: tuple[Item, ...]
    by_no: Mapping[str, int]
    by_number: Mapping[Parts, int]
    by_text: Mapping[str, frozenset[int]]
    by_problem: Mapping[str, frozenset[int]]
    twins: Mapping[int, frozenset[int]]
    single: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """行内所说 — what a row says of its item: numbers it may mean (likeliest first), its own and its problem's words.

    ``written`` is the full number as people write it, "" where the row has none; ``exact`` are the items with exactly
    these words, narrowed as far as problem, number, deadline and unit allow; ``spoiled`` as in `ItemNumber`.
    """

    row: Row
    numbers: tuple[int, ...]
    written: str
    spoiled: bool
    texts: tuple[str, ...]
    problem: str
    exact: frozenset[int]


def match_rows(
    rows: Sequence[Row], items: Sequence[Item], *, prefer: AbstractSet[str] = frozenset()
) -> tuple[tuple[Match, ...], tuple[Finding, ...]]:
    """逐行对应 — each row's item.

    The text outweighs the number where both are clear and disagree (N10); a number whose text is not the item's is used
    as a weak match (N02) only while something in the row agrees with it. A table's own serial numbers are not followed;
    where they may be the breakdown's just as well, they are, weakly, if the unit has a part in every item they name.
    Two items that fit equally are N04, none is N03: such rows are not used.

    Args:
        rows: The data rows of one unit's file, in sheet order.
        items: The breakdown's items.
        prefer: Numbers of the items the sending unit has a part in; they win a draw.

    Returns:
        One match per row, and the findings at the rows' cells.
    """
    catalogue = _catalogue(_Same(tuple(items)))
    preferred = frozenset(catalogue.by_no[no] for no in prefer if no in catalogue.by_no)
    matches: list[Match] = []
    findings: list[Finding] = []
    for _, group in groupby(rows, key=lambda row: row.sheet):
        said = _settled([_said(row, catalogue, preferred) for row in group], preferred)
        trust = _trust(said, catalogue, preferred)
        for one in said:
            match, finding = _match(one, catalogue, preferred, trust)
            matches.append(match)
            findings += [about for about in (finding, _read_back(one, match, catalogue)) if about]
    return tuple(matches), tuple(findings)


def _read_back(said: _Said, match: Match, catalogue: _Catalogue) -> Finding | None:
    """A number the spreadsheet had spoiled, and that led to the item all the same (N01)."""
    led = [place for place in said.numbers if catalogue.items[place].no == match.no]
    if not led or not (said.spoiled or led != [said.numbers[0]]):
        return None
    return Code.NUMBER_SPOILED.at(said.row.source(Column.NO), text=said.row.text(Column.NO), no=match.no)


# ---------------------------------------------------------------- 目录 ----


class _Same:
    """同一份小项 — the items compared by identity, so that one breakdown is indexed once for many files."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items

    def __hash__(self) -> int:
        return id(self.items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.items is self.items


@lru_cache(maxsize=8)
def _catalogue(same: _Same) -> _Catalogue:
    by_text: dict[str, set[int]] = defaultdict(set)
    by_problem: dict[str, set[int]] = defaultdict(set)
    numbers: dict[Parts, list[int]] = defaultdict(list)
    written: dict[Parts, list[int]] = defaultdict(list)
    for index, item in enumerate(same.items):
        for text in _texts(item.item, item.measure):
            by_text[text].add(index)
        if problem := plain(item.problem):
            by_problem[problem].add(index)
        parts = tuple(int(part) for part in item.no.split("-") if part.isdigit())
        numbers[parts].append(index)
        if len(parts) > 2:
            numbers[parts[-2:]].append(index)
        if len(own := row_number(item.row).parts) == len(parts):
            written[own].append(index)
    one_level = all("-" not in item.no for item in same.items)
    serial = () if one_level else serial_numbers([item.row for item in same.items])
    for index, number in enumerate(serial):
        numbers[number,].append(index)
    return _Catalogue(
        items=same.items,
        by_no={item.no: index for index, item in enumerate(same.items)},
        by_number={parts: places[0] for parts, places in numbers.items() if len(places) == 1},
        by_text={text: frozenset(places) for text, places in by_text.items()},
        by_problem={text: frozenset(places) for text, places in by_problem.items()},
        twins={index: frozenset(several) for several in written.values() for index in several},
        single=one_level or bool(serial),
    )


_NO_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """比对用文字 — the words alone: without leading number, blanks, punctuation and width."""
    return _NO_WORDS.sub("", normalize("NFKC", without_number(text))) if text else ""


def _texts(*written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in map(plain, written) if len(text) > 1))


# ---------------------------------------------------------------- 一行所说 ----


def _said(row: Row, catalogue: _Catalogue, preferred: frozenset[int]) -> _Said:
    texts = _texts(row.text(Column.ITEM), row.text(Column.MEASURE))
    problem = plain(row.text(Column.PROBLEM))
    number = _row_number(row, catalogue)
    numbers = tuple(
        dict.fromkeys(
            catalogue.by_number[way]
            for parts in number.readings
            for way in (parts, parts[-2:])
            if way in catalogue.by_number
        )
    )
    exact = _exact(texts, problem, catalogue)
    if len(exact) > 1:
        exact = _narrowed(exact, row, problem, numbers, catalogue, preferred)
    return _Said(row, numbers, "-".join(map(str, number.parts)), number.spoiled, texts, problem, exact)


def _row_number(row: Row, catalogue: _Catalogue) -> ItemNumber:
    """The row's number; where the breakdown has two levels and no running number, a single figure means nothing."""
    number = row_number(row)
    if len(number.parts) > 1:
        return number
    own = leading_number(row.text(Column.ITEM)) or leading_number(row.text(Column.MEASURE))
    problem = leading_number(row.text(Column.PROBLEM))
    if own and problem and (problem[-1], own[-1]) in catalogue.by_number:
        return ItemNumber(((problem[-1], own[-1]),))
    return number if catalogue.single else NO_NUMBER


def _exact(texts: tuple[str, ...], problem: str, catalogue: _Catalogue) -> frozenset[int]:
    """Items with exactly the row's words; a unit may have put them in its problem column."""
    hits = [found for text in texts if (found := catalogue.by_text.get(text))]
    if len(hits) > 1:
        return hits[0] & hits[1] or hits[0]
    return hits[0] if hits else catalogue.by_text.get(problem, frozenset()) if not texts else frozenset()


def _narrowed(
    found: frozenset[int],
    row: Row,
    problem: str,
    numbers: tuple[int, ...],
    catalogue: _Catalogue,
    preferred: frozenset[int],
) -> frozenset[int]:
    """Of several items with the same words, those that also share problem, number, deadline and unit."""
    deadline = plain(row.text(Column.DEADLINE))
    same_day = frozenset(
        index for index in found if deadline and plain(catalogue.items[index].deadline.text) == deadline
    )
    for narrower in (catalogue.by_problem.get(problem), frozenset(numbers[:1]), same_day, preferred):
        found = (found & narrower if narrower else found) or found
    return found


def _settled(said: Sequence[_Said], preferred: frozenset[int]) -> list[_Said]:
    """Of the items a spoiled number may mean (1.1 was 1.1 or 1.10): the unit's own, not one named before, in order."""
    settled: list[_Said] = []
    named: set[int] = set()
    last = -1
    for one in said:
        if len(one.numbers) > 1:
            foreign = preferred and frozenset(one.numbers) - preferred
            numbers = tuple(sorted(one.numbers, key=lambda index: (index in foreign, index in named, index <= last)))
            one = replace(one, numbers=numbers, spoiled=one.spoiled or numbers[0] != one.numbers[0])
        settled.append(one)
        if one.numbers:
            last = one.numbers[0]
            named.add(last)
    return settled


class _Trust(Enum):
    """编号的可信 — whether a table's numbers are the breakdown's, its own serial numbers, or may be either."""

    GIVEN = "下发的编号"
    OWN = "本表的顺序号"
    DOUBTFUL = "分不清"
    FITTING = "分不清，但都是本单位的小项"


def _trust(said: Iterable[_Said], catalogue: _Catalogue, preferred: frozenset[int]) -> _Trust:
    """Numbers that contradict the texts more often than they agree are the table's own.

    With no text to go by, 1, 2, 3 … in a table shorter than the breakdown may be: they fit if the unit has a part in
    every item they name.
    """
    numbered = [one for one in said if one.written]
    clear = [one for one in numbered if len(one.exact) == 1]
    if clear:
        agreeing = sum(1 for one in clear if any(_named_alike(one, index, catalogue) for index in one.exact))
        return _Trust.OWN if len(clear) - agreeing > agreeing else _Trust.GIVEN
    counting = [one.written for one in numbered] == [str(number) for number in range(1, len(numbered) + 1)]
    if not (catalogue.single and counting and len(numbered) < len(catalogue.items)):
        return _Trust.GIVEN
    fitting = all(_twins(one, catalogue) & preferred for one in numbered)
    return _Trust.FITTING if fitting else _Trust.DOUBTFUL


def _named_alike(said: _Said, index: int, catalogue: _Catalogue) -> bool:
    """Whether the row bears the item's number, or the one the breakdown itself had given it twice."""
    return index in said.numbers or index in _twins(said, catalogue)


def _twins(said: _Said, catalogue: _Catalogue) -> frozenset[int]:
    """The items the row's number may mean, those the breakdown gave the same number included."""
    first = said.numbers[:1]
    return frozenset(first).union(*(catalogue.twins.get(index, frozenset()) for index in first))


# ---------------------------------------------------------------- 判断 ----

_Answer = tuple[Match, Finding | None]


def _match(said: _Said, catalogue: _Catalogue, preferred: frozenset[int], trust: _Trust) -> _Answer:
    if len(said.exact) == 1:
        return _by_exact_text(said, next(iter(said.exact)), catalogue, trust)
    if said.exact:
        return _double(said, sorted(said.exact), catalogue)
    numbers = () if trust is _Trust.OWN else said.numbers
    if said.texts:
        return _by_number_and_text(said, numbers, catalogue, preferred)
    pool = catalogue.by_problem.get(said.problem, frozenset())
    if pool:
        return _by_problem(said, pool, numbers, catalogue, preferred)
    if numbers and said.problem:
        return _by_number_and_problem(said, numbers[0], catalogue, preferred)
    if numbers:
        return _by_number_alone(said, catalogue, preferred, trust)
    return _by_likeness(said, (said.problem,) if said.problem else (), catalogue, preferred)


def _by_exact_text(said: _Said, index: int, catalogue: _Catalogue, trust: _Trust) -> _Answer:
    if not said.written or _named_alike(said, index, catalogue) or (catalogue.single and trust is _Trust.OWN):
        return Match(catalogue.items[index].no), None
    return _conflict(said, index, catalogue)


def _by_number_alone(said: _Said, catalogue: _Catalogue, preferred: frozenset[int], trust: _Trust) -> _Answer:
    """A number and no words at all: weak where the table may have numbered its rows itself."""
    if trust is _Trust.DOUBTFUL:
        return _none(said, "可能是本单位自己的序号")
    twins = _twins(said, catalogue)
    own = sorted(twins & preferred)
    if len(twins) > 1 and len(own) != 1:
        return _double(said, sorted(twins), catalogue)
    index = own[0] if len(twins) > 1 else said.numbers[0]
    if len(twins) > 1:
        return _weak(said, index, "分解表里编号重复，按责任单位对应", catalogue)
    if trust is _Trust.FITTING:
        return _weak(said, index, "只有编号，没有内容可核对", catalogue)
    return Match(catalogue.items[index].no), None


def _by_number_and_problem(said: _Said, index: int, catalogue: _Catalogue, preferred: frozenset[int]) -> _Answer:
    """A number beside a problem written in other words: the words must have something in common with the item's."""
    item = catalogue.items[index]
    known = _texts(item.problem, item.item, item.measure) if item.problem else ()
    if known and max(_alike(said.problem, other) for other in known) < FAINT:
        return _by_likeness(said, (said.problem,), catalogue, preferred)
    return _weak(said, index, "只有编号相同", catalogue)


def _by_number_and_text(
    said: _Said, numbers: tuple[int, ...], catalogue: _Catalogue, preferred: frozenset[int]
) -> _Answer:
    """Words that are no item's exactly: with a number, they need only not speak against it."""
    if not numbers:
        return _by_likeness(said, said.texts, catalogue, preferred)
    named = sorted({*numbers, *_twins(said, catalogue)}, key=lambda index: index not in numbers)
    number = max(named, key=lambda index: _likeness(said.texts, catalogue.items[index]))
    item = catalogue.items[number]
    likeness = _likeness(said.texts, item)
    if likeness >= AGREES:
        return Match(item.no), None
    best = _best(said.texts, range(len(catalogue.items)), catalogue, preferred)
    if best.score >= SURE and best.rival is None:
        return _conflict(said, best.place, catalogue)
    problem = plain(item.problem)
    if likeness >= FAINT or (said.problem and problem and _alike(said.problem, problem) >= AGREES):
        return _weak(said, number, "编号相同，内容不同", catalogue)
    return _by_likeness(said, said.texts, catalogue, preferred)


def _by_problem(
    said: _Said, pool: frozenset[int], numbers: tuple[int, ...], catalogue: _Catalogue, preferred: frozenset[int]
) -> _Answer:
    """A row that only names the problem: the number chooses among its items, else the unit's part in one of them."""
    chosen = [index for index in numbers if index in pool]
    if len(pool) == 1 or chosen:
        return Match(catalogue.items[chosen[0] if chosen else min(pool)].no), None
    own = pool & preferred
    if len(own) == 1:
        return _weak(said, min(own), "只写了问题，按责任单位对应", catalogue)
    return _double(said, sorted(pool), catalogue)


def _by_likeness(said: _Said, texts: tuple[str, ...], catalogue: _Catalogue, preferred: frozenset[int]) -> _Answer:
    """Words without a number: first among the items of the problem the row names, then among all."""
    pool = catalogue.by_problem.get(said.problem, frozenset())
    best = _best(texts, pool, catalogue, preferred)
    if best.score < AGREES:
        best = _best(texts, range(len(catalogue.items)), catalogue, preferred)
        if best.score < FITS:
            return _none(said)
    if best.rival is not None:
        return _double(said, [best.place, best.rival], catalogue)
    if best.score >= SURE:
        return Match(catalogue.items[best.place].no), None
    return _weak(said, best.place, "内容相近", catalogue)


class _Best(NamedTuple):
    """最像的小项 — its score and position, and another that fits about as well (None: there is none)."""

    score: float
    place: int
    rival: int | None


def _best(texts: tuple[str, ...], among: Iterable[int], catalogue: _Catalogue, preferred: frozenset[int]) -> _Best:
    """The item most like the words; in a draw the sending unit's own items win."""
    scores = {index: _likeness(texts, catalogue.items[index]) for index in among}
    highest = max(scores.values(), default=0.0)
    top = sorted((index for index in scores if highest - scores[index] < MARGIN), key=lambda index: -scores[index])
    top = [index for index in top if index in preferred] or top
    if not top:
        return _Best(0.0, -1, None)
    return _Best(scores[top[0]], top[0], top[1] if len(top) > 1 else None)


def _likeness(texts: tuple[str, ...], item: Item) -> float:
    known = _texts(item.item, item.measure) or _texts(item.problem)
    return max((_alike(one, other) for one in texts for other in known), default=0.0)


_SHORTEST = 6
"""A text this long that stands word for word in another is as good as the whole."""


def _alike(one: str, other: str) -> float:
    """文字相近 — 1 for the same words; Dice of character pairs, or 0.9 where the shorter stands in the longer."""
    short, long = sorted((one, other), key=len)
    if len(short) >= _SHORTEST and short in long:
        return 0.9 if short != long else 1.0
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / max(1, len(pairs) + len(others))


@lru_cache(maxsize=16384)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))


# ---------------------------------------------------------------- 答复 ----

_COLUMNS = (Column.NO, Column.ITEM, Column.MEASURE, Column.PROBLEM)
_SHOWN = 30


def _weak(said: _Said, index: int, why: str, catalogue: _Catalogue) -> _Answer:
    no = catalogue.items[index].no
    return Match(no, weak=True, why=why), Code.MATCH_WEAK.at(said.row.source(*_COLUMNS), no=no, why=why)


def _conflict(said: _Said, index: int, catalogue: _Catalogue) -> _Answer:
    no = catalogue.items[index].no
    finding = Code.NUMBER_CONFLICT.at(said.row.source(Column.NO, *_COLUMNS), no=said.written, other=no)
    return Match(no, weak=True, why="编号不同，按内容对应"), finding


def _double(said: _Said, indices: Sequence[int], catalogue: _Catalogue) -> _Answer:
    first, second = (catalogue.items[index].no for index in indices[:2])
    return Match(None), Code.MATCH_DOUBLE.at(said.row.source(*_COLUMNS), first=first, second=second)


def _none(said: _Said, why: str = "") -> _Answer:
    words = next((text for column in _COLUMNS[1:] if (text := " ".join(said.row.text(column).split()))), "")
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}……"
    number = f"编号{said.written}" if said.written else ""
    text = "，".join(part for part in (number, shown, why) if part) or "没有编号，也没有内容"
    return Match(None), Code.MATCH_NONE.at(said.row.source(*_COLUMNS), text=text)
