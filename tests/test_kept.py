"""已读 — what was read stays read: only what has changed is opened again, and the answer is that of a fresh start."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from rectify_tool.intake import Kept, list_files, receive
from rectify_tool.intake import kept as kept_room
from rectify_tool.intake.private import Stamp
from rectify_tool.model import Act, FileOutcome, Grid, Job, Note, Received, Submission
from rectify_tool.story.examine import examine, what_to_keep
from rectify_tool.story.record import record
from rectify_tool.story.run import run
from rectify_tool.tables import read_tables, reads_alike
from tests import forge
from tests.sheets import settings, sheet, write_folder
from tests.test_ledger_story import AUDIT, AUDITED, BREAKDOWN, CLOCK, EIGHTH, FINANCE, SENT, SEVENTH

OTHER = "报送/另一份.xlsx"


@pytest.fixture(autouse=True)
def _read_in_forked_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forked reader starts in a tenth of the time of a fresh one."""
    if sys.platform != "win32":
        fork = multiprocessing.get_context("fork")
        monkeypatch.setattr(multiprocessing, "get_context", lambda _: fork)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(tmp_path, {"责任分解表.xlsx": BREAKDOWN, AUDITED: AUDIT})
    write(tmp_path, "初稿正在征求意见")
    return tmp_path


def write(folder: Path, first: str, file: str = SENT) -> None:
    write_folder(folder, {file: FINANCE.format(day="2016年5月8日", first=first, second="已清理3处")})


