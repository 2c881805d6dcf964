"""较上期 — the sheet that holds this bulletin against the last published one: items, units, and steps suggested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from rectify_tool.model import (
    CLAIM_WORDS,
    HEARD_WORDS,
    STANDING_WORDS,
    TURN_WORDS,
    Act,
    Decision,
    Escalation,
    ItemChange,
    Published,
    PublishedItem,
    Ref,
    Sheet,
    SheetColumn,
    SheetTable,
    Standing,
    Turn,
    UnitChange,
)
from rectify_tool.papers.counts import UNNAMED, standing_in
from rectify_tool.papers.sheets import (
    LAMPS,
    SUGGESTED,
    Draft,
    Row,
    counted,
    day,
    decided,
    fitting,
    lamp,
    shortened,
    stacked,
    suggested,
    taken,
    text,
    whole,
    word,
)
from rectify_tool.papers.speech import brief, numbers_of, ordinal, quoted, spoken_day

NAME = "较上期"

_NOTHING_YET = (
    word("编号", 8),
    text("小项内容", 40),
    text("牵头单位", 18),
    word("上期", 14),
    word("本期", 14),
    text("变化", 40),
)
_TURNED = (whole("序号", 8), text("变化", 30), whole("个数", 14), text("哪些", 18))
_ITEMS = (
    word("编号", 8),
    text("小项内容", 30),
    text("牵头单位", 14),
    word("上期", 18),
    word("本期", 18),
    text("变化", 20),
    whole("时限移动\n（天）", 9),
    whole("连续逾期\n（期）", 9),
    text("说明", 38),
)
_UNITS = (
    whole("序号", 8),
    text("单位", 30),
    whole("牵头小项", 14),
    word("上期", 18),
    word("本期", 18),
    text("变化", 20),
    whole("其中逾期", 9),
    whole("连续未报\n（期）", 9),
    text("牵头小项编号", 38),
)
_STEPS = (
    word("小项", 8),
    text("事由", 30),
    text("单位", 14),
    whole("连续（期）", 18),
    word("建议", 18),
    text("已办", 20),
)
_DROPPED = (
    word("编号", 8),
    text("小项内容", 30),
    text("牵头单位", 14),
    word("上期", 18),
    day("上期到期日", 18),
    text("上期进展", 20),
)
_DRIFTED, _STILL = "其他状态变化", "仍然逾期"
_BESIDE_STANDING = frozenset({Turn.DUE_LATER, Turn.DUE_EARLIER, Turn.SAME_TEXT, Turn.NEAR_TEXT})
"""不关状态的变化 — those that say nothing of where an item stands."""

_SHORT = 60
"""摘要几个字 — of a text told beside a change; the whole stands in 台账."""


def changes_sheet(draft: Draft) -> Sheet:
    """较上期 — what changed since the last published bulletin; where there is none, the sheet says so."""
    since = draft.change.since
    if since is None:
        nothing = SheetTable("", _NOTHING_YET, [], empty="尚无已发布的上一期")
        return draft.sheet(NAME, "较上期变化", nothing)
    made = (
        SheetTable(f"{ordinal(at)}、{name}", columns, rows, empty, key=0 if columns is _ITEMS else None)
        for at, (name, columns, rows, empty) in enumerate(_tables(draft), 1)
    )
    return draft.sheet(NAME, "较上期变化", *made, notes=[*_compared(draft, since), *_NOTES, draft.lights])


def _tables(draft: Draft) -> Iterable[tuple[str, tuple[SheetColumn, ...], list[Row], str]]:
    """各表 — name, columns, rows, and what stands in their place; the longest last, for its headings to repeat."""
    change = draft.change
    units = [one for one in change.units if one.before is not one.now or one.silent_run]
    yield "变化一览", _TURNED, _summary(draft), "与上期相比没有变化"
    yield "催办建议", _STEPS, _step_rows(draft), "没有建议催办的事项"
    yield "各单位", _UNITS, [_unit_row(at, one, draft) for at, one in enumerate(units, 1)], "各单位报送情况没有变化"
    if change.dropped:
        yield "上期有、本期没有的小项", _DROPPED, [_dropped_row(one) for one in change.dropped], ""
    items = [_item_row(one, draft) for one in change.items if _told(one)]
    yield "各小项", _ITEMS, items, "各小项都没有变化，也没有逾期"


def _compared(draft: Draft, since: Published) -> Iterable[str]:
    """和哪一期比 — its number and days, and whether it was a correction."""
    outcome = draft.outcome
    then = f"{draft.earlier}（基准日{spoken_day(since.as_of)}，{spoken_day(since.published.date())}定稿）"
    now = f"本期（第{outcome.number}期，基准日{spoken_day(outcome.job.as_of)}）"
    yield f"{then}与{now}比较"
    if since.why:
        yield f"{draft.earlier}以更正后的定稿为准（更正原因：{since.why}）"


_NOTES = (
    "“变化一览”没有列出的，本期一个也没有；“各小项”列出有变化的和仍然逾期的，没有列出的状态没有变化；“各单位”列出报送情况有变化的和本期没有报送的",
    "时限移动：本期到期日减上期到期日，推后为正、提前为负；连续逾期、连续未报：到本期为止连续几期",
    f"{SUGGESTED}；“已办”是连续逾期或未报以来登记的催办",
)


def change_words(one: ItemChange) -> tuple[str, ...]:
    """变化的说法 — what became of an item since the last published bulletin, a few words each; empty for nothing."""
    words = [TURN_WORDS[turn] for turn in one.turns]
    words += [_otherwise(one)] if _drifted(one) else []
    return (*words, f"{_STILL}（连续{one.overdue_run}期）") if one.overdue_run > 1 else tuple(words)


# ---------------------------------------------------------------- 变化一览 ----


def _summary(draft: Draft) -> list[Row]:
    """变化一览 — every kind of change there is, with its items or units."""
    change = draft.change
    found: list[tuple[str, tuple[str, ...], str]] = [
        *((TURN_WORDS[turn], numbers_of(change.turned(turn)), NAME) for turn in Turn),
        (_DRIFTED, numbers_of(one.verdict for one in change.items if _drifted(one)), NAME),
        (_STILL, numbers_of(one.verdict for one in change.items if one.overdue_run > 1), NAME),
        *((name, tuple(one.unit for one in change.units if is_so(one)), "单位") for name, is_so in _HEARD),
        ("上期有、本期没有的小项", tuple(one.no for one in change.dropped), ""),
    ]
    there = [(name, keys, sheet) for name, keys, sheet in found if keys]
    return [
        (at, name, counted(keys, sheet) if sheet else len(keys), _which(keys))
        for at, (name, keys, sheet) in enumerate(there, 1)
    ]


_HEARD: Sequence[tuple[str, Callable[[UnitChange], bool]]] = (
    ("恢复报送的单位", lambda one: one.started),
    ("停止报送的单位", lambda one: one.stopped),
    ("连续两期以上未报送的单位", lambda one: one.silent_run > 1),
)


def _which(keys: Sequence[str]) -> str:
    return fitting(shortened("、".join(keys), 80, "其余见下表"))


# ---------------------------------------------------------------- 各小项 ----


def _told(one: ItemChange) -> bool:
    """列出 — whatever changed, and whatever is overdue still."""
    return bool(one.turns or one.days_moved or one.overdue_run or _drifted(one))


def _drifted(one: ItemChange) -> bool:
    """状态有变而不另有名目 — such as 按期推进 become 临期."""
    named = not _BESIDE_STANDING.issuperset(one.turns)
    return not named and one.stands_otherwise


def _item_row(one: ItemChange, draft: Draft) -> Row:
    item, told = one.verdict.entry.item, [*_turns(one, draft)]
    return (
        item.no,
        fitting(brief(item.matter, _SHORT)),
        item.lead or UNNAMED,
        LAMPS[one.before.standing] if one.before else "—",
        lamp(one.verdict),
        stacked(name for name, _ in told),
        one.days_moved or None,
        one.overdue_run or None,
        fitting(stacked(shown for _, shown in told)),
    )


def _turns(one: ItemChange, draft: Draft) -> Iterable[tuple[str, str]]:
    """变化 — the word of each, and what shows it ("" where the word says all)."""
    for turn in one.turns:
        yield TURN_WORDS[turn], _SHOWN[turn](one, draft) if turn in _SHOWN else ""
    if _drifted(one):
        yield _DRIFTED, _otherwise(one)
    if one.overdue_run > 1:
        yield _STILL, ""


def _otherwise(one: ItemChange) -> str:
    then = STANDING_WORDS[one.before.standing] if one.before else ""
    return f"由{then}转为{STANDING_WORDS[one.verdict.standing]}"


def _finished(one: ItemChange, _: Draft) -> str:
    finished = one.verdict.finished
    return f"{spoken_day(finished)}完成" if finished else "没有写明完成日期"


def _missed(one: ItemChange, _: Draft) -> str:
    return f"{spoken_day(one.verdict.due)}到期" if one.verdict.due else ""


def _now(one: ItemChange, _: Draft) -> str:
    return f"现为{STANDING_WORDS[one.verdict.standing]}"


def _claims(one: ItemChange, draft: Draft) -> str:
    then = CLAIM_WORDS[one.before.claimed] if one.before else ""
    return f"上期报{then}，本期报{CLAIM_WORDS[one.verdict.claimed]}"


def _days(one: ItemChange, _: Draft) -> str:
    if one.before is None or one.before.due is None or one.verdict.due is None:
        return ""
    extended = any(act.act is Act.EXTEND and act.new_due == one.verdict.due for act in one.verdict.entry.decisions)
    moved = f"由{spoken_day(one.before.due)}改为{spoken_day(one.verdict.due)}"
    return f"{moved}（批准延期）" if extended else moved


def _words(one: ItemChange, _: Draft) -> str:
    reply = one.verdict.entry.lead_reply
    return f"“{quoted(brief(reply.progress or reply.status, _SHORT))}”" if reply else ""


def _by_act(*acts: Act) -> Callable[[ItemChange, Draft], str]:
    """办理决定 — the last of these acts that counts by the as-of day, as the ledger tells it."""

    def told(one: ItemChange, draft: Draft) -> str:
        as_of = draft.outcome.job.as_of
        last = _last(one.verdict.entry.decisions, acts, as_of)
        return decided(last, as_of) if last else ""

    return told


def _last(decisions: Iterable[Decision], acts: Sequence[Act], as_of: date) -> Decision | None:
    counting = [one for one in decisions if one.act in acts and (one.day is None or one.day <= as_of)]
    return max(counting, key=lambda one: one.day or date.min, default=None)


_SHOWN: Mapping[Turn, Callable[[ItemChange, Draft], str]] = {
    Turn.FINISHED: _finished,
    Turn.CLOSED: _by_act(Act.CLOSE),
    Turn.OVERDUE: _missed,
    Turn.RELIEVED: _now,
    Turn.WENT_BACK: _claims,
    Turn.RETURNED: _by_act(Act.RETURN, Act.REOPEN),
    Turn.REOPENED: _by_act(Act.REOPEN, Act.RETURN),
    Turn.DUE_LATER: _days,
    Turn.DUE_EARLIER: _days,
    Turn.SAME_TEXT: _words,
    Turn.NEAR_TEXT: _words,
}
"""变化的依据 — what stands behind the word of a change, for those that have more to show."""


# ---------------------------------------------------------------- 其余各表 ----


def _unit_row(at: int, one: UnitChange, draft: Draft) -> Row:
    led = [verdict for verdict in draft.verdicts if verdict.entry.item.lead == one.unit]
    return (
        at,
        Ref(one.unit, (one.unit,), "单位"),
        counted(numbers_of(led)),
        HEARD_WORDS[one.before] if one.before else "—",
        HEARD_WORDS[one.now],
        _heard(one),
        counted(numbers_of(standing_in(led, Standing.OVERDUE))),
        one.silent_run or None,
        fitting(shortened("、".join(numbers_of(led)), 38, "其余见台账")),
    )


def _heard(one: UnitChange) -> str:
    if one.before is None:
        return "上期没有列入"
    if one.started or one.stopped:
        return "恢复报送" if one.started else "停止报送"
    return "仍未报送" if one.silent_run else f"由{HEARD_WORDS[one.before]}变为{HEARD_WORDS[one.now]}"


def _step_rows(draft: Draft) -> list[Row]:
    matters = {one.entry.item.no: brief(one.entry.item.matter, _SHORT) for one in draft.verdicts}
    return [_step_row(one, matters.get(one.no, ""), draft.outcome.job.as_of) for one in draft.change.escalations]


def _step_row(one: Escalation, matter: str, as_of: date) -> Row:
    about = ("连续" if one.run > 1 else "") + ("逾期" if one.no else "未报送")
    return (
        Ref(one.no, (one.no,), NAME) if one.no else "—",
        fitting(f"{about}：{matter}" if matter else about),
        one.unit or UNNAMED,
        one.run,
        suggested(one),
        taken(one, as_of) or "—",
    )


def _dropped_row(one: PublishedItem) -> Row:
    return (
        one.no,
        fitting(brief(one.matter, _SHORT)),
        one.lead or UNNAMED,
        LAMPS[one.standing],
        one.due,
        fitting(brief(one.said, 2 * _SHORT)),
    )
