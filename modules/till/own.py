"""This workstation's own tickets, whether or not head office has them: no network, ever."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from erp_desktop.workstation.journal import Entry
from erp_desktop.workstation.workstation import Workstation
from modules.catalog.api import product_by_id
from modules.till.paid import PaidTicket
from modules.till.services import COMMAND

State = Literal["waiting", "sent", "applied", "flagged", "refused"]


@dataclass(frozen=True, slots=True)
class OwnTicket:
    """A ticket of this workstation, and how far it has come.

    Attributes:
        why: What head office said about it, or why it cannot be reached, as sentences.
    """

    id: UUID
    command_id: UUID
    ticket: PaidTicket
    state: State
    why: str


def own_tickets(workstation: Workstation, *, since: datetime) -> list[OwnTicket]:
    """Return this workstation's tickets since a time, newest first."""
    found: list[OwnTicket] = []
    before: int | None = None
    while entries := workstation.journal.entries(before=before):
        sales = [entry for entry in entries if entry.name == COMMAND and entry.at >= since]
        found += [_own(workstation, entry) for entry in sales]
        before = entries[-1].seq
        if entries[-1].at < since:
            break
    return found


def own_ticket(workstation: Workstation, ticket_id: UUID, *, since: datetime) -> PaidTicket | None:
    """Return a ticket as the journal has it, if it was sold here since a time."""
    tickets = own_tickets(workstation, since=since)
    return next((own.ticket for own in tickets if own.id == ticket_id), None)


def _own(workstation: Workstation, entry: Entry) -> OwnTicket:
    content = json.loads(workstation.journal.body_of(entry.id) or "{}")
    sentences = [flag.as_error().sentence() for flag in entry.flags]
    return OwnTicket(
        id=UUID(content["payload"]["ticket_id"]),
        command_id=entry.id,
        ticket=_ticket(workstation, content, entry.at),
        state=entry.state,
        why=" ".join(filter(None, [*sentences, entry.trouble])),
    )


def _ticket(workstation: Workstation, content: Mapping[str, Any], at: datetime) -> PaidTicket:
    payload = content["payload"]
    named = [line | _names(workstation, line["product_id"]) for line in payload["lines"]]
    head = {"sold_at": at.isoformat(), "cashier": content["actor"], **payload["cash"]}
    return PaidTicket.from_json(payload | head | {"lines": named})


def _names(workstation: Workstation, product_id: str) -> dict[str, str]:
    product = product_by_id(workstation, UUID(product_id))
    return {
        "name": product.name if product else product_id,
        "name_ar": product.name_ar if product else "",
    }
