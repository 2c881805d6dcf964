"""Whole work folders, small ones: what the rooms do together that none of them does alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from rectify_tool.errors import RectifyError
from rectify_tool.history import read_past
from rectify_tool.model import Claim, FileOutcome, FileRole, Job, Outcome, Received, Severity, Standing, Wish
from rectify_tool.papers.screen import make_screen
from rectify_tool.story.examine import examine
from rectify_tool.story.gather import draft_word, gather, unread_breakdowns
from rectify_tool.story.publish import publish
from rectify_tool.story.run import run
from tests.findings.deeds import DEEDS
from tests.sheets import write_folder


def look(folder: Path, sheets: dict[str, str]) -> Outcome:
    write_folder(folder, sheets)
    return examine(Job(str(folder), date(2016, 5, 20), datetime(2016, 5, 20, 9)))


# ---- The office's own columns of the breakdown, read together.


DECISIONS_BREAKDOWN = """
示例区整改责任分解表（2016年2月26日反馈）
编号 | 整改措施 | 整改时限 | 牵头单位 | 销号日期 | 核查意见
1-1 | 修订财务管理制度并公开 | 4月底前 | 区财政局 | 2016-04-20 | 2016年5月5日核查发现反弹，退回重新整改
1-2 | 开展财务收支专项审计 | 4月底前 | 区财政局 | 2016-04-20 | 退回的问题已改正，同意销号
"""
DECISIONS_SENT = """
填报单位：区财政局 | 填报日期：2016年4月18日
编号 | 整改措施 | 进展情况
1-1 | 修订财务管理制度并公开 | 4月15日已全部完成
1-2 | 开展财务收支专项审计 | 4月15日已全部完成
"""


def test_a_return_written_beside_an_earlier_closing_opens_the_item_again(tmp_path: Path) -> None:
    outcome = look(tmp_path, {"责任分解表.xlsx": DECISIONS_BREAKDOWN, "报送/区财政局.xlsx": DECISIONS_SENT})
    assert [one.standing for one in outcome.verdicts] == [Standing.OVERDUE, Standing.CLOSED]
    assert "K04" in {one.code for one in outcome.findings}


# ---- A breakdown of headings alone assigns nothing.


EMPTY_BREAKDOWN_HEADINGS = "编号 | 整改措施 | 整改时限 | 牵头单位"
EMPTY_BREAKDOWN_SENT = f"""
填报单位：区财政局
{EMPTY_BREAKDOWN_HEADINGS} | 进展情况
1-1 | 修订财务管理制度并公开 | 2016年4月底前 | 区财政局 | 4月15日已全部完成
"""


def test_an_empty_breakdown_does_not_hide_what_was_sent(tmp_path: Path) -> None:
    outcome = look(tmp_path, {"责任分解表.xlsx": EMPTY_BREAKDOWN_HEADINGS, "报送/区财政局.xlsx": EMPTY_BREAKDOWN_SENT})
    assert [one.item.no for one in outcome.ledger.entries] == ["1-1"]
    assert "M01" in {one.code for one in outcome.findings}


# ---- Which files of the work folder are what.
def test_an_inbox_that_is_a_link_is_read_all_the_same(tmp_path: Path) -> None:
    work, share = tmp_path / "整改", tmp_path / "共享盘"
    work.mkdir()
    share.mkdir()
    (share / "财政局.xlsx").write_bytes(b"x")
    try:
        (work / "报送").symlink_to(share, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert gather(work).submissions == {"报送/财政局.xlsx"}


# A staged item said done on a day still to come is a plan: its passed stages stay open.


STAGES_BREAKDOWN = """
示例区整改责任分解表（2016年2月26日反馈）
编号 | 整改措施 | 整改时限 | 牵头单位
1-1 | 修订财务管理制度并公开 | 3月底、5月底、11月底分三阶段完成 | 区财政局
"""
STAGES_SENT = """
填报单位：区财政局 | 填报日期：2016年5月18日
编号 | 整改措施 | 进展情况 | 是否完成 | 实际完成时间
1-1 | 修订财务管理制度并公开 | 全部完成 | 已完成 | 2016-12-01
"""


def test_a_planned_finish_day_confirms_no_stage(tmp_path: Path) -> None:
    (verdict,) = look(tmp_path, {"责任分解表.xlsx": STAGES_BREAKDOWN, "报送/区财政局.xlsx": STAGES_SENT}).verdicts
    assert (verdict.standing, verdict.due) == (Standing.OVERDUE, date(2016, 3, 31))


# Two tables on one sheet: each row is looked at under the headings of its own table.


TWO_TABLES_BREAKDOWN = """
示例区整改责任分解表（2016年2月26日反馈）
编号 | 整改措施 | 整改时限 | 牵头单位
1-1 | 修订财务管理制度并公开 | 4月底前 | 区财政局
1-2 | 开展财务收支专项审计 | 4月底前 | 区财政局
"""
TWO_TABLES_SENT = """
填报单位：区财政局
编号 | 整改措施 | 进展情况 | 佐证材料
1-1 | 修订财务管理制度并公开 | 4月15日已全部完成 |
表二
编号 | 整改措施 | 进展情况
1-2 | 开展财务收支专项审计 | 4月15日已全部完成
"""


def test_missing_evidence_is_asked_for_where_its_table_has_the_column(tmp_path: Path) -> None:
    outcome = look(tmp_path, {"责任分解表.xlsx": TWO_TABLES_BREAKDOWN, "报送/区财政局.xlsx": TWO_TABLES_SENT})
    assert ["1-1" in one.message for one in outcome.findings if one.code == "S04"] == [True]


# A table with a unit column: a name there that is no unit's is said, and lends its row to nobody.


UNIT_COLUMN_BREAKDOWN = """
示例区整改责任分解表（2016年2月26日反馈）
编号 | 整改措施 | 整改时限 | 牵头单位
1-1 | 修订财务管理制度并公开 | 4月底前 | 区财政局
1-2 | 开展财务收支专项审计 | 4月底前 | 区审计局
2-1 | 规范低保金发放流程 | 4月底前 | 区民政局
"""
UNIT_COLUMN_SENT = """
填报单位 | 编号 | 整改措施 | 进展情况
区财政局 | 1-1 | 修订财务管理制度并公开 | 4月1日已全部完成
{second}区民改局 | 2-1 | 规范低保金发放流程 | 4月1日已全部完成
"""
UNIT_COLUMN_AUDIT = "区审计局 | 1-2 | 开展财务收支专项审计 | 4月1日已全部完成\n"


def check_the_stranger(outcome: Outcome) -> None:
    speaker = next(one for one in outcome.ledger.entries if one.item.no == "2-1").replies[0].unit
    assert speaker is None
    (finding,) = (one for one in outcome.findings if one.code == "U03")
    assert "区民改局" in finding.message and "区民政局" in finding.message
    assert finding.source.cell is not None


def test_a_misspelt_unit_among_several_is_said_at_its_cell(tmp_path: Path) -> None:
    check_the_stranger(
        look(
            tmp_path,
            {
                "责任分解表.xlsx": UNIT_COLUMN_BREAKDOWN,
                "报送/汇总.xlsx": UNIT_COLUMN_SENT.format(second=UNIT_COLUMN_AUDIT),
            },
        )
    )


def test_a_misspelt_unit_beside_one_unit_is_not_taken_for_that_unit(tmp_path: Path) -> None:
    check_the_stranger(
        look(tmp_path, {"责任分解表.xlsx": UNIT_COLUMN_BREAKDOWN, "报送/汇总.xlsx": UNIT_COLUMN_SENT.format(second="")})
    )


# ---- One file for several units, each with a table of its own.


PLAIN_BREAKDOWN = """
责任分解表（2016年2月26日反馈）
编号 | 整改措施 | 牵头单位 | 整改时限
1-1 | 治理拥堵 | 区公安局 | 4月底前
1-2 | 调解矛盾 | 区司法局 | 4月底前
"""
TOGETHER = """
填报单位：区公安局
编号 | 整改措施 | 进展情况
1-1 | 治理拥堵 | 4月20日全部完成
填报单位：区司法局
编号 | 整改措施 | 进展情况
1-2 | 调解矛盾 | 4月21日全部完成
"""


def test_each_table_of_a_file_is_the_word_of_the_unit_in_its_own_line(tmp_path: Path) -> None:
    outcome = look(tmp_path, {"责任分解表.xlsx": PLAIN_BREAKDOWN, "报送/汇总.xlsx": TOGETHER})
    assert [(one.lead_reply and one.lead_reply.unit) for one in outcome.ledger.entries] == ["区公安局", "区司法局"]
    assert outcome.ledger.reported == ("区公安局", "区司法局")
    assert "U10" not in {one.code for one in outcome.findings}


# ---- Which workbook is the breakdown.


AUDIT = """
审计整改问题清单（2016年2月26日反馈）
序号 | 反馈问题 | 责任单位 | {deadline}
1 | 决算不实 | 区审计局 | 6月底前
"""
AUDIT_SENT = """
序号 | 反馈问题 | 整改情况
1 | 决算不实 | 5月10日全部完成
"""


def test_a_list_of_problems_with_unit_and_deadline_is_a_breakdown(tmp_path: Path) -> None:
    outcome = look(tmp_path, {"清单.xlsx": AUDIT.format(deadline="整改时限"), "报送/区审计局.xlsx": AUDIT_SENT})
    assert [(one.entry.item.lead, one.standing) for one in outcome.verdicts] == [("区审计局", Standing.FINISHED)]


def test_a_list_that_lacks_a_column_to_be_the_breakdown_is_named(tmp_path: Path) -> None:
    outcome = look(tmp_path, {"清单.xlsx": AUDIT.format(deadline="备注"), "报送/区审计局.xlsx": AUDIT_SENT})
    told = next(one.message for one in outcome.findings if one.code == "M01")
    assert "（“清单.xlsx”没有“整改时限”列）" in told


# ---- A breakdown that gave no table is said to be wanting, whatever else was found in its place.


ISSUED, DRAFT, LETTER = "责任分解表.xlsx", "责任分解表（征求意见稿）.xlsx", "责任分解表.docx"
DRAFT_SHEET = """
编号 | 整改措施 | 牵头单位 | 整改时限
1-1 | 治理拥堵 | 区公安局 | 待定
"""
SENT = """
填报单位：区公安局
编号 | 整改措施 | 进展情况
1-1 | 治理拥堵 | 4月20日全部完成
"""


def _refuse(path: Path) -> None:
    if os.name == "nt" or not os.getuid():
        pytest.skip("an administrator may open every file")
    path.chmod(0)


def _to_letter(path: Path) -> None:
    docx.Document().save(str(path))


def _to_true_letter(path: Path) -> None:
    path.unlink()
    _to_letter(path.with_name(LETTER))


def _to_link(path: Path) -> None:
    path.unlink()
    try:
        path.symlink_to("别处.xlsx")
    except OSError:
        pytest.skip("no links here")


SPOILED: Mapping[str, Callable[[Path], object]] = {
    "cut short": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "empty": lambda path: path.write_bytes(b""),
    "locked by a password": lambda path: DEEDS["加密码"](path, "1"),
    "a text": lambda path: path.write_text("责任分解表另见纸质件\n", encoding="utf-8"),
    "a sheet without a table": lambda path: write_folder(path.parent, {ISSUED: "责任分解表另见纸质件"}),
    "a letter by that name": _to_letter,
    "a letter instead": _to_true_letter,
    "not to be opened": _refuse,
    "a link": _to_link,
}


def _spoil(folder: Path, spoil: Callable[[Path], object], **more: str) -> Outcome:
    write_folder(folder, {ISSUED: PLAIN_BREAKDOWN, "报送/区公安局.xlsx": SENT, **more})
    spoil(folder / ISSUED)
    return examine(Job(str(folder), date(2016, 5, 20), datetime(2016, 5, 20, 9), jobs=1))


def _issued(outcome: Outcome) -> list[str]:
    return [one.file for one in outcome.ledger.files if one.role is FileRole.BREAKDOWN]


def _errors(outcome: Outcome) -> list[tuple[str, str]]:
    told = (one for one in outcome.findings if one.code in {"M07", "M08"} and one.severity is Severity.ERROR)
    return [(one.code, one.source.file) for one in told]


@pytest.mark.parametrize("how", SPOILED)
@pytest.mark.parametrize("draft", ["", DRAFT])
def test_a_spoiled_breakdown_is_an_error_with_or_without_a_draft_beside_it(
    how: str, draft: str, tmp_path: Path
) -> None:
    outcome = _spoil(tmp_path, SPOILED[how], **({draft: DRAFT_SHEET} if draft else {}))
    named = LETTER if how == "a letter instead" else ISSUED
    assert sorted(_errors(outcome)) == [("M07", named), *([("M08", DRAFT)] if draft else [])]
    assert "M05" not in {one.code for one in outcome.findings}
    assert ("M01" in {one.code for one in outcome.findings}) == (not draft)


def test_a_spoiled_breakdown_is_an_error_beside_any_other_taken_for_it(tmp_path: Path) -> None:
    outcome = _spoil(tmp_path, SPOILED["cut short"], **{"清单.xlsx": DRAFT_SHEET})
    assert _errors(outcome) == [("M07", ISSUED)]


def test_a_breakdown_that_nobody_may_open_counts_as_unread(tmp_path: Path) -> None:
    shut = Received(ISSUED, FileOutcome.REFUSED, "", None, None, None, None, ())
    locks = Received("~$责任分解表.xlsx", FileOutcome.SKIPPED, "", None, None, None, None, ())
    write_folder(tmp_path, {ISSUED: PLAIN_BREAKDOWN, "报送/区公安局.xlsx": SENT})
    assert unread_breakdowns(gather(tmp_path), [shut, locks], None) == [ISSUED]


def test_a_draft_used_because_the_breakdown_is_gone_is_an_error(tmp_path: Path) -> None:
    outcome = _spoil(tmp_path, Path.unlink, **{DRAFT: DRAFT_SHEET})
    assert _issued(outcome) == [DRAFT]
    assert _errors(outcome) == [("M08", DRAFT)]


def test_a_good_breakdown_is_not_doubted_for_what_lies_beside_it(tmp_path: Path) -> None:
    def beside(path: Path) -> None:
        _to_letter(path.with_name(LETTER))
        path.with_name("~$责任分解表.xlsx").write_bytes(b"x")
        path.with_name("责任分解表（初稿）.xlsx").write_bytes(b"")

    outcome = _spoil(tmp_path, beside, **{DRAFT: DRAFT_SHEET})
    assert _issued(outcome) == [ISSUED]
    assert _errors(outcome) == []


def test_a_unit_s_own_broken_copy_without_an_inbox_is_not_the_breakdown(tmp_path: Path) -> None:
    write_folder(tmp_path, {ISSUED: PLAIN_BREAKDOWN, "区公安局.xlsx": SENT})
    (tmp_path / "区司法局责任分解表.xlsx").write_bytes(b"PK")
    outcome = examine(Job(str(tmp_path), date(2016, 5, 20), datetime(2016, 5, 20, 9), jobs=1))
    assert (outcome.ledger.unreadable, _errors(outcome)) == (("区司法局",), [])


@pytest.mark.parametrize(
    ("file", "word"),
    [
        ("责任分解表（征求意见稿）.xlsx", "征求意见稿"),
        ("责任分解表征求意见.xlsx", "征求意见"),
        ("责任分解表（送审稿）2.xls", "送审稿"),
        ("讨论稿-责任分解表.et", "讨论稿"),
        ("责任分解表草稿.xlsx", "草稿"),
        ("责任分解表.xlsx", ""),
        ("责任分解表（定稿）.xlsx", ""),
        ("责任分解表（征求意见后印发）.xlsx", ""),
    ],
)
def test_a_draft_is_known_by_the_word_in_its_name(file: str, word: str) -> None:
    assert draft_word(file) == word


def test_a_bulletin_from_a_draft_is_published_only_with_a_reason(tmp_path: Path) -> None:
    write_folder(tmp_path, {DRAFT: DRAFT_SHEET, "报送/区公安局.xlsx": SENT})
    now = datetime(2016, 5, 20, 9)
    run(Job(str(tmp_path), date(2016, 5, 20), now, number=1, jobs=1))
    with pytest.raises(RectifyError, match="征求意见稿"):
        publish(Wish(str(tmp_path), now, jobs=1))
    assert publish(Wish(str(tmp_path), now, accept="正式表下周印发，内容相同", jobs=1)).number == 1


# ---- A formula that gave nothing names nobody, and says no word.


FAILED_BREAKDOWN = """
示例区整改责任分解表（2016年2月26日反馈）
编号 | 整改措施 | 责任领导 | 牵头单位 | 责任单位 | 整改时限
1-1 | 修订财务管理制度并公开 | 区长 | 区财政局 | #REF! | 2016年4月底前
1-2 | 开展财务收支专项审计 | #N/A | #N/A | 区财政局 | 2016年4月底前
1-3 | 清理超标准办公用房 | 〔公式无结果〕 | 〔公式无结果〕 | 区审计局 | 尽快
"""
FAILED_SENT = """
填报单位：区财政局 | 填报日期：2016年5月8日
编号 | 整改措施 | 进展情况 | 整改状态 | 完成时间
1-1 | 修订财务管理制度并公开 | 〔公式无结果〕 | #VALUE! | #N/A
1-2 | 开展财务收支专项审计 | 5月3日已全部完成 | 〔公式无结果〕 | 〔公式无结果〕
"""


def test_a_failed_formula_names_no_unit_no_leader_and_no_day_anywhere(tmp_path: Path) -> None:
    write_folder(tmp_path, {"责任分解表.xlsx": FAILED_BREAKDOWN, "报送/区财政局.xlsx": FAILED_SENT})
    outcome = run(Job(str(tmp_path), date(2016, 5, 20), datetime(2016, 5, 20, 9), number=1, jobs=1))
    items = {entry.item.no: entry.item for entry in outcome.ledger.entries}
    assert {no: (item.lead, item.units, item.leaders) for no, item in items.items()} == {
        "1-1": ("区财政局", ("区财政局",), ("区长",)),
        "1-2": (None, ("区财政局",), ()),
        "1-3": (None, ("区审计局",), ()),
    }
    assert outcome.ledger.expected == ("区财政局", "区审计局")
    assert [entry.replies[0].claimed for entry in outcome.ledger.entries[:2]] == [Claim.NONE, Claim.DONE]
    told = [one.source.cell for one in outcome.findings if one.code == "U15"]
    assert told == ["E3", "D4", "D5"]
    assert [one.standing for one in outcome.verdicts] == [Standing.OVERDUE, Standing.OVERDUE, Standing.UNDATED]
    screen = make_screen(outcome, read_past(tmp_path), ())
    names = [one.unit for one in screen.units] + [one.label for bars in (screen.leads, screen.leaders) for one in bars]
    assert not [name for name in names if "#" in name or "〔" in name]
    with ZipFile(outcome.outputs["bulletin"]) as package:
        text = package.read("word/document.xml").decode()
    assert "公式无结果" not in text and "#N/A" not in text and "#REF!" not in text
