"""What a document amounts to: the one engine of till, invoice, return and ledger. Pure.

A line's amount is quantity × price, rounded half up, less its discounts; taxes are reckoned per
plan on the sums (`taxes`). What sums up must: where a sum is shared among lines, the remainder of
rounding stands on the largest line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from erp_desktop.core.money import Currency, round_money
from modules.accounting.taxes import PlanFigures, TaxAmount, TaxPlan, figures_of

_ZERO = Decimal(0)
_DIGITS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line to reckon; negative quantities are goods that come back.

    Attributes:
        unit_price: With or without taxes, as the document says.
        discount_rate: A part of one, taken off quantity × price.
        discount: An amount taken off as well; it has the sign of the quantity.
    """

    quantity: Decimal
    unit_price: Decimal
    plan: TaxPlan
    discount_rate: Decimal = _ZERO
    discount: Decimal = _ZERO


@dataclass(frozen=True, slots=True)
class LineFigures:
    """What a line amounts to.

    Attributes:
        gross: Quantity × price.
        discount: The line's own discount and its share of the document's.
        amount: What is left of gross, in the price's own terms.
        net: Without taxes; with `tax` it is informative, the document's sums are what is booked.
    """

    gross: Decimal
    discount: Decimal
    amount: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a document amounts to, before stamp duty and cash rounding."""

    lines: tuple[LineFigures, ...]
    taxes: tuple[TaxAmount, ...]
    net: Decimal

    @property
    def tax(self) -> Decimal:
        """All taxes."""
        return sum((tax.amount for tax in self.taxes), _ZERO)

    @property
    def total(self) -> Decimal:
        """What is to be paid, taxes included."""
        return self.net + self.tax

    @property
    def discount(self) -> Decimal:
        """All that was taken off, in the prices' own terms."""
        return sum((line.discount for line in self.lines), _ZERO)


@dataclass(frozen=True, slots=True)
class Given:
    """A line of a document of which something comes back.

    Attributes:
        amount: What it amounted to, in the price's own terms.
        before: How much of the quantity came back earlier.
    """

    quantity: Decimal
    amount: Decimal
    plan: TaxPlan
    before: Decimal = _ZERO


def reckon(
    lines: Sequence[Line],
    currency: Currency,
    *,
    includes_tax: bool,
    discount_rate: Decimal = _ZERO,
    discount: Decimal = _ZERO,
) -> Reckoning:
    """Reckon a document.

    Args:
        lines: Its lines.
        currency: Decides the decimals.
        includes_tax: Whether the prices do.
        discount_rate: Taken off the whole, a part of one.
        discount: An amount taken off the whole as well, with the sign of the whole.
    """
    gross = [round_money(line.quantity * line.unit_price, currency) for line in lines]
    own = [
        round_money(whole * line.discount_rate, currency) + line.discount
        for whole, line in zip(gross, lines, strict=True)
    ]
    rest = [whole - off for whole, off in zip(gross, own, strict=True)]
    taken = round_money(sum(rest, _ZERO) * discount_rate, currency) + discount
    shares = allocate(taken, rest, currency)
    amounts = [left - share for left, share in zip(rest, shares, strict=True)]
    plans = [line.plan for line in lines]
    groups = _by_plan(plans, amounts, currency, includes_tax=includes_tax)
    nets = _nets(plans, amounts, groups, currency, includes_tax=includes_tax)
    taxes = _line_taxes(plans, amounts, nets, groups, currency, includes_tax=includes_tax)
    figures = (
        LineFigures(whole, off + share, amount, net, tax)
        for whole, off, share, amount, net, tax in zip(
            gross, own, shares, amounts, nets, taxes, strict=True
        )
    )
    return Reckoning(tuple(figures), _merged(groups.values()), _net(groups.values()))


