"""竖表 — a sheet laid out as a form: the label in one cell, the value beside it, one item to a block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from rectify_tool.model import Cell, Column, Finding, Heading, Reason, Row, Source, Table, address
from rectify_tool.tables.find import KEY, TELLING, squeezed
from rectify_tool.tables.headings import NO_MATCH, SURE, Aliases, best
from rectify_tool.tables.page import Page, Place
from rectify_tool.tables.settle import Columns, HeadColumn, matched, settle


@dataclass(frozen=True, slots=True)
class Form:
    """竖表 — the table a form amounts to, every cell of the sheet it does not use with why, and its findings."""

    table: Table
    aside: dict[Place, Reason]
    findings: tuple[Finding, ...]


FEWEST = 3
"""How many different labels, of those that tell a table of rectification, make a form where nothing else tells one."""


def find_form(
    file: str, page: Page, as_of: date, aliases: Aliases, hidden: frozenset[int], fewest: int = FEWEST
) -> Form | None:
    """读竖表 — the form on a page as a table of one row to a block; None where the page is no form.

    A label said a second time begins the next block. Instructions how to fill in a form look alike: a page whose
    values tell the reader what to write is none.
    """
    pairs = list(_pairs(page, aliases))
    if not _is_form(pairs, aliases, fewest):
        return None
    columns, findings = settle(_columns(pairs, aliases), Source(file, page.sheet), as_of, aliases)
    meanings = {one.leaf: one.meaning for one in columns if one.aside is None}
    rows = tuple(
        Row(file, page.sheet, block[0].cell.row, _cells(block, meanings), block[0].cell.row in hidden)
        for block in _blocks(pairs)
    )
    aside = _aside(page, [pair for pair in pairs if pair.text in meanings])
    headings = tuple(Heading(page.sheet, address(*one.place), one.text, *one.match) for one in columns)
    title, footer = (
        tuple(page.cell(*place) for place, reason in aside.items() if reason is wanted)
        for wanted in (Reason.TITLE, Reason.FOOTER)
    )
    return Form(Table(page.sheet, title, headings, rows, footer), aside, findings)


class _Pair(NamedTuple):
    """一格标签一格内容 — a label and its value; both in one cell where a colon parts them."""

    label: Place
    text: str
    cell: Cell


_FEWEST_LINES = 3
_LONGEST_LABEL = 16
_INLINE = re.compile(r"\s*([^：:\n]{2,16})[：:]\s*(\S.*)", re.DOTALL)
_INSTRUCTION = re.compile(r"填写|请|应当|须|是指|不得|格式")


def _pairs(page: Page, aliases: Aliases) -> Iterator[_Pair]:
    for row in range(len(page.texts)):
        filled = page.filled(row)
        beside = dict(pairwise(filled))
        values: set[int] = set()
        for column in filled:
            text = page.text(row, column)
            if column in values:
                continue
            if _is_label(text, aliases):
                value = beside.get(column)
                if value is not None and not _is_label(page.text(row, value), aliases):
                    values.add(value)
                    yield _Pair((row, column), text, page.cell(row, value))
            elif (found := _INLINE.fullmatch(text)) and _is_label(found[1], aliases):
                yield _Pair((row, column), found[1], page.cell(row, column)._replace(text=found[2]))


def _is_label(text: str, aliases: Aliases) -> bool:
    if len(text) > _LONGEST_LABEL:
        return False
    column, score = best(text, "", aliases)
    return score >= SURE and column is not Column.REPORTER


def _is_form(pairs: list[_Pair], aliases: Aliases, fewest: int) -> bool:
    meanings = {best(pair.text, "", aliases)[0] for pair in pairs}
    lines = {pair.label[0] for pair in pairs}
    told = sum(bool(_INSTRUCTION.search(pair.cell.text)) for pair in pairs)
    return (
        bool(meanings & KEY)
        and len(meanings & TELLING) >= fewest
        and len(lines) >= _FEWEST_LINES
        and told * 2 <= len(pairs)
    )


def _columns(pairs: list[_Pair], aliases: Aliases) -> Columns:
    """各标签 — each label once, in the order of the form, as if they were the headings of a table."""
    first: dict[str, Place] = {}
    for pair in pairs:
        first.setdefault(pair.text, pair.label)
    labels = (
        HeadColumn(order, place, squeezed(text).rstrip("：:"), text, "", NO_MATCH)
        for order, (text, place) in enumerate(first.items())
    )
    return tuple(matched(one, aliases) for one in labels)


def _blocks(pairs: list[_Pair]) -> Iterator[list[_Pair]]:
    block: list[_Pair] = []
    for pair in pairs:
        if any(pair.text == other.text for other in block):
            yield block
            block = []
        block.append(pair)
    yield block


def _cells(block: list[_Pair], meanings: dict[str, Column]) -> dict[Column, tuple[Cell, ...]]:
    cells: dict[Column, tuple[Cell, ...]] = {}
    for pair in block:
        if pair.text in meanings:
            column = meanings[pair.text]
            cells[column] = (*cells.get(column, ()), pair.cell)
    return cells


def _aside(page: Page, used: list[_Pair]) -> dict[Place, Reason]:
    """其余单元格 — the labels, what stands above and below the form, and what stands beside it without a label."""
    values = {(pair.cell.row, pair.cell.column) for pair in used}
    labels = {pair.label for pair in used}
    first, last = min(row for row, _ in labels), max(row for row, _ in labels)

    def reason(place: Place) -> Reason:
        if place in labels:
            return Reason.HEADING
        above, below = place[0] < first, place[0] > last
        return Reason.TITLE if above else Reason.FOOTER if below else Reason.UNKNOWN_COLUMN

    places = ((row, column) for row in range(len(page.texts)) for column in page.filled(row))
    return {place: reason(place) for place in places if place not in values}
