"""What the program is made of is read from what is installed; whatever is missing is said and never stops it."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

import pytest
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from rectify_tool import __version__
from rectify_tool.desktop.forms import parts as parts_of
from rectify_tool.desktop.forms import trouble
from rectify_tool.desktop.forms.about import OFFLINE, AboutForm, kept_told, with_qt
from rectify_tool.desktop.forms.parts import GNU, LGPL_NOTICE, MISSING, Part, licence_text, parts
from rectify_tool.places import log_file, user_folder

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


class Installed(Distribution):
    """A distribution that is nowhere but here."""

    def __init__(self, record: str) -> None:
        self.record = record

    def read_text(self, filename: str) -> str | None:
        return self.record if filename == "METADATA" else None

    def locate_file(self, path: object) -> Path:
        return Path("/nowhere") / str(path)


Install = Callable[[dict[str, str]], None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    def only(records: dict[str, str]) -> None:
        def distribution(name: str) -> Distribution:
            if name not in records:
                raise PackageNotFoundError(name)
            return Installed(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{records[name]}")

        monkeypatch.setattr(parts_of, "distribution", distribution)

    return only


def test_the_program_python_and_qt_are_named_with_their_licences() -> None:
    named = {part.name.replace("_", "-"): part for part in with_qt(parts())}
    assert named["整改督查工具"][1:3] == (__version__, "MIT License")
    assert named["Python"].licence == "PSF License"
    assert named["Qt"].version == qVersion()
    assert "LGPL-3.0" in named["PySide6-Essentials"].licence
    assert "LGPL-3.0" in named["shiboken6"].licence
    assert all(part.licence for part in named.values())


def test_what_the_program_needs_on_this_system_is_there_and_what_developers_need_is_not(install: Install) -> None:
    install(
        {
            "rectify-tool": "Requires-Dist: a>=1\nRequires-Dist: w; sys_platform == 'win32'\n"
            "Requires-Dist: pytest; extra == 'dev'\nRequires-Dist: gone\n",
            "a": "License: MIT\nRequires-Dist: b (>=2)\n",
            "b": "Requires-Dist: a\nClassifier: License :: OSI Approved :: BSD License\n",
        }
    )
    told = {part.name: part.licence for part in parts(("rectify-tool",))[2:]}
    assert told == {"a": "MIT", "b": "BSD License", "gone": MISSING}


def test_the_projects_own_list_is_what_is_walked() -> None:
    """The record of an installation may be older than the checkout: then only what it names is asked for."""
    wanted = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.match(r"[\w.-]+", one)[0].lower() for one in wanted if ";" not in one}  # type: ignore[index]
    record = "".join(f"Requires-Dist: {one}\n" for one in wanted)
    needed = {name.lower() for name, elsewhere in parts_of._needs(Installed(record)) if not elsewhere}
    assert needed == names


def test_a_program_without_any_record_says_so_and_goes_on(install: Install) -> None:
    install({})
    program, python, *others = parts()
    assert (program.version, program.licence) == (__version__, "MIT License")
    assert python.version
    assert [(part.name, part.licence) for part in others] == [("PySide6-Essentials", MISSING)]


def test_a_licence_written_as_a_whole_text_is_named_by_its_first_line(install: Install) -> None:
    install({"a": "License: MIT License\n        \n        Permission is hereby granted\n"})
    (part,) = parts(("a",))[2:]
    assert part.licence == "MIT License"
    assert "Permission is hereby granted" in licence_text(part)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    told = licence_text(Part("a", "1", "MIT", (tmp_path / "LICENSE",)))
    assert "LICENSE" in told and "读不出来" in told
    assert licence_text(Part("a", "1", "MIT")) == "这一部分没有随带许可文本。"


def test_qts_licence_texts_are_carried_with_how_to_replace_it() -> None:
    text = licence_text(next(part for part in parts() if part.name.startswith("PySide6")))
    assert LGPL_NOTICE in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text and "GNU GENERAL PUBLIC LICENSE" in text
    assert all(file.is_file() for file in GNU)


def test_a_licence_the_record_lists_and_the_built_program_lacks_is_not_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    record = "Metadata-Version: 2.1\nName: a\nVersion: 1.0\nLicense: MIT\n"
    texts = {"METADATA": record, "RECORD": "a.dist-info/licenses/LICENSE,,\na/vendored/LICENSE,,\n"}
    kept = tmp_path / "a.dist-info" / "licenses" / "LICENSE"
    kept.parent.mkdir(parents=True)
    kept.write_text("Permission is hereby granted")

    class Bundled(Installed):
        def read_text(self, filename: str) -> str | None:
            return texts.get(filename)

        def locate_file(self, path: object) -> Path:
            return tmp_path / str(path)

    monkeypatch.setattr(parts_of, "distribution", lambda name: Bundled(record))
    assert parts(("a",))[2].files == (kept,)


def test_pythons_licence_is_the_one_carried_with_the_built_program(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(parts_of, "_LICENCES", tmp_path)
    monkeypatch.setattr(parts_of.os, "__file__", str(tmp_path / "没有" / "os.py"))
    assert parts()[1].files == () and "Python" in licence_text(parts()[1])
    (tmp_path / "Python").mkdir()
    (tmp_path / "Python" / "LICENSE.txt").write_text("PSF LICENSE AGREEMENT")
    assert "PSF LICENSE AGREEMENT" in licence_text(parts()[1])


# ---------------------------------------------------------------- 记在哪里 ----


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of a built program."""
    home = tmp_path / "整改督查工具"
    home.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(home / "rectify-tool.exe"))
    return home


