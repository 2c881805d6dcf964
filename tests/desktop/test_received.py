"""报送: who was heard, what became of every file, and whom to call."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.tables import LinesView
from rectify_tool.desktop.views.narrowing import Narrowing
from rectify_tool.desktop.views.received import ReceivedView, owing, silence_told
from rectify_tool.model import Heard
from tests.desktop.screens import FILES, UNITS, file, screen, unit


@pytest.fixture
def received(qtbot: QtBot) -> ReceivedView:
    view = ReceivedView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show_screen(screen())
    view.show()
    return view


def rows(table: LinesView) -> list[str]:
    return [str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())]


def units(view: ReceivedView) -> LinesView:
    return next(one for one in view.findChildren(LinesView) if one.accessibleName() == "各单位的报送情况")


def files(view: ReceivedView) -> LinesView:
    return next(one for one in view.findChildren(LinesView) if one.accessibleName() == "收件")


def press(view: ReceivedView, word: str) -> None:
    buttons = [*view.findChildren(QToolButton), *view.findChildren(QPushButton)]
    next(one for one in buttons if one.text().startswith(word)).click()


def test_every_unit_is_listed_with_how_it_was_heard(received: ReceivedView) -> None:
    assert rows(units(received)) == [line.unit for line in UNITS]
    model = units(received).model()
    assert [model.index(row, 1).data() for row in range(5)] == [
        "已报送",
        "未报送（各项均已完成）",
        "未报送（沿用上期）",
        "收到，不能读取",
        "未报送",
    ]
    assert received._told.text() == "共5个单位：已报送1个、未报送（沿用上期）1个、收到但不能读取1个、未报送2个"


def test_files_nobody_could_read_come_first(received: ReceivedView) -> None:
    assert rows(files(received)) == [
        "报送/区编办.docx",
        "报送/扫描件.pdf",
        "报送/财政局.xlsx",
        "报送/旧/财政局.xlsx",
    ]
    assert received._told_files.text() == "4件，其中2件收到、不能读取"
    why = files(received).model().index(0, 6).data()
    assert why == "收到，不能读取：这是Word 文档"


def test_the_buttons_say_how_many_and_show_only_those(received: ReceivedView) -> None:
    texts = [one.text() for one in received.findChildren(QToolButton) if one.isCheckable()]
    assert texts == ["全部（5）", "未报送（3）", "不能读取（2件）"]
    press(received, "未报送")
    assert rows(units(received)) == ["区审计局", "区水利局", "区教育局"]
    assert len(rows(files(received))) == 4
    press(received, "不能读取")
    assert rows(units(received)) == ["区编办"]
    assert rows(files(received)) == ["报送/区编办.docx", "报送/扫描件.pdf"]
    press(received, "全部")
    assert len(rows(units(received))) == 5


def test_a_chosen_unit_shows_its_files_and_all_of_them_come_back(received: ReceivedView) -> None:
    units(received).choose("区编办")
    assert rows(files(received)) == ["报送/区编办.docx"]
    assert received._told_files.text() == "区编办：1件，其中1件收到、不能读取"
    received._only.setChecked(False)
    assert len(rows(files(received))) == 4


def test_a_chosen_unit_keeps_showing_its_files_when_new_ones_come(received: ReceivedView) -> None:
    units(received).choose("区编办")
    came = file("报送/区编办（补）.xlsx", "区编办")
    sent = unit("区编办", files=("报送/区编办（补）.xlsx", "报送/区编办.docx"))
    received.show_screen(screen(units=(*UNITS[:3], sent, UNITS[4]), files=(*FILES, came)))
    assert received.unit is not None and received.unit.unit == "区编办"
    assert rows(files(received)) == ["报送/区编办.docx", "报送/区编办（补）.xlsx"]


def test_a_file_is_opened_by_double_click_by_enter_and_by_the_button(received: ReceivedView, qtbot: QtBot) -> None:
    table = files(received)
    table.choose("报送/财政局.xlsx")
    place = table.visualRect(table.currentIndex()).center()
    with qtbot.waitSignal(received.file_wanted) as told:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["报送/财政局.xlsx", ""]
    with qtbot.waitSignal(received.file_wanted):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    with qtbot.waitSignal(received.file_wanted):
        press(received, "打开文件")


def test_a_unit_leads_to_its_items_in_the_ledger(received: ReceivedView, qtbot: QtBot) -> None:
    units(received).choose("区水利局")
    with qtbot.waitSignal(received.narrowed) as told:
        press(received, "看它的小项")
    assert told.args == [Narrowing(unit="区水利局")]


def test_only_silent_units_with_something_open_are_to_be_called(received: ReceivedView) -> None:
    assert [line.unit for line in owing(UNITS)] == ["区水利局", "区教育局"]
    press(received, "复制未报单位")
    assert QGuiApplication.clipboard().text() == (
        "区水利局（未报送（沿用上期），连续2期没有报，牵头未完成1项）\n区教育局（未报送）"
    )
    assert "已复制2个" in received._told.text()


def test_what_is_said_of_a_silent_unit_tells_its_open_and_overdue_items() -> None:
    silent = unit("区住建局", Heard.MISSING, silent_run=3, open=4, overdue=2)
    assert silence_told(silent) == "区住建局（未报送，连续3期没有报，牵头未完成4项，其中逾期2项）"


def test_with_nobody_to_call_the_button_says_why(received: ReceivedView) -> None:
    received.show_screen(screen(units=UNITS[:2]))
    copying = next(one for one in received.findChildren(QPushButton) if one.text().startswith("复制"))
    assert not copying.isEnabled() and "没有要催的单位" in copying.toolTip()


def test_what_cannot_be_done_says_what_to_choose_first(received: ReceivedView) -> None:
    opening = next(one for one in received.findChildren(QPushButton) if one.text().startswith("打开"))
    assert not opening.isEnabled() and opening.toolTip() == "先选一个文件"


def test_looking_for_a_unit_narrows_the_list_and_escape_ends_it(received: ReceivedView, qtbot: QtBot) -> None:
    received._words.setText("水利")
    assert rows(units(received)) == ["区水利局"]
    received.clear()
    assert len(rows(units(received))) == 5
