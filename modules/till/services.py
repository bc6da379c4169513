"""Selling: into this workstation's journal first, durably; head office hears of it when it can."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from erp_desktop.core.money import Currency
from erp_desktop.workstation.effects import Effect
from erp_desktop.workstation.journal import Signer
from erp_desktop.workstation.workstation import Workstation
from modules.till.errors import NoAuthorError
from modules.till.paid import PaidLine, PaidTicket, paid_line
from modules.till.pricing import change_of, line_total, totals_of
from modules.till.ticket import SaleDraft, TicketLine

COMMAND = "till.sell_v1"
# Where the workstation counts its tickets, and whose stock a sale takes from.
_SERIES, _STOCK = "ticket", "inventory.stock"


def sell(
    workstation: Workstation,
    draft: SaleDraft,
    tendered: Decimal,
    *,
    currency: Currency,
    author: Signer | None,
    at: datetime,
) -> PaidTicket:
    """Keep a paid ticket in the journal; when this returns, the receipt may print.

    Raises:
        NoAuthorError: Nobody is signed in who can sign.
        TicketEmptyError: There is nothing on it.
        TenderedTooLittleError: The customer has given less than it costs.
        TenderedTooMuchError: What was typed is no amount of cash.
        DiskFullError: There is no room; nothing was kept and no number used.
    """
    if author is None:
        raise NoAuthorError
    change = change_of(draft, tendered, currency)
    recorded = workstation.record(
        COMMAND,
        lambda number: payload_of(draft, number, tendered, change, currency),
        actor=author,
        at=at,
        series=_SERIES,
        effects=[Effect(_STOCK, str(line.product_id), -line.quantity) for line in draft.lines],
    )
    return PaidTicket(
        number=recorded.number or "",
        sold_at=at,
        cashier=author.login,
        currency=currency.code,
        lines=tuple(_paid(line, currency) for line in draft.lines),
        tendered=tendered,
        change=change,
    )


def payload_of(
    draft: SaleDraft, number: str, tendered: Decimal, change: Decimal, currency: Currency
) -> dict[str, Any]:
    """Return what travels: `sql/till/objects/20_sell.sql` reads it."""
    return {
        "ticket_id": str(draft.id),
        "number": number,
        "currency": currency.code,
        "lines": [_line_payload(line, currency) for line in draft.lines],
        "total": f"{totals_of(draft.lines, currency).total:f}",
        "cash": {"tendered": f"{tendered:f}", "change": f"{change:f}"},
    }


def _line_payload(line: TicketLine, currency: Currency) -> dict[str, str]:
    return {
        "id": str(line.id),
        "product_id": str(line.product_id),
        "quantity": f"{line.quantity:f}",
        "unit_price": f"{line.unit_price:f}",
        "tax_code": line.tax_code,
        "tax_rate": f"{line.tax_rate:f}",
        "total": f"{line_total(line, currency):f}",
    }


def _paid(line: TicketLine, currency: Currency) -> PaidLine:
    return paid_line(_line_payload(line, currency), line.name, line.name_ar)
