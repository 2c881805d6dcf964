"""读时限 — how deadline phrases are read, by which rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rectify_tool.dates import read_deadline
from rectify_tool.model import Deadline
from rectify_tool.places import default_rules_text
from rectify_tool.rules import read_rules


def read_deadlines(texts: Iterable[str], base: date) -> tuple[Deadline, ...]:
    """读时限 — each phrase read from the base day by the shipped 口径."""
    rules = read_rules(default_rules_text())
    return tuple(read_deadline(text, base, rules) for text in texts)
