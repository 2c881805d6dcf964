"""What must hold of the built program on either system: test_linux.py and test_windows.py say which one it is."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rectify_tool import __version__
from tests.desktop.xvfb import why_no_screen
from tests.program.built import COMMAND, NAME, WINDOW, Built, ended, shipped, until, why_not_locked
from tests.program.papers import FIRST, NEXT, Made, contents, same_papers, sample, whole, without_places
from tests.program.sitting import Sitting, title

OPENS_A_LINE = "import socket; socket.socket().bind(('127.0.0.1', 0))"
"""For a Python that is watched as the program is: a line to the net would have been seen."""


class Commands:
    """The command line, from a folder with Chinese letters and a blank that cannot be written to."""

    def test_the_version_is_said(self, built: Built) -> None:
        told = built.run("--version")
        assert (told.code, told.said.strip(), told.complained) == (0, f"整改督查工具 {__version__}", "")

    def test_a_folder_that_is_not_there_is_told_in_chinese_with_the_code_of_the_contract(self, built: Built) -> None:
        told = built.run("run", built.place / "没有 这个（文件夹）", "--as-of", FIRST.day)
        assert told.code == 2 and told.said == ""
        assert "没有 这个（文件夹）" in told.complained and "Traceback" not in told.complained

    def test_a_run_answers_just_as_the_source_does(self, made: Made, expected: Made) -> None:
        assert without_places(made.answer) == without_places(expected.answer)

    def test_every_kind_of_file_is_read(self, made: Made) -> None:
        read = {Path(one["file"]).suffix for one in made.answer["files"] if one["outcome"].startswith("read")}
        assert read >= {".xlsx", ".xls", ".et", ".csv"}, read

    def test_the_papers_are_those_of_the_source_part_by_part(self, made: Made, expected: Made) -> None:
        same_papers(made.papers, expected.papers)

    def test_nothing_of_it_runs_on_when_it_has_ended(self, built: Built, made: Made) -> None:
        assert built.gone()


class Killed:
    """kill -9 in mid-run."""

    def test_killed_while_reading_or_writing_nothing_is_lost_and_the_next_start_puts_it_right(
        self, built: Built, made: Made, expected: Made
    ) -> None:
        work = shutil.copytree(made.folder, built.place / "中断")
        before, papers = contents(work), work / FIRST.name
        for told, there in (
            ("workers at work", lambda: len(built.readers()) == 2),
            ("papers in the making", lambda: list(papers.parent.glob(".新-*"))),
        ):
            running = built.start(COMMAND, *_again(work), out=built.place / "killed.txt")
            until(told, there)
            built.kill()
            assert ended(running) != 0 and built.gone()
            assert contents(work) == before and whole(papers)
        told_next = built.run(*_again(work))
        assert told_next.code == 0 and without_places(json.loads(told_next.said)) == without_places(expected.answer)
        same_papers(papers, expected.papers)
        assert [one.name for one in papers.parent.iterdir() if one.name.startswith((".新", ".旧"))] == []
        assert contents(work) == before

    def test_workers_whose_program_was_killed_end_by_themselves(self, built: Built, made: Made) -> None:
        work = shutil.copytree(made.folder, built.place / "孤儿")
        running = built.start(COMMAND, *_again(work), out=built.place / "orphans.txt")
        first = until("the program", lambda: sorted(built.processes()))[0]
        until("workers at work", lambda: len(built.readers()) == 2)
        built.kill([first])
        assert ended(running) != 0 and built.gone()


@pytest.mark.skipif(bool(why_no_screen()), reason=why_no_screen())
class Window:
    """The window, driven by keys alone."""

    @pytest.fixture(autouse=True)
    def nothing_left(self, built: Built) -> Iterator[None]:
        """Whatever became of a test, the next finds an empty screen."""
        yield
        built.kill(list(built.running()))

    def test_the_window_is_driven_to_a_bulletin_that_the_source_would_write_and_a_second_one_only_looks(
        self, built: Built, expected_next: Made
    ) -> None:
        work = sample(built.place / "窗口 里（做）")
        seat = Sitting(built.settings["DISPLAY"])
        running, first = opened(built, seat, work, title(work))
        seat.picture(f"{built.system}-打开")
        _write_bulletin(seat)
        until("the bulletin", (work / NEXT.name / "清单.json").is_file)
        seat.picture(f"{built.system}-写出")
        same_papers(work / NEXT.name, expected_next.papers)
        self._look_twice(built, seat, work)
        seat.to(first)
        seat.key("ctrl+q")
        assert ended(running) == 0 and built.gone()
        assert seat.seen <= {f"{NAME} — {work.name}", f"{NAME} — {work.name}（只读）"}, "a window too many"
        same_papers(work / NEXT.name, expected_next.papers)

    def test_closed_while_it_still_starts_it_goes_without_a_word(self, built: Built) -> None:
        work, seat = sample(built.place / "马上关"), Sitting(built.settings["DISPLAY"])
        running = built.start(WINDOW, work, out=built.place / "closed.txt")
        seat.to(seat.window(title(work)))
        seat.key("ctrl+q")
        assert ended(running) == 0 and built.gone()
        assert seat.seen == {f"{NAME} — {work.name}"}

    def _look_twice(self, built: Built, seat: Sitting, work: Path) -> None:
        """A second start on the folder that is open: it says so, and writes nothing whatever is pressed."""
        before = {path: path.stat().st_mtime_ns for path in (work / "成果").rglob("*")}
        running, second = opened(built, seat, work, title(work, "（只读）"))
        seat.picture(f"{built.system}-第二个")
        seat.to(second)
        seat.key("ctrl+g", "ctrl+q")
        assert ended(running) == 0
        assert {path: path.stat().st_mtime_ns for path in (work / "成果").rglob("*")} == before


class Place:
    """Where the program lies."""

    @pytest.fixture(autouse=True)
    def nothing_left(self, built: Built) -> Iterator[None]:
        """Whatever became of a test, the next finds an empty screen."""
        yield
        built.kill(list(built.running()))

    def test_all_that_is_tried_is_tried_in_a_folder_nobody_can_write_to(self, built: Built, made: Made) -> None:
        if why := why_not_locked(built.system):
            pytest.skip(why)
        assert not built.may_write(built.folder) and built.may_write(built.place)
        assert sorted(contents(built.folder)) == sorted(shipped(built.system))

    @pytest.mark.skipif(bool(why_no_screen()), reason=why_no_screen())
    def test_a_portable_program_keeps_what_it_remembers_beside_itself(self, built: Built) -> None:
        stick = built.elsewhere("U 盘")
        (stick.folder / "便携.txt").touch()
        work = sample(stick.place / "U 盘" / "样例")
        seat = Sitting(stick.settings["DISPLAY"])
        running, window = opened(stick, seat, work, title(work))
        seat.to(window)
        seat.key("ctrl+q")
        assert ended(running) == 0
        assert stick.gone() and seat.titles() == {}
        assert [one.name for one in (stick.folder / "用户数据").iterdir()] == ["窗口.json"]


def opened(built: Built, seat: Sitting, work: Path, title: str) -> tuple[subprocess.Popen[bytes], str]:
    """The program that runs, and the number of its window, once everything has been read."""
    running = built.start(WINDOW, work, out=built.place / "window.txt")
    until("a worker that reads", built.readers)  # perhaps before there is a window: the desk reads ahead
    window = seat.window(title)
    until("all being read", lambda: seat.titles() and not built.readers())
    return running, window


def _write_bulletin(seat: Sitting) -> None:
    seat.key("alt+t")
    seat.write(NEXT.day.replace("-", ""))
    seat.key("alt+n")
    seat.write(str(NEXT.number))
    seat.key("ctrl+g")


def _again(work: Path) -> tuple[str | Path, ...]:
    return ("run", work, "--as-of", FIRST.day, "--number", str(FIRST.number), "--jobs", "2", "--json")
