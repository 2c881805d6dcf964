"""较上期 — this ledger against what was published: what changed, what step is due, in which order, and what is kept."""

from __future__ import annotations

from rectify_tool.change.compare import compare
from rectify_tool.change.order import check_clock, check_order, misplaced
from rectify_tool.change.snapshot import snapshot

__all__ = ["check_clock", "check_order", "compare", "misplaced", "snapshot"]
