"""收进 — what is dropped onto a work folder is copied into 报送/, whole or not at all, and nothing there is touched."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.intake import list_files
from rectify_tool.outbox import held
from rectify_tool.story import arrivals, copying
from rectify_tool.story.arrivals import CLASHES, TakenIn, take_in
from rectify_tool.story.gather import gather

SENT = 1_463_700_000_123_456_700
"""A day in May 2016, in nanoseconds: when the unit saved its file."""


class Stopped(Exception):
    """What a progress raises that was told to stop."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A work folder with one file sent."""
    lay(tmp_path / "示例区", {"责任分解表.xlsx": "分解", "报送/财政局.xlsx": "旧"})
    return tmp_path / "示例区"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Where the files are dropped from."""
    (tmp_path / "桌面").mkdir()
    return tmp_path / "桌面"


def lay(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        os.utime(folder / name, ns=(SENT, SENT))


def lying(folder: Path) -> dict[str, str]:
    """Every file below the folder but 成果, and what is in it."""
    found = (path for path in folder.rglob("*") if path.is_file() and "成果" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def drop(home: Path, *paths: Path, clash: str = "ask") -> TakenIn:
    return take_in(home, [str(path) for path in paths], clash)


def test_a_dropped_file_is_copied_with_its_time_and_stays_where_it_was(home: Path, desk: Path) -> None:
    lay(desk, {"审计局.xlsx": "新"})
    taken = drop(home, desk / "审计局.xlsx")
    assert taken == TakenIn(("报送/审计局.xlsx",), (), (), ())
    assert lying(home) == {"责任分解表.xlsx": "分解", "报送/财政局.xlsx": "旧", "报送/审计局.xlsx": "新"}
    assert (home / "报送" / "审计局.xlsx").stat().st_mtime_ns == SENT
    assert lying(desk) == {"审计局.xlsx": "新"}


def test_a_dropped_folder_keeps_its_name_and_what_is_in_it_its_place(home: Path, desk: Path) -> None:
    lay(desk, {"民政局/整改台账.xlsx": "一", "民政局/佐证/照片.jpg": "二"})
    taken = drop(home, desk / "民政局")
    assert set(taken.copied) == {"报送/民政局/整改台账.xlsx", "报送/民政局/佐证/照片.jpg"}
    assert lying(home / "报送" / "民政局") == {"整改台账.xlsx": "一", "佐证/照片.jpg": "二"}


def test_a_dropped_inbox_is_emptied_into_the_inbox(home: Path, desk: Path) -> None:
    lay(desk, {"报送/教育局.csv": "一"})
    assert drop(home, desk / "报送").copied == ("报送/教育局.csv",)


@pytest.mark.parametrize(
    "name", ["函.docx", "表.et", "扫描.pdf", "照片.JPG", "材料.zip", "材料.rar", "说明.txt", "文.ofd", "没有扩展名"]
)
def test_whatever_a_unit_may_send_is_taken_in_as_evidence(name: str, home: Path, desk: Path) -> None:
    lay(desk, {name: "一"})
    assert drop(home, desk / name).copied == (f"报送/{name}",)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("~$财政局.xlsx", "锁文件"),
        (".~lock.财政局.ods#", "锁文件"),
        ("Thumbs.db", "系统自己的文件"),
        ("._财政局.xlsx", "系统自己的文件"),
        ("财政局.lnk", "快捷方式"),
        ("整改表.EXE", "程序"),
        ("台账.db", "不是单位报来的材料"),
        ("口径.toml", "不是单位报来的材料"),
    ],
)
def test_what_no_unit_sends_is_left_with_a_reason(name: str, why: str, home: Path, desk: Path) -> None:
    lay(desk, {f"拖/{name}": "一", "拖/审计局.xlsx": "二"})
    alone, inside = drop(home, desk / "拖" / name), drop(home, desk / "拖")
    assert alone.left[0][0] == name and why in alone.left[0][1] and not alone.copied
    assert inside.left[0][0] == f"拖/{name}" and why in inside.left[0][1]
    assert inside.copied == ("报送/拖/审计局.xlsx",)


def test_our_own_papers_are_left_with_a_reason(home: Path, desk: Path) -> None:
    lay(desk, {"成果/第8期/清单.json": "{}", "成果/第8期/整改汇总表.xlsx": "一"})
    for taken in (drop(home, desk / "成果"), drop(home, desk / "成果" / "第8期" / "整改汇总表.xlsx")):
        assert not taken.copied
        assert "本工具写出的成果" in {name.rpartition("/")[2]: why for name, why in taken.left}["整改汇总表.xlsx"]


def test_links_and_what_is_not_there_are_left_with_a_reason(home: Path, desk: Path) -> None:
    lay(desk, {"夹/审计局.xlsx": "一"})
    for link in (desk / "链接.xlsx", desk / "夹" / "链接.xlsx"):
        try:
            link.symlink_to(desk / "夹" / "审计局.xlsx")
        except OSError:
            pytest.skip("this system makes no links")
    taken = drop(home, desk / "链接.xlsx", desk / "夹", desk / "没有.xlsx")
    assert taken.copied == ("报送/夹/审计局.xlsx",)
    told = dict(taken.left)
    assert "链接" in told["链接.xlsx"] and "链接" in told["夹/链接.xlsx"] and "找不到" in told["没有.xlsx"]


@pytest.mark.parametrize("name", ["报送/财政局.xlsx", "报送", "责任分解表.xlsx", "."])
def test_what_lies_in_the_work_folder_is_not_copied_into_it_again(name: str, home: Path) -> None:
    before = lying(home)
    taken = drop(home, home / name, clash="keep_both")
    assert not taken.copied and "已经在这个工作文件夹里" in taken.left[0][1]
    assert lying(home) == before


def test_a_folder_that_holds_the_work_folder_is_not_copied_into_it(home: Path) -> None:
    assert "就在它里面" in drop(home, home.parent).left[0][1]


# ---------------------------------------------------------------- 重名 ----


def test_a_name_that_is_taken_by_another_content_is_asked_about_and_nothing_is_copied(home: Path, desk: Path) -> None:
    lay(desk, {"财政局.xlsx": "新", "审计局.xlsx": "新"})
    before = lying(home)
    taken = drop(home, desk / "审计局.xlsx", desk / "财政局.xlsx")
    assert taken == TakenIn((), (), ("报送/财政局.xlsx",), ())
    assert lying(home) == before


def test_both_are_kept_the_new_one_with_a_number(home: Path, desk: Path) -> None:
    lay(desk, {"财政局.xlsx": "新", "审计局.xlsx": "新"})
    taken = drop(home, desk / "审计局.xlsx", desk / "财政局.xlsx", clash="keep_both")
    assert taken.copied == ("报送/审计局.xlsx", "报送/财政局 (2).xlsx")
    assert lying(home / "报送") == {"财政局.xlsx": "旧", "财政局 (2).xlsx": "新", "审计局.xlsx": "新"}


def test_or_the_new_one_is_left_out(home: Path, desk: Path) -> None:
    lay(desk, {"财政局.xlsx": "新", "审计局.xlsx": "新"})
    taken = drop(home, desk / "审计局.xlsx", desk / "财政局.xlsx", clash="skip")
    assert (taken.copied, taken.skipped) == (("报送/审计局.xlsx",), ("报送/财政局.xlsx",))
    assert lying(home / "报送") == {"财政局.xlsx": "旧", "审计局.xlsx": "新"}


@pytest.mark.parametrize("clash", CLASHES)
def test_the_same_content_under_the_same_name_is_not_copied_twice(clash: str, home: Path, desk: Path) -> None:
    lay(desk, {"财政局.xlsx": "旧"})
    assert drop(home, desk / "财政局.xlsx", clash=clash) == TakenIn((), ("报送/财政局.xlsx",), (), ())
    lay(desk, {"财政局.xlsx": "新"})
    drop(home, desk / "财政局.xlsx", clash="keep_both")
    assert drop(home, desk / "财政局.xlsx", clash=clash).skipped == ("报送/财政局 (2).xlsx",)


def test_two_dropped_together_under_one_name_are_told_apart(home: Path, desk: Path) -> None:
    lay(desk, {"甲/审计局.xlsx": "一", "乙/审计局.xlsx": "二", "丙/审计局.xlsx": "一"})
    paths = [desk / one / "审计局.xlsx" for one in ("甲", "乙", "丙")]
    assert drop(home, *paths).clashes == ("报送/审计局.xlsx",)
    assert drop(home, *paths, clash="keep_both").copied == ("报送/审计局.xlsx", "报送/审计局 (2).xlsx")


@pytest.mark.parametrize("name", ["Cafe\u0301.xlsx", "CAFÉ.XLSX"])
def test_names_that_people_read_alike_are_one_name(name: str, home: Path, desk: Path) -> None:
    lay(home, {"报送/Café.xlsx": "旧"})
    lay(desk, {name: "新"})
    assert drop(home, desk / name).clashes == ("报送/Café.xlsx",)
    (copied,) = drop(home, desk / name, clash="keep_both").copied
    assert unicodedata.is_normalized("NFC", copied) and copied.casefold() == "报送/café (2).xlsx"


def test_no_fourth_way_is_taken(home: Path) -> None:
    with pytest.raises(ValueError, match="replace"):
        take_in(home, [], "replace")


_NAMES = st.sampled_from(["甲.xlsx", "甲 (2).xlsx", "乙.xlsx", "夹/甲.xlsx", "~$甲.xlsx"])
_FILES = st.dictionaries(_NAMES, st.sampled_from("一二三"), max_size=4)


@given(there=_FILES, first=_FILES, second=_FILES, clash=st.sampled_from(CLASHES))
def test_whatever_is_dropped_nothing_there_changes_and_everything_is_accounted_for(
    there: dict[str, str],
    first: dict[str, str],
    second: dict[str, str],
    clash: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    base = tmp_path_factory.mktemp("收")
    (base / "示例区" / "报送").mkdir(parents=True)
    for place, files in (("示例区/报送", there), ("甲处", first), ("乙处", second)):
        (base / place).mkdir(exist_ok=True)
        lay(base / place, files)
    paths = [one for place in ("甲处", "乙处") for one in sorted((base / place).iterdir())]
    taken = drop(base / "示例区", *paths, clash=clash)
    after = lying(base / "示例区" / "报送")
    assert there.items() <= after.items()
    assert set(after) - set(there) == {name.removeprefix("报送/") for name in taken.copied}
    dropped = [text for files in (first, second) for name, text in files.items() if not name.startswith("~$")]
    if not taken.clashes and clash != "skip":
        assert set(dropped) <= set(after.values())
    assert not taken.clashes or (clash == "ask" and not taken.copied)
    again = drop(base / "示例区", *paths, clash=clash)
    assert again.copied == (), "what came in once does not come in again"


# ---------------------------------------------------------------- 没有报送文件夹 ----


@pytest.mark.parametrize("there", [{}, {"责任分解表.xlsx": "分解"}, {"口径.toml": "", "责任分解表.et": "分解"}])
def test_where_only_the_breakdown_lies_the_inbox_is_made(there: dict[str, str], tmp_path: Path, desk: Path) -> None:
    home = tmp_path / "新"
    home.mkdir()
    lay(home, there)
    lay(desk, {"审计局.xlsx": "新"})
    assert drop(home, desk / "审计局.xlsx").copied == ("报送/审计局.xlsx",)


@pytest.mark.parametrize("there", ["区财政局.xlsx", "责任分解表（财政局）.xlsx", "财政局/责任分解表.xlsx", "函.docx"])
def test_where_other_files_count_as_sent_the_new_ones_go_beside_them(there: str, tmp_path: Path, desk: Path) -> None:
    home = tmp_path / "县里"
    lay(home, {there: "旧"})
    lay(desk, {"审计局.xlsx": "新", "民政局/表.xlsx": "二"})
    assert set(drop(home, *desk.iterdir()).copied) == {"审计局.xlsx", "民政局/表.xlsx"}
    assert gather(home).submissions == {there, "审计局.xlsx", "民政局/表.xlsx"}


@pytest.mark.parametrize("name", ["办理登记.xlsx", "通讯录.xlsx", "模板/表.xlsx"])
def test_beside_the_others_no_file_takes_a_name_that_means_something(name: str, tmp_path: Path, desk: Path) -> None:
    home = tmp_path / "县里"
    lay(home, {"区财政局.xlsx": "旧"})
    lay(desk, {name: "新"})
    taken = drop(home, desk / Path(name).parts[0])
    assert not taken.copied and "专门用处" in taken.left[0][1]


def test_an_empty_drop_makes_no_inbox(tmp_path: Path, desk: Path) -> None:
    (tmp_path / "新").mkdir()
    assert drop(tmp_path / "新", desk) == TakenIn((), (), (), ())
    assert not (tmp_path / "新" / "报送").exists()


# ---------------------------------------------------------------- 完整 ----


def test_the_breakdown_is_not_taken_for_what_a_unit_sent_where_it_is_still_wanting(tmp_path: Path, desk: Path) -> None:
    """Among the sent it would be read as a unit's own table, and every figure would be wrong."""
    home = tmp_path / "新的"
    (home / "报送").mkdir(parents=True)
    lay(desk, {"责任分解表.xlsx": "分解", "审计局.xlsx": "新", "农水口/责任分解表.xlsx": "报"})
    taken = drop(home, *desk.iterdir())
    assert set(taken.copied) == {"报送/审计局.xlsx", "报送/农水口/责任分解表.xlsx"}
    assert [(name, "最外层" in why) for name, why in taken.left] == [("责任分解表.xlsx", True)]
    lay(home, {"下发.xlsx": "分解"})
    assert drop(home, desk / "责任分解表.xlsx").copied == ("报送/责任分解表.xlsx",)


