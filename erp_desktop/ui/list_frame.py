"""What a list is laid out of, and what a page puts in it: actions, and a preview at the side."""

from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_
from erp_desktop.ui import theme
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.exporting import Exporter
from erp_desktop.ui.exports import Table
from erp_desktop.ui.filter_bar import FilterBar
from erp_desktop.ui.filters import Chip
from erp_desktop.ui.header import Header
from erp_desktop.ui.page import Page
from erp_desktop.ui.parts import button, card, column
from erp_desktop.ui.preview import PreviewSplit
from erp_desktop.ui.row_actions import RowActions
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import Column, TableModel
from erp_desktop.ui.totals import TotalsRow
from erp_desktop.ui.work import Work

R = TypeVar("R")


class ListFrame(Page, Generic[R]):
    """The widgets of a list, without a word on where its rows come from.

    Attributes:
        title: Heading, marked `N_`.
        columns: What is shown of a row.
        hint: What can be typed into the filter line, marked `N_`.
        chips: Saved filters.
    """

    title: ClassVar[str]
    columns: ClassVar[tuple[Column[Any], ...]]
    hint: ClassVar[str] = N_("Filter")
    chips: ClassVar[tuple[Chip, ...]] = ()

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self.backend = backend
        self.model: TableModel[R] = TableModel(self.columns, self)
        self.table = TableView(self.model)
        self.header = Header(self.title)
        self.filter = FilterBar(self.hint, self.chips)
        self.totals: TotalsRow[R] = TotalsRow(self.table, self.columns)
        self._split = PreviewSplit(card(self.table, self.totals, margins=0, spacing=0))
        self.exporter = Exporter(self, self.whole)
        self.actions_of_row: RowActions[R] = RowActions(self)
        self._lay_out()

    async def whole(self, work: Work) -> Table[R]:
        """Return all rows as they are shown and filtered now, to export and print."""
        raise NotImplementedError

    def set_primary(
        self,
        message: str,
        on_click: Callable[[], object],
        icon: str = "plus",
        key: str = "page.new",
    ) -> None:
        """Offer the page's one main action."""
        self.header.set_primary(button(message, on_click, icon=icon, look="primary", key=key))

    def add_action(
        self, message: str, on_click: Callable[[], object], icon: str = "", key: str = ""
    ) -> None:
        """Offer another action at the top."""
        self.header.add(button(message, on_click, icon=icon, key=key))

    def add_row_action(self, message: str, on_click: Callable[[R], object]) -> None:
        """Offer an action on the current row, by right click."""
        self.actions_of_row.add(message, on_click)

    def add_bulk_action(
        self, message: str, on_click: Callable[[list[R]], object], icon: str = "check-all"
    ) -> None:
        """Offer an action on all selected rows: in a bar above them, and by right click."""
        self.actions_of_row.add_bulk(message, on_click, icon)

    def set_preview(self, widget: QWidget, width: int = 340) -> None:
        """Show `widget` at the side; `preview(row)` fills it."""
        self._split.set_side(widget, width)

    def preview(self, row: R) -> None:
        """Show a row at the side; see `set_preview`."""

    def _lay_out(self) -> None:
        parts = (self.header, self.notices, self.filter, self.actions_of_row.bar, self._split)
        self.setLayout(column(*parts, margins=theme.SPACE_L))
        self.exporter.add_buttons(self.header)
        self.filter.column_menu(self.table.columns.fill_menu)
        self.table.extra_actions = self.actions_of_row.fill_menu
        self.table.chosen.connect(self._on_chosen)
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        self.table.columns.remember(f"columns/{name}")
        self.filter.saved.remember(f"filters/{name}")

    def _on_chosen(self, row: R | None) -> None:
        self._split.show_side(shown=row is not None)
        if row is not None:
            self.preview(row)
