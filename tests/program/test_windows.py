"""The built program on Windows, as Wine is one."""

from __future__ import annotations

import re

import pytest

from tests.program import both
from tests.program.built import Built, ended
from tests.program.papers import FIRST, Made, made_by, same_papers

WINE_ITSELF = ("winedevice.exe", "wineboot.exe", "svchost.exe", "explorer.exe", "services.exe", "plugplay.exe")
"""What Wine runs to be a Windows: it asks the system what net there is."""


@pytest.fixture(scope="module")
def built(windows: Built) -> Built:
    return windows


class TestCommands(both.Commands):
    pass


class TestKilled(both.Killed):
    pass


class TestWindow(both.Window):
    pass


class TestPlace(both.Place):
    pass


@pytest.mark.xfail(
    reason="Wine does not tell the full name of a file whose path is longer than 260 (WinError 234)",
    raises=AssertionError,
    strict=True,
)
def test_a_work_folder_may_lie_deeper_than_windows_once_allowed(built: Built, expected: Made) -> None:
    deep = built.place.joinpath(*("整改工作资料" * 5 + str(level) for level in range(8)))
    deep.mkdir(parents=True)
    assert len(built.inside(deep)) > 260
    same_papers(made_by(built, deep / "样例", FIRST).papers, expected.papers)


def test_the_net_is_never_spoken_to(built: Built, made: Made) -> None:
    """All that was tried before this was watched. That a line would have been seen is tried with Python itself."""
    if not built.net.exists():
        pytest.skip("strace is not installed (see .ci/run)")
    assert _lines_to_the_net(built) == []
    python = built.opened("/opt/python/python.exe", "-c", both.OPENS_A_LINE, out=built.place / "line.txt")
    assert ended(python) == 0 and len(_lines_to_the_net(built)) > 0


def _lines_to_the_net(built: Built) -> list[str]:
    made = re.findall(
        r"^\d+<(.*?)> +socket\((AF_INET6?|AF_PACKET),", built.net.read_text(encoding="utf-8"), re.MULTILINE
    )
    return [f"{who}: {kind}" for who, kind in made if who not in WINE_ITSELF]
