"""流程 — what each button does: it asks the person, then the desk, and says what came of it. No widgets here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rectify_tool.desktop import sayings
from rectify_tool.desktop.forms.decide import Decided
from rectify_tool.desktop.visit import Notice, Offer, Visit
from rectify_tool.errors import Stop, Way
from rectify_tool.findings import Code
from rectify_tool.model import ACT_WORDS, BULLETIN_TEMPLATE, OFFICE_FILE, Act, Note, Screen, Setting, Wish
from rectify_tool.places import PROGRAMS, SAMPLE, template

if TYPE_CHECKING:
    from rectify_tool.desktop.clerk import Trouble
    from rectify_tool.desktop.forms.publish import Confirmed

_BESIDE = tuple(one.code for one in (Code.OUTPUT_BESIDE, Code.OUTPUT_EDITED, Code.OUTPUT_PUBLISHED))
"""写在旁边的 — findings that tell that a new set lies beside an old one."""


class Flows:
    """流程 — one method for each button or menu entry; what is wanting (a seat, a set) the `visit` knows."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        visit.remedies.update(
            {
                Way.RESTORE: Offer("从备份恢复台账", self.restore),
                Way.GENERATE: Offer("重新生成专报", self.generate),
                Way.TEMPLATE: Offer("打开模板所在的文件夹", self.open_template_folder),
                Stop.SETTINGS_UNUSABLE: Offer("打开口径文件", self.open_rules),
            }
        )

    # ------------------------------------------------------------ 打开 ----

    def open_folder(self) -> None:
        """打开工作文件夹 — the one a person picks."""
        folder = self.visit.questions.folder()
        if folder and self.visit.may_leave():
            self.visit.open(folder)

    def new_folder(self, breakdown: str = "") -> None:
        """新建工作文件夹 — from the breakdown as issued; then it is opened."""
        wanted = self.visit.questions.new_folder(breakdown)
        if wanted:
            ask = partial(self.visit.clerk.ask, "new_folder", wanted.place, wanted.breakdown or None)
            again = partial(self.new_folder, wanted.breakdown)
            ask(then=self._made, otherwise=partial(self.visit.trouble, again=again), what="正在新建工作文件夹")

    def try_sample(self) -> None:
        """试用样例 — a copy of the sample, where the person wants it, opened as of its own day."""
        place = self.visit.questions.sample_place()
        if place:
            ask = partial(self.visit.clerk.ask, "try_sample", str(Path(place) / SAMPLE))
            ask(then=self._sampled, otherwise=self.visit.trouble, what="正在复制样例")

    def _made(self, folder: str) -> None:
        from rectify_tool.story.folder import lacks_breakdown

        first = "先把责任分解表拖进来，再" if lacks_breakdown(Path(folder)) else ""
        self.visit.enter(folder, f"已建好。{first}把各单位报来的文件拖到这个窗口，就会放进“报送”。")

    def _sampled(self, folder: str) -> None:
        self.visit.enter(folder, "这是样例，里面的区、单位和事情都是虚构的，可以随便试。")

    # ------------------------------------------------------------ 生成、定稿 ----

    def generate(self) -> None:
        """生成专报 — the papers of the as-of day and number in the head."""
        if self.visit.free() and self.visit.may("seat") and self._with_breakdown():
            number = self.visit.number or (self.visit.screen.next_number if self.visit.screen else 0)
            what = f"正在生成第{number}期" if number else "正在生成专报"
            self.visit.write("generate", self.visit.job(), then=self._generated, what=what, again=self.generate)

    def _with_breakdown(self) -> bool:
        screen = self.visit.screen
        return screen is None or sayings.has_breakdown(screen) or self.visit.questions.without_breakdown()

    def _generated(self, screen: Screen) -> None:
        self.visit.show(screen)
        last = self.visit.last_set
        self.visit.said.emit(f"已写出{sayings.set_name(last)}，在“成果 / {last.name}”里。" if last else "已写出。")
        beside = next((one.message for one in screen.findings if one.code in _BESIDE), "")
        self.visit.noticed.emit(Notice(beside, self._about_beside(screen)) if beside else None)
        if last:
            self.visit.set_written.emit(last.name)
        self.visit.look()

    def _about_beside(self, screen: Screen) -> tuple[Offer, ...]:
        take = Offer("就用旁边这份", lambda: self.visit.noticed.emit(None))
        open_now = any(one.code == Code.OUTPUT_BESIDE.code for one in screen.findings)
        return (Offer("关闭以后重试", self.generate), take) if open_now else (take,)

    def publish(self) -> None:
        """定稿 — the set written last, after a confirmation of what will be recorded."""
        self._publish()

    def _publish(self, refused: Trouble | None = None, before: Confirmed | None = None) -> None:
        last, screen = self.visit.last_set, self.visit.screen
        if not self.visit.free():
            return
        if last is None or screen is None:
            self.visit.said.emit("还没有写出专报，请先生成，看过以后再定稿。")
            return
        wanted = self.visit.questions.publish(screen, last, refused, before)
        if wanted is None:
            return
        wish = Wish(self.visit.folder, self.visit.now(), last.number, wanted.correct, wanted.accept, made=last.made)
        otherwise = partial(self._not_published, wanted)
        self.visit.write("publish", wish, then=self._published, otherwise=otherwise, what=f"正在定稿第{last.number}期")

    def _published(self, issued: Any) -> None:
        again = "更正后再次定稿" if issued.why else "已定稿"
        self.visit.said.emit(f"第{issued.number}期（截至{issued.as_of:%Y-%m-%d}）{again}，记入“台账.db”。")
        self.visit.propose_number()
        self.visit.look()

    def _not_published(self, wanted: Confirmed, trouble: Trouble) -> None:
        if trouble.way in (Way.CORRECT, Way.NOT_CORRECT, Way.ACCEPT):
            self._publish(trouble, wanted)
        else:
            self.visit.trouble(trouble, again=self.publish)

    # ------------------------------------------------------------ 办理 ----

    def decide(self, act: Act, target: str = "") -> None:
        """记办理 — an act on what the page in front stands on, or on what is given."""
        self._decide(act, target or self.visit.target)

    def _decide(self, act: Act, target: str, message: str = "", before: Decided | None = None) -> None:
        if self.visit.screen is None or not self.visit.free() or not self.visit.may("seat"):
            return
        today = self.visit.as_of if self.visit.sample else self.visit.now().date()
        decided = self.visit.questions.decide(act, self.visit.screen, target, today, message, before)
        if decided is None:
            return
        folder, now = self.visit.folder, self.visit.now()
        self._record(Note(folder, act, decided.target, decided.day, now, decided.by, decided.why, decided.new_due))

    def _record(self, note: Note) -> None:
        word = ACT_WORDS[note.act]

        def done(serial: int) -> None:
            self.visit.said.emit(f"已记入台账第{serial}条：{note.target} {word}。记错了，可以在“办理”里撤回。")
            self.visit.look()

        self.visit.write("record", note, then=done, otherwise=partial(self._not_recorded, note), what=f"正在记{word}")

    def _not_recorded(self, note: Note, trouble: Trouble) -> None:
        decided = Decided(note.target, note.day, note.new_due, note.by, note.why)
        if trouble.way is Way.ANYWAY:
            answer = self.visit.questions.unclear(trouble.message)
            if answer == "anyway":
                self._record(replace(note, anyway=True))
            elif answer == "back":
                self._decide(note.act, note.target, "", decided)
        elif trouble.stop is Stop.WRONG_ARGUMENTS:
            self._decide(note.act, note.target, trouble.message, decided)
        else:
            self.visit.trouble(trouble, again=partial(self._record, note))

    def undo(self, serial: int) -> None:
        """撤回 — a record, by a counter-entry with its reason."""
        if self.visit.screen is None or not self.visit.free() or not self.visit.may("seat"):
            return
        line = next((one for one in self.visit.screen.decisions if one.serial == serial), None)
        why = self.visit.questions.undo(serial, line)
        if why:
            self.visit.write(
                "undo", serial, why, "", self.visit.now(), then=partial(self._undone, serial), what="正在撤回"
            )

    def undo_last(self) -> None:
        """撤回最近一条 — the last act that still counts; a counter-entry is taken back where it is listed."""
        lines = self.visit.screen.decisions if self.visit.screen else ()
        serials = [one.serial for one in lines if one.serial is not None and one.act and one.undoable]
        if serials:
            self.undo(max(serials))
        else:
            self.visit.said.emit("没有可以撤回的办理记录。")

    def _undone(self, serial: int, written: int) -> None:
        self.visit.said.emit(f"已撤回第{serial}条（记为第{written}条）；第{serial}条仍留着，不再起作用。")
        self.visit.look()

    # ------------------------------------------------------------ 收件 ----

    def add_files(self) -> None:
        """放入文件 — picked by hand instead of dropped."""
        paths = self.visit.questions.files()
        if paths:
            self.drop(paths)

    def drop(self, paths: tuple[str, ...]) -> None:
        """拖进来 — a work folder is opened, the breakdown becomes a new one's, anything else is copied into 报送/."""
        from rectify_tool.story.folder import kind_of_drop, likely_breakdown

        if not paths:
            return
        if kind_of_drop(paths) == "folder":
            self._open_dropped(paths[0])
        elif not self.visit.folder:
            alone = paths[0] if len(paths) == 1 and Path(paths[0]).is_file() else ""
            self.new_folder(likely_breakdown(paths) or alone)
        elif not self.visit.writable:
            self.visit.said.emit("这个窗口只能看，不能往“报送”里放文件。")
        else:
            self.take_in(paths)

    def _open_dropped(self, folder: str) -> None:
        if (not self.visit.folder or self.visit.questions.open_dropped(folder)) and self.visit.may_leave():
            self.visit.open(folder)

    def take_in(self, paths: tuple[str, ...], clash: str = "ask") -> None:
        """收进报送 — copies; the breakdown goes to its own place where it is wanting, a name that exists with other
        content is asked about, once for all.
        """
        from rectify_tool.story.folder import likely_breakdown

        breakdown = likely_breakdown(paths, self.visit.folder)
        if breakdown and self.visit.free() and self.visit.questions.breakdown(Path(breakdown).name):
            rest = tuple(one for one in paths if one != breakdown)
            then = partial(self._has_breakdown, rest)
            what = "正在复制责任分解表"
            self.visit.write("add_breakdown", self.visit.folder, breakdown, then=then, what=what)
            return
        self.visit.write("take_in", paths, clash, then=partial(self._taken, paths), what="正在把文件复制到“报送”")

    def _has_breakdown(self, rest: tuple[str, ...], place: str) -> None:
        self.visit.said.emit(f"已把“{Path(place).name}”放在工作文件夹的最外层，作为责任分解表。")
        if rest:
            self.take_in(rest)
        else:
            self.visit.look()

    def _taken(self, paths: tuple[str, ...], taken: Any) -> None:
        if taken.clashes:
            answer = self.visit.questions.clash(taken.clashes)
            if answer:
                self.take_in(paths, answer)
            else:
                self.visit.said.emit("没有复制。")
            return
        from rectify_tool.story.arrivals import is_litter

        left = [(name, why) for name, why in taken.left if not is_litter(name)]
        told = [f"已复制{len(taken.copied)}件到“报送”"] if taken.copied else ["没有复制新的文件"]
        told += [f"{len(taken.skipped)}件原来就有"] if taken.skipped else []
        told += [f"锁文件、系统文件{len(taken.left) - len(left)}件没有放"] if len(left) < len(taken.left) else []
        said = "，".join(told) + "。"
        self.visit.said.emit(said)
        if left:
            told_left = "；".join(f"“{name}”{why}" for name, why in left)
            open_folder = Offer("打开工作文件夹", self.open_work_folder)
            self.visit.noticed.emit(Notice(f"有{len(left)}件没有放进来：{told_left}", (open_folder,)))
        self.visit.look(told=bool(taken.copied), after=said)

    # ------------------------------------------------------------ 打印、再写、打开 ----

    def make_pdf(self) -> None:
        """做 PDF — of the bulletin written last."""
        self.visit.write("pdf", then=self._lies, what="正在排版 PDF，第一次要等一会儿", again=self.make_pdf)

    def print_out(self) -> None:
        """打印 — the papers a person ticks, of the set written last."""
        last = self.visit.last_set
        only = self.visit.questions.print_out(last) if last and self.visit.free() else ()
        if only:
            made = last.made if last else None
            self.visit.write("print_out", only, made, then=self._say_and_look, what="正在送打印", again=self.print_out)

    def reprint(self, number: int | None = None, year: int | None = None, edition: int | None = None) -> None:
        """原样再写一份 — a published bulletin, exactly as it was."""
        if not self.visit.free():
            return
        if number is None:
            chosen = self.visit.questions.published(self.visit.screen.papers if self.visit.screen else ())
            if chosen is None:
                return
            number, year, edition = chosen
        self.visit.write("reprint", number, year, edition, then=self._lies, what=f"正在把第{number}期原样再写一份")

    def register(self) -> None:
        """办理登记表 — an empty register to fill in Excel."""
        self.visit.write("register", self.visit.job(), then=self._lies, what="正在写办理登记表")

    def templates(self) -> None:
        """专报模板 — copied out to edit."""
        self.visit.write("templates", None, self.visit.now().date(), then=self._lies, what="正在复制模板")

    def _lies(self, place: str) -> None:
        self.visit.said.emit(f"已写出：{place}")
        self.visit.noticed.emit(Notice(f"已写出：{place}", (Offer("打开", lambda: self._open_path(place)),)))
        self.visit.look()

    def _say_and_look(self, sentence: str) -> None:
        self.visit.said.emit(sentence)
        self.visit.look()

    def open_bulletin(self) -> None:
        """打开专报 — of the set written last."""
        self._open_paper(".docx")

    def open_summary(self) -> None:
        """打开汇总表 — of the set written last."""
        self._open_paper(".xlsx")

    def _open_paper(self, ending: str) -> None:
        papers = self.visit.last_set.papers if self.visit.last_set else ()
        path = next((one for one in papers if one.endswith(ending)), "")
        if path:
            self.visit.questions.open_path(path)

    def _open_path(self, path: str) -> None:
        self.visit.questions.open_path(path)

    def open_file(self, file: str, cell: str = "") -> None:
        """打开原件 — a file of the work folder, by its name there; a program that somebody sent is not started."""
        if Path(file).suffix.lower() in PROGRAMS:
            self.visit.said.emit(f"“{file}”是程序，没有打开。")
        elif self.visit.questions.open_path(str(Path(self.visit.folder) / file)):
            self.visit.said.emit(f"已打开“{file}”" + (f"，请看 {cell}。" if cell else "。"))

    def open_work_folder(self) -> None:
        """打开所在文件夹 — in the system's file manager."""
        self.visit.questions.open_path(self.visit.folder)

    def open_template_folder(self) -> None:
        """打开模板所在的文件夹 — of the template the bulletin is set in now, wherever that lies."""
        self.visit.questions.open_path(str(template(Path(self.visit.folder), BULLETIN_TEMPLATE).parent))

    # ------------------------------------------------------------ 口径、台账 ----

    def settings(self) -> None:
        """口径 — in a form; the form stays open until they are saved or given up."""
        self.visit.clerk.ask("settings", then=self._settings, otherwise=self.visit.trouble)

    def _settings(self, settings: tuple[Setting, ...]) -> None:
        self.visit.questions.settings(settings, self.visit.only_looking, self._save_settings, self.open_rules)

    def _save_settings(
        self, own: Mapping[str, str | None], then: Callable[[], None], otherwise: Callable[[str], None]
    ) -> None:
        def saved(_: object) -> None:
            then()
            self.visit.said.emit("口径已保存，马上按新的口径重新判定。")
            self.visit.look()

        if self.visit.writing:
            otherwise(f"{self.visit.writing}，请等它做完再保存。")
        else:
            refused = partial(_tell_message, otherwise)
            self.visit.write("save_settings", dict(own), then=saved, otherwise=refused, what="正在保存口径")

    def open_rules(self) -> None:
        """打开口径文件 — 口径.toml, as it stands."""
        if (Path(self.visit.folder) / OFFICE_FILE).exists():
            self.open_file(OFFICE_FILE)
        else:
            self.visit.said.emit(f"还没有写过“{OFFICE_FILE}”，用的都是默认的口径；在“口径”里改一条、保存，就有了。")

    def restore(self) -> None:
        """恢复台账 — from its backup; the damaged one is kept."""
        if self.visit.questions.restore():
            self.visit.write("restore", self.visit.now(), then=self._say_and_look, what="正在恢复台账")


def _tell_message(otherwise: Callable[[str], None], trouble: Trouble) -> None:
    otherwise(trouble.message)
