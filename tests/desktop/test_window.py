"""The main window over the real desk: what is shown, what can be reached by keys, and that nothing is lost."""

from __future__ import annotations

import multiprocessing
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rectify_tool.desktop import looks, memory
from rectify_tool.desktop.bars import BarList
from rectify_tool.desktop.clerk import Trouble
from rectify_tool.desktop.forms.publish import Confirmed
from rectify_tool.desktop.memory import Memory
from rectify_tool.desktop.menus import ENTRIES, TABS
from rectify_tool.desktop.tables import LinesView
from rectify_tool.desktop.views.narrowing import Narrowing
from rectify_tool.desktop.window import Window
from rectify_tool.errors import Stop
from rectify_tool.model import Act, Standing
from rectify_tool.story.folder import take_seat
from tests.desktop.inprocess import AUDIT, Answers, Clock, DeskClerk, make_folder, settle
from tests.desktop.screens import FINDINGS
from tests.sheets import write_folder


@pytest.fixture(autouse=True)
def _nothing_of_this_person(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(memory, "user_folder", lambda: tmp_path / "记得的")
    if sys.platform != "win32":
        fork = multiprocessing.get_context("fork")
        monkeypatch.setattr(multiprocessing, "get_context", lambda _: fork)


class Seen(Window):
    """A window that is shown, at work with a desk in this process."""

    def __init__(self, folder: str | None = None, remembered: Memory | None = None, **answers: object) -> None:
        self.answers = Answers(**answers)
        self.desk = DeskClerk()
        super().__init__(self.desk, remembered or Memory(), folder, self.answers, Clock())  # type: ignore[arg-type]
        self.show()
        self.settle()

    def settle(self) -> Seen:
        settle(self.desk, self.visit)
        QApplication.processEvents()
        return self

    def can(self, name: str) -> bool:
        return self.actions_by_name[name].isEnabled()


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return make_folder(tmp_path / "整改")


@pytest.fixture
def window(folder: str, qtbot: QtBot) -> Iterator[Seen]:
    seen = Seen(folder)
    qtbot.addWidget(seen)
    yield seen
    seen.visit.leave()


def tab_titles(window: Window) -> list[str]:
    return [window.tabs.tabText(at) for at in range(window.tabs.count())]


# ---------------------------------------------------------------- 显示 ----


def test_without_a_folder_the_start_page_stands_and_only_beginning_is_possible(qtbot: QtBot) -> None:
    window = Seen()
    qtbot.addWidget(window)
    assert window.start.isVisible() and window.windowTitle() == "整改督查工具"
    able = {name for name, action in window.actions_by_name.items() if action.isEnabled()}
    begin = {"open_folder", "new_folder", "try_sample", "quit", "preferences", "help", "open_log", "about"}
    assert able == begin


def test_a_folder_shows_its_name_its_figures_and_what_is_to_be_seen(window: Seen) -> None:
    assert window.windowTitle() == "整改督查工具 — 整改"
    told = [one.text() for one in window.head.findChildren(QLabel)]
    assert "整改" in told and "这一期以前没有定过稿" in told
    assert "共3项：按期推进1项、逾期2项；其中第1期牵头单位还没有报的1项" in told
    assert window.tabs.isEnabled() and tab_titles(window)[1] == "台账"


def test_the_day_and_number_in_the_head_make_the_next_look(window: Seen, qtbot: QtBot) -> None:
    window.head.day_picked.emit(window.visit.as_of.replace(month=4, day=1))
    window.settle()
    assert window.visit.screen and window.visit.screen.counts["overdue"] == 0
    window.head._number.setValue(9)
    window.settle()
    assert window.visit.screen.number == 9
    qtbot.mouseClick(window.head._today, Qt.MouseButton.LeftButton)
    window.settle()
    assert window.visit.screen.counts["overdue"] == 2 and not window.head._today.isVisible()


def test_the_large_button_writes_the_bulletin_and_shows_it(window: Seen, qtbot: QtBot) -> None:
    assert not window.can("print_out") and not window.can("publish")
    qtbot.mouseClick(window.head._generate, Qt.MouseButton.LeftButton)
    assert not window.head._generate.isEnabled()
    window.settle()
    assert window.tabs.currentIndex() == TABS.index("成果")
    assert window.papers.current and window.papers.current.name == "2016-05-20 第1期"
    assert window.foot.said.startswith("已写出第1期") and window.head._generate.isEnabled()
    assert window.can("print_out") and window.can("publish")


def test_after_publishing_the_head_proposes_the_next_number(window: Seen) -> None:
    window.flows.generate()
    window.settle().answers.answers |= Answers(publish=Confirmed()).answers
    window.actions_by_name["publish"].trigger()
    window.settle()
    assert window.head._number.value() == 2
    assert "上一次定稿：第1期" in "".join(one.text() for one in window.head.findChildren(QLabel))


def test_the_item_and_the_filters_stay_when_something_new_comes(window: Seen, folder: str) -> None:
    window.show_narrowed(Narrowing(unit="区审计局"))
    window.ledger.choose("2-1")
    window.settle()
    assert window.visit.item == "2-1"
    write_folder(Path(folder), {"报送/区审计局.xlsx": AUDIT})
    for _ in range(2):
        window.visit.watch.beat()
        window.settle()
    current = window.ledger.current
    assert current and (current.no, current.standing) == ("2-1", Standing.FINISHED)
    assert window.ledger.narrowing.unit == "区审计局" and "新收到1件" in window.foot.said


def test_a_finding_or_an_act_leads_to_its_item_whatever_the_ledger_was_narrowed_to(window: Seen) -> None:
    window.show_narrowed(Narrowing(unit="区审计局"))
    window.findings.item_chosen.emit("1-1")
    window.settle()
    assert window.tabs.currentWidget() is window.beside
    assert window.ledger.current and window.ledger.current.no == "1-1" and window.visit.item == "1-1"


def test_an_item_chosen_opens_the_acts_on_it(window: Seen) -> None:
    assert not window.can("close") or window.visit.item
    window.show_item("1-1")
    window.settle()
    assert window.can("extend") and window.can("call")


def test_of_the_folder_before_nothing_is_seen_when_another_cannot_be_read(window: Seen, tmp_path: Path) -> None:
    window.show_narrowed(Narrowing(unit="区审计局"))
    (tmp_path / "空").mkdir()
    window.visit.open(str(tmp_path / "空"))
    window.settle()
    assert window.notice.text and not window.tabs.isVisible()
    assert window.ledger.narrowing == Narrowing()


def test_the_item_chosen_in_one_folder_is_not_chosen_in_the_next(window: Seen, tmp_path: Path) -> None:
    window.show_item("2-1")
    window.settle()
    assert window.visit.target == "2-1" and window.can("close")
    window.visit.open(make_folder(tmp_path / "另一个"))
    assert (window.visit.item, window.visit.target) == ("", "") and not window.can("close")
    window.settle()
    current = window.ledger.current  # the first line, where the keyboard went
    assert (current.no if current else "") == window.visit.item == window.visit.target != "2-1"


def test_a_day_and_a_number_typed_and_not_entered_count_as_they_are_shown(window: Seen, qtbot: QtBot) -> None:
    day, number = window.head._day, window.head._number
    day.selectAll()
    qtbot.keyClicks(day, "2016-5-9")
    window.visit.state_changed.emit()
    assert day.text() == "2016-5-9"
    number.selectAll()
    qtbot.keyClicks(number, "7")
    window.actions_by_name["generate"].trigger()
    job = next(given[0] for act, given in window.desk.asked if act == "generate")
    assert (job.as_of, job.number) == (date(2016, 5, 9), 7)
    window.settle()


def test_an_act_is_about_what_the_page_in_front_stands_on(window: Seen) -> None:
    window.show_item("1-2")
    window.settle()
    window.findings.show_screen(replace(window.visit.screen, findings=FINDINGS[:1]))
    window.show_tab(TABS.index("核对意见"))
    window.answers.answers |= Answers(decide=[None, None, None]).answers
    window.findings._table.choose(FINDINGS[0])
    assert window.visit.target == FINDINGS[0].no and not window.can("close")  # it is no item of this ledger
    window.actions_by_name["call"].trigger()
    window.show_tab(TABS.index("报送"))
    window.received._unit_table.choose("区审计局")
    assert not window.can("close") and window.can("call")
    window.actions_by_name["call"].trigger()
    window.show_tab(TABS.index("图表"))
    assert not window.can("close") and not window.can("extend")
    window.actions_by_name["call"].trigger()
    assert [given[2] for given in window.answers.told("decide")] == [FINDINGS[0].no, "区审计局", ""]


def test_where_the_ledger_stands_on_nothing_no_item_is_acted_on(window: Seen) -> None:
    window.show_item("1-1")
    window.ledger.narrow_to(Narrowing(unit="区审计局"))
    assert window.ledger.current is None and not window.can("close")
    window.ledger.clear()
    assert window.visit.target == "1-1" and window.can("close")


# ---------------------------------------------------------------- 只读、出错、进度 ----


def test_a_second_window_says_so_and_writes_nothing(folder: str, qtbot: QtBot) -> None:
    first = take_seat(folder, "甲机，8:30打开")
    window = Seen(folder)
    qtbot.addWidget(window)
    assert window.windowTitle().endswith("（只读）")
    assert "甲机，8:30打开" in window.only_looking.text and "只能看" in window.only_looking.text
    assert not window.head._generate.isEnabled()
    needs = {entry.name: entry.need for entry in ENTRIES if entry.name}
    assert not any(window.can(name) for name, need in needs.items() if "seat" in need or need in ("item", "set"))
    first.leave()
    window.visit.regain()
    window.settle()
    assert window.only_looking.text == "" and window.head._generate.isEnabled()
    window.visit.leave()


def test_a_folder_that_cannot_be_read_keeps_a_notice_not_a_box(window: Seen) -> None:
    window.desk.troubles["look"] = Trouble(Stop.BREAKDOWN_UNCLEAR, "有两份一样像的")
    window.visit.look()
    window.settle()
    assert window.notice.text == "有两份一样像的" and window.notice.words() == ("重试", "知道了")
    window.visit.look()
    window.settle()
    assert window.notice.text == ""


def test_work_that_takes_long_shows_how_far_it_is_and_can_be_stopped(window: Seen, qtbot: QtBot) -> None:
    foot = window.foot
    foot._clock = lambda: 0.0
    window.desk.busy.emit("正在读取")
    foot._soon.timeout.emit()
    window.desk.progressed.emit(300, 2000, "报送/区审计局.xlsx")
    foot._clock = lambda: 10.0
    window.desk.progressed.emit(500, 2000, "报送/区财政局.xlsx")
    assert foot._doing.text() == "正在读取　区财政局.xlsx　约还要2分钟" and foot._bar.isVisible()
    window.desk.progressed.emit(2000, 2000, "正在合并、判定")
    assert foot._doing.text() == "正在读取　正在合并、判定" and foot._bar.maximum() == 0
    with qtbot.waitSignal(foot.cancelled, timeout=10_000):
        qtbot.mouseClick(foot._cancel, Qt.MouseButton.LeftButton)
    assert foot._doing.text() == "正在停下……" and not foot._cancel.isEnabled()
    window.desk.busy.emit("")
    assert not foot._bar.isVisible()


def test_work_can_be_stopped_by_a_key_before_the_bar_is_shown(window: Seen, qtbot: QtBot) -> None:
    window.desk.busy.emit("正在读取")
    assert not window.foot._cancel.isVisible()
    with qtbot.waitSignal(window.foot.cancelled, timeout=10_000):
        qtbot.keyClick(window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    window.desk.busy.emit("")


def test_what_is_said_in_passing_goes_away_and_nothing_that_is_said_is_taken_for_html(window: Seen) -> None:
    window.visit.happened.emit("刚刚更新：新收到1件。")
    window.foot._passing.timeout.emit()
    assert window.foot.said == ""
    window.visit.happened.emit("刚刚更新：新收到1件。")
    window.desk.busy.emit("正在生成第1期")
    assert window.foot.said == ""
    window.desk.busy.emit("")
    window.visit.said.emit("“<b>表</b>&amp;.xlsx”是程序")
    assert window.foot.said == "“<b>表</b>&amp;.xlsx”是程序"
    assert window.foot._said.textFormat() is Qt.TextFormat.PlainText


def test_closing_asks_only_while_something_is_written(window: Seen) -> None:
    window.flows.generate()
    window.answers.answers |= Answers(stop_work=[False]).answers
    assert not window.close() and not window.desk.closed
    window.settle()
    assert window.close() and window.desk.closed


def test_the_window_comes_back_as_it_was_left(folder: str, qtbot: QtBot) -> None:
    first = Seen(folder)
    first.show_tab(2)
    first.resize(1100, 700)
    first.close()
    kept = memory.load()
    assert kept.folders == (folder,) and kept.view == "核对意见"
    again = Seen(None, kept)
    qtbot.addWidget(again)
    assert again.tabs.currentIndex() == 2
    again.start.folder_wanted.emit(folder)
    assert again.settle().visit.folder == folder
    again.visit.leave()


# ---------------------------------------------------------------- 拖放、键盘、大小 ----


def drag(window: Window, *paths: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    some = (
        Qt.DropAction.MoveAction | Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier(0),
    )
    enter = QDragEnterEvent(QPoint(9, 9), *some)
    window.dragEnterEvent(enter)
    assert enter.isAccepted() and enter.dropAction() is Qt.DropAction.CopyAction
    window.dropEvent(QDropEvent(QPoint(9, 9), *some))
    QApplication.processEvents()


def test_workbooks_dropped_anywhere_on_the_window_are_copied_and_read(window: Seen, tmp_path: Path) -> None:
    write_folder(tmp_path, {"来件/审计局.xlsx": AUDIT})
    drag(window, str(tmp_path / "来件" / "审计局.xlsx"))
    window.settle()
    assert (tmp_path / "来件" / "审计局.xlsx").exists()
    assert window.visit.screen and window.visit.screen.counts["finished"] == 1


@pytest.mark.parametrize("at", range(len(TABS)))
def test_a_page_reached_by_its_key_has_the_keyboard_in_what_it_is_about(window: Seen, at: int) -> None:
    window.activateWindow()
    window.head._day.setFocus()
    window.actions_by_name[f"tab_{at + 1}"].trigger()
    focused = window.focusWidget()
    assert isinstance(focused, LinesView | BarList) and window.tabs.currentWidget().isAncestorOf(focused)


def test_after_opening_a_folder_the_keyboard_is_in_the_page(window: Seen, tmp_path: Path) -> None:
    window.visit.go_home()
    window.visit.open(make_folder(tmp_path / "另一个"))
    assert window.focusWidget() is window
    window.settle()
    assert isinstance(window.focusWidget(), LinesView)


def test_ctrl_f_leads_to_the_search_of_the_page_and_ctrl_e_is_the_menus_also_in_the_day(
    window: Seen, qtbot: QtBot
) -> None:
    window.show_item("1-1")
    window.settle()
    window.head._day.setFocus()
    qtbot.keyClick(window.head._day, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    box = window.focusWidget()
    assert isinstance(box, QLineEdit) and box.accessibleName().startswith("查找")
    window.answers.answers |= Answers(decide=[None, None]).answers
    for field in (window.head._day, box):
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert [given[:1] for given in window.answers.told("decide")] == [(Act.EXTEND,)] * 2


def test_text_that_is_dragged_over_is_none_of_ours(window: Seen) -> None:
    data = QMimeData()
    data.setText("报送")
    enter = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    )
    enter.ignore()
    window.dragEnterEvent(enter)
    assert not enter.isAccepted() and "先存到电脑上" in window.foot.said


def test_no_name_of_the_menus_means_two_things() -> None:
    names = Counter(entry.name for entry in ENTRIES if entry.name)
    assert [name for name, times in names.items() if times > 1] == []


def test_no_key_means_two_things() -> None:
    keys = Counter(entry.key for entry in ENTRIES if entry.key)
    assert [key for key, times in keys.items() if times > 1] == []
    letters = Counter((entry.menu, letter) for entry in ENTRIES for letter in re.findall(r"&(\w)", entry.text))
    assert [one for one, times in letters.items() if times > 1] == []


@pytest.mark.parametrize("at", range(len(TABS)))
def test_no_letter_means_two_things_on_one_page(window: Seen, at: int) -> None:
    window.show_tab(at)
    QApplication.processEvents()
    shown = [one.text() for kind in (QAbstractButton, QLabel) for one in window.findChildren(kind) if one.isVisible()]
    menus = [one.title() for one in window.menuBar().findChildren(QMenu)]
    bars = [one for one in window.findChildren(QTabBar) if one.isVisible()]
    tabs = [one.tabText(at) for one in bars for at in range(one.count())]
    keys = [entry.key.replace("Alt+", "&") for entry in ENTRIES if entry.key.startswith("Alt+")]
    letters = Counter(letter for text in {*shown, *menus, *tabs, *keys} for letter in re.findall(r"&(\w)", text))
    assert [letter for letter, times in letters.items() if times > 1] == []


_NAMED = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)


@pytest.mark.parametrize("at", range(len(TABS)))
def test_everything_that_takes_the_keyboard_has_a_name_to_be_read_out(window: Seen, at: int) -> None:
    window.show_tab(at)
    nameless = [one for kind in _NAMED for one in window.findChildren(kind) if _reached(one) and not _name(one)]
    assert nameless == []


def _reached(widget: QWidget) -> bool:
    inner = widget.objectName().startswith("qt_") or isinstance(
        widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit
    )
    return widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and not inner


def _name(widget: QWidget) -> str:
    return str(widget.accessibleName() or getattr(widget, "text", str)())


@pytest.mark.parametrize("at", range(len(TABS)))
def test_every_page_fits_the_smallest_window(window: Seen, at: int) -> None:
    window.show_tab(at)
    window.resize(1000, 640)
    QApplication.processEvents()
    assert window.minimumSizeHint().width() <= 1000 and window.minimumSizeHint().height() <= 640
    assert (window.width(), window.height()) == (1000, 640)


def test_in_half_a_small_screen_the_button_is_whole_and_the_folder_is_named(window: Seen) -> None:
    head = window.head
    head.resize(683, 100)
    QApplication.processEvents()
    assert head.minimumSizeHint().width() <= 683
    assert head._generate.width() >= head._generate.minimumSizeHint().width()
    assert head._folder.width() >= head._folder.fontMetrics().horizontalAdvance("国") * 8


def test_the_size_of_the_letters_and_the_colours_that_were_left_come_back(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[object] = []
    monkeypatch.setattr(looks, "set_theme", lambda _, theme: told.append(theme))
    monkeypatch.setattr(looks, "set_font_size", lambda _, points: told.append(points))
    window = Seen(None, Memory(font_points=14.0, theme="dark"))
    qtbot.addWidget(window)
    assert told == ["dark", 14.0]
