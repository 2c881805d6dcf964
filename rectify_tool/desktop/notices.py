"""告示、状态 — the bar on top that says what must be settled, and the foot that says what is going on."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QToolButton, QWidget

from rectify_tool.desktop import sayings
from rectify_tool.desktop.elided import Elided
from rectify_tool.desktop.fields import label, named, push
from rectify_tool.desktop.visit import Notice
from rectify_tool.desktop.wording import harmless, tip

_SHOWN_AFTER = 300
"""毫秒 — work that is done sooner shows no bar."""

_PASSES_AFTER = 30_000
"""毫秒 — what was said in passing stands that long."""

_TOLD_EVERY = 1000
"""毫秒 — the time left is told anew, also while nothing comes to an end."""

_MIDDLE = Qt.TextElideMode.ElideMiddle


class NoticeBar(QFrame):
    """告示 — a text that stays, with buttons for what can be done about it, and 知道了 where it may be put away."""

    def __init__(self, name: str, closable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(name)
        self._closable = closable
        self._text = label("", name)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._text, 1)
        self._buttons: list[QPushButton] = []
        self.hide()

    @property
    def text(self) -> str:
        """文字 — "" where nothing is shown."""
        return "" if self.isHidden() else str(self._text.text())

    def words(self) -> tuple[str, ...]:
        """按钮 — the words on them."""
        return tuple(one.text() for one in self._buttons)

    def show_notice(self, notice: Notice | None) -> None:
        """贴出来 — None takes it down; what hangs there already is left as it is, its buttons too."""
        if notice is not None and (harmless(notice.text), _words(notice)) == self._hanging(len(notice.offers)):
            return
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._text.setText(harmless(notice.text))
        for offer in notice.offers:
            self._add(offer.word, offer.act)
        if self._closable:
            self._add("知道了", self.hide)

    def _hanging(self, offers: int) -> tuple[str, tuple[str, ...]]:
        return self.text, self.words()[:offers]

    def _add(self, word: str, act: Callable[[], None]) -> None:
        button = push(word, word)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # it may go when it is pressed: the keyboard stays where it was
        button.clicked.connect(lambda: act())
        self._row.addWidget(button)
        self._buttons.append(button)


def _words(notice: Notice) -> tuple[str, ...]:
    return tuple(one.word for one in notice.offers)


class Foot(QFrame):
    """状态行 — the last thing said; while something is done, how far it is, what is at hand, how long yet, and 取消."""

    cancelled = Signal()

    def __init__(self, clock: Callable[[], float] = time.monotonic, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock, self._pace, self._total = clock, sayings.Pace(), 0
        self._what = self._at_hand = ""
        self._said = named(QLabel(), "状态")
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._doing = Elided("正在做的事", 8, Qt.TextElideMode.ElideRight)
        self._bar = named(QProgressBar(), "进度")
        self._cancel = named(QToolButton(), "取消正在做的事", "停下正在做的事，已有的文件都不受影响（Ctrl+.）")
        self._cancel.setText("取消")
        self._cancel.clicked.connect(self._stop)
        self._stops = QShortcut(QKeySequence("Ctrl+."), self, self._stop)  # also before the button is shown
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=_SHOWN_AFTER)
        self._soon.timeout.connect(lambda: self._set_shown(True))
        self._passing = QTimer(self, singleShot=True, interval=_PASSES_AFTER)
        self._passing.timeout.connect(lambda: self.say(""))
        self._again = QTimer(self, interval=_TOLD_EVERY)
        self._again.timeout.connect(self._tell)
        self.set_busy("")

    @property
    def said(self) -> str:
        """说的话 — the sentence that stands there."""
        return str(self._said.text())

    def say(self, sentence: str) -> None:
        """说一句 — in place of the last one; whole in the tooltip."""
        self._passing.stop()
        self._said.setText(harmless(sentence))
        self._said.setToolTip(tip(sentence))

    def say_in_passing(self, sentence: str) -> None:
        """顺便说一句 — that goes away by itself, or when the next thing is done."""
        self.say(sentence)
        self._passing.start()

    def set_busy(self, what: str) -> None:
        """在忙 — "" when idle."""
        self._what, self._at_hand, self._total = what, "", 0
        self._pace = sayings.Pace()
        self._stops.setEnabled(bool(what))
        self._cancel.setEnabled(True)
        self._doing.setText(f"{what}……")
        self._endless()
        if not what:
            self._soon.stop()
            self._again.stop()
            self._set_shown(False)
            return
        self._again.start()
        if self._passing.isActive():
            self.say("")
        if not self._soon.isActive() and self._bar.isHidden():
            self._soon.start()

    def set_progress(self, done: int, total: int, name: str) -> None:
        """进度 — files done of all and the one at hand; once all are done what is done with them, which has no end
        that could be foretold.
        """
        self._at_hand, self._total = name.rpartition("/")[2], total
        if done < total:
            self._pace.note(self._clock(), done)
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            self._bar.setFormat(f"{done}/{total}")
        else:
            self._pace = sayings.Pace()
            self._endless()
        self._tell()

    def _tell(self) -> None:
        if self._total and self._cancel.isEnabled():
            at_hand = self.fontMetrics().elidedText(self._at_hand, _MIDDLE, self._bar.maximumWidth())
            parts = (self._what, at_hand, self._pace.left(self._clock(), self._total))
            self._doing.setText("　".join(part for part in parts if part))

    def _endless(self) -> None:
        self._bar.setRange(0, 0)
        self._bar.setFormat("")

    def _stop(self) -> None:
        """停下 — 取消 was pressed."""
        if self._what and self._cancel.isEnabled():
            self._doing.setText("正在停下……")
            self._cancel.setEnabled(False)
            self.cancelled.emit()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        margins = row.contentsMargins()
        row.setContentsMargins(margins.left(), 2, margins.right(), 2)
        for part, share in ((self._said, 3), (self._doing, 3), (self._bar, 1), (self._cancel, 0)):
            row.addWidget(part, share)
        self._bar.setMaximumWidth(self.fontMetrics().horizontalAdvance("正") * 16)

    def _set_shown(self, shown: bool) -> None:
        for part in (self._doing, self._bar, self._cancel):
            part.setVisible(shown)
