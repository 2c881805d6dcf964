"""The bulletin's text: what it says, what it must not say, and that every figure is a recount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_tool.findings import Code
from rectify_tool.model import (
    Act,
    Claim,
    Column,
    Deadline,
    Decision,
    Kind,
    Paper,
    Published,
    Reply,
    Source,
    Standing,
    Verdict,
)
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.speech import ordinal, spoken_day
from tests.papers_builder import AS_OF, BREAKDOWN, act, at, outcome, published, reply, rules, sequel, verdict

DOUBTFUL = Deadline(
    "4月初启动", Kind.DATED, (date(2016, 4, 10),), doubt=True, guess=True, because="“4月初”只说了何时开始"
)


def parts(paper: Paper) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [
        (
            part["heading"],
            [(one["heading"], [paragraph.text for paragraph in one["paragraphs"]]) for one in part["sections"]],
        )
        for part in paper.fields["parts"]  # type: ignore[union-attr]
    ]


def text(paper: Paper) -> str:
    lines = [paper.fields["opening"].text]  # type: ignore[union-attr]
    for heading, sections in parts(paper):
        lines.append(heading)
        for subheading, paragraphs in sections:
            lines += [subheading, *paragraphs]
    return "\n".join(lines)


def told(*verdicts: Verdict, **more: object) -> str:
    return text(make_bulletin(outcome(*verdicts, **more)))  # type: ignore[arg-type]


# ---------------------------------------------------------------- 没有、一个、许多 ----


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        (Standing.CLOSED, "整改任务共1个小项（1-1），已完成并销号。"),
        (Standing.FINISHED, "整改任务共1个小项（1-1），已完成。"),
        (Standing.FINISHED_LATE, "整改任务共1个小项（1-1），逾期完成。"),
        (Standing.ON_TRACK, "整改任务共1个小项（1-1），正在按期推进。"),
        (Standing.DUE_SOON, "整改任务共1个小项（1-1），临近时限。"),
        (Standing.OVERDUE, "整改任务共1个小项（1-1），逾期未完成。"),
        (Standing.LONG_TERM, "整改任务共1个小项（1-1），为长期坚持事项。"),
        (Standing.UNDATED, "整改任务共1个小项（1-1），未明确时限。"),
    ],
)
def test_a_single_item_is_told_in_the_singular(standing: Standing, says: str) -> None:
    said = told(verdict("1-1", standing, due=date(2016, 4, 30), finished=date(2016, 5, 3)))
    assert says in said
    assert "其中" not in said.partition("存在问题")[0]
    assert "完成率" not in said
    assert "整改进展" not in said


def test_nothing_at_all_still_makes_a_paper() -> None:
    paper = make_bulletin(outcome())
    assert "项" not in text(paper).replace("各项", "")
    assert paper.fields["attachments"] == ()


def test_items_of_one_standing_are_told_together() -> None:
    said = told(verdict("1-1", Standing.FINISHED), verdict("1-2", Standing.CLOSED))
    assert "整改任务共2个小项，均已完成。已完成的小项中，已销号1项。" in said
    assert "完成率" not in said
    assert "均已完成并销号。" in told(verdict("1-1", Standing.CLOSED), verdict("1-2", Standing.CLOSED))
    some = told(verdict("1-1", Standing.FINISHED), verdict("1-2"))
    assert "完成率按总数2项计为50%。" in some
    done = verdict("1-1", Standing.FINISHED, due=date(2016, 4, 30))
    overdue = told(done, verdict("1-2", Standing.OVERDUE), verdict("1-3"))
    assert "完成率按总数3项计为33.3%；时限已过、应完成的2项中已完成1项，完成率为50%。" in overdue
    early = told(verdict("1-1", Standing.FINISHED), verdict("1-2", Standing.OVERDUE), verdict("1-3"))
    assert "完成率按总数3项计为33.3%。" in early, "没有到时限就完成的，不算应完成"


@given(st.lists(st.sampled_from(list(Standing)), min_size=1, max_size=30))
@settings(deadline=None, max_examples=60)
def test_nothing_is_ever_said_about_zero(standings: list[Standing]) -> None:
    said = told(*(verdict(f"1-{at}", standing) for at, standing in enumerate(standings, 1)))
    assert not re.search(r"(?<![\d.-])0(?:项|个|天)", said)
    assert "None" not in said and "{" not in said and "，。" not in said and "（）" not in said


@pytest.mark.parametrize("size", [2, 34, 400])
def test_many_items_read_well(size: int) -> None:
    kinds = list(Standing)
    verdicts = [
        verdict(f"{at // 8 + 1}-{at % 8 + 1}", kinds[at % 8], lead=f"区第{at % 60}局", aspect=f"第{at * 4 // size}方面")
        for at in range(size)
    ]
    paper = make_bulletin(outcome(*verdicts))
    longest = max(len(paragraph) for _, sections in parts(paper) for _, told in sections for paragraph in told)
    assert f"整改任务共{size}个小项" in text(paper)
    assert longest < 900
    if size == 400:
        assert "其余30项见附件《逾期清单》。" in text(paper)
        assert len(paper.fields["overdue"]) == 50


def test_a_deadline_written_in_full_is_not_told_twice() -> None:
    day = date(2016, 5, 15)
    one = verdict("1-1", Standing.OVERDUE, deadline=Deadline("2016年5月15日前", Kind.DATED, (day,)), due=day)
    assert "整改时限“2016年5月15日前”，已逾期5天。" in told(one)


def test_a_co_unit_that_reported_done_is_told_where_the_lead_says_nothing() -> None:
    done = reply("区审计局", "1-1", Claim.DONE, "已完成")
    one = verdict("1-1", Standing.OVERDUE, others=["区审计局"], replies=[done], reported=False)
    assert "牵头单位本期未报送。区审计局作为配合单位已报完成。" in told(one)


def test_an_approved_extension_of_an_open_item_is_told_in_the_overview() -> None:
    extended = Decision(Act.EXTEND, "1-1", date(2016, 4, 20), date(2016, 6, 20), "", Source(BREAKDOWN, "分解表", "K4"))
    one = verdict("1-1", due=date(2016, 6, 20), decisions=[extended])
    assert "小项1-1经批准延期至2016年6月20日，尚未完成。" in told(one, verdict("1-2"))
    assert "延期" not in told(replace(one, standing=Standing.FINISHED), verdict("1-2"))


def test_when_nobody_reported_the_items_are_not_listed_one_by_one() -> None:
    silent = [verdict(f"1-{at}", lead=f"第{at}局", reported=False) for at in (1, 2)]
    said = told(*silent, missing=["第1局", "第2局"])
    assert "责任单位共2个，本期均未报送。" in said
    assert "全部2个小项均没有牵头单位的最新进展。" in said


def test_what_nobody_reported_on_is_not_called_progress() -> None:
    said = told(verdict("1-1", reported=False), verdict("1-2", reported=False), missing=["区财政局"])
    assert "均未到时限" in said and "推进。其中" not in said
    assert said.startswith("现将截至2016年5月20日的整改落实情况专报如下。")


def test_what_came_and_could_not_be_read_is_asked_for_again_not_for_reasons() -> None:
    garbled = verdict("1-1", Standing.OVERDUE, lead="乙局", reported=False, unreadable=True)
    said = told(garbled, verdict("1-2", Standing.OVERDUE), unreadable=["乙局"])
    assert "有2项已过时限仍未完成。其中，牵头单位报送的材料不能读取、进展待核的有小项1-1。" in said
    assert "区财政局要对逾期的小项1-2查明原因" in said and "乙局报送的文件不能读取，要于" in said


def test_a_returned_item_tells_day_and_reason_and_is_asked_for_again() -> None:
    why = "2016年4月28日退回：佐证材料不全"
    back = Decision(Act.RETURN, "1-1", date(2016, 4, 28), None, why, Source(BREAKDOWN, "分解表", "L4"))
    done = replace(reply("区财政局", "1-1", Claim.DONE, "三张清单已建立"), sent=date(2016, 4, 20))
    one = verdict("1-1", Standing.OVERDUE, replies=[done], decisions=[back], claimed=Claim.IN_PROGRESS)
    paper = make_bulletin(outcome(one, verdict("1-2")))
    assert "“三张清单已建立”，已于2016年4月28日被退回（佐证材料不全），尚未重新报送。" in text(paper)
    assert "区财政局要对退回的小项1-1按退回意见补充完善，于2016年5月25日前重新报送。" in text(paper)
    assert paper.fields["overdue"][0]["said"] == "三张清单已建立（2016年4月28日退回，尚未重新报送）"  # type: ignore[index,call-overload]


def test_a_deadline_of_two_readings_is_told_as_two_and_asked_to_be_made_clear() -> None:
    two = Deadline("2016年6月前", Kind.DATED, (date(2016, 6, 30),), doubt=True, earlier=date(2016, 5, 31))
    one = replace(verdict("1-1", Standing.DUE_SOON, deadline=two), due=date(2016, 6, 30))
    paper = make_bulletin(outcome(one, verdict("1-2")))
    assert "时限“2016年6月前”有两种理解，2016年5月31日或者2016年6月30日，待确认" in text(paper)
    assert "明确完成时限。区财政局要对时限需要明确的小项1-1提出具体完成日期" in text(paper)
    assert "加快推进" not in text(paper), "哪一天到期还没有定"
    row = paper.fields["due_soon"][0]  # type: ignore[index]
    assert (row["due"], row["days"]) == ("2016年5月31日或\n2016年6月30日", "待确认")  # type: ignore[call-overload,index]


def test_once_both_days_have_passed_there_is_one_deadline_and_it_is_overdue() -> None:
    two = Deadline("2016年5月前", Kind.DATED, (date(2016, 5, 15),), doubt=True, earlier=date(2016, 4, 30))
    one = replace(verdict("1-1", Standing.OVERDUE, deadline=two), due=date(2016, 5, 15), days_left=-5)
    paper = make_bulletin(outcome(one, verdict("1-2")))
    row = paper.fields["overdue"][0]  # type: ignore[index]
    assert (row["due"], row["days"]) == ("2016年5月15日", "5")  # type: ignore[call-overload,index]
    assert "即2016年5月15日，已逾期5天。" in text(paper)


def test_days_to_reply_end_on_a_workday() -> None:
    said = told(verdict("1-1", Standing.OVERDUE), using=rules(reply_days="8"))
    assert "于2016年5月30日前书面报告" in said, "2016年5月28日是星期六"


def test_the_parts_of_progress_name_the_items_where_they_are_few() -> None:
    done = [verdict(f"1-{at}", Standing.FINISHED, matter=f"清单{at}") for at in (1, 2)]
    assert "已完成2项：清单1（1-1）；清单2（1-2）。按期推进1项：开展督查（1-3）。" in told(
        *done, verdict("1-3", matter="开展督查")
    )
    unnamed = [replace(one, entry=replace(one.entry, item=replace(one.entry.item, item=""))) for one in done]
    assert "已完成2项（1-1、1-2）。" in told(*unnamed, verdict("1-3"))


def test_a_unit_that_left_its_row_blank_is_asked_to_fill_it_in() -> None:
    said = told(verdict("1-1", replies=[]), verdict("1-2", replies=[reply("区财政局", "1-2")]))
    assert "牵头单位已报送、但没有填写进展的有小项1-1。" in said
    assert "及时报送进展。区财政局要于2016年5月25日前补填小项1-1的进展。" in said


def test_marks_of_writing_direction_do_not_turn_our_own_words_round() -> None:
    turned = reply("区财政局", "1-1", progress="\u202e正在推进\u2066")
    assert "牵头单位反馈：“正在推进”。" in told(verdict("1-1", Standing.OVERDUE, replies=[turned]))


def test_items_due_on_one_day_are_asked_for_together() -> None:
    days = {"1-1": date(2016, 5, 25), "1-2": date(2016, 5, 30), "1-3": date(2016, 5, 25)}
    said = told(*(verdict(no, Standing.DUE_SOON, due=due) for no, due in days.items()))
    assert "要加快推进临期的3项，确保1-1、1-3于2016年5月25日前完成，1-2于2016年5月30日前完成。" in said


def test_lists_too_long_for_a_sentence_are_left_to_the_attachment() -> None:
    said = told(*(verdict(f"1-{at}", Standing.DUE_SOON, lead=f"第{at % 3}局") for at in range(1, 41)))
    assert "有40项临近时限，尚未完成，见附件《临期清单》。" in said
    assert "要加快推进临期的40项，确保按附件《临期清单》所列日期完成。" in said


def test_when_all_is_closed_the_requirement_is_to_keep_it_so() -> None:
    assert "已销号的2项（1-1、1-2），责任单位要健全长效机制" in told(
        verdict("1-1", Standing.CLOSED), verdict("1-2", Standing.CLOSED)
    )


# ---------------------------------------------------------------- 编号、结构 ----


def test_headings_are_numbered_over_the_parts_that_say_something() -> None:
    quiet = make_bulletin(outcome(verdict("1-1", Standing.ON_TRACK), verdict("1-2", Standing.ON_TRACK)))
    assert [heading for heading, _ in parts(quiet)] == ["一、总体情况", "二、下一步要求"]
    busy = make_bulletin(outcome(verdict("1-1", Standing.OVERDUE), verdict("1-2", Standing.DUE_SOON)))
    assert [heading for heading, _ in parts(busy)][2:] == ["三、存在问题", "四、下一步要求"]
    assert [one for one, _ in parts(busy)[2][1]] == ["（一）未按时限完成", "（二）临近时限"]


def test_a_single_section_has_no_heading() -> None:
    paper = make_bulletin(outcome(verdict("1-1", Standing.OVERDUE), verdict("1-2", Standing.ON_TRACK)))
    assert [one for one, _ in parts(paper)[2][1]] == [""]


def test_an_aspect_keeps_no_number_of_its_own() -> None:
    said = told(verdict("1-1", aspect="一、落实责任方面"), verdict("2-1", aspect="（二）执行纪律方面"))
    assert "（一）落实责任方面" in said and "（二）执行纪律方面" in said


@pytest.mark.parametrize(("number", "word"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")])
def test_headings_count_in_chinese(number: int, word: str) -> None:
    assert ordinal(number) == word


def test_attachments_without_rows_are_left_out_and_the_rest_renumbered() -> None:
    paper = make_bulletin(outcome(verdict("1-1", Standing.DUE_SOON), verdict("1-2", leaders=("区长",))))
    assert paper.fields["attachment_note"] == ("附件：1. 临期清单", "　　　2. 责任领导一览")
    assert paper.fields["overdue"] == () and paper.fields["due_soon_heading"] == "附件1"
    alone = make_bulletin(outcome(verdict("1-1", Standing.OVERDUE)))
    assert alone.fields["attachment_note"] == ("附件：逾期清单",)


# ---------------------------------------------------------------- 点名 ----


def test_an_overdue_item_is_named_with_number_unit_deadline_days_and_what_the_unit_says() -> None:
    said = told(
        verdict(
            "4-2",
            Standing.OVERDUE,
            matter="加强政府融资管理。",
            deadline=Deadline("4月底前", Kind.DATED, (date(2016, 4, 30),)),
            due=date(2016, 4, 30),
            replies=[reply("区财政局", "4-2", progress="办法已形成“征求意见稿”，\n拟报常务会议研究。")],
        ),
        verdict("4-3"),
    )
    assert (
        "小项4-2（区财政局牵头）：加强政府融资管理。整改时限“4月底前”，即2016年4月30日，已逾期20天。"
        "牵头单位反馈：“办法已形成‘征求意见稿’，拟报常务会议研究”。"
    ) in said


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (verdict("1-1", Standing.OVERDUE, reported=False), "牵头单位本期未报送。"),
        (verdict("1-1", Standing.OVERDUE, reported=False, unreadable=True), "牵头单位报送的文件不能读取，进展待核。"),
        (verdict("1-1", Standing.OVERDUE, replies=[]), "牵头单位已报送，但未填写该项。"),
        (verdict("1-1", Standing.OVERDUE, lead=None), "该项没有明确牵头单位。"),
    ],
)
def test_a_silent_lead_unit_is_told_as_it_is(one: Verdict, says: str) -> None:
    assert says in told(one)


def test_an_approved_extension_is_told_beside_the_deadline_as_written() -> None:
    extended = Decision(Act.EXTEND, "1-1", date(2016, 4, 20), date(2016, 5, 10), "", Source(BREAKDOWN, "分解表", "K4"))
    one = verdict(
        "1-1",
        Standing.OVERDUE,
        deadline=Deadline("4月底前", Kind.DATED, (date(2016, 4, 30),)),
        due=date(2016, 5, 10),
        decisions=[extended],
    )
    assert "整改时限“4月底前”，经批准延期至2016年5月10日，已逾期10天。" in told(one)


def test_the_longest_overdue_comes_first_in_text_and_list() -> None:
    paper = make_bulletin(
        outcome(
            verdict("1-1", Standing.OVERDUE, due=date(2016, 5, 19)),
            verdict("1-2", Standing.OVERDUE, due=date(2016, 3, 1)),
        )
    )
    assert text(paper).index("小项1-2") < text(paper).index("小项1-1")
    assert [row["no"] for row in paper.fields["overdue"]] == ["1-2", "1-1"]  # type: ignore[index,union-attr]


def test_a_doubtful_day_stands_apart_and_names_nobody_overdue() -> None:
    doubtful = verdict(
        "7-2", Standing.UNDATED, lead="区住建局", deadline=DOUBTFUL, due=date(2016, 4, 10), to_confirm=True
    )
    said = told(doubtful, verdict("7-1"))
    assert "逾期未完成" not in said and "已逾期" not in said
    assert "时限存在疑问、有待核实、不认定为逾期的有小项7-2。" in said
    assert "小项7-2（区住建局牵头）：" in said and "存在疑问：“4月初”只说了何时开始。有待核实，不认定为逾期。" in said


def test_a_co_unit_is_not_blamed_for_the_leads_lack_of_evidence_nor_the_lead_for_the_co_units() -> None:
    mine, other = reply("区财政局", "1-1", Claim.DONE, "已完成"), reply("区审计局", "1-1", Claim.DONE, "已完成")
    one = verdict("1-1", Standing.FINISHED, others=["区审计局"], replies=[mine, other], finished=date(2016, 5, 1))
    assert "没有佐证材料" in told(one, findings=[Code.EVIDENCE_MISSING.at(at(mine), no="1-1")])
    assert "没有佐证材料" not in told(one, findings=[Code.EVIDENCE_MISSING.at(at(other), no="1-1")])


def test_a_finding_on_a_merged_category_belongs_to_its_first_row_only() -> None:
    first, second = reply("区财政局", "1-1", Claim.DONE, at=3), reply("区财政局", "1-2", Claim.DONE, at=4)
    shared = first.row.cells[Column.NO][0]._replace(inherited=True)
    below = replace(second, row=second.row._replace(cells={**second.row.cells, Column.ASPECT: (shared,)}))
    verdicts = [
        verdict("1-1", Standing.FINISHED, replies=[first], finished=date(2016, 5, 1)),
        verdict("1-2", Standing.FINISHED, replies=[below], finished=date(2016, 5, 1)),
    ]
    said = told(*verdicts, findings=[Code.EVIDENCE_MISSING.at(first.row.source(), no="1-1")])
    assert "小项1-1（区财政局牵头）报已完成，但没有佐证材料或具体事实。" in said


def test_a_finish_day_nobody_knows_is_told_when_the_day_has_passed() -> None:
    assert "完成日期不明" in told(verdict("1-1", Standing.FINISHED, due=date(2016, 4, 30)))
    assert "完成日期不明" not in told(verdict("1-1", Standing.FINISHED, due=date(2016, 6, 30)))


def test_units_that_say_otherwise_are_named_with_what_they_say() -> None:
    mine, other = reply("区财政局", "1-1", Claim.DONE), reply("区审计局", "1-1", Claim.IN_PROGRESS)
    one = verdict("1-1", Standing.FINISHED, others=["区审计局"], replies=[mine, other], finished=date(2016, 5, 1))
    clash = Code.UNITS_CLASH.at(
        at(mine), no="1-1", unit="区财政局", claim="已完成", other="区审计局", other_claim="整改中", place="别处"
    )
    assert "1-1（区财政局报已完成，区审计局报整改中）" in told(one, findings=[clash])


def test_a_changed_deadline_names_the_unit_that_changed_it() -> None:
    mine = reply("区财政局", "1-1", deadline="6月底前")
    other = reply("区审计局", "1-1", deadline="7月底前")
    one = verdict(
        "1-1",
        others=["区审计局"],
        replies=[mine, other],
        deadline=Deadline("5月底前", Kind.DATED, (date(2016, 5, 31),)),
        due=date(2016, 6, 30),
    )
    changed = Code.DEADLINE_CHANGED.at(at(other, Column.DEADLINE), issued="5月底前", typed="7月底前")
    said = told(one, findings=[changed])
    assert "1-1（下发“5月底前”，区审计局改为“7月底前”）" in said
    assert "区财政局改为" not in said


def test_late_units_are_told_by_how_much() -> None:
    late = verdict("2-1", Standing.FINISHED_LATE, due=date(2016, 4, 30), finished=date(2016, 5, 6))
    assert "2-1（区财政局牵头，时限“4月30日前”，2016年5月6日完成，超期6天）" in told(late)


def test_units_that_sent_nothing_and_units_that_could_not_be_read_are_not_the_same() -> None:
    silent = verdict("1-1", lead="甲局", reported=False)
    garbled = verdict("1-2", lead="乙局", reported=False, unreadable=True)
    said = told(silent, garbled, verdict("1-3", lead="丙局"), missing=["甲局"], unreadable=["乙局"])
    assert "责任单位共3个，本期已报送、材料可用的1个，未报送1个，已报送、材料不能读取的1个。" in said
    assert "甲局本期未报送。该单位牵头的小项1-1没有最新进展。" in said
    assert "乙局已报送，但文件不能读取。" in said


@pytest.mark.parametrize(
    ("kinds", "says"),
    [({}, "责任单位为甲局，本期已报送。"), ({"missing": ["甲局"]}, "责任单位为甲局，本期未报送。")],
)
def test_a_single_unit_is_told_by_name(kinds: dict[str, Sequence[str]], says: str) -> None:
    assert says in told(verdict("1-1", lead="甲局", reported=not kinds), **kinds)


# ---------------------------------------------------------------- 要求 ----


def test_requirements_say_who_what_and_by_when() -> None:
    said = told(verdict("1-1", Standing.OVERDUE), verdict("1-2", Standing.DUE_SOON, lead="区教育局"))
    assert "一是抓紧整改到位。区财政局要对逾期的小项1-1查明原因" in said and "于2016年5月25日前" in said
    assert "二是盯紧临期事项。区教育局要加快推进临期的小项1-2，确保于2016年5月25日前完成。" in said


def test_a_single_requirement_is_not_numbered() -> None:
    assert "一是" not in told(verdict("1-1", Standing.OVERDUE))


def test_an_item_without_a_lead_asks_nobody_by_name() -> None:
    assert "有关牵头单位要对逾期的小项1-1查明原因" in told(verdict("1-1", Standing.OVERDUE, lead=None))


# ---------------------------------------------------------------- 措辞、出处、数字 ----


def test_an_offices_own_wording_is_used() -> None:
    own = replace(rules(), wording={**rules().wording, "some_overdue": "未按时完成{n}件"})
    assert "未按时完成1件" in told(verdict("1-1", Standing.OVERDUE), verdict("1-2"), using=own)


def test_inferred_years_are_told_once_and_only_when_there_are_any() -> None:
    assert "时限没有注明年份的，均从2016年2月26日起推算。" in told(verdict("1-1"))
    whole = Deadline("2016年6月30日", Kind.DATED, (date(2016, 6, 30),))
    assert "注明年份" not in told(verdict("1-1", deadline=whole))


HOSTILE = "甲<乙>&丙 {{ title }} {%p if x %} =cmd|'/c calc'!A1 \x00\x0b\ud800 😀 “引”"


def test_hostile_text_passes_as_text() -> None:
    one = verdict("1-1", Standing.OVERDUE, matter=HOSTILE, replies=[reply("区财政局", "1-1", progress=HOSTILE * 200)])
    said = told(one)
    assert "甲<乙>&丙{{ title }}" in said.replace(" {{", "{{")
    assert "\x00" not in said and "\ud800" not in said and "……" in said


# ---------------------------------------------------------------- 较上期 ----

LAST = "与第7期（2016年5月10日）相比，"


def since(then: Sequence[Verdict], now: Sequence[Verdict], **more: object) -> str:
    return told(*now, earlier=[published(*then)], **more)


def saying(progress: str, one: Verdict) -> Verdict:
    """换一句话 — the same item with other words of its lead."""
    said = tuple(replace(each, progress=progress) for each in one.entry.replies)
    return replace(one, entry=replace(one.entry, replies=said, lead_reply=said[0]))


def again(*verdicts: Verdict, times: int = 1) -> list[Published]:
    """前几期 — bulletins that showed the same items, with other words."""
    days = [date(2016, 5, 10), date(2016, 4, 30), date(2016, 4, 20), date(2016, 4, 10)][:times]
    shown = [saying("已启动", one) if one.entry.lead_reply else one for one in verdicts]
    return [published(*shown, number=7 - at, as_of=day) for at, day in enumerate(days)][::-1]


def test_with_nothing_published_nothing_is_said_of_a_last_bulletin() -> None:
    said = told(verdict("1-1", Standing.OVERDUE), verdict("1-2", reported=False, lead="区水务局"), missing=["区水务局"])
    assert not re.search("相比|上期|连续|此前|督办函|约谈|问责", said)


@pytest.mark.parametrize(
    ("then", "now", "says"),
    [
        (Standing.ON_TRACK, Standing.FINISHED, "新完成1项（1-1）。"),
        (Standing.FINISHED, Standing.CLOSED, "新销号1项（1-1）。"),
        (Standing.ON_TRACK, Standing.CLOSED, "新完成1项（1-1），新销号1项（1-1）。"),
        (Standing.DUE_SOON, Standing.OVERDUE, "新增逾期1项（1-1）。"),
        (Standing.OVERDUE, Standing.UNDATED, "不再逾期1项（1-1）。"),
        (Standing.OVERDUE, Standing.LONG_TERM, "转入长期坚持1项（1-1）。"),
        (Standing.FINISHED, Standing.ON_TRACK, "由已完成转为未完成1项（1-1）。"),
        (Standing.CLOSED, Standing.ON_TRACK, "销号后重新打开1项（1-1）。"),
        (Standing.ON_TRACK, Standing.DUE_SOON, "没有新完成、新销号和新增逾期的小项。"),
        (Standing.ON_TRACK, Standing.ON_TRACK, "各小项状态均无变化。"),
    ],
)
def test_what_became_of_an_item_is_told_in_the_overview(then: Standing, now: Standing, says: str) -> None:
    due = date(2016, 4, 30)
    before = saying("已启动", replace(verdict("1-1", then), due=due))
    still = verdict("1-2", Standing.CLOSED)
    assert LAST + says in since([before, still], [replace(verdict("1-1", now), due=due), still])


def test_several_changes_stand_in_one_sentence_by_what_belongs_together() -> None:
    then = [verdict(f"1-{at}") for at in range(1, 4)] + [verdict("9-1"), verdict("9-2")]
    now = [verdict("1-1", Standing.FINISHED), verdict("1-2", Standing.FINISHED), verdict("1-3"), verdict("2-1")]
    moved = replace(now[2], due=date(2016, 7, 15))
    says = "新完成2项（1-1、1-2）；时限推后1项（1-3推后15天）；新列入1项（2-1），不再列入2项（9-1、9-2）。"
    assert LAST + says in since(then, [*now[:2], moved, now[3]])


def test_what_an_approved_extension_excuses_is_told_apart() -> None:
    allowed = act(Act.EXTEND, "1-1", date(2016, 5, 12), to=date(2016, 6, 30))
    now = [verdict("1-1", decisions=[allowed]), verdict("1-2")]
    said = since([verdict("1-1", Standing.OVERDUE), verdict("1-2", Standing.OVERDUE)], now)
    assert "经批准延期、不再逾期1项（1-1），时限推后而未见批准、不再列为逾期1项（1-2）；" in said
    assert "时限推后2项（1-1推后61天、1-2推后61天）。" in said


def test_a_single_item_that_did_not_change_is_told_in_the_singular() -> None:
    one = verdict("1-1", Standing.CLOSED)
    assert f"{LAST}小项1-1状态没有变化。" in since([one], [one])


def test_more_changes_than_a_sentence_lists_name_the_first() -> None:
    then = [verdict(f"1-{at}") for at in range(1, 31)]
    said = since(then, [verdict(f"1-{at}", Standing.FINISHED) for at in range(1, 31)])
    assert "新完成30项（1-1、1-2" in said and "1-15等）" in said


def test_units_that_came_back_and_units_that_stopped_are_named() -> None:
    units = {"甲局": "1-1", "乙局": "1-2", "丙局": "1-3"}
    verdicts = [saying("已启动", verdict(no, lead=unit)) for unit, no in units.items()]
    before = published(*verdicts, missing=["甲局"])
    silent = [verdict("1-2", lead="乙局", reported=False), verdict("1-3", lead="丙局", reported=False)]
    said = told(verdict("1-1", lead="甲局"), *silent, missing=["乙局", "丙局"], earlier=[before])
    assert "甲局上期未报送、本期已报送，乙局、丙局上期已报送、本期未报送。" in said
    assert "单位上期" not in since([verdict("1-1")], [verdict("1-1")])


# ---------------------------------------------------------------- 连续逾期、连续未报送 ----


def test_an_item_overdue_again_tells_how_many_bulletins_in_a_row() -> None:
    one = verdict("4-2", Standing.OVERDUE)
    assert "已逾期20天，连续3期逾期。牵头单位反馈" in told(one, verdict("4-3"), earlier=again(one, times=2))
    assert "连续" not in since([verdict("4-2")], [one]), "新增的逾期，不说连续"


@pytest.mark.parametrize(
    ("acts", "says"),
    [
        ([act(Act.ASK, "4-2", date(2016, 5, 12), to=date(2016, 6, 30))], "已申请延期至2016年6月30日，尚未批准。"),
        ([act(Act.ASK, "4-2", date(2016, 5, 12))], "。已申请延期，尚未批准。"),
        ([act(Act.ASK, "4-2", date(2016, 5, 21), to=date(2016, 6, 30))], ""),
        ([act(kind, "4-2", date(2016, 4, 12), to=date(2016, 4, 30)) for kind in (Act.ASK, Act.EXTEND)], ""),
    ],
)
def test_an_extension_asked_for_is_told_until_one_is_approved(acts: list[Decision], says: str) -> None:
    said = told(verdict("4-2", Standing.OVERDUE, decisions=acts), verdict("4-3"))
    assert says in said and (says or "申请" not in said)


def test_a_second_extension_is_told_as_such() -> None:
    acts = [act(Act.EXTEND, "4-2", date(2016, 4, at), to=date(2016, 5, at)) for at in (1, 10)]
    said = told(verdict("4-2", Standing.OVERDUE, due=date(2016, 5, 10), decisions=acts), verdict("4-3"))
    assert "，经批准第二次延期至2016年5月10日，已逾期10天。" in said
    assert "小项4-2经批准第二次延期至2016年5月10日，尚未完成。" in said


def test_steps_taken_since_the_item_fell_overdue_are_told_with_their_days_but_not_the_calls() -> None:
    acts = [
        act(Act.CALL, "4-2", date(2016, 5, 2), why="已催"),
        act(Act.LETTER, "4-2", date(2016, 5, 3)),
        act(Act.TALK, "4-2", date(2016, 5, 16)),
        act(Act.LETTER, "4-2", date(2016, 4, 1)),
    ]
    one = verdict("4-2", Standing.OVERDUE, decisions=acts)
    earlier = [published(verdict("4-2"), number=5, as_of=date(2016, 4, 20)), *again(one, times=2)]
    said = told(one, verdict("4-3"), earlier=earlier)
    assert "已于2016年5月3日发督办函、2016年5月16日约谈。" in said
    assert "电话" not in said


def test_words_of_an_earlier_file_are_not_told_as_new() -> None:
    said = told(verdict("4-2", Standing.OVERDUE, carried=True), verdict("4-3", lead="区审计局"), carried=["区财政局"])
    assert "牵头单位本期未报送，此前反馈：“正在推进”。" in said
    assert (
        "区财政局本期未报送。该单位此前报送过，所涉小项仍按此前报送的内容计。该单位牵头的小项4-2没有最新进展。" in said
    )


def silent(runs: dict[str, int], **more: object) -> str:
    """连续未报送 — each unit leads an item and was silent in so many bulletins, this one among them."""
    items = [verdict(f"1-{at}", lead=unit, reported=False) for at, unit in enumerate([*runs], 1)]
    earlier = [
        published(
            *items, number=at, as_of=date(2016, 5, at), missing=[unit for unit, run in runs.items() if run > 8 - at]
        )
        for at in range(1, 8)
    ]
    return told(*items, verdict("2-1", lead="区委办公室"), missing=[*runs], earlier=earlier, **more)


@pytest.mark.parametrize(
    ("runs", "says"),
    [
        ({"甲局": 1}, "甲局本期未报送。该单位牵头的小项1-1没有最新进展。"),
        ({"甲局": 3}, "甲局已连续3期未报送。该单位牵头的"),
        ({"甲局": 1, "乙局": 1}, "有2个单位本期未报送：甲局、乙局。上述"),
        ({"甲局": 1, "乙局": 2}, "有2个单位本期未报送：甲局、乙局。其中，乙局已连续2期未报送。"),
        ({"甲局": 2, "乙局": 2}, "有2个单位本期未报送：甲局、乙局。上述单位均已连续2期未报送。"),
        ({"甲局": 2, "乙局": 3, "丙局": 2}, "其中，乙局已连续3期未报送，甲局、丙局已连续2期未报送。"),
    ],
)
def test_units_silent_several_bulletins_in_a_row_are_named_with_how_many(runs: dict[str, int], says: str) -> None:
    assert says in silent(runs)


def test_whose_earlier_words_stay_in_use_is_said_once() -> None:
    assert "乙局此前报送过，所涉小项仍按此前报送的内容计。" in silent({"甲局": 1, "乙局": 1}, carried=["乙局"])
    both = silent({"甲局": 1, "乙局": 1}, carried=["甲局", "乙局"])
    assert "上述单位此前均报送过，所涉小项仍按此前报送的内容计。" in both


def test_where_nearly_all_are_carried_the_few_that_are_not_are_named() -> None:
    runs = dict.fromkeys(("甲局", "乙局", "丙局", "丁局", "戊局"), 1)
    but = silent(runs, carried=["甲局", "乙局", "丁局", "戊局"])
    assert "除丙局外，上述单位此前均报送过，所涉小项仍按此前报送的内容计。" in but
    assert "。甲局、乙局、丁局此前报送过，" in silent(runs, carried=["甲局", "乙局", "丁局"])


def test_units_of_exactly_the_same_reason_are_suggested_together() -> None:
    said = silent({"甲局": 2, "乙局": 3, "丙局": 2, "丁局": 2})
    assert "建议向甲局、丙局、丁局（均连续2期未报送）发督办函。建议约谈乙局（连续3期未报送）。" in said
    many = silent({f"{ordinal(at)}局": 2 for at in range(1, 18)})
    assert "建议向一局、二局、三局等17个单位（均连续2期未报送）发督办函。" in many


def test_a_unit_that_has_done_all_is_counted_and_not_asked() -> None:
    done = verdict("1-1", Standing.CLOSED, lead="甲局", reported=False)
    said = told(
        done, verdict("1-2", lead="乙局", reported=False), verdict("1-3", lead="丙局"), missing=["甲局", "乙局"]
    )
    assert "本期已报送1个，未报送2个。未报送的单位中，甲局所涉小项均已完成。" in said
    assert "乙局本期未报送。" in said
    assert "乙局要于2016年5月25日前补报整改进展。" in said
    assert "本期均未报送。未报送的单位中，甲局、丁局所涉小项均已完成。" in told(
        done, verdict("2-1", Standing.CLOSED, lead="丁局", reported=False), missing=["甲局", "丁局"]
    )


def test_words_of_before_an_unreadable_file_are_told_as_such() -> None:
    old = verdict("1-1", Standing.OVERDUE, lead="甲局", unreadable=True, reported=False, replies=[reply("甲局", "1-1")])
    said = told(old, unreadable=["甲局"])
    assert "牵头单位本期报送的文件不能读取，此前反馈：“正在推进”。" in said


def test_a_reason_keeps_its_figures() -> None:
    for why, says in (("7家未装净化器", "（7家未装净化器）"), ("2016年5月18日退回：佐证不全", "（佐证不全）")):
        back = act(Act.RETURN, "1-1", date(2016, 5, 18), why=why)
        done = reply("区财政局", "1-1", Claim.DONE, "4月28日完成")
        late = verdict(
            "1-1",
            Standing.OVERDUE,
            claimed=Claim.IN_PROGRESS,
            replies=[replace(done, sent=date(2016, 5, 10))],
            decisions=[back],
        )
        assert f"已于2016年5月18日被退回{says}，尚未重新报送" in told(late)


def test_a_finish_day_from_before_the_return_is_named() -> None:
    again = verdict("1-1", Standing.FINISHED, finished=date(2016, 4, 28))
    assert again.entry.lead_reply is not None
    asked = Code.FINISH_BEFORE_RETURN.at(again.entry.lead_reply.source, no="1-1", day="", what="", finished="")
    assert "小项1-1（区财政局牵头）又报完成，但所报的完成日期早于退回或重新打开的日期" in told(again, findings=[asked])


def test_an_approved_day_stands_beside_the_deadline_of_what_was_late() -> None:
    extended = act(Act.EXTEND, "1-1", date(2016, 4, 20), to=date(2016, 5, 10))
    late = verdict(
        "1-1", Standing.FINISHED_LATE, due=date(2016, 5, 10), finished=date(2016, 5, 17), decisions=[extended]
    )
    assert "批准延期至2016年5月10日，2016年5月17日完成，超期7天" in told(late)


def test_steps_of_one_day_taken_with_several_silent_units_are_told_together() -> None:
    letters = [act(Act.LETTER, "", date(2016, 5, 17), unit=unit) for unit in ("甲局", "丙局")]
    said = silent({"甲局": 2, "乙局": 2, "丙局": 2}, acts=letters)
    assert "对甲局、丙局已于2016年5月17日发督办函。" in said
    assert "建议向乙局（连续2期未报送）发督办函。" in said
    assert "对甲局、丙局（均连续2期未报送）已于2016年5月17日发督办函，要继续跟踪督促" in said


def test_a_step_taken_with_a_silent_unit_is_told_beside_its_silence() -> None:
    talk = act(Act.TALK, "", date(2016, 5, 17), unit="乙局")
    said = silent({"甲局": 2, "乙局": 3}, acts=[talk])
    assert "乙局已连续3期未报送，甲局已连续2期未报送。对乙局已于2016年5月17日约谈。" in said


# ---------------------------------------------------------------- 停滞、反复 ----


def test_words_that_did_not_change_are_told_as_no_progress() -> None:
    units = ["甲局", "乙局", "丙局"]
    said = ["正在起草办法，已征求12个单位意见", "截至5月9日，方案正在起草之中", "截至5月19日，方案正在起草之中"]
    then = [saying(said[at > 1], verdict(f"1-{at}", lead=unit)) for at, unit in enumerate(units, 1)]
    now = [saying(said[2 * (at > 1)], verdict(f"1-{at}", lead=unit)) for at, unit in enumerate(units, 1)]
    told_of = since(then, now)
    assert "小项1-1（甲局牵头）报送的进展与上期一字不差，看不出新的进展。" in told_of
    assert "有2项报送的进展与上期几乎相同，看不出新的进展：1-2（乙局牵头）；1-3（丙局牵头）。" in told_of


def test_old_words_of_a_unit_that_sent_nothing_are_no_reproach_for_their_sameness() -> None:
    said = since([verdict("1-1")], [verdict("1-1", carried=True)], carried=["区财政局"])
    assert "一字不差" not in said and "几乎相同" not in said


@pytest.mark.parametrize(
    ("replies", "says"),
    [
        ([reply("区财政局", "1-1", progress="基本完成，还剩“2名”")], "（区财政局牵头，本期报：“基本完成，还剩‘2名’”）"),
        ([], "（区财政局牵头，本期没有再报完成）"),
    ],
)
def test_an_item_no_longer_finished_tells_what_its_lead_says_now(replies: list[Reply], says: str) -> None:
    claimed = replies[0].claimed if replies else Claim.NONE
    now = verdict("1-1", replies=replies, claimed=claimed)
    said = since([verdict("1-1", Standing.FINISHED), verdict("1-2")], [now, verdict("1-2", Standing.FINISHED)])
    assert f"小项1-1{says}由上期的已完成转为未完成。" in said


def test_what_the_office_sent_back_or_opened_again_is_told_with_day_and_reason() -> None:
    back = act(Act.RETURN, "1-1", date(2016, 5, 12), why="2016年5月12日退回：佐证材料不全")
    opened = act(Act.REOPEN, "1-2", date(2016, 5, 13), why="抽查发现问题反弹")
    now = [verdict("1-1", decisions=[back]), verdict("1-2", decisions=[opened]), verdict("1-3")]
    then = [verdict("1-1", Standing.FINISHED), verdict("1-2", Standing.CLOSED), verdict("1-3", Standing.CLOSED)]
    said = since(then, now)
    assert "小项1-1（区财政局牵头，2016年5月12日退回：佐证材料不全）报完成后被退回，尚未完成。" in said
    assert "1-2（区财政局牵头，2016年5月13日：抽查发现问题反弹）；" in said
    assert "1-3（区财政局牵头，没有重新打开的记录，有待核实）" in said
    assert "转为未完成" not in said, "不是单位自己改口的"


def sent(one: Reply, day: date) -> Reply:
    return replace(one, sent=day)


def claimed_done(no: str, standing: Standing, *decisions: Decision, **more: object) -> Verdict:
    """报完成而不算 — the lead's file of 4 May claims done, and the office has acted since."""
    said = sent(reply("区财政局", no, Claim.DONE, "已建立制度"), date(2016, 5, 4))
    return verdict(no, standing, replies=[said], decisions=decisions, claimed=Claim.IN_PROGRESS, **more)  # type: ignore[arg-type]


