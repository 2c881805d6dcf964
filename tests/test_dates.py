"""整改时限 — the phrases offices write, and the day each means (base: feedback on 2016-02-26)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from rectify_tool.dates import (
    BEFORE_BASE,
    THEN_LONG_TERM,
    WORKDAYS_UNKNOWN,
    YEAR_INFERRED,
    add_workdays,
    find_deadline,
    read_deadline,
    read_deadline_value,
)
from rectify_tool.model import Deadline, Kind, Recurrence, Rules

DATA = Path(__file__).parent / "data"
BASE = date(2016, 2, 26)
DISAGREED = {
    # domain.md and the contract call 原则上 soft and soft phrases doubtful; the sample line has no doubt (and no day)
    "原则上要在1个月内",
}


def rules(events: Mapping[str, date] | None = None, immediate_days: int | None = None, month_start: int = 10) -> Rules:
    return Rules(
        feedback=BASE,
        events=events or {},
        due_soon_days=10,
        immediate_days=immediate_days,
        month_start_day=month_start,
        basically_done=False,
        headings={},
        statuses={},
        escalation={},
        leader_order=(),
        roster=(),
        unit_aliases={},
        collective=(),
        wording={},
        office={},
        origins={},
    )


RULES = rules()


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(text: str, base: date | None = BASE) -> Deadline:
    return read_deadline(text, base, RULES)


def days(deadline: Deadline) -> str:
    return ";".join(day.isoformat() for day in deadline.due)


@pytest.mark.parametrize("row", table("deadlines.tsv"), ids=lambda row: row["text"])
def test_the_office_s_phrases_are_read_as_the_collected_table_says(row: dict[str, str]) -> None:
    deadline = read(row["text"])
    last = deadline.due[-1].isoformat() if deadline.due else ""
    assert (deadline.kind.value, last) == (row["kind"], row["due"])
    assert deadline.doubt is (row["doubt"] == "1") or row["text"] in DISAGREED
    if row["dates"]:
        assert days(deadline) == row["dates"]


@pytest.mark.parametrize("row", table("more_deadlines.tsv"), ids=lambda row: row["text"])
def test_phrases_of_our_own_are_read_as_written_down_by_hand(row: dict[str, str]) -> None:
    deadline = read(row["text"])
    every = f"{deadline.every.unit} {deadline.every.month} {deadline.every.day}" if deadline.every else ""
    earlier = deadline.earlier.isoformat() if deadline.earlier else ""
    assert (deadline.kind.value, days(deadline), earlier, every) == (
        row["kind"],
        row["due"],
        row["earlier"] or "",
        row["every"] or "",
    )
    assert (deadline.doubt, deadline.guess) == (row["doubt"] == "1", row["guess"] == "1")


# ---------------------------------------------------------------- 起算日与年份 ----


def test_a_year_taken_from_the_base_is_a_note_and_no_doubt() -> None:
    deadline = read("6月底前")
    assert not deadline.doubt
    assert YEAR_INFERRED in deadline.notes
    assert "2016年6月30日" in deadline.because


def test_the_base_day_itself_is_the_first_such_day() -> None:
    assert read("2月26日前").due == (BASE,)
    assert read("2月25日前").due == (date(2017, 2, 25),)


def test_a_january_document_keeps_its_own_year() -> None:
    assert read("1月8日前", date(2016, 1, 4)).due == (date(2016, 1, 8),)


def test_a_written_day_before_the_base_is_kept_and_noted() -> None:
    assert BEFORE_BASE in read("2016年1月底前").notes


def test_without_a_base_a_day_without_a_year_has_no_day() -> None:
    deadline = read("6月底前", base=None)
    assert (deadline.due, deadline.doubt, deadline.guess) == ((), True, True)


def test_without_a_base_the_document_s_year_is_only_a_guess() -> None:
    deadline = read_deadline("6月底前", None, RULES, document_year=2016)
    assert (deadline.due, deadline.doubt, deadline.guess) == ((date(2016, 6, 30),), True, True)


def test_a_full_date_needs_no_base() -> None:
    deadline = read("2016年6月30日前", base=None)
    assert (deadline.due, deadline.doubt) == ((date(2016, 6, 30),), False)


def test_this_year_is_the_document_s_year_not_the_base_s() -> None:
    deadline = read_deadline("今年底前", date(2015, 12, 20), RULES, document_year=2016)
    assert (deadline.due, deadline.doubt) == ((date(2016, 12, 31),), False)


def test_a_term_without_a_base_has_no_day() -> None:
    deadline = read("15个工作日内", base=None)
    assert (deadline.kind, deadline.due, deadline.doubt) == (Kind.RELATIVE, (), True)


# ---------------------------------------------------------------- 口径 ----


def test_a_known_event_gives_the_term_its_day() -> None:
    deadline = read_deadline("会后7日内", BASE, rules({"会议": date(2016, 4, 1)}))
    assert deadline.due == (date(2016, 4, 8),)


def test_an_event_only_mentioned_is_not_the_one_counted_from() -> None:
    assert read_deadline("会议纪要印发后7日内", BASE, rules({"会议": date(2016, 4, 1)})).due == ()


def test_the_office_may_give_immediate_items_days() -> None:
    deadline = read_deadline("立行立改", BASE, rules(immediate_days=30))
    assert (deadline.kind, deadline.due) == (Kind.IMMEDIATE, (date(2016, 3, 27),))


def test_the_office_says_which_day_a_month_s_beginning_is() -> None:
    assert read_deadline("4月初前完成", BASE, rules(month_start=5)).due == (date(2016, 4, 5),)
    assert read_deadline("每月初", BASE, rules(month_start=5)).every == Recurrence("month", 5, 0)


# ---------------------------------------------------------------- 工作日 ----


def test_workdays_skip_the_holidays_of_the_state_council() -> None:
    assert add_workdays(BASE, 30) == (date(2016, 4, 11), True)


def test_workdays_of_an_unknown_year_fall_back_to_monday_to_friday_and_say_so() -> None:
    assert add_workdays(date(2060, 1, 2), 5) == (date(2060, 1, 9), False)
    deadline = read_deadline("5个工作日内", date(2060, 1, 2), RULES)
    assert WORKDAYS_UNKNOWN in deadline.notes


# ---------------------------------------------------------------- 疑问 ----


def test_two_readings_keep_the_earlier_day_and_are_no_guess() -> None:
    deadline = read("8月前")
    assert (deadline.due, deadline.earlier) == ((date(2016, 8, 31),), date(2016, 7, 31))
    assert (deadline.doubt, deadline.guess) == (True, False)


def test_a_wrong_weekday_is_told() -> None:
    assert not read("6月30日（星期四）前").doubt
    deadline = read("6月30日（星期五）前")
    assert deadline.guess
    assert "星期四" in deadline.because


def test_a_moved_deadline_warns_from_the_old_day() -> None:
    deadline = read("原定2016年4月底，延至2016年6月底")
    assert (deadline.due, deadline.earlier, deadline.guess) == ((date(2016, 6, 30),), date(2016, 4, 30), False)


def test_several_stages_that_last_keep_every_stage() -> None:
    deadline = read("6月底前完成自查，9月底前完成整改，长期坚持")
    assert (deadline.kind, days(deadline)) == (Kind.STAGED, "2016-06-30;2016-09-30")
    assert THEN_LONG_TERM in deadline.notes


# ---------------------------------------------------------------- 单元格的值 ----


def test_a_real_date_cell_is_sure() -> None:
    deadline = read_deadline_value(datetime(2016, 6, 30), "2016/6/30", BASE, RULES)
    assert (deadline.due, deadline.doubt) == ((date(2016, 6, 30),), False)


def test_a_date_cell_that_shows_only_a_month_means_its_end() -> None:
    assert read_deadline_value(date(2016, 6, 1), "2016年6月", BASE, RULES).due == (date(2016, 6, 30),)
    assert read_deadline_value(date(2016, 6, 1), "2016-06-01", BASE, RULES).due == (date(2016, 6, 1),)


@pytest.mark.parametrize(
    ("value", "due", "earlier"),
    [
        (42521.0, date(2016, 5, 31), None),
        (5.31, date(2016, 5, 31), None),
        (5.3, date(2016, 5, 30), date(2016, 5, 3)),
        (2016.1, date(2016, 10, 31), date(2016, 1, 31)),
    ],
)
def test_a_number_is_never_sure_and_may_have_lost_its_last_nought(
    value: float, due: date, earlier: date | None
) -> None:
    deadline = read_deadline_value(value, str(value), BASE, RULES)
    assert (deadline.due, deadline.earlier, deadline.doubt, deadline.guess) == ((due,), earlier, True, True)


def test_a_small_number_is_no_day() -> None:
    deadline = read_deadline_value(6.0, "6", BASE, RULES)
    assert (deadline.kind, deadline.due, deadline.doubt) == (Kind.MALFORMED, (), True)


def test_a_blank_cell_is_none() -> None:
    assert read_deadline_value(None, "", BASE, RULES).kind is Kind.NONE


# ---------------------------------------------------------------- 藏在文字里的时限 ----


@pytest.mark.parametrize(
    ("text", "day", "piece"),
    [
        ("（牵头单位:区财政局;责任单位:区审计局,6月底完成)", date(2016, 6, 30), "6月底完成"),
        ("完成时限：5月底前", date(2016, 5, 31), "5月底前"),
        ("制定办法（责任单位：区财政局，完成时限：2016年6月30日）", date(2016, 6, 30), "2016年6月30日"),
        ("开展清查，6月底前完成。", date(2016, 6, 30), "6月底前完成"),
    ],
)
def test_a_deadline_hidden_in_a_measure_is_found_with_its_piece(text: str, day: date, piece: str) -> None:
    found = find_deadline(text, BASE, RULES)
    assert found is not None
    assert (found[0].due, found[1]) == ((day,), piece)


@pytest.mark.parametrize(
    "text",
    [
        "2015年审计发现的问题",
        "5月10日召开会议",
        "（截至2016年4月底）",
        "办理时限：5个工作日",
        "制定《2016年6月底前方案》",
        "",
    ],
)
def test_other_dates_in_a_text_are_no_hidden_deadline(text: str) -> None:
    assert find_deadline(text, BASE, RULES) is None
