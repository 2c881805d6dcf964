"""问话框 — the one box in which a person is told or chooses; whatever stands in it is text, never HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton, QWidget

from rectify_tool.desktop.wording import harmless, menu_text


def choose(
    parent: QWidget, title: str, text: str, words: Sequence[str], leave: str = "", *, grave: bool = False
) -> str:
    """选一个 — the word of the button pressed; "" for the one that leaves everything as it is.

    Args:
        leave: The word of that one, "" for the usual one.
        grave: An Enter leaves everything as it is.
    """
    box = QMessageBox(QMessageBox.Icon.Question if words else QMessageBox.Icon.Information, title, harmless(text))
    box.setParent(parent, box.windowFlags())
    box.setTextFormat(Qt.TextFormat.PlainText)
    buttons: Mapping[QPushButton, str] = {
        box.addButton(menu_text(word), QMessageBox.ButtonRole.AcceptRole): word for word in words
    }
    quiet = box.addButton(leave or ("取消" if words else "知道了"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(quiet)
    box.setDefaultButton(quiet if grave else next(iter(buttons), quiet))
    box.exec()
    clicked = box.clickedButton()
    return next((word for button, word in buttons.items() if button is clicked), "")


def gives_up(form: QDialog) -> bool:
    """不要了 — whether what was written in the form may be thrown away."""
    return choose(form, "还没有记", "写的内容还没有记下。不要了吗？", ("不要了",), "接着写", grave=True) == "不要了"
