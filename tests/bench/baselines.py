"""对照 — what the tool is measured against, each in a process of its own that imports nothing else.

``bare`` reads every workbook's values and merged ranges with python-calamine, and throws them away.
``pandas`` is the script offices write today: header rows 3 and 4, all sheets below one another, one big workbook out.
Both print one line of JSON about what they saw.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path


def bare(*places: str) -> dict[str, int]:
    """裸读 — every cell and merge of the workbooks in these folders, or of these files."""
    from python_calamine import CalamineWorkbook

    rows = merges = 0
    for path in _workbooks(places):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows += len(sheet.to_python(skip_empty_area=False))
            merges += len(sheet.merged_cell_ranges or ())
    return {"rows": rows, "merges": merges}


def pandas(inbox: str, output: str) -> dict[str, int]:
    """现行脚本 — pandas with openpyxl; ``categories`` are the aspect and problem cells it found filled."""
    import pandas as pd

    frames = [pd.read_excel(path, header=[2, 3], engine="openpyxl") for path in _workbooks([inbox])]
    whole = pd.concat(frames, ignore_index=True)
    whole.to_excel(output, engine="openpyxl")
    in_table = whole[whole.iloc[:, 3].notna()]
    return {
        "rows": len(whole),
        "footers": len(whole) - len(in_table),
        "categories": int(in_table.iloc[:, 1:3].notna().sum().sum()),
    }


def _workbooks(places: tuple[str, ...] | list[str]) -> list[Path]:
    found = [sorted(Path(place).glob("*.xlsx")) if Path(place).is_dir() else [Path(place)] for place in places]
    return [path for paths in found for path in paths]


if __name__ == "__main__":
    subjects: dict[str, Callable[..., dict[str, int]]] = {"bare": bare, "pandas": pandas}
    print(json.dumps(subjects[sys.argv[1]](*sys.argv[2:])))
