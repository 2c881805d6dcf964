"""收进 — what is dropped onto a work folder is copied into 报送/, whole, under a free name; nothing is replaced."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from rectify_tool.errors import RectifyError, Stop, refusal
from rectify_tool.intake.listing import SYSTEM_FILES, list_files, locked_by, shown_name
from rectify_tool.outbox import MANIFEST, OUTBOX, held, sha256_of
from rectify_tool.places import BREAKDOWN_NAME, CONTACTS, INBOX, NOT_SENT, PROGRAMS, TEMPLATES, is_register
from rectify_tool.story.copying import NotRead, bring, make, numbered, put
from rectify_tool.story.folder import lacks_breakdown
from rectify_tool.story.gather import gather, work_folder

CLASHES = ("ask", "keep_both", "skip")
"""重名怎么办 — copy nothing and tell; copy under a name of its own; leave the new one out."""

_STAGING = "~$正在放入"
"""Below the inbox, so that a rename is enough; what lies in it is named so that it is never read as a table."""

_MOST = 10_000
_HERE_ALREADY = "已经在这个工作文件夹里"
_LINK = "是快捷方式或链接，不是文件本身；请选它指向的文件"

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """收进来的 — what became of everything that was dropped; names in the folder are relative to it, with "/".

    ``copied`` are the new files; ``skipped`` the files there already that are the same, or that were to stay as they
    are; ``clashes`` the files there already that differ, told where nothing was copied; ``left`` the name and the
    reason of what was not taken in.
    """

    copied: tuple[str, ...]
    skipped: tuple[str, ...]
    clashes: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


class _Offered(NamedTuple):
    """拖来的一件 — its name below the inbox, where it lies, and why it is not to be taken, "" where it is."""

    name: str
    path: Path
    why_not: str


def take_in(folder: Path, paths: Sequence[str], clash: str, progress: Progress | None = None) -> TakenIn:
    """收进报送 — copies what was dropped, folders with all below them, into 报送/; the times of the files stay.

    Whatever a unit may send is taken, also what cannot be read: it is evidence that something came. Where a name is
    taken by another content, ``clash`` says what happens (`CLASHES`). All appears at the end or nothing does.
    Without 报送/ everything in the folder counts as sent, which making one would end: so it is made only where nothing
    but 责任分解表 lies there, else the files are put beside the others.

    Raises:
        RectifyError: WRONG_ARGUMENTS (no such folder, far too many files), FOLDER_IN_USE, CANNOT_WRITE.
    """
    if clash not in CLASHES:
        raise ValueError(clash)
    home = work_folder(str(folder)).absolute()
    with held(home / OUTBOX):
        inbox = _inbox(home)
        offered = _sort_out(paths, home, inbox)
        left = {one.name: one.why_not for one in offered if one.why_not}
        plan, skipped, clashes = _settle([one for one in offered if not one.why_not], inbox, clash)
        copied = [] if clashes else _copy(plan, inbox, left, progress)
    prefix = "" if inbox == home else f"{INBOX}/"
    new, same, differing = (tuple(prefix + name for name in names) for names in (copied, skipped, clashes))
    return TakenIn(new, same, differing, tuple(left.items()))


def _inbox(home: Path) -> Path:
    """放在哪里 — 报送/, there or to be made; the folder itself where making it would change what counts as sent."""
    found = gather(home)
    sent = {PurePosixPath(name) for name in found.submissions}
    only_the_breakdown = all(len(one.parts) == 1 and one.stem == f"责任{BREAKDOWN_NAME}" for one in sent)
    return home / INBOX if found.has_folder or only_the_breakdown else home


def _sort_out(paths: Sequence[str], home: Path, inbox: Path) -> list[_Offered]:
    """分拣 — every file of the drop, and for each that is not to be taken in the reason."""
    found: list[_Offered] = []
    for path in map(Path, paths):
        found += _offered(path, home.resolve())
        if len(found) > _MOST:
            raise RectifyError(
                Stop.WRONG_ARGUMENTS,
                f"一次放进来的文件超过{_MOST}个（在“{path.name}”里），不像是各单位报来的；请只选要收的那些。",
            )
    more = _why_not_at_top if inbox == home else _why_not_among_the_sent if lacks_breakdown(home) else lambda _: ""
    return [one._replace(why_not=one.why_not or more(one.name)) for one in found]


def _offered(path: Path, home: Path) -> Iterator[_Offered]:
    name, real = shown_name(path.name), path.resolve()
    if path.is_symlink():
        yield _Offered(name, path, _LINK)
    elif real.is_relative_to(home):
        yield _Offered(name, path, f"{_HERE_ALREADY}，没有再收；要换地方的请自己移动")
    elif home.is_relative_to(real):
        yield _Offered(name, path, "这个工作文件夹就在它里面，没有收；请只选要收的那些")
    elif path.is_dir():
        yield from _inside(path, "" if name == INBOX else f"{name}/")
    elif path.is_file():
        yield _Offered(name, path, _why_not(path))
    else:
        yield _Offered(name, path, "找不到这个文件" if not path.exists() else "不是普通文件")


def _inside(folder: Path, prefix: str) -> Iterator[_Offered]:
    listed, closed = list_files(folder)
    for one in listed:
        path = Path(one.path)
        yield _Offered(prefix + one.file, path, _why_not(path) or (_LINK if one.skip else ""))
    for finding in closed:
        yield _Offered(f"{prefix}{finding.source.file}", folder, "文件夹打不开")


def is_litter(name: str) -> bool:
    """不值一提的 — what an office program or the system leaves lying about: nobody misses it."""
    name = PurePosixPath(name).name
    return locked_by(name) is not None or name.startswith(".") or name.lower() in SYSTEM_FILES


def _why_not(path: Path) -> str:
    """为什么不收 — told by the name and by what lies beside it; "" where it is to be taken in."""
    name, kind = path.name, path.suffix.lower()
    reasons = (
        (locked_by(name) is not None, "办公软件打开文件时留下的锁文件，不是材料"),
        (is_litter(name), "系统自己的文件，不是材料"),
        (kind in (".lnk", ".url"), _LINK),
        (kind in PROGRAMS, "是程序，不像单位报来的材料；确实要收的，请自己放进“报送”"),
        (kind in NOT_SENT, "不是单位报来的材料"),
        ((path.parent / MANIFEST).is_file(), "本工具写出的成果，不是单位报来的"),
    )
    return next((why for holds, why in reasons if holds), "")


def _why_not_at_top(name: str) -> str:
    """At the top of the folder some names have a meaning of their own, which a unit's file must not get."""
    first = PurePosixPath(name).parts[0]
    if is_register(name) or PurePosixPath(name).stem == CONTACTS or first in (OUTBOX, TEMPLATES):
        return f"“{first}”是工作文件夹里有专门用处的名称，没有收；请改名后再放一次"
    return ""


