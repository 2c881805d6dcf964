from __future__ import annotations

import json
import os
import string
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tool.desktop import memory
from rectify_tool.desktop.memory import MOST_RECENT, Memory, Recent, load, save, update


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's own folder, not there yet."""
    place = tmp_path / "用户" / "整改督查工具"
    monkeypatch.setattr(memory, "user_folder", lambda: place)
    return place


def test_on_the_first_start_nothing_is_remembered_and_nothing_is_written(home: Path) -> None:
    assert load() == Memory()
    assert not home.exists()


def test_what_is_saved_comes_back() -> None:
    told = Memory((Recent("/督查/示例区"),), 13.5, "dark", "QUJD", "REVG", "台账")
    assert save(told)
    assert load() == told
    assert all(getattr(told, one.name) != getattr(Memory(), one.name) for one in fields(Memory))


@pytest.mark.parametrize("name", ["\udce7\udcab", "含\n换行", "'\"\\", "\ud83d"])
def test_a_folder_whose_name_is_no_plain_text_comes_back_as_it_was(name: str) -> None:
    save(Memory().opened(f"/督查/{name}"))
    assert load().folders == (f"/督查/{name}",)


def test_the_folder_opened_last_comes_first_and_none_comes_twice(tmp_path: Path) -> None:
    one, two = str(tmp_path / "一"), str(tmp_path / "二")
    assert Memory().opened(one).opened(two).opened(one).folders == (one, two)


def test_no_more_than_ten_folders_are_kept_the_newest_ones(tmp_path: Path) -> None:
    told = Memory()
    for number in range(15):
        told = told.opened(str(tmp_path / str(number)))
    assert len(told.recent) == MOST_RECENT == 10
    assert told.folders[0].endswith("14") and told.folders[-1].endswith("5")


def test_a_folder_that_is_gone_stays_until_it_is_taken_off(tmp_path: Path) -> None:
    gone, there = str(tmp_path / "拔了的盘"), str(tmp_path)
    update(lambda told: told.opened(there).opened(gone))
    assert load().folders == (gone, there)
    assert load().forgotten(gone).folders == (there,)


def test_what_another_window_remembered_meanwhile_stays(tmp_path: Path) -> None:
    first, second = load(), load()
    assert first == second
    update(lambda told: told.opened("/甲"))
    update(lambda told: told.opened("/乙"))
    assert load().folders == ("/乙", "/甲")


@pytest.mark.parametrize("broken", [b"", b"{", b"\xff\xfe\x00", b"[1]", b"null", b"[" * 100_000])
def test_a_file_that_makes_no_sense_is_put_aside_and_the_window_opens(broken: bytes, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "窗口.json").write_bytes(broken)
    assert load() == Memory()
    assert [one.read_bytes() for one in home.iterdir()] == [broken]
    assert not (home / "窗口.json").exists()
    assert save(Memory(theme="light")) and load().theme == "light"


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(string.printable, max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["folder", "sample", "x"]), inner),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["recent", "font_points", "theme", "geometry", "layout", "view", "新的"]), _ANYTHING
    )
)
def test_whatever_stands_in_the_file_what_makes_sense_is_used(told: dict[str, object]) -> None:
    place = memory.user_folder()
    place.mkdir(parents=True, exist_ok=True)
    (place / "窗口.json").write_text(json.dumps(told), encoding="utf-8")
    found = load()
    assert found.theme in memory.THEMES
    assert found.font_points == 0 or memory.FONT_POINTS[0] <= found.font_points <= memory.FONT_POINTS[1]
    assert all(isinstance(one, str) for one in (found.geometry, found.layout, found.view, *found.folders))
    assert save(found) and load() == found


def test_a_font_size_beyond_all_measure_is_the_largest(home: Path) -> None:
    home.mkdir(parents=True)
    (home / "窗口.json").write_text('{"font_points": 1' + "0" * 400 + "}", encoding="utf-8")
    assert load().font_points == memory.FONT_POINTS[1]


def test_where_nothing_can_be_written_nothing_is_remembered_and_nothing_breaks(home: Path) -> None:
    home.parent.mkdir(parents=True)
    home.write_bytes(b"a file where the folder should be")
    assert not save(Memory(theme="dark"))
    assert load() == Memory()


def test_a_save_that_fails_leaves_what_was_remembered(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(Memory(theme="dark"))

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "replace", full)
    assert not save(Memory(theme="light"))
    monkeypatch.undo()
    assert [one.name for one in home.iterdir()] == ["窗口.json"]
    assert json.loads((home / "窗口.json").read_text(encoding="utf-8"))["theme"] == "dark"


def test_the_file_is_readable_to_people(home: Path) -> None:
    save(Memory().opened(os.sep + "督查"))
    assert "督查" in (home / "窗口.json").read_text(encoding="utf-8")
