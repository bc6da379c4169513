"""What a right click on a list offers, and what can be done with several rows at once."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy

from erp_desktop.core.i18n import N_, _, count
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import button, kind, label, row

if TYPE_CHECKING:
    from erp_desktop.ui.list_frame import ListFrame

R = TypeVar("R")


class RowActions(Generic[R]):
    """The context menu of one list, and the bar that shows while several rows are selected."""

    def __init__(self, page: "ListFrame[R]") -> None:
        self._page = page
        self._single: list[tuple[str, Callable[[R], object]]] = []
        self._several: list[tuple[str, Callable[[list[R]], object]]] = []
        self.bar = SelectionBar(lambda: page.table.copy_rows(headings=True))
        page.table.selectionModel().selectionChanged.connect(self._on_selection)
        page.model.modelReset.connect(self._on_selection)

    def add(self, message: str, on_click: Callable[[R], object]) -> None:
        """Offer an action on the current row; message marked `N_`."""
        self._single.append((message, on_click))

    def add_bulk(self, message: str, on_click: Callable[[list[R]], object], icon: str) -> None:
        """Offer an action on all selected rows; message marked `N_`."""
        self._several.append((message, on_click))
        self.bar.add(message, lambda: on_click(self._page.table.selected_rows()), icon)

    def fill_menu(self, menu: QMenu) -> None:
        """Offer what can be done."""
        row: Any = self._page.table.current_row()
        selected = self._page.table.selected_rows()
        for message, on_click in self._single if row is not None else ():
            menu.addAction(_(message), partial(on_click, row))
        for message, on_several in self._several if selected else ():
            menu.addAction(_(message), partial(on_several, selected))
        if not menu.isEmpty():
            menu.addSeparator()
        self._page.exporter.fill_menu(menu)

    def _on_selection(self) -> None:
        self.bar.show_count(len(self._page.table.selectionModel().selectedRows()))


class SelectionBar(QFrame):
    """How many rows are selected, and what can be done with them; shows from two on."""

    def __init__(self, copy: Callable[[], object]) -> None:
        super().__init__()
        kind(self, "selection")
        self._number = 0
        self._words = label(look="strong")
        self._line = row(self._words, None, spacing=theme.SPACE_S)
        self._line.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_S, theme.SPACE_XS)
        self.setLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.add(N_("Copy"), copy, "content-copy")
        self.hide()
        follow(self, self._word)

    def add(self, message: str, on_click: Callable[[], object], icon: str) -> None:
        """Offer an action; message marked `N_`."""
        # The table keeps the focus, and so its selection.
        self._line.insertWidget(2, button(message, on_click, icon=icon))

    def show_count(self, number: int) -> None:
        """Show how many are selected."""
        self._number = number
        self.setVisible(number > 1)
        self._word()

    def _word(self) -> None:
        self._words.setText(count("{n} line selected", "{n} lines selected", self._number))
