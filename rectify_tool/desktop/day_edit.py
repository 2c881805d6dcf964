"""日期格 — a day typed in whatever way offices write it, or picked from a calendar; what is no day is refused aloud."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QIcon, QKeyEvent, QPainter, QPalette, QPixmap, QPolygonF
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QSizePolicy, QToolTip, QWidget

from rectify_tool.desktop.wording import day_told

_WHOLE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PARTS = re.compile(r"(?:(\d{4})\D+)?(\d{1,2})\D+(\d{1,2})\D*")
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)


def read_day(text: str, year: int) -> date | None:
    """读日期 — 20161225, 2016-12-25, 2016.12.25, 2016年12月25日; 12-25 is of ``year``.

    Returns:
        The day; None where it is none from 2000 to 2099.
    """
    plain = text.strip().translate(_HALF)
    found = _WHOLE.fullmatch(plain) or _PARTS.fullmatch(plain)
    if found is None:
        return None
    try:
        day = date(int(found[1] or year), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return day if _EARLIEST <= day <= _LATEST else None


_HALF = {ord("０") + at: str(at) for at in range(10)}


class DayEdit(QLineEdit):
    """日期格 — ``picked`` tells of the day a person settled on, not of one set by the program.

    ``day`` is None where nothing is written, which is refused unless ``may_be_blank``.
    """

    picked = Signal(object)

    def __init__(
        self, day: date | None, name: str, parent: QWidget | None = None, *, may_be_blank: bool = False
    ) -> None:
        super().__init__(parent)
        self._name, self._day, self._may_be_blank = name, day, may_be_blank
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setPlaceholderText("例：2016-12-25")
        self.setToolTip("写日期：20161225、2016-12-25、12月25日都行；向下键翻日历，上下翻页键前后一天")
        self._calendar = calendar = QAction(self._sign(), "", self, toolTip="翻日历")
        calendar.triggered.connect(self.open_calendar)
        self.addAction(calendar, QLineEdit.ActionPosition.TrailingPosition)
        self.editingFinished.connect(self.settle)
        self._show()

    def day(self) -> date | None:
        """这一天 — the one that counts; what is still being typed does not, until `settle`."""
        return self._day

    def reads(self) -> date | None:
        """写的是哪一天 — what `settle` would take now; None where it would take nothing."""
        typed = self.text().strip()
        return self._day if typed == day_told(self._day) else read_day(typed, (self._day or date.today()).year)

    def set_day(self, day: date | None) -> None:
        """改成这一天 — without telling anybody; what is being typed is left alone where the day stays the same."""
        if day != self._day:
            self._day = day
            self._show()

    def settle(self) -> bool:
        """写完 — what was typed becomes the day; what is none is refused, and the day before stays.

        Returns:
            False where it was refused.
        """
        typed = self.text().strip()
        day = self.reads()
        refused = day is None and (bool(typed) or not self._may_be_blank)
        if not refused:
            self._take(day)
        self._show()
        if refused:
            self._refuse(typed)
        return not refused

    def open_calendar(self) -> None:
        """翻日历 — below the field; a click or Enter picks the day, Esc leaves it."""
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setAccessibleName(f"{self._name}：日历")
        calendar.setDateRange(_qdate(_EARLIEST), _qdate(_LATEST))
        calendar.setSelectedDate(_qdate(self._day or date.today()))
        calendar.clicked.connect(lambda day: self._pick(day, calendar))
        calendar.activated.connect(lambda day: self._pick(day, calendar))
        calendar.move(self.mapToGlobal(QPoint(0, self.height())))
        calendar.show()
        calendar.setFocus()

    def sizeHint(self) -> QSize:
        """大小 — the longest day and the sign of the calendar."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance("2000年12月28日") + 2 * hint.height(), hint.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """整个选中 — so that what is typed takes its place, however one came here."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        """换了深浅 — the sign of the calendar follows the letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_calendar"):
            self._calendar.setIcon(self._sign())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """向下键翻日历，翻页键前后一天."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        elif event.key() in steps and self._day is not None and self.settle():
            self._take(date.fromordinal(self._day.toordinal() + steps[Qt.Key(event.key())]))
            self._show()
            self.selectAll()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ 内务 ----

    def _pick(self, day: QDate, calendar: QCalendarWidget) -> None:
        calendar.close()
        calendar.deleteLater()
        self._take(date(day.year(), day.month(), day.day()))
        self._show()

    def _take(self, day: date | None) -> None:
        if day != self._day:
            self._day = day
            self.picked.emit(day)

    def _show(self) -> None:
        self.setText(day_told(self._day))

    def _refuse(self, typed: str) -> None:
        stays = f"还是{day_told(self._day)}" if self._day else "没有写上"
        why = f"“{typed}”不是2000年到2099年的一个日期" if typed else "日期不能空着"
        told = f"{why}，{stays}。请写成 2016-12-25 这样。"
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), told, self)

    def _sign(self) -> QIcon:
        """▾, as on a box that opens a list; in the colour of the letters, larger than it is ever shown."""
        side = 64
        drawn = QPixmap(side, side)
        drawn.fill(Qt.GlobalColor.transparent)
        with QPainter(drawn) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Text))
            painter.drawPolygon(QPolygonF([QPointF(14, 24), QPointF(50, 24), QPointF(32, 44)]))
        return QIcon(drawn)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
