"""打开着的工作文件夹 — opened, looked at again whenever it changes, written to by one act at a time. No widgets here.

What a person is asked goes through `questions.Questions`, what is done through the clerk; whatever is to be shown
leaves by a signal. So everything is tried without a window.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from rectify_tool.desktop import sayings
from rectify_tool.desktop.watch import Watch
from rectify_tool.errors import Stop, Way
from rectify_tool.model import DATABASE, ItemLine, Job, PaperSet, Screen

if TYPE_CHECKING:
    from rectify_tool.desktop.clerk import Clerk, Trouble
    from rectify_tool.desktop.questions import Questions

_TELL_AFTER = 60
"""毫秒 — a dossier is asked for once the arrow keys rest."""

_ENTER_AFTER = 300
"""毫秒 — until it is tried again to open a folder that was just made."""


class Offer(NamedTuple):
    """可以做的 — a button of a notice: its word and what it does."""

    word: str
    act: Callable[[], None]


class Notice(NamedTuple):
    """告示 — a line on top of the window that stays until it is settled or put away."""

    text: str
    offers: tuple[Offer, ...] = ()


class Seat(Protocol):
    """座位 — what the window needs to know of it; the story of the folder gives it."""

    @property
    def mine(self) -> bool:
        """是我的."""

    @property
    def why(self) -> str:
        """不是我的原因 — "" where it is."""

    def leave(self) -> None:
        """让座."""


class Visit(QObject):
    """打开着的工作文件夹 — one at a time, with its as-of day and number, its seat, its last Screen and the item chosen.

    ``folder_changed`` carries "" where none is open any more, ``screen_changed`` a Screen or None (a folder was just
    opened), ``dossier_changed`` a Dossier or None, ``said`` a sentence for the status line, ``happened`` one for a
    while, ``noticed`` a `Notice` or None, ``set_written`` the name of a new set. ``state_changed`` tells that `may`
    answers anew. ``remedies`` are what may be done about what stopped the work. ``item`` is the one whose dossier is
    wanted; ``target`` the item or unit that the page in front stands on, "" for none: an act is about that.
    """

    folder_changed = Signal(str)
    screen_changed = Signal(object)
    dossier_changed = Signal(object)
    said = Signal(str)
    happened = Signal(str)
    noticed = Signal(object)
    set_written = Signal(str)
    state_changed = Signal()

    def __init__(
        self,
        clerk: Clerk,
        questions: Questions,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self.clerk, self.questions, self.now = clerk, questions, now
        self.folder, self.item, self.target = "", "", ""
        self.screen: Screen | None = None
        self.sample = False
        self.writing = ""
        self.remedies: dict[Stop | Way, Offer] = {}
        self._day: date | None = None
        self._today = now().date()
        self._number: int | None = None
        self._seat: Seat | None = None
        self._turn = 0
        self._looking = self._again = self._telling = self._not_read = False
        clerk.trouble.connect(self.trouble)
        self.watch = Watch(clerk, self._resting)
        self.watch.changed.connect(lambda: self.look(told=True))
        self.watch.beaten.connect(self._beat)
        self._tell_soon = QTimer(self, singleShot=True, interval=_TELL_AFTER)
        self._tell_soon.timeout.connect(self._tell)
        self._enter_soon = QTimer(self, singleShot=True, interval=_ENTER_AFTER)
        self._enter_soon.timeout.connect(lambda: self.enter(*self._entering))
        self._entering: tuple[str, str] = ("", "")

    # ------------------------------------------------------------ 现在怎样 ----

    @property
    def as_of(self) -> date:
        """基准日 — the one chosen, else today as the head shows it: a day nobody has seen there is never used."""
        return self._day or self._today

    @property
    def number(self) -> int | None:
        """期号 — the one chosen, None where the tool's own is meant."""
        return self._number

    @property
    def follows_today(self) -> bool:
        """随今天 — nobody chose another as-of day."""
        return self._day is None

    @property
    def writable(self) -> bool:
        """可写 — this window has the folder's seat."""
        return self._seat is not None and self._seat.mine

    @property
    def only_looking(self) -> str:
        """只读的原因 — why nothing can be written, "" where it can."""
        return self._seat.why if self._seat is not None and not self._seat.mine else ""

    @property
    def why_not(self) -> str:
        """现在不能写的原因 — read-only, or something else is being written; "" where nothing stands against it."""
        if self.only_looking:
            return "这个窗口只能看，不能写"
        return f"{self.writing}，请等它做完" if self.writing else ""

    @property
    def last_set(self) -> PaperSet | None:
        """最近一套 — the papers written last; None where there are none."""
        return next((one for one in self.screen.papers if one.last), None) if self.screen else None

    @property
    def chosen(self) -> ItemLine | None:
        """选中的小项 — as it was last looked at."""
        return self._item(self.item)

    @property
    def aimed_at_item(self) -> bool:
        """所指的是小项 — not a unit, not nothing."""
        return self._item(self.target) is not None

    def aim(self, target: str) -> None:
        """所指 — the item or unit that the page in front stands on, "" for none."""
        if target != self.target:
            self.target = target
            self.state_changed.emit()

    def _item(self, no: str) -> ItemLine | None:
        return next((one for one in self.screen.items if one.no == no), None) if self.screen and no else None

    def may(self, need: str) -> bool:
        """能不能 — whether what ``need`` names is there; the needs are those of `menus.ENTRIES`."""
        return _NEEDS[need](self)

    def job(self) -> Job:
        """任务 — as the head of the window has it."""
        return Job(self.folder, self.as_of, self.now(), self._number)

    def set_day(self, day: date | None) -> None:
        """换基准日 — None for today, and for every later today."""
        before = self.as_of
        self._turn_day()
        self._day = None if day == self._today else day
        self.state_changed.emit()
        if self.as_of != before and self.folder:
            self.look()

    def set_number(self, number: int | None) -> None:
        """换期号 — None for the one the tool proposes."""
        proposed = self.screen.next_number if self.screen else None
        number = None if number == proposed else number
        if number != self._number:
            self._number = number
            self.state_changed.emit()
            if self.folder:
                self.look()

    def propose_number(self) -> None:
        """期号照接 — the one chosen is used up; the next look proposes the next."""
        self._number = None
        self.state_changed.emit()

    # ------------------------------------------------------------ 打开 ----

    def open(self, folder: str) -> None:
        """打开 — leave the folder that is open, take the seat of this one, and look; at a copy of the sample as of the
        sample's own day, for as long as its breakdown is the sample's.
        """
        if not Path(folder).is_dir():
            self.questions.missing(folder)
            return
        self.leave()
        self._turn += 1
        self.folder = str(Path(folder).absolute())
        self.sample = _is_sample(self.folder)
        self._day, self._number = _sample_job(self.folder) if self.sample else (None, None)
        self._take_seat()
        self.clerk.open(self.folder)
        self.folder_changed.emit(self.folder)
        self.screen_changed.emit(None)
        self.look()
        self.watch.start()

    def enter(self, folder: str, said: str) -> None:
        """进入 — a folder just made, once nothing is asked and nothing is written: what a form holds is meant for the
        folder it was opened on.
        """
        if self.questions.asking or self.writing:
            self._entering = (folder, said)
            self._enter_soon.start()
            return
        self.open(folder)
        self.said.emit(said)

    def leave(self) -> None:
        """离开 — the folder that is open, with nothing left behind."""
        self.watch.stop()
        if self._seat is not None:
            self._seat.leave()
        self._seat, self.screen, self.item, self.target, self.folder, self.writing = None, None, "", "", "", ""
        self._looking = self._again = self._telling = self._not_read = False
        self.noticed.emit(None)
        self.dossier_changed.emit(None)
        self.state_changed.emit()

    def go_home(self) -> None:
        """回到开始页 — no folder is open any more."""
        if self.may_leave():
            self.leave()
            self.folder_changed.emit("")

    def may_leave(self) -> bool:
        """可以离开 — nothing is being written, or the person wants it stopped."""
        if not self.writing:
            return True
        if not self.questions.stop_work(self.writing):
            return False
        self.cancel()
        return True

    def _take_seat(self) -> None:
        from rectify_tool.story.folder import take_seat

        before = self.only_looking
        self._seat = take_seat(self.folder, f"{platform.node() or '这台电脑'}，{self.now():%H:%M}打开")
        if self.writable or self.only_looking != before:
            self.state_changed.emit()

    def regain(self) -> None:
        """再试一次 — take the seat when the other window has gone."""
        if self.folder and not self.writable:
            self._take_seat()
            if self.writable:
                self.said.emit("现在可以写了。")
                self.look()

    # ------------------------------------------------------------ 看 ----

    def look(self, told: bool = False, after: str = "") -> None:
        """重新读取 — ``told`` where the watch wants it: what is new is then said, behind what was said just before."""
        if not self.folder:
            return
        if self._looking:
            self._again = True
            return
        self._turn_day()
        self._looking, self._again = True, False
        self.clerk.ask(
            "look",
            self.job(),
            then=partial(self._looked, self._turn, told, after),
            otherwise=partial(self._not_looked, self._turn),
            what="正在读取",
        )

    def _looked(self, turn: int, told: bool, after: str, screen: Screen) -> None:
        if turn != self._turn:
            return
        self._looking = False
        self.watch.looked()
        self._tell_on_top(None)
        before = self.screen
        if before is None or not sayings.same(before, screen):
            self.show(screen)
        if told and (what := sayings.news(before, screen)):
            self.happened.emit(after + what)
        if self._again or screen.as_of != self.as_of:
            self.look()

    def _not_looked(self, turn: int, trouble: Trouble) -> None:
        """没有读成 — told on top, not in a box: it may come while nobody asked."""
        if turn != self._turn:
            return
        self._looking = False
        self.watch.looked()
        if trouble.cancelled:
            before = "下面显示的还是以前的。" if self.screen else "点“重新读取”接着读，读过的不用再读。"
            self._tell_on_top(Notice(f"已停下，没有读完。{before}", (Offer("重新读取", self.look),)))
            return
        if trouble.stop is None:
            self.questions.trouble(trouble, ())
        offers = self._offers(trouble, self.look) or (Offer("重新读取", self.look),)
        self._tell_on_top(Notice(trouble.message, offers))
        if self._again:
            self.look()

    def _tell_on_top(self, notice: Notice | None) -> None:
        """告示 — that the folder could not be looked at; the next look takes it away."""
        if notice is not None or self._not_read:
            self._not_read = notice is not None
            self.noticed.emit(notice)

    def show(self, screen: Screen) -> None:
        """显示 — in place of the last one; the item chosen stays chosen while it is there."""
        self.screen = screen
        if self.chosen is None:
            self.item = ""
            self.dossier_changed.emit(None)
        self.screen_changed.emit(screen)
        self.state_changed.emit()
        if self.item:
            self._tell_soon.start()

    def choose(self, no: str) -> None:
        """选中 — an item whose dossier is wanted."""
        if no != self.item:
            self.item = no
            self.state_changed.emit()
            self._tell_soon.start()

    def _tell(self) -> None:
        if self._telling or not self.item or self.screen is None:
            return
        self._telling = True
        ask = partial(self.clerk.ask, "tell", self.item)
        ask(then=partial(self._told, self.item, self._turn), otherwise=self._not_told)

    def _told(self, no: str, turn: int, dossier: object) -> None:
        self._telling = False
        if no != self.item:
            self._tell_soon.start()
        elif turn == self._turn:
            self.dossier_changed.emit(dossier)

    def _not_told(self, trouble: Trouble) -> None:
        self._telling = False
        if not trouble.cancelled:
            self.said.emit(trouble.message)

    def _resting(self) -> bool:
        return bool(self.folder) and not (self._looking or self.writing or self.questions.asking)

    def _beat(self) -> None:
        """每一拍 — a seat that has become free, and a new day."""
        if self._resting():
            if not self.writable:
                self.regain()
            if self._turn_day() and self.screen is not None:
                self.look(told=True)

    def _turn_day(self) -> bool:
        """翻日历 — True where a new day has begun and is followed; the head then shows it."""
        before, self._today = self.as_of, self.now().date()
        if self.as_of != before:
            self.state_changed.emit()
        return self.as_of != before

    # ------------------------------------------------------------ 写一件 ----

    def free(self) -> bool:
        """腾得出手 — nothing is being written; else the person is told what to wait for."""
        if self.writing:
            self.said.emit(f"{self.why_not}再做这一件。")
        return not self.writing

    def write(
        self,
        act: str,
        *arguments: object,
        then: Callable[[Any], None],
        what: str,
        otherwise: Callable[[Trouble], None] | None = None,
        again: Callable[[], None] | None = None,
    ) -> None:
        """写 — one writing act at a time; another asked for meanwhile is not done, and that is said."""
        if not self.free():
            return
        turn, self.writing = self._turn, what
        self.state_changed.emit()

        def finish(answer: Callable[[Any], None], value: Any) -> None:
            if turn == self._turn:
                self.writing = ""
                self.state_changed.emit()
                answer(value)

        def refused(trouble: Trouble) -> None:
            if trouble.cancelled:
                self.said.emit("已停下，原有的材料没有动。这一件办成了没有，看“办理”和“成果”。")
                self.look()
            elif otherwise is None:
                self.trouble(trouble, again)
            else:
                otherwise(trouble)

        self.clerk.ask(act, *arguments, then=partial(finish, then), otherwise=partial(finish, refused), what=what)

    # ------------------------------------------------------------ 停下、没有做成 ----

    def cancel(self) -> None:
        """取消 — what is under way; what is there already stays as it is."""
        self.clerk.cancel()

    def trouble(self, trouble: Trouble, again: Callable[[], None] | None = None) -> None:
        """没有做成 — the one place a person is told, with what can be done about it."""
        if trouble.cancelled:
            self.said.emit("已停下。各单位报来的文件没有动；有没有写成，以重新读取后显示的为准。")
            self.look()
            return
        offers = self._offers(trouble, again)
        word = self.questions.trouble(trouble, tuple(one.word for one in offers))
        act = next((one.act for one in offers if one.word == word), None)
        if act is not None:
            act()

    def _offers(self, trouble: Trouble, again: Callable[[], None] | None) -> tuple[Offer, ...]:
        remedy = next((self.remedies[one] for one in (trouble.way, trouble.stop) if one in self.remedies), None)
        retry = Offer("重试", again) if again is not None and trouble.stop in _WORTH_RETRYING else None
        return tuple(one for one in (remedy, retry) if one is not None)


