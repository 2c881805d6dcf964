"""出错提示 — what stopped the work, in plain Chinese; the details lie closed, and can be copied or found in the log."""

from __future__ import annotations

import platform
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from rectify_tool import __version__
from rectify_tool.desktop.fields import label
from rectify_tool.desktop.forms import larger, open_at_size
from rectify_tool.errors import Stop
from rectify_tool.places import log_file

if TYPE_CHECKING:
    from rectify_tool.desktop.clerk import Trouble

HEADS: Mapping[Stop | None, str] = {
    None: "程序出了毛病",
    Stop.WRONG_ARGUMENTS: "填得不对",
    Stop.NOTHING_READABLE: "没有能读的表",
    Stop.NOTHING_TO_PRINT: "没有可以打印的材料",
    Stop.CANNOT_WRITE: "写不进去",
    Stop.OFFICE_MISSING: "没有找到办公软件",
    Stop.OFFICE_FAILED: "办公软件没有做成",
    Stop.PRINTER_MISSING: "没有找到打印机",
    Stop.SETTINGS_UNUSABLE: "口径或模板用不了",
    Stop.HISTORY_UNUSABLE: "台账用不了",
    Stop.NOTHING_TO_PUBLISH: "没有可以定稿的材料",
    Stop.NOT_PUBLISHED: "这一期没有定过稿",
    Stop.OUT_OF_ORDER: "期号和日期的次序不对",
    Stop.CANNOT_PUBLISH: "现在还不能定稿",
    Stop.DECISION_UNCLEAR: "这件办理要先核对一下",
    Stop.FOLDER_IN_USE: "工作文件夹正在使用",
    Stop.BREAKDOWN_UNCLEAR: "定不下来哪一份是责任分解表",
    Stop.FIGURES_DISAGREE: "前后数字对不上",
}
"""出错的题目 — by what stopped the work; None is a bug, or the desk's process gone."""

APOLOGY = "很抱歉，程序自己出了毛病，刚才这件事没有做完。各单位报来的文件和已经定稿的材料都没有动。"


def show_trouble(parent: QWidget | None, trouble: Trouble, offers: Sequence[str] = ()) -> str:
    """出错提示 — waits until a person has read it.

    Args:
        offers: Words of further buttons (重试, 恢复台账 …), the one recommended first.

    Returns:
        The offer that was chosen, "" where the form was closed.
    """
    form = TroubleForm(trouble.stop, trouble.message, trouble.details, offers, parent)
    form.exec()
    return form.chosen


def show_bug(parent: QWidget | None, details: str) -> None:
    """程序的毛病 — an apology, and how the details reach whoever maintains the tool."""
    TroubleForm(None, APOLOGY, details, (), parent).exec()


def report(message: str, details: str) -> str:
    """复制的详情 — the message with what a maintainer must know: version, system, and the details."""
    system = f"{platform.platform()}，Python {platform.python_version()}，Qt {qVersion()}"
    frozen = "（打包好的程序）" if getattr(sys, "frozen", False) else ""
    told = (f"整改督查工具 {__version__}{frozen}", f"系统：{system}", f"情况：{message}", details.strip())
    return "\n".join(line for line in told if line) + "\n"


class TroubleForm(QDialog):
    """出错提示 — the form itself; ``chosen`` is the offer chosen, "" until one was."""

    def __init__(
        self, stop: Stop | None, message: str, details: str, offers: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.chosen = ""
        self._report = report(message, details)
        self.setWindowTitle("整改督查工具")
        self.setAccessibleName(f"出错提示：{HEADS[stop]}")
        open_at_size(self, _WIDE, 0)
        page = QVBoxLayout(self)
        page.addLayout(self._head(stop))
        page.addWidget(self._message(message))
        if stop is None:
            page.addLayout(self._log())
        self.details = self._details(details)
        page.addWidget(self.details)
        page.addWidget(self._buttons(offers, bool(details.strip())))

    def copy(self) -> None:
        """复制详情 — onto the clipboard."""
        QGuiApplication.clipboard().setText(self._report)
        self.copier.setText("已复制")

    def open_details(self, wanted: bool) -> None:
        """展开详情 — shows or hides what only a maintainer reads."""
        self.details.setVisible(wanted)
        self.resize(self.width(), self.sizeHint().height() if wanted else self.minimumSizeHint().height())

    def _head(self, stop: Stop | None) -> QHBoxLayout:
        line = QHBoxLayout()
        kinds = QStyle.StandardPixmap
        kind = kinds.SP_MessageBoxCritical if stop is None else kinds.SP_MessageBoxWarning
        side = self.fontMetrics().height() * 2
        picture = QLabel()
        picture.setPixmap(self.style().standardIcon(kind).pixmap(side, side))
        words = QLabel(HEADS[stop])
        words.setFont(larger(words.font()))
        line.addWidget(picture)
        line.addWidget(words, 1)
        return line

    def _message(self, message: str) -> QPlainTextEdit:
        text = _reading(message, "出了什么事、怎么办")
        across = max(1, self.width() // self.fontMetrics().horizontalAdvance("口") - 5)
        lines = sum(1 + len(line) // across for line in message.split("\n"))
        text.setMinimumHeight(_height(text, min(lines + 1, 12)))
        text.setMaximumHeight(_height(text, lines + 1))
        return text

    def _log(self) -> QHBoxLayout:
        line = QHBoxLayout()
        place = label(f"详细经过记在：{log_file()}", "出错记录在哪里")
        open_folder = QPushButton("打开所在文件夹(&O)")
        open_folder.clicked.connect(open_folder_of_log)
        open_folder.setAutoDefault(False)
        line.addWidget(place, 1)
        line.addWidget(open_folder)
        return line

    def _details(self, details: str) -> QPlainTextEdit:
        text = _reading(details, "详情")
        letters = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        letters.setPointSizeF(self.font().pointSizeF())
        text.setFont(letters)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setMinimumHeight(_height(text, 10))
        text.hide()
        return text

    def _buttons(self, offers: Sequence[str], has_details: bool) -> QDialogButtonBox:
        box = QDialogButtonBox()
        chosen = [box.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole) for words in offers]
        for button, words in zip(chosen, offers, strict=True):
            button.clicked.connect(lambda _=False, words=words: self._choose(words))
        self.copier = box.addButton("复制详情(&C)", QDialogButtonBox.ButtonRole.ActionRole)
        self.copier.clicked.connect(self.copy)
        self.opener = box.addButton("详情(&D)", QDialogButtonBox.ButtonRole.ActionRole)
        self.opener.setCheckable(True)
        self.opener.setVisible(has_details)
        self.opener.toggled.connect(self.open_details)
        close = box.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.clicked.connect(self.reject)
        first = chosen[0] if chosen else close
        first.setDefault(True)
        first.setFocus()
        return box

    def _choose(self, words: str) -> None:
        self.chosen = words
        self.accept()


def open_folder_of_log() -> bool:
    """打开日志所在文件夹 — in the system's file manager; False where it cannot be made or opened."""
    folder = log_file().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


_WIDE = 48  # Chinese characters
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


def _reading(text: str, name: str) -> QPlainTextEdit:
    box = QPlainTextEdit(text)
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setAccessibleName(name)
    box.setTextInteractionFlags(_SELECTABLE)
    return box


def _height(box: QPlainTextEdit, lines: int) -> int:
    around = 2 * box.frameWidth() + round(2 * box.document().documentMargin())
    return lines * box.fontMetrics().lineSpacing() + around
