"""案头 — a work folder kept open: the answers of both faces are the same, and whatever breaks off leaves all whole."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from rectify_tool.cli import main
from rectify_tool.errors import RectifyError, Stop
from rectify_tool.history import read_past
from rectify_tool.model import Act, Job, Note, Standing, Wish
from rectify_tool.model.screen import Screen
from rectify_tool.outbox import MANIFEST, SUMMARY_NAME
from rectify_tool.papers.answer import as_json
from rectify_tool.story import watch
from rectify_tool.story.desk import Cancelled, Desk
from tests.sheets import write_folder
from tests.test_ledger_story import AUDIT, AUDITED, BREAKDOWN, CLOCK, EIGHTH, FINANCE, SENT, SEVENTH

SAMPLE = Path(__file__).parent.parent / "samples" / "示例区2016"


@pytest.fixture(autouse=True)
def _read_in_forked_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forked reader starts in a tenth of the time of a fresh one."""
    if sys.platform != "win32":
        fork = multiprocessing.get_context("fork")
        monkeypatch.setattr(multiprocessing, "get_context", lambda _: fork)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "示例区"
    sent = FINANCE.format(day="2016年5月8日", first="初稿正在征求意见", second="已清理3处")
    write_folder(place, {"责任分解表.xlsx": BREAKDOWN, AUDITED: AUDIT, SENT: sent})
    return place


def job(folder: Path, as_of: date = SEVENTH, number: int | None = None) -> Job:
    return Job(str(folder), as_of, CLOCK, number, jobs=1)


# ---------------------------------------------------------------- 两个面孔，一个结果 ----


def test_both_faces_give_the_same_outcome_and_the_same_papers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ignore = shutil.ignore_patterns("成果", "台账*.db")
    by_window, by_command = (shutil.copytree(SAMPLE, tmp_path / face, ignore=ignore) for face in ("窗口", "命令"))
    desk = Desk(str(by_window))
    wanted = Job(str(by_window), EIGHTH, CLOCK, 8)
    desk.look(wanted)  # the papers are then made of what was kept, as they are in a window
    desk.generate(wanted)
    assert desk.outcome is not None
    window = as_json(desk.outcome)
    assert main(["run", str(by_command), "--as-of", EIGHTH.isoformat(), "--number", "8", "--json"]) == 0
    command = json.loads(capsys.readouterr().out)
    window_papers, command_papers = (_papers(answer.pop("outputs")) for answer in (window, command))
    assert json.loads(json.dumps(window)) == command
    assert window_papers == command_papers


def _papers(outputs: Any) -> dict[str, Any]:
    """Each paper part by part, and 清单.json, without the time they were made at and what hangs on it."""
    papers: dict[str, Any] = {name: _parts(Path(path)) for name, path in outputs.items()}
    manifest = json.loads((Path(outputs["summary"]).parent / MANIFEST).read_text(encoding="utf-8"))
    return papers | {"manifest": {key: told for key, told in manifest.items() if key not in ("made", "outputs")}}


def _parts(paper: Path) -> dict[str, bytes]:
    with ZipFile(paper) as package:
        return {name: package.read(name) for name in package.namelist() if name != "docProps/core.xml"}


# ---------------------------------------------------------------- 一轮 ----


