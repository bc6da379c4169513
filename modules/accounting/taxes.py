"""Net and tax of a document whose prices include taxes: pure, and the same as in PostgreSQL.

Each tax code and rate is reckoned once, on the sum of its lines, and rounded half up: the price on
the shelf is never off by a centime (MAGHREB.md 1.4). `till.tax_amounts` is the twin in SQL.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from erp_desktop.core.money import Currency, round_money

# Enough digits that a quotient is rounded once only, whatever the amount.
_DIGITS = 60


@dataclass(frozen=True, slots=True)
class TaxedAmount:
    """A line's total, taxes included, under one tax.

    Attributes:
        rate: A part of one: 0.19 is 19 %.
    """

    tax_code: str
    rate: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class TaxGroup:
    """All lines of a document under one tax code and rate."""

    tax_code: str
    rate: Decimal
    gross: Decimal
    net: Decimal

    @property
    def tax(self) -> Decimal:
        """The tax that the gross amount contains."""
        return self.gross - self.net


def tax_groups(amounts: Iterable[TaxedAmount], currency: Currency) -> tuple[TaxGroup, ...]:
    """Return net and tax per tax code and rate, ordered by code and rate."""
    sums: dict[tuple[str, Decimal], Decimal] = {}
    for amount in amounts:
        key = (amount.tax_code, amount.rate)
        sums[key] = sums.get(key, Decimal(0)) + amount.gross
    return tuple(
        TaxGroup(code, rate, gross, net_of(gross, rate, currency))
        for (code, rate), gross in sorted(sums.items())
    )


def net_of(gross: Decimal, rate: Decimal, currency: Currency) -> Decimal:
    """Return the part of `gross` that is not tax."""
    with localcontext(prec=_DIGITS):
        return round_money(gross / (1 + rate), currency)
