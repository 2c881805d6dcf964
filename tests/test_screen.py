"""What a window shows: every line says what the outcome says, and nothing is counted otherwise than on paper."""

from __future__ import annotations

import pickle
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.findings import Code
from rectify_tool.model import (
    DONE,
    Act,
    Bar,
    Decision,
    DecisionLine,
    FileOutcome,
    FileRole,
    Heard,
    ItemLine,
    Job,
    Outcome,
    PaperSet,
    Past,
    Record,
    Screen,
    Source,
    Standing,
    UnitLine,
    Verdict,
)
from rectify_tool.papers.answer import as_json
from rectify_tool.papers.counts import UNNAMED
from rectify_tool.papers.screen import make_screen
from rectify_tool.story.examine import examine
from tests import papers_builder as build
from tests.sheets import write_folder

ROOT = Path(__file__).parent.parent
AS_OF = date(2016, 5, 20)
NOTHING = Past()
RULES = build.rules()


def shown(outcome: Outcome, past: Past = NOTHING) -> Screen:
    return make_screen(outcome, past, ())


def look(folder: Path) -> Outcome:
    return examine(Job(str(folder), AS_OF, datetime(2016, 5, 20, 9), jobs=1))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    copy = tmp_path_factory.mktemp("工作") / "示例区2016"
    shutil.copytree(ROOT / "samples" / "示例区2016", copy, ignore=shutil.ignore_patterns("成果"))
    return look(copy)


@pytest.fixture(scope="module")
def screen(sample: Outcome) -> Screen:
    return shown(sample)


def line_of(screen: Screen, no: str) -> ItemLine:
    return next(one for one in screen.items if one.no == no)


def unit_of(screen: Screen, unit: str) -> UnitLine:
    return next(one for one in screen.units if one.unit == unit)


OUTCOMES = (build.story, build.sequel)


# ---------------------------------------------------------------- 计数、台账 ----


@pytest.mark.parametrize("made", OUTCOMES)
def test_the_counts_are_those_of_the_json_answer(made: Callable[[], Outcome]) -> None:
    outcome = made()
    assert shown(outcome).counts == as_json(outcome)["counts"]


def test_the_counts_of_the_sample_are_those_of_the_json_answer(sample: Outcome, screen: Screen) -> None:
    assert screen.counts == as_json(sample)["counts"]
    assert screen.counts["items"] == len(screen.items) == 34


def test_every_line_of_the_ledger_says_what_was_judged(sample: Outcome, screen: Screen) -> None:
    facts = [
        (
            *(one.entry.item.no, one.entry.item.lead or "", one.entry.item.deadline.text),
            *(one.due, one.days_left, one.standing, one.to_confirm, one.entry.heard),
        )
        for one in sample.verdicts
    ]
    told = [
        (one.no, one.lead, one.deadline, one.due, one.days_left, one.standing, one.to_confirm, one.heard)
        for one in screen.items
    ]
    assert told == facts


def test_claimed_and_progress_are_the_leads_own_word_even_where_it_does_not_count(screen: Screen) -> None:
    returned = line_of(screen, "13-2")
    assert (returned.standing, returned.claim) == (Standing.OVERDUE, "已完成（不计）")
    assert returned.progress == "已建立会议、活动、文件三张清单。"
    unheard = line_of(screen, "15-2")
    assert (unheard.claim, unheard.progress, unheard.heard) == ("未报", "", Heard.MISSING)


def test_the_last_act_that_counts_is_told_and_one_still_to_come_is_marked(screen: Screen) -> None:
    assert line_of(screen, "8-2").decided == "销号（2016年5月10日）：分工文件已查验，同意销号"
    assert line_of(screen, "3-1").decided.endswith("（基准日之后，不计）")
    assert line_of(screen, "9-2").decided == ""


