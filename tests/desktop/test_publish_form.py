"""The confirmation before a bulletin becomes the one of record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.clerk import Trouble
from rectify_tool.desktop.forms.publish import Confirmed, PublishForm
from rectify_tool.errors import Stop, Way
from rectify_tool.model import FindingLine, PaperSet, Screen, Severity, Source, Standing

DAY = date(2016, 5, 20)
LAST = PaperSet("2016-05-20 第8期", "/成果/2016-05-20 第8期", DAY, 8, None, "", True, ("专报.docx",), ())
EARLIER = PaperSet("2016-05-10 第7期", "/成果/2016-05-10 第7期", date(2016, 5, 10), 7, None, "已定稿", False, (), ())
COUNTS = {one.value: 0 for one in Standing} | {"items": 34, "overdue": 3, "on_track": 31, "not_reported": 2}
SCREEN = Screen(
    folder="/整改", as_of=DAY, number=8, next_number=8, since="", mark="", counts=COUNTS, items=(), units=(), files=(),
    findings=(), decisions=(), papers=(EARLIER, LAST), aspects=(), leads=(), leaders=(), bulletins=(), outputs={},
)  # fmt: skip


def error(at: int) -> FindingLine:
    return FindingLine("F12", Severity.ERROR, "文件", Source(f"报送/{at}.xlsx"), f"对账不平{at}", "")


@pytest.fixture
def form(qtbot: QtBot) -> Callable[..., PublishForm]:
    def make(
        screen: Screen = SCREEN, last: PaperSet = LAST, refused: Trouble | None = None, before: Confirmed | None = None
    ) -> PublishForm:
        made = PublishForm(screen, last, refused, before)
        qtbot.addWidget(made)
        made.show()
        kept.append(made)
        return made

    kept: list[QWidget] = []  # qtbot alone does not keep it
    return make


def reasons(form: PublishForm) -> dict[str, QPlainTextEdit]:
    return {one.accessibleName(): one for one in form.findChildren(QPlainTextEdit) if one.isVisible()}


def ok(form: PublishForm) -> QPushButton:
    return next(one for one in form.findChildren(QPushButton) if one.text().startswith("定稿"))


def test_it_says_exactly_what_will_be_recorded(form: Callable[..., PublishForm]) -> None:
    told = form().text
    for words in ("第8期（截至2016-05-20）", "成果 / 2016-05-20 第8期", "共34项", "按期推进31项、逾期3项", "不能撤销"):
        assert words in told
    assert not reasons(form()) and ok(form()).isEnabled()


def test_figures_of_another_day_are_not_taken_for_those_of_the_set(form: Callable[..., PublishForm]) -> None:
    told = form(replace(SCREEN, as_of=date(2016, 5, 21))).text
    assert "共34项" not in told and "与它不同" in told


def test_papers_worked_on_are_told(form: Callable[..., PublishForm]) -> None:
    assert "“专报.docx”写出以后有人改过" in form(last=LAST._replace(edited=("专报.docx",))).text


def test_a_number_published_already_needs_the_reason_of_the_correction(form: Callable[..., PublishForm]) -> None:
    again = form(replace(SCREEN, papers=(EARLIER, LAST._replace(published="已定稿"), LAST)))
    assert not ok(again).isEnabled() and "更正" in again.lacking
    reasons(again)["更正的原因"].setPlainText(" 第3页数字有误 ")
    assert ok(again).isEnabled() and again.confirmed() == Confirmed("第3页数字有误", "")


def test_the_same_number_of_another_year_is_no_correction(form: Callable[..., PublishForm]) -> None:
    other = EARLIER._replace(number=8, as_of=date(2015, 5, 20))
    assert ok(form(replace(SCREEN, papers=(other, LAST)))).isEnabled()


def test_errors_that_were_not_settled_are_listed_and_counted(form: Callable[..., PublishForm]) -> None:
    shown = form(replace(SCREEN, findings=tuple(map(error, range(7)))))
    told = "".join(one.text() for one in shown.findChildren(QLabel))
    assert "7条没有处理" in told and "报送/4.xlsx：对账不平4" in told and "报送/5.xlsx" not in told


def test_a_refusal_is_shown_and_the_reason_it_needs_can_be_given(form: Callable[..., PublishForm]) -> None:
    differs = Trouble(Stop.CANNOT_PUBLISH, "没有定稿：对账不平。", way=Way.ACCEPT)
    shown = form(refused=differs, before=Confirmed("", "已核对原件"))
    assert "没有定稿：对账不平。" in [one.text() for one in shown.findChildren(QLabel)]
    assert set(reasons(shown)) == {"有差异仍要定稿的原因"}
    assert shown.confirmed() == Confirmed("", "已核对原件")


def test_a_number_found_to_be_of_record_already_asks_for_the_correction(form: Callable[..., PublishForm]) -> None:
    shown = form(refused=Trouble(Stop.OUT_OF_ORDER, "第8期已经定稿。", way=Way.CORRECT))
    assert set(reasons(shown)) == {"更正的原因"} and shown.lacking


def test_enter_alone_publishes_nothing(form: Callable[..., PublishForm]) -> None:
    default = next(one for one in form().findChildren(QPushButton) if one.isDefault())
    assert default.text() == "先不定稿"


def test_a_set_older_than_what_has_come_since_is_said_to_be(form: Callable[..., PublishForm]) -> None:
    told = form(last=LAST._replace(overtaken="新放进来：“报送/区水利局.xlsx”")).text
    assert "新放进来：“报送/区水利局.xlsx”" in told and "重新生成专报" in told
    assert "记录的数字" not in told
