"""时限 — what a deadline phrase means, by an ordered table of rules (`RULES`); the first that fits reads it.

The table is the grammar, closed on purpose: what no rule fits is 读不懂, and what is only half understood is used as a
guess, in doubt, with the reason in words. A silent wrong reading is the one thing that must not happen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from rectify_tool.dates.almanac import chinese_day, month_day
from rectify_tool.dates.phrases import Limit, Phrase, Span, read_phrase
from rectify_tool.dates.settle import (
    WEEKDAY_WRONG,
    Found,
    Setting,
    count_from,
    drop_past,
    names_base,
    origin_of,
    settle_days,
    settle_point,
    settle_span,
    two_readings,
)
from rectify_tool.dates.wording import cycle_sentence, dated_sentence, rule_name
from rectify_tool.dates.writings import MONTH_START
from rectify_tool.model import Deadline, Kind, Recurrence, Rules, Value

YEAR_INFERRED = "年份推定"
NOT_UNDERSTOOD = "读不懂"
WORKDAYS_UNKNOWN = "工作日按周一至周五推算"
BEFORE_BASE = "早于反馈日"
THEN_LONG_TERM = "长期坚持"
_LONGEST = {"year": 50, "quarter": 200, "month": 600, "week": 500, "day": 3660, "workday": 3660, "hour": 9999}


# ---------------------------------------------------------------- 门 ----


def read_deadline(text: str, base: date | None, rules: Rules, *, document_year: int | None = None) -> Deadline:
    """读时限 — what the phrase means; never raises, and says 读不懂 rather than guess in silence.

    Args:
        text: The phrase as typed; blank is kind none.
        base: The day deadlines without a year, and N日内, count from; None where nobody knows it.
        rules: For 立行立改, 月初 and the days of known events.
        document_year: What 今年 means; with no base, also the year of days written without one (then in doubt).
    """
    return _read(text, _setting(base, rules, document_year))


def read_deadline_value(
    value: Value | None, text: str, base: date | None, rules: Rules, *, document_year: int | None = None
) -> Deadline:
    """读时限单元格 — a real date is that day; a number is in doubt; anything else is read as the text shown."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _read_date_cell(value, text)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _read_number_cell(value, text, _setting(base, rules, document_year))
    return read_deadline(text, base, rules, document_year=document_year)


def find_deadline(text: str, base: date | None, rules: Rules) -> tuple[Deadline, str] | None:
    """找时限 — a deadline hidden in a note or at the end of a measure, and the piece of text it was found in.

    Only a piece that names itself (完成时限：…) counts, or one that stands last in a bracket or the text and ends with
    前、底 or 完成; of several the last. None where there is none.
    """
    pieces = [(piece, _DAY_KINDS) for piece in _last_pieces(text)]
    pieces += [(match[1].strip(), _NAMED_KINDS) for match in _NAMED.finditer(text)]
    for piece, kinds in reversed(pieces):
        deadline = read_deadline(piece, base, rules)
        if deadline.kind in kinds and (deadline.due or deadline.kind not in _DAY_KINDS):
            return deadline, piece
    return None


_DAY_KINDS: tuple[Kind, ...] = (Kind.DATED, Kind.DATED_THEN_LONG_TERM, Kind.STAGED, Kind.RELATIVE)
_NAMED_KINDS = (*_DAY_KINDS, Kind.LONG_TERM, Kind.IMMEDIATE, Kind.PERIODIC)
_NAMED = re.compile(
    r"(?:(?:完成|整改)(?:时限|期限|时间|日期)|(?<![办审批务理])时限|时间节点)"
    r"[ 　]{0,4}[:：为是]([^;；。（()）\n]{2,40})"
)
_PIECE = re.compile(r"([^;；,，、。（()）\r\n:：]+)([;；,，、。（()）\r\n:：]?)")
_ENDING = re.compile(r"(?:完成|到位|办结|前|底|末)$")
_BEGINNING = re.compile(r"(?:于|在|到|至)?(?:\d|[一二三四五六七八九十]|今年|明年|年底|年内)")
_SINCE = re.compile(r"截至|截止|自|从|对|针对|关于")


