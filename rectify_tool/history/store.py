"""库 — 台账.db as a file: opened only when whole, written under one lock, never seen half-made, kept twice.

Whoever writes holds SQLite's write lock on 台账.db from the first look to the last rename; every temporary file is
made and cleared under it. Nothing but SQLite's own rollback of a killed write is ever done for a reader.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.history import rows, schema
from rectify_tool.history.trouble import BACKUP, Trouble, Unusable, is_in_use, told, why
from rectify_tool.model import DATABASE, Past

_BUSY_SECONDS = 5.0
_PRAGMAS = ("synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON", "trusted_schema = OFF")
_SIDES = ("-journal", "-wal", "-shm")
_FRESH = ".新-"


def is_there(place: Path) -> bool:
    """有没有台账 — False only where there never was one.

    Raises:
        Unusable: GONE, where the backup or an unfinished journal tells that there was.
    """
    if os.path.lexists(place):
        return True
    if place.with_name(BACKUP).exists() or sides(place):
        raise Unusable(Trouble.GONE, place)
    return False


@contextmanager
def reading(place: Path) -> Iterator[tuple[sqlite3.Connection, Past]]:
    """读 — the database after every check, of this version's tables, and everything it holds; nothing is written.

    Raises:
        RectifyError: HISTORY_UNUSABLE, or FOLDER_IN_USE where somebody has been writing for five seconds.
    """
    with told(place), _connected(place) as db:
        db.execute("BEGIN")
        with _verified(db, place) as verified:
            yield verified


@contextmanager
def writing(folder: Path, at: datetime) -> Iterator[tuple[sqlite3.Connection, Past]]:
    """写 — one transaction on the checked, copied and upgraded database: all that is done inside stands, or nothing.

    Before it the intact database becomes the backup, after it the new one does.

    Raises:
        RectifyError: as `reading`, and CANNOT_WRITE; what was there before is untouched.
    """
    place = folder / DATABASE
    with told(place, writing=True):
        if not is_there(place):
            _create(place, at)
        with _locked(place) as db:
            with told(place), _verified(db, place) as (_, past):
                pass
            _clear(folder)
            _keep_backup(place)
            schema.migrate(db, at)
            yield db, past
            db.execute("COMMIT")
    _renew_backup(place)


def copy(source: Path) -> Path:
    """另存 — a copy of a whole database, on the disk under a passing name beside it; returns that."""
    fresh = source.with_name(_FRESH + BACKUP)
    fresh.unlink(missing_ok=True)
    with _connected(source) as origin, closing(sqlite3.connect(fresh, isolation_level=None)) as twin:
        twin.execute("PRAGMA journal_mode = OFF")  # a copy broken off is thrown away
        origin.backup(twin)
    flush(fresh)
    return fresh


def appear(fresh: Path, place: Path) -> bool:
    """就位 — a file takes its name in one step; False where another has taken it meanwhile, which stays."""
    try:
        os.link(fresh, place)
    except (FileExistsError, FileNotFoundError):
        return False
    except OSError:  # no second name for a file on this disk (FAT, some shares)
        if os.path.lexists(place):
            return False
        fresh.rename(place)
    fresh.unlink(missing_ok=True)
    flush_folder(place.parent)
    return True


def sides(place: Path) -> list[Path]:
    """旁边的文件 — those SQLite lays beside a database, where they are there."""
    return [one for one in (place.with_name(place.name + ending) for ending in _SIDES) if os.path.lexists(one)]


def flush(path: Path) -> None:
    """落盘 — the file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """名字落盘 — the names in the folder are on the disk, where the system lets a folder be flushed."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# ---------------------------------------------------------------- 打开 ----


@contextmanager
def _connected(place: Path) -> Iterator[sqlite3.Connection]:
    """连上 — an existing database; one the system write-protects is read only, and never made by opening it."""
    _look_at_file(place)
    path = place.absolute().as_posix()
    uri = f"file://{'' if path.startswith('/') else '/'}{quote(os.fsencode(path))}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)) as db:
        for pragma in _PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        yield db


@contextmanager
def _locked(place: Path) -> Iterator[sqlite3.Connection]:
    """独写 — the only one who writes, until it commits, or leaves with all undone."""
    with _connected(place) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")


@contextmanager
def _verified(db: sqlite3.Connection, place: Path) -> Iterator[tuple[sqlite3.Connection, Past]]:
    """验过 — the database of this version's tables and everything it holds, after every check."""
    kept = _in_backup(place)  # looked at first: whoever writes meanwhile adds to the database before the backup
    _check(db, place)
    with _up_to_date(db, place) as current:
        past = _everything(current, place)
        _refuse_behind(place, past, kept)
        yield current, past


