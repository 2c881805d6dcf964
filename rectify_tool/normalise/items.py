"""小项 — rows of the issued breakdown → Items: number, units, deadline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rectify_tool.dates import (
    WEEKDAY_WRONG,
    WORKDAYS_UNKNOWN,
    YEAR_INFERRED,
    find_deadline,
    read_base,
    read_deadline,
    read_deadline_value,
)
from rectify_tool.findings import Code
from rectify_tool.model import (
    Cell,
    Column,
    Deadline,
    Finding,
    Item,
    Kind,
    Row,
    Rules,
    Source,
    Table,
    address,
    formula_failed,
)
from rectify_tool.normalise.names import (
    Resolution,
    Roster,
    is_collective,
    lead_marked,
    looks_like_unit,
    make_roster,
    resolve,
    split_units,
)
from rectify_tool.normalise.numbers import number_items

UNDATED_KINDS = (Kind.IMMEDIATE, Kind.RELATIVE, Kind.VAGUE, Kind.EVENT, Kind.NONE)
_LEAD_IN_TEXT = re.compile(r"(?:牵头单位|责任单位|责任部门)[:：]\s*([^;；。)）\n,，]+)")
_SEPARATORS = re.compile(r"[\n;；]+")
_YEAR_IN_TITLE = re.compile(r"(20\d\d)\s*年")


@dataclass(frozen=True, slots=True)
class Base:
    """起算 — the base day (None where unknown), how it is known, and the year to guess by where it is unknown.

    ``guessed_at`` is the title cell (of the breakdown) a day was taken from that nothing there calls the 反馈日; else
    None.
    """

    day: date | None
    because: str
    year: int
    guessed_at: Source | None = None


def find_base(tables: Iterable[Table], as_of: date, rules: Rules) -> Base:
    """起算日 — 口径 [base] feedback, else a date in the breakdown's title lines, else none (contract, Base day).

    The year to guess by is the base day's, else the one the title names, else the as-of day's.
    """
    tables = tuple(tables)
    titles = [cell.text for table in tables for cell in table.title]
    years = [int(found) for title in titles for found in _YEAR_IN_TITLE.findall(title)]
    year = years[0] if years else as_of.year
    if rules.feedback is not None:
        return Base(rules.feedback, "口径 [base] feedback", rules.feedback.year)
    day, because = read_base(titles)
    return Base(day, because, day.year if day else year, _guessed_at(tables, day) if day else None)


def _guessed_at(tables: Iterable[Table], day: date) -> Source | None:
    """猜的起算日 — the title cell that gives this day, where neither it nor another of its row speaks of 反馈."""
    for table in tables:
        for cell in table.title:
            if read_base([cell.text])[0] == day:
                beside = "".join(one.text for one in table.title if one.row == cell.row)
                return None if "反馈" in beside else Source("", table.sheet, address(cell.row, cell.column))
    return None


def read_items(
    rows: Sequence[Row], columns: frozenset[Column], base: Base, rules: Rules, file: str
) -> tuple[tuple[Item, ...], Roster, tuple[Finding, ...]]:
    """小项归一 — the rows of the breakdown as items, and the roster of the units it names.

    Args:
        rows: The data rows, in sheet order.
        columns: The columns the breakdown has at all (blank or not).
        base: The day deadlines count from.
        rules: 口径.
        file: The breakdown's name, for findings about the whole of it.

    Returns:
        The items in order, the roster, and findings at their cells (U04–U08, U11–U15, D03–D09, D15, N01,
        N08, N09, N11, S06).
    """
    numbers, findings = number_items(rows)
    roster = make_roster((name for row in rows for name in row_names(row, rules)), rules)
    found: list[Finding] = list(findings)
    if rows and Column.LEAD not in columns:
        found.append(Code.LEAD_BY_ORDER.at(Source(file, rows[0].sheet if file else None)))
    items: list[Item] = []
    for row, no in _joined(rows, numbers):
        item, about = _read_item(row, no, roster, base, rules)
        items.append(item)
        found += [*about, *_unowned(item, columns)]
        if item.lead and Column.LEAD in columns and not row.text(Column.LEAD).strip():
            found.append(Code.LEAD_BLANK.at(row.source(Column.UNITS, Column.MEASURE), unit=item.lead))
    if base.day is None and any("年份" in "".join(item.deadline.notes) or item.deadline.guess for item in items):
        found.append(Code.BASE_UNKNOWN.at(Source(file)))
    if file and base.guessed_at and any(_counts_from_base(item.deadline) for item in items):
        found.append(Code.BASE_GUESSED.at(base.guessed_at._replace(file=file), because=base.because))
    return tuple(items), roster, tuple(found)


def _counts_from_base(deadline: Deadline) -> bool:
    """要用起算日 — its day hangs on the base day, by its year or by the days counted."""
    return bool(deadline.due) and (YEAR_INFERRED in deadline.notes or deadline.kind in (Kind.RELATIVE, Kind.IMMEDIATE))


def _joined(rows: Sequence[Row], numbers: Sequence[str | None]) -> list[tuple[Row, str]]:
    """同号的行 — the rows with their numbers; rows under one merged number are one item, so they become one row."""
    joined: list[tuple[Row, str]] = []
    for row, no in zip(rows, numbers, strict=True):
        if no is None:
            continue
        if joined and joined[-1][1] == no:
            above = joined.pop()[0]
            columns = dict.fromkeys([*above.cells, *row.cells])
            cells = {one: tuple(dict.fromkeys((*above.cells.get(one, ()), *row.cells.get(one, ())))) for one in columns}
            row = above._replace(cells={column: _without_echo(several) for column, several in cells.items()})
        joined.append((row, no))
    return joined


def _without_echo(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A cell and what later rows took over from it are one cell."""
    places = {(cell.row, cell.column): cell for cell in reversed(cells)}
    return tuple(dict.fromkeys(places[cell.row, cell.column] for cell in cells))


