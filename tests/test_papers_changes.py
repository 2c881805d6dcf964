"""What the summary and the JSON answer tell of an earlier bulletin, of decisions, and of the steps suggested."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.model import (
    STANDING_WORDS,
    TURN_WORDS,
    Act,
    Change,
    Claim,
    Decision,
    Escalation,
    FileRole,
    Heard,
    ItemChange,
    Lamp,
    Light,
    Outcome,
    Published,
    PublishedItem,
    PublishedReply,
    Sheet,
    Source,
    Standing,
    Turn,
    UnitChange,
    Verdict,
)
from rectify_tool.papers.answer import as_json
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.change_sheet import changes_sheet
from rectify_tool.papers.sheets import Draft
from tests.papers_builder import outcome, record, reply, rules, story, verdict
from tests.test_papers_summary import NAMES, book, figures, records, sheet, shown

SEVENTH = date(2016, 5, 10)
REGISTER = Source("台账.db", None, "第1条")


def decision(
    act: Act, day: date | None, no: str = "", *, to: date | None = None, why: str = "", unit: str | None = None
) -> Decision:
    return Decision(act, no, day, to, why, REGISTER, unit, "区委督查室")


def was(
    one: Verdict, standing: Standing, *, due: date | None = None, claimed: Claim = Claim.IN_PROGRESS
) -> PublishedItem:
    """上期 — the item of ``one`` as it stood then, on the same day unless another is given."""
    item = one.entry.item
    said = tuple(
        PublishedReply(told.unit, claimed, told.progress, SEVENTH, told.source, told is one.entry.lead_reply)
        for told in one.entry.replies
    )
    return PublishedItem(
        no=item.no,
        aspect=item.aspect,
        problem=item.problem,
        matter=item.matter,
        leaders=item.leaders,
        lead=item.lead,
        units=item.units,
        deadline=item.deadline.text,
        due=due or one.due,
        standing=standing,
        days_left=None,
        because="",
        claimed=claimed,
        finished=None,
        to_confirm=False,
        heard=Heard.REPORTED,
        replies=said,
    )


def seventh(items: Sequence[PublishedItem], why: str = "", as_of: date = SEVENTH) -> Published:
    return Published(
        serial=7,
        number=7,
        as_of=as_of,
        published=datetime(2016, 5, 11, 9, 0),
        tool="rectify-tool",
        folder="2016-05-10 第7期",
        why=why,
        accepted="",
        items=tuple(items),
        heard={},
        findings=(),
        sources={},
        outputs={},
    )


def item(
    one: Verdict, *turns: Turn, before: PublishedItem | Standing | None = None, moved: int | None = 0, run: int = 0
) -> ItemChange:
    """小项的变化 — unchanged unless something is given."""
    then = was(one, before) if isinstance(before, Standing) else before
    return ItemChange(one, then, turns, moved if then else None, run)


def eighth(
    *items: ItemChange,
    units: Sequence[UnitChange] = (),
    dropped: Sequence[PublishedItem] = (),
    steps: Sequence[Escalation] = (),
    acts: Sequence[Decision] = (),
    why: str = "",
) -> Outcome:
    """本期 — the outcome of these items, with the seventh bulletin before it; ``units`` tell who was heard."""
    by_heard = {heard: [one.unit for one in units if one.now is heard] for heard in Heard}
    missing = [*by_heard[Heard.MISSING], *by_heard[Heard.CARRIED]]
    texts = rules(mark="示例·虚构")
    made = outcome(*(one.verdict for one in items), missing=missing, unreadable=by_heard[Heard.UNREADABLE], using=texts)
    ledger = replace(made.ledger, carried=tuple(by_heard[Heard.CARRIED]), acts=tuple(acts))
    since = seventh([*(one.before for one in items if one.before), *dropped], why)
    return replace(made, ledger=ledger, change=Change(since, items, tuple(units), tuple(dropped), tuple(steps)))


def rhythm() -> Outcome:
    """一期 — a bulletin in which everything that can have become of an item or a unit became of one."""
    finished = verdict("1-1", Standing.FINISHED, lead="区委办公室", finished=date(2016, 5, 16))
    closed = verdict(
        "1-2",
        Standing.CLOSED,
        lead="区委办公室",
        finished=date(2016, 4, 28),
        decisions=[decision(Act.CLOSE, date(2016, 5, 13), "1-2", why="核查认可")],
    )
    pasted = verdict("2-1", Standing.OVERDUE, due=date(2016, 4, 15), matter="清理规范各类指挥部，撤销、合并一批")
    asked = decision(Act.ASK, date(2016, 5, 12), "2-2", to=date(2016, 6, 30), why="需报上级批复")
    overdue = verdict("2-2", Standing.OVERDUE, lead="区城管局", due=date(2016, 5, 15), decisions=[asked])
    back = verdict("3-1", Standing.ON_TRACK, lead="区审计局")
    reopen = decision(Act.REOPEN, date(2016, 5, 12), "3-2", why="抽查发现两处未清退")
    reopened = verdict("3-2", Standing.ON_TRACK, lead="区审计局", decisions=[reopen])
    extended = verdict(
        "4-1",
        Standing.ON_TRACK,
        lead="区住建局",
        decisions=[
            decision(Act.ASK, date(2016, 5, 3), "4-1", to=date(2016, 6, 30)),
            decision(Act.EXTEND, date(2016, 5, 11), "4-1", to=date(2016, 6, 30), why="会议同意"),
        ],
    )
    nearing = verdict("4-2", Standing.DUE_SOON, lead="区住建局")
    same, added = verdict("5-1", Standing.ON_TRACK), verdict("5-2", Standing.ON_TRACK, lead="区人社局")
    kept = reply("区水务局", "6-1", progress="已完成摸底，正在制定方案")
    carried = verdict(
        "6-1",
        Standing.OVERDUE,
        lead="区水务局",
        due=date(2016, 4, 30),
        carried=True,
        replies=[replace(kept, sent=date(2016, 4, 28))],
    )
    silent = verdict("6-2", Standing.LONG_TERM, lead="区教育局", reported=False)
    call = decision(Act.CALL, date(2016, 4, 22), "2-1", why="答复正在走程序")
    letter = decision(Act.LETTER, date(2016, 5, 12), unit="区财政局", why="督办函〔2016〕3号")
    talked = decision(Act.TALK, date(2016, 5, 12), unit="区水务局", why="主要负责人到会说明")
    return eighth(
        item(finished, Turn.FINISHED, before=Standing.ON_TRACK),
        item(closed, Turn.CLOSED, before=Standing.FINISHED),
        item(pasted, Turn.SAME_TEXT, before=Standing.OVERDUE, run=3),
        item(overdue, Turn.OVERDUE, before=Standing.ON_TRACK, run=1),
        item(back, Turn.WENT_BACK, before=was(back, Standing.FINISHED, claimed=Claim.DONE)),
        item(reopened, Turn.REOPENED, before=Standing.CLOSED),
        item(
            extended,
            Turn.RELIEVED,
            Turn.DUE_LATER,
            before=was(extended, Standing.OVERDUE, due=date(2016, 5, 5)),
            moved=56,
        ),
        item(nearing, before=Standing.ON_TRACK),
        item(same, before=Standing.ON_TRACK),
        item(added, Turn.ADDED),
        item(carried, before=Standing.OVERDUE, run=2),
        item(silent, before=Standing.LONG_TERM),
        units=[
            UnitChange("区委办公室", Heard.REPORTED, Heard.REPORTED, 0),
            UnitChange("区人社局", Heard.MISSING, Heard.REPORTED, 0),
            UnitChange("区水务局", Heard.CARRIED, Heard.CARRIED, 2),
            UnitChange("区教育局", Heard.REPORTED, Heard.MISSING, 1),
        ],
        dropped=[was(verdict("9-9", lead="区城管局", matter="并入别项的小项"), Standing.ON_TRACK)],
        steps=[
            Escalation(Act.TALK, "2-1", "区财政局", 3, (call, letter)),
            Escalation(Act.CALL, "2-2", "区城管局", 1, ()),
            Escalation(Act.LETTER, "6-1", "区水务局", 2, (talked,)),
            Escalation(Act.LETTER, "", "区水务局", 2, (talked,)),
            Escalation(Act.CALL, "", "区教育局", 1, ()),
        ],
        acts=[letter, talked],
    )


def changed(one: Outcome, caption: str) -> list[dict[str, object]]:
    """较上期的一张表 — by what its caption ends with."""
    captions = [table.caption for table in sheet(one, "较上期").tables]
    return records(one, "较上期", next(at for at, told in enumerate(captions) if told.endswith(caption)))


def test_the_sheets_are_the_same_ones_with_an_earlier_bulletin() -> None:
    assert [page.name for page in book(rhythm()).sheets] == NAMES


def test_the_sheet_says_which_bulletins_are_compared() -> None:
    notes = sheet(rhythm(), "较上期").notes
    assert notes[1] == ("第7期（基准日2016年5月10日，2016年5月11日定稿）与本期（第8期，基准日2016年5月20日）比较")
    assert not any("更正" in note for note in notes)


def test_a_bulletin_published_again_is_said_to_be_the_correction() -> None:
    notes = sheet(eighth(why="漏了一个单位"), "较上期").notes
    assert notes[2] == "第7期以更正后的定稿为准（更正原因：漏了一个单位）"


def test_a_bulletin_of_another_year_is_called_by_its_year() -> None:
    one = rhythm()
    last = replace(one.change, since=seventh((), as_of=date(2015, 12, 30)))
    assert sheet(replace(one, change=last), "较上期").notes[1].startswith("2015年第7期（基准日2015年12月30日，")


def test_every_kind_of_change_is_counted_with_its_items_or_units() -> None:
    rows = {str(row["变化"]): (row["个数"], row["哪些"]) for row in changed(rhythm(), "变化一览")}
    assert [name for name in rows if name in TURN_WORDS.values()] == [
        *("新完成", "新销号", "新增逾期", "不再逾期", TURN_WORDS[Turn.WENT_BACK], "销号后重新打开", "时限推后"),
        *("进展与上期一字不差", "新增的小项"),
    ]
    assert rows["新完成"] == (1, "1-1") and rows["新增逾期"] == (1, "2-2")
    assert rows["其他状态变化"] == (1, "4-2") and rows["仍然逾期"] == (2, "2-1、6-1")
    assert rows["恢复报送的单位"] == (1, "区人社局") and rows["停止报送的单位"] == (1, "区教育局")
    assert rows["连续两期以上未报送的单位"] == (1, "区水务局")
    assert rows["上期有、本期没有的小项"] == (1, "9-9")


def test_every_item_that_changed_or_is_overdue_is_listed_and_no_other() -> None:
    rows = changed(rhythm(), "各小项")
    assert [row["编号"] for row in rows] == [*("1-1", "1-2", "2-1", "2-2", "3-1", "3-2", "4-1", "4-2", "5-2", "6-1")]
    assert list(rows[0])[:-1] == [
        *("编号", "小项内容", "牵头单位", "上期", "本期", "变化", "时限移动（天）", "连续逾期（期）")
    ]


def test_an_item_shows_both_lights_and_what_stands_behind_each_change() -> None:
    rows = {str(row["编号"]): row for row in changed(rhythm(), "各小项")}
    assert (rows["2-2"]["上期"], rows["2-2"]["本期"]) == (Lamp(Light.GREEN, "绿 按期推进"), Lamp(Light.RED, "红 逾期"))
    assert {no: (row["变化"], row["说明"]) for no, row in rows.items()} == {
        "1-1": ("新完成", "2016年5月16日完成"),
        "1-2": ("新销号", "2016年5月13日销号（区委督查室）：核查认可"),
        "2-1": ("进展与上期一字不差\n仍然逾期", "“正在推进”"),
        "2-2": ("新增逾期", "2016年5月15日到期"),
        "3-1": (TURN_WORDS[Turn.WENT_BACK], "上期报已完成，本期报整改中"),
        "3-2": ("销号后重新打开", "2016年5月12日重新打开（区委督查室）：抽查发现两处未清退"),
        "4-1": ("不再逾期\n时限推后", "现为按期推进\n由2016年5月5日改为2016年6月30日（批准延期）"),
        "4-2": ("其他状态变化", "由按期推进转为临期"),
        "5-2": ("新增的小项", ""),
        "6-1": ("仍然逾期", ""),
    }
    assert (rows["4-1"]["时限移动（天）"], rows["4-1"]["连续逾期（期）"]) == (56, None)
    assert (rows["2-1"]["时限移动（天）"], rows["2-1"]["连续逾期（期）"]) == (None, 3)
    assert rows["5-2"]["上期"] == "—"


@pytest.mark.parametrize("turn", Turn)
def test_every_change_is_told_by_its_word_even_where_nothing_more_is_known(turn: Turn) -> None:
    bare = verdict("1-1", Standing.UNDATED, lead=None, replies=[])
    draft = Draft(eighth(item(bare, turn, before=Standing.UNDATED)), make_bulletin(outcome()))
    (row,) = changes_sheet(draft).tables[-1].rows
    assert TURN_WORDS[turn] in row


@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from(Turn)), st.sampled_from(Standing), st.sampled_from(Standing), st.integers(0, 3)
        ),
        max_size=6,
    )
)
def test_the_counts_of_changes_are_those_a_reader_gets_by_filtering_the_items(
    found: list[tuple[set[Turn], Standing, Standing, int]],
) -> None:
    items = [
        item(verdict(f"{at}-1", now), *[turn for turn in Turn if turn in turns], before=then, run=run)
        for at, (turns, then, now, run) in enumerate(found, 1)
    ]
    tables = changes_sheet(Draft(eighth(*items), make_bulletin(outcome()))).tables
    words = [word for row in tables[-1].rows for word in str(row[5]).split("\n") if word]
    counts = {str(row[1]): shown(row[2]) for row in tables[0].rows}
    assert counts == {word: words.count(word) for word in words}


@pytest.mark.parametrize("then", Standing)
@pytest.mark.parametrize("now", Standing)
def test_an_item_whose_light_changed_is_never_left_out(then: Standing, now: Standing) -> None:
    rows = changed(eighth(item(verdict("1-1", now), before=then)), "各小项")
    assert bool(rows) is (then is not now)
    assert not rows or rows[0]["说明"] == f"由{STANDING_WORDS[then]}转为{STANDING_WORDS[now]}"


def test_where_nothing_changed_the_sheet_says_so() -> None:
    tables = {
        table.caption: table for table in sheet(eighth(item(verdict("1-1"), before=Standing.ON_TRACK)), "较上期").tables
    }
    assert tables["一、变化一览"].rows == [] and tables["一、变化一览"].empty == "与上期相比没有变化"
    assert tables["四、各小项"].rows == [] and tables["四、各小项"].empty == "各小项都没有变化，也没有逾期"
    assert tables["二、催办建议"].rows == [] and len(tables) == 4


def test_units_that_changed_or_are_silent_are_listed_with_what_they_lead() -> None:
    rows = changed(rhythm(), "各单位")
    told = [(row["单位"], row["上期"], row["本期"], row["变化"], row["连续未报（期）"]) for row in rows]
    assert told == [
        ("区人社局", "未报送", "已报送", "恢复报送", None),
        ("区水务局", "未报送（沿用上期）", "未报送（沿用上期）", "仍未报送", 2),
        ("区教育局", "已报送", "未报送", "停止报送", 1),
    ]
    assert (rows[1]["牵头小项"], rows[1]["其中逾期"], rows[1]["牵头小项编号"]) == (1, 1, "6-1")


@pytest.mark.parametrize(
    ("before", "now", "run", "told"),
    [
        (None, Heard.REPORTED, 0, "上期没有列入"),
        (Heard.REPORTED, Heard.UNREADABLE, 0, "由已报送变为收到，不能读取"),
        (Heard.CARRIED, Heard.MISSING, 3, "仍未报送"),
    ],
)
def test_what_became_of_a_unit_is_told_in_words(before: Heard | None, now: Heard, run: int, told: str) -> None:
    one = eighth(item(verdict("1-1"), before=Standing.ON_TRACK), units=[UnitChange("区财政局", before, now, run)])
    assert [row["变化"] for row in changed(one, "各单位")] == [told]


def test_suggestions_name_what_they_are_about_and_what_was_done() -> None:
    rows = changed(rhythm(), "催办建议")
    assert [(row["小项"], row["单位"], row["连续（期）"], row["建议"]) for row in rows] == [
        ("2-1", "区财政局", 3, "约谈"),
        ("2-2", "区城管局", 1, "电话催办"),
        ("6-1", "区水务局", 2, "督办函\n（已办）"),
        ("—", "区水务局", 2, "督办函\n（已办）"),
        ("—", "区教育局", 1, "电话催办"),
    ]
    assert rows[0]["事由"] == "连续逾期：清理规范各类指挥部，撤销、合并一批"
    assert [row["事由"] for row in rows[3:]] == ["连续未报送", "未报送"]
    assert rows[0]["已办"] == (
        "2016年4月22日电话催办（区委督查室）：答复正在走程序\n2016年5月12日督办函（对区财政局整体，区委督查室）：督办函〔2016〕3号"
    )
    assert rows[4]["已办"] == "—"


def test_an_item_no_longer_assigned_is_told_as_it_last_stood() -> None:
    (row,) = changed(rhythm(), "上期有、本期没有的小项")
    assert (row["编号"], row["上期"], row["上期到期日"]) == ("9-9", Lamp(Light.GREEN, "绿 按期推进"), date(2016, 6, 30))


# ---------------------------------------------------------------- 其他各页 ----


def test_the_overdue_list_tells_how_long_and_what_is_suggested_and_done() -> None:
    rows = {str(row["编号"]): row for row in records(rhythm(), "逾期")}
    assert list(rows) == ["2-1", "6-1", "2-2"]
    assert [row["连续逾期（期）"] for row in rows.values()] == [3, 2, 1]
    assert [row["催办建议"] for row in rows.values()] == ["约谈", "督办函\n（已办）", "电话催办"]
    assert rows["2-1"]["已办"] == "4月22日电话催办\n5月12日督办函" and rows["2-2"]["已办"] == ""


def test_without_an_earlier_bulletin_or_a_step_taken_no_column_stands_blank() -> None:
    for name in ("逾期", "未报送"):
        (table,) = sheet(story(), name).tables
        assert not any("连续" in one.heading or "催办" in one.heading for one in table.columns), name


def test_a_step_taken_before_anything_was_published_is_shown() -> None:
    one = verdict("1-1", Standing.OVERDUE)
    call = decision(Act.CALL, date(2016, 5, 18), "1-1")
    change = Change(items=(item(one, run=1),), escalations=(Escalation(Act.CALL, "1-1", "区财政局", 1, (call,)),))
    (row,) = records(replace(outcome(one), change=change), "逾期")
    assert (row["催办建议"], row["已办"]) == ("电话催办\n（已办）", "5月18日电话催办")


def test_a_step_of_an_earlier_year_is_told_with_its_year() -> None:
    one = verdict("1-1", Standing.OVERDUE)
    call = decision(Act.CALL, date(2015, 12, 30), "1-1")
    made = eighth(
        item(one, before=Standing.OVERDUE, run=3), steps=[Escalation(Act.TALK, "1-1", "区财政局", 3, (call,))]
    )
    (row,) = records(made, "逾期")
    assert (row["催办建议"], row["已办"]) == ("约谈", "2015年12月30日电话催办")


def test_the_bulletins_attachment_says_which_words_are_of_before() -> None:
    rows = make_bulletin(rhythm()).fields["overdue"]
    assert isinstance(rows, tuple)
    told = {str(row["no"]): str(row["said"]) for row in rows if isinstance(row, Mapping)}
    assert told["6-1"] == rules().wording["said_carried_brief"].format(progress="已完成摸底，正在制定方案")
    assert told["2-1"] == "正在推进"


def test_silent_units_are_listed_with_how_long_and_what_stays_in_use() -> None:
    rows = {str(row["单位"]): row for row in records(rhythm(), "未报送")}
    assert [(row["情况"], row["连续未报（期）"], row["催办建议"]) for row in rows.values()] == [
        ("未报送", 1, "电话催办"),
        ("未报送（沿用上期）", 2, "督办函\n（已办）"),
    ]
    assert rows["区水务局"]["收到的文件"] == "报送/区水务局.xlsx（2016年4月28日报送，沿用）"
    assert rows["区水务局"]["已办"] == "2016年5月12日约谈（对区水务局整体，区委督查室）：主要负责人到会说明"
    assert rows["区教育局"]["收到的文件"] == ""


def test_a_unit_whose_older_words_stay_is_not_called_reported_anywhere() -> None:
    one = rhythm()
    units = {str(row["单位"]): row["本期报送"] for row in records(one, "单位")}
    assert (units["区水务局"], units["区教育局"], units["区人社局"]) == ("未报送（沿用上期）", "未报送", "已报送")
    heard = {row["单位"]: row["个数"] for row in records(one, "总览", 1)}
    assert (heard["未报送"], heard["其中：沿用以前报送的内容"]) == (2, 1)
    ledger = {str(row["编号"]): row for row in records(one, "台账")}
    assert ledger["6-1"]["牵头单位进展"] == "（沿用此前报送）已完成摸底，正在制定方案"
    assert ledger["6-1"]["提示"] == "未报送（沿用上期）" and ledger["6-2"]["提示"] == "未报送"
    assert ledger["5-1"]["牵头单位进展"] == "正在推进"


def test_a_co_units_older_words_are_marked_beside_its_name() -> None:
    one = verdict("1-1", others=["区水务局"], replies=[reply("区财政局", "1-1"), reply("区水务局", "1-1")])
    made = eighth(item(one, before=Standing.ON_TRACK), units=[UnitChange("区水务局", Heard.REPORTED, Heard.CARRIED, 1)])
    (row,) = records(made, "台账")
    assert row["其他单位反馈"] == "区水务局（整改中）（沿用此前报送）：正在推进"


def test_decisions_are_told_with_day_post_reason_and_new_day() -> None:
    rows = {str(row["编号"]): row["办理决定"] for row in records(rhythm(), "台账")}
    assert rows["4-1"] == (
        "2016年5月3日申请延期至2016年6月30日（区委督查室）\n"
        "2016年5月11日批准延期至2016年6月30日（区委督查室）：会议同意"
    )
    assert rows["2-2"] == "2016年5月12日申请延期至2016年6月30日（区委督查室）：需报上级批复（尚未批准）"
    assert rows["6-1"] == "2016年5月12日约谈（对区水务局整体，区委督查室）：主要负责人到会说明"
    assert rows["1-1"] == ""


def test_an_approval_before_the_asking_or_after_the_day_approves_nothing() -> None:
    asked = decision(Act.ASK, date(2016, 5, 12), "1-1", to=date(2016, 6, 30))
    before = decision(Act.EXTEND, date(2016, 5, 3), "1-1", to=date(2016, 5, 31))
    after = decision(Act.EXTEND, date(2016, 5, 21), "1-1", to=date(2016, 6, 30))
    (row,) = records(outcome(verdict("1-1", decisions=[before, asked, after])), "台账")
    told = str(row["办理决定"]).split("\n")
    assert told[1].endswith("（尚未批准）") and told[2].endswith("（基准日之后，不计）")


def test_the_offices_register_is_called_by_its_name() -> None:
    register = replace(record("办理登记.xlsx", None), role=FileRole.REGISTER)
    (row,) = records(outcome(verdict("1-1"), files=[register]), "来源")
    assert row["用途"] == "办理登记"
    assert int(str(row["非空单元格"])) == int(str(row["采用"])) + int(str(row["未采用"]))


# ---------------------------------------------------------------- 数与宽窄 ----


def test_every_figure_counts_the_rows_it_leads_to_with_an_earlier_bulletin_too() -> None:
    one = rhythm()
    keyed = {
        page.name: [str(shown(row[table.key])) for row in table.rows]
        for page in book(one).sheets
        for table in page.tables
        if table.key is not None
    }
    found = figures(one)
    assert {"较上期", "未报送", "逾期"} <= {name for name, _ in found}
    for name, ref in found:
        assert set(ref.keys) <= set(keyed[ref.sheet]), (name, ref)
        assert len(set(ref.keys)) == len(ref.keys) and (isinstance(ref.shown, str) or ref.shown == len(ref.keys))


def test_each_sheet_has_one_table_that_names_its_rows() -> None:
    for page in book(rhythm()).sheets:
        assert sum(table.key is not None for table in page.tables) <= 1, page.name


def pixels(page: Sheet) -> int:
    columns = max((table.columns for table in page.tables), key=len)
    widths = [max(t.columns[at].width for t in page.tables if at < len(t.columns)) for at in range(len(columns))]
    return sum(width * 7 + 5 for width in widths[: page.printed or len(widths)])


@pytest.mark.parametrize("name", ["较上期", "逾期", "未报送"])
def test_no_sheet_with_an_earlier_bulletin_prints_smaller_than_8_points(name: str) -> None:
    assert 10 * (297 / 25.4 - 0.8) * 96 / pixels(sheet(rhythm(), name)) >= 8.4


def test_a_thousand_changed_items_fit_their_cells() -> None:
    many = [
        item(verdict(f"{at}-1", Standing.OVERDUE), Turn.OVERDUE, before=Standing.ON_TRACK, run=1)
        for at in range(1, 1001)
    ]
    rows = changed(eighth(*many), "变化一览")
    told = next(str(row["哪些"]) for row in rows if row["变化"] == "新增逾期")
    assert told.startswith("1-1、2-1") and told.endswith("……（其余见下表）") and len(told) < 1100


# ---------------------------------------------------------------- 应答 ----


def answered(one: Outcome) -> dict[str, object]:
    answer: dict[str, object] = json.loads(json.dumps(as_json(one), ensure_ascii=False))
    return answer


def test_the_answer_tells_what_changed_and_since_when() -> None:
    changes = as_json(rhythm())["changes"]
    assert isinstance(changes, dict)
    assert changes["since"] == {"number": 7, "as_of": "2016-05-10"}
    nos = ("1-1", "1-2", "2-1", "2-2", "3-1", "3-2", "4-1", "4-2", "5-2", "6-1")
    assert tuple(one["no"] for one in changes["items"]) == nos
    assert changes["items"][7]["turns"] == [] and changes["items"][7]["before"] != changes["items"][7]["now"]
    assert changes["items"][6] == {
        "no": "4-1",
        "before": "overdue",
        "now": "on_track",
        "turns": ["relieved", "due_later"],
        "days_moved": 56,
        "overdue_run": 0,
    }
    assert changes["units"][1] == {"unit": "区水务局", "before": "carried", "now": "carried", "silent_run": 2}
    assert [one["unit"] for one in changes["units"]] == ["区人社局", "区水务局", "区教育局"]
    assert changes["dropped"] == ["9-9"]


def test_the_answer_tells_the_steps_suggested_and_taken() -> None:
    steps = as_json(rhythm())["escalations"]
    assert isinstance(steps, list)
    assert [(one["step"], one["no"], one["unit"], one["run"], one["done"]) for one in steps] == [
        ("talk", "2-1", "区财政局", 3, False),
        ("call", "2-2", "区城管局", 1, False),
        ("letter", "6-1", "区水务局", 2, True),
        ("letter", None, "区水务局", 2, True),
        ("call", None, "区教育局", 1, False),
    ]
    assert steps[0]["taken"][0] == {"act": "call", "day": "2016-04-22", "by": "区委督查室", "why": "答复正在走程序"}


def test_the_answer_tells_decisions_on_items_and_on_units_as_a_whole() -> None:
    answer = answered(rhythm())
    decisions = {one["no"]: one["decisions"] for one in answer["items"]}  # type: ignore[attr-defined]
    assert decisions["4-1"][1] == {
        "act": "extend",
        "day": "2016-05-11",
        "new_due": "2016-06-30",
        "by": "区委督查室",
        "why": "会议同意",
        "source": {"file": "台账.db", "sheet": None, "cell": "第1条"},
    }
    assert decisions["1-1"] == []
    units = answer["units"]
    assert isinstance(units, dict)
    assert units["carried"] == ["区水务局"]
    assert [(one["unit"], one["act"]) for one in units["decisions"]] == [("区财政局", "letter"), ("区水务局", "talk")]


def test_the_answer_of_a_first_bulletin_says_that_nothing_came_before() -> None:
    assert answered(story())["changes"] == {"since": None, "items": [], "units": [], "dropped": []}
    assert answered(story())["escalations"] == []