def test_where_settings_and_log_lie_is_told_and_in_the_built_program_how_to_take_them_along(program: Path) -> None:
    told = kept_told()
    assert f"记在：{user_folder()}\n" in told and f"记在：{log_file()}\n" in told
    assert str(program) not in told and "新建一个名叫“便携”的文件" in told


def test_a_portable_program_says_that_it_keeps_them_beside_itself(program: Path) -> None:
    (program / "便携.txt").touch()
    told = kept_told()
    assert told.count(str(program / "用户数据")) == 2 and "便携使用" in told


def test_a_portable_program_that_cannot_write_there_says_so(program: Path) -> None:
    (program / "便携").touch()
    (program / "用户数据").touch()  # a file where the folder should be
    told = kept_told()
    assert str(program) not in told and "写不进去" in told and "便携使用" not in told


def test_an_installed_one_says_where_they_lie_and_no_more() -> None:
    assert kept_told().count("\n") == 1 and "便携" not in kept_told()


@pytest.fixture
def form(qtbot: QtBot) -> AboutForm:
    made = AboutForm()
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_part_has_a_row_and_its_text_is_shown_when_chosen(form: AboutForm) -> None:
    names = [form.table.item(row, 0).text() for row in range(form.table.rowCount())]
    assert names == [part.name for part in form.parts]
    row = names.index("Python")
    form.table.setCurrentCell(row, 0)
    assert form.text.toPlainText().strip() == licence_text(form.parts[row]).strip()


def test_the_log_is_told_and_its_folder_is_opened(
    form: AboutForm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert str(log_file()) in form.kept.text()
    opened: list[str] = []
    monkeypatch.setattr(trouble, "log_file", lambda: tmp_path / "出错记录.log")
    monkeypatch.setattr(trouble.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    next(one for one in form.findChildren(type(form.copier)) if "文件夹" in one.text()).click()
    assert opened == [str(tmp_path)]


def test_versions_are_copied_for_the_maintainer(form: AboutForm) -> None:
    form.copy()
    copied = QGuiApplication.clipboard().text()
    assert f"整改督查工具 {__version__}" in copied and "python-docx" in copied
    assert "不联网" in OFFLINE
