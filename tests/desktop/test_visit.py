"""The open work folder and what each button does, with the real desk on a small folder and no window at all."""

from __future__ import annotations

import multiprocessing
import shutil
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from rectify_tool.desktop.clerk import Trouble
from rectify_tool.desktop.flows import Flows
from rectify_tool.desktop.forms.decide import Decided
from rectify_tool.desktop.forms.new_folder import NewFolder
from rectify_tool.desktop.forms.publish import Confirmed
from rectify_tool.desktop.visit import Notice, Visit
from rectify_tool.errors import Stop
from rectify_tool.history import read_past
from rectify_tool.model import BULLETIN_TEMPLATE, Act, Job, PaperSet, Screen, Standing
from rectify_tool.story.folder import take_seat
from rectify_tool.story.run import run
from tests.desktop.inprocess import AUDIT, BREAKDOWN, CLOCK, FINANCE, Answers, Clock, DeskClerk, make_folder, settle
from tests.sheets import write_folder

NEXT = date(2016, 5, 30)


@pytest.fixture(autouse=True)
def _read_in_forked_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "win32":
        fork = multiprocessing.get_context("fork")
        monkeypatch.setattr(multiprocessing, "get_context", lambda _: fork)


class Office:
    """A person at a folder: what was said, shown and hung on top."""

    def __init__(self, folder: str, **answers: Any) -> None:
        self.clerk, self.answers, self.clock = DeskClerk(), Answers(**answers), Clock()
        self.visit = Visit(self.clerk, self.answers, now=self.clock)  # type: ignore[arg-type]
        self.flows = Flows(self.visit)
        self.folder = folder
        self.said: list[str] = []
        self.notices: list[Notice | None] = []
        self.screens: list[Screen | None] = []
        self.dossiers: list[Any] = []
        self.sets: list[str] = []
        self.happened: list[str] = []
        self.visit.said.connect(self.said.append)
        self.visit.happened.connect(self.happened.append)
        self.visit.noticed.connect(self.notices.append)
        self.visit.screen_changed.connect(self.screens.append)
        self.visit.dossier_changed.connect(self.dossiers.append)
        self.visit.set_written.connect(self.sets.append)

    def open(self) -> Office:
        self.visit.open(self.folder)
        return self.settle()

    def settle(self) -> Office:
        settle(self.clerk, self.visit)
        return self

    def will(self, **answers: Any) -> None:
        self.answers.answers |= Answers(**answers).answers

    @property
    def screen(self) -> Screen:
        assert self.visit.screen is not None
        return self.visit.screen

    def standing(self, no: str) -> Standing:
        return next(one.standing for one in self.screen.items if one.no == no)


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    one = Office(make_folder(tmp_path / "整改"))
    yield one.open()
    one.visit.leave()


def published(office: Office) -> Office:
    office.flows.generate()
    office.settle().will(publish=Confirmed())
    office.flows.publish()
    return office.settle()


# ---------------------------------------------------------------- 打开、看 ----


def test_a_folder_that_is_opened_is_looked_at_as_of_today(office: Office) -> None:
    assert office.screens[0] is None
    assert office.screen.as_of == CLOCK.date()
    assert office.standing("1-1") is Standing.OVERDUE
    assert office.visit.writable and not office.visit.only_looking


def test_a_folder_that_is_gone_is_told_and_nothing_is_opened(tmp_path: Path, qapp: QApplication) -> None:
    office = Office(str(tmp_path / "没有"), missing=None)
    office.open()
    assert office.visit.folder == "" and office.answers.told("missing") == [(str(tmp_path / "没有"),)]


def test_another_as_of_day_is_looked_at_at_once_and_today_is_followed_again(office: Office) -> None:
    office.visit.set_day(date(2016, 4, 1))
    office.settle()
    assert office.standing("1-1") is Standing.ON_TRACK and not office.visit.follows_today
    office.visit.set_day(None)
    office.settle()
    assert office.screen.as_of == CLOCK.date() and office.visit.follows_today