BACK = act(Act.RETURN, "1-1", date(2016, 5, 6), why="佐证不全")
OPENED = act(Act.REOPEN, "1-1", date(2016, 5, 6), why="信访反映问题反弹")


def test_what_was_opened_again_is_not_called_returned() -> None:
    said = told(claimed_done("1-1", Standing.OVERDUE, OPENED), verdict("1-2"))
    assert "反馈：“已建立制度”，该项已于2016年5月6日重新打开（信访反映问题反弹），尚未重新报送。" in said
    assert "区财政局要对重新打开的小项1-1重新整改，于2016年5月25日前重新报送。" in said
    assert "退回" not in said
    assert "退回" not in since([verdict("1-1", Standing.FINISHED)], [claimed_done("1-1", Standing.ON_TRACK, OPENED)])


def test_of_a_return_and_a_reopening_the_later_one_is_told() -> None:
    closed = act(Act.CLOSE, "1-1", date(2016, 5, 8))
    opened = act(Act.REOPEN, "1-1", date(2016, 5, 12), why="反弹")
    said = told(claimed_done("1-1", Standing.OVERDUE, BACK, closed, opened), verdict("1-2"))
    assert "2016年5月12日重新打开（反弹）" in said and "退回" not in said


def test_a_closing_that_is_just_gone_is_not_put_down_to_an_older_return() -> None:
    said = since([verdict("1-1", Standing.CLOSED)], [verdict("1-1", decisions=[BACK])])
    assert "小项1-1（区财政局牵头，没有重新打开的记录，有待核实）销号后重新打开。" in said and "退回" not in said


