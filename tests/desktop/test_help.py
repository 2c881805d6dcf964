"""The guide is read offline: found by its headings, searched in the page, and its links lead nowhere else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.forms.help import PAGES, HelpWindow, joined
from rectify_tool.places import findings_text, guide_text


@pytest.fixture
def window(qtbot: QtBot) -> HelpWindow:
    made = HelpWindow()
    qtbot.addWidget(made)
    made.open_at()
    return made


def headings(window: HelpWindow) -> list[str]:
    return [window.contents.item(row).text().strip() for row in range(window.contents.count())]


def top_line(window: HelpWindow) -> str:
    return window.browser.textCursor().block().text()


def test_the_contents_are_the_guides_headings_in_order(window: HelpWindow) -> None:
    written = [line.lstrip("#").strip() for line in guide_text().splitlines() if line.startswith(("# ", "## ", "### "))]
    assert headings(window) == written


def test_the_guide_opens_at_the_section_that_is_asked_for(window: HelpWindow) -> None:
    window.open_at("口径")
    assert "口径" in top_line(window)
    assert "口径" in window.contents.currentItem().text()


def test_a_code_is_looked_up_in_the_list_of_findings(window: HelpWindow) -> None:
    window.open_at("D02")
    assert window.pages.currentText() == "核对意见一览"
    assert top_line(window) == "D02"


def test_words_nobody_wrote_leave_the_page_as_it_is(window: HelpWindow) -> None:
    window.open_at("没有这一节")
    assert window.pages.currentText() == "使用说明"


def test_a_heading_chosen_by_keyboard_is_shown(qtbot: QtBot, window: HelpWindow) -> None:
    window.contents.setCurrentRow(1)
    qtbot.keyClick(window.contents, Qt.Key.Key_Down)
    assert top_line(window) == headings(window)[2]


def test_a_search_counts_every_place_and_goes_round(window: HelpWindow) -> None:
    window.words.setText("销号")
    shown = window.browser.toPlainText()
    assert window.found.text() == f"{shown.count('销号')}处"
    first = window.browser.textCursor().position()
    for _ in range(shown.count("销号")):
        assert window.find_next()
    assert window.browser.textCursor().position() == first
    assert window.find_next(backward=True)
    assert window.browser.textCursor().position() == shown.rindex("销号") + 2


def test_what_is_not_there_is_found_nowhere(window: HelpWindow) -> None:
    window.words.setText("子虚乌有")
    assert window.found.text() == "0处"
    assert not window.find_next()
    window.words.setText("")
    assert window.found.text() == "" and not window.find_next()


def test_links_lead_to_the_other_page_and_to_its_headings(window: HelpWindow) -> None:
    window.browser.anchorClicked.emit(QUrl("findings.md"))
    assert window.pages.currentText() == "核对意见一览"
    window.browser.anchorClicked.emit(QUrl("#d02"))
    assert top_line(window) == "D02"
    window.browser.anchorClicked.emit(QUrl("https://example.invalid/guide.md"))
    assert window.browser.source().isEmpty(), "nothing is fetched"


def test_lines_broken_between_chinese_letters_are_joined_without_a_blank() -> None:
    assert joined("照着做\n就行，不用\n懂程序。") == "照着做就行，不用懂程序。"
    assert joined("一段\n\n另一段") == "一段\n\n另一段"
    assert joined("- 一条\n  续行\n- 另一条") == "- 一条续行\n- 另一条"
    assert joined("| 甲 |\n| 乙 |") == "| 甲 |\n| 乙 |"
    assert joined("见：\n```text\n甲\n乙\n```\n完") == "见：\n```text\n甲\n乙\n```\n完"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_is_lost_by_joining(page: object) -> None:
    text = guide_text() if page is PAGES[0] else findings_text()
    assert joined(text).replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert joined(text).count("\n- ") == text.count("\n- ")
