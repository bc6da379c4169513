"""Purchase invoices: what one comes to, and how it is booked. Pure; exact.

backend.execute(POST_PURCHASE, draft.as_json())

VAT is deducted; of a line of no use for that (`none`), and other taxes such as FODEC, it belongs to
the cost. `accounting.purchase_taxes` is the twin in SQL; a test asks both the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.money import CURRENCIES
from modules.accounting.taxes import TaxPlan, figures_of

POST_PURCHASE = "accounting.post_purchase_v1"
UNDO_PURCHASE = "accounting.undo_purchase_v1"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One line of a purchase.

    Attributes:
        account: Code of the account that bears the cost.
        net: Without tax, in the company's currency; a rebate is negative.
        use: What its VAT is deducted for: `goods`, `assets`, or `none`.
        cost_centre: Code of the cost centre.
    """

    account: str
    net: Decimal
    tax_code: str
    use: str = "goods"
    label: str = ""
    cost_centre: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what the gate reads."""
        told = {name: getattr(self, name) for name in PurchaseLine.__dataclass_fields__}
        return {name: str(value) for name, value in told.items() if value != ""}


@dataclass(frozen=True, slots=True)
class PurchaseDraft:
    """A purchase as it is typed.

    Attributes:
        kind: `invoice` or `credit_note`; amounts of both are positive.
        number: The supplier's.
        dated_on: As on the paper; the taxes are those of this day.
        booked_on: The day in the ledger.
        stamp: Stamp duty on the paper; it belongs to the charges.
        total: What the paper says at its end.
    """

    id: UUID
    branch_id: UUID
    kind: str
    party_id: UUID | None
    number: str
    dated_on: date
    booked_on: date
    due_on: date | None
    label: str
    stamp: Decimal
    total: Decimal
    lines: tuple[PurchaseLine, ...]

    def as_json(self) -> dict[str, Any]:
        """Return what the gate reads: amounts travel as text."""
        return {
            "id": str(self.id),
            "branch_id": str(self.branch_id),
            "kind": self.kind,
            "party_id": str(self.party_id) if self.party_id else None,
            "number": self.number,
            "dated_on": self.dated_on.isoformat(),
            "booked_on": self.booked_on.isoformat(),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "label": self.label,
            "stamp": str(self.stamp),
            "total": str(self.total),
            "lines": [line.as_json() for line in self.lines],
        }


@dataclass(frozen=True, slots=True)
class PurchaseFigures:
    """What the lines of a purchase come to, in the company's currency.

    Attributes:
        deductible: VAT that will be deducted.
        cost_tax: Taxes that belong to the cost.
    """

    net: Decimal = _ZERO
    deductible: Decimal = _ZERO
    cost_tax: Decimal = _ZERO

    @property
    def total(self) -> Decimal:
        """With all taxes, without stamp."""
        return self.net + self.deductible + self.cost_tax


def purchase_figures(
    lines: Iterable[PurchaseLine],
    plans: Mapping[str, TaxPlan],
    vat: frozenset[str],
    currency: str,
) -> PurchaseFigures:
    """Reckon a purchase: each tax once for each tax code and use, rounded half up.

    Args:
        lines: Those with a known tax code; others count without tax.
        plans: What each tax code means on the day of the purchase.
        vat: Codes of the taxes that are VAT.
        currency: The company's.
    """
    sums: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        key = (line.tax_code, line.use)
        sums[key] = sums.get(key, _ZERO) + line.net
    deductible = cost_tax = _ZERO
    for (code, use), net in sums.items():
        if code not in plans:
            continue
        figures = figures_of(plans[code], net, CURRENCIES[currency], includes_tax=False)
        part = [tax.amount for tax in figures.taxes if use != "none" and tax.code in vat]
        deductible += sum(part, _ZERO)
        cost_tax += figures.tax - sum(part, _ZERO)
    return PurchaseFigures(sum(sums.values(), _ZERO), deductible, cost_tax)