def _is_sample(folder: str) -> bool:
    from rectify_tool.story.folder import is_sample

    return is_sample(folder)


def _sample_job(folder: str) -> tuple[date, int | None]:
    """样例的基准日、期号 — as its README has them; the number only until something is published."""
    from rectify_tool.story.folder import SAMPLE_DAY, SAMPLE_NUMBER

    return SAMPLE_DAY, None if (Path(folder) / DATABASE).exists() else SAMPLE_NUMBER


_WORTH_RETRYING = (
    Stop.CANNOT_WRITE,
    Stop.FOLDER_IN_USE,
    Stop.OFFICE_FAILED,
    Stop.PRINTER_MISSING,
    Stop.BREAKDOWN_UNCLEAR,
)
_NEEDS: Mapping[str, Callable[[Visit], bool]] = {
    "": lambda _: True,
    "folder": lambda visit: bool(visit.folder),
    "screen": lambda visit: visit.screen is not None,
    "seat": lambda visit: bool(visit.folder) and visit.writable and not visit.writing,
    "screen_seat": lambda visit: visit.may("seat") and visit.screen is not None,
    "item": lambda visit: visit.may("seat") and visit.aimed_at_item,
    "set": lambda visit: visit.may("seat") and visit.last_set is not None,
    "papers": lambda visit: visit.last_set is not None,
}