def test_an_act_after_the_as_of_day_is_not_told() -> None:
    later = act(Act.REOPEN, "1-1", date(2016, 5, 28))
    said = told(claimed_done("1-1", Standing.OVERDUE, BACK, later), verdict("1-2"))
    assert "已于2016年5月6日被退回（佐证不全），尚未重新报送。" in said and "5月28日" not in said


@pytest.mark.parametrize("published_then", [True, False])
def test_every_item_not_sent_again_is_named_as_a_problem_and_asked_for(published_then: bool) -> None:
    one, other = claimed_done("1-1", Standing.ON_TRACK, BACK), claimed_done("1-2", Standing.OVERDUE, BACK)
    earlier = [published(verdict("1-1"), verdict("1-2", due=date(2016, 4, 30)))] if published_then else []
    said = told(one, other, verdict("1-3"), earlier=earlier)
    assert "小项1-1（区财政局牵头，2016年5月6日退回：佐证不全）报完成后被退回，尚未完成。" in said
    assert said.count("1-2（") == 1, "逾期的在逾期一句里已经说了"
    assert "要对退回的2项（1-1、1-2）按退回意见补充完善" in said


def test_what_was_overdue_when_last_told_and_is_done_without_a_day_is_late_and_says_why() -> None:
    late = [verdict(no, Standing.FINISHED_LATE, due=date(2016, 4, 30)) for no in ("1-1", "1-2")]
    then = [verdict("1-1", Standing.OVERDUE), late[1], verdict("1-3")]
    said = since(then, [*late, verdict("1-3")])
    assert "1-1（区财政局牵头，时限“4月30日前”，第7期时尚未完成，本期报已完成，未写明完成日期）" in said
    assert "1-2（区财政局牵头，时限“4月30日前”，第7期已列逾期完成，未写明完成日期）" in said
    assert "无法判断是否按期" not in said


