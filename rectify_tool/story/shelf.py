"""成果架 — the sets of papers under 成果/ as a face lists them: which is of record, which was worked on since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rectify_tool.dates import chinese_day
from rectify_tool.model import Past, Published
from rectify_tool.model.screen import PaperSet
from rectify_tool.outbox import MANIFEST, SUMMARY_NAME, bulletin_name, read_manifest, sets, sha256_of


def paper_sets(outbox: Path, past: Past, files: Mapping[str, str]) -> tuple[PaperSet, ...]:
    """各次的成果 — every set that is whole, the one written last at the end; empty where nothing was written yet.

    ``files`` are those of the work folder now, each with its SHA-256.
    """
    found = sets(outbox)
    return tuple(_paper_set(place, past, files, last=place is found[-1]) for place in found)


def changes_between(was: Mapping[str, str], now: Mapping[str, str]) -> str:
    """文件有什么变化 — in words, between two listings of names and SHA-256; "" where they are the same."""
    changed = (
        ("新放进来", [one for one in now if one not in was]),
        ("改过", [one for one in now if one in was and now[one] != was[one]]),
        ("不见了", [one for one in was if one not in now]),
    )
    return "；".join(f"{what}：{_some(files)}" for what, files in changed if files)


def _some(files: list[str]) -> str:
    listed = "、".join(f"“{file}”" for file in files[:5])
    return listed + (f"等{len(files)}个" if len(files) > 5 else "")


def _paper_set(place: Path, past: Past, files: Mapping[str, str], *, last: bool) -> PaperSet:
    facts = read_manifest(place)
    number = facts.get("number")
    number = number if isinstance(number, int) else 0
    inputs = facts.get("inputs")
    papers = tuple(_papers(place, facts, number))
    of_record = [one for one in past.published if one.folder == place.name and _same_papers(one, facts["outputs"])]
    return PaperSet(
        name=place.name,
        folder=str(place.resolve()),
        as_of=_day(facts.get("as_of")),
        number=number,
        made=_moment(facts.get("made")),
        published="；".join(_told(one, past) for one in of_record),
        last=last,
        papers=tuple(str(paper.resolve()) for paper in papers),
        edited=tuple(paper.name for paper in papers if _edited(place, paper, facts["outputs"])),
        edition=_edition(of_record[-1], past) if of_record else 0,
        superseded=bool(of_record) and _superseded(of_record[-1], past),
        template=str(facts.get("template", "")),
        overtaken=changes_between(inputs, files) if last and not of_record and isinstance(inputs, Mapping) else "",
    )


def _papers(place: Path, facts: Mapping[str, Any], number: int) -> Iterator[Path]:
    """套内的材料 — those 清单.json lists that are there, the bulletin first, then the summary."""
    first = (bulletin_name(number), SUMMARY_NAME)
    for name in (*first, *(one for one in facts["outputs"] if one not in first)):
        if name in facts["outputs"] and (place / name).is_file():
            yield place / name


def _edited(place: Path, paper: Path, listed: Mapping[str, str]) -> bool:
    """改过 — no longer what was written; what is older than 清单.json, which is written last, was not touched since."""
    try:
        written, now = (place / MANIFEST).stat(), paper.stat()
        if now.st_mtime_ns <= written.st_mtime_ns and now.st_ctime_ns <= written.st_ctime_ns:
            return False
        return sha256_of(paper) != listed[paper.name]
    except OSError:
        return False


def _told(one: Published, past: Past) -> str:
    """定稿的说法 — of a publishing of this very set; a later correction of its number is told first."""
    what = "更正后再次定稿" if one.why else "定稿"
    told = f"第{one.number}期{what}，{chinese_day(one.published.date())}"
    return f"已由更正稿代替；原{told}" if _superseded(one, past) else told


def _superseded(one: Published, past: Past) -> bool:
    """已由更正稿代替 — a later publishing of its number is the one in force."""
    in_force = past.of(one.year, one.number)
    return in_force is not None and in_force.serial != one.serial


def _edition(of_record: Published, past: Past) -> int:
    """第几稿 — counted as reprinting counts them."""
    same = [one for one in past.published if (one.year, one.number) == (of_record.year, of_record.number)]
    return 1 + same.index(of_record)


def _same_papers(one: Published, listed: Mapping[str, str]) -> bool:
    """就是这一套 — the bulletin and the summary are byte for byte those of record; a PDF may have come later."""
    papers = {name: digest for name, digest in one.outputs.items() if name.endswith((".docx", ".xlsx"))}
    return all(listed.get(name) == digest for name, digest in papers.items())


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None
