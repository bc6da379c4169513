"""This workstation's own tickets, whether or not head office has them: no network, ever."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from erp_desktop.workstation.journal import Entry
from erp_desktop.workstation.workstation import Workstation
from modules.catalog.api import pack_by_id, product_by_id
from modules.parties.api import customer_by_id
from modules.till.paid import PaidTicket
from modules.till.services.refund import COMMAND as REFUND
from modules.till.services.sell import COMMAND as SELL

State = Literal["waiting", "sent", "applied", "flagged", "refused"]
_ZERO = Decimal(0)


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
        tickets = [e for e in entries if e.name in {SELL, REFUND} and e.at >= since]
        found += [_own(workstation, entry) for entry in tickets]
        before = entries[-1].seq
        if entries[-1].at < since:
            break
    return found


def own_ticket(workstation: Workstation, ticket_id: UUID, *, since: datetime) -> PaidTicket | None:
    """Return a ticket as the journal has it, if it was sold here since a time."""
    tickets = own_tickets(workstation, since=since)
    return next((own.ticket for own in tickets if own.id == ticket_id), None)


def own_returnable(workstation: Workstation, number: str, *, since: datetime) -> PaidTicket | None:
    """Return a ticket sold here by its number, with what came back of each line here."""
    tickets = own_tickets(workstation, since=since)
    original = next((own.ticket for own in tickets if own.ticket.number == number), None)
    return _with_returns(workstation, original, tickets) if original else None


def add_waiting_returns(
    workstation: Workstation, original: PaidTicket, *, since: datetime
) -> PaidTicket:
    """Return head office's ticket with what came back here that head office does not know yet."""
    waiting = [
        own
        for own in own_tickets(workstation, since=since)
        if own.state in {"waiting", "sent"} and own.ticket.original_number == original.number
    ]
    return _with_returns(workstation, original, waiting)


def _with_returns(
    workstation: Workstation, original: PaidTicket, tickets: list[OwnTicket]
) -> PaidTicket:
    back: dict[UUID, Decimal] = {}
    for own in tickets:
        if own.ticket.original_number != original.number:
            continue
        for line in _payload(workstation, own.command_id)["lines"]:
            key = UUID(line["original_line_id"])
            back[key] = back.get(key, _ZERO) - Decimal(line["quantity"])
    lines = (replace(ln, returned=ln.returned + back.get(ln.id, _ZERO)) for ln in original.lines)
    return replace(original, lines=tuple(lines))


def _payload(workstation: Workstation, command_id: UUID) -> Mapping[str, Any]:
    content = json.loads(workstation.journal.body_of(command_id) or "{}")
    payload: Mapping[str, Any] = content["payload"]
    return payload


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
    customer_id = payload.get("customer_id")
    customer = customer_by_id(workstation, UUID(customer_id)) if customer_id else None
    return PaidTicket.from_json(
        {
            **payload,
            "id": payload["ticket_id"],
            "kind": "refund" if content["name"] == REFUND else "sale",
            "sold_at": at.isoformat(),
            "cashier": content["actor"],
            "customer": customer.name if customer else "",
            "customer_ar": customer.name_ar if customer else "",
            "lines": [line | _names(workstation, line) for line in payload["lines"]],
        }
    )


def _names(workstation: Workstation, line: Mapping[str, Any]) -> dict[str, str]:
    product = product_by_id(workstation, UUID(line["product_id"]))
    pack = pack_by_id(workstation, UUID(line["pack_id"])) if line["pack_id"] else None
    return {
        "name": product.name if product else line["product_id"],
        "name_ar": product.name_ar if product else "",
        "pack": pack.name if pack else "",
        "pack_ar": pack.name_ar if pack else "",
    }
