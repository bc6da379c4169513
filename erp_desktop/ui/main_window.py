"""The window of one signed-in user: navigation, tabs, top bar; it knows no business."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from typing_extensions import override

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import _
from erp_desktop.plugins.modules import Modules
from erp_desktop.settings import Settings
from erp_desktop.ui import keys, memory, preferences
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.commands import Commands
from erp_desktop.ui.follow import follow
from erp_desktop.ui.guard import Guard
from erp_desktop.ui.key_help import KeyHelp
from erp_desktop.ui.layouts import LatinKeys
from erp_desktop.ui.lock import IdleWatch, LockScreen, Unlock
from erp_desktop.ui.navigation import Navigation, places_for
from erp_desktop.ui.news import News
from erp_desktop.ui.notifications import NoticeSource
from erp_desktop.ui.opening import Opener
from erp_desktop.ui.page import APOLOGY, Page, details_of
from erp_desktop.ui.pages import MODULES, SYNC, Maker
from erp_desktop.ui.palette import Palette
from erp_desktop.ui.parts import column, kind, row
from erp_desktop.ui.scanner import ScanRouter
from erp_desktop.ui.tabs import Tab, Tabs
from erp_desktop.ui.top_bar import TopBar, name_of

_SAVE_MS = 2000


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
        self.lock_screen: LockScreen | None = None
        self._unlock = unlock
        self._is_leaving = self._is_started = False
        modules.prepare()
        preferences.recall(backend.user, settings)
        self._build(notices)
        self._connect()
        self._bind_keys()
        follow(self, self._on_language)

    def start(self) -> None:
        """Bring back what was open and begin to watch: keys, scans, idleness, faults, news.

        Showing the window for the first time does this.
        """
        if self._is_started:
            return
        self._is_started = True
        self.navigation.set_narrow(narrow=bool(memory.current().get("narrow")))
        self.opener.bring_back()
        for watcher in (self.scanner, self._latin, self._watch, self._guard, self._news):
            watcher.start()
        self._saving.start()

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

    def lock(self) -> None:
        """Lock the window until the user's password opens it."""
        if self.lock_screen is None:
            self.lock_screen = LockScreen(self, name_of(self.backend.user), self._unlock)
            self.lock_screen.unlocked.connect(self._on_unlocked)
            self.lock_screen.sign_out_asked.connect(self._on_sign_out)
            self._whole.hide()
            self.lock_screen.cover(self)

    def do(self, identity: str) -> None:
        """Do one of the window's own deeds by its id, as menus and palette name them."""
        deeds: dict[str, Callable[[], object]] = {
            "keys": lambda: KeyHelp(self).exec(),
            "modules": partial(self.open_page, MODULES),
            "lock": self.lock,
            "sign_out": self._on_sign_out,
            "quit": self.close,
        }
        deeds[identity]()

    def prefer(self, what: str, value: str) -> None:
        """Change the language, the theme or the row height (density), for this user."""
        if what == "language":
            preferences.prefer_language(value, self.settings.country)
        elif what == "theme":
            preferences.prefer_theme(value)
        else:
            preferences.prefer_density(value)

    def leave(self) -> None:
        """Stop everything and remember what is open."""
        if self._is_leaving or not self._is_started:
            return
        self._is_leaving = True
        self._saving.stop()
        for watcher in (self.scanner, self._latin, self._watch, self._guard, self._news):
            watcher.stop()
        self._save()
        for tab in self.tabs:
            tab.page.stop()

    def _build(self, notices: NoticeSource | None) -> None:
        self.navigation = Navigation()
        station = self.backend.workstation
        self.top_bar = TopBar(self.backend.user, station.link if station is not None else None)
        self.tabs = Tabs()
        self.opener = Opener(Maker(self.backend, self.modules), self.tabs, self)
        self.scanner = ScanRouter(self)
        self.commands = Commands(self)
        self._latin = LatinKeys(self)
        self._news = News(self.top_bar.bell, notices, self.open_page, self)
        self._watch = IdleWatch(self.settings.idle_minutes, self)
        self._guard = Guard(self.modules, self._on_fault)
        self._saving = QTimer(self, interval=_SAVE_MS)
        self._whole = QWidget()
        pages = column(self.top_bar, self.tabs, spacing=0)
        self._whole.setLayout(row(self.navigation, pages, spacing=0))
        ground: QWidget = kind(QWidget(), "ground")
        ground.setLayout(column(self._whole))
        self.setCentralWidget(ground)
        self.resize(1366, 768)
        self._show_places()

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.open_page)
        self.navigation.failure_chosen.connect(self._on_failure_chosen)
        bar = self.top_bar
        bar.search_asked.connect(self.open_palette)
        bar.line_asked.connect(lambda: self.open_page(SYNC))
        bar.asked.connect(self.do)
        bar.preferred.connect(self.prefer)
        self.tabs.current_changed.connect(self._on_tab)
        self.opener.refused.connect(self._on_refused)
        self.scanner.fallback = self._on_scan
        self._watch.idle.connect(self.lock)
        self._saving.timeout.connect(self._save)
        self._end = self.modules.on_failure(lambda _failure: self._show_places())
        self.destroyed.connect(lambda *_gone: self._end())

    def _bind_keys(self) -> None:
        keys.bind(self, "app.palette", self.open_palette)
        keys.bind(self, "app.keys", lambda: self.do("keys"))
        keys.bind(self, "app.navigation", self.navigation.toggle)
        keys.bind(self, "app.close", self.opener.close_tab)
        keys.bind(self, "app.next_tab", lambda: self.tabs.step(1))
        keys.bind(self, "app.previous_tab", lambda: self.tabs.step(-1))
        keys.bind(self, "app.lock", self.lock)
        keys.bind(self, "app.quit", self.close)
        for place in places_for(self.backend.user, self.modules):
            if place.shortcut:
                identity = f"app.page.{place.id}"
                keys.declare((identity, place.title, place.shortcut))
                keys.bind(self, identity, partial(self.open_page, place.id))

    def _show_places(self) -> None:
        places = places_for(self.backend.user, self.modules)
        self.navigation.show_places(places, self.modules.lost())
        self._on_tab(self.tabs.current)

    def _on_tab(self, tab: Tab | None) -> None:
        self.navigation.mark(tab.page_id if tab else "")

    def _on_language(self) -> None:
        self.setWindowTitle(_("ERP Desktop"))

    def _on_refused(self, error: UserError) -> None:
        self.say(error.sentence(), "warn")

    def _on_failure_chosen(self, module: str) -> None:
        page = self.open_page(MODULES)
        if page is not None:
            page.open(module)

    def _on_fault(self, error: BaseException) -> None:
        self.say(_(APOLOGY), "bad", details_of(error, "slot"))

    def _on_scan(self, code: str) -> bool:
        if self.lock_screen is not None:  # nothing may be typed behind a lock
            return True
        tab = self.tabs.current
        return tab is not None and tab.page.on_scan(code)

    def _on_unlocked(self) -> None:
        self.lock_screen = None
        self._whole.show()
        self._watch.touch()

    def _on_sign_out(self) -> None:
        if self.lock_screen is not None:
            self.lock_screen.leave()
            self.lock_screen = None
        self.leave()
        self.hide()
        self.signed_out.emit()

    def _save(self) -> None:
        self.opener.remember()
        memory.current().set("narrow", self.navigation.is_narrow)
        memory.current().save()

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
