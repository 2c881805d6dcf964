"""The recount: every number printed in a bulletin is found again in its summary workbook.

Only the two files are read, as a reader of them would: what the program computed on the way is not asked. A figure is
looked up in 数据来源 and counted again from 台账; days are reckoned from 到期日; a quotation stands in 台账 as written;
what is said of the last bulletin is looked up in 较上期.
"""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rectify_tool.document import write_document
from rectify_tool.model import Act, Claim, Decision, Job, Outcome, Source, Standing, Verdict
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.summary import make_summary
from rectify_tool.story.run import run
from rectify_tool.workbook import write_workbook
from tests.papers_builder import AS_OF, BREAKDOWN, outcome, published, reply, rules, sequel, story, verdict

ROOT = Path(__file__).parent.parent
SAMPLES = {"示例区2016": date(2016, 5, 20), "示例县2024": date(2024, 9, 20)}
Row = dict[str, Any]

# ---------------------------------------------------------------- the bulletin as printed ----

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Printed:
    """专报 — its lines and tables as text: the body in order, then headers and footers."""

    lines: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    margins: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        yield from self.lines
        yield from (cell for table in self.tables for row in table for cell in row)
        yield from self.margins


def printed(path: Path) -> Printed:
    document = docx.Document(str(path))
    body = document.element.body
    tables = tuple(tuple(tuple(cell.text for cell in row.cells) for row in table.rows) for table in document.tables)
    parts = [
        part._element
        for section in document.sections
        for part in (
            *(section.header, section.footer, section.even_page_header, section.even_page_footer),
            *(section.first_page_header, section.first_page_footer),
        )
    ]
    margins = dict.fromkeys(line for part in parts for line in _lines(part))
    return Printed(tuple(_lines(body)), tables, tuple(margins))


def _lines(root: Any) -> Iterator[str]:
    """各段 — outside tables; a text box in a paragraph is read as paragraphs of its own."""
    for one in root.iter(f"{_W}p"):
        if not any(above.tag == f"{_W}tbl" for above in one.iterancestors()):
            text = "".join(_run(node) for node in one.iter() if _paragraph(node) is one)
            yield from (line for line in text.split("\n") if line.strip())


_MARKS = {f"{_W}br": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}


def _run(node: Any) -> str:
    return str(node.text or "") if node.tag == f"{_W}t" else _MARKS.get(node.tag, "")


def _paragraph(node: Any) -> Any:
    return next((above for above in node.iterancestors() if above.tag == f"{_W}p"), None)


# ---------------------------------------------------------------- the summary as filed ----


@dataclass(frozen=True)
class Figure:
    """一个数 — a row of 数据来源; ``members`` are the items or units it counts."""

    at: int
    where: str
    said: str
    number: int
    how: str
    members: tuple[str, ...]

    @property
    def kind(self) -> str:
        """数什么 — as 怎样得出 begins; all but these are items."""
        return next(
            (kind for kind in ("分母", "单位", "台账“方面”一列", "台账“问题”一列") if self.how.startswith(kind)), "小项"
        )


