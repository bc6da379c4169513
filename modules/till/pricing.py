"""What a ticket costs: pure functions of exact decimals, the same as head office reckons."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from erp_desktop.core.i18n import current
from erp_desktop.core.money import Currency
from modules.accounting.api import Line, LineFigures, Reckoning, TaxAmount, reckon
from modules.till.errors import (
    DiscountAboveLimitError,
    DiscountImpossibleError,
    QuantityNotPositiveError,
    QuantityTooLargeError,
)
from modules.till.ticket import SaleDraft, TicketLine

# Nobody buys so many: it is a code in the wrong field.
_MOST = Decimal(100_000)
_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Totals:
    """What a ticket amounts to, before stamp duty and cash rounding.

    Attributes:
        total: What the goods cost, taxes included.
        taxes: Base and amount of each tax and rate.
        lines: What each line amounts to.
        discount: All that was taken off.
    """

    total: Decimal
    net: Decimal
    taxes: tuple[TaxAmount, ...]
    lines: tuple[LineFigures, ...]
    discount: Decimal

    @property
    def tax(self) -> Decimal:
        """All taxes."""
        return self.total - self.net

    @classmethod
    def of(cls, reckoning: Reckoning) -> "Totals":
        """Return what the engine has reckoned."""
        return cls(
            reckoning.total,
            reckoning.net,
            reckoning.taxes,
            reckoning.lines,
            reckoning.discount,
        )


def totals_of(draft: SaleDraft, currency: Currency) -> Totals:
    """Return what a ticket amounts to."""
    lines = _lines(draft.lines)
    return Totals.of(reckon(lines, currency, includes_tax=True, discount_rate=draft.discount_rate))


def _lines(lines: Iterable[TicketLine]) -> list[Line]:
    return [
        Line(line.quantity, line.unit_price, line.plan, discount_rate=line.discount_rate)
        for line in lines
    ]


def checked_quantity(quantity: Decimal) -> Decimal:
    """Return a quantity that a line can have.

    Raises:
        QuantityNotPositiveError: It is zero or less.
        QuantityTooLargeError: It is a code rather than a quantity.
    """
    if quantity <= 0:
        raise QuantityNotPositiveError
    if quantity >= _MOST:
        raise QuantityTooLargeError(quantity=current().number(quantity))
    rounded = round(quantity, 3)
    return quantity if rounded == quantity else rounded


def checked_discount(percent: Decimal, *, limit: Decimal) -> Decimal:
    """Return the part of one that a percentage is, if the user may give so much away alone.

    Raises:
        DiscountImpossibleError: It is less than nothing or more than all.
        DiscountAboveLimitError: The user's limit is lower.
    """
    if not 0 <= percent <= _PERCENT:
        raise DiscountImpossibleError
    if percent > limit:
        words = current()
        raise DiscountAboveLimitError(given=words.number(percent), limit=words.number(limit))
    return percent / _PERCENT
