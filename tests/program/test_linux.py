"""The built program on Linux."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import both
from tests.program.built import NAME, WINDOW, Built, ended
from tests.program.papers import Made

MENU = "放到菜单.sh"
ENTRY = f"{NAME}.desktop"


@pytest.fixture(scope="module")
def built(linux: Built) -> Built:
    return linux


class TestCommands(both.Commands):
    pass


class TestKilled(both.Killed):
    pass


class TestWindow(both.Window):
    pass


class TestPlace(both.Place):
    pass


def test_the_net_is_never_spoken_to(built: Built, made: Made) -> None:
    """All that was tried before this was watched; an X server, a program on the same machine, is another matter.
    That a line would have been seen is tried with Python."""
    if not built.net.exists():
        pytest.skip("strace is not installed (see .ci/run)")
    assert _lines(built) <= {"AF_UNIX"}
    python = built.opened(sys.executable, "-c", both.OPENS_A_LINE, out=built.place / "line.txt")
    assert ended(python) == 0 and "AF_INET" in _lines(built)


def _lines(built: Built) -> set[str]:
    return set(re.findall(r"socket\((\w+)", built.net.read_text(encoding="utf-8")))


def test_the_menu_leads_to_where_the_program_lies_and_lets_go_of_it_again(built: Built, tmp_path: Path) -> None:
    desktop = tmp_path / "Desktop"
    desktop.mkdir()
    _menu(built, tmp_path)
    entries = [tmp_path / ".local/share/applications" / ENTRY, desktop / ENTRY]
    for entry in entries:
        told = dict(line.partition("=")[::2] for line in entry.read_text(encoding="utf-8").splitlines())
        assert told["Exec"] == f'"{built.program(WINDOW)}" %F' and told["TryExec"] == str(built.program(WINDOW))
        assert "MimeType" not in told, "else one day every folder of this person opens in this program"
        assert Path(told["Icon"]).is_file() and os.access(entry, os.X_OK)
    if shutil.which("desktop-file-validate"):
        assert subprocess.run(["desktop-file-validate", entries[0]], capture_output=True, text=True).stdout == ""
    _menu(built, tmp_path, "去掉")
    assert [entry for entry in entries if entry.exists()] == []


def _menu(built: Built, home: Path, *arguments: str) -> None:
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    script = [*built.before, str(built.folder / MENU), *arguments]
    done = subprocess.run(script, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "") and "菜单" in done.stdout
