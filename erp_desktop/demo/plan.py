"""The facts of a country's guided day, as `resources/demo/<country>/day.toml` tells them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Sale:
    """What one customer buys.

    Attributes:
        basket: Quantities by the codes of the price list.
        cash: What the customer gives; empty for what is due.
    """

    basket: Mapping[str, str]
    cash: str = ""


@dataclass(frozen=True, slots=True)
class Invoicing:
    """The invoice of the day.

    Attributes:
        customer: Code of who buys, in the list of customers.
        lines: Quantities by the codes of the price list.
        discount: On the first line, in hundredths.
        paid: What is received for it at once.
    """

    customer: str
    lines: Mapping[str, str]
    discount: str
    paid: str


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What happens at the till; amounts are in the country's currency, as they are typed.

    Attributes:
        card: What the ninth customer pays by card.
        float: How many of each note and coin are in the drawer before the first sale.
        to_the_bank: Cash that is taken out.
        missing: What is not there when the drawer is counted.
        note: What the cashier writes about that.
    """

    sales: Sequence[Sale]
    card: str
    float: Mapping[Decimal, str]
    to_the_bank: str
    missing: Decimal
    note: str
    invoicing: Invoicing


def read_day(folder: Path) -> DayPlan:
    """Read the day of a demo company from its folder."""
    found = tomllib.loads((folder / "day.toml").read_text(encoding="utf-8"))
    drawer = found["drawer"]
    return DayPlan(
        sales=[_sale(each["basket"], each.get("cash", "")) for each in found["sales"]],
        card=found["card"],
        float={Decimal(value): str(number) for value, number in drawer["float"].items()},
        to_the_bank=drawer["to_the_bank"],
        missing=Decimal(drawer["missing"]),
        note=drawer["note"],
        invoicing=_invoicing(found["invoice"]),
    )


def _invoicing(invoice: Mapping[str, Any]) -> Invoicing:
    lines = {code: str(quantity) for code, quantity in invoice["lines"].items()}
    return Invoicing(invoice["customer"], lines, invoice["discount"], invoice["paid"])


def _sale(basket: Mapping[str, int], cash: str) -> Sale:
    return Sale({code: str(quantity) for code, quantity in basket.items()}, cash)
