"""What happens at the till, told without a widget."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, ParamSpec, Protocol

from erp_desktop.core.i18n import _, current
from erp_desktop.core.money import CURRENCIES
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.drafts import DraftStore
from erp_desktop.ui.entry import parse_amount, western
from modules.till.errors import CodeUnknownError, WorkstationMissingError
from modules.till.open_ticket import LineRow, OpenTicket
from modules.till.own import own_ticket
from modules.till.paid import PaidTicket
from modules.till.pricing import Totals
from modules.till.services import sell
from modules.till.shelf import Offer, offers_of
from modules.till.ticket import packed, unpacked
from modules.till.widgets.printing import print_ticket

P = ParamSpec("P")
DRAFT_KEY = "till.ticket"
_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


class TillView(Protocol):
    """All that `Selling` needs of whoever shows the till."""

    def show_lines(self, rows: Sequence[LineRow], current_place: int) -> None:
        """Show these lines, one of them current."""

    def show_totals(self, totals: Totals, taxes: Mapping[str, str]) -> None:
        """Show what the ticket amounts to; `taxes` names each tax code."""

    def show_offers(self, text: str, offers: Sequence[Offer]) -> None:
        """Let the user choose among products; none hides the choice."""

    def show_sold(self, ticket: PaidTicket) -> None:
        """Show that a ticket is paid, and the change to give."""

    def say(self, message: str, tone: Literal["ok", "warn", "bad"] = "ok") -> None:
        """Tell the user something."""


def split_entry(text: str) -> tuple[Decimal | None, str]:
    """Split `3*6130000012345` into how many and what; a product's own `*` stays with it."""
    plain = western(text).strip()
    left, star, right = plain.partition("*")
    if star and left.strip():
        try:
            return parse_amount(left), right.strip()
        except ValueError:
            return None, plain
    return None, plain


class Selling:
    """One ticket after the other. Entries are taken in the order in which they were scanned."""

    def __init__(self, view: TillView, backend: Backend, drafts: DraftStore) -> None:
        """Sell for the user of `backend`; `drafts` keeps the open ticket against a crash.

        Raises:
            WorkstationMissingError: This computer is no till.
        """
        if backend.workstation is None:
            raise WorkstationMissingError
        self._view = view
        self._backend = backend
        self._drafts = drafts
        self._in_turn = asyncio.Lock()
        company = backend.workstation.enrolment.company
        self.ticket = OpenTicket(CURRENCIES[company["currency"]])
        self.last: PaidTicket | None = None

    async def bring_back(self) -> None:
        """Show the ticket that a crash interrupted, unless it was paid already."""
        draft = unpacked(self._drafts.load(DRAFT_KEY) or {})
        if draft is None:
            self._drafts.forget(DRAFT_KEY)
            return
        paid = await self._backend.local(own_ticket, draft.id, since=_LONG_AGO)
        if paid is not None:
            self._drafts.forget(DRAFT_KEY)
            self.last = paid
            self._view.show_sold(paid)
        elif draft.lines:
            self.change(self.ticket.take_up, draft)
            self._view.say(_("The ticket that was open is here again."), "warn")

    async def enter(self, text: str) -> None:
        """Take what was scanned, or typed and confirmed.

        Raises:
            CodeUnknownError: No product means this.
            UserError: The product cannot be sold, or not so many.
        """
        async with self._in_turn:
            quantity, code = split_entry(text)
            if quantity is not None and not code:
                self.change(self.ticket.set_quantity, quantity)
                return
            offers = await self._backend.local(offers_of, code, _today())
            if not offers:
                raise CodeUnknownError(code=current().isolate(code))
            if len(offers) > 1:
                self._view.show_offers(code, offers)
            else:
                self.add(offers[0], quantity)

    async def search(self, text: str) -> None:
        """Let the user choose among the products that a text means."""
        _quantity, words = split_entry(text)
        offers = await self._backend.local(offers_of, words, _today())
        self._view.show_offers(words, offers)

    def add(self, offer: Offer, quantity: Decimal | None) -> None:
        """Put a product on the ticket, one if no quantity was said.

        Raises:
            UserError: It cannot be sold, or not so many.
        """
        self._view.show_offers("", ())
        self.change(self.ticket.add, offer, Decimal(1) if quantity is None else quantity)

    def change(self, deed: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Do something to the open ticket, keep it against a crash, and show it.

        Raises:
            UserError: It cannot be done; nothing has changed.
        """
        deed(*args, **kwargs)
        if self.ticket.draft.lines:
            self._drafts.save(DRAFT_KEY, packed(self.ticket.draft))
        else:
            self._drafts.forget(DRAFT_KEY)
        self._view.show_lines(self.ticket.rows, self.ticket.place)
        self._view.show_totals(self.ticket.totals, self.ticket.tax_names)

    async def pay(self, tendered: Decimal | None) -> PaidTicket:
        """Sell what is on the ticket; without an amount the customer has given exactly enough.

        Raises:
            UserError: There is nothing on it, or too little cash, or the disk is full.
        """
        async with self._in_turn:
            self.last = await self._backend.local(
                sell,
                self.ticket.draft,
                self.ticket.totals.total if tendered is None else tendered,
                currency=self.ticket.currency,
                author=self._backend.author,
                at=datetime.now().astimezone(),
            )
            self.change(self.ticket.begin)
            self._view.show_sold(self.last)
            return self.last

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
        if self.last is None:
            self._view.say(_("No ticket was sold yet since this page was opened."), "warn")
        else:
            await self.print(self.last, is_duplicate=True)


def _today() -> date:
    return datetime.now().astimezone().date()
