"""核数 — the check that parts add up to totals and every sentence counts what it says, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import (
    DONE,
    Act,
    Book,
    Change,
    Escalation,
    Outcome,
    Paper,
    Sentence,
    Sheet,
    Standing,
    Turn,
    UnitChange,
    Verdict,
)
from rectify_tool.papers.cases import extension, moved_unapproved, sent_back, set_back
from rectify_tool.papers.counts import (
    SHARED,
    SUGGESTED,
    TOLD,
    TURNED,
    Group,
    by_aspect,
    by_lead,
    by_leader,
    by_problem,
    count,
    standing_in,
    units_heard,
)


def check_agreement(outcome: Outcome, paper: Paper | None = None, book: Book | None = None) -> None:
    """核数 — nothing is written unless every figure agrees with every other.

    Standings partition the items; the sums by aspect, lead unit and leader equal the totals; the units heard, missing
    and unreadable partition the expected ones; every sentence counts exactly the items and units its wording names;
    what is said to have changed stood otherwise in the last bulletin; each list sheet holds as many rows as it should.

    Raises:
        RectifyError: FIGURES_DISAGREE, naming the first figure that does not agree.
    """
    for problem in (
        *_items_disagree(outcome),
        *_groups_disagree(outcome.verdicts),
        *_units_disagree(outcome),
        *_sentences_disagree(outcome, paper.sentences if paper else ()),
        *_sheets_disagree(outcome.verdicts, book.sheets if book else ()),
    ):
        raise RectifyError(
            Stop.FIGURES_DISAGREE,
            f"数字对不上，没有写出公文：{problem}。这是程序的问题，不是报送材料的问题，请把本次运行的日志交给维护人员。",
        )


def _items_disagree(outcome: Outcome) -> Iterable[str]:
    verdicts = outcome.verdicts
    nos = [verdict.entry.item.no for verdict in verdicts]
    counts = count(verdicts)
    if len(set(nos)) != len(nos):
        yield "有小项的编号重复"
    if sum(counts[standing.value] for standing in Standing) != counts["items"]:
        yield "各状态之和不等于小项总数"
    if len(outcome.ledger.entries) != len(verdicts):
        yield f"台账有{len(outcome.ledger.entries)}个小项，判定了{len(verdicts)}个"
    for verdict in verdicts:
        if verdict.standing is Standing.OVERDUE and verdict.to_confirm:
            yield f"小项{verdict.entry.item.no}的时限有疑问，却列为逾期"


def _groups_disagree(verdicts: Sequence[Verdict]) -> Iterable[str]:
    total = count(verdicts)
    for what, groups in (
        ("方面", by_aspect(verdicts)),
        ("问题", by_problem(verdicts)),
        ("牵头单位", by_lead(verdicts)),
    ):
        for key, figure in _sum(groups).items():
            if figure != total[key]:
                yield f"按{what}合计的{key}是{figure}，总数是{total[key]}"
    times = sum(max(1, len(set(verdict.entry.item.leaders))) for verdict in verdicts)
    if _sum(by_leader(verdicts))["items"] != times:
        yield "按责任领导合计的人次对不上"


def _sum(groups: Sequence[Group]) -> dict[str, int]:
    total = count(())
    for group in groups:
        for key, figure in count(group.verdicts).items():
            total[key] += figure
    return total


def _units_disagree(outcome: Outcome) -> Iterable[str]:
    ledger = outcome.ledger
    parts = [unit for units in units_heard(ledger).values() for unit in units]
    if sorted(parts) != sorted(ledger.expected):
        yield f"责任单位{len(ledger.expected)}个，已报送、未报送、不能读取的合计{len(parts)}个"


_COUNTED: Mapping[str, tuple[Standing, ...]] = {
    "total": tuple(Standing),
    "total_one": tuple(Standing),
    "closed": (Standing.CLOSED,),
    "closed_one": (Standing.CLOSED,),
    "finished_late": (Standing.FINISHED_LATE,),
    "finished_late_one": (Standing.FINISHED_LATE,),
    "rate_total": DONE,
    "overdue_lead": (Standing.OVERDUE,),
    "late_lead": (Standing.FINISHED_LATE,),
    "due_soon_lead": (Standing.DUE_SOON,),
    "due_soon_many": (Standing.DUE_SOON,),
}
"""每句应数的小项 — the sentences that stand once in a bulletin, and the standings each must count in full."""

_FLAGGED: Mapping[str, Callable[[Verdict], bool]] = {
    "to_confirm": lambda verdict: verdict.to_confirm,
    "confirm_lead": lambda verdict: verdict.to_confirm,
    **dict.fromkeys(
        ("not_reported", "not_reported_one"), lambda verdict: verdict.not_reported and verdict.standing not in DONE
    ),
    "next_returned": lambda verdict: _returned(verdict, Act.RETURN),
    "next_reopened": lambda verdict: _returned(verdict, Act.REOPEN),
    "rate_due": lambda verdict: verdict.passed and verdict.standing in DONE,
    "rate_due_all": lambda verdict: verdict.passed and verdict.standing in DONE,
}

_RULED: Mapping[str, Callable[[Outcome], Iterable[Verdict]]] = {
    "change_extended": lambda outcome: _relieved(outcome, extended=True, moved=False),
    "change_moved": lambda outcome: _relieved(outcome, extended=False, moved=True),
    "change_relieved": lambda outcome: _relieved(outcome, extended=False, moved=False),
    "change_returned": lambda outcome: set_back(outcome.change, outcome.job.as_of, Act.RETURN),
    "change_reopened": lambda outcome: set_back(outcome.change, outcome.job.as_of, Act.REOPEN),
    "went_back": lambda outcome: (one for one in outcome.change.turned(Turn.WENT_BACK) if sent_back(one) is None),
    "put_back": lambda outcome: _set_back(outcome, Act.RETURN),
    "reopened": lambda outcome: _set_back(outcome, Act.REOPEN),
    "moved": lambda outcome: (verdict for verdict, _ in moved_unapproved(outcome.change)),
}
"""按规则应数的小项 — where a change is told in several sentences, or more than the change is told."""


def _returned(verdict: Verdict, act: Act) -> bool:
    """报完成而不算 — for this act of the office, nothing newer having come."""
    back = sent_back(verdict)
    return back is not None and back.act is act


def _relieved(outcome: Outcome, *, extended: bool, moved: bool) -> Iterable[Verdict]:
    away = {verdict.entry.item.no for verdict, _ in moved_unapproved(outcome.change)}
    for one in outcome.change.turned(Turn.RELIEVED):
        if (extension(one) is not None, one.entry.item.no in away) == (extended, moved):
            yield one


def _set_back(outcome: Outcome, act: Act) -> Iterable[Verdict]:
    """退回、重新打开 — now, or before and not sent again; of the overdue it is told where they are named overdue."""
    now = {one.entry.item.no for one in set_back(outcome.change, outcome.job.as_of, act)}
    for one in outcome.verdicts:
        told = one.standing is Standing.OVERDUE and sent_back(one)
        if not told and (_returned(one, act) or one.entry.item.no in now):
            yield one


_BACK = (*DONE, Standing.LONG_TERM)
"""可以由此转为未完成的 — a long-term item may be done and still go on."""

_BEFORE: Mapping[Turn, Callable[[Standing, Standing], bool]] = {
    Turn.FINISHED: lambda then, now: then not in DONE and now in DONE,
    Turn.CLOSED: lambda then, now: then is not Standing.CLOSED and now is Standing.CLOSED,
    Turn.OVERDUE: lambda then, now: then is not Standing.OVERDUE and now is Standing.OVERDUE,
    Turn.RELIEVED: lambda then, now: then is Standing.OVERDUE and now is not Standing.OVERDUE,
    Turn.LONG_TERM: lambda then, now: then is not Standing.LONG_TERM and now is Standing.LONG_TERM,
    Turn.WENT_BACK: lambda then, now: then in _BACK and now not in DONE,
    Turn.RETURNED: lambda then, now: then in _BACK and now not in DONE,
    Turn.REOPENED: lambda then, now: then in _BACK and now is not Standing.CLOSED,
}
"""上期与本期 — how an item that is said to have changed must have stood then, and stand now."""

_UNITS_TURNED: Mapping[str, Callable[[UnitChange], bool]] = {
    "change_started": lambda one: one.started,
    "change_stopped": lambda one: one.stopped,
    "missing_run": lambda one: one.silent_run > 1,
}


def _sentences_disagree(outcome: Outcome, sentences: Sequence[Sentence]) -> Iterable[str]:
    standings = {verdict.entry.item.no: verdict.standing for verdict in outcome.verdicts}
    for sentence in sentences:
        if len(set(sentence.nos)) != len(sentence.nos) or not standings.keys() >= {*sentence.nos, *sentence.of}:
            yield f"“{sentence.text}”所指的小项重复或不在台账中"
        if len(set(sentence.units)) != len(sentence.units):
            yield f"“{sentence.text}”所指的单位重复"
        should = _should_count(outcome, sentence.name)
        if should is not None and set(sentence.nos) != should:
            yield f"“{sentence.text}”应数{len(should)}项，数了{len(sentence.nos)}项"
        named = _should_name(outcome, sentence.name)
        if named is not None and set(sentence.units) != named:
            yield f"“{sentence.text}”应说到{len(named)}个单位，说了{len(sentence.units)}个"
        strays = _not_turned(outcome.change, sentence)
        if strays:
            yield f"“{sentence.text}”数进了没有这种变化的小项{'、'.join(strays)}"
        counted = _may_count(sentence.name)
        stray = [no for no in sentence.nos if standings.get(no) not in counted]
        if stray:
            yield f"“{sentence.text}”数进了别的状态的小项{'、'.join(stray)}"
        slots = outcome.rules.wording.get(sentence.name, "")
        for slot, figure in (("{n}", len(sentence.nos)), ("{u}", len(sentence.units)), ("{total}", len(sentence.of))):
            if slot in slots and str(figure) not in sentence.text:
                yield f"“{sentence.text}”的数字应是{figure}"


def _may_count(name: str) -> tuple[Standing | None, ...]:
    """分项语句只数本项 — all_overdue, some_overdue, one_overdue count overdue items and no others."""
    how, _, kind = name.partition("_")
    if how not in ("all", "some", "one"):
        return (*Standing, None)  # an item not in the ledger is told of already
    return TOLD.get(kind, tuple(Standing))


def _should_count(outcome: Outcome, name: str) -> set[str] | None:
    verdicts = outcome.verdicts
    if name in _COUNTED:
        return {verdict.entry.item.no for verdict in standing_in(verdicts, *_COUNTED[name])}
    if name in _FLAGGED:
        return {verdict.entry.item.no for verdict in verdicts if _FLAGGED[name](verdict)}
    if _turn_of(name) in _RULED:
        return {verdict.entry.item.no for verdict in _RULED[_turn_of(name)](outcome)}
    turn = TURNED.get(_turn_of(name))
    if turn and turn not in SHARED:
        return {verdict.entry.item.no for verdict in outcome.change.turned(turn)}
    if name in SUGGESTED:
        return {one.no for one in outcome.change.escalations if one.no and _open(one, SUGGESTED[name])}
    return None


def _should_name(outcome: Outcome, name: str) -> set[str] | None:
    if _turn_of(name) in _UNITS_TURNED:
        return {one.unit for one in outcome.change.units if _UNITS_TURNED[_turn_of(name)](one)}
    if name in SUGGESTED:
        return {one.unit for one in outcome.change.escalations if one.unit and _open(one, SUGGESTED[name])}
    return None


def _open(escalation: Escalation, step: Act) -> bool:
    """建议而未办 — suggested, and not recorded yet."""
    return escalation.step is step and not escalation.done


def _turn_of(name: str) -> str:
    """同一种变化 — went_back_lead and went_back_one count the same items."""
    return name.removesuffix("_lead").removesuffix("_one").removesuffix("_all")


def _not_turned(change: Change, sentence: Sentence) -> list[str]:
    """没有变化的 — items a sentence says have changed, though they stood as they do now or did not stand there."""
    turn = TURNED.get(_turn_of(sentence.name))
    stood = _BEFORE.get(turn) if turn else None
    if stood is None:
        return []
    states = {one.verdict.entry.item.no: (one.before, one.verdict.standing) for one in change.items}
    told = [(no, *states[no]) for no in sentence.nos if no in states]
    return [no for no, before, now in told if before is None or not stood(before.standing, now)]


_LISTED: Mapping[str, tuple[Standing, ...]] = {
    "台账": tuple(Standing),
    "逾期": (Standing.OVERDUE,),
    "临期": (Standing.DUE_SOON,),
    "待销号": (Standing.FINISHED, Standing.FINISHED_LATE),
    "长期坚持": (Standing.LONG_TERM,),
}
"""清单页应有的小项 — which standings each list sheet holds."""


def _sheets_disagree(verdicts: Sequence[Verdict], sheets: Sequence[Sheet]) -> Iterable[str]:
    for sheet in sheets:
        if sheet.name in _LISTED:
            figure, rows = len(standing_in(verdicts, *_LISTED[sheet.name])), len(sheet.tables[0].rows)
            if figure != rows:
                yield f"“{sheet.name}”应有{figure}行，写了{rows}行"
