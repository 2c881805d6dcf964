"""表 — lines of plain values as Qt tables: sorted and narrowed by own lists, because 88,000 lines must not be felt."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QTableView, QWidget

from rectify_tool.desktop import looks
from rectify_tool.desktop.wording import harmless, tip
from rectify_tool.model import Light

T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex
_SORTS_KEPT = 3


@dataclass(frozen=True)  # with slots, Shown[Row](…) cannot be made in Python 3.11
class Shown(Generic[T]):
    """一栏 — how a column shows a line.

    ``key`` is what it is sorted by, None for the text; `as_given` for the order in which the lines were given. A key or
    text of None or "" stands last whichever way it is sorted. ``width`` is in average characters, two for a Chinese
    one, or the longest usual text, which is then shown whole in any font. ``tip`` None shows the text itself, whole;
    neither is ever taken for HTML.
    """

    title: str
    text: Callable[[T], str]
    key: Callable[[T], Any] | None = None
    width: int | str = 12
    tip: Callable[[T], str] | None = None
    light: Callable[[T], Light | None] | None = None
    right: bool = False


def as_given(_: Any) -> Any:
    """原顺序 — as a column's key: in the order the lines were given (the ledger's)."""
    return None


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """自然顺序 — a key that puts 4-2 before 10-1 and 第2批 before 第10批."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _NUMBERS.split(text) if part)


_NUMBERS = re.compile(r"(\d+)")


