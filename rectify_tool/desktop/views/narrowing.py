"""筛选 — which items of the ledger a person wants to see, as a value: a bar of a picture gives one too."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from rectify_tool.model import SILENT, ItemLine, Standing
from rectify_tool.papers.counts import UNNAMED


class Narrowing(NamedTuple):
    """筛选 — None, "" and False want all; what is given must all hold.

    ``unit`` wants the items it leads or helps with, together with ``leading`` only those it leads, as the figures of
    the units count. `UNNAMED` as the unit, the leader or the aspect wants the items for which none is named. ``words``
    wants every one of its words, parted by blanks, somewhere in the item or in what was said of it. ``to_confirm``
    wants those hanging on a doubtful day, ``silent`` those whose lead sent nothing this time.
    """

    standing: Standing | None = None
    unit: str = ""
    leader: str = ""
    aspect: str = ""
    words: str = ""
    leading: bool = False
    to_confirm: bool = False
    silent: bool = False

    def wanted(self, line: ItemLine) -> bool:
        """要看的 — whether the item is one of these."""
        return (
            (self.standing is None or line.standing is self.standing)
            and (not self.to_confirm or line.to_confirm)
            and (not self.silent or (line.heard in SILENT and bool(line.lead)))
            and (not self.unit or self._of_unit(line))
            and (not self.leader or self.leader in (line.leaders or (UNNAMED,)))
            and (not self.aspect or self.aspect == (line.aspect or UNNAMED))
            and (not self.words or all(term in line.words for term in _terms(self.words)))
        )

    def _of_unit(self, line: ItemLine) -> bool:
        if self.leading:
            return self.unit == (line.lead or UNNAMED)
        return self.unit in (line.units or (UNNAMED,)) or (self.unit == UNNAMED and not line.lead)


EVERYTHING = Narrowing()
"""全部 — nothing is left out."""


def plain(text: str) -> str:
    """好查的写法 — as `ItemLine.words` is written: NFKC, lower case."""
    return normalize("NFKC", text).lower()


@lru_cache(maxsize=16)
def _terms(words: str) -> tuple[str, ...]:
    return tuple(plain(words).split())
