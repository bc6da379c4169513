"""What the till tells the others: facts in the past tense."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from erp_desktop.core.events import Event


@dataclass(frozen=True)
class TicketSold(Event):
    """A ticket reached head office; published by `till.sell_v1`."""

    topic: ClassVar[str] = "till.ticket_sold"
    id: UUID
    number: str
    branch_id: UUID


@dataclass(frozen=True)
class TicketRefunded(Event):
    """Goods of a ticket came back; published by `till.refund_v1`."""

    topic: ClassVar[str] = "till.ticket_refunded"
    id: UUID
    number: str
    branch_id: UUID


@dataclass(frozen=True)
class SessionClosed(Event):
    """A cash session was counted and closed; published by `till.close_session_v1`."""

    topic: ClassVar[str] = "till.session_closed"
    id: UUID
    number: str
    branch_id: UUID
