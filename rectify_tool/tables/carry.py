"""沿用 — what a row takes from the rows above it: the group it stands under, and what it leaves blank."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rectify_tool.model import Cell, Column
from rectify_tool.tables.kinds import TEXTS, Layout, is_wide

Cells = dict[Column, tuple[Cell, ...]]
"""一行的各列 — the cells of a row under each column."""


@dataclass(frozen=True, slots=True)
class Fill:
    """沿用 — a column written once and left blank below.

    ``needs``: the row has one of these, so that it is a line of its own; ``unless``: it has none of these;
    ``within``: only inside the same problem.
    """

    column: Column
    needs: frozenset[Column] = frozenset()
    unless: frozenset[Column] = frozenset()
    within: bool = False


FILLS = (
    Fill(Column.ASPECT, needs=TEXTS),
    Fill(Column.PROBLEM, needs=frozenset({Column.ITEM, Column.MEASURE})),
    Fill(Column.UNIT, needs=TEXTS),
    Fill(Column.PERSON, needs=TEXTS, unless=frozenset({Column.LEAD, Column.UNITS}), within=True),
    Fill(Column.LEADER, needs=TEXTS, within=True),
    Fill(Column.LEAD, needs=TEXTS, unless=frozenset({Column.UNITS}), within=True),
    Fill(Column.UNITS, needs=TEXTS, unless=frozenset({Column.LEAD}), within=True),
)
"""Who answers for a row is taken from above only where the row names nobody itself: a wrong name is worse than none."""


def fill_blanks(cells: Cells, above: Cells, layout: Layout, fills: tuple[Fill, ...]) -> tuple[Column, ...]:
    """留空沿用 — puts into ``cells`` what the row leaves blank and the row above says; which columns that were."""
    blank = [fill for fill in fills if fill.column not in cells and fill.column in above]
    own = frozenset(cells) if blank else frozenset()
    filled: list[Column] = []
    for fill in blank:
        if own.isdisjoint(fill.needs) or not own.isdisjoint(fill.unless):
            continue
        if fill.within and not _same_problem(cells, above, layout):
            continue
        cells[fill.column] = tuple(cell._replace(inherited=True) for cell in above[fill.column])
        filled.append(fill.column)
    return tuple(filled)


def _same_problem(cells: Cells, above: Cells, layout: Layout) -> bool:
    """同一问题 — the row goes on with the problem above, or, without such a column, with its number left blank."""
    if Column.PROBLEM in layout.present:
        now, before = cells.get(Column.PROBLEM, ()), above.get(Column.PROBLEM, ())
        return bool(now) and [cell.text for cell in now] == [cell.text for cell in before]
    return Column.NO in layout.present and Column.NO not in cells


@dataclass(slots=True)
class Group:
    """类别 — a group's name, with its number if it has one; ``taken`` once a row holds them as its own cells."""

    style: int
    column: Column
    name: Cell
    number: Cell | None
    taken: bool = False

    @property
    def cells(self) -> tuple[tuple[Column, Cell], ...]:
        """各格 — its name, and the number of a problem, which goes before those of its items."""
        if self.number is None or self.column is not Column.PROBLEM:
            return ((self.column, self.name),)
        return ((self.column, self.name), (Column.NO, self.number))


@dataclass(slots=True)
class Groups:
    """各级类别 — the groups the next row stands under, from the widest; one of the same style ends the one before."""

    layout: Layout
    open: list[Group] = field(default_factory=list)
    unused: list[int] = field(default_factory=list)

    def begin(self, cells: tuple[Cell, ...]) -> Column:
        """开始一类 — from the cells of a row that names a group; the column it fills in the rows below."""
        name = max(cells, key=lambda cell: len(cell.text))
        number = next((cell for cell in cells if cell is not name), None)
        style = _style((number or name).text)
        self.unused += [group.name.row for group in self.open if group.style >= style and not group.taken]
        self.open = [group for group in self.open if group.style < style]
        group = Group(style, self._column(name, style), name, number)
        self.open.append(group)
        return group.column

    def over(self, cells: Cells) -> Cells:
        """归入类别 — the cells of a row with those of its groups before them."""
        cells = dict(cells) if self.open else cells
        for group in reversed(self.open):
            for column, cell in group.cells:
                held = cell._replace(inherited=True) if group.taken else cell
                cells[column] = (held, *cells.get(column, ()))
            group.taken = True
        return cells

    def untaken(self) -> tuple[int, ...]:
        """没有下属行的类别 — the rows of groups no data row stands under."""
        return (*self.unused, *(group.name.row for group in self.open if not group.taken))

    def _column(self, name: Cell, style: int) -> Column:
        own, present = self.layout.meanings.get(name.column), self.layout.present
        if own in (Column.ASPECT, Column.PROBLEM) and not is_wide(self.layout, name.row, name.column):
            return own
        if Column.PROBLEM in present:
            return Column.ASPECT
        if Column.ASPECT in present or any(group.column is Column.ASPECT for group in self.open):
            return Column.PROBLEM
        return Column.ASPECT if "方面" in name.text or style == 0 else Column.PROBLEM


def group_style(text: str) -> int | None:
    """层次 — 0 for 一、, 1 for （一）, 2 for 1. or 问题一; None for a name without a number."""
    return next((level for level, style in enumerate(_STYLES) if style.match(text)), None)


def _style(text: str) -> int:
    style = group_style(text)
    return len(_STYLES) if style is None else style


_STYLES = (
    re.compile(r"\s*(?:第?[一二三四五六七八九十]+(?:[、.．:：]|\s*$)|第[一二三四五六七八九十]+[部方类])"),
    re.compile(r"\s*[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"\s*(?:问题\s*[一二三四五六七八九十\d]+|[（(]?\d+[)）、.．:：]?)"),
)
