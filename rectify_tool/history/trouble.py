"""毛病 — everything that can be wrong with 台账.db as a file, in words that say what happened and how to go on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from rectify_tool.errors import RectifyError, Stop, Way, refusal

BACKUP = "台账.备份.db"


class Trouble(Enum):
    """毛病 — (what happened, what to do); None where the backup may take the damaged file's place."""

    GONE = ("不见了，而它的备份或没写完的部分还在，不能当作从来没有过", None)
    EMPTY = ("是空的（0字节），里面的内容没有了", None)
    FOLDER = ("是一个文件夹，不是台账数据库", None)
    NOT_DATABASE = ("不是台账数据库，可能被别的文件盖掉、加了密或没有复制完整", None)
    FOREIGN = ("是别的程序的数据库，不是本工具的台账", None)
    DAMAGED = ("已经损坏（{detail}）", None)
    ALTERED = ("的结构被别的程序改动过（{detail}）", None)
    BEHIND = ("比它的备份少（{detail}），可能被换成了旧的一份", None)
    NEWER = ("是较新版本的本工具写的，这个版本读不了（{detail}）", "请换用较新的版本再打开；文件没有动过。")
    UNFINISHED = (
        "上一次写到一半被打断，要先复原才能读，可是这里不能写（{detail}）",
        "请连同旁边的“台账.db-journal”一起复制到能写的文件夹，再试一次。",
    )
    DENIED = ("打不开（{detail}）", "请检查文件和文件夹的权限，或关闭正在使用它的程序，再试一次。")

    @property
    def mendable(self) -> bool:
        """可用备份恢复 — whether putting the backup in its place is the way out."""
        return self.value[1] is None


class Unusable(RectifyError):
    """台账不能用 — HISTORY_UNUSABLE with its trouble; ``what`` says what happened and leaves the way out aside."""

    def __init__(self, trouble: Trouble, place: Path, detail: str = "") -> None:
        happened, way_out = trouble.value
        self.trouble = trouble
        self.what = f"“{place}”{happened.format(detail=detail)}"
        way = Way.RESTORE if trouble.mendable and _has_backup(place.parent) else None
        super().__init__(Stop.HISTORY_UNUSABLE, f"{self.what}。{way_out or _back(place.parent)}", way)


@contextmanager
def told(place: Path, writing: bool = False) -> Iterator[None]:
    """说清楚 — what SQLite or the system refuses inside becomes a RectifyError that names ``place``.

    Mistakes of this program (a wrong statement, a broken constraint) travel on as they are; but while reading, a
    statement refused means that the tables are not what they were.
    """
    try:
        yield
    except sqlite3.Error as error:
        stopped = _refused_by_sqlite(error, place, writing)
        if stopped is None:
            raise
        raise stopped from error
    except UnicodeDecodeError as error:  # from the words of a broken table, in SQLite's own message
        raise Unusable(Trouble.DAMAGED, place, "有读不出的文字") from error
    except OSError as error:
        raise _not_allowed(place, why(error), writing) from error


def is_in_use(error: Exception) -> bool:
    """正被占用 — another start holds the lock it asked for."""
    return _primary(error) in _IN_USE


def why(error: Exception) -> str:
    """拒绝的原因 — of SQLite or of the system, in plain Chinese."""
    return refusal(error) if isinstance(error, OSError) else _REFUSALS.get(_primary(error), "原因不明")


# ---------------------------------------------------------------- 说法 ----


def _back(folder: Path) -> str:
    """回来的路 — from the backup where there is one; and what is lost by starting anew."""
    way = f"请用旁边的“{BACKUP}”恢复台账" if _has_backup(folder) else f"旁边没有“{BACKUP}”，请从别处找回一份放回原处"
    return f"{way}。实在找不回，把名字以“台账.”开头的文件都移到别处，可以从头开始；以前各期定稿和办理记录就没有了。"


def _has_backup(folder: Path) -> bool:
    return (folder / BACKUP).exists()


def _refused_by_sqlite(error: sqlite3.Error, place: Path, writing: bool) -> RectifyError | None:
    code, primary = getattr(error, "sqlite_errorcode", None), _primary(error)
    if code is None:  # Python's own: a text that is no text, or a mistake in this program
        undecodable = type(error) is sqlite3.OperationalError
        return Unusable(Trouble.DAMAGED, place, "有读不出的文字") if undecodable else None
    if code == sqlite3.SQLITE_READONLY_ROLLBACK:
        return Unusable(Trouble.UNFINISHED, place, "只读")
    if primary in _IN_USE:
        return RectifyError(Stop.FOLDER_IN_USE, f"“{place}”正由另一个窗口写入，请等它结束后再试。")
    if primary == sqlite3.SQLITE_NOTADB:
        return Unusable(Trouble.NOT_DATABASE, place)
    if primary == sqlite3.SQLITE_CORRUPT or (primary == sqlite3.SQLITE_ERROR and not writing):
        return Unusable(Trouble.DAMAGED, place, "内部结构不完整")
    return _not_allowed(place, why(error), writing) if primary in _REFUSALS else None


def _not_allowed(place: Path, reason: str, writing: bool) -> RectifyError:
    if not writing:
        return Unusable(Trouble.DENIED, place, reason)
    problem = f"无法写入“{place}”：{reason}。原有的内容没有改动，请处理后再试一次。"
    return RectifyError(Stop.CANNOT_WRITE, problem)


def _primary(error: Exception) -> int:
    """错误大类 — the code of SQLite without what says more closely which of its kind it is; 0 where there is none."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_REFUSALS: Mapping[int, str] = {
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_READONLY: "这个位置是只读的",
    sqlite3.SQLITE_CANTOPEN: "没有权限，或文件正在别的程序中打开",
    sqlite3.SQLITE_PERM: "没有权限，或文件正在别的程序中打开",
    sqlite3.SQLITE_AUTH: "没有权限，或文件正在别的程序中打开",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
}
