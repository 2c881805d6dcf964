"""The rules are shown with meaning and source, changed in the fitting widget, and only what differs is saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
)
from pytestqt.qtbot import QtBot

from rectify_tool.desktop.day_edit import DayEdit
from rectify_tool.desktop.forms.editors import make_editor
from rectify_tool.desktop.forms.settings import SettingsForm, slots_of
from rectify_tool.errors import RectifyError
from rectify_tool.model import Setting
from rectify_tool.story.settings import read_settings, save_settings

OFFICE = """# 我们区的口径
[deadline]
due_soon_days = 7   # 一周

[units.aliases]
"卫计局" = "区卫生和计划生育局"

[wording]
some_overdue = "未按时完成{n}项"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "口径.toml").write_text(OFFICE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def form(qtbot: QtBot, folder: Path) -> SettingsForm:
    made = SettingsForm(read_settings(folder).settings)
    qtbot.addWidget(made, before_close_func=lambda shown: shown._drafts.clear())  # else it asks
    made.show()
    return made


def editor_text(form: SettingsForm) -> str:
    return form._editor(form.settings[form._current(form.rules)].kind).text()


def write(form: SettingsForm, key: str, text: str) -> None:
    """Types it where a person would."""
    form.show_setting(key)
    inner = form._editor(form.settings[key].kind).inner
    if isinstance(inner, QPlainTextEdit):
        inner.setPlainText(text)
    elif isinstance(inner, QLineEdit):
        inner.setText(text)
    elif isinstance(inner, QSpinBox):
        inner.setValue(int(text))
    else:
        raise AssertionError(inner)


def rules(form: SettingsForm) -> list[str]:
    return [form.rules.item(row).data(Qt.ItemDataRole.UserRole) for row in range(form.rules.count())]


def test_every_rule_stands_in_a_group_and_can_be_opened(form: SettingsForm) -> None:
    form.groups.setCurrentRow(0)
    assert rules(form) == list(form.settings)
    for key, one in form.settings.items():
        form.show_setting(key)
        assert form.meaning.text() == one.meaning
        assert one.source in form.source.text() and form.key.text() == f"（口径.toml：{key}）"
    assert form.changes() == {}, "looking changes nothing"


def test_the_offices_own_rules_are_marked(form: SettingsForm) -> None:
    form.only_own.setChecked(True)
    assert rules(form) == [key for key, one in form.settings.items() if one.own is not None]
    assert rules(form) == ["deadline.due_soon_days", "units.aliases", "wording.some_overdue"]
    assert all(form.rules.item(row).text().startswith("〔改过〕") for row in range(3))


def test_a_search_looks_through_all_groups(form: SettingsForm) -> None:
    form.words.setText("立行立改")
    assert "deadline.immediate_days" in rules(form)
    form.words.setText("卫计局")
    assert rules(form) == ["units.aliases"]
    form.words.setText("子虚乌有")
    assert rules(form) == [] and form.pane.isHidden()
    form.words.clear()
    assert len(rules(form)) == len(form.settings) and not form.pane.isHidden()


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("deadline.due_soon_days", QSpinBox),
        ("office.sender", QLineEdit),
        ("wording.opening", QPlainTextEdit),
        ("headings.deadline", QPlainTextEdit),
        ("units.aliases", QTableWidget),
    ],
)
def test_every_kind_has_its_widget(form: SettingsForm, key: str, kind: type) -> None:
    form.show_setting(key)
    assert isinstance(form._editor(form.settings[key].kind).inner, kind)
    assert form._editor(form.settings[key].kind).inner.accessibleName() == form.settings[key].meaning


def test_only_what_differs_is_a_change(form: SettingsForm) -> None:
    write(form, "deadline.due_soon_days", "5")
    write(form, "office.sender", "中共示例区委督查室")
    assert form.changes() == {"deadline.due_soon_days": "5", "office.sender": "中共示例区委督查室"}
    assert form.save.text() == "保存（2处）(&S)" and form.save.isEnabled()
    write(form, "deadline.due_soon_days", "7")
    assert form.changes() == {"office.sender": "中共示例区委督查室"}, "7 is what the office has"
    write(form, "deadline.due_soon_days", "10")
    assert form.changes()["deadline.due_soon_days"] is None, "the default need not be written"
    write(form, "office.sender", "")
    write(form, "deadline.due_soon_days", "7")
    assert form.changes() == {} and not form.save.isEnabled()


