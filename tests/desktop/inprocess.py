"""A window whose desk works in the same process, and a person whose answers are known beforehand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from rectify_tool.desktop.clerk import Trouble
from rectify_tool.desktop.visit import Visit
from rectify_tool.errors import RectifyError
from rectify_tool.story.desk import Desk
from rectify_tool.story.folder import add_breakdown, new_folder, try_sample
from tests.sheets import write_folder

CLOCK = datetime(2016, 5, 20, 9)
BREAKDOWN = """
责任分解表（2016年2月26日反馈）
编号 | 整改措施 | 整改时限 | 牵头单位
1-1 | 修订差旅费管理办法 | 4月底前 | 区财政局
1-2 | 开展办公用房清理 | 5月底前 | 区财政局
2-1 | 公开三公经费决算 | 5月15日前 | 区审计局
"""
FINANCE = """
填报单位：区财政局 | 填报日期：2016年5月8日
编号 | 整改措施 | 进展情况
1-1 | 修订差旅费管理办法 | 初稿正在征求意见
1-2 | 开展办公用房清理 | 已清理3处
"""
AUDIT = """
填报单位：区审计局 | 填报日期：2016年5月9日
编号 | 整改措施 | 进展情况
2-1 | 公开三公经费决算 | 已于5月9日全部完成，公开21家
"""


def make_folder(place: Path) -> str:
    """A small work folder: 1-1 overdue on 2016-05-20, 2-1 not reported yet."""
    write_folder(place, {"责任分解表.xlsx": BREAKDOWN, "报送/区财政局.xlsx": FINANCE})
    return str(place)


class DeskClerk(QObject):
    """The clerk's face over a desk in this process: ``work()`` does what was asked, in order, till nothing waits.

    ``troubles`` are given instead of an answer, by act, once each; ``asked`` lists the acts in their order.
    """

    progressed = Signal(int, int, str)
    busy = Signal(str)
    trouble = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.troubles: dict[str, Trouble] = {}
        self.closed = False
        self._desk: Desk | None = None
        self._waiting: deque[tuple[str, tuple[Any, ...], Callable[..., None], Callable[..., None] | None]] = deque()

    def ask(
        self,
        act: str,
        *arguments: Any,
        then: Callable[..., None],
        otherwise: Callable[[Trouble], None] | None = None,
        what: str = "",
    ) -> None:
        self.asked.append((act, arguments))
        self._waiting.append((act, arguments, then, otherwise))

    def open(self, folder: str) -> None:
        self.cancel()
        self._desk = Desk(folder)

    def cancel(self) -> None:
        given_up, self._waiting = self._waiting, deque()
        for _, _, _, otherwise in given_up:
            (otherwise or self.trouble.emit)(Trouble(None, "已停下。", cancelled=True))

    def close(self) -> None:
        self.closed = True

    @property
    def waiting(self) -> list[str]:
        return [act for act, *_ in self._waiting]

    def work(self) -> None:
        while self._waiting:
            act, arguments, then, otherwise = self._waiting.popleft()
            trouble = self.troubles.pop(act, None)
            if trouble is None:
                try:
                    value = self._do(act, arguments)
                except RectifyError as error:
                    trouble = Trouble(error.stop, error.message, way=error.way)
            if trouble is None:
                then(value)
            else:
                (otherwise or self.trouble.emit)(trouble)

    def _do(self, act: str, arguments: tuple[Any, ...]) -> Any:
        if act in _PLACES:
            return _PLACES[act](*arguments)
        return getattr(self._desk, act)(*arguments)


_PLACES: dict[str, Callable[..., Any]] = {
    "new_folder": new_folder, "try_sample": try_sample, "add_breakdown": add_breakdown,
}  # fmt: skip


class Answers:
    """What the person will answer, by the name of the question, in order; a question nobody expects fails the test."""

    def __init__(self, **answers: Any) -> None:
        self.answers = {name: deque(given if isinstance(given, list) else [given]) for name, given in answers.items()}
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.asking = False
        self.opened: list[str] = []

    def open_path(self, path: str) -> bool:
        self.opened.append(path)
        return True

    def told(self, name: str) -> list[tuple[Any, ...]]:
        return [given for asked, given in self.asked if asked == name]

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*given: Any) -> Any:
            self.asked.append((name, given))
            assert self.answers.get(name), f"nobody expected to be asked {name}{given}"
            answer = self.answers[name].popleft()
            return answer(*given) if callable(answer) else answer

        return ask


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = CLOCK) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    @property
    def today(self) -> date:
        return self.now.date()


def settle(clerk: DeskClerk, visit: Visit) -> None:
    """Until nothing is asked any more: what was to be asked in a moment is asked now."""
    for _ in range(10):
        clerk.work()
        soon = [timer for timer in visit.findChildren(QTimer) if timer.isActive() and timer.interval() < 1000]
        for timer in soon:
            timer.stop()
            timer.timeout.emit()
        if not soon and not clerk.waiting:
            return
