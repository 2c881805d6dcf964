"""计数 — the figures of a run, each from the verdicts themselves, and the check that parts add up to totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import Book, Ledger, Outcome, Paper, Sentence, Sheet, Standing, Verdict

DONE = (Standing.CLOSED, Standing.FINISHED, Standing.FINISHED_LATE)
"""完成 — closed is a part of it, never an addend."""

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

HEARD_WORDS = {"reported": "已报送", "missing": "未报送", "unreadable": "收到，不能读取"}
"""报送情况 — what came of a unit, in words."""

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
    """报送情况 — the responsible units by what came of them (`HEARD_WORDS`); units of no item stand in none."""
    reported, unreadable = set(ledger.reported), set(ledger.unreadable)
    return {
        "reported": tuple(unit for unit in ledger.expected if unit in reported),
        "missing": ledger.missing,
        "unreadable": tuple(unit for unit in ledger.expected if unit in unreadable),
    }


def how_heard(ledger: Ledger) -> dict[str, str]:
    """各单位的报送情况 — in words, by unit."""
    return {unit: HEARD_WORDS[name] for name, units in units_heard(ledger).items() for unit in units}


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


def check_agreement(outcome: Outcome, paper: Paper | None = None, book: Book | None = None) -> None:
    """核数 — nothing is written unless every figure agrees with every other.

    Standings partition the items; the sums by aspect, lead unit and leader equal the totals; the units heard, missing
    and unreadable partition the expected ones; every sentence counts exactly the items its wording names; each list
    sheet holds as many rows as the count it lists.

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


def _grouped(verdicts: Iterable[Verdict], names: Callable[[Verdict], tuple[str, ...]]) -> tuple[Group, ...]:
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        for name in names(verdict):
            groups.setdefault(name, []).append(verdict)
    return tuple(Group(name, tuple(members)) for name, members in groups.items())


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
    "not_reported": lambda verdict: verdict.not_reported and verdict.standing is not Standing.CLOSED,
    "rate_due": lambda verdict: verdict.passed and verdict.standing in DONE,
    "rate_due_all": lambda verdict: verdict.passed and verdict.standing in DONE,
}


def _sentences_disagree(outcome: Outcome, sentences: Sequence[Sentence]) -> Iterable[str]:
    standings = {verdict.entry.item.no: verdict.standing for verdict in outcome.verdicts}
    for sentence in sentences:
        if len(set(sentence.nos)) != len(sentence.nos) or not standings.keys() >= {*sentence.nos, *sentence.of}:
            yield f"“{sentence.text}”所指的小项重复或不在台账中"
        if len(set(sentence.units)) != len(sentence.units):
            yield f"“{sentence.text}”所指的单位重复"
        should = _should_count(outcome.verdicts, sentence.name)
        if should is not None and set(sentence.nos) != should:
            yield f"“{sentence.text}”应数{len(should)}项，数了{len(sentence.nos)}项"
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


def _should_count(verdicts: Sequence[Verdict], name: str) -> set[str] | None:
    if name in _COUNTED:
        return {verdict.entry.item.no for verdict in standing_in(verdicts, *_COUNTED[name])}
    if name in _FLAGGED:
        return {verdict.entry.item.no for verdict in verdicts if _FLAGGED[name](verdict)}
    return None


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
