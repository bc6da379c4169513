"""What settles a document, at its side: payments, credit notes, what was given up."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.parts import column, label
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.sales.names import RECEIVED
from modules.sales.selectors import InvoiceSheet, SettledPart

_KINDS = {
    "payment": N_("Payment"),
    "repayment": N_("Paid back"),
    "credit_note": N_("Credit note"),
    "invoice": N_("Invoice"),
    "write_off": N_("Written off"),
}
_PAGES = {
    "payment": "sales.payment",
    "repayment": "sales.payment",
    "credit_note": "sales.credit_note",
    "invoice": "sales.invoice",
}


def how(part: SettledPart) -> str:
    """Say what stands at the other side: how it was paid, or what it is."""
    return _(RECEIVED.get(part.method, _KINDS.get(part.kind, part.kind)))


_COLUMNS: tuple[Column[tuple[SettledPart, str]], ...] = (
    Column(N_("Date"), lambda pair: current().date(pair[0].dated_on), width=92),
    Column(N_("How"), lambda pair: how(pair[0]), width=76),
    Column(N_("Amount"), lambda pair: current().amount(pair[0].amount, pair[1]), RIGHT, width=92),
)


class SettledSide(QWidget):
    """The parts, and the ways to their documents.

    Signals:
        opens: Id of a page and what to open it with.
        undone: Id of an allocation that is to be taken back.
    """

    opens = Signal(str, object)
    undone = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model: TableModel[tuple[SettledPart, str]] = TableModel(_COLUMNS, self)
        self.table = TableView(self.model)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.empty.tell(N_("Nothing yet."), icon="cash-multiple")
        self.table.extra_actions = self._fill_menu
        self.table.opened.connect(lambda pair: self.open_part(pair[0]))
        self._hint = label(N_("Double-click a line to open its document."), "muted")
        self._hint.setWordWrap(True)
        self.setLayout(column(self.table, self._hint))

    def show_sheet(self, sheet: InvoiceSheet) -> None:
        """Show what settles a document."""
        self.show_parts(sheet.settled, sheet.head.currency if sheet.head else "")

    def show_parts(self, parts: Sequence[SettledPart], currency: str) -> None:
        """Show parts."""
        self.model.show_rows([(part, currency) for part in parts])
        self._hint.setVisible(bool(parts))

    def open_part(self, part: SettledPart) -> None:
        """Open the document behind a part."""
        page = _PAGES.get(part.kind)
        if page is not None:
            self.opens.emit(page, str(part.document_id))

    def _fill_menu(self, menu: QMenu) -> None:
        pair = self.table.current_row()
        if pair is not None and pair[0].kind != "write_off":
            menu.addAction(_("Open document"), lambda: self.open_part(pair[0]))
            menu.addAction(_("Take back…"), lambda: self.undone.emit(pair[0]))