def test_after_midnight_the_window_shows_the_new_day_unless_another_was_chosen(office: Office) -> None:
    office.clock.now = datetime(2016, 5, 21, 0, 1)
    office.visit.watch.beat()
    assert office.settle().screen.as_of == date(2016, 5, 21)
    office.visit.set_day(date(2016, 5, 10))
    office.settle()
    office.clock.now = datetime(2016, 5, 22, 0, 1)
    office.visit.watch.beat()
    assert office.settle().screen.as_of == date(2016, 5, 10)


def test_days_chosen_while_a_look_is_under_way_are_looked_at_once(office: Office) -> None:
    for day in (1, 2, 3):
        office.visit.set_day(date(2016, 4, day))
    assert [act for act in office.clerk.waiting if act == "look"] == ["look"]
    assert office.settle().screen.as_of == date(2016, 4, 3)


def test_a_new_file_appears_by_itself_and_is_told(office: Office) -> None:
    write_folder(Path(office.folder), {"报送/区审计局.xlsx": AUDIT})
    for _ in range(2):
        office.visit.watch.beat()
        office.settle()
    assert office.standing("2-1") is Standing.FINISHED
    assert office.happened == ["刚刚更新：新收到1件。"]


def test_a_look_that_shows_nothing_new_leaves_the_screen_alone(office: Office) -> None:
    shown = len(office.screens)
    office.visit.look()
    office.settle()
    assert len(office.screens) == shown


def test_the_dossier_of_the_chosen_item_follows_every_look(office: Office) -> None:
    office.visit.choose("2-1")
    office.settle()
    assert (office.dossiers[-1].no, office.dossiers[-1].standing) == ("2-1", Standing.OVERDUE)
    write_folder(Path(office.folder), {"报送/区审计局.xlsx": AUDIT})
    office.visit.look()
    office.settle()
    assert (office.dossiers[-1].no, office.dossiers[-1].standing) == ("2-1", Standing.FINISHED)


def test_only_the_last_of_many_items_passed_by_is_told(office: Office) -> None:
    for no in ("1-1", "1-2", "2-1"):
        office.visit.choose(no)
    office.settle()
    assert [given for act, given in office.clerk.asked if act == "tell"] == [("2-1",)]


def test_a_folder_that_cannot_be_looked_at_is_told_on_top_until_it_can(office: Office) -> None:
    office.clerk.troubles["look"] = Trouble(Stop.BREAKDOWN_UNCLEAR, "有两份一样像的责任分解表")
    office.visit.look()
    office.settle()
    notice = office.notices[-1]
    assert notice and notice.text == "有两份一样像的责任分解表" and [one.word for one in notice.offers] == ["重试"]
    notice.offers[0].act()
    office.settle()
    assert office.notices[-1] is None
    assert not office.answers.asked


def test_a_look_that_was_stopped_says_so_and_can_be_taken_up_again(office: Office) -> None:
    office.visit.look()
    office.visit.cancel()
    notice = office.notices[-1]
    assert notice and notice.text == "已停下，没有读完。下面显示的还是以前的。"
    notice.offers[0].act()
    assert office.settle().notices[-1] is None


def test_where_nothing_was_read_yet_nothing_is_said_to_be_shown(tmp_path: Path, qapp: QApplication) -> None:
    office = Office(make_folder(tmp_path / "整改"))
    office.visit.open(office.folder)
    office.visit.cancel()
    notice = office.notices[-1]
    assert notice and "下面" not in notice.text and [one.word for one in notice.offers] == ["重新读取"]
    notice.offers[0].act()
    assert office.settle().screen.items
    office.visit.leave()


def test_an_answer_about_the_folder_before_is_not_shown(office: Office, tmp_path: Path) -> None:
    office.visit.look()
    office.visit.open(make_folder(tmp_path / "另一个"))
    office.settle()
    assert office.screen.folder == str(tmp_path / "另一个")
    assert office.visit.screen is office.screens[-1]


# ---------------------------------------------------------------- 只读 ----


