"""History as a file: what becomes of it when it is hostile, old, busy, full, read-only or broken off."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from rectify_tool.errors import RectifyError, Stop, Way
from rectify_tool.history import BACKUP, DATABASE, add_record, papers_of, publish, read_past, restore, schema, store
from rectify_tool.history.trouble import Trouble, Unusable
from rectify_tool.model import Past
from tests.forge_history import AT, CALL, HOSTILE, PAPERS, bulletin, item, opened

RESTORED_AT = datetime(2016, 5, 20, 8, 5, 9)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A work folder with one bulletin and one record."""
    publish(tmp_path, bulletin(), PAPERS)
    add_record(tmp_path, AT, CALL)
    return tmp_path


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def stopped(folder: Path) -> RectifyError:
    with pytest.raises(RectifyError) as caught:
        read_past(folder)
    return caught.value


# ---------------------------------------------------------------- 平常 ----


def test_where_there_never_was_a_ledger_the_past_is_empty_and_nothing_is_made(tmp_path: Path) -> None:
    assert read_past(tmp_path) == Past()
    assert papers_of(tmp_path, 1) == {}
    assert names(tmp_path) == set()


def test_a_publishing_comes_back_with_its_papers_to_the_byte(folder: Path) -> None:
    assert read_past(folder).published == (bulletin(serial=1),)
    assert papers_of(folder, 1) == PAPERS
    assert papers_of(folder, 2) == {}


def test_a_record_is_its_own_source(folder: Path) -> None:
    noted = read_past(folder).records[0].decision
    assert noted and str(noted.source) == "台账.db › 第1条"
    assert replace(noted, source=CALL.source) == CALL


def test_a_second_publishing_of_a_number_needs_a_reason_and_keeps_the_first(folder: Path) -> None:
    with pytest.raises(RectifyError, match="第1期已经定稿") as caught:
        publish(folder, bulletin(), PAPERS)
    assert caught.value.stop is Stop.OUT_OF_ORDER
    corrected = publish(folder, bulletin(why="更正4-2的时限", items=(item("4-3"),)), {**PAPERS})
    assert read_past(folder).published == (bulletin(serial=1), corrected)
    assert read_past(folder).in_force == (corrected,)


def test_a_paper_that_is_not_what_its_digest_says_is_not_published(folder: Path) -> None:
    with pytest.raises(RectifyError, match=r"督查专报第1期.pdf.*不一致") as caught:
        publish(folder, bulletin(2), {**PAPERS, "督查专报第1期.pdf": b"%PDF other"})
    assert caught.value.stop is Stop.CANNOT_PUBLISH
    assert len(read_past(folder).published) == 1


def test_only_what_is_noted_can_be_taken_back(folder: Path) -> None:
    with pytest.raises(RectifyError, match="没有第7条办理记录") as caught:
        add_record(folder, AT, None, 7, "记错了")
    assert caught.value.stop is Stop.DECISION_UNCLEAR
    with pytest.raises(ValueError, match="a record is"):
        add_record(folder, AT, CALL, 1)


@pytest.mark.parametrize("table", schema.RECORDED)
@pytest.mark.parametrize("deed", ["UPDATE {0} SET rowid = rowid", "DELETE FROM {0}"])
def test_no_program_can_change_or_delete_what_is_recorded(folder: Path, table: str, deed: str) -> None:
    add_record(folder, AT, None, 1, "记错了")
    with opened(folder / DATABASE) as db, pytest.raises(sqlite3.IntegrityError, match="只增不改"):
        db.execute(deed.format(table))


def test_every_text_of_the_ledger_can_be_read_in_a_browser_of_databases(folder: Path) -> None:
    with opened(folder / DATABASE) as db:
        row = db.execute("SELECT no, lead, units, standing, due, days_left FROM entry").fetchone()
        kinds = {kind for (kind,) in db.execute("SELECT DISTINCT typeof(progress) FROM reply")}
    assert row == ("4-2", "区财政局", '["区财政局", "区审计局"]', "overdue", "2016-02-29", -10)
    assert kinds == {"text"}


