"""图表 — how far every aspect, unit and leader has come, and the bulletins so far; a click narrows the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rectify_tool.desktop.bars import ORDERS, PAINTS, BarList, draw_part
from rectify_tool.desktop.fields import ChoiceBox, OneLine, label
from rectify_tool.desktop.views.narrowing import Narrowing
from rectify_tool.desktop.views.parts import Page
from rectify_tool.model import NOW, STANDING_WORDS, Bar, Screen, Standing
from rectify_tool.papers.counts import UNNAMED


class Pictures(Page):
    """图表 — the panes by aspect, unit and leader, the bulletins beside them, the legend with the figures of all.

    `narrowed` carries the Narrowing that shows in the ledger exactly the items that were counted.
    """

    narrowed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("图表")
        self.legend = Legend()
        self.legend.picked.connect(lambda standing: self.narrowed.emit(Narrowing(standing=standing)))
        self.panes = tuple(BarList(f"按{pane.title}的进展") for pane in PANES)
        self.bulletins = BarList("各期的进展")
        self.bulletins.picked.connect(self._pick_bulletin)
        self.pointing = QLabel()
        self.pointing.setAccessibleName("所指的一段")
        self.pointing.setTextFormat(Qt.TextFormat.PlainText)
        self.pointing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for bars in (*self.panes, self.bulletins):
            bars.pointed.connect(self.pointing.setText)
        page = QVBoxLayout(self)
        page.addWidget(self.legend)
        page.addWidget(self._halves(), 1)
        page.addWidget(self.pointing)
        page.addWidget(OneLine(COUNTED))
        self.tabs.currentChanged.connect(lambda at: self.lead(self.panes[at]))
        self.lead(self.panes[0])

    def show_screen(self, screen: Screen) -> None:
        """给出看板 — what was chosen stays chosen where it still is."""
        self.legend.show_counts(screen.counts)
        for pane, bars in zip(PANES, self.panes, strict=True):
            bars.show_bars(pane.of(screen))
        self.bulletins.show_bars(screen.bulletins[::-1])
        self.since.setText(BEFORE if len(screen.bulletins) > 1 else NONE_BEFORE)

    def forget(self) -> None:
        """忘掉 — the bars a person was on: another folder comes."""
        for bars in (*self.panes, self.bulletins):
            bars.forget()

    def _halves(self) -> QSplitter:
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("按什么看")
        for pane, bars in zip(PANES, self.panes, strict=True):
            self.tabs.addTab(bars, f"按{pane.title}(&{pane.key})")
            bars.picked.connect(lambda bar, part, pane=pane: self.narrowed.emit(pane.narrow(bar, part)))
        left, right = QWidget(), QWidget()
        line = QVBoxLayout(left)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(self._choices())
        line.addWidget(self.tabs, 1)
        self.since = label("", "以前各期")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(_titled("各期(&P)", self.bulletins))
        column.addWidget(self.bulletins, 1)
        column.addWidget(self.since)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        for half, share in ((left, 3), (right, 2)):
            halves.addWidget(half)
            halves.setStretchFactor(halves.count() - 1, share)
        return halves

    def _choices(self) -> QHBoxLayout:
        self.order = ChoiceBox()
        self.order.setAccessibleName("排列")
        self.order.addItems([order.title for order in ORDERS])
        self.order.currentIndexChanged.connect(self._sort)
        self.even = QCheckBox("画成一样长，比较比例(&E)")
        self.even.toggled.connect(self._show_even)
        line = QHBoxLayout()
        line.addWidget(_titled("排列(&S)", self.order))
        line.addWidget(self.order)
        line.addWidget(self.even)
        line.addStretch(1)
        return line

    def _sort(self, at: int) -> None:
        for bars in self.panes:
            bars.sort_by(ORDERS[at])

    def _show_even(self, even: bool) -> None:
        for bars in (*self.panes, self.bulletins):
            bars.show_even(even)

    def _pick_bulletin(self, bar: Bar, part: Standing | None) -> None:
        if bar.label.startswith(NOW):
            self.narrowed.emit(Narrowing(standing=part))


class Pane(NamedTuple):
    """一面 — what its bars stand for, its key, where they are in a Screen, and which items a label means."""

    title: str
    key: str
    of: Callable[[Screen], tuple[Bar, ...]]
    meant: Callable[[str], Narrowing]

    def narrow(self, bar: Bar, part: Standing | None) -> Narrowing:
        """筛选 — the items counted in this part of the bar; None is the whole bar."""
        return self.meant(bar.label or UNNAMED)._replace(standing=part)


PANES = (
    Pane("方面", "F", lambda screen: screen.aspects, lambda label: Narrowing(aspect=label)),
    Pane("牵头单位", "Q", lambda screen: screen.leads, lambda label: Narrowing(unit=label, leading=True)),
    Pane("责任领导", "L", lambda screen: screen.leaders, lambda label: Narrowing(leader=label)),
)
COUNTED = (
    "单位只计牵头的小项，配合的不计；一个小项有几位责任领导的，每位各计一次，所以各位领导的合计可能多于总数。"
    "颜色按八种状态分，不是台账里的四色灯。点色块或名称（键盘：上下左右选、回车），台账里就只看那几项。"
)
BEFORE = "以前各期是定稿时的数字，只能看；点“现在”一行才筛选台账。"
NONE_BEFORE = "还没有定过稿，只有现在的数字；定稿以后，每一期在这里多一行。"


class Legend(QWidget):
    """图例 — every standing with its shape, colour, word and number; pressing one shows those items."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("图例")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.buttons = {standing: self._button(standing) for standing in PAINTS}
        self._columns = 0

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """给出数字 — every item once; together they are the whole."""
        for standing, button in self.buttons.items():
            words = f"{STANDING_WORDS[standing]} {counts.get(standing.value, 0)}项"
            button.setText(words)
            button.setAccessibleName(f"{words}，在台账里只看这些")
            button.setIcon(_swatch(standing, self.fontMetrics().height(), self.palette()))
            button.setIconSize(QSize(self.fontMetrics().height() * 2, self.fontMetrics().height()))
        self._columns = 0
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """换行 — eight beside each other where there is room, else four or two."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """深浅变了 — the swatches are drawn again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for standing, button in self.buttons.items():
                button.setIcon(_swatch(standing, self.fontMetrics().height(), self.palette()))

    def _button(self, standing: Standing) -> QToolButton:
        button = QToolButton(self)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.picked.emit(standing))
        return button

    def _lay_out(self) -> None:
        wide = max(button.sizeHint().width() for button in self.buttons.values())
        columns = next((one for one in (8, 4) if one * wide <= self.width()), 2)
        if columns != self._columns:
            self._columns = columns
            for at, button in enumerate(self.buttons.values()):
                self._grid.addWidget(button, at // columns, at % columns)


def _swatch(standing: Standing, high: int, palette: QPalette) -> QIcon:
    picture = QPixmap(high * 2, high)
    painter = QPainter(picture)
    draw_part(painter, picture.rect(), standing, (PAINTS[standing].shape,), palette)
    painter.end()
    return QIcon(picture)


def _titled(title: str, of: QWidget) -> QLabel:
    made = QLabel(title)
    made.setBuddy(of)
    return made
