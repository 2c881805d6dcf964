"""措辞 — wording from 口径 made into sentences that know what they count, and the small words of official Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rectify_tool.model import Paragraph, Rules, Sentence, Verdict, printable
from rectify_tool.papers.cases import lead_units
from rectify_tool.papers.counts import percent

LISTED = 15
"""一句里最多列几个 — numbers, units or items named in one sentence before it says where the rest stands."""

NAMED = 20
"""最多逐项点名几项 — the rest stands in the attachment; longer lists nobody reads in running text."""

_STOPS = "。；;.，,、 \u3000"
_LINE_END = re.compile(r"(?<![。；;，,：:、！？!?\s])[^\S\n]*\n\s*")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[^\S\u3000]+")
_NEEDLESS_BLANK = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")

_CHINESE = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Speech:
    """措辞 — the office's wording; every sentence of a paper is made by `say` or `word`."""

    rules: Rules

    def word(self, name: str, **slots: object) -> str:
        """词语 — a wording that counts nothing."""
        return self.rules.wording[name].format(**slots)

    def say(
        self,
        name: str,
        verdicts: Sequence[Verdict] = (),
        units: Sequence[str] = (),
        of: Sequence[Verdict] = (),
        **slots: object,
    ) -> Sentence:
        """语句 — the wording with its figures taken from what it counts, never from elsewhere.

        Slots every wording may use: {n} items, {u} units, {total} items of the denominator, {rate}, {nos}, {names},
        {these} (5项（1-1、2-1……） or 小项1-1) and {each} (逐项 of several).
        """
        figures = {
            "n": len(verdicts),
            "these": self._these(verdicts),
            "each": "" if len(verdicts) == 1 else self.word("several_each"),
            "u": len(units),
            "total": len(of),
            "rate": percent(len(verdicts), len(of)),
            "nos": self.numbers(verdicts),
            "names": self.names(units),
        }
        text = self.rules.wording[name].format(**figures | slots)
        return Sentence(printable(text), numbers_of(verdicts), tuple(units), name, numbers_of(of))

    def _these(self, verdicts: Sequence[Verdict]) -> str:
        """所指的小项 — 小项1-1, 5项（1-1、2-1……）, or the count alone where there are too many to list."""
        many = "" if len(verdicts) == 1 else ("several_" if len(verdicts) <= LISTED else "many_")
        return self.word(f"{many}these", n=len(verdicts), nos=self.numbers(verdicts))

    def numbers(self, verdicts: Sequence[Verdict]) -> str:
        """编号 — 4-2、6-1; where there are too many, the first ones and 等."""
        listed = "、".join(verdict.entry.item.no for verdict in verdicts[:LISTED])
        return listed if len(verdicts) <= LISTED else f"{listed}等"

    def names(self, units: Sequence[str]) -> str:
        """单位名 — 区财政局、区审计局; where there are too many, the first ones and how many in all."""
        if len(units) <= LISTED:
            return "、".join(units)
        return self.word("many_units", first="、".join(units[:3]), u=len(units))

    def items(self, verdicts: Sequence[Verdict], told: Callable[[Verdict], str]) -> str:
        """逐项 — each item in the words of ``told``, joined by semicolons, with a word on those not listed."""
        parts = [told(verdict) for verdict in verdicts[:LISTED]]
        rest = len(verdicts) - len(parts)
        return "；".join([*parts, self.word("list_rest", n=rest)] if rest else parts)

    def owner(self, verdict: Verdict) -> str:
        """牵头单位 — as it stands in brackets behind a number."""
        lead = verdict.entry.item.lead
        return self.word("owner", lead=lead) if lead else self.word("owner_none")

    def item(self, verdict: Verdict, name: str = "plain_item", **slots: object) -> str:
        """一项 — its number and lead unit, and what the wording ``name`` says besides."""
        return self.word(name, no=verdict.entry.item.no, owner=self.owner(verdict), **slots)

    def listing(
        self, name: str, verdicts: Sequence[Verdict], told: Callable[[Verdict], str] | None = None
    ) -> tuple[Paragraph, ...]:
        """一句列项 — one sentence with its items in ``told``'s words, or else by number and lead unit; nothing of none.

        Of a single item the sentence speaks of the item itself (the wording ``name``_one), and lists nothing.
        """
        if not verdicts:
            return ()
        wording = f"{name}_one" if len(verdicts) == 1 else f"{name}_lead"
        told_of = self.items(verdicts, told or self.item)
        return (paragraph(self.say(wording, verdicts, units=lead_units(verdicts), list=told_of)),)


def numbers_of(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    """编号 — of the verdicts, in order."""
    return tuple(verdict.entry.item.no for verdict in verdicts)


def paragraph(*sentences: Sentence | str) -> Paragraph:
    """自然段 — plain text is a sentence that counts nothing."""
    return Paragraph(tuple(Sentence(one) if isinstance(one, str) else one for one in sentences))


def named(verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """逐项点名的小项 — all of them where only a few would be left over."""
    return verdicts if len(verdicts) <= NAMED + 3 else verdicts[:NAMED]


def joined(clauses: Sequence[Sentence], between: str = "，", end: str = "。") -> tuple[Sentence, ...]:
    """连成一句 — the clauses with their punctuation; each still counts what it counted."""
    last = len(clauses) - 1
    return tuple(replace(one, text=one.text + (end if at == last else between)) for at, one in enumerate(clauses))


def spoken_day(day: date) -> str:
    """公文日期 — 2016年5月20日, without leading zeros (GB/T 9704-2012 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def spoken_due(verdict: Verdict) -> str:
    """到期日 — as an official day; "" where there is none."""
    return spoken_day(verdict.due) if verdict.due else ""


def ordinal(number: int) -> str:
    """中文数字 — 1 → 一, 12 → 十二, 20 → 二十; headings number no further than 99."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_CHINESE[tens]}十")
    return head + (_CHINESE[ones] if ones or not tens else "")


def brief(text: str, limit: int) -> str:
    """摘要 — the text on one line, no closing full stop, cut with …… where it is longer than ``limit`` characters.

    Where a line ended without a stop a blank keeps its words apart from the next. Marks of writing direction, which
    would turn the rest of our own sentence round, stay in the summary.
    """
    apart = _LINE_END.sub("\u3000", _DIRECTION.sub("", printable(text)).strip())
    line = _NEEDLESS_BLANK.sub("", _BLANKS.sub(" ", apart)).strip().rstrip(_STOPS)
    return line if len(line) <= limit else line[:limit].rstrip(_STOPS) + "……"


def listed(names: Sequence[str]) -> str:
    """几个名称 — by 顿号, or by semicolons where a name has 顿号 of its own (区委常委、副区长)."""
    return ("；" if any("、" in name for name in names) else "、").join(names)


def quoted(text: str) -> str:
    """引文 — double quotation marks inside a quotation become single ones."""
    return text.replace("“", "‘").replace("”", "’")
