"""Open pages as tabs: a strip above, one page below; the strip hides when there is only one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QWidget

from erp_desktop.core.i18n import _
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import column, kind, row


@dataclass(eq=False, slots=True)
class Tab:
    """An open page.

    Attributes:
        title: Marked `N_`, until the page calls itself something.
        name: What the page calls itself, such as a document's number.
    """

    page_id: str
    argument: Any
    page: Page
    title: str
    name: str = ""

    @property
    def words(self) -> str:
        """What the tab says."""
        return self.name or _(self.title)


class Tabs(QWidget):
    """The open pages.

    Signals:
        current_changed: Another tab is in front, or none (None).
        close_asked: The user wants a tab closed.
        changed: Tabs were opened, closed or moved.
    """

    current_changed = Signal(object)
    close_asked = Signal(object)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tabs: list[Tab] = []
        self._bar = QTabBar(tabsClosable=True, movable=True, expanding=False)
        self._bar.setDrawBase(False)
        self._bar.setUsesScrollButtons(True)
        self._bar.setElideMode(Qt.TextElideMode.ElideNone)
        # The title in front is bold: the bar needs another width whenever it is another one.
        self._bar.currentChanged.connect(lambda _place: self._bar.updateGeometry())
        self._stack = QStackedWidget()
        self._strip: QFrame = kind(QFrame(), "bar")
        line = row(self._bar, None)
        line.setContentsMargins(theme.SPACE_S, 0, theme.SPACE_S, 0)
        self._strip.setLayout(line)
        self.setLayout(column(self._strip, self._stack, spacing=0))
        self._bar.currentChanged.connect(self._on_current)
        self._bar.tabCloseRequested.connect(lambda n: self.close_asked.emit(self._tabs[n]))
        self._bar.tabMoved.connect(self._on_moved)
        follow(self, self._word)

    def __iter__(self) -> Iterator[Tab]:
        return iter(tuple(self._tabs))

    def __len__(self) -> int:
        return len(self._tabs)

    @property
    def current(self) -> Tab | None:
        """The tab in front."""
        place = self._bar.currentIndex()
        return self._tabs[place] if 0 <= place < len(self._tabs) else None

    def tab_of(self, page_id: str, argument: Any = None) -> Tab | None:
        """Return the tab of a page with this argument, if it is open."""
        same = (t for t in self._tabs if t.page_id == page_id and t.argument == argument)
        return next(same, None)

    def add(self, tab: Tab) -> None:
        """Open a tab behind the others."""
        self._tabs.append(tab)
        self._stack.addWidget(tab.page)
        tab.page.renamed.connect(lambda name: self._rename(tab, name))
        self._bar.addTab(tab.words)
        self._on_count()

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self._bar.setCurrentIndex(self._tabs.index(tab))

    def step(self, steps: int) -> None:
        """Go to the next tab, or the one before, round and round."""
        if self._tabs:
            self._bar.setCurrentIndex((self._bar.currentIndex() + steps) % len(self._tabs))

    def remove(self, tab: Tab) -> None:
        """Close a tab; its page is told to stop."""
        place = self._tabs.index(tab)
        self._tabs.remove(tab)
        self._stack.removeWidget(tab.page)
        self._bar.removeTab(place)
        tab.page.stop()
        tab.page.hide()
        tab.page.deleteLater()
        self._on_count()
        self._on_current(self._bar.currentIndex())

    def replace(self, tab: Tab, page: Page) -> None:
        """Show another page in the same tab."""
        old = tab.page
        tab.page = page
        place = self._stack.indexOf(old)
        self._stack.removeWidget(old)
        self._stack.insertWidget(place, page)
        page.renamed.connect(lambda name: self._rename(tab, name))
        old.stop()
        old.deleteLater()
        self._on_current(self._bar.currentIndex())

    def _rename(self, tab: Tab, name: str) -> None:
        tab.name = name
        if tab in self._tabs:
            self._bar.setTabText(self._tabs.index(tab), tab.words)

    def _word(self) -> None:
        for place, tab in enumerate(self._tabs):
            self._bar.setTabText(place, tab.words)

    def _on_moved(self, before: int, after: int) -> None:
        self._tabs.insert(after, self._tabs.pop(before))
        self.changed.emit()

    def _on_current(self, _place: int) -> None:
        tab = self.current
        if tab is not None and self._stack.indexOf(tab.page) >= 0:
            self._stack.setCurrentWidget(tab.page)
            (tab.page.focusWidget() or tab.page).setFocus()
        self.current_changed.emit(tab)

    def _on_count(self) -> None:
        self._strip.setVisible(len(self._tabs) > 1)
        self.changed.emit()
