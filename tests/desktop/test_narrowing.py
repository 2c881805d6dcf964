"""Which items a person wants to see; no Qt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.desktop.views.narrowing import EVERYTHING, Narrowing
from rectify_tool.model import Past, Screen, Standing
from rectify_tool.papers.counts import UNNAMED
from rectify_tool.papers.screen import make_screen
from tests import papers_builder as build
from tests.desktop.screens import ITEMS


def wanted(narrowing: Narrowing) -> list[str]:
    return [line.no for line in ITEMS if narrowing.wanted(line)]


@pytest.mark.parametrize(
    ("narrowing", "nos"),
    [
        (EVERYTHING, ["1-1", "1-2", "4-2", "4-10", "7-1"]),
        (Narrowing(standing=Standing.OVERDUE), ["4-2"]),
        (Narrowing(unit="区水利局"), ["4-2", "4-10"]),
        (Narrowing(unit="区水利局", leading=True), ["4-10"]),
        (Narrowing(unit=UNNAMED), ["7-1"]),
        (Narrowing(unit=UNNAMED, leading=True), ["7-1"]),
        (Narrowing(leader="区纪委书记"), ["1-1"]),
        (Narrowing(leader=UNNAMED), ["7-1"]),
        (Narrowing(aspect="廉洁自律"), ["4-2"]),
        (Narrowing(aspect=UNNAMED), ["7-1"]),
        (Narrowing(to_confirm=True), ["7-1"]),
        (Narrowing(silent=True), ["4-10"]),
        (Narrowing(standing=Standing.OVERDUE, unit="区审计局"), []),
    ],
)
def test_what_is_given_must_all_hold(narrowing: Narrowing, nos: list[str]) -> None:
    assert wanted(narrowing) == nos


def test_every_word_must_be_somewhere_in_any_order() -> None:
    assert wanted(Narrowing(words="购物卡 清退")) == ["4-2"]
    assert wanted(Narrowing(words="购物卡 采砂")) == []


def test_full_width_letters_and_signs_find_what_was_typed_otherwise() -> None:
    assert wanted(Narrowing(words="４－１０".replace("－", "-"))) == ["4-10"]
    assert wanted(Narrowing(words="第①批")) == ["4-2"]
    assert wanted(Narrowing(words=" 　清退　")) == ["4-2"]


def screen_of_papers() -> Screen:
    return make_screen(build.sequel(), Past(), ())


def test_narrowing_by_a_figure_shows_as_many_items_as_the_figure_counts() -> None:
    screen = screen_of_papers()
    by_figure = {one.value: Narrowing(standing=one) for one in Standing}
    by_figure |= {"to_confirm": Narrowing(to_confirm=True), "not_reported": Narrowing(silent=True), "items": EVERYTHING}
    for figure, narrowing in by_figure.items():
        assert sum(map(narrowing.wanted, screen.items)) == screen.counts[figure], figure


def test_narrowing_by_a_bar_shows_as_many_items_as_the_bar_counts() -> None:
    screen = screen_of_papers()
    bars = [(bar, Narrowing(aspect=bar.label)) for bar in screen.aspects]
    bars += [(bar, Narrowing(unit=bar.label, leading=True)) for bar in screen.leads]
    bars += [(bar, Narrowing(leader=bar.label)) for bar in screen.leaders]
    assert len(bars) > 10
    for bar, narrowing in bars:
        for standing, count in bar.counts.items():
            narrower = narrowing._replace(standing=standing)
            assert sum(map(narrower.wanted, screen.items)) == count, (bar.label, standing)


@given(words=st.text(max_size=12), standing=st.sampled_from([None, *Standing]), unit=st.sampled_from(["", "区财政局"]))
def test_asking_for_more_never_shows_more(words: str, standing: Standing | None, unit: str) -> None:
    narrow = set(wanted(Narrowing(standing=standing, unit=unit, words=words)))
    assert narrow <= set(wanted(Narrowing(standing=standing, unit=unit)))
    assert narrow <= set(wanted(Narrowing(words=words)))