def test_a_second_window_only_looks_until_the_first_has_gone(tmp_path: Path, qapp: QApplication) -> None:
    folder = make_folder(tmp_path / "整改")
    first = take_seat(folder, "甲机，8:30打开")
    office = Office(folder).open()
    assert "甲机，8:30打开" in office.visit.only_looking
    assert not any(office.visit.may(need) for need in ("seat", "item", "set", "screen_seat"))
    assert office.visit.may("screen")
    office.flows.generate()
    office.flows.decide(Act.CLOSE, "1-1")
    office.flows.drop((str(tmp_path / "新来的.xlsx"),))
    assert not {"generate", "record", "take_in"} & {act for act, _ in office.clerk.asked}
    first.leave()
    office.visit.watch.beat()
    office.settle()
    assert office.visit.writable and office.visit.may("seat")
    office.visit.leave()


# ---------------------------------------------------------------- 生成、定稿 ----


def test_a_broken_template_leads_to_the_folder_it_lies_in_and_not_to_the_rules(office: Office) -> None:
    place = Path(office.folder) / "模板"
    place.mkdir()
    (place / BULLETIN_TEMPLATE).write_bytes(b"not a document")
    office.will(trouble="打开模板所在的文件夹")
    office.flows.generate()
    office.settle()
    ((told, offers),) = office.answers.told("trouble")
    assert told.stop is Stop.SETTINGS_UNUSABLE and "打开口径文件" not in offers
    assert office.answers.opened == [str(place)]


def test_the_button_writes_the_papers_and_shows_them(office: Office) -> None:
    office.flows.generate()
    assert office.visit.writing and not office.visit.may("seat")
    office.settle()
    assert office.sets == ["2016-05-20 第1期"] and not office.visit.writing
    assert "已写出第1期（截至2016-05-20），在“成果 / 2016-05-20 第1期”里。" in office.said
    office.flows.open_bulletin()
    office.flows.open_summary()
    assert [Path(one).name for one in office.answers.opened] == ["督查专报第1期.docx", "整改汇总表.xlsx"]


def test_what_a_run_found_about_its_papers_stays_on_the_screen(office: Office) -> None:
    office.flows.generate()
    office.settle()
    assert "P01" in {one.code for one in office.screen.findings}
    assert len(office.screens) == 3  # opening, the first look, the run: the look after the run told nothing else


def test_papers_worked_on_are_left_and_the_new_ones_beside_them_are_told_on_top(office: Office) -> None:
    office.flows.generate()
    office.settle()
    with Path(office.screen.papers[-1].papers[0]).open("ab") as paper:
        paper.write(b"x")
    office.flows.generate()
    office.settle()
    notice = next(one for one in reversed(office.notices) if one)
    assert "2016-05-20 第1期 (2)" in notice.text and [one.word for one in notice.offers] == ["就用旁边这份"]
    assert office.sets[-1] == "2016-05-20 第1期 (2)"


def test_papers_open_elsewhere_offer_to_try_again(office: Office) -> None:
    office.flows.generate()
    office.settle()
    paper = Path(office.screen.papers[-1].papers[0])
    mark = paper.with_name(f"~${paper.name[2:]}")
    mark.write_bytes(b"")
    office.flows.generate()
    office.settle()
    notice = next(one for one in reversed(office.notices) if one)
    assert [one.word for one in notice.offers] == ["关闭以后重试", "就用旁边这份"]
    mark.unlink()
    notice.offers[0].act()
    office.settle()
    assert office.sets[-1] == "2016-05-20 第1期"


def test_papers_that_cannot_be_written_offer_to_try_again(office: Office) -> None:
    office.clerk.troubles["generate"] = Trouble(Stop.CANNOT_WRITE, "无法写入")
    office.will(trouble=lambda trouble, offers: offers[0])
    office.flows.generate()
    office.settle()
    assert office.answers.told("trouble")[0][1] == ("重试",)
    assert office.sets == ["2016-05-20 第1期"]


def test_publishing_records_what_was_confirmed_and_the_next_number_follows(office: Office) -> None:
    office.visit.set_number(7)
    published(office)
    (bulletin,) = read_past(Path(office.folder)).in_force
    assert (bulletin.number, bulletin.as_of) == (7, CLOCK.date())
    assert "第7期（截至2016-05-20）已定稿，记入“台账.db”。" in office.said
    assert office.screen.next_number == 8 and office.visit.number is None
    assert office.screen.papers[-1].published


