"""工作文件夹 — made new, tried with the sample, and sat at by one window at a time.

Nothing of anybody's is moved, replaced or deleted here.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path
from typing import Literal

from rectify_tool.errors import RectifyError, Stop, refusal
from rectify_tool.model import DATABASE
from rectify_tool.outbox import OUTBOX, Seat, seat, sha256_of, tidy
from rectify_tool.places import BREAKDOWN_NAME, CONTACTS, INBOX, WORKBOOKS, is_register, sample_folder
from rectify_tool.story.copying import NotRead, bring, keep_time, make, numbered, put

SAMPLE_DAY, SAMPLE_NUMBER = date(2016, 5, 20), 8
"""样例的基准日和期号 — what its README says it is to be looked at as of."""

_BREAKDOWN = "责任分解表.xlsx"
_FRESH = "~$正在放入-"
_NEW = ".新-"
_LOCKS = ("~$", ".~")


def new_folder(place: str, breakdown: str | None) -> str:
    """新建工作文件夹 — with 报送/ and a copy of the breakdown in it; its absolute path.

    ``place`` may be there if it is empty, or holds nothing but that breakdown. 报送/ comes last: broken off before, the
    same can be asked again.

    Raises:
        RectifyError: WRONG_ARGUMENTS (the place is taken, the breakdown is no table), CANNOT_WRITE (nothing is made).
    """
    home = Path(place).absolute()
    source = Path(breakdown).absolute() if breakdown else None
    _refuse_breakdown(source)
    _refuse_place(home, source)
    try:
        with ExitStack() as undo:
            make(home, undo)
            if source and not (home / source.name).exists():
                _copy_breakdown(source, home / source.name, undo)
            make(home / INBOX, undo)
            undo.pop_all()
    except OSError as error:
        raise RectifyError(
            Stop.CANNOT_WRITE, f"不能建立“{home}”：{refusal(error)}。请换一个位置或名称再试一次。"
        ) from error
    return str(home)


def try_sample(place: str) -> str:
    """试用样例 — a copy of the shipped work folder at ``place``, or beside it with a number where that is taken.

    Returns:
        Where it lies. It is to be looked at as of `SAMPLE_DAY`, as number `SAMPLE_NUMBER`.

    Raises:
        RectifyError: CANNOT_WRITE; nothing is left then.
    """
    wanted = Path(place).absolute()
    home = next(one for one in map(wanted.with_name, numbered(wanted.name)) if not os.path.lexists(one))
    fresh = wanted.with_name(f"{_NEW}{home.name}")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        _copy_sample(sample_folder(), fresh)
        fresh.rename(home)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise RectifyError(
            Stop.CANNOT_WRITE, f"不能把样例放到“{home}”：{refusal(error)}。请换一个位置再试一次。"
        ) from error
    return str(home)


def is_sample(folder: str) -> bool:
    """是不是样例 — its breakdown is the sample's own, byte for byte: beside the program, or copied by hand."""
    try:
        return filecmp.cmp(Path(folder) / _BREAKDOWN, sample_folder() / _BREAKDOWN, shallow=False)
    except OSError:
        return False


def take_seat(folder: str, who: str) -> Seat:
    """占座 — for the window that opens this work folder; ``who`` tells the next one who has it ("电脑名，8:30打开").

    Whoever gets it also puts right what a killed start left behind in 成果/.
    """
    outbox = Path(folder) / OUTBOX
    taken = seat(outbox, who)
    if taken.mine:
        tidy(outbox)
    return taken


def kind_of_drop(paths: Sequence[str]) -> Literal["folder", "files"]:
    """拖来的是什么 — "folder" where it is one folder that looks like a work folder, to be asked whether to open it."""
    if len(paths) != 1 or not Path(paths[0]).is_dir():
        return "files"
    try:
        return "folder" if _looks_like_work(Path(paths[0])) else "files"
    except OSError:
        return "files"


def likely_breakdown(paths: Sequence[str], folder: str = "") -> str:
    """像是责任分解表的一份 — of what was dropped, by its name; "" where none is, or the work folder has its own."""
    if folder and not lacks_breakdown(Path(folder)):
        return ""
    named = (one for one in paths if BREAKDOWN_NAME in Path(one).name and Path(one).suffix.lower() in WORKBOOKS)
    return next((one for one in named if Path(one).is_file()), "")


def lacks_breakdown(folder: Path) -> bool:
    """缺责任分解表 — at the top of the work folder no workbook lies but those with a name of their own."""
    try:
        return not any(_may_be_breakdown(one) for one in folder.iterdir())
    except OSError:
        return False


