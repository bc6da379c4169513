"""What an invoice or credit note amounts to, by the engine of accounting. Pure.

PostgreSQL reckons the same again when it is posted (`sales.check_figures`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.money import CURRENCIES, Currency, round_money
from modules.accounting.api import (
    Given,
    Line,
    LineFigures,
    Reckoning,
    TaxAmount,
    TaxPlan,
    reckon,
    reckon_return,
    stamp_duty,
)
from modules.sales.drafts import InvoiceDraft, InvoiceLineDraft
from modules.sales.errors import MoreThanSoldError, TaxRateMissingError

_ZERO = Decimal(0)
_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class StampRules:
    """The stamp duties of a day, as `accounting.law_values` says them; none where there is none.

    Attributes:
        invoice: Charged on every invoice (Tunisia).
        cash: Charged on what is paid in cash (Algeria, Morocco).
    """

    invoice: Mapping[str, Any] | None = None
    cash: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class OriginalLine:
    """A line of an invoice of which something comes back.

    Attributes:
        amount: What it amounted to after its discounts, in the price's own terms.
        returned: How many came back by earlier credit notes.
    """

    id: UUID
    product_id: UUID
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal
    plan: TaxPlan
    returned: Decimal = _ZERO

    @property
    def left(self) -> Decimal:
        """How many may still come back."""
        return self.quantity - self.returned


@dataclass(frozen=True, slots=True)
class InvoiceLineFigures:
    """What a line amounts to, with the taxes that it bears."""

    plan: TaxPlan
    figures: LineFigures


@dataclass(frozen=True, slots=True)
class InvoiceFigures:
    """What a document amounts to.

    Attributes:
        stamp: Stamp duty, on top of the total.
        lines: One for each line of the draft, in its order.
    """

    net: Decimal
    taxes: tuple[TaxAmount, ...]
    stamp: Decimal
    lines: tuple[InvoiceLineFigures, ...]

    @property
    def tax(self) -> Decimal:
        """All taxes."""
        return sum((tax.amount for tax in self.taxes), _ZERO)

    @property
    def total(self) -> Decimal:
        """Net price and taxes."""
        return self.net + self.tax

    @property
    def to_pay(self) -> Decimal:
        """Total and stamp duty."""
        return self.total + self.stamp

    @property
    def discount(self) -> Decimal:
        """All that was taken off, of the lines and of the whole."""
        return sum((line.figures.discount for line in self.lines), _ZERO)


def reckon_invoice(
    draft: InvoiceDraft,
    plans: Mapping[str, TaxPlan],
    stamps: StampRules,
    originals: Sequence[OriginalLine] = (),
) -> InvoiceFigures:
    """Reckon a document.

    Args:
        draft: The document; without lines everything is zero.
        plans: What each tax code means on its day; a code without a rate is missing.
        stamps: The stamp duties of its day.
        originals: All lines of the invoice that a credit note gives back of.

    Raises:
        TaxRateMissingError: A tax of a line has no rate on that day.
        MoreThanSoldError: More would come back of a line than was sold.
    """
    currency = CURRENCIES[draft.currency]
    if originals:
        lines, reckoning = _returned(draft, originals, currency)
    else:
        lines, reckoning = _sold(draft, plans, currency)
    stamp = stamp_of(draft.kind, draft.payment_method, reckoning.total, stamps, currency)
    return InvoiceFigures(reckoning.net, reckoning.taxes, stamp, lines)


def stamp_of(
    kind: str, payment_method: str, total: Decimal, stamps: StampRules, currency: Currency
) -> Decimal:
    """Return the stamp duty of a document that amounts to `total`; the twin of `sales.stamp_of`.

    A credit note that bears a duty never leaves the customer owing for what they gave back.
    """
    is_charged = kind == "invoice" or (stamps.invoice or {}).get("on_credit_notes")
    rule = stamps.invoice if is_charged else None
    if rule is None and kind == "invoice" and payment_method == "cash":
        rule = stamps.cash
    if rule is None or rule.get("borne_by") == "seller":
        return Decimal(0)
    duty = stamp_duty(rule, whole=total, cash=total, currency=currency)
    return duty if kind == "invoice" else min(duty, -total)


def payment_stamp(
    method: str, amount: Decimal, rule: Mapping[str, Any] | None, currency: Currency
) -> Decimal:
    """Return the duty of a payment in cash; `amount` settles invoices that bear no duty yet."""
    if method != "cash" or rule is None or rule.get("borne_by") == "seller":
        return Decimal(0)
    return stamp_duty(rule, whole=amount, cash=amount, currency=currency)


def _sold(
    draft: InvoiceDraft, plans: Mapping[str, TaxPlan], currency: Currency
) -> tuple[tuple[InvoiceLineFigures, ...], Reckoning]:
    plan_of = [_plan(line, plans) for line in draft.lines]
    reckoning = reckon(
        [
            Line(line.quantity, line.unit_price, plan, discount_rate=line.discount_rate / _PERCENT)
            for line, plan in zip(draft.lines, plan_of, strict=True)
        ],
        currency,
        includes_tax=draft.includes_tax,
        discount=draft.discount,
    )
    lines = zip(plan_of, reckoning.lines, strict=True)
    return tuple(InvoiceLineFigures(*each) for each in lines), reckoning


def _plan(line: InvoiceLineDraft, plans: Mapping[str, TaxPlan]) -> TaxPlan:
    if line.tax_code not in plans:
        raise TaxRateMissingError(tax=line.tax_code)
    return plans[line.tax_code]


def _returned(
    draft: InvoiceDraft, originals: Sequence[OriginalLine], currency: Currency
) -> tuple[tuple[InvoiceLineFigures, ...], Reckoning]:
    back = {line.original_line_id: -line.quantity for line in draft.lines}
    if any(back.get(each.id, _ZERO) > each.left for each in originals):
        raise MoreThanSoldError
    reckoning = reckon_return(
        [Given(each.quantity, each.amount, each.plan, each.returned) for each in originals],
        [back.get(each.id, _ZERO) for each in originals],
        currency,
        includes_tax=draft.includes_tax,
    )
    places = {each.id: place for place, each in enumerate(originals)}
    lines = []
    for line in draft.lines:
        place = places[line.original_line_id]  # type: ignore[index]
        figures = reckoning.lines[place]
        gross = round_money(line.quantity * line.unit_price, currency)
        told = replace(figures, gross=gross, discount=gross - figures.amount)
        lines.append(InvoiceLineFigures(originals[place].plan, told))
    return _summing_up(lines, reckoning.net), reckoning


def _summing_up(
    lines: Sequence[InvoiceLineFigures], net: Decimal
) -> tuple[InvoiceLineFigures, ...]:
    """Let the lines' net prices add up: a centime of a line that stays stands on the largest."""
    lack = net - sum((line.figures.net for line in lines), _ZERO)
    if not lack:
        return tuple(lines)
    largest = max(range(len(lines)), key=lambda place: abs(lines[place].figures.amount))
    was = lines[largest].figures
    told = replace(was, net=was.net + lack, tax=was.tax - lack)
    return (*lines[:largest], replace(lines[largest], figures=told), *lines[largest + 1 :])
