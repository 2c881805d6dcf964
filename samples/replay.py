"""重演八期 — the sample's eight bulletins made one after the other: ``python samples/replay.py FOLDER``.

Starts from an empty folder and does what a clerk does every ten days: puts the units' new workbooks into 报送/, brings
the breakdown up to date, notes the office's acts, runs, publishes. Everything goes through the command line; the first
command that fails ends the story. The days of the story are those of 2016, the moments of publishing are now.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from itertools import count
from pathlib import Path
from typing import Any

import district_2016
import story_2016 as story
from pages import Made, write_made
from story_2016 import Bulletin, Noted

Json = dict[str, Any]
Say = Callable[[str], None]

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "示例区2016"
REGISTER = "办理登记.xlsx"
ONE_READER = ("--jobs=1",)
"""Twenty small workbooks are read sooner by one process than two are started; what is shown leaves it out."""
REGISTERED = ("办理日期", "办理事项", "编号", "单位", "事由", "办理人")
REGISTER_WORDS: Mapping[str, str] = {"call": "电话催办", "letter": "督办函", "talk": "约谈"}
COUNTED: Mapping[str, str] = {
    "closed": "销号",
    "finished": "完成",
    "finished_late": "逾期完成",
    "on_track": "按期推进",
    "due_soon": "临期",
    "overdue": "逾期",
    "long_term": "长期坚持",
    "undated": "时限不明确",
}


class Failed(Exception):
    """中断 — a command did not end with 0; the message is what it said."""


def replay(folder: Path, say: Say = print) -> tuple[Json, ...]:
    """重演 — the whole story in an empty ``folder``; the answer of every run that was published, in order."""
    _open_folder(folder, say)
    answers: list[Json] = []
    for bulletin in story.BULLETINS:
        say(f"\n—— 第{bulletin.number}期，截至{bulletin.as_of:%Y-%m-%d} ——")
        _receive(folder, bulletin, say)
        _act(folder, bulletin.number, say)
        answers.append(_run(folder, bulletin, say))
        _command(say, "publish", str(folder), *ONE_READER)
        if bulletin.number == story.CORRECTED_NUMBER:
            answers.append(_correct(folder, bulletin, say))
    return tuple(answers)


def _open_folder(folder: Path, say: Say) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Failed(f"“{folder}”不是空文件夹，没有动它；请换一个空的，或不存在的。")
    (folder / "报送").mkdir()
    for name in ("口径.toml", "责任分解表（征求意见稿）.xlsx"):
        _copy(SAMPLE / name, folder / name, datetime(2016, 3, 2, 10))
    say(f"从空文件夹开始：{folder}")


# ---------------------------------------------------------------- 收件 ----


def _receive(folder: Path, bulletin: Bulletin, say: Say) -> None:
    """收件 — the breakdown as it stands on the day, and what the units sent since the last bulletin."""
    _write(folder, story.breakdown(bulletin))
    if bulletin.number == story.FROM_THE_SAMPLE:
        _receive_the_sample(folder, say)
        return
    before = {path.name for path in (folder / "报送").rglob("*")}
    sent = [_write(folder, made).name for made in story.workbooks(bulletin)]
    for replaced, name in story.ARRIVES_EARLY.get(bulletin.number, {}).items():
        (folder / "报送" / replaced).unlink()
        sent.append(_take(folder, SAMPLE / "报送" / name).name)
    fresh = [name for name in sent if name not in before]
    beside = f"，新文件名的有{'、'.join(fresh)}，其余替换了旧表" if before else ""
    say(f"收到{len(sent)}份{beside}")


def _receive_the_sample(folder: Path, say: Say) -> None:
    """收第八期 — the sample's own files, each in the place of what its unit had sent; two old files stay."""
    for old in sorted((folder / "报送").rglob("*"), reverse=True):
        if old.is_dir():
            old.rmdir()
        elif old.name not in story.KEPT_FOR_THE_LAST:
            old.unlink()
    for path in sorted((SAMPLE / "报送").rglob("*")):
        if path.is_file() and path.name not in story.KEPT_FOR_THE_LAST:
            _take(folder, path)
    say(f"各单位换报新表；没有报来新表的，旧表仍在：{'、'.join(story.KEPT_FOR_THE_LAST)}")


def _write(folder: Path, made: Made) -> Path:
    path = write_made(folder, made)
    _set_time(path, made.saved)
    return path


