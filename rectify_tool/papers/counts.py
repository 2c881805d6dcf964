"""计数 — the figures of a run, each from the verdicts themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rectify_tool.model import DONE, HEARD_WORDS, Act, Ledger, Standing, Turn, Verdict

CLASSES: tuple[tuple[str, tuple[Standing, ...]], ...] = (
    ("done", DONE),
    ("on_track", (Standing.ON_TRACK,)),
    ("due_soon", (Standing.DUE_SOON,)),
    ("overdue", (Standing.OVERDUE,)),
    ("long_term", (Standing.LONG_TERM,)),
    ("undated", (Standing.UNDATED,)),
)
"""分项 — the classes a total is told by; together they are all standings, each once."""

TOLD: Mapping[str, tuple[Standing, ...]] = {
    **dict(CLASSES),
    "waiting": (Standing.ON_TRACK,),
    "done_closed": (Standing.CLOSED,),
    "done_late": (Standing.FINISHED_LATE,),
}
"""分项的说法 — the standings each counts: the classes, and what some groups are called more exactly."""

TURNED: Mapping[str, Turn] = {
    "change_finished": Turn.FINISHED,
    "change_closed": Turn.CLOSED,
    "change_overdue": Turn.OVERDUE,
    "change_long_term": Turn.LONG_TERM,
    "change_extended": Turn.RELIEVED,
    "change_moved": Turn.RELIEVED,
    "change_relieved": Turn.RELIEVED,
    "change_went_back": Turn.WENT_BACK,
    "change_returned": Turn.RETURNED,
    "change_reopened": Turn.REOPENED,
    "change_later": Turn.DUE_LATER,
    "change_earlier": Turn.DUE_EARLIER,
    "change_added": Turn.ADDED,
    "same_text": Turn.SAME_TEXT,
    "near_text": Turn.NEAR_TEXT,
}
"""较上期的说法 — the change each sentence tells of, all its items but where several sentences share them (`SHARED`)."""

SHARED = (Turn.RELIEVED, Turn.RETURNED, Turn.REOPENED)
"""分开说的变化 — no longer overdue, by the reason; no longer done by the office's word, by its act."""

SUGGESTED: Mapping[str, Act] = {
    "escalate_letter": Act.LETTER,
    "escalate_talk": Act.TALK,
    "escalate_accountability": Act.ACCOUNTABILITY,
}
"""建议的步骤 — the sentences that suggest one; calling is the weekly routine, of which a bulletin does not speak."""

UNNAMED = "（未明确）"


@dataclass(frozen=True, slots=True)
class Group:
    """分组 — the verdicts of one aspect, unit, leader or problem, in ledger order."""

    name: str
    verdicts: tuple[Verdict, ...]


def count(verdicts: Sequence[Verdict]) -> dict[str, int]:
    """计数 — the ``counts`` object of the JSON answer; standings are parts of ``items``, the last two cut across."""
    standings = [verdict.standing for verdict in verdicts]
    counts = {"items": len(verdicts)}
    counts |= {standing.value: standings.count(standing) for standing in Standing}
    counts["not_reported"] = sum(verdict.not_reported for verdict in verdicts)
    counts["to_confirm"] = sum(verdict.to_confirm for verdict in verdicts)
    return counts


def standing_in(verdicts: Iterable[Verdict], *standings: Standing) -> tuple[Verdict, ...]:
    """某几种状态的小项 — in ledger order."""
    return tuple([verdict for verdict in verdicts if verdict.standing in standings])


