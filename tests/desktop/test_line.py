"""专线 — the desk's process: what it answers, refuses and breaks on, how it is cancelled, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rectify_tool.desktop.line import (
    Answer,
    Ask,
    Broke,
    Cancel,
    Gathering,
    Line,
    Part,
    Refused,
    Stopped,
    Told,
    in_parts,
)
from rectify_tool.errors import Stop
from tests.desktop.fake_desk import fake_line, screen


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    line = fake_line()
    line.send(Ask(0, "open", ("甲",)))
    assert line.hear() == Answer(0, None)
    yield line
    line.end()


def heard(line: Line, serial: int, act: str, *arguments: Any) -> Any:
    line.send(Ask(serial, act, arguments))
    return line.hear()


def test_an_act_is_answered_under_its_own_serial(line: Line) -> None:
    assert heard(line, 7, "tell", "4-2") == Answer(7, "甲·4-2")


def test_what_the_work_cannot_do_comes_back_with_its_stop(line: Line) -> None:
    assert heard(line, 8, "register") == Refused(8, Stop.CANNOT_WRITE, "写不进去，请关闭后重试")


def test_a_bug_comes_back_with_its_trace_and_stands_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    line = fake_line()
    line.send(Ask(0, "open", ("甲",)))
    line.hear()
    word = heard(line, 9, "undo", 0)
    line.end()
    assert isinstance(word, Broke)
    assert "ZeroDivisionError" in word.details
    logs = list(tmp_path.rglob("出错记录.log"))
    assert [word.details in log.read_text(encoding="utf-8") for log in logs] == [True]


def test_only_the_acts_of_the_desk_can_be_asked(line: Line) -> None:
    for act in ("__init__", "_folder", "remove_everything"):
        word = heard(line, 10, act)
        assert isinstance(word, Broke) and "not an act of the desk" in word.details


def test_a_folder_that_cannot_be_opened_is_told_by_whatever_is_asked_of_it_until_it_can(line: Line) -> None:
    line.send(Ask(0, "open", ("不存在",)))
    assert line.hear() == Answer(0, None)
    assert heard(line, 11, "tell", "1-1") == Refused(11, Stop.WRONG_ARGUMENTS, "没有这个文件夹")
    line.send(Ask(0, "open", ("甲",)))
    assert line.hear() == Answer(0, None)
    assert heard(line, 12, "tell", "1-1") == Answer(12, "甲·1-1")


def test_progress_comes_seldom_enough_to_be_shown_and_the_last_always(line: Line) -> None:
    words: list[Any] = [heard(line, 13, "generate", 400, 0.0)]
    while not isinstance(words[-1], Answer):
        words.append(line.hear())
    told = [(word.done, word.total, word.name) for word in words if isinstance(word, Told)]
    assert told[0] == (1, 400, "第1份")
    assert told[-1] == (400, 400, "第400份")
    assert len(told) < 40


def test_a_cancel_is_heard_at_the_next_progress_and_the_next_act_is_done_as_ever(line: Line, tmp_path: Path) -> None:
    mark = tmp_path / "记号"
    assert isinstance(heard(line, 14, "take_in", str(mark)), Told)
    line.send(Cancel(14))
    while isinstance(word := line.hear(), Told):
        pass
    assert word == Stopped(14)
    assert mark.read_text(encoding="utf-8") == "放下了"
    assert heard(line, 15, "tell", "1-1") == Answer(15, "甲·1-1")


def test_a_cancel_that_comes_too_late_stops_nothing_else(line: Line) -> None:
    heard(line, 16, "tell", "1-1")
    line.send(Cancel(16))
    words = [heard(line, 17, "generate", 3, 0.0)]
    while isinstance(words[-1], Told):
        words.append(line.hear())
    assert words[-1] == Answer(17, 3)


@pytest.mark.parametrize(("items", "findings"), [(0, 0), (34, 888), (1000, 0), (1001, 2500)])
def test_a_long_answer_comes_in_parts_and_is_the_same_again(line: Line, items: int, findings: int) -> None:
    gathering, parts = Gathering(), 0
    word = heard(line, 18, "look", items, findings)
    while isinstance(word, Part):
        parts += 1
        gathering.add(word)
        word = line.hear()
    assert isinstance(word, Answer)
    assert gathering.whole(word.value) == screen("甲", items, findings)
    assert parts == sum(-(-count // 1000) for count in (items, findings) if count > 1000)


def test_no_word_of_a_long_answer_carries_more_than_a_thousand_lines() -> None:
    words = list(in_parts(1, screen("甲", 3456, 1200)))
    assert [len(word.columns[0]) for word in words if isinstance(word, Part)] == [1000, 1000, 1000, 456, 1000, 200]
    last = words[-1]
    assert isinstance(last, Answer) and (last.value.items, last.value.findings) == ((), ())


def test_a_process_that_dies_is_heard_as_silence() -> None:
    line = fake_line()
    line.send(Ask(0, "open", ("甲",)))
    line.send(Ask(1, "record"))
    assert line.hear() == Answer(0, None)
    assert line.hear() is None
    assert line.end() not in (0, None)


def test_hanging_up_ends_an_idle_process_by_itself_and_a_deaf_one_by_force() -> None:
    idle, deaf = fake_line(), fake_line()
    for line in (idle, deaf):
        line.send(Ask(0, "open", ("甲",)))
        assert line.hear() == Answer(0, None)
    deaf.send(Ask(1, "publish"))
    assert idle.end(patience=30) == 0
    assert deaf.end() not in (0, None)


WINDOW = """
import os, sys
from rectify_tool.desktop.line import Ask
from tests.desktop.fake_desk import fake_line
if __name__ == "__main__":
    line = fake_line()
    line.send(Ask(0, "open", ("甲",)))
    line.hear()
    line.send(Ask(1, "pdf"))
    print(line.hear().value, flush=True)
    line.send(Ask(2, "take_in", (sys.argv[1],)))
    line.hear()
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="looks for the process as Linux shows it")
def test_when_the_window_is_killed_the_work_is_put_down_and_its_process_ends(tmp_path: Path) -> None:
    script, mark = tmp_path / "window.py", tmp_path / "记号"
    script.write_text(WINDOW, encoding="utf-8")
    here = str(Path(__file__).parent.parent.parent)
    told = subprocess.run(
        [sys.executable, str(script), str(mark)],
        capture_output=True, text=True, env={"PYTHONPATH": here, "PATH": "/usr/bin"}, timeout=60,
    )  # fmt: skip
    pid = int(told.stdout)  # returns only once the desk's process has let go of stdout: it has ended
    assert mark.read_text(encoding="utf-8") == "放下了"
    assert not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_bytes()


def test_the_line_loads_no_qt_and_no_engine() -> None:
    code = (
        "import sys, rectify_tool.desktop.line\n"
        "print([name for name in ('PySide6', 'rectify_tool.story') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
