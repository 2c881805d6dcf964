"""使用说明 — the guide and the list of findings, offline, with their headings beside them and a search in the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, cast

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeySequence,
    QPalette,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from rectify_tool.desktop.fields import ChoiceBox
from rectify_tool.desktop.forms import open_at_size, within_screen
from rectify_tool.places import findings_text, guide_file, guide_text


class Page(NamedTuple):
    """一份说明 — its title, the name a link calls it by, and where its text comes from."""

    title: str
    name: str
    text: Callable[[], str]


PAGES = (Page("使用说明", "guide.md", guide_text), Page("核对意见一览", "findings.md", findings_text))


class HelpWindow(QDialog):
    """使用说明 — a window of its own beside the main one; links lead from one page to the other, never to the net."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("使用说明")
        self.setAccessibleName("使用说明")
        self._shown = -1
        page = QVBoxLayout(self)
        page.addLayout(self._bar())
        page.addWidget(self._halves(), 1)
        for keys, act in (
            (QKeySequence.StandardKey.Find, self.words.setFocus),
            (QKeySequence.StandardKey.FindNext, self.find_next),
            (QKeySequence.StandardKey.FindPrevious, lambda: self.find_next(backward=True)),
        ):
            QShortcut(QKeySequence(keys), self, act)
        open_at_size(self, 76, 40)

    def open_at(self, section: str = "") -> None:
        """打开 — at the first heading that has these words, of either page; "" is where it was left."""
        self._show_page(max(0, self._shown))
        if section:
            for at in range(len(PAGES)):
                if any(section.casefold() in heading.casefold() for heading in _headings(PAGES[at].text())):
                    self._show_page(at)
                    self._go_to(section)
                    break
        if not self.isVisible():
            within_screen(self)
        self.show()
        self.raise_()
        self.activateWindow()

    def find_next(self, *, backward: bool = False) -> bool:
        """查找 — the next place of the words, from the top again after the last; False where there is none."""
        words = self.words.text()
        if not words:
            return False
        way = QTextDocument.FindFlag.FindBackward if backward else QTextDocument.FindFlag(0)
        if self.browser.find(words, way):
            return True
        end = QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start
        self.browser.moveCursor(end)
        return self.browser.find(words, way)

    def _bar(self) -> QHBoxLayout:
        self.pages = ChoiceBox()
        self.pages.addItems([page.title for page in PAGES])
        self.pages.setAccessibleName("看哪一份")
        self.pages.currentIndexChanged.connect(self._show_page)
        self.words = QLineEdit()
        self.words.setPlaceholderText("在这一页里查找（Ctrl+F）")
        self.words.setAccessibleName("在这一页里查找")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._search)
        self.words.returnPressed.connect(self.find_next)
        self.found = QLabel()
        self.found.setAccessibleName("找到几处")
        line = QHBoxLayout()
        for widget, share in ((self.pages, 0), (self.words, 1), (self.found, 0)):
            line.addWidget(widget, share)
        for title, backward in (("上一处", True), ("下一处", False)):
            button = QPushButton(title)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, backward=backward: self.find_next(backward=backward))
            line.addWidget(button)
        return line

    def _halves(self) -> QSplitter:
        self.contents = QListWidget()
        self.contents.setAccessibleName("目录")
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.currentItemChanged.connect(self._open_heading)
        self.contents.itemClicked.connect(self._open_heading)
        self.browser = QTextBrowser()
        self.browser.setAccessibleName("说明正文")
        self.browser.setOpenLinks(False)
        self.browser.setSearchPaths([str(guide_file().parent)])
        self.browser.anchorClicked.connect(self._follow)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        for half, share in ((self.contents, 1), (self.browser, 3)):
            halves.addWidget(half)
            halves.setStretchFactor(halves.count() - 1, share)
        return halves

    def _show_page(self, at: int) -> None:
        if at == self._shown:
            return
        self._shown = at
        self.pages.setCurrentIndex(at)
        self.browser.setMarkdown(joined(PAGES[at].text()))
        _dress(self.browser.document())
        self.contents.blockSignals(True)
        self.contents.clear()
        for block in _blocks(self.browser.document()):
            level = block.blockFormat().headingLevel()
            if level in (1, 2, 3):
                entry = QListWidgetItem("　" * (level - 2) + block.text())
                entry.setData(Qt.ItemDataRole.UserRole, block.position())
                self.contents.addItem(entry)
        self.contents.blockSignals(False)
        self._search(self.words.text())

    def _go_to(self, section: str) -> None:
        for row in range(self.contents.count()):
            if section.casefold() in self.contents.item(row).text().casefold():
                self.contents.setCurrentRow(row)
                return

    def _open_heading(self, entry: QListWidgetItem | None, _: object = None) -> None:
        if entry is None:
            return
        block = self.browser.document().findBlock(entry.data(Qt.ItemDataRole.UserRole))
        self.browser.setTextCursor(QTextCursor(block))
        top = self.browser.document().documentLayout().blockBoundingRect(block).top()
        self.browser.verticalScrollBar().setValue(round(top))

    def _follow(self, link: QUrl) -> None:
        names = [page.name for page in PAGES]
        name = link.path().rpartition("/")[2]
        if name in names:
            self._show_page(names.index(name))
        if link.fragment():
            self._go_to(link.fragment())

    def _search(self, words: str) -> None:
        places: list[QTextEdit.ExtraSelection] = []
        found = self.browser.document().find(words) if words else QTextCursor()
        while not found.isNull():
            places.append(self._marked(found))
            found = self.browser.document().find(words, found)
        self.browser.setExtraSelections(places)
        self.found.setText(f"{len(places)}处" if words else "")
        if places:
            self.browser.moveCursor(QTextCursor.MoveOperation.Start)
            self.browser.find(words)

    def _marked(self, found: QTextCursor) -> QTextEdit.ExtraSelection:
        place: Any = QTextEdit.ExtraSelection()  # the stubs of PySide6 leave its fields out
        place.cursor = found
        place.format.setBackground(QColor("#ffe08a"))
        place.format.setForeground(QColor("black"))
        return cast(QTextEdit.ExtraSelection, place)


