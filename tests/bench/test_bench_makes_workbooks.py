"""造表 — the benchmark's workbooks hold what its figures are reckoned from."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.bench.baselines import bare
from tests.bench.make_workbooks import COLUMNS, FIRST_ROW, FOOTERS, make_work_folder, submission_name
from tests.bench.world import ROWS_OF_A_UNIT, World

ASPECTS, PROBLEMS = 4, 11
HEAD_MERGES = 1 + 7 + 2  # the title; the headings over both rows; 责任分工 and 整改进展


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("bench") / "two"
    make_work_folder(place, 2, jobs=1)
    return place


def test_every_unit_sends_44_rows_of_14_columns_with_categories_merged_down(folder: Path) -> None:
    told = bare(str(folder / "报送"))
    assert (ROWS_OF_A_UNIT, len(COLUMNS)) == (44, 14)
    assert told["rows"] == 2 * (FIRST_ROW + 44 + len(FOOTERS))
    assert told["merges"] == 2 * (HEAD_MERGES + ASPECTS + PROBLEMS)


def test_texts_are_shared_strings_as_excel_writes_them(folder: Path) -> None:
    for path in [folder / "责任分解表.xlsx", *(folder / "报送").iterdir()]:
        with zipfile.ZipFile(path) as parts:
            assert parts.read("xl/sharedStrings.xml").count(b"<si>") > ROWS_OF_A_UNIT
            assert b"inlineStr" not in parts.read("xl/worksheets/sheet1.xml")


def test_every_unit_leads_its_44_items_and_numbers_are_not_used_twice() -> None:
    tasks = World(200).tasks()
    assert len({task.no for task in tasks}) == len(tasks) == 200 * 44
    assert {task.lead for task in tasks} == set(World(200).names)
    assert max(task.problem_no for task in tasks) < 1000


def test_the_same_size_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    make_work_folder(tmp_path / "again", 2, jobs=1)
    for name in ("责任分解表.xlsx", f"报送/{submission_name(1)}"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()