def test_a_whole_round_from_look_to_the_next_bulletin(folder: Path) -> None:
    desk = Desk(str(folder))
    assert [(one.no, one.standing) for one in desk.look(job(folder)).items] == [
        ("1-1", Standing.OVERDUE),
        ("1-2", Standing.ON_TRACK),
        ("2-1", Standing.DUE_SOON),
    ]
    made = desk.generate(job(folder, number=7))
    assert [Path(path).name for path in made.papers[-1].papers] == ["督查专报第7期.docx", SUMMARY_NAME]
    issued = desk.publish(Wish(str(folder), CLOCK, jobs=1))
    assert (issued.number, issued.as_of, issued.folder) == (7, SEVENTH, made.papers[-1].name)
    serial = desk.record(Note(str(folder), Act.EXTEND, "1-1", EIGHTH, CLOCK, new_due=date(2016, 6, 30), jobs=1))
    extended = desk.look(job(folder, EIGHTH))
    assert (extended.next_number, _standing(extended, "1-1")) == (8, Standing.ON_TRACK)
    assert desk.undo(serial, "记错了", "", CLOCK) == serial + 1
    assert _standing(desk.look(job(folder, EIGHTH)), "1-1") is Standing.OVERDUE
    assert desk.tell("1-1").no == "1-1"
    assert Path(desk.reprint(7)).name == issued.folder


def _standing(screen: Screen, no: str) -> Standing:
    return next(one.standing for one in screen.items if one.no == no)


def test_an_item_that_the_last_look_did_not_show_is_refused(folder: Path) -> None:
    desk = Desk(str(folder))
    for no in ("1-1", "9-9"):
        with pytest.raises(RectifyError) as refused:
            desk.tell(no)
        assert refused.value.stop is Stop.WRONG_ARGUMENTS
        desk.look(job(folder))


def test_the_ledger_is_read_anew_only_where_it_has_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, read = Desk(str(folder)), list[Path]()
    monkeypatch.setattr(watch, "read_past", lambda place: read.append(place) or read_past(place))  # type: ignore[func-returns-value]
    for _ in range(2):
        assert not desk.look(job(folder)).decisions
    assert len(read) == 1
    other = Desk(str(folder))  # somebody else writes
    other.record(Note(str(folder), Act.CALL, "1-1", SEVENTH, CLOCK, jobs=1))
    read.clear()
    for _ in range(2):
        assert len(desk.look(job(folder)).decisions) == 1
    assert len(read) == 1


# ---------------------------------------------------------------- 成果架 ----


def test_every_set_tells_when_it_was_written_published_corrected_and_worked_on(folder: Path) -> None:
    desk = Desk(str(folder))
    desk.generate(job(folder, number=7))
    (draft,) = desk.look(job(folder)).papers
    assert (draft.number, draft.as_of, draft.made, draft.published, draft.last) == (7, SEVENTH, CLOCK, "", True)
    desk.publish(Wish(str(folder), CLOCK, jobs=1))
    (first,) = desk.look(job(folder)).papers
    assert first.published == "第7期定稿，2016年5月20日"
    write_folder(folder, {AUDITED: AUDIT.replace("21家", "22家")})
    desk.generate(job(folder, number=7))
    desk.publish(Wish(str(folder), CLOCK + timedelta(1), correct="报错了", jobs=1))
    summary = folder / "成果" / first.name / SUMMARY_NAME
    summary.write_bytes(summary.read_bytes() + b" ")
    before, after = desk.look(job(folder)).papers
    assert (before.published, before.last, before.edited) == (
        "已由更正稿代替；原第7期定稿，2016年5月20日",
        False,
        (SUMMARY_NAME,),
    )
    assert (after.published, after.last, after.edited) == ("第7期更正后再次定稿，2016年5月21日", True, ())


def test_the_set_to_be_published_tells_what_came_changed_and_went_since(folder: Path) -> None:
    desk = Desk(str(folder))
    (made,) = desk.generate(job(folder, number=7)).papers
    assert made.overtaken == ""
    write_folder(folder, {AUDITED: AUDIT.replace("21家", "22家"), "报送/新来的.xlsx": AUDIT})
    (behind,) = desk.look(job(folder)).papers
    assert behind.overtaken == f"新放进来：“报送/新来的.xlsx”；改过：“{AUDITED}”"
    with pytest.raises(RectifyError, match="文件夹里的文件变了") as caught:
        desk.publish(Wish(str(folder), CLOCK, jobs=1))
    assert behind.overtaken in str(caught.value)
    *_, again = desk.generate(job(folder, number=7)).papers
    desk.publish(Wish(str(folder), CLOCK, jobs=1))
    (folder / "报送/新来的.xlsx").unlink()
    assert again.overtaken == "" and [one.overtaken for one in desk.look(job(folder)).papers if one.published] == [""]