def test_of_several_acts_the_last_that_counts_is_told() -> None:
    acts = [
        build.act(Act.CALL, "1-1", date(2016, 5, 3), why="已电话催办"),
        build.act(Act.LETTER, "1-1", date(2016, 5, 12), why="督办函第4号"),
        build.act(Act.CLOSE, "1-1", date(2016, 5, 25), why="拟销号"),
    ]
    line = shown(build.outcome(build.verdict("1-1", decisions=acts))).items[0]
    assert line.decided == "督办函（2016年5月12日）：督办函第4号"


def test_the_free_text_filter_finds_what_any_unit_wrote(screen: Screen) -> None:
    words = line_of(screen, "5-3").words
    assert "派出4个审计组" in words  # the lead
    assert "12个指挥部中仍有2个资料未交齐" in words  # a helping unit, which typed １２
    assert "区重点工程建设办公室" in words
    assert "5月中旬" in words


@given(st.text(st.characters(codec="utf-8")))
def test_words_are_folded_like_nfkc_and_lower_case(text: str) -> None:
    reply = build.reply("区财政局", "1-1", progress=text)
    line = shown(build.outcome(build.verdict("1-1", replies=[reply]), using=RULES)).items[0]
    assert normalize("NFKC", text).lower() in line.words


# ---------------------------------------------------------------- 时限读法 ----

DEADLINES = {
    "1-1": ("4月底前", "2016年4月30日"),
    "1-2": ("2016年8月前", "2016年8月31日或7月31日，有疑问"),
    "1-3": ("长期坚持", "长期坚持"),
    "1-4": ("每月25日前", "每月25日为限，下一次2016年5月25日"),
    "1-5": ("立行立改", "没有明确日期：要求立即整改，没有写完成的日子"),
    "1-6": ("2016年6月底前，并长期坚持", "2016年6月30日，并长期坚持"),
    "1-7": ("第1学期5月底，第2学期11月底", "2016年5月31日，分2段，现在看第1段"),
    "1-8": ("4月初启动", "2016年4月10日，有疑问，不作逾期"),
    "1-9": ("2016年2月30日", "没有明确日期：“2016年2月30日”不存在这一天，有疑问"),
    "1-10": ("", "没有明确日期：没有写时限"),
    "1-11": ("2017年1月前", "2017年1月31日或2016年12月31日，有疑问"),
    "1-12": ("4月底前", "批准延期至2016年6月30日"),
    "1-13": ("争取6月底", "2016年6月30日，有疑问"),
}


@pytest.fixture(scope="module")
def deadlines(tmp_path_factory: pytest.TempPathFactory) -> Screen:
    folder = tmp_path_factory.mktemp("时限")
    heading = "责任分解表（2016年2月26日反馈）\n编号 | 整改措施 | 整改时限 | 牵头单位 | 批准延期至\n"
    rows = [
        f"{no} | 整改措施第{no}项 | {text} | 区财政局 | {'2016年6月30日' if no == '1-12' else ''}"
        for no, (text, _) in DEADLINES.items()
    ]
    answers = [f"{no} | 整改措施第{no}项 | 正在办理，已完成3份" for no in DEADLINES]
    reply = "填报单位：区财政局 | 填报日期：2016年5月18日\n编号 | 整改措施 | 进展情况\n"
    write_folder(folder, {"责任分解表.xlsx": heading + "\n".join(rows), "报送/财政局.xlsx": reply + "\n".join(answers)})
    return shown(look(folder))


@pytest.mark.parametrize("no", DEADLINES)
def test_a_deadline_is_told_as_read(deadlines: Screen, no: str) -> None:
    text, told = DEADLINES[no]
    line = line_of(deadlines, no)
    assert (line.deadline, line.read_as) == (text, told)


# ---------------------------------------------------------------- 报送 ----


def test_files_nobody_could_read_are_just_those_sent_by_units(screen: Screen) -> None:
    unread = {Path(one.file).name for one in screen.files if one.unread}
    assert unread == {
        "公安分局（加密）.xlsx",
        "区编办整改情况报告.docx",
        "卫计局整改情况.xlsx",
    }


