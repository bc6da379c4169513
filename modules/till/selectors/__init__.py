"""Questions about tickets that head office can answer. Nothing here changes anything."""

from modules.till.selectors.sessions import (
    SESSION_LIST,
    SessionRow,
    get_session_report,
    list_sessions,
)
from modules.till.selectors.tickets import (
    PAGE_SIZE,
    TICKET_LIST,
    TicketRow,
    get_ticket,
    get_ticket_numbered,
    list_tickets,
)

__all__ = [
    "PAGE_SIZE",
    "SESSION_LIST",
    "TICKET_LIST",
    "SessionRow",
    "TicketRow",
    "get_session_report",
    "get_ticket",
    "get_ticket_numbered",
    "list_sessions",
    "list_tickets",
]