def _last_pieces(text: str) -> Iterator[str]:
    """The pieces that close a bracket or the text, and look like the end of a task: …,6月底完成)."""
    found = [(match[1].strip(), match[2] in ("）", ")")) for match in _PIECE.finditer(text)]
    for i, (piece, bracketed) in enumerate(found):
        if len(piece) > 30 or not _ENDING.search(piece) or _SINCE.match(piece):
            continue
        if (bracketed and re.search(r"\d", piece)) or (i == len(found) - 1 and _BEGINNING.match(piece)):
            yield piece


def _setting(base: date | None, rules: Rules, document_year: int | None) -> Setting:
    events: Mapping[str, date] = rules.events
    return Setting(base, document_year, tuple(sorted(events.items())), rules.immediate_days, rules.month_start_day)


@lru_cache(maxsize=65536)
def _read(text: str, setting: Setting) -> Deadline:
    phrase = read_phrase(text)
    for name, fits, read in RULES:
        if fits(phrase):
            deadline = read(phrase, setting)
            if deadline is not None:
                return replace(deadline, text=text, rule=deadline.rule or name)
    return replace(_not_understood(phrase), text=text, rule=NOT_UNDERSTOOD)


def _read_date_cell(day: date, text: str) -> Deadline:
    """A cell typed as 2016年6月 holds 1 June; what it shows is the month, and that is what was meant."""
    deadline = Deadline(text, Kind.DATED, (day,), rule="日期单元格", because=f"单元格里是日期{chinese_day(day)}")
    if not 1990 <= day.year < 2100:
        because = f"单元格里是日期{chinese_day(day)}，年份不合常理"
        return replace(deadline, doubt=True, guess=True, because=because)
    spans = read_phrase(text).spans
    if day.day == 1 and len(spans) == 1 and spans[0].last.unit == "month" and spans[0].last.last[0] == day.month:
        last = month_day(day.year, day.month, 0)
        assert last is not None
        because = f"单元格显示到月，存的是{chinese_day(day)}，按月底读作{chinese_day(last)}"
        return replace(deadline, due=(last,), rule="某月", because=because)
    return deadline


def _read_number_cell(value: int | float, text: str, setting: Setting) -> Deadline:
    """A number is never sure: 42521 may be a serial, 5.3 may have been 5.30, 2016.1 may have been 2016.10."""
    written = f"{value:.10g}" if abs(value) < 1e9 else text
    deadline = _read(written, setting)
    if re.fullmatch(r"(?:19|20)\d{4}(?:\d\d)?", written) and deadline.due:
        return replace(deadline, text=text or written)
    if not deadline.due:
        return replace(deadline, text=text or written, doubt=True, guess=True)
    other = _read(written + "0", setting).due if re.fullmatch(r"\d+\.[123]", written) else ()
    days = sorted({*deadline.due, *other})
    because = f"{deadline.because}；单元格里是数字{written}，末尾的0可能丢了" if len(days) > 1 else deadline.because
    earlier = days[0] if len(days) > 1 else None
    return replace(
        deadline, text=text or written, due=(days[-1],), earlier=earlier, doubt=True, guess=True, because=because
    )


# ---------------------------------------------------------------- 规则 ----


def _blank(phrase: Phrase, setting: Setting) -> Deadline | None:
    return Deadline("", Kind.NONE, because="没有写时限")


def _impossible(phrase: Phrase, setting: Setting) -> Deadline | None:
    """6月31日, 13月底: no such day, whatever the year."""
    for span in phrase.spans:
        for point in (span.first, span.last):
            if point is not None and settle_point(point, setting, None).impossible:
                return _no_day(Kind.MALFORMED, f"“{point.text}”不存在这一天", guess=True)
    return None


def _adjacent(phrase: Phrase, setting: Setting) -> Deadline | None:
    days = settle_days(phrase.of("due"), setting)
    last = max((found.day for found in days if found.day), default=None)
    if last is None:
        return None
    because = f"两个时间连写，中间没有分隔，暂按后一个读作{chinese_day(last)}"
    return Deadline("", Kind.MALFORMED, (last,), True, guess=True, because=because)


