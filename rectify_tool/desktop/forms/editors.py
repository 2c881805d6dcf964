"""填写框 — the fitting widget for every kind of rule; each takes and gives the text of a `Setting`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rectify_tool.desktop.day_edit import DayEdit
from rectify_tool.desktop.fields import NumberEdit

EQUALS = " = "
"""左右之间 — in the text of a table of names."""


class Editor(QWidget):
    """填写框 — `changed` tells that a person has changed it; showing a text does not."""

    changed = Signal()

    def __init__(self, inner: QWidget, read: Callable[[], str], write: Callable[[str], None]) -> None:
        super().__init__()
        self.inner = inner
        self._read = read
        self._write = write
        self._quiet = False
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(inner)
        if not isinstance(inner, (QPlainTextEdit, QTableWidget)):
            page.addStretch(1)
        self.setFocusProxy(inner)

    def show_text(self, text: str) -> None:
        """填上 — without telling."""
        self._quiet = True
        self._write(text)
        self._quiet = False

    def text(self) -> str:
        """填的内容 — as a `Setting` has it."""
        return self._read()

    def stops(self) -> list[QWidget]:
        """键盘停留处 — in the order of the eye."""
        inner = (self.inner, *self.findChildren(QWidget))
        kinds = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QAbstractButton, QTableWidget)
        return [one for one in dict.fromkeys(inner) if isinstance(one, kinds) and _stands_alone(one)]

    def tell(self, *_: object) -> None:
        """改了 — for the inner widgets' signals."""
        if not self._quiet:
            self.changed.emit()


def _stands_alone(one: QWidget) -> bool:
    """Not the line inside a spin box, nor the corner of a table."""
    return not isinstance(one.parent(), (QAbstractSpinBox, QTableWidget))


def make_editor(kind: str) -> Editor:
    """做一个填写框 — for a kind of rule."""
    return _EDITORS[kind]()


def _line() -> Editor:
    line = QLineEdit()
    editor = Editor(line, line.text, line.setText)
    line.textChanged.connect(editor.tell)
    return editor


def _number() -> Editor:
    box = NumberEdit()
    box.setRange(0, 9999)
    editor = Editor(box, lambda: str(box.value()), lambda text: box.setValue(int(text or 0)))
    box.valueChanged.connect(editor.tell)
    return editor


def _yes_no() -> Editor:
    both, line = QWidget(), QHBoxLayout()
    both.setLayout(line)
    yes, no = QRadioButton("是(&Y)"), QRadioButton("否(&N)")
    group = QButtonGroup(both)
    for button in (yes, no):
        group.addButton(button)
        line.addWidget(button)
    line.addStretch(1)
    both.setFocusProxy(yes)
    editor = Editor(
        both,
        lambda: "是" if yes.isChecked() else "否",
        lambda text: (yes if text == "是" else no).setChecked(True),
    )
    yes.toggled.connect(editor.tell)
    return editor


def _day() -> Editor:
    field = DayEdit(None, "哪一天", may_be_blank=True)

    def read() -> str:
        day = field.reads()
        return day.isoformat() if day else field.text().strip()  # what is no day is refused where it is saved

    editor = Editor(field, read, lambda text: field.set_day(date.fromisoformat(text) if text else None))
    field.textChanged.connect(editor.tell)
    return editor


def _lines() -> Editor:
    box = QPlainTextEdit()
    box.setTabChangesFocus(True)
    box.setPlaceholderText("一行写一个")
    editor = Editor(box, box.toPlainText, box.setPlainText)
    box.textChanged.connect(editor.tell)
    return editor


def _sentence() -> Editor:
    """One sentence: it may be long and is wrapped, but has no line ends of its own."""
    box = QPlainTextEdit()
    box.setTabChangesFocus(True)
    editor = Editor(box, lambda: box.toPlainText().replace("\n", ""), box.setPlainText)
    box.textChanged.connect(editor.tell)
    return editor


def _pairs(left: str, right: str) -> Editor:
    """A table of two columns with a blank row at the end to write on; Delete takes the chosen rows out."""
    table = QTableWidget(1, 2)
    table.setHorizontalHeaderLabels([left, right])
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setDefaultSectionSize(table.fontMetrics().horizontalAdvance("口") * 14)
    table.verticalHeader().hide()
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setToolTip("写在最后的空行里就是新加一条")

    def cell(row: int, column: int) -> str:
        found = table.item(row, column)
        return found.text().strip() if found else ""

    def read() -> str:
        rows = ((cell(row, 0), cell(row, 1)) for row in range(table.rowCount()))
        return "\n".join(EQUALS.join(row) for row in rows if any(row))

    def write(text: str) -> None:
        rows = [line.partition(EQUALS) for line in text.splitlines()]
        table.setRowCount(0)
        table.setRowCount(len(rows) + 1)
        for row, (one, _, other) in enumerate(rows):
            table.setItem(row, 0, QTableWidgetItem(one))
            table.setItem(row, 1, QTableWidgetItem(other))

    def written(row: int, _: int) -> None:
        if row == table.rowCount() - 1 and (cell(row, 0) or cell(row, 1)):
            table.setRowCount(row + 2)
        editor.tell()

    def take_out() -> None:
        for row in sorted({index.row() for index in table.selectedIndexes()}, reverse=True):
            table.removeRow(row)
        if not table.rowCount() or cell(table.rowCount() - 1, 0):
            table.setRowCount(table.rowCount() + 1)
        editor.tell()

    editor = Editor(table, read, write)
    table.cellChanged.connect(written)
    QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), table, take_out, Qt.ShortcutContext.WidgetShortcut)
    button = QPushButton("删去选中的几行(&X)")
    button.setAutoDefault(False)
    button.clicked.connect(take_out)
    page = editor.layout()
    if page is not None:
        page.addWidget(button)
    return editor


_EDITORS: Mapping[str, Callable[[], Editor]] = {
    "day": _day,
    "yes_no": _yes_no,
    "number": _number,
    "text": _line,
    "wording": _sentence,
    "list": _lines,
    "more": _lines,
    "names": lambda: _pairs("别的叫法", "正式名称"),
    "days": lambda: _pairs("事件", "日期，例：2016-03-01"),
}
