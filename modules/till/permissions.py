"""What a user may be allowed to do at the till."""

from enum import StrEnum


class Permission(StrEnum):
    """A right, as `core.permit` writes it."""

    SELL_TICKETS = "till.ticket.sell"
    REFUND_TICKETS = "till.ticket.refund"
    VIEW_TICKETS = "till.ticket.view"
    OPEN_SESSIONS = "till.session.open"
    CLOSE_SESSIONS = "till.session.close"
    VIEW_SESSIONS = "till.session.view"
    MOVE_CASH = "till.cash.move"