def test_a_folder_of_that_name_with_other_papers_is_not_the_published_one(folder: Path) -> None:
    desk = Desk(str(folder))
    desk.generate(job(folder, number=7))
    desk.publish(Wish(str(folder), CLOCK, jobs=1))
    shutil.rmtree(folder / "成果")
    write_folder(folder, {AUDITED: AUDIT.replace("21家", "22家")})
    (again,) = desk.generate(job(folder, number=7)).papers
    assert (again.name, again.published) == ("2016-05-10 第7期", "")


def test_a_manifest_somebody_worked_on_is_shown_as_far_as_it_tells(folder: Path) -> None:
    desk = Desk(str(folder))
    place = Path(desk.generate(job(folder, number=7)).papers[0].folder)
    facts = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
    spoilt = facts | {"as_of": "昨天", "made": 7, "number": "七"}
    (place / MANIFEST).write_text(json.dumps(spoilt), encoding="utf-8")
    (one,) = desk.look(job(folder)).papers
    assert (one.as_of, one.made, one.number) == (None, None, 0)
    assert sorted(Path(path).name for path in one.papers) == sorted(facts["outputs"])


# ---------------------------------------------------------------- 守望 ----


def test_the_stamp_is_the_same_as_long_as_nothing_has_changed(folder: Path) -> None:
    desk = Desk(str(folder))
    desk.look(job(folder))
    assert len({desk.stamps() for _ in range(10)}) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: write_folder(folder, {"报送/又一份.xlsx": AUDIT}),
        lambda folder: (folder / SENT).unlink(),
        lambda folder: (folder / SENT).rename(folder / "报送/改名.xlsx"),
        lambda folder: write_folder(folder, {SENT: AUDIT}),
        lambda folder: (folder / "报送/~$区财政局.xlsx").write_bytes(b"x"),
        lambda folder: (folder / "口径.toml").write_text("[deadline]\ndue_soon_days = 3\n", encoding="utf-8"),
        lambda folder: Desk(str(folder)).record(Note(str(folder), Act.CALL, "1-1", SEVENTH, CLOCK, jobs=1)),
        lambda folder: Desk(str(folder)).generate(job(folder, number=7)),
    ],
    ids=["new", "gone", "renamed", "changed", "opened", "rules", "recorded", "written"],
)
def test_whatever_a_look_hangs_on_changes_the_stamp(folder: Path, change: Callable[[Path], object]) -> None:
    desk = Desk(str(folder))
    desk.look(job(folder))
    before = desk.stamps()
    change(folder)
    assert desk.stamps() != before
    desk.look(job(folder))
    assert len({desk.stamps() for _ in range(10)}) == 1


def test_what_changed_while_the_look_went_on_is_heard_of_afterwards(folder: Path) -> None:
    desk = Desk(str(folder))

    def meanwhile(done: int, total: int, name: str) -> None:
        write_folder(folder, {"报送/又一份.xlsx": AUDIT})

    desk.look(job(folder), meanwhile)
    answers = [desk.stamps() for _ in range(20)]
    assert len(set(answers)) > 1 and any(one == other for one, other in pairwise(answers))
    desk.look(job(folder))
    assert len({desk.stamps() for _ in range(10)}) == 1


def test_a_folder_that_vanished_has_a_stamp_of_its_own(folder: Path) -> None:
    desk = Desk(str(folder))
    assert desk.stamps() != watch.GONE
    shutil.rmtree(folder)
    assert desk.stamps() == watch.GONE


# ---------------------------------------------------------------- 取消 ----


