"""没有责任分解表 — the union of what the units sent stands in for the breakdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rectify_tool.findings import Code
from rectify_tool.model import Column, Finding, Item, Kind, Row, Rules, Submission
from rectify_tool.normalise.items import Base, read_row_deadline, row_names, row_units
from rectify_tool.normalise.names import make_roster
from rectify_tool.normalise.senders import find_sender
from rectify_tool.normalise.tamper import bare


def union_rows(submissions: Sequence[Submission], rules: Rules) -> tuple[tuple[Row, ...], tuple[tuple[Row, ...], ...]]:
    """合在一起的小项 — one row for each different item any unit lists, in order of file and row.

    Where several units list the same item (the same words, layout aside), the row of the unit that leads it stands.

    Returns:
        The rows, and for each all rows of the same item (itself included).
    """
    roster = make_roster((name for one in submissions for row in one.rows for name in row_names(row, rules)), rules)
    groups: dict[str, list[tuple[bool, Row]]] = {}
    for submission in submissions:
        sender = find_sender(submission, roster, rules).unit
        for row in submission.rows:
            lead, _, _ = row_units(row, roster, rules)
            groups.setdefault(_key(row), []).append((lead is not None and lead == sender, row))
    groups.pop("", None)
    chosen = tuple(next((row for own, row in group if own), group[0][1]) for group in groups.values())
    return chosen, tuple(tuple(row for _, row in group) for group in groups.values())


def _key(row: Row) -> str:
    """同一小项 — the words that make two rows one item; the number only where there are no words."""
    words = "|".join(bare(row.text(column)) for column in (Column.PROBLEM, Column.ITEM, Column.MEASURE))
    return words if words != "||" else bare(row.text(Column.NO))


def union_clashes(
    items: Iterable[Item], groups: Sequence[Sequence[Row]], senders: Mapping[str, str | None], base: Base, rules: Rules
) -> tuple[Finding, ...]:
    """时限不一 — rows of the same item with another deadline than the one used (M06); ``senders`` are by file."""
    findings: list[Finding] = []
    rows_of = {id(row): group for group in groups for row in group}
    for item in items:
        for row in rows_of.get(id(item.row), ()):
            other, _ = read_row_deadline(row, base, rules)
            if row is item.row or other.kind is Kind.NONE or other.due == item.deadline.due:
                continue
            clash = Code.DEADLINE_CLASH.at(
                row.source(Column.DEADLINE),
                no=item.no,
                unit=senders.get(row.file) or "单位不明的报送表",
                text=other.text,
                used=item.deadline.text,
            )
            findings.append(clash)
    return tuple(findings)
