"""成果 — the folder lock, a set of papers that appears whole, and its manifest 清单.json.

A run's papers are written into a folder of another name beside their place and appear by one rename. Killed at any
moment, the place holds the old set or the new one; what was left half-done is put right at the next start.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from rectify_tool.errors import RectifyError, Stop, Way, refusal

OUTBOX = "成果"
MANIFEST = "清单.json"
SUMMARY_NAME = "整改汇总表.xlsx"
_LOCK = ".正在使用"
_SEAT = ".已打开"
_BEYOND = 1 << 30
"""Windows lets nobody read a byte that is locked, so the byte locked lies far beyond the text that is to be read."""
_NEW = ".新-"
_OLD = ".旧-"
_OPEN_MARKS = ("~${0}", "~${1}", "~${2}", ".~{0}", ".~lock.{0}#")
"""打开的记号 — the files Word (which cuts up to two characters off), WPS and LibreOffice lay beside an open paper."""
_RETRIES = (0.1, 0.2, 0.4, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Delivered:
    """成品 — where a set of papers now lies; ``beside`` says why it went beside an old set, "" where it did not.

    "open" where a file of the old set is in use, "edited" where somebody has worked on it since it was written,
    "published" where it is of record. ``open`` names the old set's papers seen to be open just now; on Windows a
    program may hold a file without leaving a sign, then none is named.
    """

    folder: Path
    beside: str
    open: tuple[str, ...] = ()


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
            raise RectifyError(Stop.FOLDER_IN_USE, f"“{outbox}”正由另一个窗口使用，请等它结束后再试。")
        _put_right(outbox)
        yield


def tidy(outbox: Path) -> None:
    """收拾成果 — what a killed start left half-done, where nobody works there just now; never raises.

    Whoever writes does it anyway; this is for whoever only opens the folder and looks. A folder that is not there, or
    that cannot be written to, is left as it is.
    """
    with suppress(RectifyError, OSError):
        if any(_left_over(outbox)):
            with held(outbox):
                pass


@dataclass(frozen=True, slots=True)
class Seat:
    """座位 — whether this window may work in the folder, or only look because another one has it open.

    ``holder`` is what the other one says of itself, "" where ``mine`` or unknown; ``why`` says in words why it is not
    ``mine``. The system takes the seat back by itself when the process dies.
    """

    mine: bool
    holder: str = ""
    why: str = ""
    _held: BinaryIO | None = None

    def leave(self) -> None:
        """让座 — the next one may have it; leaving twice, or a seat that is not mine, does nothing."""
        if self._held is not None and not self._held.closed:
            with suppress(OSError):
                self._held.truncate(0)
            self._held.close()


def seat(outbox: Path, who: str) -> Seat:
    """占座 — while a window is open on the work folder of this outbox; runs and other commands are not hindered.

    Args:
        outbox: 成果/ of the work folder; made where it is not there.
        who: What the others are told: which computer, since when.
    """
    place = outbox / _SEAT
    try:
        outbox.mkdir(exist_ok=True)
        lock = place.open("a+b")
    except OSError as error:
        way = _READ_ONLY if error.errno in _REFUSED else ""
        return Seat(mine=False, why=f"这个文件夹不能写入（{refusal(error)}）。{way}")
    if _take(lock.fileno(), _BEYOND):
        with suppress(OSError):  # a full disk: the seat is taken all the same, the others are only not told by whom
            lock.truncate(0)
            lock.write(who.encode())
            lock.flush()
        return Seat(mine=True, _held=lock)
    lock.close()
    holder = _said_by(place)
    return Seat(mine=False, holder=holder, why=f"这个文件夹已经在另一个窗口打开{f'（{holder}）' if holder else ''}。")


_REFUSED = (errno.EROFS, errno.EACCES, errno.EPERM)
_READ_ONLY = "要写材料，请把整个工作文件夹复制到能写的地方（比如“文档”里），再打开复制的那个。"


def deliver(outbox: Path, name: str, write: Callable[[Path], None], keep: Collection[str] = ()) -> Delivered:
    """交付 — let ``write`` fill a new folder, then put it in place as ``name``, replacing the old one whole.

    Where a file of the old set is open elsewhere (Windows), or the old folder is no longer what its 清单.json says
    (somebody edited the bulletin, put a file beside it), the new set goes beside it as "name (2)", "(3)" …. So it does
    beside the folders named in ``keep``: they are of record and never replaced.

    Raises:
        RectifyError: CANNOT_WRITE; the old set is untouched.
    """
    fresh = outbox / f"{_NEW}{name}"
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        write(fresh)
        _flush(fresh.iterdir())
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise _cannot_write(outbox / name, error) from error
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    try:
        return _put_in_place(outbox, name, fresh, keep)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise _cannot_write(outbox / name, error) from error


def bulletin_name(number: int) -> str:
    """专报的文件名 — of the bulletin with that number."""
    return f"督查专报第{number}期.docx"


def write_manifest(folder: Path, facts: Mapping[str, object]) -> None:
    """清单 — 清单.json: the given facts, the digest of every paper in the folder, and what each PDF was made from."""
    outputs = {path.name: sha256_of(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    papers = {str(Path(name).with_suffix(".pdf")): digest for name, digest in outputs.items() if name.endswith(".docx")}
    made_from = {pdf: digest for pdf, digest in papers.items() if pdf in outputs}
    listed = {**facts, "outputs": outputs, **({"made_from": made_from} if made_from else {})}
    (folder / MANIFEST).write_text(_manifest_text(listed), encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """读清单 — what 清单.json of a set says; empty where there is none, or none that can be read."""
    try:
        facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    lists = (facts.get("outputs"), facts.get("made_from", {})) if isinstance(facts, dict) else (None,)
    return facts if all(isinstance(one, dict) for one in lists) else {}


def sets(outbox: Path) -> list[Path]:
    """各次的成果 — the folder of every set under the outbox, the one written last at the end.

    The order is told by the count of runs their 清单.json keeps, not by the clock, which may have gone back.
    """
    found = [(read_manifest(path.parent), path) for path in outbox.glob(f"*/{MANIFEST}") if path.parent.name[0] != "."]
    return [path.parent for facts, path in sorted(found, key=lambda one: _written(*one)) if facts]


def last_set(outbox: Path) -> Path | None:
    """最近一次的成果 — the folder of the set written last; None where there is none."""
    return next(reversed(sets(outbox)), None)


def made_at(place: Path, made: datetime) -> bool:
    """同一套 — whether the set that lies there is still the one that was written at that moment."""
    return read_manifest(place).get("made") == made.isoformat(timespec="seconds")


def next_run(outbox: Path) -> int:
    """第几次运行 — the count for the set to be written now, from 1."""
    last = last_set(outbox)
    return 1 + (_written(read_manifest(last), last)[0] if last else 0)


def _written(facts: Mapping[str, Any], path: Path) -> tuple[int, str, int]:
    run = facts.get("run")
    return run if isinstance(run, int) else 0, str(facts.get("made", "")), path.stat().st_mtime_ns


def is_open(paper: Path) -> bool:
    """正在打开 — told by the file each office program lays beside what it has open."""
    names = tuple(paper.name[cut:] for cut in range(3))
    return any((paper.parent / mark.format(*names)).exists() for mark in _OPEN_MARKS)


def add_pdf(folder: Path, paper: str, convert: Callable[[Path, Path], None]) -> Path:
    """添 PDF — let ``convert`` make the PDF of a paper of the set, then put it beside the paper, whole or not at all.

    The manifest comes to list the PDF before the PDF takes its name, so that killed at any moment the set is never
    taken for one somebody worked on. An earlier PDF that no longer shows the paper as it is goes first, whatever
    comes of the new one; a file of that name which is not the tool's own is left alone, and stops the work.

    Raises:
        RectifyError: CANNOT_WRITE, and what ``convert`` raises.
    """
    source, pdf = folder / paper, (folder / paper).with_suffix(".pdf")
    fresh = folder / f"{_NEW}{pdf.name}"
    try:
        shown = sha256_of(source)
        _make_way(pdf, shown)
        convert(source, fresh)
        _list_pdf(folder, pdf.name, fresh, shown)
        fresh.replace(pdf)
    except OSError as error:
        _drop(fresh)
        raise RectifyError(
            Stop.CANNOT_WRITE, f"无法写入“{pdf}”：{refusal(error)}。专报和汇总表没有改动，请处理后再试一次。"
        ) from error
    except BaseException:
        _drop(fresh)
        raise
    return pdf


def sha256_of(path: Path) -> str:
    """摘要 — the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# ---------------------------------------------------------------- 添 PDF ----