class Stopper:
    """Cancels at its call of that number, counted from 1; knows what it was told."""

    def __init__(self, at: int = 0) -> None:
        self.at, self.told = at, list[tuple[int, int, str]]()

    def __call__(self, done: int, total: int, name: str) -> None:
        self.told.append((done, total, name))
        if len(self.told) == self.at:
            raise Cancelled


def test_the_phases_after_the_last_file_are_told(folder: Path) -> None:
    all_told = Stopper()
    Desk(str(folder)).generate(job(folder, number=7), all_told)
    assert all_told.told == [
        (1, 3, AUDITED),
        (2, 3, SENT),
        (3, 3, "责任分解表.xlsx"),
        *((3, 3, name) for name in PHASES),
    ]


PHASES = ("正在合并、判定", "正在拟写专报和汇总表", "正在写督查专报", "正在写整改汇总表", "正在放进“成果”")


def test_cancelled_at_any_moment_everything_is_whole_and_goes_on(folder: Path) -> None:
    Desk(str(folder)).generate(job(folder, number=7))
    before = _files(folder)
    for at in range(1, 4 + len(PHASES)):
        desk = Desk(str(folder))
        with pytest.raises(Cancelled):
            desk.generate(job(folder, number=7), Stopper(at))
        assert _files(folder) == before and not multiprocessing.active_children()
    again = desk.generate(job(folder, number=7))
    assert [one.name for one in again.papers] == ["2016-05-10 第7期"]


@pytest.mark.parametrize("at", [1, 3, 4, 5])
def test_a_cancelled_publishing_records_nothing(folder: Path, at: int) -> None:
    desk = Desk(str(folder))
    desk.generate(job(folder, number=7))
    before = _files(folder)
    with pytest.raises(Cancelled):
        desk.publish(Wish(str(folder), CLOCK, jobs=1), Stopper(at))
    assert _files(folder) == before
    assert desk.publish(Wish(str(folder), CLOCK, jobs=1)).number == 7


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_publishing_reads_every_file_whatever_was_kept(folder: Path) -> None:
    desk, told = Desk(str(folder)), Stopper()
    desk.generate(job(folder, number=7))
    desk.publish(Wish(str(folder), CLOCK, jobs=1), told)
    assert {name for _, _, name in told.told} >= {AUDITED, SENT, "责任分解表.xlsx"}


# ---------------------------------------------------------------- 其余 ----


def test_the_offices_own_rules_are_kept_and_count_from_the_next_look(folder: Path) -> None:
    desk = Desk(str(folder))
    assert {one.key for one in desk.settings() if one.own is not None} == set()
    desk.save_settings({"deadline.due_soon_days": "30"})
    assert {one.key: one.own for one in desk.settings() if one.own is not None} == {"deadline.due_soon_days": "30"}
    assert _standing(desk.look(job(folder)), "1-2") is Standing.DUE_SOON


def test_rules_changed_behind_the_form_are_not_written_over(folder: Path) -> None:
    desk = Desk(str(folder))
    desk.settings()
    (folder / "口径.toml").write_text("[deadline]\ndue_soon_days = 3\n", encoding="utf-8")
    with pytest.raises(RectifyError) as refused:
        desk.save_settings({"deadline.due_soon_days": "30"})
    assert refused.value.stop is Stop.CANNOT_WRITE
    desk.save_settings({"base.feedback": "2016-02-26"})
    assert {one.key for one in desk.settings() if one.own is not None} == {"deadline.due_soon_days", "base.feedback"}


def test_what_is_dropped_is_read_by_the_next_look(folder: Path, tmp_path: Path) -> None:
    write_folder(tmp_path, {"民政局.xlsx": AUDIT})
    desk = Desk(str(folder))
    assert desk.take_in((str(tmp_path / "民政局.xlsx"),), "ask").copied == ("报送/民政局.xlsx",)
    assert "报送/民政局.xlsx" in {one.file for one in desk.look(job(folder)).files}


