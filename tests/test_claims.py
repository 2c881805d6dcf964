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
    nothing_said,
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
