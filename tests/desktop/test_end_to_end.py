"""The real window, driven by real keys and a real mouse, from an empty home to the second bulletin."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.desktop.drive_cycle import BEFORE, CAME, CLOSED, FIRST_DAY, LATE, NEXT_DAY, RETURNED, SEEN, WORK
from tests.desktop.xvfb import screen, why_no_screen

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "示例区2016"
KEPT = "RECTIFY_PICTURES"
"""The variable that names a folder for the pictures taken on the way; without it none are taken."""

pytestmark = [
    pytest.mark.skipif(bool(why_no_screen()), reason=why_no_screen()),
    pytest.mark.timeout(600),  # two bulletins by hand; on a busy machine that takes a while
]


class Driven(NamedTuple):
    """What is left of a window that was driven through the cycle: its place, and what it showed."""

    place: Path
    seen: Mapping[str, Any]


@pytest.fixture(scope="module")
def driven(tmp_path_factory: pytest.TempPathFactory) -> Driven:
    place = tmp_path_factory.mktemp("窗口")
    came = place / CAME
    shutil.copytree(SAMPLE / "报送", came / "报送")
    for name in ("责任分解表.xlsx", "口径.toml"):
        shutil.copy2(SAMPLE / name, came / name)
    pictures = [os.environ[KEPT]] if os.environ.get(KEPT) else []
    with screen(place / "home") as environment:
        command = (sys.executable, "-m", "tests.desktop.drive_cycle", str(place), *pictures)
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=500)
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    return Driven(place, json.loads((place / SEEN).read_text(encoding="utf-8")))


def test_files_dragged_out_of_another_program_are_copied_and_shown_with_their_units(driven: Driven) -> None:
    assert driven.seen["dragged"] == "CopyAction"
    left = {path.name for path in (SAMPLE / "报送").rglob("*") if path.is_file() and not path.name.startswith("~$")}
    assert {path.name for path in (driven.place / WORK / "报送").rglob("*") if path.is_file()} == left
    assert {path.name for path in (driven.place / CAME / "报送").rglob("*") if path.is_file()} > left
    assert f"新收到{len(left)}件" in driven.seen["copied"]
    assert driven.seen["units"] == 19


def test_the_ledger_shows_every_item_and_an_overdue_one_says_why(driven: Driven) -> None:
    assert driven.seen["items"] == 34
    assert "逾期5项" in driven.seen["figures"] and LATE in driven.seen["overdue"] and len(driven.seen["overdue"]) == 5
    assert "时限“4月底前”（2016年4月30日），已超20日，区财政局报仍在整改" in driven.seen["why"]


def test_acts_noted_by_keyboard_and_mouse_stand_in_the_ledger_of_record(driven: Driven) -> None:
    life = json.loads(_command("history", str(driven.place / WORK), "--json"))
    acts = [(act["day"], act["what"].partition("，")[0]) for act in life if act["cell"]]
    assert acts == [("2016-05-19", f"退回（{RETURNED}）"), ("2016-05-19", f"销号（{CLOSED}）")]


def test_publishing_says_what_it_records_and_the_next_bulletin_tells_what_changed(driven: Driven) -> None:
    assert "共34项：已销号4项、已完成7项" in driven.seen["confirmed"]
    assert driven.seen["since"] == "上一次定稿：第8期，截至2016年5月20日"
    assert "新增逾期" in driven.seen["changed"] and "新销号" in driven.seen["changed"]


def test_a_click_in_the_picture_shows_just_those_items(driven: Driven) -> None:
    overdue, *shown = driven.seen["narrowed"]
    assert shown == ["overdue"] * overdue and overdue == 8


@pytest.mark.parametrize(("folder", "day", "number"), [(BEFORE, FIRST_DAY, 8), (WORK, NEXT_DAY, 9)])
def test_the_window_and_the_command_line_write_the_same_papers(
    driven: Driven, tmp_path: Path, folder: str, day: date, number: int
) -> None:
    name = f"{day} 第{number}期"
    copy = shutil.copytree(driven.place / folder, tmp_path / WORK)
    shutil.rmtree(copy / "成果" / name)
    _command("run", str(copy), "--as-of", str(day), "--number", str(number), "--jobs", "1")
    window, commanded = driven.place / WORK / "成果" / name, copy / "成果" / name
    assert sorted(path.name for path in window.iterdir()) == sorted(path.name for path in commanded.iterdir())
    assert _judged(window) == _judged(commanded)
    for paper in (f"督查专报第{number}期.docx", "整改汇总表.xlsx"):
        assert _parts(window / paper) == _parts(commanded / paper)


def _command(*arguments: str) -> str:
    command = (sys.executable, "-m", "rectify_tool", *arguments)
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def _judged(papers: Path) -> str:
    return str(json.loads((papers / "清单.json").read_text(encoding="utf-8"))["judged"])


def _parts(paper: Path) -> dict[str, bytes]:
    """All of an office document but the moment it was made."""
    with zipfile.ZipFile(paper) as package:
        return {name: package.read(name) for name in package.namelist() if name != "docProps/core.xml"}
