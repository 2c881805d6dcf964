"""窗口的评测 — how soon the window can be used, and how long it ever stands still: ``python -m tests.bench.window``.

    python -m tests.bench.window [--files 20,2000] [--starts 5] [--keep 文件夹]

The real window on an X server that nobody sees (offscreen where there is none), with the desk's process beside it. A
timer of 5 ms ticks in the window; the longest time between two ticks is how long a person would find it standing still.
README.md tells how to read the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.at_window import READING, SCROLLING, Stall
from tests.bench.goals import Goal
from tests.bench.make_workbooks import make_work_folder
from tests.bench.measure import ROOT
from tests.desktop.xvfb import screen, why_no_screen

SAMPLE = ROOT / "samples" / "示例区2016"
USABLE_SECONDS = 1.5
GOALS: Mapping[str, int] = {READING: 100, SCROLLING: 100}
"""目标 — milliseconds; what is not named here is only told."""


# ---------------------------------------------------------------- 走一遍 ----


def main(arguments: Sequence[str] | None = None) -> int:
    """评测入口 — 0 whatever the goals; 1 where the window failed."""
    options = _options(arguments)
    print(f"Python {sys.version.split()[0]}，处理器 {os.cpu_count()} 个，{why_no_screen() or 'Xvfb 1366×768'}")
    with nullcontext(options.keep) if options.keep else tempfile.TemporaryDirectory(prefix="窗口评测-") as place:
        try:
            for goal in _goals(Path(place).resolve(), options):
                print(goal, flush=True)
        except subprocess.CalledProcessError as error:
            print(f"窗口没有走完（{error.returncode}）：\n{error.stderr[-3000:]}", file=sys.stderr)
            return 1
    return 0


def _goals(place: Path, options: argparse.Namespace) -> Iterator[Goal]:
    with _screen(place / "家") as environment:
        yield _started(place, environment, options.starts)
        for files in options.files:
            folder = _made(place / f"{files}份", files)
            told, stalls = _walk(folder, place, environment)
            print(f"\n【{files:,} 份报送，{told['items']:,} 项】从启动到可用 {told['seconds']:.1f} 秒", flush=True)
            for name, stall in stalls.items():
                yield _stall_goal(name, stall)


def _started(place: Path, environment: Mapping[str, str], starts: int) -> Goal:
    """启动 — from nothing to a window that shows the sample, without the first time."""
    folder = place / "样例"
    if not folder.exists():
        shutil.copytree(SAMPLE, folder)
    runs = [_run("start", folder, place, environment) for _ in range(starts + 1)][1:]
    seconds, cpu = [run["seconds"] for run in runs], median(run["cpu"] for run in runs)
    spread = f"{starts} 次的中位数，{min(seconds):.2f}～{max(seconds):.2f}；到关窗共用 CPU {cpu:.2f} 秒"
    told = f"{median(seconds):.2f} 秒（{spread}；机器负载 {os.getloadavg()[0]:.1f}）"
    return Goal(f"从启动到可用，样例 34 项 ≤ {USABLE_SECONDS} 秒", told, median(seconds) <= USABLE_SECONDS)


def _walk(folder: Path, place: Path, environment: Mapping[str, str]) -> tuple[Any, dict[str, Stall]]:
    told = _run("walk", folder, place, environment)
    return told, {name: Stall(*stall) for name, stall in told["stalls"].items()}


def _run(what: str, folder: Path, place: Path, environment: Mapping[str, str]) -> Any:
    """One window, from its start to its end; seconds are counted from before the process begins."""
    answer = place / "结果.json"
    command = (sys.executable, "-m", "tests.bench.at_window", what, str(folder), str(answer))
    begun, spent = time.monotonic(), _spent()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stderr=subprocess.PIPE, text=True)
    told = json.loads(answer.read_text(encoding="utf-8"))
    return told | {"seconds": told["usable"] - begun, "cpu": _spent() - spent}


def _spent() -> float:
    """Processor seconds of all that was started and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _stall_goal(name: str, stall: Stall) -> Goal:
    most = GOALS.get(name)
    measured = f"{stall.clock:.0f} 毫秒（窗口自己 {stall.own:.0f}）{f'：{stall.at}' if stall.at else ''}"
    return Goal(
        f"{name}，最长停顿" + (f" ≤ {most} 毫秒" if most else ""), measured, most is None or stall.clock <= most
    )


@contextmanager
def _screen(home: Path) -> Iterator[dict[str, str]]:
    if why_no_screen():
        yield os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home)}
    else:
        with screen(home) as environment:
            yield environment


def _made(folder: Path, files: int) -> Path:
    unfinished = folder.with_name(f"{folder.name}（未造完）")
    if not folder.exists():
        shutil.rmtree(unfinished, ignore_errors=True)
        make_work_folder(unfinished, files)
        unfinished.rename(folder)
    return folder


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.window", description="窗口的评测")
    parser.add_argument("--files", type=_numbers, default=[20, 2000], metavar="20,2000", help="报送几份")
    parser.add_argument("--starts", type=int, default=5, metavar="N", help="启动量几次")
    parser.add_argument("--keep", type=Path, metavar="文件夹", help="工作文件夹留在这里，下次接着用")
    return parser.parse_args(arguments)


def _numbers(text: str) -> list[int]:
    return sorted(int(one) for one in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