def test_every_file_not_read_or_not_used_says_why_and_no_other_does(sample: Outcome, screen: Screen) -> None:
    read = (FileOutcome.READ, FileOutcome.READ_WITH_FINDINGS)
    silent = {one.file for one in screen.files if not one.why}
    partly = {one.source.file for one in sample.findings if one.code == Code.SUPERSEDED_PARTLY.code}
    assert silent == {one.file for one in sample.ledger.files if one.outcome in read} - partly
    why = {Path(one.file).name: one.why for one in screen.files}
    assert why["公安分局（加密）.xlsx"] == "文件设了打开密码，请让单位去掉密码后重新报送"
    assert "（最终版）.xlsx”（填报日期较晚），这一份不再采用" in why["人社局整改表.xlsx"]
    assert why["~$财政局.xlsx"].startswith("表格软件留下的临时文件")
    assert "不是采用的责任分解表" in why["责任分解表（征求意见稿）.xlsx"]


def test_a_file_line_counts_the_findings_on_it(sample: Outcome, screen: Screen) -> None:
    on_files = Counter(one.source.file for one in sample.findings if one.source.file)
    assert {one.file: one.findings for one in screen.files if one.findings} == on_files


def test_a_register_that_could_not_be_read_says_so() -> None:
    record = replace(build.record("办理登记.xlsx", None), role=FileRole.REGISTER, outcome=FileOutcome.REFUSED)
    assert shown(build.outcome(files=[record])).files[0].why == "没有读出来，里面记的办理都没有算"


def test_units_are_those_of_the_breakdown_with_what_they_lead_and_help(sample: Outcome, screen: Screen) -> None:
    assert tuple(one.unit for one in screen.units) == sample.ledger.expected
    assert sum(one.lead for one in screen.units) == sum(one.entry.item.lead is not None for one in sample.verdicts)
    shares = sum(len(one.entry.item.units) for one in sample.verdicts)
    assert sum(one.lead + one.helping for one in screen.units) == shares
    led = [one for one in sample.verdicts if one.entry.item.lead]
    assert sum(one.open for one in screen.units) == sum(one.standing not in DONE for one in led)
    assert sum(one.overdue for one in screen.units) == screen.counts["overdue"]
    assert all(one.heard is sample.ledger.heard(one.unit) for one in screen.units)


def test_the_files_of_a_unit_stand_with_the_one_in_use_first(screen: Screen) -> None:
    names = [Path(file).name for file in unit_of(screen, "区人力资源和社会保障局").files]
    assert names == ["人社局整改表（最终版）.xlsx", "人社局整改表（最终版）(1).xlsx", "人社局整改表.xlsx"]
    both = unit_of(screen, "区农林水利局")
    assert [Path(file).name for file in both.files] == ["农林水利局7-3补充报送.xlsx", "农林水利局整改表.xlsx"]
    assert both.sent == date(2016, 5, 18)
    assert unit_of(screen, "区机关事务管理局").files == ()


def test_a_file_of_several_units_is_each_ones() -> None:
    rows = [replace(build.reply(unit, no), unit=unit) for unit, no in (("区财政局", "1-1"), ("区审计局", "1-2"))]
    shared = Source("报送/汇总.xlsx", "Sheet1", "B4")
    verdicts = [build.verdict(one.no, lead=one.unit, replies=[replace(one, source=shared)]) for one in rows if one.unit]
    screen = shown(build.outcome(*verdicts, files=[build.record("报送/汇总.xlsx", None)]))
    assert [one.files for one in screen.units] == [("报送/汇总.xlsx",), ("报送/汇总.xlsx",)]


def test_a_silent_unit_that_has_done_all_is_told_apart_from_one_that_owes() -> None:
    done = build.verdict("1-1", Standing.CLOSED, lead="区财政局", reported=False)
    owing = build.verdict("1-2", Standing.OVERDUE, lead="区审计局", reported=False)
    screen = shown(build.outcome(done, owing, missing=["区财政局", "区审计局"]))
    assert [one.told for one in screen.units] == ["未报送（各项均已完成）", "未报送"]


