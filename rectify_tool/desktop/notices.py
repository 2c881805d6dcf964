"""告示、状态 — the bar on top that says what must be settled, and the foot that says what is going on."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QToolButton, QWidget

from rectify_tool.desktop import sayings
from rectify_tool.desktop.fields import label, named, push
from rectify_tool.desktop.visit import Notice

_SHOWN_AFTER = 300
"""毫秒 — work that is done sooner shows no bar."""

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
        if notice is not None and (notice.text, _words(notice)) == (self.text, self.words()[: len(notice.offers)]):
            return
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._text.setText(notice.text)
        for offer in notice.offers:
            self._add(offer.word, offer.act)
        if self._closable:
            self._add("知道了", self.hide)

    def _add(self, word: str, act: Callable[[], None]) -> None:
        button = push(word, word)
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
        self._clock, self._since = clock, 0.0
        self._said = named(QLabel(), "状态")
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._doing = named(QLabel(), "正在做的事")
        self._bar = named(QProgressBar(), "进度")
        self._cancel = named(QToolButton(), "取消正在做的事", "停下正在做的事，已有的文件都不受影响（Ctrl+.）")
        self._cancel.setText("取消")
        self._cancel.setShortcut("Ctrl+.")
        self._cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        margins = row.contentsMargins()
        row.setContentsMargins(margins.left(), 2, margins.right(), 2)
        row.addWidget(self._said, 3)
        row.addWidget(self._doing, 0)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        self._bar.setMaximumWidth(self.fontMetrics().horizontalAdvance("正") * 16)
        self._soon = QTimer(self, singleShot=True, interval=_SHOWN_AFTER)
        self._soon.timeout.connect(lambda: self._set_shown(True))
        self._what = ""
        self._set_shown(False)

    @property
    def said(self) -> str:
        """说的话 — the sentence that stands there."""
        return str(self._said.text())

    @property
    def doing(self) -> str:
        """正在做 — what is at hand, as shown."""
        return str(self._doing.text())

    def say(self, sentence: str) -> None:
        """说一句 — in place of the last one; whole in the tooltip."""
        self._said.setText(sentence)
        self._said.setToolTip(sentence)

    def set_busy(self, what: str) -> None:
        """在忙 — "" when idle."""
        self._what, self._since = what, self._clock()
        if what:
            self._doing.setText(f"{what}……")
            self._bar.setRange(0, 0)
            self._bar.setFormat("")
            self._cancel.setEnabled(True)
            if not self._soon.isActive() and self._bar.isHidden():
                self._soon.start()
        else:
            self._soon.stop()
            self._set_shown(False)

    def set_progress(self, done: int, total: int, name: str) -> None:
        """进度 — files done of all, the one at hand or what is done after the last."""
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._bar.setFormat(f"{done}/{total}")
        left = sayings.time_left(done, total, self._clock() - self._since)
        at_hand = self.fontMetrics().elidedText(name.rpartition("/")[2], _MIDDLE, self._bar.maximumWidth())
        self._doing.setText("　".join(part for part in (self._what, at_hand, left) if part))

    def stopping(self) -> None:
        """正在停下 — 取消 was pressed."""
        self._doing.setText("正在停下……")
        self._cancel.setEnabled(False)

    def _set_shown(self, shown: bool) -> None:
        for part in (self._doing, self._bar, self._cancel):
            part.setVisible(shown)