def test_an_empty_register_and_the_templates_are_handed_out(folder: Path) -> None:
    desk = Desk(str(folder))
    assert Path(desk.register(job(folder))).name == "办理登记.xlsx"
    assert Path(desk.templates(None, EIGHTH)) == folder / "模板"


def test_only_the_papers_asked_for_are_printed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rectify_tool.story import printing

    desk = Desk(str(folder))
    place = Path(desk.generate(job(folder, number=7)).papers[0].folder)
    papers = (place / "督查专报第7期.docx", place / SUMMARY_NAME)
    prepared = printing.Prepared(place, place / "督查专报第7期.pdf", papers, (), (), (SUMMARY_NAME,))
    sent = list[tuple[Path, ...]]()
    monkeypatch.setattr(printing, "prepare", lambda _, made=None: prepared)
    monkeypatch.setattr(printing, "print_papers", lambda wanted: sent.append(wanted) or "一楼打印机")  # type: ignore[func-returns-value]
    told = desk.print_out((papers[1].name,))
    assert sent == [papers[1:]] and "“一楼打印机”：“整改汇总表.xlsx”" in told and "正打开着" in told
    desk.print_out()
    assert sent[-1] == papers and desk.pdf() == str(prepared.pdf)
    with pytest.raises(RectifyError):
        desk.print_out(("没有的.docx",))


def test_only_the_set_that_was_confirmed_is_published(folder: Path) -> None:
    desk = Desk(str(folder))
    seen = desk.generate(job(folder, number=7)).papers[-1]
    later = replace(job(folder, number=7), now=CLOCK + timedelta(minutes=1))
    again = desk.generate(later).papers[-1]
    with pytest.raises(RectifyError, match="不是同一套"):
        desk.publish(Wish(str(folder), CLOCK, jobs=1, made=seen.made))
    assert not read_past(folder).published
    assert desk.publish(Wish(str(folder), CLOCK, jobs=1, made=again.made)).number == 7


def test_what_was_read_ahead_is_not_opened_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, plain = Desk(str(folder)), Desk(str(folder))
    seen = plain.look(job(folder))
    desk.read_ahead(CLOCK)
    monkeypatch.setattr("rectify_tool.intake.pool._Pool._start", None)
    assert desk.look(job(folder)) == seen


def test_a_folder_that_goes_away_is_said_and_read_again_once_it_is_back(folder: Path) -> None:
    desk = Desk(str(folder))
    seen = desk.look(job(folder))
    away = folder.rename(folder.with_name("移动硬盘"))
    for act in (desk.look, desk.generate):
        with pytest.raises(RectifyError, match="没有找到文件夹"):
            act(job(folder))
    assert desk.stamps().startswith(watch.GONE)
    away.rename(folder)
    assert desk.look(job(folder)) == seen


def test_a_damaged_ledger_comes_back_from_its_backup(folder: Path) -> None:
    desk = Desk(str(folder))
    desk.record(Note(str(folder), Act.CALL, "1-1", SEVENTH, CLOCK, jobs=1))
    (folder / "台账.db").write_bytes(b"x" * 5000)
    with pytest.raises(RectifyError) as damaged:
        desk.look(job(folder))
    assert damaged.value.stop is Stop.HISTORY_UNUSABLE
    assert "办理记录1条" in desk.restore(CLOCK)
    assert len(desk.look(job(folder)).decisions) == 1


def test_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RectifyError) as refused:
        Desk(str(tmp_path / "没有"))
    assert refused.value.stop is Stop.WRONG_ARGUMENTS


def test_a_desk_nobody_has_looked_from_has_missed_nothing(folder: Path) -> None:
    """As after a look that was given up with its process: it does not begin again by itself."""
    desk = Desk(str(folder))
    assert len({desk.stamps() for _ in range(10)}) == 1
