"""The taxes of a line: what each is charged on, and what they make of an amount. Pure.

Taxes are reckoned once per document and plan, on the sum of its lines, and rounded half up. Where
prices include taxes, the last tax takes what is left, so that the shelf price is never off by a
centime (MAGHREB.md 1.4). `accounting.plan_figures` is the twin in SQL.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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
        """Return what travels and is kept with the line; equal taxes are equal texts."""
        rate = f"{self.rate.normalize():f}"
        return {"code": self.code, "rate": rate, "after": list(self.after)}

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
        return 1 + _sum_of(_charged(self.taxes, Decimal(1)))

    @classmethod
    def of(cls, code: str, taxes: Sequence[Mapping[str, Any]]) -> "TaxPlan":
        """Read a plan that was kept with a line."""
        return cls(code, tuple(Tax.from_json(tax) for tax in taxes))

    def as_json(self) -> list[dict[str, Any]]:
        """Return what is kept with a line, beside the tax code."""
        return [tax.as_json() for tax in self.taxes]


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
        return _sum_of(self.taxes)

    @property
    def total(self) -> Decimal:
        """Net price and taxes."""
        return self.net + self.tax


def figures_of(
    plan: TaxPlan, amount: Decimal, currency: Currency, *, includes_tax: bool
) -> PlanFigures:
    """Return net price and taxes of the summed lines of a plan, each rounded half up once."""
    with localcontext(prec=_DIGITS):
        if includes_tax:
            return _split(plan, amount, currency)
        return PlanFigures(amount, tuple(_charged(plan.taxes, amount, currency)))


def net_of(amount: Decimal, plan: TaxPlan, currency: Currency) -> Decimal:
    """Return the part of an amount with taxes that is not tax."""
    with localcontext(prec=_DIGITS):
        return round_money(amount / plan.factor, currency)


def _split(plan: TaxPlan, amount: Decimal, currency: Currency) -> PlanFigures:
    net = net_of(amount, plan, currency)
    charged = _charged(plan.taxes, net, currency)
    if charged:
        left = amount - net - _sum_of(charged[:-1])
        charged[-1] = replace(charged[-1], amount=left)
    return PlanFigures(net, tuple(charged))


def _charged(
    taxes: Sequence[Tax], net: Decimal, currency: Currency | None = None
) -> list[TaxAmount]:
    """Charge each tax on a net price; without a currency, nothing is rounded."""
    charged: dict[str, TaxAmount] = {}
    for tax in taxes:
        base = net + _sum_of(charged[code] for code in tax.after)
        amount = base * tax.rate if currency is None else round_money(base * tax.rate, currency)
        charged[tax.code] = TaxAmount(tax.code, tax.rate, base, amount)
    return list(charged.values())


def _sum_of(taxes: Iterable[TaxAmount]) -> Decimal:
    return sum((tax.amount for tax in taxes), Decimal(0))
