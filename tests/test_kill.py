"""Killed at any moment, the ledger holds the state before or the state after (a sample; all of it: tests.kill.run)."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the killer forks", allow_module_level=True)

from tests.kill.deeds import DEEDS
from tests.kill.harness import killed_after, killed_at_every_step, make_bench

QUICK = ("first record", "record", "publish")
STEPWISE = ("first record", "record")


@pytest.mark.parametrize("name", DEEDS)
def test_killed_at_some_moment_the_ledger_is_whole(name: str, tmp_path: Path) -> None:
    bench = make_bench(DEEDS[name], tmp_path)
    chance = random.Random(name)
    for _ in range(6 if name in QUICK else 2):
        assert killed_after(bench, chance.random() * bench.seconds * 1.2) in ("before", "during", "after")


@pytest.mark.parametrize("name", STEPWISE)
def test_killed_before_and_after_every_step_the_ledger_is_whole(name: str, tmp_path: Path) -> None:
    left = [state for _, state in killed_at_every_step(make_bench(DEEDS[name], tmp_path))]
    assert {"during", "after"} <= set(left)
    assert [state == "after" for state in left] == sorted(state == "after" for state in left), "done stays done"