def _leaders(text: str) -> tuple[str, ...]:
    """责任领导 — one a line or between semicolons; a 顿号 stands within a post (区委常委、副区长) or between leaders.

    The blank that spreads a name of two characters (王　明) is none of the name.
    """
    found: list[str] = []
    for part in filter(None, map(str.strip, _SEPARATORS.split(text))):
        names = [_SPREAD_NAME.sub(r"\1\2", one.strip()) for one in part.split("、")]
        several = all(map(_NAME.fullmatch, names)) or all(one.endswith(_CHIEFS) for one in names)
        found += names if several else ["、".join(names)]
    return tuple(found)


_CHIEFS = ("省长", "州长", "市长", "县长", "旗长", "区长", "镇长", "乡长")
"""政府正副职 — nobody holds two of them: 区长、常务副区长 are two, 区委常委、副区长 is one."""

_SPREAD_NAME = re.compile(r"^(\S)\s+(\S)$")
_NAME = re.compile("[^长记任委员席官师督导办局处科组]{2,4}")
"""姓名 — as far as it can be told from a post: no character that posts end in."""


def _read_item(row: Row, no: str, roster: Roster, base: Base, rules: Rules) -> tuple[Item, list[Finding]]:
    lead, units, about_units = row_units(row, roster, rules)
    deadline, about_deadline = read_row_deadline(row, base, rules)
    item = Item(
        no=no,
        aspect=row.typed(Column.ASPECT),
        problem=row.typed(Column.PROBLEM),
        item=row.typed(Column.ITEM),
        measure=row.typed(Column.MEASURE),
        goal=row.typed(Column.GOAL),
        leaders=_leaders(row.text(Column.LEADER)),
        lead=lead,
        units=units,
        person=row.text(Column.PERSON),
        deadline=deadline,
        row=row,
    )
    return item, about_units + about_deadline


def row_names(row: Row, rules: Rules) -> list[str]:
    """行内单位 — every unit name written in the row, collective names left out."""
    text = "\n".join((row.text(Column.LEAD), row.text(Column.UNITS))).strip() or _lead_in_text(row)
    return [name for name in split_units(text) if not is_collective(name, rules)]


def _lead_in_text(row: Row) -> str:
    """措施里的单位 — “（牵头单位：…）” at the end of a measure, where the table has no unit columns."""
    found = _LEAD_IN_TEXT.search(row.text(Column.MEASURE) or row.text(Column.NOTE))
    return found[1] if found else ""


def row_units(row: Row, roster: Roster, rules: Rules) -> tuple[str | None, tuple[str, ...], list[Finding]]:
    """责任单位 — the lead (its own column, else the marked one, else the first) and all units, lead first."""
    findings: list[Finding] = []

    def canonical(text: str, *columns: Column) -> list[str]:
        found: list[str] = []
        for name in split_units(text):
            if is_collective(name, rules):
                findings.append(Code.UNIT_COLLECTIVE.at(row.source(*columns), name=name))
                continue
            resolution = resolve(name, roster)
            if resolution.how in _TAKEN_AS:
                findings.extend(about_name(resolution, row.source(*columns)))
            elif not looks_like_unit(name) and name not in rules.roster:
                findings.append(Code.UNIT_DOUBTFUL.at(row.source(*columns), name=name))
            found.append(resolution.unit or name)
        return found

    leads = canonical(row.text(Column.LEAD), Column.LEAD)
    units_text = row.text(Column.UNITS) or ("" if leads else _lead_in_text(row))
    others = canonical(units_text, Column.UNITS, Column.MEASURE)
    if len(leads) > 1:
        names = "、".join(leads)
        findings.append(Code.LEAD_SEVERAL.at(row.source(Column.LEAD), count=len(leads), names=names, unit=leads[0]))
    unread = _unread_units(row)
    if not leads:
        marked = lead_marked(units_text)
        first = [] if unread else others[:1]
        leads = [resolve(marked, roster).unit or marked] if marked and Column.LEAD not in unread else first
    if not leads and not unread:
        findings.append(Code.LEAD_MISSING.at(row.source(Column.LEAD, Column.UNITS)))
    findings += [_about_unread(cell, column, row, bool(leads)) for column, cell in unread.items() if not cell.inherited]
    units = tuple(dict.fromkeys([*leads, *others]))
    return (leads[0] if leads else None), units, findings


