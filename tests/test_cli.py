"""The command line as a script sees it: exit codes, one JSON value, Chinese words, nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from rectify_tool import __version__
from rectify_tool.history import add_record
from rectify_tool.model import Act, Decision, Source
from tests.inside import command
from tests.sheets import write_folder

Call = Callable[..., subprocess.CompletedProcess[str]]
BREAKDOWN = """
示例县整改落实工作责任分解表（2016年2月26日反馈）
编号 | 问题 | 整改措施 | 整改时限 | 牵头单位 | 配合单位
1-1 | 问题一 | 修订招投标管理办法 | 4月底前 | 县财政局 | 县审计局
1-2 | 问题一 | 开展财务收支审计 | 6月底前 | 县审计局 |
"""
REPLY = """
填报单位：县财政局 | | 填报日期：2016年5月18日
编号 | 整改措施 | 进展情况
1-1 | 修订招投标管理办法 | 5月3日已印发《办法》，全部完成
"""


def in_a_process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same as a script starts it; what a process adds is proven once, the rest is `command`'s."""
    call = [sys.executable, "-m", "rectify_tool", *map(str, arguments)]
    return subprocess.run(call, capture_output=True, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    work = tmp_path / "整改 工作"
    write_folder(work, {"责任分解表.xlsx": BREAKDOWN, "报送/财政局.xlsx": REPLY})
    return work


def answer(*arguments: str | Path, by: Call = command) -> tuple[int, dict[str, object]]:
    done = by(*arguments, "--json")
    assert done.stdout.count("\n") == 1, "exactly one JSON value"
    return done.returncode, json.loads(done.stdout)


COMMANDS = (
    "run", "check", "print", "templates", "publish", "reprint", "history", "register", "record", "read-deadline",
)  # fmt: skip


def test_help_is_in_chinese_and_lists_only_what_works() -> None:
    told = in_a_process("--help")
    assert told.returncode == 0
    assert "整改督查工具" in told.stdout
    for word in (*COMMANDS, "用法", "选项"):
        assert word in told.stdout
    assert "usage" not in told.stdout


def test_the_version_is_said() -> None:
    assert in_a_process("--version").stdout.strip().endswith(__version__)


def test_a_run_writes_both_papers_and_a_list_of_digests(folder: Path) -> None:
    code, told = answer("run", folder, "--as-of", "2016-05-20", "--number", "8", by=in_a_process)
    assert code == 0
    out = folder / "成果" / "2016-05-20 第8期"
    assert sorted(path.name for path in out.iterdir()) == ["整改汇总表.xlsx", "清单.json", "督查专报第8期.docx"]
    assert told["outputs"] == {"bulletin": str(out / "督查专报第8期.docx"), "summary": str(out / "整改汇总表.xlsx")}
    manifest = json.loads((out / "清单.json").read_text(encoding="utf-8"))
    assert set(manifest["inputs"]) == {"责任分解表.xlsx", "报送/财政局.xlsx"}
    assert set(manifest["outputs"]) == {"整改汇总表.xlsx", "督查专报第8期.docx"}


def test_a_second_run_says_the_same_and_leaves_one_set(folder: Path) -> None:
    first = answer("run", folder, "--as-of", "2016-05-20", by=in_a_process)
    second = answer("run", folder, "--as-of", "2016-05-20", by=in_a_process)
    assert first == second
    assert [path.name for path in (folder / "成果").iterdir() if path.is_dir()] == ["2016-05-20 第1期"]


def test_out_means_another_place(folder: Path, tmp_path: Path) -> None:
    code, _ = answer("run", folder, "--as-of", "2016-05-20", "--out", tmp_path / "别处")
    assert code == 0
    assert (tmp_path / "别处" / "2016-05-20 第1期" / "整改汇总表.xlsx").is_file()
    assert not (folder / "成果").exists()


def test_without_a_breakdown_the_submissions_stand_in_for_it(folder: Path) -> None:
    (folder / "责任分解表.xlsx").unlink()
    write_folder(
        folder,
        {
            "报送/财政局.xlsx": """
填报单位：县财政局
编号 | 整改措施 | 整改时限 | 责任单位 | 进展情况
1-1 | 修订招投标管理办法 | 2016年4月底前 | 县财政局、县审计局 | 正在修订
""",
            "报送/审计局.xlsx": """
填报单位：县审计局
编号 | 整改措施 | 整改时限 | 责任单位 | 进展情况
1-1 | 修订招投标管理办法 | 2016年6月底前 | 县财政局、县审计局 | 配合修订
1-2 | 开展财务收支审计 | 2016年6月底前 | 县审计局 | 5月10日全部完成
""",
        },
    )
    _, told = answer("check", folder, "--as-of", "2016-05-20")
    assert [(one["no"], one["lead"], one["due"], one["standing"]) for one in told["items"]] == [  # type: ignore[attr-defined, index]
        ("1-1", "县财政局", "2016-04-30", "overdue"),
        ("1-2", "县审计局", "2016-06-30", "finished"),
    ]
    assert {"M01", "M06"} <= {one["code"] for one in told["findings"]}  # type: ignore[attr-defined, index]


def test_without_an_inbox_every_other_workbook_counts_as_sent(folder: Path) -> None:
    shutil.move(folder / "报送" / "财政局.xlsx", folder / "财政局.xlsx")
    (folder / "报送").rmdir()
    _, told = answer("check", folder, "--as-of", "2016-05-20")
    assert told["units"]["reported"] == ["县财政局"]  # type: ignore[index]
    assert [one["role"] for one in told["files"]] == ["breakdown", "submission"] or {  # type: ignore[attr-defined, index]
        one["file"]: one["role"]
        for one in told["files"]  # type: ignore[attr-defined, index]
    } == {"责任分解表.xlsx": "breakdown", "财政局.xlsx": "submission"}


def test_without_an_inbox_only_letters_with_a_units_name_were_sent(folder: Path) -> None:
    shutil.move(folder / "报送" / "财政局.xlsx", folder / "财政局.xlsx")
    (folder / "报送").rmdir()
    for name in ("通知.pdf", "县审计局整改情况.pdf"):
        (folder / name).write_bytes(b"%PDF-1.4\n")
    shutil.copy(folder / "财政局.xlsx", folder / "通讯录.xlsx")
    _, told = answer("check", folder, "--as-of", "2016-05-20")
    assert told["units"]["unreadable"] == ["县审计局"]  # type: ignore[index]
    assert {one["file"] for one in told["files"]} == {  # type: ignore[attr-defined, index]
        "责任分解表.xlsx", "财政局.xlsx", "通讯录.xlsx", "县审计局整改情况.pdf"
    }  # fmt: skip


def test_a_breakdown_with_nothing_sent_is_done(folder: Path) -> None:
    (folder / "报送" / "财政局.xlsx").unlink()
    code, told = answer("run", folder, "--as-of", "2016-05-20")
    assert code == 0
    assert told["counts"]["not_reported"] == 2  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("run",), 2, "wrong_arguments"),
        (("run", "{folder}", "--as-of", "5月20日"), 2, "wrong_arguments"),
        (("run", "{folder}", "--as-of", "20160520"), 2, "wrong_arguments"),
        (("run", "{folder}", "--number", "0"), 2, "wrong_arguments"),
        (("run", "{folder}/没有这个"), 2, "wrong_arguments"),
        (("run", "{empty}"), 3, "nothing_readable"),
        (("run", "{folder}", "--out", "{file}"), 4, "cannot_write"),
        (("run", "{broken}"), 5, "settings_unusable"),
        (("run", "{double}"), 5, "breakdown_unclear"),
    ],
)
def test_what_stops_the_work_has_its_exit_code(
    arguments: tuple[str, ...], code: int, word: str, folder: Path, tmp_path: Path
) -> None:
    places = {name: tmp_path / name for name in ("empty", "broken", "double", "file")}
    places["empty"].mkdir()
    shutil.copytree(folder, places["broken"])
    (places["broken"] / "口径.toml").write_text("[deadline]\ndue_soon_days = '十'\n", encoding="utf-8")
    shutil.copytree(folder, places["double"])
    shutil.copy(folder / "责任分解表.xlsx", places["double"] / "责任分解表2.xlsx")
    places["file"].write_text("", encoding="utf-8")
    filled = [one.format(folder=folder, **places) for one in arguments]
    told_code, told = answer(*filled)
    assert told_code == code
    assert told["error"]["code"] == word  # type: ignore[index]
    plain = command(*filled)
    assert plain.returncode == code
    assert plain.stderr.splitlines()[0] == told["error"]["message"]  # type: ignore[index]
    assert "Error" not in plain.stderr
    assert "Traceback" not in plain.stderr


