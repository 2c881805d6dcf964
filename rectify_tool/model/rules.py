"""口径 — the office's rules, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rectify_tool.model.grid import Column
from rectify_tool.model.item import Act, Claim

OFFICE_FILE = "口径.toml"
"""口径的文件名 — in the work folder: the office's own rules, over the shipped ones."""


@dataclass(frozen=True, slots=True)
class Origin:
    """口径出处 — where one rule's value comes from: its meaning, its source, and whether this office changed it."""

    meaning: str
    source: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """口径 — the office's rules, each with its source (``origins``, by "section.key").

    Attributes:
        feedback: The base day deadlines count from; None where the office has not said.
        events: Known event days by name ("发函" → a day), for deadlines such as 发函后三日内.
        due_soon_days: Days before the due day from which an item is 临期, inclusive.
        immediate_days: Days the office gives 立行立改, counted like N日内; None means no day (shown as undated).
        month_start_day: The day 月初 means.
        basically_done: True where 基本完成 counts as done.
        headings: Aliases of each column.
        statuses: Status words of units and what they claim.
        escalation: From how many bulletins in a row, overdue or silent, each step of escalation is suggested.
        leader_order: Posts in the order leaders are named in; those not listed follow, as the breakdown has them.
        roster: Canonical unit names beside those of the breakdown.
        unit_aliases: Other name → canonical name.
        collective: Words that mark a collective name (各街道), which cannot be chased.
        wording: The bulletin's sentences, by name, with {slots}.
        office: The paper's fixed texts: name, sender, and so on.
    """

    feedback: date | None
    events: Mapping[str, date]
    due_soon_days: int
    immediate_days: int | None
    month_start_day: int
    basically_done: bool
    headings: Mapping[Column, tuple[str, ...]]
    statuses: Mapping[str, Claim]
    escalation: Mapping[Act, int]
    leader_order: tuple[str, ...]
    roster: tuple[str, ...]
    unit_aliases: Mapping[str, str]
    collective: tuple[str, ...]
    wording: Mapping[str, str]
    office: Mapping[str, str]
    origins: Mapping[str, Origin]
