"""A ticket that has been paid, as it is printed: from this till, its journal or head office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from erp_desktop.core.i18n import in_language
from erp_desktop.core.money import CURRENCIES
from modules.accounting.api import TaxedAmount, TaxGroup, tax_for


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One product on a paid ticket."""

    name: str
    name_ar: str
    quantity: Decimal
    unit_price: Decimal
    tax_code: str
    tax_rate: Decimal
    total: Decimal

    def named(self, language: str) -> str:
        """Return the product's name in a language."""
        return in_language(language, self.name, self.name_ar)


@dataclass(frozen=True, slots=True)
class PaidTicket:
    """What the customer took home.

    Attributes:
        cashier: The cashier's login.
        tendered: The cash that was given.
        change: The cash that was given back.
    """

    number: str
    sold_at: datetime
    cashier: str
    currency: str
    lines: tuple[PaidLine, ...]
    tendered: Decimal
    change: Decimal

    @property
    def total(self) -> Decimal:
        """What it cost, taxes included."""
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def taxes(self) -> tuple[TaxGroup, ...]:
        """Net and tax of each code and rate."""
        amounts = (TaxedAmount(line.tax_code, line.tax_rate, line.total) for line in self.lines)
        return tax_for(amounts, CURRENCIES[self.currency])

    @classmethod
    def from_json(cls, ticket: Mapping[str, Any]) -> "PaidTicket":
        """Read what `till.ticket_v1` returns."""
        return cls(
            number=ticket["number"],
            sold_at=datetime.fromisoformat(ticket["sold_at"]),
            cashier=ticket["cashier"],
            currency=ticket["currency"],
            lines=tuple(paid_line(line, line["name"], line["name_ar"]) for line in ticket["lines"]),
            tendered=Decimal(ticket["tendered"]),
            change=Decimal(ticket["change"]),
        )


def paid_line(line: Mapping[str, Any], name: str, name_ar: str) -> PaidLine:
    """Read one line of a payload; names are not part of it."""
    return PaidLine(
        name=name,
        name_ar=name_ar,
        quantity=Decimal(line["quantity"]),
        unit_price=Decimal(line["unit_price"]),
        tax_code=line["tax_code"],
        tax_rate=Decimal(line["tax_rate"]),
        total=Decimal(line["total"]),
    )