def test_a_number_published_already_is_told_to_be_corrected_by_the_as_of_day_of_the_first() -> None:
    one = outcome(verdict("1-1"), number=4)
    first = published(verdict("1-1"), number=4, as_of=date(2016, 4, 10))
    said = text(make_bulletin(replace(one, change=replace(one.change, corrects=first))))
    assert "如下。第4期专报（截至2016年4月10日）此前已经定稿，本稿为更正稿，以本稿为准。" in said
    assert "更正" not in text(make_bulletin(one))


def test_a_day_that_moved_without_an_approval_is_a_problem_and_must_be_settled() -> None:
    allowed = act(Act.EXTEND, "1-3", date(2016, 5, 12), to=date(2016, 7, 30))
    then = [verdict("1-1", Standing.OVERDUE), verdict("1-2"), verdict("1-3"), verdict("1-4", Standing.FINISHED)]
    now = [
        verdict("1-1"),
        verdict("1-2", due=date(2016, 6, 20)),
        verdict("1-3", due=date(2016, 7, 30), decisions=[allowed]),
        verdict("1-4", Standing.FINISHED, due=date(2016, 7, 1)),
    ]
    said = since(then, now)
    assert "时限推后而未见批准、不再列为逾期1项（1-1）；" in said and "，不再逾期" not in said
    assert (
        "有3项的完成时限与上期不同，没有批准延期的记录，有待核实："
        "1-1（区财政局牵头，应完成的日子由2016年4月30日改为2016年6月30日）；"
        "1-2（区财政局牵头，应完成的日子由2016年6月30日改为2016年6月20日）；1-4（"
    ) in said
    assert "对时限需要明确的2项（1-1、1-2）提出具体完成日期" in said, "已完成的不用再定"
    alone = since(then[:1], now[:1])
    assert "小项1-1（区财政局牵头，应完成的日子由" in alone and "），没有批准延期的记录，有待核实。" in alone


