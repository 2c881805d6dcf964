"""表 — sorting, narrowing, finding and copying lines, without a window; and the view that keeps a person's place."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.tables import Lines, LinesView, Shown, as_given, natural
from rectify_tool.desktop.wording import LONGEST_DAY
from rectify_tool.model import Light

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class Row(NamedTuple):
    no: str
    unit: str
    days: int | None


ROWS = (
    Row("4-2", "区财政局", -20),
    Row("10-1", "区审计局", 3),
    Row("4-10", "区财政局", None),
    Row("1-1", "", 3),
    Row("9-1", "区财政局", 10),
)
COLUMNS = (
    Shown[Row]("编号", lambda row: row.no, as_given, 8),
    Shown[Row]("单位", lambda row: row.unit, None, 12),
    Shown[Row](
        "天数",
        lambda row: "" if row.days is None else str(row.days),
        lambda row: row.days,
        light=lambda row: Light.RED if (row.days or 0) < 0 else None,
        tip=lambda row: f"还有{row.days}天",
        right=True,
    ),
)


@pytest.fixture
def lines(qapp: QApplication) -> Lines[Row]:
    lines = Lines(COLUMNS, lambda row: row.no)
    lines.show(ROWS)
    return lines


def numbers(lines: Lines[Any]) -> list[str]:
    return [row.no for row in lines.shown_lines()]


def shown(lines: Lines[Any], row: int, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> Any:
    return lines.index(row, column).data(role)


def test_lines_stand_as_they_were_given_until_they_are_sorted(lines: Lines[Row]) -> None:
    assert numbers(lines) == ["4-2", "10-1", "4-10", "1-1", "9-1"]
    lines.sort(2, UP)
    lines.sort(-1)
    assert numbers(lines) == ["4-2", "10-1", "4-10", "1-1", "9-1"]


def test_numbers_are_sorted_as_numbers_and_what_is_blank_stands_last_either_way(lines: Lines[Row]) -> None:
    lines.sort(2, UP)
    assert numbers(lines) == ["4-2", "10-1", "1-1", "9-1", "4-10"]
    lines.sort(2, DOWN)
    assert numbers(lines) == ["9-1", "10-1", "1-1", "4-2", "4-10"]
    lines.sort(1, UP)
    assert numbers(lines)[-1] == "1-1"


def test_among_equals_what_was_sorted_before_decides(lines: Lines[Row]) -> None:
    lines.sort(2, DOWN)
    lines.sort(1, DOWN)
    assert numbers(lines) == ["9-1", "4-2", "4-10", "10-1", "1-1"]


def test_the_order_given_can_be_sorted_by_both_ways(lines: Lines[Row]) -> None:
    lines.sort(0, DOWN)
    assert numbers(lines) == ["9-1", "1-1", "4-10", "10-1", "4-2"]


def test_other_lines_are_sorted_and_narrowed_as_those_before(lines: Lines[Row]) -> None:
    lines.narrow(lambda row: row.unit == "区财政局")
    lines.sort(2, UP)
    lines.show((*ROWS, Row("2-1", "区财政局", -30), Row("3-1", "区审计局", -40)))
    assert numbers(lines) == ["2-1", "4-2", "9-1", "4-10"]
    lines.narrow(None)
    assert numbers(lines) == ["3-1", "2-1", "4-2", "10-1", "1-1", "9-1", "4-10"]


def test_a_line_is_found_by_its_key_where_it_is_shown(lines: Lines[Row]) -> None:
    lines.sort(2, UP)
    assert [lines.row_of(no) for no in ("4-2", "9-1", "不存在")] == [0, 3, None]
    lines.narrow(lambda row: row.unit != "区财政局")
    assert [lines.row_of(no) for no in ("4-2", "1-1")] == [None, 1]
    assert lines.line_at(1) == ROWS[3]


def test_a_cell_has_its_text_its_tip_its_light_and_words_for_a_screen_reader(lines: Lines[Row]) -> None:
    role = Qt.ItemDataRole
    assert shown(lines, 0, 2) == "-20"
    assert shown(lines, 0, 2, role.ToolTipRole) == "<qt>还有-20天</qt>"
    assert shown(lines, 0, 1, role.ToolTipRole) == "<qt>区财政局</qt>"
    assert not shown(lines, 0, 2, role.DecorationRole).isNull()
    assert shown(lines, 1, 2, role.DecorationRole) is None
    assert shown(lines, 0, 2, role.AccessibleTextRole) == "天数：-20（红灯）"
    assert shown(lines, 1, 1, role.AccessibleTextRole) == "单位：区审计局"
    assert shown(lines, 0, 0, role.UserRole) == ROWS[0]
    assert shown(lines, 0, 2, role.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert lines.headerData(2, Qt.Orientation.Horizontal, role.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert lines.headerData(1, Qt.Orientation.Horizontal) == "单位"


def test_what_was_written_on_several_lines_stands_on_one_in_a_row(qapp: QApplication) -> None:
    lines = Lines((Shown[str]("话", str),), of=str)
    lines.show(["第一行\n第二行"])
    assert shown(lines, 0, 0) == "第一行 第二行"
    assert shown(lines, 0, 0, Qt.ItemDataRole.ToolTipRole) == "<qt>第一行<br>第二行</qt>"


def test_qt_finds_nothing_wrong_with_the_model(lines: Lines[Row]) -> None:
    tester = QAbstractItemModelTester(lines, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lines.sort(1, UP)
    lines.narrow(lambda row: bool(row.unit))
    lines.show(ROWS[:2])
    lines.show(())
    assert tester.model() is lines
    assert lines.rowCount(QModelIndex()) == 0


def test_numbers_inside_texts_are_ordered_as_numbers() -> None:
    assert sorted(["10-1", "4-2", "4-10", "第10批", "第2批"], key=natural) == ["4-2", "4-10", "10-1", "第2批", "第10批"]


rows = st.lists(
    st.builds(Row, st.text("0123456789-", max_size=4), st.sampled_from(["", "甲", "乙"]), st.none() | st.integers())
)


@given(rows, st.lists(st.tuples(st.sampled_from([0, 1, 2]), st.sampled_from([UP, DOWN])), max_size=4), st.booleans())
def test_no_line_is_lost_or_doubled_however_it_is_sorted(
    given_rows: list[Row], sorts: list[tuple[int, Qt.SortOrder]], narrowed: bool
) -> None:
    lines = Lines(COLUMNS, lambda row: row.no)
    lines.show(given_rows)
    lines.narrow((lambda row: bool(row.unit)) if narrowed else None)
    for column, order in sorts:
        lines.sort(column, order)
    wanted = [row for row in given_rows if row.unit] if narrowed else given_rows
    assert sorted(lines.shown_lines(), key=repr) == sorted(wanted, key=repr)
    if sorts and sorts[-1][0] == 2:
        days = [row.days for row in lines.shown_lines() if row.days is not None]
        assert days == sorted(days, reverse=sorts[-1][1] == DOWN)


# ---------------------------------------------------------------- 表格 ----


@pytest.fixture
def view(qtbot: QtBot, lines: Lines[Row]) -> LinesView:
    view = LinesView(lines)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    return view


def test_the_line_a_person_is_on_is_kept_whatever_becomes_of_the_table(view: LinesView, lines: Lines[Row]) -> None:
    told: list[str] = []
    view.chosen.connect(lambda row: told.append(row.no))
    assert view.choose("1-1")
    for change in (lambda: lines.sort(2, UP), lambda: lines.show(ROWS[2:]), lambda: lines.sort(0, DOWN)):
        change()
        assert view.current().no == "1-1"
    assert told == ["1-1"]


def test_a_line_narrowed_away_is_come_back_to(view: LinesView, lines: Lines[Row]) -> None:
    view.choose("1-1")
    lines.narrow(lambda row: row.unit != "")
    assert view.current() is None
    assert not view.choose("1-1")
    lines.narrow(None)
    assert view.current().no == "1-1"


def test_the_line_keeps_its_place_on_the_screen(qtbot: QtBot) -> None:
    lines = Lines(COLUMNS, lambda row: row.no)
    many = [Row(f"{n}-1", "甲", n) for n in range(500)]
    lines.show(many)
    view = LinesView(lines)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.choose("300-1")
    before = view.visualRect(view.currentIndex()).top()
    lines.show([Row("新-1", "乙", -1), *many])
    assert view.visualRect(view.currentIndex()).top() == before


def test_a_click_on_a_heading_sorts_then_turns_round_then_gives_the_first_order_back(
    qtbot: QtBot, view: LinesView, lines: Lines[Row]
) -> None:
    header = view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(2) + 10, header.height() // 2)
    orders = []
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        orders.append(numbers(lines))
    assert orders[0] == ["4-2", "10-1", "1-1", "9-1", "4-10"]
    assert orders[1] == ["9-1", "10-1", "1-1", "4-2", "4-10"]
    assert orders[2] == [row.no for row in ROWS]


def test_enter_and_a_double_click_open_the_line(qtbot: QtBot, view: LinesView) -> None:
    told: list[str] = []
    view.opened.connect(lambda row: told.append(row.no))
    view.choose("4-2")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    place = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told == ["4-2", "10-1"]


def test_chosen_rows_are_copied_with_tabs_as_they_stand(qtbot: QtBot, view: LinesView, lines: Lines[Row]) -> None:
    lines.sort(2, UP)
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().split("\n")
    assert copied == ["4-2\t区财政局\t-20", "10-1\t区审计局\t3", "1-1\t\t3", "9-1\t区财政局\t10", "4-10\t区财政局\t"]
    view.setColumnHidden(1, True)
    view.choose("9-1")
    assert view.copied() == "9-1\t10"


def test_rows_and_columns_grow_with_the_letters(view: LinesView) -> None:
    before = view.rowHeight(0), view.columnWidth(0)
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    assert view.rowHeight(0) > before[0] * 1.6
    assert view.columnWidth(0) > before[1] * 1.6


@pytest.mark.parametrize("points", [8, 9, 9.5, 10.5, 13, 18])
def test_a_column_is_wide_enough_for_its_usual_text_with_its_light_and_its_title(qtbot: QtBot, points: float) -> None:
    day = Shown[str]("日期", str, width=LONGEST_DAY, light=lambda _: Light.RED)
    lines = Lines((day, Shown[str]("连续未报", str, width="1"), Shown[str]("其余", str)), of=str)
    lines.show([LONGEST_DAY])
    view = LinesView(lines)
    qtbot.addWidget(view)
    font = view.font()
    font.setPointSizeF(points)
    view.setFont(font)
    assert view.sizeHintForColumn(0) <= view.columnWidth(0) < view.sizeHintForColumn(0) + 12
    header = view.horizontalHeader()
    assert [at for at in (0, 1) if header.sectionSizeHint(at) > view.columnWidth(at) + 2] == []


# ---------------------------------------------------------------- 别人的字 ----


def test_a_tip_is_text_whatever_a_unit_wrote(qapp: QApplication) -> None:
    lines = Lines((Shown[str]("话", str),), of=str)
    lines.show(["<img src='x'>&lt;"])
    assert shown(lines, 0, 0, Qt.ItemDataRole.ToolTipRole) == "<qt>&lt;img src=&#x27;x&#x27;&gt;&amp;lt;</qt>"


def test_a_character_that_turns_the_line_round_is_told_by_name_and_copied_as_typed(qtbot: QtBot) -> None:
    lines = Lines((Shown[str]("话", str),), of=str)
    lines.show(["已完成\u202e)7G"])
    view = LinesView(lines)
    qtbot.addWidget(view)
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "已完成〔U+202E〕)7G" in shown(lines, 0, 0, role)
    view.selectAll()
    assert view.copied() == "已完成\u202e)7G"


def test_the_header_is_not_asked_about_every_chosen_row(view: LinesView) -> None:
    view.selectAll()
    assert view.selectionModel().hasSelection()
    assert not view.horizontalHeader().selectionModel().hasSelection()


def test_what_is_forgotten_is_not_come_back_to(view: LinesView, lines: Lines[Row]) -> None:
    view.choose("1-1")
    view.forget()
    lines.show(ROWS)
    assert view.current() is None