@dataclass(frozen=True)
class Filed:
    """汇总表 — the sheets a recount needs, row by row, by heading."""

    figures: tuple[Figure, ...]
    fixed: Mapping[str, str]
    sources: Mapping[str, Row]
    items: Mapping[str, Row]
    units: Mapping[str, Row]
    findings: tuple[Row, ...]
    changes: Mapping[str, Row]
    heard: Mapping[str, Row]
    steps: tuple[Row, ...]
    dropped: tuple[str, ...]
    compared: str

    @cached_property
    def as_of(self) -> date:
        year, month, day = (int(one) for one in re.findall(r"\d+", self.fixed["基准日"]))
        return date(year, month, day)

    @cached_property
    def given(self) -> frozenset[str]:
        told = (self.fixed.get(name, "") for name in ("基准日", "起算日", "要求的期限", "更正的一期"))
        return frozenset(day for one in told for day in re.findall(_DATE, one))

    @cached_property
    def last(self) -> tuple[str, ...]:
        """上期的期号 — none where nothing is published yet."""
        return tuple(re.findall(r"^第(\d+)期", self.fixed.get("上期", "")))

    @cached_property
    def within(self) -> int:
        return int(self.fixed["临期的天数"].removesuffix("天"))

    @cached_property
    def words(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """各小项的原话 — by column; what was cut for printing stands in full in its last column, and comes first."""
        known = {}
        for no, row in self.items.items():
            texts = [(name, _of_a_unit(text)) for name, text in row.items() if text and isinstance(text, str)]
            whole = [part for _, text in texts for part in re.findall("【([^】]*)】([^【]*)", text)]
            known[no] = (*whole, *((name, text) for name, text in texts if text))
        return known

    def members(self, figure: Figure) -> tuple[str, ...]:
        """所数 — as listed, or where the list leads to 台账, those the filter gives there."""
        pointed = figure.members[:1] == (f"共{figure.number}项，见台账",)
        return tuple(self.filtered(figure.how) or ()) if pointed else figure.members

    def filtered(self, how: str) -> list[str] | None:
        """照样筛选 — the rows of 台账 or 单位 the words of 怎样得出 lead to; None where they are no plain filter."""
        how = how.removeprefix("分母：")
        if "较上期" in how:
            return self.turned(how)
        unit = re.fullmatch("单位“本期报送”为(.+)", how)
        if unit:
            return [name for name, row in self.units.items() if row["本期报送"] in unit[1].split("、")]
        asked = [re.fullmatch("台账“([^”]+)”(?:为|有)([^，]+)", part) for part in how.split("；")]
        if how == "台账全部小项":
            return [*self.items]
        if not all(asked):
            return None
        wanted = [(one[1], one[2]) for one in asked if one]
        return [no for no, row in self.items.items() if all(_meets(row[name], name, value) for name, value in wanted)]

    def turned(self, how: str) -> list[str] | None:
        """照样筛选较上期 — the items or units the words lead to; None where they are no plain filter."""
        asked = re.fullmatch("(单位：)?较上期“([^”]+)”(为|有|在)([^，]+)", how)
        if asked is None or asked[4].endswith(("已办的", "单位")):
            return None
        of_units, column, wanted = bool(asked[1]), asked[2], asked[4]
        if column == "建议":
            steps = [row for row in self.steps if row["建议"] == wanted]
            return [row["单位"] if of_units else row["小项"] for row in steps if of_units or row["小项"] != "—"]
        if column == "变化":
            rows = self.heard if of_units else self.changes
            return [key for key, row in rows.items() if wanted in row["变化"].split("\n")]
        return [unit for unit, row in self.heard.items() if row[column] and row[column] >= 2]

    def run(self, key: str) -> int:
        """连续几期 — of an item overdue, of a unit silent."""
        told = self.changes[key]["连续逾期（期）"] if key in self.changes else self.heard[key]["连续未报（期）"]
        return int(told or 0)

    def steps_of(self, key: str) -> str:
        """已办 — what is recorded of an item or a unit."""
        return "；".join(row["已办"] for row in self.steps if key in (row["小项"], row["单位"]))


def filed(path: Path) -> Filed:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of data bars, which openpyxl does not read
        book = openpyxl.load_workbook(path)
    told, fixed, _, sources = _tables(book["数据来源"], 4)
    return Filed(
        figures=tuple(_figure(row) for row in told),
        fixed={row["名称"]: row["专报中的写法"] for row in fixed},
        sources={row["编号"]: row for row in sources},
        items={row["编号"]: row for row in _tables(book["台账"], 1)[0]},
        units={row["单位"]: row for row in _tables(book["单位"], 1)[0] if row["单位"] != "合计"},
        findings=tuple(_tables(book["核对意见"], 1)[0]),
        **_compared(book["较上期"]),
    )


def _of_a_unit(text: str) -> str:
    """单位的原话 — without the note that they stay in use."""
    return re.sub("^（沿用[^）]*）", "", text)


def _compared(sheet: Any) -> dict[str, Any]:
    """较上期 — its tables by what their headings say, and what stands above them; each empty where it has none."""
    tables = [rows for rows in _tables(sheet, 0) if rows]
    having = {heading: [row for rows in tables if heading in rows[0] for row in rows] for heading in _COMPARED}
    return {
        "changes": {row["编号"]: row for row in having["连续逾期（期）"]},
        "heard": {row["单位"]: row for row in having["连续未报（期）"]},
        "steps": tuple(having["建议"]),
        "dropped": tuple(row["编号"] for row in having["上期进展"]),
        "compared": str([row[0].value for row in sheet.iter_rows(max_row=6)]),
    }


_COMPARED = ("连续逾期（期）", "连续未报（期）", "建议", "上期进展")


def _figure(row: Row) -> Figure:
    members = tuple(one for one in re.split("[、；]", re.sub("[^、；]+：", "", row["所数的小项或单位"])) if one)
    how = next(value for heading, value in row.items() if heading.startswith("怎样得出"))
    return Figure(row["序号"], row["所在部分"], row["专报语句"], row["个数"], how, members)


def _tables(sheet: Any, count: int) -> list[list[Row]]:
    """各表 — rows that hold more than one cell, up to the next that does not; the first is the heading."""
    grid = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    runs = [[*rows] for full, rows in groupby(grid, lambda row: sum(one is not None for one in row) > 1) if full]
    tables = []
    for heading, *rows in runs:
        names = [str(one).replace("\n", "") for one in heading if one is not None]
        tables.append([dict(zip(names, ("" if one is None else one for one in row), strict=False)) for row in rows])
    return [*tables, *([] for _ in range(count - len(tables)))]


# ---------------------------------------------------------------- the recount ----

DONE = ("已销号", "已完成", "逾期完成")
_DATE = r"\d{4}年\d{1,2}月\d{1,2}日"
_TOKEN = re.compile(
    rf"(?P<date>{_DATE})|第(?P<last>\d+)期|(?P<run>\d+)期|(?P<rate>\d+(?:\.\d+)?%)|(?P<within>\d+)天内|(?P<days>\d+)天"
    r"|(?P<count>\d+)(?=项|个)|(?P<no>\d+(?:-\d+)*)"
)
_RUN = re.compile(r"(\d+)期(逾期|未报送)")
_QUOTE = re.compile("“([^“”]*)”")
_OWN_WORDS = ("小项", "整改措施", "问题", "时限读法", "牵头单位", "责任单位")
_WORDING = (ROOT / "templates" / "rules.toml").read_text(encoding="utf-8")


@dataclass
class Recount:
    """复核 — ``wrong`` gathers what cannot be found again, in words.

    What hangs on nothing but the summary and some words is looked up once, however many bulletins are held against it.
    """

    book: Filed
    office: tuple[str, ...] = ()
    wrong: list[str] = field(default_factory=list)
    known: dict[tuple[object, ...], list[str]] = field(default_factory=dict)

    def complaints(self, paper: Printed) -> list[str]:
        """复核意见 — empty where every number of the bulletin is accounted for."""
        self.wrong = []
        for figure in self.book.figures:
            self._once(self._counted_again, figure)
        self._once(self._last_bulletin)
        self._lines(paper.lines)
        self._tables(paper)
        for line in paper.margins:
            self._once(self._plain, re.sub(r"— ?\d+ ?—", "", line), line)
        return self.wrong

    def _once(self, look: Callable[..., None], *at: Any) -> None:
        """看一次 — what ``look`` complains of, as it did the first time."""
        key, told = (look.__name__, *at), self.wrong
        if key not in self.known:
            self.wrong = self.known[key] = []
            look(*at)
        self.wrong = [*told, *self.known[key]]

    # ---- 数据来源 itself

    def _counted_again(self, figure: Figure) -> None:
        """所数 — as many as are listed, and those the same filter of 台账 or 单位 gives."""
        if figure.kind.endswith("一列"):
            written = {row[figure.kind[3:5]] for row in self.book.items.values() if row[figure.kind[3:5]]}
            self._hold(len(written) == figure.number, f"{figure.said}：{figure.number}")
            return
        members, again = self.book.members(figure), self.book.filtered(figure.how)
        self._hold(len(set(members)) == len(members) == figure.number, f"{figure.said}：{figure.number}")
        if again is not None:
            self._hold(set(again) == set(members), f"{figure.said}：{figure.how}，是{again}")
        if figure.how == "本句点名的小项":
            self._hold(all(no in figure.said for no in members), f"{figure.said}：没有点名{members}")
        rows = self.book.units if figure.kind == "单位" else self.book.items
        self._hold(rows.keys() >= set(members), f"{figure.said}：有的不在台账中")
        if members is figure.members and figure.kind != "单位":
            self._hold(set(members) <= set(self.book.sources), f"{figure.said}：有的没有出处")

    def _last_bulletin(self) -> None:
        """上期 — the one 较上期 compares with, and the items only it had."""
        last, gone = self.book.fixed.get("上期", ""), self.book.fixed.get("不再列入", "")
        self._hold(last.replace("（", "（基准日", 1).rstrip("）") in self.book.compared, f"上期：{last}")
        told = re.fullmatch(r"不再列入(\d+)项（(.+?)(等?)）", gone)
        nos = tuple(told[2].split("、")) if told else ()
        whole = self.book.dropped[: len(nos)] if told and told[3] else self.book.dropped
        self._hold(nos == whole and (int(told[1]) if told else 0) == len(self.book.dropped), f"不再列入：{gone}")

    # ---- sentences

    def _lines(self, printed_lines: Sequence[str]) -> None:
        """正文 — every sentence 数据来源 names is there, in its order; what stands between them holds no figure."""
        lines = [*printed_lines]
        at, start = 0, 0
        for _, told in groupby(self.book.figures, lambda one: one.at):
            figures = tuple(told)
            said = figures[0].said
            if figures[0].where[:2] == "附件":
                break
            found = ((row, lines[row].find(said, start if row == at else 0)) for row in range(at, len(lines)))
            place = next(((row, column) for row, column in found if column >= 0), None)
            self._hold(place is not None, f"专报里没有“{said}”")
            if place:
                at, start = place
                lines[at] = f"{lines[at][:start]}{'＿' * len(said)}{lines[at][start + len(said) :]}"
                self._once(self._sentence, said, figures)
        self._ordinals(lines)

    def _sentence(self, said: str, figures: Sequence[Figure]) -> None:
        nos, of = (
            next((self.book.members(one) for one in figures if one.kind == kind), ()) for kind in ("小项", "分母")
        )
        units = next((self.book.members(one) for one in figures if one.kind == "单位"), ())
        counts = {one.number for one in figures} | {len({self.book.items[no]["牵头单位"] for no in nos})}
        shown = [token["no"] for token in _TOKEN.finditer(self._unquoted(said, nos)) if token["no"]]
        counts |= {len(nos) - len(set(shown)), *self._alike(units)}
        if shown and not re.search("等|另有", said):
            self._hold(set(shown) == set(nos), f"“{said}”列出的应是{nos}")
        runs = self._runs(self._unquoted(said, nos), nos, units)
        self._tokens(said, nos, counts, _percent(len(nos), len(of)) if of else "", runs)

    def _alike(self, units: Sequence[str]) -> list[int]:
        """原因相同的单位 — how many are silent equally long and have nothing else to answer for."""
        late = {row["单位"] for row in self.book.steps if row["小项"] != "—"}
        alone = sorted(self.book.run(unit) for unit in units if unit not in late and unit in self.book.heard)
        return [len([*same]) for _, same in groupby(alone)]

    def _runs(self, text: str, nos: Sequence[str], units: Sequence[str]) -> set[int]:
        """连续几期 — those that are right: of the items or units named since the last one, else of the one before."""
        start, right, wrong = 0, set[int](), set[int]()
        for token in _RUN.finditer(text):
            known, counted = (nos, nos) if token[2] == "逾期" else ((*self.book.heard,), units)
            since = [key for key in known if _named(key, text[start : token.start()])]
            before = sorted((text.rfind(key, 0, token.start()), key) for key in known)[-1:]
            last = [key for at, key in before if at >= 0] or counted
            holds = {self.book.run(key) for key in since or last} == {int(token[1])}
            (right if holds else wrong).add(int(token[1]))
            start = token.end()
        return right - wrong

    def _tokens(
        self,
        said: str,
        nos: Sequence[str] = (),
        counts: Container[int] = (),
        rate: str = "",
        runs: Container[int] = (),
    ) -> None:
        """逐个数字 — a day and a number of days belong to the item, or else to the unit, named last before them."""
        current, named = nos[0] if len(nos) == 1 else "", -1
        text_of = self._unquoted(said, nos)
        for token in _TOKEN.finditer(text_of):
            kind, text = str(token.lastgroup), token[str(token.lastgroup)]
            current, named = (text, token.start()) if kind == "no" else (current, named)
            at, unit = max(((text_of.rfind(one, 0, token.start()), one) for one in self.book.heard), default=(-1, ""))
            steps = re.findall(_DATE, self.book.steps_of(unit if at > named else current))
            known: Mapping[str, Container[Any]] = {
                "no": nos,
                "count": counts,
                "rate": (rate,),
                "within": (self.book.within,),
                "days": self._days(current),
                "date": self.book.given | self._dates(current) | {*steps},
                "run": runs,
                "last": self.book.last,
            }
            self._hold(
                (int(text) if kind in ("count", "within", "days", "run") else text) in known[kind],
                f"“{said}”中的{text}",
            )

    def _unquoted(self, said: str, nos: Sequence[str]) -> str:
        """去掉引文 — quotations and the items' own words are found in 台账 and taken out; what is left is our own."""
        text = _close(said)
        for no in nos:
            for words in (*self._words(no, _OWN_WORDS), *self._reasons(no)):
                text = _without(text, _close(words))
        for quote in _QUOTE.findall(text):
            told = any(_begins(quote, words) for no in nos for words in self._words(no))
            noted = any(_plain_quotes(quote) in _plain_quotes(_close(row["意见"])) for row in self.book.findings)
            self._hold(told or noted or f"“{quote}”" in _WORDING, f"“{said}”的引文{quote}")
        return _QUOTE.sub("", text)

    def _words(self, no: str, columns: Container[str] | None = None) -> list[str]:
        """原话 — the texts of the item's row in 台账."""
        told = self.book.words.get(no, ())
        return [text for name, text in told if columns is None or name.replace("\n", "") in columns]

    def _reasons(self, no: str) -> list[str]:
        """理由 — of the office's acts, behind the day and the act."""
        lines = str(self.book.items.get(no, {}).get("办理决定", "")).split("\n")
        return [line[found.end() :] for line in lines for found in re.finditer("：", line)]

    def _days(self, no: str) -> set[int]:
        """天数 — from 到期日 to the as-of day, as 剩余天数 has it; to the day it was finished; how far it moved."""
        row = self.book.items.get(no, {})
        due, finished = _day(row.get("到期日")), _day(row.get("完成日期"))
        left = (due - self.book.as_of).days if due else None
        known = {abs(left)} if left is not None and left == row["剩余天数"] else set()
        known |= {abs(int(self.book.changes[no]["时限移动（天）"] or 0))} - {0} if no in self.book.changes else set()
        return known | ({(finished - due).days} if finished and due and finished > due else set())

    def _dates(self, no: str) -> set[str]:
        row = self.book.items.get(no, {})
        told = re.findall(_DATE, f"{row.get('时限读法')}{row.get('办理决定')}")
        days = [_day(row.get(name)) for name in ("到期日", "完成日期")]
        moved = self.book.changes[no]["时限移动（天）"] if no in self.book.changes else None
        days += [days[0] - timedelta(moved)] if days[0] and moved else []
        return {*told, *(f"{day.year}年{day.month}月{day.day}日" for day in days if day)}

    # ---- what stands between the sentences

    def _ordinals(self, lines: Sequence[str]) -> None:
        """序号 — 一、（一）一是 1. 附件1 run without a gap; each level begins anew under the one above it."""
        reached = dict.fromkeys(_ORDINALS, 0)
        for line in lines:
            rest = line.strip()
            for level, (pattern, below) in _ORDINALS.items():
                found = re.match(pattern, rest)
                if found:
                    reached[level] += 1
                    self._hold(found[1] in (str(reached[level]), _chinese(reached[level])), f"序号：{line}")
                    reached |= dict.fromkeys(below, 0)
                    rest = rest[found.end() :]
            self._once(self._plain, rest, line)

    def _plain(self, text: str, line: str) -> None:
        """不数小项的文字 — only the number of the issue, given days, the copies, and the office's own texts."""
        rest = _close(text)
        for name in ("上期", "不再列入"):
            rest = rest.replace(self.book.fixed.get(name) or "＿", "", 1)
        for words in (*self.office, *self._aspects):
            rest = _without(rest, _close(words))
        for name, pattern in (("期号", r"第\d+期"), ("共印份数", r"(?<=共印)\d+份")):
            for found in re.findall(pattern, rest):
                self._hold(self.book.fixed.get(name) == found, f"{line}：{found}")
            rest = re.sub(pattern, "", rest)
        self._tokens(rest)

    @cached_property
    def _aspects(self) -> list[str]:
        return list(
            dict.fromkeys(re.sub("^[一二三四五六七八九十]+、", "", r["方面"]) for r in self.book.items.values())
        )

    # ---- attachments

    def _tables(self, paper: Printed) -> None:
        told = [one for one in self.book.figures if one.where[:2] == "附件"]
        for heading, *rows in paper.tables:
            names = [_close(name) for name in heading]
            if names[0] == "责任领导":
                self._leaders(names, rows, [one for one in told if one.said != "各行"])
            else:
                self._items(names, rows, told.pop(0) if told else None)

    def _items(self, names: Sequence[str], rows: Sequence[Sequence[str]], figure: Figure | None) -> None:
        nos = tuple(row[names.index("编号")] for row in rows)
        listed = self.book.members(figure) if figure else ()
        pointed = figure is not None and listed is not figure.members
        self._hold(sorted(nos) == sorted(listed) if pointed else nos == listed, f"附件列的是{nos}，数据来源是{listed}")
        for at, row in enumerate(rows, 1):
            for name, cell in zip(names, row, strict=True):
                self._cell(name, cell, at, nos[at - 1])

    def _cell(self, name: str, cell: str, at: int, no: str) -> None:
        if name == "序号":
            self._hold(cell == str(at), f"附件序号{cell}")
        elif name != "编号":
            for line in cell.split("\n"):
                self._once(self._cell_line, f"附件{no}的{name}", line, no)

    def _cell_line(self, what: str, line: str, no: str) -> None:
        line = line.removesuffix("（此前报送，本期未报）")
        for day, act in re.findall(f"（({_DATE})(退回|重新打开)，尚未重新报送）$", line):
            self._hold(day in self._dates(no), f"{what}{day}")
            line = line.removesuffix(f"（{day}{act}，尚未重新报送）")
        if line.isdigit():
            self._hold(int(line) in self._days(no), f"{what}{line}")
        elif not any(_begins(line, words) for words in self._words(no)):
            self._tokens(line, (no,))

    def _leaders(self, names: Sequence[str], rows: Sequence[Sequence[str]], told: Sequence[Figure]) -> None:
        self._hold([row[0] for row in rows] == [one.said for one in told], "责任领导一览的各行")
        for row, figure in zip(rows, told, strict=False):
            of = {no: _state(one) for no, one in self.book.items.items() if _led(one["责任领导"], row[0])}
            self._hold(set(of) == set(figure.members), f"{row[0]}的小项")
            for name, cell in zip(names[1:], row[1:], strict=True):
                self._hold(cell == _tally(name, of), f"{row[0]}的{name}{cell}")

    def _hold(self, holds: bool, what: str) -> None:
        if not holds:
            self.wrong.append(what)


_ORDINALS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "part": ("([一二三四五六七八九十]+)、", ("section", "list", "asked")),
    "section": ("（([一二三四五六七八九十]+)）", ("list", "asked")),
    "asked": ("([一二三四五六七八九十]+)是", ()),
    "list": (r"(?:附件：)?(\d+)\. ", ()),
    "attached": (r"附件(\d+)", ()),
}