def _take(folder: Path, path: Path) -> Path:
    """收一份样例 — one of the sample's own files, saved when the sample says."""
    place = path.relative_to(SAMPLE)
    saved = {made.path: made.saved for made in (*district_2016.WORKBOOKS, district_2016.LOCKED, district_2016.CUT)}
    return _copy(path, folder / place, saved.get(place.as_posix(), datetime(2016, 5, 18, 9)))


def _copy(path: Path, place: Path, saved: datetime) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, place)
    _set_time(place, saved)
    return place


def _set_time(path: Path, saved: datetime) -> None:
    os.utime(path, (saved.timestamp(), saved.timestamp()))


# ---------------------------------------------------------------- 办理 ----


def _act(folder: Path, number: int, say: Say) -> None:
    """办理 — the acts since the last bulletin: by the command line, and in the register the office fills in."""
    for serial, act in story.numbered_acts(number):
        if isinstance(act, Noted):
            _command(say, "record", str(folder), *act.arguments, *ONE_READER)
        else:
            _command(say, "record", str(folder), "undo", str(serial - 1), "--by", act.by, "--why", act.why)
    if registered := story.REGISTERED.get(number):
        if not (folder / REGISTER).exists():
            _command(say, "register", str(folder), *ONE_READER)
        _fill_register(folder / REGISTER, registered)
        say(f"在{REGISTER}里登记{len(registered)}条")


def _fill_register(path: Path, acts: Sequence[Noted]) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.worksheets[0]
    top, heading = next((at, row) for at, row in enumerate(sheet.values, 1) if "办理事项" in row)
    column = {name: next(at for at, text in enumerate(heading, 1) if str(text).startswith(name)) for name in REGISTERED}
    first = next(at for at in count(top + 1) if not sheet.cell(at, column["办理事项"]).value)
    for at, act in enumerate(acts, first):
        no, unit = (act.target, None) if act.target[0].isdigit() else (None, act.target)
        typed = (act.day, REGISTER_WORDS[act.act], no, unit, act.why, act.by)
        for name, value in zip(REGISTERED, typed, strict=True):
            sheet.cell(at, column[name], value)
    book.save(path)
    _set_time(path, datetime.combine(acts[-1].day, time(17)))


# ---------------------------------------------------------------- 出一期 ----


def _run(folder: Path, bulletin: Bulletin, say: Say, *more: str) -> Json:
    told = _command(
        lambda _: None, "run", str(folder), "--as-of", bulletin.as_of.isoformat(), "--json", *more, *ONE_READER
    )
    answer: Json = json.loads(told)
    assert answer["number"] == bulletin.number, answer["number"]
    known: Mapping[str, int] = answer["counts"]
    counts = "，".join(f"{word}{known[name]}" for name, word in COUNTED.items() if known[name])
    say(f"$ rectify-tool run {folder.name} --as-of {bulletin.as_of}")
    say(f"  第{answer['number']}期：{counts}；合计{known['items']}项")
    return answer


def _correct(folder: Path, bulletin: Bulletin, say: Say) -> Json:
    """更正 — the number already published, run again with the right file and published again with the reason."""
    say(f"{story.CORRECTION}，换上新表，更正第{bulletin.number}期")
    _write(folder, story.corrected_workbook())
    number = ("--number", str(bulletin.number))
    answer = _run(folder, bulletin, say, *number)
    _command(say, "publish", str(folder), *number, "--correct", story.CORRECTION, *ONE_READER)
    return answer


def _command(say: Say, *arguments: str) -> str:
    """一条命令 — what it printed; raises Failed where it does not end with 0."""
    done = subprocess.run(
        [sys.executable, "-m", "rectify_tool", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))},
    )
    command, folder, *rest = (one for one in arguments if one not in ONE_READER)
    shown = shlex.join((command, Path(folder).name, *rest))
    if done.returncode:
        raise Failed(f"$ rectify-tool {shown}\n{done.stdout}{done.stderr}（退出码{done.returncode}）")
    say(f"$ rectify-tool {shown}\n" + "\n".join(f"  {line}" for line in done.stdout.splitlines()))
    return done.stdout


def main(arguments: Sequence[str]) -> int:
    """命令行入口 — the work folder to make; 0 done, 1 a command failed, 2 no folder given."""
    if len(arguments) != 1:
        print("用法：python samples/replay.py 文件夹（空的，或还不存在的）")
        return 2
    try:
        replay(Path(arguments[0]).resolve())
    except Failed as failed:
        print(failed)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
