"""The window of one signed-in user: navigation, tabs, top bar; it knows no business."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from typing_extensions import override

from erp_desktop.core.i18n import _
from erp_desktop.plugins.modules import Modules
from erp_desktop.settings import Settings
from erp_desktop.ui import preferences
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.commands import Commands
from erp_desktop.ui.follow import follow
from erp_desktop.ui.frame import Frame
from erp_desktop.ui.guard import Guard
from erp_desktop.ui.key_help import KeyHelp
from erp_desktop.ui.layouts import LatinKeys
from erp_desktop.ui.lock import Unlock
from erp_desktop.ui.locker import Locker
from erp_desktop.ui.news import News
from erp_desktop.ui.notifications import NoticeSource
from erp_desktop.ui.opening import Opener
from erp_desktop.ui.page import APOLOGY, Page, details_of
from erp_desktop.ui.pages import SYNC, Maker
from erp_desktop.ui.palette import Palette
from erp_desktop.ui.parts import column, kind
from erp_desktop.ui.scanner import ScanRouter
from erp_desktop.ui.top_bar import name_of
from erp_desktop.ui.window_keys import bind_window_keys


class Shell(QMainWindow):
    """The main window.

    Signals:
        signed_out: The user wants the sign-in window; what is typed is kept as drafts.
        closed: The user wants to quit.
    """

    signed_out = Signal()
    closed = Signal()

    def __init__(
        self,
        backend: Backend,
        modules: Modules,
        settings: Settings,
        *,
        unlock: Unlock,
        notices: NoticeSource | None = None,
    ) -> None:
        """Build the window for `backend.user`.

        Args:
            backend: The door to everything.
            modules: What was found; it is prepared here.
            settings: Of this workstation.
            unlock: `await unlock(password)` raises `UserError` if it is wrong; also offline.
            notices: Where news come from.
        """
        super().__init__()
        kind(self, "ground")
        self.backend = backend
        self.modules = modules
        self.settings = settings
        self._is_leaving = self._is_started = False
        modules.prepare()
        preferences.recall(backend.user, settings)
        self._build(unlock, notices)
        self._connect()
        bind_window_keys(self)
        follow(self, lambda: self.setWindowTitle(_("ERP Desktop")))

    def start(self) -> None:
        """Bring back what was open and begin to watch: keys, scans, idleness, faults, news.

        Showing the window for the first time does this.
        """
        if self._is_started:
            return
        self._is_started = True
        for watcher in self._watchers:
            watcher.start()
        self.locker.watch(self.settings.idle_minutes)

    def open_page(self, page_id: str, argument: Any = None) -> Page | None:
        """Open a page, or bring it to the front if it is open already."""
        return self.opener.open_page(page_id, argument)

    def say(self, message: str, tone: Any = "ok", details: str = "") -> None:
        """Tell the user something on the page in front, already translated."""
        tab = self.tabs.current
        if tab is not None:
            tab.page.say(message, tone, details=details)

    def open_palette(self) -> Palette:
        """Open search and commands."""
        palette = Palette(self.commands.everything, self.commands.providers(), self)
        palette.chosen.connect(self.commands.run)
        palette.open_over(self)
        return palette

    def do(self, identity: str) -> None:
        """Do one of the window's own deeds by its id, as menus and palette name them."""
        deeds: dict[str, Callable[[], object]] = {
            "keys": lambda: KeyHelp(self).exec(),
            **{core: partial(self.open_page, f"core.{core}") for core in ("printers", "modules")},
            "lock": self.locker.lock,
            "sign_out": self._on_sign_out,
            "quit": self.close,
        }
        deeds[identity]()

    def prefer(self, what: str, value: str) -> None:
        """Change the language, the theme or the row height (density), for this user."""
        preferences.prefer(what, value, self.settings.country)

    def leave(self) -> None:
        """Stop everything and remember what is open."""
        if self._is_leaving or not self._is_started:
            return
        self._is_leaving = True
        for watcher in self._watchers:
            watcher.stop()
        self.locker.release()

    def _build(self, unlock: Unlock, notices: NoticeSource | None) -> None:
        frame = Frame(self.backend, self.modules)
        self.navigation, self.top_bar, self.tabs = frame.navigation, frame.top_bar, frame.tabs
        self.opener = Opener(Maker(self.backend, self.modules), self.tabs, self)
        self.scanner = ScanRouter(self)
        self.commands = Commands(self)
        news = News(self.top_bar.bell, notices, self.open_page, self)
        self.guard = Guard(self.modules, self._on_fault)
        self._watchers = (self.opener, self.scanner, LatinKeys(self), self.guard, news)
        ground: QWidget = kind(QWidget(), "ground")
        ground.setLayout(column(frame))
        self.setCentralWidget(ground)
        self.locker = Locker(self, frame, unlock, partial(name_of, self.backend.user))
        self.resize(1366, 768)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.open_page)
        self.navigation.failure_chosen.connect(self.opener.show_failure)
        self.top_bar.search_asked.connect(self.open_palette)
        self.top_bar.line_asked.connect(partial(self.open_page, SYNC))
        self.top_bar.asked.connect(self.do)
        self.top_bar.preferred.connect(self.prefer)
        self.locker.sign_out_asked.connect(self._on_sign_out)
        self.opener.refused.connect(lambda error: self.say(error.sentence(), "warn"))
        self.scanner.fallback = self._on_scan

    def _on_fault(self, error: BaseException) -> None:
        self.say(_(APOLOGY), "bad", details_of(error, "slot"))

    def _on_scan(self, code: str) -> bool:
        tab = self.tabs.current
        if self.locker.screen is not None:  # nothing may be typed behind a lock
            return self.locker.screen.take_scan(code)
        return tab is not None and tab.page.on_scan(code)

    def _on_sign_out(self) -> None:
        self.leave()
        self.hide()
        self.signed_out.emit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.start()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not all(self.opener.may_close(tab) for tab in self.tabs):
            event.ignore()
            return
        was_leaving = self._is_leaving
        self.leave()
        super().closeEvent(event)
        if not was_leaving:
            self.closed.emit()
