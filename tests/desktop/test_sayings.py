"""What the window says of itself."""

from __future__ import annotations

import pytest

from rectify_tool.desktop.sayings import folder_name, some, time_left


@pytest.mark.parametrize(
    ("done", "total", "seconds", "told"),
    [
        (0, 100, 9, ""),
        (3, 100, 0.5, ""),
        (10, 100, 2, "约还要20秒"),
        (99, 100, 10, "约还要5秒"),
        (10, 2000, 3, "约还要10分钟"),
        (100, 100, 9, ""),
    ],
)
def test_the_time_left_comes_from_the_rate_so_far(done: int, total: int, seconds: float, told: str) -> None:
    assert time_left(done, total, seconds) == told


def test_a_long_list_is_cut_and_counted() -> None:
    assert some(("甲", "乙")) == "“甲”、“乙”"
    assert some("甲乙丙丁戊己") == "“甲”、“乙”、“丙”、“丁”、“戊”等6件"


def test_a_folder_is_called_by_its_last_part() -> None:
    assert folder_name("/文件/示例区巡视整改") == "示例区巡视整改"
    assert folder_name("/") == "/"
