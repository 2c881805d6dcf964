"""句 — from tokens to what a phrase says: which times are to finish by, which only start, which are long past.

No day is settled here: a `Phrase` is the same whatever the base day. What could not be read, or weakens what was read,
is kept as a reason, so that the rules in `deadlines` can say why they doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rectify_tool.dates.lexicon import tokenise
from rectify_tool.dates.normal import normalise
from rectify_tool.dates.writings import Point, Term, Token, read_cycle, read_point, read_term
from rectify_tool.model import Recurrence


@dataclass(frozen=True, slots=True)
class Span:
    """一段时间 — one time or a range, and what it is for.

    Attributes:
        text: The normalised piece.
        first: Where a range starts; None for a single time.
        last: The end, or the single time.
        role: "due" finish by it · "start" only begins then (启动、起、以后) · "past" since or during it, no deadline ·
            "cycle" part of a recurrence (每月10日、20日) · "old" the day that was moved · "annual" a bare 某年度 ·
            "year" a bare year that only heads what follows · "refer" names a document or a meeting.
        before: True where 前 follows directly.
        listed: True where it is two months under one 月 (9、10月): a list or a range.
        start: Where it stands in the normalised text.
    """

    text: str
    first: Point | None
    last: Point
    start: int
    role: str = "due"
    before: bool = False
    listed: bool = False

    @property
    def end(self) -> int:
        """止处 — where the next token starts."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Limit:
    """期限 — so many days and what they count from: ``event`` is "" where nothing is named.

    ``after`` is True where 后 follows (三个月后); ``open_ended`` where it only explains 长期 (长期（3-5年）).
    """

    term: Term
    event: str
    after: bool
    open_ended: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """一句时限 — everything the text says, still without a base day.

    ``marks`` are the sorts of words met (keys of the lexicon); ``guesses`` say why its days may be no deadline at all;
    ``unread`` are the date-like pieces nobody understood; ``adjacent`` is True where two times touch (11月12月).
    """

    spans: tuple[Span, ...]
    limits: tuple[Limit, ...]
    cycles: tuple[Recurrence | None, ...]
    marks: frozenset[str]
    guesses: tuple[str, ...]
    unread: tuple[str, ...]
    adjacent: bool
    blank: bool

    def of(self, *roles: str) -> tuple[Span, ...]:
        """某类时间 — the spans of these roles, as written."""
        return tuple(span for span in self.spans if span.role in roles)


LONGEST_PHRASE = 500
"""最长 — characters; a longer text is no phrase, and reading it would cost the square of its length."""

_POINTLIKE = frozenset(("point", "festival", "plan", "dotted", "loneday", "serial"))
_STOPS = frozenset(("comma", "list", "open", "close", "space"))
_SKIPPED = frozenset(("hour", "zerohour", "weekday", "aside"))
_UNREAD = frozenset(("number", "space", "weekday", "unread"))
_BLANK = frozenset(("none", "comma", "list", "dash", "open", "close", "space"))
_DATE_LIKE = re.compile(r"[年月日旬季周号\d]")
_FINISHING = re.compile(
    r"[前底末]?(?:完|整|到位|办|竣|验|报|上报|提交|交|出台|印发|下发|制定|制订|修订|建|召开|开展|形成|落实|通车|投|结|清|追|处|组织|启用|公示"
    r"|公布|发布|检查|督|回头看|全|各|予以|取|达|实|拆|退|上线|签|编|审|通过|改|销|移|收|补|恢复|进|对|将|把|由|向|项目|做|确|解决|明确|健全|配|理顺"
    r"|自查|自纠|动员|摸底|排查|梳理|宣传|巩固|总结|学习|调研|讨论|已|集中|工作|专|汇报|反馈|分|重|逐|搬|安装|施|运|区|县|市|局|并|均|必|务必|要|须|必须|应|再|按|以|集|完成|研究|开|[:份])"
)
_REFERENCE = re.compile(r".{0,12}?(?:印发|下发|发布|召开|反馈|发现|提出|指出|部署|交办|通报|移交|签订|查出)[^,;]*?的")
_LEADING = re.compile(r"(?:于|在|到|至|以|从|自|为|是|定|限|确保|保证|时限|时间|期限)$")
_HEDGES = {
    "soft": "有“{text}”这样不肯定的说法",
    "norm": "有“{text}”这样不肯定的说法",
    "notyet": "“{text}”的意思要核实",
    "await": "“{text}”是哪一天不知道",
    "zerohour": "“{text}”按当天算还是按前一天算不清楚",
}