# ---------------------------------------------------------------- 核对意见 ----


def test_every_kind_of_finding_has_its_group() -> None:
    source = Source("报送/x.xlsx", "Sheet1", "A1")
    slots = {"no": "1-1"}
    findings = [
        replace(Code.NUMBER_BY_POSITION.at(source, **slots), code=code.code, severity=code.severity) for code in Code
    ]
    lines = shown(build.outcome(findings=findings)).findings
    assert len(lines) == len(Code)
    assert {one.code[0]: one.kind for one in lines}.keys() == {code.code[0] for code in Code}
    assert all(one.kind for one in lines)


def test_a_finding_says_which_item_its_cell_belongs_to(screen: Screen) -> None:
    told = {(one.code, Path(one.source.file).name, one.source.cell): one.no for one in screen.findings}
    assert told["D03", "责任分解表.xlsx", "J12"] == "4-3"  # the breakdown's row
    assert told["M02", "上报表.et", "E6"] == "5-3"  # a reply's row
    assert told["N01", "新建 Microsoft Excel 工作表.xlsx", "A6"] == "15-3"  # a cell that is not the progress
    assert told["K05", "责任分解表.xlsx", "L8"] == "3-1"  # an act of the office
    assert told["N03", "教育局.csv", "A5"] == ""  # a row that fits no item
    assert told["F03", "公安分局（加密）.xlsx", None] == ""  # a whole file
    assert told["N06", "区纪委整改情况.xlsx", None] == "14-1"  # a whole file, but an item is named


def test_a_message_that_names_an_item_points_nowhere_else(sample: Outcome, screen: Screen) -> None:
    nos = {one.no for one in screen.items}
    named = [(one, no) for one in screen.findings for no in nos if one.message.startswith(f"小项{no}") and one.no]
    assert len(named) > 10
    wrong = [one for one, no in named if one.no != no and not one.message.startswith(f"小项{one.no}")]
    assert wrong == []


def test_a_record_that_does_not_count_leads_to_its_item() -> None:
    act = Decision(Act.EXTEND, "2-1", date(2016, 5, 1), date(2016, 5, 5), "", Source("台账.db", None, "第11条"))
    finding = Code.EXTENSION_EARLIER_KEPT.at(act.source, day="2016-05-05", what="原时限", due="2016-06-30")
    outcome = build.outcome(build.verdict("1-1"), build.verdict("2-1", decisions=[act]), findings=[finding])
    assert [one.no for one in shown(outcome).findings] == ["2-1"]


def test_findings_stand_in_the_order_of_the_run(sample: Outcome, screen: Screen) -> None:
    assert [(one.code, one.source, one.message) for one in screen.findings] == [
        (one.code, one.source, one.message) for one in sample.findings
    ]


# ---------------------------------------------------------------- 办理 ----

CLOCK = datetime(2016, 5, 19, 10)


def decision(act: Act, no: str, day: date | None, why: str = "", unit: str | None = None) -> Decision:
    return Decision(act, no, day, None, why, Source("台账.db"), unit, by="区委督查室主任")


RECORDS = (
    Record(1, CLOCK, decision(Act.CALL, "", date(2016, 5, 3), unit="区财政局")),
    Record(2, CLOCK, decision(Act.CLOSE, "1-1", date(2016, 5, 18), why="现场核查属实")),
    Record(3, CLOCK, None, undoes=2, why="登错编号", by="区委督查室主任"),
    Record(4, CLOCK, decision(Act.CLOSE, "1-2", date(2016, 5, 18))),
    Record(5, CLOCK, None, undoes=4, why="登错编号"),
    Record(6, CLOCK, None, undoes=5, why="第4条没有错"),
    Record(7, CLOCK, decision(Act.CLOSE, "1-2", date(2016, 5, 30))),
    Record(8, CLOCK, decision(Act.CLOSE, "9-9", date(2016, 5, 2))),
)


