"""Kill a process that writes the ledger, and judge what is left: the state before or the state after, whole.

POSIX only: the deed runs in a fork of this process, which has everything imported already, and is killed with all
its children.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rectify_tool.history import BACKUP, DATABASE, add_record, papers_of, read_past, rows, store
from rectify_tool.model import Past
from rectify_tool.outbox import OUTBOX
from tests.forge_history import AT, CALL
from tests.kill.deeds import Deed

STEPS = ("fsync", "replace", "rename", "link", "unlink")
"""Calls of the system by which files take and lose their names, or are flushed."""

STATEMENTS = ("BEGIN", "COMMIT", "INSERT")
"""Statements of SQLite that are steps; what only reads changes nothing."""


@dataclass(frozen=True)
class Bench:
    """A deed made ready: the folder it starts from, where it is done, and the state before and after it."""

    deed: Deed
    template: Path
    folder: Path
    before: Past
    after: Past
    seconds: float

    def reset(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.template, self.folder)


def make_bench(deed: Deed, place: Path) -> Bench:
    """Do the deed uncut a few times: what comes of it, and how long it takes."""
    template, folder = place / "template", place / "work"
    deed.prepare(folder)
    shutil.copytree(folder, template)
    before = read_past(folder)
    took = []
    for _ in range(4):
        shutil.rmtree(folder)
        shutil.copytree(template, folder)
        began = time.perf_counter()
        child = _fork(lambda: deed.do(folder))
        assert os.waitpid(child, 0)[1] == 0, "the deed itself fails"
        took.append(time.perf_counter() - began)
    return Bench(deed, template, folder, before, read_past(folder), sorted(took)[1])


def killed_after(bench: Bench, seconds: float) -> str:
    """Do the deed and kill it when so much time has passed; "before", "during" or "after" it was done."""
    bench.reset()
    child = _fork(lambda: bench.deed.do(bench.folder))
    time.sleep(seconds)
    return _end(child, bench)


def killed_at_every_step(bench: Bench) -> Iterator[tuple[str, str]]:
    """Do the deed again and again, killed right before its first step, right after it, before its second, ...

    A step is a call that flushes, names or unnames a file, or a statement of SQLite. Yields (step, what was left).
    """
    for number in range(1, 10_000):
        for after in (False, True):
            bench.reset()
            told_read, told_write = os.pipe()
            child = _fork(lambda n=number, a=after, w=told_write: _dying(bench, n, a, w))  # type: ignore[misc]
            os.close(told_write)
            os.waitpid(child, 0)
            with os.fdopen(told_read, "rb") as told:
                step = told.read().decode()
            if not step:  # the deed has fewer steps than that
                return
            yield f"{'after' if after else 'before'} {step}", judge(bench)


def judge(bench: Bench) -> str:
    """What a killed deed left: whole, and either the state before or the state after; then the next start's work.

    Fails where anything is torn, mixed, lost or left behind.
    """
    folder, left = bench.folder, _names(bench.folder)
    past = read_past(folder)
    assert past in (bench.before, bench.after), "neither the state before nor the state after"
    _check_papers(folder, past)
    _check_backup(folder, past)
    noted = add_record(folder, AT, CALL)
    then = read_past(folder)
    assert then.published == past.published and then.records == (*past.records, noted), "lost by the next start"
    expected = _names(bench.template) | {DATABASE, BACKUP}
    assert _names(folder) == expected, f"left behind: {_names(folder) - expected}"
    assert not list((folder / OUTBOX).glob(".新-*")), "papers left behind"
    if past == bench.after:
        return "after"
    return "during" if left != _names(bench.template) else "before"


def _check_papers(folder: Path, past: Past) -> None:
    for one in past.published:
        papers = papers_of(folder, one.serial)
        assert {name: rows.sha256(content) for name, content in papers.items()} == one.outputs


def _check_backup(folder: Path, past: Past) -> None:
    """The backup is never torn, and never holds what the ledger does not."""
    if (folder / BACKUP).exists():
        with store.reading(folder / BACKUP) as (_, kept):
            assert kept.published == past.published[: len(kept.published)]
            assert kept.records == past.records[: len(kept.records)]


def _names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir() if one.name != OUTBOX}


# ---------------------------------------------------------------- 杀 ----


def _fork(do: Callable[[], object]) -> int:
    """A child in a group of its own that does it and ends without any clearing up."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        os.setpgid(0, 0)
        do()
        code = 0
    finally:
        os._exit(code)


def _end(child: int, bench: Bench) -> str:
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:  # before it had a group of its own
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert status == 0 or os.WIFSIGNALED(status), "the deed itself fails"
    return judge(bench)


def _dying(bench: Bench, number: int, after: bool, told: int) -> None:
    """Do the deed; at its step of that number tell which it is, and die right before or right after it."""
    count = 0

    def step(name: str, real: Callable[..., Any], *given: Any, **more: Any) -> Any:
        nonlocal count
        count += 1
        if count != number:
            return real(*given, **more)
        os.write(told, f"{number} {name}".encode())
        try:
            if after:
                real(*given, **more)
        finally:  # a file to be cleared away need not be there
            os.kill(os.getpid(), signal.SIGKILL)

    class Stepping(sqlite3.Connection):
        def execute(self, *given: Any) -> Any:
            if given[0].startswith(STATEMENTS):
                return step(given[0], super().execute, *given)
            return super().execute(*given)

        def executemany(self, *given: Any) -> Any:
            return step(given[0], super().executemany, *given)

        def backup(self, *given: Any) -> Any:  # type: ignore[override]
            return step("backup", super().backup, *given)

        def close(self) -> Any:
            return step("close", super().close)

    for name in STEPS:
        setattr(os, name, _stepping(step, name, getattr(os, name)))
    connect = sqlite3.connect
    sqlite3.connect = lambda *given, **more: connect(*given, factory=Stepping, **more)  # type: ignore[assignment]
    bench.deed.do(bench.folder)


def _stepping(step: Callable[..., Any], name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *given, **more: step(name, real, *given, **more)