def _why_not_among_the_sent(name: str) -> str:
    """In 报送/ the breakdown itself would be read as what some unit sent, and the figures would be wrong."""
    if "/" in name or BREAKDOWN_NAME not in name:
        return ""
    return "像是下发的责任分解表，没有收进“报送”；请把它放在工作文件夹的最外层，不是的请改名后再放"


# ---------------------------------------------------------------- 重名 ----


def _settle(
    offered: Sequence[_Offered], inbox: Path, clash: str
) -> tuple[dict[str, Path], dict[str, None], dict[str, None]]:
    """定名 — what is copied under which name, which files there already are the same or stay, and which differ."""
    names = _Names(inbox)
    plan: dict[str, Path] = {}
    skipped: dict[str, None] = {}
    clashes: dict[str, None] = {}
    for one in offered:
        taken, free = names.about(one.name)
        same = next((name for name, there in taken if _same(there, one.path)), None)
        if same or (taken and clash == "skip"):
            skipped[same or taken[0][0]] = None
        elif taken and clash == "ask":
            clashes[taken[0][0]] = None
        else:
            plan[free] = one.path
            names.give(free, one.path)
    return plan, skipped, clashes


class _Names:
    """名册 — what lies, or is about to lie, under each name below the inbox; mutable: every copy planned takes a name.

    Names are compared as people read them: NFC, and without regard to case, as Windows does.
    """

    def __init__(self, inbox: Path) -> None:
        self._inbox = inbox
        self._known: dict[PurePosixPath, dict[str, tuple[str, Path]]] = {}

    def about(self, name: str) -> tuple[list[tuple[str, Path]], str]:
        """What lies under the name and under the name with a number, and the first of these that is free."""
        taken: list[tuple[str, Path]] = []
        parent = PurePosixPath(name).parent
        for one in numbered(PurePosixPath(name).name):
            there = self._under(parent).get(one.casefold())
            if there is None:
                return taken, str(parent / one)
            taken.append(there)
        raise AssertionError("a name of which a million are taken")

    def give(self, name: str, path: Path) -> None:
        """The name now stands for this file."""
        one = PurePosixPath(name)
        self._under(one.parent)[one.name.casefold()] = (name, path)

    def _under(self, parent: PurePosixPath) -> dict[str, tuple[str, Path]]:
        if parent not in self._known:
            folder = self._inbox / parent
            there = sorted(folder.iterdir()) if folder.is_dir() else []
            names = ((shown_name(path.name), path) for path in there)
            self._known[parent] = {name.casefold(): (str(parent / name), path) for name, path in names}
        return self._known[parent]


def _same(there: Path, new: Path) -> bool:
    """内容相同 — False also where one of them cannot be read: then it is for a person to say."""
    try:
        same_size = there.is_file() and there.stat().st_size == new.stat().st_size
        return same_size and sha256_of(there) == sha256_of(new)
    except OSError:
        return False


# ---------------------------------------------------------------- 复制 ----


def _copy(plan: dict[str, Path], inbox: Path, left: dict[str, str], progress: Progress | None) -> list[str]:
    """复制 — all of them beside their places first, then each under its name; what is not read goes to ``left``."""
    if not plan:
        return []
    try:
        with ExitStack() as undo:
            make(inbox, undo)
            staging = _staging(inbox, undo)
            fresh = _bring_all(plan, staging, left, progress)
            for name, one in fresh.items():
                put(one, inbox / name, undo)
            undo.pop_all()
    except OSError as error:
        raise RectifyError(
            Stop.CANNOT_WRITE, f"不能放进“{inbox}”：{refusal(error)}。这次一份也没有放进去，请处理后再试一次。"
        ) from error
    shutil.rmtree(staging, ignore_errors=True)
    return list(fresh)


def _staging(inbox: Path, undo: ExitStack) -> Path:
    """暂放的地方 — what a killed start left there goes."""
    staging = inbox / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    undo.callback(shutil.rmtree, staging, ignore_errors=True)
    return staging


def _bring_all(
    plan: dict[str, Path], staging: Path, left: dict[str, str], progress: Progress | None
) -> dict[str, Path]:
    fresh: dict[str, Path] = {}
    for at, (name, source) in enumerate(plan.items()):
        if progress:
            progress(at, len(plan), name)
        try:
            bring(source, staging / f"~${at}")
            fresh[name] = staging / f"~${at}"
        except NotRead as error:
            left[name] = f"{error}，没有收"
    if progress:
        progress(len(plan), len(plan), "")
    return fresh
