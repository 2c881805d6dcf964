"""在窗口里走一遍 — what is done at the window while the benchmark watches: ``python -m tests.bench.at_window``.

A module of its own, and a light one: the desk's process loads it too, as it loads whatever the program was started by.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from tests.desktop.hand import Hand, Steps

READING, SHOWING, SCROLLING = "读取", "送来、显示", "台账从头滚到底"
SORTING, FILTERING, TABS, CHOOSING = "按每一栏排序", "筛选、查找", "换页", "逐项看档案"

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


def main(what: str, folder: str, answer: str) -> int:
    """坐下 — "start" or "walk" in a work folder; what came of it is written to ``answer``."""
    from tests.desktop.sitting import sit_down

    walk = Walk(Path(answer))
    return sit_down(walk.only_start if what == "start" else walk.whole, given=(folder,))


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
        ticks.enter(TABS)
        for at in (*range(hand.window.tabs.count()), 1):
            ticks.at = hand.window.tabs.tabText(at)
            hand.window.show_tab(at)
            yield from self._rest(hand, 10)
        table = yield hand.table("台账")
        for steps in (self._scroll, self._sort, self._filter, self._choose):
            yield from steps(hand, ticks, table)
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
    sys.exit(main(*sys.argv[1:]))
