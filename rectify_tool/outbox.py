"""成果 — the folder lock, a set of papers that appears whole, and its manifest 清单.json.

A run's papers are written into a folder of another name beside their place and appear by one rename. Killed at any
moment, the place holds the old set or the new one; what was left half-done is put right at the next start.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rectify_tool.errors import RectifyError, Stop

OUTBOX = "成果"
MANIFEST = "清单.json"
_LOCK = ".正在使用"
_NEW = ".新-"
_OLD = ".旧-"
_RETRIES = (0.1, 0.2, 0.4, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Delivered:
    """成品 — where a set of papers now lies; ``beside`` says why it went beside an old set, "" where it did not.

    "open" where a file of the old set is in use, "edited" where somebody has worked on it since it was written.
    """

    folder: Path
    beside: str


@contextmanager
def held(outbox: Path) -> Iterator[None]:
    """占用 — the outbox folder for one start at a time; what a killed start left behind is put right first.

    Raises:
        RectifyError: FOLDER_IN_USE where another start holds it, CANNOT_WRITE where nothing can be written there.
    """
    try:
        outbox.mkdir(parents=True, exist_ok=True)
        lock = (outbox / _LOCK).open("a+b")
    except OSError as error:
        raise _cannot_write(outbox, error) from error
    with lock:
        if not _take(lock.fileno()):
            raise RectifyError(Stop.FOLDER_IN_USE, f"“{outbox}”正由另一个窗口使用，请等它结束后再运行。")
        _put_right(outbox)
        yield


def deliver(outbox: Path, name: str, write: Callable[[Path], None]) -> Delivered:
    """交付 — let ``write`` fill a new folder, then put it in place as ``name``, replacing the old one whole.

    Where a file of the old set is open elsewhere (Windows), or the old folder is no longer what its 清单.json says
    (somebody edited the bulletin, put a file beside it), the new set goes beside it as "name (2)", "(3)" ….

    Raises:
        RectifyError: CANNOT_WRITE; the old set is untouched.
    """
    fresh = outbox / f"{_NEW}{name}"
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        write(fresh)
        _flush(fresh)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise _cannot_write(outbox / name, error) from error
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    try:
        return _put_in_place(outbox, name, fresh)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise _cannot_write(outbox / name, error) from error


def write_manifest(folder: Path, facts: Mapping[str, object]) -> None:
    """清单 — 清单.json: the given facts and the digest of every paper in the folder."""
    outputs = {path.name: sha256_of(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    text = json.dumps({**facts, "outputs": outputs}, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def sha256_of(path: Path) -> str:
    """摘要 — the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# ---------------------------------------------------------------- 就位 ----


def _put_in_place(outbox: Path, name: str, fresh: Path) -> Delivered:
    target, old = outbox / name, outbox / f"{_OLD}{name}"
    if not target.exists():
        fresh.replace(target)
        return Delivered(target, beside="")
    untouched = _as_written(target)
    if untouched and _move(target, old):
        try:
            fresh.replace(target)
        except OSError:
            old.replace(target)
            raise
        shutil.rmtree(old, ignore_errors=True)
        return Delivered(target, beside="")
    for number in range(2, 1000):
        beside = outbox / f"{name} ({number})"
        if not beside.exists() or (_as_written(beside) and _move(beside, outbox / f"{_OLD}{name} ({number})")):
            fresh.replace(beside)
            shutil.rmtree(outbox / f"{_OLD}{name} ({number})", ignore_errors=True)
            return Delivered(beside, beside="open" if untouched else "edited")
    raise OSError("no place beside")


def _as_written(folder: Path) -> bool:
    """原样 — whether a folder holds exactly the papers its 清单.json lists; otherwise it is somebody's work by now."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]
        found = {path.name: path for path in folder.iterdir() if path.name != MANIFEST}
        return found.keys() == listed.keys() and all(sha256_of(path) == listed[name] for name, path in found.items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _move(source: Path, target: Path) -> bool:
    """移开 — a folder out of the way, trying about 2.5 s; False where one of its files is open (WinError 5, 32, 33)."""
    shutil.rmtree(target, ignore_errors=True)
    for pause in (*_RETRIES, None):
        try:
            source.replace(target)
            return True
        except PermissionError:
            if pause is None or sys.platform != "win32":
                return False
            time.sleep(pause)
    return False


def _put_right(outbox: Path) -> None:
    """收拾 — after a killed start: an old set without its successor comes back, half-written sets go."""
    for left in outbox.glob(f"{_OLD}*"):
        place = outbox / left.name.removeprefix(_OLD)
        if place.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):  # in use just now: the next start tries again
                left.replace(place)
    for left in outbox.glob(f"{_NEW}*"):
        shutil.rmtree(left, ignore_errors=True)


def _flush(folder: Path) -> None:
    """落盘 — every paper is on the disk before the folder appears."""
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _take(descriptor: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _cannot_write(place: Path, error: OSError) -> RectifyError:
    why = {
        13: "没有写入权限，或文件正在 Word、Excel、WPS 中打开",
        28: "磁盘已满",
        30: "这个位置是只读的",
        17: "这里已有一个同名的文件，不是文件夹",
        20: "这里是一个文件，不是文件夹",
    }.get(error.errno or 0, "写入时出错")
    return RectifyError(
        Stop.CANNOT_WRITE, f"无法写入“{place}”：{why}。原有的成果没有改动；请处理后重试，或用 --out 换一个位置。"
    )
