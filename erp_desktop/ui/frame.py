"""What is seen of the window: navigation at the leading edge, top bar, pages."""

from PySide6.QtWidgets import QWidget

from erp_desktop.plugins.failures import FailedModule
from erp_desktop.plugins.modules import Modules
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.navigation import Navigation, places_for
from erp_desktop.ui.parts import column, row
from erp_desktop.ui.tabs import Tab, Tabs
from erp_desktop.ui.top_bar import TopBar


class Frame(QWidget):
    """Holds the three and keeps the navigation true: what works, what failed, where the user is."""

    def __init__(self, backend: Backend, modules: Modules) -> None:
        super().__init__()
        self._user = backend.user
        self._modules = modules
        self.navigation = Navigation()
        station = backend.workstation
        self.top_bar = TopBar(backend.user, station.link if station is not None else None)
        self.tabs = Tabs()
        pages = column(self.top_bar, self.tabs, spacing=0)
        self.setLayout(row(self.navigation, pages, spacing=0))
        self.tabs.current_changed.connect(self._on_tab)
        end = modules.on_failure(self._on_failure)
        self.destroyed.connect(lambda *_gone: end())
        self._show_places()

    def _show_places(self) -> None:
        places = places_for(self._user, self._modules)
        self.navigation.show_places(places, self._modules.lost())
        self._on_tab(self.tabs.current)

    def _on_failure(self, failure: FailedModule) -> None:
        if failure.module in self._modules.lost():
            self._show_places()

    def _on_tab(self, tab: Tab | None) -> None:
        self.navigation.mark(tab.page_id if tab else "")
