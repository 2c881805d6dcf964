"""What a unit claims: the status column, else the progress text, clause by clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.model import Claim
from rectify_tool.normalise.claims import (
    day_in_status,
    nothing_said,
    only_helped,
    read_claim,
    stages_stated_done,
    vague_done,
    vague_progress,
)
from tests.cases import RULES

PHRASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "claims.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
STAGES = (date(2016, 2, 29), date(2016, 3, 31), date(2016, 6, 30))


@pytest.mark.parametrize(("column", "text", "claim"), PHRASES)
def test_a_phrase_claims_what_a_careful_person_would_say(column: str, text: str, claim: str) -> None:
    status, progress = (text, "") if column == "status" else ("", text)
    reading = read_claim(status, progress, RULES, long_term=column == "long_term")
    assert reading.claim.value == claim
    assert reading.from_status == (column == "status")
    assert not reading.status_unknown


@pytest.mark.parametrize(
    ("status", "progress"),
    [
        ("已完成", "正在推进"),
        ("已完成", "已完成80%"),
        ("已完成", "基本完成"),
        ("是", "有序推进中"),
        ("已完成", "第一阶段已完成，第二阶段尚未启动"),
        ("整改中", "已全部完成整改"),
        ("否", "已整改到位"),
        ("未启动", "正在组织实施"),
    ],
)
def test_status_and_progress_that_clash_are_shown_and_the_status_counts(status: str, progress: str) -> None:
    reading = read_claim(status, progress, RULES, long_term=False)
    assert reading.contradiction and reading.from_status
    assert reading.claim is read_claim(status, "", RULES, long_term=False).claim


@pytest.mark.parametrize(
    ("status", "progress"),
    [
        ("已完成", "5月启动清理，共清理12家"),
        ("已完成", "约谈27名负责人，印发《办法》"),
        ("已完成", "持续推进，常态化开展"),
        ("已完成", "3月完成修订，5月完成培训"),
        ("整改中", "已完成初稿"),
        ("整改中", "已印发文件"),
        ("已完成", ""),
        ("", "正在推进"),
    ],
)
def test_facts_beside_a_status_are_no_clash(status: str, progress: str) -> None:
    assert not read_claim(status, progress, RULES, long_term=False).contradiction


def test_words_nobody_knows_in_the_status_column_leave_it_to_the_progress() -> None:
    reading = read_claim("详见附件", "5月20日已完成", RULES, long_term=False)
    assert reading.status_unknown and not reading.from_status
    assert reading.claim is Claim.DONE


def test_the_office_s_own_status_word_comes_before_our_reading() -> None:
    rules = replace(RULES, statuses={**RULES.statuses, "详见附件": Claim.DONE})
    assert read_claim("详见附件", "", rules, long_term=False).claim is Claim.DONE


@pytest.mark.parametrize("text", ["基本完成", "已基本完成", "基本整改到位", "整改工作已基本完成"])
def test_basically_done_is_in_progress_unless_the_office_says_otherwise(text: str) -> None:
    for status, progress in ((text, ""), ("", text)):
        reading = read_claim(status, progress, RULES, long_term=False)
        assert reading.claim is Claim.IN_PROGRESS and reading.basically
        generous = read_claim(status, progress, replace(RULES, basically_done=True), long_term=False)
        assert generous.claim is Claim.DONE


def test_capital_construction_is_not_basically_done() -> None:
    assert not read_claim("", "基本建设项目清理已完成", RULES, long_term=False).basically


@pytest.mark.parametrize(
    ("status", "percent"), [("80%", 80), ("0.8", 80), ("100", 100), ("1", 100), ("0", 0), ("1%", 1)]
)
def test_a_figure_in_the_status_column_is_progress_in_per_cent(status: str, percent: float) -> None:
    assert read_claim(status, "", RULES, long_term=False).percent == percent


def test_long_term_is_claimed_only_on_long_term_items() -> None:
    assert read_claim("长期坚持", "", RULES, long_term=True).claim is Claim.LONG_TERM
    assert read_claim("长期坚持", "", RULES, long_term=False).claim is Claim.IN_PROGRESS


@pytest.mark.parametrize("text", ["", " ", "　", "/", "—", "——", "无", "暂无", "无。", "N/A", "\n"])
def test_a_stroke_says_nothing(text: str) -> None:
    assert nothing_said(text)


@pytest.mark.parametrize("text", ["√", "否", "0", "无进展", "已完成", "×××办法"])
def test_a_tick_or_a_word_says_something(text: str) -> None:
    assert not nothing_said(text)


@pytest.mark.parametrize("progress", ["已完成", "已全部整改到位。", "整改完成率100%"])
def test_done_with_nothing_behind_it_is_vague(progress: str) -> None:
    assert vague_done(progress, "", None) and vague_done(progress, "无", None)
    assert not vague_done(progress, "会议纪要", None)
    assert not vague_done(progress, "", date(2016, 5, 18))


@pytest.mark.parametrize("progress", ["5月18日已完成", "已印发《办法》", "约谈27名", "已清退三户", "见附件"])
def test_a_date_figure_or_document_stands_behind_done(progress: str) -> None:
    assert not vague_done(progress, "", None)


@pytest.mark.parametrize("text", ["正在推进", "正在按要求有序推进整改工作", "抓紧落实中。", "积极推进，取得一定成效"])
def test_stock_words_alone_are_vague_progress(text: str) -> None:
    assert vague_progress(text)


@pytest.mark.parametrize("text", ["", "/", "正在修订接待办法", "约谈27名", "已移送区纪委"])
def test_a_matter_is_not_vague_progress(text: str) -> None:
    assert not vague_progress(text)


@pytest.mark.parametrize(
    ("progress", "months"),
    [
        ("3月底一段已完成", [3]),
        ("第一阶段已完成", [2]),
        ("首批已完成，第二批正在进行", [2]),
        ("2月已完成签约", [2]),
        ("第一、二阶段已完成", [2, 3]),
        ("前两阶段已完成，第三阶段正在推进", [2, 3]),
        ("第一阶段：2月底前签约，已完成；第二阶段正在推进", [2]),
        ("二季度任务已完成", [6]),
        ("已全部完成", [2, 3, 6]),
        ("整改中", []),
        ("3月底前将完成", []),
        ("第一阶段完成80%", []),
        ("第一阶段未完成", []),
        ("", []),
    ],
)
def test_only_a_stage_stated_done_is_confirmed(progress: str, months: list[int]) -> None:
    assert [day.month for day in stages_stated_done(progress, STAGES)] == months


DRAFT_THEN_REBUILD = "3月底前制定方案，6月底前完成改造"
STUDY_THEN_BUILD = "2021年底前完成可研，2022年6月底前开工，2022年12月底前完工"
NUMBERED = "1.3月底前；2.6月底前"
TWO = (date(2016, 3, 31), date(2016, 6, 30))
THREE = (date(2021, 12, 31), date(2022, 6, 30), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("phrase", "stages", "progress", "done"),
    [
        (DRAFT_THEN_REBUILD, TWO, "3月20日已制定方案，正在征求意见", [1]),
        (DRAFT_THEN_REBUILD, TWO, "方案已制定印发，正在整改", [1]),
        (DRAFT_THEN_REBUILD, TWO, "已完成方案制定", [1]),
        (DRAFT_THEN_REBUILD, TWO, "已制定《整改方案》", [1]),
        (DRAFT_THEN_REBUILD, TWO, "6月20日已制定方案", [1]),
        (DRAFT_THEN_REBUILD, TWO, "已制定方案并完成改造", [1, 2]),
        (DRAFT_THEN_REBUILD, TWO, "已制定方案。已完成改造", [1, 2]),
        (STUDY_THEN_BUILD, THREE, "可研已完成并批复", [1]),
        (STUDY_THEN_BUILD, THREE, "可行性研究报告已于2022年6月20日完成", [1]),
        (STUDY_THEN_BUILD, THREE, "已开工", [2]),
        (STUDY_THEN_BUILD, THREE[::2], "可研已完成并批复", [1]),
        (NUMBERED, TWO, "1.已完成；2.正在推进", [1]),
        (NUMBERED, TWO, "①已完成\n②正在推进", [1]),
        (NUMBERED, TWO, "一是已完成；二是正在推进", [1]),
        (NUMBERED, TWO, "1.已完成；2.已完成", [1, 2]),
    ],
)
def test_a_stage_is_confirmed_in_its_own_words_or_under_its_own_number(
    phrase: str, stages: tuple[date, ...], progress: str, done: list[int]
) -> None:
    assert [stages.index(day) + 1 for day in stages_stated_done(progress, stages, phrase)] == done


BY_TERM = "第2学期在3月底前完成，第1学期在9月底前完成"
BY_DAY = "3月底前、9月底前"
TERMS = (date(2016, 3, 31), date(2016, 9, 30))


@pytest.mark.parametrize(
    ("phrase", "progress", "done"),
    [
        (BY_TERM, "第2学期收费自查已于3月28日全部完成并公示；第1学期：待9月开学后开展。", [3]),
        (BY_TERM, "第1学期：待9月开学后开展；第2学期收费自查已于3月28日全部完成并公示。", [3]),
        (BY_TERM, "第2学期已全部完成，第1学期拟于9月开展", [3]),
        (BY_TERM, "第1学期收费检查将于9月开学后实施，第2学期检查已全部完成", [3]),
        (BY_TERM, "第1学期尚未开展；第2学期已全部完成", [3]),
        (BY_DAY, "第2学期收费自查已于3月28日全部完成并公示；第1学期：待9月开学后开展。", [3]),
        (BY_DAY, "第1学期尚未开展；第2学期已全部完成", []),
        (BY_DAY, "3月底一段已全部完成；9月底一段待开学后开展", [3]),
        (BY_DAY, "第一阶段已全部完成，第二阶段计划9月实施", [3]),
        (BY_DAY, "收费自查已于3月28日全部完成；下学期检查待9月开学后开展", [3]),
    ],
)
def test_a_stage_still_to_come_stays_open_though_another_is_all_done(
    phrase: str, progress: str, done: list[int]
) -> None:
    assert [day.month for day in stages_stated_done(progress, TERMS, phrase)] == done
    assert read_claim("", progress, RULES, long_term=False).claim is Claim.IN_PROGRESS


@pytest.mark.parametrize("phrase", [BY_TERM, BY_DAY])
@pytest.mark.parametrize("progress", ["第1学期已完成，第2学期已完成", "第1学期、第2学期均已全部完成"])
def test_every_term_done_is_every_stage_done(phrase: str, progress: str) -> None:
    assert stages_stated_done(progress, TERMS, phrase) == TERMS


@pytest.mark.parametrize(
    "progress",
    [
        "全部完成整改。下一步，计划开展第二轮巡察回头看",
        "已全部完成整改，计划建立长效机制",
        "已全部完成整改。下半年计划开展回头看",
        "下阶段将继续巩固整改成果；目前已全部完成",
        "第2学期已全部完成；第1学期计划9月开展，已全部完成",
    ],
)
def test_a_plan_that_is_no_stage_of_the_item_leaves_it_done(progress: str) -> None:
    assert read_claim("", progress, RULES, long_term=False).claim is Claim.DONE
    assert stages_stated_done(progress, TERMS, BY_TERM) == TERMS


@pytest.mark.parametrize(
    ("phrase", "stages", "progress"),
    [
        *(
            (DRAFT_THEN_REBUILD, TWO, progress)
            for progress in (
                "整改中",
                "正在制定方案",
                "已启动方案制定",
                "方案初稿已完成",
                "方案尚未制定",
                "计划3月底前制定方案",
                "方案制定工作已完成80%",
                "已制定《考核办法》",
                "已制定改造计划",
                "已完成改造方案",
                "已实施改造",
                "已完成改造招标",
                "改造已基本完成",
                "6月20日已完成招标",
            )
        ),
        (STUDY_THEN_BUILD, THREE[::2], "2022年6月已开工"),
        (STUDY_THEN_BUILD, THREE, "已办理开工手续"),
        (STUDY_THEN_BUILD, THREE, "已具备开工条件"),
        (NUMBERED, TWO, "1.未完成；2.正在推进"),
        (NUMBERED, TWO, "1.5公里已完成；2.3公里未完成"),
        (NUMBERED, TWO, "1.已印发通知；2.已召开会议；3.已完成清查"),
    ],
)
def test_other_words_confirm_no_stage(phrase: str, stages: tuple[date, ...], progress: str) -> None:
    assert stages_stated_done(progress, stages, phrase) == ()


def test_numbered_measures_stand_for_the_stages_only_where_the_phrase_names_no_matter() -> None:
    measures, progress = "1.清查台账；2.完善制度", "1.已完成；2.正在推进"
    assert stages_stated_done(progress, TWO, "3月底前、6月底前", measures) == TWO[:1]
    assert stages_stated_done(progress, TWO, DRAFT_THEN_REBUILD, measures) == ()


@pytest.mark.parametrize("status", ["延期完成", "滞后完成", "已完成招标", "红灯", "不同意销号", "5/3"])
def test_a_status_that_may_mean_either_is_shown_and_left_to_the_progress(status: str) -> None:
    reading = read_claim(status, "5月20日已完成", RULES, long_term=False)
    assert reading.status_unknown and reading.claim is Claim.DONE and not reading.contradiction


@pytest.mark.parametrize(("status", "progress"), [("超期完成", "4月20日已清理完毕"), ("已完成", "已整改，未销号")])
def test_late_or_not_yet_closed_is_no_contradiction_to_done(status: str, progress: str) -> None:
    reading = read_claim(status, progress, RULES, long_term=False)
    assert reading.claim is Claim.DONE and not reading.contradiction


@pytest.mark.parametrize(("status", "day"), [("√（5.3）", "5.3"), ("是（5月9日）", "5月9日"), ("√", ""), ("5.3", "")])
def test_a_day_behind_the_tick_is_a_day(status: str, day: str) -> None:
    assert day_in_status(status) == day


@pytest.mark.parametrize("progress", ["已配合提出修改意见", "配合完成清理", "已配合，全部清退完毕", "协助开展检查3次"])
def test_a_co_unit_may_only_tell_of_its_help(progress: str) -> None:
    assert only_helped(progress)


@pytest.mark.parametrize("progress", ["", "已完成整改", "我局12户已全部清退完毕。已配合区财政局", "整改中"])
def test_a_unit_that_says_the_item_done_does_not_only_help(progress: str) -> None:
    assert not only_helped(progress)


WORDS = st.lists(
    st.sampled_from([*(phrase[1] for phrase in PHRASES), "未", "已", "完成", "，", "。", "80%", "5月", "□", "☑"])
)


@given(WORDS.map("".join) | st.text(), WORDS.map("".join) | st.text(), st.booleans())
def test_any_text_is_a_claim(status: str, progress: str, long_term: bool) -> None:
    reading = read_claim(status, progress, RULES, long_term=long_term)
    assert long_term or reading.claim is not Claim.LONG_TERM
    assert (reading.claim is Claim.NONE) == (not reading.from_status and nothing_said(progress))
    assert set(stages_stated_done(progress, STAGES)) <= set(STAGES)


@given(WORDS.map("".join))
def test_a_negation_before_it_is_never_done(text: str) -> None:
    assert read_claim("", f"{text}。整改尚未完成", RULES, long_term=False).claim is not Claim.DONE
