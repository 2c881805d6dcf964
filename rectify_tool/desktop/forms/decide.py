"""记办理 — the small form an act of the office is written in; what makes sense is the desk's to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from rectify_tool.desktop.boxes import gives_up
from rectify_tool.desktop.day_edit import DayEdit
from rectify_tool.desktop.fields import label, line_edit, named, paragraph_edit, reading, remark
from rectify_tool.desktop.forms import open_at_size
from rectify_tool.desktop.wording import day_told
from rectify_tool.model import ACT_WORDS, STANDING_WORDS, STEPS, WITH_DAY, WITH_REASON, Act, ItemLine

_MEANS = {
    Act.CLOSE: "办公室核查属实，认可完成。",
    Act.REOPEN: "已经销号的，发现没有改到位，重新算作没有完成；以前报的完成不再算数。",
    Act.EXTEND: "领导批准以后记；从此以新的时限判断是不是逾期。",
    Act.RETURN: "报了完成但没有改到位，退给单位重改；要等单位重新报来才算。",
    Act.ASK: "单位提出延期，还没有批；只作记录，不改变时限。",
    Act.CALL: "打过催办电话的，记下谁接的、怎么说的。",
    Act.LETTER: "发了督办函的，记下文号或内容。",
    Act.TALK: "约谈过的，记下谁约谈、谁到场。",
    Act.ACCOUNTABILITY: "问责过的，记下依据和结果。",
}
_BY = {Act.ASK: "不写就是牵头单位"}
_WHY = {Act.CALL: "接电话的是哪个岗位、怎么说的", Act.LETTER: "文号、主要内容", Act.ASK: "为什么要延期"}


class Decided(NamedTuple):
    """记的内容 — what the form holds; ``by`` and ``why`` are "" where nothing was written."""

    target: str
    day: date
    new_due: date | None
    by: str
    why: str


class DecideForm(QDialog):
    """记办理 — of one act, about the item given or, for the steps of escalation, about a unit as a whole.

    ``today`` is the day proposed; an act dated after ``as_of`` does not count in this bulletin, which is said.
    ``message`` is what the desk had against it the last time; ``before`` what was written then.
    """

    def __init__(
        self,
        act: Act,
        item: ItemLine | None,
        units: Sequence[str],
        today: date,
        as_of: date,
        message: str = "",
        before: Decided | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._act, self._as_of, word = act, as_of, ACT_WORDS[act]
        self.setWindowTitle(f"记办理：{word}")
        self.setAccessibleName(f"记办理：{word}")
        self._target = self._targets(item, units, before)
        self._day = DayEdit(before.day if before else today, "办理日期")
        new_due = before.new_due if before else None
        self._new_due = DayEdit(new_due, "新的时限", may_be_blank=True) if act in WITH_DAY else None
        by, why = (before.by, before.why) if before else ("", "")
        self._by = line_edit(by, "谁办的", _BY.get(act, "写职务或单位，不写姓名；不写就是本办公室"))
        hint = _WHY.get(act, "为什么这样办" if act in WITH_REASON else "可以不写")
        self._why = paragraph_edit(why, "事由", hint)
        line = self._why.fontMetrics().lineSpacing()
        self._why.setMinimumHeight(2 * line)
        self._why.setMaximumHeight(6 * line)
        self._lacking, self._later_note = remark("还缺什么", 1), remark("办理日期的提醒", 2)
        self._lay_out(item, message)
        self._why.textChanged.connect(self._check)
        self._target.currentTextChanged.connect(self._check)
        for days in self._days():
            days.textChanged.connect(self._check)
        self._check()
        self._first = None if by or why else self.decided()  # what came back refused was written too
        (self._new_due or (self._why if act in WITH_REASON or act in STEPS else self._day)).setFocus()

    def decided(self) -> Decided:
        """记的内容 — as written now."""
        target = self._target.currentData() or self._target.currentText().strip()
        new_due = self._new_due.day() if self._new_due else None
        day = self._day.day() or self._as_of
        return Decided(target, day, new_due, self._by.text().strip(), self._why.toPlainText().strip())

    def accept(self) -> None:
        """记 — once every day that was written is one."""
        settled = [one.settle() for one in self._days()]
        if all(settled) and not self.lacking:
            super().accept()

    def reject(self) -> None:
        """不记 — what was written is not lost by an Esc."""
        if self.decided() == self._first or gives_up(self):
            super().reject()

    @property
    def lacking(self) -> str:
        """还缺什么 — "" where it can be recorded."""
        return str(self._lacking.text())

    def _targets(self, item: ItemLine | None, units: Sequence[str], before: Decided | None) -> QComboBox:
        box = named(QComboBox(), "对象")
        if item is not None:
            box.addItem(f"{item.no}　{item.lead}　{item.matter}", item.no)
        if self._act in STEPS:
            first = [one for one in (item.units if item else ()) if one in units]
            for unit in dict.fromkeys((*first, *units)):
                box.addItem(unit, unit)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(24)
        box.setPlaceholderText("请选一个单位")
        at = box.findData(before.target) if before else -1
        box.setCurrentIndex(0 if at < 0 and item is not None else at)  # a unit is named by a person, never by its place
        return box

    def _days(self) -> tuple[DayEdit, ...]:
        return (self._day, self._new_due) if self._new_due else (self._day,)

    def _lay_out(self, item: ItemLine | None, message: str) -> None:
        whole = QVBoxLayout(self)
        texts = [label(message, "没有记成的原因")] if message else []
        texts += [label(_MEANS[self._act])]
        if item is not None:
            now = f"现在：{STANDING_WORDS[item.standing]}；时限：{item.deadline or '没有写'}（{item.read_as}）"
            texts += [label(now, "现在的情况")]
        whole.addWidget(reading(*texts), 1)
        rows = QFormLayout()
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.addRow("对象(&T)", self._target)
        rows.addRow("办理日期(&D)", self._day)
        if self._new_due is not None:
            word = "批准延到(&N)" if self._act is Act.EXTEND else "申请延到(&N)"
            rows.addRow(word, self._new_due)
        rows.addRow("谁办的(&B)", self._by)
        rows.addRow("事由(&W)" + ("，必填" if self._act in WITH_REASON else ""), self._why)
        whole.addLayout(rows)
        whole.addWidget(self._later_note)
        whole.addWidget(self._lacking)
        self._buttons = QDialogButtonBox()
        self._ok = self._buttons.addButton("记入台账(&R)", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton("取消(&C)", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        whole.addWidget(self._buttons)
        open_at_size(self, 36, 24)

    def _check(self) -> None:
        lacking = ""
        if not self._target.currentText():
            lacking = "请选一个单位。" if self._act in STEPS else "请先在台账里选一个小项。"
        elif self._act in WITH_REASON and not self._why.toPlainText().strip():
            lacking = f"{ACT_WORDS[self._act]}要写原因。"
        elif self._day.reads() is None:
            lacking = "办理日期要写成 2016-12-25 这样。"
        elif self._new_due is not None and self._new_due.reads() is None:
            lacking = f"{ACT_WORDS[self._act]}要写延到哪一天，写成 2016-12-25 这样。"
        self._lacking.setText(lacking)
        later = (self._day.reads() or self._as_of) > self._as_of
        told = f"办理日期在现在的基准日{day_told(self._as_of)}之后，照样记，但到那一天以后的一期才算。"
        self._later_note.setText(told if later else "")
        self._ok.setEnabled(not lacking)
