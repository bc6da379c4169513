"""A ticket that has been paid, as it is printed: from this till, its journal or head office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from erp_desktop.core.i18n import in_language
from erp_desktop.core.money import CURRENCIES
from modules.accounting.api import TaxAmount, TaxPlan
from modules.till.payments import Payment
from modules.till.taxes import taxes_of

_ZERO = Decimal(0)

Kind = Literal["sale", "refund"]


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One product on a paid ticket; on a refund, quantity and amounts are negative.

    Attributes:
        unit_price: What one costs, taxes included.
        amount: What the line costs after its discount.
        net: The part of it that is not tax.
        returned: How much of it came back since, as far as is known.
    """

    id: UUID
    product_id: UUID
    name: str
    name_ar: str
    quantity: Decimal
    unit_price: Decimal
    discount: Decimal
    plan: TaxPlan
    amount: Decimal
    net: Decimal
    pack_id: UUID | None = None
    pack: str = ""
    pack_ar: str = ""
    returned: Decimal = _ZERO

    def named(self, language: str) -> str:
        """Return the product's name in a language, with its pack."""
        name = in_language(language, self.name, self.name_ar)
        pack = in_language(language, self.pack, self.pack_ar)
        return f"{name} · {pack}" if pack else name

    @classmethod
    def from_json(cls, line: Mapping[str, Any], names: Mapping[str, str]) -> "PaidLine":
        """Read one line of a payload or of `till.ticket_v1`; `names` are not part of a payload."""
        pack_id = line.get("pack_id")
        amount = Decimal(line["amount"])
        return cls(
            id=UUID(line["id"]),
            product_id=UUID(line["product_id"]),
            name=names["name"],
            name_ar=names["name_ar"],
            quantity=Decimal(line["quantity"]),
            unit_price=Decimal(line["unit_price"]),
            discount=Decimal(line["discount"]),
            plan=TaxPlan.of(line["tax_code"], line["taxes"]),
            amount=amount,
            net=Decimal(line.get("net") or amount),
            pack_id=UUID(pack_id) if pack_id else None,
            pack=names.get("pack") or "",
            pack_ar=names.get("pack_ar") or "",
            returned=Decimal(line.get("returned") or 0),
        )


@dataclass(frozen=True, slots=True)
class PaidTicket:
    """What the customer took home, or brought back.

    Attributes:
        cashier: The cashier's login.
        customer: Name in French and Arabic; empty if nobody said who buys.
        original_number: The ticket of which a refund gives back.
    """

    id: UUID
    number: str
    kind: Kind
    sold_at: datetime
    cashier: str
    currency: str
    lines: tuple[PaidLine, ...]
    payments: tuple[Payment, ...]
    discount: Decimal = _ZERO
    stamp: Decimal = _ZERO
    rounding: Decimal = _ZERO
    customer: tuple[str, str] = ("", "")
    original_number: str = ""

    @property
    def total(self) -> Decimal:
        """What the goods cost, taxes included."""
        return sum((line.amount for line in self.lines), _ZERO)

    @property
    def due(self) -> Decimal:
        """What was paid in all, with stamp duty and cash rounding."""
        return self.total + self.stamp + self.rounding

    @property
    def tendered(self) -> Decimal:
        """The cash that was given."""
        return sum((payment.tendered for payment in self.payments), _ZERO)

    @property
    def change(self) -> Decimal:
        """The cash that was given back."""
        return sum((payment.change for payment in self.payments), _ZERO)

    @property
    def taxes(self) -> tuple[TaxAmount, ...]:
        """Base and amount of each tax and rate."""
        lines = ((line.plan, line.amount, line.net) for line in self.lines)
        return taxes_of(lines, CURRENCIES[self.currency])

    @classmethod
    def from_json(cls, ticket: Mapping[str, Any]) -> "PaidTicket":
        """Read what `till.ticket_v1` returns, or a payload with what it leaves out."""
        return cls(
            id=UUID(ticket["id"]),
            number=ticket["number"],
            kind=ticket["kind"],
            sold_at=datetime.fromisoformat(ticket["sold_at"]),
            cashier=ticket["cashier"],
            currency=ticket["currency"],
            lines=tuple(PaidLine.from_json(line, line) for line in ticket["lines"]),
            payments=tuple(Payment.from_json(payment) for payment in ticket["payments"]),
            discount=Decimal(ticket["discount"]),
            stamp=Decimal(ticket["stamp"]),
            rounding=Decimal(ticket["rounding"]),
            customer=(ticket.get("customer") or "", ticket.get("customer_ar") or ""),
            original_number=ticket.get("original_number") or "",
        )
