"""记办理 — an act of the office noted in 台账.db: append-only, asked about where it makes no sense.

What was noted by mistake is taken back by a counter-entry; nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from unicodedata import normalize

from rectify_tool import history
from rectify_tool.dates import chinese_day
from rectify_tool.errors import RectifyError, Stop, Way
from rectify_tool.intake import Kept
from rectify_tool.model import (
    ACT_WORDS,
    STEPS,
    WITH_DAY,
    WITH_REASON,
    Act,
    Claim,
    Decision,
    Job,
    Kind,
    Note,
    Outcome,
    Past,
    Record,
    Source,
    Standing,
    Verdict,
    taken_back,
)
from rectify_tool.normalise.decisions import decisions_in_force
from rectify_tool.normalise.names import make_roster, resolve, unit_of_short_name
from rectify_tool.outbox import OUTBOX, held
from rectify_tool.story.examine import examine, load_rules
from rectify_tool.story.gather import work_folder
from rectify_tool.story.progress import Progress


def record(note: Note, progress: Progress | None = None, kept: Kept | None = None) -> Record:
    """记一条 — the act as a new line of the register in 台账.db; it counts from the next run on.

    What was read of the folder before may be ``kept``: it only serves to ask about what makes no sense.

    Raises:
        RectifyError: WRONG_ARGUMENTS (no such item or unit, a reason or a new day is wanting), DECISION_UNCLEAR (it
            makes no sense as things stand, and ``anyway`` is not given), and what `examine` and the history raise.
    """
    folder = work_folder(note.folder)
    _complete(note)
    with held(folder / OUTBOX):
        past = history.read_past(folder)
        known = max([note.day, *(one.as_of for one in past.in_force)])  # what is known by now, not only by that day
        outcome = examine(Job(note.folder, known, note.now, jobs=note.jobs), progress, kept, past)
        decision = _decision(note, outcome)
        doubts = [*_doubts(decision, outcome, past, note.now)]
        if doubts and not note.anyway:
            told = "；".join(doubts)
            raise RectifyError(
                Stop.DECISION_UNCLEAR, f"没有记：{told}。请核对，确实要这样记的，可以照样记。", Way.ANYWAY
            )
        return history.add_record(folder, note.now, decision)


def undo(place: str, serial: int, why: str, by: str, now: datetime) -> Record:
    """撤回 — a counter-entry to the record of that number; the record itself stays.

    Raises:
        RectifyError: WRONG_ARGUMENTS (no such record, already taken back, no reason), and what the history raises.
    """
    folder = work_folder(place)
    if not why.strip():
        raise RectifyError(Stop.WRONG_ARGUMENTS, "撤回要写原因，请写明。", Way.REASON)
    with held(folder / OUTBOX):
        records = history.read_past(folder).records
        if serial not in {one.serial for one in records}:
            known = f"现在有第1条到第{len(records)}条" if records else "还没有记过"
            raise RectifyError(Stop.WRONG_ARGUMENTS, f"台账里没有第{serial}条办理记录，{known}。")
        gone = taken_back(records)
        undone = next((one.serial for one in records if one.undoes == serial and one.serial not in gone), None)
        if undone is not None:
            problem = f"第{serial}条已经由第{undone}条撤回。要恢复它，请撤回第{undone}条。"
            raise RectifyError(Stop.WRONG_ARGUMENTS, problem)
        return history.add_record(folder, now, None, serial, why, by or load_rules(folder).office["sender"])


# ---------------------------------------------------------------- 对象、内容 ----


def _complete(note: Note) -> None:
    word = ACT_WORDS[note.act]
    if note.act in WITH_REASON and not note.why.strip():
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"{word}要写原因，请写明。", Way.REASON)
    if note.act in WITH_DAY and note.new_due is None:
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"{word}要写延到哪一天，请写明。", Way.NEW_DUE)
    if note.act not in WITH_DAY and note.new_due is not None:
        raise RectifyError(Stop.WRONG_ARGUMENTS, f"{word}没有新的时限，不用写延到哪一天。", Way.NO_NEW_DUE)


def _decision(note: Note, outcome: Outcome) -> Decision:
    no, unit = _target(note, outcome)
    lead = next((one.entry.item.lead for one in outcome.verdicts if one.entry.item.no == no), None)
    by = note.by or (note.act is Act.ASK and lead) or outcome.rules.office["sender"]
    return Decision(note.act, no, note.day, note.new_due, note.why, Source(history.DATABASE), unit, by)


def _target(note: Note, outcome: Outcome) -> tuple[str, str | None]:
    """对象 — (item number, None) or ("", unit); only the steps of escalation may be about a unit as a whole."""
    wanted = normalize("NFKC", note.target).strip()
    if any(wanted == one.entry.item.no for one in outcome.verdicts):
        return wanted, None
    if note.act not in STEPS:
        problem = f"没有编号是“{wanted}”的小项；{ACT_WORDS[note.act]}要写小项的编号，一次一项，例：4-2。"
        raise RectifyError(Stop.WRONG_ARGUMENTS, problem)
    rules = outcome.rules
    units = tuple(dict.fromkeys([*outcome.ledger.expected, *rules.roster]))
    roster = make_roster(units, rules)
    found = resolve(wanted, roster)
    unit = found.unit or unit_of_short_name(wanted, roster)
    if unit is None:
        near = f"，是不是“{found.suggestion}”" if found.suggestion else ""
        problem = f"没有编号是“{wanted}”的小项，也没有叫这个名称的单位{near}。请写小项的编号，或者单位的名称。"
        raise RectifyError(Stop.WRONG_ARGUMENTS, problem)
    return "", unit


# ---------------------------------------------------------------- 说不通的 ----


def _doubts(decision: Decision, outcome: Outcome, past: Past, now: datetime) -> Iterator[str]:
    """说不通的地方 — what a careful colleague would ask before writing it down."""
    if decision.day and decision.day > now.date():
        yield f"办理日期{chinese_day(decision.day)}还没有到"
    about = f"小项{decision.no}" if decision.no else str(decision.unit)
    same = next((one for one in decisions_in_force(past.records) if _same(one, decision)), None)
    if same:
        yield f"{about}这一天的{ACT_WORDS[decision.act]}已经记过（{same.source.cell}）"
        return
    verdict = next((one for one in outcome.verdicts if one.entry.item.no == decision.no), None)
    doubt = _DOUBTS.get(decision.act)
    if verdict is not None and doubt is not None:
        told = doubt(verdict, decision)
        if told:
            yield f"{about}{told}"


def _same(one: Decision, other: Decision) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ("act", "no", "unit", "day", "new_due"))


def _closing(verdict: Verdict, decision: Decision) -> str:
    if verdict.standing is Standing.CLOSED:
        return "已经销号"
    later = [one for one in verdict.entry.decisions if one.act in _DECIDES and _after(one, decision)]
    following = min(later, key=lambda one: one.day or date.max, default=None)
    if following is not None and following.act is Act.CLOSE and following.day:
        return f"已经在{chinese_day(following.day)}销号，中间没有重新打开"
    return "" if verdict.claimed is Claim.DONE else "，牵头单位没有报完成，销号的应当是报了完成、经核查的小项"


_DECIDES = (Act.CLOSE, Act.REOPEN, Act.RETURN)


def _after(one: Decision, other: Decision) -> bool:
    return one.day is not None and other.day is not None and one.day > other.day


def _reopening(verdict: Verdict, _: Decision) -> str:
    return "" if verdict.standing is Standing.CLOSED else "没有销号，不用重新打开；要退给单位重改，请记退回"


def _returning(verdict: Verdict, _: Decision) -> str:
    done = verdict.claimed is Claim.DONE or verdict.standing is Standing.CLOSED
    return "" if done else "，牵头单位没有报完成，没有可退回的"


def _extending(verdict: Verdict, decision: Decision) -> str:
    if verdict.standing in (Standing.CLOSED, Standing.FINISHED, Standing.FINISHED_LATE):
        return "已经完成，不用延期"
    due, new = verdict.due, decision.new_due
    if verdict.entry.item.deadline.kind in (Kind.LONG_TERM, Kind.PERIODIC):
        return f"的时限是“{verdict.entry.item.deadline.text}”，没有可以延的日子"
    if due is not None and new is not None and new <= due:
        return f"现在的时限是{chinese_day(due)}，新时限{chinese_day(new)}没有推后"
    if new and decision.day and new < decision.day:
        return f"的新时限{chinese_day(new)}在办理日期以前"
    return ""


_DOUBTS: Mapping[Act, Callable[[Verdict, Decision], str]] = {
    Act.CLOSE: _closing,
    Act.REOPEN: _reopening,
    Act.RETURN: _returning,
    Act.EXTEND: _extending,
    Act.ASK: _extending,
}