def _named(key: str, text: str) -> bool:
    """点名 — an item by its whole number, a unit by its name."""
    return re.search(rf"(?<![\d-]){re.escape(key)}(?![\d-])", text) is not None


@cache
def _close(text: object) -> str:
    return re.sub(r"\s", "", str(text))


@cache
def _plain_quotes(text: str) -> str:
    return re.sub("[“”‘’]", "'", text)


@cache
def _begins(cut: str, words: str) -> bool:
    """引文 — all of what was written, but for the stops at its end; or its beginning, cut with ……."""
    short, whole = (_plain_quotes(_close(one)) for one in (cut, words))
    if short.endswith("……") and len(short) > 12:
        return whole.startswith(short.removesuffix("……"))
    return bool(short) and short.rstrip("。；;.，,、") == whole.rstrip("。；;.，,、")


@cache
def _without(text: str, words: str) -> str:
    """去掉原文 — once, whole or cut, where it holds a figure or a quotation that is not ours."""
    words = words.rstrip("。；;.，,、")
    if not re.search(r"[\d“]", words):
        return text
    if words in text:
        return text.replace(words, "", 1)
    cut = next((at for at in range(len(words), 19, -1) if f"{words[:at]}……" in text), 0)
    return text.replace(f"{words[:cut]}……", "", 1) if cut else text


