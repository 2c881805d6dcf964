"""启动窗口 — the application: style, language, fonts, what happens to a bug, to Ctrl-C, and without a screen."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rectify_tool.desktop.screenless import why_no_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from rectify_tool.desktop.line import Line

NO_WINDOW, BUG, INTERRUPTED = 4, 70, 130
_HEARS_AFTER = 500
"""毫秒 — until a signal is heard on Windows."""

_GARBAGE_THRESHOLD = 500_000  # a ledger's lines arriving are no garbage, and looking through them is felt


def start(folder: str | None, line: Line | None = None, dropped: tuple[str, ...] = ()) -> int:
    """启动 — the window until it is closed; the exit code.

    Args:
        folder: The work folder to open, None for the start page.
        line: The desk's process where it has been started already.
        dropped: What is taken as if it were dropped on the start page.
    """
    why = why_no_window()
    if why:
        tell_screenless(why)
        return NO_WINDOW
    app = make_application(sys.argv[:1])
    from rectify_tool.desktop import bugs

    with bugs.shown(_show_bug), interrupts(app):
        try:
            return _window(app, folder, line, dropped)
        except Exception as error:  # before there was a window to go on with
            _show_bug(bugs.kept(error))
            return BUG


def _window(app: QApplication, folder: str | None, line: Line | None, dropped: tuple[str, ...]) -> int:
    from PySide6.QtCore import QTimer

    from rectify_tool.desktop.clerk import Clerk
    from rectify_tool.desktop.memory import load
    from rectify_tool.desktop.window import Window

    gc.set_threshold(_GARBAGE_THRESHOLD)
    clerk = Clerk(line)
    try:
        window = Window(clerk, load(), folder)
        window.show()
        if dropped:
            QTimer.singleShot(0, lambda: window.flows.drop(dropped))
        gc.enable()
        return app.exec()
    finally:
        clerk.close()


def make_application(arguments: list[str]) -> QApplication:
    """应用 — one look on every system, Chinese throughout."""
    from PySide6.QtWidgets import QApplication

    from rectify_tool.desktop.icon import icon
    from rectify_tool.desktop.looks import set_font_size

    app = QApplication(arguments)
    app.setWindowIcon(icon())
    app.setApplicationName("整改督查工具")
    app.setDesktopFileName("整改督查工具")  # the name of the entry in the menus, and of its class of windows
    app.setStyle("Fusion")
    speak_chinese(app)
    set_font_size(app, app.font().pointSizeF())
    return app


def speak_chinese(app: QApplication) -> None:
    """中文 — Qt's own words (Cancel, the calendar, menus of text fields) and its way of writing days."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def tell_screenless(message: str) -> None:
    """没有窗口时的话 — where a person sees it: in the terminal, or in a plain box of Windows."""
    if sys.stderr is not None:
        print(message, file=sys.stderr)
    if sys.platform == "win32" and getattr(sys, "frozen", False):
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, message, "整改督查工具", 0x10)


def _show_bug(details: str) -> None:
    from PySide6.QtWidgets import QApplication

    from rectify_tool.desktop.forms.trouble import show_bug

    show_bug(QApplication.activeWindow(), details)


@contextlib.contextmanager
def interrupts(app: QApplication) -> Iterator[None]:
    """停止 — Ctrl-C, or the end of the session: Python hears of a signal only when it runs, so something wakes it."""
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {kind: signal.signal(kind, lambda *_: app.exit(INTERRUPTED)) for kind in kinds}
    try:
        with _woken_by_the_clock() if sys.platform == "win32" else _woken_by_a_pipe():
            yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


@contextlib.contextmanager
def _woken_by_a_pipe() -> Iterator[None]:
    """一有信号就醒 — the system writes into a pipe that the event loop listens to."""
    from PySide6.QtCore import QSocketNotifier

    hears, wakes = os.pipe()
    for end in (hears, wakes):
        os.set_blocking(end, False)
    notifier = QSocketNotifier(hears, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: os.read(hears, 64))
    before = signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        notifier.setEnabled(False)
        os.close(hears)
        os.close(wakes)


@contextlib.contextmanager
def _woken_by_the_clock() -> Iterator[None]:
    """隔一会儿醒一次 — on Windows only a socket could wake it, and a firewall would ask what for."""
    from PySide6.QtCore import QTimer

    clock = QTimer(interval=_HEARS_AFTER)
    clock.timeout.connect(lambda: None)  # Python runs, and with it what it has to do about a signal
    clock.start()
    try:
        yield
    finally:
        clock.stop()
