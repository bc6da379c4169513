"""The taxes of a line: what each is charged on, and what they make of an amount. Pure.

Taxes are reckoned once per document and plan, on the sum of its lines, and rounded half up. Where
prices include taxes, the last tax takes what is left, so that the shelf price is never off by a
centime (MAGHREB.md 1.4). `accounting.plan_figures` is the twin in SQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from erp_desktop.core.money import Currency, round_money

# Enough digits that a quotient is rounded once only, whatever the amount.
_DIGITS = 60


@dataclass(frozen=True, slots=True)
class Tax:
    """One tax of a line, at its rate of the day.

    Attributes:
        rate: A part of one: 0.19 is 19 %.
        after: Codes of the taxes that belong to its base, beside the net price: FODEC before VAT.
    """

    code: str
    rate: Decimal
    after: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return what travels and is kept with the line."""
        return {"code": self.code, "rate": f"{self.rate:f}", "after": list(self.after)}

    @classmethod
    def from_json(cls, tax: Mapping[str, Any]) -> "Tax":
        """Read what `as_json` wrote."""
        return cls(tax["code"], Decimal(tax["rate"]), tuple(tax.get("after") or ()))


@dataclass(frozen=True, slots=True)
class TaxPlan:
    """All taxes that a product's tax code means on a day, in the order of their charging."""

    code: str
    taxes: tuple[Tax, ...]

    @property
    def factor(self) -> Decimal:
        """What a net price of one amounts to with all taxes."""
        parts: dict[str, Decimal] = {}
        for tax in self.taxes:
            parts[tax.code] = tax.rate * (1 + sum((parts[code] for code in tax.after), Decimal(0)))
        return 1 + sum(parts.values(), Decimal(0))

    @classmethod
    def of(cls, code: str, taxes: Sequence[Mapping[str, Any]]) -> "TaxPlan":
        """Read a plan that was kept with a line."""
        return cls(code, tuple(Tax.from_json(tax) for tax in taxes))


@dataclass(frozen=True, slots=True)
class TaxAmount:
    """What one tax at one rate amounts to on a document, and on what."""

    code: str
    rate: Decimal
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """What the lines under one plan amount to together."""

    net: Decimal
    taxes: tuple[TaxAmount, ...]

    @property
    def tax(self) -> Decimal:
        """All taxes of the plan."""
        return sum((tax.amount for tax in self.taxes), Decimal(0))

    @property
    def total(self) -> Decimal:
        """Net price and taxes."""
        return self.net + self.tax


def figures_of(
    plan: TaxPlan, amount: Decimal, currency: Currency, *, includes_tax: bool
) -> PlanFigures:
    """Return net price and taxes of the summed lines of a plan, each rounded half up once."""
    if includes_tax:
        return _split(plan, amount, currency)
    return PlanFigures(amount, tuple(_charged(plan.taxes, amount, currency)))


def net_of(amount: Decimal, plan: TaxPlan, currency: Currency) -> Decimal:
    """Return the part of an amount with taxes that is not tax."""
    with localcontext(prec=_DIGITS):
        return round_money(amount / plan.factor, currency)


def _split(plan: TaxPlan, amount: Decimal, currency: Currency) -> PlanFigures:
    net = net_of(amount, plan, currency)
    taxes = _charged(plan.taxes, net, currency)
    if not taxes:
        return PlanFigures(net, ())
    *first, last = taxes
    left = amount - net - sum((tax.amount for tax in first), Decimal(0))
    return PlanFigures(net, (*first, TaxAmount(last.code, last.rate, last.base, left)))


def _charged(taxes: Sequence[Tax], net: Decimal, currency: Currency) -> list[TaxAmount]:
    charged: dict[str, TaxAmount] = {}
    for tax in taxes:
        base = net + sum((charged[code].amount for code in tax.after), Decimal(0))
        amount = round_money(base * tax.rate, currency)
        charged[tax.code] = TaxAmount(tax.code, tax.rate, base, amount)
    return list(charged.values())