def add_breakdown(folder: str, breakdown: str) -> str:
    """放入责任分解表 — a copy at the top of a work folder that has none yet; its path.

    Raises:
        RectifyError: WRONG_ARGUMENTS (it is no table, or cannot be read), CANNOT_WRITE (nothing is changed).
    """
    source, place = Path(breakdown).absolute(), Path(folder).absolute() / Path(breakdown).name
    _refuse_breakdown(source)
    try:
        with ExitStack() as undo:
            _copy_breakdown(source, place, undo)
            undo.pop_all()
    except OSError as error:
        raise RectifyError(
            Stop.CANNOT_WRITE, f"不能把责任分解表放进“{folder}”：{refusal(error)}。请处理后再试一次。"
        ) from error
    return str(place)


# ---------------------------------------------------------------- 新建的条件 ----


def _refuse_breakdown(source: Path | None) -> None:
    if source is None:
        return
    if not source.is_file():
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"没有找到责任分解表“{source}”，请重新选择。")
    if source.suffix.lower() not in WORKBOOKS or source.name.startswith(_LOCKS):
        raise RectifyError(
            Stop.WRONG_ARGUMENTS, f"“{source.name}”不是表格。责任分解表要选 Excel 或 WPS 的表格文件，请重新选择。"
        )


def _refuse_place(home: Path, source: Path | None) -> None:
    """Where a work folder may be made: nowhere that something of somebody's lies, and not within another one."""
    outer = next((one for one in home.parents if _swallows(one, home)), None)
    if outer is not None:
        raise RectifyError(
            Stop.WRONG_ARGUMENTS, f"“{home.name}”在另一个工作文件夹“{outer}”里面，会混在一起；请换一个位置。"
        )
    if not os.path.lexists(home):
        return
    if not home.is_dir():
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"“{home}”是一个文件，请换一个名称。")
    try:
        others = [one for one in home.iterdir() if not _may_stay(one, source)]
        is_work = _is_work(home)
    except OSError as error:
        raise RectifyError(Stop.CANNOT_WRITE, f"打不开“{home}”：{refusal(error)}。请换一个位置。") from error
    if is_work:
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"“{home}”已经是一个工作文件夹，请直接打开它。")
    if others:
        raise RectifyError(
            Stop.WRONG_ARGUMENTS, f"“{home}”里已有别的文件，没有动它们；请换一个新的名称，或者选一个空文件夹。"
        )


def _may_stay(path: Path, source: Path | None) -> bool:
    """不碍事 — what the system or a start broken off left there, and the breakdown itself or our copy of it."""
    from rectify_tool.intake.listing import SYSTEM_FILES

    if path.name.startswith(_FRESH) or path.name.lower() in SYSTEM_FILES:
        return True
    return source is not None and path.name == source.name and path.is_file() and sha256_of(path) == sha256_of(source)


def _swallows(outer: Path, home: Path) -> bool:
    """套在里面 — a folder merely called 报送 somewhere above is not enough."""
    below = home.relative_to(outer).parts[0]
    return (outer / DATABASE).exists() or (below in (INBOX, OUTBOX) and (outer / OUTBOX).is_dir())


def _may_be_breakdown(path: Path) -> bool:
    own = is_register(path.name) or path.stem == CONTACTS or path.name.startswith(_LOCKS)
    return path.suffix.lower() in WORKBOOKS and not own and path.is_file()


def _is_work(folder: Path) -> bool:
    return (folder / INBOX).is_dir() or (folder / DATABASE).exists()


def _looks_like_work(folder: Path) -> bool:
    if _is_work(folder):
        return True
    tables = (one for one in folder.iterdir() if one.suffix.lower() in WORKBOOKS and not one.name.startswith(_LOCKS))
    return any(BREAKDOWN_NAME in one.name for one in tables)


# ---------------------------------------------------------------- 复制 ----


def _copy_breakdown(source: Path, place: Path, undo: ExitStack) -> None:
    fresh = place.with_name(f"{_FRESH}{place.stem}")
    try:
        fresh.unlink(missing_ok=True)
        bring(source, fresh)
        put(fresh, place, undo)
    except NotRead as error:
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"“{source.name}”{error}。请处理后再试一次。") from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _copy_sample(source: Path, target: Path) -> None:
    """Without what trying it in a checkout has left in it; the copies may be written to, even if the sample may not."""
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source)
        if name.parts[0] == OUTBOX or name.parts[0].startswith("台账."):
            continue
        if path.is_dir():
            (target / name).mkdir(parents=True)
        else:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / name)
            keep_time(target / name, path.stat().st_mtime_ns)
