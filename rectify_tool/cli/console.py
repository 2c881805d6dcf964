"""屏幕 — what a person or a script reads: lines, one JSON value, the progress bar; and the log of a bug."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from typing import IO, TYPE_CHECKING

from rectify_tool import __version__
from rectify_tool.errors import RectifyError, Stop, refusal

if TYPE_CHECKING:  # the nouns take longer to load than --help to print, so each function loads what it needs
    from pathlib import Path

    from rectify_tool.model import Finding

Progress = Callable[[int, int, str], None]
_READER_GONE = (errno.EPIPE, errno.EINVAL)  # the latter on Windows


def say(text: str) -> None:
    """应答 — on stdout; whoever reads us may have seen enough (| head), the work goes on all the same.

    Raises:
        RectifyError: CANNOT_WRITE where it cannot be kept (| tee on a full disk); nothing is told there any more.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno not in _READER_GONE:
            raise RectifyError(Stop.CANNOT_WRITE, f"结果没有输出完：{refusal(error)}。请处理后再运行一次。") from error


def print_json(value: object) -> None:
    """一个 JSON 值 — on one line of stdout."""
    import json

    say(json.dumps(value, ensure_ascii=False))


def told(finding: Finding) -> str:
    """一条核对意见 — as a line."""
    from rectify_tool.model import SEVERITY_WORDS

    return f"{SEVERITY_WORDS[finding.severity]}  {finding}"


def working(what: str) -> None:
    """正在做什么 — to a terminal only."""
    if is_terminal(sys.stderr):
        print(what, file=sys.stderr, flush=True)


def progress() -> _Bar | None:
    """进度条 — on a terminal; None elsewhere."""
    return _Bar(sys.stderr) if is_terminal(sys.stderr) else None


def is_terminal(stream: IO[str] | None) -> bool:
    """是不是终端 — somebody sits before it; the windowed program of Windows has no streams at all."""
    return stream is not None and stream.isatty()


class _Bar:
    """进度 — one line on a terminal that says how many files are read and which is now."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __call__(self, done: int, total: int, name: str) -> None:
        filled = "█" * (20 * done // max(total, 1))
        self._stream.write(f"\r\033[K正在读取 {filled:　<20} {done}/{total} {name[-40:]}")
        if done == total:
            self._stream.write("\r\033[K")
        self._stream.flush()


def speak_utf8() -> None:
    """输出编码 — UTF-8 whatever the console; what cannot be shown is replaced, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def keep_log() -> Path | None:
    """日志 — from now on what only the maintainers need goes to the log file; None where none can be kept."""
    import logging

    from rectify_tool.places import log_file

    logger, path = logging.getLogger("rectify_tool"), log_file()
    if logger.handlers:
        return path
    logger.propagate = False
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    except OSError:
        logger.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(logging.Formatter(f"—— %(asctime)s {__version__}\n%(message)s"))
    logger.addHandler(handler)
    return path
