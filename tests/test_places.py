"""位置 — what the program carries is found in a checkout, an installed wheel and a frozen program alike."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from rectify_tool import places
from rectify_tool.places import SAMPLE

ROOT = Path(__file__).parent.parent
CARRIED: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"][
    "build"
]["targets"]["wheel"]["force-include"]
_ASK = (
    "from rectify_tool import places\n"
    "print(places.templates_folder(), places.sample_folder(), places.guide_file(), sep='\\n')\n"
    "assert places.layouts() and places.default_rules_text() and places.guide_text() and places.findings_text()\n"
)


def lay_out(site: Path, package: str = "rectify_tool/") -> None:
    """What the wheel carries besides the code, laid below ``site`` as the wheel lays it."""
    for source, target in CARRIED.items():
        place = site / (package + target.removeprefix("rectify_tool/"))
        place.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, place)
        else:
            shutil.copyfile(ROOT / source, place)


def asked(site: Path, before: str = "") -> list[Path]:
    code = f"import sys\n{before}sys.path.insert(0, sys.argv[1])\n{_ASK}"
    command = [sys.executable, "-I", "-c", code, str(site)]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert told.returncode == 0, told.stderr
    return [Path(line) for line in told.stdout.splitlines()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel would be installed; of the code only what is asked."""
    place = tmp_path_factory.mktemp("site-packages")
    shutil.copytree(ROOT / "rectify_tool", place / "rectify_tool", ignore=shutil.ignore_patterns("__pycache__"))
    lay_out(place)
    return place


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_everything_is_found_in_the_checkout() -> None:
    assert places.templates_folder() == ROOT / "templates"
    assert places.sample_folder() == ROOT / "samples" / SAMPLE
    assert places.guide_file() == ROOT / "docs" / "guide.md"
    assert places.guide_text().startswith("# 使用说明")
    assert places.findings_text() == (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")


def test_everything_is_found_where_the_wheel_is_installed(site: Path) -> None:
    found = asked(site)
    assert found == [site / "rectify_tool" / one for one in ("templates", f"samples/{SAMPLE}", "help/guide.md")]


def test_everything_is_found_beside_the_frozen_program(tmp_path: Path) -> None:
    code = tmp_path / "code"
    shutil.copytree(ROOT / "rectify_tool", code / "rectify_tool", ignore=shutil.ignore_patterns("__pycache__"))
    lay_out(tmp_path / "program", package="")
    found = asked(code, before=f"sys._MEIPASS = {str(tmp_path / 'program')!r}\n")
    assert found == [tmp_path / "program" / one for one in ("templates", f"samples/{SAMPLE}", "help/guide.md")]


def test_a_program_installed_without_its_parts_says_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "__file__", str(tmp_path / "rectify_tool" / "places.py"))
    with pytest.raises(FileNotFoundError, match=r"help/guide\.md"):
        places.guide_text()


def test_the_sample_is_carried_whole_and_nothing_that_trying_it_left(site: Path) -> None:
    shipped = names(ROOT / "samples" / SAMPLE)
    assert names(site / "rectify_tool" / "samples" / SAMPLE) == {
        one for one in shipped if not one.startswith(("成果", "台账."))
    }


def test_the_pictures_the_help_shows_are_carried_with_it(site: Path) -> None:
    for text in (places.guide_text(), places.findings_text()):
        for shown in re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)", text):
            assert (site / "rectify_tool" / "help" / shown).is_file(), f"{shown} is not in the wheel"


def test_what_is_remembered_for_a_person_lies_outside_the_program() -> None:
    assert "rectify-tool" in places.user_folder().parts
    assert not places.user_folder().is_relative_to(ROOT)