def test_giving_up_the_confirmation_records_nothing(office: Office) -> None:
    office.flows.generate()
    office.settle().will(publish=None)
    office.flows.publish()
    office.settle()
    assert not read_past(Path(office.folder)).published


def test_publishing_again_asks_for_a_reason_and_becomes_a_correction(office: Office) -> None:
    published(office).visit.set_number(1)
    office.flows.generate()
    office.settle().will(publish=[Confirmed(), Confirmed(correct="期首语改正")])
    office.flows.publish()
    office.settle()
    told = [given[2] for given in office.answers.told("publish")]
    assert told[1] is None and "已经定稿" in told[2].message
    assert [one.why for one in read_past(Path(office.folder)).published] == ["", "期首语改正"]
    assert any("更正后再次定稿" in one for one in office.said)


def test_papers_whose_inputs_changed_are_not_published_and_the_reason_is_shown(office: Office) -> None:
    office.flows.generate()
    office.settle()
    write_folder(Path(office.folder), {"报送/区审计局.xlsx": AUDIT})
    office.will(publish=[Confirmed()], trouble=[""])
    office.flows.publish()
    office.settle()
    ((trouble, offered),) = office.answers.told("trouble")
    assert "区审计局.xlsx" in trouble.message and offered == ("重新生成专报",)
    assert not read_past(Path(office.folder)).published


# ---------------------------------------------------------------- 办理 ----


def test_an_act_is_recorded_and_counts_at_once_with_the_item_still_chosen(office: Office) -> None:
    office.visit.choose("1-1")
    office.visit.aim("1-1")
    office.will(decide=lambda act, screen, target, today, *_: Decided(target, today, date(2016, 6, 30), "", "已批"))
    office.settle().flows.decide(Act.EXTEND)
    office.settle()
    assert office.standing("1-1") is Standing.ON_TRACK
    assert office.visit.item == "1-1" and office.dossiers[-1].standing is Standing.ON_TRACK
    assert any(one.startswith("已记入台账第1条：1-1 批准延期") for one in office.said)


def test_what_makes_no_sense_is_asked_about_and_recorded_all_the_same_where_wanted(office: Office) -> None:
    note = Decided("1-2", CLOCK.date(), None, "", "")
    office.will(decide=note, unclear="anyway")
    office.flows.decide(Act.CLOSE, "1-2")
    office.settle()
    assert "没有报完成" in office.answers.told("unclear")[0][0]
    assert office.standing("1-2") is Standing.CLOSED


def test_what_makes_no_sense_is_left_where_the_person_thinks_better_of_it(office: Office) -> None:
    office.will(decide=Decided("1-2", CLOCK.date(), None, "", ""), unclear="")
    office.flows.decide(Act.CLOSE, "1-2")
    office.settle()
    assert not office.screen.decisions


def test_a_refused_form_comes_back_with_what_was_written_in_it(office: Office) -> None:
    office.will(decide=[Decided("1-1", CLOCK.date(), None, "区委督查室", " "), None])
    office.flows.decide(Act.REOPEN, "1-1")
    office.settle()
    *_, message, before = office.answers.told("decide")[1]
    assert "要写原因" in message and before.by == "区委督查室"


def test_a_record_is_taken_back_with_a_reason_and_stays_in_the_ledger(office: Office) -> None:
    office.will(decide=Decided("区财政局", CLOCK.date(), None, "", "办公室接的电话"), undo="记错了单位")
    office.flows.decide(Act.CALL, "区财政局")
    office.settle().flows.undo_last()
    office.settle()
    assert "已撤回第1条（记为第2条）；第1条仍留着，不再起作用。" in office.said
    assert [one.serial for one in office.screen.decisions if one.serial] == [2, 1]
    office.flows.undo_last()
    assert office.said[-1] == "没有可以撤回的办理记录。"


# ---------------------------------------------------------------- 收件、其他 ----