def acts_shown() -> dict[int | None, DecisionLine]:
    written = Decision(Act.RETURN, "1-1", None, None, "佐证不足", Source(build.BREAKDOWN, "分解表", "N4"))
    doubled = replace(written, act=Act.CLOSE, source=Source("台账.db", None, "第4条"))
    outcome = build.outcome(build.verdict("1-1", decisions=[written]), build.verdict("1-2", decisions=[doubled]))
    lines = shown(outcome, Past(records=RECORDS)).decisions
    assert len({one.serial for one in lines}) == len(lines)
    return {one.serial: one for one in lines}


def test_a_record_says_whether_it_still_counts_and_what_took_it_back() -> None:
    states = {serial: one.state for serial, one in acts_shown().items()}
    assert states == {
        1: "有效",
        2: "已由第3条撤回",
        3: "撤回第2条",
        4: "有效",
        5: "撤回第4条，已由第6条撤回",
        6: "撤回第5条",
        7: "有效（基准日之后，这次不计）",
        8: "有效（责任分解表里没有这个小项，这次没有采用）",
        None: "有效",
    }


def test_only_what_stands_in_the_database_and_still_counts_can_be_taken_back() -> None:
    assert {serial for serial, one in acts_shown().items() if one.undoable} == {1, 3, 4, 6, 7, 8}


def test_a_counter_entry_is_about_the_item_of_the_record_it_takes_back() -> None:
    lines = acts_shown()
    told = ["区财政局", "1-1", "1-1", "1-2", "1-2", "1-2", "1-2", "9-9"]
    assert [lines[serial].target for serial in range(1, 9)] == told
    assert lines[None].target == "1-1"
    assert (lines[3].act, lines[3].undoes, lines[3].why, lines[3].day) == (None, 2, "登错编号", CLOCK.date())
    assert lines[2].source == Source("台账.db", None, "第2条")


def test_the_newest_act_stands_first_and_one_without_a_day_last() -> None:
    assert list(acts_shown()) == [7, 6, 5, 3, 4, 2, 1, 8, None]


def test_what_a_workbook_says_is_told_with_its_cell(sample: Outcome, screen: Screen) -> None:
    written = [one for verdict in sample.verdicts for one in verdict.entry.decisions]
    assert {(one.act, one.target, one.source) for one in screen.decisions} == {
        (one.act, one.no, one.source) for one in written
    }
    assert not any(one.undoable or one.serial for one in screen.decisions)


# ---------------------------------------------------------------- 图、往期 ----


def total(bars: Sequence[Bar]) -> Counter[Standing]:
    return sum((Counter(bar.counts) for bar in bars), Counter[Standing]())


items = st.tuples(
    st.sampled_from(list(Standing)),
    st.sampled_from(["", "一、政治纪律", "二、廉洁纪律"]),
    st.sampled_from([None, "区财政局", "区审计局"]),
    st.lists(st.sampled_from(["区委书记", "副区长"]), max_size=3),
)


@given(st.lists(items, max_size=12))
def test_the_bars_partition_the_items(made: list[tuple[Standing, str, str | None, list[str]]]) -> None:
    verdicts = [
        build.verdict(f"1-{at}", standing, aspect=aspect, lead=lead, leaders=leaders)
        for at, (standing, aspect, lead, leaders) in enumerate(made, 1)
    ]
    screen = shown(build.outcome(*verdicts, using=RULES))
    standings = Counter(standing for standing, *_ in made)
    assert total(screen.aspects) == total(screen.leads) == total(screen.bulletins) == standings
    assert {one.value: standings[one] for one in Standing} == {one.value: screen.counts[one.value] for one in Standing}
    owed = Counter(post for *_, posts in made for post in ({*posts} or {UNNAMED}))
    assert {bar.label: sum(bar.counts.values()) for bar in screen.leaders} == owed
    assert all(set(bar.counts) == set(Standing) for bar in (*screen.aspects, *screen.leads, *screen.leaders))


