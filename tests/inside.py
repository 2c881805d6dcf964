"""The command line within this process: what it prints and its exit code, without a Python started for each command.

That a process starts, ends with the code and speaks UTF-8 is proven by test_cli's own processes and by test_samples.
"""

from __future__ import annotations

import io
import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from rectify_tool.cli import main


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """命令 — one command line done here, as `subprocess.run` would tell of it."""
    given, streams = [*map(str, arguments)], (_stream(), _stream())
    with redirect_stdout(streams[0]), redirect_stderr(streams[1]), readers_forked():
        try:
            code = main(given)
        except SystemExit as ended:  # --help
            code = int(ended.code or 0)
    return subprocess.CompletedProcess(given, code, *map(_text, streams))


@contextmanager
def readers_forked() -> Iterator[None]:
    """A forked reader starts in a tenth of the time of a fresh one, and reads the same."""
    if sys.platform == "win32":
        yield
        return
    fork = multiprocessing.get_context("fork")
    with patch.object(multiprocessing, "get_context", lambda _: fork):
        yield


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8")