def test_reset_goes_back_to_the_default(form: SettingsForm) -> None:
    form.show_setting("wording.some_overdue")
    assert form.reset.isEnabled()
    form.reset.click()
    assert editor_text(form) == form.settings["wording.some_overdue"].default
    assert form.changes() == {"wording.some_overdue": None}
    assert not form.reset.isEnabled()
    form.show_setting("units.aliases")
    form.reset.click()
    assert form.changes()["units.aliases"] is None and editor_text(form) == ""


def test_names_are_added_to_those_known_already(form: SettingsForm) -> None:
    form.show_setting("headings.progress")
    assert editor_text(form) == "" and "进展情况" in form.default.toPlainText()
    write(form, "headings.progress", "镇街落实情况")
    assert form.changes() == {"headings.progress": "镇街落实情况"}


def test_a_slot_is_put_in_where_the_writing_is(form: SettingsForm) -> None:
    form.show_setting("wording.some_overdue")
    inner = form._editor("wording").inner
    assert isinstance(inner, QPlainTextEdit)
    inner.setPlainText("逾期项")
    inner.moveCursor(inner.textCursor().MoveOperation.Start)
    inner.moveCursor(inner.textCursor().MoveOperation.NextCharacter)
    inner.moveCursor(inner.textCursor().MoveOperation.NextCharacter)
    form._slot_menu.actions()[0].trigger()
    assert form.changes() == {"wording.some_overdue": "逾期{n}项"}


def test_slots_are_the_names_in_braces() -> None:
    assert slots_of("{n}项（{nos}），其中{n}项") == ("n", "nos")
    assert slots_of("没有") == () == slots_of("写坏的{")


def test_what_is_typed_while_looking_elsewhere_is_kept(form: SettingsForm) -> None:
    write(form, "wording.opening", "截至{day}：")
    form.show_setting("office.name")
    form.show_setting("wording.opening")
    assert editor_text(form) == "截至{day}："
    assert form.rules.currentItem().text().startswith("〔待保存〕")


def test_saving_through_the_story_gives_back_what_was_typed(qtbot: QtBot, folder: Path, form: SettingsForm) -> None:
    digest = read_settings(folder).digest
    form.save_wanted.connect(lambda changes: save_settings(folder, changes, digest))
    form.save_wanted.connect(lambda _: form.saved())
    write(form, "deadline.due_soon_days", "5")
    write(form, "units.roster", "区融媒体中心\n区大数据局")
    form.show_setting("units.aliases")
    table = form._editor("names").inner
    assert isinstance(table, QTableWidget)
    table.setCurrentCell(1, 0)
    for column, text in enumerate(("区委办", "区委办公室")):
        table.model().setData(table.model().index(1, column), text)
    form.save.click()
    assert form.result() == QDialog.DialogCode.Accepted
    again = {one.key: one.own for one in read_settings(folder).settings if one.own is not None}
    assert again == {
        "deadline.due_soon_days": "5",
        "units.roster": "区融媒体中心\n区大数据局",
        "units.aliases": "卫计局 = 区卫生和计划生育局\n区委办 = 区委办公室",
        "wording.some_overdue": "未按时完成{n}项",
    }
    assert "# 一周" in (folder / "口径.toml").read_text(encoding="utf-8")


def test_a_refusal_is_shown_beside_the_rule_and_everything_typed_stays(folder: Path, form: SettingsForm) -> None:
    digest = read_settings(folder).digest

    def save(changes: dict[str, str | None]) -> None:
        try:
            save_settings(folder, changes, digest)
        except RectifyError as error:
            form.refused(error.message)

    form.save_wanted.connect(save)
    write(form, "wording.some_overdue", "逾期{nn}项")
    write(form, "office.name", "督查通报")
    form.save.click()
    assert form.isVisible() and form.isEnabled()
    assert form._current(form.rules) == "wording.some_overdue"
    assert form.problem.isVisible() and form.problem.text().startswith("有误：")
    assert form.notice.isHidden()
    assert form.changes() == {"wording.some_overdue": "逾期{nn}项", "office.name": "督查通报"}
    assert (folder / "口径.toml").read_text(encoding="utf-8") == OFFICE
    write(form, "wording.some_overdue", "逾期{n}项")
    assert form.problem.isHidden()


