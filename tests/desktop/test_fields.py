"""Days and numbers are typed whole, and never change in passing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.fields import NumberEdit
from rectify_tool.desktop.head import Head

MAY = date(2016, 5, 20)


def turn(widget: QWidget) -> None:
    place, nothing = QPointF(5, 5), QPoint()
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(place, place, nothing, QPoint(0, 120), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, event)


def test_the_wheel_does_not_change_a_number_in_passing(qtbot: QtBot) -> None:
    number = NumberEdit()
    qtbot.addWidget(number)
    number.setValue(8)
    turn(number)
    assert number.value() == 8


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
    head._day.setText("2016-5-31")
    head._generate.click()
    assert told == [date(2016, 5, 31), "generate"]
    head._day.setText("没有这一天")
    head._generate.click()
    assert told == [date(2016, 5, 31), "generate"]
