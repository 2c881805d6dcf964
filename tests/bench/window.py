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
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.bench.goals import Goal
from tests.bench.make_workbooks import make_work_folder
from tests.bench.measure import ROOT
from tests.desktop.xvfb import screen, why_no_screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from tests.desktop.hand import Hand, Steps

SAMPLE = ROOT / "samples" / "示例区2016"
USABLE_SECONDS = 1.5
READING, SHOWING, SCROLLING = "读取", "送来、显示", "台账从头滚到底"
SORTING, FILTERING, TABS, CHOOSING = "按每一栏排序", "筛选、查找", "换页", "逐项看档案"
GOALS: Mapping[str, int] = {READING: 100, SCROLLING: 100}
"""目标 — milliseconds; what is not named here is only told."""

_TICK_MS = 5
_SCROLLS = 400
_HOURS = 3600.0


class Stall(NamedTuple):
    """停顿 — the longest while without a tick, in milliseconds: on the clock, and how much of it the window's own
    thread was at work (the rest was somebody else's: the machine was busy); ``at`` says during what.
    """

    clock: float
    own: float
    at: str


# ---------------------------------------------------------------- 走一遍 ----


def main(arguments: Sequence[str] | None = None) -> int:
    """评测入口 — 0 whatever the goals; 1 where the window failed."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--at-the-window"]:
        return _sit_down(given[1], Path(given[2]), Path(given[3]))
    options = _options(given)
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
    seconds = [_run("start", folder, place, environment)["seconds"] for _ in range(starts + 1)][1:]
    told = f"{median(seconds):.2f} 秒（{starts} 次的中位数，{min(seconds):.2f}～{max(seconds):.2f}）"
    return Goal(f"从启动到可用，样例 34 项 ≤ {USABLE_SECONDS} 秒", told, median(seconds) <= USABLE_SECONDS)


def _walk(folder: Path, place: Path, environment: Mapping[str, str]) -> tuple[Any, dict[str, Stall]]:
    told = _run("walk", folder, place, environment)
    return told, {name: Stall(*stall) for name, stall in told["stalls"].items()}


def _run(what: str, folder: Path, place: Path, environment: Mapping[str, str]) -> Any:
    """One window, from its start to its end; seconds are counted from before the process begins."""
    answer = place / "结果.json"
    command = (sys.executable, "-m", "tests.bench.window", "--at-the-window", what, str(folder), str(answer))
    begun = time.monotonic()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stderr=subprocess.PIPE, text=True)
    told = json.loads(answer.read_text(encoding="utf-8"))
    return told | {"seconds": told["usable"] - begun}


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


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.window", description="窗口的评测")
    parser.add_argument("--files", type=_numbers, default=[20, 2000], metavar="20,2000", help="报送几份")
    parser.add_argument("--starts", type=int, default=5, metavar="N", help="启动量几次")
    parser.add_argument("--keep", type=Path, metavar="文件夹", help="工作文件夹留在这里，下次接着用")
    return parser.parse_args(arguments)


def _numbers(text: str) -> list[int]:
    return sorted(int(one) for one in text.split(","))


# ---------------------------------------------------------------- 在窗口里 ----


def _sit_down(what: str, folder: Path, answer: Path) -> int:
    from tests.desktop.hand import sit_down

    walk = Walk(answer)
    return sit_down(walk.only_start if what == "start" else walk.whole, arguments=(str(folder),))


class Walk:
    """走一遍 — what a person does with a large ledger, one small step at a time, and where the ticks failed to come."""

    def __init__(self, answer: Path) -> None:
        self._answer = answer
        self._usable = 0.0
        self._items = 0

    def only_start(self, hand: Hand) -> Steps:
        """Until the sample is shown."""
        yield from self._until_usable(hand)
        self._end(hand, {})

    def whole(self, hand: Hand) -> Steps:
        """All of it."""
        ticks = make_ticks(READING)
        hand.window.clerk.progressed.connect(lambda done, total, _: done >= total and ticks.enter(SHOWING))
        yield from self._until_usable(hand)
        yield from self._rest(hand, 20)
        ledger = hand.window.ledger
        ticks.enter(TABS)
        for at in (*range(hand.window.tabs.count()), 1):
            ticks.at = hand.window.tabs.tabText(at)
            hand.window.show_tab(at)
            yield from self._rest(hand, 10)
        table = yield hand.table("台账")
        for steps in (self._scroll, self._sort, self._filter, self._choose):
            yield from steps(hand, ticks, table)
        del ledger
        ticks.stop()
        self._end(hand, ticks.longest)

    def _until_usable(self, hand: Hand) -> Steps:
        visit = hand.window.visit
        yield hand.until("the ledger", lambda: visit.screen is not None)._replace(seconds=_HOURS)
        self._usable, self._items = time.monotonic(), len(visit.screen.items) if visit.screen else 0

    def _end(self, hand: Hand, stalls: Mapping[str, Stall]) -> None:
        told = {"usable": self._usable, "items": self._items, "stalls": stalls}
        self._answer.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        hand.window.close()

    def _rest(self, hand: Hand, turns: int = 2) -> Steps:
        """The event loop gets its turns; what was begun is drawn."""
        for _ in range(turns):
            yield hand.until("a turn", lambda: True)

    def _scroll(self, hand: Hand, ticks: Any, table: QTableView) -> Steps:
        ticks.enter(SCROLLING)
        bar = table.verticalScrollBar()
        for step in range(_SCROLLS + 1):
            bar.setValue(bar.maximum() * step // _SCROLLS)
            yield from self._rest(hand, 1)

    def _sort(self, hand: Hand, ticks: Any, table: QTableView) -> Steps:
        from PySide6.QtCore import Qt

        ticks.enter(SORTING)
        for column in range(table.model().columnCount()):
            for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
                ticks.at = str(table.model().headerData(column, Qt.Orientation.Horizontal))
                table.sortByColumn(column, order)
                yield from self._rest(hand)
        table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        yield from self._rest(hand)

    def _filter(self, hand: Hand, ticks: Any, table: QTableView) -> Steps:
        from PySide6.QtWidgets import QComboBox, QLineEdit

        ticks.enter(FILTERING)
        words = next(one for one in hand.window.ledger.findChildren(QLineEdit) if "查找" in one.placeholderText())
        for text in ("制", "制度", "制度 第", "制度 第1", ""):
            ticks.at = f"查找“{text}”"
            words.setText(text)
            yield from self._rest(hand, 30)
        for combo in hand.window.ledger.findChildren(QComboBox):
            for at in (min(2, combo.count() - 1), 0):
                ticks.at = f"筛选“{combo.itemText(at)}”"
                combo.setCurrentIndex(at)
                yield from self._rest(hand)

    def _choose(self, hand: Hand, ticks: Any, table: QTableView) -> Steps:
        ticks.enter(CHOOSING)
        for row in range(0, 200, 10):
            table.selectRow(row)
            yield from self._rest(hand, 10)


def make_ticks(first: str) -> Any:
    """滴答 — a timer that notices when it comes late; made here because a benchmark loads no Qt before its window."""
    from PySide6.QtCore import QObject, Qt, QTimer

    class Ticks(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.longest: dict[str, Stall] = {}
            self._phase, self.at = first, ""
            self._last = time.perf_counter(), time.thread_time()
            self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
            self._timer.timeout.connect(self.tick)
            self._timer.start()

        def tick(self) -> None:
            now = time.perf_counter(), time.thread_time()
            clock, own = ((one - other) * 1000 for one, other in zip(now, self._last, strict=True))
            self._last = now
            if clock > self.longest.get(self._phase, Stall(0, 0, "")).clock:
                self.longest[self._phase] = Stall(clock, own, self.at)

        def enter(self, phase: str) -> None:
            self.tick()
            self._phase, self.at = phase, ""

        def stop(self) -> None:
            self.tick()
            self._timer.stop()

    return Ticks()


if __name__ == "__main__":
    sys.exit(main())