def _periodic(phrase: Phrase, setting: Setting) -> Deadline | None:
    every = _one_cycle(phrase.cycles)
    if every is None or phrase.of("cycle"):
        return _no_day(Kind.MALFORMED, "这样的周期还不会算", guess=True, rule=NOT_UNDERSTOOD)
    every = replace(every, day=setting.month_start_day) if every.day == MONTH_START else every
    doubts = list(phrase.guesses)
    if every.unit in ("quarter", "half") and every.day > 0 and every.month == 0:
        doubts.append("没写是其中哪个月")
    doubts += [f"另有“{limit.term.text}”" for limit in phrase.limits]
    because = "；".join([cycle_sentence(every), *doubts])
    notes = (THEN_LONG_TERM,) if "long" in phrase.marks else ()
    return Deadline("", Kind.PERIODIC, (), bool(doubts), None, bool(doubts), every, "", because, notes)


def _one_cycle(cycles: Sequence[Recurrence | None]) -> Recurrence | None:
    """按月报送，每月5日前: the more exact of two words for one period; None where they differ."""
    exact = {every for every in cycles if every is None or every.day or every.month}
    left = exact or set(cycles)
    units = {every.unit for every in cycles if every is not None}
    return left.pop() if len(left) == 1 and len(units) <= 1 else None


def _moved(phrase: Phrase, setting: Setting) -> Deadline | None:
    """原定…，延至…: the new day counts, the old one warns; nobody has said here that it was approved."""
    spans = phrase.of("due", "old")
    new = phrase.of("due")[-1]
    old = next((span for span in spans if span is not new), None)
    before = settle_span(old, setting, None).day if old else None
    found = two_readings(new, settle_span(new, setting, before if old and old.start < new.start else None))
    if found.guess:  # moved forward, not back: 由6月底提前至5月底
        found = replace(two_readings(new, settle_span(new, setting, None)), guess=found.guess)
    if found.day is None:
        return _no_day(Kind.RELATIVE, found.why, guess=True, rule="不知起算日")
    earlier = before if before and before < found.day else None
    because = "；".join([f"写明改期，按改后的{chinese_day(found.day)}，是否批准要核实", *phrase.guesses])
    return Deadline("", Kind.DATED, (found.day,), True, earlier, bool(phrase.guesses), because=because)


def _dated(phrase: Phrase, setting: Setting) -> Deadline | None:
    """One day or several to finish by; long-term words make it 先完成后长期."""
    dues = drop_past(phrase.of("due", "year", "annual"), setting)
    if not dues:
        return None
    found = settle_days(dues, setting)
    if any(f.day is None for f in found):
        why = next(f.why for f in found if f.day is None)
        return _no_day(Kind.RELATIVE, why, guess=True, rule="不知起算日")
    days = tuple(dict.fromkeys(f.day for f in found if f.day is not None))
    if len(days) == 2 and phrase.guesses and all(_EITHER.match(guess) for guess in phrase.guesses):
        return _either(phrase, setting, dues, found, tuple(sorted(days)))
    guesses = _why_guess(phrase, found, days) + _why_stale(dues, found, setting.base)
    guesses += _why_far(days, setting.base)
    return _dated_deadline(phrase, setting, dues, found, tuple(sorted(days)), guesses)


_YEARS_AHEAD = 15


def _why_far(days: Sequence[date], base: date | None) -> list[str]:
    """2061年4月底: a year that far off is more likely a slip of the hand."""
    far = base is not None and max(days).year - base.year > _YEARS_AHEAD
    return ["离反馈日太远，年份可能写错"] if far else []


_EITHER = re.compile("有“或者?”")


def _either(
    phrase: Phrase, setting: Setting, dues: Sequence[Span], found: Sequence[Found], days: tuple[date, ...]
) -> Deadline:
    """4月或5月: two readings; the later one counts, the earlier one warns."""
    kind = Kind.DATED_THEN_LONG_TERM if "long" in phrase.marks else Kind.DATED
    because = f"{dated_sentence(dues, found, setting, [])}；两个日子写在一起，没有定下是哪一个"
    notes = (YEAR_INFERRED,) * any(f.inferred for f in found)
    return Deadline("", kind, days[1:], True, days[0], False, None, "两个日子之一", because, notes)


