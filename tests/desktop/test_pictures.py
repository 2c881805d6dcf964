"""The pictures: every bar is its standings side by side, and a click shows exactly the items that were counted."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.bars import ORDERS, PAINTS, BarList, ink, segments, told, total
from rectify_tool.desktop.pictures import BEFORE, NONE_BEFORE, NOW, PANES, Pane, Pictures
from rectify_tool.desktop.views.narrowing import Narrowing
from rectify_tool.model import STANDING_WORDS, Bar, Job, Past, Screen, Standing
from rectify_tool.papers.counts import UNNAMED
from rectify_tool.papers.screen import make_screen
from rectify_tool.story.examine import examine

ORGANISATION = Bar("组织建设", {Standing.FINISHED: 5, Standing.OVERDUE: 2, Standing.CLOSED: 0})
STYLE = Bar("作风建设", {Standing.ON_TRACK: 3, Standing.OVERDUE: 1, Standing.LONG_TERM: 8})
NOWHERE = Bar("", {Standing.UNDATED: 1})
FINANCE = Bar("区财政局", {Standing.OVERDUE: 3, Standing.FINISHED: 4})
AUDIT = Bar("区审计局", {Standing.ON_TRACK: 9})


def screen(**changed: object) -> Screen:
    bulletins = (Bar("第7期 5月10日", {Standing.OVERDUE: 4}), Bar("现在 5月20日", {Standing.OVERDUE: 3}))
    given = {
        "folder": "/x", "as_of": date(2016, 5, 20), "number": 8, "next_number": 8, "since": "", "mark": "",
        "counts": {"items": 20, "overdue": 3, "finished": 5},
        "items": (), "units": (), "files": (), "findings": (), "decisions": (), "papers": (),
        "aspects": (ORGANISATION, STYLE, NOWHERE), "leads": (FINANCE, AUDIT),
        "leaders": (Bar("区委副书记", {Standing.OVERDUE: 3}),), "bulletins": bulletins, "outputs": {},
    }  # fmt: skip
    return Screen(**(given | changed))  # type: ignore[arg-type]


@pytest.fixture
def pictures(qtbot: QtBot) -> Pictures:
    shown = Pictures()
    qtbot.addWidget(shown)
    shown.resize(1200, 600)
    shown.show_screen(screen())
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def click(qtbot: QtBot, bars: BarList, row: int, standing: Standing | None) -> None:
    rect = bars.visualRect(bars.bars.index(row))
    strip = bars.strip(rect)
    parts = {one.standing: one for one in bars.segments(bars.bars.bars[row], strip.bar)}
    x = parts[standing].left + parts[standing].width // 2 if standing else strip.label.center().x()
    qtbot.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, rect.center().y()))


def test_a_bar_is_told_by_its_parts_in_words() -> None:
    assert told(ORGANISATION) == "组织建设：共7项，已完成5项，逾期2项"
    assert told(NOWHERE) == f"{UNNAMED}：共1项，时限不明确1项"


bars_of = st.builds(
    Bar, st.just("区财政局"), st.dictionaries(st.sampled_from(list(Standing)), st.integers(0, 9000), max_size=8)
)


@given(bars_of, st.integers(0, 500), st.integers(0, 900), st.integers(1, 12))
def test_the_segments_fill_the_bar_without_gap_and_none_is_forgotten(
    bar: Bar, left: int, width: int, least: int
) -> None:
    parts = segments(bar, left, width, least)
    assert [one.standing for one in parts] == [one for one in PAINTS if bar.counts.get(one)]
    assert all(first.left + first.width == second.left for first, second in pairwise(parts))
    if parts:
        assert (parts[0].left, parts[-1].left + parts[-1].width) == (left, left + width)
        assert all(one.width >= min(least, width // len(parts)) for one in parts)


def test_every_standing_has_a_shape_and_a_colour_of_its_own() -> None:
    assert list(PAINTS) == list(Standing)
    assert len({paint.shape for paint in PAINTS.values()}) == len(Standing)
    assert len({paint.fill for paint in PAINTS.values()}) == len(Standing)
    assert all(paint.shape.encode("gb2312") for paint in PAINTS.values())


def contrast(first: QColor, second: QColor) -> float:
    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("standing", Standing)
def test_the_figures_are_readable_on_every_colour(standing: Standing) -> None:
    fill = QColor(PAINTS[standing].fill)
    assert contrast(fill, ink(fill)) >= 4.5


def test_neighbours_differ_in_brightness_or_hatching_for_those_who_see_no_colours() -> None:
    for first, second in pairwise(PAINTS.values()):
        brightness = contrast(QColor(first.fill), QColor(second.fill))
        assert brightness > 1.25 or first.hatching != second.hatching, (first, second)


def test_a_click_on_a_segment_wants_those_items_of_that_aspect(qtbot: QtBot, pictures: Pictures) -> None:
    with qtbot.waitSignal(pictures.narrowed) as told_of:
        click(qtbot, pictures.panes[0], 0, Standing.OVERDUE)
    assert told_of.args == [Narrowing(standing=Standing.OVERDUE, aspect="组织建设")]


def test_a_click_on_a_label_wants_the_whole_aspect(qtbot: QtBot, pictures: Pictures) -> None:
    with qtbot.waitSignal(pictures.narrowed) as told_of:
        click(qtbot, pictures.panes[0], 2, None)
    assert told_of.args == [Narrowing(aspect=UNNAMED)]


def test_a_unit_is_narrowed_to_the_items_it_leads_because_those_were_counted(qtbot: QtBot, pictures: Pictures) -> None:
    pictures.tabs.setCurrentIndex(1)
    with qtbot.waitSignal(pictures.narrowed) as told_of:
        click(qtbot, pictures.panes[1], 0, Standing.FINISHED)
    assert told_of.args == [Narrowing(standing=Standing.FINISHED, unit="区财政局", leading=True)]
    assert PANES[2].narrow(Bar("区长", {}), None) == Narrowing(leader="区长")


def test_the_keyboard_goes_along_the_parts_and_enter_picks_one(qtbot: QtBot, pictures: Pictures) -> None:
    bars = pictures.panes[0]
    bars.setCurrentIndex(bars.bars.index(0))
    qtbot.keyClick(bars, Qt.Key.Key_Right)
    qtbot.keyClick(bars, Qt.Key.Key_Right)
    assert pictures.pointing.text() == "组织建设：逾期2项，共7项"
    with qtbot.waitSignal(pictures.narrowed) as told_of:
        qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert told_of.args == [Narrowing(standing=Standing.OVERDUE, aspect="组织建设")]
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    assert bars.part is Standing.OVERDUE, "作风建设 has overdue items too"
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    assert bars.part is None, "the last has none"


def test_only_now_narrows_the_ledger_earlier_bulletins_are_to_be_looked_at(qtbot: QtBot, pictures: Pictures) -> None:
    assert [bar.label for bar in pictures.bulletins.bars.bars] == ["现在 5月20日", "第7期 5月10日"]
    with qtbot.assertNotEmitted(pictures.narrowed):
        click(qtbot, pictures.bulletins, 1, Standing.OVERDUE)
    with qtbot.waitSignal(pictures.narrowed) as told_of:
        click(qtbot, pictures.bulletins, 0, Standing.OVERDUE)
    assert told_of.args == [Narrowing(standing=Standing.OVERDUE)]
    assert pictures.since.text() == BEFORE
    pictures.show_screen(screen(bulletins=(Bar("现在 5月20日", {}),)))
    assert pictures.since.text() == NONE_BEFORE


def test_the_legend_says_shape_word_and_number_and_narrows(qtbot: QtBot, pictures: Pictures) -> None:
    button = pictures.legend.buttons[Standing.OVERDUE]
    assert button.text() == "逾期 3项"
    assert not button.icon().isNull()
    with qtbot.waitSignal(pictures.narrowed) as told_of:
        button.click()
    assert told_of.args == [Narrowing(standing=Standing.OVERDUE)]
    assert [one.text().split()[0] for one in pictures.legend.buttons.values()] == list(STANDING_WORDS.values())


def test_the_most_overdue_come_first_when_asked_for_equals_as_in_the_breakdown(pictures: Pictures) -> None:
    pictures.order.setCurrentIndex([one.title for one in ORDERS].index("逾期多的在前"))
    assert [bar.label for bar in pictures.panes[0].bars.bars] == ["组织建设", "作风建设", ""]
    pictures.order.setCurrentIndex([one.title for one in ORDERS].index("小项多的在前"))
    assert [total(bar) for bar in pictures.panes[0].bars.bars] == [12, 7, 1]
    pictures.order.setCurrentIndex(0)
    assert [bar.label for bar in pictures.panes[0].bars.bars] == ["组织建设", "作风建设", ""]


def test_what_was_chosen_stays_chosen_when_the_figures_change(pictures: Pictures) -> None:
    bars = pictures.panes[0]
    bars.setCurrentIndex(bars.bars.index(1))
    pictures.show_screen(screen(aspects=(NOWHERE, ORGANISATION, STYLE)))
    current = bars.current()
    assert current is not None and current.label == "作风建设"


def test_shares_are_compared_on_bars_of_one_length(pictures: Pictures) -> None:
    bars = pictures.panes[0]
    place = bars.strip(bars.visualRect(bars.bars.index(0))).bar
    long, short = (sum(one.width for one in bars.segments(bar, place)) for bar in (STYLE, ORGANISATION))
    assert long == place.width() and short < long
    pictures.even.setChecked(True)
    assert {sum(one.width for one in bars.segments(bar, place)) for bar in (STYLE, ORGANISATION)} == {place.width()}


def test_a_screen_reader_hears_the_whole_bar(pictures: Pictures) -> None:
    bars = pictures.panes[0].bars
    assert bars.data(bars.index(0), Qt.ItemDataRole.AccessibleTextRole) == told(ORGANISATION)


def test_nothing_there_is_shown_as_nothing(qtbot: QtBot) -> None:
    shown = Pictures()
    qtbot.addWidget(shown)
    shown.show_screen(screen(aspects=(), leads=(), leaders=(), bulletins=(Bar("现在 5月20日", {}),), counts={}))
    shown.show()
    assert not shown.grab().isNull()
    assert shown.panes[0].current() is None


SAMPLE = Path(__file__).parents[2] / "samples" / "示例区2016"


@cache
def sample_screen() -> Screen:
    """Nothing is written: the sample is only looked at."""
    outcome = examine(Job(str(SAMPLE), date(2016, 5, 20), datetime(2016, 5, 20, 9), number=8, jobs=1))
    return make_screen(outcome, Past(), ())


@pytest.mark.parametrize("pane", PANES, ids=lambda pane: pane.title)
def test_every_segment_narrows_the_ledger_to_as_many_items_as_it_says(pane: Pane) -> None:
    """The law of this view, on the sample: what was counted and what is shown on a click are the same items."""
    shown = sample_screen()
    assert pane.of(shown)
    for bar in pane.of(shown):
        assert sum(pane.narrow(bar, None).wanted(line) for line in shown.items) == total(bar)
        for standing in Standing:
            narrowing = pane.narrow(bar, standing)
            assert sum(map(narrowing.wanted, shown.items)) == bar.counts.get(standing, 0), (bar.label, standing)


def test_the_sample_has_a_bar_for_now_that_counts_every_item_once(qtbot: QtBot) -> None:
    shown, pictures = sample_screen(), Pictures()
    qtbot.addWidget(pictures)
    pictures.show_screen(shown)
    now = [bar for bar in shown.bulletins if bar.label.startswith(NOW)]
    assert [total(bar) for bar in now] == [len(shown.items)]
    for standing, button in pictures.legend.buttons.items():
        assert button.text() == f"{STANDING_WORDS[standing]} {now[0].counts.get(standing, 0)}项"