_UNIT_COLUMNS = {Column.LEAD: "牵头单位", Column.UNITS: "责任单位"}


def _unread_units(row: Row) -> dict[Column, Cell]:
    """读不出的单位 — the first cell of each unit column that holds a failed formula or a picture instead of a name.

    Who would stand there nobody knows, so nobody else takes the lead by order.
    """
    held = ((column, cell) for column in _UNIT_COLUMNS for cell in reversed(row.cells.get(column, ())))
    return {column: cell for column, cell in held if formula_failed(cell.text) or cell.text.strip() == _PICTURE}


_PICTURE = "〔图片〕"


def _about_unread(cell: Cell, column: Column, row: Row, led: bool) -> Finding:
    effect = "没有认作任何单位" if led else "小项没有牵头单位，哪个单位的名都不点"
    place = Source(row.file, row.sheet, address(cell.row, cell.column))
    return Code.UNIT_UNREAD.at(place, meaning=_UNIT_COLUMNS[column], text=cell.text.strip(), effect=effect)


_TAKEN_AS = {
    "abbreviation": Code.UNIT_ABBREVIATED,
    "alias": Code.UNIT_ALIASED,
    "person": Code.UNIT_WITH_PERSON,
}


def about_name(resolution: Resolution, source: Source) -> list[Finding]:
    """单位认定核对 — a name taken for a unit by abbreviation (U04), the office's alias (U11), a person (U13)."""
    code = _TAKEN_AS.get(resolution.how)
    return [code.at(source, name=resolution.name, unit=resolution.unit)] if code else []


def read_row_deadline(row: Row, base: Base, rules: Rules) -> tuple[Deadline, list[Finding]]:
    """整改时限 — of one row: its own column, else a deadline hidden in the measure or the note."""
    cells = row.cells.get(Column.DEADLINE, ())
    source = row.source(Column.DEADLINE)
    if len(cells) == 1 and not isinstance(cells[0].value, str):
        deadline = read_deadline_value(cells[0].value, cells[0].text, base.day, rules)
    elif cells:
        deadline = read_deadline(row.typed(Column.DEADLINE), base.day, rules, document_year=base.year)
    else:
        return _hidden_deadline(row, base, rules)
    return deadline, _about_deadline(deadline, source, base)


def _hidden_deadline(row: Row, base: Base, rules: Rules) -> tuple[Deadline, list[Finding]]:
    for column, word in ((Column.MEASURE, "整改措施"), (Column.ITEM, "小项"), (Column.NOTE, "备注")):
        found = find_deadline(row.text(column), base.day, rules) if column in row.cells else None
        if found:
            deadline, piece = found
            source = row.source(column)
            where = Code.DEADLINE_FROM_TEXT.at(source, column=word, text=piece)
            return deadline, [where, *_about_deadline(deadline, source, base)]
    blank = read_deadline("", base.day, rules)
    return blank, [Code.DEADLINE_BLANK.at(row.source())]


def _about_deadline(deadline: Deadline, source: Source, base: Base) -> list[Finding]:
    """时限核对 — what a person should look at in one reading."""
    text, because = deadline.text, deadline.because
    if not text.strip():
        return [Code.DEADLINE_BLANK.at(source)]
    findings: list[Finding] = []
    if deadline.kind is Kind.MALFORMED and not deadline.due:
        findings.append(Code.DATE_IMPOSSIBLE.at(source, text=text))
    elif deadline.kind in UNDATED_KINDS and not deadline.due:
        findings.append(Code.DEADLINE_UNDATED.at(source, text=text, because=because))
    elif WEEKDAY_WRONG in deadline.notes:
        findings.append(Code.WEEKDAY_WRONG.at(source, text=text))
    elif deadline.doubt:
        findings.append(Code.DEADLINE_DOUBT.at(source, text=text, because=because))
    if YEAR_INFERRED in deadline.notes and base.day is not None:
        findings.append(Code.YEAR_INFERRED.at(source, text=text, day=base.day.isoformat()))
    if WORKDAYS_UNKNOWN in deadline.notes:
        findings.append(Code.WORKDAYS_UNKNOWN.at(source, text=text))
    return findings


def _unowned(item: Item, columns: frozenset[Column]) -> list[Finding]:
    """长期坚持无主 — a long-term item must still have 责任单位、责任人 and 完成时限 (seed, domain).

    Where the breakdown has no 责任人 column the 责任领导 answers for it.
    """
    if item.deadline.kind is not Kind.LONG_TERM:
        return []
    source = item.row.source(Column.DEADLINE)
    findings = [] if item.deadline.due else [Code.LONG_TERM_UNDATED.at(source, no=item.no)]
    answers = item.person or (Column.PERSON not in columns and item.leaders)
    lacking = [word for word, there in (("责任单位", item.lead), ("责任人", answers)) if not there]
    if lacking:
        findings.append(Code.LONG_TERM_UNOWNED.at(source, no=item.no, lacking="、".join(lacking)))
    return findings