def test_workbooks_that_are_dropped_are_copied_and_read(office: Office, tmp_path: Path) -> None:
    write_folder(tmp_path, {"来件/区审计局.xlsx": AUDIT})
    office.flows.drop((str(tmp_path / "来件" / "区审计局.xlsx"),))
    office.settle()
    assert (tmp_path / "来件" / "区审计局.xlsx").exists()
    assert office.standing("2-1") is Standing.FINISHED
    assert "已复制1件到“报送”。" in office.said
    assert office.happened == ["已复制1件到“报送”。刚刚更新：新收到1件。"]


def test_a_lock_file_among_what_is_dropped_is_no_matter_for_a_notice(office: Office, tmp_path: Path) -> None:
    write_folder(tmp_path, {"来件/区审计局.xlsx": AUDIT})
    (tmp_path / "来件" / "~$区审计局.xlsx").write_bytes(b"x")
    office.flows.drop(tuple(str(one) for one in sorted((tmp_path / "来件").iterdir())))
    office.settle()
    assert "已复制1件到“报送”，锁文件、系统文件1件没有放。" in office.said
    assert not any(office.notices)


def test_a_name_that_is_there_with_other_content_is_asked_about(office: Office, tmp_path: Path) -> None:
    write_folder(tmp_path, {"来件/区财政局.xlsx": FINANCE.replace("8日", "18日").replace("已清理3处", "已清理9处")})
    before = (Path(office.folder) / "报送/区财政局.xlsx").read_bytes()
    dropped = (str(tmp_path / "来件" / "区财政局.xlsx"),)
    office.will(clash=["", "keep_both"])
    office.flows.drop(dropped)
    office.settle()
    assert office.said[-1] == "没有复制。"
    office.flows.drop(dropped)
    office.settle()
    assert (Path(office.folder) / "报送/区财政局.xlsx").read_bytes() == before
    assert next(one.progress for one in office.screen.items if one.no == "1-2") == "已清理9处"


def test_a_work_folder_that_is_dropped_is_opened_not_copied(office: Office, tmp_path: Path) -> None:
    other = make_folder(tmp_path / "另一个")
    office.will(open_dropped=[False, True])
    office.flows.drop((other,))
    assert office.visit.folder == office.folder and "take_in" not in {act for act, _ in office.clerk.asked}
    office.flows.drop((other,))
    assert office.settle().screen.folder == other


def test_a_breakdown_dropped_on_the_start_page_begins_a_new_folder(tmp_path: Path, qapp: QApplication) -> None:
    make_folder(tmp_path / "下发")
    breakdown = str(tmp_path / "下发" / "责任分解表.xlsx")
    office = Office("", new_folder=lambda given: NewFolder(str(tmp_path / "新的"), given))
    office.flows.drop((breakdown,))
    office.settle()
    assert office.visit.folder == str(tmp_path / "新的") and len(office.screen.items) == 3
    assert (tmp_path / "新的" / "报送").is_dir() and Path(breakdown).exists()
    office.visit.leave()


def test_the_sample_is_copied_and_looked_at_as_of_its_own_day(tmp_path: Path, qapp: QApplication) -> None:
    office = Office("", sample_place=str(tmp_path))
    office.flows.try_sample()
    office.settle()
    assert (office.screen.as_of, office.screen.number) == (date(2016, 5, 20), 8)
    assert office.screen.counts["items"] == 34 and office.visit.sample
    home = office.visit.folder
    shutil.copyfile(Path(home) / "责任分解表（征求意见稿）.xlsx", Path(home) / "责任分解表.xlsx")
    office.visit.open(home)
    assert not office.visit.sample and office.visit.as_of == office.clock().date(), "with a breakdown of its own"
    office.visit.leave()


def test_a_history_that_cannot_be_read_offers_to_restore_it(office: Office) -> None:
    published(office)
    (Path(office.folder) / "台账.db").write_bytes(b"broken")
    office.visit.look()
    office.settle().will(restore=True)
    notice = office.notices[-1]
    assert notice and notice.offers[0].word == "从备份恢复台账"
    notice.offers[0].act()
    office.settle()
    assert office.notices[-1] is None and office.screen.since
    assert any("有定稿1次" in one for one in office.said)


