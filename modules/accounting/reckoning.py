"""What a document amounts to: the one engine of till, invoice, return and ledger. Pure.

A line's amount is quantity × price, rounded half up, less its discounts; taxes are reckoned per
plan on the sums (`taxes`). What sums up must: where the parts of a sum are rounded, what they lack
stands on the largest lines, a centime each, beginning with the largest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import cycle

from erp_desktop.core.money import Currency, round_money
from modules.accounting.taxes import PlanFigures, TaxAmount, TaxPlan, figures_of

_ZERO = Decimal(0)
# Enough digits that a product or quotient is rounded once only, whatever the amount.
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
    with localcontext(prec=_DIGITS):
        gross, own = _priced(lines, currency)
        rest = _differences(gross, own)
        taken = round_money(sum(rest, _ZERO) * discount_rate, currency) + discount
        shares = allocate(taken, rest, currency)
        amounts = _differences(rest, shares)
        plans = [line.plan for line in lines]
        taxed = _Taxed.of(plans, amounts, currency, includes_tax=includes_tax)
    discounts = _differences(gross, amounts)
    figures = zip(gross, discounts, amounts, taxed.nets, taxed.taxes, strict=True)
    return taxed.reckoning(LineFigures(*each) for each in figures)


def reckon_return(
    lines: Sequence[Given],
    quantities: Sequence[Decimal],
    currency: Currency,
    *,
    includes_tax: bool,
) -> Reckoning:
    """Reckon what comes back of a document; all figures are negative.

    Each figure is the difference between all that had come back before and all that has until now,
    so that returns in any number of parts add up to the document, to the last centime. A line's
    gross is what it amounted to: its discount has been taken off already.

    Args:
        lines: The document's lines, with what came back before.
        quantities: What comes back now of each line; zero for nothing.
        currency: Decides the decimals.
        includes_tax: Whether the document's prices did.
    """
    plans = [line.plan for line in lines]
    pairs = list(zip(lines, quantities, strict=True))
    with localcontext(prec=_DIGITS):
        before = [_part(line, line.before, currency) for line in lines]
        until = [_part(line, line.before + back, currency) for line, back in pairs]
        taxed_before = _Taxed.of(plans, before, currency, includes_tax=includes_tax)
        taxed_until = _Taxed.of(plans, until, currency, includes_tax=includes_tax)
    taxed = taxed_before.less(taxed_until)
    figures = zip(_differences(before, until), taxed.nets, taxed.taxes, strict=True)
    return taxed.reckoning(
        LineFigures(amount, _ZERO, amount, net, tax) for amount, net, tax in figures
    )


def allocate(amount: Decimal, weights: Sequence[Decimal], currency: Currency) -> list[Decimal]:
    """Share an amount among lines by the size of their weights; the shares add up to it.

    Args:
        amount: To be shared; whole units of the currency.
        weights: What each line is worth; only the size counts. All zero: the first takes it.
        currency: Decides the decimals.
    """
    whole = sum(map(abs, weights), _ZERO)
    with localcontext(prec=_DIGITS):
        shares = [
            round_money(amount * abs(weight) / whole, currency) if whole else _ZERO
            for weight in weights
        ]
    return _settled(shares, amount, weights, currency)


def _priced(lines: Sequence[Line], currency: Currency) -> tuple[list[Decimal], list[Decimal]]:
    """Return what each line is worth, and what its own discounts take off."""
    gross = [round_money(line.quantity * line.unit_price, currency) for line in lines]
    own = [
        round_money(whole * line.discount_rate, currency) + line.discount
        for whole, line in zip(gross, lines, strict=True)
    ]
    return gross, own


def _part(line: Given, quantity: Decimal, currency: Currency) -> Decimal:
    return round_money(line.amount * quantity / line.quantity, currency)


def _settled(
    parts: Sequence[Decimal], whole: Decimal, weights: Sequence[Decimal], currency: Currency
) -> list[Decimal]:
    """Let rounded parts add up to the whole: the largest take a unit more or less each."""
    settled = list(parts)
    lack = whole - sum(parts, _ZERO)
    largest = sorted(range(len(parts)), key=lambda place: -abs(weights[place]))
    for place in cycle(largest):
        if not lack:
            break
        is_small = abs(lack) < currency.unit or not any(weights)
        step = lack if is_small else currency.unit.copy_sign(lack)
        settled[place] += step
        lack -= step
    return settled


def _differences(before: Sequence[Decimal], until: Sequence[Decimal]) -> list[Decimal]:
    return [was - now for was, now in zip(before, until, strict=True)]


@dataclass(frozen=True, slots=True)
class _Taxed:
    """Net price and taxes of lines: of each plan what is booked, of each line what informs."""

    groups: dict[TaxPlan, PlanFigures]
    nets: list[Decimal]
    taxes: list[Decimal]

    @classmethod
    def of(
        cls,
        plans: Sequence[TaxPlan],
        amounts: Sequence[Decimal],
        currency: Currency,
        *,
        includes_tax: bool,
    ) -> "_Taxed":
        """Tax the amounts of lines, each under its plan."""
        places: dict[TaxPlan, list[int]] = {}
        for place, plan in enumerate(plans):
            places.setdefault(plan, []).append(place)
        groups, shown = {}, [_ZERO] * len(amounts)
        for plan, mine in places.items():
            parts = [amounts[place] for place in mine]
            group = figures_of(plan, sum(parts, _ZERO), currency, includes_tax=includes_tax)
            groups[plan] = group
            alone = _alone(plan, parts, currency, includes_tax=includes_tax)
            whole = group.net if includes_tax else group.tax
            for place, figure in zip(mine, _settled(alone, whole, parts, currency), strict=True):
                shown[place] = figure
        if includes_tax:
            return cls(groups, shown, _differences(amounts, shown))
        return cls(groups, list(amounts), shown)

    def less(self, other: "_Taxed") -> "_Taxed":
        """Return the difference of each figure; both tax the same lines."""
        groups = {
            plan: _difference(group, other.groups[plan]) for plan, group in self.groups.items()
        }
        nets = _differences(self.nets, other.nets)
        return _Taxed(groups, nets, _differences(self.taxes, other.taxes))

    def reckoning(self, lines: Iterable[LineFigures]) -> Reckoning:
        """Return the document of these lines."""
        net = sum((group.net for group in self.groups.values()), _ZERO)
        return Reckoning(tuple(lines), _merged(self.groups.values()), net)


def _alone(
    plan: TaxPlan, amounts: Sequence[Decimal], currency: Currency, *, includes_tax: bool
) -> list[Decimal]:
    """Return each line's net price, or its tax where prices are without, as if it were alone."""
    if includes_tax:
        factor = plan.factor
        return [round_money(amount / factor, currency) for amount in amounts]
    return [figures_of(plan, amount, currency, includes_tax=False).tax for amount in amounts]


def _difference(was: PlanFigures, now: PlanFigures) -> PlanFigures:
    taxes = (
        TaxAmount(one.code, one.rate, one.base - other.base, one.amount - other.amount)
        for one, other in zip(was.taxes, now.taxes, strict=True)
    )
    return PlanFigures(was.net - now.net, tuple(taxes))


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
