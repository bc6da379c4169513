"""What a right click on a list offers: the page's own actions, and the export of the whole list."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtWidgets import QFileDialog, QMenu

from erp_desktop.core.i18n import _
from erp_desktop.documents.files import write_whole
from erp_desktop.ui.spreadsheet import as_csv

if TYPE_CHECKING:
    from erp_desktop.ui.list_page import ListPage

R = TypeVar("R")


class RowActions(Generic[R]):
    """The context menu of one list."""

    def __init__(self, page: "ListPage[R]") -> None:
        self._page = page
        self._actions: list[tuple[str, Callable[[R], object]]] = []

    def add(self, message: str, on_click: Callable[[R], object]) -> None:
        """Offer an action on the current row; message marked `N_`."""
        self._actions.append((message, on_click))

    def fill_menu(self, menu: QMenu) -> None:
        """Offer what can be done."""
        row: Any = self._page.table.current_row()
        for message, on_click in self._actions if row is not None else ():
            menu.addAction(_(message), partial(on_click, row))
        menu.addAction(_("Export as CSV…"), self._on_export)

    def export(self, path: Path) -> None:
        """Write the whole filtered list as CSV."""
        self._page.start_once(self._export, path)

    async def _export(self, path: Path) -> None:
        page = self._page
        rows = await page.everything()
        await page.backend.thread(write_whole, path, as_csv(page.columns, rows))
        page.say(_("Exported to {path}.").format(path=path))

    def _on_export(self) -> None:
        title = _("Export as CSV…")
        chosen, _kind = QFileDialog.getSaveFileName(self._page, title, "", "CSV (*.csv)")
        if chosen:
            self.export(Path(chosen).with_suffix(".csv"))
