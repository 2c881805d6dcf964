"""The ledger over time: publishing, writing again, recording, and an item's life, on small work folders."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from rectify_tool import history
from rectify_tool.errors import RectifyError, Stop
from rectify_tool.model import Act, FileOutcome, Job, Note, Outcome, Published, Standing, Turn, Wish
from rectify_tool.outbox import last_set
from rectify_tool.story import life
from rectify_tool.story.examine import examine
from rectify_tool.story.publish import publish, reprint
from rectify_tool.story.record import record, undo
from rectify_tool.story.register import make_register
from rectify_tool.story.run import run
from tests.sheets import write_folder

CLOCK = datetime(2016, 5, 20, 9)
SEVENTH, EIGHTH = date(2016, 5, 10), date(2016, 5, 20)
BREAKDOWN = """
责任分解表（2016年2月26日反馈）
编号 | 整改措施 | 整改时限 | 牵头单位
1-1 | 修订差旅费管理办法 | 4月底前 | 区财政局
1-2 | 开展办公用房清理 | 5月底前 | 区财政局
2-1 | 公开三公经费决算 | 5月15日前 | 区审计局
"""
FINANCE = """
填报单位：区财政局 | 填报日期：{day}
编号 | 整改措施 | 进展情况
1-1 | 修订差旅费管理办法 | {first}
1-2 | 开展办公用房清理 | {second}
"""
AUDIT = """
填报单位：区审计局 | 填报日期：2016年5月8日
编号 | 整改措施 | 进展情况
2-1 | 公开三公经费决算 | 已汇总21家单位的数据
"""
CLOSED = BREAKDOWN.replace("牵头单位\n", "牵头单位 | 销号日期\n").replace(
    "1-1 | 修订差旅费管理办法 | 4月底前 | 区财政局", "1-1 | 修订差旅费管理办法 | 4月底前 | 区财政局 | 2016年5月9日"
)
WITH_DEADLINE = """
填报单位：区财政局 | 填报日期：2016年5月8日
编号 | 整改措施 | 整改时限 | 进展情况
1-1 | 修订差旅费管理办法 | 6月底前 | 初稿正在征求意见
"""
SENT, AUDITED = "报送/区财政局.xlsx", "报送/区审计局.xlsx"


@pytest.fixture(autouse=True)
def _read_in_forked_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forked reader starts in a tenth of the time of a fresh one."""
    if sys.platform != "win32":
        fork = multiprocessing.get_context("fork")
        monkeypatch.setattr(multiprocessing, "get_context", lambda _: fork)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The folder on 2016-05-10: 1-1 overdue, both units heard."""
    write(tmp_path, "2016年5月8日", "初稿正在征求意见", "已清理3处")
    write_folder(tmp_path, {"责任分解表.xlsx": BREAKDOWN, AUDITED: AUDIT})
    yield tmp_path


def write(folder: Path, day: str, first: str, second: str) -> None:
    write_folder(folder, {SENT: FINANCE.format(day=day, first=first, second=second)})


def make(folder: Path, as_of: date, number: int | None = None, now: datetime = CLOCK) -> Outcome:
    return run(Job(str(folder), as_of, now, number, jobs=1))


def issue(folder: Path, now: datetime = CLOCK, **wish: object) -> Published:
    return publish(replace(Wish(str(folder), now, jobs=1), **wish))  # type: ignore[arg-type]


def refused(folder: Path, **wish: object) -> str:
    """Publishing is refused, nothing is recorded, and the message says why."""
    before = history.read_past(folder)
    with pytest.raises(RectifyError) as stopped:
        issue(folder, **wish)
    assert history.read_past(folder) == before
    return f"{stopped.value.stop.exit_code} {stopped.value.message}"


def published_seventh(folder: Path) -> Published:
    make(folder, SEVENTH, 7)
    return issue(folder)


# ---- publishing


def test_publishing_records_every_standing_word_source_and_paper(folder: Path) -> None:
    made = make(folder, SEVENTH, 7)
    kept = issue(folder)
    assert history.read_past(folder).published == (kept,)
    assert (kept.number, kept.as_of, kept.folder) == (7, SEVENTH, "2016-05-10 第7期")
    assert [(one.no, one.standing, one.said) for one in kept.items] == [
        ("1-1", Standing.OVERDUE, "初稿正在征求意见"),
        ("1-2", Standing.ON_TRACK, "已清理3处"),
        ("2-1", Standing.DUE_SOON, "已汇总21家单位的数据"),
    ]
    assert set(kept.sources) == {"责任分解表.xlsx", SENT, AUDITED}
    for name, path in (("bulletin", "督查专报第7期.docx"), ("summary", "整改汇总表.xlsx")):
        assert kept.outputs[path] == hashlib.sha256(Path(made.outputs[name]).read_bytes()).hexdigest()


def test_the_next_number_is_proposed_and_starts_anew_each_year(folder: Path) -> None:
    assert examine(Job(str(folder), SEVENTH, CLOCK, jobs=1)).number == 1
    published_seventh(folder)
    assert examine(Job(str(folder), EIGHTH, CLOCK, jobs=1)).number == 8
    assert examine(Job(str(folder), date(2017, 1, 10), CLOCK, jobs=1)).number == 1


def test_nothing_can_be_published_before_a_run(folder: Path) -> None:
    assert refused(folder).startswith("3 ")
    make(folder, SEVENTH, 7)
    assert "第8期" in refused(folder, number=8)


def test_a_paper_worked_on_since_the_run_cannot_be_published(folder: Path) -> None:
    bulletin = Path(make(folder, SEVENTH, 7).outputs["bulletin"])
    bulletin.write_bytes(bulletin.read_bytes() + b" ")
    assert "“督查专报第7期.docx”写出以后被改过" in refused(folder)
    bulletin.unlink()
    assert "“督查专报第7期.docx”不见了" in refused(folder)


@pytest.mark.parametrize("change", [{"as_of": "昨天"}, {"number": "第七期"}, {"inputs": None}])
def test_a_manifest_worked_on_cannot_be_published(folder: Path, change: dict[str, object]) -> None:
    manifest = Path(make(folder, SEVENTH, 7).outputs["bulletin"]).with_name("清单.json")
    facts = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps(facts | change), encoding="utf-8")
    assert "“清单.json”被改过" in refused(folder)
    facts.pop("judged")
    manifest.write_text(json.dumps(facts), encoding="utf-8")
    assert "旧版本的程序写的" in refused(folder)


def test_inputs_that_changed_since_the_run_cannot_be_published(folder: Path) -> None:
    make(folder, SEVENTH, 7)
    write(folder, "2016年5月9日", "4月28日印发，已全部完成", "已清理3处")
    assert f"改过：“{SENT}”" in refused(folder)
    make(folder, SEVENTH, 7)
    shutil.copy(folder / SENT, folder / "报送/又一份.xlsx")
    assert "新放进来：“报送/又一份.xlsx”" in refused(folder)
    (folder / "报送/又一份.xlsx").unlink()
    (folder / AUDITED).unlink()
    assert f"不见了：“{AUDITED}”" in refused(folder)


def test_a_decision_taken_since_the_run_cannot_be_left_out_of_the_bulletin(folder: Path) -> None:
    make(folder, SEVENTH, 7)
    record(Note(str(folder), Act.EXTEND, "1-1", date(2016, 5, 9), CLOCK, new_due=date(2016, 6, 30)))
    assert "判定与现在的不一样" in refused(folder)


def test_a_difference_of_the_cells_blocks_unless_it_is_accepted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rectify_tool.story import examine as story

    receive = story.receive

    def miscount(*files: object, **options: object) -> object:
        return [replace(one, counted=999) if one.file == SENT else one for one in receive(*files, **options)]  # type: ignore[arg-type]

    monkeypatch.setattr(story, "receive", miscount)
    make(folder, SEVENTH, 7)
    assert "对账不平" in refused(folder)
    assert issue(folder, accept="原件有一格是图片").accepted == "原件有一格是图片"


def test_a_number_is_published_twice_only_with_a_reason_and_both_are_kept(folder: Path) -> None:
    first = published_seventh(folder)
    assert "已经定稿" in refused(folder)
    write(folder, "2016年5月9日", "4月28日印发，已全部完成", "已清理3处")
    again = make(folder, SEVENTH, 7)
    assert Path(again.outputs["bulletin"]).parent.name == "2016-05-10 第7期 (2)"
    assert "F28" in {one.code for one in again.findings}
    second = issue(folder, correct="区财政局报错了文件")
    past = history.read_past(folder)
    assert past.published == (first, second)
    assert past.in_force == (second,)
    assert (first.items[0].standing, second.items[0].standing) == (Standing.OVERDUE, Standing.FINISHED)


def test_what_is_not_published_yet_cannot_be_corrected(folder: Path) -> None:
    make(folder, SEVENTH, 7)
    assert "还没有定过稿" in refused(folder, correct="更正")


@pytest.mark.parametrize(("as_of", "number"), [(date(2016, 5, 1), 8), (SEVENTH, 8), (date(2016, 5, 1), 6), (EIGHTH, 6)])
def test_an_as_of_day_or_a_number_that_went_back_cannot_be_published(folder: Path, as_of: date, number: int) -> None:
    published_seventh(folder)
    made = make(folder, as_of, number)
    assert "次序不对" in refused(folder)
    assert as_of > SEVENTH or "C06" in {one.code for one in made.findings}


def test_a_clock_that_went_back_is_said_and_the_order_of_writing_stays(folder: Path) -> None:
    published_seventh(folder)
    first = make(folder, EIGHTH, now=CLOCK + timedelta(hours=2))
    earlier = CLOCK - timedelta(hours=2)
    made = make(folder, date(2016, 5, 19), now=earlier)
    assert "C09" in {one.code for one in made.findings}
    assert last_set(folder / "成果") == Path(made.outputs["bulletin"]).parent != Path(first.outputs["bulletin"]).parent
    assert issue(folder, now=earlier + timedelta(days=1)).serial == 2
    assert [one.number for one in history.read_past(folder).in_force] == [7, 8]


def test_a_day_to_come_cannot_be_published(folder: Path) -> None:
    assert "C12" in {one.code for one in make(folder, date(2016, 5, 21), 7).findings}
    assert "还没有到" in refused(folder)


def test_what_came_after_a_bulletin_is_not_used_when_it_is_done_again(folder: Path) -> None:
    published_seventh(folder)
    write_folder(
        folder, {"报送/区财政局5月18日.xlsx": FINANCE.format(day="2016年5月18日", first="已全部完成", second="")}
    )
    make(folder, EIGHTH)
    issue(folder)
    again = make(folder, SEVENTH, 7)
    assert again.verdicts[0].standing is Standing.OVERDUE
    assert {one.source.file for one in again.findings if one.code == "C13"} == {"报送/区财政局5月18日.xlsx"}
    assert {one.outcome for one in again.ledger.files if one.file == "报送/区财政局5月18日.xlsx"} == {
        FileOutcome.SKIPPED
    }


def test_what_a_bulletin_was_made_from_and_is_gone_is_said_when_it_is_done_again(folder: Path) -> None:
    published_seventh(folder)
    (folder / AUDITED).unlink()
    assert [one.message for one in make(folder, SEVENTH, 7).findings if one.code == "C14"] == [
        f"第7期用过的“{AUDITED}”这次没有找到，重做第7期时它的内容就没有了，请把当时的文件放回“报送”，再重新生成"
    ]


def test_a_register_that_is_gone_keeps_a_bulletin_from_being_published(folder: Path) -> None:
    make_register(Job(str(folder), SEVENTH, CLOCK, jobs=1))
    published_seventh(folder)
    (folder / "办理登记.xlsx").unlink()
    assert "K19" in {one.code for one in make(folder, EIGHTH).findings}
    assert "“办理登记.xlsx”第7期采用过，这次不在了" in refused(folder)
    assert issue(folder, accept="登记表并入台账").accepted == "登记表并入台账"


def test_a_closing_that_is_gone_keeps_a_bulletin_from_being_published(folder: Path) -> None:
    write_folder(folder, {"责任分解表.xlsx": CLOSED})
    published_seventh(folder)
    write_folder(folder, {"责任分解表.xlsx": BREAKDOWN})
    make(folder, EIGHTH)
    assert "小项1-1在第7期已经销号" in refused(folder)


def test_a_correction_does_not_know_the_files_of_later_bulletins(folder: Path) -> None:
    """Else the next bulletin done again would take them for old ones, and name who had reported as silent."""
    published_seventh(folder)
    write_folder(
        folder, {"报送/区财政局5月18日.xlsx": FINANCE.format(day="2016年5月18日", first="起草", second="清理")}
    )
    make(folder, EIGHTH)
    issue(folder)
    make(folder, SEVENTH, 7)
    assert "报送/区财政局5月18日.xlsx" not in issue(folder, correct="措辞").sources
    assert make(folder, EIGHTH, 8).ledger.reported == ("区财政局",)


def test_a_return_that_is_gone_keeps_a_bulletin_from_being_published(folder: Path) -> None:
    write(folder, "2016年5月8日", "4月28日印发，已全部完成", "已清理3处")
    returned = CLOSED.replace("销号日期", "退回意见").replace("2016年5月9日", "2016年5月9日退回：7家未装净化器")
    write_folder(folder, {"责任分解表.xlsx": returned})
    assert published_seventh(folder).items[0].standing is Standing.OVERDUE
    write_folder(folder, {"责任分解表.xlsx": BREAKDOWN})
    make(folder, EIGHTH)
    assert "退回或重新打开、没有计完成，这次找不到这条办理的记录" in refused(folder)


def test_an_extension_that_is_gone_keeps_a_bulletin_from_being_published(folder: Path) -> None:
    write_folder(folder, {"责任分解表.xlsx": CLOSED.replace("销号日期", "批准延期至").replace("5月9日", "6月30日")})
    published_seventh(folder)
    write_folder(folder, {"责任分解表.xlsx": BREAKDOWN})
    make(folder, EIGHTH)
    assert "小项1-1在第7期批准延期至2016年6月30日，这次找不到" in refused(folder)


def test_an_extension_taken_back_is_not_gone(folder: Path) -> None:
    record(note(folder, Act.EXTEND, new_due=date(2016, 6, 30)))
    published_seventh(folder)
    undo(str(folder), 1, "批的是另一项", "", CLOCK)
    assert "C10" not in {one.code for one in make(folder, EIGHTH).findings}


def test_a_register_nobody_can_read_keeps_a_bulletin_from_being_published(folder: Path) -> None:
    (folder / "办理登记.xlsx").write_bytes(b"PK\x03\x04 cut")
    made = make(folder, SEVENTH, 7)
    assert [one.code for one in made.findings if "办理登记" in f"{one.source}{one.message}"] == ["K19"]
    assert "没有读出来" in refused(folder)


def test_an_approved_day_that_the_unit_writes_is_no_change_by_it(folder: Path) -> None:
    write_folder(folder, {SENT: WITH_DEADLINE})
    assert "B02" in {one.code for one in make(folder, SEVENTH, 7).findings}
    record(note(folder, Act.EXTEND, new_due=date(2016, 6, 30)))
    assert "B02" not in {one.code for one in make(folder, SEVENTH, 7).findings}


# ---- what is published never changes


def everything_changed(folder: Path) -> None:
    write(folder, "2016年5月30日", "4月28日印发，已全部完成", "已清理3处")
    (folder / "责任分解表.xlsx").unlink()
    (folder / "口径.toml").write_text('[office]\nname = "另一种专报"\n', encoding="utf-8")
    shutil.rmtree(folder / "成果")


def test_a_published_bulletin_is_written_again_byte_for_byte_whatever_changed(folder: Path) -> None:
    made = make(folder, SEVENTH, 7)
    papers = {path.name: path.read_bytes() for path in Path(made.outputs["bulletin"]).parent.iterdir()}
    issue(folder)
    everything_changed(folder)
    for _ in range(2):
        kept, place = reprint(str(folder), 7)
        assert {path.name: path.read_bytes() for path in place.iterdir()} == papers
    assert kept.number == 7


def test_each_edition_of_a_corrected_number_can_be_written_again(folder: Path) -> None:
    published_seventh(folder)
    write(folder, "2016年5月9日", "4月28日印发，已全部完成", "已清理3处")
    make(folder, SEVENTH, 7)
    issue(folder, correct="区财政局报错了文件")
    in_force, first = reprint(str(folder), 7)[0], reprint(str(folder), 7, edition=1)[0]
    assert (in_force.serial, first.serial) == (2, 1)


def test_a_number_never_published_cannot_be_written_again(folder: Path) -> None:
    with pytest.raises(RectifyError, match="还没有定过稿"):
        reprint(str(folder), 7)
    published_seventh(folder)
    for wanted in ({"number": 8}, {"number": 7, "year": 2015}, {"number": 7, "edition": 2}):
        with pytest.raises(RectifyError) as stopped:
            reprint(str(folder), **wanted)  # type: ignore[arg-type]
        assert stopped.value.stop is Stop.NOT_PUBLISHED


def test_the_published_folder_is_never_replaced(folder: Path) -> None:
    published_seventh(folder)
    place = folder / "成果/2016-05-10 第7期"
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    for _ in range(2):
        make(folder, SEVENTH, 7)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    assert sorted(path.name for path in place.parent.iterdir() if path.is_dir()) == [place.name, f"{place.name} (2)"]


# ---- this time


def test_a_file_of_the_last_bulletin_is_no_report_this_time_but_its_words_stay(folder: Path) -> None:
    published_seventh(folder)
    made = make(folder, EIGHTH)
    assert made.ledger.missing == made.ledger.carried == ("区财政局", "区审计局")
    assert all(one.not_reported for one in made.verdicts)
    assert [len(one.entry.replies) for one in made.verdicts] == [1, 1, 1]
    assert "本期未报送，此前报仍在整改" in made.verdicts[0].because


def test_a_renamed_copy_is_known_by_its_digest(folder: Path) -> None:
    published_seventh(folder)
    (folder / SENT).rename(folder / "报送/区财政局5月20日.xlsx")
    assert "区财政局" in make(folder, EIGHTH).ledger.carried


def test_only_the_unit_that_sent_a_new_file_has_reported(folder: Path) -> None:
    published_seventh(folder)
    write(folder, "2016年5月18日", "5月17日印发，已全部完成", "已清理9处")
    made = make(folder, EIGHTH)
    assert (made.ledger.reported, made.ledger.carried) == (("区财政局",), ("区审计局",))
    turns = {one.verdict.entry.item.no: one.turns for one in made.change.items}
    assert turns == {"1-1": (Turn.FINISHED,), "1-2": (), "2-1": (Turn.OVERDUE,)}
    assert [(one.unit, one.stopped, one.silent_run) for one in made.change.units] == [
        ("区财政局", False, 0),
        ("区审计局", True, 1),
    ]


def test_what_was_overdue_and_is_called_done_without_a_day_was_finished_late(folder: Path) -> None:
    published_seventh(folder)
    write(folder, "2016年5月18日", "办法已印发，已全部完成", "已清理9处")
    made = make(folder, EIGHTH)
    assert made.verdicts[0].standing is Standing.FINISHED_LATE
    assert "第7期（2016年5月10日）时尚未完成" in made.verdicts[0].because
    issue(folder)
    assert make(folder, date(2016, 5, 30)).verdicts[0].standing is Standing.FINISHED_LATE


# ---- decisions


def note(folder: Path, act: Act, target: str = "1-1", **parts: object) -> Note:
    made = Note(str(folder), act, target, date(2016, 5, 9), CLOCK, "区委督查室主任", jobs=1)
    return replace(made, **parts)  # type: ignore[arg-type]


def asked(one: Note) -> str:
    """It makes no sense as things stand: nothing is recorded, and the message says why."""
    with pytest.raises(RectifyError) as stopped:
        record(one)
    assert stopped.value.stop in (Stop.DECISION_UNCLEAR, Stop.WRONG_ARGUMENTS)
    assert history.read_past(Path(one.folder)).records == ()
    return stopped.value.message


def standing(folder: Path, as_of: date = SEVENTH) -> Standing:
    return examine(Job(str(folder), as_of, CLOCK, 7, jobs=1)).verdicts[0].standing


def test_an_extension_counts_once_it_is_approved_and_not_when_it_is_asked_for(folder: Path) -> None:
    record(note(folder, Act.ASK, new_due=date(2016, 6, 30)))
    assert standing(folder) is Standing.OVERDUE
    record(note(folder, Act.EXTEND, new_due=date(2016, 5, 25)))
    record(note(folder, Act.EXTEND, new_due=date(2016, 6, 30), day=date(2016, 5, 10)))
    assert standing(folder) is Standing.ON_TRACK
    assert standing(folder, date(2016, 5, 9)) is Standing.ON_TRACK
    assert standing(folder, date(2016, 5, 8)) is Standing.OVERDUE


def test_closing_what_nobody_reported_finished_is_asked_about_and_can_be_recorded_anyway(folder: Path) -> None:
    assert "没有报完成" in asked(note(folder, Act.CLOSE))
    record(note(folder, Act.CLOSE, anyway=True))
    assert standing(folder) is Standing.CLOSED


@pytest.mark.parametrize(
    ("act", "parts", "said"),
    [
        (Act.REOPEN, {"why": "反弹"}, "没有销号"),
        (Act.RETURN, {"why": "佐证不全"}, "没有可退回的"),
        (Act.EXTEND, {"new_due": date(2016, 4, 1)}, "没有推后"),
        (Act.CALL, {"day": date(2016, 5, 21)}, "还没有到"),
        (Act.REOPEN, {}, "要写原因"),
        (Act.RETURN, {"why": " "}, "要写原因"),
        (Act.EXTEND, {}, "要写延到哪一天"),
        (Act.CALL, {"new_due": EIGHTH}, "不用写延到哪一天"),
        (Act.CLOSE, {"target": "区财政局"}, "要写小项的编号"),
        (Act.CALL, {"target": "区财政厅"}, "也没有叫这个名称的单位"),
        (Act.CALL, {"target": "9-9"}, "没有编号是“9-9”的小项"),
    ],
)
def test_what_makes_no_sense_is_asked_about(folder: Path, act: Act, parts: dict[str, object], said: str) -> None:
    assert said in asked(note(folder, act, **parts))


def test_closing_before_a_day_it_was_closed_on_is_asked_about_unless_it_was_opened_between(folder: Path) -> None:
    record(note(folder, Act.CLOSE, anyway=True))
    with pytest.raises(RectifyError, match="已经在2016年5月9日销号，中间没有重新打开"):
        record(note(folder, Act.CLOSE, day=date(2016, 5, 6)))
    with pytest.raises(RectifyError, match="已经销号"):
        record(note(folder, Act.CLOSE, day=date(2016, 5, 12)))
    record(note(folder, Act.REOPEN, day=date(2016, 5, 8), why="反弹", anyway=True))
    with pytest.raises(RectifyError) as stopped:
        record(note(folder, Act.CLOSE, day=date(2016, 5, 6)))
    assert "已经在" not in stopped.value.message and "没有报完成" in stopped.value.message


def test_touching_a_published_file_does_not_undo_a_return(folder: Path) -> None:
    (folder / SENT).unlink()
    sent = folder / "报送" / "区财政局.csv"
    lines = ("填报单位：区财政局,,", "编号,整改措施,进展情况", "1-1,修订差旅费管理办法,4月20日已完成")
    sent.write_text("\n".join(lines), encoding="utf-8")
    touched(sent, datetime(2016, 5, 8, 12))
    assert published_seventh(folder).items[0].standing is Standing.FINISHED
    record(note(folder, Act.RETURN, day=date(2016, 5, 12), why="没有附件"))
    for moment in (datetime(2016, 5, 8, 12), datetime(2016, 5, 15, 12)):
        touched(sent, moment)
        outcome = examine(Job(str(folder), EIGHTH, CLOCK, 8, jobs=1))
        assert outcome.verdicts[0].standing is Standing.OVERDUE
        assert outcome.ledger.carried == ("区财政局", "区审计局")
        assert "K04" in [one.code for one in outcome.findings]
    sent.write_text("\n".join(lines) + "。附件已补", encoding="utf-8")
    touched(sent, datetime(2016, 5, 15, 12))
    assert standing(folder, EIGHTH) is Standing.FINISHED


def touched(file: Path, moment: datetime) -> None:
    os.utime(file, (moment.timestamp(), moment.timestamp()))


def test_the_same_act_on_the_same_day_is_asked_about(folder: Path) -> None:
    record(note(folder, Act.CALL, why="答应月底前办结"))
    with pytest.raises(RectifyError, match="已经记过（第1条）"):
        record(note(folder, Act.CALL, why="又打了一次"))


def test_a_mistaken_record_is_undone_by_a_counter_entry_and_both_stay(folder: Path) -> None:
    record(note(folder, Act.EXTEND, new_due=date(2016, 6, 30)))
    undo(str(folder), 1, "批的是另一项", "区委督查室主任", CLOCK)
    assert standing(folder) is Standing.OVERDUE
    with pytest.raises(RectifyError, match="已经由第2条撤回"):
        undo(str(folder), 1, "再撤", "", CLOCK)
    undo(str(folder), 2, "原来没有错", "", CLOCK)
    assert standing(folder) is Standing.ON_TRACK
    assert len(history.read_past(folder).records) == 3
    for serial, why in ((9, "没有这一条"), (1, " ")):
        with pytest.raises(RectifyError):
            undo(str(folder), serial, why, "", CLOCK)


def test_a_letter_to_a_unit_as_a_whole_names_it_as_the_breakdown_does(folder: Path) -> None:
    kept = record(note(folder, Act.LETTER, "财政局"))
    assert kept.decision is not None
    assert (kept.decision.no, kept.decision.unit, kept.decision.by) == ("", "区财政局", "区委督查室主任")


# ---- an item's life


def test_an_items_life_is_told_in_order_with_sources(folder: Path) -> None:
    published_seventh(folder)
    record(note(folder, Act.CALL, why="答应月底前办结", day=date(2016, 5, 12)))
    undo(str(folder), 1, "打的是另一家", "", CLOCK)
    events = life.tell_item(Job(str(folder), EIGHTH, CLOCK, jobs=1), "1-1")
    told = [(one.day, one.what.split("，")[0].split("；")[0], str(one.source)) for one in events]
    assert told == [
        (None, "下发：修订差旅费管理办法", "责任分解表.xlsx › Sheet1!C3"),
        (SEVENTH, "第7期：逾期", f"{SENT} › Sheet1!C3"),
        (date(2016, 5, 12), "电话催办（1-1）", "台账.db › 第1条"),
        (EIGHTH, "撤回第1条", "台账.db › 第2条"),
        (EIGHTH, "现在：逾期", f"{SENT} › Sheet1!C3"),
    ]


def test_the_past_is_told_where_the_folder_can_no_longer_be_read(folder: Path) -> None:
    published_seventh(folder)
    for path in (folder / "责任分解表.xlsx", folder / SENT, folder / AUDITED):
        path.unlink()
    assert [one.day for one in life.tell_item(Job(str(folder), EIGHTH, CLOCK, jobs=1), "1-1")] == [SEVENTH]
    assert [one.what[:5] for one in life.tell_folder(str(folder))] == ["第7期定稿"]


def test_an_unknown_number_has_no_life(folder: Path) -> None:
    with pytest.raises(RectifyError, match="没有编号是“9-9”的小项"):
        life.tell_item(Job(str(folder), EIGHTH, CLOCK, jobs=1), "9-9")


def test_the_manifest_keeps_what_was_judged(folder: Path) -> None:
    place = Path(make(folder, SEVENTH, 7).outputs["bulletin"]).parent
    first = json.loads((place / "清单.json").read_text(encoding="utf-8"))
    second_place = Path(make(folder, SEVENTH, 7).outputs["bulletin"]).parent
    second = json.loads((second_place / "清单.json").read_text(encoding="utf-8"))
    assert (second["run"], second["judged"]) == (first["run"] + 1, first["judged"])
