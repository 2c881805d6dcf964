"""位置 — what the program carries is found wherever it is installed; what the office lays beside it counts."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from rectify_tool import places
from rectify_tool.model import BULLETIN_TEMPLATE
from rectify_tool.places import SAMPLE

ROOT = Path(__file__).parent.parent
NAME = BULLETIN_TEMPLATE
CARRIED: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"][
    "build"
]["targets"]["wheel"]["force-include"]
_ASK = (
    "from rectify_tool import places\n"
    "print(places.templates_folder(), places.sample_folder(), places.guide_file(), sep='\\n')\n"
    "assert places.layouts() and places.default_rules_text() and places.guide_text() and places.findings_text()\n"
)


def lay_out(site: Path) -> None:
    """What the wheel carries besides the code, laid below ``site`` as the wheel lays it."""
    for source, target in CARRIED.items():
        place = site / target
        place.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, place)
        else:
            shutil.copyfile(ROOT / source, place)


def asked(site: Path) -> list[Path]:
    code = f"import sys\nsys.path.insert(0, sys.argv[1])\n{_ASK}"
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


# ---------------------------------------------------------------- 程序旁边 ----


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a built program, with the templates beside it as they are shipped."""
    home = tmp_path / "整改督查工具 1.0"
    shutil.copytree(ROOT / "templates", home / "模板", ignore=shutil.ignore_patterns("*.py", "*.toml", "__pycache__"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(home / "整改督查工具.exe"))
    monkeypatch.setattr(places.platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path / "个人" / "设置"))
    monkeypatch.setattr(places.platformdirs, "user_log_dir", lambda *_, **__: str(tmp_path / "个人" / "日志"))
    return home


def test_only_a_built_program_has_a_folder(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert places.program_folder() == program
    monkeypatch.delattr(sys, "frozen")
    assert places.program_folder() is None and places.portable_folder() is None


def test_what_is_remembered_for_a_person_lies_outside_the_program(program: Path, tmp_path: Path) -> None:
    assert places.portable_folder() is None
    assert places.user_folder() == tmp_path / "个人" / "设置"
    assert places.log_file().parent == tmp_path / "个人" / "日志"
    assert {one.name for one in program.iterdir()} == {"模板"}, "asking makes nothing"


@pytest.mark.parametrize("name", ["便携", "便携.txt", "便携.TXT", "便携.txt.txt", "便携 .md"])
def test_a_file_of_that_name_beside_the_program_keeps_everything_there(name: str, program: Path) -> None:
    (program / name).touch()
    assert places.portable_folder() == places.user_folder() == program / "用户数据"
    assert places.log_file() == program / "用户数据" / "出错记录.log"
    assert list((program / "用户数据").iterdir()) == [], "trying whether it can be written leaves nothing"


@pytest.mark.parametrize("name", ["便携说明.txt", "不便携", "便携/"])
def test_another_name_or_a_folder_does_not(name: str, program: Path, tmp_path: Path) -> None:
    (program / name).mkdir() if name.endswith("/") else (program / name).touch()
    assert places.portable_folder() is None
    assert places.user_folder() == tmp_path / "个人" / "设置"


def test_a_portable_program_that_cannot_write_beside_itself_keeps_it_where_any_other_does(
    program: Path, tmp_path: Path
) -> None:
    (program / "便携").touch()
    (program / "用户数据").touch()  # refused in the same words as on a stick with its lock closed, for root too
    assert places.portable_folder() == program / "用户数据"
    assert places.user_folder() == tmp_path / "个人" / "设置"
    assert places.log_file().parent == tmp_path / "个人" / "日志"


def test_the_work_folders_template_goes_before_the_one_beside_the_program_and_that_before_the_shipped(
    program: Path, tmp_path: Path
) -> None:
    work = tmp_path / "工作"
    own, beside, shipped = (home / NAME for home in (work / "模板", program / "模板", ROOT / "templates"))
    own.parent.mkdir(parents=True)
    shutil.copy(shipped, own)
    found = []
    for gone in (own, beside, None):
        found.append(places.template(work, NAME))
        if gone:
            gone.unlink()
    assert found == [own, beside, shipped]


def test_which_template_is_used_is_told_by_what_is_in_it(program: Path, tmp_path: Path) -> None:
    beside, own = program / "模板" / NAME, tmp_path / "模板" / NAME
    told = [places.template_told(tmp_path, ROOT / "templates" / NAME), places.template_told(tmp_path, beside)]
    beside.write_bytes(b"changed")
    told += [places.template_told(tmp_path, one) for one in (beside, own)]
    assert told == ["默认模板", "默认模板", "程序旁边“模板”里的模板", "工作文件夹“模板”里的模板"]


def test_the_layouts_beside_the_program_are_offered_too_and_the_default_is_always_the_shipped(program: Path) -> None:
    home = program / "模板" / "版式"
    for name in ("国标·数字", "本区·公文", "国标·一字线", "~$区·公文"):
        (home / f"{name}.docx").write_bytes(b"ours")
    offered = places.layouts()
    assert next(iter(offered)) == "国标·一字线" and offered["国标·一字线"] == ROOT / "templates" / NAME
    assert offered["国标·数字"] == home / "国标·数字.docx" and offered["本区·公文"] == home / "本区·公文.docx"
    assert "~$区·公文" not in offered and "国标·共几页" in offered


def test_documents_an_office_may_think_are_used_are_told_up_to_the_place_that_has_the_template(
    program: Path, tmp_path: Path
) -> None:
    work = tmp_path / "工作"
    for stray in (work / "模板" / "专报模板.doc", program / "模板" / "督查专报（改）.docx"):
        stray.parent.mkdir(parents=True, exist_ok=True)
        stray.touch()
    assert places.unused_templates(work, NAME) == ("模板/专报模板.doc",)
    (program / "模板" / NAME).unlink()
    beside = str(program / "模板" / "督查专报（改）.docx")
    assert places.unused_templates(work, NAME) == ("模板/专报模板.doc", beside)
    (work / "模板" / NAME).touch()
    assert places.unused_templates(work, NAME) == ()


def test_a_work_folder_above_the_program_still_has_no_template_of_its_own(program: Path) -> None:
    (program.parent / NAME).touch()
    assert places.unused_templates(program.parent, NAME) == (NAME,)