def _dated_deadline(
    phrase: Phrase,
    setting: Setting,
    dues: Sequence[Span],
    found: Sequence[Found],
    days: tuple[date, ...],
    guesses: list[str],
) -> Deadline:
    earlier = found[0].earlier if len(days) == 1 else None
    two = any(f.earlier for f in found)
    lasting = "long" in phrase.marks
    kind = Kind.STAGED if len(days) > 1 else Kind.DATED_THEN_LONG_TERM if lasting else Kind.DATED
    notes = [YEAR_INFERRED] * any(f.inferred for f in found)
    notes += [BEFORE_BASE] * bool(setting.base and days[-1] < setting.base)
    notes += [WEEKDAY_WRONG] * any(WEEKDAY_WRONG in guess for guess in guesses)
    notes += ["另要求定期报告"] * bool(phrase.cycles)
    notes += [THEN_LONG_TERM] * (lasting and kind is Kind.STAGED)
    because = dated_sentence(dues, found, setting, guesses)
    rule = "分阶段" if kind is Kind.STAGED else rule_name(dues[-1])
    doubt = bool(guesses) or two
    return Deadline("", kind, days, doubt, earlier, bool(guesses), None, rule, because, tuple(notes))


def _start_only(phrase: Phrase, setting: Setting) -> Deadline | None:
    """4月初启动, 7月1日起实施: a day, but not one to finish by."""
    if "long" in phrase.marks:
        return None
    found = settle_days(phrase.of("start", "refer", "old"), setting)
    if not found or found[-1].day is None:
        return _no_day(Kind.RELATIVE, found[-1].why, guess=True, rule="不知起算日") if found else None
    notes = (YEAR_INFERRED,) if found[-1].inferred else ()
    because = "；".join([f"读作{chinese_day(found[-1].day)}", *_why_start(phrase)])
    return Deadline("", Kind.DATED, (found[-1].day,), True, None, True, None, "", because, notes)


def _why_start(phrase: Phrase) -> list[str]:
    starts = [f"“{span.text}”只说了何时开始" for span in phrase.of("start")]
    return [*phrase.guesses, *starts] or ["前后的话看不出是完成的时限"]


def _relative(phrase: Phrase, setting: Setting) -> Deadline | None:
    """N日内: from the base, or from an event whose day the office has given."""
    limit = phrase.limits[0]
    if phrase.marks & {"moved", "was"}:
        return _no_day(Kind.RELATIVE, "说的是延期多久，没写原来的时限", guess=True)
    if len(phrase.limits) > 1 and len({(one.term, one.event) for one in phrase.limits}) > 1:
        return _no_day(Kind.RELATIVE, "写了不止一个期限，看不出以哪个为准", guess=True)
    if "norm" in phrase.marks and not limit.event:
        return _no_day(Kind.RELATIVE, "说的是一般情况下的期限，没写从哪一天算起", guess=True)
    origin, why = origin_of(limit.event, setting)
    origin = origin or _written_origin(phrase, limit, setting)
    if origin is None:
        return _no_day(Kind.RELATIVE, why, guess=bool(phrase.guesses) or not limit.event or names_base(limit.event))
    if limit.term.most > _LONGEST[limit.term.unit]:
        return _no_day(Kind.MALFORMED, f"“{limit.term.text}”太长", guess=True)
    return _counted(phrase, limit, origin, why)


def _written_origin(phrase: Phrase, limit: Limit, setting: Setting) -> date | None:
    """自2016年3月1日起3个月内: the event is a day written there."""
    starts = [
        span for span in phrase.of("start") if span.last.unit == "day" and span.last.text.startswith(limit.event[:-1])
    ]
    return settle_point(starts[0].last, setting, None).day if limit.event and len(starts) == 1 else None


def _counted(phrase: Phrase, limit: Limit, origin: date, why: str) -> Deadline:
    day, known = count_from(origin, limit.term)
    least, _ = count_from(origin, limit.term._replace(most=limit.term.least))
    guesses = list(phrase.guesses) + ["只说了多久以后"] * limit.after
    why = why if "不知道" not in why else "从"
    kind = Kind.DATED_THEN_LONG_TERM if "long" in phrase.marks else Kind.RELATIVE
    notes = () if known else (WORKDAYS_UNKNOWN,)
    because = "；".join([f"{why}{chinese_day(origin)}起算{limit.term.text}，到{chinese_day(day)}", *guesses])
    earlier = least if least < day else None
    return Deadline("", kind, (day,), bool(guesses) or least < day, earlier, bool(guesses), None, "", because, notes)