def test_words_of_an_older_file_are_not_told_as_those_of_this_bulletin() -> None:
    now = verdict("1-1", carried=True)
    said = since([verdict("1-1", Standing.FINISHED)], [now], carried=["区财政局"])
    assert "小项1-1（区财政局牵头，此前报：“正在推进”）由上期的已完成转为未完成。" in said


@pytest.mark.parametrize(
    ("to", "says"),
    [
        (date(2016, 6, 30), "，还有5天，已申请延期至2016年6月30日，尚未批准）临近时限"),
        (None, "，还有5天，已申请延期，尚未批准）临近时限"),
    ],
)
def test_an_extension_asked_for_is_told_of_what_is_nearly_due(to: date | None, says: str) -> None:
    asked = act(Act.ASK, "1-1", date(2016, 5, 12), to=to)
    assert says in told(verdict("1-1", Standing.DUE_SOON, decisions=[asked]), verdict("1-2"))


def test_what_nobody_ever_reported_on_has_no_latest_progress_to_be_missed() -> None:
    never, once, going = verdict("1-1", replies=()), verdict("1-2", replies=()), verdict("1-3")
    garbled = verdict("1-4", lead="区教育局", reported=False, unreadable=True)
    said = told(never, once, going, earlier=[published(never, verdict("1-2"), going)])
    assert "按期推进的小项中，没有报进展的有小项1-1。按期推进的小项中，没有报最新进展的有小项1-2。" in said
    assert "没有报进展的有小项1-1。" in told(never, going)
    assert "没有报最新进展的有小项1-4。" in told(garbled, going, unreadable=["区教育局"])
    carried = told(verdict("1-1", lead="区审计局", carried=True), going, carried=["区审计局"])
    assert "按期推进的小项中，没有报最新进展的有小项1-1。" in carried