def _meets(value: str, column: str, wanted: str) -> bool:
    if column == "灯·状态":
        return value.split(" ", 1)[1] in wanted.split("、")
    if column == "提示":
        return not {*wanted.split("、")}.isdisjoint(value.split("\n"))
    return value == ("" if wanted == "空" else wanted)


def _percent(part: int, whole: int) -> str:
    """百分比 — one decimal, half up; neither nothing nor all unless it is."""
    shown = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if 0 < part < whole:
        shown = min(max(shown, Decimal("0.1")), Decimal("99.9"))
    return str(shown).removesuffix(".0") + "%"


def _day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else None


def _state(row: Row) -> str:
    return str(row["灯·状态"]).split(" ", 1)[1]


def _led(leaders: str, name: str) -> bool:
    return f"、{name}、" in f"、{leaders}、" or (not leaders and name == "（未明确）")


def _tally(name: str, of: Mapping[str, str]) -> str:
    kind = name.removeprefix("其中")
    if kind == "逾期小项编号":
        return "、".join(no for no, state in of.items() if state == "逾期")
    wanted = {"小项": tuple(of.values()), "已完成": DONE}.get(kind, (kind,))
    return str(sum(state in wanted for state in of.values()))


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones or not tens else "")


# ---------------------------------------------------------------- the papers recounted ----