def nearest_first(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """由急到缓 — by days left: the longest overdue first, the nearest due day first; ledger order among equals."""
    return tuple(sorted(verdicts, key=lambda verdict: verdict.days_left or 0))


def by_aspect(verdicts: Iterable[Verdict]) -> tuple[Group, ...]:
    """按方面 — in the order of the breakdown; "" holds the items of no aspect."""
    return _grouped(verdicts, lambda verdict: (verdict.entry.item.aspect,))


def by_problem(verdicts: Iterable[Verdict]) -> tuple[Group, ...]:
    """按问题 — in the order of the breakdown."""
    return _grouped(verdicts, lambda verdict: (verdict.entry.item.problem,))


def by_lead(verdicts: Iterable[Verdict]) -> tuple[Group, ...]:
    """按牵头单位 — every item once; items without a lead unit stand under （未明确）."""
    return _grouped(verdicts, lambda verdict: (verdict.entry.item.lead or UNNAMED,))


def by_leader(verdicts: Iterable[Verdict], order: Sequence[str] = ()) -> tuple[Group, ...]:
    """按责任领导 — an item with several leaders stands once under each; by rank (口径), items without one last.

    Of a leader with several posts (区委常委、副区长) the highest counts.
    """
    rank = {post: at for at, post in enumerate(order)}

    def ranked(group: Group) -> tuple[bool, int]:
        posts = group.name.split("、")
        return group.name == UNNAMED, min(rank.get(post, len(rank)) for post in (group.name, *posts))

    groups = _grouped(verdicts, lambda verdict: tuple(dict.fromkeys(verdict.entry.item.leaders)) or (UNNAMED,))
    return tuple(sorted(groups, key=ranked))


def should_be_done(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """应完成 — the denominator of the stricter rate: items whose day has passed (not the day itself), done or overdue.

    What is long-term, undated or not due yet is none of them, even where it is done.
    """
    return tuple([one for one in verdicts if one.passed and one.standing in (*DONE, Standing.OVERDUE)])


def scope(verdicts: Sequence[Verdict]) -> tuple[int, int]:
    """涉及 — how many aspects and problems; 0 where that tells nothing: one aspect, or each item its own problem."""
    aspects, problems = (sum(1 for one in groups if one.name) for groups in (by_aspect(verdicts), by_problem(verdicts)))
    if not 1 < problems < len(verdicts):
        return 0, 0
    return (aspects if aspects > 1 else 0), problems


def units_heard(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """报送情况 — the responsible units by what came of them; the carried are among the missing."""
    reported, unreadable = set(ledger.reported), set(ledger.unreadable)
    return {
        "reported": tuple(unit for unit in ledger.expected if unit in reported),
        "missing": ledger.missing,
        "unreadable": tuple(unit for unit in ledger.expected if unit in unreadable),
    }


IDLE = "未报送（各项均已完成）"
"""不必再报的 — how a unit is listed that sent nothing and has nothing open; nobody asks it for a report."""


def owing(verdicts: Iterable[Verdict]) -> frozenset[str]:
    """还有事的单位 — those with a part in an item that is not done."""
    return frozenset(unit for one in verdicts if one.standing not in DONE for unit in one.entry.item.units)


def how_heard(ledger: Ledger, verdicts: Iterable[Verdict]) -> dict[str, str]:
    """各单位的报送情况 — in words, by unit."""
    idle = {*ledger.missing} - owing(verdicts)
    return {unit: IDLE if unit in idle else HEARD_WORDS[ledger.heard(unit)] for unit in ledger.expected}


def percent(part: int, whole: int) -> str:
    """百分比 — one decimal, half up, without a needless ".0"; only the whole is 100% and only nothing is 0%."""
    if whole == 0:
        return "—"
    exact = Decimal(part * 100) / Decimal(whole)
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if 0 < part < whole:
        shown = min(max(shown, Decimal("0.1")), Decimal("99.9"))
    text = format(shown, "f")
    return text.removesuffix(".0") + "%"


def _grouped(verdicts: Iterable[Verdict], names: Callable[[Verdict], tuple[str, ...]]) -> tuple[Group, ...]:
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        for name in names(verdict):
            groups.setdefault(name, []).append(verdict)
    return tuple(Group(name, tuple(members)) for name, members in groups.items())
