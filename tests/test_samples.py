"""The samples end to end: the console script in a subprocess against the truth tables written by hand."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SAMPLES = ("示例区2016", "示例县2024")
Json = dict[str, Any]


def truth(sample: str, name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "truth" / sample / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def facts(sample: str) -> Json:
    return tomllib.loads((ROOT / "tests" / "truth" / sample / "counts.toml").read_text(encoding="utf-8"))


def command(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rectify_tool", *arguments], capture_output=True, encoding="utf-8", cwd=folder
    )


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def folder(sample: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("工作") / sample
    shutil.copytree(ROOT / "samples" / sample, copy, ignore=shutil.ignore_patterns("成果"))
    return copy


@pytest.fixture(scope="module")
def answer(sample: str, folder: Path) -> Json:
    known = facts(sample)
    done = command(
        "run", str(folder), "--as-of", str(known["as_of"]), "--number", str(known["number"]), "--json", folder=ROOT
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_the_counts_are_the_truth(sample: str, answer: Json) -> None:
    known = facts(sample)
    assert answer["counts"] == known["counts"]
    assert answer["as_of"] == str(known["as_of"])
    assert answer["number"] == known["number"]
    for group in ("missing", "unreadable", "reported"):
        assert set(answer["units"][group]) == set(known["units"][group]), group


def test_every_item_stands_as_the_truth_says(sample: str, answer: Json) -> None:
    items = {one["no"]: one for one in answer["items"]}
    expected = truth(sample, "items.tsv")
    assert [one["no"] for one in answer["items"]] == [one["no"] for one in expected]
    wrong = [difference for one in expected for difference in differences(items[one["no"]], one)]
    assert wrong == []


def differences(item: Json, expected: dict[str, str]) -> list[str]:
    shown = {
        "lead": item["lead"] or "",
        "units": "、".join(item["units"]),
        "deadline": item["deadline"],
        "due": item["due"] or "",
        "doubt": str(int(item["doubt"])),
        "claimed": item["claimed"],
        "finished": item["finished"] or "",
        "standing": item["standing"],
        "days_left": "" if item["days_left"] is None else str(item["days_left"]),
    }
    return [
        f"{expected['no']} {key}: {value!r}, truth {expected[key]!r} ({expected['why']})"
        for key, value in shown.items()
        if expected[key] not in (value, "?") and not (key == "days_left" and expected[key] == "")
    ]


def test_every_file_ends_as_the_truth_says(sample: str, answer: Json) -> None:
    files = {one["file"]: one for one in answer["files"]}
    expected = truth(sample, "files.tsv")
    assert set(files) == {one["file"] for one in expected}
    for one in expected:
        found = files[one["file"]]
        shown = {"role": found["role"], "unit": found["unit"] or "", "outcome": found["outcome"]}
        for key, value in shown.items():
            assert one[key] in (value, "?"), f"{one['file']} {key}: {value!r}, truth {one[key]!r} ({one['why']})"


def test_every_odd_thing_in_the_files_is_a_finding(sample: str, answer: Json) -> None:
    found = {(one["code"], one["file"], f"{one['sheet']}!{one['cell']}") for one in answer["findings"]}
    for one in truth(sample, "findings.tsv"):
        near = {
            (code, file, place)
            for code, file, place in found
            if code == one["code"] and one["file"] in ("", file) and one["place"] in ("", place)
        }
        assert near, f"{one['code']} {one['file']} {one['place']} ({one['why']})"


def test_the_cells_of_every_file_are_accounted_for(answer: Json) -> None:
    for one in answer["files"]:
        assert one["cells"] == one["used"] + one["set_aside"], one["file"]
    assert not [one for one in answer["findings"] if one["code"] == "F12"]


def test_every_reply_can_be_walked_back_to_its_cell(answer: Json, folder: Path) -> None:
    for item in answer["items"]:
        for reply in item["replies"]:
            source = reply["source"]
            assert (folder / source["file"]).is_file()
            assert source["cell"]


def test_both_papers_are_written_and_the_inputs_are_untouched(sample: str, answer: Json, folder: Path) -> None:
    assert all(Path(answer["outputs"][name]).is_file() for name in ("bulletin", "summary"))
    for path in (ROOT / "samples" / sample).rglob("*"):
        if path.is_file() and "成果" not in path.parts and "__pycache__" not in path.parts:
            assert (folder / path.relative_to(ROOT / "samples" / sample)).read_bytes() == path.read_bytes()


def test_check_says_the_same_and_writes_nothing(sample: str, answer: Json, tmp_path: Path) -> None:
    copy = tmp_path / sample
    shutil.copytree(ROOT / "samples" / sample, copy, ignore=shutil.ignore_patterns("成果"))
    before = sorted(path for path in copy.rglob("*"))
    done = command("check", str(copy), "--as-of", answer["as_of"], "--json", folder=tmp_path)
    told = json.loads(done.stdout)
    assert sorted(path for path in copy.rglob("*")) == before
    for key in ("counts", "items", "units", "findings", "files"):
        assert told[key] == answer[key], key
    assert not any(told["outputs"].values())
