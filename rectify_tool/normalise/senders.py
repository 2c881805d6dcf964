"""报送单位 — which unit sent a file, and how that was known (contract, Unit of a file)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rectify_tool.findings import Code
from rectify_tool.model import Cell, Column, Finding, Row, Rules, Source, Submission, Table
from rectify_tool.normalise.items import about_name
from rectify_tool.normalise.names import (
    Resolution,
    Roster,
    is_collective,
    resolve,
    split_units,
    unit_in_text,
    unit_of_short_name,
)

_UNIT_LINE = re.compile(
    r"(?:填[报表写]|报送|上报|反馈|填)\s*(?:单\s*位|部\s*门)\s*(?:[（(](?:盖章|公章|章|签章)[）)])?\s*[:：]\s*([^:：]*)"
)
_NEXT_LABEL = re.compile(
    r"\s*(?:(?:填[报表]|报送|上报)?(?:日期|时间)|(?:填[报表]|报送|审核|负责|联系|经办)\s*人|联系(?:电话|方式)|电话)"
)


@dataclass(frozen=True, slots=True)
class Sender:
    """报送单位 — the unit, None where none could be told or there are several; ``of_rows`` is the unit of each row."""

    unit: str | None
    because: str
    of_rows: tuple[str | None, ...]
    findings: tuple[Finding, ...]


def find_sender(submission: Submission, roster: Roster, rules: Rules) -> Sender:
    """认定报送单位 — 填报单位 line, file name, folder, unit column, the units in its rows; the first that resolves.

    Last of all come a file name that is but a word (教育, 党校) and the names of the sheets.

    Disagreement between the ways is finding U02 (a folder that names another unit included), no way at all U01.
    A table with a unit column that names several units has a unit per row; a name there that is no unit's is U03.
    Tables whose own lines name different units, else whose sheets are so named, have a unit per table.
    """
    file, rows = submission.file, submission.rows
    each_row = tuple(row_unit(row, roster, rules) for row in rows)
    in_rows = tuple(dict.fromkeys(unit for unit in each_row if unit))
    folder, stem = _split_path(file)
    own_ways = (
        ("填报单位栏", _from_lines(submission.tables, roster)),
        ("文件名", _only(unit_in_text(stem, roster))),
        ("文件夹名", _only(unit_in_text(folder, roster))),
    )
    strangers = _strangers(rows, roster, rules) if in_rows else []
    if len(in_rows) > 1 or (strangers and in_rows[0] not in [unit for _, unit in own_ways]):
        return Sender(None, "各行的单位列", each_row, tuple(strangers))
    if by_table := _by_table(submission, roster, named=any(unit for _, unit in own_ways)):
        return by_table
    ways = (
        *own_ways,
        ("单位列", in_rows[0] if in_rows else None),
        ("表题", _only(unit_in_text(" ".join(cell.text for cell in _titles(submission)), roster))),
        ("各行的责任单位", _shared_by_rows(rows, roster)),
        (_SHORT_NAME, unit_of_short_name(stem, roster)),
        ("工作表名", _only(unit_in_text(" ".join(table.sheet for table in submission.tables), roster))),
    )
    told = [(way, unit) for way, unit in ways if unit]
    if not told:
        return Sender(None, "看不出", (None,) * len(rows), (Code.UNIT_UNKNOWN_FILE.at(Source(file)),))
    because, unit = told[0]
    firm = [(way, other) for way, other in told if way not in _INFERRED]
    findings = _about_line(submission, roster)
    if because == _SHORT_NAME:
        findings.append(Code.UNIT_ABBREVIATED.at(Source(file), name=stem, unit=unit))
    if len({other for _, other in firm}) > 1:
        said = "，".join(f"{way}是“{other}”" for way, other in firm)
        findings.append(Code.UNIT_DISAGREES.at(Source(file), ways=said, unit=unit))
    return Sender(unit, because, (unit,) * len(rows), tuple(findings))


_SHORT_NAME = "文件名（简称）"
_INFERRED = ("表题", "各行的责任单位", _SHORT_NAME, "工作表名")
"""Ways that contradict no other: they were not written to name the sender."""


def row_unit(row: Row, roster: Roster, rules: Rules) -> str | None:
    """行内报送单位 — the unit the row's own unit column names, None where blank, unknown or collective."""
    text = row.text(Column.UNIT).strip()
    if not text or is_collective(text, rules):
        return None
    return resolve(text, roster).unit


