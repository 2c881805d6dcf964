"""话 — what the window says of itself: figures in a line, what is new, how long it will take. No Qt here."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from rectify_tool.findings import Code
from rectify_tool.model import STANDING_WORDS, FileLine, FileRole, PaperSet, Screen, Severity, Standing

_SOON, _LATELY = 1.5, 10.0
"""秒 — sooner the rate of reading tells nothing; what was read longer ago no longer counts."""


def figures(screen: Screen) -> str:
    """一行数字 — all items, then every standing that occurs, as the counts of the JSON answer have them."""
    counts = screen.counts
    standings = [f"{STANDING_WORDS[one]}{counts[one.value]}项" for one in Standing if counts[one.value]]
    asides = [f"{word.format(screen.number)}{counts[key]}项" for key, word in _ASIDES if counts.get(key)]
    told = f"共{counts['items']}项：{'、'.join(standings)}" if standings else f"共{counts['items']}项"
    told = told if has_breakdown(screen) else f"没有责任分解表，以各单位报来的合在一起作为台账。{told}"
    return told + (f"；其中{'、'.join(asides)}" if asides else "")


def has_breakdown(screen: Screen) -> bool:
    """有没有责任分解表 — whether one of the files is it."""
    return any(one.role is FileRole.BREAKDOWN for one in screen.files)


def since(screen: Screen) -> str:
    """上期 — the last bulletin published before this one, or that there is none."""
    return f"上一次定稿：{screen.since}" if screen.since else "这一期以前没有定过稿"


def news(before: Screen | None, after: Screen) -> str:
    """刚刚更新 — what became of the files between two looks, "" where nothing did."""
    if before is None:
        return ""
    was, now = _by_name(before.files), _by_name(after.files)
    changed = [name for name in now if name in was and now[name].sha256 != was[name].sha256]
    told = [
        f"{word}{len(names)}件"
        for word, names in (("新收到", now.keys() - was.keys()), ("变了", changed), ("不在了", was.keys() - now.keys()))
        if names
    ]
    moved = before.counts != after.counts or before.decisions != after.decisions
    told += ["状态有变化"] if moved and not told else []
    return f"刚刚更新：{'，'.join(told)}。" if told else ""


def same(one: Screen, other: Screen) -> bool:
    """没有变化 — two looks show the same, but for the findings about papers that were just written."""
    return _without_papers(one) == _without_papers(other)


class Pace:
    """快慢 — how fast files have been read lately: what was there already when it began is no reading."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def note(self, now: float, done: int) -> None:
        """记一笔 — so many were done at that moment, in seconds of any clock."""
        self._marks.append((now, done))
        while len(self._marks) > 1 and self._marks[1][0] <= now - _LATELY:
            self._marks.popleft()

    def left(self, now: float, total: int) -> str:
        """还要多久 — rounded up, longer while nothing more is done; "" while too little is known."""
        if not self._marks:
            return ""
        (since, before), (_, done) = self._marks[0], self._marks[-1]
        if done <= before or now - since < _SOON:
            return ""
        left = (now - since) / (done - before) * (total - done)
        return f"约还要{int(left // 60) + 1}分钟" if left >= 60 else f"约还要{int(left // 5 + 1) * 5}秒"


def set_name(papers: PaperSet) -> str:
    """哪一套 — the number and the day of a set."""
    return f"第{papers.number}期" + (f"（截至{papers.as_of:%Y-%m-%d}）" if papers.as_of else "")


def folder_name(folder: str) -> str:
    """文件夹的名称 — its last part, the whole where it has none."""
    return PurePath(folder).name or folder


def errors_of(screen: Screen) -> tuple[str, ...]:
    """错误 — the findings that must be settled, each with its place."""
    return tuple(
        f"{one.source}：{one.message}" if one.source.file else one.message
        for one in screen.findings
        if one.severity is Severity.ERROR
    )


def some(names: Iterable[str], most: int = 5) -> str:
    """列举 — the first few names in quotes, and how many there are."""
    listed = [f"“{name}”" for name in names]
    return "、".join(listed[:most]) + (f"等{len(listed)}件" if len(listed) > most else "")


_OF_PAPERS = frozenset(
    one.code
    for one in (
        *(Code.OUTPUT_BESIDE, Code.OUTPUT_EDITED, Code.OUTPUT_PUBLISHED, Code.TEMPLATE_UNUSED),
        *(Code.PDF_NOT_MADE, Code.FONTS_MISSING, Code.SENDER_UNNAMED),
    )
)
"""写材料时的意见 — told by a run only."""

_ASIDES = (("not_reported", "第{}期牵头单位还没有报的"), ("to_confirm", "时限待确认的"))
"""其中的 — counted across the standings; a bulletin just published leaves nobody heard for the next."""


def _without_papers(screen: Screen) -> Screen:
    """查看所得 — what a look tells as well as a run."""
    return replace(screen, findings=tuple(one for one in screen.findings if one.code not in _OF_PAPERS), outputs={})


def _by_name(files: tuple[FileLine, ...]) -> dict[str, FileLine]:
    return {one.file: one for one in files}
