"""小项档案: every word as it was typed, every source a way to its cell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QPixmap, QTextDocument
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.views.dossier import DossierView, Style, dossier_html, place_in
from rectify_tool.model import Dossier, DossierLine, DossierPart, Source, Standing

ISSUED = Source("责任分解表.xlsx", "分解表", "J12")
SAID = Source("报送/区财政局.xlsx", "台账", "G7")
DOSSIER = Dossier(
    "4-2",
    "4-2 清退购物卡",
    Standing.OVERDUE,
    (
        DossierPart(
            "交办内容",
            (
                DossierLine("整改时限", "4月底前", ISSUED),
                DossierLine("牵头单位", "区财政局", ISSUED._replace(cell="H12")),
            ),
        ),
        DossierPart("各单位的话", (DossierLine("区财政局（牵头）", "已清退12张，\n  余下<b>3张</b>  正在追", SAID),)),
        DossierPart("办理", (DossierLine("电话催办", "催问进展", Source("台账.db", None, "第1条"), serial=1),)),
        DossierPart("往期", (DossierLine("第7期", "临期", SAID, then=True),)),
    ),
)


@pytest.fixture
def view(qtbot: QtBot) -> DossierView:
    made = DossierView()
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    return made


def pane(view: DossierView) -> QTextBrowser:
    found = view.findChild(QTextBrowser)
    assert isinstance(found, QTextBrowser)
    return found


def links(view: DossierView) -> list[str]:
    return re.findall(r'href="([^"]+)"', pane(view).toHtml())


def plain(view: DossierView) -> str:
    return pane(view).toPlainText().replace("\xa0", " ")


def test_an_empty_pane_says_what_will_stand_here(view: DossierView) -> None:
    assert "选一个小项" in plain(view)
    view.show_dossier(DOSSIER)
    view.show_dossier(None)
    assert "选一个小项" in plain(view)


def test_title_state_parts_and_lines_are_told_in_order(view: DossierView) -> None:
    view.show_dossier(DOSSIER)
    told = plain(view)
    order = ["4-2 清退购物卡", "逾期", "交办内容", "4月底前", "各单位的话", "区财政局（牵头）", "办理", "往期", "第7期"]
    assert [told.index(one) for one in order] == sorted(told.index(one) for one in order)


def test_what_a_unit_typed_stands_as_typed(view: DossierView) -> None:
    view.show_dossier(DOSSIER)
    assert "已清退12张，\n  余下<b>3张</b>  正在追" in plain(view)


_TYPED = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n <>&\"'"), min_size=1, max_size=40
)


@given(text=_TYPED)
def test_any_text_is_shown_and_none_is_taken_for_html(text: str) -> None:
    dossier = Dossier("1", "1", Standing.CLOSED, (DossierPart("话", (DossierLine("甲", f"〔{text}〕", SAID),)),))
    html = dossier_html(dossier, True, Style("#777777", 3))
    assert re.findall(r"<(\w+)", html.replace("&lt;", "")) == re.findall(r"<(\w+)", html)
    assert set(re.findall(r"<(\w+)", html)) <= {"h3", "h4", "p", "b", "img", "a", "br", "span"}
    assert re.findall(r'href="([^"]+)"', html) == ["open-0-0"]


def test_a_source_in_the_sheet_just_named_is_told_by_its_cell(view: DossierView) -> None:
    view.show_dossier(DOSSIER)
    told = plain(view)
    assert "责任分解表.xlsx › 分解表!J12" in told and "同表 H12" in told


@pytest.mark.parametrize(
    ("link", "file", "place"),
    [
        ("open-0-0", "责任分解表.xlsx", "分解表!J12"),
        ("open-0-1", "责任分解表.xlsx", "分解表!H12"),
        ("open-1-0", "报送/区财政局.xlsx", "台账!G7"),
    ],
)
def test_a_source_leads_to_its_file_and_cell(view: DossierView, qtbot: QtBot, link: str, file: str, place: str) -> None:
    view.show_dossier(DOSSIER)
    assert link in links(view)
    with qtbot.waitSignal(view.file_wanted) as told:
        pane(view).anchorClicked.emit(QUrl(link))
    assert told.args == [file, place]


def test_a_source_is_reached_by_tab_and_opened_by_enter(view: DossierView, qtbot: QtBot) -> None:
    view.show_dossier(DOSSIER)
    qtbot.waitExposed(view)
    view.activateWindow()
    pane(view).setFocus()
    qtbot.keyClick(pane(view), Qt.Key.Key_Tab)
    with qtbot.waitSignal(view.file_wanted) as told:
        qtbot.keyClick(pane(view), Qt.Key.Key_Return)
    assert told.args == ["责任分解表.xlsx", "分解表!J12"]


def test_a_source_of_that_time_is_marked(view: DossierView) -> None:
    view.show_dossier(DOSSIER)
    assert plain(view).count("（当时的内容）") == 1


def test_a_record_can_be_taken_back_only_where_the_window_may_write(view: DossierView, qtbot: QtBot) -> None:
    view.show_dossier(DOSSIER)
    with qtbot.waitSignal(view.undo_wanted) as told:
        pane(view).anchorClicked.emit(QUrl("undo-2-0"))
    assert told.args == [1]
    view.set_writable(False)
    assert "undo-2-0" not in links(view)


def test_the_same_item_shown_again_stays_where_it_was_read(view: DossierView, qtbot: QtBot) -> None:
    view.resize(300, 120)
    qtbot.waitExposed(view)
    view.show_dossier(DOSSIER)
    bar = pane(view).verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    view.show_dossier(DOSSIER)
    assert bar.value() == bar.maximum()
    view.show_dossier(Dossier("5-1", "5-1", DOSSIER.standing, DOSSIER.parts))
    assert bar.value() == 0


def test_nothing_is_loaded_from_outside(view: DossierView) -> None:
    view.show_dossier(DOSSIER)
    assert not pane(view).openExternalLinks() and not pane(view).openLinks()
    lamp = pane(view).document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl("lamp"))
    assert isinstance(lamp, QPixmap) and not lamp.isNull()


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (SAID, "台账!G7"),
        (Source("a.xlsx", "台账"), "台账"),
        (Source("台账.db", None, "第3条"), "第3条"),
        (Source("a"), ""),
    ],
)
def test_the_place_in_a_file_is_its_sheet_and_cell(source: Source, place: str) -> None:
    assert place_in(source) == place


def test_the_state_and_its_reason_come_first_and_a_long_measure_leaves_them_in_sight(view: DossierView) -> None:
    long = Dossier("4-2", "4-2 " + "清退购物卡" * 1000, Standing.OVERDUE, DOSSIER.parts, "时限4月30日已过")
    view.show_dossier(long)
    told = plain(view)
    assert told.index("逾期（红灯）：时限4月30日已过") < 100 and "…" in told[:100]


def test_what_is_copied_is_what_was_typed(view: DossierView) -> None:
    part = DossierPart("话", (DossierLine("甲", "完成\u202e余下", SAID),))
    view.show_dossier(Dossier("1", "1", Standing.CLOSED, (part,)))
    assert "完成〔U+202E〕余下" in plain(view)
    pane(view).selectAll()
    assert "完成\u202e余下" in pane(view).createMimeDataFromSelection().text()


def test_escape_leads_back_to_the_table(view: DossierView, qtbot: QtBot) -> None:
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    for key, with_what in (
        (Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),  # last: Shift is up again
    ):
        with qtbot.waitSignal(view.left):
            qtbot.keyClick(pane(view), key, with_what)