# ---------------------------------------------------------------- 坏文件与恢复 ----


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_ledger_that_cannot_be_relied_on_is_refused_and_comes_back_from_its_backup(kind: str, folder: Path) -> None:
    before = read_past(folder)
    make, said = HOSTILE[kind]
    make(folder)
    error = stopped(folder)
    assert error.stop is Stop.HISTORY_UNUSABLE
    assert error.message.startswith(f"“{folder / DATABASE}”")
    with pytest.raises(Unusable, match=said):
        raise error
    assert "请用旁边的“台账.备份.db”恢复台账" in error.message and error.way is Way.RESTORE
    with pytest.raises(Unusable, match=said):
        add_record(folder, AT, CALL)
    restored = restore(folder, RESTORED_AT)
    assert restored.past == read_past(folder) == before
    assert restored.database == folder / DATABASE
    assert restored.kept == (None if kind == "gone" else folder / "台账.损坏-20160520-080509.db")
    assert names(folder) == {DATABASE, BACKUP} | ({restored.kept.name} if restored.kept else set())
    assert papers_of(folder, 1) == PAPERS
    assert add_record(folder, AT, CALL).serial == 2


def test_without_a_backup_the_message_asks_for_another_copy(folder: Path) -> None:
    (folder / BACKUP).unlink()
    (folder / DATABASE).write_bytes(b"")
    assert "旁边没有“台账.备份.db”" in stopped(folder).message
    with pytest.raises(Unusable, match="0字节"):
        restore(folder, RESTORED_AT)
    assert names(folder) == {DATABASE}


def test_a_backup_as_bad_as_the_ledger_is_not_put_in_its_place(folder: Path) -> None:
    for name in (DATABASE, BACKUP):
        (folder / name).write_bytes(b"SQLite format 3\0 and no more")
    with pytest.raises(RectifyError, match=r"它的备份.*也不能用") as caught:
        restore(folder, RESTORED_AT)
    assert caught.value.stop is Stop.HISTORY_UNUSABLE
    assert names(folder) == {DATABASE, BACKUP}


@pytest.mark.parametrize("there", [True, False])
def test_what_is_in_order_is_not_restored(folder: Path, there: bool) -> None:
    if not there:
        for name in (DATABASE, BACKUP):
            (folder / name).unlink()
    with pytest.raises(RectifyError, match="不用恢复") as caught:
        restore(folder, RESTORED_AT)
    assert caught.value.stop is Stop.WRONG_ARGUMENTS


def test_an_older_file_put_in_the_ledgers_place_is_noticed(folder: Path) -> None:
    older = (folder / DATABASE).read_bytes()
    publish(folder, bulletin(2), PAPERS)
    (folder / DATABASE).write_bytes(older)
    assert "备份里有2次定稿、1条办理记录，这里只有1次定稿、1条办理记录" in stopped(folder).message
    assert len(restore(folder, RESTORED_AT).past.published) == 2


def test_a_damaged_backup_is_no_witness_against_a_sound_ledger(folder: Path) -> None:
    (folder / BACKUP).write_bytes((folder / BACKUP).read_bytes()[:-4096])
    assert len(read_past(folder).published) == 1
    add_record(folder, AT, CALL)
    assert (folder / BACKUP).stat().st_size == (folder / DATABASE).stat().st_size


def test_two_damaged_files_of_one_second_are_both_kept(folder: Path) -> None:
    for wanted in ("台账.损坏-20160520-080509.db", "台账.损坏-20160520-080509 (2).db"):
        (folder / DATABASE).write_bytes(b"")
        kept = restore(folder, RESTORED_AT).kept
        assert kept and kept.name == wanted