@lru_cache(maxsize=8192)
def read_phrase(text: str) -> Phrase:
    """读句 — what the text says; never fails, what is not understood is told in ``guesses`` and ``unread``."""
    if len(text) > LONGEST_PHRASE:
        piece = f"{text[:10]}…"
        return Phrase((), (), (), frozenset(), (f"“{piece}”太长",), (piece,), False, False)
    normal = normalise(text)
    tokens = tokenise(normal)
    spans, used = _spans(tokens)
    rest = tuple(token for i, token in enumerate(tokens) if i not in used)
    settled = tuple(_with_role(span, tokens) for span in spans)
    if len(settled) > 1:
        settled = tuple(replace(s, role="year") if _is_heading_year(s, normal) else s for s in settled)
    return Phrase(
        spans=settled,
        limits=tuple(_limit(token, tokens, normal) for token in rest if token.sort == "term"),
        cycles=tuple(read_cycle(token) for token in rest if token.sort == "cycle"),
        marks=_marks(rest, settled),
        guesses=tuple(dict.fromkeys(_guesses(settled, rest, tokens))),
        unread=tuple(token.text for token in rest if _is_unread(token)),
        adjacent=any(one.end == two.start for one, two in pairwise(settled)),
        blank=all(token.sort in _BLANK for token in rest) and not spans,
    )


def _marks(rest: Sequence[Token], spans: Sequence[Span]) -> frozenset[str]:
    """The sorts met; 持续推进 after the time to finish by (or without one) is long-term, before it only a manner."""
    marks = {token.sort for token in rest}
    due = next((span.start for span in spans if span.role == "due"), -1)
    if any(token.sort == "lasting" and token.start > due for token in rest):
        marks.add("long")
    return frozenset(marks)


def _spans(tokens: Sequence[Token]) -> tuple[list[Span], set[int]]:
    """Every time and range in order, and the indexes of the tokens they are made of."""
    spans: list[Span] = []
    used: set[int] = set()
    i = 0
    while i < len(tokens):
        point = read_point(tokens[i])
        if point is None:
            i += 1
            continue
        if i > 1 and tokens[i - 1].sort == "list" and spans and spans[-1].end == tokens[i - 1].start:
            point = _inherit(point, spans[-1].last)
        stop, span = _range_from(tokens, i, point)
        used.update(range(i, stop))
        spans.append(span)
        i = stop
    return spans, used


def _range_from(tokens: Sequence[Token], i: int, point: Point) -> tuple[int, Span]:
    """The range that starts at token ``i`` (3月-5月, 3月1日起至6月底, 9、10月), else the single time."""
    j = i + 1
    while (j < len(tokens) and tokens[j].sort in ("hour", "weekday")) or _is_start_of_range(tokens, j):
        j += 1
    if j + 1 < len(tokens):
        joined = tokens[j].sort in ("dash", "to")
        listed = tokens[j].sort == "list" and _is_short(point)
        end = read_point(tokens[j + 1]) if joined or listed else None
        if end is not None and listed and not _is_pair(tokens, i, point, end):
            return i + 1, Span(tokens[i].text, None, replace(point, odd=_numbering(tokens, i)), tokens[i].start)
        if end is not None:
            text = "".join(token.text for token in tokens[i : j + 2])
            return j + 2, Span(text, point, _inherit(end, point), tokens[i].start, listed=listed)
    return i + 1, Span(tokens[i].text, None, point, tokens[i].start)


def _is_short(point: Point) -> bool:
    """A month or quarter whose 月 or 季度 stands only at the end of the list (9、10月)."""
    return point.unit in ("month", "quarter") and point.text.removeprefix("第")[-1:].isdigit()


def _is_pair(tokens: Sequence[Token], i: int, point: Point, end: Point) -> bool:
    """Two neighbouring months under one 月, and no longer list: they may be meant as one span."""
    neighbours = end.last[0] - point.last[0] in (1, 3) and end.last[0] - end.first[0] == point.last[0] - point.first[0]
    return neighbours and not _is_short(end) and not (i and tokens[i - 1].sort == "list")