def test_strict_fails_only_on_an_error(folder: Path) -> None:
    assert command("check", folder, "--as-of", "2016-05-20", "--strict").returncode == 0
    write_folder(folder, {"报送/x.xlsx": "编号 | 整改措施 | 进展情况\n1-2 | 开展财务收支审计 | 正在审计"})
    assert command("check", folder, "--as-of", "2016-05-20", "--strict").returncode == 1
    assert command("check", folder, "--as-of", "2016-05-20").returncode == 0


def test_stdout_is_utf8_whatever_the_console(folder: Path) -> None:
    call = [sys.executable, "-m", "rectify_tool", "check", str(folder), "--as-of", "2016-05-20"]
    told = subprocess.run(call, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"})
    assert "逾期" in told.stdout.decode("utf-8")


def test_read_deadline_tells_the_reading_and_the_rule() -> None:
    told = json.loads(command("read-deadline", "4月底前", "尽快", "--base", "2016-02-26", "--json").stdout)
    assert list(told[0]) == ["text", "kind", "due", "doubt", "rule", "because"]
    assert told[0]["due"] == ["2016-04-30"]
    assert told[1]["due"] == []
    assert "按今天" in command("read-deadline", "4月底前").stdout


def test_ctrl_c_in_the_middle_of_an_import_ends_with_the_code_too(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "stopped.py").write_text(
        "import rectify_tool.story.run as room, rectify_tool.cli as face\n"
        "room.run = lambda *_: exec('raise KeyboardInterrupt')\n"
        f"raise SystemExit(face.main(['run', {str(folder)!r}]))\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, "-m", "stopped"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 130


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a single child")
def test_ctrl_c_stops_cleanly_and_leaves_the_old_set_whole(folder: Path) -> None:
    assert command("run", folder, "--as-of", "2016-05-20").returncode == 0
    before = {path.name: path.read_bytes() for path in (folder / "成果" / "2016-05-20 第1期").iterdir()}
    sent = (folder / "报送" / "财政局.xlsx").read_bytes()
    for number in range(600):
        (folder / "报送" / f"财政局{number}.xlsx").write_bytes(sent)
    call = [sys.executable, "-m", "rectify_tool", "run", str(folder), "--as-of", "2016-05-20"]
    running = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(1.0)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == 130, told.decode()
    assert "已停止" in told.decode()
    assert {path.name: path.read_bytes() for path in (folder / "成果" / "2016-05-20 第1期").iterdir()} == before
    assert [path.name for path in (folder / "成果").iterdir() if path.is_dir()] == ["2016-05-20 第1期"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "{folder}", "--as-of", "2016-05-20"), 0),
        (("check", "{broken}", "--as-of", "2016-05-20", "--strict", "--json"), 1),
        (("templates", "{folder}"), 0),
        (("read-deadline", "4月底前", "6月底前"), 0),
        (("check", "没有这个文件夹", "--json"), 2),
    ],
    ids=lambda one: one[0] if isinstance(one, tuple) else str(one),
)
def test_a_reader_that_goes_away_is_no_bug(arguments: tuple[str, ...], code: int, folder: Path, tmp_path: Path) -> None:
    write_folder(tmp_path / "broken", {"责任分解表.xlsx": BREAKDOWN, "报送/无名.xlsx": REPLY.split("\n", 2)[2]})
    call = [one.format(folder=folder, broken=tmp_path / "broken") for one in arguments]
    with started(*call) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        told = process.stderr.read().decode()
        assert process.wait() == code
    assert ("没有找到文件夹" in told) if code == 2 else told == ""