def test_what_has_no_aspect_no_lead_or_no_leader_stands_under_a_name_of_its_own() -> None:
    screen = shown(build.outcome(build.verdict("1-1", aspect="", lead=None, leaders=())))
    assert [screen.aspects[0].label, screen.leads[0].label, screen.leaders[0].label] == [UNNAMED] * 3
    assert (screen.items[0].aspect, screen.items[0].lead, screen.items[0].leaders) == ("", "", ())


def test_every_published_bulletin_has_a_bar_and_now_stands_after_them() -> None:
    now = build.verdict("1-1", Standing.OVERDUE)
    sixth = build.published(build.verdict("1-1"), number=6, as_of=date(2016, 4, 29))
    seventh = build.published(build.verdict("1-1", Standing.DUE_SOON), number=7)
    corrected = replace(seventh, serial=3, why="更正", items=sixth.items)
    past = Past(published=(replace(sixth, serial=1), replace(seventh, serial=2), corrected))
    outcome = build.outcome(now, earlier=past.in_force)
    screen = shown(outcome, past)
    assert [one.label for one in screen.bulletins] == ["第6期 4月29日", "第7期 5月10日", "现在 5月20日"]
    assert screen.bulletins[1].counts[Standing.ON_TRACK] == 1  # as corrected
    assert screen.bulletins[2].counts[Standing.OVERDUE] == 1
    assert (screen.since, screen.next_number) == ("第7期，截至2016年5月10日", 8)
    assert screen.items[0].changed.split("；")[0] == "新增逾期"


def test_a_look_back_shows_now_before_the_bulletins_that_came_after_it() -> None:
    last_year = build.published(build.verdict("1-1"), number=30, as_of=date(2015, 12, 30))
    ninth = build.published(build.verdict("1-1"), number=9, as_of=date(2016, 5, 30))
    screen = shown(build.outcome(build.verdict("1-1")), Past(published=(last_year, ninth)))
    assert [one.label for one in screen.bulletins] == ["2015年第30期 12月30日", "现在 5月20日", "第9期 5月30日"]


def test_what_became_of_an_item_is_told_in_words() -> None:
    changed = {one.no: one.changed for one in shown(build.sequel()).items}
    assert changed["1-1"] == "新完成"
    assert "仍然逾期" in " ".join(changed.values())
    assert any(word.startswith("由") and "转为" in word for word in changed.values())


def test_a_first_look_tells_of_no_bulletin_and_proposes_the_first_number() -> None:
    screen = shown(build.outcome(build.verdict("1-1")))
    assert (screen.since, screen.next_number, screen.items[0].changed) == ("", 1, "")


# ---------------------------------------------------------------- 整块 ----


def test_the_screen_crosses_a_pipe_unchanged(screen: Screen) -> None:
    assert pickle.loads(pickle.dumps(screen)) == screen


def test_mark_papers_and_outputs_are_handed_on(sample: Outcome) -> None:
    papers = (PaperSet("2016-05-20 第8期", "/x", AS_OF, 8, None, "", True, ("/x/督查专报第8期.docx",), ()),)
    outcome = replace(sample, outputs={"bulletin": "/x/督查专报第8期.docx"})
    screen = make_screen(outcome, NOTHING, papers)
    assert (screen.mark, screen.papers, screen.outputs) == ("示例·虚构", papers, outcome.outputs)
    assert (screen.folder, screen.as_of, screen.number) == (sample.job.folder, AS_OF, 1)


def test_the_lines_follow_the_ledger(sample: Outcome, screen: Screen) -> None:
    def facts(one: Verdict) -> tuple[str, ...]:
        return one.entry.item.no, one.entry.item.matter, one.entry.item.measure

    assert [(one.no, one.matter, one.measure) for one in screen.items] == [facts(one) for one in sample.verdicts]
