"""What the window says of itself."""

from __future__ import annotations

import pytest

from rectify_tool.desktop.sayings import Pace, folder_name, some


@pytest.mark.parametrize(
    ("done", "seconds", "total", "told"),
    [
        (1, 0.5, 100, ""),
        (11, 2, 101, "约还要20秒"),
        (100, 9.9, 101, "约还要5秒"),
        (11, 3, 2001, "约还要10分钟"),
    ],
)
def test_the_time_left_comes_from_the_rate_of_reading(done: int, seconds: float, total: int, told: str) -> None:
    pace = Pace()
    pace.note(0, 1)
    pace.note(seconds, done)
    assert pace.left(seconds, total) == told


def test_files_kept_from_an_earlier_look_are_not_counted_as_read() -> None:
    pace = Pace()
    pace.note(0, 1500)
    assert pace.left(5, 2000) == ""
    pace.note(5, 1510)
    assert pace.left(5, 2000) == "约还要5分钟"


def test_only_what_was_read_lately_counts_and_a_standstill_makes_it_longer() -> None:
    pace = Pace()
    for second in range(21):
        pace.note(second, second * 100)
    for second in range(21, 41):
        pace.note(second, 2000 + second - 20)
    assert pace.left(40, 2120) == "约还要2分钟"
    assert pace.left(80, 2120) == "约还要9分钟"


def test_a_long_list_is_cut_and_counted() -> None:
    assert some(("甲", "乙")) == "“甲”、“乙”"
    assert some("甲乙丙丁戊己") == "“甲”、“乙”、“丙”、“丁”、“戊”等6件"


def test_a_folder_is_called_by_its_last_part() -> None:
    assert folder_name("/文件/示例区巡视整改") == "示例区巡视整改"
    assert folder_name("/") == "/"
