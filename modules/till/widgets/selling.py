"""What happens at the till, told without a widget."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import ParamSpec

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import _, current
from erp_desktop.core.money import CURRENCIES
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.drafts import DraftStore
from modules.till.errors import (
    CodeUnknownError,
    SessionMissingError,
    WorkstationMissingError,
)
from modules.till.open_ticket import OpenTicket
from modules.till.own import own_ticket
from modules.till.paid import PaidTicket
from modules.till.payments import Payment, settle
from modules.till.pricing import checked_discount
from modules.till.rules import check_credit, rules_on
from modules.till.services import sell
from modules.till.services.sell import Desk
from modules.till.session import SessionState, current_session
from modules.till.shelf import Offer, offer_again, offers_of
from modules.till.ticket import TicketCustomer, packed, unpacked
from modules.till.widgets.entries import split_discount, split_entry
from modules.till.widgets.till_view import TillView

P = ParamSpec("P")
DRAFT_KEY = "till.ticket"
_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


class Selling:
    """One ticket after the other.

    Attributes:
        in_turn: Held by whoever changes the ticket: scans are taken in their order.
    """

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
        self.in_turn = asyncio.Lock()
        company = backend.workstation.enrolment.company
        self.ticket = OpenTicket(CURRENCIES[company["currency"]])
        self.last: PaidTicket | None = None
        self.session: SessionState | None = None

    async def bring_back(self) -> None:
        """Show the session and the ticket of a crash, unless it was paid; scans wait meanwhile."""
        async with self.in_turn:
            await self.look_at_session()
            draft = unpacked(self._drafts.load(DRAFT_KEY) or {})
            if draft is None:
                self._drafts.forget(DRAFT_KEY)
                self._view.show_lines(self.ticket.rows, self.ticket.place)
                return
            paid = await self._backend.local(own_ticket, draft.id, since=_LONG_AGO)
            if paid is not None:
                self._drafts.forget(DRAFT_KEY)
                self.last = paid
                self._view.show_sold(paid)
            elif draft.lines:
                self.change(self.ticket.take_up, draft)
                self._view.say(_("The ticket that was open is here again."), "warn")

    async def look_at_session(self) -> None:
        """Read the session from the journal, and the rules of the day."""
        self.session = await self._backend.local(current_session)
        self._view.show_rules(await self._backend.local(rules_on, wall_clock.today()))
        self._view.show_session(self.session)

    async def enter(self, text: str) -> None:
        """Take what was scanned, or typed and confirmed.

        Raises:
            CodeUnknownError: No product means this.
            UserError: The product cannot be sold, or not so many, or not so cheaply.
        """
        async with self.in_turn:
            discount = split_discount(text)
            if discount is not None:
                self._discount(*discount)
                return
            quantity, code = split_entry(text)
            if quantity is not None and not code:
                self.change(self.ticket.set_quantity, quantity)
                return
            offers = await self._offers(code)
            if not offers:
                raise CodeUnknownError(code=current().isolate(code))
            if len(offers) > 1:
                self._view.show_offers(code, offers)
            else:
                self.add(offers[0], quantity)

    async def search(self, text: str) -> None:
        """Let the user choose among the products that a text means."""
        _quantity, words = split_entry(text)
        self._view.show_offers(words, await self._offers(words))

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
        self._view.show_customer(self.ticket.draft.customer)

    async def sell_to(self, customer: TicketCustomer | None) -> None:
        """Say who buys; their price list counts from now on."""
        async with self.in_turn:
            price_list = customer.price_list if customer else None
            today = wall_clock.today()
            offers = [
                await self._backend.local(offer_again, line, today, price_list=price_list)
                for line in self.ticket.draft.lines
            ]
            known = [offer for offer in offers if offer is not None]
            self.change(self.ticket.sell_to, customer, known)

    async def pay(self, others: Sequence[Payment], tendered: Decimal | None) -> PaidTicket:
        """Sell what is on the ticket; without an amount the customer has given exactly enough cash.

        Raises:
            UserError: There is nothing on it, too little was paid, or the disk is full.
        """
        async with self.in_turn:
            draft, currency = self.ticket.draft, self.ticket.currency
            session = self._open_session()
            lent = sum((p.amount for p in others if p.method == "account"), Decimal(0))
            if lent:
                await self._backend.local(check_credit, draft.customer, lent)
            rules = await self._backend.local(rules_on, wall_clock.today())
            settlement = settle(self.ticket.totals.total, others, tendered, rules, currency)
            now = wall_clock.now()
            desk = Desk(session.id, self._backend.author, now)
            self.last = await self._backend.local(
                sell, draft, settlement, currency=currency, desk=desk
            )
            self.change(self.ticket.begin)
            self._view.show_sold(self.last)
            return self.last

    def _open_session(self) -> SessionState:
        if self.session is None:
            raise SessionMissingError
        return self.session

    def _discount(self, percent: Decimal, is_whole: bool) -> None:  # noqa: FBT001 - both are read from one text
        rate = checked_discount(percent, limit=self._backend.user.limit("till.discount"))
        deed = self.ticket.discount_all if is_whole else self.ticket.discount_line
        self.change(deed, rate)

    async def _offers(self, text: str) -> list[Offer]:
        customer = self.ticket.draft.customer
        price_list = customer.price_list if customer else None
        return await self._backend.local(offers_of, text, wall_clock.today(), price_list=price_list)
