"""成果 — the sets of papers written, the newest first, and what may be done with them."""

from __future__ import annotations

from pathlib import PurePath
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from rectify_tool.desktop.tables import Lines, LinesView, Shown, as_given
from rectify_tool.desktop.views.parts import Page, allow, button, column, heading, inset, note, row
from rectify_tool.desktop.wording import LONGEST_DAY, day_told, harmless
from rectify_tool.model import Light, PaperSet, Screen


class _PaperLine(NamedTuple):
    """一件材料 — its absolute path, and whether somebody has worked on it since."""

    path: str
    edited: bool


class PapersView(Page):
    """成果 — ``open_wanted`` gives a paper's absolute path, ``show_wanted`` a set's folder, ``print_wanted`` its name,
    ``publish_wanted`` the `PaperSet`, ``reprint_wanted`` the number, year and edition of a
    published bulletin.

    The set a person is on stays when another Screen is shown; at first it is the newest.
    """

    open_wanted = Signal(str)
    show_wanted = Signal(str)
    print_wanted = Signal(str)
    pdf_wanted = Signal()
    publish_wanted = Signal(object)
    reprint_wanted = Signal(int, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No set; `show_screen` gives them."""
        super().__init__(parent)
        self._why_not = ""
        self._sets: Lines[PaperSet] = Lines(_SET_COLUMNS, lambda one: one.name)
        self._papers: Lines[_PaperLine] = Lines(_PAPER_COLUMNS, lambda one: one.path)
        self._set_table, self._paper_table = LinesView(self._sets), LinesView(self._papers)
        self._set_table.setAccessibleName("写出的各套材料")
        self._paper_table.setAccessibleName("这一套里的材料")
        self._told = note("这一套的情况")
        self._open = button("打开(&O)", _TIPS["open"], self._open_paper)
        self._folder = button("打开所在文件夹(&S)", _TIPS["show"], self._show_folder)
        self._print = button("打印(&P)…", _TIPS["print"], self._print_set)
        self._pdf = button("做 PDF(&F)", _TIPS["pdf"], self._make_pdf)
        self._publish = button("定稿(&D)…", _TIPS["publish"], self._publish_set)
        self._reprint = button("原样再写一份(&R)", _TIPS["reprint"], self._reprint_set)
        self._lay_out()
        self._set_table.chosen.connect(lambda _: self._show_set())
        self._paper_table.chosen.connect(lambda _: self._allow())
        self._set_table.opened.connect(lambda _: self._show_folder())
        self._paper_table.opened.connect(lambda _: self._open_paper())
        self._show_set()

    def show_screen(self, screen: Screen) -> None:
        """显示成果 — the set a person was on stays; where there was none, the newest."""
        self._sets.show(tuple(reversed(screen.papers)))
        if self.current is None and screen.papers:
            self._set_table.choose(screen.papers[-1].name)
        self._show_set()

    def set_why_not(self, why_not: str) -> None:
        """不能写的原因 — nothing is published, printed or written; "" where it may be."""
        self._why_not = why_not
        self._allow()

    def forget(self) -> None:
        """忘掉 — the set and the paper a person was on: another folder comes."""
        self._set_table.forget()
        self._paper_table.forget()

    def choose(self, name: str) -> bool:
        """选中一套 — by the name of its folder; False where there is none."""
        return self._set_table.choose(name)

    @property
    def current(self) -> PaperSet | None:
        """当前的一套 — None where none is."""
        one: PaperSet | None = self._set_table.current()
        return one

    @property
    def paper(self) -> str:
        """当前的材料 — its path; where none is chosen the first of the set, the bulletin; "" where there is none."""
        line: _PaperLine | None = self._paper_table.current()
        if line is not None:
            return line.path
        return self.current.papers[0] if self.current and self.current.papers else ""

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        column(left, heading("写出的材料(&M)", self._set_table), self._set_table)
        column(
            right,
            heading("这一套里的(&L)", self._paper_table),
            self._paper_table,
            self._told,
            row(self._open, self._folder, None),
            row(self._print, self._pdf, None),
            row(self._publish, self._reprint, None),
        )
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        for at, part in enumerate((left, right)):
            inset(part)
            split.addWidget(part)
            split.setStretchFactor(at, 3 - at)
        column(self, split)
        doing = (self._open, self._folder, self._print, self._pdf, self._publish, self._reprint)
        self.lead(self._set_table, self._set_table, self._paper_table, *doing)

    def _show_set(self) -> None:
        one = self.current
        self._papers.show([_PaperLine(path, PurePath(path).name in one.edited) for path in one.papers] if one else [])
        self._told.setText(_told(one) if one else "还没有写出材料。点“生成专报”，写出的就列在这里。")
        self._allow()

    # ------------------------------------------------------------ 做 ----

    def _allow(self) -> None:
        one = self.current
        reasons = {
            self._open: "" if self.paper else _NO_SET,
            self._folder: "" if one else _NO_SET,
            self._print: self._not_last(one, "打印"),
            self._pdf: self._not_last(one, "做 PDF"),
            self._publish: self._not_last(one, "定稿") or ("这一套已经定稿" if one and one.published else ""),
            self._reprint: self._not_published(one),
        }
        for made, name in zip(reasons, _TIPS, strict=True):
            allow(made, reasons[made], _TIPS[name])

    def _not_last(self, one: PaperSet | None, what: str) -> str:
        if one is None:
            return _NO_SET
        if self._why_not:
            return self._why_not
        return "" if one.last else f"只有最近写出的一套能{what}；要用这一期，请把基准日和期号改回去再生成"

    def _not_published(self, one: PaperSet | None) -> str:
        if one is None:
            return _NO_SET
        if self._why_not:
            return self._why_not
        return "" if one.published and one.as_of else "没有定稿的，请用“生成专报”重新写"

    def _open_paper(self) -> None:
        if self.paper:
            self.open_wanted.emit(self.paper)

    def _show_folder(self) -> None:
        if self.current:
            self.show_wanted.emit(self.current.folder)

    def _print_set(self) -> None:
        if self.current:
            self.print_wanted.emit(self.current.name)

    def _make_pdf(self) -> None:
        self.pdf_wanted.emit()

    def _publish_set(self) -> None:
        if self.current:
            self.publish_wanted.emit(self.current)

    def _reprint_set(self) -> None:
        if self.current and self.current.as_of:
            self.reprint_wanted.emit(self.current.number, self.current.as_of.year, self.current.edition)


_NO_SET = "先选一套材料"
_TIPS = {
    "open": "打开这份材料（双击、回车）",
    "show": "打开这套材料所在的文件夹",
    "print": "打印这一套里选定的材料",
    "pdf": "把专报做成 PDF，放在专报旁边",
    "publish": "这一套成为正式的一期，记入台账，以后不变",
    "reprint": "按定稿时的样子另外再写一份，不动原来的",
}


# ---------------------------------------------------------------- 各列 ----


def _told(one: PaperSet) -> str:
    """这一套的情况 — whether it is of record, what somebody changed in it, and the template it was set in."""
    told = [one.published or ("还没有定稿" if one.last else "没有定稿")]
    told += [f"写出以后有人改过：{'、'.join(one.edited)}"] if one.edited else []
    told += [f"写出以后文件有变化（{harmless(one.overtaken)}），定稿以前要重新生成"] if one.overtaken else []
    told += [f"专报用的是{harmless(one.template)}"] if one.template else []
    return "。".join((*told, ""))


def _published(one: PaperSet) -> str:
    return one.published or ("最近一次，未定稿" if one.last else "未定稿")


def _made(one: PaperSet) -> str:
    return f"{day_told(one.made)} {one.made:%H:%M}" if one.made else ""


_SET_COLUMNS: tuple[Shown[PaperSet], ...] = (
    Shown("期号", lambda one: f"第{one.number}期", as_given, 8),
    Shown("截至", lambda one: day_told(one.as_of), lambda one: one.as_of, LONGEST_DAY),
    Shown("写出时间", _made, lambda one: one.made, f"{LONGEST_DAY} 00:00"),
    Shown(
        "定稿",
        _published,
        width=28,
        tip=lambda one: _told(one),
        light=lambda one: Light.GREEN if one.published and not one.superseded else Light.GREY,
    ),
    Shown("改过", lambda one: f"{len(one.edited)}件" if one.edited else "", lambda one: len(one.edited) or None, 6),
    Shown("文件夹", lambda one: one.name, width=20, tip=lambda one: one.folder),
)

_PAPER_COLUMNS: tuple[Shown[_PaperLine], ...] = (
    Shown("材料", lambda one: PurePath(one.path).name, as_given, 26, tip=lambda one: one.path),
    Shown("改动", lambda one: "写出以后有人改过" if one.edited else "", width=18),
)
