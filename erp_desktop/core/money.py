"""Amounts and currencies, and the one rounding function of the house."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency and how many decimals its amounts have."""

    code: str
    decimals: int

    @property
    def unit(self) -> Decimal:
        """The smallest amount, such as 0.01."""
        return Decimal(1).scaleb(-self.decimals)


DZD = Currency("DZD", 2)
MAD = Currency("MAD", 2)
TND = Currency("TND", 3)

CURRENCIES = {currency.code: currency for currency in (DZD, MAD, TND)}


def round_money(amount: Decimal, currency: Currency) -> Decimal:
    """Round half up, away from zero, to the currency's decimals, as PostgreSQL's `round`."""
    return amount.quantize(currency.unit, rounding=ROUND_HALF_UP)