def recount(paper: Printed, book: Filed, office: Iterable[str] = ()) -> list[str]:
    return recounting(book, office)(paper)


def recounting(book: Filed, office: Iterable[str] = ()) -> Callable[[Printed], list[str]]:
    """复核的人 — for many bulletins against one summary."""
    return Recount(book, tuple(text for text in office if not text.isdigit())).complaints


def papers_of(one: Outcome, folder: Path) -> tuple[Printed, Filed, tuple[str, ...]]:
    paper = make_bulletin(one)
    write_document(paper, ROOT / "templates" / paper.template, folder / "专报.docx")
    write_workbook(make_summary(one, paper), folder / "汇总表.xlsx", now=one.job.now)
    return printed(folder / "专报.docx"), filed(folder / "汇总表.xlsx"), tuple(one.rules.office.values())


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Printed, Filed]:
    folder = tmp_path_factory.mktemp("工作") / request.param
    shutil.copytree(ROOT / "samples" / request.param, folder, ignore=shutil.ignore_patterns("成果"))
    as_of = SAMPLES[request.param]
    done = run(Job(str(folder), as_of, datetime(as_of.year, as_of.month, as_of.day, 9), number=8))
    return printed(Path(done.outputs["bulletin"])), filed(Path(done.outputs["summary"]))


