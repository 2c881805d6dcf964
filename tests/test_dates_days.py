"""日子 — finish days, date lines and the base day, read from what units and offices write."""

from __future__ import annotations

from datetime import date

import pytest

from rectify_tool.dates import DayReading, find_finish_day, find_only_day, read_base, read_date_line, read_day

LATEST = date(2016, 7, 10)


@pytest.mark.parametrize(
    "text",
    [
        "2016.6.28",
        "20160628",
        "2016-06-28 00:00:00",
        "2016年6月28日",
        "6月28日",
        "６月２８日",
        "二〇一六年六月二十八日",
        "16.6.28",
        "6/28",
        "42549",
        "6月28日已完成",
    ],
)
def test_every_writing_of_a_day_is_that_day(text: str) -> None:
    assert read_day(text, latest=LATEST).day == date(2016, 6, 28)


@pytest.mark.parametrize("text", ["6月31日", "2016年2月30日", "2016年13月1日", "20160631"])
def test_a_day_that_does_not_exist_is_told(text: str) -> None:
    assert read_day(text, latest=LATEST) == DayReading(None, read_day(text).text, impossible=True)


def test_a_day_without_a_year_is_the_latest_not_after_the_file_s_own() -> None:
    assert read_day("7月10日", latest=LATEST).day == LATEST
    assert read_day("7月11日", latest=LATEST).day == date(2015, 7, 11)
    assert read_day("7月11日", latest=LATEST, earliest=date(2016, 2, 26)).day is None
    assert read_day("7月10日").day is None


def test_a_month_alone_is_its_last_day_and_only_approximate() -> None:
    reading = read_day("6月底", latest=LATEST)
    assert (reading.day, reading.since, reading.year_inferred) == (date(2016, 6, 30), date(2016, 6, 1), True)
    assert read_day("7月", latest=LATEST).day == LATEST


def test_a_number_that_may_be_something_else_is_in_doubt() -> None:
    assert read_day("6.28", latest=LATEST).doubt
    assert read_day("42549", latest=LATEST).doubt
    assert not read_day("2016.6.28", latest=LATEST).doubt


@pytest.mark.parametrize("text", ["", "已完成", "5月3日、6月3日", "28日", "尽快"])
def test_no_day_or_several_days_are_no_day(text: str) -> None:
    assert read_day(text, latest=LATEST).day is None


@pytest.mark.parametrize(
    ("progress", "day"),
    [
        ("６月28日已完成", date(2016, 6, 28)),
        ("已于2016年3月18日印发《关于2016年4月1日起施行的办法》，全部完成", date(2016, 3, 18)),
        ("3月1日至4月15日开展专项整治，已全部整改到位", date(2016, 4, 15)),
        ("3月18日召开会议，4月20日完成清退12万元", date(2016, 4, 20)),
        ("4月12日启动，5月12日全部完成", date(2016, 5, 12)),
        ("于2016年6月20日办结", date(2016, 6, 20)),
        ("已完成。（2016年6月20日）", date(2016, 6, 20)),
        ("全部完成（6月28日）", date(2016, 6, 28)),
        ("已完成，完成时间：2016年5月30日", date(2016, 5, 30)),
        ("已按要求于5月10日完成整改，下一步将继续巩固", date(2016, 5, 10)),
        ("2016年5月12日前已完成", date(2016, 5, 12)),
    ],
)
def test_the_day_attached_to_a_finishing_word_is_the_finish_day(progress: str, day: date) -> None:
    assert find_finish_day(progress, LATEST).day == day


@pytest.mark.parametrize(
    "progress",
    [
        "拟于7月15日完成",
        "计划6月底前完成",
        "6月底前完成",
        "5月10日将完成",
        "完成时限2016年6月30日，已完成",
        "3月1日至4月15日开展专项整治",
        "2015年11月至2016年1月巡视期间发现的问题已整改完毕",
        "2016年2月26日反馈后，立即整改，已完成",
        "根据2月26日反馈意见，已完成整改",
        "3月18日召开会议部署，目前正在推进",
        "3月10日完成摸底，现已全部整改到位",
        "6月5日完成80%",
        "5月12日未完成",
        "5月20日印发通知",
        "正在推进",
        "",
    ],
)
def test_plans_deadlines_titles_and_earlier_days_are_no_finish_day(progress: str) -> None:
    assert find_finish_day(progress, LATEST).day is None


def test_an_impossible_finish_day_is_told_not_mended() -> None:
    reading = find_finish_day("6月31日已完成", LATEST)
    assert (reading.day, reading.impossible, reading.text) == (None, True, "6月31日")


def test_a_finish_day_after_the_file_s_own_is_kept_when_its_year_is_written() -> None:
    assert find_finish_day("2016年8月1日已完成", LATEST).day == date(2016, 8, 1)


# ---------------------------------------------------------------- 表头、填报日期 ----


def test_the_base_is_the_day_of_the_feedback_line_first() -> None:
    day, how = read_base(["示例区整改责任分解表", "（2016年3月20日印发）", "反馈时间：2016年2月26日"])
    assert day == date(2016, 2, 26)
    assert "2016年2月26日" in how


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("整改责任分解表（2016年3月20日）", date(2016, 3, 20)),
        ("2016年3月整改责任分解表", date(2016, 3, 1)),
        ("2016年整改责任分解表", None),
        ("2015年11月至2016年1月巡视反馈意见整改责任分解表", None),
        ("填报日期：2016年5月18日", None),
        ("截至2016年5月20日", None),
        ("", None),
    ],
)
def test_a_bare_year_a_range_or_a_fill_in_date_is_no_base(line: str, day: date | None) -> None:
    assert read_base([line])[0] == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("填报单位：区财政局    填报日期：2016年5月18日", date(2016, 5, 18)),
        ("（截至2016.5.20）", date(2016, 5, 20)),
        ("填表人：    日期: 2016/5/18", date(2016, 5, 18)),
        ("填报时间：2016年5月", None),
        ("填报时间：5月18日", None),
        ("填报单位（盖章）：", None),
    ],
)
def test_a_date_line_counts_only_with_a_full_date(line: str, day: date | None) -> None:
    assert read_date_line(line) == day


@pytest.mark.parametrize(
    ("progress", "day"),
    [
        ("5月9日印发考核办法", 9),
        ("已全部完成，5月8日印发文件", 8),
        ("5月6日约谈3家", 6),
    ],
)
def test_the_only_day_of_a_text_that_claims_done_is_the_finish_day(progress: str, day: int) -> None:
    assert find_only_day(progress, date(2016, 5, 20), date(2016, 2, 26)).day == date(2016, 5, day)


@pytest.mark.parametrize(
    "progress",
    [
        "5月9日",
        "5月9日召开会议部署",
        "5月9日启动",
        "5月9日起执行",
        "5月9日前印发",
        "计划5月9日印发",
        "截至5月18日已印发",
        "4月10日反馈的问题",
        "3月收到通知，5月9日印发办法",
        "4月1日印发，5月9日公开",
        "《5月9日通知》已印发",
        "5月25日印发办法",
        "2月1日印发办法",
    ],
)
def test_a_day_that_may_be_something_else_is_no_finish_day(progress: str) -> None:
    assert find_only_day(progress, date(2016, 5, 20), date(2016, 2, 26)).day is None
