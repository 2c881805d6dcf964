"""表头 — what column a heading means, how sure that is, and what its neighbours change about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rectify_tool.model import Column
from rectify_tool.tables.periods import without_period

KNOWN = 0.6
"""A heading below this score is unknown: a wrong confident match is worse than none."""

SURE = 0.8
"""A heading below this score is used, with a finding."""

Match = tuple[Column, float]
"""对应 — a column and how sure, from 0 to 1."""

NO_MATCH: Match = (Column.UNKNOWN, 0.0)

_BRACKETED, _PERIODIC, _COMBINED, _PHRASED, _STRIPPED, _JOINED, _BY_PARENT = 0.93, 0.93, 0.95, 0.9, 0.88, 0.85, 0.85
_VAGUE = 0.7
_TAIL_BASE, _TAIL_SHARE, _TAIL_LEAST = 0.45, 0.5, 0.33


class Aliases:
    """表头叫法 — every declared way of writing a heading, cleaned, with the column it means.

    ``states`` are the declared state words, which may themselves stand as headings over ticks.
    Compared by identity, so that matches can be remembered per set of aliases.
    """

    __slots__ = ("columns", "heads", "states")

    def __init__(self, headings: Mapping[Column, Iterable[str]], states: Iterable[str] = ()) -> None:
        self.states = frozenset(clean(word) for word in states)
        self.columns = {clean(alias): column for column, aliases in headings.items() for alias in aliases}
        self.heads = {alias: column for alias, column in self.columns.items() if alias not in _TOO_GENERAL}

    def same_as(self, other: Aliases) -> bool:
        """同样的叫法 — whether both read every heading alike: the same ways of writing, in the same order."""
        return self is other or (self.states == other.states and [*self.columns.items()] == [*other.columns.items()])


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """净化 — a heading without blanks, line breaks, numbering, asterisks, quotes and end colon, half-width."""
    bare = _NOISE.sub("", unicodedata.normalize("NFKC", text))
    return _NUMBERING.sub("", bare, count=1).rstrip(":.;,。；，、") if len(bare) > 1 else bare


@lru_cache(maxsize=8192)
def match_heading(text: str, parent: str, aliases: Aliases) -> tuple[Match, ...]:
    """表头对应 — the columns a heading may mean, best first; empty where nothing comes near.

    An alias itself scores 1. Less sure, in this order: with the heading above it (责任单位 over 牵头), without a period
    (4月进展) or brackets, a usual phrase, without a usual word before or after, two things in one, and a heading that
    only ends in an alias: the last word of a Chinese heading is what it is about.

    Args:
        text: The heading as written.
        parent: The heading above it in a two-row head, "" where there is none.
        aliases: The declared ways of writing.
    """
    scores: dict[Column, float] = {}
    for column, score in _guesses(clean(text), clean(parent), aliases):
        if score > scores.get(column, 0.0):
            scores[column] = round(score, 2)
    return tuple(sorted(scores.items(), key=lambda match: -match[1]))


def best(text: str, parent: str, aliases: Aliases) -> Match:
    """最佳对应 — the best match that is sure enough, else unknown; two columns equally good are unknown too."""
    matches = match_heading(text, parent, aliases)
    if not matches or matches[0][1] < KNOWN or (len(matches) > 1 and matches[0][1] == matches[1][1]):
        return NO_MATCH
    return matches[0]


def is_alias(text: str, aliases: Aliases) -> bool:
    """照原样的叫法 — whether the text, but for blanks and brackets, is a declared way of writing a heading."""
    bare = clean(text)
    return bare in aliases.columns or core(bare) in aliases.columns


def two_in_one(text: str, aliases: Aliases) -> bool:
    """两项合一 — whether a heading that is no alias names several columns (进展情况及存在问题)."""
    return len({column for column, _ in _parts(core(clean(text)), aliases) if column is not Column.UNKNOWN}) > 1


def core(cleaned: str) -> str:
    """主干 — a cleaned heading without what stands in brackets."""
    return _BRACKETS.sub("", cleaned) if "(" in cleaned or "[" in cleaned else cleaned


_NOISE = re.compile(r"[\s​﻿*#★▲△☆\"'“”‘’《》【】「」]+|…+")
_NUMBERING = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[.、)])(?=\D)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\(.*$")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_TOO_GENERAL = frozenset(
    _words("""
    单位 部门 说明 其他 日期 状态 类型 类别 分类 领导 附件 节点 事项 问题 任务 目标 电话 手机 签字 签名 照片 理由 领域
    大类 项目名称 主要问题 主要困难 名称 进度 退回 驳回 困难 负责人 限期 期限 方面 密级 复核
    """)
)
"""Words too general to be recognised at the end of a longer heading (常见问题, 填表日期)."""

_BEFORE = _words("""
    巡视整改 巡察整改 督察整改 问题整改 巡视反馈 巡察反馈 督察反馈 整改任务 整改措施 整改工作 整改 问题 任务 工作 具体
    主要 目前 当前 最新 本次 截至目前 现阶段 反馈 单位 实际 有关 相关 各项 上级 交办 隐患 项目 事项 措施 需 需要 拟