def test_every_number_of_a_samples_bulletin_is_found_again_in_its_summary(sample: tuple[Printed, Filed]) -> None:
    paper, book = sample
    assert len(book.figures) > 30 and sum(len(re.findall(r"\d+", text)) for text in paper.texts()) > 150
    assert recount(paper, book) == []


def test_any_number_of_a_samples_bulletin_that_is_one_too_many_is_noticed(sample: tuple[Printed, Filed]) -> None:
    paper, book = sample
    again = recounting(book)
    unnoticed = [told for told, altered in _altered(paper) if not again(altered)]
    assert unnoticed == []


def _altered(paper: Printed) -> Iterator[tuple[str, Printed]]:
    """改一个数 — the bulletin with each of its numbers in turn one higher."""
    for at, line in enumerate(paper.lines):
        for told in _one_more(line):
            yield told, replace(paper, lines=(*paper.lines[:at], told, *paper.lines[at + 1 :]))
    for number, table in enumerate(paper.tables):
        for at, row in enumerate(table):
            for column, cell in enumerate(row):
                for told in _one_more(cell):
                    changed = (*table[:at], (*row[:column], told, *row[column + 1 :]), *table[at + 1 :])
                    tables = (*paper.tables[:number], changed, *paper.tables[number + 1 :])
                    yield f"{row} {told}", replace(paper, tables=tables)


