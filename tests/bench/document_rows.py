"""公文表格 — processor seconds to set the bulletin of a work folder with 0, 400, 1,600 and 8,000 rows in its table.

The rows are real: those of the overdue items the folder has, repeated. Prints one JSON object, rows → seconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rectify_tool.document import write_document
from rectify_tool.model import Job, Paper
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.places import template
from rectify_tool.story.examine import examine
from tests.bench.world import AS_OF

SIZES = (0, 400, 1600, 8000)
TIMES = 3


def main(folder: str) -> None:
    """计时 — every size in turn, the median of three; a first paper loads the libraries and is not counted."""
    outcome = examine(Job(folder=folder, as_of=AS_OF, now=datetime(AS_OF.year, AS_OF.month, AS_OF.day), number=8))
    paper = make_bulletin(outcome)
    form = template(Path(folder), paper.template)
    with TemporaryDirectory() as held:
        target = Path(held) / "专报.docx"
        papers = {rows: _with_rows(paper, rows) for rows in SIZES}
        write_document(papers[0], form, target)
        seconds = {rows: _seconds(partial(write_document, one, form, target)) for rows, one in papers.items()}
    print(json.dumps(seconds))


def _with_rows(paper: Paper, rows: int) -> Paper:
    overdue = paper.fields["overdue"]
    assert isinstance(overdue, tuple), "the overdue table of the bulletin is a list of rows"
    assert overdue, "the work folder has overdue items"
    return replace(paper, fields={**paper.fields, "overdue": tuple(islice(cycle(overdue), rows))})


def _seconds(write: Callable[[], None]) -> float:
    def once() -> float:
        begun = time.process_time()
        write()
        return time.process_time() - begun

    return median(once() for _ in range(TIMES))


if __name__ == "__main__":
    main(sys.argv[1])
