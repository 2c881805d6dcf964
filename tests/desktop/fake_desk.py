"""A desk that does what a test wants, served by the real process over the real pipes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rectify_tool.desktop.line import Line, start_line
from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import Heard, Screen, Severity, Source, Standing
from rectify_tool.model.screen import FindingLine, ItemLine

SERVED = "tests.desktop.fake_desk:FakeDesk"


class Cancelled(Exception):
    """As the real desk's."""


class FakeDesk:
    """Acts of the real desk's names; ``publish`` never hears a cancel, ``record`` dies, ``undo`` has a bug."""

    def __init__(self, folder: str) -> None:
        if folder == "不存在":
            raise RectifyError(Stop.WRONG_ARGUMENTS, "没有这个文件夹")
        self._folder = folder
        self._stamps = 0

    def look(self, items: int, findings: int = 0, progress: Any = None) -> Screen:
        return screen(self._folder, items, findings)

    def read_ahead(self, now: datetime, progress: Callable[[int, int, str], None]) -> None:
        for step in range(40):
            progress(step + 1, 40, f"先读的第{step + 1}份")
            time.sleep(0.05)
        self._stamps = 100

    def generate(self, steps: int, pause: float, progress: Callable[[int, int, str], None]) -> int:
        for step in range(steps):
            progress(step + 1, steps, f"第{step + 1}份")
            time.sleep(pause)
        return steps

    def publish(self, progress: Any = None) -> None:
        time.sleep(3600)

    def record(self, progress: Any = None) -> None:
        os.kill(os.getpid(), signal.SIGKILL) if hasattr(signal, "SIGKILL") else os._exit(9)

    def undo(self, serial: int) -> int:
        return 1 // serial

    def stamps(self) -> str:
        self._stamps += 1
        return f"{self._folder}·{self._stamps}"

    def tell(self, no: str) -> str:
        return f"{self._folder}·{no}"

    def pdf(self) -> int:
        return os.getpid()

    def register(self) -> str:
        raise RectifyError(Stop.CANNOT_WRITE, "写不进去，请关闭后重试")

    def take_in(self, mark: str, progress: Callable[[int, int, str], None]) -> None:
        """Works on until told to stop; leaves a mark when it was stopped tidily."""
        try:
            for step in range(10_000):
                progress(step, 10_000, "")
                time.sleep(0.01)
        except Cancelled:
            Path(mark).write_text("放下了", encoding="utf-8")
            raise


def screen(folder: str, items: int, findings: int = 0) -> Screen:
    return Screen(
        folder=folder,
        as_of=date(2016, 5, 20),
        number=8,
        next_number=8,
        since="",
        mark="示例·虚构",
        counts={"items": items},
        items=tuple(map(item, range(items))),
        units=(),
        files=(),
        findings=tuple(map(finding, range(findings))),
        decisions=(),
        papers=(),
        aspects=(),
        leads=(),
        leaders=(),
        bulletins=(),
        outputs={},
    )


_STANDINGS = tuple(Standing)


def item(n: int) -> ItemLine:
    return ItemLine(
        no=f"{n // 4 + 1}-{n % 4 + 1}",
        aspect=f"方面{n % 4}",
        problem=f"问题{n // 4}：制度不健全，落实不到位",
        matter=f"小项{n}：修订完善有关制度",
        measure=f"措施{n}：组织学习，制定办法，逐项检查落实情况",
        lead=f"区第{n % 200}局",
        units=(f"区第{n % 200}局", f"区第{n % 7}办"),
        leaders=("区委副书记",),
        deadline="2016年6月底前",
        read_as="2016年6月30日",
        due=date(2016, 6, 30),
        days_left=n % 90 - 30,
        days=f"{n % 90 - 30}天",
        standing=_STANDINGS[n % len(_STANDINGS)],
        to_confirm=False,
        claim="整改中",
        heard=Heard.REPORTED,
        progress=f"已完成第{n}项的前期工作，正在推进",
        decided="",
        changed="",
        words=f"{n} 措施 制度 区第{n % 200}局",
    )


def finding(n: int) -> FindingLine:
    place = Source(f"报送/区第{n % 200}局.xlsx", "Sheet1", f"G{n}")
    return FindingLine("D02", Severity.WARNING, "时限", place, f"“6月{n}日”不存在这一天", f"{n}-1")


def fake_line() -> Line:
    return start_line(SERVED)
