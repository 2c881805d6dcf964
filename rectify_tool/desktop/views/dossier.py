"""小项档案 — the life of one item beside the ledger, part by part, each line with its way to the cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rectify_tool.desktop import looks
from rectify_tool.desktop.views.parts import ReadingPane, muted, shortcut
from rectify_tool.desktop.wording import beginning, safe
from rectify_tool.model import LIGHTS, STANDING_WORDS, Dossier, DossierLine, DossierPart, Source

_EMPTY = (
    "在台账里选一个小项，这里就列出它的经过："
    "交办了什么、时限怎样读、为什么是现在的状态、各单位怎么说、办理过什么、往期怎样。"
)
_OPEN, _UNDO = "open", "undo"
_TITLE = 60  # letters of the heading: the whole measure stands below, under its own label
_LAMP = "lamp"


class DossierView(QWidget):
    """小项档案 — ``file_wanted`` gives the file relative to the work folder and the place in it ("台账!G7", "" for the
    whole file); ``undo_wanted`` the number of the record to be taken back; ``left`` says that the keyboard is to
    go back to where the item was chosen.
    """

    file_wanted = Signal(str, str)
    undo_wanted = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty pane; `show_dossier` fills it."""
        super().__init__(parent)
        self._dossier: Dossier | None = None
        self._writable = True
        self._text = ReadingPane(self)
        self._text.setAccessibleName("小项档案")
        self._text.setOpenLinks(False)
        self._text.anchorClicked.connect(self._follow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text)
        self.setFocusProxy(self._text)
        for keys in ("Esc", "Shift+F6"):
            shortcut(self, keys, self.left.emit)
        self._write()

    def show_dossier(self, dossier: Dossier | None) -> None:
        """显示一份档案 — None empties the pane; the same item shown again keeps its place."""
        bar = self._text.verticalScrollBar()
        kept = bar.value() if dossier and self._dossier and dossier.no == self._dossier.no else 0
        self._dossier = dossier
        self._write()
        bar.setValue(kept)

    def forget(self) -> None:
        """忘掉 — the pane is empty: another folder comes."""
        self.show_dossier(None)

    def set_writable(self, writable: bool) -> None:
        """可不可以写 — without it no record can be taken back."""
        if writable != self._writable:
            self._writable = writable
            self._write()

    def changeEvent(self, event: QEvent) -> None:
        """深浅、字号变了 — the words are set anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_text"):
            bar = self._text.verticalScrollBar()
            kept = bar.value()
            self._write()
            bar.setValue(kept)

    def _write(self) -> None:
        if self._dossier is None:
            self._text.setHtml(f"<p>{safe(_EMPTY)}</p>")
            return
        self._draw_lamp(self._dossier)
        style = Style(muted(self.palette()), self.fontMetrics().height() // 4)
        self._text.setHtml(dossier_html(self._dossier, self._writable, style))

    def _draw_lamp(self, dossier: Dossier) -> None:
        side = self.fontMetrics().height()
        lamp = looks.icon(LIGHTS[dossier.standing]).pixmap(side, side)
        self._text.document().addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(_LAMP), lamp)

    def _follow(self, link: QUrl) -> None:
        """点了出处或撤回 — the link holds only where the line stands, never a path."""
        if self._dossier is None:
            return
        what, part, line = link.toString().split("-")
        chosen = self._dossier.parts[int(part)].lines[int(line)]
        if what == _UNDO and chosen.serial is not None:
            self.undo_wanted.emit(chosen.serial)
        elif what == _OPEN and chosen.source is not None:
            self.file_wanted.emit(chosen.source.file, place_in(chosen.source))


def place_in(source: Source) -> str:
    """文件里的位置 — "台账!G7", "台账", "第3条", or "" for the whole file."""
    return "!".join(filter(None, [source.sheet, source.cell]))


class Style(NamedTuple):
    """样子 — the colour of what is said in passing, as #rrggbb, and the gap between lines, in pixels."""

    muted: str
    gap: int


def dossier_html(dossier: Dossier, writable: bool, style: Style) -> str:
    """档案的文字 — every word escaped: what a unit typed is never taken for HTML.

    ``writable`` says whether a record may be taken back. A source in the sheet named just before is told by its cell.
    """
    word = f"{STANDING_WORDS[dossier.standing]}（{LIGHTS[dossier.standing].value}灯）"
    why = f"：{safe(dossier.because)}" if dossier.because else ""
    head = f'<h3>{safe(beginning(dossier.title, _TITLE))}</h3><p><img src="{_LAMP}"> <b>{safe(word)}</b>{why}</p>'
    return head + "".join(_part(at, part, writable, style) for at, part in enumerate(dossier.parts))


def _part(at: int, part: DossierPart, writable: bool, style: Style) -> str:
    before: Source | None = None
    told = []
    for number, line in enumerate(part.lines):
        told.append(_line(f"{at}-{number}", line, before, writable, style))
        before = line.source or before
    return f'<h4 style="margin-top:{3 * style.gap}px">{safe(part.title)}</h4>{"".join(told)}'


def _line(place: str, line: DossierLine, before: Source | None, writable: bool, style: Style) -> str:
    label = f"<b>{safe(line.label)}</b>" if line.label else ""
    after = "<br>" if "\n" in line.text else "　"
    words = after.join(filter(None, [label, safe(line.text)]))
    return f'<p style="margin:{style.gap}px 0">{"　".join([words, *_behind(place, line, before, writable, style)])}</p>'


def _behind(place: str, line: DossierLine, before: Source | None, writable: bool, style: Style) -> Iterator[str]:
    """话的后面 — where it is written, whether that was then, and the way to take it back."""
    if line.source is not None and line.source.file:
        whole = safe(str(line.source))
        yield f'<a href="{_OPEN}-{place}" title="打开 {whole}">{safe(_told(line.source, before))}</a>'
    if line.then:
        yield f'<span style="color:{style.muted}">（当时的内容）</span>'
    if line.serial is not None and writable:
        yield f'<a href="{_UNDO}-{place}">撤回这一条</a>'


def _told(source: Source, before: Source | None) -> str:
    """出处 — whole, or where it is the sheet named just before, only the cell."""
    same = before is not None and source[:2] == before[:2] and source.cell is not None
    return f"同表\u00a0{source.cell}" if same else str(source)
