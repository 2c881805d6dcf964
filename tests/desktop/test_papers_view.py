"""成果: the newest set first, and every button says why it cannot be pressed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.tables import LinesView
from rectify_tool.desktop.views.papers import PapersView
from tests.desktop.screens import PAPERS, paper_set, screen

LAST = "2016-05-20 第8期"
PUBLISHED = "2016-05-10 第7期"


@pytest.fixture
def view(qtbot: QtBot) -> PapersView:
    made = PapersView()
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show_screen(screen())
    made.show()
    return made


def table(view: PapersView, name: str) -> LinesView:
    return next(one for one in view.findChildren(LinesView) if one.accessibleName() == name)


def rows(table: LinesView) -> list[list[str]]:
    model = table.model()
    return [[str(model.index(at, to).data()) for to in range(model.columnCount())] for at in range(model.rowCount())]


def pressing(view: PapersView, word: str) -> QPushButton:
    return next(one for one in view.findChildren(QPushButton) if one.text().startswith(word))


def test_the_newest_set_comes_first_and_is_chosen(view: PapersView) -> None:
    sets = rows(table(view, "写出的各套材料"))
    assert sets == [
        ["第8期", "2016年5月20日", "2016年5月20日 16:30", "最近一次，未定稿", "", LAST],
        ["第7期", "2016年5月10日", "2016年5月10日 16:30", "第7期定稿，2016-05-11", "1件", PUBLISHED],
    ]
    assert view.current == PAPERS[1]


def test_the_papers_of_a_set_say_which_somebody_worked_on(view: PapersView) -> None:
    assert view.choose(PUBLISHED)
    papers = rows(table(view, "这一套里的材料"))
    assert papers == [["督查专报第7期.docx", "写出以后有人改过"], ["整改汇总表.xlsx", ""]]
    assert view._told.text() == "第7期定稿，2016-05-11。写出以后有人改过：督查专报第7期.docx。"


def test_the_bulletin_is_opened_where_no_paper_is_chosen_else_the_chosen_one(view: PapersView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.open_wanted) as told:
        pressing(view, "打开(").click()
    assert told.args == [PAPERS[1].papers[0]]
    table(view, "这一套里的材料").selectRow(1)
    with qtbot.waitSignal(view.open_wanted) as told:
        qtbot.keyClick(table(view, "这一套里的材料"), Qt.Key.Key_Return)
    assert told.args == [PAPERS[1].papers[1]]


def test_the_last_set_is_printed_made_a_pdf_and_published(view: PapersView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.print_wanted) as told:
        pressing(view, "打印").click()
    assert told.args == [LAST]
    with qtbot.waitSignal(view.pdf_wanted):
        pressing(view, "做 PDF").click()
    with qtbot.waitSignal(view.publish_wanted) as told:
        pressing(view, "定稿").click()
    assert told.args == [PAPERS[1]]
    with qtbot.waitSignal(view.show_wanted) as told:
        pressing(view, "打开所在文件夹").click()
    assert told.args == [PAPERS[1].folder]


@pytest.mark.parametrize("word", ["打印", "做 PDF", "定稿"])
def test_only_the_last_set_can_be_worked_with_and_the_others_say_why(view: PapersView, word: str) -> None:
    view.choose(PUBLISHED)
    assert not pressing(view, word).isEnabled()
    assert "只有最近写出的一套能" in pressing(view, word).toolTip()


def test_a_published_set_is_written_again_and_no_other(view: PapersView, qtbot: QtBot) -> None:
    assert not pressing(view, "原样再写").isEnabled()
    view.choose(PUBLISHED)
    with qtbot.waitSignal(view.reprint_wanted) as told:
        pressing(view, "原样再写").click()
    assert told.args == [7, 2016, 1]


def test_a_set_that_is_of_record_is_not_published_again(view: PapersView) -> None:
    view.show_screen(screen(papers=(paper_set(8, date(2016, 5, 20), "第8期定稿，2016-05-21", last=True),)))
    assert not pressing(view, "定稿").isEnabled() and pressing(view, "定稿").toolTip() == "这一套已经定稿"


def test_a_window_that_may_not_write_opens_papers_and_nothing_more(view: PapersView) -> None:
    view.set_why_not("这个窗口只能看，不能写")
    assert pressing(view, "打开(").isEnabled() and pressing(view, "打开所在").isEnabled()
    for word in ("打印", "做 PDF", "定稿", "原样再写"):
        assert not pressing(view, word).isEnabled() and "只能看" in pressing(view, word).toolTip()


def test_the_chosen_set_stays_when_a_new_one_is_written(view: PapersView) -> None:
    view.choose(PUBLISHED)
    view.show_screen(screen(papers=(*PAPERS, paper_set(9, date(2016, 5, 30)))))
    assert view.current is not None and view.current.name == PUBLISHED


def test_without_any_set_the_view_says_how_to_write_one(view: PapersView) -> None:
    view.show_screen(screen(papers=()))
    assert "还没有写出材料" in view._told.text()
    assert not any(pressing(view, word).isEnabled() for word in ("打开(", "打印", "定稿", "原样再写"))
