"""What stopped the work is told in plain Chinese; the details are one press away and are never in the way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rectify_tool import __version__
from rectify_tool.desktop.forms import trouble as form_module
from rectify_tool.desktop.forms.trouble import APOLOGY, HEADS, TroubleForm, report, show_bug, show_trouble
from rectify_tool.desktop.questions import Questions
from rectify_tool.errors import Stop
from rectify_tool.places import log_file

MESSAGE = "无法写入“督查专报第8期.docx”。它可能正在 Word 中打开，请关闭后重试。"
TRACE = 'Traceback (most recent call last):\n  File "x.py", line 3\nKeyError: 7'


class Told(NamedTuple):
    stop: Stop | None
    message: str
    details: str = ""


def made(qtbot: QtBot, stop: Stop | None, details: str = "", offers: tuple[str, ...] = ()) -> TroubleForm:
    form = TroubleForm(stop, MESSAGE, details, offers)
    qtbot.addWidget(form)
    form.show()
    return form


def shown(form: TroubleForm) -> str:
    boxes = [box.toPlainText() for box in form.findChildren(QPlainTextEdit) if box.isVisible()]
    labels = [label.text() for label in form.findChildren(QLabel) if label.isVisible()]
    return "\n".join((*labels, *boxes))


def button(form: TroubleForm, words: str) -> QPushButton:
    return next(one for one in form.findChildren(QPushButton) if one.text().startswith(words))


@pytest.mark.parametrize("stop", [None, *Stop])
def test_every_reason_has_a_title_of_its_own_in_chinese(stop: Stop | None) -> None:
    assert HEADS[stop] and not re.search("[A-Za-z]", HEADS[stop])
    assert len(set(HEADS.values())) == len(HEADS) == len(Stop) + 1


def test_the_message_is_shown_and_no_english_before_the_details_are_opened(qtbot: QtBot) -> None:
    form = made(qtbot, None, TRACE)
    assert MESSAGE in shown(form) and "Traceback" not in shown(form)
    qtbot.mouseClick(form.opener, Qt.MouseButton.LeftButton)
    assert TRACE in shown(form)
    qtbot.mouseClick(form.opener, Qt.MouseButton.LeftButton)
    assert "Traceback" not in shown(form)


def test_details_are_offered_only_where_there_are_any(qtbot: QtBot) -> None:
    assert made(qtbot, Stop.CANNOT_WRITE).opener.isHidden()
    assert not made(qtbot, Stop.CANNOT_WRITE, TRACE).opener.isHidden()


def test_a_bug_says_where_the_log_is_a_stop_has_none(qtbot: QtBot) -> None:
    assert str(log_file()) in shown(made(qtbot, None))
    assert str(log_file()) not in shown(made(qtbot, Stop.CANNOT_WRITE))


def test_everything_a_maintainer_needs_is_copied(qtbot: QtBot) -> None:
    form = made(qtbot, Stop.CANNOT_WRITE, TRACE)
    button(form, "复制详情").click()
    copied = QGuiApplication.clipboard().text()
    assert copied == report(MESSAGE, TRACE)
    assert all(part in copied for part in (MESSAGE, TRACE, __version__, "系统", "Python", "Qt"))
    assert button(form, "已复制")


def test_an_offer_chosen_is_returned_and_closing_returns_nothing(qtbot: QtBot) -> None:
    form = made(qtbot, Stop.CANNOT_WRITE, offers=("重试", "就用旁边这份"))
    assert button(form, "重试").isDefault()
    button(form, "就用旁边这份").click()
    assert form.chosen == "就用旁边这份" and not form.isVisible()
    other = made(qtbot, Stop.CANNOT_WRITE, offers=("重试",))
    qtbot.keyClick(other, Qt.Key.Key_Escape)
    assert other.chosen == "" and not other.isVisible()


def press(words: str) -> None:
    form = QApplication.activeModalWidget()
    assert isinstance(form, TroubleForm)
    button(form, words).click()


def test_the_window_waits_for_the_answer(qtbot: QtBot) -> None:
    QTimer.singleShot(0, lambda: press("重试"))
    assert show_trouble(None, Told(Stop.CANNOT_WRITE, MESSAGE), ("重试",)) == "重试"  # type: ignore[arg-type]


def test_a_bug_is_an_apology(qtbot: QtBot) -> None:
    seen: list[str] = []

    def look() -> None:
        form = QApplication.activeModalWidget()
        assert isinstance(form, TroubleForm)
        seen.append(shown(form))
        form.reject()

    QTimer.singleShot(0, look)
    show_bug(None, TRACE)
    assert APOLOGY in seen[0] and "Traceback" not in seen[0]


def test_a_long_message_is_whole_and_can_be_scrolled(qtbot: QtBot) -> None:
    form = TroubleForm(Stop.FIGURES_DISAGREE, "\n".join(f"第{n}处对不上。" for n in range(200)), "", ())
    qtbot.addWidget(form)
    form.show()
    box = form.findChildren(QPlainTextEdit)[0]
    assert "第199处对不上。" in box.toPlainText()
    assert box.verticalScrollBar().maximum() > 0
    assert form.height() < 700


def test_the_folder_of_the_log_is_made_before_it_is_opened(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(form_module, "log_file", lambda: tmp_path / "记录" / "出错记录.log")
    monkeypatch.setattr(
        form_module.QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(url.toLocalFile()) or True)
    )
    form = made(qtbot, None)
    button(form, "打开所在文件夹").click()
    assert opened == [str(tmp_path / "记录")] and (tmp_path / "记录").is_dir()


@pytest.mark.parametrize(
    ("name", "program"), [("专报.docx", "WPS 或 Word"), ("汇总表.xlsx", "WPS 或 Excel"), ("照片.xyz", "")]
)
def test_a_paper_nothing_opens_is_told_with_the_program_it_wants(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, program: str
) -> None:
    told: list[str] = []
    monkeypatch.setattr("rectify_tool.desktop.questions.QDesktopServices.openUrl", lambda _: False)
    monkeypatch.setattr("rectify_tool.desktop.boxes.choose", lambda *given, **_: told.append(given[2]) or "")
    parent = QWidget()
    qtbot.addWidget(parent)
    (tmp_path / name).touch()
    assert not Questions(parent).open_path(str(tmp_path / name))
    assert told[0].endswith(f"请装好 {program}，再打开。" if program else "的程序。")
