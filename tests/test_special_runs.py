"""Work folders that are out of the ordinary, run whole by the command line: what is printed must still read well."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest

from rectify_tool.model import Standing
from tests.inside import command
from tests.sheets import write_folder

BODY, FIRST, SECOND, ATTACHMENT = "公文正文", "公文一级", "公文二级", "附件序号"
SAME = {"公文末段": BODY}
"""同样的样式 — the last paragraph is the body's, kept together with the signature."""

Json = dict[str, Any]
Sheets = Mapping[str, str]


# ---------------------------------------------------------------- 工作文件夹 ----

HEAD = "编号 | 方面 | 反馈问题 | 整改措施 | 责任领导 | 牵头单位 | 配合单位 | 整改时限 | 销号日期"
SENT_HEAD = "编号 | 整改措施 | 进展情况 | 完成时间"
AREAS = ("落实“两个责任”方面", "执行廉洁纪律方面", "执行组织纪律方面", "执行其他纪律方面")
DUTIES = ("修订财务管理制度", "开展专项审计", "清理超编人员", "压减会议文件", "公开办事流程", "整治窗口作风")


class Given(NamedTuple):
    """小项 — one row of the breakdown, and what its lead sends of it ("" sends a blank row, None no row at all)."""

    no: str
    lead: str
    deadline: str
    said: str | None = None
    finished: str = ""
    closed: str = ""
    co: str = ""
    leader: str = "区委副书记"

    @property
    def aspect(self) -> str:
        return AREAS[(int(self.no.split("-")[0]) - 1) % len(AREAS)]

    @property
    def measure(self) -> str:
        problem, item = self.no.split("-")
        return f"{DUTIES[(int(problem) + int(item)) % len(DUTIES)]}（第{problem}批第{item}项）"


def folder_of(*items: Given) -> Sheets:
    """文件夹 — the breakdown of these items, and one workbook of every lead that sends anything."""
    rows = [
        f"{one.no} | {one.aspect} | 关于第{one.no.split('-')[0]}个问题整改不到位的问题 | {one.measure} | {one.leader} "
        f"| {one.lead} | {one.co} | {one.deadline} | {one.closed}"
        for one in items
    ]
    sheets = {"责任分解表.xlsx": "\n".join(["示例区整改责任分解表（2016年2月26日反馈）", HEAD, *rows])}
    for lead in dict.fromkeys(one.lead for one in items if one.said is not None):
        mine = [
            f"{one.no} | {one.measure} | {one.said} | {one.finished}"
            for one in items
            if one.lead == lead and one.said is not None
        ]
        head = [f"填报单位：{lead} | 填报日期：2016年5月18日", SENT_HEAD]
        sheets[f"报送/{lead}.xlsx"] = "\n".join([*head, *mine])
    return sheets


