"""Questions about tickets."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, tuple_

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.models import view
from modules.till.paid import PaidTicket
from modules.till.permissions import Permission

PAGE_SIZE = 200


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One line of the ticket list."""

    id: UUID
    number: str
    sold_at: datetime
    cashier: str
    currency: str
    total: Decimal
    net: Decimal
    tax: Decimal
    branch_id: UUID
    lines: int
    kind: str
    customer: str
    customer_ar: str
    methods: str | None
    is_returned: bool
    session_id: UUID | None


TICKET_LIST: Any = view("till.ticket_list", TicketRow).c


def list_tickets(
    ctx: Context,
    *,
    search: str = "",
    branch_id: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: TicketRow | None = None,
) -> list[TicketRow]:
    """Return one page of tickets, newest first.

    Args:
        ctx: The transaction to read in.
        search: Keep tickets whose number, cashier or customer contains this text.
        branch_id: Keep those of this branch.
        since: Keep those sold at this time or later.
        until: Keep those sold before this time.
        after: Continue below this row.
    """
    ctx.require(Permission.VIEW_TICKETS)
    query = select(*TICKET_LIST).order_by(TICKET_LIST.sold_at.desc(), TICKET_LIST.id.desc())
    if search:
        texts = (TICKET_LIST.number, TICKET_LIST.cashier, TICKET_LIST.customer)
        query = query.where(or_(*(text.icontains(search, autoescape=True) for text in texts)))
    if branch_id is not None:
        query = query.where(TICKET_LIST.branch_id == branch_id)
    if since is not None:
        query = query.where(TICKET_LIST.sold_at >= since)
    if until is not None:
        query = query.where(TICKET_LIST.sold_at < until)
    if after is not None:
        place = tuple_(TICKET_LIST.sold_at, TICKET_LIST.id)
        query = query.where(place < (after.sold_at, after.id))
    return ctx.rows(TicketRow, query.limit(PAGE_SIZE))


def get_ticket(ctx: Context, ticket_id: UUID) -> PaidTicket:
    """Return a ticket as it was handed over.

    Raises:
        NotAllowedError: The user may not see tickets.
        NotFoundError: There is none, or none that the user may see.
    """
    ctx.require(Permission.VIEW_TICKETS)
    found = ctx.call("till.ticket_v1", ticket_id)
    if found is None:
        raise NotFoundError
    return PaidTicket.from_json(found)


def get_ticket_numbered(ctx: Context, number: str) -> PaidTicket | None:
    """Return a ticket by its number, its lines with what came back; none if nobody knows it."""
    ctx.require(Permission.VIEW_TICKETS)
    found = ctx.call("till.ticket_numbered_v1", number)
    return PaidTicket.from_json(found) if found is not None else None
