"""Windows are tested without a screen; where PySide6 cannot be loaded the reason is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

try:
    import PySide6.QtWidgets  # noqa: F401
except ImportError as error:
    WHY_NOT = f"PySide6 cannot be loaded here: {error}"
else:
    WHY_NOT = ""

_WITHOUT_QT = ("test_line.py", "test_narrowing.py", "test_memory.py")


@pytest.fixture(autouse=True)
def _windows_go_with_their_test() -> Iterator[None]:
    """What was deleted later is deleted now: else hundreds of old windows are drawn anew with every theme and font."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Where Qt is missing the tests that need it are not even read."""
    if WHY_NOT and collection_path.name.startswith("test_") and collection_path.name not in _WITHOUT_QT:
        return True
    return None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The reason stands at the end of the run."""
    if WHY_NOT:
        terminalreporter.write_line(f"tests/desktop skipped but for {'、'.join(_WITHOUT_QT)}: {WHY_NOT}", yellow=True)
