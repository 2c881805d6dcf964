"""往期 — 台账.db: every bulletin of record and every act of the office, kept for ever; the only room that knows SQLite.

A folder holds the ledger as 台账.db and its last state once more as 台账.备份.db. Nothing in it is ever changed or
deleted: a correction is a second publishing, a mistake is taken back by a counter-entry.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from rectify_tool.errors import RectifyError, Stop, Way
from rectify_tool.history import rows, store
from rectify_tool.history.trouble import BACKUP, Unusable, told
from rectify_tool.model import DATABASE, Decision, Past, Published, Record

__all__ = ["BACKUP", "DATABASE", "Restored", "add_record", "papers_of", "publish", "read_past", "restore"]


@dataclass(frozen=True, slots=True)
class Restored:
    """恢复 — the ledger back from its backup; ``kept`` is the damaged file's new name, None where there was no file."""

    database: Path
    kept: Path | None
    past: Past


def read_past(folder: Path) -> Past:
    """读往期 — everything 台账.db keeps; empty where there never was one. Nothing is written.

    Raises:
        RectifyError: HISTORY_UNUSABLE where it cannot be relied on, FOLDER_IN_USE where another start is writing.
    """
    place = folder / DATABASE
    if not store.is_there(place):
        return Past()
    with store.reading(place) as (_, past):
        return past


def add_record(
    folder: Path, at: datetime, decision: Decision | None, undoes: int | None = None, why: str = "", by: str = ""
) -> Record:
    """记一笔 — an act of the office, or a counter-entry that takes back record ``undoes``; returns it with its number.

    Raises:
        RectifyError: as `read_past`; CANNOT_WRITE; DECISION_UNCLEAR where there is no record of that number.
    """
    if (decision is None) == (undoes is None) or (decision and (why or by)):
        raise ValueError("a record is a decision with its own why and by, or undoes another and says why and by whom")
    with store.writing(folder, at) as (db, past):
        if undoes is not None and undoes not in {one.serial for one in past.records}:
            problem = f"没有第{undoes}条办理记录，请在办理记录里核对是第几条。"
            raise RectifyError(Stop.DECISION_UNCLEAR, problem, Way.RECORDS)
        return rows.add_record(db, Record(0, at, decision, undoes, why, by))


def publish(folder: Path, published: Published, papers: Mapping[str, bytes]) -> Published:
    """定稿 — store a bulletin of record with its papers; returns it with the serial the database gave it.

    ``papers`` holds the bytes of every one of its outputs. A number published before needs a ``why``.

    Raises:
        RectifyError: as `read_past`; CANNOT_WRITE; CANNOT_PUBLISH where a paper is not what its digest says;
            OUT_OF_ORDER where the number is published already and no reason is given.
    """
    _agree(published, papers)
    with store.writing(folder, published.published) as (db, past):
        numbers = {(one.year, one.number) for one in past.published}
        if (published.year, published.number) in numbers and not published.why:
            raise RectifyError(
                Stop.OUT_OF_ORDER,
                f"{published.year}年第{published.number}期已经定稿，没有再写；确要更正，请写明更正的原因。",
                Way.CORRECT,
            )
        return replace(published, serial=rows.add_publishing(db, published, papers))


def papers_of(folder: Path, serial: int) -> Mapping[str, bytes]:
    """往期材料 — the papers of one publishing, exactly the bytes; empty where there is no such publishing.

    Raises:
        RectifyError: as `read_past`, also where a paper is not what its digest says.
    """
    place = folder / DATABASE
    if not store.is_there(place):
        return {}
    with store.reading(place) as (db, _):
        return rows.read_papers(db, serial)


def restore(folder: Path, at: datetime) -> Restored:
    """恢复 — a copy of the backup takes the place of a 台账.db that cannot be used, which is kept under another name.

    Raises:
        RectifyError: WRONG_ARGUMENTS where the ledger is in order or there never was one, HISTORY_UNUSABLE where the
            backup is no way out, CANNOT_WRITE.
    """
    place, backup = folder / DATABASE, folder / BACKUP
    trouble = _mendable_trouble(folder)
    past = _past_of_backup(backup, trouble)
    with told(place, writing=True):
        fresh = store.copy(backup)
        kept = _set_aside(place, at)
        if not store.appear(fresh, place):
            raise RectifyError(Stop.FOLDER_IN_USE, f"“{place}”正由另一个窗口恢复，请等它结束后再看。")
    return Restored(place, kept, past)


# ---------------------------------------------------------------- 定稿、恢复的内务 ----


def _agree(published: Published, papers: Mapping[str, bytes]) -> None:
    digests = {name: rows.sha256(content) for name, content in papers.items()}
    if wrong := {name for name, _ in digests.items() ^ published.outputs.items()}:
        names = "”“".join(sorted(wrong))
        problem = f"“{names}”与清单.json里的不一致，没有定稿；请重新生成专报，看过以后再定稿。"
        raise RectifyError(Stop.CANNOT_PUBLISH, problem, Way.GENERATE)


def _mendable_trouble(folder: Path) -> Unusable:
    """该恢复的毛病 — what is wrong with the ledger; anything the backup is no answer to stops here."""
    try:
        past = read_past(folder)
    except Unusable as error:
        if error.trouble.mendable:
            return error
        raise
    kept = f"有{len(past.published)}次定稿、{len(past.records)}条办理记录，是好的，不用恢复"
    there = (folder / DATABASE).exists()
    raise RectifyError(Stop.WRONG_ARGUMENTS, f"“{folder / DATABASE}”{kept if there else '还没有，不用恢复'}。")


def _past_of_backup(backup: Path, trouble: Unusable) -> Past:
    if not backup.exists():
        raise trouble
    try:
        with store.reading(backup) as (_, past):
            return past
    except Unusable as error:
        raise RectifyError(
            Stop.HISTORY_UNUSABLE,
            f"{trouble.what}；它的备份{error.what}，也不能用。请从别处找回一份台账.db 放回原处，原来的文件不要删。",
        ) from error


def _set_aside(place: Path, at: datetime) -> Path | None:
    """移开 — the damaged file and all SQLite laid beside it, which must never meet the new one."""
    kept = _free_name(place.with_name(f"台账.损坏-{at:%Y%m%d-%H%M%S}.db"))
    there = os.path.lexists(place)
    if there:
        place.rename(kept)
    for one in store.sides(place):
        one.rename(kept.with_name(kept.name + one.name.removeprefix(place.name)))
    store.flush_folder(place.parent)
    return kept if there else None


def _free_name(wanted: Path) -> Path:
    names = (wanted, *(wanted.with_stem(f"{wanted.stem} ({number})") for number in range(2, 1000)))
    return next(one for one in names if not os.path.lexists(one))
