"""定稿确认 — says exactly what will be recorded, and asks for the reasons it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from rectify_tool.desktop import sayings
from rectify_tool.desktop.fields import label, paragraph_edit, reading
from rectify_tool.desktop.forms import open_at_size
from rectify_tool.desktop.wording import harmless
from rectify_tool.errors import Way
from rectify_tool.model import PaperSet, Screen

if TYPE_CHECKING:
    from rectify_tool.desktop.clerk import Trouble

_MOST = 5


class Confirmed(NamedTuple):
    """确认的定稿 — the reasons given, "" where none was."""

    correct: str = ""
    accept: str = ""


class PublishForm(QDialog):
    """定稿确认 — of the set written last.

    ``refused`` is why the desk refused it the last time (None the first time), and its way says which reason it needs;
    ``before`` are the reasons given then.
    """

    def __init__(
        self,
        screen: Screen,
        last: PaperSet,
        refused: Trouble | None = None,
        before: Confirmed | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"定稿：{sayings.set_name(last)}")
        self.setAccessibleName(f"定稿：{sayings.set_name(last)}")
        before = before or Confirmed()
        self._again = published(screen, last) or _way(refused) is Way.CORRECT
        self._correct = _reason("更正的原因", before.correct, "哪里错了、改成了什么")
        self._accept = _reason("有差异仍要定稿的原因", before.accept, "怎样核对过原件、为什么不影响")
        self._lacking = label("", "还缺什么")
        self._text = label(recorded(screen, last), "将要记录的内容")
        self._lay_out(refused, sayings.errors_of(screen))
        self._correct.textChanged.connect(self._check)
        self._check()

    def confirmed(self) -> Confirmed:
        """确认的定稿 — the reasons as written now."""
        return Confirmed(self._correct.toPlainText().strip(), self._accept.toPlainText().strip())

    @property
    def text(self) -> str:
        """将要记录的内容 — as shown."""
        return str(self._text.text())

    @property
    def lacking(self) -> str:
        """还缺什么 — "" where it can be published."""
        return str(self._lacking.text())

    def _lay_out(self, refused: Trouble | None, errors: tuple[str, ...]) -> None:
        whole = QVBoxLayout(self)
        texts = [label(refused.message, "没有定稿的原因")] if refused else []
        texts += [self._text]
        texts += [label(_unsettled(errors), "没有处理的错误")] if errors else []
        whole.addWidget(reading(*texts), 1)
        rows = QFormLayout()
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        if self._again or self._correct.toPlainText():
            rows.addRow("更正的原因(&C)" + ("，必填" if self._again else "，没有定过稿的一期不写"), self._correct)
        if _way(refused) is Way.ACCEPT or self._accept.toPlainText():
            rows.addRow("核对过原件、有差异仍要定稿的原因(&A)", self._accept)
        whole.addLayout(rows)
        whole.addWidget(self._lacking)
        whole.addWidget(self._buttons())
        self._leave.setFocus()  # what cannot be undone is not done by an Enter meant for something else
        open_at_size(self, 44, 14 + 7 * rows.rowCount() + (8 if errors or refused else 0))

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self._ok = box.addButton("定稿(&P)", QDialogButtonBox.ButtonRole.AcceptRole)
        self._leave = box.addButton("先不定稿", QDialogButtonBox.ButtonRole.RejectRole)
        self._leave.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def _check(self) -> None:
        lacking = "这一期已经定过稿，再定稿就是更正，要写更正的原因；原来的一稿也会留着。" if self._again else ""
        self._lacking.setText(lacking if not self.confirmed().correct else "")
        self._ok.setEnabled(not self.lacking)


def published(screen: Screen, last: PaperSet) -> bool:
    """已经定过稿 — a set of that number and year is of record, as far as 成果/ tells."""
    year = last.as_of.year if last.as_of else None
    return any(
        one.published and one.number == last.number and (one.as_of.year if one.as_of else None) == year
        for one in screen.papers
    )


def recorded(screen: Screen, last: PaperSet) -> str:
    """将要记录的 — the bulletin, its folder, its figures, and what this means afterwards."""
    parts = [f"将把{sayings.set_name(last)}记为正式的一期，材料在“成果 / {last.name}”里。"]
    if last.overtaken:
        parts.append(
            f"写出以后文件有变化（{harmless(last.overtaken)}），这套材料里还没有，请重新生成专报，看过以后再定稿。"
        )
    elif last.as_of == screen.as_of and last.number == screen.number:
        parts.append(f"记录的数字：{sayings.figures(screen)}。")
    else:
        parts.append("记录的是这套材料写出时的数字；窗口上方现在的基准日或期号与它不同，请先打开材料看过。")
    if last.edited:
        parts.append(f"其中{sayings.some(last.edited)}写出以后有人改过，定稿记的必须是原样写出的，多半要重新生成。")
    parts.append(
        "每一项的状态、各单位的原话、核对意见、用到的文件和写出的材料都会记入“台账.db”，下一期就和这一期比。"
        "定稿以后不能撤销，只能写明原因更正；已定稿的材料以后不会被改动。"
    )
    return "\n".join(parts)


def _way(refused: Trouble | None) -> Way | None:
    return refused.way if refused else None


def _unsettled(errors: tuple[str, ...]) -> str:
    more = f"\n……一共{len(errors)}条，都在“核对意见”里。" if len(errors) > _MOST else ""
    listed = "\n".join(f"· {one}" for one in errors[:_MOST])
    return f"还有“错误”一级的核对意见{len(errors)}条没有处理，请先看过：\n{listed}{more}"


def _reason(name: str, text: str, hint: str) -> QPlainTextEdit:
    edit = paragraph_edit(text, name, hint)
    edit.setMaximumHeight(edit.fontMetrics().lineSpacing() * 5)
    return edit
