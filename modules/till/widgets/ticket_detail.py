"""One ticket at the side: its lines, its state, and printing it again."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.parts import button, chip, column, label, row, set_tone
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.till.paid import PaidLine, PaidTicket
from modules.till.widgets.method_names import METHOD_NAMES
from modules.till.widgets.ticket_look import TicketLook, state_text, state_tone

# A line and its currency.
_LINE_COLUMNS: tuple[Column[tuple[PaidLine, str]], ...] = (
    Column(N_("Product"), lambda pair: pair[0].named(current().language)),
    Column(N_("Quantity"), lambda pair: current().number(pair[0].quantity), RIGHT, width=88),
    Column(N_("Total"), lambda pair: current().amount(pair[0].amount, pair[1]), RIGHT, width=90),
)


class TicketDetail(QWidget):
    """One ticket at the side: its lines, its state, and printing it again."""

    def __init__(self, on_reprint: Callable[[TicketLook], object]) -> None:
        super().__init__()
        self._look: TicketLook | None = None
        self._number = label(look="heading")
        self._state = chip()
        self._why = label(look="muted")
        self._why.setWordWrap(True)
        self._lines: TableModel[tuple[PaidLine, str]] = TableModel(_LINE_COLUMNS, self)
        self._sums = label(look="muted")
        reprint = button(N_("Reprint"), icon="printer-outline")
        reprint.clicked.connect(lambda: on_reprint(self._look) if self._look else None)
        table = TableView(self._lines)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = row(self._number, None, self._state)
        self.setLayout(column(head, self._why, table, self._sums, reprint))

    def show_look(self, look: TicketLook) -> None:
        """Show what the list knows."""
        self._look = look
        self._number.setText(current().isolate(look.number))
        self._state.setText(state_text(look))
        set_tone(self._state, state_tone(look))
        self._why.setText(look.why)
        self._why.setVisible(bool(look.why))
        self._lines.show_rows([])
        self._sums.clear()

    def show_ticket(self, ticket: PaidTicket) -> None:
        """Show its lines and how it was paid."""
        words = current()
        self._lines.show_rows([(line, ticket.currency) for line in ticket.lines])
        paid = (
            f"{_(METHOD_NAMES[p.method])} {words.money(p.amount, ticket.currency)}"
            for p in ticket.payments
        )
        self._sums.setText(" · ".join(paid))