def _make_way(pdf: Path, shown: str) -> None:
    """让位 — an earlier PDF of the tool goes where it shows another state of the paper than ``shown``."""
    if not pdf.exists():
        return
    facts = read_manifest(pdf.parent)
    if facts.get("outputs", {}).get(pdf.name) != sha256_of(pdf):
        raise RectifyError(
            Stop.CANNOT_WRITE,
            f"“{pdf.parent.name}”里的“{pdf.name}”不是本工具写的，或者写出以后被改过，没有动它；"
            "请把它改名或移走后再试一次。",
        )
    if facts.get("made_from", {}).get(pdf.name) != shown:
        pdf.unlink()


def _list_pdf(folder: Path, name: str, fresh: Path, shown: str) -> None:
    """列入清单 — the old PDF gone, the manifest comes to tell of the new one that waits as ``fresh``."""
    facts = read_manifest(folder)
    facts["outputs"] = dict(sorted({**facts.get("outputs", {}), name: sha256_of(fresh)}.items()))
    facts["made_from"] = {**facts.get("made_from", {}), name: shown}
    listed = folder / f"{_NEW}{MANIFEST}"
    listed.write_text(_manifest_text(facts), encoding="utf-8")
    _flush((fresh, listed))
    (folder / name).unlink(missing_ok=True)
    listed.replace(folder / MANIFEST)


