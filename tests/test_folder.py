"""工作文件夹 — made new, tried with the sample, and one window at a time in it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import Job
from rectify_tool.outbox import held
from rectify_tool.places import sample_folder
from rectify_tool.story import copying
from rectify_tool.story import folder as story
from rectify_tool.story.examine import examine
from rectify_tool.story.folder import (
    SAMPLE_DAY,
    SAMPLE_NUMBER,
    is_sample,
    kind_of_drop,
    new_folder,
    take_seat,
    try_sample,
)


@pytest.fixture
def breakdown(tmp_path: Path) -> Path:
    place = tmp_path / "桌面" / "责任分解表（印发）.xlsx"
    place.parent.mkdir()
    place.write_bytes(b"PK" + b"\x00" * 3_000_000)
    os.utime(place, ns=(1_463_700_000_123_456_700, 1_463_700_000_123_456_700))
    return place


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def refused(place: Path, source: Path | None, stop: Stop = Stop.WRONG_ARGUMENTS) -> str:
    with pytest.raises(RectifyError) as caught:
        new_folder(str(place), str(source) if source else None)
    assert caught.value.stop is stop
    return caught.value.message


# ---------------------------------------------------------------- 新建 ----


def test_a_new_folder_has_the_inbox_and_a_copy_of_the_breakdown(tmp_path: Path, breakdown: Path) -> None:
    home = Path(new_folder(str(tmp_path / "巡视整改" / "示例区"), str(breakdown)))
    assert tree(home) == {"报送", breakdown.name}
    assert (home / breakdown.name).read_bytes() == breakdown.read_bytes()
    assert (home / breakdown.name).stat().st_mtime_ns == breakdown.stat().st_mtime_ns
    assert breakdown.exists()


def test_a_new_folder_without_a_breakdown_has_the_inbox_only(tmp_path: Path) -> None:
    assert tree(Path(new_folder(str(tmp_path / "示例区"), None))) == {"报送"}


def test_an_empty_folder_may_become_the_work_folder(tmp_path: Path, breakdown: Path) -> None:
    home = tmp_path / "示例区"
    home.mkdir()
    (home / "desktop.ini").write_bytes(b"")
    new_folder(str(home), str(breakdown))
    assert tree(home) == {"desktop.ini", "报送", breakdown.name}


def test_a_folder_with_nothing_but_the_breakdown_in_it_becomes_the_work_folder(breakdown: Path) -> None:
    new_folder(str(breakdown.parent), str(breakdown))
    assert tree(breakdown.parent) == {"报送", breakdown.name}


def test_a_place_with_somebodys_files_is_left_alone(tmp_path: Path, breakdown: Path) -> None:
    home = tmp_path / "示例区"
    home.mkdir()
    (home / "讲话稿.docx").write_bytes(b"1")
    assert "里已有别的文件" in refused(home, breakdown)
    (home / "讲话稿.docx").rename(home / breakdown.name)
    assert "里已有别的文件" in refused(home, breakdown), "another file of that name is not ours"
    assert (home / breakdown.name).read_bytes() == b"1"


@pytest.mark.parametrize("mark", ["报送/", "台账.db"])
def test_what_is_a_work_folder_already_is_to_be_opened(mark: str, tmp_path: Path) -> None:
    home = tmp_path / "示例区"
    home.mkdir()
    (home / mark).mkdir() if mark.endswith("/") else (home / mark).write_bytes(b"")
    assert "请直接打开它" in refused(home, None)


def test_a_file_of_that_name_is_left_alone(tmp_path: Path, breakdown: Path) -> None:
    assert "是一个文件" in refused(breakdown, None)
    assert "不能建立" in refused(breakdown / "示例区", None, Stop.CANNOT_WRITE)


def test_no_work_folder_is_made_within_another(tmp_path: Path) -> None:
    home = Path(new_folder(str(tmp_path / "示例区"), None))
    (home / "成果").mkdir()
    assert "在另一个工作文件夹" in refused(home / "报送" / "示例区", None)
    assert "在另一个工作文件夹" in refused(home / "成果" / "示例区", None)


def test_a_folder_merely_called_inbox_above_does_not_matter(tmp_path: Path) -> None:
    assert new_folder(str(tmp_path / "报送" / "示例区"), None)


@pytest.mark.parametrize("name", ["责任分解表.docx", "~$责任分解表.xlsx", "责任分解表"])
def test_a_breakdown_that_is_no_table_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"")
    assert "不是表格" in refused(tmp_path / "示例区", tmp_path / name)
    assert "没有找到责任分解表" in refused(tmp_path / "示例区", tmp_path / "没有.xlsx")
    assert not (tmp_path / "示例区").exists()


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, breakdown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(copying.os, "fsync", full)
    before = tree(tmp_path)
    assert "磁盘已满" in refused(tmp_path / "巡视" / "示例区", breakdown, Stop.CANNOT_WRITE)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("step", ["bring", "put"])
def test_what_a_killed_start_left_can_be_finished(
    step: str, tmp_path: Path, breakdown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "示例区"
    code = (
        "import os, sys; from rectify_tool.story import folder\n"
        f"done = folder.{step}\n"
        f"folder.{step} = lambda *a: (done(*a), os._exit(9))\n"
        "folder.new_folder(*sys.argv[1:])"
    )
    assert subprocess.run([sys.executable, "-c", code, str(home), str(breakdown)], check=False).returncode == 9
    assert "报送" not in tree(home) and len(tree(home)) == (1 if step == "bring" else 2)
    new_folder(str(home), str(breakdown))
    assert tree(home) - {f"~$正在放入-{breakdown.stem}"} == {"报送", breakdown.name}
    assert (home / breakdown.name).read_bytes() == breakdown.read_bytes()


# ---------------------------------------------------------------- 样例 ----


def test_the_sample_is_copied_whole_and_can_be_written_to(tmp_path: Path) -> None:
    home = Path(try_sample(str(tmp_path / "示例区2016")))
    shipped = sample_folder()
    wanted = {one for one in tree(shipped) if not one.startswith(("成果", "台账."))}
    assert tree(home) == wanted and {"README.md", "口径.toml", "报送/~$财政局.xlsx"} <= wanted
    assert all((home / one).read_bytes() == (shipped / one).read_bytes() for one in wanted if (home / one).is_file())
    assert all(os.access(home / one, os.W_OK) for one in wanted)


def test_the_sample_tried_once_more_lies_beside_the_first(tmp_path: Path) -> None:
    wanted = str(tmp_path / "示例区2016")
    assert [Path(try_sample(wanted)).name for _ in range(3)] == ["示例区2016", "示例区2016 (2)", "示例区2016 (3)"]
    assert len(list(tmp_path.iterdir())) == 3


def test_what_trying_it_left_in_the_shipped_sample_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = tmp_path / "随带"
    shutil.copytree(sample_folder(), used)
    (used / "成果" / "2016-05-20 第8期").mkdir(parents=True)
    (used / "成果" / "2016-05-20 第8期" / "清单.json").write_text("{}")
    for name in ("台账.db", "台账.备份.db"):
        (used / name).write_bytes(b"")
    monkeypatch.setattr(story, "sample_folder", lambda: used)
    assert not {"成果", "台账.db", "台账.备份.db"} & tree(Path(try_sample(str(tmp_path / "样例"))))


def test_the_sample_that_cannot_be_copied_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(story.shutil, "copyfile", full)
    with pytest.raises(RectifyError, match="磁盘已满") as caught:
        try_sample(str(tmp_path / "样例"))
    assert caught.value.stop is Stop.CANNOT_WRITE
    assert not tree(tmp_path)


def test_the_sample_is_what_its_readme_says_on_its_day(tmp_path: Path) -> None:
    home = try_sample(str(tmp_path / "样例"))
    outcome = examine(Job(home, SAMPLE_DAY, datetime(2016, 5, 20, 9), SAMPLE_NUMBER, jobs=1))
    readme = (sample_folder() / "README.md").read_text(encoding="utf-8")
    assert f"--as-of {SAMPLE_DAY} --number {SAMPLE_NUMBER}" in readme
    assert f"合计{len(outcome.ledger.entries)}项" in readme


def test_the_sample_is_known_by_its_breakdown_wherever_it_was_copied(tmp_path: Path) -> None:
    home = Path(shutil.copytree(sample_folder(), tmp_path / "示例"))
    assert is_sample(str(home))
    (home / "README.md").unlink()
    assert is_sample(str(home))
    (home / "责任分解表.xlsx").write_bytes(b"the office's own, in a folder that began as a copy")
    assert not is_sample(str(home))
    assert not is_sample(str(tmp_path)) and not is_sample(str(tmp_path / "没有"))


# ---------------------------------------------------------------- 座位 ----

_SIT = (
    "import sys; from rectify_tool.story.folder import take_seat\n"
    "seat = take_seat(sys.argv[1], sys.argv[2])\n"
    "print(seat.mine, seat.holder, flush=True); sys.stdin.read()"
)


def sitting(folder: Path, who: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", _SIT, str(folder), who], stdin=pipe, stdout=pipe, encoding="utf-8")


def test_of_eight_windows_at_once_one_has_the_seat_and_the_others_know_there_is_one(tmp_path: Path) -> None:
    windows = [sitting(tmp_path, f"电脑{number}") for number in range(8)]
    try:
        told = [one.stdout.readline().split() for one in windows if one.stdout]
        assert sorted(one[0] for one in told) == ["False"] * 7 + ["True"]
    finally:
        for one in windows:
            one.communicate("")


def test_the_second_window_is_told_who_has_the_folder_open(tmp_path: Path) -> None:
    first = take_seat(str(tmp_path), "督查室电脑 08:30 打开")
    second = take_seat(str(tmp_path), "另一台")
    assert first.mine and not first.why
    assert not second.mine and second.holder == "督查室电脑 08:30 打开" and second.holder in second.why
    second.leave()
    assert not take_seat(str(tmp_path), "第三台").mine, "who has no seat gives none up"
    first.leave()
    first.leave()
    third = take_seat(str(tmp_path), "第三台")
    assert third.mine
    third.leave()


def test_a_window_that_was_killed_holds_no_seat(tmp_path: Path) -> None:
    window = sitting(tmp_path, "督查室电脑")
    assert window.stdout and window.stdout.readline().startswith("True")
    window.kill()
    window.communicate()
    seat = take_seat(str(tmp_path), "另一台")
    assert seat.mine
    seat.leave()


def test_a_run_is_not_hindered_by_an_open_window(tmp_path: Path) -> None:
    seat = take_seat(str(tmp_path), "督查室电脑")
    with held(tmp_path / "成果"):
        assert not take_seat(str(tmp_path), "另一台").mine
    seat.leave()


def half_done(outbox: Path) -> None:
    (outbox / ".新-2016-05-20 第8期").mkdir(parents=True)
    (outbox / ".旧-2016-05-10 第7期").mkdir()
    (outbox / ".旧-2016-05-10 第7期" / "督查专报第7期.docx").write_bytes(b"whole")


def test_who_opens_the_folder_puts_right_what_a_killed_start_left(tmp_path: Path) -> None:
    outbox = tmp_path / "成果"
    half_done(outbox)
    seat = take_seat(str(tmp_path), "督查室电脑")
    assert {name for name in tree(outbox) if "期" in name} == {
        "2016-05-10 第7期",
        "2016-05-10 第7期/督查专报第7期.docx",
    }
    seat.leave()


def test_what_another_start_is_at_is_left_to_it(tmp_path: Path) -> None:
    outbox = tmp_path / "成果"
    with held(outbox):
        half_done(outbox)
        before = tree(outbox)
        seat = take_seat(str(tmp_path), "督查室电脑")
        assert seat.mine and tree(outbox) == before | {".已打开"}
    seat.leave()


def test_who_may_only_look_tidies_nothing_away(tmp_path: Path) -> None:
    first = take_seat(str(tmp_path), "督查室电脑")
    half_done(tmp_path / "成果")
    before = tree(tmp_path)
    assert not take_seat(str(tmp_path), "另一台").mine and tree(tmp_path) == before
    first.leave()


def test_a_folder_that_is_gone_or_cannot_be_written_is_opened_to_look_only(tmp_path: Path) -> None:
    gone = take_seat(str(tmp_path / "没有"), "督查室电脑")
    assert not gone.mine and "不能写入" in gone.why and not gone.holder
    assert not tree(tmp_path), "looking makes no folder"
    (tmp_path / "成果").write_bytes(b"a file where the folder should be")
    assert "这里已有一个同名的文件" in take_seat(str(tmp_path), "督查室电脑").why


@pytest.mark.parametrize("refused_by", [errno.EROFS, errno.EACCES])
def test_where_nothing_may_be_written_it_is_told_where_it_could_be(
    refused_by: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, **_: object) -> None:
        raise OSError(refused_by, "no")

    monkeypatch.setattr(Path, "mkdir", refuse)
    told = take_seat(str(tmp_path), "督查室电脑").why
    assert "不能写入" in told and "复制到能写的地方" in told


# ---------------------------------------------------------------- 拖来的 ----


@pytest.mark.parametrize("inside", ["报送/", "台账.db", "2016责任分解表.et"])
def test_a_dropped_folder_that_looks_like_a_work_folder_is_told_apart(inside: str, tmp_path: Path) -> None:
    (tmp_path / inside).mkdir() if inside.endswith("/") else (tmp_path / inside).write_bytes(b"")
    assert kind_of_drop((str(tmp_path),)) == "folder"


@pytest.mark.parametrize("inside", ["区财政局.xlsx", "~$责任分解表.xlsx", "责任分解表.docx", "旧/"])
def test_any_other_drop_is_files(inside: str, tmp_path: Path) -> None:
    (tmp_path / inside).mkdir() if inside.endswith("/") else (tmp_path / inside).write_bytes(b"")
    assert kind_of_drop((str(tmp_path),)) == "files"
    assert kind_of_drop((str(tmp_path / inside),)) == "files"
    assert kind_of_drop((str(tmp_path), str(tmp_path))) == "files"
    assert kind_of_drop(()) == "files"
