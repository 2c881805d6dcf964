from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import Act, Book, Outcome, Paper, Paragraph, Sentence, Sheet, SheetTable, Standing, Turn
from rectify_tool.papers.agreement import check_agreement
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.counts import by_aspect, by_lead, by_leader, count, percent, units_heard
from rectify_tool.papers.summary import make_summary
from tests.papers_builder import act, outcome, published, verdict

KEYS = (
    "items", "closed", "finished", "finished_late", "on_track", "due_soon", "overdue", "long_term", "undated",
    "not_reported", "to_confirm",
)  # fmt: skip


def test_the_counts_are_the_contracts_in_its_order() -> None:
    counts = count([verdict("1-1", Standing.OVERDUE, reported=False), verdict("1-2", Standing.CLOSED)])
    assert tuple(counts) == KEYS
    assert counts["items"] == 2
    assert counts["overdue"] == counts["closed"] == counts["not_reported"] == 1
    assert counts["finished"] == counts["to_confirm"] == 0


@given(st.lists(st.sampled_from(list(Standing)), max_size=40))
def test_the_standings_partition_the_items(standings: list[Standing]) -> None:
    counts = count([verdict(f"1-{at}", standing) for at, standing in enumerate(standings, 1)])
    assert sum(counts[standing.value] for standing in Standing) == counts["items"] == len(standings)


@given(st.lists(st.tuples(st.sampled_from(["甲局", "乙局", None]), st.sampled_from(["", "一", "二"])), max_size=30))
def test_aspects_and_lead_units_hold_every_item_once(owners: list[tuple[str | None, str]]) -> None:
    verdicts = [verdict(f"1-{at}", lead=lead, aspect=aspect) for at, (lead, aspect) in enumerate(owners, 1)]
    for groups in (by_aspect(verdicts), by_lead(verdicts)):
        assert sorted(one.entry.item.no for group in groups for one in group.verdicts) == sorted(
            one.entry.item.no for one in verdicts
        )


def test_an_item_with_two_leaders_stands_under_both() -> None:
    groups = by_leader([verdict("1-1", leaders=("区长", "副区长")), verdict("1-2", leaders=())])
    assert [(group.name, len(group.verdicts)) for group in groups] == [("区长", 1), ("副区长", 1), ("（未明确）", 1)]


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(1, 3, "33.3%"), (1, 2, "50%"), (3, 3, "100%"), (0, 3, "0%"), (1, 8, "12.5%"), (1, 16, "6.3%"), (0, 0, "—")],
)
def test_a_rate_is_shown_with_one_decimal_half_up(part: int, whole: int, shown: str) -> None:
    assert percent(part, whole) == shown


@given(st.integers(1, 100_000), st.integers(1, 100_000))
def test_only_the_whole_is_100_percent_and_only_nothing_is_0(part: int, more: int) -> None:
    assert percent(part, part + more) not in ("0%", "100%")


def disagreeing(one: Outcome, paper: Paper | None = None, book: Book | None = None) -> str:
    with pytest.raises(RectifyError) as caught:
        check_agreement(one, paper, book)
    assert caught.value.stop is Stop.FIGURES_DISAGREE
    return caught.value.message


def test_two_items_of_one_number_stop_the_papers() -> None:
    assert "编号重复" in disagreeing(outcome(verdict("1-1"), verdict("1-1")))


def test_an_item_overdue_on_a_doubtful_day_stops_the_papers() -> None:
    assert "列为逾期" in disagreeing(outcome(verdict("1-1", Standing.OVERDUE, to_confirm=True)))


def test_an_entry_without_a_verdict_stops_the_papers() -> None:
    whole = outcome(verdict("1-1"), verdict("1-2"))
    assert "判定了1个" in disagreeing(replace(whole, verdicts=whole.verdicts[:1]))


def test_a_unit_both_heard_and_missing_stops_the_papers() -> None:
    one = outcome(verdict("1-1"))
    torn = replace(one, ledger=replace(one.ledger, missing=("区财政局",)))
    assert "责任单位1个" in disagreeing(torn)


def with_sentence(sentence: Sentence, one: Outcome) -> Paper:
    return replace(make_bulletin(one), fields={"opening": Paragraph((sentence,))})


def test_a_sentence_that_counts_other_items_than_it_names_stops_the_papers() -> None:
    one = outcome(verdict("1-1", Standing.OVERDUE), verdict("1-2", Standing.OVERDUE))
    short = Sentence("有1项已过时限仍未完成。", ("1-1",), name="overdue_lead")
    assert "应数2项" in disagreeing(one, with_sentence(short, one))


