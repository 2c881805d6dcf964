"""所指 — which item a finding is about: told by the row its place lies in, else by the number its words name."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rectify_tool.findings import Code
from rectify_tool.model import Entry, Finding, Ledger, Row, Source

_Place = tuple[str, str | None, int]
"""一行 — file, sheet and the row's number as people read it."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """何处写着哪一项 — item numbers by the rows they are written in and by the places of the acts on them."""

    rows: Mapping[_Place, str]
    acts: Mapping[Source, str]
    nos: Container[str]

    def about(self, finding: Finding) -> str:
        """所指的小项 — "" where the finding is about none; a whole file's finding may name one in its words."""
        if act := self.acts.get(finding.source):
            return act
        place = _place(finding.source)
        if place is not None and place in self.rows:
            return self.rows[place]
        words = _naming(finding.code)
        named = words.fullmatch(finding.message) if words else None
        return named["no"] if named and named["no"] in self.nos else ""


def whereabouts(ledger: Ledger, entries: Iterable[Entry]) -> Whereabouts:
    """何处写着这些小项 — in the breakdown, in the replies in use and in those replaced; of two in a row the first."""
    wanted = {entry.item.no: entry for entry in entries}
    rows: dict[_Place, str] = {}
    for no, row in _rows(wanted, ledger):
        rows.setdefault((row.file, row.sheet, row.row + 1), no)
    acts = {one.source: no for no, entry in wanted.items() for one in entry.decisions}
    return Whereabouts(rows, acts, wanted.keys())


def _rows(wanted: Mapping[str, Entry], ledger: Ledger) -> Iterable[tuple[str, Row]]:
    for no, entry in wanted.items():
        yield no, entry.item.row
        for reply in entry.replies:
            yield no, reply.row
    for reply in ledger.superseded:
        if reply.no in wanted:
            yield reply.no, reply.row


_CELL = re.compile(r"[A-Z]+(\d+)")


def _place(source: Source) -> _Place | None:
    at = _CELL.fullmatch(source.cell) if source.cell else None
    return (source.file, source.sheet, int(at[1])) if at else None


@cache
def _naming(code: str) -> re.Pattern[str] | None:
    """点名的措辞 — the words of a code as a pattern for the number in them; None where they name no item."""
    template = next(one.template for one in Code if one.code == code)
    if "{no}" not in template:
        return None
    words = re.sub(r"\\\{\w+\\\}", ".*?", re.escape(template.replace("{no}", "\0")))
    return re.compile(words.replace("\0", r"(?P<no>\S+?)", 1).replace("\0", r"(?P=no)"), re.DOTALL)