def test_settings_are_saved_and_count_at_once(office: Office) -> None:
    told: list[str] = []

    def change(settings: Any, why_not: str, save: Any, _: Any) -> None:
        assert not why_not and "deadline.due_soon_days" in {one.key for one in settings}
        save({"deadline.due_soon_days": "x"}, lambda: told.append("saved"), told.append)
        office.clerk.work()
        save({"deadline.due_soon_days": "40"}, lambda: told.append("saved"), told.append)

    office.will(settings=change)
    office.flows.settings()
    office.settle()
    assert len(told) == 2 and told[1] == "saved" and "40" in (Path(office.folder) / "口径.toml").read_text("utf-8")
    assert office.standing("1-2") is Standing.DUE_SOON


def test_settings_are_not_saved_while_something_else_is_written(office: Office) -> None:
    told: list[str] = []
    office.will(settings=lambda _, __, save, ___: save({"deadline.due_soon_days": "40"}, lambda: None, told.append))
    office.flows.settings()
    office.flows.generate()
    office.settle()
    assert told == ["正在生成第1期，请等它做完再保存。"]


def test_a_source_opens_its_file_and_says_where_to_look(office: Office) -> None:
    office.flows.open_file("报送/区财政局.xlsx", "Sheet1!C3")
    assert office.answers.opened == [str(Path(office.folder) / "报送/区财政局.xlsx")]
    assert office.said[-1] == "已打开“报送/区财政局.xlsx”，请看 Sheet1!C3。"


def test_templates_register_and_reprint_tell_where_they_lie(office: Office) -> None:
    published(office)
    office.flows.templates()
    office.settle().flows.register()
    office.settle().flows.reprint(1, 2016)
    office.settle()
    lying = [one.text for one in office.notices if one and one.text.startswith("已写出")]
    assert [Path(one).name for one in lying] == ["模板", "办理登记.xlsx", "2016-05-20 第1期"]


def test_only_one_thing_is_written_at_a_time(office: Office) -> None:
    office.flows.generate()
    office.flows.templates()
    office.settle()
    assert "templates" not in {act for act, _ in office.clerk.asked}


def test_leaving_while_something_is_written_asks_and_stops_it_where_wanted(office: Office) -> None:
    office.flows.generate()
    office.will(stop_work=[False, True])
    assert not office.visit.may_leave() and office.clerk.waiting
    assert office.visit.may_leave()
    assert any(one.startswith("已停下") for one in office.said)
    assert not list((Path(office.folder) / "成果").glob("2016*"))


# ---------------------------------------------------------------- 中间变了的 ----


def test_an_act_meant_for_one_folder_never_goes_into_another_that_was_made_meanwhile(
    office: Office, tmp_path: Path
) -> None:
    """The answer to 新建 comes while the form is open, as it does behind a long look."""
    made = NewFolder(str(tmp_path / "新的"), str(Path(office.folder) / "责任分解表.xlsx"))

    def slow(*_: object) -> Decided:
        office.answers.asking = True
        office.clerk.work()
        office.answers.asking = False
        return Decided("1-1", CLOCK.date(), None, "", "接电话的是办公室")

    office.will(new_folder=made, decide=slow)
    office.flows.new_folder()
    office.flows.decide(Act.CALL, "1-1")
    office.settle()
    assert [one.decision.no for one in read_past(Path(office.folder)).records if one.decision] == ["1-1"]
    assert office.visit.folder == made.place and not read_past(Path(made.place)).records


def test_what_was_to_be_recorded_is_recorded_before_a_folder_made_meanwhile_is_opened(
    office: Office, tmp_path: Path
) -> None:
    made = NewFolder(str(tmp_path / "新的"), "")
    office.will(new_folder=made, decide=Decided("1-1", CLOCK.date(), None, "", "接电话的是办公室"))
    office.flows.new_folder()
    office.flows.decide(Act.CALL, "1-1")
    office.settle()
    assert "已建好。先把责任分解表拖进来，再把各单位报来的文件拖到这个窗口，就会放进“报送”。" in office.said
    assert len(read_past(Path(office.folder)).records) == 1 and office.visit.folder == made.place


