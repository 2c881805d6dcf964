"""台账的命令 — publish, reprint, history, register, record: what is kept over time."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from rectify_tool.cli.console import Progress, is_terminal, keep_log, print_json, progress, say, told
from rectify_tool.cli.work import OK, absolute, job_of
from rectify_tool.errors import RectifyError, Stop, Way

if TYPE_CHECKING:
    from rectify_tool.model import Note, Record


def publish(options: argparse.Namespace) -> int:
    """定稿 — the last run becomes the bulletin of record."""
    from rectify_tool.model import Wish
    from rectify_tool.story.publish import publish

    keep_log()
    now = datetime.now()
    _about_clock(options.folder, now)
    wish = Wish(
        folder=absolute(options.folder),
        now=now,
        number=options.number,
        correct=options.correct or "",
        accept=options.accept_difference or "",
        out=absolute(options.out) if options.out else None,
        jobs=options.jobs,
    )
    published = publish(wish, progress())
    again = "更正后再次定稿" if published.why else "已定稿"
    if options.json:
        print_json(
            {
                "number": published.number,
                "as_of": published.as_of.isoformat(),
                "serial": published.serial,
                "folder": published.folder,
                "outputs": dict(published.outputs),
            }
        )
    else:
        say(f"第{published.number}期（截至{published.as_of.isoformat()}）{again}，记入“台账.db”。")
        say(f"定稿的材料在“{published.folder}”，以后的运行不会动它；要再出一份，用 rectify-tool reprint。")
    return OK


def reprint(options: argparse.Namespace) -> int:
    """重印 — a published bulletin again, exactly."""
    from rectify_tool.story.publish import reprint

    keep_log()
    out = absolute(options.out) if options.out else None
    published, place = reprint(absolute(options.folder), options.number, options.year, options.edition, out)
    say(f"第{published.number}期（截至{published.as_of.isoformat()}）的定稿已原样写出：{place}")
    return OK


def history(options: argparse.Namespace) -> int:
    """经过 — of an item, or of the whole folder; or the way back from the backup."""
    from rectify_tool.story import life

    keep_log()
    folder = absolute(options.folder)
    if options.restore:
        if options.item:
            raise RectifyError(Stop.WRONG_ARGUMENTS, "恢复台账（--restore）不用写小项的编号。")
        restored = life.restore(folder, datetime.now())
        kept = str(restored.kept) if restored.kept else None
        counted = {"published": len(restored.past.published), "records": len(restored.past.records)}
        if options.json:
            print_json({"database": str(restored.database), "kept": kept, **counted})
            return OK
        if restored.kept:
            say(f"损坏的台账留在：{restored.kept}")
        say(f"已从备份恢复：{restored.database}。")
        say(f"有定稿{counted['published']}次、办理记录{counted['records']}条，请核对最近的一次是否在内。")
        return OK
    events = life.tell_item(job_of(options), options.item, progress()) if options.item else life.tell_folder(folder)
    if options.json:
        print_json(
            [{"day": _iso(one.day), "what": one.what, **one.source._asdict(), "then": one.then} for one in events]
        )
        return OK
    for one in events:
        place = f"{one.source}（当时的内容）" if one.then else str(one.source)
        say(f"{_iso(one.day) or '　　　　　'}  {one.what}\n            见 {place}")
    if not events:
        say("还没有定过稿，也没有记过办理。")
    return OK


def register(options: argparse.Namespace) -> int:
    """办理登记 — an empty register with drop-downs."""
    from rectify_tool.story.register import make_register

    keep_log()
    path = make_register(job_of(options), progress())
    say(f"已写出：{path}")
    say("下一步：用 Excel 或 WPS 打开，一行记一件办理，保存后关闭，下次运行就采用；各行都能用下拉选单选。")
    return OK


def record(options: argparse.Namespace) -> int:
    """记办理 — an act of the office, or the taking back of one."""
    from rectify_tool.model import Act, Note
    from rectify_tool.story import record

    keep_log()
    now = datetime.now()
    _about_clock(options.folder, now)
    if options.act == "undo":
        written = record.undo(absolute(options.folder), options.serial, options.why or "", options.by or "", now)
        say(f"已记入台账第{written.serial}条：撤回第{written.undoes}条。第{written.undoes}条仍留着，不再起作用。")
        return OK
    note = Note(
        folder=absolute(options.folder),
        act=Act(options.act),
        target=options.target,
        day=options.day or now.date(),
        now=now,
        by=options.by or "",
        why=options.why or "",
        new_due=getattr(options, "to", None),
        anyway=options.anyway,
        jobs=options.jobs,
    )
    written = _asked(record.record, note)
    say(f"已记入台账第{written.serial}条，下次运行起作用。记错了，用下面一行撤回，原因照实写：")
    say(f'  rectify-tool record "{options.folder}" undo {written.serial} --why "原因"')
    return OK


def _asked(work: Callable[[Note, Progress | None], Record], note: Note) -> Record:
    """问一声 — what makes no sense is asked about where somebody sits before the screen, refused elsewhere."""
    from dataclasses import replace

    try:
        return work(note, progress())
    except RectifyError as error:
        if error.way is not Way.ANYWAY or not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
            raise
        print(f"{error.message}\n照样记吗？输入“是”照样记，直接回车不记：", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip() not in ("是", "y", "Y", "yes"):
            raise
    return work(replace(note, anyway=True), None)


def _about_clock(folder: str, now: datetime) -> None:
    """电脑的时间倒了 — said before anything is written by it; what is written keeps its order all the same."""
    from rectify_tool.story.life import clock_back

    for finding in clock_back(absolute(folder), now):
        print(told(finding), file=sys.stderr)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
