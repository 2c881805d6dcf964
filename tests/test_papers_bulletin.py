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
from rectify_tool.model import Act, Claim, Column, Deadline, Decision, Kind, Paper, Source, Standing, Verdict
from rectify_tool.papers.bulletin import make_bulletin
from rectify_tool.papers.speech import ordinal
from tests.papers_builder import BREAKDOWN, at, outcome, reply, rules, verdict

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
    assert "“三张清单已建立”，已于2016年4月28日被退回（佐证材料不全），没有重新报送。" in text(paper)
    assert "区财政局要对退回的小项1-1按退回意见补充完善，于2016年5月25日前重新报送。" in text(paper)
    assert paper.fields["overdue"][0]["said"] == "三张清单已建立（2016年4月28日退回，没有重新报送）"  # type: ignore[index,call-overload]


def test_a_deadline_of_two_readings_is_told_as_two_and_asked_for_by_the_earlier() -> None:
    two = Deadline("2016年6月前", Kind.DATED, (date(2016, 6, 30),), doubt=True, earlier=date(2016, 5, 31))
    one = replace(verdict("1-1", Standing.DUE_SOON, deadline=two), due=date(2016, 6, 30))
    paper = make_bulletin(outcome(one, verdict("1-2")))
    assert "时限“2016年6月前”有两种理解，2016年5月31日或者2016年6月30日，待确认" in text(paper)
    assert "加快推进临期的小项1-1，确保于2016年5月31日前完成。" in text(paper)
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
    assert "甲局本期未报送。上述单位牵头的小项1-1没有最新进展。" in said
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
