"""Tickets that wait for their customers, in the workstation's store: they survive a crash."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from erp_desktop.workstation.workstation import Workstation
from modules.till.errors import TicketEmptyError
from modules.till.ticket import SaleDraft, packed, unpacked

_KEY = "till.parked"


@dataclass(frozen=True, slots=True)
class ParkedTicket:
    """A ticket that waits.

    Attributes:
        by: The cashier's login.
    """

    draft: SaleDraft
    at: datetime
    by: str


def parked_tickets(workstation: Workstation) -> list[ParkedTicket]:
    """Return the tickets that wait, oldest first; what cannot be read is left out."""
    kept: list[dict[str, Any]] = workstation.journal.memory.get(_KEY) or []
    found = ((unpacked(each["draft"]), each) for each in kept)
    return [
        ParkedTicket(draft, datetime.fromisoformat(each["at"]), each["by"])
        for draft, each in found
        if draft is not None
    ]


def park(workstation: Workstation, draft: SaleDraft, *, at: datetime, by: str) -> None:
    """Let a ticket wait.

    Raises:
        TicketEmptyError: There is nothing on it.
    """
    if not draft.lines:
        raise TicketEmptyError
    kept = workstation.journal.memory.get(_KEY) or []
    mine = {"draft": packed(draft), "at": at.isoformat(), "by": by}
    workstation.journal.memory.put(_KEY, [*kept, mine])


def resume(workstation: Workstation, draft: SaleDraft) -> SaleDraft:
    """Take a ticket that waited, and return it."""
    kept = workstation.journal.memory.get(_KEY) or []
    rest = [each for each in kept if each["draft"]["id"] != str(draft.id)]
    workstation.journal.memory.put(_KEY, rest)
    return draft
