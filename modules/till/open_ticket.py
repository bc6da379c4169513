"""The ticket at the till: its lines, the current one, what was before; told without a widget."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.i18n import current
from erp_desktop.core.money import Currency
from modules.till.errors import TicketEmptyError
from modules.till.pricing import Totals, totals_of
from modules.till.shelf import Offer, checked_for, line_of
from modules.till.ticket import SaleDraft, TicketCustomer, TicketLine

_UNDO_STEPS = 50
_Key = tuple[UUID, UUID | None]


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as the till shows it.

    Attributes:
        left: What the branch would still have; below zero the stock says it cannot be there.
    """

    place: int
    line: TicketLine
    discount: Decimal
    total: Decimal
    currency: Currency
    left: Decimal | None


class OpenTicket:
    """One ticket while it is being filled; every change can be undone."""

    def __init__(self, currency: Currency) -> None:
        self.currency = currency
        self.draft = SaleDraft()
        self.place = -1
        self._before: list[SaleDraft] = []
        self._offers: dict[_Key, Offer] = {}
        self._totals: Totals | None = None

    @property
    def totals(self) -> Totals:
        """What it amounts to."""
        self._totals = self._totals or totals_of(self.draft, self.currency)
        return self._totals

    @property
    def rows(self) -> Sequence[LineRow]:
        """Its lines, as the till shows them."""
        figures, sold = self.totals.lines, self.draft.units
        return [
            LineRow(place, line, each.discount, each.amount, self.currency, self._left(line, sold))
            for place, (line, each) in enumerate(zip(self.draft.lines, figures, strict=True))
        ]

    @property
    def tax_names(self) -> dict[str, str]:
        """What each of its taxes is called, in the user's language."""
        is_arabic = current().language == "ar"
        return {
            line.plan.code: (line.tax_ar if is_arabic and line.tax_ar else line.tax)
            for line in self.draft.lines
        }

    def begin(self) -> None:
        """Begin the next ticket; the one before cannot be undone any more."""
        self._before.clear()
        self._offers.clear()
        self._turn_to(SaleDraft(), -1)

    def take_up(self, draft: SaleDraft) -> None:
        """Go on with a draft that was kept."""
        self._change(draft, len(draft.lines) - 1)

    def add(self, offer: Offer, quantity: Decimal) -> None:
        """Put a product on it.

        Raises:
            UserError: It cannot be sold, or not so many.
        """
        language = current().language
        line = line_of(offer, quantity, language)
        self._offers[_key(line)] = offer
        draft, place = self.draft.with_line(self._priced(line, self._sold(line) + quantity))
        checked_for(line, draft.lines[place].quantity, language)
        self._change(self._repriced(draft, line), place)

    def set_quantity(self, quantity: Decimal) -> None:
        """Change how many the current line has; a price by quantity follows.

        Raises:
            UserError: It cannot have so many, or there is no line.
        """
        line = self._current()
        wanted = checked_for(line, quantity, current().language)
        draft = self.draft.with_changed(self.place, quantity=wanted)
        self._change(self._repriced(draft, line), self.place)

    def step(self, difference: int) -> None:
        """Change how many the current line has by one.

        Raises:
            UserError: None would be left, or there is no line.
        """
        self.set_quantity(self._current().quantity + difference)

    def discount_line(self, rate: Decimal) -> None:
        """Take a part of one off the current line.

        Raises:
            TicketEmptyError: There is no line.
        """
        self._current()
        self._change(self.draft.with_changed(self.place, discount_rate=rate), self.place)

    def discount_all(self, rate: Decimal) -> None:
        """Take a part of one off the whole ticket."""
        self._change(replace(self.draft, discount_rate=rate), self.place)

    def sell_to(self, customer: TicketCustomer | None, offers: Iterable[Offer]) -> None:
        """Say who buys; `offers` are the lines' products at their prices."""
        for offer in offers:
            self._offers[offer.product.id, offer.pack.id if offer.pack else None] = offer
        draft = replace(self.draft, customer=customer)
        for line in draft.lines:
            draft = self._repriced(draft, line)
        self._change(draft, self.place)

    def remove(self) -> None:
        """Take the current line off.

        Raises:
            TicketEmptyError: There is no line.
        """
        self._current()
        draft = self.draft.without(self.place)
        self._change(draft, min(self.place, len(draft.lines) - 1))

    def undo(self) -> None:
        """Take back the last change."""
        if self._before:
            draft = self._before.pop()
            self._turn_to(draft, len(draft.lines) - 1)

    def _current(self) -> TicketLine:
        if not 0 <= self.place < len(self.draft.lines):
            raise TicketEmptyError
        return self.draft.lines[self.place]

    def _change(self, draft: SaleDraft, place: int) -> None:
        self._before = [*self._before[-_UNDO_STEPS:], self.draft]
        self._turn_to(draft, place)

    def _turn_to(self, draft: SaleDraft, place: int) -> None:
        self.draft, self.place, self._totals = draft, place, None

    def _sold(self, line: TicketLine) -> Decimal:
        same = (each.quantity for each in self.draft.lines if _key(each) == _key(line))
        return sum(same, Decimal(0))

    def _priced(self, line: TicketLine, quantity: Decimal) -> TicketLine:
        offer = self._offers.get(_key(line))
        return line if offer is None else replace(line, unit_price=offer.price(quantity))

    def _repriced(self, draft: SaleDraft, like: TicketLine) -> SaleDraft:
        """Return the draft with the price that this many of a product have."""
        same = [line for line in draft.lines if _key(line) == _key(like)]
        quantity = sum((line.quantity for line in same), Decimal(0))
        lines = (
            self._priced(line, quantity) if _key(line) == _key(like) else line
            for line in draft.lines
        )
        return replace(draft, lines=tuple(lines))

    def _left(self, line: TicketLine, sold: dict[UUID, Decimal]) -> Decimal | None:
        known = self._offers.get(_key(line))
        if known is None or known.product.kind == "service":
            return None
        return known.on_hand - sold[line.product_id]


def _key(line: TicketLine) -> _Key:
    return line.product_id, line.pack_id