def _one_more(text: str) -> Iterator[str]:
    for found in re.finditer(r"\d+", text):
        yield f"{text[: found.start()]}{int(found[0]) + 1}{text[found.end() :]}"


def test_an_item_more_or_less_in_the_summary_is_noticed(sample: tuple[Printed, Filed]) -> None:
    paper, book = sample
    for at, figure in enumerate(book.figures):
        if not figure.kind.endswith("一列"):
            short = replace(figure, members=figure.members[1:])
            assert recount(paper, replace(book, figures=(*book.figures[:at], short, *book.figures[at + 1 :])))


def test_another_state_or_day_of_an_item_in_the_summary_is_noticed(sample: tuple[Printed, Filed]) -> None:
    paper, book = sample
    for no, row in book.items.items():
        other = "绿 已完成" if row["灯·状态"] == "红 逾期" else "红 逾期"
        assert recount(paper, _with(book, no, **{"灯·状态": other})), no
        if row["灯·状态"] == "红 逾期":
            assert recount(paper, _with(book, no, 到期日=row["到期日"] - timedelta(1))), no
            assert recount(paper, _with(book, no, 剩余天数=row["剩余天数"] - 1)), no


def _with(book: Filed, no: str, **values: object) -> Filed:
    return replace(book, items={**book.items, no: {**book.items[no], **values}})


