"""场面 — what happens to a work folder while it is read; each is a context around the run."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from rectify_tool import office, outbox
from rectify_tool.history import DATABASE, add_record
from rectify_tool.model import Act, Decision, Grid, Job, Source, Submission, Wish
from rectify_tool.office import fonts
from rectify_tool.story import examine, printing
from rectify_tool.story.publish import publish
from rectify_tool.story.run import run
from rectify_tool.tables import read_tables

SENT = "报送/区财政局.xlsx"


def read_slowly(file: str, grids: tuple[Grid, ...], settings: Any) -> Submission:
    """慢读 — like the real reading, but 区财政局's file never ends; runs in the reading process."""
    if file == SENT:
        time.sleep(600)
    return read_tables(file, grids, settings)


@contextlib.contextmanager
def _too_slow(_: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    patch.setattr(examine, "receive", functools.partial(examine.receive, seconds=1.0))
    patch.setattr(examine, "understand", read_slowly)
    yield


@contextlib.contextmanager
def _still_copying(folder: Path, _: pytest.MonkeyPatch) -> Iterator[None]:
    """A large file whose time moves on and on, as while it is copied from a share."""
    path, done = folder / SENT, threading.Event()
    path.write_bytes(path.read_bytes() + bytes(30 << 20))

    def go_on() -> None:
        moment = time.time_ns()
        while not done.wait(0.0005):
            moment += 1_000_000
            os.utime(path, ns=(moment, moment))

    copier = threading.Thread(target=go_on)
    copier.start()
    try:
        yield
    finally:
        done.set()
        copier.join()


@contextlib.contextmanager
def _gone(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Taken away after the folder was listed, before the file is read."""
    receive = examine.receive

    def take_away_first(*files: Any, **options: Any) -> Any:
        (folder / SENT).unlink()
        return receive(*files, **options)

    patch.setattr(examine, "receive", take_away_first)
    yield


@contextlib.contextmanager
def _paper_open(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The papers of an earlier run are open in Word: Windows then refuses to move their folder."""
    place = _old_set(folder)
    outbox.write_manifest(place, {})
    replace = os.replace

    def refuse(old: Any, new: Any) -> None:
        if Path(old) == place:
            raise PermissionError(13, "in use")
        replace(old, new)

    patch.setattr(os, "replace", refuse)
    yield


@contextlib.contextmanager
def _paper_edited(folder: Path, _: pytest.MonkeyPatch) -> Iterator[None]:
    """The bulletin of an earlier run was worked on in Word since."""
    place = _old_set(folder)
    outbox.write_manifest(place, {})
    (place / "督查专报第1期.docx").write_bytes(b"edited")
    yield


@contextlib.contextmanager
def _no_office(_: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither WPS nor Word nor LibreOffice is installed."""
    patch.setattr(office, "find_wps_or_word", lambda: None)
    patch.setattr(office, "find_libreoffice", lambda: None)
    yield


@contextlib.contextmanager
def _no_fonts(_: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The PDF is made, but of the fonts of the bulletin only 仿宋 and 宋体 are installed."""
    patch.setattr(printing, "make_pdf", lambda paper, pdf: pdf.write_bytes(b"%PDF-1.4\n%%EOF\n"))
    patch.setattr(fonts, "_lacks", lambda names: [name for name in names if name not in ("仿宋_GB2312", "宋体")])
    yield


@contextlib.contextmanager
def _template_misnamed(folder: Path, _: pytest.MonkeyPatch) -> Iterator[None]:
    """The office has saved its template under another name."""
    (folder / "模板").mkdir()
    (folder / "模板" / "督查专报模板.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    yield


@contextlib.contextmanager
def _published(folder: Path, _: pytest.MonkeyPatch) -> Iterator[None]:
    """第7期 of 2016-05-10 is published, made from the folder as it was then: with what lies in 上期/ over it."""
    then, moment = folder.with_name(f"{folder.name}-then"), datetime(2016, 5, 10, 9)
    shutil.copytree(folder, then)
    if (then / "上期").exists():
        shutil.copytree(then / "上期", then, dirs_exist_ok=True)
        shutil.rmtree(then / "上期")
        shutil.rmtree(folder / "上期")
    run(Job(str(then), date(2016, 5, 10), moment, number=7, jobs=1))
    publish(Wish(str(then), moment, jobs=1))
    shutil.copy(then / DATABASE, folder)
    shutil.copytree(then / outbox.OUTBOX, folder / outbox.OUTBOX)
    yield


@contextlib.contextmanager
def _recorded(folder: Path, _: pytest.MonkeyPatch) -> Iterator[None]:
    """台账.db holds two acts, both of 2016-05-10: 3-9 was closed, and 1-1 extended to a day before its own."""
    moment, day = datetime(2016, 5, 10, 9), date(2016, 5, 10)
    for act, no, new_due in ((Act.CLOSE, "3-9", None), (Act.EXTEND, "1-1", date(2016, 4, 15))):
        add_record(folder, moment, Decision(act, no, day, new_due, "", Source(DATABASE)))
    yield


def _old_set(folder: Path) -> Path:
    place = folder / outbox.OUTBOX / "2016-05-20 第1期"
    place.mkdir(parents=True)
    (place / "督查专报第1期.docx").write_bytes(b"as written")
    return place


Stage = Callable[[Path, pytest.MonkeyPatch], contextlib.AbstractContextManager[None]]
STAGES: Mapping[str, Stage] = {
    "读不完": _too_slow,
    "还在复制": _still_copying,
    "读之前被拿走": _gone,
    "旧成果正被打开": _paper_open,
    "旧成果被人改过": _paper_edited,
    "没有办公软件": _no_office,
    "字体不全": _no_fonts,
    "模板名称不对": _template_misnamed,
    "上期已定稿": _published,
    "已记两次办理": _recorded,
}
