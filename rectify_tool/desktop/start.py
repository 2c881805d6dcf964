"""开始页 — open a work folder, make a new one, try the sample; and the folders of the last days."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from rectify_tool.desktop import sayings
from rectify_tool.desktop.fields import label, named, push
from rectify_tool.desktop.forms import larger
from rectify_tool.desktop.wording import short_tip

_WHAT = (
    "一个工作文件夹，就是一次整改督查的全部材料：下发的责任分解表放在最外层，各单位报来的表放在“报送”里，"
    "写出的专报和汇总表在“成果”里。单位报来的文件只读不改，什么也不上网。"
)
_DROP = "也可以把工作文件夹，或者责任分解表，直接拖到这个窗口。"


class StartPage(QWidget):
    """开始页 — tells by signals what is wanted; drops are the window's."""

    open_wanted = Signal()
    new_wanted = Signal()
    sample_wanted = Signal()
    folder_wanted = Signal(str)
    forget_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = named(
            QListWidget(), "最近的工作文件夹", "双击或按回车打开；按 Delete 从这里去掉，文件夹本身不动"
        )
        self._recent.itemActivated.connect(lambda item: self.folder_wanted.emit(_folder_of(item)))
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._recent)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._forget)
        self._none = label("还没有打开过工作文件夹。第一次用，可以先试用样例。")
        self._title = QLabel("整改督查工具")
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """字号变了 — the title stays the largest."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_title"):
            self._title.setFont(larger(self.font(), 2))

    def _lay_out(self) -> None:
        self._title.setFont(larger(self.font(), 2))
        buttons = QVBoxLayout()
        for text, tip, signal in (
            ("打开工作文件夹(&O)…", "打开已经有的工作文件夹（Ctrl+O）", self.open_wanted),
            ("新建工作文件夹(&N)…", "选一份下发的责任分解表，建一个新的（Ctrl+N）", self.new_wanted),
            ("试用样例(&S)…", "复制一份虚构的样例，随便试", self.sample_wanted),
        ):
            button = push(text, text.partition("(")[0], tip)
            button.setAutoDefault(True)
            button.setMinimumHeight(button.sizeHint().height() * 2)
            button.clicked.connect(signal)
            buttons.addWidget(button)
        buttons.addStretch(1)
        recent = QVBoxLayout()
        title_of_recent = QLabel("最近的工作文件夹(&R)")
        title_of_recent.setBuddy(self._recent)
        for part in (title_of_recent, self._recent, self._none):
            recent.addWidget(part)
        recent.addStretch(0)
        row = QHBoxLayout()
        row.addLayout(buttons, 2)
        row.addLayout(recent, 3)
        whole = QVBoxLayout(self)
        wide = self.fontMetrics().horizontalAdvance("字") * 4
        whole.setContentsMargins(wide, wide // 2, wide, wide // 2)
        whole.addWidget(self._title)
        whole.addWidget(label(_WHAT))
        whole.addLayout(row, 1)
        whole.addWidget(label(_DROP))

    def show_recent(self, folders: Sequence[str]) -> None:
        """最近的 — newest first; one that is not there just now is told so and stays."""
        self._recent.clear()
        for folder in folders:
            there = Path(folder).is_dir()
            item = QListWidgetItem(f"{sayings.folder_name(folder)}{'' if there else '（现在找不到）'}\n{folder}")
            item.setData(Qt.ItemDataRole.UserRole, folder)
            item.setToolTip(short_tip(folder))
            self._recent.addItem(item)
        self._recent.setVisible(bool(folders))
        self._none.setVisible(not folders)

    def _forget(self) -> None:
        item = self._recent.currentItem()
        if item is not None:
            self.forget_wanted.emit(_folder_of(item))


def _folder_of(item: QListWidgetItem) -> str:
    return str(item.data(Qt.ItemDataRole.UserRole))