def four_hundred() -> tuple[Given, ...]:
    """四百项六十个单位 — every kind of standing, ten units silent, every seventh item with a co-unit."""
    deadlines = ("4月底前", "5月25日前", "12月底前", "长期坚持", "3月底前", "尽快", "6月底前", "2016年8月前")
    words = ("4月{day}日已全部完成", "正在推进，已完成方案起草", "已启动，正在征求意见", "")
    kinds = ("财办", "建办", "教办", "水办", "林办")
    units = [f"区{name}{kind}" for name in "东南西北中前后左右上下里" for kind in kinds]
    made = []
    for at in range(400):
        said = words[at // 3 % 4].format(day=at % 28 + 1) if at % 60 >= 10 else None
        co = units[(at + 7) % 60] if at % 7 == 0 else ""
        no, leader = f"{at // 10 + 1}-{at % 10 + 1}", f"副区长（{at % 12 + 1}号）"
        made.append(Given(no, units[at % 60], deadlines[at % 8], said, co=co, leader=leader))
    return tuple(made)


DONE = "4月20日已全部完成，制度已印发执行"
GOING = "正在推进，已形成初稿"
RUNS: Mapping[str, tuple[Given, ...]] = {
    "none_overdue": (
        Given("1-1", "区财政局", "4月底前", DONE, "2016-04-20"),
        Given("1-2", "区财政局", "6月底前", GOING),
        Given("2-1", "区审计局", "5月25日前", GOING, co="区财政局"),
        Given("2-2", "区审计局", "12月底前", GOING),
        Given("3-1", "区人社局", "长期坚持", "每月开展1次抽查"),
    ),
    "none_reported": (
        Given("1-1", "区财政局", "4月底前"),
        Given("1-2", "区财政局", "6月底前"),
        Given("2-1", "区审计局", "5月25日前", co="区财政局"),
        Given("3-1", "区人社局", "长期坚持"),
    ),
    "none_reported_one_unit": (Given("1-1", "区财政局", "6月底前"), Given("1-2", "区财政局", "7月底前")),
    "one_on_track": (Given("1-1", "区财政局", "6月底前", GOING),),
    "one_overdue": (Given("1-1", "区财政局", "4月底前", GOING),),
    "one_overdue_silent": (Given("1-1", "区财政局", "4月底前"),),
    "one_due_soon": (Given("1-1", "区财政局", "5月25日前", GOING),),
    "one_due_today": (Given("1-1", "区财政局", "5月20日前", GOING),),
    "one_finished": (Given("1-1", "区财政局", "4月底前", DONE, "2016-04-20"),),
    "one_finished_late": (Given("1-1", "区财政局", "4月底前", DONE, "2016-05-06"),),
    "one_closed": (Given("1-1", "区财政局", "4月底前", DONE, "2016-04-20", "2016-05-10"),),
    "one_long_term": (Given("1-1", "区财政局", "长期坚持", GOING),),
    "one_undated": (Given("1-1", "区财政局", "尽快", GOING),),
    "one_left_blank": (Given("1-1", "区财政局", "6月底前", ""),),
    "all_finished": (
        Given("1-1", "区财政局", "4月底前", DONE, "2016-04-20"),
        Given("1-2", "区审计局", "4月底前", DONE, "2016-04-20"),
        Given("2-1", "区审计局", "4月底前", DONE, "2016-04-20"),
    ),
    "all_closed": (
        Given("1-1", "区财政局", "4月底前", DONE, "2016-04-20", "2016-05-10"),
        Given("1-2", "区审计局", "4月底前", DONE, "2016-04-20", "2016-05-10"),
        Given("2-1", "区审计局", "4月底前", DONE, "2016-04-20", "2016-05-10"),
    ),
    "all_overdue": (
        Given("1-1", "区财政局", "4月底前", GOING),
        Given("1-2", "区审计局", "5月10日前", GOING),
        Given("2-1", "区审计局", "4月20日前", GOING),
    ),
    "all_overdue_by_one_unit": (
        Given("1-1", "区财政局", "4月底前", GOING),
        Given("1-2", "区财政局", "5月10日前", GOING),
    ),
    "all_undated": (
        Given("1-1", "区财政局", "尽快", GOING),
        Given("1-2", "区审计局", "", GOING),
        Given("2-1", "区审计局", "视情况而定", GOING),
    ),
    "all_long_term": (Given("1-1", "区财政局", "长期坚持", GOING), Given("2-1", "区审计局", "长期坚持", GOING)),
    "four_hundred": four_hundred(),
}


# ---------------------------------------------------------------- 运行 ----


class Printed(NamedTuple):
    """印出来的 — the answer of the command line, the bulletin's paragraphs as (style, text), and its tables."""

    name: str
    answer: Json
    lines: tuple[tuple[str, str], ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]

    def texts(self, *styles: str) -> list[str]:
        return [text for style, text in self.lines if style in styles]

    @property
    def counts(self) -> Json:
        return dict(self.answer["counts"])


@pytest.fixture(scope="module", params=RUNS)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    name = str(request.param)
    folder = tmp_path_factory.mktemp(name) / "示例区"
    write_folder(folder, folder_of(*RUNS[name]))
    call = ("run", folder, "--as-of", "2016-05-20", "--number", "8", "--json")
    done = command(*call)
    assert done.returncode == 0, done.stderr
    answer = dict(json.loads(done.stdout))
    document = docx.Document(answer["outputs"]["bulletin"])
    lines = tuple((SAME.get(one.style.name, one.style.name), one.text) for one in document.paragraphs)
    tables = tuple(tuple(tuple(cell.text for cell in row.cells) for row in table.rows) for table in document.tables)
    _keep(name, lines, tables)
    return Printed(name, answer, lines, tables)


def _keep(name: str, lines: Sequence[tuple[str, str]], tables: Sequence[Sequence[Sequence[str]]]) -> None:
    """留一份给人看 — the text beside the folder named in KEEP_SPECIAL, for a person to read."""
    folder = os.environ.get("KEEP_SPECIAL")
    if folder:
        rows = ["　｜　".join(row) for table in tables for row in [*table[:6], ["…"]]]
        text = "\n".join([*(text for _style, text in lines if text.strip()), "", *rows, ""])
        Path(folder, f"{name}.txt").write_text(text, encoding="utf-8")


# ---------------------------------------------------------------- 文字 ----

LAUGHABLE = (
    ("a sentence about nothing", r"(?<![\d.])0(项|个|家|天|份|条|次)"),
    ("a list of one that goes on", r"等1(个|项|家)"),
    ("all of one", r"(?<!\d)1(项|个|家)[^，。；（）]*均"),
    ("both of one", r"(?<!\d)1(项|个)[^，。；（）]*(分别|逐项|逐一)"),
    ("empty brackets", r"（\s*）|\(\s*\)|“”|《》|【】|‘’"),
    ("doubled punctuation", r"[。，；：、！？][。，；：、！？]|[（“《][，。；、：]|[，、；：（“《][）”》]"),
    ("a stop before a comma of the next clause", r"^[，。；、：）]"),
    ("a tag or a slot left open", r"[{}]"),
    ("a Python word", r"None|True|False|nan|Traceback"),
    ("a rate above the whole", r"1\d\d\.\d%|[2-9]\d\d\.\d%"),
    ("a blank in the text", r"(?<=[一-龥，。；：])[  ](?=[一-龥])"),
    ("ASCII punctuation between Chinese", r"[一-龥][,;:?!](?=[一-龥])"),
)  # fmt: skip


@pytest.mark.parametrize(("what", "pattern"), LAUGHABLE, ids=[what for what, _ in LAUGHABLE])
def test_no_sentence_makes_a_committee_laugh(printed: Printed, what: str, pattern: str) -> None:
    found = [text for text in printed.texts(BODY, FIRST, SECOND) if re.search(pattern, text)]
    assert not found, what


def test_the_laughable_is_recognised() -> None:
    samples = (
        "逾期0项。", "区财政局等1个单位。", "有1项均已完成。", "对逾期的1项逐项查明", "待核实（）。",
        "完成，。", "，完成。", "共{n}项。", "时限None。", "完成率101.0%。", "已 完成。", "已,完成。",
    )  # fmt: skip
    for (what, pattern), sample in zip(LAUGHABLE, samples, strict=True):
        assert re.search(pattern, sample), what
    for well in ("整改任务共10个小项。", "完成率100%。", "其余10项见附件。", "时限“4月底前”，即2016年4月30日。"):
        assert not any(re.search(pattern, well) for _, pattern in LAUGHABLE), well


def test_every_paragraph_ends_as_a_sentence_does(printed: Printed) -> None:
    assert [text for text in printed.texts(BODY) if not text.endswith(("。", "："))] == []


def test_an_enumeration_has_more_than_one_part(printed: Printed) -> None:
    """一是 without 二是, （一） without （二）, 1. without 2."""
    for one, two in (("一是", "二是"), ("1. ", "2. ")):
        starts = {text[: len(one)] for text in printed.texts(BODY)}
        assert (one in starts) <= (two in starts)
    for headings in _under_each(printed):
        assert len(headings) != 1, headings


def test_headings_are_numbered_without_a_gap(printed: Printed) -> None:
    numerals = "一二三四五六七八九十"
    firsts = [text.split("、")[0] for text in printed.texts(FIRST)]
    assert firsts == list(numerals[: len(firsts)])
    for headings in _under_each(printed):
        found = [re.match("（(.+?)）", text) for text in headings]
        assert [one and one[1] for one in found[:10]] == list(numerals[: min(10, len(found))])


def test_no_heading_stands_without_text_below_it(printed: Printed) -> None:
    below = {FIRST: (SECOND, BODY), SECOND: (BODY,)}
    lines = [line for line in printed.lines if line[1].strip()]
    for (style, text), (after, said) in pairwise([*lines, ("", "")]):
        assert after in below.get(style, (after,)), f"{text} › {said}"
        assert style not in below or len(text.split("、")[-1].split("）")[-1]) > 1, text


def test_nothing_is_said_twice(printed: Printed) -> None:
    once = [text for text in printed.texts(BODY) if not re.match(r"\d+\. ", text)]
    said = [part for text in once for part in re.split("(?<=。)", text) if len(part) > 8]
    assert sorted(said) == sorted(set(said))


def test_an_attachment_is_announced_and_holds_a_row(printed: Printed) -> None:
    announced = sum(bool(re.search(r"(清单|一览)", text)) for text in printed.texts("公文附件说明"))
    assert announced == len(printed.texts(ATTACHMENT)) == len(printed.tables)
    assert all(len(table) > 1 for table in printed.tables)
    if announced == 1:
        assert "1" not in "".join([*printed.texts("公文附件说明"), *printed.texts(ATTACHMENT)])


# ---------------------------------------------------------------- 数目 ----


def test_the_parts_add_up_to_the_items(printed: Printed) -> None:
    standings = Counter(str(one["standing"]) for one in printed.answer["items"])
    assert standings.total() == len(RUNS[printed.name]) == printed.counts["items"]
    assert standings == {one.value: printed.counts[one.value] for one in Standing if printed.counts[one.value]}


def test_a_unit_is_called_overdue_only_where_an_item_of_its_own_is(printed: Printed) -> None:
    overdue = [one for one in printed.answer["items"] if one["standing"] == "overdue"]
    said = any(re.search(r"逾期未完成|已逾期\d", text) for text in printed.texts(BODY, FIRST, SECOND))
    assert said == bool(overdue)
    rows = [row for text, table in _lists(printed) if "逾期" in text for row in table[1:]]
    assert sorted(row[1] for row in rows) == sorted(one["no"] for one in overdue)


def test_nothing_is_said_of_reports_that_did_not_come(printed: Printed) -> None:
    """Without any report no paper is made from reports, and nothing is called progress."""
    reported = printed.answer["units"]["reported"]
    assert ("各单位报送情况" in printed.texts(BODY)[0]) == bool(reported)
    if not reported:
        assert not any("按期推进" in text for text in printed.texts(BODY))


def test_what_each_run_is_about_is_so(printed: Printed) -> None:
    expected: Mapping[str, Callable[[Json], bool]] = {
        "none_overdue": lambda counts: counts["overdue"] == 0 and counts["finished"] == 1 and counts["due_soon"] == 1,
        "none_reported": lambda counts: counts["not_reported"] == counts["items"] and counts["overdue"] == 1,
        "all_closed": lambda counts: counts["closed"] == counts["items"],
        "all_undated": lambda counts: counts["undated"] == counts["items"],
        "one_overdue": lambda counts: counts["overdue"] == 1,
        "one_finished": lambda counts: counts["finished"] == 1 and counts["closed"] == 0,
        "four_hundred": lambda counts: counts["items"] == 400 and counts["overdue"] > 50 and counts["undated"] > 20,
    }
    assert expected.get(printed.name, lambda counts: True)(printed.counts)


def test_four_hundred_items_still_make_a_bulletin_one_can_read(printed: Printed) -> None:
    assert max(len(text) for text in printed.texts(BODY)) < 700
    assert sum(len(text) for text in printed.texts(BODY)) < 12_000


def _under_each(printed: Printed) -> Iterator[list[str]]:
    """各部分的小标题 — the second-level headings under each first-level one."""
    found: list[str] = []
    for style, text in [*printed.lines, (FIRST, "")]:
        if style == FIRST:
            yield found
            found = []
        elif style == SECOND:
            found.append(text)


def _lists(printed: Printed) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    return zip(printed.texts("附件名称"), printed.tables, strict=True)
