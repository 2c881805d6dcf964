"""The start page: three ways to begin, and the folders of the last days."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.forms.new_folder import NewFolder, NewFolderForm
from rectify_tool.desktop.start import StartPage


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    one = StartPage()
    qtbot.addWidget(one)
    one.show()
    return one


def recent(page: StartPage) -> QListWidget:
    found = page.findChild(QListWidget)
    assert isinstance(found, QListWidget)
    return found


def test_the_first_start_says_what_a_work_folder_is_and_offers_the_sample(page: StartPage) -> None:
    page.show_recent(())
    said = "".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())
    assert "责任分解表放在最外层" in said and "可以先试用样例" in said
    assert not recent(page).isVisible()


@pytest.mark.parametrize(
    ("words", "signal"), [("打开", "open_wanted"), ("新建", "new_wanted"), ("样例", "sample_wanted")]
)
def test_each_button_asks_for_its_own(page: StartPage, qtbot: QtBot, words: str, signal: str) -> None:
    button = next(one for one in page.findChildren(QPushButton) if words in one.text())
    with qtbot.waitSignal(getattr(page, signal), timeout=10_000):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_a_folder_of_the_last_days_is_opened_by_the_keyboard(page: StartPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.show_recent((str(tmp_path), "/没有/这里"))
    assert "现在找不到" in recent(page).item(1).text() and "现在找不到" not in recent(page).item(0).text()
    recent(page).setFocus()
    with qtbot.waitSignal(page.folder_wanted, timeout=10_000) as opened:
        qtbot.keyClick(recent(page), Qt.Key.Key_Return)
    assert opened.args == [str(tmp_path)]


def test_delete_asks_to_forget_a_folder(page: StartPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.show_recent(("/没有/这里", str(tmp_path)))
    page.activateWindow()
    recent(page).setFocus()
    with qtbot.waitSignal(page.forget_wanted, timeout=10_000) as forgotten:
        qtbot.keyClick(recent(page), Qt.Key.Key_Delete)
    assert forgotten.args == ["/没有/这里"] and tmp_path.exists()


def test_a_new_folder_needs_a_place_and_a_name_that_can_be(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "分解表.xlsx").write_bytes(b"x")
    form = NewFolderForm(str(tmp_path), "整改", str(tmp_path / "分解表.xlsx"))
    qtbot.addWidget(form)
    assert form.wanted() == NewFolder(str(tmp_path / "整改"), str(tmp_path / "分解表.xlsx")) and not form.lacking
    for field, text, lacking in (
        (form._name, "", "请写文件夹的名称"),
        (form._name, "整改?", "不能有这些符号"),
        (form._where, str(tmp_path / "没有"), "不存在"),
        (form._breakdown, str(tmp_path / "没有.xlsx"), "没有找到"),
    ):
        before = field.text()
        field.setText(text)
        assert lacking in form.lacking
        field.setText(before)
    assert not form.lacking


def test_an_enter_on_the_untouched_form_makes_nothing_and_only_a_button_of_its_own_does(
    qtbot: QtBot, tmp_path: Path
) -> None:
    form = NewFolderForm(str(tmp_path), "整改")
    qtbot.addWidget(form)
    form.show()
    assert not form._later.isVisible()
    for _ in range(2):
        qtbot.keyClick(form._name, Qt.Key.Key_Return)
        assert form.isVisible() and form.lacking.startswith("还没有选责任分解表")
    qtbot.keyClick(form._later, Qt.Key.Key_Space)
    assert not form.isVisible() and form.result() == NewFolderForm.DialogCode.Accepted
    assert form.wanted() == NewFolder(str(tmp_path / "整改"), "")
