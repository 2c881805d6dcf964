"""案头 — one work folder kept open: what was read stays read until it changes, and whatever a window may ask.

Everything is asked by name with plain values and answered with plain values, because the desk lives in a process of its
own: a window never waits for the engine, and ending that process at any moment leaves the folder whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import Job, Note, Outcome, Past, Wish
from rectify_tool.model.screen import Dossier, Screen, Setting
from rectify_tool.outbox import OUTBOX
from rectify_tool.story.examine import examine, read_ahead, what_to_keep
from rectify_tool.story.gather import work_folder
from rectify_tool.story.progress import Progress
from rectify_tool.story.shelf import paper_sets
from rectify_tool.story.watch import Remembered, Watch

if TYPE_CHECKING:  # what a window asks for seldom is loaded when it asks
    from rectify_tool.story.arrivals import TakenIn


class Cancelled(Exception):
    """取消 — raised by a progress that was told to stop; passes through every room, and each puts its things away."""


@dataclass(frozen=True, slots=True)
class Issued:
    """已定稿 — a bulletin that is of record now; ``folder`` is its set's under 成果/, ``why`` a correction's reason."""

    number: int
    as_of: date
    folder: str
    why: str


class Desk:
    """案头 — a work folder kept open; mutable on purpose: it remembers what was read, and what was looked at last."""

    def __init__(self, folder: str) -> None:
        self._folder = work_folder(folder)
        self._kept = what_to_keep()
        self._ledger = Remembered(self._folder)
        self._watch = Watch(self._folder)
        self._last: tuple[Outcome, Past] | None = None
        self._settings_digest = ""
        Thread(target=_load_ahead, daemon=True).start()

    # ------------------------------------------------------------ 看、写 ----

    def read_ahead(self, now: datetime, progress: Progress | None = None) -> None:
        """先读 — while the window is still being built; the look that follows, most likely as of today, is quick."""
        read_ahead(Job(str(self._folder), now.date(), now), self._kept, progress)

    def look(self, job: Job, progress: Progress | None = None) -> Screen:
        """查看 — the folder as of a day; nothing is written."""
        self._watch.begin()
        return self._show(examine(job, progress, self._kept, self._ledger.past()))

    def generate(self, job: Job, progress: Progress | None = None) -> Screen:
        """运行 — the papers written; where they lie is in ``outputs``."""
        from rectify_tool.story.run import run

        return self._show(run(job, progress, self._kept, self._ledger.past()))

    @property
    def outcome(self) -> Outcome | None:
        """最近的结果 — what the last screen shows; None before there was one. It stays in this process."""
        return self._last[0] if self._last else None

    def tell(self, no: str) -> Dossier:
        """小项档案 — the life of one item, as of the last look.

        Raises:
            RectifyError: WRONG_ARGUMENTS where the last look showed no such item, or there was none.
        """
        from rectify_tool.papers.dossier import make_dossier

        dossier = make_dossier(*self._last, no) if self._last else None
        if dossier is None:
            raise RectifyError(Stop.WRONG_ARGUMENTS, f"没有编号是“{no}”的小项，请重新读取后再看。")
        return dossier

    def _show(self, outcome: Outcome) -> Screen:
        from rectify_tool.papers.screen import make_screen

        past = self._ledger.past()
        self._last = outcome, past
        files = {record.file: record.sha256 for record in outcome.ledger.files}
        return make_screen(outcome, past, paper_sets(self._folder / OUTBOX, past, files))

    # ------------------------------------------------------------ 记 ----

    def publish(self, wish: Wish, progress: Progress | None = None) -> Issued:
        """定稿 — the last run becomes the bulletin of record."""
        from rectify_tool.story.publish import publish

        published = publish(wish, progress)
        return Issued(published.number, published.as_of, published.folder, published.why)

    def record(self, note: Note, progress: Progress | None = None) -> int:
        """记办理 — the number of the record in 台账.db."""
        from rectify_tool.story.record import record

        return record(note, progress, self._kept).serial

    def undo(self, serial: int, why: str, by: str, now: datetime) -> int:
        """撤回 — the number of the counter-entry."""
        from rectify_tool.story.record import undo

        return undo(str(self._folder), serial, why, by, now).serial

    def restore(self, now: datetime) -> str:
        """恢复台账 — from its backup; what was done, in a sentence."""
        from rectify_tool.story.life import restore

        done = restore(str(self._folder), now)
        kept = f"损坏的台账留在“{done.kept.name}”。" if done.kept else ""
        counted = f"有定稿{len(done.past.published)}次、办理记录{len(done.past.records)}条"
        return f"已从备份恢复台账，{counted}，请核对最近的一次是否在内。{kept}"

    # ------------------------------------------------------------ 材料 ----

    def pdf(self) -> str:
        """转 PDF — of the bulletin written last; its path."""
        from rectify_tool.story.printing import prepare

        return str(prepare(self._folder).pdf)

    def print_out(self, only: tuple[str, ...] = (), made: datetime | None = None) -> str:
        """打印 — the papers written last, or those named in ``only``; a sentence on what went to which printer.

        ``made`` is when the set was written that a person chose to print: another one is refused.
        """
        from rectify_tool.story.printing import prepare, print_papers

        prepared = prepare(self._folder, made=made)
        papers = tuple(paper for paper in prepared.papers if not only or paper.name in only)
        if not papers:
            raise RectifyError(Stop.NOTHING_TO_PRINT, f"“{prepared.folder.name}”里没有{'、'.join(only)}。")
        printer = print_papers(papers)
        notes = [one.message for one in prepared.findings]
        notes += [f"“{name}”写出以后改过，用的是改后的稿子" for name in prepared.changed]
        notes += [f"“{name}”正打开着，用的是最后一次保存的稿子" for name in prepared.open]
        told = "".join(f"{note}。" for note in notes)
        names = "、".join(f"“{paper.name}”" for paper in papers)
        return f"已交给打印机“{printer}”：{names}，请到打印机前核对页数。{told}"

    def reprint(self, number: int, year: int | None = None, edition: int | None = None) -> str:
        """重印 — the papers of a published bulletin again, exactly; the folder they lie in."""
        from rectify_tool.story.publish import reprint

        return str(reprint(str(self._folder), number, year, edition)[1])

    def register(self, job: Job, progress: Progress | None = None) -> str:
        """办理登记 — an empty register with drop-downs; its path."""
        from rectify_tool.story.register import make_register

        return str(make_register(job, progress))

    def templates(self, layout: str | None, today: date) -> str:
        """模板 — copied into the work folder to edit; the folder they lie in."""
        from rectify_tool.story.templates import hand_out_templates

        return str(hand_out_templates(self._folder, layout, today).folder)

    # ------------------------------------------------------------ 文件夹 ----

    def stamps(self) -> str:
        """印记 — differs from the last answer where a look would show something else; never raises."""
        return self._watch.stamps(ripe=self._kept.ripe)

    def settings(self) -> tuple[Setting, ...]:
        """口径 — every rule as the settings form shows it."""
        from rectify_tool.story.settings import read_settings

        sheet = read_settings(self._folder)
        self._settings_digest = sheet.digest
        return sheet.settings

    def save_settings(self, own: Mapping[str, str | None]) -> None:
        """存口径 — the office's own values, None for the shipped one.

        Where 口径.toml is no longer as it was shown it is refused once; wanted again, it is written over what is there.
        """
        from rectify_tool.story.settings import read_settings, save_settings

        shown, self._settings_digest = self._settings_digest, read_settings(self._folder).digest
        save_settings(self._folder, own, shown)

    def take_in(self, paths: tuple[str, ...], clash: str, progress: Progress | None = None) -> TakenIn:
        """收进 — what was dropped on the window, copied into 报送/."""
        from rectify_tool.story.arrivals import take_in

        return take_in(self._folder, paths, clash, progress)


def _load_ahead() -> None:
    """先备好 — what a look needs when the files are read is loaded while they are being read: a third of a second."""
    for room in ("rectify_tool.story.outcome", "rectify_tool.papers.screen"):
        import_module(room)
