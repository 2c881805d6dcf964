from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import Claim, Column
from rectify_tool.places import default_rules_text
from rectify_tool.rules import read_rules

DEFAULT = default_rules_text()


def test_the_shipped_rules_are_whole_and_say_where_they_come_from() -> None:
    rules = read_rules(DEFAULT)
    assert rules.due_soon_days == 10
    assert rules.feedback is None
    assert all(origin.meaning and origin.source for origin in rules.origins.values())


def test_the_office_changes_one_rule_and_keeps_the_others() -> None:
    rules = read_rules(DEFAULT, "[deadline]\ndue_soon_days = 7\n")
    assert rules.due_soon_days == 7
    assert rules.origins["deadline.due_soon_days"].changed
    assert not rules.origins["deadline.month_start_day"].changed
    assert rules.month_start_day == read_rules(DEFAULT).month_start_day


def test_a_day_may_be_written_as_a_date_or_as_text() -> None:
    assert read_rules(DEFAULT, "[base]\nfeedback = 2016-02-26").feedback == date(2016, 2, 26)
    assert read_rules(DEFAULT, '[base]\nfeedback = "2016-02-26"').feedback == date(2016, 2, 26)


def test_names_are_added_and_a_word_moved_to_another_meaning_moves() -> None:
    rules = read_rules(DEFAULT, '[headings]\nprogress = ["推进情形"]\n[statuses]\nin_progress = ["已完成"]')
    assert "推进情形" in rules.headings[Column.PROGRESS]
    assert set(read_rules(DEFAULT).headings[Column.PROGRESS]) < set(rules.headings[Column.PROGRESS])
    assert rules.statuses["已完成"] is Claim.IN_PROGRESS


def test_the_office_may_say_why() -> None:
    rules = read_rules(DEFAULT, '[deadline]\ndue_soon_days = { value = 5, source = "区委督查室2016年1号文" }')
    assert rules.origins["deadline.due_soon_days"].source == "区委督查室2016年1号文"


@pytest.mark.parametrize(
    ("office", "told"),
    [
        ("[deadline]\n\ndue_son_days = 7", ("第3行", "due_son_days", "due_soon_days")),
        ('[deadline]\ndue_soon_days = "七"', ("第2行", "整数", "七")),
        ("[deadline]\ndue_soon_days = true", ("第2行", "整数")),
        ("[deadlines]\ndue_soon_days = 7", ("第1行", "[deadlines]", "没有这一节")),
        ("feedback = 2016-02-26", ("第1行", "没有这一节")),
        ('[base]\nfeedback = "2016-02-30"', ("第2行", "2016-02-30")),
        ('[headings]\n"进展" = ["进展"]', ("第2行", "进展")),
        ('[headings]\n进展 = ["进展"]', ("第2行", "中文名称要加引号")),
        ('[headings]\nprogress = "进展"', ("第2行", "名单")),
        ('[states]\nbasically_done = "是"', ("第2行", "true")),
        ('[events]\n"会议" = "上周"', ("第2行", "会议")),
        ("[deadline]\ndue_soon_days = 七", ("第2行", "读不懂")),
        ("[units]\nroster = [1]", ("第2行", "名单")),
    ],
)
def test_a_wrong_setting_is_an_error_that_names_the_line(office: str, told: tuple[str, ...]) -> None:
    with pytest.raises(RectifyError) as caught:
        read_rules(DEFAULT, office)
    assert caught.value.stop is Stop.SETTINGS_UNUSABLE
    assert all(piece in caught.value.message for piece in told), caught.value.message


def test_an_office_may_tell_the_items_by_count_and_numbers_instead() -> None:
    own = read_rules(DEFAULT, "[wording]\nnext_overdue = '{names}要对逾期的{n}项（{nos}）说明原因，于{by}前报送。'")
    assert "{n}项（{nos}）" in own.wording["next_overdue"]


@pytest.mark.parametrize("days", ["", "五", "0", "-3", "3.5", "１０"])
def test_office_texts_that_are_figures_must_be_figures(days: str) -> None:
    with pytest.raises(RectifyError, match=r"第2行：\[office\] 的 reply_days 应当写 1 到 366 的数字"):
        read_rules(DEFAULT, f"[office]\nreply_days = '{days}'")
    assert read_rules(DEFAULT, "[office]\ncopies = ''").office["copies"] == ""


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("some_overdue = '未按时完成若干项'", "缺少填空{n}"),
        ("some_overdue = ''", "不能空着"),
        ("some_overdue = '未按时完成{n:项}'", "加了冒号"),
        ("some_overdue = '未按时完成｛n｝项'", "花括号要用半角"),
        ("next_close = '已完成的，由{inspectors}核查。'", "缺少填空{these}"),
    ],
)
def test_a_wording_that_no_longer_says_how_many_is_refused(line: str, says: str) -> None:
    with pytest.raises(RectifyError) as caught:
        read_rules(DEFAULT, f"[wording]\n{line}")
    assert says in caught.value.message and "第2行" in caught.value.message


def test_a_section_written_twice_is_told_as_that() -> None:
    with pytest.raises(RectifyError, match="前面已经写过一次"):
        read_rules(DEFAULT, "[office]\nsender = '甲'\n[office]\ntitle = '乙'")


def test_an_office_wording_may_use_only_the_slots_there_are() -> None:
    rules = read_rules(DEFAULT)
    name, text = next((key, text) for key, text in rules.wording.items() if "{" in text)
    with pytest.raises(RectifyError, match="可以用的填空"):
        read_rules(DEFAULT, f"[wording]\n{name} = '共{{没有的填空}}项'")
    assert read_rules(DEFAULT, f"[wording]\n{name} = '''{text}（改）'''").wording[name].endswith("（改）")


def test_every_key_of_the_samples_rules_is_known() -> None:
    for office in (Path(__file__).parent.parent / "samples").glob("*/口径.toml"):
        read_rules(DEFAULT, office.read_text(encoding="utf-8"))


@pytest.mark.parametrize("section", ["deadline", "headings"])
def test_a_section_written_as_a_value_is_an_error_not_passed_over(section: str) -> None:
    with pytest.raises(RectifyError, match="第2行"):
        read_rules(default_rules_text(), f"# 口径\n{section} = 3\n")
