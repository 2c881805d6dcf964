"""What a run makes of the sample, and how two of them are compared."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tests.program.built import ROOT, SECONDS, Built

SAMPLE = ROOT / "samples" / "示例区2016"


class Issue(NamedTuple):
    """As of which day, and which number."""

    day: str
    number: int

    @property
    def name(self) -> str:
        """The folder of its papers, below the work folder."""
        return f"成果/{self.day} 第{self.number}期"


FIRST, NEXT = Issue("2016-05-20", 8), Issue("2016-05-31", 9)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a run: its work folder and its one JSON value."""

    folder: Path
    issue: Issue
    answer: dict[str, Any]

    @property
    def papers(self) -> Path:
        """The folder of its papers."""
        return self.folder / self.issue.name


def sample(folder: Path) -> Path:
    """A copy of the sample to work in, with nothing made in it yet."""
    return shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("成果", "台账*"))


def made_by(built: Built, folder: Path, issue: Issue) -> Made:
    """What the built program's command makes of the sample."""
    told = built.run(*_run(issue, sample(folder)))
    assert (told.code, told.complained) == (0, "")
    return Made(folder, issue, json.loads(told.said))


def source(folder: Path, issue: Issue) -> Made:
    """What the source makes of it."""
    command = [sys.executable, "-m", "rectify_tool", *map(str, _run(issue, sample(folder)))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=2 * SECONDS)
    assert done.returncode == 0, done.stderr
    return Made(folder, issue, json.loads(done.stdout))


def without_places(answer: dict[str, Any]) -> dict[str, Any]:
    """All of an answer but where its papers lie."""
    return answer | {"outputs": sorted(answer["outputs"])}


def listed(papers: Path) -> dict[str, Any]:
    """清单.json without what is counted and timed, and without the digests of papers that hold the moment."""
    kept = json.loads((papers / "清单.json").read_text(encoding="utf-8"))
    return {**kept, "run": 0, "made": "", "outputs": sorted(kept["outputs"])}


def whole(papers: Path) -> bool:
    """Whether a set of papers is just what its 清单.json says."""
    told = json.loads((papers / "清单.json").read_text(encoding="utf-8"))["outputs"]
    found = {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in papers.iterdir()}
    return {name: digest for name, digest in found.items() if name != "清单.json"} == dict(told)


def parts(paper: Path) -> dict[str, bytes]:
    """All parts of an office document but its properties, which say when it was made."""
    with zipfile.ZipFile(paper) as package:
        return {name: package.read(name) for name in package.namelist() if name != "docProps/core.xml"}


def same_papers(one: Path, other: Path) -> None:
    """Both sets have the same papers, part by part, and the same list of what was read and judged.

    Raises:
        AssertionError: Where they differ, with the paper and the part.
    """
    assert sorted(path.name for path in one.iterdir()) == sorted(path.name for path in other.iterdir())
    assert listed(one) == listed(other)
    for paper in (path for path in one.iterdir() if path.suffix != ".json"):
        ours, theirs = parts(paper), parts(other / paper.name)
        assert list(ours) == list(theirs), paper.name
        assert [name for name in ours if ours[name] != theirs[name]] == [], paper.name


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but what the tool itself puts there."""
    files = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(("成果", "台账"))}


def _run(issue: Issue, folder: Path) -> tuple[str | Path, ...]:
    return ("run", folder, "--as-of", issue.day, "--number", str(issue.number), "--json")
