"""口径 — the form of the office's rules: what each means, where it comes from, what counts, and what was changed."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rectify_tool.desktop.fields import label
from rectify_tool.desktop.forms import larger, open_at_size, smaller
from rectify_tool.desktop.forms.editors import Editor, make_editor
from rectify_tool.desktop.looks import show_focus
from rectify_tool.desktop.views.narrowing import plain
from rectify_tool.desktop.wording import harmless, tip
from rectify_tool.model import Setting

ADDED = ("more", "names", "days")
"""在默认之外增加的 — the kinds of which the office writes only what is its own, besides what is shipped."""

ALL = "全部"


class SettingsForm(QDialog):
    """口径 — `save_wanted` carries `changes`; then `saved` or `refused` says what became of them.

    ``why_not`` says why nothing can be changed (the folder is read-only), "" where it can. `file_wanted` asks for
    口径.toml to be opened in an editor.
    """

    save_wanted = Signal(object)
    file_wanted = Signal()

    def __init__(self, settings: Iterable[Setting], parent: QWidget | None = None, why_not: str = "") -> None:
        super().__init__(parent)
        self.settings = {one.key: one for one in settings}
        self._drafts: dict[str, str] = {}
        self._problem = ("", "")
        self._why_not = why_not
        self.setWindowTitle("口径：本单位的规矩")
        self.setAccessibleName("口径")
        page = QVBoxLayout(self)
        page.addLayout(self._search())
        page.addWidget(self._columns(), 1)
        self.notice = label(why_not)
        self.notice.setVisible(bool(why_not))
        page.addWidget(self.notice)
        page.addWidget(self._buttons())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.words.setFocus)
        for shown in (self.groups, self.rules):
            show_focus(shown)
        self._fill_groups()
        self._tell_changes()
        open_at_size(self, 84, 36)

    def changes(self) -> dict[str, str | None]:
        """改动 — what differs from what the office has written; None goes back to the default."""
        wanted = {key: self._wanted(self.settings[key], text) for key, text in self._drafts.items()}
        return {key: text for key, text in wanted.items() if text != self.settings[key].own}

    def show_setting(self, key: str) -> None:
        """看这一条 — whatever is searched for or filtered."""
        self.words.clear()
        self.only_own.setChecked(False)
        self._choose(self.groups, self.settings[key].group)
        self._choose(self.rules, key)

    def saved(self) -> None:
        """存好了 — nothing is left to ask about."""
        self._drafts.clear()
        self.accept()

    def refused(self, message: str) -> None:
        """没有存 — said beside the rule that is not right, else below; everything typed is still there."""
        keys = [key for key in re.findall(r"（([a-z_.]+)）", message) if key in self.settings]
        self._problem = (keys[0] if keys else "", message)
        self.setEnabled(True)
        self.notice.setText(message)
        self.notice.setVisible(not keys)
        if keys:
            self.show_setting(keys[0])
            self._show_rule()
            self.editors.currentWidget().setFocus()

    def reject(self) -> None:
        """关闭 — asks first where something was changed and not saved."""
        count = len(self.changes())
        if count and not self._given_up(count):
            return
        super().reject()

    # ------------------------------------------------------------ 页面 ----

    def _search(self) -> QHBoxLayout:
        self.words = QLineEdit()
        self.words.setPlaceholderText("查找：含义、用语、叫法（Ctrl+F）")
        self.words.setAccessibleName("查找口径")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._search_all)
        self.only_own = QCheckBox("只看本单位改过的(&O)")
        self.only_own.toggled.connect(lambda: self._search_all())
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        line.addWidget(self.only_own)
        return line

    def _columns(self) -> QSplitter:
        self.groups, self.rules = QListWidget(), QListWidget()
        self.groups.setAccessibleName("类别")
        self.rules.setAccessibleName("各条口径")
        for shown in (self.groups, self.rules):
            shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.groups.setWordWrap(True)
        self.rules.setUniformItemSizes(True)
        self.groups.currentItemChanged.connect(lambda: self._fill_rules())
        self.rules.currentItemChanged.connect(lambda: self._show_rule())
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        for half, share in ((self.groups, 3), (self.rules, 5), (self._pane(), 7)):
            columns.addWidget(half)
            columns.setStretchFactor(columns.count() - 1, share)
        letter = self.fontMetrics().horizontalAdvance("口")
        columns.setSizes([letter * 14, letter * 28, letter * 40])
        return columns

    def _pane(self) -> QWidget:
        self.pane = QWidget()
        column = QVBoxLayout(self.pane)
        self.meaning, self.source, self.state, self.problem = (label("") for _ in range(4))
        self.meaning.setFont(larger(self.meaning.font(), 1.1))
        self.key = label("", "在口径.toml 里叫什么")
        self.key.setFont(smaller(self.key.font()))
        self.key.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.problem.setAccessibleName("哪里不对")
        self.editors = QStackedWidget()
        self._editor_of: dict[str, Editor] = {}
        self.slots, self._slot_menu = label(""), QMenu(self)
        self.slot_button = QPushButton("插入填空(&I)")
        self.slot_button.setAutoDefault(False)
        self.slot_button.setMenu(self._slot_menu)
        self.reset = QPushButton("恢复默认(&R)")
        self.reset.setAutoDefault(False)
        self.reset.clicked.connect(self._reset)
        self.default = QPlainTextEdit()
        self.default.setReadOnly(True)
        self.default.setTabChangesFocus(True)
        self.default_title = QLabel()
        self.default_title.setBuddy(self.default)
        for widget in (self.meaning, self.source, self.state, self.problem):
            column.addWidget(widget)
        column.addWidget(self.editors, 3)
        column.addWidget(self.slots)
        line = QHBoxLayout()
        line.addWidget(self.default_title, 1)
        line.addWidget(self.slot_button)
        line.addWidget(self.reset)
        column.addLayout(line)
        column.addWidget(self.default, 2)
        column.addWidget(self.key)
        return self.pane

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.save = box.addButton("保存(&S)", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setVisible(not self._why_not)
        self.save.clicked.connect(self._save)
        close = box.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        file = box.addButton("打开口径.toml(&T)", QDialogButtonBox.ButtonRole.ResetRole)
        file.setToolTip("用记事本一类的程序直接改")
        file.setAutoDefault(False)
        file.clicked.connect(self.file_wanted.emit)
        self._buttons_below = (self.save, close, file)
        return box

    # ------------------------------------------------------------ 左边两列 ----

    def _fill_groups(self) -> None:
        every = [one.group for one in self.settings.values()]
        for group in (ALL, *dict.fromkeys(every)):
            count = len(every) if group == ALL else every.count(group)
            entry = QListWidgetItem(f"{group}（{count}）")
            entry.setData(Qt.ItemDataRole.UserRole, group)
            entry.setToolTip(tip(entry.text()))
            self.groups.addItem(entry)
        self.groups.setCurrentRow(min(1, self.groups.count() - 1))

    def _fill_rules(self) -> None:
        kept, group = self._current(self.rules), self._current(self.groups)
        wanted = [one for one in self.settings.values() if group in (ALL, one.group) and self._is_wanted(one)]
        self.rules.blockSignals(True)
        self.rules.clear()
        for one in wanted:
            entry = QListWidgetItem()
            entry.setData(Qt.ItemDataRole.UserRole, one.key)
            self.rules.addItem(entry)
            self._title(entry)
        self.rules.setCurrentRow(0)
        self._choose(self.rules, kept)
        self.rules.blockSignals(False)
        self._show_rule()

    def _is_wanted(self, one: Setting) -> bool:
        if self.only_own.isChecked() and one.own is None and one.key not in self.changes():
            return False
        there = plain(
            f"{one.group} {one.meaning} {one.key} {one.value} {one.own or ''} {self._drafts.get(one.key, '')}"
        )
        return all(word in there for word in plain(self.words.text()).split())

    def _search_all(self) -> None:
        if self._current(self.groups) == ALL:
            self._fill_rules()
        else:
            self._choose(self.groups, ALL)

    def _title(self, entry: QListWidgetItem) -> None:
        """The rule in one line: its meaning, what counts where that is short, and whether the office changed it."""
        one = self.settings[entry.data(Qt.ItemDataRole.UserRole)]
        text = self._text(one)
        short = "" if one.kind in (*ADDED, "list") or not text else f"：{text}"
        entry.setText(harmless(f"{self._mark(one)}{one.meaning}{short}"))
        entry.setToolTip(tip(f"{one.meaning}{short}"))

    def _mark(self, one: Setting) -> str:
        if one.key in self.changes():
            return "〔待保存〕"
        return "〔改过〕" if one.own is not None else ""

    def _current(self, of: QListWidget) -> str:
        entry = of.currentItem()
        return str(entry.data(Qt.ItemDataRole.UserRole)) if entry else ""

    def _choose(self, of: QListWidget, key: str) -> None:
        for row in range(of.count()):
            if of.item(row).data(Qt.ItemDataRole.UserRole) == key:
                of.setCurrentRow(row)
                return

    # ------------------------------------------------------------ 右边一条 ----

    def _show_rule(self) -> None:
        one = self.settings.get(self._current(self.rules))
        self.pane.setVisible(one is not None)
        if one is None:
            return
        self.meaning.setText(one.meaning)
        self.source.setText(f"出处：{one.source}")
        self.key.setText(f"（口径.toml：{one.key}）")
        added = one.kind in ADDED
        self.default_title.setText("程序已经认得的（不用再写）：" if added else "默认：")
        self.default.setAccessibleName("程序已经认得的" if added else "默认")
        self.default.setPlainText(one.default or ("没有" if added else "空着"))
        editor = self._editor(one.kind)
        editor.inner.setAccessibleName(one.meaning)
        editor.show_text(self._text(one))
        self.editors.setCurrentWidget(editor)
        self._show_slots(one)
        self._show_state(one)

    def _show_state(self, one: Setting) -> None:
        draft, added = one.key in self.changes(), one.kind in ADDED
        said = "本单位另外加的写在下面" if added else "现在用的是默认"
        if one.own is not None:
            said = "本单位另外加过，见下面" if added else "本单位改过，现在用的是："
        self.state.setText(f"{said}（刚才改的还没有保存）" if draft else said)
        self.reset.setEnabled(not self._why_not and self._wanted(one, self._text(one)) is not None)
        key, message = self._problem
        self.problem.setText(f"有误：{message}" if key == one.key else "")
        self.problem.setVisible(key == one.key)

    def _show_slots(self, one: Setting) -> None:
        names = slots_of(one.default) if one.kind == "wording" else ()
        self.slots.setText("填空由程序填上，可以移动，不能改名：" + "".join(f"{{{name}}}" for name in names))
        self.slots.setVisible(bool(names))
        self.slot_button.setVisible(bool(names) and not self._why_not)
        self._slot_menu.clear()
        for name in names:
            self._slot_menu.addAction(f"{{{name}}}", lambda name=name: self._insert(name))

    def _insert(self, name: str) -> None:
        inner = self._editor("wording").inner
        if isinstance(inner, QPlainTextEdit):
            inner.insertPlainText(f"{{{name}}}")
            inner.setFocus()

    def _editor(self, kind: str) -> Editor:
        """One for each kind, made when first needed."""
        if (made := self._editor_of.get(kind)) is not None:
            return made
        editor = make_editor(kind)
        editor.changed.connect(self._edited)
        editor.setEnabled(not self._why_not)
        self._editor_of[kind] = editor
        self.editors.addWidget(editor)
        self._put_last(editor)
        return editor

    def _put_last(self, editor: Editor) -> None:
        """键盘的次序 — what stands under a value comes after it, though the widget for the value was made later."""
        below = (self.slot_button, self.reset, self.default, *self._buttons_below)
        for one, following in pairwise((*editor.stops()[-1:], *below)):
            QWidget.setTabOrder(one, following)

    def _edited(self) -> None:
        one = self.settings[self._current(self.rules)]
        self._drafts[one.key] = self._editor(one.kind).text()
        self._after_edit(one)

    def _reset(self) -> None:
        one = self.settings[self._current(self.rules)]
        self._drafts[one.key] = "" if one.kind in ADDED else one.default
        self._editor(one.kind).show_text(self._drafts[one.key])
        self._after_edit(one)

    def _after_edit(self, one: Setting) -> None:
        if self._problem[0] == one.key:
            self._problem = ("", "")
        self._title(self.rules.currentItem())
        self._show_state(one)
        self._tell_changes()

    # ------------------------------------------------------------ 值 ----

    def _text(self, one: Setting) -> str:
        """What the editor shows: what was typed, else what counts, or of what is added the office's own."""
        return self._drafts.get(one.key, (one.own or "") if one.kind in ADDED else one.value)

    def _wanted(self, one: Setting, text: str) -> str | None:
        """What the office would have written; None where that is the default."""
        return None if text.strip() == ("" if one.kind in ADDED else one.default.strip()) else text

    # ------------------------------------------------------------ 保存 ----

    def _tell_changes(self) -> None:
        count = len(self.changes())
        self.save.setEnabled(count > 0)
        self.save.setText(f"保存（{count}处）(&S)" if count else "保存(&S)")

    def _save(self) -> None:
        self.setEnabled(False)
        self.notice.hide()
        self.save_wanted.emit(self.changes())

    def _given_up(self, count: int) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, "口径", f"有{count}处改动还没有保存。", parent=self)
        leave = box.addButton("不保存，关闭", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton("继续改", QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is leave


def slots_of(sentence: str) -> tuple[str, ...]:
    """填空 — the names in braces, each once, in order."""
    try:
        return tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(sentence) if name))
    except ValueError:
        return ()
