"""The facts of a country's accountant's month, as `resources/demo/<country>/month.toml` has them.

Amounts are in the country's currency, as they are typed.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from erp_desktop.core import wall_clock
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.server.packs import read_pack


@dataclass(frozen=True, slots=True)
class OwnBank:
    """The company's bank account, and what it was given to begin with."""

    code: str
    name: str
    name_ar: str
    bank: str
    rib: str
    capital: str
    capital_account: str


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who sends invoices, and where he is paid."""

    code: str
    name: str
    name_ar: str
    bank: str
    rib: str
    terms: str
    identifiers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cost:
    """A line of an invoice; `use` is what its tax is deducted for."""

    account: str
    tax: str
    net: str
    use: str = "goods"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice of a supplier; `{month}` in its number is that of its date."""

    supplier: str
    number: str
    lines: Sequence[Cost]
    is_paid: bool = False

    @property
    def net(self) -> Decimal:
        """Without tax."""
        return sum((Decimal(line.net) for line in self.lines), Decimal(0))

    def taxes(self, country: str) -> Mapping[str, Decimal]:
        """Return the tax for each use, reckoned once for each rate of today."""
        rates, currency = rates_of(country), CURRENCIES[read_pack(country)["currency"]]
        sums: dict[tuple[str, str], Decimal] = {}
        for line in self.lines:
            key = (line.use, line.tax)
            sums[key] = sums.get(key, Decimal(0)) + Decimal(line.net)
        taxes: dict[str, Decimal] = {}
        for (use, code), net in sums.items():
            taxes[use] = taxes.get(use, Decimal(0)) + round_money(net * rates[code], currency)
        return taxes

    def tax(self, country: str) -> Decimal:
        """Return all of its tax."""
        return sum(self.taxes(country).values(), Decimal(0))

    def total(self, country: str) -> Decimal:
        """Return what is to be paid."""
        return self.net + self.tax(country)


@dataclass(frozen=True, slots=True)
class Fees:
    """What the bank takes, with the tax in it, and the words of its statement."""

    account: str
    label: str
    amount: str
    tax: str


@dataclass(frozen=True, slots=True)
class Asset:
    """What the company keeps for years."""

    code: str
    category: str
    name: str
    name_ar: str
    cost: str


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """What happened before, and what the accountant does.

    Attributes:
        past: What each of the last two months was invoiced.
        purchase: What is typed today; its supplier's bank account is typed, too.
    """

    bank: OwnBank
    suppliers: Sequence[Supplier]
    past: Sequence[Bill]
    purchase: Bill
    fees: Fees
    asset: Asset

    def supplier(self, code: str) -> Supplier:
        """Return who has a code."""
        return next(each for each in self.suppliers if each.code == code)

    @property
    def owed(self) -> Supplier:
        """Who is paid today."""
        return self.supplier(self.purchase.supplier)

    @property
    def fees_paid(self) -> Decimal:
        """What the bank takes."""
        return Decimal(self.fees.amount)


def read_month(folder: Path) -> MonthPlan:
    """Read the month of a demo company from its folder."""
    found = tomllib.loads((folder / "month.toml").read_text(encoding="utf-8"))
    return MonthPlan(
        OwnBank(**found["bank"]),
        [Supplier(**each) for each in found["suppliers"]],
        [_bill(each) for each in found["past"]],
        _bill(found["purchase"]),
        Fees(**found["fees"]),
        Asset(**found["asset"]),
    )


def rates_of(country: str) -> Mapping[str, Decimal]:
    """Return the rates of a country's taxes today, by code."""
    today = f"{wall_clock.today()}"
    return {
        row["code"]: Decimal(row["rate"])
        for row in read_pack(country)["taxes"]
        if row["valid_from"] <= today <= (row["valid_to"] or "9999")
    }


def _bill(told: Mapping[str, Any]) -> Bill:
    return Bill(**{**told, "lines": [Cost(**line) for line in told["lines"]]})
