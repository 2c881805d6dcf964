"""The watch: what changed and has come to rest is told once, and asking never takes much of the time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from rectify_tool.desktop.watch import Watch


class Desk:
    """Answers with the stamps it is set to, ``slow`` seconds later; ``lost`` answers never come."""

    def __init__(self) -> None:
        self.stamps, self.slow, self.lost, self.asked, self.now = "a", 0.0, False, 0, 0.0

    def ask(self, act: str, *_: object, then: Callable[[str], None], otherwise: Callable[..., None]) -> None:
        assert act == "stamps"
        self.asked += 1
        self.now += self.slow
        (otherwise if self.lost else then)("gone" if self.lost else self.stamps)


class Folder:
    """A watched folder: what the watch told of it."""

    def __init__(self) -> None:
        self.desk, self.told, self.rests = Desk(), 0, True
        self.watch = Watch(self.desk, lambda: self.rests, lambda: self.desk.now)
        self.watch.changed.connect(self.tell)
        self.watch.looked()

    def tell(self) -> None:
        self.told += 1

    def beats(self, *stamps: str) -> int:
        for self.desk.stamps in stamps:
            self.watch.beat()
        return self.told


@pytest.fixture
def folder(qapp: QApplication) -> Folder:
    return Folder()


def test_a_folder_that_stays_as_it_was_looked_at_is_not_told(folder: Folder) -> None:
    assert folder.beats("a", "a", "a") == 0


def test_a_change_is_told_once_it_has_stayed_the_same_for_a_beat(folder: Folder) -> None:
    assert folder.beats("b") == 0
    assert folder.beats("b") == 1


def test_files_still_coming_in_are_waited_for(folder: Folder) -> None:
    assert folder.beats("b", "c", "d") == 0
    assert folder.beats("d") == 1


def test_a_change_that_went_back_is_not_told(folder: Folder) -> None:
    assert folder.beats("b", "a", "b", "a") == 0


def test_after_a_look_the_same_state_is_not_told_again(folder: Folder) -> None:
    folder.beats("b", "b")
    folder.watch.looked()
    assert folder.beats("b", "b", "b") == 1


def test_nothing_is_asked_while_the_window_is_at_work(folder: Folder) -> None:
    asked = folder.desk.asked
    folder.rests = False
    folder.beats("b", "b", "b")
    assert folder.desk.asked == asked and folder.told == 0


def test_a_question_takes_at_most_a_twentieth_of_the_time(folder: Folder) -> None:
    folder.beats("a")
    assert folder.watch._timer.interval() == 2_000
    folder.desk.slow = 3.0
    folder.beats("a")
    assert folder.watch._timer.interval() == 60_000


def test_an_answer_that_never_came_does_not_end_the_watch(folder: Folder) -> None:
    folder.desk.lost = True
    folder.beats("b", "b")
    folder.desk.lost = False
    assert folder.beats("b", "b") == 1


def test_a_folder_that_was_left_is_forgotten(folder: Folder) -> None:
    folder.beats("b")
    folder.watch.stop()
    folder.watch.looked()
    assert folder.beats("b", "b") == 0


def test_one_question_at_a_time(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[Any] = []
    monkeypatch.setattr(folder.desk, "ask", lambda act, then, otherwise: waiting.append(then))
    for _ in range(3):
        folder.watch.beat()
    assert len(waiting) == 1
    waiting[0]("a")
    folder.watch.beat()
    assert len(waiting) == 2


def test_an_answer_that_waited_for_hours_does_not_end_the_watch_either(folder: Folder) -> None:
    folder.desk.slow = 80 * 3600.0
    folder.beats("a")
    assert folder.watch._timer.interval() == 60_000
