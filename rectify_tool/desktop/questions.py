"""问答 — every box in which a person is asked, in one place: the flows ask here and know no widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QWidget

from rectify_tool.desktop import boxes, sayings
from rectify_tool.desktop.forms.decide import Decided, DecideForm
from rectify_tool.desktop.forms.new_folder import NewFolder, NewFolderForm
from rectify_tool.desktop.forms.publish import Confirmed, PublishForm
from rectify_tool.desktop.forms.undo import UndoForm
from rectify_tool.model import Act, DecisionLine, PaperSet, Screen, Setting

if TYPE_CHECKING:
    from rectify_tool.desktop.clerk import Trouble

Save = Callable[[Mapping[str, str | None], Callable[[], None], Callable[[str], None]], None]
"""存口径 — what the office has written, what to do when it is saved, what to say when it is refused."""


class Questions:
    """问答 — boxes over ``parent``; ``asking`` is True while one is open, and nothing begins by itself meanwhile."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._open = 0

    @property
    def asking(self) -> bool:
        """正在问 — a box is open."""
        return self._open > 0

    # ------------------------------------------------------------ 选文件夹、文件 ----

    def folder(self) -> str:
        """选工作文件夹 — "" where none was picked."""
        with self._asked():
            return QFileDialog.getExistingDirectory(self._parent, "打开工作文件夹", _documents())

    def files(self) -> tuple[str, ...]:
        """选要放入的文件 — none where none was picked."""
        with self._asked():
            picked, _ = QFileDialog.getOpenFileNames(self._parent, "把各单位报来的文件复制到“报送”", _documents())
        return tuple(picked)

    def new_folder(self, breakdown: str) -> NewFolder | None:
        """新建工作文件夹 — None where it was given up."""
        form = NewFolderForm(_documents(), "巡视整改督查", breakdown, self._parent)
        return form.wanted() if self._accepted(form) else None

    def sample_place(self) -> str:
        """样例放在哪里 — "" where it was given up."""
        with self._asked():
            return QFileDialog.getExistingDirectory(self._parent, "把样例复制到哪个文件夹里", _documents())

    def missing(self, folder: str) -> None:
        """文件夹不在 — it may lie on a drive that is not plugged in."""
        told = f"现在找不到“{folder}”。它可能被移走、改名，或者在没有接上的盘里。"
        self._choose("找不到文件夹", told, ())

    def open_dropped(self, folder: str) -> bool:
        """拖进来的是工作文件夹 — whether it is to be opened in place of the one that is."""
        told = f"“{sayings.folder_name(folder)}”是一个工作文件夹。要打开它吗？\n（不会复制到现在的“报送”里。）"
        return self._choose("打开工作文件夹", told, ("打开它",)) == "打开它"

    def breakdown(self, name: str) -> bool:
        """是不是责任分解表 — whether a file dropped is to be the breakdown, which is still wanting."""
        told = (
            f"“{name}”像是下发的责任分解表，这个工作文件夹里还没有。\n作为责任分解表放进去吗？（复制一份，原件不动。）"
        )
        return self._choose("责任分解表", told, (_AS_BREAKDOWN,), "不是，先不放") == _AS_BREAKDOWN

    def clash(self, names: Sequence[str]) -> str:
        """名称重复 — "keep_both", "skip", or "" to copy nothing at all."""
        told = f"“报送”里已经有同名、内容不同的文件：{sayings.some(names)}。\n两份都留：新来的另起名称，原来的不动。"
        answers = {"两份都留": "keep_both", "跳过这几份": "skip"}
        return answers.get(self._choose("名称重复", told, tuple(answers)), "")

    # ------------------------------------------------------------ 办理、定稿 ----

    def decide(
        self, act: Act, screen: Screen, target: str, today: date, message: str, before: Decided | None
    ) -> Decided | None:
        """记办理 — None where it was given up."""
        item = next((one for one in screen.items if one.no == target), None)
        units = tuple(one.unit for one in screen.units)
        if before is None and item is None and target in units:
            before = Decided(target, today, None, "", "")
        form = DecideForm(act, item, units, today, screen.as_of, message, before, self._parent)
        return form.decided() if self._accepted(form) else None

    def without_breakdown(self) -> bool:
        """没有责任分解表也生成吗 — what the papers then say was assigned by nobody."""
        told = (
            "工作文件夹里没有找到责任分解表，小项、单位和时限都是从各单位报来的表里合出来的，可能少、可能错。\n"
            "把下发的责任分解表拖到窗口上，再生成，才算数。"
        )
        return self._choose("没有责任分解表", told, (_ALL_THE_SAME,), "先不生成", grave=True) == _ALL_THE_SAME

    def unclear(self, message: str) -> str:
        """说不通 — "anyway" to record it all the same, "" to leave it, "back" to the form with all that was written."""
        answers = {"核对过，照样记": "anyway", "不记了": ""}
        return answers.get(self._choose("这件办理要先核对一下", message, tuple(answers), "回去改", grave=True), "back")

    def undo(self, serial: int, line: DecisionLine | None) -> str:
        """撤回的原因 — "" where it was given up."""
        form = UndoForm(serial, line, self._parent)
        return form.why if self._accepted(form) else ""

    def publish(
        self, screen: Screen, last: PaperSet, refused: Trouble | None, before: Confirmed | None
    ) -> Confirmed | None:
        """定稿确认 — None where it was given up."""
        form = PublishForm(screen, last, refused, before, self._parent)
        return form.confirmed() if self._accepted(form) else None

    # ------------------------------------------------------------ 材料 ----

    def print_out(self, last: PaperSet) -> tuple[str, ...]:
        """打印哪几份 — their file names; none where it was given up."""
        names = [Path(one).name for one in last.papers if Path(one).suffix in (".docx", ".xlsx")]
        edited = f"\n其中{sayings.some(last.edited)}写出以后改过，印的是改后的稿子。" if last.edited else ""
        told = f"打印{sayings.set_name(last)}，用默认的打印机。打印以前会先在专报旁边做一份 PDF。{edited}"
        answers: dict[str, tuple[str, ...]] = {f"只印“{Path(name).stem}”": (name,) for name in names}
        if len(names) > 1:
            answers = {"都印": tuple(names), **answers}
        return answers.get(self._choose("打印", told, tuple(answers)), ())

    def published(self, papers: Sequence[PaperSet]) -> tuple[int, int | None, int | None] | None:
        """再写哪一期 — number, year and edition, of those 成果/ tells of, else the number as typed and the rest None;
        None where it was given up.
        """
        found = {
            sayings.set_name(one) + (f" 第{one.edition}稿" if one.edition > 1 else ""): (
                *(one.number, one.as_of.year if one.as_of else None),
                one.edition,
            )
            for one in reversed(papers)
            if one.edition
        }
        with self._asked():
            if found:
                name, given = QInputDialog.getItem(self._parent, _AGAIN, "哪一期？", list(found), 0, False)
                return found[name] if given else None
            number, given = QInputDialog.getInt(self._parent, _AGAIN, "第几期？", 1, 1, 9999)
        return (number, None, None) if given else None

    # ------------------------------------------------------------ 其他 ----

    def settings(self, settings: Sequence[Setting], why_not: str, save: Save, open_file: Callable[[], None]) -> None:
        """口径 — the form, which stays open until what was changed is saved or given up."""
        from rectify_tool.desktop.forms.settings import SettingsForm

        form = SettingsForm(settings, self._parent, why_not)
        form.save_wanted.connect(lambda own: save(own, form.saved, form.refused))
        form.file_wanted.connect(open_file)
        self._accepted(form)

    def restore(self) -> bool:
        """恢复台账 — whether it is really wanted."""
        told = (
            "用备份“台账.备份.db”换下现在的“台账.db”。现在的一份会改名留着，不会丢。\n"
            "恢复以后请核对最近一次定稿、最近几条办理在不在。"
        )
        return self._choose("恢复台账", told, ("从备份恢复",), grave=True) == "从备份恢复"

    def stop_work(self, what: str) -> bool:
        """要停下吗 — something is being written."""
        told = f"{what}，还没有做完。停下的话，已有的材料都不受影响，这一次的不写。"
        return self._choose("还没有做完", told, ("停下",), "接着做", grave=True) == "停下"

    def trouble(self, trouble: Trouble, offers: Sequence[str]) -> str:
        """没有做成 — told; the offer chosen, "" for none."""
        from rectify_tool.desktop.forms.trouble import show_trouble

        with self._asked():
            return show_trouble(self._parent, trouble, offers)

    def open_path(self, path: str) -> bool:
        """打开 — with the program the system has for it; a file that is gone, or that none will open, is told of."""
        if not Path(path).exists():
            self._choose("找不到文件", f"“{path}”现在不在了，可能被移走或改名。", ())
            return False
        opened = QDesktopServices.openUrl(QUrl.fromLocalFile(path))
        if not opened:
            self._choose("打不开", f"这台电脑上没有能打开“{path}”的程序。{_lacking(path)}", ())
        return opened

    def _accepted(self, form: QDialog) -> bool:
        with self._asked():
            return form.exec() == QDialog.DialogCode.Accepted

    def _choose(self, title: str, text: str, words: Sequence[str], leave: str = "", *, grave: bool = False) -> str:
        with self._asked():
            return boxes.choose(self._parent, title, text, words, leave, grave=grave)

    @contextmanager
    def _asked(self) -> Iterator[None]:
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1


_ALL_THE_SAME = "照样生成"
_AS_BREAKDOWN = "作为责任分解表"
_AGAIN = "把已定稿的一期原样再写一份"


_OPENED_BY = {
    **dict.fromkeys((".docx", ".doc", ".wps"), "WPS 或 Word"),
    **dict.fromkeys((".xlsx", ".xls", ".et", ".csv", ".ods"), "WPS 或 Excel"),
}


def _lacking(path: str) -> str:
    """缺什么程序 — which kind of paper wants which; "" where nobody can say."""
    program = _OPENED_BY.get(Path(path).suffix.lower())
    return f"请装好 {program}，再打开。" if program else ""


def _documents() -> str:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return place if Path(place).is_dir() else str(Path.home())
