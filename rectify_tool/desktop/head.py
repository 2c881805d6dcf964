"""窗口上方 — the folder, the as-of day, the number, the one large button, and the figures in a line."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from rectify_tool.desktop import sayings
from rectify_tool.desktop.fields import DayEdit, NumberEdit, label, named, push
from rectify_tool.desktop.forms import larger
from rectify_tool.model import Screen


class Head(QFrame):
    """窗口上方 — says by signals what a person chose; ``day_picked`` carries None for today, whatever today is."""

    switch_wanted = Signal()
    day_picked = Signal(object)
    number_picked = Signal(int)
    generate_wanted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = named(QLabel(), "工作文件夹")
        self._folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._switch = push("切换…", "切换工作文件夹", "打开另一个工作文件夹（Ctrl+O）")
        self._day = DayEdit(today, "基准日")
        self._day.setToolTip("材料截至这一天，当天到期的算在期内；没有改过就一直跟着今天走")
        self._today = push("今天(&J)", "基准日改回今天", "基准日改回今天，以后跟着日期走")
        self._number = named(NumberEdit(), "期号", "没有改过就接最近一次定稿的期号")
        self._number.setRange(1, 9999)
        self._number.setKeyboardTracking(False)
        self._number.setPrefix("第 ")
        self._number.setSuffix(" 期")
        self._generate = push("生成专报(&G)", "生成专报", "写出这一期的督查专报和整改汇总表（Ctrl+G）")
        self._generate.setDefault(True)
        self._figures = label("", "一行数字")
        self._since = named(QLabel(), "上一次定稿")
        self._mark = named(QLabel(), "样例标记")
        self._lay_out()
        self._switch.clicked.connect(self.switch_wanted)
        self._day.picked.connect(self.day_picked)
        self._today.clicked.connect(lambda: self.day_picked.emit(None))
        self._number.valueChanged.connect(self.number_picked)
        self._generate.clicked.connect(self._want)

    def settle(self) -> None:
        """写完 — what is still being typed counts before anything is done with it."""
        self._day.interpretText()
        self._number.interpretText()

    def _want(self) -> None:
        self.settle()
        self.generate_wanted.emit()

    def _lay_out(self) -> None:
        self._enlarge()
        day, number = QLabel("基准日(&T)"), QLabel("期号(&N)")
        day.setBuddy(self._day)
        number.setBuddy(self._number)
        top = QHBoxLayout()
        for part in (self._switch, day, self._day, self._today, number, self._number, self._generate):
            top.addWidget(part)
        top.insertWidget(0, self._mark)
        top.insertWidget(0, self._folder, 1)
        below = QHBoxLayout()
        below.addWidget(self._figures, 1)
        below.addWidget(self._since)
        whole = QVBoxLayout(self)
        margins = whole.contentsMargins()
        whole.setContentsMargins(margins.left(), 4, margins.right(), 0)
        whole.addLayout(top)
        whole.addLayout(below)

    def _enlarge(self) -> None:
        for large in (self._folder, self._generate):
            large.setFont(larger(self.font()))

    def changeEvent(self, event: QEvent) -> None:
        """字号变了 — what is larger stays larger."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_generate"):
            self._enlarge()

    def show_folder(self, folder: str) -> None:
        """哪个文件夹 — its name, the whole place in the tooltip."""
        self._folder.setText(sayings.folder_name(folder))
        self._folder.setToolTip(folder)

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
        self._mark.setText(f"【{screen.mark}】" if screen and screen.mark else "")
