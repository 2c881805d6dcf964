"""办理: every act is listed, what was taken back says so, and only what can be taken back is offered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.tables import LinesView
from rectify_tool.desktop.views.decisions import DecisionsView
from tests.desktop.screens import DECISIONS, screen


@pytest.fixture
def view(qtbot: QtBot) -> DecisionsView:
    made = DecisionsView()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show_screen(screen())
    made.show()
    return made


def table(view: DecisionsView) -> LinesView:
    found = view.findChild(LinesView)
    assert isinstance(found, LinesView)
    return found


def row(view: DecisionsView, at: int) -> list[str]:
    model = table(view).model()
    return [str(model.index(at, column).data()) for column in range(model.columnCount())]


def pressing(view: DecisionsView, word: str) -> QPushButton:
    return next(one for one in view.findChildren(QPushButton) if one.text().startswith(word))


def struck(view: DecisionsView, at: int, column: int) -> bool:
    font = table(view).model().index(at, column).data(Qt.ItemDataRole.FontRole)
    return isinstance(font, QFont) and font.strikeOut()


def test_every_act_is_told_whole(view: DecisionsView) -> None:
    assert row(view, 2) == [
        "2016年5月13日", "批准延期", "1-1", "2016年6月30日", "区委督查室", "记错了", "已由第3条撤回", "台账.db › 第2条",
    ]  # fmt: skip
    assert row(view, 1)[1] == "撤回第2条"
    assert row(view, 4)[0] == "没有写明"
    assert view._count.text() == "共5条"


def test_what_was_taken_back_is_struck_out_and_its_state_stays_readable(view: DecisionsView) -> None:
    assert [struck(view, at, 1) for at in range(5)] == [False, False, True, False, False]
    assert not struck(view, 2, 6) and row(view, 2)[6] == "已由第3条撤回"


@pytest.mark.parametrize(
    ("at", "why_not"), [(0, ""), (1, ""), (2, "这一条已经撤回"), (3, ""), (4, "这一条写在表里，请到表里改")]
)
def test_only_what_can_be_taken_back_is_offered(view: DecisionsView, at: int, why_not: str) -> None:
    table(view).selectRow(at)
    undoing = pressing(view, "撤回")
    assert undoing.isEnabled() is not bool(why_not)
    assert not why_not or undoing.toolTip() == why_not


def test_taking_back_tells_the_number_of_the_record(view: DecisionsView, qtbot: QtBot) -> None:
    table(view).selectRow(3)
    with qtbot.waitSignal(view.undo_wanted) as told:
        pressing(view, "撤回").click()
    assert told.args == [1]


def test_a_window_that_may_not_write_takes_nothing_back(view: DecisionsView) -> None:
    table(view).selectRow(3)
    view.set_writable(False)
    assert not pressing(view, "撤回").isEnabled() and "只能看" in pressing(view, "撤回").toolTip()


def test_an_act_on_an_item_leads_to_it_and_one_on_a_unit_to_none(view: DecisionsView, qtbot: QtBot) -> None:
    table(view).selectRow(0)
    assert not pressing(view, "看这一项").isEnabled()
    table(view).selectRow(3)
    with qtbot.waitSignal(view.item_chosen) as told:
        qtbot.keyClick(table(view), Qt.Key.Key_Return)
    assert told.args == ["4-2"]


def test_an_act_in_a_workbook_leads_to_its_cell(view: DecisionsView, qtbot: QtBot) -> None:
    table(view).selectRow(3)
    assert not pressing(view, "打开出处").isEnabled()
    table(view).selectRow(4)
    with qtbot.waitSignal(view.file_wanted) as told:
        pressing(view, "打开出处").click()
    assert told.args == ["责任分解表.xlsx", "分解表!L8"]


def test_words_are_looked_for_in_every_column(view: DecisionsView) -> None:
    view._words.setText("督查室 催问")
    assert row(view, 0)[2] == "4-2" and view._count.text() == "显示1条，共5条"
    view._words.setText("２０１６年５月１５日")
    assert row(view, 0)[2] == "区水利局"


def test_the_current_act_stays_when_another_is_recorded(view: DecisionsView) -> None:
    table(view).selectRow(3)
    newer = DECISIONS[0]._replace(serial=5)
    view.show_screen(screen(decisions=(newer, *DECISIONS)))
    assert view.current == DECISIONS[3]


def test_where_nothing_was_done_the_view_says_how_to_begin(view: DecisionsView) -> None:
    view.show_screen(screen(decisions=()))
    assert "还没有办理过" in view._count.text()
