"""The two built programs, unpacked once for a file of tests, and what the source makes of the same sample."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.desktop.xvfb import screen, why_no_screen
from tests.program.built import ROOT, Built, on_linux, on_windows, why_not
from tests.program.papers import FIRST, NEXT, Made, made_by, source


def must_be_there(system: str) -> None:
    """Skips with the reason, or fails where it has just been built: .ci/run says so in PROGRAMS."""
    if why := why_not(system):
        (pytest.fail if system in os.environ.get("PROGRAMS", "").split() else pytest.skip)(why)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where both have just been built, all that is needed to try them is there too: nothing may be passed over."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and len(os.environ.get("PROGRAMS", "").split()) > 1:
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """Below the checkout, where the small system of the Windows program sees it too."""
    (ROOT / "build").mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix="试用 ", dir=ROOT / "build"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="session")
def display(place: Path) -> Iterator[str]:
    """The number of a screen of its own, "" where there can be none."""
    if why_no_screen():
        yield ""
    else:
        with screen(place / "screen") as environment:
            yield environment["DISPLAY"]


@pytest.fixture(scope="session")
def linux(place: Path, display: str) -> Iterator[Built]:
    must_be_there("linux")
    with on_linux(place / "linux", display) as built:
        yield built


@pytest.fixture(scope="session")
def windows(place: Path, display: str) -> Iterator[Built]:
    must_be_there("windows")
    with on_windows(place / "windows", display) as built:
        yield built


@pytest.fixture(scope="module")
def made(built: Built) -> Made:
    """What the built program's command makes of the sample."""
    return made_by(built, built.place / "样例 一（试）", FIRST)


@pytest.fixture(scope="session")
def expected(place: Path) -> Made:
    """What the source makes of it."""
    return source(place / "源 一", FIRST)


@pytest.fixture(scope="session")
def expected_next(place: Path) -> Made:
    """The same for the bulletin the window is driven to."""
    return source(place / "源 二", NEXT)
