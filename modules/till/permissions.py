"""What a user may be allowed to do at the till."""

from enum import StrEnum


class Permission(StrEnum):
    """A right, as `core.permit` writes it."""

    SELL_TICKETS = "till.ticket.sell"
    VIEW_TICKETS = "till.ticket.view"
