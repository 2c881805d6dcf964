"""簿册用语 — what the sheets of the summary share: the draft they are made from, their columns, and long texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rectify_tool.model import (
    LIGHTS,
    STANDING_WORDS,
    Chart,
    Column,
    Lamp,
    Link,
    Outcome,
    Paper,
    Reply,
    Sheet,
    SheetColumn,
    SheetTable,
    SheetValue,
    Show,
    Source,
    Standing,
    Verdict,
    printable,
)
from rectify_tool.papers.speech import Speech, spoken_day

CELL_LIMIT = 32_000
"""一格最多字数 — an Excel cell holds 32,767 UTF-16 units; the rest is room for the note that it was cut."""

Row = tuple[SheetValue, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """底稿 — what every sheet is made from; ``bulletin`` is the paper whose figures 数据来源 walks back."""

    outcome: Outcome
    bulletin: Paper
    speech: Speech = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "speech", Speech(self.outcome.rules))

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """全部判定 — in ledger order."""
        return self.outcome.verdicts

    @property
    def lights(self) -> str:
        """灯的含义 — printed wherever a light is."""
        return self.speech.word("lights_note", within=self.outcome.rules.due_soon_days)

    def sheet(
        self,
        name: str,
        title: str,
        *tables: SheetTable,
        notes: Sequence[str] = (),
        charts: tuple[Chart, ...] = (),
        wide: bool = False,
    ) -> Sheet:
        """一页 — the as-of day stands first among its notes."""
        as_of = self.speech.word("as_of_note", day=spoken_day(self.outcome.job.as_of))
        return Sheet(name, title, (as_of, *notes), tables, charts, wide)


def word(heading: str, width: int) -> SheetColumn:
    """短文字列."""
    return SheetColumn(heading, width, Show.WORD)


def text(heading: str, width: int) -> SheetColumn:
    """长文字列."""
    return SheetColumn(heading, width, Show.TEXT)


def whole(heading: str, width: int = 8) -> SheetColumn:
    """整数列."""
    return SheetColumn(heading, width, Show.COUNT)


def rate(heading: str, width: int = 12) -> SheetColumn:
    """百分比列."""
    return SheetColumn(heading, width, Show.RATE)


def day(heading: str, width: int = 12) -> SheetColumn:
    """日期列."""
    return SheetColumn(heading, width, Show.DAY)


def lamp(verdict: Verdict) -> Lamp:
    """灯格 — the colour and the word of a standing."""
    return _LAMPS[verdict.standing]


_LAMPS = {one: Lamp(LIGHTS[one], f"{LIGHTS[one].value} {STANDING_WORDS[one]}") for one in Standing}


@lru_cache(maxsize=65536)  # an item's texts stand in several sheets
def fitting(value: str, source: Source | None = None) -> str:
    """一格装得下的文字 — as it is, or cut where a cell cannot hold it, saying so and where the whole stands."""
    clean = printable(value)
    if len(clean) * 2 <= CELL_LIMIT or len(clean.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        return clean
    kept = clean.encode("utf-16-le")[: CELL_LIMIT * 2].decode("utf-16-le", "ignore")
    return f"{kept}……（全文见原件{f' {source}' if source else ''}）"


def stacked(lines: Iterable[str]) -> str:
    """逐行 — each on a line of its own in one cell."""
    return "\n".join(line for line in lines if line)


def place(source: Source | None) -> tuple[SheetValue, SheetValue]:
    """出处两格 — the file, which the cell leads to, and the sheet and cell in it; blank where there is no file."""
    if source is None or not source.file:
        return None, None
    within = f"{source.sheet}!{source.cell}" if source.sheet and source.cell else source.sheet or source.cell or ""
    return Link(source.file, source.file), fitting(within)


def said(reply: Reply) -> str:
    """所说 — the progress as written, else the status word."""
    return reply.progress or reply.status


def assigned_at(verdict: Verdict) -> Source:
    """责任分解表的出处 — the cell of the item in the breakdown."""
    return verdict.entry.item.row.source(Column.ITEM, Column.MEASURE, Column.NO)
