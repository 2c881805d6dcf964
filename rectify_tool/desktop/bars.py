"""条形表 — bars of items by standing, in rows: drawn, told in words, gone through by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QBrush,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from rectify_tool.desktop import looks
from rectify_tool.desktop.wording import harmless, tip
from rectify_tool.model import DONE, STANDING_WORDS, Bar, Standing
from rectify_tool.papers.counts import UNNAMED

Index = QModelIndex | QPersistentModelIndex


class Paint(NamedTuple):
    """画法 — a standing's shape, colour and hatching, so that none of them has to be told by colour alone."""

    shape: str
    fill: str
    hatching: Qt.BrushStyle


PAINTS: Mapping[Standing, Paint] = {
    Standing.CLOSED: Paint("★", "#0b6e4f", Qt.BrushStyle.NoBrush),
    Standing.FINISHED: Paint("●", "#58b38c", Qt.BrushStyle.NoBrush),
    Standing.FINISHED_LATE: Paint("◎", "#bfe3c8", Qt.BrushStyle.VerPattern),
    Standing.ON_TRACK: Paint("◇", "#4a90d9", Qt.BrushStyle.NoBrush),
    Standing.DUE_SOON: Paint("▲", "#f2b134", Qt.BrushStyle.BDiagPattern),
    Standing.OVERDUE: Paint("■", "#c0281c", Qt.BrushStyle.DiagCrossPattern),
    Standing.LONG_TERM: Paint("◆", "#b7a6dd", Qt.BrushStyle.NoBrush),
    Standing.UNDATED: Paint("○", "#8c8c8c", Qt.BrushStyle.HorPattern),
}
"""各状态的画法 — in the order the segments of a bar stand; shapes of GB 2312, those the lights have."""


class Segment(NamedTuple):
    """色块 — the part of a bar that one standing takes, in pixels."""

    standing: Standing
    left: int
    width: int


class Order(NamedTuple):
    """排列 — a name, and by what the bars are sorted, the largest first; None leaves them as they came."""

    title: str
    key: Callable[[Bar], int] | None


ORDERS = (
    Order("照分解表的次序", None),
    Order("逾期多的在前", lambda bar: bar.counts.get(Standing.OVERDUE, 0)),
    Order("未完成多的在前", lambda bar: total(bar) - done(bar)),
    Order("小项多的在前", lambda bar: total(bar)),
)
"""各种排列 — the order of the breakdown is that of the Screen."""


def total(bar: Bar) -> int:
    """总数 — of a bar; the standings are its parts."""
    return sum(bar.counts.values())


def done(bar: Bar) -> int:
    """完成数 — those closed and those finished late among them."""
    return sum(bar.counts.get(standing, 0) for standing in DONE)


def called(bar: Bar) -> str:
    """名称 — of what a bar stands for, as it is shown."""
    return harmless(bar.label) or UNNAMED


def told(bar: Bar) -> str:
    """一条的意思 — in words, the parts in the order of the segments: what a screen reader says."""
    parts = [f"{STANDING_WORDS[one]}{bar.counts[one]}项" for one in PAINTS if bar.counts.get(one)]
    return f"{called(bar)}：共{total(bar)}项" + ("".join(f"，{part}" for part in parts))


