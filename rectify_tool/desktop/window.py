"""主窗口 — the widgets put together: what a person does goes to the flows, what the flows say is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from rectify_tool.desktop import looks, memory, sayings
from rectify_tool.desktop.flows import Flows
from rectify_tool.desktop.head import Head
from rectify_tool.desktop.memory import Memory
from rectify_tool.desktop.menus import ENTRIES, TABS, FirstKeys, fill
from rectify_tool.desktop.notices import Foot, NoticeBar
from rectify_tool.desktop.pictures import Pictures
from rectify_tool.desktop.questions import Questions
from rectify_tool.desktop.start import StartPage
from rectify_tool.desktop.tables import LinesView
from rectify_tool.desktop.views.decisions import DecisionsView
from rectify_tool.desktop.views.dossier import DossierView
from rectify_tool.desktop.views.findings import FindingsView
from rectify_tool.desktop.views.ledger import LedgerView
from rectify_tool.desktop.views.narrowing import Narrowing
from rectify_tool.desktop.views.papers import PapersView
from rectify_tool.desktop.views.received import ReceivedView
from rectify_tool.desktop.visit import Notice, Offer, Visit
from rectify_tool.model import Act, Screen, Severity

if TYPE_CHECKING:
    from rectify_tool.desktop.clerk import Clerk
    from rectify_tool.desktop.forms.help import HelpWindow
    from rectify_tool.desktop.forms.preferences import Preferences

TITLE = "整改督查工具"
_USUAL = (1366, 768)


class Window(QMainWindow):
    """主窗口 — ``folder`` is opened at once, None gives the start page."""

    def __init__(
        self,
        clerk: Clerk,
        remembered: Memory,
        folder: str | None = None,
        questions: Questions | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self.clerk, self._memory = clerk, remembered
        self.questions = questions or Questions(self)
        self.visit = Visit(clerk, self.questions, now)
        self.flows = Flows(self.visit)
        self.start, self.head, self.foot = StartPage(), Head(now().date()), Foot()
        self.only_looking, self.notice = NoticeBar("只读", closable=False), NoticeBar("告示")
        self.received, self.ledger, self.dossier = ReceivedView(), LedgerView(), DossierView()
        self.findings, self.decisions, self.papers = FindingsView(), DecisionsView(), PapersView()
        self.pictures = Pictures()
        self._views = (self.received, self.ledger, self.findings, self.decisions, self.papers, self.pictures)
        self._help: HelpWindow | None = None
        self._lay_out()
        self.actions_by_name = fill(self, ENTRIES, self._act)
        FirstKeys(self)
        self._listen_to_visit()
        self._listen_to_views()
        self._recall()
        self.setAcceptDrops(True)
        self._show_folder("")
        if folder:
            self.visit.open(folder)

    # ------------------------------------------------------------ 样子 ----

    def _lay_out(self) -> None:
        self.beside = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self.beside.addWidget(self.ledger)
        self.beside.addWidget(self.dossier)
        self.beside.setStretchFactor(0, 3)
        self.beside.setStretchFactor(1, 2)
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.setAccessibleName("各个页面")
        self.tabs.setMinimumHeight(self.fontMetrics().lineSpacing() * 10)  # on a low screen the page gives way first
        keeps_room = self.tabs.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.tabs.setSizePolicy(keeps_room)
        pages = (self.received, self.beside, self.findings, self.decisions, self.papers, self.pictures)
        self._stands_on: Mapping[QWidget, Callable[[], str]] = {
            self.received: lambda: one.unit if (one := self.received.unit) else "",
            self.beside: lambda: one.no if (one := self.ledger.current) else "",
            self.findings: lambda: one.no if (one := self.findings.current) else "",
            self.decisions: lambda: one.target if (one := self.decisions.current) else "",
        }
        for title, page in zip(TABS, pages, strict=True):
            self.tabs.addTab(page, title)
        main = QWidget()
        inside = QVBoxLayout(main)
        inside.setContentsMargins(0, 0, 0, 0)
        for part in (self.only_looking, self.notice, self.head):
            inside.addWidget(part)
        inside.addWidget(self.tabs, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.stack.addWidget(main)
        whole = QWidget()
        around = QVBoxLayout(whole)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.stack, 1)
        around.addWidget(self.foot)
        self.setCentralWidget(whole)

    def _act(self, name: str) -> Callable[[], object]:
        """菜单项所做的 — an act of the office, a tab, or what the flows or the window do under that name."""
        if name in {act.value for act in Act}:
            return lambda: self._decide(Act(name))
        if name.startswith("tab_"):
            return lambda: self.show_tab(int(name.removeprefix("tab_")) - 1)
        owner = next(one for one in (self.flows, self.visit, self) if hasattr(one, name))

        def act() -> None:
            if self.head.settle():
                getattr(owner, name)()

        return act

    def _decide(self, act: Act) -> None:
        self._aim()
        self.flows.decide(act)

    def _listen_to_visit(self) -> None:
        visit, clerk = self.visit, self.clerk
        visit.folder_changed.connect(self._show_folder)
        visit.screen_changed.connect(self._show_screen)
        visit.dossier_changed.connect(self.dossier.show_dossier)
        visit.said.connect(self.foot.say)
        visit.happened.connect(self.foot.say_in_passing)
        visit.noticed.connect(self.notice.show_notice)
        visit.set_written.connect(self._show_set)
        visit.state_changed.connect(self._show_state)
        clerk.busy.connect(self.foot.set_busy)
        clerk.progressed.connect(self.foot.set_progress)
        self.foot.cancelled.connect(visit.cancel)

    def _listen_to_views(self) -> None:
        flows, visit, start, head = self.flows, self.visit, self.start, self.head
        start.open_wanted.connect(flows.open_folder)
        start.new_wanted.connect(lambda: flows.new_folder())
        start.sample_wanted.connect(flows.try_sample)
        start.folder_wanted.connect(lambda folder: visit.open(folder))
        start.forget_wanted.connect(self._forget)
        head.switch_wanted.connect(flows.open_folder)
        head.day_picked.connect(visit.set_day)
        head.number_picked.connect(visit.set_number)
        head.generate_wanted.connect(flows.generate)
        for view in (self.received, self.findings, self.decisions, self.dossier):
            view.file_wanted.connect(flows.open_file)
        for pointing in (self.findings, self.decisions):
            pointing.item_chosen.connect(self.show_item)
        self.ledger.item_chosen.connect(visit.choose)
        self.ledger.item_opened.connect(lambda _: self.to_dossier())
        self.dossier.left.connect(self.ledger.setFocus)
        self.ledger.acts_wanted.connect(lambda act, no: flows.decide(Act(act), no))
        self.received.narrowed.connect(self.show_narrowed)
        self.pictures.narrowed.connect(self.show_narrowed)
        for undoing in (self.decisions, self.dossier):
            undoing.undo_wanted.connect(flows.undo)
        self.tabs.currentChanged.connect(lambda _: self._aim())
        tables: Iterable[LinesView] = self.tabs.findChildren(LinesView)
        for table in tables:
            table.chosen.connect(lambda _: self._aim())
            table.model().modelReset.connect(self._aim)
        papers = self.papers
        papers.open_wanted.connect(self.questions.open_path)
        papers.show_wanted.connect(self.questions.open_path)
        papers.print_wanted.connect(lambda _: flows.print_out())
        papers.pdf_wanted.connect(flows.make_pdf)
        papers.publish_wanted.connect(lambda _: flows.publish())
        papers.reprint_wanted.connect(flows.reprint)

    # ------------------------------------------------------------ 显示 ----

    def _show_folder(self, folder: str) -> None:
        self.stack.setCurrentIndex(1 if folder else 0)
        if folder:
            self._memory = memory.update(lambda one: one.opened(folder))
            self.head.show_folder(folder)
            self.setFocus()  # nowhere, until there is a page to be in
        else:
            self.start.show_recent(self._memory.folders)
            self.foot.say("")
        self._show_state()

    def _show_screen(self, screen: Screen | None) -> None:
        """看板 — None while the first look at a folder is under way: of the one before nothing stays to be seen."""
        self.head.show_screen(screen)
        self.tabs.setVisible(screen is not None)
        if screen is None:
            for view in self._views:
                view.forget()
            return
        for view in self._views:
            view.show_screen(screen)
        self._count_tabs(screen)
        self._aim()
        if self.focusWidget() in (None, self):
            self._to_page()

    def _aim(self) -> None:
        """所指 — what the page in front stands on; elsewhere nothing is to be acted on."""
        page = self.tabs.currentWidget()
        self.visit.aim(self._stands_on[page]() if page in self._stands_on else "")

    def _count_tabs(self, screen: Screen) -> None:
        unread = sum(one.unread for one in screen.files)
        to_see = sum(one.severity is not Severity.NOTE for one in screen.findings)
        counts = {"报送": unread and f"不能读取{unread}", "核对意见": to_see}
        for at, title in enumerate(TABS):
            self.tabs.setTabText(at, f"{title}（{counts[title]}）" if counts.get(title) else title)

    def _show_state(self) -> None:
        """能做什么 — actions, buttons, views and the title follow what the flows allow."""
        visit = self.visit
        for action in self.actions_by_name.values():
            action.setEnabled(visit.may(str(action.data())))
        number = visit.number or (visit.screen.next_number if visit.screen else None)
        self.head.show_choice(visit.as_of, visit.follows_today, number, visit.may("seat"))
        for view in (self.ledger, self.dossier, self.decisions):
            view.set_writable(visit.writable)
        self.papers.set_why_not(visit.why_not)
        why = visit.only_looking
        another = (Offer("另放一份样例…", self.flows.try_sample),) if visit.sample else ()
        told = Notice(f"{why}这里只能看，不能写。", (*another, Offer("再试一次", visit.regain)))
        self.only_looking.show_notice(told if why else None)
        name = f"{TITLE} — {sayings.folder_name(visit.folder)}" if visit.folder else TITLE
        self.setWindowTitle(f"{name}（只读）" if why else name)

    def _show_set(self, name: str) -> None:
        self.tabs.setCurrentIndex(TABS.index("成果"))
        self.papers.choose(name)

    def show_tab(self, at: int) -> None:
        """换页 — and the keyboard goes with it."""
        self.tabs.setCurrentIndex(at)
        self._to_page()

    def search(self) -> None:
        """查找 — in the page, where it has a box for it."""
        boxes: Iterable[QLineEdit] = self.tabs.currentWidget().findChildren(QLineEdit)
        box = next((one for one in boxes if one.accessibleName().startswith("查找")), None)
        if box is None:
            self.foot.say(f"“{TABS[self.tabs.currentIndex()]}”里没有查找；到“台账”里可以查。")
            return
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()

    def _to_page(self) -> None:
        """到页面里 — the keyboard in what the page is about: its table, or the bars."""
        page = self.tabs.currentWidget()
        main = self.ledger if page is self.beside else page
        main.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_item(self, no: str) -> None:
        """看这一项 — in the ledger, which shows it whatever it was narrowed to."""
        self.tabs.setCurrentWidget(self.beside)
        if not self.ledger.choose(no):
            self.ledger.clear()
            self.ledger.choose(no)
        self.visit.choose(no)

    def show_narrowed(self, narrowing: Narrowing) -> None:
        """只看这些 — in the ledger."""
        self.ledger.narrow_to(narrowing)
        self.tabs.setCurrentWidget(self.beside)

    def to_dossier(self) -> None:
        """到小项档案 — with the keyboard."""
        self.tabs.setCurrentWidget(self.beside)
        self.dossier.setFocus()

    # ------------------------------------------------------------ 帮助、显示 ----

    def help(self) -> None:
        """使用说明 — offline."""
        from rectify_tool.desktop.forms.help import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self)
        self._help.open_at()

    def about(self) -> None:
        """关于 — version and licences."""
        from rectify_tool.desktop.forms.about import AboutForm

        AboutForm(self).exec()

    def quit(self) -> None:
        """退出 — as by the window's own button."""
        self.close()

    def open_log(self) -> None:
        """打开记录所在文件夹 — the log of what went wrong."""
        from rectify_tool.desktop.forms.trouble import open_folder_of_log

        open_folder_of_log()

    def preferences(self) -> None:
        """显示 — letters and colours, shown while they are chosen."""
        from rectify_tool.desktop.forms.preferences import Preferences, PreferencesForm

        points = round(self._memory.font_points or QApplication.font().pointSizeF())
        form = PreferencesForm(Preferences(points, self._memory.theme), self)
        form.changed.connect(self._apply)
        form.exec()

    def _apply(self, chosen: Preferences) -> None:
        points, theme = float(chosen.points), chosen.theme
        self._memory = memory.update(lambda one: replace(one, font_points=points, theme=theme))
        self._dress()

    # ------------------------------------------------------------ 记住 ----

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            looks.set_theme(app, self._memory.theme)
            if self._memory.font_points:
                looks.set_font_size(app, self._memory.font_points)

    def _recall(self) -> None:
        """照旧 — letters, colours, size, parts and view as they were left."""
        self._dress()
        if not self.restoreGeometry(_saved(self._memory.geometry)):
            room = self.screen().availableSize()
            self.resize(min(_USUAL[0], room.width()), min(_USUAL[1], room.height()))
            if room.width() <= _USUAL[0] or room.height() <= _USUAL[1]:
                self.setWindowState(Qt.WindowState.WindowMaximized)  # with its frame it would reach out of the screen
        self.beside.restoreState(_saved(self._memory.layout))
        if self._memory.view in TABS:
            self.tabs.setCurrentIndex(TABS.index(self._memory.view))

    def _keep(self) -> None:
        """记下 — how the window was left, beside what another window has remembered meanwhile."""
        geometry, layout = _base64(self.saveGeometry()), _base64(self.beside.saveState())
        view = TABS[self.tabs.currentIndex()]
        self._memory = memory.update(lambda one: replace(one, geometry=geometry, layout=layout, view=view))

    def _forget(self, folder: str) -> None:
        self._memory = memory.update(lambda one: one.forgotten(folder))
        self.start.show_recent(self._memory.folders)

    # ------------------------------------------------------------ 系统的事 ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """按键 — Ctrl+F outside of the pages, which have it themselves."""
        if event.matches(QKeySequence.StandardKey.Find) and self.visit.screen is not None:
            self.search()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """窗口到前面来 — the seat may have become free."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow() and self.visit.only_looking:
            self.visit.regain()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """拖进来 — files and folders are welcome anywhere; anything else is told what it should be."""
        if self.questions.asking:
            return
        if _dropped(event):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            self.foot.say("这里只收文件和文件夹。邮件、网页里的附件，请先存到电脑上，再拖进来。")

    def dropEvent(self, event: QDropEvent) -> None:
        """放下 — copied, never moved."""
        paths = _dropped(event)
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            QTimer.singleShot(0, lambda: self.flows.drop(paths))  # whoever is dragged from waits till this returns

    def closeEvent(self, event: QCloseEvent) -> None:
        """关窗 — asks only while something is being written; nothing is lost either way."""
        if not self.visit.may_leave():
            event.ignore()
            return
        self._keep()
        self.visit.leave()
        self.clerk.close()
        event.accept()


def _dropped(event: QDropEvent) -> tuple[str, ...]:
    """拖来的 — paths of this computer."""
    return tuple(str(Path(url.toLocalFile())) for url in event.mimeData().urls() if url.isLocalFile())


def _base64(saved: QByteArray) -> str:
    return bytes(saved.toBase64().data()).decode()


def _saved(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode())
