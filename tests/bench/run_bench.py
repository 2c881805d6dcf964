"""评测 — the whole run against a bare read and against the script offices use today, in one go, as ratios.

    python -m tests.bench.run_bench [--sizes 20,200,2000] [--repeat 3] [--keep 文件夹]

Figures are of this machine and this moment; only their ratios travel. README.md tells how to read them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.check_answer import Seen, see
from tests.bench.goals import (
    BARE,
    BARE_ALL,
    PANDAS,
    TOOL,
    Goal,
    document_goals,
    growth_goals,
    run_goals,
    seen_goals,
    start_goals,
)
from tests.bench.make_workbooks import make_work_folder
from tests.bench.measure import ROOT, Cost, cost_of, middle
from tests.bench.world import AS_OF, ROWS_OF_A_UNIT, World

PROGRAM = (sys.executable, "-m", "rectify_tool")
BASELINE = (sys.executable, str(ROOT / "tests/bench/baselines.py"))
DAY = ("--as-of", AS_OF.isoformat())

JUDGED = 200
"""评判的规模 — the goals of the whole run are set for this many workbooks."""

LARGEST_REPEATED = 500
"""重复的最大规模 — above it everything is measured once, the pandas script and the check of the result not at all."""

STARTS = 15
HEAVY = ("pandas", "numpy", "openpyxl", "docx", "jinja2", "xlsxwriter", "lxml", "PySide6")


@dataclass(slots=True)
class Size:
    """一种规模 — a work folder, what each subject cost in it, and what came out."""

    units: int
    folder: Path
    costs: dict[str, Cost] = field(default_factory=dict)
    seen: Seen | None = None
    pandas: dict[str, int] | None = None

    @property
    def rows(self) -> int:
        """报送行数 — over all units."""
        return self.units * ROWS_OF_A_UNIT

    @property
    def repeated(self) -> bool:
        """是否重复 — small enough to be measured more than once."""
        return self.units <= LARGEST_REPEATED


# ---------------------------------------------------------------- 量 ----


def subjects(size: Size) -> dict[str, tuple[str, ...]]:
    """被测者 — name → command."""
    inbox, breakdown = str(size.folder / "报送"), str(size.folder / "责任分解表.xlsx")
    found = {
        BARE: (*BASELINE, "bare", inbox),
        BARE_ALL: (*BASELINE, "bare", inbox, breakdown),
        TOOL: (*PROGRAM, "run", str(size.folder), *DAY, "--number", "8"),
    }
    script = {PANDAS: (*BASELINE, "pandas", inbox, str(size.folder.parent / "合并.xlsx"))}
    return found | script if size.repeated else found


def warm_up(size: Size) -> None:
    """热身 — every subject once, not counted: bytecode is written and libraries come from the disk's cache."""
    for command in subjects(size).values():
        cost_of(command)


def measure(size: Size, repeat: int) -> None:
    """量一种规模 — the subjects take turns, so that a slow minute of the machine hits them all."""
    costs: dict[str, list[Cost]] = {name: [] for name in subjects(size)}
    for _ in range(repeat if size.repeated else 1):
        for name, command in subjects(size).items():
            cost, printed = cost_of(command)
            costs[name].append(cost)
            if name == PANDAS:
                size.pandas = json.loads(printed)
    size.costs = {name: middle(found) for name, found in costs.items()}
    if size.repeated:
        size.seen = checked(size.folder, size.units)


def checked(folder: Path, units: int) -> Seen:
    """核对结果 — what the tool makes of a work folder, against what was written."""
    return see(json.loads(cost_of((*PROGRAM, "check", str(folder), *DAY, "--json"))[1]), World(units))


def checked_alone(size: Size) -> Seen:
    """没有分解表时的结果 — then the categories can only come from the units' own merged cells."""
    with tempfile.TemporaryDirectory(prefix="评测-") as place:
        shutil.copytree(size.folder / "报送", Path(place) / "报送")
        shutil.copy(size.folder / "口径.toml", place)
        return checked(Path(place), size.units)


def start_costs() -> tuple[Cost, Cost]:
    """启动 — `--help` and an empty Python, in turns."""
    helped, empty = [], []
    for _ in range(STARTS):
        helped.append(cost_of((*PROGRAM, "--help"))[0])
        empty.append(cost_of((sys.executable, "-c", "pass"))[0])
    return middle(helped), middle(empty)


def loaded_by_help() -> list[str]:
    """--help 载入的重库 — there should be none."""
    code = (
        "import runpy, sys\nsys.argv = ['rectify_tool', '--help']\n"
        "try:\n    runpy.run_module('rectify_tool', run_name='__main__')\nexcept SystemExit:\n    pass\n"
        f"print('载入：', *(name for name in {HEAVY!r} if name in sys.modules))"
    )
    return cost_of((sys.executable, "-c", code))[1].rpartition("载入：")[2].split()