def segments(bar: Bar, left: int, width: int, least: int) -> tuple[Segment, ...]:
    """各色块 — side by side and together exactly ``width``; one that counts anything is at least ``least`` wide."""
    standings = [one for one in PAINTS if bar.counts.get(one)]
    if not standings:
        return ()
    least = min(least, width // len(standings))
    wide = [max(least, width * bar.counts[one] // total(bar)) for one in standings]
    wide[wide.index(max(wide))] += width - sum(wide)
    return tuple(Segment(one, left + sum(wide[:at]), wide[at]) for at, one in enumerate(standings))


def ink(fill: QColor) -> QColor:
    """字色 — black or white, whichever is read better on the colour."""
    return QColor("white") if _luminance(fill) < 0.18 else QColor("black")


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class BarModel(QAbstractListModel):
    """各条 — the bars a list shows, sorted; ``most`` is the total of the longest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[Bar, ...] = ()
        self.most = 0
        self._given: tuple[Bar, ...] = ()
        self._order = ORDERS[0]

    def show(self, bars: Sequence[Bar]) -> None:
        """给出各条 — in the order of the breakdown."""
        self._given = tuple(bars)
        self._arrange()

    def sort_by(self, order: Order) -> None:
        """排列 — equals stay in the order of the breakdown."""
        self._order = order
        self._arrange()

    def rowCount(self, parent: Index | None = None) -> int:
        """行数 — one a bar."""
        return 0 if parent is not None and parent.isValid() else len(self.bars)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """一条 — its label, its words, itself."""
        if not index.isValid():
            return None
        bar = self.bars[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return called(bar)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return told(bar)
        return bar if role == Qt.ItemDataRole.UserRole else None

    def _arrange(self) -> None:
        self.beginResetModel()
        key = self._order.key
        self.bars = self._given if key is None else tuple(sorted(self._given, key=lambda bar: -key(bar)))
        self.most = max(map(total, self.bars), default=0)
        self.endResetModel()


class Strip(NamedTuple):
    """一行的分割 — where a row has its label, its bar and its total."""

    label: QRect
    bar: QRect
    figure: QRect


class BarList(QListView):
    """条形表 — bars in rows; one row is the current one, and of it the whole or one segment (``part``).

    Up and down change the row, left and right the part, Enter or a click picks it: `picked` carries the bar, and the
    standing of the segment or None for the whole. `pointed` says in words what is under the mouse or the keyboard.
    """

    picked = Signal(object, object)
    pointed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars = BarModel(self)
        self.part: Standing | None = None
        self._even = False
        self._label_width = 0
        self.setModel(self.bars)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setAccessibleDescription("上下键选一条，左右键选其中一种状态，回车在台账里只看这些")
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        looks.show_focus(self)

    def forget(self) -> None:
        """忘掉 — the bar a person was on."""
        self.part = None
        self.selectionModel().clear()
        self.verticalScrollBar().setValue(0)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """给出各条 — the current row stays where a bar of the same name is left."""
        kept, at = self.current(), self.verticalScrollBar().value()
        self.bars.show(bars)
        self._settle(kept, at)

    def sort_by(self, order: Order) -> None:
        """排列 — the current row goes with its bar."""
        kept = self.current()
        self.bars.sort_by(order)
        self._settle(kept, 0)

    def show_even(self, even: bool) -> None:
        """画成一样长 — every bar takes the whole width, so that the shares are compared and not the numbers."""
        self._even = even
        self.viewport().update()

    def current(self) -> Bar | None:
        """当前一条 — None where there is none."""
        row = self.currentIndex().row()
        return self.bars.bars[row] if row >= 0 else None

    def strip(self, row: QRect) -> Strip:
        """分割 — of the row that fills this rectangle."""
        gap = self.fontMetrics().horizontalAdvance("0")
        high = self.fontMetrics().lineSpacing() + gap
        label = min(self._label_width, row.width() * 2 // 5)
        figure = self.fontMetrics().horizontalAdvance(f"{self.bars.most}项")
        left = row.left() + gap + label + gap
        bar = QRect(left, row.center().y() - high // 2, max(0, row.right() - left - figure - 2 * gap), high)
        return Strip(
            QRect(row.left() + gap, row.top(), label, row.height()),
            bar,
            QRect(bar.right() + gap, row.top(), figure, row.height()),
        )

    def segments(self, bar: Bar, place: QRect) -> tuple[Segment, ...]:
        """各色块 — of a bar within the place for the longest."""
        width = place.width() if self._even else place.width() * total(bar) // max(1, self.bars.most)
        return segments(bar, place.left(), width, self.fontMetrics().horizontalAdvance("0"))

    def part_at(self, index: Index, x: int) -> Standing | None:
        """点中的色块 — the standing of the segment of a row at this x; None beside the segments: the whole row."""
        place = self.strip(self.visualRect(index)).bar
        found = [one for one in self.segments(self.bars.bars[index.row()], place) if 0 <= x - one.left < one.width]
        return found[0].standing if found else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        """换了一行 — the same part of it, or the whole where it has no such part."""
        super().currentChanged(current, previous)
        bar = self.current()
        if bar is not None and self.part is not None and not bar.counts.get(self.part):
            self.part = None
        self._say_current()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """键盘 — left and right go along the parts, Enter picks."""
        bar, key = self.current(), event.key()
        if bar is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(bar, self.part)
        elif bar is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(bar, 1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """点击 — on a segment picks it, elsewhere in a row the whole bar."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.part = self.part_at(index, at.x())
            self.viewport().update()
            self.picked.emit(self.bars.bars[index.row()], self.part)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """鼠标经过 — says what a click would show."""
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        self.pointed.emit(one_part(self.bars.bars[index.row()], self.part_at(index, at.x())) if index.isValid() else "")

    def viewportEvent(self, event: QEvent) -> bool:
        """鼠标停住 — the whole bar in words."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            QToolTip.showText(
                event.globalPos(), tip(told(self.bars.bars[index.row()])) if index.isValid() else "", self
            )
            return True
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """字号变了 — the labels are measured again."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _step(self, bar: Bar, by: int) -> None:
        parts: list[Standing | None] = [None, *(one for one in PAINTS if bar.counts.get(one))]
        self.part = parts[(parts.index(self.part) + by) % len(parts)]
        self.viewport().update()
        self._say_current()

    def _say_current(self) -> None:
        bar = self.current()
        if bar is not None:
            words = one_part(bar, self.part)
            self.pointed.emit(words)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _settle(self, kept: Bar | None, scrolled: int) -> None:
        self._measure()
        rows = [row for row, bar in enumerate(self.bars.bars) if kept is not None and bar.label == kept.label]
        if rows:
            self.setCurrentIndex(self.bars.index(rows[0]))
        self.verticalScrollBar().setValue(scrolled)

    def _measure(self) -> None:
        advance = self.fontMetrics().horizontalAdvance
        self._label_width = max((advance(f"{called(bar)} ") for bar in self.bars.bars), default=0)
        self.scheduleDelayedItemsLayout()


def one_part(bar: Bar, standing: Standing | None) -> str:
    """所指的一段 — in words; the whole bar for None."""
    if standing is None:
        return told(bar)
    return f"{called(bar)}：{STANDING_WORDS[standing]}{bar.counts[standing]}项，共{total(bar)}项"


def draw_part(
    painter: QPainter, place: QRect, standing: Standing, words: tuple[str, ...], palette: QPalette, chosen: bool = False
) -> None:
    """画一块 — colour, hatching, outline, and of the words the first that there is room for."""
    paint = PAINTS[standing]
    fill = QColor(paint.fill)
    painter.fillRect(place, fill)
    hatching = QColor(ink(fill))
    hatching.setAlpha(110)
    painter.fillRect(place, QBrush(hatching, paint.hatching))
    outline = palette.color(QPalette.ColorRole.Text)
    painter.setPen(QPen(outline, 3 if chosen else 1))
    painter.drawRect(place.adjusted(1, 1, -2, -2) if chosen else place.adjusted(0, 0, -1, -1))
    metrics = painter.fontMetrics()
    fitting = [one for one in words if metrics.horizontalAdvance(one) + metrics.horizontalAdvance("0") <= place.width()]
    if fitting:
        plate = QRect(0, 0, metrics.horizontalAdvance(fitting[0]) + 4, metrics.height())
        plate.moveCenter(place.center())
        painter.fillRect(plate & place.adjusted(2, 2, -2, -2), fill)
        painter.setPen(ink(fill))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, fitting[0])


class _Painter(QStyledItemDelegate):
    def __init__(self, bars: BarList) -> None:
        super().__init__(bars)
        self._list = bars

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = self._list.fontMetrics()
        return QSize(metrics.horizontalAdvance("0") * 30, round(metrics.lineSpacing() * 1.9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bar: Bar = index.data(Qt.ItemDataRole.UserRole)
        row, text = self._list.visualRect(index), self._list.palette().color(QPalette.ColorRole.Text)
        strip, metrics = self._list.strip(row), self._list.fontMetrics()
        current = index == self._list.currentIndex()
        painter.save()
        if current:
            self._mark(painter, row)
        painter.setPen(text)
        label = metrics.elidedText(called(bar), Qt.TextElideMode.ElideRight, strip.label.width())
        painter.drawText(strip.label, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, label)
        end = self._draw_parts(painter, bar, strip.bar, current and self._list.hasFocus())
        painter.setPen(text)
        figure = strip.figure.translated(end - strip.bar.right(), 0)
        painter.drawText(figure, Qt.AlignmentFlag.AlignVCenter, f"{total(bar)}项")
        painter.restore()

    def _mark(self, painter: QPainter, row: QRect) -> None:
        colour = QColor(self._list.palette().color(QPalette.ColorRole.Highlight))
        if self._list.hasFocus() and self._list.part is None:
            painter.setPen(QPen(colour, 2))
            painter.drawRect(row.adjusted(1, 1, -1, -1))
        colour.setAlpha(48)
        painter.fillRect(row, colour)

    def _draw_parts(self, painter: QPainter, bar: Bar, place: QRect, focused: bool) -> int:
        parts = self._list.segments(bar, place)
        for part in parts:
            figure = str(bar.counts[part.standing])
            words = (f"{PAINTS[part.standing].shape}{figure}", figure)
            box = QRect(part.left, place.top(), part.width, place.height())
            chosen = focused and part.standing is self._list.part
            draw_part(painter, box, part.standing, words, self._list.palette(), chosen)
        return parts[-1].left + parts[-1].width if parts else place.left()
