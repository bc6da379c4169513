"""Selling: a paid ticket is kept in the journal before its receipt prints."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.money import Currency
from erp_desktop.workstation.effects import Effect
from erp_desktop.workstation.journal import Signer
from erp_desktop.workstation.workstation import Workstation
from modules.accounting.api import LineFigures
from modules.till.errors import NoAuthorError, TicketEmptyError
from modules.till.paid import PaidLine, PaidTicket
from modules.till.payments import Settlement
from modules.till.pricing import Totals, totals_of
from modules.till.ticket import SaleDraft, TicketLine

COMMAND = "till.sell_v1"
# Where the workstation counts its tickets, and the replica's sets that a sale changes.
SERIES, STOCK, BALANCES = "ticket", "inventory.stock", "accounting.party_balances"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who does something at the till, and when.

    Attributes:
        session_id: The open cash session.
    """

    session_id: UUID
    author: Signer | None
    at: datetime

    def signer(self) -> Signer:
        """Return who signs.

        Raises:
            NoAuthorError: Nobody is signed in who can sign.
        """
        if self.author is None:
            raise NoAuthorError
        return self.author


def sell(
    workstation: Workstation,
    draft: SaleDraft,
    settlement: Settlement,
    *,
    currency: Currency,
    desk: Desk,
) -> PaidTicket:
    """Keep a paid ticket in the journal; when this returns, the receipt may print.

    Raises:
        NoAuthorError: Nobody is signed in who can sign.
        TicketEmptyError: There is nothing on it.
        DiskFullError: There is no room; nothing was kept and no number used.
    """
    if not draft.lines:
        raise TicketEmptyError
    totals = totals_of(draft, currency)
    recorded = workstation.record(
        COMMAND,
        lambda number: _payload(draft, number, totals, settlement, desk, currency),
        actor=desk.signer(),
        at=desk.at,
        series=SERIES,
        effects=_effects(draft, settlement),
    )
    return _ticket(draft, recorded.number or "", totals, settlement, desk, currency)


def _ticket(
    draft: SaleDraft,
    number: str,
    totals: Totals,
    settlement: Settlement,
    desk: Desk,
    currency: Currency,
) -> PaidTicket:
    customer = draft.customer
    return PaidTicket(
        id=draft.id,
        number=number,
        kind="sale",
        sold_at=desk.at,
        cashier=desk.signer().login,
        currency=currency.code,
        lines=tuple(
            _paid(line, figures) for line, figures in zip(draft.lines, totals.lines, strict=True)
        ),
        payments=settlement.payments,
        discount=totals.discount,
        stamp=settlement.stamp,
        rounding=settlement.rounding,
        customer=(customer.name, customer.name_ar) if customer else ("", ""),
    )


def _payload(
    draft: SaleDraft,
    number: str,
    totals: Totals,
    settlement: Settlement,
    desk: Desk,
    currency: Currency,
) -> dict[str, Any]:
    """Return what travels: `sql/till/objects/20_sell.sql` reads it."""
    return {
        "ticket_id": str(draft.id),
        "number": number,
        "session_id": str(desk.session_id),
        "customer_id": str(draft.customer.id) if draft.customer else None,
        "currency": currency.code,
        "lines": [
            line_payload(_paid(line, figures))
            for line, figures in zip(draft.lines, totals.lines, strict=True)
        ],
        "discount": f"{totals.discount:f}",
        "total": f"{totals.total:f}",
        **settled(settlement),
    }


def settled(settlement: Settlement) -> dict[str, Any]:
    """Return how a ticket was paid, as it travels."""
    return {
        "stamp": f"{settlement.stamp:f}",
        "rounding": f"{settlement.rounding:f}",
        "payments": [payment.as_json() for payment in settlement.payments],
    }


def line_payload(line: PaidLine) -> dict[str, Any]:
    """Return a line as it travels."""
    return {
        "id": str(line.id),
        "product_id": str(line.product_id),
        "pack_id": str(line.pack_id) if line.pack_id else None,
        "quantity": f"{line.quantity:f}",
        "unit_price": f"{line.unit_price:f}",
        "discount": f"{line.discount:f}",
        "tax_code": line.plan.code,
        "taxes": [tax.as_json() for tax in line.plan.taxes],
        "amount": f"{line.amount:f}",
        "net": f"{line.net:f}",
    }


def _paid(line: TicketLine, figures: LineFigures) -> PaidLine:
    return PaidLine(
        id=line.id,
        product_id=line.product_id,
        name=line.name,
        name_ar=line.name_ar,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=figures.discount,
        plan=line.plan,
        amount=figures.amount,
        net=figures.net,
        pack_id=line.pack_id,
        pack=line.pack,
        pack_ar=line.pack_ar,
    )


def _effects(draft: SaleDraft, settlement: Settlement) -> list[Effect]:
    """What is sold is missing from the shelf at once; what is lent is owed at once."""
    gone = [
        Effect(STOCK, str(line.product_id), -line.quantity * line.factor) for line in draft.lines
    ]
    lent = sum((p.amount for p in settlement.payments if p.method == "account"), Decimal(0))
    if draft.customer is None or not lent:
        return gone
    return [*gone, Effect(BALANCES, str(draft.customer.id), lent)]
