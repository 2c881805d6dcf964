"""经办 — what the window asks and is told, with a real process at the other end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.clerk import Clerk, Trouble
from rectify_tool.desktop.line import Line
from rectify_tool.errors import Stop
from tests.desktop.fake_desk import fake_line, screen


@pytest.fixture
def clerk(qtbot: QtBot) -> Iterator[Clerk]:
    clerk = Clerk(start=fake_line)
    clerk.open("甲")
    yield clerk
    clerk.close()


class Heard:
    """What came back, in order."""

    def __init__(self, qtbot: QtBot) -> None:
        self.words: list[Any] = []
        self._qtbot = qtbot

    def __call__(self, word: Any) -> None:
        self.words.append(word)

    def wait(self, count: int) -> list[Any]:
        self._qtbot.waitUntil(lambda: len(self.words) >= count, timeout=60_000)
        return self.words


@pytest.fixture
def heard(qtbot: QtBot) -> Heard:
    return Heard(qtbot)


def test_acts_are_answered_in_the_order_they_were_asked(clerk: Clerk, heard: Heard) -> None:
    for no in ("1-1", "1-2", "1-3"):
        clerk.ask("tell", no, then=heard)
    assert heard.wait(3) == ["甲·1-1", "甲·1-2", "甲·1-3"]


def test_a_long_answer_arrives_whole(clerk: Clerk, heard: Heard) -> None:
    clerk.ask("look", 2500, 1200, then=heard)
    assert heard.wait(1) == [screen("甲", 2500, 1200)]


def test_a_refusal_goes_to_the_one_who_asked_else_to_the_place_for_all(clerk: Clerk, heard: Heard) -> None:
    refused = Trouble(Stop.CANNOT_WRITE, "写不进去，请关闭后重试")
    clerk.trouble.connect(lambda trouble: heard(("all", trouble)))
    clerk.ask("register", otherwise=lambda trouble: heard(("mine", trouble)))
    clerk.ask("register")
    assert heard.wait(2) == [("mine", refused), ("all", refused)]


def test_a_bug_is_told_in_plain_words_with_its_trace_as_details(clerk: Clerk, heard: Heard) -> None:
    clerk.ask("undo", 0, otherwise=heard)
    (trouble,) = heard.wait(1)
    assert trouble.stop is None and not trouble.cancelled
    assert "ZeroDivisionError" in trouble.details and "ZeroDivisionError" not in trouble.message


def test_what_is_under_way_is_told_until_nothing_is(clerk: Clerk, heard: Heard) -> None:
    clerk.busy.connect(heard)
    clerk.ask("tell", "1-1", what="正在查")
    clerk.ask("tell", "1-2", what="正在查")
    clerk.ask("stamps")
    assert heard.wait(2) == ["正在查", ""]


def test_progress_is_told_of_what_is_shown_and_not_of_what_is_quiet(clerk: Clerk, heard: Heard, qtbot: QtBot) -> None:
    told: list[tuple[int, int, str]] = []
    clerk.progressed.connect(lambda *word: told.append(word))
    clerk.ask("generate", 3, 0.0, then=heard)
    heard.wait(1)
    assert told == []
    clerk.ask("generate", 3, 0.0, then=heard, what="正在生成")
    heard.wait(2)
    assert told[0] == (1, 3, "第1份") and told[-1] == (3, 3, "第3份")


def test_a_quiet_act_is_dropped_while_one_like_it_waits(clerk: Clerk, heard: Heard) -> None:
    clerk.ask("tell", "1-1", then=heard)
    for _ in range(5):
        clerk.ask("stamps", then=heard)
    clerk.ask("tell", "1-2", then=heard)
    assert heard.wait(3) == ["甲·1-1", "甲·1", "甲·1-2"]


def test_the_next_act_goes_on_while_a_form_is_open_over_an_answer(clerk: Clerk, heard: Heard, qtbot: QtBot) -> None:
    def form(_: Any) -> None:
        qtbot.waitUntil(lambda: bool(heard.words), timeout=60_000)  # as a dialog does: events go on inside
        heard("closed")

    clerk.ask("tell", "1-1", then=form)
    clerk.ask("tell", "1-2", then=heard)
    assert heard.wait(2) == ["甲·1-2", "closed"]


def test_a_cancel_that_is_heard_leaves_the_same_process_at_work(clerk: Clerk, heard: Heard, tmp_path: Path) -> None:
    mark = tmp_path / "记号"
    clerk.ask("pdf", then=heard)
    clerk.progressed.connect(lambda *_: clerk.cancel())
    clerk.ask("take_in", str(mark), otherwise=heard, what="正在放进")
    clerk.ask("pdf", then=heard)
    before, trouble, after = heard.wait(3)
    assert trouble.cancelled and before == after
    assert mark.read_text(encoding="utf-8") == "放下了"


def test_a_cancel_that_is_not_heard_gets_a_new_process_with_the_same_folder_open(
    clerk: Clerk, heard: Heard, qtbot: QtBot
) -> None:
    clerk.ask("pdf", then=heard)
    clerk.ask("publish", otherwise=heard, what="正在定稿")
    clerk.ask("pdf", then=heard)
    clerk.ask("tell", "4-2", then=heard)
    heard.wait(1)
    clerk.cancel()
    clerk.cancel()
    before, trouble, after, told = heard.wait(4)
    assert trouble.cancelled and before != after and told == "甲·4-2"


def test_a_process_that_dies_is_told_once_and_replaced_with_the_folder_open(clerk: Clerk, heard: Heard) -> None:
    clerk.ask("record", otherwise=heard)
    clerk.ask("tell", "4-2", then=heard)
    trouble, told = heard.wait(2)
    assert told == "甲·4-2"
    assert trouble.stop is None and not trouble.cancelled and "意外停止" in trouble.message


def test_a_process_that_cannot_start_is_tried_once_for_each_act_and_no_more(qtbot: QtBot, heard: Heard) -> None:
    starts: list[Line] = []

    def start() -> Line:
        starts.append(_stillborn())
        return starts[-1]

    clerk = Clerk(start=start)
    clerk.ask("tell", "1-1", otherwise=heard)
    clerk.ask("tell", "1-2", otherwise=heard)
    assert ["意外停止" in trouble.message for trouble in heard.wait(2)] == [True, True]
    assert len(starts) <= 3
    clerk.close()


def _stillborn() -> Line:
    line = fake_line()
    line._process.kill()
    return line


def test_another_folder_gives_up_what_was_asked_of_the_one_before(clerk: Clerk, heard: Heard, tmp_path: Path) -> None:
    clerk.ask("take_in", str(tmp_path / "记号"), otherwise=lambda trouble: heard(trouble.cancelled), what="正在放进")
    clerk.ask("tell", "1-1", then=heard, otherwise=lambda trouble: heard(trouble.cancelled))
    clerk.open("乙")
    clerk.ask("tell", "1-1", then=heard)
    assert heard.wait(3) == [True, True, "乙·1-1"]


def test_closing_ends_the_process_within_a_second_or_so_whatever_it_does(clerk: Clerk, heard: Heard) -> None:
    clerk.ask("publish", then=heard, otherwise=heard)
    clerk.close()
    clerk.close()
    clerk.ask("tell", "1-1", then=heard)
    assert heard.words == []


def test_what_goes_wrong_with_an_answer_does_not_stop_the_next(clerk: Clerk, heard: Heard, qtbot: QtBot) -> None:
    def wrong(_: Any) -> None:
        raise ValueError("in the one who asked")

    with qtbot.captureExceptions() as bugs:
        clerk.ask("tell", "1-1", then=wrong)
        clerk.ask("tell", "1-2", then=heard)
        assert heard.wait(1) == ["甲·1-2"]
    assert [kind for kind, *_ in bugs] == [ValueError]


@pytest.fixture
def ahead(qtbot: QtBot) -> Iterator[Clerk]:
    line = fake_line()
    line.read_ahead("甲", datetime(2016, 5, 20, 9))
    clerk = Clerk(line, start=fake_line)
    clerk.open("甲")
    yield clerk
    clerk.close()


def test_what_was_read_ahead_stays_read_and_its_progress_is_seen(ahead: Clerk, heard: Heard) -> None:
    told: list[str] = []
    ahead.progressed.connect(lambda done, total, name: told.append(name))
    ahead.ask("stamps", then=heard, what="正在读取")
    assert heard.wait(1) == ["甲·101"]
    assert told[-1] == "先读的第40份"


def test_another_folder_does_not_wait_for_what_is_read_ahead(ahead: Clerk, heard: Heard) -> None:
    ahead.ask("stamps", what="正在读取")
    ahead.open("乙")
    ahead.ask("stamps", then=heard)
    assert heard.wait(1) == ["乙·1"]
