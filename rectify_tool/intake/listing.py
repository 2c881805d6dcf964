"""清点 — every file below a folder, named as people will read it; nothing is opened here."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rectify_tool.findings import Code
from rectify_tool.model import Finding, Source

_LOCK_SHAPES = (("~$", ""), (".~lock.", "#"), (".~", ""))
SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
"""系统自己的文件 — lower case; nobody put them there."""

_MAC_SHADOW = "._"


@dataclass(frozen=True, slots=True)
class Listed:
    """在册文件 — a file found in the folder, before it is opened.

    ``file`` is its name for people and for every Source: relative to the folder, "/" and NFC, unique in the list.
    ``path`` opens it. ``skip`` is True where the rule says not to open it (lock files, system files, links).
    """

    file: str
    path: str
    skip: bool = False
    findings: tuple[Finding, ...] = ()


def list_files(
    folder: Path, *, skip: Iterable[Path] = (), follow: Iterable[Path] = ()
) -> tuple[list[Listed], list[Finding]]:
    """清点 — all files at any depth in a stable order, and a finding for each folder that would not open.

    Links are not followed and special files not opened: both are listed with a finding. ``skip`` names files and
    folders to leave out altogether, such as 成果; ``follow`` folders to open even where they are links, such as 报送.
    """
    left_out = {path.absolute() for path in skip}
    followed = {path.absolute() for path in follow}
    findings: list[Finding] = []
    entries = sorted(_walk(folder, "", left_out, followed, findings), key=lambda found: (found[0], found[1].path))
    taken: dict[str, int] = {}
    listed = [_listed(_unique(name, taken), entry) for name, entry in entries]
    return _beside_locks(listed), findings


def _walk(
    folder: Path | str, prefix: str, left_out: set[Path], followed: set[Path], findings: list[Finding]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        with os.scandir(folder) as scan:
            entries = list(scan)
    except OSError as error:
        findings.append(Code.FILE_UNREADABLE.at(Source(prefix.rstrip("/")), detail=_folder_trouble(error)))
        return
    for entry in entries:
        name = prefix + shown_name(entry.name)
        place = Path(entry.path).absolute()
        if place in left_out:
            continue
        if place in followed or (entry.is_dir(follow_symlinks=False) and not _is_link(entry)):
            yield from _walk(entry.path, f"{name}/", left_out, followed, findings)
        else:
            yield name, entry


def shown_name(name: str) -> str:
    """显示的文件名 — NFC; bytes that are not UTF-8 (archives packed on old Windows) are tried as GB18030."""
    if not name.isascii():
        try:
            name.encode("utf-8")
        except UnicodeEncodeError:
            name = os.fsencode(name).decode("gb18030", errors="replace")
    return unicodedata.normalize("NFC", name)


def _folder_trouble(error: OSError) -> str:
    return "没有权限打开文件夹" if isinstance(error, PermissionError) else "文件夹打不开"


def _is_link(entry: os.DirEntry[str]) -> bool:
    if entry.is_symlink():
        return True
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)  # a Windows junction is not a symlink
    return bool(tag) and tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)


def _unique(name: str, taken: dict[str, int]) -> str:
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}〔同名{taken[name]}〕"


def _listed(file: str, entry: os.DirEntry[str]) -> Listed:
    if _is_link(entry) or not entry.is_file(follow_symlinks=False):
        return Listed(file, entry.path, skip=True, findings=(Code.FILE_LINKED.at(Source(file)),))
    name = entry.name
    system = name.lower() in SYSTEM_FILES or name.startswith(_MAC_SHADOW)
    return Listed(file, entry.path, skip=system or locked_by(name) is not None)


def locked_by(name: str) -> str | None:
    """锁文件 — the name of the file that an office program has open and laid this one beside; None for other files."""
    for start, end in _LOCK_SHAPES:
        if name.startswith(start) and name.endswith(end) and len(name) > len(start) + len(end):
            return name[len(start) : len(name) - len(end)]
    return None


def _beside_locks(listed: list[Listed]) -> list[Listed]:
    locks: dict[str, str] = {}
    for item in listed:
        parent, _, name = item.file.rpartition("/")
        if item.skip and (target := locked_by(name)):
            locks[f"{parent}/{target}" if parent else target] = name
    return [_with_lock(item, locks[item.file]) if item.file in locks else item for item in listed]


def _with_lock(item: Listed, lock: str) -> Listed:
    note = Code.FILE_LOCKED_BESIDE.at(Source(item.file), lock=lock)
    return Listed(item.file, item.path, item.skip, (*item.findings, note))
