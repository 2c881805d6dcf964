"""办公电脑 — the built program with the sample and the office's templates beside it, on a stick, in a locked folder."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rectify_tool import outbox, places
from rectify_tool.cli.console import is_terminal, keep_log, progress, working
from rectify_tool.desktop import memory
from rectify_tool.desktop.memory import Memory
from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import BULLETIN_TEMPLATE, Job
from rectify_tool.outbox import read_manifest
from rectify_tool.story.folder import SAMPLE_DAY, SAMPLE_NUMBER, take_seat
from rectify_tool.story.run import run
from rectify_tool.story.templates import hand_out_templates
from tests.desktop.inprocess import CLOCK, make_folder
from tests.desktop.test_window import Seen

PYTHON = sys.executable


@pytest.fixture(autouse=True)
def _nothing_of_this_person(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places.platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path / "个人" / "设置"))
    monkeypatch.setattr(places.platformdirs, "user_log_dir", lambda *_, **__: str(tmp_path / "个人" / "日志"))
    if sys.platform != "win32":
        fork = multiprocessing.get_context("fork")
        monkeypatch.setattr(multiprocessing, "get_context", lambda _: fork)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a built program as it is shipped, but for the program itself."""
    home = tmp_path / "整改督查工具 1.0"
    shutil.copytree(places.templates_folder() / "版式", home / "模板" / "版式")
    shutil.copy(places.templates_folder() / BULLETIN_TEMPLATE, home / "模板")
    shutil.copytree(places.sample_folder(), home / "示例", ignore=shutil.ignore_patterns("成果", "台账.*"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(home / "整改督查工具.exe"))
    return home


# ---------------------------------------------------------------- 便携 ----


@pytest.mark.parametrize(("portable", "kept_in"), [(False, "个人/设置"), (True, "整改督查工具 1.0/用户数据")])
def test_what_the_window_remembers_lies_where_about_says(
    portable: bool, kept_in: str, program: Path, tmp_path: Path
) -> None:
    if portable:
        (program / "便携.txt").touch()
    assert memory.save(Memory(theme="dark"))
    assert [one.name for one in (tmp_path / kept_in).iterdir()] == ["窗口.json"]
    assert memory.load().theme == "dark"


def test_the_log_of_a_portable_program_lies_beside_it(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program / "便携").touch()
    logger = logging.Logger("of its own")
    with monkeypatch.context() as anew:
        anew.setattr(logging, "getLogger", lambda *_: logger)
        assert keep_log() == program / "用户数据" / "出错记录.log"
    logger.error("details of a bug")
    logger.handlers[0].close()
    assert "details of a bug" in (program / "用户数据" / "出错记录.log").read_text(encoding="utf-8")


# ---------------------------------------------------------------- 程序旁边的模板 ----


def written(folder: str) -> dict[str, object]:
    made = run(Job(folder, CLOCK.date(), CLOCK, 8, jobs=1))
    return read_manifest(Path(made.outputs["bulletin"]).parent)


def test_which_template_the_bulletin_was_set_in_stands_in_the_manifest(program: Path, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "整改")
    told = [written(folder)["template"]]
    shutil.copy(program / "模板" / "版式" / "国标·数字.docx", program / "模板" / BULLETIN_TEMPLATE)
    told.append(written(folder)["template"])
    assert hand_out_templates(Path(folder), None, date(2016, 5, 20)).layout == "国标·数字"
    told.append(written(folder)["template"])
    assert told == ["默认模板", "程序旁边“模板”里的模板", "工作文件夹“模板”里的模板"]


def test_the_window_tells_it_of_every_set(program: Path, tmp_path: Path, qtbot: QtBot) -> None:
    shutil.copy(program / "模板" / "版式" / "国标·数字.docx", program / "模板" / BULLETIN_TEMPLATE)
    window = Seen(make_folder(tmp_path / "整改"))
    qtbot.addWidget(window)
    window.flows.generate()
    window.settle()
    assert "专报用的是程序旁边“模板”里的模板。" in window.papers._told.text()
    window.visit.leave()


@pytest.mark.parametrize("broken", ["a file", "a folder"])
def test_a_broken_template_beside_the_program_stops_the_work_and_is_told_with_its_place(
    broken: str, program: Path, tmp_path: Path
) -> None:
    bad = program / "模板" / BULLETIN_TEMPLATE
    bad.unlink()
    bad.write_bytes(b"no document") if broken == "a file" else bad.mkdir()
    folder = make_folder(tmp_path / "整改")
    with pytest.raises(RectifyError) as caught:
        written(folder)
    assert caught.value.stop is Stop.SETTINGS_UNUSABLE
    assert f"“{bad.parent}”" in caught.value.message and "移到别处，改用默认模板" in caught.value.message
    assert list((Path(folder) / "成果").glob("*期*")) == []
    bad.rename(tmp_path / "别处")
    assert written(folder)["template"] == "默认模板"


def test_what_is_handed_out_is_the_template_of_the_office_and_its_guide_never_depends_on_it(
    program: Path, tmp_path: Path
) -> None:
    (program / "模板" / BULLETIN_TEMPLATE).write_bytes(b"changed, and broken meanwhile")
    given = hand_out_templates(tmp_path, None, date(2016, 5, 20))
    assert given.template.read_bytes() == b"changed, and broken meanwhile" and given.layout == "本单位改过的"
    assert given.guide.stat().st_size > 10_000
    given.template.unlink()
    pristine = hand_out_templates(tmp_path, "国标·一字线", date(2016, 5, 20))
    assert pristine.template.read_bytes() == (places.templates_folder() / BULLETIN_TEMPLATE).read_bytes()


def test_a_template_beside_the_program_that_cannot_be_read_is_not_handed_out(program: Path, tmp_path: Path) -> None:
    (program / "模板" / BULLETIN_TEMPLATE).unlink()
    (program / "模板" / BULLETIN_TEMPLATE).mkdir()
    with pytest.raises(RectifyError, match="打不开模板") as caught:
        hand_out_templates(tmp_path, None, date(2016, 5, 20))
    assert caught.value.stop is Stop.SETTINGS_UNUSABLE and not (tmp_path / "模板").exists()


def test_a_document_beside_the_program_that_is_not_used_is_told_with_what_is(program: Path, tmp_path: Path) -> None:
    (program / "模板" / BULLETIN_TEMPLATE).rename(program / "模板" / "督查专报（本区）.docx")
    made = run(Job(make_folder(tmp_path / "整改"), CLOCK.date(), CLOCK, 8, jobs=1))
    (told,) = (str(one) for one in made.findings if one.code == "F27")
    assert told.startswith(str(program / "模板" / "督查专报（本区）.docx")) and "用的是默认模板" in told


# ---------------------------------------------------------------- 不能写的地方 ----


def refuse_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in Program Files: the seat cannot be made. Root may write anywhere, so the room itself is told."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(outbox.Path, "mkdir", refused)


def test_the_sample_beside_a_program_that_nobody_may_write_to_can_be_looked_at_as_of_its_day(
    program: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    before = sorted(program.rglob("*"))
    refuse_to_write(monkeypatch)
    window = Seen(str(program / "示例"))
    qtbot.addWidget(window)
    assert window.visit.screen and (window.visit.screen.as_of, window.visit.screen.number) == (
        SAMPLE_DAY,
        SAMPLE_NUMBER,
    )
    assert "复制到能写的地方" in window.only_looking.text
    assert window.only_looking.words() == ("另放一份样例…", "再试一次")
    assert not window.can("generate") and window.can("try_sample")
    assert sorted(program.rglob("*")) == before
    window.visit.leave()


def test_a_folder_that_is_no_sample_is_not_offered_one(tmp_path: Path, qtbot: QtBot) -> None:
    folder = make_folder(tmp_path / "整改")
    first = take_seat(folder, "甲机")
    window = Seen(folder)
    qtbot.addWidget(window)
    assert window.only_looking.words() == ("再试一次",)
    window.visit.leave()
    first.leave()


_READ_ONLY = """
set -e
mount --bind "$1" "$1"
mount -o remount,ro,bind "$1"
shift
exec "$@"
"""
_LOOK = """
import sys
from datetime import date, datetime
from pathlib import Path
from rectify_tool import places
from rectify_tool.desktop import memory
from rectify_tool.model import Job
from rectify_tool.story.examine import examine
from rectify_tool.story.folder import take_seat, try_sample
if __name__ == "__main__":
    program = Path(sys.argv[1])
    places.program_folder = lambda: program
    seat = take_seat(str(program / "示例"), "甲机")
    outcome = examine(Job(str(program / "示例"), date(2016, 5, 20), datetime(2016, 5, 20, 9), 8, jobs=1))
    sample = try_sample(sys.argv[2] + "/示例区2016")
    kept = memory.save(memory.Memory(theme="dark"))
    told = (seat.mine, seat.why, len(outcome.ledger.entries), (Path(sample) / "责任分解表.xlsx").is_file(), kept)
    print(*told, places.portable_folder(), places.user_folder(), sep="|")
"""


def may_mount() -> bool:
    try:
        tried = subprocess.run(["unshare", "-m", "true"], capture_output=True)
    except OSError:
        return False
    return tried.returncode == 0


@pytest.mark.skipif(not may_mount(), reason="only root on Linux can make a folder read-only for root")
def test_on_a_stick_with_its_lock_closed_everything_but_writing_there_is_done(program: Path, tmp_path: Path) -> None:
    (program / "便携").touch()
    script, home = tmp_path / "look.py", tmp_path / "个人"
    script.write_text(_LOOK, encoding="utf-8")
    home.mkdir()
    around = {"XDG_CONFIG_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}
    call = ["unshare", "-m", "sh", "-c", _READ_ONLY, "sh", program, PYTHON, script, program, home]
    told = subprocess.run(call, capture_output=True, encoding="utf-8", env=os.environ | around)
    assert told.returncode == 0, told.stderr
    mine, why, items, copied, kept, portable, user = told.stdout.strip().split("|")
    assert (mine, items, copied, kept) == ("False", "34", "True", "True")
    assert "这个位置是只读的" in why and "复制到能写的地方" in why
    assert portable == str(program / "用户数据") and user == str(home / "rectify-tool")


# ---------------------------------------------------------------- 没有终端 ----


def test_a_program_without_streams_works_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as windowed:
        for stream in ("stdin", "stdout", "stderr"):
            windowed.setattr(sys, stream, None)
        working("正在送打印……")
        assert progress() is None and not is_terminal(sys.stdin)


def test_a_command_of_the_windowed_program_does_its_work_and_answers_by_its_exit_code(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "整改")
    code = (
        "import sys; from rectify_tool.__main__ import main\n"
        "if __name__ == '__main__':\n"
        "    sys.stdin = sys.stdout = sys.stderr = None\n"
        "    sys.exit(main(sys.argv[1:]))\n"
    )
    script = tmp_path / "windowed.py"
    script.write_text(code, encoding="utf-8")
    root = Path(__file__).parents[2]

    def codes(*arguments: str) -> int:
        call = ["env", f"PYTHONPATH={root}", sys.executable, str(script), *arguments]
        return subprocess.run(call, capture_output=True).returncode

    made = ("run", folder, "--as-of", "2016-05-20", "--number", "8", "--json")
    assert [codes(*made), codes("run", str(tmp_path / "没有")), codes("没有这个命令")] == [0, 2, 2]
    assert json.loads((Path(folder) / "成果" / "2016-05-20 第8期" / "清单.json").read_text("utf-8"))["number"] == 8
