"""A day is typed as offices write it, and is never changed without a person's meaning it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.day_edit import DayEdit, read_day

MAY = date(2016, 5, 20)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20161225", date(2016, 12, 25)),
        ("2016-12-25", date(2016, 12, 25)),
        ("2016.12.5", date(2016, 12, 5)),
        ("2016/1/5", date(2016, 1, 5)),
        ("2016年12月25日", date(2016, 12, 25)),
        ("２０１６年１２月２５日", date(2016, 12, 25)),
        ("12月25日", date(2024, 12, 25)),
        ("6-30", date(2024, 6, 30)),
        (" 2024 2 29 ", date(2024, 2, 29)),
        ("2023-2-29", None),
        ("2016-13-1", None),
        ("1999-12-31", None),
        ("明天", None),
        ("2016", None),
        ("2016122", None),
    ],
)
def test_a_day_is_read_as_offices_write_it(typed: str, day: date | None) -> None:
    assert read_day(typed, 2024) == day


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y%m%d", "%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日"])
)
def test_every_day_written_out_is_that_day(day: date, form: str) -> None:
    assert read_day(day.strftime(form), 2016) == day


@pytest.fixture
def field(qtbot: QtBot) -> DayEdit:
    made = DayEdit(MAY, "基准日")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    made.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return made


def test_what_is_typed_takes_the_place_of_what_was_there_however_often(field: DayEdit, qtbot: QtBot) -> None:
    told: list[date] = []
    field.picked.connect(told.append)
    for typed in ("20240731", "2024-12-10", "8.10"):
        field.selectAll()
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == [date(2024, 7, 31), date(2024, 12, 10), date(2024, 8, 10)]
    assert field.text() == "2024年8月10日"


def test_what_is_no_day_is_refused_and_the_day_stays(field: DayEdit, qtbot: QtBot) -> None:
    field.setText("20241301")
    assert not field.settle()
    assert (field.day(), field.text()) == (MAY, "2016年5月20日")
    field.setText("")
    assert not field.settle() and field.day() == MAY


def test_a_day_that_need_not_be_given_may_be_taken_away(qtbot: QtBot) -> None:
    field = DayEdit(None, "新的时限", may_be_blank=True)
    qtbot.addWidget(field)
    field.setText("2016-6-30")
    assert field.settle() and field.day() == date(2016, 6, 30)
    field.setText(" ")
    assert field.settle() and field.day() is None


def test_what_is_being_typed_is_left_alone_while_the_day_stays_the_same(field: DayEdit) -> None:
    field.setText("2016-5-3")
    field.set_day(MAY)
    assert field.text() == "2016-5-3"
    field.set_day(date(2016, 5, 21))
    assert field.text() == "2016年5月21日"


def test_pages_turn_days_and_the_calendar_gives_one(field: DayEdit, qtbot: QtBot) -> None:
    qtbot.keyClick(field, Qt.Key.Key_PageDown)
    assert field.day() == date(2016, 5, 21)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    calendar = field.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    assert calendar.isVisible() and calendar.selectedDate().day() == 21
    calendar.activated.emit(calendar.selectedDate().addDays(9))
    assert field.day() == date(2016, 5, 30) and not calendar.isVisible()