""")
_AFTER = _words("名称 内容 情况 说明 简述 概述 描述 要求 清单 明细 一览 详情 安排 情况说明")
_JOINTS = re.compile(r"以及|[及和与暨、/,，+]")
_EMPTY_LEAVES = frozenset(_words("内容 情况 名称 具体内容 具体情况 简述 描述 文字说明 主要内容"))

_PHRASES = tuple(
    (re.compile(pattern), column)
    for pattern, column in (
        (r"(?:申请|提请|拟|计划|预计|要求|请求).*(?:延期|销号).*", Column.NOTE),  # asked for is not granted
        (
            r".*(?:反馈|巡视|巡察|督察|督查|检查|审计|发现|查出|交办|通报|曝光|信访).*(?:问题|隐患)(?:清单)?",
            Column.PROBLEM,
        ),
        (r"是否.*(?:完成|到位|办结|整改|落实|销号).*", Column.STATUS),
        (r"(?:需|提请|请求|请).*(?:协调|解决|支持|帮助).*", Column.DIFFICULTY),
        (r".*(?:未|没有|滞后|逾期|困难).*(?:原因|理由)", Column.DIFFICULTY),
        (r"下一?(?:步|阶段|月|周|季度|期).*(?:打算|计划|安排|措施|工作|举措|考虑)", Column.NEXT),
    )
)
"""Ways of putting it that no list of aliases can hold."""

_STATE_NOW = re.compile(r"(?:目前|当前|整改|工作)?(?:现状|状况)")
"""How things stand: the progress in a unit's table, though it may be how things stood before."""


def _guesses(leaf: str, above: str, aliases: Aliases) -> Iterator[Match]:
    yield from _alone(leaf, aliases)
    if above and leaf not in aliases.columns:
        for joined in (leaf + core(above), core(above) + leaf):
            if joined in aliases.columns:
                yield aliases.columns[joined], _COMBINED
        if leaf in _EMPTY_LEAVES or not without_period(leaf):
            yield from _weighted(_alone(above, aliases), _BY_PARENT)


def _alone(heading: str, aliases: Aliases) -> Iterator[Match]:
    if heading in aliases.columns:
        yield aliases.columns[heading], 1.0
        return
    timeless = without_period(heading)
    bare = core(timeless)
    weight = _PERIODIC if timeless != heading else _BRACKETED if bare != heading else 1.0
    yield from _weighted(_plain(bare, aliases), weight)


def _plain(heading: str, aliases: Aliases) -> Iterator[Match]:
    if heading in aliases.columns:
        yield aliases.columns[heading], 1.0
        return
    for pattern, column in _PHRASES:
        if pattern.fullmatch(heading):
            yield column, _PHRASED
            return
    if _STATE_NOW.fullmatch(heading):
        yield Column.PROGRESS, _VAGUE
        return
    yield from _stripped(heading, aliases)
    yield from _joined(heading, aliases)
    yield from _by_tail(heading, aliases)


def _stripped(heading: str, aliases: Aliases) -> Iterator[Match]:
    shorter = [heading.removeprefix(word) for word in _BEFORE if heading.startswith(word)]
    for word in _AFTER:
        shorter += [one.removesuffix(word) for one in (heading, *shorter) if one.endswith(word)]
    for one in shorter:
        if len(one) > 1 and one in aliases.heads:
            yield aliases.heads[one], _STRIPPED


def _joined(heading: str, aliases: Aliases) -> Iterator[Match]:
    known = [column for column, _ in _parts(heading, aliases) if column is not Column.UNKNOWN]
    if known:
        yield (Column.PROGRESS if Column.PROGRESS in known else known[0]), _JOINED


def _parts(heading: str, aliases: Aliases) -> list[Match]:
    """两项中的各项 — the match of each part of a heading joined by 及, 和, /; empty where there is one part."""
    parts = [part for part in _JOINTS.split(heading) if part]
    if len(parts) < 2 or heading in aliases.columns:
        return []
    sure = [max(_stripped(part, aliases), default=NO_MATCH, key=_score) for part in parts]
    return [
        (aliases.columns[part], 1.0) if part in aliases.columns else match
        for part, match in zip(parts, sure, strict=True)
    ]


def _by_tail(heading: str, aliases: Aliases) -> Iterator[Match]:
    for start in range(1, len(heading) - 1):
        tail = heading[start:]
        if tail in aliases.heads and len(tail) >= _TAIL_LEAST * len(heading):
            yield aliases.heads[tail], _TAIL_BASE + _TAIL_SHARE * len(tail) / len(heading)
            return


def _weighted(matches: Iterable[Match], weight: float) -> Iterator[Match]:
    return ((column, score * weight) for column, score in matches)


def _score(match: Match) -> float:
    return match[1]
