"""被改的下发内容 — base columns a unit changed: shown at the cell, and changing nothing (B01, B02)."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from functools import lru_cache

from rectify_tool.findings import Code
from rectify_tool.model import Column, Finding, Item, Row, Rules
from rectify_tool.normalise.items import Base, read_row_deadline
from rectify_tool.normalise.names import Roster, resolve, split_units

_TEXT_COLUMNS = {
    Column.PROBLEM: "问题",
    Column.ITEM: "小项",
    Column.MEASURE: "整改措施",
    Column.GOAL: "整改目标",
}
_UNIT_COLUMNS = {Column.LEAD: "牵头单位", Column.UNITS: "责任单位"}
_NOISE = re.compile(r"[\s\W_]+")
_INSIDE = re.compile(r"[科股]室?$")
_LEADING_NUMBER = re.compile(r"^\s*(?:[（(]?[\d一二三四五六七八九十①-⑳]+(?:[-－.．]\d+)*[)）、.．:：]?)\s*")


def changed_base(
    row: Row,
    item: Item,
    unit: str | None,
    base: Base,
    roster: Roster,
    rules: Rules,
    approved: Collection[date] = (),
) -> list[Finding]:
    """被改核对 — every base column of a unit's row that says something else than what was issued.

    Layout, punctuation and leading numbers do not count; a shortened matter (小项, 问题) does not either, a shortened
    measure does. A deadline written another way but meaning the same day is not a change, nor is one of the new days
    ``approved`` for the item. Under 责任单位 a unit may
    name only itself, its own section (科、股), or in a table without 牵头单位 the lead and some of the others.
    """
    return [
        *_changed_texts(row, item),
        *_changed_units(row, item, unit, roster),
        *_changed_deadline(row, item, base, rules, approved),
    ]


def _changed_texts(row: Row, item: Item) -> list[Finding]:
    findings: list[Finding] = []
    for column, word in _TEXT_COLUMNS.items():
        issued, typed = item.row.text(column), row.text(column)
        if not issued or not typed or typed == issued or bare(typed) == bare(issued):
            continue
        words = bare(typed)
        if words in [bare(text) for text in (item.problem, item.item, item.measure, item.goal) if text]:
            continue
        if column in (Column.ITEM, Column.PROBLEM) and (words in bare(issued) or bare(issued) in words):
            continue
        findings.append(Code.BASE_CHANGED.at(row.source(column), column=word, issued=issued, typed=typed))
    return findings


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """净文字 — letters and digits only, without a leading number: what two writings of one text share."""
    return _NOISE.sub("", _LEADING_NUMBER.sub("", text))


def _changed_units(row: Row, item: Item, unit: str | None, roster: Roster) -> list[Finding]:
    findings: list[Finding] = []
    one_column = Column.LEAD not in row.cells
    for column, word in _UNIT_COLUMNS.items():
        issued, typed = item.row.text(column), row.text(column)
        if not issued or not typed or typed == issued or _INSIDE.search(typed):
            continue
        was, now = _units(issued, roster), _units(typed, roster)
        if now in (was, {unit}, set(item.units)) or (one_column and item.lead in now and now <= set(item.units)):
            continue
        findings.append(Code.BASE_CHANGED.at(row.source(column), column=word, issued=issued, typed=typed))
    return findings


def _units(text: str, roster: Roster) -> set[str]:
    return {resolve(name, roster).unit or name for name in split_units(text)}


def _changed_deadline(row: Row, item: Item, base: Base, rules: Rules, approved: Collection[date]) -> list[Finding]:
    issued, typed = item.row.text(Column.DEADLINE), row.text(Column.DEADLINE)
    if not issued or not typed or typed == issued or _NOISE.sub("", typed) == _NOISE.sub("", issued):
        return []
    deadline, _ = read_row_deadline(row, base, rules)
    meant, was = ((one.kind, one.due, one.every) for one in (deadline, item.deadline))
    if meant == was and (deadline.due or deadline.every):
        return []
    if len(deadline.due) == 1 and deadline.due[0] in approved:
        return []
    return [Code.DEADLINE_CHANGED.at(row.source(Column.DEADLINE), issued=issued, typed=typed)]
