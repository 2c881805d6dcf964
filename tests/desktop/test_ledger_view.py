"""台账: what a row says, and that the narrowing and the current item stay."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.views.ledger import ACTS, LedgerView
from rectify_tool.desktop.views.narrowing import EVERYTHING, Narrowing
from rectify_tool.model import ACT_WORDS, Act, ItemLine, Standing
from rectify_tool.papers.counts import UNNAMED
from tests.desktop.screens import ITEMS, item, screen


@pytest.fixture
def ledger(qtbot: QtBot) -> LedgerView:
    view = LedgerView()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show_screen(screen())
    view.show()
    return view


def table(view: LedgerView) -> QTableView:
    found = view.findChild(QTableView)
    assert isinstance(found, QTableView)
    return found


def column(view: LedgerView, title: str) -> list[str]:
    model = table(view).model()
    titles = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    at = titles.index(title)
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def combo(view: LedgerView, name: str) -> QComboBox:
    return next(one for one in view.findChildren(QComboBox) if one.accessibleName() == name)


def words(view: LedgerView) -> QLineEdit:
    return next(one for one in view.findChildren(QLineEdit) if "查找" in one.accessibleName())


def pick(box: QComboBox, word: str) -> None:
    at = box.findData(word)
    assert at > 0, word
    box.setCurrentIndex(at)


def test_a_row_says_state_number_matter_lead_deadline_and_days(ledger: LedgerView) -> None:
    rows = list(
        zip(*(column(ledger, one) for one in ("状态", "编号", "牵头单位", "时限", "剩余", "自报")), strict=True)
    )
    assert rows[2] == ("逾期", "4-2", "区财政局", "4月底前", "逾期20天", "整改中")
    assert rows[4] == ("时限不明确（待确认）", "7-1", UNNAMED, "尽快", "", "未填")
    assert ledger._count.text() == "共5项"


def test_each_box_narrows_and_the_count_says_so(ledger: LedgerView) -> None:
    pick(combo(ledger, "状态"), "逾期")
    assert column(ledger, "编号") == ["4-2"]
    assert ledger._count.text() == "显示1项，共5项"
    ledger.clear()
    pick(combo(ledger, "单位"), "区水利局")
    assert column(ledger, "编号") == ["4-2", "4-10"]
    ledger._leading.setChecked(True)
    assert column(ledger, "编号") == ["4-10"]
    ledger.clear()
    pick(combo(ledger, "责任领导"), "区纪委书记")
    assert column(ledger, "编号") == ["1-1"]
    ledger.clear()
    pick(combo(ledger, "方面"), UNNAMED)
    assert column(ledger, "编号") == ["7-1"]
    ledger.clear()
    words(ledger).setText("清退")
    assert column(ledger, "编号") == ["4-2"]


def test_the_states_are_offered_with_their_figures(ledger: LedgerView) -> None:
    box = combo(ledger, "状态")
    offered = [box.itemText(at) for at in range(box.count())]
    assert offered[0] == "全部状态"
    assert {"逾期（1）", "长期坚持（0）", "待确认（1）", "牵头单位未报送（1）"} <= set(offered)


def test_leading_only_asks_for_a_unit_first(ledger: LedgerView) -> None:
    assert not ledger._leading.isEnabled()
    pick(combo(ledger, "单位"), "区水利局")
    assert ledger._leading.isEnabled()


def test_a_part_of_a_units_name_is_settled_to_the_unit_or_put_back(ledger: LedgerView, qtbot: QtBot) -> None:
    written = combo(ledger, "单位").lineEdit()
    assert written is not None
    written.setText("区审计局")
    written.editingFinished.emit()
    assert ledger.narrowing.unit == "区审计局"
    written.setText("没有这个单位")
    written.editingFinished.emit()
    assert (ledger.narrowing.unit, written.text()) == ("区审计局", "区审计局")
    written.setText("")
    written.editingFinished.emit()
    assert ledger.narrowing.unit == ""


@pytest.mark.parametrize(
    "narrowing",
    [
        EVERYTHING,
        Narrowing(standing=Standing.OVERDUE, unit="区财政局", leading=True),
        Narrowing(leader="区委副书记", aspect="作风建设", words="审计"),
        Narrowing(silent=True),
        Narrowing(unit="已经不在的单位"),
    ],
)
def test_narrowing_from_outside_is_what_the_boxes_then_say(ledger: LedgerView, narrowing: Narrowing) -> None:
    ledger.narrow_to(narrowing)
    assert ledger.narrowing == narrowing
    assert column(ledger, "编号") == [line.no for line in ITEMS if narrowing.wanted(line)]


def test_narrowing_and_current_item_stay_when_another_screen_comes(ledger: LedgerView) -> None:
    ledger.narrow_to(Narrowing(unit="区水利局"))
    assert ledger.choose("4-10")
    fewer = tuple(line for line in ITEMS if line.no != "1-1")
    ledger.show_screen(screen(items=(item("0-1", lead="区水利局"), *fewer)))
    assert ledger.narrowing == Narrowing(unit="区水利局")
    assert column(ledger, "编号") == ["0-1", "4-2", "4-10"]
    assert ledger.current is not None and ledger.current.no == "4-10"


def test_a_chosen_item_tells_its_number_and_an_unknown_one_is_refused(ledger: LedgerView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ledger.item_chosen) as told:
        assert ledger.choose("4-2")
    assert told.args == ["4-2"]
    assert not ledger.choose("99-9")


def test_an_item_hidden_by_the_narrowing_is_shown_when_chosen(ledger: LedgerView) -> None:
    ledger.narrow_to(Narrowing(standing=Standing.CLOSED))
    assert ledger.choose("4-2")
    assert ledger.narrowing == EVERYTHING


def test_sorted_by_number_the_items_stand_in_the_order_of_the_ledger(ledger: LedgerView) -> None:
    table(ledger).sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert column(ledger, "编号") != [line.no for line in ITEMS]
    table(ledger).sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert column(ledger, "编号") == ["1-1", "1-2", "4-2", "4-10", "7-1"]


def test_sorted_by_state_the_urgent_come_first(ledger: LedgerView) -> None:
    table(ledger).sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert column(ledger, "状态") == ["逾期", "临期", "时限不明确（待确认）", "按期推进", "已销号"]


def test_a_tip_shows_the_whole_text_with_nothing_in_it_taken_for_html(ledger: LedgerView) -> None:
    model = table(ledger).model()
    tip = model.index(2, 7).data(Qt.ItemDataRole.ToolTipRole)
    assert "已清退12张<br>&lt;b&gt;余下3张&lt;/b&gt;" in tip


def test_the_menu_offers_every_act_and_says_which_item(ledger: LedgerView, qtbot: QtBot) -> None:
    menu = ledger.menu(ITEMS[2])
    texts = [action.text() for action in menu.actions()]
    offered = [act for _, acts in ACTS for act in acts]
    assert [f"{ACT_WORDS[act]}…" for act in offered] == [text for text in texts if text.endswith("…")]
    assert sorted(offered, key=list(Act).index) == list(Act)
    with qtbot.waitSignal(ledger.acts_wanted) as told:
        menu.actions()[0].trigger()
    assert told.args == ["close", "4-2"]


def test_a_window_that_may_not_write_offers_no_act(ledger: LedgerView) -> None:
    ledger.set_writable(False)
    assert [action.text() for action in ledger.menu(ITEMS[2]).actions()] == ["只看区财政局牵头的"]


def test_ctrl_f_leads_to_the_words_and_escape_shows_everything_again(ledger: LedgerView, qtbot: QtBot) -> None:
    qtbot.waitExposed(ledger)
    ledger.activateWindow()
    table(ledger).setFocus()
    qtbot.keyClick(table(ledger), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is words(ledger)
    qtbot.keyClicks(words(ledger), "caisha")
    assert column(ledger, "编号") == []
    qtbot.keyClick(words(ledger), Qt.Key.Key_Escape)
    assert ledger.narrowing == EVERYTHING and len(column(ledger, "编号")) == 5


def test_every_box_has_a_name_for_a_screen_reader(ledger: LedgerView) -> None:
    assert {combo(ledger, name).accessibleName() for name in ("状态", "单位", "责任领导", "方面")}
    assert words(ledger).accessibleName() and table(ledger).accessibleName() == "台账"
    spoken = table(ledger).model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "逾期" in spoken and "红" in spoken


def test_an_empty_ledger_says_how_many_it_shows(qtbot: QtBot) -> None:
    view = LedgerView()
    qtbot.addWidget(view)
    empty: tuple[ItemLine, ...] = ()
    view.show_screen(screen(items=empty))
    assert view._count.text() == "共0项" and view.current is None


def buttons(view: LedgerView) -> dict[str, QPushButton]:
    return {one.text().partition("(")[0]: one for one in view.findChildren(QPushButton)}


def test_a_button_asks_for_its_act_on_the_item_a_person_stands_on(ledger: LedgerView, qtbot: QtBot) -> None:
    assert not buttons(ledger)["销号"].isEnabled()
    ledger.choose("4-2")
    with qtbot.waitSignal(ledger.acts_wanted) as wanted:
        qtbot.mouseClick(buttons(ledger)["销号"], Qt.MouseButton.LeftButton)
    assert wanted.args == [Act.CLOSE.value, "4-2"]
    menu = buttons(ledger)["催办"].menu()
    assert menu is not None
    with qtbot.waitSignal(ledger.acts_wanted) as wanted:
        menu.actions()[1].trigger()
    assert wanted.args == [Act.LETTER.value, "4-2"]


def test_the_buttons_rest_where_nothing_may_be_written(ledger: LedgerView) -> None:
    ledger.choose("4-2")
    ledger.set_writable(False)
    assert not any(buttons(ledger)[name].isEnabled() for name in ("销号", "退回", "延期", "催办", "重新打开"))


def test_tab_goes_from_the_filters_to_the_table_and_on_to_the_buttons(ledger: LedgerView, qtbot: QtBot) -> None:
    qtbot.waitExposed(ledger)
    ledger.activateWindow()
    ledger.setFocus()
    assert QApplication.focusWidget() is table(ledger)
    ledger.choose("4-2")
    combo(ledger, "状态").setFocus()
    seen = []
    for _ in range(8):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName() or type(focused).__name__)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert [seen.index(one) for one in ("状态", "单位", "责任领导", "方面", "台账")] == [0, 1, 2, 3, 6]


def test_the_wheel_over_a_filter_changes_nothing(ledger: LedgerView, qtbot: QtBot) -> None:
    box, middle = combo(ledger, "状态"), QPointF(5, 5)
    none = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase)
    turn = QWheelEvent(middle, box.mapToGlobal(middle), QPoint(), QPoint(0, -120), *none, False)
    QApplication.sendEvent(box, turn)
    assert ledger.narrowing == EVERYTHING


def test_another_folder_finds_nothing_narrowed_and_nothing_chosen(ledger: LedgerView) -> None:
    ledger.narrow_to(Narrowing(unit="区水利局"))
    ledger.choose("4-10")
    ledger.forget()
    ledger.show_screen(screen())
    assert ledger.narrowing == EVERYTHING and ledger.current is None
