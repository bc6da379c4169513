"""Above the figures: who buys, and whether the drawer is open."""

from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import _, current
from erp_desktop.ui.follow import follow
from erp_desktop.ui.parts import chip, label, row, set_tone
from modules.till.session import SessionState
from modules.till.ticket import TicketCustomer


class TicketHead(QWidget):
    """The customer at one end, the session at the other."""

    def __init__(self) -> None:
        super().__init__()
        self._who: TicketCustomer | None = None
        self._open = False
        self._customer = label(look="strong")
        self._session = chip()
        self.setLayout(row(self._customer, None, self._session))
        follow(self, self._show)

    def show_customer(self, customer: TicketCustomer | None) -> None:
        """Show who buys."""
        self._who = customer
        self._show()

    def show_session(self, session: SessionState | None) -> None:
        """Show whether the drawer is open for selling."""
        self._open = session is not None
        self._show()

    def _show(self) -> None:
        self._customer.setText(self._who.named(current().language) if self._who else "")
        self._session.setText(_("Session open") if self._open else _("Session closed"))
        set_tone(self._session, "ok" if self._open else "warn")
