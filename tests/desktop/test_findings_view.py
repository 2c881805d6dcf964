"""核对意见: grouped, narrowed, explained, and never lost from sight."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QPushButton, QTextBrowser, QToolButton
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.tables import Lines
from rectify_tool.desktop.views.findings import FindingsView, GroupedView
from rectify_tool.desktop.views.grouping import WHOLE_RUN, Searched, explanations, grouped, rows_of
from rectify_tool.findings import Code
from rectify_tool.model import FindingLine, Severity, Source
from tests.desktop.screens import FINDINGS, finding, screen

PAGE = (Path(__file__).parent.parent.parent / "docs" / "findings.md").read_text(encoding="utf-8")


@pytest.fixture
def view(qtbot: QtBot) -> FindingsView:
    made = FindingsView()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show_screen(screen())
    made.show()
    return made


def table(view: FindingsView) -> GroupedView:
    found = view.findChild(GroupedView)
    assert isinstance(found, GroupedView)
    return found


def rows(view: FindingsView) -> list[str]:
    """As they stand there, before a heading the sign of what a screen reader says of it."""
    model = table(view).model()
    assert isinstance(model, Lines)
    signs = {"已收起": "▸ ", "已展开": "▾ "}
    told = [model.index(row, 0) for row in range(model.rowCount())]
    spoken = [str(one.data(Qt.ItemDataRole.AccessibleTextRole)).rpartition("，")[2] for one in told]
    return [
        ("" if model.line_at(at).line else signs[spoken[at]]) + str(one.data()).strip() for at, one in enumerate(told)
    ]


def go_to(view: FindingsView, words: str) -> None:
    table(view).selectRow(next(at for at, row in enumerate(rows(view)) if words in row))


def press(view: FindingsView, word: str) -> None:
    buttons = [*view.findChildren(QToolButton), *view.findChildren(QPushButton)]
    next(one for one in buttons if one.text().startswith(word)).click()


def explained(view: FindingsView) -> str:
    pane = view.findChild(QTextBrowser)
    assert isinstance(pane, QTextBrowser)
    return pane.toPlainText()


# ---------------------------------------------------------------- 分组 ----


def test_groups_stand_by_weight_and_in_the_order_of_the_findings() -> None:
    assert [(group.name, len(group.lines)) for group in grouped(FINDINGS, by_file=False)] == [
        ("错误 · 单位", 1),
        ("注意 · 时限", 1),
        ("注意 · 文件", 1),
        ("注意 · 较上期", 1),
        ("说明 · 时限", 1),
    ]


def test_by_file_the_gravest_file_comes_first_and_in_it_the_gravest_finding() -> None:
    groups = grouped(FINDINGS, by_file=True)
    assert [group.name for group in groups] == ["报送/扫描件.pdf", "责任分解表.xlsx", WHOLE_RUN]
    assert [line.code for line in groups[0].lines] == ["U01", "F04"]
    assert [line.code for line in groups[1].lines] == ["D03", "D08"]


_SOURCES = st.builds(Source, st.sampled_from(["", "a.xlsx", "报送/b.xls"]), st.none() | st.just("表"))
_LINES = st.lists(
    st.builds(
        finding,
        st.sampled_from(["D01", "F01", "U01"]),
        st.sampled_from(Severity),
        st.sampled_from(["时限", "文件"]),
        st.text(max_size=6),
        _SOURCES,
    ),
    max_size=20,
)


@given(lines=_LINES, by_file=st.booleans())
def test_grouping_loses_no_finding_and_adds_none(lines: list[FindingLine], by_file: bool) -> None:
    groups = grouped(lines, by_file)
    shown = [row.line for row in rows_of(groups, lambda _: False) if row.line is not None]
    assert Counter(shown) == Counter(lines)
    assert all(group.severity is group.lines[0].severity for group in groups)
    assert [row.line for row in rows_of(groups, lambda _: True)] == [None] * len(groups)


def test_words_are_looked_for_in_place_message_code_and_item() -> None:
    searched = Searched(FINDINGS)
    assert [line.code for line in searched.wanted(None, "扫描件 认不出")] == ["U01"]
    assert [line.code for line in searched.wanted(None, "ｄ０３")] == ["D03"]
    assert [line.code for line in searched.wanted(None, "4-2")] == ["D03", "D08"]
    assert [line.code for line in searched.wanted(Severity.NOTE, "4-2")] == ["D08"]


def test_every_code_of_the_catalogue_is_explained_with_its_example() -> None:
    found = explanations(PAGE)
    assert set(found) == {code.code for code in Code}
    assert found["F02"].about == "文件没有传完整。"
    assert "【报送/区财政局.xlsx】（截去后半）" in found["F02"].example
    assert found["F02"].told.endswith("请让单位重新报送（F02）")
    assert all(one.about and "```" not in one.about + one.example + one.told for one in found.values())


# ---------------------------------------------------------------- 页面 ----


def test_notes_are_folded_at_first_and_everything_else_is_open(view: FindingsView) -> None:
    assert rows(view) == [
        "▾ 错误 · 单位（1条）",
        "认不出是哪个单位报来的",
        "▾ 注意 · 时限（1条）",
        "时限“8月前”有疑问",
        "▾ 注意 · 文件（1条）",
        "收到，不能读取：这是PDF 文档",
        "▾ 注意 · 较上期（1条）",
        "最近定稿的是第7期，这次是第9期",
        "▸ 说明 · 时限（1条）",
    ]
    assert view._count.text() == "共5条"


def test_a_heading_is_unfolded_and_folded_by_keys_and_stays_so(view: FindingsView, qtbot: QtBot) -> None:
    go_to(view, "说明 · 时限")
    qtbot.keyClick(table(view), Qt.Key.Key_Right)
    assert rows(view)[-2:] == ["▾ 说明 · 时限（1条）", "“4月底”没写年份"]
    go_to(view, "错误 · 单位")
    qtbot.keyClick(table(view), Qt.Key.Key_Space)
    assert rows(view)[:2] == ["▸ 错误 · 单位（1条）", "▾ 注意 · 时限（1条）"]
    view.show_screen(screen())
    assert rows(view)[0] == "▸ 错误 · 单位（1条）" and rows(view)[-1] == "“4月底”没写年份"


def test_what_is_looked_for_is_never_hidden_in_a_fold(view: FindingsView) -> None:
    view._words.setText("没写年份")
    assert rows(view) == ["▾ 说明 · 时限（1条）", "“4月底”没写年份"]
    assert view._count.text() == "显示1条，共5条"
    view.clear()
    assert rows(view)[-1] == "▸ 说明 · 时限（1条）"


def test_the_weights_are_buttons_with_their_counts(view: FindingsView) -> None:
    texts = [one.text() for one in view.findChildren(QToolButton) if one.isCheckable()]
    assert texts == ["全部（5）", "错误（1）", "注意（3）", "说明（1）"]
    press(view, "说明")
    assert rows(view) == ["▾ 说明 · 时限（1条）", "“4月底”没写年份"]


def test_grouping_is_switched_to_files(view: FindingsView) -> None:
    grouping = next(one for one in view.findChildren(QComboBox) if one.accessibleName() == "分组")
    grouping.setCurrentIndex(1)
    assert [row for row in rows(view) if row.startswith("▾")] == [
        "▾ 报送/扫描件.pdf（2条）",
        "▾ 责任分解表.xlsx（2条）",
        f"▾ {WHOLE_RUN}（1条）",
    ]


def test_the_chosen_finding_is_shown_whole_and_explained(view: FindingsView) -> None:
    assert "选一条意见" in explained(view)
    go_to(view, "8月前")
    told = explained(view)
    assert "责任分解表.xlsx › 分解表!J12" in told and "时限“8月前”有疑问" in told
    assert explanations(PAGE)["D03"].about in told


def test_words_of_a_unit_are_never_taken_for_html(view: FindingsView) -> None:
    nasty = finding("D01", Severity.ERROR, "时限", "“<img src=x><b>粗</b>”读不懂", Source("报送/<i>甲</i>.xlsx"))
    view.show_screen(screen(findings=(nasty,)))
    go_to(view, "读不懂")
    assert "“<img src=x><b>粗</b>”读不懂" in explained(view) and "报送/<i>甲</i>.xlsx" in explained(view)


def test_a_finding_leads_to_its_file_and_place(view: FindingsView, qtbot: QtBot) -> None:
    go_to(view, "8月前")
    with qtbot.waitSignal(view.file_wanted) as told:
        qtbot.keyClick(table(view), Qt.Key.Key_Return)
    assert told.args == ["责任分解表.xlsx", "分解表!J12"]


def test_a_finding_about_an_item_leads_to_it(view: FindingsView, qtbot: QtBot) -> None:
    seeing = next(one for one in view.findChildren(QPushButton) if one.text().startswith("看这一项"))
    go_to(view, "认不出")
    assert not seeing.isEnabled()
    go_to(view, "8月前")
    with qtbot.waitSignal(view.item_chosen) as told:
        seeing.click()
    assert told.args == ["4-2"]


def test_a_finding_about_no_file_opens_none(view: FindingsView, qtbot: QtBot) -> None:
    go_to(view, "最近定稿")
    opening = next(one for one in view.findChildren(QPushButton) if one.text().startswith("打开文件"))
    assert not opening.isEnabled()
    with qtbot.assertNotEmitted(view.file_wanted):
        qtbot.keyClick(table(view), Qt.Key.Key_Return)


def test_the_current_finding_stays_when_another_screen_comes(view: FindingsView) -> None:
    go_to(view, "8月前")
    more = finding("U01", Severity.ERROR, "单位", "又认不出一个", Source("报送/乙.xlsx"))
    view.show_screen(screen(findings=(more, *FINDINGS)))
    assert view.current == FINDINGS[0]


def test_the_arrow_of_a_heading_is_drawn_and_turns_when_it_is_folded(view: FindingsView, qtbot: QtBot) -> None:
    def drawn(row: int) -> QImage:
        icon = table(view).model().index(row, 0).data(Qt.ItemDataRole.DecorationRole)
        image: QImage = icon.pixmap(table(view).iconSize()).toImage()
        return image.copy(0, 0, image.width() // 2, image.height())

    def inked(image: QImage) -> bool:
        return any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))

    opened, finding = drawn(0), drawn(1)
    table(view).selectRow(0)
    qtbot.keyClick(table(view), Qt.Key.Key_Left)
    folded = drawn(0)
    assert inked(opened) and inked(folded) and opened != folded
    assert not inked(finding)
