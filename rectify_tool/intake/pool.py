"""收表 — files to worker processes that may die, hang or eat memory without ending the run."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType

from rectify_tool.findings import Code
from rectify_tool.intake.failure import Unreadable
from rectify_tool.intake.kept import Kept
from rectify_tool.intake.limits import FILE_SECONDS
from rectify_tool.intake.listing import Listed
from rectify_tool.intake.parcel import unpack
from rectify_tool.intake.private import SETTLE_SECONDS, has_moved
from rectify_tool.intake.worker import Answer, Taken, Task, Understand, ended_as, serve
from rectify_tool.model import FileOutcome, Received

Progress = Callable[[int, int, str], None]
"""进度 — ``progress(done, total, file)`` after each file."""

_FILES_A_WORKER = 32  # starting a process costs as much as reading about this many files
_AHEAD = 2  # one file being read and one waiting, so that a worker never idles while its answer is taken
_MOST_WORKERS = 60  # Windows waits for at most 63 pipes at once
_START_SECONDS = 60.0
_MOST_FAILED_STARTS = 3


def receive(
    files: Sequence[Listed],
    understand: Understand,
    settings: object,
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
    seconds: float = FILE_SECONDS,
    kept: Kept | None = None,
    now: datetime | None = None,
) -> list[Received]:
    """收表 — every file read and understood in worker processes; one `Received` per file, in the given order.

    Broken off by its progress, it has kept what was read by then.

    Args:
        files: What `list_files` found; those marked ``skip`` are not opened.
        understand: Called in the worker as ``understand(file, grids, settings)``; must be a top-level function.
        settings: Travels to each worker once.
        jobs: How many processes at most; None lets the number of files and of processors decide.
        progress: Told after each file.
        seconds: The time one file may take, its second reader's included.
        kept: What was read before; files that have not changed since are not opened. A file that looks cut short is
            told as it is now, 正在复制 where it is growing: whoever keeps it looks again. None reads every file, and
            looks twice at those.
        now: The clock when the look began, to tell what was written a moment ago; None where nobody knows.
    """
    patient, kept = kept is None, Kept() if kept is None else kept
    kept.under(settings, now)
    received = {i: known for i, item in enumerate(files) if (known := _skipped(item) or kept.recall(item))}
    tasks = [Task(i, item.file, item.path) for i, item in enumerate(files) if i not in received]
    with _Pool(understand, settings, _how_many(len(tasks), jobs), seconds) as pool:
        for answer in _settled(pool, tasks) if patient else pool.answers(tasks):
            item = files[answer.index]
            if answer.trouble:
                _log(item.file, answer.trouble)
            if not patient and answer.cut_short and answer.stamp and kept.growing(item, answer.stamp):
                answer = _copying(answer)
            kept.keep(item, answer.received, answer.stamp)
            received[answer.index] = answer.received
            if progress:
                progress(len(received), len(files), item.file)
    kept.only(files, (task.path for task in tasks if _may_pass(received[task.index])))
    return [_with_listing(received[index], item) for index, item in enumerate(files)]


def _settled(pool: _Pool, tasks: Sequence[Task]) -> Iterator[Answer]:
    """One answer a task; those that look cut short come last: a moment later it is seen whether they stood still."""
    broken: dict[int, Answer] = {}
    met = 0.0
    for answer in pool.answers(tasks):
        if answer.cut_short:
            broken[answer.index], met = answer, time.monotonic()
        else:
            yield answer
    if broken:
        time.sleep(max(0.0, met + SETTLE_SECONDS - time.monotonic()))
    moving = [task for task in tasks if task.index in broken and _has_moved(task, broken[task.index])]
    for task in moving:
        del broken[task.index]
    yield from broken.values()
    yield from map(_copying, pool.answers(moving))


def _has_moved(task: Task, answer: Answer) -> bool:
    return answer.stamp is None or has_moved(task.path, answer.stamp)


def _copying(answer: Answer) -> Answer:
    if not answer.cut_short:
        return answer
    broken = answer.received
    still = Unreadable(Code.FILE_COPYING, FileOutcome.STILL_COPYING)
    return Answer(answer.index, ended_as(broken.file, still, Taken(broken.sha256, broken.modified)))


def _may_pass(received: Received) -> bool:
    """会好的 — a file that could not be opened, or would not stand still: nothing of it was seen that is wrong."""
    unopened = any(finding.code == Code.FILE_UNREADABLE.code for finding in received.findings)
    return unopened or received.outcome is FileOutcome.STILL_COPYING


def _skipped(item: Listed) -> Received | None:
    return Received(item.file, FileOutcome.SKIPPED, "", None, None, None, None, ()) if item.skip else None


def _with_listing(received: Received, item: Listed) -> Received:
    return replace(received, findings=item.findings + received.findings) if item.findings else received


def _how_many(files: int, jobs: int | None) -> int:
    most = jobs if jobs is not None else min(os.cpu_count() or 1, -(-files // _FILES_A_WORKER))
    return max(1, min(most, files, _MOST_WORKERS))


def _log(file: str, trouble: str) -> None:
    import logging

    logging.getLogger("rectify_tool").error("%s\n%s", file, trouble)


# ---------------------------------------------------------------- 进程 ----


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    tasks: Connection
    answers: Connection
    since: float
    ready: bool = False
    queue: deque[Task] = field(default_factory=deque)
    taken: Taken | None = None

    def deadline(self, seconds: float) -> float | None:
        if not self.ready:
            return self.since + _START_SECONDS
        return self.since + seconds - self.queue[0].spent if self.queue else None

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        for end in (self.tasks, self.answers):
            end.close()


class _Pool:
    """The workers of one run; on leaving, whatever the reason, all are dead."""

    def __init__(self, understand: Understand, settings: object, size: int, seconds: float) -> None:
        self._arguments = (understand, settings)
        self._size = size
        self._seconds = seconds
        self._workers: list[_Worker] = []
        self._waiting: deque[Task] = deque()
        self._failed_starts = 0

    def __enter__(self) -> _Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.end()

    def answers(self, tasks: Sequence[Task]) -> Iterator[Answer]:
        """Answers as they come; each task gets exactly one."""
        self._waiting.extend(tasks)
        while len(self._workers) < self._size and tasks:
            self._workers.append(self._start())
        left = len(tasks)
        while left:
            self._hand_out()
            for answer in self._next_answers():
                left -= 1
                yield answer

    def _hand_out(self) -> None:
        for worker in self._workers:
            while self._waiting and len(worker.queue) < _AHEAD:
                task = self._waiting.popleft()
                if not worker.queue:
                    worker.since = time.monotonic()
                worker.queue.append(task)
                with contextlib.suppress(OSError):  # a worker that has just died is noticed when its pipe is read
                    worker.tasks.send(task)

    def _next_answers(self) -> Iterator[Answer]:
        deadlines = [end for worker in self._workers if (end := worker.deadline(self._seconds)) is not None]
        left = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        ready = wait([worker.answers for worker in self._workers], left)
        for worker in list(self._workers):
            if worker.answers in ready:
                yield from self._take(worker)
            elif (end := worker.deadline(self._seconds)) is not None and time.monotonic() >= end:
                yield from self._overdue(worker)

    def _take(self, worker: _Worker) -> Iterator[Answer]:
        try:
            told = unpack(worker.answers.recv_bytes())
        except Exception:  # closed or torn pipe: the worker died, perhaps in the middle of a word
            yield from self._died(worker)
            return
        if isinstance(told, Taken):
            worker.taken = told
            return
        worker.since, worker.taken = time.monotonic(), None
        if isinstance(told, Answer):
            worker.queue.popleft()
            yield told
        else:
            worker.ready = True
            self._failed_starts = 0

    def _died(self, worker: _Worker) -> Iterator[Answer]:
        if not worker.ready:
            self._replace(worker, worker.queue)
            return
        task, *others = worker.queue or (None,)
        spent = time.monotonic() - worker.since
        self._replace(worker, others)
        if task is not None and not task.second:
            self._waiting.appendleft(replace(task, second=True, spent=task.spent + spent))
        elif task is not None:
            yield _ended(task, worker, Unreadable(Code.FILE_READER_DIED, detail="读取程序中断"))

    def _overdue(self, worker: _Worker) -> Iterator[Answer]:
        if not worker.ready:
            self._replace(worker, worker.queue)
            return
        task, *others = worker.queue
        self._replace(worker, others)
        yield _ended(task, worker, Unreadable(Code.FILE_TIMEOUT, seconds=round(self._seconds)))

    def _replace(self, worker: _Worker, unread: Sequence[Task]) -> None:
        self._failed_starts += not worker.ready
        worker.end()
        self._waiting.extendleft(reversed(unread))
        self._workers.remove(worker)
        if self._failed_starts >= _MOST_FAILED_STARTS:
            raise RuntimeError("reading processes cannot be started")
        self._workers.append(self._start())

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        task_end, tasks = context.Pipe(duplex=False)
        answers, answer_end = context.Pipe(duplex=False)
        process = context.Process(target=serve, args=(task_end, answer_end, *self._arguments), daemon=True)
        with _without_interrupts():
            process.start()
        task_end.close()
        answer_end.close()
        return _Worker(process, tasks, answers, time.monotonic())


def _ended(task: Task, worker: _Worker, ended: Unreadable) -> Answer:
    return Answer(task.index, ended_as(task.file, ended, worker.taken))


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """A process born while Ctrl-C is held back keeps holding it back, so it never dies with a trace on the terminal."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
