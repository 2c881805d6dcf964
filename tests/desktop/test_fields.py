"""Days and numbers are typed whole, and never change in passing."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.fields import DayEdit, NumberEdit
from rectify_tool.desktop.head import Head

MAY = date(2016, 5, 20)


@pytest.fixture
def day(qtbot: QtBot) -> DayEdit:
    made = DayEdit(MAY, "基准日")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return made


def test_a_day_is_typed_from_the_year_on_however_often(day: DayEdit, qtbot: QtBot) -> None:
    for typed, meant in (
        ("2024731", date(2024, 7, 31)),
        ("20241210", date(2024, 12, 10)),
        ("2024810", date(2024, 8, 10)),
    ):
        qtbot.keyClicks(day, typed)
        qtbot.keyClick(day, Qt.Key.Key_Return)
        assert day.day() == meant


def test_home_goes_to_the_year(day: DayEdit, qtbot: QtBot) -> None:
    qtbot.keyClick(day, Qt.Key.Key_End)
    qtbot.keyClick(day, Qt.Key.Key_Home)
    qtbot.keyClicks(day, "2017")
    qtbot.keyClick(day, Qt.Key.Key_Return)
    assert day.day() == date(2017, 5, 20)


def turn(widget: QWidget) -> None:
    place, nothing = QPointF(5, 5), QPoint()
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(place, place, nothing, QPoint(0, 120), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, event)


def test_the_wheel_changes_neither_day_nor_number(day: DayEdit, qtbot: QtBot) -> None:
    number = NumberEdit()
    qtbot.addWidget(number)
    number.setValue(8)
    turn(day)
    turn(number)
    assert (day.day(), number.value()) == (MAY, 8)


def test_what_is_half_typed_counts_before_the_papers_are_made(qtbot: QtBot) -> None:
    head = Head(MAY)
    qtbot.addWidget(head)
    head.show()
    head.activateWindow()
    head.show_choice(MAY, True, 8, True)
    told: list[object] = []
    head.day_picked.connect(told.append)
    head.generate_wanted.connect(lambda: told.append("generate"))
    QApplication.processEvents()
    head._day.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(head._day, "2016531")
    head._generate.click()
    assert told == [date(2016, 5, 31), "generate"]
