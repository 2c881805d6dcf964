"""关于 — the version, what the tool is, that it stays offline, what it is made of and under which licences."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rectify_tool import __version__
from rectify_tool.desktop.fields import label
from rectify_tool.desktop.forms import larger, open_at_size
from rectify_tool.desktop.forms.parts import GNU, LGPL_NOTICE, Part, licence_text, parts
from rectify_tool.desktop.forms.trouble import open_folder_of_log
from rectify_tool.desktop.wording import tip
from rectify_tool.places import log_file, portable_folder, program_folder, user_folder

WHAT = (
    "把各单位报来的整改表合成一本台账，按基准日判定每一项到了哪一步，写出《督查专报》和整改汇总表；"
    "每个数字都能找回到哪个文件的哪个单元格。"
)
OFFLINE = "本工具不联网：不上传、不下载、不检查更新。各单位的文件只读不改，所有内容都留在这台电脑上。"


class AboutForm(QDialog):
    """关于 — everything a person may ask of the program itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于整改督查工具")
        self.setAccessibleName("关于整改督查工具")
        self.parts = with_qt(parts())
        page = QVBoxLayout(self)
        head = QLabel(f"整改督查工具 {__version__}")
        head.setFont(larger(head.font(), 1.5))
        page.addWidget(head)
        for text in (WHAT, OFFLINE):
            page.addWidget(label(text))
        page.addLayout(self._kept())
        page.addWidget(label(_PARTS if program_folder() is None else _PARTS_BESIDE))
        page.addWidget(self._licences(), 1)
        page.addWidget(self._buttons())
        open_at_size(self, 62, 36)

    def copy(self) -> None:
        """复制版本信息 — of the tool, the system and every part, for whoever maintains it."""
        system = f"{platform.platform()}，Python {platform.python_version()}，Qt {qVersion()}"
        lines = [f"{part.name} {part.version}　{part.licence}" for part in self.parts]
        QGuiApplication.clipboard().setText("\n".join((f"系统：{system}", *lines)) + "\n")
        self.copier.setText("已复制")

    def _kept(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.kept = label(kept_told(), "记在哪里")
        button = QPushButton("打开所在文件夹(&O)")
        button.setAutoDefault(False)
        button.clicked.connect(open_folder_of_log)
        line.addWidget(self.kept, 1)
        line.addWidget(button)
        return line

    def _licences(self) -> QSplitter:
        self.table = QTableWidget(len(self.parts), 3)
        self.table.setAccessibleName("组成部分")
        self.table.setHorizontalHeaderLabels(["名称", "版本", "许可"])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        for row, part in enumerate(self.parts):
            for column, text in enumerate((part.name, part.version, part.licence)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(tip(text))
                self.table.setItem(row, column, cell)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.resizeColumnsToContents()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("许可文本")
        self.table.currentCellChanged.connect(lambda row: self.text.setPlainText(licence_text(self.parts[row])))
        self.table.setCurrentCell(0, 0)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(self.text)
        return halves

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.copier = box.addButton("复制版本信息(&C)", QDialogButtonBox.ButtonRole.ActionRole)
        self.copier.clicked.connect(self.copy)
        close = box.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.clicked.connect(self.reject)
        close.setDefault(True)
        close.setFocus()
        return box


_PARTS = "由下面这些部分组成；选一个，看它的许可文本："
_PARTS_BESIDE = "由下面这些部分组成；选一个，看它的许可文本（程序旁边的“许可”文件夹里也有）："


def kept_told() -> str:
    """记在哪里 — where the settings of the window and the log lie, and whether they go with the program."""
    user, portable = user_folder(), portable_folder()
    lines = [f"窗口的样子、最近打开的文件夹记在：{user}", f"出错时的详细经过记在：{log_file()}"]
    if portable:
        lines.append(_PORTABLE if user == portable else _LOCKED)
    elif program_folder():
        lines.append(_ON_THIS_COMPUTER)
    return "\n".join(lines)


_PORTABLE = "便携使用：程序旁边有“便携”文件，这些都记在程序旁边，跟着程序走。"
_LOCKED = "程序旁边有“便携”文件，但是那里现在写不进去（比如 U 盘开了写保护），所以先记在这台电脑上。"
_ON_THIS_COMPUTER = "要让这些跟着程序走（比如程序放在 U 盘里），在程序旁边新建一个名叫“便携”的文件。"


def with_qt(others: tuple[Part, ...]) -> tuple[Part, ...]:
    """加上 Qt — which lies inside PySide6 and has no record of its own; behind the program and Python."""
    return (*others[:2], Part("Qt", qVersion(), "LGPL-3.0-only", GNU, LGPL_NOTICE), *others[2:])
