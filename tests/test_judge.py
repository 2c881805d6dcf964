"""Where an item stands on a day: contract.md, Semantics, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.change import snapshot
from rectify_tool.judge import Shown, judge, judge_all
from rectify_tool.model import Act, Claim, Entry, Standing, Verdict
from tests import papers_builder
from tests.cases import BASE, RULES, day, decision, entry, reply

DONE, GOING, NOT_STARTED = Claim.DONE, Claim.IN_PROGRESS, Claim.NOT_STARTED


def stand(one: Entry, as_of: str = "5-20") -> Verdict:
    return judge(one, day(as_of), BASE, RULES)[0]


def codes(one: Entry, as_of: str = "5-20") -> set[str]:
    return {finding.code for finding in judge(one, day(as_of), BASE, RULES)[1]}


# ------------------------------------------------ by the due day


@pytest.mark.parametrize(
    ("as_of", "standing", "left"),
    [
        ("4-19", Standing.ON_TRACK, 11),
        ("4-20", Standing.DUE_SOON, 10),
        ("4-30", Standing.DUE_SOON, 0),
        ("5-1", Standing.OVERDUE, -1),
        ("5-20", Standing.OVERDUE, -20),
    ],
)
def test_the_due_day_itself_is_in_time(as_of: str, standing: Standing, left: int) -> None:
    verdict = stand(entry("4月底前", reply(GOING)), as_of)
    assert (verdict.standing, verdict.due, verdict.days_left) == (standing, day("4-30"), left)


def test_an_overdue_item_says_why() -> None:
    because = stand(entry("4月底前", reply(GOING))).because
    assert because == "时限“4月底前”（2016年4月30日），已超20日，区财政局报仍在整改"


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (entry("4月底前", reported=False), "区财政局本期未报送"),
        (entry("4月底前", unreadable=True), "区财政局报来的文件未能读取"),
        (entry("4月底前"), "区财政局的报送表里没有这一项"),
        (entry("4月底前", reply(NOT_STARTED)), "区财政局报尚未启动"),
        (entry("4月底前", reply(Claim.NONE)), "区财政局没有填写进展"),
        (entry("4月底前", lead=None), "没有写明牵头单位"),
    ],
)
def test_the_reason_says_what_the_lead_said(one: Entry, said: str) -> None:
    assert stand(one).because.endswith(said)


def test_not_reported_is_a_lead_without_a_file_and_not_one_whose_file_cannot_be_read() -> None:
    assert stand(entry("4月底前", reported=False)).not_reported
    assert not stand(entry("4月底前", unreadable=True)).not_reported
    assert not stand(entry("4月底前")).not_reported


# ------------------------------------------------ done


@pytest.mark.parametrize(
    ("finished", "standing"), [("4-30", Standing.FINISHED), ("5-1", Standing.FINISHED_LATE), ("", Standing.FINISHED)]
)
def test_finished_after_the_due_day_is_finished_late(finished: str, standing: Standing) -> None:
    assert stand(entry("4月底前", reply(DONE, finished=finished))).standing is standing


def test_finished_without_a_day_after_the_due_day_asks_for_the_day() -> None:
    assert "D11" in codes(entry("4月底前", reply(DONE)))
    assert "D11" not in codes(entry("6月底前", reply(DONE)))
    assert "D11" not in codes(entry("4月底前", reply(DONE, finished="4-1")))


def test_a_finish_month_proves_lateness_only_where_the_whole_month_is_past_the_due_day() -> None:
    inside = entry("2016年5月10日前", reply(DONE, finished="5-18", since="5-1"))
    after = entry("4月底前", reply(DONE, finished="5-18", since="5-1"))
    assert stand(inside).standing is Standing.FINISHED
    assert "D11" in codes(inside)
    assert stand(after).standing is Standing.FINISHED_LATE
    assert "约超18日" in stand(after).because


def test_a_finish_day_after_the_as_of_day_is_a_plan() -> None:
    planned = entry("6月底前", reply(DONE, finished="6-10"))
    assert stand(planned).standing is Standing.ON_TRACK
    assert stand(planned).finished is None
    assert "D10" in codes(planned)


def test_a_finish_day_later_than_the_files_own_day_stays_a_plan_however_long_one_waits() -> None:
    planned = entry("4月底前", reply(DONE, finished="6-1", dated="5-7"))
    for as_of in ("5-8", "5-26", "6-1", "6-10", "12-31"):
        assert stand(planned, as_of).standing is Standing.OVERDUE
        assert stand(planned, as_of).finished is None
        assert "D10" in codes(planned, as_of)
    assert "晚于这份表自己的日期2016年5月7日" in stand(planned, "6-10").because


@pytest.mark.parametrize(("finished", "since", "dated"), [("5-7", "", "5-7"), ("5-31", "5-1", "5-7"), ("6-1", "", "")])
def test_what_was_finished_by_the_files_own_day_or_is_of_no_known_day_is_done(
    finished: str, since: str, dated: str
) -> None:
    done = entry("6月底前", reply(DONE, finished=finished, since=since, dated=dated))
    assert stand(done, "6-10").standing is Standing.FINISHED
    assert "D10" not in codes(done, "6-10")


@pytest.mark.parametrize("deadline", ["争取4月底前", "4月初启动", "2016年4月前"])
def test_a_doubtful_day_never_makes_it_late(deadline: str) -> None:
    assert stand(entry(deadline, reply(DONE, finished="5-18"))).standing is Standing.FINISHED


# ------------------------------------------------ the office's decisions


def test_closed_stands_above_everything_even_with_no_reply() -> None:
    closed = entry("4月底前", None, decision(Act.CLOSE, "5-10"), reported=False)
    assert stand(closed).standing is Standing.CLOSED
    assert "K02" in codes(closed)
    assert stand(closed, "5-9").standing is Standing.OVERDUE
    assert "K05" in codes(closed, "5-9")


def test_after_a_return_only_a_newer_file_can_claim_done() -> None:
    returned = decision(Act.RETURN, "5-10")
    old = entry("4月底前", reply(DONE, finished="4-20", sent="5-10"), decision(Act.CLOSE, "5-1"), returned)
    new = entry("4月底前", reply(DONE, finished="4-20", sent="5-11"), decision(Act.CLOSE, "5-1"), returned)
    assert stand(old).standing is Standing.OVERDUE
    assert "K04" in codes(old)
    assert stand(new).standing is Standing.FINISHED


def test_a_return_on_the_day_of_closing_reopens_it() -> None:
    both = entry("4月底前", reply(GOING), decision(Act.CLOSE, "5-10"), decision(Act.RETURN, "5-10"))
    assert stand(both).standing is Standing.OVERDUE


def test_what_is_closed_again_on_the_day_of_its_return_is_closed() -> None:
    again = entry("4月底前", reply(GOING), decision(Act.RETURN, "5-10"), decision(Act.CLOSE, "5-10"))
    assert stand(again).standing is Standing.CLOSED


def test_an_approved_extension_moves_the_due_day_and_both_are_told() -> None:
    extended = entry("4月底前", reply(GOING), decision(Act.EXTEND, new_due="6-30"))
    verdict = stand(extended)
    assert (verdict.standing, verdict.due) == (Standing.ON_TRACK, day("6-30"))
    assert "4月底前" in verdict.because
    assert "2016年6月30日" in verdict.because


def test_an_extension_gives_an_undated_item_a_day() -> None:
    assert stand(entry("尽快", reply(GOING), decision(Act.EXTEND, new_due="5-10"))).standing is Standing.OVERDUE


# ------------------------------------------------ long-term, undated, periodic, staged, doubt


def test_long_term_never_falls_overdue_and_stays_long_term_when_claimed_done() -> None:
    assert stand(entry("长期坚持", reply(GOING)), "2019-01-01").standing is Standing.LONG_TERM
    done = entry("长期坚持", reply(DONE))
    assert stand(done).standing is Standing.LONG_TERM
    assert "S05" in codes(done)
    assert "S08" in codes(entry("长期坚持", reported=False))


def test_a_dated_then_long_term_item_is_overdue_until_its_dated_part_is_done() -> None:
    assert stand(entry("2016年4月30日前完成并长期坚持", reply(GOING))).standing is Standing.OVERDUE
    late = stand(entry("2016年4月30日前完成并长期坚持", reply(DONE, finished="5-3")))
    assert late.standing is Standing.LONG_TERM
    assert "逾期完成，超3日" in late.because


@pytest.mark.parametrize("deadline", ["立行立改", "尽快", "任务结束后", "", "2016年2月30日", "办结后一周内"])
def test_a_deadline_without_a_day_is_undated(deadline: str) -> None:
    assert stand(entry(deadline, reply(GOING))).standing is Standing.UNDATED
    assert stand(entry(deadline, reply(DONE))).standing is Standing.FINISHED


def test_a_periodic_item_is_missed_when_its_day_passed_without_a_file() -> None:
    heard = stand(entry("每月10日前", reply(GOING)))
    assert (heard.standing, heard.due) == (Standing.ON_TRACK, day("6-10"))
    silent = stand(entry("每月10日前", reported=False))
    assert (silent.standing, silent.due, silent.days_left) == (Standing.OVERDUE, day("5-10"), -10)


def test_a_periodic_guess_is_confirmed_by_a_person_and_never_overdue() -> None:
    verdict = stand(entry("每季度25日前", reported=False))
    assert (verdict.standing, verdict.to_confirm) == (Standing.UNDATED, True)


def test_no_occurrence_before_the_base_day_can_be_missed() -> None:
    assert stand(entry("每月25日前", reported=False), "3-1").standing is Standing.ON_TRACK
    assert stand(entry("每月25日前", reported=False), "3-25").standing is Standing.ON_TRACK
    assert stand(entry("每月25日前", reported=False), "3-26").standing is Standing.OVERDUE


def test_the_first_stage_not_stated_done_is_the_one_that_counts() -> None:
    stages = "3月底前，8月底前"
    assert stand(entry(stages, reply(GOING))).standing is Standing.OVERDUE
    confirmed = stand(entry(stages, reply(GOING, stages=("3-31",))))
    assert (confirmed.standing, confirmed.due) == (Standing.ON_TRACK, day("8-31"))


@pytest.mark.parametrize(
    ("as_of", "standing", "confirm"),
    [
        ("4-19", Standing.ON_TRACK, False),
        ("4-20", Standing.DUE_SOON, False),
        ("5-20", Standing.DUE_SOON, True),
        ("5-31", Standing.DUE_SOON, True),
        ("6-1", Standing.OVERDUE, False),
    ],
)
def test_of_two_readings_the_earlier_warns_and_the_later_counts(as_of: str, standing: Standing, confirm: bool) -> None:
    verdict = stand(entry("2016年5月前", reply(GOING)), as_of)
    assert (verdict.standing, verdict.due, verdict.to_confirm) == (standing, day("5-31"), confirm)


def test_a_guess_never_makes_an_item_overdue_and_once_passed_must_be_confirmed() -> None:
    verdict = stand(entry("争取4月底前", reply(GOING)))
    assert (verdict.standing, verdict.to_confirm) == (Standing.UNDATED, True)
    assert stand(entry("争取5月底前", reply(GOING))).standing is not Standing.UNDATED


# ------------------------------------------------ laws

PHRASES = (
    "4月底前", "2016年5月31日", "争取4月底前", "2016年8月前", "立行立改", "长期坚持", "每月25日前", "每季度末", "尽快",
    "", "3月底前，8月底前", "2016年4月30日前完成并长期坚持", "反馈后1个月内", "2016年2月30日", "11月12月",
)  # fmt: skip
DAYS = st.dates(date(2016, 2, 26), date(2017, 12, 31))
SAID = st.one_of(
    st.none(), st.builds(lambda claim, sent: reply(claim, sent=sent.isoformat()), st.sampled_from(Claim), DAYS)
)
ENTRIES = st.builds(
    lambda phrase, said, reported: entry(phrase, said, reported=reported or said is not None),
    st.sampled_from(PHRASES),
    SAID,
    st.booleans(),
)


@given(ENTRIES, DAYS, st.integers(0, 400))
def test_a_later_day_never_un_overdues_an_item(one: Entry, as_of: date, later: int) -> None:
    before, _ = judge(one, as_of, BASE, RULES)
    after, _ = judge(one, as_of + timedelta(later), BASE, RULES)
    if before.standing is Standing.OVERDUE:
        assert after.standing is Standing.OVERDUE


@given(st.lists(ENTRIES, max_size=8), DAYS)
def test_standings_partition_the_items(entries: list[Entry], as_of: date) -> None:
    verdicts, _ = judge_all(entries, as_of, BASE, RULES)
    assert [verdict.entry for verdict in verdicts] == entries
    for verdict in verdicts:
        assert verdict.because
        assert verdict.days_left is None or verdict.due is not None
        assert not (verdict.standing is Standing.OVERDUE and verdict.entry.item.deadline.guess)


def test_a_returned_staged_item_counts_from_its_first_stage_again() -> None:
    said = reply(DONE, sent="5-1", stages=("3-31", "5-31", "11-30"))
    one = entry("3月底、5月底、11月底分三阶段完成", said, decision(Act.RETURN, "5-10"))
    assert (stand(one).standing, stand(one).due) == (Standing.OVERDUE, day("3-31"))


def test_a_finish_month_that_has_begun_is_no_plan() -> None:
    said = replace(reply(DONE, finished="5-31"), finished_since=day("5-1"))
    one = entry("4月底前", said)
    assert stand(one).standing is Standing.FINISHED_LATE and "D10" not in codes(one)
    assert stand(one).finished == day("5-20")
    assert stand(one, "4-25").standing is Standing.DUE_SOON and "D10" in codes(one, "4-25")


# ------------------------------------------------ what was published before


def shown(standing: Standing, as_of: str = "5-10") -> Shown:
    """How the last bulletin showed the item; its due day is not looked at."""
    made = papers_builder.outcome(papers_builder.verdict("1-1", standing))
    return Shown(7, day(as_of), snapshot(made, "").items[0])


def stand_after(one: Entry, last: Shown, as_of: str = "5-20") -> Verdict:
    return judge(one, day(as_of), BASE, RULES, last)[0]


@pytest.mark.parametrize(
    ("deadline", "finished", "then", "standing"),
    [
        ("4月底前", "", Standing.OVERDUE, Standing.FINISHED_LATE),
        ("4月底前", "", Standing.FINISHED_LATE, Standing.FINISHED_LATE),
        ("4月底前", "", Standing.DUE_SOON, Standing.FINISHED),
        ("4月底前", "4-29", Standing.OVERDUE, Standing.FINISHED),
        ("2016年5月15日前", "", Standing.OVERDUE, Standing.FINISHED),
        ("2016年4月前", "", Standing.OVERDUE, Standing.FINISHED),
    ],
)
def test_done_without_a_day_is_late_where_the_last_bulletin_showed_it_overdue(
    deadline: str, finished: str, then: Standing, standing: Standing
) -> None:
    assert stand_after(entry(deadline, reply(DONE, finished=finished)), shown(then)).standing is standing


def test_what_the_last_bulletin_proves_late_needs_no_finish_day() -> None:
    findings = judge(entry("4月底前", reply(DONE)), day("5-20"), BASE, RULES, shown(Standing.OVERDUE))[1]
    assert "D11" not in {one.code for one in findings}


# ------------------------------------------------ an older file that stays in use


def test_a_carried_item_is_not_reported_and_says_what_was_said_before() -> None:
    carried = stand(entry("4月底前", reply(GOING), carried=True))
    assert carried.not_reported
    assert carried.because.endswith("区财政局本期未报送，此前报仍在整改")
    assert stand(entry("4月底前", reply(DONE, finished="4-20"), carried=True)).standing is Standing.FINISHED


@pytest.mark.parametrize(
    ("sent", "standing"), [("4-20", Standing.ON_TRACK), ("4-28", Standing.ON_TRACK), ("3-20", Standing.OVERDUE)]
)
def test_a_periodic_report_sent_in_its_period_is_not_missed_though_nothing_came_since(
    sent: str, standing: Standing
) -> None:
    assert stand(entry("每月25日前", reply(GOING, sent=sent), carried=True)).standing is standing


def test_a_long_term_item_whose_unit_fell_silent_is_a_finding() -> None:
    assert "S08" in codes(entry("长期坚持", reply(GOING), carried=True))


# ------------------------------------------------ extensions, and what is reported again


def test_an_undated_extension_counts_where_it_is_later_than_the_dated_one() -> None:
    undated, dated = decision(Act.EXTEND, new_due="6-20"), decision(Act.EXTEND, "5-1", new_due="5-15")
    assert stand(entry("4月底前", reply(GOING), undated, dated)).due == day("6-20")
    later = decision(Act.EXTEND, "5-1", new_due="7-15")
    assert stand(entry("4月底前", reply(GOING), undated, later)).due == day("7-15")


def test_of_two_dated_extensions_the_last_approved_counts() -> None:
    first, second = decision(Act.EXTEND, "5-1", new_due="7-15"), decision(Act.EXTEND, "5-5", new_due="6-30")
    assert stand(entry("4月底前", reply(GOING), first, second)).due == day("6-30")


def test_a_finish_day_before_the_return_is_asked_about() -> None:
    returned = decision(Act.RETURN, "5-10")
    assert "K18" in codes(entry("4月底前", reply(DONE, finished="4-20", sent="5-15"), returned))
    assert "K18" not in codes(entry("4月底前", reply(DONE, finished="5-12", sent="5-15"), returned))


def test_an_item_reopened_is_not_called_returned() -> None:
    reopened = entry("4月底前", reply(DONE, sent="5-5"), decision(Act.CLOSE, "5-6"), decision(Act.REOPEN, "5-10"))
    assert stand(reopened).because.endswith("报已完成，但2016年5月10日重新打开，之后尚未重新报送")