def test_a_set_that_nobody_looked_at_is_not_published(office: Office) -> None:
    office.flows.generate()
    office.settle()

    def slow(_: Screen, last: PaperSet, *__: object) -> Confirmed:
        assert last.name == "2016-05-20 第1期"
        run(Job(office.folder, date(2016, 5, 19), CLOCK.replace(minute=1), 1))  # the command line, the same number
        return Confirmed()

    office.will(publish=slow, trouble="")
    office.flows.publish()
    office.settle()
    assert "不是同一套" in office.answers.told("trouble")[0][0].message
    assert not read_past(Path(office.folder)).published


def test_while_something_is_written_nothing_else_is_asked_and_the_person_is_told(
    office: Office, tmp_path: Path
) -> None:
    office.flows.generate()
    office.settle()
    office.flows.generate()
    before = len(office.said)
    office.flows.publish()
    office.flows.print_out()
    office.flows.decide(Act.CALL, "1-1")
    office.flows.drop((str(tmp_path / "区审计局.xlsx"),))
    assert office.said[before:] == ["正在生成第1期，请等它做完再做这一件。"] * 4


def test_the_day_in_the_head_is_the_day_that_is_used_also_in_the_moment_after_midnight(office: Office) -> None:
    office.clock.now = datetime(2016, 5, 21, 0, 1)
    assert office.visit.as_of == CLOCK.date() == office.visit.job().as_of
    office.visit.watch.beat()
    assert office.settle().screen.as_of == office.visit.as_of == date(2016, 5, 21)


def test_a_window_that_only_looks_follows_the_day_too(tmp_path: Path, qapp: QApplication) -> None:
    folder = make_folder(tmp_path / "整改")
    other = take_seat(folder, "甲机")
    office = Office(folder).open()
    office.clock.now = datetime(2016, 5, 21, 0, 1)
    office.visit.watch.beat()
    assert office.settle().screen.as_of == date(2016, 5, 21)
    office.visit.leave()
    other.leave()


def test_a_rule_that_changes_only_the_mark_or_the_order_of_leaders_is_shown_too(office: Office) -> None:
    (Path(office.folder) / "口径.toml").write_text('[office]\nmark = "示例·虚构"\n', encoding="utf-8")
    office.visit.look()
    assert office.settle().screen.mark == "示例·虚构"


def test_a_program_that_somebody_sent_is_not_started(office: Office) -> None:
    office.flows.open_file("报送/整改表.BAT")
    assert not office.answers.opened and "没有打开" in office.said[-1]


def test_the_breakdown_dropped_onto_a_folder_without_one_becomes_it_and_never_a_units_file(
    tmp_path: Path, qapp: QApplication
) -> None:
    write_folder(tmp_path, {"来件/责任分解表.xlsx": BREAKDOWN, "来件/财政局.xlsx": FINANCE})
    dropped = tuple(str(one) for one in sorted((tmp_path / "来件").iterdir()))
    (tmp_path / "整改" / "报送").mkdir(parents=True)
    office = Office(str(tmp_path / "整改"), breakdown=[False, True]).open()
    office.flows.drop(dropped[-1:])
    office.settle()
    assert "最外层" in (office.notices[-2] or Notice("")).text + (office.notices[-1] or Notice("")).text
    office.flows.drop(dropped)
    assert office.settle().standing("1-1") is Standing.OVERDUE
    assert {one.name for one in (tmp_path / "整改" / "报送").iterdir()} == {"财政局.xlsx"}
    office.visit.leave()


def test_the_breakdown_among_what_is_dropped_on_the_start_page_is_proposed_for_the_new_folder(
    tmp_path: Path, qapp: QApplication
) -> None:
    write_folder(tmp_path, {"来件/责任分解表.xlsx": BREAKDOWN, "来件/财政局.xlsx": FINANCE})
    office = Office("", new_folder=None)
    office.flows.drop(tuple(str(one) for one in (tmp_path / "来件").iterdir()))
    assert office.answers.told("new_folder") == [(str(tmp_path / "来件" / "责任分解表.xlsx"),)]
