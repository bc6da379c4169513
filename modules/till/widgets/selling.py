"""What happens at the till, told without a widget."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Protocol
from uuid import UUID

from erp_desktop.core.i18n import _, current
from erp_desktop.core.money import CURRENCIES, Currency
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.drafts import DraftStore
from erp_desktop.ui.entry import parse_amount, western
from modules.till.errors import CodeUnknownError, TicketEmptyError, WorkstationMissingError
from modules.till.own import own_ticket
from modules.till.paid import PaidTicket
from modules.till.paper import print_receipt
from modules.till.pricing import Totals, line_total, totals_of
from modules.till.reports import letterhead_for, receipt_of
from modules.till.services import sell
from modules.till.shelf import Offer, checked_for, line_of, offers_of
from modules.till.ticket import SaleDraft, TicketLine, packed, unpacked

DRAFT_KEY = "till.ticket"
_UNDO_STEPS = 50
_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as the till shows it.

    Attributes:
        left: What the branch would still have; below zero the stock says it cannot be there.
    """

    place: int
    line: TicketLine
    total: Decimal
    currency: Currency
    left: Decimal | None


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
        self._view = view
        self._backend = backend
        self._drafts = drafts
        self._in_turn = asyncio.Lock()
        self._before: list[SaleDraft] = []
        self._on_hand: dict[UUID, Decimal] = {}
        self.draft = SaleDraft()
        self.place = -1
        self.last: PaidTicket | None = None
        if backend.workstation is None:
            raise WorkstationMissingError
        enrolment = backend.workstation.enrolment
        self.currency = CURRENCIES[enrolment.company["currency"]]

    @property
    def totals(self) -> Totals:
        """What the ticket amounts to now."""
        return totals_of(self.draft.lines, self.currency)

    @property
    def tax_names(self) -> dict[str, str]:
        """What each tax on the ticket is called, in the user's language."""
        is_arabic = current().language == "ar"
        return {
            line.tax_code: (line.tax_ar if is_arabic and line.tax_ar else line.tax)
            for line in self.draft.lines
        }

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
            self._change(draft, len(draft.lines) - 1)
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
                self.set_quantity(quantity)
                return
            offers = await self._backend.local(offers_of, code, _today())
            if not offers:
                raise CodeUnknownError(code=current().isolate(code))
            if len(offers) > 1:
                self._view.show_offers(code, offers)
                return
            self.add(offers[0], Decimal(1) if quantity is None else quantity)

    async def search(self, text: str) -> None:
        """Let the user choose among the products that a text means."""
        _quantity, words = split_entry(text)
        offers = await self._backend.local(offers_of, words, _today())
        self._view.show_offers(words, offers)

    def add(self, offer: Offer, quantity: Decimal) -> None:
        """Put a product on the ticket.

        Raises:
            UserError: It cannot be sold, or not so many.
        """
        self._view.show_offers("", ())
        line = line_of(offer, quantity, current().language)
        self._on_hand[line.product_id] = offer.on_hand
        draft, place = self.draft.with_line(line)
        checked_for(line, draft.lines[place].quantity, current().language)
        self._change(draft, place)

    def choose(self, place: int) -> None:
        """Make a line current: keys change that one."""
        self.place = place

    def set_quantity(self, quantity: Decimal) -> None:
        """Change how many the current line has.

        Raises:
            UserError: It cannot have so many, or there is no line.
        """
        if not 0 <= self.place < len(self.draft.lines):
            raise TicketEmptyError
        line = self.draft.lines[self.place]
        wanted = checked_for(line, quantity, current().language)
        self._change(self.draft.with_quantity(self.place, wanted), self.place)

    def step(self, difference: int) -> None:
        """Change how many the current line has by one.

        Raises:
            UserError: None would be left, or there is no line.
        """
        if not 0 <= self.place < len(self.draft.lines):
            raise TicketEmptyError
        self.set_quantity(self.draft.lines[self.place].quantity + difference)

    def remove(self) -> None:
        """Take the current line off."""
        if 0 <= self.place < len(self.draft.lines):
            draft = self.draft.without(self.place)
            self._change(draft, min(self.place, len(draft.lines) - 1))

    def undo(self) -> None:
        """Take back the last change to the open ticket."""
        if self._before:
            draft = self._before.pop()
            self._show(draft, len(draft.lines) - 1)

    async def pay(self, tendered: Decimal | None) -> PaidTicket:
        """Sell what is on the ticket; without an amount the customer has given exactly enough.

        Raises:
            UserError: There is nothing on it, or too little cash, or the disk is full.
        """
        async with self._in_turn:
            given = self.totals.total if tendered is None else tendered
            ticket = await self._backend.local(
                sell,
                self.draft,
                given,
                currency=self.currency,
                author=self._backend.author,
                at=datetime.now().astimezone(),
            )
            self.last = ticket
            self._before.clear()
            self._on_hand.clear()
            self._show(SaleDraft(), -1)
            self._view.show_sold(ticket)
            return ticket

    async def print(self, ticket: PaidTicket, *, is_duplicate: bool = False) -> None:
        """Print a receipt; the sale stands, whatever the printer does."""
        user = self._backend.user
        names = {user.login: (user.name, user.name_ar)}
        head = await self._backend.local(letterhead_for, ticket, names)
        words = current()
        receipt = receipt_of(ticket, head, words, is_duplicate=is_duplicate)
        station, now = self._backend.workstation, datetime.now().astimezone()
        failed = await self._backend.thread(print_receipt, station, receipt, words, at=now)
        if failed is not None:
            sentence = _("Ticket {number} is sold, but its receipt waits for the printer. {why}")
            self._view.say(sentence.format(number=ticket.number, why=failed.trouble), "warn")
        elif is_duplicate:
            self._view.say(_("Printed again: {number}.").format(number=ticket.number))

    def _change(self, draft: SaleDraft, place: int) -> None:
        self._before = [*self._before[-_UNDO_STEPS:], self.draft]
        self._show(draft, place)

    def _show(self, draft: SaleDraft, place: int) -> None:
        self.draft, self.place = draft, place
        if draft.lines:
            self._drafts.save(DRAFT_KEY, packed(draft))
        else:
            self._drafts.forget(DRAFT_KEY)
        self._view.show_lines([self._row(n, line) for n, line in enumerate(draft.lines)], place)
        self._view.show_totals(self.totals, self.tax_names)

    def _row(self, place: int, line: TicketLine) -> LineRow:
        known = self._on_hand.get(line.product_id)
        sold = sum(
            (each.quantity for each in self.draft.lines if each.product_id == line.product_id),
            Decimal(0),
        )
        left = None if known is None else known - sold
        return LineRow(place, line, line_total(line, self.currency), self.currency, left)


def _today() -> date:
    return datetime.now().astimezone().date()