def _numbering(tokens: Sequence[Token], i: int) -> str:
    """Why a lone number before 、 may be the numbering of a line; "" within a longer list."""
    longer = (i and tokens[i - 1].sort == "list") or (i + 3 < len(tokens) and tokens[i + 3].sort == "list")
    return "" if longer else f"“{tokens[i].text}、”可能是月份，也可能是编号"


def _is_start_of_range(tokens: Sequence[Token], j: int) -> bool:
    """起 (or 开始) between the start of a range and its 至."""
    return j + 1 < len(tokens) and tokens[j].sort in ("start", "from") and tokens[j + 1].sort in ("to", "dash")


def _inherit(end: Point, first: Point) -> Point:
    """The end of 9月13日至16日 stands in the month of its start, and needs no doubt for that."""
    if end.last[0] or not first.last[0] or end.festival:
        return replace(end, odd="") if first.unit == "day" and first.year and not end.year and "." in end.text else end
    month = first.last[0]
    return replace(end, first=(month, end.first[1]), last=(month, end.last[1]), year=end.year or first.year, odd="")


# ---------------------------------------------------------------- 用途 ----


def _with_role(span: Span, tokens: Sequence[Token]) -> Span:
    head, tail = _head(span, tokens), _tail(span, tokens)
    nearest = next((token.sort for token in tail if token.sort not in _SKIPPED), "")
    return replace(span, role=_role(span, head, tail, nearest), before=nearest == "before")


def _role(span: Span, head: Sequence[Token], tail: Sequence[Token], nearest: str) -> str:
    sorts = [token.sort for token in tail]
    if nearest == "since" or (nearest == "during" and span.last.unit == "festival"):
        return "past"
    if any(token.sort == "was" for token in head):
        return "old"
    if any(token.sort == "cycle" for token in head):
        return "cycle"
    if nearest in ("after", "from", "to", "dash") or ("start" in sorts and "finish" not in sorts):
        return "start"
    if nearest not in ("before", "within", "node") and _is_reference(head, tail):
        return "refer"
    if span.last.unit == "annual" and nearest not in ("before", "within", "finish"):
        return "annual"
    return "due"


def _is_reference(head: Sequence[Token], tail: Sequence[Token]) -> bool:
    """根据3月1日会议精神, 3月15日印发的方案: the time belongs to a paper or a meeting, not to the work."""
    return any(token.sort == "refer" for token in head) or bool(_REFERENCE.match("".join(t.text for t in tail)))


def _is_heading_year(span: Span, normal: str) -> bool:
    """2016年：3月底前…；6月底前… — a bare year that only heads what follows."""
    return (
        span.role == "due"
        and span.last.unit == "year"
        and not span.last.closed
        and normal[span.end :][:1] in (":", ",")
    )


def _tail(span: Span, tokens: Sequence[Token]) -> list[Token]:
    """The tokens that belong to the span: up to the next stop, time or term."""
    tail = []
    for token in tokens:
        if token.start < span.end:
            continue
        if token.sort in _STOPS or token.sort in _POINTLIKE or token.sort in ("term", "cycle"):
            break
        tail.append(token)
    return tail


def _head(span: Span, tokens: Sequence[Token]) -> list[Token]:
    """The tokens before the span, back to the last stop or time; a list (、) stops only where no cycle began it."""
    head: list[Token] = []
    for token in tokens:
        if token.start >= span.start:
            break
        stopped = token.sort in _STOPS or token.sort in _POINTLIKE
        cycle = [other for other in head if other.sort == "cycle"] if token.sort not in ("comma", "open") else []
        head = cycle if stopped else [*head, token]
    return head


_NAMED_EVENT = re.compile(
    r"(?:自|从|于|在)?([^自从,;()]*?)(?:之后|以后|后|(?:之日|日|当日)?(?:算)?起|之日|时|的)[,的]?(?:在|要|应|须)?$"
)
_BARE_EVENT = re.compile(
    r"((?:收到|接到).*|.*(?:办结|竣工|完工|结束|印发|下发|召开|发函|函到|文到|交办|批复|届满|到位|公示|移交|通过|批准|发现|受理|完成|启动|开工))$"
)
_EVENT_ELSEWHERE = re.compile(r"(?:自|从|以)([^,;()]*?)(?:之?日)?(?:算|计)?起")


def _event(before: str, normal: str) -> str:
    """What a term counts from: the words before it, else a 自…起 anywhere; "不明" where an event stands unnamed."""
    lead = re.split(r"[,;。(:]", before)[-1]
    found = _NAMED_EVENT.search(lead) or _BARE_EVENT.search(lead) or _EVENT_ELSEWHERE.search(normal)
    return (found[1] or "不明") if found else ""


