"""启动窗口 — the application: style, language, fonts, what happens to a bug, to Ctrl-C, and without a screen."""

from __future__ import annotations

import contextlib
import gc
import signal
import socket
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rectify_tool.desktop.screenless import why_no_window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from rectify_tool.desktop.line import Line

NO_WINDOW, BUG, INTERRUPTED = 4, 70, 130
_GARBAGE_THRESHOLD = 500_000  # a ledger's lines arriving are no garbage, and looking through them is felt


def start(folder: str | None, line: Line | None = None) -> int:
    """启动 — the window until it is closed; the exit code.

    Args:
        folder: The work folder to open, None for the start page.
        line: The desk's process where it has been started already.
    """
    why = why_no_window()
    if why:
        tell_screenless(why)
        return NO_WINDOW
    app = make_application(sys.argv[:1])
    from rectify_tool.desktop import bugs

    with bugs.shown(_show_bug), interrupts(app):
        try:
            return _window(app, folder, line)
        except Exception as error:  # before there was a window to go on with
            _show_bug(bugs.kept(error))
            return BUG


def _window(app: QApplication, folder: str | None, line: Line | None) -> int:
    from rectify_tool.desktop.clerk import Clerk
    from rectify_tool.desktop.memory import load
    from rectify_tool.desktop.window import Window

    gc.set_threshold(_GARBAGE_THRESHOLD)
    clerk = Clerk(line)
    try:
        window = Window(clerk, load(), folder)
        window.show()
        gc.enable()
        return app.exec()
    finally:
        clerk.close()


def make_application(arguments: list[str]) -> QApplication:
    """应用 — one look on every system, Chinese throughout."""
    from PySide6.QtWidgets import QApplication

    from rectify_tool.desktop.looks import set_font_size

    app = QApplication(arguments)
    app.setApplicationName("整改督查工具")
    app.setDesktopFileName("rectify-tool")
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
    """停止 — Ctrl-C, or the end of the session: Python hears of a signal only when it runs, so a socket wakes it."""
    from PySide6.QtCore import QSocketNotifier

    hears, wakes = socket.socketpair()
    for end in (hears, wakes):
        end.setblocking(False)
    notifier = QSocketNotifier(hears.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: hears.recv(64))
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {kind: signal.signal(kind, lambda *_: app.exit(INTERRUPTED)) for kind in kinds}
    woken = signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        for kind, handler in before.items():
            signal.signal(kind, handler)
        notifier.setEnabled(False)
        hears.close()
        wakes.close()