def _long_term(phrase: Phrase, setting: Setting) -> Deadline | None:
    return Deadline("", Kind.LONG_TERM, because="长期坚持，没有完成的日子")


def _immediate(phrase: Phrase, setting: Setting) -> Deadline | None:
    if setting.immediate_days is None or setting.base is None:
        return Deadline("", Kind.IMMEDIATE, because="要求立即整改，没有写完成的日子")
    day = setting.base + timedelta(setting.immediate_days)
    because = f"立行立改，按口径自{chinese_day(setting.base)}起{setting.immediate_days}日内，到{chinese_day(day)}"
    return Deadline("", Kind.IMMEDIATE, (day,), because=because)


def _past(phrase: Phrase, setting: Setting) -> Deadline | None:
    pieces = "、".join(span.text for span in phrase.spans)
    return Deadline("", Kind.NONE, because=f"“{pieces}”说的是已经过去的时间，不是完成的时限")


def _event(phrase: Phrase, setting: Setting) -> Deadline | None:
    return Deadline("", Kind.EVENT, because="要等一件事，那件事的日子不知道")


def _vague(phrase: Phrase, setting: Setting) -> Deadline | None:
    return Deadline("", Kind.VAGUE, because="没有写明是哪一天")


def _is_event(phrase: Phrase) -> bool:
    return bool(phrase.marks & {"event", "await", "after", "before"})


RULES: tuple[tuple[str, Callable[[Phrase], bool], Callable[[Phrase, Setting], Deadline | None]], ...] = (
    ("空白", lambda p: p.blank, _blank),
    ("没有这一天", lambda p: bool(p.spans), _impossible),
    ("分隔不清", lambda p: p.adjacent, _adjacent),
    ("延期", lambda p: bool(p.marks & {"moved", "was"}) and bool(p.of("due")), _moved),
    ("周期", lambda p: bool(p.cycles) and not p.of("due"), _periodic),
    ("日期", lambda p: bool(p.of("due", "year", "annual")), _dated),
    ("只写起始", lambda p: bool(p.of("start", "refer", "old")) and not p.limits, _start_only),
    ("期限", lambda p: bool(p.limits) and not ("long" in p.marks and p.limits[0].open_ended), _relative),
    ("长期", lambda p: "long" in p.marks and not p.unread, _long_term),
    ("立行立改", lambda p: "now" in p.marks and not p.unread, _immediate),
    ("过去的时间", lambda p: bool(p.spans) and not p.unread, _past),
    ("等候事件", lambda p: _is_event(p) and not p.unread, _event),
    (
        "没有日子的说法",
        lambda p: bool(p.marks & {"vague", "soft", "norm", "finish", "notyet"}) and not p.unread,
        _vague,
    ),
)


def _not_understood(phrase: Phrase) -> Deadline:
    if phrase.unread or phrase.spans or phrase.limits or phrase.cycles:
        pieces = "、".join(f"“{piece.strip() or ' '}”" for piece in phrase.unread)
        return _no_day(Kind.MALFORMED, f"{pieces}看不懂，没有当作日期" if pieces else "看不懂", guess=True)
    return Deadline("", Kind.VAGUE, because="没有看到日期或期限，也不是认得的说法")


def _no_day(kind: Kind, because: str, *, guess: bool, rule: str = "") -> Deadline:
    return Deadline("", kind, (), guess, None, guess, None, rule, because)


def _why_guess(phrase: Phrase, found: Sequence[Found], days: Sequence[date]) -> list[str]:
    reasons = list(phrase.guesses)
    reasons += [f.guess for f in found if f.guess]
    if list(days) != sorted(days):
        reasons.append("几个日子前后颠倒")
    if any(span.role == "annual" and not span.last.closed for span in phrase.spans) and not phrase.of("due"):
        reasons.append("只写了年度，可能说的是哪一年的工作")
    return list(dict.fromkeys(reasons))


def _why_stale(dues: Sequence[Span], found: Sequence[Found], base: date | None) -> list[str]:
    """2015年12月 with no 前 or 底, before the feedback: more likely when something happened than a deadline."""
    return [
        f"“{span.text}”早于反馈日，不一定是时限"
        for span, one in zip(dues, found, strict=True)
        if base and one.day and one.day < base and not (span.before or span.last.closed)
    ]