def _limit(token: Token, tokens: Sequence[Token], normal: str) -> Limit:
    """The term with the event it counts from, named before it (办结后一周内) or after it (3日内，自发函之日起)."""
    event = _event(normal[: token.start], normal)
    following = next((other for other in tokens if other.start >= token.end), None)
    after = following is not None and following.sort == "after"
    open_ended = any(other.sort == "long" and other.end < token.start for other in tokens)
    return Limit(read_term(token), event, after, open_ended)


# ---------------------------------------------------------------- 疑问 ----


def _is_unread(token: Token) -> bool:
    if token.sort == "unknown":
        return bool(_DATE_LIKE.search(token.text))
    return token.sort in _UNREAD


def _guesses(spans: Sequence[Span], rest: Sequence[Token], tokens: Sequence[Token]) -> Iterator[str]:
    """Why the days may be no deadline at all: odd words, odd times, and times that do not fit together."""
    for token in rest:
        if token.sort in _HEDGES:
            yield _HEDGES[token.sort].format(text=token.text)
        if _is_unread(token):
            yield f"“{token.text.strip() or '空格'}”看不懂"
    for span in spans:
        if span.last.odd and not (span.before and "." in span.last.text):
            yield span.last.odd
        if span.first is not None and span.role == "start":
            yield f"“{span.text}”后面又接一个时间，看不出哪一段"
        if span.role == "due" and _is_counted_from(span, tokens):
            yield f"“{span.text}”后面接着期限，看不出从哪一天算"
        if span.role == "due" and not _is_firm(span, tokens):
            yield f"“{span.text}”后面的话看不懂，不一定是时限"
    yield from _misfits(spans, rest, tokens)


def _misfits(spans: Sequence[Span], rest: Sequence[Token], tokens: Sequence[Token]) -> Iterator[str]:
    dues = [span for span in spans if span.role == "due"]
    if any(_is_second_word(span, spans, tokens) for span in dues[1:]):
        yield "写了两个时间，以哪个为准不清楚"
    cycles = any(token.sort == "cycle" for token in rest)
    if dues and cycles and not any(_is_finished(span, tokens) for span in dues):
        yield "另写了周期，看不出哪个是完成的时限"
    labels = [token for token in rest if token.sort == "label"]
    if len(labels) > 1 and 0 < len(spans) < len(labels):
        yield f"分了{len(labels)}段，只有{len(spans)}段写了日子"


def _is_firm(span: Span, tokens: Sequence[Token]) -> bool:
    """Whether what stands around a time makes it a deadline: 前、底、完成 …, nothing at all, or 到、于 before it."""
    tail = [token for token in _tail(span, tokens) if token.sort not in _SKIPPED]
    sorts = [token.sort for token in tail]
    if tail and sorts[0] not in ("before", "finish") and ("before" in sorts or "after" in sorts):
        return False
    if span.last.closed or not tail or sorts[0] not in ("unknown", "vague", "event"):
        return True
    head = "".join(token.text for token in _head(span, tokens))
    return bool(_FINISHING.match(tail[0].text) or _LEADING.search(head))


def _is_finished(span: Span, tokens: Sequence[Token]) -> bool:
    if any(token.sort == "finish" for token in _tail(span, tokens)):
        return True
    return span.last.year is not None and (span.before or span.last.closed)


def _is_counted_from(span: Span, tokens: Sequence[Token]) -> bool:
    """6月底前10天, 2016年内每季度: what follows without a stop counts from the time, or repeats within it."""
    tail = _tail(span, tokens)
    end = tail[-1].end if tail else span.end
    following = next((token.sort for token in tokens if token.start >= end), "")
    return following in ("term", "cycle")


_BESIDE = frozenset(("before", "within", "finish", "hour", "weekday", "open"))


def _is_second_word(span: Span, spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """6月底前，最迟7月底前; 5月底（6月底）: the second time is not a further stage but another word on the first."""
    head = _head(span, tokens)
    earlier = [other for other in spans if other.end <= span.start]
    between = [token for token in tokens if earlier and earlier[-1].end <= token.start < span.start]
    bracketed = bool(between) and between[-1].sort == "open" and all(token.sort in _BESIDE for token in between)
    return bool(head and head[-1].sort == "stop") or bracketed
