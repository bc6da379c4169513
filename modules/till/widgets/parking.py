"""Tickets that wait and come back, and receipts once more; told without a widget."""

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import _
from erp_desktop.ui.backend import Backend
from modules.till.paid import PaidTicket
from modules.till.parked import ParkedTicket, park, parked_tickets, resume
from modules.till.ticket import SaleDraft
from modules.till.widgets.printing import print_ticket
from modules.till.widgets.selling import Selling
from modules.till.widgets.till_view import TillView


class Parking:
    """What can wait at the till, and what can be printed again."""

    def __init__(self, view: TillView, selling: Selling, backend: Backend) -> None:
        self._view = view
        self._selling = selling
        self._backend = backend

    async def park(self) -> None:
        """Let the ticket wait for its customer.

        Raises:
            TicketEmptyError: There is nothing on it.
        """
        selling = self._selling
        async with selling.in_turn:
            now, by = wall_clock.now(), self._backend.user.login
            await self._backend.local(park, selling.ticket.draft, at=now, by=by)
            selling.change(selling.ticket.begin)
            self._view.say(_("The ticket waits. The same key brings it back."))

    async def waiting(self) -> list[ParkedTicket]:
        """Return the tickets that wait."""
        return await self._backend.local(parked_tickets)

    async def resume(self, draft: SaleDraft) -> None:
        """Go on with a ticket that waited; an open one waits instead."""
        selling = self._selling
        if selling.ticket.draft.lines:
            await self.park()
        async with selling.in_turn:
            selling.change(selling.ticket.take_up, await self._backend.local(resume, draft))

    async def print(self, ticket: PaidTicket, *, is_duplicate: bool = False) -> None:
        """Print a receipt; the sale stands, whatever the printer does."""
        failed = await print_ticket(self._backend, ticket, is_duplicate=is_duplicate)
        if failed is not None:
            sentence = _("Ticket {number} is sold, but its receipt waits for the printer. {why}")
            self._view.say(sentence.format(number=ticket.number, why=failed.trouble), "warn")
        elif is_duplicate:
            self._view.say(_("Printed again: {number}.").format(number=ticket.number))

    async def reprint(self) -> None:
        """Print the last ticket once more, marked as a duplicate."""
        if self._selling.last is None:
            self._view.say(_("No ticket was sold yet since this page was opened."), "warn")
        else:
            await self.print(self._selling.last, is_duplicate=True)