def test_a_refusal_of_no_rule_is_shown_below(form: SettingsForm) -> None:
    write(form, "office.name", "督查通报")
    form.save.click()
    assert not form.isEnabled(), "waits for the answer"
    form.refused("“口径.toml”刚才被别处改过，没有保存。")
    assert form.isEnabled() and form.notice.isVisible() and "被别处改过" in form.notice.text()


def test_a_read_only_folder_is_looked_at_only(qtbot: QtBot, folder: Path) -> None:
    form = SettingsForm(read_settings(folder).settings, why_not="这个文件夹正由别处打开，这里只能看。")
    qtbot.addWidget(form)
    form.show()
    form.show_setting("wording.some_overdue")
    assert form.notice.isVisible() and form.save.isHidden()
    assert not form._editor("wording").isEnabled() and not form.reset.isEnabled()


def answer(words: str) -> None:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(one for one in box.buttons() if one.text().startswith(words)).click()


def test_closing_with_changes_asks_first(qtbot: QtBot, form: SettingsForm) -> None:
    write(form, "office.name", "督查通报")
    QTimer.singleShot(0, lambda: answer("继续改"))
    form.reject()
    assert form.isVisible() and form.changes() == {"office.name": "督查通报"}
    QTimer.singleShot(0, lambda: answer("不保存"))
    form.reject()
    assert not form.isVisible()


def test_the_file_itself_can_be_asked_for(qtbot: QtBot, form: SettingsForm) -> None:
    button = next(one for one in form.findChildren(type(form.save)) if "口径.toml" in one.text())
    with qtbot.waitSignal(form.file_wanted):
        button.click()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("day", "2016-02-26"), ("day", ""), ("yes_no", "是"), ("yes_no", "否"), ("number", "15"),
        ("text", "区委督查室"), ("wording", "已完成{n}项"), ("list", "区长\n副区长"), ("more", ""),
        ("names", "卫计局 = 区卫计委\n甲 = 乙 = 丙"), ("days", "发函 = 2016-03-01"), ("names", ""),
    ],
)  # fmt: skip
def test_an_editor_gives_back_what_it_was_shown_without_telling(qtbot: QtBot, kind: str, text: str) -> None:
    editor = make_editor(kind)
    qtbot.addWidget(editor)
    with qtbot.assertNotEmitted(editor.changed):
        editor.show_text(text)
    assert editor.text() == text


def test_a_day_is_typed_taken_away_and_given_as_typed_where_it_is_none(qtbot: QtBot) -> None:
    editor = make_editor("day")
    qtbot.addWidget(editor)
    editor.show_text("2016-02-26")
    day = editor.inner
    assert isinstance(day, DayEdit)
    for typed, given in (("2016.2.29", "2016-02-29"), ("", ""), ("2016-2-30", "2016-2-30")):
        with qtbot.waitSignal(editor.changed):
            day.setText(typed)
        assert editor.text() == given


def test_a_pair_is_taken_out_by_button_or_delete_key(qtbot: QtBot) -> None:
    editor = make_editor("names")
    qtbot.addWidget(editor)
    editor.show_text("甲 = 乙\n丙 = 丁\n戊 = 己")
    table, button, shortcut = editor.inner, editor.findChild(QPushButton), editor.findChild(QShortcut)
    assert isinstance(table, QTableWidget) and button is not None and shortcut is not None
    table.selectRow(0)
    with qtbot.waitSignal(editor.changed):
        button.click()
    assert editor.text() == "丙 = 丁\n戊 = 己"
    assert shortcut.key().matches(QKeySequence(Qt.Key.Key_Delete)) is QKeySequence.SequenceMatch.ExactMatch
    table.selectRow(1)
    with qtbot.waitSignal(editor.changed):
        shortcut.activated.emit()
    assert editor.text() == "丙 = 丁"


def test_settings_of_every_kind_have_an_editor(folder: Path, qtbot: QtBot) -> None:
    settings: tuple[Setting, ...] = read_settings(folder).settings
    for kind in {one.kind for one in settings}:
        qtbot.addWidget(make_editor(kind))
