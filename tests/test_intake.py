"""收表 — real worker processes on forged files: how each ends, what is told of it, and that nothing is changed."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from rectify_tool.intake import Listed, list_files, receive
from rectify_tool.intake.kinds import kind_of
from rectify_tool.intake.reading import read_book
from rectify_tool.model import FileOutcome, Grid, MarkKind, Reason, Received, SetAside, Span, Submission
from tests import forge


def understand(file: str, grids: tuple[Grid, ...], settings: object) -> Submission:
    """What the story would do, without meaning: every cell is set aside; some names make trouble on purpose."""
    if "挂起" in file:
        time.sleep(60)
    if "猝死" in file:
        os._exit(1)
    if "出错" in file:
        raise RuntimeError("a bug on purpose")
    if "吃内存" in file:
        bytearray(8 << 30)
    return Submission(file, (), tuple(_cells(grids)), ())


def _cells(grids: Sequence[Grid]) -> list[SetAside]:
    return [
        SetAside(grid.sheet, row, column, str(value), Reason.NO_TABLE)
        for grid in grids
        for row, line in enumerate(grid.rows)
        for column, value in enumerate(line)
        if value is not None
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("报送")
    forge.forge(folder)
    return folder


@pytest.fixture(scope="module")
def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def received(folder: Path, digests: dict[str, str]) -> dict[str, Received]:
    files, findings = list_files(folder)
    assert not findings and digests
    return {one.file: one for one in receive(files, understand, None)}


def codes(one: Received) -> set[str]:
    return {finding.code for finding in one.findings}


# ---------------------------------------------------------------- 每个文件的结局 ----


@pytest.mark.parametrize("name", forge.FORGED)
def test_every_forged_file_ends_as_it_must(name: str, received: dict[str, Received]) -> None:
    one, expected = received[name], forge.FORGED[name]
    assert (one.outcome, codes(one) - {"F16"}) == (expected.outcome, expected.codes), one.findings
    seen = len(one.content.set_aside) if one.content else None
    assert seen == expected.cells
    assert one.counted in (None, seen)


def test_originals_stay_byte_for_byte(folder: Path, digests: dict[str, str], received: dict[str, Received]) -> None:
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()} == digests
    opened = {name: one.sha256 for name, one in received.items() if one.sha256}
    assert opened == {name: digest for name, digest in digests.items() if name != "~$正常.xlsx"}


def test_no_message_speaks_english(received: dict[str, Received]) -> None:
    for one in received.values():
        for finding in one.findings:
            assert not any(word in finding.message for word in ("Error", "rror:", "Exception", "panic")), finding


def test_a_lock_file_is_told_at_the_file_beside_it(received: dict[str, Received]) -> None:
    assert codes(received["正常.xlsx"]) == {"F16"}


# ---------------------------------------------------------------- 表页里的东西 ----


def grids_of(name: str, *, second: bool = False) -> dict[str, Grid]:
    data = forge.FORGED[name].make()
    return {grid.sheet: grid for grid in read_book(name, data, kind_of(data), second=second).grids}


def test_error_cells_keep_their_text_and_are_marked() -> None:
    grid = grids_of("错误值.xlsx")["台账"]
    assert grid.rows[8] == ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
    assert {(mark.row, mark.kind) for mark in grid.marks} == {(8, MarkKind.ERROR)} and len(grid.marks) == 7


def test_a_formula_without_a_result_says_so() -> None:
    grid = grids_of("公式没有结果.xlsx")["台账"]
    assert grid.rows[8][:3] == ("〔公式无结果〕", "〔公式无结果〕", 2)
    assert [mark.column for mark in grid.marks if mark.kind is MarkKind.UNCACHED] == [0, 1]


def test_a_picture_in_a_cell_is_shown_as_one() -> None:
    grid = grids_of("单元格图片.xlsx")["台账"]
    assert grid.rows[8][0] == "〔图片〕" and grid.marks[0].kind is MarkKind.PICTURE


@pytest.mark.parametrize("name", ["隐藏的行列.xlsx", "旧格式种种.xls"])
def test_hidden_rows_and_columns_are_told(name: str) -> None:
    grid = grids_of(name)["台账"]
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {3})


def test_hidden_and_very_hidden_sheets_are_told() -> None:
    assert {sheet: grid.hidden for sheet, grid in grids_of("隐藏的工作表.xlsx").items()} == {
        "台账": False,
        "藏": True,
        "深藏": True,
    }
    assert grids_of("开放文档种种.ods")["藏"].hidden


@pytest.mark.parametrize("second", [False, True])
def test_chinese_date_formats_are_days_and_no_day_stays_a_number(second: bool) -> None:
    grid = grids_of("中文日期格式.xlsx", second=second)["台账"]
    day = date(2016, 6, 30)
    assert grid.rows[8] == (day, day, -1, 60, 1_000_000_000, datetime(2016, 6, 30, 12))
    assert grid.formats[8, 0] == 'yyyy"年"m"月"d"日"' and grid.formats[8, 1] == 'm"月"d"日"'


@pytest.mark.parametrize("second", [False, True])
def test_days_of_the_1904_epoch_are_the_days_shown(second: bool) -> None:
    assert grids_of("1904.xlsx", second=second)["台账"].rows[8][0] == date(2016, 6, 30)


def test_old_workbooks_tell_days_formats_and_merges() -> None:
    grid = grids_of("旧格式种种.xls")["台账"]
    assert grid.rows[8][:4] == ("合并", None, date(2016, 6, 30), 4.5)
    assert grid.formats[8, 2] == 'yyyy"年"m"月"d"日"' and grid.formats[8, 3] == "0.00"
    assert grid.merges == (Span(8, 0, 8, 1),)


def test_open_documents_tell_merges_hidden_rows_and_errors() -> None:
    grid = grids_of("开放文档种种.ods")["台账"]
    assert grid.rows[3] == ("合并", None, date(2016, 6, 30), 3, 3, "#N/A")
    assert grid.merges == (Span(3, 0, 3, 1),) and grid.hidden_rows == {3}
    assert [mark.kind for mark in grid.marks] == [MarkKind.ERROR]


def test_a_value_under_a_merge_stays_in_its_cell() -> None:
    grid = grids_of("合并遮住.xlsx")["台账"]
    assert grid.rows[8][:2] == (1, 2) and grid.merges == (Span(8, 0, 8, 1),)


def test_a_merge_of_whole_columns_is_cut_to_the_cells_in_use() -> None:
    assert grids_of("整列合并.xlsx")["台账"].merges == (Span(0, 0, 2, 4),)


def test_a_stray_cell_far_away_keeps_its_address() -> None:
    grid = grids_of("远处一格.xlsx")["台账"]
    assert grid.rows[1_048_575][16_383] == "远" and sum(map(len, grid.rows)) == 15 + 16_384


def test_control_characters_go_and_all_other_text_stays() -> None:
    assert grids_of("控制字符.xlsx")["台账"].rows[8][0] == "已完成"
    assert grids_of("怪字.xlsx")["台账"].rows[8][:5] == ("😀整改", "\u202e反向", "甲\u00a0乙", "１２３", "—")


def test_rich_text_is_joined_without_its_phonetic_guide() -> None:
    for second in (False, True):
        assert grids_of("内联与富文本.xlsx", second=second)["台账"].rows[8][:2] == ("已完成", "甲")


@pytest.mark.parametrize("name", ["国标.csv", "国标分号.csv", "双字节.csv", "有签名.csv", "其实是文本.xls"])
def test_text_tables_hold_what_was_typed(name: str) -> None:
    (grid,) = grids_of(name).values()
    assert grid.rows == forge.TABLE


def test_when_a_file_was_saved_is_told_in_china_time(received: dict[str, Received]) -> None:
    made = forge.xlsx(lambda book, sheet: book.set_properties({"created": datetime(2016, 5, 18, 20, 30)}))
    assert read_book("x.xlsx", made, kind_of(made)).saved_at == datetime(2016, 5, 19, 4, 30)
    assert received["开放文档种种.ods"].saved_at == datetime(2016, 5, 18, 9, 30)
    assert received["没有样式.xlsx"].saved_at is not None and received["有签名.csv"].saved_at is None


# ---------------------------------------------------------------- 清点 ----


def write(path: Path, data: bytes | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(forge.xlsx() if data is None else data)
    return path


def test_files_are_found_at_any_depth_in_one_order(tmp_path: Path) -> None:
    for name in ("乙/丙/3.xlsx", "甲/1.xlsx", "1.xlsx", "名为.xlsx/2.xlsx", "成果/旧.xlsx"):
        write(tmp_path / name)
    files, findings = list_files(tmp_path, skip=[tmp_path / "成果"])
    assert [item.file for item in files] == ["1.xlsx", "乙/丙/3.xlsx", "名为.xlsx/2.xlsx", "甲/1.xlsx"]
    assert not findings


def test_a_folder_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    files, findings = list_files(tmp_path / "没有")
    assert (files, [finding.code for finding in findings]) == ([], ["F09"])


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes as files")
def test_links_and_special_files_are_told_and_not_opened(tmp_path: Path) -> None:
    real = write(tmp_path / "外" / "真.xlsx")
    inside = tmp_path / "内"
    inside.mkdir()
    (inside / "链接.xlsx").symlink_to(real)
    (inside / "链接夹").symlink_to(real.parent, target_is_directory=True)
    os.mkfifo(inside / "管道.xlsx")
    files, _ = list_files(inside)
    ended = receive(files, understand, None)
    assert [(one.outcome, codes(one)) for one in ended] == [(FileOutcome.SKIPPED, {"F15"})] * 3


@pytest.mark.skipif(sys.platform != "linux", reason="needs names of any bytes")
def test_names_are_shown_composed_readable_and_once(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in ("区\u00e9.xlsx".encode(), "区e\u0301.xlsx".encode(), "财政局.csv".encode("gb18030")):
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(forge.csv_text().encode())
    files, _ = list_files(tmp_path)
    assert sorted(item.file for item in files) == ["区é.xlsx", "区é.xlsx〔同名2〕", "财政局.csv"]
    assert all(one.outcome is FileOutcome.READ for one in receive(files, understand, None))


def test_lock_files_of_every_office_are_skipped(tmp_path: Path) -> None:
    for name in ("表.xlsx", "~$表.xlsx", ".~lock.表.xlsx#", ".DS_Store", "Thumbs.db", "desktop.ini", "._表.xlsx"):
        write(tmp_path / name)
    files, _ = list_files(tmp_path)
    assert [item.file for item in files if not item.skip] == ["表.xlsx"]


# ---------------------------------------------------------------- 取副本 ----


def test_a_file_gone_since_the_list_is_a_finding(tmp_path: Path) -> None:
    path = write(tmp_path / "表.xlsx")
    files, _ = list_files(tmp_path)
    path.unlink()
    (one,) = receive(files, understand, None)
    assert (one.outcome, codes(one), one.sha256) == (FileOutcome.REFUSED, {"F09"}, "")


def test_a_file_still_being_written_is_told_from_a_broken_one(tmp_path: Path) -> None:
    path = write(tmp_path / "表.xlsx", forge.xlsx()[:3000])
    files, _ = list_files(tmp_path)
    stop = threading.Event()

    def grow() -> None:
        while not stop.wait(0.02):
            with path.open("ab") as file:
                file.write(b"x" * 50)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        (one,) = receive(files, understand, None)
    finally:
        stop.set()
        writer.join()
    assert (one.outcome, codes(one)) == (FileOutcome.STILL_COPYING, {"F08"})


# ---------------------------------------------------------------- 进程 ----


def named(tmp_path: Path, *names: str) -> list[Listed]:
    for name in names:
        write(tmp_path / f"{name}.xlsx")
    return list_files(tmp_path)[0]


def test_a_hanging_a_dying_and_a_stumbling_file_do_not_end_the_run(tmp_path: Path) -> None:
    files = named(tmp_path, "1", "2挂起", "3", "4猝死", "5", "6出错", "7", "8吃内存", "9")
    seen: list[tuple[int, int]] = []
    begun = time.monotonic()
    ended = receive(files, understand, None, jobs=2, seconds=2.0, progress=lambda *at: seen.append(at[:2]))
    assert time.monotonic() - begun < 10
    assert [one.file[0] for one in ended] == list("123456789")
    assert [(one.outcome, codes(one)) for one in ended if one.outcome is not FileOutcome.READ] == [
        (FileOutcome.REFUSED, {"F07"}),
        (FileOutcome.REFUSED, {"F06"}),
        (FileOutcome.REFUSED, {"F06"}),
        (FileOutcome.REFUSED, {"F05"}),
    ]
    assert all(one.sha256 for one in ended) and seen == [(at, 9) for at in range(1, 10)]


def test_how_many_processes_read_changes_nothing(folder: Path, received: dict[str, Received]) -> None:
    files, _ = list_files(folder)
    some = [item for item in files if not item.file.startswith(("截断", "尾部", "翻转", "表页残缺"))]
    assert receive(some, understand, None, jobs=3) == [received[item.file] for item in some]


def test_no_files_need_no_process() -> None:
    assert receive([], understand, None) == []


def test_nothing_is_left_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, received: dict[str, Received]
) -> None:
    temporary = tmp_path / "临时"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    receive(named(tmp_path / "报送", "1", "2"), understand, None)
    assert list(temporary.iterdir()) == []


_INTERRUPTED = """
import sys
from pathlib import Path
sys.path.insert(0, {path!r})
from rectify_tool.intake import list_files, receive
from tests.test_intake import understand

if __name__ == "__main__":
    files, _ = list_files(Path({folder!r}))
    try:
        receive(files, understand, None, jobs=2, progress=lambda *at: print("读", flush=True))
    except KeyboardInterrupt:
        print("停", flush=True)
        sys.exit(130)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks for orphans in /proc")
def test_ctrl_c_ends_the_run_at_once_and_leaves_no_process(tmp_path: Path) -> None:
    named(tmp_path / "报送", "1", "2挂起", "3挂起")
    script = tmp_path / "run.py"
    script.write_text(_INTERRUPTED.format(path=str(Path(__file__).parents[1]), folder=str(tmp_path / "报送")))
    started = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert started.stdout is not None and started.stdout.readline() == "读\n"
    begun = time.monotonic()
    os.killpg(started.pid, signal.SIGINT)
    told, complained = started.communicate(timeout=10)
    assert (started.returncode, told, complained) == (130, "停\n", "") and time.monotonic() - begun < 3
    assert _wait_until(lambda: not _in_session(started.pid))


def _in_session(session: int) -> list[str]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(status.parent.name)
    return found


def _wait_until(true: Callable[[], bool]) -> bool:
    for _ in range(50):
        if true():
            return True
        time.sleep(0.1)
    return False
