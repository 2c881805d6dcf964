"""新建工作文件夹 — which breakdown, where, and under what name."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from rectify_tool.desktop.fields import label, line_edit, push
from rectify_tool.desktop.forms import open_at_size

WORKBOOKS = "表格 (*.xlsx *.xls *.xlsm *.et *.ods *.csv);;所有文件 (*)"
_FORBIDDEN = '\\/:*?"<>|'


class NewFolder(NamedTuple):
    """新建的要求 — the folder to make, and the breakdown to copy into it, "" for none yet."""

    place: str
    breakdown: str


class NewFolderForm(QDialog):
    """新建工作文件夹 — the breakdown may come later, where a person says so by a button of its own."""

    def __init__(self, parent_folder: str, name: str, breakdown: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("新建工作文件夹")
        self.setAccessibleName("新建工作文件夹")
        self._breakdown = line_edit(breakdown, "责任分解表", "选下发的那一份")
        self._where = line_edit(parent_folder, "建在哪里")
        self._name = line_edit(name, "文件夹名称")
        self._lacking = label("", "还缺什么")
        self._later = push("先不放，建好再说(&L)", "先不放责任分解表", "建一个空的，责任分解表以后再拖进来")
        self._lay_out()
        for edit in (self._breakdown, self._where, self._name):
            edit.textChanged.connect(self._check)
        self._check()
        self._name.selectAll()

    def wanted(self) -> NewFolder:
        """新建的要求 — as written now."""
        return NewFolder(
            str(Path(self._where.text().strip()) / self._name.text().strip()), self._breakdown.text().strip()
        )

    @property
    def lacking(self) -> str:
        """还缺什么 — "" where the folder can be made."""
        return str(self._lacking.text())

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        told = "选下发的那一份责任分解表（复制一份进来，原件不动），再说建在哪里、叫什么名字。"
        whole.addWidget(label(told))
        rows = QFormLayout()
        breakdown, where = QLabel("责任分解表(&B)"), QLabel("建在(&W)")
        breakdown.setBuddy(self._breakdown)
        where.setBuddy(self._where)
        pick = _with_button(self._breakdown, "选择(&1)…", "选择责任分解表", self._pick_breakdown)
        rows.addRow(breakdown, pick)
        rows.addRow(where, _with_button(self._where, "选择(&2)…", "选择建在哪里", self._pick_where))
        rows.addRow("文件夹名称(&N)", self._name)
        whole.addLayout(rows)
        whole.addWidget(self._lacking, 1)
        box = QDialogButtonBox()
        self._ok = box.addButton("新建(&C)", QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(self._later, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self._ok.setDefault(True)
        self._later.hide()
        self._later.clicked.connect(self.accept)
        box.accepted.connect(self._make)
        box.rejected.connect(self.reject)
        whole.addWidget(box)
        open_at_size(self, 44, 12)

    def _pick_breakdown(self) -> None:
        start = self._breakdown.text() or self._where.text()
        picked, _ = QFileDialog.getOpenFileName(self, "选择下发的责任分解表", start, WORKBOOKS)
        if picked:
            self._breakdown.setText(picked)

    def _pick_where(self) -> None:
        picked = QFileDialog.getExistingDirectory(self, "建在哪个文件夹里", self._where.text())
        if picked:
            self._where.setText(picked)

    def _make(self) -> None:
        """新建 — without a breakdown it is said first what would be wanting."""
        if self.wanted().breakdown:
            self.accept()
            return
        self._lacking.setText("还没有选责任分解表。请选下发的那一份；手头没有，就点“先不放，建好再说”。")
        self._later.show()
        self._breakdown.setFocus()

    def _check(self) -> None:
        name, wanted = self._name.text().strip(), self.wanted()
        lacking = next(told for lacks, told in _LACKING if lacks(name, wanted))
        self._lacking.setText(lacking)
        self._later.setVisible(self._later.isVisible() and not wanted.breakdown)
        for button in (self._ok, self._later):
            button.setEnabled(not lacking)


_LACKING = (
    (lambda name, _: not name, "请写文件夹的名称。"),
    (lambda name, _: any(one in _FORBIDDEN for one in name), f"名称里不能有这些符号：{' '.join(_FORBIDDEN)}"),
    (lambda _, wanted: not Path(wanted.place).parent.is_dir(), "“建在”的文件夹不存在，请另选。"),
    (lambda _, wanted: wanted.breakdown and not Path(wanted.breakdown).is_file(), "没有找到这份责任分解表，请另选。"),
    (lambda *_: True, ""),
)


def _with_button(edit: QLineEdit, text: str, name: str, pick: object) -> QHBoxLayout:
    row = QHBoxLayout()
    button = push(text, name)
    button.clicked.connect(pick)
    row.addWidget(edit, 1)
    row.addWidget(button)
    return row
