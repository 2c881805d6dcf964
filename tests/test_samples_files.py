"""样例 — the sample folders are what their script makes, are marked as made up, and agree with their truth tables."""

from __future__ import annotations

import csv
import importlib
import io
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rectify_tool.findings import Code
from rectify_tool.model import Claim, FileOutcome, Standing

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
TRUTH = ROOT / "tests" / "truth"
NAMES = ("示例区2016", "示例县2024")
BY_HAND = {"README.md", "口径.toml"}
WORKBOOKS = {".xlsx", ".xls", ".et", ".ods"}
UNREADABLE = {"公安分局（加密）.xlsx", "卫计局整改情况.xlsx", "~$财政局.xlsx"}
MARK = "示例·虚构"


def scripts() -> Any:
    """The generator's own modules, which lie beside the samples."""
    sys.path.insert(0, str(SAMPLES))
    try:
        return importlib.import_module("make_samples")
    finally:
        sys.path.remove(str(SAMPLES))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder the script wrote just now."""
    folder = tmp_path_factory.mktemp("samples")
    scripts().make_all(folder)
    return folder


def files(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name for name in found if name not in BY_HAND and not name.startswith(("成果/", "台账.db"))}


def sheets(content: bytes) -> dict[str, Any]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def opened(path: Path) -> bytes:
    """The bytes of the workbook; of the encrypted one, after its password."""
    import msoffcrypto

    held = io.BytesIO()
    with path.open("rb") as file:
        locked = msoffcrypto.OfficeFile(file)
        locked.load_key(password=sys.modules["district_2016"].PASSWORD)
        locked.decrypt(held)
    return held.getvalue()


def content(path: Path) -> object:
    """What a person sees in a file, so that another version of a library may pack it otherwise."""
    from docx import Document

    if path.name == "公安分局（加密）.xlsx":
        return sheets(opened(path))
    if path.suffix == ".docx":
        return [paragraph.text for paragraph in Document(str(path)).paragraphs]
    if path.suffix in WORKBOOKS and path.name not in UNREADABLE:
        return sheets(path.read_bytes())
    return None if path.name == "卫计局整改情况.xlsx" else path.read_bytes()


def every_file() -> Iterator[Path]:
    for name in NAMES:
        yield from (SAMPLES / name / file for file in sorted(files(SAMPLES / name)))


@pytest.mark.parametrize("name", NAMES)
def test_the_samples_on_disk_are_what_the_script_makes_now(name: str, fresh: Path) -> None:
    assert files(SAMPLES / name) == files(fresh / name)
    for file in sorted(files(fresh / name)):
        assert content(SAMPLES / name / file) == content(fresh / name / file), file


def test_making_the_samples_again_gives_the_same_bytes(fresh: Path) -> None:
    before = {file: (fresh / file).read_bytes() for file in files(fresh)}
    scripts().make_all(fresh)
    assert {file: (fresh / file).read_bytes() for file in files(fresh)} == before


def test_every_sheet_says_it_is_made_up() -> None:
    for path in every_file():
        shown = content(path)
        if isinstance(shown, dict):
            assert shown
            for sheet, rows in shown.items():
                assert MARK in str(rows[0]), f"{path.name} {sheet}"
        elif path.suffix == ".csv":
            assert MARK in path.read_bytes().decode("gb18030").splitlines()[0]
        elif isinstance(shown, list):
            assert MARK in shown[0]
    for name in NAMES:
        assert all(MARK in (SAMPLES / name / file).read_text("utf-8") for file in BY_HAND)


def test_nothing_of_the_real_district_is_in_the_samples() -> None:
    real = re.compile("天心|长沙|湖南|湘府|省委|暮云|南湖新城|[0-9a-z]@[0-9a-z]|1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8}")
    texts = [str(content(path)) for path in every_file()]
    texts += [path.read_text("utf-8") for folder in (SAMPLES, TRUTH) for path in folder.rglob("*") if is_text(path)]
    assert len(texts) > 30
    for text in texts:
        assert not real.search(text), real.search(text)


def is_text(path: Path) -> bool:
    return path.suffix in {".md", ".toml", ".py", ".tsv"}


def test_the_district_has_4_aspects_15_problems_34_items_7_leaders_and_19_units() -> None:
    scripts()
    records = [issued.record() for issued in sys.modules["district_2016"].ISSUED]
    leaders = {post for record in records for post in record["leader"].split("；")}
    assert [len({r[field] for r in records}) for field in ("aspect", "problem", "no")] == [4, 15, 34]
    assert len(leaders) == 7
    units = {unit for row in truth("示例区2016", "items") for unit in row["units"].split("、")}
    assert len(units) == 19
    assert len([file for file in files(SAMPLES / "示例区2016") if is_submission(file)]) >= 19


def is_submission(file: str) -> bool:
    return (
        file.startswith("报送/") and Path(file).suffix in {*WORKBOOKS, ".csv"} and not Path(file).name.startswith("~$")
    )


# ---------------------------------------------------------------- 真值 ----


def truth(name: str, table: str) -> list[dict[str, str]]:
    with (TRUTH / name / f"{table}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def stated(name: str) -> dict[str, Any]:
    return tomllib.loads((TRUTH / name / "counts.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_the_truths_counts_are_the_tally_of_its_items(name: str) -> None:
    items, counts = truth(name, "items"), stated(name)["counts"]
    tally = Counter(row["standing"] for row in items)
    assert counts["items"] == len(items) == sum(tally.values())
    assert {standing.value: counts[standing.value] for standing in Standing} == {
        standing.value: tally[standing.value] for standing in Standing
    }
    assert [counts[flag] for flag in ("not_reported", "to_confirm")] == [
        sum(row[flag] == "1" for row in items) for flag in ("not_reported", "to_confirm")
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_truth_speaks_the_words_of_the_contract(name: str) -> None:
    assert {row["claimed"] for row in truth(name, "items")} <= {*(claim.value for claim in Claim), "?"}
    assert {row["outcome"] for row in truth(name, "files")} <= {outcome.value for outcome in FileOutcome}
    assert {row["code"] for row in truth(name, "findings")} <= {code.code for code in Code}


@pytest.mark.parametrize("name", NAMES)
def test_the_truth_lists_every_file_and_every_finding_lies_on_one(name: str) -> None:
    listed = {row["file"] for row in truth(name, "files")}
    assert listed == files(SAMPLES / name)
    assert {row["file"] for row in truth(name, "findings")} <= {*listed, ""}


@pytest.mark.parametrize("name", NAMES)
def test_the_truths_units_are_parted_into_reported_missing_and_unreadable(name: str) -> None:
    units = stated(name)["units"]
    expected = {unit for row in truth(name, "items") for unit in row["units"].split("、")}
    parts = [*units["reported"], *units["missing"], *units["unreadable"]]
    assert len(parts) == len(set(parts))
    assert set(parts) == expected
    silent = {row["lead"] for row in truth(name, "items") if row["not_reported"] == "1"}
    assert silent == {row["lead"] for row in truth(name, "items")} & set(units["missing"])


@pytest.mark.parametrize("name", NAMES)
def test_days_left_in_the_truth_is_due_minus_the_day_of_the_story(name: str) -> None:
    as_of = stated(name)["as_of"]
    open_rows = [row for row in truth(name, "items") if row["days_left"]]
    assert {row["standing"] for row in open_rows} == {"on_track", "due_soon", "overdue"}
    for row in open_rows:
        assert (date.fromisoformat(row["due"]) - as_of).days == int(row["days_left"]), row["no"]


def test_every_standing_occurs_in_the_district() -> None:
    assert {row["standing"] for row in truth("示例区2016", "items")} == {standing.value for standing in Standing}


@pytest.mark.parametrize(("name", "module"), tuple(zip(NAMES, ("district_2016", "county_2024"), strict=True)))
def test_the_truth_has_the_breakdowns_items_with_their_deadlines_as_typed(name: str, module: str) -> None:
    scripts()
    issued = {str(line.no): str(line.deadline) for line in sys.modules[module].ISSUED}
    assert {row["no"]: row["deadline"] for row in truth(name, "items")} == issued
    assert all(row["units"].split("、")[0] == row["lead"] for row in truth(name, "items"))


@pytest.mark.parametrize("name", NAMES)
def test_every_place_named_in_the_truth_holds_something(name: str) -> None:
    from openpyxl import load_workbook

    for row in truth(name, "findings"):
        if row["place"]:
            sheet, cell = row["place"].split("!")
            assert load_workbook(SAMPLES / name / row["file"])[sheet][cell].value not in (None, ""), row