def test_a_sentence_that_states_another_figure_than_it_counts_stops_the_papers() -> None:
    one = outcome(verdict("1-1", Standing.ON_TRACK), verdict("1-2", Standing.ON_TRACK))
    wrong = Sentence("按期推进3项", ("1-1", "1-2"), name="some_on_track")
    assert "数字应是2" in disagreeing(one, with_sentence(wrong, one))


def test_a_sentence_of_one_standing_counts_no_item_of_another() -> None:
    one = outcome(verdict("1-1", Standing.ON_TRACK), verdict("1-2", Standing.OVERDUE))
    wrong = Sentence("逾期未完成1项", ("1-1",), name="some_overdue")
    assert "1-1" in disagreeing(one, with_sentence(wrong, one))


def test_a_list_sheet_that_misses_a_row_stops_the_papers() -> None:
    one = outcome(verdict("1-1", Standing.OVERDUE), verdict("1-2"))
    book = make_summary(one, make_bulletin(one))
    sheets = tuple(shortened(sheet) if sheet.name == "逾期" else sheet for sheet in book.sheets)
    assert "“逾期”应有1行" in disagreeing(one, book=replace(book, sheets=sheets))


def shortened(sheet: Sheet) -> Sheet:
    table: SheetTable = sheet.tables[0]
    return replace(sheet, tables=(replace(table, rows=table.rows[1:]),))


def test_a_unit_of_no_item_is_in_no_count_of_units() -> None:
    one = outcome(verdict("1-1", lead="区财政局"))
    one = replace(one, ledger=replace(one.ledger, unreadable=("区外单位",)))
    assert units_heard(one.ledger) == {"reported": ("区财政局",), "missing": (), "unreadable": ()}
    check_agreement(one)


def late_again() -> Outcome:
    """连续两期逾期 — one item overdue a second time, one for the first, one finished, and a unit silent again."""
    last = published(
        verdict("1-1", Standing.OVERDUE), verdict("1-2"), verdict("1-3"), verdict("1-4", lead="乙局"), missing=["乙局"]
    )
    now = (
        verdict("1-1", Standing.OVERDUE),
        verdict("1-2", Standing.OVERDUE),
        verdict("1-3", Standing.FINISHED),
        verdict("1-4", lead="乙局", reported=False),
    )
    return outcome(*now, missing=["乙局"], earlier=[last])


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        (Sentence("新增逾期2项（1-1、1-2）", ("1-1", "1-2"), name="change_overdue"), "应数1项"),
        (Sentence("新完成1项（1-2）", ("1-2",), name="change_finished"), "应数1项，数了1项"),
        (Sentence("不再逾期1项（1-1）", ("1-1",), name="change_relieved"), "应数0项"),
        (Sentence("小项1-2报完成后被退回，尚未完成。", ("1-2",), name="put_back_one"), "应数0项"),
        (Sentence("小项1-1，没有批准延期的记录，有待核实。", ("1-1",), name="moved_one"), "应数1项，数了1项"),
        (Sentence("乙局要对重新打开的小项1-4重新整改。", ("1-4",), ("乙局",), "next_reopened"), "应数0项"),
        (Sentence("乙局、区财政局已连续2期未报送。", (), ("乙局", "区财政局"), "missing_run_lead"), "应说到1个单位"),
        (Sentence("建议向乙局发督办函。", (), ("乙局",), "escalate_letter"), "应数1项"),
        (Sentence("建议约谈区财政局（1-1连续2期逾期）。", ("1-1",), ("区财政局",), "escalate_talk"), "应数0项"),
        (Sentence("甲局上期已报送、本期未报送。", (), ("甲局",), "change_stopped"), "应说到0个单位"),
    ],
)
def test_a_sentence_on_what_changed_that_counts_otherwise_stops_the_papers(sentence: Sentence, says: str) -> None:
    one = late_again()
    check_agreement(one, make_bulletin(one))
    said = disagreeing(one, with_sentence(sentence, one))
    assert says in said


def test_a_change_the_last_bulletin_does_not_bear_out_stops_the_papers() -> None:
    one = late_again()
    first, *others = one.change.items
    told = replace(one, change=replace(one.change, items=(replace(first, turns=(Turn.OVERDUE,)), *others)))
    with pytest.raises(RectifyError, match="没有这种变化的小项1-1"):
        make_bulletin(told)


def test_a_step_already_taken_is_not_to_be_suggested() -> None:
    one = late_again()
    letter = act(Act.LETTER, "1-1", date(2016, 5, 12))
    taken = tuple(replace(step, taken=(letter,)) if step.no == "1-1" else step for step in one.change.escalations)
    again = Sentence(
        "建议向区财政局（1-1连续2期逾期）、乙局发督办函。", ("1-1",), ("区财政局", "乙局"), "escalate_letter"
    )
    done = replace(one, change=replace(one.change, escalations=taken))
    assert "应数0项" in disagreeing(done, with_sentence(again, done))