def _manifest_text(facts: Mapping[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def _drop(left: Path) -> None:
    with suppress(OSError):
        left.unlink(missing_ok=True)


def _settle(left: Path) -> None:
    """了结 — a file a killed start was adding to a set takes its place where the manifest lists it, else it goes."""
    place = left.with_name(left.name.removeprefix(_NEW))
    if not place.exists() and read_manifest(left.parent).get("outputs", {}).get(place.name) == sha256_of(left):
        left.replace(place)
    else:
        left.unlink()


# ---------------------------------------------------------------- 就位 ----


def _put_in_place(outbox: Path, name: str, fresh: Path, keep: Collection[str]) -> Delivered:
    target, old = outbox / name, outbox / f"{_OLD}{name}"
    published = name in keep and target.exists()
    if not target.exists():
        fresh.replace(target)
        return Delivered(target, beside="")
    in_use, untouched = tuple(path.name for path in sorted(target.glob("*")) if is_open(path)), _as_written(target)
    if untouched and not published and _move(target, old):
        try:
            fresh.replace(target)
        except OSError:
            old.replace(target)
            raise
        shutil.rmtree(old, ignore_errors=True)
        return Delivered(target, beside="")
    for number in range(2, 1000):
        beside = outbox / f"{name} ({number})"
        if beside.name in keep:
            continue
        if not beside.exists() or (_as_written(beside) and _move(beside, outbox / f"{_OLD}{name} ({number})")):
            try:
                fresh.replace(beside)
            except OSError:
                if (old := outbox / f"{_OLD}{name} ({number})").exists():
                    old.replace(beside)
                raise
            shutil.rmtree(outbox / f"{_OLD}{name} ({number})", ignore_errors=True)
            why = "published" if published else "open" if in_use or untouched else "edited"
            return Delivered(beside, why, in_use)
    raise OSError("no place beside")


def _as_written(folder: Path) -> bool:
    """原样 — whether a folder holds exactly the papers its 清单.json lists; otherwise it is somebody's work by now.

    A PDF may be wanting: a start killed while it added one leaves it listed only, and it can be made again.
    """
    facts = read_manifest(folder)
    listed, may_lack = facts.get("outputs", {}), facts.get("made_from", {})
    try:
        found = {path.name: path for path in folder.iterdir() if path.name != MANIFEST}
        wanting = listed.keys() - found.keys()
        return (
            bool(facts) and wanting <= set(may_lack) and all(sha256_of(found[one]) == listed.get(one) for one in found)
        )
    except OSError:
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


def _left_over(outbox: Path) -> Iterator[Path]:
    """没做完的 — what a start that was killed, or one that works just now, has not put in its place."""
    for half_done in (f"{_OLD}*", f"{_NEW}*", f"*/{_NEW}*"):
        yield from outbox.glob(half_done)


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
    for left in outbox.glob(f"*/{_NEW}*"):
        with suppress(OSError):
            _settle(left)


def _flush(papers: Iterable[Path]) -> None:
    """落盘 — every paper is on the disk before it appears."""
    for path in papers:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _said_by(place: Path) -> str:
    try:
        return " ".join(place.read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        return ""


def _take(descriptor: int, beyond: int = 0) -> bool:
    """上锁 — of a file of ours, at the byte ``beyond`` on Windows; False where another start has it."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, beyond, os.SEEK_SET)
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
    return RectifyError(
        Stop.CANNOT_WRITE,
        f"无法写入“{place}”：{refusal(error)}。原有的成果没有改动，请处理后重试。",
        Way.ELSEWHERE,
    )
