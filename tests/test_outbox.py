from __future__ import annotations

import errno
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rectify_tool.errors import RectifyError, Stop
from rectify_tool.outbox import deliver, held, sha256_of, write_manifest

NAME = "2016-05-20 第8期"


def papers(text: str):  # type: ignore[no-untyped-def]
    def write(folder: Path) -> None:
        (folder / "专报.docx").write_text(text, encoding="utf-8")
        (folder / "汇总.xlsx").write_text(text, encoding="utf-8")
        write_manifest(folder, {"number": 8})

    return write


def texts(folder: Path) -> set[str]:
    return {path.read_text(encoding="utf-8") for path in folder.iterdir() if path.suffix != ".json"}


def test_a_set_replaces_the_old_set_whole(tmp_path: Path) -> None:
    with held(tmp_path):
        deliver(tmp_path, NAME, papers("旧"))
        delivered = deliver(tmp_path, NAME, papers("新"))
    assert texts(delivered.folder) == {"新"}
    assert [one.name for one in tmp_path.iterdir() if one.is_dir()] == [NAME]


def test_a_failed_set_leaves_the_old_one_untouched(tmp_path: Path) -> None:
    def broken(folder: Path) -> None:
        (folder / "专报.docx").write_text("半", encoding="utf-8")
        raise OSError(28, "full")

    with held(tmp_path):
        deliver(tmp_path, NAME, papers("旧"))
        with pytest.raises(RectifyError, match="磁盘已满") as caught:
            deliver(tmp_path, NAME, broken)
    assert caught.value.stop is Stop.CANNOT_WRITE
    assert texts(tmp_path / NAME) == {"旧"}
    assert [one.name for one in tmp_path.iterdir() if one.is_dir()] == [NAME]


def test_a_set_in_use_is_left_and_the_new_one_goes_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import rectify_tool.outbox as outbox

    with held(tmp_path):
        deliver(tmp_path, NAME, papers("旧"))
        monkeypatch.setattr(outbox, "_move", lambda source, target: False)
        delivered = deliver(tmp_path, NAME, papers("新"))
    assert delivered.beside
    assert delivered.folder.name == f"{NAME} (2)"
    assert texts(tmp_path / NAME) == {"旧"}
    assert texts(delivered.folder) == {"新"}


def test_a_set_somebody_worked_on_is_never_replaced(tmp_path: Path) -> None:
    with held(tmp_path):
        deliver(tmp_path, NAME, papers("旧"))
        (tmp_path / NAME / "专报.docx").write_text("改过", encoding="utf-8")
        first = deliver(tmp_path, NAME, papers("新"))
        second = deliver(tmp_path, NAME, papers("更新"))
    assert first.beside == second.beside == "edited"
    assert first.folder == second.folder == tmp_path / f"{NAME} (2)"
    assert (tmp_path / NAME / "专报.docx").read_text(encoding="utf-8") == "改过"
    assert texts(second.folder) == {"更新"}


@pytest.mark.parametrize("mark", ["~$专报.docx", "~$.docx", ".~专报.docx", ".~lock.汇总.xlsx#"])
def test_a_paper_that_is_only_open_is_not_called_edited(mark: str, tmp_path: Path) -> None:
    with held(tmp_path):
        deliver(tmp_path, NAME, papers("旧"))
        (tmp_path / NAME / mark).write_bytes(b"")
        beside = deliver(tmp_path, NAME, papers("新"))
        (tmp_path / NAME / mark).unlink()
        closed = deliver(tmp_path, NAME, papers("更新"))
    assert (beside.folder.name, beside.beside) == (f"{NAME} (2)", "open")
    assert (closed.folder.name, closed.beside) == (NAME, "")


@pytest.mark.parametrize("number", [*errno.errorcode, None], ids=str)
def test_why_nothing_could_be_written_is_said_in_chinese(number: int | None, tmp_path: Path) -> None:
    def broken(folder: Path) -> None:
        raise OSError(number, "No space left on device") if number else OSError("the library's own words")

    with pytest.raises(RectifyError) as caught:
        deliver(tmp_path, NAME, broken)
    assert not re.search("[A-Za-z]{3}", re.sub("Word|Excel|WPS", "", caught.value.message.partition("：")[2]))


@pytest.mark.parametrize("there", [True, False])
def test_the_next_start_puts_right_what_a_killed_one_left(tmp_path: Path, there: bool) -> None:
    with held(tmp_path):
        deliver(tmp_path, NAME, papers("旧"))
    (tmp_path / f".新-{NAME}").mkdir()
    (tmp_path / NAME).rename(tmp_path / f".旧-{NAME}")
    if there:
        (tmp_path / NAME).mkdir()
        (tmp_path / NAME / "专报.docx").write_text("新", encoding="utf-8")
    with held(tmp_path):
        pass
    assert texts(tmp_path / NAME) == ({"新"} if there else {"旧"})
    assert [one.name for one in tmp_path.iterdir() if one.is_dir()] == [NAME]


def test_a_second_start_on_the_same_folder_is_told_so(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from rectify_tool.outbox import held\n"
        "from rectify_tool.errors import RectifyError\n"
        "try:\n    with held(Path(sys.argv[1])): print('in')\n"
        "except RectifyError as error: print(error.stop.exit_code)"
    )
    with held(tmp_path):
        second = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert second.stdout.strip() == "6"
    third = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert third.stdout.strip() == "in"


def test_the_manifest_holds_the_digest_of_every_paper(tmp_path: Path) -> None:
    with held(tmp_path):
        folder = deliver(tmp_path, NAME, papers("新")).folder
    manifest = json.loads((folder / "清单.json").read_text(encoding="utf-8"))
    assert manifest["number"] == 8
    assert manifest["outputs"] == {name: sha256_of(folder / name) for name in ("专报.docx", "汇总.xlsx")}