def joined(text: str) -> str:
    """接成整行 — lines of a paragraph that were broken between Chinese characters, where Markdown would put a blank."""
    parts = text.split("```")
    return "```".join(part if at % 2 else _BROKEN.sub("", part) for at, part in enumerate(parts))


_HAN = "\u2014-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u201c\u201d"
_BROKEN = re.compile(rf"(?<=[{_HAN}*）])\n[ ]*(?=[{_HAN}*（])(?![*][ ])")


def _headings(text: str) -> list[str]:
    return [line.lstrip("#").strip() for line in text.splitlines() if line.startswith("#")]


def _blocks(document: QTextDocument) -> list[QTextBlock]:
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


_FIXED = ("Noto Sans Mono CJK SC", "NSimSun", "Monospace")  # a Chinese letter as wide as two Latin ones


def _dress(document: QTextDocument) -> None:
    """What Markdown cannot say: room between Chinese lines, letters for code that have them, lines round tables."""
    whole = QTextCursor(document)
    whole.beginEditBlock()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame)
    for block in _blocks(document):
        _dress_block(block)
    whole.endEditBlock()


def _dress_table(table: QTextTable) -> None:
    form = QTextTableFormat(table.format().toTableFormat())
    form.setBorder(1)
    form.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QGuiApplication.palette().color(QPalette.ColorRole.Mid))
    form.setBorderCollapse(True)
    form.setCellPadding(4)
    table.setFormat(form)


def _dress_block(block: QTextBlock) -> None:
    cursor, form = QTextCursor(block), QTextBlockFormat(block.blockFormat())
    form.setNonBreakableLines(False)
    if cursor.currentTable():
        form.setTopMargin(0)
        form.setBottomMargin(0)
    form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(form)
    if form.hasProperty(QTextFormat.Property.BlockCodeFence):
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        code = QTextCharFormat()
        code.setFontFamilies([*_FIXED, *QGuiApplication.font().families()])
        cursor.mergeCharFormat(code)
