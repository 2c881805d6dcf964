"""定稿 — make the last run the bulletin of record, and write a published one again exactly."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rectify_tool import __version__, history
from rectify_tool.change import misplaced, snapshot
from rectify_tool.dates import chinese_day
from rectify_tool.errors import RectifyError, Stop, Way, refusal
from rectify_tool.findings import Code
from rectify_tool.model import Job, Outcome, Past, Published, Wish
from rectify_tool.outbox import MANIFEST, OUTBOX, deliver, held, made_at, read_manifest, sets
from rectify_tool.papers.answer import judged
from rectify_tool.story.examine import examine
from rectify_tool.story.gather import work_folder
from rectify_tool.story.progress import Progress, phase
from rectify_tool.story.shelf import changes_between

REPRINTS = "重印"
"""重印的文件夹 — under 成果/: published bulletins written again."""

_BLOCKING = (
    Code.CELLS_DIFFER,
    Code.BREAKDOWN_UNREAD,
    Code.BREAKDOWN_DRAFT,
    Code.REGISTER_GONE,
    Code.DECISION_GONE,
    Code.DECISION_ITEM_GONE,
    Code.MATTER_CHANGED,
)
"""不处理好不能定稿的 — unless it is accepted with a reason."""


def publish(wish: Wish, progress: Progress | None = None) -> Published:
    """定稿 — record the last run: every standing and word, findings, sources and papers, with their digests.

    Every file is read from the disk once more, whatever was read of the folder before: what is of record is proven.

    Raises:
        RectifyError: NOTHING_TO_PUBLISH, OUT_OF_ORDER (published already, or its day is not after the last one's),
            CANNOT_PUBLISH (papers or inputs are no longer what 清单.json says, or a difference is not accepted),
            and what `examine` and the history raise. Nothing is recorded then.
    """
    folder = work_folder(wish.folder)
    outbox = Path(wish.out) if wish.out else folder / OUTBOX
    with ExitStack() as both:
        for one in {(folder / OUTBOX).resolve(), outbox.resolve()}:
            if one.is_dir() or not wish.out:
                both.enter_context(held(one))
        place = _chosen(outbox, wish)
        made = _made(place)
        _has_come(made.as_of, made.number, wish.now.date())
        past = history.read_past(folder)
        _in_order(past, made.as_of, made.number, wish.correct)
        papers = _papers(place, made.outputs)
        job = Job(wish.folder, made.as_of, wish.now, made.number, wish.out, wish.jobs)
        outcome = examine(job, progress, past=past)
        _unchanged(outcome, made)
        _accepted(outcome, wish.accept)
        record = replace(
            snapshot(outcome, __version__),
            folder=place.name,
            why=wish.correct,
            accepted=wish.accept,
            outputs={name: hashlib.sha256(data).hexdigest() for name, data in papers.items()},
        )
        phase(progress, len(outcome.ledger.files), "正在记入台账")
        return history.publish(folder, record, papers)


def reprint(
    place: str, number: int, year: int | None = None, edition: int | None = None, out: str | None = None
) -> tuple[Published, Path]:
    """重印 — the papers of a published bulletin, byte for byte, in 成果/重印/.

    Args:
        place: The work folder.
        number: The number of the bulletin.
        year: The year its number runs in; None for the latest that has one.
        edition: Which of its publishings, from 1; None for the one in force.
        out: Where to write instead of 成果/重印.

    Raises:
        RectifyError: NOT_PUBLISHED, HISTORY_UNUSABLE, FOLDER_IN_USE, CANNOT_WRITE.
    """
    folder = work_folder(place)
    wanted = _published(history.read_past(folder), number, year, edition)
    papers = history.papers_of(folder, wanted.serial)

    def write(fresh: Path) -> None:
        for name, data in papers.items():
            (fresh / name).write_bytes(data)

    outbox = Path(out) if out else folder / OUTBOX / REPRINTS
    with held(outbox):
        return wanted, deliver(outbox, wanted.folder, write).folder.resolve()


# ---------------------------------------------------------------- 选定、次序 ----


def _chosen(outbox: Path, wish: Wish) -> Path:
    """选定 — the run written last, of that number where one is given, and no other than the one confirmed."""
    number = wish.number
    found = [place for place in sets(outbox) if number in (None, read_manifest(place).get("number"))]
    if not found:
        which = f"第{number}期的" if number else ""
        problem = f"“{outbox}”里没有{which}专报，请先生成专报，看过以后再定稿。"
        raise RectifyError(Stop.NOTHING_TO_PUBLISH, problem, Way.GENERATE)
    if wish.made and not made_at(found[-1], wish.made):
        problem = f"没有定稿：您看过以后，“{found[-1].name}”又写过一次，不是同一套了。请看过新的一套，再定稿。"
        raise RectifyError(Stop.CANNOT_PUBLISH, problem)
    return found[-1]


@dataclass(frozen=True, slots=True)
class _Made:
    """清单所记 — what a run was made for and from, as its 清单.json says."""

    as_of: date
    number: int
    judged: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


def _made(place: Path) -> _Made:
    facts = read_manifest(place)
    if "judged" not in facts:
        raise _refused(f"“{place.name}”是旧版本的程序写的")
    try:
        day = date.fromisoformat(facts["as_of"])
        return _Made(day, int(facts["number"]), facts["judged"], dict(facts["inputs"]), facts["outputs"])
    except (KeyError, TypeError, ValueError) as error:
        raise _refused(f"“{place.name}”里的“{MANIFEST}”被改过，读不懂了") from error


def _has_come(as_of: date, number: int, today: date) -> None:
    if as_of > today:
        raise RectifyError(
            Stop.OUT_OF_ORDER,
            f"没有定稿：第{number}期的基准日是{chinese_day(as_of)}，还没有到（今天是{chinese_day(today)}）。"
            "请核对基准日和电脑的日期，用对的基准日重新生成专报，再定稿。",
            Way.GENERATE,
        )


def _in_order(past: Past, as_of: date, number: int, correct: str) -> None:
    """核对次序 — numbers and as-of days go on together; what is published needs a reason to be published again."""
    same = past.of(as_of.year, number)
    if same and not correct.strip():
        raise RectifyError(
            Stop.OUT_OF_ORDER,
            f"第{number}期（{chinese_day(same.as_of)}）已经定稿。要更正，请写明更正的原因，原来的一稿也会留着；"
            f"是新的一期，请用期号{past.next_number(as_of.year)}重新生成专报，再定稿。",
            Way.CORRECT,
        )
    if correct.strip() and not same:
        raise RectifyError(Stop.OUT_OF_ORDER, f"第{number}期还没有定过稿，不用写更正的原因。", Way.NOT_CORRECT)
    other = misplaced(past, as_of, number)
    if other is not None:
        raise RectifyError(
            Stop.OUT_OF_ORDER,
            f"第{number}期的基准日是{chinese_day(as_of)}，和已经定稿的第{other.number}期（{chinese_day(other.as_of)}）"
            "次序不对：期号在后的，基准日也要在后，而且不能补在已定稿的期前面。"
            "请核对期号、基准日和电脑的日期，改正后重新生成专报，再定稿。"
            f"是第{other.number}期的基准日写错了的，用对的基准日、同一个期号重新生成专报，再定稿，并写明更正的原因。",
            Way.GENERATE,
        )


def _published(past: Past, number: int, year: int | None, edition: int | None) -> Published:
    found = [one for one in past.published if one.number == number and year in (None, one.year)]
    found = [one for one in found if one.year == max(other.year for other in found)]
    if not found:
        known = "、".join(f"{one.year}年第{one.number}期" for one in past.in_force) or "还没有定过稿"
        which = f"{year}年第{number}期" if year else f"第{number}期"
        raise RectifyError(Stop.NOT_PUBLISHED, f"{which}没有定过稿。已经定稿的有：{known}。")
    if edition is not None and not 1 <= edition <= len(found):
        raise RectifyError(Stop.NOT_PUBLISHED, f"第{number}期一共定过{len(found)}稿，没有第{edition}稿。")
    return found[edition - 1 if edition else -1]


# ---------------------------------------------------------------- 核对 ----


def _papers(place: Path, listed: Mapping[str, str]) -> dict[str, bytes]:
    """待定稿的材料 — each as it was written, the manifest with them; a PDF that is wanting can be made again."""
    papers: dict[str, bytes] = {}
    changed: list[str] = []
    for name, digest in listed.items():
        try:
            papers[name] = (place / name).read_bytes()
        except FileNotFoundError:
            changed += [] if name.endswith(".pdf") else [f"“{name}”不见了"]
            continue
        except OSError as error:
            raise _refused(f"“{place.name}”里的“{name}”打不开（{refusal(error)}）") from error
        if hashlib.sha256(papers[name]).hexdigest() != digest:
            changed.append(f"“{name}”写出以后被改过")
    if changed:
        raise _refused(f"“{place.name}”里的{'，'.join(changed)}")
    return {**papers, MANIFEST: (place / MANIFEST).read_bytes()}


def _unchanged(outcome: Outcome, made: _Made) -> None:
    """核对依据 — the files in the work folder, and all that follows from them, are those the papers were made from."""
    now = {record.file: record.sha256 for record in outcome.ledger.files}
    changed = changes_between(made.inputs, now)
    if changed:
        raise _refused(f"运行以后，文件夹里的文件变了（{changed}）")
    if made.judged != judged(outcome):
        raise _refused("运行以后，办理记录、口径或已定稿的往期变了，专报上的判定与现在的不一样")


def _refused(why: str) -> RectifyError:
    return RectifyError(Stop.CANNOT_PUBLISH, f"没有定稿：{why}。请重新生成专报，看过以后再定稿。", Way.GENERATE)


def _accepted(outcome: Outcome, accept: str) -> None:
    """对账 — a difference of the cells, or what is gone of the office's own, blocks unless accepted with a reason."""
    blocking = [one for one in outcome.findings if one.code in {code.code for code in _BLOCKING}]
    if blocking and not accept.strip():
        told = "；".join(str(one) for one in blocking)
        raise RectifyError(
            Stop.CANNOT_PUBLISH,
            f"没有定稿：{told}。请先处理；核对过原件、确认不影响的，写明原因再定稿。",
            Way.ACCEPT,
        )
