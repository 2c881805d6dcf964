"""窗口上方 — the folder, the as-of day, the number, the one large button, and the figures in a line."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from rectify_tool.desktop import sayings
from rectify_tool.desktop.day_edit import DayEdit
from rectify_tool.desktop.elided import Elided
from rectify_tool.desktop.fields import NumberEdit, label, named, push
from rectify_tool.desktop.forms import larger
from rectify_tool.desktop.wording import tip
from rectify_tool.model import Screen


class Head(QFrame):
    """窗口上方 — says by signals what a person chose; ``day_picked`` carries None for today, whatever today is.

    Where the window is narrow the folder stands in a row of its own.
    """

    switch_wanted = Signal()
    day_picked = Signal(object)
    number_picked = Signal(int)
    generate_wanted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Elided("工作文件夹", 8)
        self._switch = push("切换…", "切换工作文件夹", "打开另一个工作文件夹（Ctrl+O）")
        self._switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._day = DayEdit(today, "基准日")
        self._day.setToolTip(f"材料截至这一天，当天到期的算在期内；没有改过就一直跟着今天走。\n{self._day.toolTip()}")
        self._today = push("今天(&J)", "基准日改回今天", "基准日改回今天，以后跟着日期走")
        self._number = named(NumberEdit(), "期号", "没有改过就接最近一次定稿的期号")
        self._number.setRange(1, 9999)
        self._number.setKeyboardTracking(False)
        self._number.setPrefix("第 ")
        self._number.setSuffix(" 期")
        self._generate = push("生成专报(&G)", "生成专报", "写出这一期的督查专报和整改汇总表（Ctrl+G）")
        self._generate.setDefault(True)
        self._figures = label("", "一行数字")
        self._since = Elided("上一次定稿", 6, Qt.TextElideMode.ElideRight)
        self._since.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._mark = named(QLabel(), "样例标记")
        self._mark.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self._switch.clicked.connect(self.switch_wanted)
        self._day.picked.connect(self.day_picked)
        self._today.clicked.connect(lambda: self.day_picked.emit(None))
        self._number.valueChanged.connect(self.number_picked)
        self._generate.clicked.connect(self._want)

    def settle(self) -> bool:
        """写完 — what is still being typed counts before anything is done with it; False where it is no day."""
        self._number.interpretText()
        return self._day.settle()

    def _want(self) -> None:
        if self.settle():
            self.generate_wanted.emit()

    def _lay_out(self) -> None:
        self._enlarge()
        day, number = QLabel("基准日(&T)"), QLabel("期号(&N)")
        day.setBuddy(self._day)
        number.setBuddy(self._number)
        self._where, self._choice = QHBoxLayout(), QHBoxLayout()
        self._where.addWidget(self._folder, 1)
        self._where.addWidget(self._mark)
        self._where.addWidget(self._switch)
        for part in (day, self._day, self._today, number, self._number):
            self._choice.addWidget(part)
        self._choice.addStretch(0)
        self._choice.addWidget(self._generate)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addLayout(self._where, 1)
        self._top.addLayout(self._choice)
        below = QHBoxLayout()
        below.addWidget(self._figures, 2)
        below.addWidget(self._since, 1)
        self._whole = whole = QVBoxLayout(self)
        margins = whole.contentsMargins()
        whole.setContentsMargins(margins.left(), 4, margins.right(), 0)
        whole.addLayout(self._top)
        whole.addLayout(below)

    def minimumSizeHint(self) -> QSize:
        """最小 — the wider of the two rows: the head gives way by standing them one under the other."""
        margins = self._whole.contentsMargins()
        wide = max(one.minimumSize().width() for one in (self._where, self._choice))
        return QSize(wide + margins.left() + margins.right(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """换行 — where the two do not fit beside each other, the folder with twice the least of its name."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        room = self.contentsRect().width() - self._top.spacing()
        wanted = self._where.minimumSize().width() + self._folder.minimumWidth() + self._choice.minimumSize().width()
        ways = QBoxLayout.Direction
        self._top.setDirection(ways.LeftToRight if wanted <= room else ways.TopToBottom)

    def _enlarge(self) -> None:
        for large in (self._folder, self._generate):
            large.setFont(larger(self.font()))

    def changeEvent(self, event: QEvent) -> None:
        """字号变了 — what is larger stays larger."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_generate"):
            self._enlarge()
            self._fold()

    def show_folder(self, folder: str) -> None:
        """哪个文件夹 — its name, the whole place in the tooltip."""
        self._folder.setText(sayings.folder_name(folder))
        self._folder.setToolTip(tip(folder))

    def show_choice(self, day: date, follows: bool, number: int | None, may_write: bool) -> None:
        """基准日、期号 — what counts now; ``number`` None where nothing is proposed yet."""
        self._day.set_day(day)
        self._today.setVisible(not follows)
        if number not in (None, self._number.value()):  # else what is being typed would go
            with QSignalBlocker(self._number):
                self._number.setValue(number)
        self._generate.setEnabled(may_write)

    def show_screen(self, screen: Screen | None) -> None:
        """一行数字 — of the last look; empty while the first is under way."""
        self._figures.setText(sayings.figures(screen) if screen else "")
        self._since.setText(sayings.since(screen) if screen else "")
        self._since.setToolTip(tip(self._since.text()))
        self._mark.setText(f"【{screen.mark}】" if screen and screen.mark else "")