def started(*arguments: str) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-m", "rectify_tool", *arguments]
    return subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(("folder_name", "code"), [("{folder}", 4), ("没有这个文件夹", 2)])
def test_an_answer_that_cannot_be_kept_is_said_and_is_no_bug(folder_name: str, code: int, folder: Path) -> None:
    call = [sys.executable, "-m", "rectify_tool", "check", folder_name.format(folder=folder), "--json"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(call, stdout=full, stderr=subprocess.PIPE, encoding="utf-8")
    assert done.returncode == code, done.stderr
    assert done.stderr.count("\n") == 1 and ("磁盘已满" in done.stderr or code == 2)


# ---- the ledger over time


def test_a_bulletin_is_published_written_again_and_told_of(folder: Path) -> None:
    assert in_a_process("publish", folder).returncode == 3
    answer("run", folder, "--as-of", "2016-05-20", "--number", "8")
    code, told = answer("publish", folder)
    assert (code, told["number"], told["as_of"], told["folder"]) == (0, 8, "2016-05-20", "2016-05-20 第8期")
    assert command("publish", folder).returncode == 2
    assert command("reprint", folder, "8").returncode == 0
    assert command("reprint", folder, "7").returncode == 2
    again, first = folder / "成果/重印/2016-05-20 第8期", folder / "成果/2016-05-20 第8期"
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in first.iterdir()
    }
    assert "第8期定稿" in command("history", folder).stdout
    code, told = answer("run", folder, "--as-of", "2016-05-30")
    assert (told["number"], told["changes"]["since"]) == (9, {"number": 8, "as_of": "2016-05-20"})  # type: ignore[index]


