"""One ticket as the list shows it, and at the side with its lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.i18n import N_, _
from erp_desktop.ui.parts import Tone
from modules.till.own import OwnTicket
from modules.till.selectors import TicketRow
from modules.till.widgets.method_names import METHOD_NAMES

STATES: Mapping[str, tuple[str, Tone]] = {
    "waiting": (N_("Waiting"), "warn"),
    "sent": (N_("Waiting"), "warn"),
    "applied": (N_("Booked"), "ok"),
    "flagged": (N_("To be checked"), "warn"),
    "refused": (N_("Refused"), "bad"),
}


@dataclass(frozen=True, slots=True)
class TicketLook:
    """A ticket as the list shows it.

    Attributes:
        state: Of this till's own tickets, how far each has come; head office has the others.
        why: What head office said about it, as sentences.
        row: What head office's list says; none while only this till knows it.
    """

    id: UUID
    number: str
    sold_at: datetime
    cashier: str
    currency: str
    total: Decimal
    tax: Decimal
    state: str
    kind: str = "sale"
    customer: tuple[str, str] = ("", "")
    methods: str = ""
    why: str = ""
    row: TicketRow | None = None

    @classmethod
    def of_row(cls, row: TicketRow, own: OwnTicket | None) -> "TicketLook":
        """Look at a ticket that head office has."""
        return cls(
            *(row.id, row.number, row.sold_at, row.cashier, row.currency, row.total, row.tax),
            state=own.state if own and own.state == "flagged" else "applied",
            kind=row.kind,
            customer=(row.customer, row.customer_ar),
            methods=row.methods or "",
            why=own.why if own else "",
            row=row,
        )

    @classmethod
    def of_own(cls, own: OwnTicket) -> "TicketLook":
        """Look at a ticket that only this till knows yet."""
        ticket = own.ticket
        tax = sum((tax.amount for tax in ticket.taxes), Decimal(0))
        return cls(
            *(own.id, ticket.number, ticket.sold_at, ticket.cashier),
            *(ticket.currency, ticket.total, tax),
            state=own.state,
            kind=ticket.kind,
            customer=ticket.customer,
            methods=" ".join(sorted({payment.method for payment in ticket.payments})),
            why=own.why,
        )


def state_text(look: TicketLook) -> str:
    """Say how far a ticket has come."""
    return _(STATES[look.state][0])


def state_tone(look: TicketLook) -> Tone:
    """Return how its state is coloured."""
    return STATES[look.state][1]


def methods_text(methods: str) -> str:
    """Say in which ways a ticket was paid."""
    return ", ".join(_(METHOD_NAMES[method]) for method in methods.split())
