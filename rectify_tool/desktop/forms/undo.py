"""撤回 — the small form in which a record of 台账.db is taken back, with its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from rectify_tool.desktop.boxes import gives_up
from rectify_tool.desktop.fields import label, paragraph_edit, reading
from rectify_tool.desktop.forms import open_at_size
from rectify_tool.desktop.wording import day_told
from rectify_tool.model import ACT_WORDS, DecisionLine


class UndoForm(QDialog):
    """撤回 — of the record with that number; ``line`` is None where it is not listed any more."""

    def __init__(self, serial: int, line: DecisionLine | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("撤回办理记录")
        self.setAccessibleName("撤回办理记录")
        self._told = label(taken_back(serial, line), "将要撤回的记录")
        self._why = paragraph_edit("", "撤回的原因", "哪里记错了")
        self._why.setMaximumHeight(self._why.fontMetrics().lineSpacing() * 6)
        self._lacking = label("", "还缺什么")
        self._lay_out()
        self._why.textChanged.connect(self._check)
        self._check()
        self._why.setFocus()

    @property
    def why(self) -> str:
        """撤回的原因 — as written now."""
        return str(self._why.toPlainText().strip())

    @property
    def told(self) -> str:
        """将要撤回的记录 — as shown."""
        return str(self._told.text())

    @property
    def lacking(self) -> str:
        """还缺什么 — "" where it can be taken back."""
        return str(self._lacking.text())

    def reject(self) -> None:
        """不撤回 — what was written is not lost by an Esc."""
        if not self.why or gives_up(self):
            super().reject()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.addWidget(reading(self._told), 1)
        rows = QFormLayout()
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        rows.addRow("撤回的原因(&W)，必填", self._why)
        whole.addLayout(rows)
        whole.addWidget(self._lacking)
        box = QDialogButtonBox()
        self._ok = box.addButton("撤回(&R)", QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton("先不撤回(&C)", QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        whole.addWidget(box)
        open_at_size(self, 36, 18)

    def _check(self) -> None:
        self._lacking.setText("" if self.why else "请写撤回的原因。")
        self._ok.setEnabled(bool(self.why))


def taken_back(serial: int, line: DecisionLine | None) -> str:
    """将要撤回的 — the record in words, and what becomes of it."""
    after = "原来的一条会留着，另记一条撤回；从此原来的一条不再起作用。"
    if line is None:
        return f"撤回第{serial}条办理记录。\n{after}"
    day = day_told(line.day) if line.day else "没有写明日期"
    act = ACT_WORDS[line.act] if line.act else f"撤回第{line.undoes}条"
    new_due = f"，新时限{day_told(line.new_due)}" if line.new_due else ""
    why = f"\n事由：{line.why}" if line.why else ""
    return f"撤回第{serial}条办理记录：{day}，{line.target} {act}{new_due}。{why}\n{after}"
