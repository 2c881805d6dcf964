"""Letters and themes are shown while they are chosen, and come back as they were on 取消."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.forms.preferences import LARGEST, SMALLEST, Preferences, PreferencesForm

WAS = Preferences(12, "dark")


@pytest.fixture
def form(qtbot: QtBot) -> PreferencesForm:
    made = PreferencesForm(WAS)
    qtbot.addWidget(made)
    return made


def test_the_form_opens_with_what_is_there(form: PreferencesForm) -> None:
    assert form.preferences() == WAS


def test_a_choice_is_told_at_once_and_once(qtbot: QtBot, form: PreferencesForm) -> None:
    heard: list[Preferences] = []
    form.changed.connect(heard.append)
    form.points.setValue(16)
    form.themes.button(1).click()
    assert heard == [Preferences(16, "dark"), Preferences(16, "light")]
    assert form.preferences() == Preferences(16, "light")


def test_nothing_is_told_before_a_person_chose(qtbot: QtBot) -> None:
    made = PreferencesForm(WAS)
    qtbot.addWidget(made)
    with qtbot.assertNotEmitted(made.changed):
        made.accept()
    assert made.result() == QDialog.DialogCode.Accepted


def test_cancel_brings_back_what_was_there(qtbot: QtBot, form: PreferencesForm) -> None:
    heard: list[Preferences] = []
    form.points.setValue(20)
    form.themes.button(0).click()
    form.changed.connect(heard.append)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert heard[-1] == WAS == form.preferences()


def test_letters_are_never_smaller_or_larger_than_can_be_read(form: PreferencesForm) -> None:
    form.points.setValue(3)
    assert form.preferences().points == SMALLEST == 9
    form.points.setValue(300)
    assert form.preferences().points == LARGEST == 24


def test_a_theme_nobody_knows_is_the_systems(qtbot: QtBot) -> None:
    made = PreferencesForm(Preferences(10, "紫色"))
    qtbot.addWidget(made)
    assert made.preferences() == Preferences(10, "system")


def test_the_default_is_ten_points_and_the_systems_theme(form: PreferencesForm) -> None:
    form.default.click()
    assert form.preferences() == Preferences(10, "system")
