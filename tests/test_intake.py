"""收表 — real worker processes on forged files: how each ends, what is told of it, and that nothing is changed."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime, time as clock
from pathlib import Path

import forge
import pytest

from rectify_tool.intake import list_files, receive
from rectify_tool.model import FileOutcome, Grid, MarkKind, Reason, Received, SetAside, Span, Submission


def understand(file: str, grids: tuple[Grid, ...], settings: object) -> Submission:
    """What the story would do, without meaning: every cell is set aside."""
    return Submission(file, (), tuple(_cells(grids)), ())


def _cells(grids: Sequence[Grid]) -> list[SetAside]:
    return [
        SetAside(grid.sheet, row, column, str(value), Reason.NO_TABLE)
        for grid in grids
        for row, line in enumerate(grid.rows)
        for column, value in enumerate(line)
        if value is not None
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("报送")
    forge.forge(folder)
    return folder


@pytest.fixture(scope="module")
def received(folder: Path) -> dict[str, Received]:
    files, findings = list_files(folder)
    assert not findings
    return {one.file: one for one in receive(files, understand, None)}


@pytest.mark.parametrize("name", forge.FORGED)
def test_every_forged_file_ends_as_it_must(name: str, received: dict[str, Received]) -> None:
    one, expected = received[name], forge.FORGED[name]
    assert (one.outcome, {finding.code for finding in one.findings} - {"F16"}) == (expected.outcome, expected.codes), [
        str(finding) for finding in one.findings
    ]
    seen = len(one.content.set_aside) if one.content else None
    assert seen == expected.cells
    assert one.counted in (None, seen)


def test_originals_stay_byte_for_byte(folder: Path, received: dict[str, Received]) -> None:
    for path in folder.iterdir():
        data = path.read_bytes()
        assert received[path.name].sha256 in ("", hashlib.sha256(data).hexdigest())
        assert data == forge.FORGED[path.name].make() or b"PK" in data[:2] or data[:4] == b"\xd0\xcf\x11\xe0"


def test_no_message_speaks_english_or_names_a_class(received: dict[str, Received]) -> None:
    for one in received.values():
        for finding in one.findings:
            words = finding.message.replace("Excel", "").replace("Word", "").replace("Office", "").replace("UTF", "")
            assert not any(name in words for name in ("Error", "Exception", "Traceback", "error", "panic")), finding


# ---------------------------------------------------------------- 表页里的东西 ----


def grid_of(make: bytes, name: str, tmp_path: Path) -> tuple[Grid, ...]:
    (tmp_path / name).write_bytes(make)
    files, _ = list_files(tmp_path)
    (one,) = receive(files, keep_grids, None, jobs=1)
    assert one.content is not None, one.findings
    return one.content.tables  # type: ignore[return-value]


def keep_grids(file: str, grids: tuple[Grid, ...], settings: object) -> Submission:
    return Submission(file, grids, (), ())  # type: ignore[arg-type]
