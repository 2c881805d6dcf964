"""收表 — the only rooms that open units' workbooks: list, private copy, worker process, Grid.

The walk of one file: `listing` finds it, `pool` hands it to a worker process, `private` takes its bytes once,
`kinds` tells what it is, `reading` makes grids of it (through `package`, `ooxml`, `opendocument`, `biff`,
`plaintext`), and the story's own function understands the grids. A file that kills or hangs its reader is one
finding, never the end of the run.
"""

from __future__ import annotations

from rectify_tool.intake.kept import Kept
from rectify_tool.intake.listing import Listed, list_files
from rectify_tool.intake.pool import receive

__all__ = ["Kept", "Listed", "list_files", "receive"]
