"""The life of one item: every line leads to its cell, and no word of a unit is cut or changed."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.model import (
    Act,
    Cell,
    Claim,
    Column,
    Decision,
    Dossier,
    DossierLine,
    FileOutcome,
    Heard,
    Job,
    Outcome,
    Past,
    Record,
    Reply,
    Row,
    Source,
    Standing,
)
from rectify_tool.papers.dossier import make_dossier
from rectify_tool.papers.screen import make_screen
from rectify_tool.story.examine import examine
from tests import papers_builder as build

ROOT = Path(__file__).parent.parent
AS_OF = date(2016, 5, 20)
NOTHING = Past()
RULES = build.rules()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    copy = tmp_path_factory.mktemp("工作") / "示例区2016"
    shutil.copytree(ROOT / "samples" / "示例区2016", copy, ignore=shutil.ignore_patterns("成果"))
    return examine(Job(str(copy), AS_OF, datetime(2016, 5, 20, 9), jobs=1))


def dossier(outcome: Outcome, no: str, past: Past = NOTHING) -> Dossier:
    made = make_dossier(outcome, past, no)
    assert made is not None
    return made


def part(made: Dossier, title: str) -> tuple[DossierLine, ...]:
    return next((one.lines for one in made.parts if one.title == title), ())


def told(made: Dossier, title: str) -> dict[str, str]:
    """Labels and texts of a part; of a label that comes twice, the first."""
    texts: dict[str, str] = {}
    for line in part(made, title):
        texts.setdefault(line.label, line.text)
    return texts


def cell(made: Dossier, title: str, label: str) -> str:
    return str(next(one.source for one in part(made, title) if one.label == label))


# ---------------------------------------------------------------- 整体 ----


def test_every_item_has_its_dossier_and_no_other_number_has_one(sample: Outcome) -> None:
    for verdict in sample.verdicts:
        made = dossier(sample, verdict.entry.item.no)
        assert (made.no, made.standing) == (verdict.entry.item.no, verdict.standing)
        assert all(one.lines for one in made.parts)
        assert all(line.label and line.text.strip() for one in made.parts for line in one.lines)
    assert make_dossier(sample, NOTHING, "99-1") is None
    assert make_dossier(sample, NOTHING, "") is None


def test_the_parts_stand_in_the_order_of_the_work(sample: Outcome) -> None:
    titles = [one.title for one in dossier(sample, "13-2").parts]
    assert titles == ["交办内容", "整改时限", "现在", "各单位的话", "核对意见", "办理"]
    assert dossier(sample, "13-2").title == "13-2 建立会议活动文件“三清单”制度"


def test_the_dossier_crosses_a_pipe_unchanged(sample: Outcome) -> None:
    made = dossier(sample, "5-3")
    assert pickle.loads(pickle.dumps(made)) == made


# ---------------------------------------------------------------- 交办内容、时限、现在 ----


def test_what_was_assigned_stands_with_its_cells(sample: Outcome) -> None:
    made = dossier(sample, "13-2")
    assigned = told(made, "交办内容")
    assert list(assigned) == [
        *("编号", "方面", "问题", "小项", "整改措施", "责任领导", "牵头单位", "责任单位", "责任人"),
    ]
    assert assigned["牵头单位"] == "区政府办公室"
    assert assigned["责任单位"] == "区政府办公室、区委办公室"
    assert cell(made, "交办内容", "问题") == "责任分解表.xlsx › 责任分解表!B31"  # merged over two rows
    assert cell(made, "交办内容", "整改措施") == "责任分解表.xlsx › 责任分解表!E32"


def test_a_unit_taken_for_another_name_shows_what_was_typed(sample: Outcome) -> None:
    assert told(dossier(sample, "6-2"), "交办内容")["责任单位"] == "区教育局、区发展和改革局（表中写的是“区物价局”）"


def test_a_missing_lead_is_said() -> None:
    made = dossier(build.outcome(build.verdict("1-1", lead=None)), "1-1")
    assert told(made, "交办内容")["牵头单位"] == "没有写明"
    assert told(made, "各单位的话")["牵头单位"] == "没有写明，哪个单位的话都不定状态"


def test_the_deadline_is_told_as_written_and_as_read_with_rule_and_doubt(sample: Outcome) -> None:
    made = dossier(sample, "4-3")
    assert told(made, "整改时限") == {
        "下发的写法": "2016年8月前",
        "读作": "2016年8月31日或7月31日，有疑问",
        "规则": "某月前（两种读法）",
        "疑问": "“2016年8月”读作2016年8月31日；也可读作2016年7月31日",
    }
    assert cell(made, "整改时限", "下发的写法") == "责任分解表.xlsx › 责任分解表!J12"


def test_an_approved_extension_leads_to_the_cell_it_stands_in(sample: Outcome) -> None:
    made = dossier(sample, "12-1")
    assert told(made, "整改时限")["读作"] == "批准延期至2016年6月20日"
    assert told(made, "整改时限")["批准延期"].startswith("批准延期至2016年6月20日：复核工作量大")
    assert cell(made, "整改时限", "批准延期") == "责任分解表.xlsx › 责任分解表!M29"


def test_an_extension_asked_for_is_told_as_not_approved() -> None:
    asked = build.act(Act.ASK, "1-1", date(2016, 5, 15), to=date(2016, 6, 30))
    made = dossier(build.outcome(build.verdict("1-1", Standing.OVERDUE, decisions=[asked])), "1-1")
    assert told(made, "整改时限")["申请延期"] == "2016年5月15日申请延期至2016年6月30日（尚未批准）"


def test_of_a_staged_deadline_the_stage_that_counts_now_is_marked(sample: Outcome) -> None:
    stages = told(dossier(sample, "6-2"), "整改时限")
    assert stages["读作"] == "2016年9月30日，分2段，现在看第2段"
    assert stages["第1段"] == "2016年3月31日，牵头单位说已完成"
    assert stages["第2段"] == "2016年9月30日，现在看这一段"


def test_where_an_item_stands_is_told_with_light_word_and_reason(sample: Outcome) -> None:
    now = told(dossier(sample, "13-2"), "现在")
    assert now["状态"] == "逾期（红灯）"
    assert now["剩余天数"] == "逾期20天"
    assert now["牵头单位自报"] == "已完成（不计）"
    assert "2016年4月28日被退回" in now["为什么"]


@pytest.mark.parametrize(
    ("standing", "due", "left"),
    [
        (Standing.DUE_SOON, AS_OF, "当天到期"),
        (Standing.DUE_SOON, date(2016, 5, 25), "还有5天"),
        (Standing.OVERDUE, date(2016, 4, 30), "逾期20天"),
    ],
)
def test_the_days_left_are_told_in_words(standing: Standing, due: date, left: str) -> None:
    made = dossier(build.outcome(build.verdict("1-1", standing, due=due)), "1-1")
    assert told(made, "现在")["剩余天数"] == left


def test_a_day_that_is_doubtful_has_no_days_left_and_says_what_to_settle(sample: Outcome) -> None:
    now = told(dossier(sample, "14-2"), "现在")
    assert now["状态"] == "时限不明确（灰灯）"
    assert "剩余天数" not in now
    assert now["待核实"] == "状态要看时限怎样理解：读作2016年4月10日；“4月初”只说了何时开始"


def test_what_the_lead_claims_and_when_it_finished_lead_to_the_cells_they_were_read_from(sample: Outcome) -> None:
    for verdict in sample.verdicts:
        reply, made = verdict.entry.lead_reply, dossier(sample, verdict.entry.item.no)
        if reply is not None and reply.row.text(Column.STATUS).strip() in ("是", "否", "已完成", "整改中"):
            assert cell(made, "现在", "牵头单位自报") == str(reply.row.source(Column.STATUS))
        if reply is not None and verdict.finished and reply.row.text(Column.FINISHED).strip():
            assert cell(made, "现在", "完成日期") == str(reply.row.source(Column.FINISHED))
    made = dossier(sample, "4-1")
    assert cell(made, "现在", "完成日期") == "报送/新建 Microsoft Excel 工作表.xlsx › Sheet1!H4"
    assert cell(made, "现在", "牵头单位自报") == "报送/新建 Microsoft Excel 工作表.xlsx › Sheet1!G4"


def test_what_changed_and_what_step_is_suggested_is_told() -> None:
    now = {one.entry.item.no: one for one in build.sequel().verdicts}
    made = told(dossier(build.sequel(), "2-3"), "现在")
    assert now["2-3"].standing is Standing.OVERDUE
    assert "仍然逾期" in made["较第7期"]
    assert made["催办建议"].startswith("连续")
    assert "按口径建议" in made["催办建议"]


# ---------------------------------------------------------------- 各单位的话 ----


def reply_of(unit: str, **columns: str) -> Reply:
    typed: dict[Column, tuple[Cell, ...]] = {
        Column(name): (Cell(text, 6, at, text),) for at, (name, text) in enumerate(columns.items())
    }
    row = Row(f"报送/{unit}.xlsx", "台账", 6, typed)
    base = build.reply(unit, "1-1", progress=columns.get("progress", ""))
    return replace(base, row=row, source=row.source(Column.PROGRESS))


anything = st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip)


@given(anything, anything, anything)
def test_nothing_a_unit_wrote_is_cut_or_changed(progress: str, difficulty: str, note: str) -> None:
    reply = reply_of("区财政局", progress=progress, difficulty=difficulty, note=note)
    made = dossier(build.outcome(build.verdict("1-1", replies=[reply]), using=RULES), "1-1")
    said = told(made, "各单位的话")
    assert (said["进展"], said["存在困难"], said["备注"]) == (progress, difficulty, note)
    assert cell(made, "各单位的话", "存在困难") == "报送/区财政局.xlsx › 台账!B7"


def test_every_word_of_every_unit_on_an_item_is_there(sample: Outcome) -> None:
    for entry in sample.ledger.entries:
        lines = part(dossier(sample, entry.item.no), "各单位的话")
        written = {(one.text, one.source) for one in lines}
        for reply in entry.replies:
            for column in (Column.PROGRESS, Column.STATUS, Column.EVIDENCE, Column.DIFFICULTY, Column.NEXT):
                text = reply.row.text(column)
                assert not text.strip() or (text, reply.row.source(column)) in written


def test_each_unit_is_named_with_its_part_the_lead_first(sample: Outcome) -> None:
    lines = part(dossier(sample, "5-3"), "各单位的话")
    named = [one.label for one in lines if "（" in one.label]
    assert named == ["区审计局（牵头）", "区财政局（配合）", "区重点工程建设办公室（配合）"]
    assert lines[0].text == "自报：已完成；2016年5月18日报送"
    assert str(lines[0].source) == "报送/上报表.et › Sheet1!E6"


def test_a_finish_day_is_told_as_typed_and_as_read(sample: Outcome) -> None:
    said = told(dossier(sample, "4-1"), "各单位的话")
    assert (said["完成日期"], said["完成日期读作"]) == ("2016.5.6", "2016年5月6日")


def test_a_unit_that_says_nothing_is_named_with_the_reason(sample: Outcome) -> None:
    assert told(dossier(sample, "15-2"), "各单位的话")["区机关事务管理局（牵头）"] == "本期未报送"
    assert told(dossier(sample, "14-1"), "各单位的话")["区纪委（牵头）"] == "报来的表里没有这一项"
    unread = dossier(sample, "11-2")
    assert told(unread, "各单位的话")["区编办（牵头）"] == "报来的文件不能读取"
    assert cell(unread, "各单位的话", "不能读取的文件") == "报送/区编办整改情况报告.docx"


def test_words_replaced_by_a_later_file_are_still_told(sample: Outcome) -> None:
    lines = part(dossier(sample, "7-3"), "各单位的话")
    replaced = next(at for at, one in enumerate(lines) if "已由较新的一份代替" in one.text)
    assert (lines[replaced].label, lines[replaced + 1].text) == (
        "区农林水利局（牵头）",
        "三个办法已完成起草，正在征求各街道意见。",
    )


def test_older_words_that_stay_in_use_are_marked() -> None:
    outcome = build.outcome(build.verdict("1-1", carried=True), carried=["区财政局"])
    assert "本期未报送，这是以前报的" in told(dossier(outcome, "1-1"), "各单位的话")["区财政局（牵头）"]


def test_an_unknown_unit_and_one_without_a_part_are_told_apart() -> None:
    nobody = replace(build.reply("某科", "1-1", progress="已整理台账"), unit=None)
    outsider = build.reply("区城管局", "1-1", progress="协助清理")
    made = dossier(build.outcome(build.verdict("1-1", replies=[nobody, outsider])), "1-1")
    labels = [one.label for one in part(made, "各单位的话")]
    assert [one for one in labels if "单位" in one or "（" in one] == [
        *("区财政局（牵头）", "单位不明", "区城管局（不是这个小项的责任单位）"),
    ]


def test_of_several_answers_of_the_lead_the_one_that_counts_is_marked() -> None:
    twice = [build.reply("区财政局", "1-1", claim, at=at) for at, claim in ((4, Claim.IN_PROGRESS), (9, Claim.DONE))]
    lines = part(dossier(build.outcome(build.verdict("1-1", replies=twice)), "1-1"), "各单位的话")
    marked = [one.source for one in lines if "按这一次计" in one.text]
    assert marked == [twice[0].source]


# ---------------------------------------------------------------- 核对意见、办理、往期 ----


def test_the_findings_of_an_item_are_those_the_list_leads_to_it(sample: Outcome) -> None:
    screen = make_screen(sample, NOTHING, ())
    for item in screen.items:
        listed = [(f"{one.message}（{one.code}）", one.source) for one in screen.findings if one.no == item.no]
        assert [(one.text, one.source) for one in part(dossier(sample, item.no), "核对意见")] == listed


CLOCK = datetime(2016, 5, 19, 10)


def recorded(serial: int, act: Act, no: str, unit: str | None = None) -> Record:
    why = "现场核查属实" if act is Act.CLOSE else ""
    return Record(
        serial, CLOCK, Decision(act, no, date(2016, 5, 18), None, why, Source("台账.db"), unit, "区委督查室主任")
    )


def test_acts_on_the_item_and_on_its_lead_are_told_with_the_record_that_can_be_taken_back() -> None:
    records = (
        recorded(1, Act.CLOSE, "1-1"),
        Record(2, CLOCK, None, undoes=1, why="登错编号"),
        recorded(3, Act.TALK, "", "区财政局"),
        recorded(4, Act.CLOSE, "1-2"),
    )
    outcome = build.outcome(build.verdict("1-1"), build.verdict("1-2", lead="区审计局"))
    lines = part(dossier(outcome, "1-1", Past(records=records)), "办理")
    assert [(one.label, one.text, one.serial) for one in lines] == [
        ("2016年5月19日 撤回第1条", "登错编号", 2),
        ("2016年5月18日 约谈", "对区财政局整体；区委督查室主任", 3),
        ("2016年5月18日 销号", "区委督查室主任；现场核查属实；已由第2条撤回", None),
    ]
    assert str(lines[1].source) == "台账.db › 第3条"


def test_an_act_written_in_a_workbook_is_taken_back_where_it_is_written(sample: Outcome) -> None:
    closed = part(dossier(sample, "8-2"), "办理")
    assert [(one.label, one.text, str(one.source), one.serial) for one in closed] == [
        ("2016年5月10日 销号", "分工文件已查验，同意销号", "责任分解表.xlsx › 责任分解表!L22", None)
    ]
    later = part(dossier(sample, "3-1"), "办理")[0]
    assert later.text.endswith("有效（基准日之后，这次不计）")


def test_every_published_bulletin_shows_the_item_as_it_was_then() -> None:
    said = "已拟定方案，\n  正在征求意见"
    then = build.published(
        build.verdict("1-1", replies=[build.reply("区财政局", "1-1", progress=said)], because="还有50日"),
        number=6,
        as_of=date(2016, 4, 29),
    )
    silent = build.published(build.verdict("1-1", Standing.OVERDUE, reported=False), missing=["区财政局"])
    past = Past(published=(replace(then, serial=1), replace(silent, serial=2, why="区财政局来函更正")))
    lines = part(dossier(build.outcome(build.verdict("1-1"), earlier=past.in_force), "1-1", past), "往期")
    assert [one.label for one in lines] == [
        *("第6期，截至2016年4月29日", "区财政局（牵头） 整改中", "第7期，截至2016年5月10日"),
    ]
    assert (lines[0].text, lines[1].text) == ("按期推进，还有50日", said)
    assert "牵头单位这一期没有报送（更正稿：区财政局来函更正）" in lines[2].text
    assert all(one.then for one in lines)


def test_what_no_unit_sent_is_no_word_of_it() -> None:
    outcome = build.outcome(
        build.verdict("1-1", reported=False, unreadable=True),
        unreadable=["区财政局"],
        files=[replace(build.record("报送/区财政局.docx", "区财政局"), outcome=FileOutcome.SKIPPED)],
    )
    outcome = replace(outcome, ledger=replace(outcome.ledger, unread=("报送/区财政局.docx",)))
    lines = part(dossier(outcome, "1-1"), "各单位的话")
    assert [(one.label, one.text) for one in lines] == [
        ("区财政局（牵头）", "报来的文件不能读取"),
        ("不能读取的文件", "报送/区财政局.docx"),
    ]
    assert outcome.ledger.heard("区财政局") is Heard.UNREADABLE