def _by_table(submission: Submission, roster: Roster, *, named: bool) -> Sender | None:
    """各表各单位 — tables that name different units; None where they do not. U01 where one of them names none.

    Sheet names count only where nothing else names the file's unit (``named``); a table without a line of its own
    goes with the one above it in the sheet.
    """
    tables = submission.tables
    units = [_from_lines((table,), roster) for table in tables]
    for at in range(1, len(tables)):
        if tables[at].sheet == tables[at - 1].sheet:
            units[at] = units[at] or units[at - 1]
    because = "各表的填报单位栏"
    if not named:
        units, because = [_only(unit_in_text(table.sheet, roster)) for table in tables], "各工作表名"
    if len({unit for unit in units if unit}) < 2:
        return None
    of_rows = tuple(unit for table, unit in zip(tables, units, strict=True) for _ in table.rows)
    nobody = dict.fromkeys(table.sheet for table, unit in zip(tables, units, strict=True) if table.rows and not unit)
    unknown = [Code.UNIT_UNKNOWN_FILE.at(Source(submission.file, sheet)) for sheet in nobody]
    return Sender(None, because, of_rows, (*_about_line(submission, roster), *unknown))


def _strangers(rows: Iterable[Row], roster: Roster, rules: Rules) -> list[Finding]:
    """不认识的单位 — U03, once for each name of the unit column that is no unit's: its rows are nobody's word."""
    found: dict[str, Finding] = {}
    for row in rows:
        name = row.typed(Column.UNIT).strip()
        if not name or name in found or is_collective(name, rules):
            continue
        resolution = resolve(name, roster)
        if resolution.unit is None:
            found[name] = _not_in_roster(resolution, row.source(Column.UNIT))
    return list(found.values())


def _not_in_roster(resolution: Resolution, source: Source) -> Finding:
    hint = f"（是不是“{resolution.suggestion}”？）" if resolution.suggestion else ""
    return Code.UNIT_NOT_IN_ROSTER.at(source, name=resolution.name, hint=hint)


def guess_sender(file: str, roster: Roster) -> str | None:
    """按名称推测单位 — for a file that could not be read: from its name, else its folder; None where unclear."""
    folder, stem = _split_path(file)
    return _only(unit_in_text(stem, roster)) or _only(unit_in_text(folder, roster))


def _split_path(file: str) -> tuple[str, str]:
    """文件夹与文件名 — the folders below the inbox, and the name without its extension."""
    folder, _, name = file.rpartition("/")
    return folder.partition("/")[2], name.rpartition(".")[0] or name


def _titles(submission: Submission) -> list[Cell]:
    return [cell for table in submission.tables for cell in table.title]


def _lines(tables: Iterable[Table]) -> Iterable[str]:
    """表前表后 — title and footer texts; a label and its value in neighbouring cells are joined."""
    for table in tables:
        for cells in (table.title, table.footer):
            by_row: dict[int, list[str]] = {}
            for cell in cells:
                by_row.setdefault(cell.row, []).append(cell.text)
            yield from (" ".join(texts) for texts in by_row.values())


def _written(tables: Iterable[Table]) -> Iterable[str]:
    for line in _lines(tables):
        for found in _UNIT_LINE.findall(line):
            name = _NEXT_LABEL.split(found.strip(), maxsplit=1)[0].strip()
            if name:
                yield name


def _from_lines(tables: Iterable[Table], roster: Roster) -> str | None:
    for name in _written(tables):
        unit = resolve(name, roster).unit or _only(unit_in_text(name, roster))
        if unit:
            return unit
    return None


def _about_line(submission: Submission, roster: Roster) -> list[Finding]:
    """填报单位栏核对 — how its name was taken, and U03 where a misspelt or foreign unit would pass in silence."""
    findings: list[Finding] = []
    for name in dict.fromkeys(_written(submission.tables)):
        resolution = resolve(name, roster)
        findings += about_name(resolution, Source(submission.file))
        if resolution.unit is None and not unit_in_text(name, roster):
            findings.append(_not_in_roster(resolution, Source(submission.file)))
    return findings


def _only(units: Sequence[str]) -> str | None:
    return units[0] if len(units) == 1 else None


def _shared_by_rows(rows: Sequence[Row], roster: Roster) -> str | None:
    """行内共有单位 — the one unit that every row with units names; None where there is none or more than one."""
    shared: set[str] | None = None
    for text in dict.fromkeys("\n".join((row.text(Column.LEAD), row.text(Column.UNITS))) for row in rows):
        named = {unit for name in split_units(text) if (unit := resolve(name, roster).unit)}
        if named:
            shared = named if shared is None else shared & named
    return shared.pop() if shared and len(shared) == 1 else None
