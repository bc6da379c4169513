"""What was just sold or given back, until the next ticket begins."""

from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import _, current
from erp_desktop.core.money import Currency
from erp_desktop.ui import theme
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import card, column, label, row
from modules.till.paid import PaidTicket


class SoldPanel(QWidget):
    """The ticket that was just sold or given back: its number and what to hand over."""

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._currency = currency
        self._ticket: PaidTicket | None = None
        self._kind = label(look="muted")
        self._number = label(look="strong")
        self._caption = label(look="muted")
        self._change = label(look="due")
        inside = card(
            row(self._kind, None, self._number),
            self._caption,
            self._change,
            spacing=theme.SPACE_S,
        )
        self.setLayout(column(inside))
        self.hide()
        follow(self, self._show)

    def show_ticket(self, ticket: PaidTicket) -> None:
        """Show a ticket that was paid."""
        self._ticket = ticket
        self._show()
        self.show()

    def _show(self) -> None:
        ticket = self._ticket
        if ticket is None:
            return
        is_refund = ticket.kind == "refund"
        self._kind.setText(_("Given back") if is_refund else _("Sold"))
        self._caption.setText(_("Money to give") if is_refund else _("Change to give"))
        self._number.setText(current().isolate(ticket.number))
        amount = -ticket.due if is_refund else ticket.change
        self._change.setText(current().money(amount, self._currency))