SMALL: Mapping[str, Callable[[], Outcome]] = {
    "nothing": outcome,
    "one item": lambda: outcome(verdict("1-1", Standing.OVERDUE)),
    "one item of a table without problems": lambda: outcome(verdict("7", Standing.DUE_SOON)),
    "everything said once": story,
    "nobody reported": lambda: outcome(
        verdict("1-1", reported=False),
        verdict("1-2", lead="区审计局", reported=False),
        missing=["区财政局", "区审计局"],
    ),
    "figures in the texts of others": lambda: outcome(
        verdict(
            "1-1", Standing.OVERDUE, lead="110指挥中心", matter="清理3类18个指挥部，100%到位", replies=[_counting()]
        ),
        verdict("1-2", Standing.OVERDUE, aspect="二、“一岗双责”等5个方面", leaders=("第1副区长", "第2副区长")),
        verdict("2-1", Standing.FINISHED_LATE, finished=AS_OF, due=date(2016, 5, 1)),
        using=rules(title="关于第2轮整改的督查专报", serial="编号：0001", copies="35", sender="第9督查组"),
    ),
    "hostile texts": lambda: outcome(
        verdict("1-1", Standing.OVERDUE, lead="甲&乙<3>局", matter="{{ 7*7 }}=cmd|' /C calc'!A0\x07😀", deadline=None),
        verdict("1-2", Standing.OVERDUE, replies=[reply("区财政局", "1-2", progress="“已办”3件<br/>；&amp; " * 5000)]),
    ),
    "more than a sentence lists": lambda: outcome(
        *(verdict(f"{at}-1", Standing.OVERDUE, lead=f"{at}局", leaders=(f"{at % 3}号领导",)) for at in range(1, 61))
    ),
    "more of each kind than a sentence names": lambda: outcome(
        *(verdict(f"1-{at}", Standing.DUE_SOON, due=date(2016, 5, 25)) for at in range(1, 21)),
        *(verdict(f"2-{at}", Standing.UNDATED, due=date(2016, 5, 1), to_confirm=True) for at in range(1, 31)),
        *(verdict(f"3-{at}", claimed=Claim.NONE, replies=()) for at in range(1, 21)),
    ),
    "everything closed": lambda: outcome(*(verdict(f"{at}", Standing.CLOSED) for at in range(1, 21))),
    "all whose day has passed are done": lambda: outcome(
        _of("1-1", Standing.FINISHED_LATE), _of("1-2", Standing.FINISHED_LATE), _of("1-3", Standing.ON_TRACK)
    ),
    "four hundred items": lambda: outcome(
        *(_of(f"{at // 20 + 1}-{at % 20 + 1}", list(Standing)[at // 3 % 8]) for at in range(400))
    ),
    "three bulletins before": sequel,
    "nothing changed": lambda: outcome(*_two(), earlier=[published(*_two())]),
    "one item, unchanged": lambda: outcome(_two()[0], earlier=[published(_two()[0])]),
    "a bulletin of the year before": lambda: outcome(
        *_two(), earlier=[published(*_two(), number=36, as_of=date(2015, 12, 30))]
    ),
    "more turned than a sentence lists": lambda: outcome(
        *(_of(f"1-{at}", Standing.OVERDUE) for at in range(1, 31)),
        *(verdict(f"2-{at}", lead=f"{_chinese(at)}局", due=date(2016, 7, 9), reported=False) for at in range(1, 31)),
        missing=[f"{_chinese(at)}局" for at in range(1, 31)],
        earlier=[
            published(
                *(verdict(f"{part}-{at}", lead=f"{_chinese(at)}局") for part in (1, 2, 3) for at in range(1, 31)),
                missing=[f"{_chinese(at)}局" for at in range(1, 31)],
            )
        ],
    ),
    "many units silent alike": lambda: _silent_alike(18),
    "all but a few carried": lambda: _silent_alike(10),
    "an approved extension": lambda: outcome(
        verdict("1-1", Standing.DUE_SOON, decisions=[_extension()], due=date(2016, 5, 27)), verdict("1-2")
    ),
}


def _silent_alike(many: int) -> Outcome:
    """同样沉默的单位 — so many for the second time, the last of them for the third; one sent never anything."""
    units = [f"{name}局" for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"[:many]]
    then = [verdict(f"{at}-1", lead=unit) for at, unit in enumerate(units, 1)]
    now = [verdict(f"{at}-1", lead=unit, carried=unit != units[0]) for at, unit in enumerate(units, 1)]
    earlier = [
        published(*then, number=6, as_of=date(2016, 4, 29), missing=units[-1:]),
        published(*then, missing=units),
    ]
    return outcome(*now, verdict("90-1", lead="区委办公室"), missing=units[:1], carried=units[1:], earlier=earlier)


def _two() -> tuple[Verdict, Verdict]:
    return verdict("1-1", Standing.FINISHED, finished=date(2016, 5, 3)), verdict("1-2", Standing.LONG_TERM)


def _counting() -> Any:
    return reply("110指挥中心", "1-1", Claim.IN_PROGRESS, "清理18个中的7个，完成38%，5月30日前再清理4个")


def _of(
    no: str, standing: Standing, *, lead: str = "区财政局", reported: bool = True, carried: bool = False
) -> Verdict:
    """某种状态的小项 — one finished late has both its days."""
    due, finished = (date(2016, 5, 1), date(2016, 5, 18)) if standing is Standing.FINISHED_LATE else (LATER, None)
    return verdict(no, standing, lead=lead, due=due, finished=finished, reported=reported, carried=carried)


LATER = date(2016, 6, 30)


def _extension() -> Decision:
    return Decision(
        Act.EXTEND, "1-1", date(2016, 4, 20), date(2016, 5, 27), "会议同意", Source(BREAKDOWN, "分解表", "M3")
    )


@pytest.mark.parametrize("name", SMALL)
def test_every_number_of_a_small_or_strange_bulletin_is_found_again(name: str, tmp_path: Path) -> None:
    assert recount(*papers_of(SMALL[name](), tmp_path)) == []


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(Standing), max_size=30), st.booleans())
def test_every_number_of_any_bulletin_is_found_again(tmp_path: Path, standings: list[Standing], silent: bool) -> None:
    made = [_of(f"{at // 3 + 1}-{at % 3 + 1}", one, reported=not silent) for at, one in enumerate(standings)]
    missing = ["区财政局"] if silent and made else []
    assert recount(*papers_of(outcome(*made, missing=missing), tmp_path)) == []


def test_any_number_of_a_bulletin_with_others_before_it_that_is_one_too_many_is_noticed(tmp_path: Path) -> None:
    paper, book, office = papers_of(sequel(), tmp_path)
    again = recounting(book, office)
    unnoticed = [told for told, altered in _altered(paper) if not again(altered)]
    assert unnoticed == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(Standing), st.sampled_from(Standing)), max_size=20),
    st.lists(st.sets(st.integers(0, 3)), min_size=1, max_size=5),
    st.integers(0, 3),
)
def test_every_number_of_any_bulletin_with_others_before_it_is_found_again(
    tmp_path: Path, stood: list[tuple[Standing, Standing]], silent: list[set[int]], added: int
) -> None:
    nos = [(f"{at // 3 + 1}-{at % 3 + 1}", f"{_chinese(at % 4)}局") for at in range(len(stood))]
    *before, last = [tuple(f"{_chinese(at)}局" for at in sorted(one) if at < len(stood)) for one in silent]
    then = [_of(no, one, lead=lead) for (no, lead), (one, _) in zip(nos, stood, strict=True)]
    now = [_of(no, one, lead=lead, carried=lead in last) for (no, lead), (_, one) in zip(nos, stood, strict=True)]
    earlier = [
        published(*then[added:], number=number, as_of=date(2016, 4, number), missing=missing)
        for number, missing in enumerate(before, 1)
    ]
    assert recount(*papers_of(outcome(*now[: len(now) - added], carried=last, earlier=earlier), tmp_path)) == []