def reckon_return(
    lines: Sequence[Given],
    quantities: Sequence[Decimal],
    currency: Currency,
    *,
    includes_tax: bool,
) -> Reckoning:
    """Reckon what comes back of a document; all figures are negative.

    Each figure is the difference between all that came back until now and all that had before, so
    that returns in any number of parts add up to the document, to the last centime.

    Args:
        lines: The document's lines, with what came back before.
        quantities: What comes back now of each line; zero for nothing.
        currency: Decides the decimals.
        includes_tax: Whether the document's prices did.
    """
    plans = [line.plan for line in lines]
    before = [_part(line, line.before, currency) for line in lines]
    pairs = list(zip(lines, quantities, strict=True))
    after = [_part(line, line.before + back, currency) for line, back in pairs]
    earlier = _by_plan(plans, before, currency, includes_tax=includes_tax)
    later = _by_plan(plans, after, currency, includes_tax=includes_tax)
    groups = {plan: _difference(earlier[plan], later[plan]) for plan in later}
    amounts = [was - now for was, now in zip(before, after, strict=True)]
    nets = _nets(plans, amounts, groups, currency, includes_tax=includes_tax)
    taxes = _line_taxes(plans, amounts, nets, groups, currency, includes_tax=includes_tax)
    figures = (
        LineFigures(amount, _ZERO, amount, net, tax)
        for amount, net, tax in zip(amounts, nets, taxes, strict=True)
    )
    return Reckoning(tuple(figures), _merged(groups.values()), _net(groups.values()))


def allocate(amount: Decimal, weights: Sequence[Decimal], currency: Currency) -> list[Decimal]:
    """Share an amount by weights, rounded half up; the remainder stands on the largest weight."""
    if not weights:
        return []
    whole = sum(weights, _ZERO)
    with localcontext(prec=_DIGITS):
        shares = [
            round_money(amount * weight / whole, currency) if whole else _ZERO for weight in weights
        ]
    largest = max(range(len(weights)), key=lambda place: abs(weights[place]))
    shares[largest] += amount - sum(shares, _ZERO)
    return shares


def _part(line: Given, quantity: Decimal, currency: Currency) -> Decimal:
    with localcontext(prec=_DIGITS):
        return round_money(line.amount * quantity / line.quantity, currency)


def _by_plan(
    plans: Sequence[TaxPlan], amounts: Sequence[Decimal], currency: Currency, *, includes_tax: bool
) -> dict[TaxPlan, PlanFigures]:
    sums: dict[TaxPlan, Decimal] = {}
    for plan, amount in zip(plans, amounts, strict=True):
        sums[plan] = sums.get(plan, _ZERO) + amount
    return {
        plan: figures_of(plan, amount, currency, includes_tax=includes_tax)
        for plan, amount in sums.items()
    }


def _nets(
    plans: Sequence[TaxPlan],
    amounts: Sequence[Decimal],
    groups: dict[TaxPlan, PlanFigures],
    currency: Currency,
    *,
    includes_tax: bool,
) -> list[Decimal]:
    if not includes_tax:
        return list(amounts)
    return _shared(plans, amounts, {p: group.net for p, group in groups.items()}, currency)


def _line_taxes(
    plans: Sequence[TaxPlan],
    amounts: Sequence[Decimal],
    nets: Sequence[Decimal],
    groups: dict[TaxPlan, PlanFigures],
    currency: Currency,
    *,
    includes_tax: bool,
) -> list[Decimal]:
    if includes_tax:
        return [amount - net for amount, net in zip(amounts, nets, strict=True)]
    return _shared(plans, amounts, {p: group.tax for p, group in groups.items()}, currency)


def _shared(
    plans: Sequence[TaxPlan],
    amounts: Sequence[Decimal],
    sums: dict[TaxPlan, Decimal],
    currency: Currency,
) -> list[Decimal]:
    """Share a sum of each plan among the plan's lines."""
    shares = [_ZERO] * len(amounts)
    for plan, whole in sums.items():
        places = [place for place, each in enumerate(plans) if each == plan]
        parts = allocate(whole, [amounts[place] for place in places], currency)
        for place, part in zip(places, parts, strict=True):
            shares[place] = part
    return shares


def _difference(before: PlanFigures, after: PlanFigures) -> PlanFigures:
    taxes = (
        TaxAmount(now.code, now.rate, was.base - now.base, was.amount - now.amount)
        for was, now in zip(before.taxes, after.taxes, strict=True)
    )
    return PlanFigures(before.net - after.net, tuple(taxes))


def _net(groups: Iterable[PlanFigures]) -> Decimal:
    return sum((group.net for group in groups), _ZERO)


def _merged(groups: Iterable[PlanFigures]) -> tuple[TaxAmount, ...]:
    """Return each tax and rate once, ordered by code and rate."""
    sums: dict[tuple[str, Decimal], TaxAmount] = {}
    for group in groups:
        for tax in group.taxes:
            was = sums.get((tax.code, tax.rate), TaxAmount(tax.code, tax.rate, _ZERO, _ZERO))
            sums[tax.code, tax.rate] = TaxAmount(
                tax.code, tax.rate, was.base + tax.base, was.amount + tax.amount
            )
    return tuple(sums[key] for key in sorted(sums))
