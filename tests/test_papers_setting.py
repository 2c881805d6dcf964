"""The title's lines and the signature, as GB/T 9704-2012 wants them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.papers.setting import BODY_LINE, TITLE_LINE, signature, title_lines


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于整改任务落实情况的督查专报", ["关于整改任务落实情况的督查专报"]),
        ("关于生态环境保护督察反馈问题整改情况的督查专报", ["关于生态环境保护督察反馈问题", "整改情况的督查专报"]),
        ("关于省委巡视和经济责任审计反馈意见整改情况的通报", ["关于省委巡视和经济责任审计", "反馈意见整改情况的通报"]),
        ("关于省委巡视反馈意见整改\n情况的专报", ["关于省委巡视反馈意见整改", "情况的专报"]),
        ("甲" * 30, ["甲" * 30]),
    ],
)
def test_a_long_title_breaks_between_words_into_like_lines(title: str, lines: list[str]) -> None:
    assert title_lines(title).split("\n") == lines


@given(st.text(alphabet="关于的和整改情况问题督查专报区委", min_size=1, max_size=70))
def test_no_character_of_a_title_is_lost_and_a_broken_line_holds_what_it_can(title: str) -> None:
    lines = title_lines(title).split("\n")
    assert "".join(lines) == title
    assert len(lines) == 1 or all(len(line) < TITLE_LINE for line in lines)


@pytest.mark.parametrize(
    ("sender", "before_sender", "before_day"),
    [("中共示例区委督查室", 17, 19), ("督查室", 17, 19), ("中共示例区委全面深化改革委员会办公室", 8, 10)],
)
def test_the_day_begins_two_characters_right_of_the_sender(sender: str, before_sender: int, before_day: int) -> None:
    first, second = signature(sender, "2016年5月20日")
    assert first == "\u3000" * before_sender + sender and second == "\u3000" * before_day + "2016年5月20日"


@given(st.text(alphabet="区委督查室", min_size=1, max_size=24))
def test_neither_line_comes_nearer_than_two_characters_to_the_right(sender: str) -> None:
    first, second = signature(sender, "2016年5月20日")
    assert max(len(first), len(second) - 10 + 7) == BODY_LINE - 2


def test_without_a_sender_there_is_the_day_alone() -> None:
    assert signature("", "2016年5月20日") == ("\u3000" * 19 + "2016年5月20日",)