def test_a_journal_of_the_damaged_file_never_meets_the_restored_one(folder: Path) -> None:
    before = read_past(folder)
    _killed_while_writing(folder)
    (folder / DATABASE).write_bytes(b"")
    restored = restore(folder, RESTORED_AT)
    assert restored.past == before == read_past(folder)
    assert restored.kept and names(folder) == {DATABASE, BACKUP, restored.kept.name, restored.kept.name + "-journal"}


# ---------------------------------------------------------------- 升级 ----


@pytest.fixture
def newer_program(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A program that has one migration more than this one."""

    def add_a_table(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE petition (no TEXT)")

    monkeypatch.setitem(schema.MIGRATIONS, "9999 petitions", add_a_table)
    yield
    schema._made_by.cache_clear()


def test_an_older_ledger_is_read_as_it_is_and_upgraded_by_the_next_write(
    folder: Path, request: pytest.FixtureRequest
) -> None:
    before, content = read_past(folder), (folder / DATABASE).read_bytes()
    request.getfixturevalue("newer_program")
    assert read_past(folder) == before
    assert papers_of(folder, 1) == PAPERS
    assert (folder / DATABASE).read_bytes() == content
    add_record(folder, AT, CALL)
    with opened(folder / DATABASE) as db:
        assert schema.applied(db) == tuple(schema.MIGRATIONS)
        assert db.execute("SELECT count(*) FROM migration").fetchone() == (2,)
        assert db.execute("SELECT * FROM petition").fetchall() == []
    assert len(read_past(folder).records) == 2


def test_an_upgrade_that_fails_leaves_the_older_ledger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails_halfway(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE petition (no TEXT)")
        raise sqlite3.OperationalError("no such thing")

    before, content = read_past(folder), (folder / DATABASE).read_bytes()
    with monkeypatch.context() as patched:
        patched.setitem(schema.MIGRATIONS, "9999 fails", fails_halfway)
        patched.setattr(store, "_up_to_date", lambda db, place: nullcontext(db))
        with pytest.raises(RectifyError):
            add_record(folder, AT, CALL)
    assert read_past(folder) == before
    assert (folder / DATABASE).read_bytes() == content


def test_a_ledger_of_a_newer_program_is_refused_and_left_alone(folder: Path, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("newer_program")
    add_record(folder, AT, CALL)
    content = (folder / DATABASE).read_bytes()
    del schema.MIGRATIONS["9999 petitions"]
    error = stopped(folder)
    assert isinstance(error, Unusable) and error.trouble is Trouble.NEWER
    assert "换用较新的版本" in error.message and "restore" not in error.message
    for refused in (lambda: add_record(folder, AT, CALL), lambda: restore(folder, RESTORED_AT)):
        with pytest.raises(Unusable, match="较新版本"):
            refused()
    assert (folder / DATABASE).read_bytes() == content
    schema.MIGRATIONS["9999 petitions"] = lambda db: None


# ---------------------------------------------------------------- 别人在用 ----


def test_a_ledger_somebody_is_writing_is_in_use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BUSY_SECONDS", 0.05)
    with opened(folder / DATABASE) as db:
        db.execute("BEGIN IMMEDIATE")
        assert len(read_past(folder).records) == 1
        with pytest.raises(RectifyError) as caught:
            add_record(folder, AT, CALL)
        assert caught.value.stop is Stop.FOLDER_IN_USE
        db.execute("ROLLBACK")
        db.execute("BEGIN EXCLUSIVE")
        assert stopped(folder).stop is Stop.FOLDER_IN_USE
    assert names(folder) == {DATABASE, BACKUP}


def test_nothing_done_while_writing_lets_the_lock_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BUSY_SECONDS", 0.05)
    code = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0.05).execute('BEGIN IMMEDIATE')"
    with store.writing(folder, AT):
        read_past(folder)
        other = subprocess.run([sys.executable, "-c", code, str(folder / DATABASE)], capture_output=True, text=True)
    assert "database is locked" in other.stderr


@pytest.mark.parametrize("begun", [True, False])
def test_many_who_write_at_once_all_write_and_none_is_lost(begun: bool, tmp_path: Path) -> None:
    if begun:
        add_record(tmp_path, AT, CALL)
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            add_record(tmp_path, AT, replace(CALL, why=str(number)))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    noted = {record.decision.why for record in read_past(tmp_path).records if record.decision}
    assert not failures
    assert noted >= {str(number) for number in range(8)}
    assert names(tmp_path) == {DATABASE, BACKUP}


# ---------------------------------------------------------------- 写不进 ----


def test_a_full_disk_leaves_the_old_state_and_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, files = read_past(folder), names(folder)
    pages = (folder / DATABASE).stat().st_size // 4096
    monkeypatch.setattr(store, "_PRAGMAS", (*store._PRAGMAS, f"max_page_count = {pages + 1}"))
    papers = {"整改汇总表.xlsx": bytes(400_000)}
    with pytest.raises(RectifyError, match=r"磁盘已满.*没有改动") as caught:
        publish(folder, bulletin(2, papers), papers)
    assert caught.value.stop is Stop.CANNOT_WRITE
    monkeypatch.undo()
    assert read_past(folder) == before
    assert names(folder) == files


def test_a_full_disk_at_the_first_write_leaves_no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(db: sqlite3.Connection, at: datetime) -> None:
        db.execute("PRAGMA max_page_count = 5")
        migrate(db, at)

    migrate = schema.migrate
    monkeypatch.setattr(schema, "migrate", full)
    with pytest.raises(RectifyError, match="磁盘已满"):
        add_record(tmp_path, AT, CALL)
    assert names(tmp_path) == set()


@pytest.mark.parametrize("step", ["fsync", "replace", "link", "unlink"])
def test_whatever_step_the_system_refuses_nothing_is_half_done(
    step: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = read_past(folder), getattr(os, step)
    for turn in range(1, 40):
        calls = iter(range(1, 1000))

        def refuse(*given: object, turn: int = turn, calls: Iterator[int] = calls, **more: object) -> object:
            if next(calls) == turn:
                raise OSError(28, "No space left on device")
            return real(*given, **more)

        with monkeypatch.context() as patched:
            patched.setattr(os, step, refuse)
            try:
                add_record(folder, AT, CALL)
            except RectifyError as error:
                assert error.stop is Stop.CANNOT_WRITE and "磁盘已满" in error.message
                written = "不要重做" in error.message
                assert written != ("再试一次" in error.message)
            else:
                written = True
        now = read_past(folder)
        assert len(now.records) == len(before.records) + written
        before = now
        if next(calls) <= turn:
            break
    add_record(folder, AT, CALL)
    assert names(folder) == {DATABASE, BACKUP}


def test_a_folder_that_may_only_be_read_is_read(folder: Path) -> None:
    told = _as_nobody(folder, "print(len(read_past(folder).records), len(papers_of(folder, 1)))")
    assert told == "1 2"
    told = _as_nobody(folder, "add_record(folder, AT, CALL)")
    assert told.startswith("cannot_write 无法写入") and ("只读" in told or "没有权限" in told)
    assert len(read_past(folder).records) == 1
    assert names(folder) == {DATABASE, BACKUP}


def test_a_ledger_nobody_may_open_is_not_taken_for_damaged(folder: Path) -> None:
    (folder / DATABASE).chmod(0o600)
    told = _as_nobody(folder, "read_past(folder)")
    assert told.startswith("history_unusable") and "打不开（没有权限" in told and "--restore" not in told
    told = _as_nobody(folder, "restore(folder, AT)")
    assert "打不开" in told


# ---------------------------------------------------------------- 写到一半 ----


def test_what_a_killed_write_left_is_rolled_back_by_the_next_reader(folder: Path) -> None:
    before = read_past(folder)
    _killed_while_writing(folder)
    assert (folder / "台账.db-journal").stat().st_size > 0
    assert read_past(folder) == before
    assert names(folder) == {DATABASE, BACKUP}


def test_a_killed_write_in_a_folder_that_may_only_be_read_is_told(folder: Path) -> None:
    _killed_while_writing(folder)
    told = _as_nobody(folder, "read_past(folder)")
    assert told.startswith("history_unusable") and "写到一半被打断" in told and "台账.db-journal" in told


def test_a_ledger_another_program_set_to_another_kind_of_journal_is_set_back(folder: Path) -> None:
    before = read_past(folder)
    with opened(folder / DATABASE) as db:
        assert db.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    assert read_past(folder) == before
    add_record(folder, AT, CALL)
    with opened(folder / DATABASE) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert names(folder) == {DATABASE, BACKUP}


def test_a_restore_broken_off_is_finished_by_the_next(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_past(folder)
    (folder / DATABASE).write_bytes(b"")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(store, "appear", _interrupted)
        restore(folder, RESTORED_AT)
    assert "不见了" in stopped(folder).message
    restored = restore(folder, RESTORED_AT)
    assert (restored.past, restored.kept) == (before, None)
    assert names(folder) == {DATABASE, BACKUP, "台账.损坏-20160520-080509.db"}


def test_a_journal_without_its_ledger_is_no_new_start(folder: Path) -> None:
    _killed_while_writing(folder)
    for name in (DATABASE, BACKUP):
        (folder / name).unlink()
    assert "不见了" in stopped(folder).message
    with pytest.raises(Unusable, match="不见了"):
        add_record(folder, AT, CALL)


def test_what_a_killed_first_write_left_is_taken_up_by_the_next(tmp_path: Path) -> None:
    fresh = tmp_path / f"{store._FRESH}{DATABASE}"
    fresh.touch()
    assert read_past(tmp_path) == Past()
    add_record(tmp_path, AT, CALL)
    assert names(tmp_path) == {DATABASE, BACKUP}


def test_a_disk_without_second_names_for_a_file_takes_a_rename(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    add_record(tmp_path, AT, CALL)
    assert len(read_past(tmp_path).records) == 1
    assert names(tmp_path) == {DATABASE, BACKUP}


# ---------------------------------------------------------------- 帮手 ----


def _interrupted(*_: object) -> bool:
    raise KeyboardInterrupt


def _killed_while_writing(folder: Path) -> None:
    """A write that had begun to change the pages of the ledger, and died."""
    code = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('PRAGMA cache_size = 1'); db.execute('BEGIN IMMEDIATE')\n"
        "db.executemany(\"INSERT INTO source VALUES (1, ?, 'x', 'y')\", ((place,) for place in range(10, 5000)))\n"
        "os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(folder / DATABASE)]).returncode == 9


def _as_nobody(folder: Path, code: str) -> str:
    """Run a line in a process that may read the folder and write nothing in it."""
    folder.chmod(0o555)
    for one in folder.iterdir():
        if one.name != DATABASE or one.stat().st_mode & 0o777 != 0o600:
            one.chmod(0o444)
    program = (
        "import os, sys; from pathlib import Path\n"
        "from rectify_tool.errors import RectifyError\n"
        "from rectify_tool.history import *\n"
        "from tests.forge_history import AT, CALL\n"
        f"folder = Path({str(folder)!r})\n"
        "if os.geteuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        f"try: {code}\n"
        "except RectifyError as error: print(error.stop.word, error.message)\n"
    )
    root = Path(__file__).parent.parent
    try:
        for parent in (folder, *folder.parents):
            if parent.stat().st_uid == os.geteuid() and parent not in (Path("/"), Path("/tmp")):
                parent.chmod(parent.stat().st_mode | 0o055)
        told = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
        return told.stdout.strip()
    finally:
        folder.chmod(0o755)