class Lines(QAbstractTableModel, Generic[T]):
    """各行 — the lines of a table, sorted and narrowed; what was sorted before decides among equals."""

    def __init__(self, columns: Sequence[Shown[T]], of: Callable[[T], Hashable], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.of = of
        self._all: list[T] = []
        self._arranged: list[int] = []
        self._shown: list[int] = []
        self._wanted: Callable[[T], bool] | None = None
        self._passes: list[bool] | None = None
        self._ranks: dict[int, Sequence[int]] = {}
        self._places: dict[Hashable, int] | None = None
        self._sorts: list[tuple[int, Qt.SortOrder]] = []

    # ------------------------------------------------------------ 换内容 ----

    def show(self, lines: Sequence[T]) -> None:
        """显示 — other lines, sorted and narrowed as before."""
        self.beginResetModel()
        self._all = list(lines)
        self._ranks, self._places = {}, None
        self._arranged = list(range(len(self._all)))
        for column, order in self._sorts:
            self._arrange(column, order)
        self._sift()
        self.endResetModel()

    def narrow(self, wanted: Callable[[T], bool] | None) -> None:
        """筛选 — only the lines that are wanted; None for all."""
        self.beginResetModel()
        self._wanted = wanted
        self._sift()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """排序 — by a column; column -1 is the order in which the lines were given."""
        self.beginResetModel()
        if column < 0:
            self._sorts = []
            self._arranged = list(range(len(self._all)))
        else:
            kept = [one for one in self._sorts if one[0] != column]
            self._sorts = [*kept, (column, order)][-_SORTS_KEPT:]
            self._arrange(column, order)
        self._gather()
        self.endResetModel()

    # ------------------------------------------------------------ 找到一行 ----

    def line_at(self, row: int) -> T:
        """某一行 — as it is shown now."""
        return self._all[self._shown[row]]

    def row_of(self, key: Hashable) -> int | None:
        """在第几行 — None where there is no such line, or it is not shown now."""
        if self._places is None:
            self._places = {self.of(line): index for index, line in enumerate(self._all)}
        index = self._places.get(key)
        if index is None or (self._passes is not None and not self._passes[index]):
            return None
        return self._shown.index(index)

    def shown_lines(self) -> list[T]:
        """显示着的各行 — in the order they are shown."""
        return [self._all[index] for index in self._shown]

    # ------------------------------------------------------------ Qt 问的 ----

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """行数 — of the lines shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """栏数 — always all of them."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """一格 — its text, light, tip, what a screen reader says, and the line itself under UserRole."""
        answer = _ROLES.get(role)
        if answer is None or not index.isValid():
            return None
        return answer(self.columns[index.column()], self.line_at(index.row()))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """表头 — over numbers it stands to the right, as they do."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column, None)
        return column.title if role == Qt.ItemDataRole.DisplayRole else None

    # ------------------------------------------------------------ 排与筛 ----

    def _arrange(self, column: int, order: Qt.SortOrder) -> None:
        ranks = self._ranks_of(column)
        downwards = order == Qt.SortOrder.DescendingOrder
        arranged = sorted(self._arranged, key=ranks.__getitem__, reverse=downwards)
        blank = 0 if downwards else ranks.count(_BLANK)
        self._arranged = arranged[blank:] + arranged[:blank]

    def _ranks_of(self, column: int) -> Sequence[int]:
        """The place of each line's key among all keys: numbers are sorted many times as fast as texts."""
        ranks = self._ranks.get(column)
        if ranks is None:
            shown = self.columns[column]
            given = shown.key is as_given
            ranks = range(len(self._all)) if given else _ranked(list(map(shown.key or shown.text, self._all)))
            self._ranks[column] = ranks
        return ranks

    def _sift(self) -> None:
        self._passes = None if self._wanted is None else list(map(self._wanted, self._all))
        self._gather()

    def _gather(self) -> None:
        passes = self._passes
        self._shown = self._arranged if passes is None else [index for index in self._arranged if passes[index]]


_BLANK = -1


def _ranked(keys: Sequence[Any]) -> list[int]:
    places = {key: rank for rank, key in enumerate(sorted(set(keys) - {None, ""}))}
    return [places.get(key, _BLANK) for key in keys]


def _text(column: Shown[T], line: T) -> str:
    return harmless(column.text(line)).replace("\n", " ")


def _tip(column: Shown[T], line: T) -> str:
    return tip((column.tip or column.text)(line))


def _icon(column: Shown[T], line: T) -> Any:
    light = column.light(line) if column.light else None
    return looks.icon(light) if light else None


def _spoken(column: Shown[T], line: T) -> str:
    light = column.light(line) if column.light else None
    return f"{column.title}：{harmless(column.text(line))}{f'（{light.value}灯）' if light else ''}"


def _alignment(column: Shown[T], _: T | None) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _line(_: Shown[T], line: T) -> T:
    return line


_ROLES: dict[int, Callable[[Shown[Any], Any], Any]] = {
    Qt.ItemDataRole.DisplayRole: _text,
    Qt.ItemDataRole.ToolTipRole: _tip,
    Qt.ItemDataRole.DecorationRole: _icon,
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    Qt.ItemDataRole.TextAlignmentRole: _alignment,
    Qt.ItemDataRole.UserRole: _line,
}


class LinesView(QTableView):
    """表格 — keeps the line a person is on, by its key, whatever is shown, sorted or narrowed.

    ``chosen`` tells of the line the person went to, ``opened`` of a double click or Enter.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, lines: Lines[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._key: Hashable | None = None
        self._offset: int | None = None
        self._column = 0
        self._resetting = False
        self._set_up()
        lines.modelAboutToBeReset.connect(self._remember)
        self.setModel(lines)
        lines.modelReset.connect(self._restore)  # after setModel: the table forgets its current line first
        self._fit()
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(lines, self))  # chosen rows do not concern it:
        self.selectionModel().currentChanged.connect(self._changed)  # asked of 88,000 of them it takes seconds
        looks.show_focus(self)
        self.doubleClicked.connect(self._open)
        self.setSortingEnabled(True)

    def choose(self, key: Hashable) -> bool:
        """选中 — the line with this key; False where it is not shown."""
        row = self._lines.row_of(key)
        if row is None:
            return False
        self._go_to(row, max(self.currentIndex().column(), 0))
        self.scrollTo(self.currentIndex())
        return True

    def current(self) -> Any:
        """当前行 — None where there is none."""
        index = self.currentIndex()
        return self._lines.line_at(index.row()) if index.isValid() else None

    def forget(self) -> None:
        """忘掉 — the line a person was on: other lines are to come."""
        self._key = self._offset = None
        self._column = 0
        self.selectionModel().clear()
        self.verticalScrollBar().setValue(0)

    def copied(self) -> str:
        """复制的文字 — the selected rows, cells parted by tabs, in the order shown."""
        chosen = self.selectionModel().selection()  # asked for single rows Qt takes seconds where all are selected
        rows = sorted({row for one in chosen.toList() for row in range(one.top(), one.bottom() + 1)})
        texts = [column.text for i, column in enumerate(self._lines.columns) if not self.isColumnHidden(i)]
        lines = map(self._lines.line_at, rows)
        return "\n".join("\t".join(" ".join(text(line).split()) for text in texts) for line in lines)

    # ------------------------------------------------------------ 样子 ----

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        side = round(metrics.height() * 0.8)
        self.setIconSize(QSize(side, side))
        self.verticalHeader().setDefaultSectionSize(round(metrics.height() * 1.5))
        for number, column in enumerate(self._lines.columns):
            self.setColumnWidth(number, self._wide(column))

    def _wide(self, column: Shown[Any]) -> int:
        """栏宽 — in pixels: what is usually in it and the light before that, or its title, with what stands free."""
        metrics, style, metric = self.fontMetrics(), self.style(), QStyle.PixelMetric
        free = 2 * (style.pixelMetric(metric.PM_FocusFrameHMargin, None, self) + 1)
        if isinstance(column.width, int):  # a Chinese font may call the width of 国 its average
            usual = ceil((column.width + 2) * metrics.horizontalAdvance("国") / 2)
        else:
            usual = metrics.horizontalAdvance(column.width) + free
        light = self.iconSize().width() + free if column.light and isinstance(column.width, str) else 0
        sorted_by = max(style.pixelMetric(metric.PM_HeaderMarkSize, None, self), metrics.height()) + 2 * free
        return max(usual + light, metrics.horizontalAdvance(column.title) + sorted_by) + 1

    def changeEvent(self, event: QEvent) -> None:
        """字号变了 — rows and columns follow."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    # ------------------------------------------------------------ 记住当前行 ----

    def _remember(self) -> None:
        self._resetting = True
        index = self.currentIndex()
        if index.isValid():
            self._key = self._lines.of(self._lines.line_at(index.row()))
            self._column = index.column()
            self._offset = index.row() - self.verticalScrollBar().value()

    def _restore(self) -> None:
        row = self._lines.row_of(self._key) if self._key is not None else None
        if row is not None:
            self._go_to(row, self._column)
            if self._offset is not None:
                self.verticalScrollBar().setValue(row - self._offset)
        self._resetting = False

    def _go_to(self, row: int, column: int) -> None:
        """Not by the view, which looks whether Ctrl or Shift happen to be down."""
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._lines.index(row, column), flag.ClearAndSelect | flag.Rows)

    def _changed(self, index: QModelIndex, _: QModelIndex) -> None:
        if not self._resetting and index.isValid():
            if not self.selectionModel().isRowSelected(index.row()):  # Ctrl+Home moves on and leaves the old row blue
                self.selectRow(index.row())
            line = self._lines.line_at(index.row())
            self._key = self._lines.of(line)
            self.chosen.emit(line)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._lines.line_at(index.row()))

    # ------------------------------------------------------------ 键盘 ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """按键 — Enter opens the line, Ctrl+C copies the selected ones."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
