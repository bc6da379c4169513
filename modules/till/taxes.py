"""The taxes of lines whose net amounts are known: on reprints, returns and reports. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from erp_desktop.core.money import Currency, round_money
from modules.accounting.api import TaxAmount, TaxPlan

_ZERO = Decimal(0)
# A line's taxes, what it costs, and the part of it that is not tax.
TaxedLine = tuple[TaxPlan, Decimal, Decimal]


def taxes_of(lines: Iterable[TaxedLine], currency: Currency) -> tuple[TaxAmount, ...]:
    """Return base and amount of each tax; the last of a plan is what is left of the amounts."""
    sums: dict[TaxPlan, tuple[Decimal, Decimal]] = {}
    for plan, amount, net in lines:
        whole, without = sums.get(plan, (_ZERO, _ZERO))
        sums[plan] = (whole + amount, without + net)
    found: tuple[TaxAmount, ...] = ()
    for plan, (amount, net) in sums.items():
        found = added(found, _plan_taxes(plan, amount, net, currency))
    return found


def added(some: Iterable[TaxAmount], more: Iterable[TaxAmount]) -> tuple[TaxAmount, ...]:
    """Return each tax and rate of both once, ordered by code and rate."""
    found: dict[tuple[str, Decimal], TaxAmount] = {}
    for tax in (*some, *more):
        was = found.get((tax.code, tax.rate), TaxAmount(tax.code, tax.rate, _ZERO, _ZERO))
        found[tax.code, tax.rate] = TaxAmount(
            tax.code, tax.rate, was.base + tax.base, was.amount + tax.amount
        )
    return tuple(found[key] for key in sorted(found))


def _plan_taxes(
    plan: TaxPlan, amount: Decimal, net: Decimal, currency: Currency
) -> Iterable[TaxAmount]:
    left = amount - net
    charged: dict[str, Decimal] = {}
    for place, tax in enumerate(plan.taxes, start=1):
        base = net + sum((charged[code] for code in tax.after), _ZERO)
        is_last = place == len(plan.taxes)
        part = left if is_last else round_money(base * tax.rate, currency)
        charged[tax.code], left = part, left - part
        yield TaxAmount(tax.code, tax.rate, base, part)