def document_seconds(folder: Path) -> dict[int, float]:
    """公文表格 — rows → processor seconds for the whole paper."""
    printed = cost_of((sys.executable, "-m", "tests.bench.document_rows", str(folder)))[1]
    return {int(rows): seconds for rows, seconds in json.loads(printed).items()}


# ---------------------------------------------------------------- 说 ----


def tell(size: Size) -> None:
    """一种规模的表 — seconds, ratios to the bare read of the same files, and memory."""
    base = size.costs[BARE_ALL].cpu
    print(f"\n【{size.units:,} 个单位，{size.rows:,} 行】")
    print(_line("", "CPU 秒", "钟表秒", "CPU 倍数", "最大进程 MiB", "合计 MiB"))
    for name, cost in size.costs.items():
        together = f"{cost.together:.0f}" if cost.together else "—"
        print(
            _line(name, f"{cost.cpu:.3f}", f"{cost.wall:.3f}", f"{cost.cpu / base:.2f}", f"{cost.peak:.0f}", together)
        )
    if size.seen:
        print(f"  本工具的结果：{size.seen}")
    if size.pandas:
        filled, footers = size.pandas["categories"], size.pandas["footers"]
        print(f"  pandas脚本的结果：分类格填上 {filled:,}/{2 * size.rows:,}，表尾当作数据 {footers:,} 行")


def _line(name: str, *figures: str) -> str:
    return f"  {_padded(name, 20)}" + "".join(_padded(figure, 14, right=True) for figure in figures)


def _padded(text: str, width: int, *, right: bool = False) -> str:
    """A Chinese character takes two places on a terminal."""
    blanks = " " * (width - len(text) - sum(not char.isascii() for char in text))
    return blanks + text if right else text + blanks


# ---------------------------------------------------------------- 走一遍 ----


def main(arguments: Sequence[str] | None = None) -> int:
    """评测入口 — makes the work folders, measures, tells; 1 where a subject failed, never for a missed goal."""
    options = _options(arguments)
    with nullcontext(options.keep) if options.keep else tempfile.TemporaryDirectory(prefix="评测-") as place:
        try:
            _bench(Path(place).resolve(), options.sizes, options.repeat)
        except subprocess.CalledProcessError as error:
            said = (error.stderr or error.stdout)[-2000:]
            print(f"\n命令失败（{error.returncode}）：{' '.join(error.cmd)}\n{said}", file=sys.stderr)
            return 1
    return 0


def _bench(place: Path, units: Sequence[int], repeat: int) -> None:
    print(f"Python {sys.version.split()[0]}，处理器 {os.cpu_count()} 个，各量 {repeat} 次取中位数，")
    print(f"{LARGEST_REPEATED} 个单位以上只量 1 次；倍数以裸读同样的文件（报送表和分解表）为 1。")
    sizes = [_made(place / str(one), one) for one in units]
    warm_up(sizes[0])
    for size in sizes:
        measure(size, repeat)
        tell(size)
    print("\n【目标】时间都是 CPU 时间")
    for goal in _goals(sizes):
        print(goal, flush=True)


def _goals(sizes: Sequence[Size]) -> Iterator[Goal]:
    judged = next((size for size in sizes if size.units == JUDGED), None)
    if judged:
        yield from run_goals(judged.costs)
        for size in sizes:
            if size.units > JUDGED:
                yield from growth_goals(judged.costs, size.costs, f"{size.units:,} 份比 {JUDGED} 份")
    yield from document_goals(document_seconds(sizes[0].folder))
    yield from start_goals(*start_costs(), loaded_by_help())
    for size in sizes:
        if size.seen:
            yield from seen_goals(size.seen, f"{size.units} 份")
    if sizes[0].repeated:
        yield from seen_goals(checked_alone(sizes[0]), f"{sizes[0].units} 份、没有分解表")


def _made(place: Path, units: int) -> Size:
    """造好的规模 — a folder kept from an earlier bench is used again; a half-made one is not."""
    folder, unfinished = place / "工作文件夹", place / "未造完"
    if not folder.exists():
        begun = time.perf_counter()
        shutil.rmtree(unfinished, ignore_errors=True)
        make_work_folder(unfinished, units)
        unfinished.rename(folder)
        print(f"造好 {units:,} 个单位的工作文件夹，用时 {time.perf_counter() - begun:.1f} 秒", flush=True)
    return Size(units, folder)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run_bench", description="整改督查工具的评测")
    parser.add_argument("--sizes", type=_whole_numbers, default=[20, 200, 2000], metavar="20,200,2000", help="单位数")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="各量几次，取中位数")
    parser.add_argument("--keep", type=Path, metavar="文件夹", help="工作文件夹留在这里，下次接着用")
    return parser.parse_args(arguments)


def _whole_numbers(text: str) -> list[int]:
    return sorted(int(one) for one in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
