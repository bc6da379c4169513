"""The tables of the till as classes."""

from modules.till.models.sessions import CashMovement, CashSession, Closing
from modules.till.models.tickets import Payment, Ticket, TicketLine

__all__ = [
    "CashMovement",
    "CashSession",
    "Closing",
    "Payment",
    "Ticket",
    "TicketLine",
]