class Reader:
    """Looks at a folder again and again, and knows which files were opened for it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.kept, self.opened = folder, Kept(), list[str]()

    def look(self, now: datetime | None = None) -> list[Received]:
        self.opened = []
        files, _ = list_files(self.folder)
        note = self.opened.append
        return receive(files, understand, None, kept=self.kept, progress=lambda *at: note(at[2]), now=now)


def understand(file: str, grids: tuple[Grid, ...], _: object) -> Submission:
    if "出错" in file:
        raise RuntimeError("a bug on purpose")
    if "猝死" in file:
        os._exit(1)
    return Submission(file, (), (), ())


# ---------------------------------------------------------------- 一份文件 ----


def test_a_file_that_has_not_changed_is_not_opened_again(folder: Path) -> None:
    reader = Reader(folder)
    first = reader.look()
    assert reader.opened == [one.file for one in first]
    assert reader.look() == first and reader.opened == []


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: write(folder, "已全部完成"),
        lambda folder: os.utime(folder / SENT, (1, 1)),
        lambda folder: shutil.copy(folder / AUDITED, folder / SENT),
    ],
    ids=["written", "touched", "replaced"],
)
def test_a_file_that_has_changed_is_opened_again_and_no_other(folder: Path, change: Callable[[Path], None]) -> None:
    reader = Reader(folder)
    reader.look()
    change(folder)
    after = reader.look()
    assert reader.opened == [SENT] and after == Reader(folder).look()


def test_a_file_put_in_the_place_of_one_of_the_same_size_and_time_is_opened(folder: Path) -> None:
    reader, sent = Reader(folder), folder / SENT
    reader.look()
    as_it_was = sent.stat()
    twin = folder / "同样大.xlsx"
    twin.write_bytes(sent.read_bytes()[:-1] + b"\1")
    os.utime(twin, ns=(as_it_was.st_atime_ns, as_it_was.st_mtime_ns))
    twin.replace(sent)
    now = sent.stat()
    assert (now.st_size, now.st_mtime_ns) == (as_it_was.st_size, as_it_was.st_mtime_ns)
    reader.look()
    assert reader.opened == [SENT]


def test_a_file_changed_within_one_tick_of_the_clock_is_known_by_its_digest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_room, "stamp_of", lambda _: STAMP)
    reader, sent = Reader(folder), folder / SENT
    files, _ = list_files(folder)
    for item, one in zip(files, reader.look(), strict=True):
        reader.kept.keep(item, one, STAMP)
    assert reader.look() and reader.opened == []
    sent.write_bytes(sent.read_bytes() + b" ")
    reader.look()
    assert reader.opened == [SENT]


STAMP = Stamp(1, 1, 1, 1)


def test_the_digest_is_taken_anew_only_until_the_clock_has_ticked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_room, "COARSEST_CLOCK", 0.0)
    reader = Reader(folder)
    first = reader.look()
    assert reader.look() == first
    monkeypatch.setattr(kept_room, "digest_of", lambda path: pytest.fail(f"{path} was opened"))
    assert reader.look() == first


def test_what_is_gone_is_forgotten_and_a_new_name_is_read(folder: Path) -> None:
    reader = Reader(folder)
    reader.look()
    away = (folder / SENT).rename(folder / OTHER)
    assert OTHER in {one.file for one in reader.look()} and reader.opened == [OTHER]
    away.rename(folder / SENT)
    reader.look()
    assert reader.opened == [SENT]


def test_a_name_that_is_shown_otherwise_is_read_again(tmp_path: Path) -> None:
    for name in ("é.xlsx", "e\u0301.xlsx"):
        (tmp_path / name).write_bytes(forge.xlsx())
    reader = Reader(tmp_path)
    assert [one.file for one in reader.look()] == [
        "é.xlsx",
        "é.xlsx〔同名2〕",
    ]
    (tmp_path / "e\u0301.xlsx").unlink()
    (one,) = reader.look()
    assert one.file == "é.xlsx"


@pytest.mark.parametrize(("name", "code"), [("出错.xlsx", "F06"), ("猝死.xlsx", "F06")])
def test_how_a_reader_ended_is_never_kept(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / name).write_bytes(forge.xlsx())
    reader = Reader(tmp_path)
    for _ in range(2):
        (one,) = reader.look()
        assert reader.opened == [name] and [finding.code for finding in one.findings] == [code]


def test_a_file_that_would_not_open_is_tried_again_and_told_when_it_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(forge.xlsx())
    files, _ = list_files(tmp_path)
    away = path.rename(tmp_path / "移走.xlsx")
    kept = Kept()
    (one,) = receive(files, understand, None, kept=kept)
    assert [finding.code for finding in one.findings] == ["F09"] and not kept.ripe
    away.rename(path)
    assert kept.ripe
    (one,) = receive(files, understand, None, kept=kept)
    assert one.outcome is FileOutcome.READ and not kept.ripe


def test_a_file_cut_short_is_read_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(forge.xlsx()[:3000])
    reader = Reader(tmp_path)
    for opened in (["表.xlsx"], []):
        (one,) = reader.look()
        assert one.outcome is FileOutcome.REFUSED and reader.opened == opened
    path.write_bytes(forge.xlsx())
    (one,) = reader.look()
    assert one.outcome is FileOutcome.READ


def test_a_file_cut_short_a_moment_ago_is_still_being_copied_until_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(forge.xlsx()[:3000])
    reader, written = Reader(tmp_path), datetime.fromtimestamp(path.stat().st_mtime)
    (one,) = reader.look(written)
    assert one.outcome is FileOutcome.STILL_COPYING and [finding.code for finding in one.findings] == ["F08"]
    assert reader.kept.ripe  # whoever watches is told to look again
    (one,) = reader.look(written + timedelta(minutes=1))
    assert one.outcome is FileOutcome.REFUSED and [finding.code for finding in one.findings] == ["F02"]
    assert reader.opened == ["表.xlsx"] and not reader.kept.ripe


def test_a_file_cut_short_that_has_grown_since_the_last_look_is_still_being_copied(tmp_path: Path) -> None:
    path, whole = tmp_path / "表.xlsx", forge.xlsx()  # written once: the time inside changes how well it packs
    reader, outcomes = Reader(tmp_path), []
    for size in (1000, 2000, 2000, len(whole)):
        if not path.exists() or path.stat().st_size != size:
            path.write_bytes(whole[:size])
        outcomes += [one.outcome for one in reader.look()]
    assert outcomes == [
        FileOutcome.REFUSED,
        FileOutcome.STILL_COPYING,
        FileOutcome.REFUSED,
        FileOutcome.READ,
    ]


def test_broken_off_it_has_kept_what_was_read(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.xlsx").write_bytes(forge.xlsx())
    files, _ = list_files(tmp_path)
    kept, opened = Kept(), list[str]()

    def stop(done: int, total: int, name: str) -> None:
        opened.append(name)
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        receive(files, understand, None, kept=kept, progress=stop, jobs=1)
    receive(files, understand, None, kept=kept, progress=lambda *at: opened.append(at[2]))
    assert sorted(opened) == [item.file for item in files]


# ---------------------------------------------------------------- 口径、基准日 ----

MONTHLY = """
编号 | 整改措施 | 4月进展 | 5月进展
1-1 | 修订差旅费管理办法 | 已起草 | 已印发
"""
PLAIN = """
编号 | 整改措施 | 进展情况
1-1 | 修订差旅费管理办法 | 已起草
"""
APRIL, MAY = settings(date(2016, 4, 20)), settings(date(2016, 5, 20))


def test_only_a_table_with_columns_by_period_hangs_on_the_day() -> None:
    monthly, plain = (read_tables("表.xlsx", (sheet(text),), APRIL) for text in (MONTHLY, PLAIN))
    assert reads_alike(plain, APRIL, MAY) and plain == read_tables("表.xlsx", (sheet(PLAIN),), MAY)
    assert not reads_alike(monthly, APRIL, MAY) and monthly != read_tables("表.xlsx", (sheet(MONTHLY),), MAY)
    assert reads_alike(monthly, APRIL, APRIL)


def test_another_way_of_writing_headings_reads_every_table_anew() -> None:
    plain = read_tables("表.xlsx", (sheet(PLAIN),), MAY)
    other = replace(MAY, aliases=type(MAY.aliases)({}, ()))
    assert not reads_alike(plain, MAY, other) and reads_alike(None, MAY, other)


# ---------------------------------------------------------------- 整个文件夹 ----


def test_whatever_becomes_of_the_folder_the_outcome_is_that_of_a_fresh_start(folder: Path) -> None:
    kept = what_to_keep()
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: write_folder(folder, {"报送/按月.xlsx": MONTHLY}),
        lambda: write(folder, "4月28日印发，已全部完成"),
        lambda: (folder / AUDITED).rename(folder / OTHER),
        lambda: (folder / "报送/~$另一份.xlsx").write_bytes(b"x"),
        lambda: (folder / "口径.toml").write_text("[deadline]\ndue_soon_days = 30\n", encoding="utf-8"),
        lambda: (folder / "口径.toml").write_text('[headings]\nprogress = ["工作情况"]\n', encoding="utf-8"),
        lambda: record_call(folder),
        lambda: (folder / OTHER).write_bytes(b"PK\3\4" + b"\0" * 3000),
        lambda: (folder / SENT).unlink(),
    ]
    for step in steps:
        step()
        for day in (SEVENTH, EIGHTH, date(2016, 4, 20)):
            job = Job(str(folder), day, CLOCK, 9, jobs=1)
            assert examine(job, kept=kept) == examine(job)


def record_call(folder: Path) -> None:
    record(Note(str(folder), Act.CALL, "1-1", SEVENTH, CLOCK, jobs=1), kept=what_to_keep())


def test_papers_made_of_what_was_kept_are_those_of_a_fresh_start(folder: Path) -> None:
    kept = what_to_keep()
    job = Job(str(folder), EIGHTH, CLOCK, 8, jobs=1)
    examine(job, kept=kept)
    first = run(job, kept=kept)
    papers = {name: parts(Path(path)) for name, path in first.outputs.items()}
    shutil.rmtree(folder / "成果")
    again = run(job)
    assert first == again and papers == {name: parts(Path(path)) for name, path in again.outputs.items()}


def parts(paper: Path) -> dict[str, bytes]:
    """A paper part by part: the zip around them tells when it was packed."""
    with ZipFile(paper) as package:
        return {name: package.read(name) for name in package.namelist()}
