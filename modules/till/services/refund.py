"""Giving money back for goods of a ticket: never more than was sold, to the last centime."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.core.money import CURRENCIES
from erp_desktop.workstation.effects import Effect
from erp_desktop.workstation.workstation import Workstation
from modules.accounting.api import Given, Reckoning, reckon_return
from modules.catalog.api import pack_by_id
from modules.till.errors import MoreThanSoldError, NothingReturnedError
from modules.till.paid import PaidLine, PaidTicket
from modules.till.payments import Settlement
from modules.till.services.sell import SERIES, STOCK, Desk, line_payload, settled

COMMAND = "till.refund_v1"
_ZERO = Decimal(0)


def reckon_refund(
    original: PaidTicket, quantities: Mapping[UUID, Decimal]
) -> tuple[tuple[PaidLine, ...], Reckoning]:
    """Return the lines of a refund and what they amount to; all negative.

    Args:
        original: The ticket, its lines with what came back before.
        quantities: How many come back now, by the id of the original line.

    Raises:
        NothingReturnedError: Nothing comes back.
        MoreThanSoldError: More of a line than was sold and not given back.
    """
    backs = [quantities.get(line.id, _ZERO) for line in original.lines]
    if not any(backs):
        raise NothingReturnedError
    if any(
        back < 0 or line.returned + back > line.quantity
        for line, back in zip(original.lines, backs, strict=True)
    ):
        raise MoreThanSoldError(original=original.number)
    given = [Given(line.quantity, line.amount, line.plan, line.returned) for line in original.lines]
    reckoning = reckon_return(given, backs, CURRENCIES[original.currency], includes_tax=True)
    return _lines(original.lines, backs, reckoning), reckoning


def _lines(
    lines: Sequence[PaidLine], backs: Sequence[Decimal], reckoning: Reckoning
) -> tuple[PaidLine, ...]:
    return tuple(
        replace(
            line,
            quantity=-back,
            discount=_ZERO,
            amount=figures.amount,
            net=figures.net,
            returned=_ZERO,
        )
        for line, back, figures in zip(lines, backs, reckoning.lines, strict=True)
        if back
    )


def refund(
    workstation: Workstation,
    original: PaidTicket,
    lines: Sequence[PaidLine],
    settlement: Settlement,
    *,
    desk: Desk,
) -> PaidTicket:
    """Keep the `lines` of `reckon_refund` in the journal; then the receipt may print.

    Raises:
        NoAuthorError: Nobody is signed in who can sign.
        DiskFullError: There is no room; nothing was kept and no number used.
    """
    author = desk.signer()
    ticket_id = uuid7()
    own = tuple(replace(line, id=uuid7()) for line in lines)
    told = _payload(original, list(zip(own, lines, strict=True)), settlement, desk)
    recorded = workstation.record(
        COMMAND,
        lambda number: {"ticket_id": str(ticket_id), "number": number, **told},
        actor=author,
        at=desk.at,
        series=SERIES,
        effects=[Effect(STOCK, str(line.product_id), _units(workstation, line)) for line in own],
    )
    return replace(
        original,
        id=ticket_id,
        number=recorded.number or "",
        kind="refund",
        sold_at=desk.at,
        cashier=author.login,
        lines=own,
        payments=settlement.payments,
        discount=_ZERO,
        stamp=_ZERO,
        rounding=settlement.rounding,
        original_number=original.number,
    )


def _units(workstation: Workstation, line: PaidLine) -> Decimal:
    """Return how many units of the product come back onto the shelf."""
    pack = pack_by_id(workstation, line.pack_id) if line.pack_id else None
    return -line.quantity * (pack.factor if pack else 1)


def _payload(
    original: PaidTicket,
    pairs: Sequence[tuple[PaidLine, PaidLine]],
    settlement: Settlement,
    desk: Desk,
) -> dict[str, Any]:
    """Return what travels, without id and number: `sql/till/objects/22_refund.sql` reads it."""
    return {
        "session_id": str(desk.session_id),
        "original_ticket_id": str(original.id),
        "original_number": original.number,
        "currency": original.currency,
        "lines": [_payload_line(line, before) for line, before in pairs],
        "discount": "0",
        "total": f"{sum((line.amount for line, _before in pairs), _ZERO):f}",
        **settled(settlement),
    }


def _payload_line(line: PaidLine, original: PaidLine) -> dict[str, Any]:
    return line_payload(line) | {"original_line_id": str(original.id)}
