"""较上期: what became of every item and unit since the last published bulletin, and the step that is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.change import check_order, compare, snapshot
from rectify_tool.model import (
    Act,
    Change,
    Claim,
    Decision,
    Escalation,
    Finding,
    Heard,
    Job,
    Outcome,
    Past,
    Published,
    Source,
    Standing,
    Turn,
    Verdict,
)
from tests.papers_builder import AS_OF, outcome, reply, rules, verdict

RULES = rules()
UNIT = "区财政局"


def bulletin(number: int, as_of: date, *verdicts: Verdict, missing: Sequence[str] = ()) -> Published:
    """往期 — a published bulletin that showed these verdicts."""
    made = outcome(*verdicts, missing=missing, number=number)
    return snapshot(replace(made, job=replace(made.job, as_of=as_of)), "0.2.0")


def seen(made: Outcome, *earlier: Published) -> Change:
    return compare(made.verdicts, made.ledger, earlier, RULES, made.job.as_of)[0]


def found(made: Outcome, *earlier: Published) -> dict[str, Finding]:
    return {one.code: one for one in compare(made.verdicts, made.ledger, earlier, RULES, made.job.as_of)[1]}


def turns(now: Verdict, then: Verdict) -> tuple[Turn, ...]:
    return seen(outcome(now), bulletin(7, date(2016, 5, 10), then)).items[0].turns


def act(kind: Act, day: date, no: str = "1-1", unit: str | None = None, to: date | None = None) -> Decision:
    return Decision(kind, no, day, to, "", Source("台账.db", None, "第1条"), unit)


GOING, DONE = Claim.IN_PROGRESS, Claim.DONE
LATER = date(2016, 6, 30)


@pytest.mark.parametrize(
    ("then", "now", "turned"),
    [
        (Standing.ON_TRACK, Standing.FINISHED, [Turn.FINISHED]),
        (Standing.OVERDUE, Standing.FINISHED_LATE, [Turn.FINISHED]),
        (Standing.FINISHED, Standing.CLOSED, [Turn.CLOSED]),
        (Standing.ON_TRACK, Standing.CLOSED, [Turn.FINISHED, Turn.CLOSED]),
        (Standing.DUE_SOON, Standing.OVERDUE, [Turn.OVERDUE]),
        (Standing.OVERDUE, Standing.ON_TRACK, [Turn.RELIEVED]),
        (Standing.OVERDUE, Standing.LONG_TERM, [Turn.LONG_TERM]),
        (Standing.FINISHED, Standing.ON_TRACK, [Turn.WENT_BACK]),
        (Standing.FINISHED, Standing.OVERDUE, [Turn.OVERDUE, Turn.WENT_BACK]),
        (Standing.CLOSED, Standing.ON_TRACK, [Turn.REOPENED]),
        (Standing.CLOSED, Standing.FINISHED, [Turn.REOPENED]),
        (Standing.OVERDUE, Standing.OVERDUE, []),
        (Standing.FINISHED, Standing.FINISHED_LATE, []),
    ],
)
def test_what_became_of_an_item_is_told_by_where_it_stood_and_stands(
    then: Standing, now: Standing, turned: list[Turn]
) -> None:
    before = verdict("1-1", then, due=LATER, replies=[reply(UNIT, "1-1", progress="方案起草中")])
    after = verdict("1-1", now, due=LATER)
    assert list(turns(after, replace(before, due=after.due))) == turned


def test_what_the_office_sent_back_is_not_told_as_the_units_going_back() -> None:
    then = verdict("1-1", Standing.FINISHED, replies=[reply(UNIT, "1-1", DONE, "5月5日完成")])
    sent_back = verdict("1-1", decisions=[act(Act.RETURN, date(2016, 5, 10))], claimed=GOING)
    assert turns(sent_back, then) == (Turn.RETURNED,)
    assert "C02" not in found(outcome(sent_back), bulletin(7, date(2016, 5, 10), then))
    assert "C02" in found(outcome(verdict("1-1")), bulletin(7, date(2016, 5, 10), then))


def test_with_nothing_published_nothing_has_turned_and_an_overdue_item_is_overdue_for_the_first_time() -> None:
    change = seen(outcome(verdict("1-1", Standing.OVERDUE), verdict("1-2")))
    assert change.since is None
    assert [(one.turns, one.overdue_run) for one in change.items] == [((), 1), ((), 0)]


# ---- the day


def test_days_gained_by_an_approved_extension_are_no_finding() -> None:
    extended = verdict("1-1", due=LATER, decisions=[act(Act.EXTEND, date(2016, 5, 12), to=LATER)])
    then = bulletin(7, date(2016, 5, 10), verdict("1-1", Standing.OVERDUE, due=date(2016, 5, 1)))
    change = seen(outcome(extended), then)
    assert change.items[0].days_moved == 60
    assert change.items[0].turns == (Turn.RELIEVED, Turn.DUE_LATER, Turn.SAME_TEXT)
    assert "C03" not in found(outcome(extended), then)


def test_a_day_moved_without_an_approval_is_a_finding_at_the_deadline() -> None:
    then = bulletin(7, date(2016, 5, 10), verdict("1-1", due=date(2016, 5, 1)))
    moved = verdict("1-1", due=LATER)
    assert Turn.DUE_LATER in seen(outcome(moved), then).items[0].turns
    finding = found(outcome(moved), then)["C03"]
    assert "第7期是2016年5月1日，这次是2016年6月30日" in finding.message
    assert finding.source.file == "责任分解表.xlsx"


# ---- the words


@pytest.mark.parametrize(
    ("then", "now", "turned"),
    [
        ("正在修订办法。", "正在修订办法", Turn.SAME_TEXT),
        ("截至5月8日，已整改12处，其余正在推进。", "截至5月18日，已整改12处，其余正在推进。", Turn.NEAR_TEXT),
        ("已整改12处，其余正在推进。", "已整改13处，其余正在推进。", None),
        ("已关停31台，其余正在推进", "截至12月19日，已关停31台，其余正在推进", Turn.NEAR_TEXT),
        ("正在修订办法", "办法已报区政府审定", None),
        ("", "", None),
    ],
)
def test_a_text_sent_again_is_told_and_a_new_figure_is_news(then: str, now: str, turned: Turn | None) -> None:
    before = verdict("1-1", replies=[reply(UNIT, "1-1", progress=then)])
    after = verdict("1-1", replies=[reply(UNIT, "1-1", progress=now)])
    assert turns(after, before) == ((turned,) if turned else ())


def test_an_old_file_that_still_lies_there_is_not_told_as_a_text_pasted() -> None:
    then, now = verdict("1-1"), verdict("1-1", carried=True)
    now = replace(now, entry=replace(now.entry, replies=then.entry.replies, lead_reply=then.entry.lead_reply))
    assert turns(now, then) == ()


def test_what_is_done_may_be_told_in_the_same_words() -> None:
    assert turns(verdict("1-1", Standing.FINISHED), verdict("1-1", Standing.FINISHED)) == ()


# ---- items that came and went


def test_an_item_new_in_the_breakdown_and_one_gone_from_it_are_told() -> None:
    then = bulletin(7, date(2016, 5, 10), verdict("1-1"), verdict("1-2", matter="清理办公用房"))
    made = outcome(verdict("1-1"), verdict("1-3"))
    change = seen(made, then)
    assert change.items[1].turns == (Turn.ADDED,)
    assert [one.no for one in change.dropped] == ["1-2"]
    assert "清理办公用房" in found(made, then)["C05"].message


def test_a_number_that_now_means_another_item_is_a_finding() -> None:
    then = bulletin(7, date(2016, 5, 10), verdict("1-1", matter="清理办公用房"))
    assert "那时是“清理办公用房”" in found(outcome(verdict("1-1", matter="修订财务制度")), then)["C04"].message


# ---- in a row, and what follows


DAYS = (date(2016, 4, 10), date(2016, 4, 20), date(2016, 4, 30), date(2016, 5, 10))


@given(st.lists(st.booleans(), max_size=4))
def test_in_a_row_counts_this_bulletin_and_those_straight_before_it(overdue: list[bool]) -> None:
    stood = [Standing.OVERDUE if one else Standing.ON_TRACK for one in overdue]
    past = [bulletin(at + 4, DAYS[at], verdict("1-1", one)) for at, one in enumerate(stood)]
    run = seen(outcome(verdict("1-1", Standing.OVERDUE)), *past).items[0].overdue_run
    held = ["overdue" if one else "-" for one in overdue]
    assert run == 1 + len(" ".join(held).rpartition("-")[2].split())
    assert seen(outcome(verdict("1-1")), *past).items[0].overdue_run == 0


def steps(made: Outcome, *earlier: Published) -> list[tuple[Act, str, str | None, int, bool]]:
    return [(one.step, one.no, one.unit, one.run, one.done) for one in seen(made, *earlier).escalations]


@pytest.mark.parametrize(("before", "step"), [(0, Act.CALL), (1, Act.LETTER), (2, Act.TALK), (3, Act.ACCOUNTABILITY)])
def test_each_bulletin_overdue_brings_the_next_step(before: int, step: Act) -> None:
    past = [bulletin(at + 4, DAYS[at], verdict("1-1", Standing.OVERDUE)) for at in range(before)]
    assert steps(outcome(verdict("1-1", Standing.OVERDUE)), *past) == [(step, "1-1", UNIT, before + 1, False)]


def test_a_unit_silent_in_a_row_is_escalated_and_one_that_sends_again_is_not() -> None:
    silent = verdict("1-1", reported=False)
    past = [bulletin(7, DAYS[3], silent, missing=[UNIT])]
    assert steps(outcome(silent, missing=[UNIT]), *past) == [(Act.LETTER, "", UNIT, 2, False)]
    change = seen(outcome(verdict("1-1")), *past)
    assert (change.units[0].started, change.units[0].silent_run, change.escalations) == (True, 0, ())


def test_a_unit_whose_file_could_not_be_read_is_not_chased_for_being_overdue() -> None:
    unread = verdict("1-1", Standing.OVERDUE, reported=False, unreadable=True)
    assert steps(outcome(unread, unreadable=[UNIT])) == []


def test_a_step_the_office_leaves_out_is_not_suggested() -> None:
    past = [bulletin(7, DAYS[3], verdict("1-1", Standing.OVERDUE))]
    made = outcome(verdict("1-1", Standing.OVERDUE))
    ours = replace(RULES, escalation={**RULES.escalation, Act.LETTER: 0})
    escalations = compare(made.verdicts, made.ledger, past, ours, AS_OF)[0].escalations
    assert [one.step for one in escalations] == [Act.CALL]


def escalation(*decisions: Decision, unit_acts: Sequence[Decision] = ()) -> Escalation:
    past = [bulletin(6, DAYS[2], verdict("1-1")), bulletin(7, DAYS[3], verdict("1-1", Standing.OVERDUE))]
    made = outcome(verdict("1-1", Standing.OVERDUE, decisions=decisions))
    ledger = replace(made.ledger, acts=tuple(unit_acts))
    return compare(made.verdicts, ledger, past, RULES, AS_OF)[0].escalations[0]


def test_a_step_counts_as_taken_from_the_bulletin_before_the_run_on() -> None:
    assert escalation(act(Act.LETTER, date(2016, 5, 12))).done
    assert not escalation(act(Act.CALL, date(2016, 5, 12))).done
    assert not escalation(act(Act.LETTER, date(2016, 4, 30))).taken
    assert not escalation(act(Act.LETTER, date(2016, 5, 21))).taken


def test_a_talk_with_a_unit_about_its_silence_is_no_step_for_its_items() -> None:
    assert not escalation(unit_acts=[act(Act.LETTER, date(2016, 5, 12), no="", unit=UNIT)]).taken


def test_a_letter_to_a_silent_unit_counts_for_its_silence() -> None:
    silent = verdict("1-1", reported=False)
    made = outcome(silent, missing=[UNIT])
    acts = (
        act(Act.CALL, date(2016, 5, 12), no="", unit=UNIT),
        act(Act.CALL, date(2016, 5, 12), no="", unit="区审计局"),
    )
    step = compare(made.verdicts, replace(made.ledger, acts=acts), (), RULES, AS_OF)[0].escalations[0]
    assert (step.done, step.taken) == (True, acts[:1])


# ---- the order of numbers, days and clocks


def order(as_of: date, number: int, *published: Published, now: datetime = datetime(2016, 5, 30)) -> set[str]:
    job = Job("/区", as_of, now, number)
    return {one.code for one in check_order(Past(published), job, number)}


def test_an_as_of_day_that_went_back_and_a_number_left_out_are_said() -> None:
    seventh = bulletin(7, date(2016, 5, 10), verdict("1-1"))
    assert order(date(2016, 5, 20), 8, seventh) == set()
    assert order(date(2016, 5, 10), 8, seventh) == {"C06"}
    assert order(date(2016, 5, 1), 8, seventh) == {"C06"}
    assert order(date(2016, 5, 20), 9, seventh) == {"C08"}
    assert order(date(2016, 5, 10), 7, seventh) == {"C07"}
    assert order(date(2017, 1, 10), 1, seventh, now=datetime(2017, 1, 10, 9)) == set()


def test_a_clock_that_went_back_and_a_day_to_come_are_said() -> None:
    seventh = bulletin(7, date(2016, 5, 10), verdict("1-1"))
    assert order(date(2016, 5, 20), 8, seventh, now=datetime(2016, 5, 1)) == {"C09", "C12"}
    assert order(date(2016, 5, 31), 8, seventh) == {"C12"}


def test_the_bulletin_before_is_the_one_before_by_day_and_never_the_same_number() -> None:
    sixth, seventh = bulletin(6, date(2016, 4, 30), verdict("1-1")), bulletin(7, date(2016, 5, 10), verdict("1-1"))
    past = Past((replace(seventh, serial=1), replace(sixth, serial=2)))
    assert [one.number for one in past.before(date(2016, 5, 20), 8)] == [6, 7]
    assert [one.number for one in past.before(date(2016, 5, 10), 7)] == [6]
    assert [one.number for one in past.before(date(2016, 5, 5), 8)] == [6]
    assert past.next_number(2016) == 8
    assert past.next_number(2017) == 1


def test_a_number_published_again_counts_as_it_was_corrected() -> None:
    wrong = bulletin(7, date(2016, 5, 10), verdict("1-1", Standing.OVERDUE))
    right = replace(bulletin(7, date(2016, 5, 10), verdict("1-1")), serial=2, why="单位报错了文件")
    assert Past((wrong, right)).in_force == (right,)


def test_a_snapshot_keeps_every_word_and_digest() -> None:
    made = outcome(verdict("1-1", others=["区审计局"]), verdict("1-2", carried=True), missing=["区教育局"])
    kept = snapshot(made, "0.2.0")
    assert [one.said for one in kept.items] == [
        one.entry.lead_reply.progress for one in made.verdicts if one.entry.lead_reply
    ]
    assert kept.heard == {UNIT: Heard.REPORTED, "区审计局": Heard.REPORTED, "区教育局": Heard.MISSING}
    assert kept.sources == {record.file: record.sha256 for record in made.ledger.files}


# ---- who owes a report


def test_a_unit_that_has_done_all_is_not_chased_for_its_silence() -> None:
    done = verdict("1-1", Standing.CLOSED, reported=False)
    past = [bulletin(7, DAYS[3], done, missing=[UNIT])]
    made = outcome(done, missing=[UNIT])
    change = seen(made, *past)
    assert (change.units[0].silent_run, change.escalations) == (0, ())
    helping = verdict("1-2", lead="区审计局", others=[UNIT])
    assert seen(outcome(done, helping, missing=[UNIT]), *past).units[0].silent_run == 1


# ---- what moved without the office's word


def test_a_closing_that_is_gone_without_a_word_is_an_error() -> None:
    then = bulletin(7, date(2016, 5, 10), verdict("1-1", Standing.CLOSED))
    made = outcome(verdict("1-1", Standing.FINISHED))
    assert "C10" in found(made, then)
    reopened = verdict("1-1", Standing.FINISHED, decisions=[act(Act.REOPEN, date(2016, 5, 12))])
    assert "C10" not in found(outcome(reopened), then)
    undone = compare(made.verdicts, made.ledger, [then], RULES, AS_OF, {"1-1"})[1]
    assert "C10" not in {one.code for one in undone}


def test_another_lead_is_a_finding() -> None:
    then = bulletin(7, date(2016, 5, 10), verdict("1-1", lead="区审计局"))
    assert "第7期是区审计局，这次是区财政局" in found(outcome(verdict("1-1")), then)["C11"].message


def test_a_matter_worded_a_little_otherwise_is_the_same_matter() -> None:
    then = bulletin(7, date(2016, 5, 10), verdict("1-1", matter="建立健全监督责任清单制度"))
    assert "C04" not in found(outcome(verdict("1-1", matter="建立监督责任清单")), then)


def test_texts_that_share_half_their_words_are_not_called_pasted() -> None:
    before = verdict("1-1", replies=[reply(UNIT, "1-1", progress="已征求各部门意见，正在修改完善办法初稿")])
    after = verdict("1-1", replies=[reply(UNIT, "1-1", progress="办法初稿修改完毕，已报区政府常务会议审定")])
    assert turns(after, before) == ()


def test_a_reply_from_the_last_bulletins_file_is_not_told_as_pasted_though_its_unit_sent_another() -> None:
    then = bulletin(7, date(2016, 5, 10), verdict("1-1"))
    old = replace(then, sources={"报送/区财政局.xlsx": "0" * 64})
    assert seen(outcome(verdict("1-1")), old).items[0].turns == ()
    assert seen(outcome(verdict("1-1")), then).items[0].turns == (Turn.SAME_TEXT,)


def test_what_was_kept_up_long_term_and_is_not_done_any_more_went_back() -> None:
    then = verdict("1-1", Standing.LONG_TERM, claimed=DONE, replies=[reply(UNIT, "1-1", DONE, "4月底完成")])
    assert turns(verdict("1-1", Standing.OVERDUE), then) == (Turn.OVERDUE, Turn.WENT_BACK)


def test_a_return_noted_after_the_bulletin_of_its_day_is_the_offices_word() -> None:
    then = verdict("1-1", Standing.FINISHED, replies=[reply(UNIT, "1-1", DONE, "5月5日完成")])
    then = replace(then, entry=replace(then.entry, replies=(replace(then.entry.replies[0], sent=date(2016, 5, 6)),)))
    late = verdict("1-1", decisions=[act(Act.RETURN, date(2016, 5, 9))], claimed=GOING)
    ahead = verdict("1-1", decisions=[act(Act.RETURN, date(2016, 5, 25))], claimed=GOING)
    assert Turn.RETURNED in turns(late, then)
    assert Turn.WENT_BACK in turns(ahead, then)
