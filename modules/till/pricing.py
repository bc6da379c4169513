"""What a ticket costs: pure functions of exact decimals, the same as head office reckons."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from erp_desktop.core.i18n import current
from erp_desktop.core.money import Currency, round_money
from modules.accounting.api import TaxedAmount, TaxGroup, tax_for
from modules.till.errors import (
    QuantityNotPositiveError,
    QuantityTooLargeError,
    TenderedTooLittleError,
    TenderedTooMuchError,
    TicketEmptyError,
)
from modules.till.ticket import SaleDraft, TicketLine

# No till gives back so much, and nobody buys so many: it is a code in the wrong field.
_MOST = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Totals:
    """What a ticket amounts to.

    Attributes:
        total: What the customer pays, taxes included.
        taxes: Net and tax of each code and rate.
    """

    total: Decimal
    taxes: tuple[TaxGroup, ...]

    @property
    def net(self) -> Decimal:
        """The total without taxes."""
        return sum((group.net for group in self.taxes), Decimal(0))

    @property
    def tax(self) -> Decimal:
        """All taxes."""
        return self.total - self.net


def line_total(line: TicketLine, currency: Currency) -> Decimal:
    """Return what a line costs, rounded half up."""
    return round_money(line.quantity * line.unit_price, currency)


def totals_of(lines: Iterable[TicketLine], currency: Currency) -> Totals:
    """Return what lines amount to; taxes are reckoned per code and rate, not per line."""
    amounts = [
        TaxedAmount(line.tax_code, line.tax_rate, line_total(line, currency)) for line in lines
    ]
    total = sum((amount.gross for amount in amounts), Decimal(0))
    return Totals(total, tax_for(amounts, currency))


def change_of(draft: SaleDraft, tendered: Decimal, currency: Currency) -> Decimal:
    """Return what the customer gets back.

    Raises:
        TicketEmptyError: There is nothing to pay.
        TenderedTooLittleError: The customer has given less than it costs.
        TenderedTooMuchError: What was typed is no amount of cash.
    """
    if not draft.lines:
        raise TicketEmptyError
    change = tendered - totals_of(draft.lines, currency).total
    if change < 0:
        raise TenderedTooLittleError(missing=current().money(-change, currency))
    if change >= _MOST:
        raise TenderedTooMuchError(amount=current().money(tendered, currency))
    return change


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
