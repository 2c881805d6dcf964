"""The small form in which a record is taken back, and the box in which a person chooses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.boxes import choose
from rectify_tool.desktop.forms.undo import UndoForm
from tests.desktop.screens import RECORDED


@pytest.fixture(autouse=True)
def _nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rectify_tool.desktop.forms.undo.gives_up", lambda _: True)


@pytest.fixture
def form(qtbot: QtBot) -> UndoForm:
    made = UndoForm(1, RECORDED)
    qtbot.addWidget(made)
    made.show()
    return made


def reason(form: UndoForm) -> QPlainTextEdit:
    found = form.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found


def button(form: QWidget, words: str) -> QPushButton:
    return next(one for one in form.findChildren(QPushButton) if one.text().startswith(words))


def test_it_says_what_is_taken_back_and_what_becomes_of_it(form: UndoForm) -> None:
    assert form.told.startswith("撤回第1条办理记录：2016年5月12日，4-2 电话催办。\n事由：催问进展\n")
    assert "原来的一条会留着" in form.told


def test_without_a_reason_nothing_is_taken_back(form: UndoForm) -> None:
    assert form.lacking and not button(form, "撤回").isEnabled()
    reason(form).setPlainText("  \n")
    assert form.lacking
    reason(form).setPlainText(" 记错了单位 ")
    assert form.why == "记错了单位" and not form.lacking and button(form, "撤回").isEnabled()


def test_tab_leaves_the_field_which_has_a_name(form: UndoForm, qtbot: QtBot) -> None:
    form.activateWindow()
    reason(form).setFocus()
    qtbot.keyClick(reason(form), Qt.Key.Key_Tab)
    assert reason(form).toPlainText() == "" and form.focusWidget() is not reason(form)
    assert reason(form).accessibleName() == "撤回的原因"


def test_what_was_written_is_not_thrown_away_by_an_esc(
    form: UndoForm, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter((False, True))
    monkeypatch.setattr("rectify_tool.desktop.forms.undo.gives_up", lambda _: next(answers))
    reason(form).setPlainText("记错了")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert form.isVisible()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_a_name_in_a_box_is_shown_as_it_was_typed(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[QMessageBox] = []
    pressed = _press(seen, lambda box: box.buttons()[0])
    QTimer.singleShot(0, pressed)
    word = choose(parent, "名称重复", "“<b>表</b>&amp;.xlsx”", ("只印“甲&乙”",))
    assert word == "只印“甲&乙”"
    (box,) = seen
    assert box.textFormat() is Qt.TextFormat.PlainText and box.text() == "“<b>表</b>&amp;.xlsx”"


def _press(seen: list[QMessageBox], which: Callable[[QMessageBox], QWidget]) -> Callable[[], None]:
    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box)
        which(box).click()  # type: ignore[attr-defined]

    return press
