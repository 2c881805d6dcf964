"""Laws of the ledger's history: what is stored comes back, and what is not as it was stored is noticed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.history import BACKUP, DATABASE, add_record, papers_of, publish, read_past
from rectify_tool.model import Decision, Published, Record, Source
from tests.forge_history import AT, CALL, DECISION, MOMENT, PAPERS, TEXT, bulletin, publishings

FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@contextmanager
def a_folder() -> Iterator[Path]:
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        yield Path(name)


@FEW
@given(st.lists(publishings(), min_size=1, max_size=2))
def test_what_history_stores_comes_back(several: list[tuple[Published, dict[str, bytes]]]) -> None:
    with a_folder() as folder:
        stored = [publish(folder, published, papers) for published, papers in several]
        assert stored == [replace(published, serial=serial) for serial, (published, _) in enumerate(several, 1)]
        assert read_past(folder).published == tuple(stored)
        assert [papers_of(folder, one.serial) for one in stored] == [papers for _, papers in several]
        order = [list(one.heard) for one in read_past(folder).published]
        assert order == [list(published.heard) for published, _ in several]


@FEW
@given(MOMENT, DECISION, MOMENT, TEXT, TEXT)
def test_what_the_register_notes_comes_back(
    at: datetime, decision: Decision, later: datetime, why: str, by: str
) -> None:
    with a_folder() as folder:
        noted = add_record(folder, at, decision)
        undone = add_record(folder, later, None, 1, why, by)
        assert noted == Record(1, at, replace(decision, source=Source(DATABASE, None, "第1条")))
        assert undone == Record(2, later, None, 1, why, by)
        assert read_past(folder).records == (noted, undone)


@FEW
@given(st.lists(st.booleans(), min_size=1, max_size=6))
def test_serials_run_from_one_in_the_order_of_writing(publishes: list[bool]) -> None:
    with a_folder() as folder:
        for number, bulletin_next in enumerate(publishes, 1):
            if bulletin_next:
                publish(folder, bulletin(number), PAPERS)
            else:
                add_record(folder, AT, CALL)
        past = read_past(folder)
        assert [one.serial for one in past.published] == list(range(1, sum(publishes) + 1))
        assert [one.serial for one in past.records] == list(range(1, len(publishes) - sum(publishes) + 1))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, object]:
    folder = tmp_path_factory.mktemp("whole")
    publish(folder, bulletin(), PAPERS)
    add_record(folder, AT, CALL)
    return (folder / DATABASE).read_bytes(), read_past(folder)


@pytest.mark.parametrize("seed", range(4))
def test_a_byte_changed_anywhere_is_noticed_or_changes_nothing(
    seed: int, whole: tuple[bytes, object], tmp_path: Path
) -> None:
    content, past = whole
    chance = random.Random(seed)
    for _ in range(60):
        damaged = bytearray(content)
        damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (tmp_path / DATABASE).write_bytes(damaged)
        try:
            assert read_past(tmp_path) == past
            assert papers_of(tmp_path, 1) == PAPERS
        except RectifyError as error:
            assert error.stop is Stop.HISTORY_UNUSABLE
            assert "台账.db" in error.message
        for left in tmp_path.iterdir():
            assert left.name in (DATABASE, BACKUP)
