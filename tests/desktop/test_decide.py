"""The small form an act of the office is written in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.day_edit import DayEdit
from rectify_tool.desktop.forms.decide import Decided, DecideForm
from rectify_tool.model import STEPS, WITH_DAY, WITH_REASON, Act, Heard, ItemLine, Standing

TODAY = date(2016, 5, 20)
UNITS = ("区财政局", "区审计局", "区教育局")
ITEM = ItemLine(
    no="4-2", aspect="", problem="", matter="清理往来款项", measure="", lead="区审计局", units=("区审计局", "区财政局"),
    leaders=(), deadline="4月底前", read_as="2016年4月30日", due=date(2016, 4, 30), days_left=-20, days="逾期20天",
    standing=Standing.OVERDUE, to_confirm=False, claim="整改中", heard=Heard.REPORTED, progress="",
    decided="", changed="", words="",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rectify_tool.desktop.forms.decide.gives_up", lambda _: True)


@pytest.fixture
def form(qtbot: QtBot) -> Callable[..., DecideForm]:
    def make(act: Act, item: ItemLine | None = ITEM, message: str = "", before: Decided | None = None) -> DecideForm:
        made = DecideForm(act, item, UNITS, TODAY, TODAY, message, before)
        qtbot.addWidget(made)
        made.show()
        kept.append(made)
        return made

    kept: list[QWidget] = []  # qtbot alone does not keep it
    return make


def field(form: QWidget, name: str) -> QWidget:
    return next(one for one in form.findChildren(QWidget) if one.accessibleName() == name)


def ok(form: DecideForm) -> QPushButton:
    return next(one for one in form.findChildren(QPushButton) if one.text().startswith("记入台账"))


@pytest.mark.parametrize("act", list(Act))
def test_only_an_extension_has_a_new_day_and_only_steps_are_about_units(
    form: Callable[..., DecideForm], act: Act
) -> None:
    shown = form(act)
    assert any(one.accessibleName() == "新的时限" for one in shown.findChildren(DayEdit)) == (act in WITH_DAY)
    targets = shown.findChild(QComboBox)
    assert targets.itemData(0) == "4-2" and targets.count() == (4 if act in STEPS else 1)


@pytest.mark.parametrize("act", STEPS)
def test_without_an_item_no_unit_is_proposed_a_person_names_it(form: Callable[..., DecideForm], act: Act) -> None:
    shown = form(act, None)
    assert shown.decided().target == "" and "请选一个单位" in shown.lacking and not ok(shown).isEnabled()
    shown.findChild(QComboBox).setCurrentText("区审计局")
    assert shown.decided().target == "区审计局" and shown.lacking == ""


@pytest.mark.parametrize("act", WITH_REASON)
def test_what_undoes_needs_a_reason(form: Callable[..., DecideForm], act: Act) -> None:
    shown = form(act)
    assert shown.lacking and not ok(shown).isEnabled()
    field(shown, "事由").setPlainText("没有改到位")  # type: ignore[attr-defined]
    assert not shown.lacking and ok(shown).isEnabled()
    assert shown.decided() == Decided("4-2", TODAY, None, "", "没有改到位")


def test_the_units_of_the_item_come_first(form: Callable[..., DecideForm]) -> None:
    targets = form(Act.CALL).findChild(QComboBox)
    assert [targets.itemData(at) for at in range(4)] == ["4-2", "区审计局", "区财政局", "区教育局"]


def test_without_an_item_only_a_step_about_a_unit_can_be_recorded(form: Callable[..., DecideForm]) -> None:
    assert "请先在台账里选一个小项" in form(Act.CLOSE, None).lacking
    assert "请选一个单位" in form(Act.LETTER, None).lacking


def test_what_was_written_comes_back_with_what_the_desk_had_against_it(form: Callable[..., DecideForm]) -> None:
    before = Decided("区财政局", date(2016, 5, 18), None, "区委督查室", "办公室接的电话")
    shown = form(Act.CALL, ITEM, "没有记：办理日期还没有到。", before)
    assert shown.decided() == before
    assert "没有记：办理日期还没有到。" in [one.text() for one in shown.findChildren(QLabel)]


def test_the_form_says_where_the_item_stands(form: Callable[..., DecideForm]) -> None:
    told = [one.text() for one in form(Act.CLOSE).findChildren(QLabel)]
    assert "现在：逾期；时限：4月底前（2016年4月30日）" in told


def test_an_act_after_the_as_of_day_is_said_not_to_count_yet(form: Callable[..., DecideForm]) -> None:
    shown = form(Act.CLOSE)
    note = field(shown, "办理日期的提醒")
    assert isinstance(note, QLabel) and note.text() == ""
    day = field(shown, "办理日期")
    assert isinstance(day, DayEdit)
    fields = [field(shown, name) for name in ("对象", "办理日期", "谁办的", "事由")]
    before = [one.geometry() for one in fields]
    day.setText("2016-5-21")
    assert "基准日2016年5月20日之后" in note.text() and ok(shown).isEnabled()
    shown.layout().activate()
    assert [one.geometry() for one in fields] == before  # a click meant for one of them hits no other
    day.setText("2016-5-")
    shown.layout().activate()
    assert shown.lacking and [one.geometry() for one in fields] == before


@pytest.mark.parametrize("act", WITH_DAY)
def test_nobody_but_a_person_says_to_which_day(form: Callable[..., DecideForm], act: Act) -> None:
    shown = form(act)
    later = field(shown, "新的时限")
    assert isinstance(later, DayEdit) and later.day() is None
    assert not ok(shown).isEnabled() and "要写延到哪一天" in shown.lacking
    later.setText("2016-6-31")
    assert not ok(shown).isEnabled()
    later.setText("20160630")
    assert ok(shown).isEnabled()
    ok(shown).click()
    assert shown.decided().new_due == date(2016, 6, 30)


def test_what_was_written_is_not_thrown_away_by_an_esc(
    form: Callable[..., DecideForm], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QWidget] = []
    monkeypatch.setattr("rectify_tool.desktop.forms.decide.gives_up", lambda one: bool(asked.append(one)))
    untouched, written = form(Act.CLOSE), form(Act.CLOSE)
    came_back = form(Act.CLOSE, ITEM, "没有记", Decided("4-2", TODAY, None, "", "核查属实"))
    qtbot.keyClicks(field(written, "事由"), "x")
    for one in (untouched, written, came_back):
        qtbot.keyClick(one, Qt.Key.Key_Escape)
    assert asked == [written, came_back]
    assert [one.isVisible() for one in (untouched, written, came_back)] == [False, True, True]


def test_every_field_and_button_has_a_name(form: Callable[..., DecideForm]) -> None:
    shown = form(Act.EXTEND)
    for name in ("对象", "办理日期", "新的时限", "谁办的", "事由"):
        assert field(shown, name).isVisible()
    assert shown.findChild(QDialogButtonBox)
