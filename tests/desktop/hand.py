"""A hand at the real window: it finds what a person sees, and acts by keys and mouse of the X server alone.

The hand lives in the window's own process, so that it knows where everything stands; but all it does goes through
xdotool, as a person's keyboard and mouse would. A scenario is a generator: it acts, and yields what it then waits for.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QPoint, QProcess, QRect, QTimer
from PySide6.QtGui import QCursor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QSizePolicy,
    QTableView,
    QWidget,
)

from rectify_tool.desktop.forms.trouble import HEADS, TroubleForm
from rectify_tool.desktop.window import Window
from rectify_tool.model import Screen

_Widget = TypeVar("_Widget", bound=QWidget)

_LOOKS_EVERY_MS = 15
_PATIENCE_SECONDS = 60.0
_FAILED = 3


class Wait(NamedTuple):
    """What is waited for: in words, and as a question whose answer, once true, goes back to the scenario; how long."""

    told: str
    met: Callable[[], Any]
    seconds: float = _PATIENCE_SECONDS


Steps = Generator[Wait, Any, Any]
Scenario = Callable[["Hand"], Steps]


class Hand(QObject):
    """Looks every few milliseconds whether what it waits for is there, and then goes on; nothing waits for a clock."""

    def __init__(self, scenario: Scenario, pictures: Path | None) -> None:
        super().__init__()
        self._pictures = pictures
        self._steps = self._from_the_start(scenario)
        self._wait_for(next(self._steps))
        self._timer = QTimer(self, interval=_LOOKS_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    # ---------------------------------------------------------------- what a person sees ----

    @property
    def window(self) -> Window:
        """The main window, once it is there for keys and mouse."""
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, Window) and _there(one)]
        return found[0] if found else None  # type: ignore[return-value]

    @property
    def in_front(self) -> QWidget | None:
        """The form that must be answered first, else the window."""
        return QApplication.activeModalWidget() or self.window

    def find(self, name: str, kind: type[_Widget] = QWidget) -> _Widget | None:  # type: ignore[assignment]
        """What is called so, in front; what is only labelled so comes after what a screen reader calls so."""
        shown = [one for one in self.in_front.findChildren(kind) if one.isVisible()] if self.in_front else []
        called = [one for one in shown if one.accessibleName() == name] + [one for one in shown if words(one) == name]
        return called[0] if called else None

    def seen(self, name: str, kind: type[QWidget] = QWidget) -> Wait:
        """Until what is called so is there and can be used."""
        return Wait(f"“{name}”", lambda: (one := self.find(name, kind)) and one.isEnabled() and one)

    def form(self, title: str) -> Wait:
        """Until a form is in front and hears the keyboard."""

        def there() -> QWidget | None:
            form = QApplication.activeModalWidget()
            return form if form and title in form.windowTitle() and _there(form) and form.isActiveWindow() else None

        return Wait(f"the form “{title}”", there)

    def no_form(self) -> Wait:
        """Until nothing stands in front of the window, and it hears the keyboard."""
        return Wait(
            "the window in front", lambda: not QApplication.activeModalWidget() and self.window.isActiveWindow()
        )

    def said(self, sentence: str) -> Wait:
        """Until the foot of the window says so, and nothing is under way."""
        foot, clerk = self.window.foot, self.window.clerk
        return Wait(f"the sentence “{sentence}”", lambda: sentence in foot.said and clerk._now is None)

    def until(self, told: str, met: Callable[[], object]) -> Wait:
        """Until that is so."""
        return Wait(told, met)

    def settled(self, told: str, fact: Callable[[Screen], object]) -> Wait:
        """Until the window has looked, and what it shows is so."""
        visit, clerk = self.window.visit, self.window.clerk
        return Wait(told, lambda: clerk._now is None and visit.screen is not None and fact(visit.screen))

    def focused(self, name: str) -> Wait:
        """Until the keyboard writes into what is called so."""

        def there() -> QWidget | None:
            one = QApplication.focusWidget()
            return one if one is not None and one.accessibleName() == name else None

        return Wait(f"the keyboard in “{name}”", there)

    def reads(self, name: str, text: str) -> Wait:
        """Until these words stand in what is called so."""
        return Wait(f"“{text}” in “{name}”", lambda: text in self.text(name))

    def text(self, name: str) -> str:
        """All that stands in what is called so, "" where it cannot be seen."""
        one = self.find(name)
        read = getattr(one, "toPlainText", None) or getattr(one, "text", None)
        return str(read()) if callable(read) else ""

    def table(self, name: str) -> Wait:
        """Until the table that is called so can be seen, with lines in it."""

        def there() -> QTableView | None:
            one = self.find(name, QTableView)
            return one if one is not None and one.model().rowCount() else None

        return Wait(f"the table “{name}”", there)

    # ---------------------------------------------------------------- what a person does ----

    def key(self, *keys: str) -> None:
        """Presses keys, one after the other ("ctrl+g", "Return")."""
        _xdotool("key", "--clearmodifiers", *keys)

    def write(self, text: str) -> None:
        """Types where the keyboard is; what has other letters than a keyboard comes from the clipboard, as an input
        method would bring it."""
        if text.isascii():
            _xdotool("type", "--delay", "2", text)
        else:
            QApplication.clipboard().setText(text)
            self.key("ctrl+v")

    def move(self, place: QPoint) -> Steps:
        """Moves the mouse there."""
        _xdotool("mousemove", str(place.x()), str(place.y()))
        yield Wait(f"the mouse at {place.toTuple()}", lambda: QCursor.pos() == place)

    def click(self, target: QWidget | QPoint, button: int = 1, times: int = 1) -> Steps:
        """Clicks on the middle of a widget, or on a point of the screen."""
        place = target if isinstance(target, QPoint) else middle(target, target.rect())
        yield from self.move(place)
        _xdotool("click", "--repeat", str(times), "--delay", "40", str(button))

    def press(self, name: str) -> Steps:
        """Clicks on what is called so, once it is there."""
        widget = yield self.seen(name)
        yield from self.click(widget)

    def choose(self, combo: QComboBox, beginning: str) -> Steps:
        """Opens a list of choices with the mouse and clicks on the one that begins so."""
        yield from self.click(combo)
        view = combo.view()
        yield Wait("the open list", lambda: view.isVisible() and _there(view.window()))
        at = next(i for i in range(combo.count()) if combo.itemText(i).startswith(beginning))
        index = combo.model().index(at, 0)
        view.scrollTo(index)
        yield from self.click(middle(view.viewport(), view.visualRect(index)))
        yield Wait(f"“{beginning}” chosen", lambda: not view.isVisible() and combo.currentIndex() == at)

    def pick(self, name: str) -> Steps:
        """Clicks on an entry of the menu that is open."""

        def entry() -> QPoint | None:
            menu = QApplication.activePopupWidget()
            if not isinstance(menu, QMenu) or not _there(menu):
                return None
            one = next((one for one in menu.actions() if plain(one.text()) == name), None)
            return middle(menu, menu.actionGeometry(one)) if one is not None else None

        place = yield Wait(f"“{name}” in a menu", entry)
        yield from self.click(place)

    def drag_from(self, module: str, *arguments: str, target: QWidget, then: Wait) -> Steps:
        """Starts another program that says where to press the mouse and when what it carries is welcome; drags from
        there, lets go over ``target``, and ends the program once it has come to ``then``.

        Returns:
            What the program says became of it.
        """
        other = QProcess(self)
        other.start(sys.executable, ["-m", module, *arguments])
        said = Wait(f"a word of {module}", lambda: other.canReadLine() and bytes(other.readLine().data()).decode())
        start = QPoint(*map(int, (yield said).split()))
        goal = middle(target, target.rect())
        yield from self.move(start)
        _xdotool("mousedown", "1")
        for place in (start + QPoint(9, 9), start + QPoint(18, 18), goal - QPoint(9, 9), goal):
            yield from self.move(place)
        yield said
        _xdotool("mouseup", "1")
        done = yield said
        yield then
        other.kill()
        other.waitForFinished()
        return done.strip()

    def cell(self, table: QTableView, words_of_row: str) -> QPoint:
        """The place on the screen of the row that has a cell with just these words."""
        model = table.model()
        rows = range(model.rowCount())
        across = range(model.columnCount())
        return self.at(
            table, next(row for row in rows if any(model.index(row, one).data() == words_of_row for one in across))
        )

    def at(self, table: QTableView, row: int) -> QPoint:
        """The place on the screen of a row, brought into sight."""
        index = table.model().index(row, 1)
        table.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        return middle(table.viewport(), table.visualRect(index))

    def picture(self, name: str) -> Steps:
        """Nothing written is cut; the whole screen as it is once it has come to rest, where pictures are wanted."""
        yield Wait("all words whole", lambda: not cut(self.in_front))
        if self._pictures is None:
            return
        before: list[QImage] = []

        def rests() -> QImage | None:
            before.append(screen_picture())
            return before[-1] if len(before) > 2 and before[-3] == before[-2] == before[-1] else None

        shown = yield Wait(f"a screen at rest for “{name}”", rests)
        shown.save(str(self._pictures / f"{name}.png"))

    # ---------------------------------------------------------------- one step after the other ----

    def _look(self) -> None:
        try:
            _stumble_over_a_bug()
            if answer := self._wait.met():
                self._wait_for(self._steps.send(answer))
            elif time.monotonic() > self._until:
                raise TimeoutError(f"waited in vain for {self._wait.told}; cut: {cut(self.in_front)}")
        except StopIteration:
            self._timer.stop()
        except BaseException:
            self._fail(traceback.format_exc())

    def _from_the_start(self, scenario: Scenario) -> Steps:
        yield Wait("a window", lambda: self.window)
        yield from scenario(self)

    def _wait_for(self, wait: Wait) -> None:
        self._wait, self._until = wait, time.monotonic() + wait.seconds

    def _fail(self, trace: str) -> None:
        """Says what was there instead, and ends at once, whatever form is open."""
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        told = [f"{type(one).__name__} “{one.windowTitle()}”: {_texts(one)}" for one in shown]
        print(trace, *told, sep="\n", file=sys.stderr, flush=True)
        if self._pictures is not None:
            screen_picture().save(str(self._pictures / "failed.png"))
        os._exit(_FAILED)


def _stumble_over_a_bug() -> None:
    form = QApplication.activeModalWidget()
    if isinstance(form, TroubleForm) and form.accessibleName().endswith(HEADS[None]):
        raise AssertionError(f"the window has a bug:\n{form.details.toPlainText()}")


def words(widget: QWidget) -> str:
    """What is written on a widget, without the letter for the keyboard and without dots."""
    text = getattr(widget, "text", None)
    return plain(str(text())) if callable(text) else ""


def plain(text: str) -> str:
    """Without the letter for the keyboard and without dots."""
    return re.sub(r"\(&.\)|[&…]", "", text)


def cut(window: QWidget | None) -> list[str]:
    """Words of labels and buttons that have less room than they need."""
    shown = [one for one in (window.findChildren(QWidget) if window else ()) if one.isVisible() and words(one)]
    return [words(one) for one in shown if isinstance(one, QLabel | QAbstractButton) and _too_small(one)]


def _too_small(one: QLabel | QAbstractButton) -> bool:
    if isinstance(one, QLabel) and one.wordWrap():
        return one.heightForWidth(one.width()) > one.height()
    elided = one.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored
    return not elided and one.minimumSizeHint().width() > one.width()


def middle(widget: QWidget, part: QRect) -> QPoint:
    """A point of the screen: the middle of a part of a widget."""
    return widget.mapToGlobal(part.center())


def screen_picture() -> QImage:
    """The screen as it is now, with everything on it."""
    return QApplication.primaryScreen().grabWindow(0).toImage()


def _texts(widget: QWidget) -> str:
    return " | ".join(text for one in widget.findChildren(QLabel) if one.isVisible() and (text := words(one)))


def _there(window: QWidget) -> bool:
    handle = window.windowHandle()
    return window.isVisible() and handle is not None and handle.isExposed()


def _xdotool(*arguments: str) -> None:
    subprocess.run(("xdotool", *arguments), check=True)
