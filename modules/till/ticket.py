"""A ticket while it is being filled: values only, no widget, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import Bilingual, in_language
from modules.accounting.api import TaxPlan

# Units of which nobody buys a part.
WHOLE_UNITS = frozenset({"PCE", "CTN"})

_TEXTS = ("code", "barcode", "name", "name_ar", "unit", "tax", "tax_ar", "pack", "pack_ar")
_AMOUNTS = ("quantity", "unit_price", "discount_rate", "factor")


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One product on the ticket.

    Attributes:
        barcode: What was scanned, or the code.
        unit_price: What one costs, taxes included; of a pack, what the pack costs.
        plan: Its taxes on the day of the sale.
        tax: What the tax is called.
        discount_rate: A part of one that is taken off this line.
        pack_id: The pack that is sold; none for single units.
        factor: How many units of the product one of them is.
    """

    product_id: UUID
    code: str
    barcode: str
    name: str
    name_ar: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    plan: TaxPlan
    tax: str = ""
    tax_ar: str = ""
    discount_rate: Decimal = Decimal(0)
    pack_id: UUID | None = None
    pack: str = ""
    pack_ar: str = ""
    factor: Decimal = Decimal(1)
    id: UUID = field(default_factory=uuid7)

    def named(self, language: str) -> str:
        """Return the product's name in a language, with its pack."""
        name = in_language(language, self.name, self.name_ar)
        pack = in_language(language, self.pack, self.pack_ar)
        return f"{name} · {pack}" if pack else name

    def is_same_as(self, other: "TicketLine") -> bool:
        """Whether the other can be counted into this line."""
        mine = (self.product_id, self.pack_id, self.unit_price, self.plan, self.discount_rate)
        return mine == (
            other.product_id,
            other.pack_id,
            other.unit_price,
            other.plan,
            other.discount_rate,
        )


@dataclass(frozen=True, slots=True)
class TicketCustomer(Bilingual):
    """Who buys, if the cashier has said so."""

    id: UUID
    code: str
    name: str
    name_ar: str = ""
    price_list: str | None = None


@dataclass(frozen=True, slots=True)
class SaleDraft:
    """A ticket that nobody has paid yet.

    Attributes:
        discount_rate: A part of one that is taken off the whole.
    """

    lines: tuple[TicketLine, ...] = ()
    discount_rate: Decimal = Decimal(0)
    customer: TicketCustomer | None = None
    id: UUID = field(default_factory=uuid7)

    @property
    def pieces(self) -> int:
        """How many things are on it; what is weighed or measured counts as one."""
        return sum(pieces_of(line.quantity, line.unit) for line in self.lines)

    @property
    def units(self) -> dict[UUID, Decimal]:
        """How many units of each product are on it, packs opened."""
        found: dict[UUID, Decimal] = {}
        for line in self.lines:
            before = found.get(line.product_id, Decimal(0))
            found[line.product_id] = before + line.quantity * line.factor
        return found

    def with_line(self, new: TicketLine) -> "tuple[SaleDraft, int]":
        """Add a line, or count it into one of the same product; also its place."""
        for place, line in enumerate(self.lines):
            if line.is_same_as(new):
                return self.with_changed(place, quantity=line.quantity + new.quantity), place
        return replace(self, lines=(*self.lines, new)), len(self.lines)

    def with_changed(self, place: int, **changes: Any) -> "SaleDraft":
        """Change something of a line."""
        changed = replace(self.lines[place], **changes)
        return replace(self, lines=(*self.lines[:place], changed, *self.lines[place + 1 :]))

    def without(self, place: int) -> "SaleDraft":
        """Take a line off."""
        return replace(self, lines=(*self.lines[:place], *self.lines[place + 1 :]))


def pieces_of(quantity: Decimal, unit: str) -> int:
    """Return how many things a quantity is."""
    return int(quantity) if unit in WHOLE_UNITS else 1


def packed(draft: SaleDraft) -> dict[str, Any]:
    """Return a draft as JSON values, to survive a crash or to wait for its customer."""
    return {
        "id": str(draft.id),
        "lines": [_packed_line(line) for line in draft.lines],
        "discount_rate": str(draft.discount_rate),
        "customer": _packed_customer(draft.customer),
    }


def _packed_customer(customer: TicketCustomer | None) -> dict[str, Any] | None:
    if customer is None:
        return None
    names = {name: getattr(customer, name) for name in ("code", "name", "name_ar", "price_list")}
    return {"id": str(customer.id), **names}


def _packed_line(line: TicketLine) -> dict[str, Any]:
    names = ("id", "product_id", *_TEXTS, *_AMOUNTS)
    plan = {"code": line.plan.code, "taxes": [tax.as_json() for tax in line.plan.taxes]}
    pack_id = str(line.pack_id) if line.pack_id else None
    return {
        **{name: str(getattr(line, name)) for name in names},
        "plan": plan,
        "pack_id": pack_id,
    }


def unpacked(kept: Mapping[str, Any]) -> SaleDraft | None:
    """Return the draft that `packed` kept; none if it is broken."""
    try:
        lines = tuple(_unpacked_line(line) for line in kept["lines"])
        who = kept.get("customer")
        customer = TicketCustomer(**{**who, "id": UUID(who["id"])}) if who else None
        rate = Decimal(kept.get("discount_rate", "0"))
        return SaleDraft(lines, rate, customer, UUID(kept["id"]))
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError):
        return None


def _unpacked_line(kept: Mapping[str, Any]) -> TicketLine:
    values: dict[str, Any] = {name: UUID(kept[name]) for name in ("id", "product_id")}
    values |= {name: str(kept[name]) for name in _TEXTS}
    values |= {name: Decimal(kept[name]) for name in _AMOUNTS}
    values["plan"] = TaxPlan.of(kept["plan"]["code"], kept["plan"]["taxes"])
    values["pack_id"] = UUID(kept["pack_id"]) if kept["pack_id"] else None
    return TicketLine(**values)