def test_one_unit_whose_file_cannot_be_read_is_not_spoken_of_as_several() -> None:
    garbled = verdict("1-1", lead="区教育局", reported=False, unreadable=True)
    said = since([verdict("1-1", lead="区教育局")], [garbled, verdict("1-2")], unreadable=["区教育局"])
    assert "区教育局已报送，但文件不能读取。该单位牵头的小项1-1没有最新进展。" in said


# ---------------------------------------------------------------- 催办 ----


def overdue(runs: dict[str, int], leads: dict[str, str | None] | None = None, **acts: list[Decision]) -> str:
    """连续逾期 — items by number, each overdue in so many bulletins, this one among them."""
    made = {
        no: verdict(no, Standing.OVERDUE, lead=(leads or {}).get(no, "区财政局"), decisions=acts.get(f"no{no[-1]}", []))
        for no in runs
    }
    earlier = [
        published(
            *(saying("已启动", one) if one.entry.lead_reply else one for no, one in made.items() if runs[no] > 8 - at),
            verdict("9-9", lead="区委办公室"),
            number=at,
            as_of=date(2016, 5, at),
        )
        for at in range(1, 8)
    ]
    return told(*made.values(), verdict("9-9", lead="区委办公室"), earlier=earlier)


@pytest.mark.parametrize(
    ("run", "says"),
    [
        (2, "加大督办力度。建议向区财政局（4-1连续2期逾期）发督办函。"),
        (3, "加大督办力度。建议约谈区财政局（4-1连续3期逾期）。"),
        (4, "加大督办力度。建议对区财政局（4-1连续4期逾期）按规定问责。"),
        (6, "加大督办力度。建议对区财政局（4-1连续6期逾期）按规定问责。"),
    ],
)
def test_the_step_that_is_due_is_suggested(run: int, says: str) -> None:
    assert says in overdue({"4-1": run})


