"""日期的规律 — what holds for any text, any recurrence and any day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.dates import (
    add_workdays,
    find_deadline,
    find_finish_day,
    last_occurrence,
    next_occurrence,
    read_base,
    read_date_line,
    read_day,
    read_deadline,
)
from rectify_tool.model import Deadline, Kind, Recurrence
from tests.test_dates import RULES, table

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
BASES = st.none() | DAYS
PHRASES = [row["text"] for name in ("deadlines.tsv", "more_deadlines.tsv") for row in table(name)]
WORDS = (
    *"年月日号底末前后内起至到-~、，；（）0123456789廿半上下旬每周天个今明次本第/.:①%或",
    *(
        "2016",
        "10",
        "12",
        "31",
        "二〇一六",
        "三十",
        "季度",
        "星期",
        "工作日",
        "完成",
        "长期坚持",
        "争取",
        "反馈",
        "收到",
    ),
    *("立行立改", "十三五", "春节", "国庆", "原定", "延至", "已", "提前", "截至", "每年", "以来", "启动"),
)
MIXED = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)
SPLICED = st.tuples(st.sampled_from(PHRASES), st.sampled_from(PHRASES), st.integers(0, 20), st.integers(0, 20)).map(
    lambda parts: parts[0][: parts[2]] + parts[1][parts[3] :]
)
TEXTS = st.text() | MIXED | SPLICED | st.sampled_from(PHRASES)

RECURRENCES = st.one_of(
    st.builds(Recurrence, st.just("week"), st.integers(1, 7)),
    st.builds(Recurrence, st.sampled_from(["day", "ten_days", "half_month"]), st.just(0)),
    st.builds(Recurrence, st.just("month"), st.integers(0, 31)),
    st.builds(Recurrence, st.just("two_months"), st.integers(0, 31), st.integers(0, 2)),
    st.builds(Recurrence, st.just("quarter"), st.integers(0, 31), st.integers(0, 3)),
    st.builds(Recurrence, st.just("half"), st.integers(0, 31), st.integers(0, 6)),
    st.builds(Recurrence, st.just("year"), st.integers(0, 31), st.integers(0, 12)),
)


def sound(deadline: Deadline) -> bool:
    dated = deadline.kind in (Kind.DATED, Kind.DATED_THEN_LONG_TERM, Kind.STAGED)
    return all(
        (
            list(deadline.due) == sorted(set(deadline.due)),
            not dated or bool(deadline.due),
            (len(deadline.due) > 1) is (deadline.kind is Kind.STAGED),
            (deadline.every is not None) is (deadline.kind is Kind.PERIODIC),
            deadline.doubt or not deadline.guess,
            deadline.earlier is None or (deadline.doubt and deadline.earlier < deadline.due[-1]),
            bool(deadline.rule and deadline.because),
        )
    )


@given(TEXTS, BASES)
def test_any_text_is_a_deadline_that_keeps_the_text_as_typed(text: str, base: date | None) -> None:
    deadline = read_deadline(text, base, RULES)
    assert deadline.text == text
    assert sound(deadline), deadline


@pytest.mark.parametrize("piece", ["一", "1-", "1、", "6月底，", "（1", "取得", "自1后", "6月30日完成，"])
def test_a_cell_full_of_one_piece_is_read_or_refused_at_once(piece: str) -> None:
    text = (piece * 32768)[:32768]
    assert sound(read_deadline(text, date(2016, 2, 26), RULES))
    assert not find_finish_day(text, date(2016, 2, 26)).impossible
    assert find_deadline(text, date(2016, 2, 26), RULES) is None or piece.startswith("6月")


@given(TEXTS)
def test_a_guess_or_two_readings_always_say_why(text: str) -> None:
    deadline = read_deadline(text, date(2016, 2, 26), RULES)
    assert not deadline.doubt or len(deadline.because) > 4


@given(st.integers(1, 12), st.integers(1, 28), DAYS)
def test_a_day_without_a_year_is_within_a_year_of_the_base(month: int, day: int, base: date) -> None:
    due = read_deadline(f"{month}月{day}日前", base, RULES).due[0]
    assert base <= due <= base + timedelta(366)
    assert (due.month, due.day) == (month, day)


@given(DAYS)
def test_every_writing_of_a_full_date_is_the_same_day(day: date) -> None:
    writings = (
        f"{day.year}年{day.month}月{day.day}日前",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
    )
    assert {read_deadline(text, None, RULES).due for text in writings} == {(day,)}


@given(DAYS, st.integers(1, 60))
def test_one_workday_more_is_a_later_workday(base: date, count: int) -> None:
    assert add_workdays(base, count)[0] < add_workdays(base, count + 1)[0]


@given(RECURRENCES, DAYS)
def test_the_next_occurrence_is_not_before_the_day_and_the_last_is(every: Recurrence, day: date) -> None:
    following, before = next_occurrence(every, day), last_occurrence(every, day)
    assert before < day <= following
    assert next_occurrence(every, following) == following
    assert next_occurrence(every, before) == before
    assert next_occurrence(every, before + timedelta(1)) == following


@given(TEXTS, BASES)
def test_any_text_has_a_day_or_none_and_never_a_later_one_without_a_year(text: str, latest: date | None) -> None:
    for reading in (read_day(text, latest=latest), find_finish_day(text, latest)):
        assert reading.day is None or not reading.impossible
        if reading.year_inferred and reading.day:
            assert latest is not None and reading.day <= latest


@given(TEXTS)
def test_any_title_line_or_note_is_read_without_a_failure(text: str) -> None:
    day, how = read_base([text])
    assert how
    line = read_date_line(text)
    assert line is None or isinstance(line, date)
    found = find_deadline(text, date(2016, 2, 26), RULES)
    assert found is None or found[1] in text
    assert day is None or 1990 <= day.year < 2100
