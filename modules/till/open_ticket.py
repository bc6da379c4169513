"""The ticket at the till: its lines, the current one, what was before; told without a widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.i18n import current
from erp_desktop.core.money import Currency
from modules.till.errors import TicketEmptyError
from modules.till.pricing import Totals, line_total, totals_of
from modules.till.shelf import Offer, checked_for, line_of
from modules.till.ticket import SaleDraft, TicketLine

_UNDO_STEPS = 50


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


class OpenTicket:
    """One ticket while it is being filled; every change can be undone."""

    def __init__(self, currency: Currency) -> None:
        self.currency = currency
        self.draft = SaleDraft()
        self.place = -1
        self._before: list[SaleDraft] = []
        self._on_hand: dict[UUID, Decimal] = {}

    @property
    def totals(self) -> Totals:
        """What it amounts to."""
        return totals_of(self.draft.lines, self.currency)

    @property
    def rows(self) -> Sequence[LineRow]:
        """Its lines, as the till shows them."""
        return [self._row(place, line) for place, line in enumerate(self.draft.lines)]

    @property
    def tax_names(self) -> dict[str, str]:
        """What each of its taxes is called, in the user's language."""
        is_arabic = current().language == "ar"
        return {
            line.tax_code: (line.tax_ar if is_arabic and line.tax_ar else line.tax)
            for line in self.draft.lines
        }

    def begin(self) -> None:
        """Begin the next ticket; the one before cannot be undone any more."""
        self._before.clear()
        self._on_hand.clear()
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
        draft, place = self.draft.with_line(line)
        checked_for(line, draft.lines[place].quantity, language)
        self._on_hand[line.product_id] = offer.on_hand
        self._change(draft, place)

    def set_quantity(self, quantity: Decimal) -> None:
        """Change how many the current line has.

        Raises:
            UserError: It cannot have so many, or there is no line.
        """
        wanted = checked_for(self._current(), quantity, current().language)
        self._change(self.draft.with_quantity(self.place, wanted), self.place)

    def step(self, difference: int) -> None:
        """Change how many the current line has by one.

        Raises:
            UserError: None would be left, or there is no line.
        """
        self.set_quantity(self._current().quantity + difference)

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
        self.draft, self.place = draft, place

    def _row(self, place: int, line: TicketLine) -> LineRow:
        known = self._on_hand.get(line.product_id)
        same = (each for each in self.draft.lines if each.product_id == line.product_id)
        sold = sum((each.quantity for each in same), Decimal(0))
        left = None if known is None else known - sold
        return LineRow(place, line, line_total(line, self.currency), self.currency, left)
