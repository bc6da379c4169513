"""Opening pages as tabs, closing them without losing anything, bringing them back."""

import contextlib
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from erp_desktop.core.errors import NotAllowedError, UserError
from erp_desktop.core.i18n import _
from erp_desktop.ui import memory
from erp_desktop.ui.packing import packed, unpacked
from erp_desktop.ui.page import Page
from erp_desktop.ui.pages import MODULES, Maker
from erp_desktop.ui.tabs import Tab, Tabs

_KEY = "tabs"
_SAVE_MS = 2000


class Opener(QObject):
    """Keeps the tabs: what is open, in which order, and how it comes back after a restart.

    Signals:
        refused: A `UserError`: the page may not be opened.
    """

    refused = Signal(object)

    def __init__(self, maker: Maker, tabs: Tabs, window: QWidget) -> None:
        super().__init__(window)
        self._maker = maker
        self._tabs = tabs
        self._window = window
        self._saving = QTimer(self, interval=_SAVE_MS)
        self._saving.timeout.connect(self.remember)
        tabs.close_asked.connect(self.close_tab)

    def start(self) -> None:
        """Bring back what was open, and from now on remember what is."""
        self.bring_back()
        self._saving.start()

    def stop(self) -> None:
        """Remember what is open a last time, and let the pages drop their questions."""
        self._saving.stop()
        self.remember()
        for tab in self._tabs:
            tab.page.stop()

    def open_page(self, page_id: str, argument: Any = None) -> Page | None:
        """Open a page, or bring it to the front if it is open already."""
        tab = self._tabs.tab_of(page_id, argument)
        if tab is None:
            try:
                tab = self._add(page_id, argument)
            except UserError as error:
                self.refused.emit(error)
                return None
        self._tabs.show_tab(tab)
        return tab.page

    def open_home(self) -> None:
        """Open the page that fits the user's role; without any, what there is in this program."""
        self.open_page(self._maker.home() or MODULES)

    def show_failure(self, module: str) -> None:
        """Open the page of the modules at one that failed."""
        page = self.open_page(MODULES)
        if page is not None:
            page.open(module)

    def close_tab(self, tab: Tab | None = None) -> bool:
        """Close a tab, the one in front by default, unless the user would rather not."""
        tab = tab or self._tabs.current
        if tab is None or not self.may_close(tab):
            return False
        self._tabs.remove(tab)
        if not len(self._tabs):
            self.open_home()
        return True

    def may_close(self, tab: Tab) -> bool:
        """Ask what shall become of what is typed, if anything is."""
        name = tab.page.unsaved()
        if not name:
            return True
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(_("“{name}” is not saved.").format(name=name))
        box.setInformativeText(_("What is typed can wait here until you open it again."))
        keep = box.addButton(_("Keep for later"), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(_("Give up what is typed"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is drop:
            tab.page.forget_draft()
        elif box.clickedButton() is keep:
            tab.page.state()
        return box.clickedButton() in (keep, drop)

    def remember(self) -> None:
        """Note what is open, for the next start, with all else that is to be remembered."""
        current = self._tabs.current
        kept = [
            {"page": t.page_id, "argument": packed(t.argument), "state": t.page.state()}
            for t in self._tabs
            if isinstance(packed(t.argument), str | int | dict | None)
        ]
        place = list(self._tabs).index(current) if current else 0
        memory.current().set(_KEY, {"open": kept, "current": place})
        memory.current().save()

    def bring_back(self) -> None:
        """Open again what was open, and the user's home if nothing was."""
        kept = memory.current().get(_KEY, {})
        for each in kept.get("open", ()):
            with contextlib.suppress(UserError):  # the right may be gone since
                tab = self._add(each["page"], unpacked(each.get("argument")))
                tab.page.restore(each.get("state") or {})
        tabs = list(self._tabs)
        if tabs:
            self._tabs.show_tab(tabs[min(kept.get("current", 0), len(tabs) - 1)])
        else:
            self.open_home()

    def _add(self, page_id: str, argument: Any) -> Tab:
        if not self._maker.knows(page_id):
            raise NotAllowedError(permission=page_id)
        made = self._maker.make(page_id, lambda: self._retry(page_id, argument))
        tab = Tab(page_id, argument, made.page, made.title)
        self._connect(tab)
        self._tabs.add(tab)
        if argument is not None:
            tab.page.open(argument)
        return tab

    def _connect(self, tab: Tab) -> None:
        tab.page.opens.connect(self.open_page)
        tab.page.closes.connect(lambda: self.close_tab(tab))

    def _retry(self, page_id: str, argument: Any) -> None:
        tab = self._tabs.tab_of(page_id, argument)
        if tab is None:
            return
        made = self._maker.make(page_id, lambda: self._retry(page_id, argument))
        self._tabs.replace(tab, made.page)
        self._connect(tab)
        if argument is not None:
            tab.page.open(argument)