def test_calling_is_routine_and_not_told() -> None:
    assert "督办力度" not in overdue({"4-1": 1}) and "电话" not in overdue({"4-1": 1})


def test_items_of_one_unit_are_told_together_and_each_step_once() -> None:
    said = overdue({"4-1": 2, "4-2": 2, "4-3": 2, "4-4": 3}, {"4-3": "区审计局", "4-4": None})
    assert (
        "建议向区财政局（4-1、4-2连续2期逾期）、区审计局（4-3连续2期逾期）发督办函。"
        "建议约谈有关牵头单位（4-4连续3期逾期）。"
    ) in said


def test_a_unit_both_late_and_silent_is_told_once_with_both() -> None:
    one = verdict("4-1", Standing.OVERDUE, lead="甲局", reported=False)
    earlier = [published(one, verdict("4-2"), missing=["甲局"])]
    said = told(one, verdict("4-2"), missing=["甲局"], earlier=earlier)
    assert "建议向甲局（4-1连续2期逾期，连续2期未报送）发督办函。" in said


def test_a_step_that_was_taken_is_told_as_taken_and_not_suggested_again() -> None:
    letter = [act(Act.LETTER, "4-1", date(2016, 5, 12))]
    said = overdue({"4-1": 2, "4-2": 2}, None, no1=letter)
    assert "建议向区财政局（4-2连续2期逾期）发督办函。" in said
    assert "对区财政局（4-1连续2期逾期）已于2016年5月12日发督办函，要继续跟踪督促，确保见到成效。" in said
    graver = overdue({"4-1": 2}, None, no1=[act(Act.TALK, "4-1", date(2016, 5, 12))])
    assert "建议" not in graver and "已于2016年5月12日约谈，要继续" in graver


def test_an_office_may_suggest_a_step_at_once() -> None:
    early = replace(rules(), escalation={**rules().escalation, Act.LETTER: 1})
    one = verdict("4-1", Standing.OVERDUE)
    said = told(one, verdict("4-2"), earlier=[published(verdict("4-1"), verdict("4-2"))], using=early)
    assert "建议向区财政局（4-1本期逾期）发督办函。" in said


def test_more_units_than_a_sentence_lists_are_counted() -> None:
    leads = {f"4-{at}": f"{ordinal(at)}局" for at in range(1, 21)}
    said = overdue(dict.fromkeys(leads, 2), dict(leads))
    assert "、十五局（4-15连续2期逾期）等20个单位发督办函。" in said


def test_a_whole_sequel_reads_as_official_chinese() -> None:
    said = text(make_bulletin(sequel()))
    assert "{" not in said and "None" not in said
    assert not re.search("，。|；。|：。|（）|，，|、、|（，", said)
    assert said.count(spoken_day(AS_OF)) >= 2
