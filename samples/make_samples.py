"""生成样例 — writes the sample work folders beside this script: ``python samples/make_samples.py [FOLDER]``.

The same run writes the same bytes again; only the encrypted workbook keeps the bytes it has, because encryption is
random. README.md, 口径.toml and the truth tables under tests/truth/ are written by hand and left alone; the
README of 示例区2016 is shipped beside the program, for whoever tries it there. What its every item is and why stands in
tests/truth/示例区2016, written from the workbooks, not computed. How its eight bulletins came about is played from an
empty folder by ``python samples/replay.py 新文件夹``, with the commands of every day (the moments of publishing are the
real clock's, the days of the story are of 2016): what came and was decided stands in samples/story_2016.py, what each
bulletin must be in tests/truth/示例区2016八期.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import county_2024
import district_2016

SAMPLES: Mapping[str, Callable[[Path], None]] = {
    "示例区2016": district_2016.make,
    "示例县2024": county_2024.make,
}


def make_all(folder: Path) -> None:
    """生成全部样例 — one sub-folder per sample under ``folder``."""
    for name, make in SAMPLES.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        make(folder / name)


if __name__ == "__main__":
    make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
