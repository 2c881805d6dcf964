"""表 — where the tables lie in a workbook's sheets, what their headings mean, and which cells are data."""

from __future__ import annotations

from rectify_tool.tables.cells import shown
from rectify_tool.tables.headings import Aliases, match_heading
from rectify_tool.tables.read import Settings, lacking, missing_columns, read_tables, reads_alike, settings_from
from rectify_tool.tables.settle import MEANINGS

__all__ = [
    "MEANINGS",
    "Aliases",
    "Settings",
    "lacking",
    "match_heading",
    "missing_columns",
    "read_tables",
    "reads_alike",
    "settings_from",
    "shown",
]
