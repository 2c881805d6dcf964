"""菜单 — every act of the window with its key, as a table; `fill` makes menus of it and keeps them true."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QMainWindow, QMenu, QWidget

from rectify_tool.model import STEPS, Act


class Entry(NamedTuple):
    """菜单一项 — its menu and words, its key, what must be there for it (see `visit.Visit.may`), and what it does.

    ``name`` is the name of the act of the window or its flows, or the word of an `Act`; "" parts groups.
    """

    menu: str
    text: str = ""
    key: str = ""
    need: str = ""
    name: str = ""


_FILE, _PAPERS, _DECIDE, _VIEW, _SET, _HELP = "文件(&W)", "材料(&A)", "办理(&B)", "查看(&V)", "设置(&K)", "帮助(&H)"
"""Letters the views use for their own buttons are left to them."""

_KEYS = {
    Act.CLOSE: ("销号(&X)…", "Ctrl+D"),
    Act.RETURN: ("退回(&T)…", "Ctrl+R"),
    Act.REOPEN: ("重新打开(&O)…", "Ctrl+Shift+R"),
    Act.EXTEND: ("批准延期(&Y)…", "Ctrl+E"),
    Act.ASK: ("申请延期(&S)…", "Ctrl+Shift+E"),
    Act.CALL: ("电话催办(&D)…", "Ctrl+T"),
    Act.LETTER: ("督办函(&H)…", "Ctrl+Shift+T"),
    Act.TALK: ("约谈(&Z)…", ""),
    Act.ACCOUNTABILITY: ("问责(&W)…", ""),
}
TABS = ("报送", "台账", "核对意见", "办理", "成果", "图表")
"""各个页面 — in the order of their tabs."""

ENTRIES: tuple[Entry, ...] = (
    Entry(_FILE, "打开工作文件夹(&O)…", "Ctrl+O", "", "open_folder"),
    Entry(_FILE, "新建工作文件夹(&N)…", "Ctrl+N", "", "new_folder"),
    Entry(_FILE, "试用样例(&S)…", "", "", "try_sample"),
    Entry(_FILE),
    Entry(_FILE, "往“报送”里放文件(&A)…", "Ctrl+I", "seat", "add_files"),
    Entry(_FILE, "重新读取(&R)", "F5", "folder", "look"),
    Entry(_FILE, "打开工作文件夹所在的位置(&L)", "Ctrl+L", "folder", "open_work_folder"),
    Entry(_FILE),
    Entry(_FILE, "回到开始页(&H)", "Ctrl+W", "folder", "go_home"),
    Entry(_FILE, "退出(&Q)", "Ctrl+Q", "", "quit"),
    Entry(_PAPERS, "生成专报(&G)", "Ctrl+G", "seat", "generate"),
    Entry(_PAPERS, "打开专报(&B)", "Ctrl+B", "papers", "open_bulletin"),
    Entry(_PAPERS, "打开汇总表(&H)", "Ctrl+Shift+B", "papers", "open_summary"),
    Entry(_PAPERS),
    Entry(_PAPERS, "打印(&P)…", "Ctrl+P", "set", "print_out"),
    Entry(_PAPERS, "做 PDF(&F)", "Ctrl+Shift+P", "set", "make_pdf"),
    Entry(_PAPERS),
    Entry(_PAPERS, "定稿(&D)…", "Ctrl+Shift+D", "set", "publish"),
    Entry(_PAPERS, "原样再写一份(&R)…", "", "seat", "reprint"),
    *(
        Entry(_DECIDE, text, key, "screen_seat" if act in STEPS else "item", act.value)
        for act, (text, key) in _KEYS.items()
    ),
    Entry(_DECIDE),
    Entry(_DECIDE, "撤回最近一条办理(&U)…", "Ctrl+Shift+Z", "screen_seat", "undo_last"),
    Entry(_DECIDE, "写一份办理登记表(&R)", "", "screen_seat", "register"),
    *(Entry(_VIEW, f"{tab}(&{at})", f"Alt+{at}", "folder", f"tab_{at}") for at, tab in enumerate(TABS, 1)),
    Entry(_VIEW),
    Entry(_VIEW, "查找(&F)\tCtrl+F", "", "screen", "search"),
    Entry(_VIEW, "到小项档案(&D)", "F6", "folder", "to_dossier"),
    Entry(_SET, "口径(&K)…", "Ctrl+K", "folder", "settings"),
    Entry(_SET, "打开口径文件(&T)", "", "folder", "open_rules"),
    Entry(_SET, "改专报模板(&M)", "", "seat", "templates"),
    Entry(_SET),
    Entry(_SET, "显示：字号、深浅(&X)…", "Ctrl+,", "", "preferences"),
    Entry(_SET),
    Entry(_SET, "从备份恢复台账(&H)…", "", "seat", "restore"),
    Entry(_HELP, "使用说明(&H)", "F1", "", "help"),
    Entry(_HELP, "打开记录所在文件夹(&L)", "", "", "open_log"),
    Entry(_HELP, "关于(&A)", "", "", "about"),
)


class FirstKeys(QObject):
    """快捷键在先 — a key of the menus means the same in a field: some systems have their own for writing (Ctrl+E)."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        fields: list[QWidget] = [*window.findChildren(QLineEdit), *window.findChildren(QAbstractSpinBox)]
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        """先问 — the field does not hear that it might claim the key."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        return QKeySequence(event.keyCombination()).toString() in _ALL_KEYS


_ALL_KEYS = frozenset(entry.key for entry in ENTRIES if entry.key)


def fill(
    window: QMainWindow, entries: Iterable[Entry], act_of: Callable[[str], Callable[[], object]]
) -> dict[str, QAction]:
    """装菜单 — the menus of a window; its actions by the names of what they do."""
    menus: dict[str, QMenu] = {}
    actions: dict[str, QAction] = {}
    for entry in entries:
        if entry.menu not in menus:
            menus[entry.menu] = window.menuBar().addMenu(entry.menu)
        if entry.name:
            actions[entry.name] = _action(menus[entry.menu], entry, act_of(entry.name))
        else:
            menus[entry.menu].addSeparator()
    return actions


def _action(menu: QMenu, entry: Entry, act: Callable[[], object]) -> QAction:
    action = QAction(entry.text, menu)
    action.setShortcut(QKeySequence(entry.key))
    action.setData(entry.need)
    action.triggered.connect(lambda: act())
    menu.addAction(action)
    return action