def test_an_act_is_recorded_asked_about_and_undone(folder: Path) -> None:
    record = ("record", folder)
    assert command(*record, "extend", "1-2", "--to", "2016-07-31", "--day", "2016-05-20").returncode == 0
    doubtful = command(*record, "close", "1-2", "--day", "2016-05-20")
    assert doubtful.returncode == 2
    assert "--anyway" in doubtful.stderr
    assert command(*record, "undo", "1").returncode == 2
    assert command(*record, "undo", "1", "--why", "批的是另一项").returncode == 0
    code, told = answer("history", folder, "1-2", "--as-of", "2016-05-20")
    assert code == 0
    assert [one["what"].split("，")[0] for one in told][1:3] == [  # type: ignore[index, attr-defined]
        "批准延期至2016年7月31日（1-2）（已由第2条撤回）",
        "撤回第1条",
    ]


def test_a_damaged_ledger_is_said_and_comes_back_from_its_backup(folder: Path) -> None:
    assert command("record", folder, "call", "县财政局", "--why", "答应月底前办结").returncode == 0
    (folder / "台账.db").write_bytes(b"damaged")
    code, told = answer("check", folder)
    assert (code, told["error"]["code"]) == (5, "history_unusable")  # type: ignore[index]
    assert "恢复台账" in told["error"]["message"]  # type: ignore[index]
    plain = in_a_process("check", folder)
    assert (plain.returncode, plain.stdout) == (5, "")
    assert "命令行：rectify-tool history 工作文件夹 --restore" in plain.stderr
    assert command("history", folder, "--restore").returncode == 0
    assert "电话催办（县财政局）" in command("history", folder).stdout


def test_a_register_is_written_once_and_never_replaced(folder: Path) -> None:
    assert command("register", folder).returncode == 0
    assert (folder / "办理登记.xlsx").is_file()
    assert command("register", folder).returncode == 4


def test_a_clock_that_went_back_is_said_by_whoever_writes(folder: Path) -> None:
    add_record(folder, datetime(2999, 1, 1), Decision(Act.CALL, "1-2", date(2016, 5, 9), None, "", Source("")))
    told = command("record", folder, "call", "1-2", "--day", "2016-05-10")
    assert told.returncode == 0
    assert "早于台账里最后一次记录的时间2999年1月1日00:00" in told.stderr