def _check(db: sqlite3.Connection, place: Path) -> None:
    """检查 — the pages and tables; by integrity_check and not quick_check, which takes the indexes on trust."""
    if db.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
        raise Unusable(Trouble.FOREIGN, place)
    if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise Unusable(Trouble.DAMAGED, place, "内部结构不完整")
    names = schema.applied(db)
    if unknown := [name for name in names if name not in schema.MIGRATIONS]:
        raise Unusable(Trouble.NEWER, place, "、".join(unknown))
    if strays := schema.strays(db, names):
        raise Unusable(Trouble.ALTERED, place, "、".join(strays))
    if db.execute("PRAGMA foreign_key_check").fetchone():
        raise Unusable(Trouble.DAMAGED, place, "有的内容找不到所属的一期")


def _look_at_file(place: Path) -> None:
    """看文件 — what SQLite would take for a new database.

    The file is never opened but by SQLite: closing it would let go the locks this process holds on it (POSIX).
    """
    if place.is_dir():
        raise Unusable(Trouble.FOLDER, place)
    if place.stat().st_size == 0:
        raise Unusable(Trouble.EMPTY, place)


@contextmanager
def _up_to_date(db: sqlite3.Connection, place: Path) -> Iterator[sqlite3.Connection]:
    """当前结构 — the database itself, or a copy in memory brought up to this version's tables."""
    if len(schema.applied(db)) == len(schema.MIGRATIONS):
        yield db
        return
    with _connected(place) as origin, closing(sqlite3.connect(":memory:", isolation_level=None)) as upgraded:
        origin.backup(upgraded)  # a connection that is about to write would wait for itself
        schema.migrate(upgraded, datetime.min)
        yield upgraded


def _everything(db: sqlite3.Connection, place: Path) -> Past:
    try:
        return rows.read_all(db, place)
    except ValueError as error:  # the seals hold, so these are words this version does not know
        raise Unusable(Trouble.NEWER, place, "有这个版本不认识的说法") from error


def _in_backup(place: Path) -> Mapping[str, int]:
    """备份里有多少 — publishings and records; empty where the backup cannot tell."""
    try:
        with _connected(place.with_name(BACKUP)) as db:
            return rows.counts(db)
    except (sqlite3.Error, OSError, Unusable):
        return {}


def _refuse_behind(place: Path, past: Past, kept: Mapping[str, int]) -> None:
    """防退回 — a sound backup that holds more than the ledger: an older file was put in its place."""
    here = {"publishing": len(past.published), "record": len(past.records)}
    if all(kept.get(table, 0) <= count for table, count in here.items()):
        return
    if _is_sound(place.with_name(BACKUP)):
        words = ("、".join(f"{counts[table]}{rows.SEALED[table]}" for table in here) for counts in (kept, here))
        raise Unusable(Trouble.BEHIND, place, "备份里有{}，这里只有{}".format(*words))


def _is_sound(place: Path) -> bool:
    try:
        with reading(place):
            return True
    except RectifyError:
        return False


# ---------------------------------------------------------------- 新建、备份 ----


def _create(place: Path, at: datetime) -> None:
    """新建 — an empty ledger under another name, whole before it takes its own.

    Two starts may do this at once: both work on the same fresh file under its lock, and one of them names it.
    """
    fresh = place.with_name(_FRESH + place.name)
    try:
        with closing(sqlite3.connect(fresh, timeout=_BUSY_SECONDS, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            if not schema.applied(db):
                schema.migrate(db, at)
            db.execute("COMMIT")
        appear(fresh, place)  # it is on the disk: SQLite flushes what it commits
    except (sqlite3.Error, OSError) as error:
        if os.path.lexists(place):  # another start has named it, and cleared away what was left of it
            return
        if not is_in_use(error):
            _drop(fresh)
        raise


def _keep_backup(place: Path) -> None:
    """备份 — the database as it is now, on the disk, takes the backup's name in one step."""
    try:
        copy(place).replace(place.with_name(BACKUP))
        flush_folder(place.parent)
    except BaseException:
        _drop(place.with_name(_FRESH + BACKUP))
        raise


def _renew_backup(place: Path) -> None:
    """更新备份 — after a write, so that the backup holds it too.

    Where another start is writing already nothing is wanting: its own backup comes after ours would have.
    """
    try:
        with _locked(place):
            _keep_backup(place)
    except (sqlite3.Error, OSError) as error:
        if is_in_use(error):
            return
        raise RectifyError(
            Stop.CANNOT_WRITE,
            f"内容已经写进“{place}”，不要重做；只是备份“{BACKUP}”没有更新（{why(error)}），下一次写入时会再备份。",
        ) from error


def _clear(folder: Path) -> None:
    """清理 — what a killed start left behind."""
    for name in (DATABASE, BACKUP):
        _drop(folder / (_FRESH + name))


def _drop(fresh: Path) -> None:
    with suppress(OSError):
        fresh.unlink(missing_ok=True)
        for one in sides(fresh):
            one.unlink(missing_ok=True)
