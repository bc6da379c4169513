"""What a presenter of the till needs of whoever shows it."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from modules.till.open_ticket import LineRow
from modules.till.paid import PaidTicket
from modules.till.payments import Rules
from modules.till.pricing import Totals
from modules.till.session import SessionState
from modules.till.shelf import Offer
from modules.till.ticket import TicketCustomer


class TillView(Protocol):
    """All that `Selling` needs of whoever shows the till."""

    def show_lines(self, rows: Sequence[LineRow], current_place: int) -> None:
        """Show these lines, one of them current."""

    def show_totals(self, totals: Totals, taxes: Mapping[str, str]) -> None:
        """Show what the ticket amounts to; `taxes` names each tax code."""

    def show_customer(self, customer: TicketCustomer | None) -> None:
        """Show who buys."""

    def show_session(self, session: SessionState | None) -> None:
        """Show whether the drawer is open for selling."""

    def show_rules(self, rules: Rules) -> None:
        """Reckon stamp duty and cash rounding by these from now on."""

    def show_offers(self, text: str, offers: Sequence[Offer]) -> None:
        """Let the user choose among products; none hides the choice."""

    def show_sold(self, ticket: PaidTicket) -> None:
        """Show that a ticket is paid, and the change to give."""

    def say(self, message: str, tone: Literal["ok", "warn", "bad"] = "ok") -> None:
        """Tell the user something."""