def test_a_full_disk_leaves_everything_as_it_was(home: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    lay(desk, {"民政局/甲.xlsx": "一", "民政局/乙.xlsx": "二"})
    before, folders = lying(home), set((home / "报送").iterdir())
    monkeypatch.setattr(copying.os, "fsync", full)
    with pytest.raises(RectifyError, match=r"磁盘已满。这次一份也没有放进去") as caught:
        drop(home, desk / "民政局")
    assert caught.value.stop is Stop.CANNOT_WRITE
    assert lying(home) == before and set((home / "报送").iterdir()) == folders


def test_a_name_too_long_takes_back_what_was_put_there_before_it(home: Path, desk: Path) -> None:
    long = "长" * 83 + ".xlsx"  # 254 bytes, and with " (2)" 258
    lay(desk, {"夹/甲.xlsx": "一", f"夹/{long}": "二"})
    lay(home, {f"报送/夹/{long}": "旧"})
    before = lying(home)
    with pytest.raises(RectifyError, match="名称太长") as caught:
        drop(home, desk / "夹", clash="keep_both")
    assert caught.value.stop is Stop.CANNOT_WRITE
    assert lying(home) == before


def test_a_cancelled_drop_leaves_everything_as_it_was(home: Path, desk: Path) -> None:
    told = []

    def progress(done: int, total: int, name: str) -> None:
        told.append((done, total, name))
        if done == 1:
            raise Stopped

    lay(desk, {"甲.xlsx": "一", "乙.xlsx": "二", "丙.xlsx": "三"})
    before = lying(home)
    with pytest.raises(Stopped):
        take_in(home, [str(one) for one in sorted(desk.iterdir())], "ask", progress)
    assert [one[:2] for one in told] == [(0, 3), (1, 3)]
    assert lying(home) == before


def test_a_name_somebody_takes_at_the_last_moment_is_not_written_over(
    home: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(desk, {"审计局.xlsx": "新"})
    put = arrivals.put

    def late(fresh: Path, place: Path, undo: object) -> None:
        place.write_text("别人刚放的", encoding="utf-8")
        put(fresh, place, undo)  # type: ignore[arg-type]

    monkeypatch.setattr(arrivals, "put", late)
    with pytest.raises(RectifyError):
        drop(home, desk / "审计局.xlsx")
    assert lying(home / "报送") == {"财政局.xlsx": "旧", "审计局.xlsx": "别人刚放的"}


@pytest.mark.parametrize("taken", [False, True])
def test_on_a_disk_that_knows_no_second_names_the_file_is_renamed_into_place(
    taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import ExitStack

    def no_links(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(copying.os, "link", no_links)
    fresh, place = tmp_path / "~$0", tmp_path / "夹" / "甲.xlsx"
    lay(tmp_path, {"~$0": "新", **({"夹/甲.xlsx": "旧"} if taken else {})})
    if taken:
        with pytest.raises(FileExistsError), ExitStack() as undo:
            copying.put(fresh, place, undo)
    else:
        copying.put(fresh, place, ExitStack())
    assert place.read_text(encoding="utf-8") == ("旧" if taken else "新")


def test_a_file_that_cannot_be_read_or_is_still_written_is_left_and_the_others_come(
    home: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rectify_tool.intake import private

    opened = private.open_shared

    def busy(path: str):  # type: ignore[no-untyped-def]
        if path.endswith("锁着.xlsx"):
            raise PermissionError(errno.EACCES, "Permission denied")
        if path.endswith("在写.xlsx"):
            lay(desk, {"在写.xlsx": "写了一半又一半"})
        return opened(path)

    lay(desk, {"锁着.xlsx": "一", "在写.xlsx": "写了一半", "审计局.xlsx": "三"})
    monkeypatch.setattr(private, "open_shared", busy)
    taken = drop(home, *sorted(desk.iterdir()))
    told = dict(taken.left)
    assert taken.copied == ("报送/审计局.xlsx",)
    assert "打不开" in told["锁着.xlsx"] and "正在复制或保存" in told["在写.xlsx"]
    assert set(lying(home / "报送")) == {"财政局.xlsx", "审计局.xlsx"}


def test_a_drop_waits_for_no_run_it_is_told_so(home: Path, desk: Path) -> None:
    with held(home / "成果"), pytest.raises(RectifyError) as caught:
        drop(home, desk)
    assert caught.value.stop is Stop.FOLDER_IN_USE


@pytest.mark.parametrize("moment", [0, 1, 2, 3])
def test_killed_at_any_moment_no_half_file_is_ever_read_and_the_next_drop_finishes(
    moment: int, home: Path, desk: Path
) -> None:
    lay(desk, {"甲.xlsx": "一" * 100_000, "乙.xlsx": "二" * 100_000})
    code = (
        "import os, sys; from pathlib import Path; from rectify_tool.story import arrivals\n"
        "count = [int(sys.argv[1])]\n"
        "def counted(done):\n"
        "    def act(*given):\n"
        "        if count[0] == 0: os._exit(9)\n"
        "        count[0] -= 1; return done(*given)\n"
        "    return act\n"
        "arrivals.bring, arrivals.put = counted(arrivals.bring), counted(arrivals.put)\n"
        "arrivals.take_in(Path(sys.argv[2]), sys.argv[3:], 'ask')"
    )
    paths = [str(one) for one in sorted(desk.iterdir())]
    killed = subprocess.run([sys.executable, "-c", code, str(moment), str(home), *paths], check=False)
    assert killed.returncode == 9
    read = {one.file for one in list_files(home / "报送")[0] if not one.skip}
    assert read == {"财政局.xlsx"} | ({"乙.xlsx"} if moment == 3 else set())
    drop(home, desk / "甲.xlsx", desk / "乙.xlsx")
    assert lying(home / "报送") == {"财政局.xlsx": "旧", **lying(desk)}


def test_far_too_many_files_are_refused_at_once(home: Path, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "_MOST", 2)
    lay(desk, {"甲.xlsx": "一", "乙.xlsx": "二", "丙.xlsx": "三"})
    with pytest.raises(RectifyError, match="不像是各单位报来的"):
        drop(home, desk)
