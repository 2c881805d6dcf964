"""启动 — what opens the window and what does not, its language, what becomes of a bug, of Ctrl-C, and of no screen."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import rectify_tool.__main__ as entrance
from rectify_tool.desktop import app, bugs, screenless
from rectify_tool.desktop.icon import SIZES, picture

HERE = str(Path(__file__).parent.parent.parent)


def test_no_argument_or_one_folder_opens_the_window_and_anything_else_is_a_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr("rectify_tool.desktop.main", lambda *folder: asked.append(("window", *folder)) or 0)
    monkeypatch.setattr("rectify_tool.cli.main", lambda given: asked.append(("command", *given)) or 0)
    folder = str(tmp_path)
    for given in ([], [folder], ["check", folder], [folder, "--json"], [str(tmp_path / "没有")], ["--version"]):
        entrance.main(given)
    assert [kind for kind, *_ in asked] == ["window", "window", "command", "command", "command", "command"]
    assert asked[:2] == [("window",), ("window", folder)]


def test_files_dropped_on_the_icon_open_the_window_and_a_command_called_as_a_folder_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr("rectify_tool.desktop.main", lambda *paths: asked.append(("window", *paths)) or 0)
    monkeypatch.setattr("rectify_tool.cli.main", lambda given: asked.append(("command", *given)) or 0)
    file = tmp_path / "责任分解表.xlsx"
    file.touch()
    (tmp_path / "check").mkdir()
    monkeypatch.chdir(tmp_path)
    for given in ([str(file)], [str(file), str(tmp_path)], ["check", str(tmp_path)], [str(tmp_path / "没有.xlsx")]):
        entrance.main(given)
    assert [kind for kind, *_ in asked] == ["window", "window", "command", "command"]


def test_a_breakdown_dropped_on_the_icon_begins_a_new_work_folder(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "责任分解表.xlsx"
    file.touch()
    asked: list[str] = []

    def given_up(self: object, breakdown: str) -> None:
        asked.append(breakdown)
        qapp.exit(0)

    monkeypatch.setattr("rectify_tool.desktop.questions.Questions.new_folder", given_up)
    monkeypatch.setattr(app, "make_application", lambda _: qapp)
    assert app.start(None, None, (str(file),)) == 0
    assert asked == [str(file)]


def test_a_worker_of_the_windowed_program_that_breaks_writes_it_where_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks() -> None:  # as multiprocessing does in a worker
        sys.stderr.write("Process desk:\n")
        sys.exit(1)

    monkeypatch.setattr(multiprocessing, "freeze_support", breaks)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(SystemExit) as ended:
        entrance._work_if_worker()
    assert ended.value.code == 1


@pytest.mark.parametrize("before", [{}, {"LD_LIBRARY_PATH": "/opt/of-the-office"}])
def test_what_the_built_program_starts_finds_its_own_libraries(before: dict[str, str]) -> None:
    saved = {f"{name}_ORIG": value for name, value in before.items()}
    ours = {"LD_LIBRARY_PATH": "/程序/_internal", "QT_PLUGIN_PATH": "/程序/_internal/PySide6/Qt/plugins"}
    environment = {"HOME": "/root", **saved, **ours}
    entrance.unburden(environment)
    assert environment == {"HOME": "/root", **before, "PYINSTALLER_RESET_ENVIRONMENT": "1"}


def test_the_program_has_its_picture_in_every_size(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    with monkeypatch.context() as making:
        making.setattr("PySide6.QtWidgets.QApplication", lambda _: qapp)
        shown = app.make_application([]).windowIcon()
    assert {one.width() for one in shown.availableSizes()} == set(SIZES)


@pytest.mark.parametrize("size", SIZES)
def test_the_picture_fills_its_square_and_has_ledger_blue_and_seal_red_at_every_size(size: int) -> None:
    drawn = picture(size)
    pixels = [drawn.pixelColor(x, y) for x in range(size) for y in range(size)]
    assert (drawn.width(), drawn.height()) == (size, size)
    assert drawn.pixelColor(size - 1, 0).alpha() == 0, "beside the sheet one sees through"
    assert sum(one.alpha() == 255 for one in pixels) > size * size * 0.55
    assert sum(one.blue() > one.red() + 90 for one in pixels) >= size // 2
    assert sum(one.red() > one.blue() + 130 for one in pixels) >= size * 2


def test_qts_own_words_are_chinese(qapp: QApplication) -> None:
    app.speak_chinese(qapp)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_a_bug_is_told_once_and_never_in_the_midst_of_what_it_happened_in(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("rectify_tool.desktop.bugs.keep_log", lambda: None)
    told: list[str] = []
    open_forms: list[int] = []

    def show(details: str) -> None:
        open_forms.append(1)
        assert len(open_forms) == 1  # one form at a time
        _break(hook, "another")
        QCoreApplication.processEvents()
        told.append(details)
        open_forms.pop()

    hook = bugs.Bugs(show).hook
    for _ in range(3):
        _break(hook, "one")
    assert told == []
    qtbot.waitUntil(lambda: len(told) == 2)
    assert ["one" in told[0], "another" in told[1]] == [True, True]


def test_a_bug_before_there_is_a_window_is_told_and_ends_with_70(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("rectify_tool.desktop.bugs.keep_log", lambda: None)
    monkeypatch.setattr(app, "make_application", lambda _: qapp)
    monkeypatch.setattr(app, "_show_bug", told.append)
    monkeypatch.setattr(app, "_window", lambda *_: 1 // 0)
    assert app.start(None) == 70
    assert "ZeroDivisionError" in told[0]


def _break(hook: object, word: str) -> None:
    try:
        raise ValueError(word)
    except ValueError:
        hook(*sys.exc_info())  # type: ignore[operator]


@pytest.mark.parametrize("way", ["_woken_by_a_pipe", "_woken_by_the_clock"])
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_window_at_once(
    way: str, kind: signal.Signals, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_woken_by_a_pipe", getattr(app, way))
    before = signal.getsignal(kind)
    with app.interrupts(qapp):
        QTimer.singleShot(0, lambda: os.kill(os.getpid(), kind))
        assert qapp.exec() == 130
    assert signal.getsignal(kind) is before


def test_no_module_of_the_program_uses_a_socket() -> None:
    package = Path(app.__file__).parent.parent
    loads = re.compile(r"^\s*(import|from) +(socket|ssl)\b", re.MULTILINE)
    assert [path for path in package.rglob("*.py") if loads.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
@pytest.mark.parametrize(
    ("screen", "why"),
    [
        ({}, "DISPLAY 没有设定"),
        ({"DISPLAY": ":9876"}, ":9876 连不上"),
        ({"WAYLAND_DISPLAY": "wayland-9876"}, "WAYLAND_DISPLAY 连不上"),
    ],
)
def test_without_a_screen_it_says_what_to_do_and_ends_with_4(screen: dict[str, str], why: str, tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in _SCREEN}
    told = subprocess.run(
        [sys.executable, "-m", "rectify_tool"],
        cwd=HERE, env=kept | screen | {"XDG_RUNTIME_DIR": str(tmp_path)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert told.returncode == 4
    assert "窗口打不开：这里没有图形界面" in told.stderr and why in told.stderr
    assert "Traceback" not in told.stderr


_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def test_a_missing_system_library_is_told_with_the_packages_to_install() -> None:
    told = screenless.library_told("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")
    assert "缺少系统库 libxcb-cursor.so.0" in told
    assert "apt-get install" in told and " libxcb-cursor0 " in told and " libegl1 " in told
    assert screenless.library_told("No module named 'PySide6'") == ""


def test_a_platform_asked_for_by_name_needs_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _SCREEN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:fontdb=none")
    assert screenless.why_no_window() == ""
