"""A ticket while it is being filled: values only, no widget, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import in_language

# Units of which nobody buys a part.
WHOLE_UNITS = frozenset({"PCE", "CTN"})

_TEXTS = ("code", "barcode", "name", "name_ar", "unit", "tax_code", "tax", "tax_ar")
_AMOUNTS = ("quantity", "unit_price", "tax_rate")


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One product on the ticket.

    Attributes:
        barcode: What was scanned, or the code.
        unit_price: What one costs, taxes included.
        tax_rate: A part of one, valid on the day of the sale.
        tax: What the tax is called.
    """

    product_id: UUID
    code: str
    barcode: str
    name: str
    name_ar: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    tax_code: str
    tax_rate: Decimal
    tax: str = ""
    tax_ar: str = ""
    id: UUID = field(default_factory=uuid7)

    def named(self, language: str) -> str:
        """Return the product's name in a language."""
        return in_language(language, self.name, self.name_ar)

    def is_same_as(self, other: "TicketLine") -> bool:
        """Whether the other can be counted into this line."""
        mine = (self.product_id, self.unit_price, self.tax_code, self.tax_rate)
        return mine == (other.product_id, other.unit_price, other.tax_code, other.tax_rate)


@dataclass(frozen=True, slots=True)
class SaleDraft:
    """A ticket that nobody has paid yet."""

    lines: tuple[TicketLine, ...] = ()
    id: UUID = field(default_factory=uuid7)

    @property
    def pieces(self) -> int:
        """How many things are on it; what is weighed or measured counts as one."""
        return sum(pieces_of(line.quantity, line.unit) for line in self.lines)

    def with_line(self, new: TicketLine) -> "tuple[SaleDraft, int]":
        """Add a line, or count it into one of the same product; also its place."""
        for place, line in enumerate(self.lines):
            if line.is_same_as(new):
                return self.with_quantity(place, line.quantity + new.quantity), place
        return replace(self, lines=(*self.lines, new)), len(self.lines)

    def with_quantity(self, place: int, quantity: Decimal) -> "SaleDraft":
        """Change how many a line has; it must be more than zero."""
        changed = replace(self.lines[place], quantity=quantity)
        return replace(self, lines=(*self.lines[:place], changed, *self.lines[place + 1 :]))

    def without(self, place: int) -> "SaleDraft":
        """Take a line off."""
        return replace(self, lines=(*self.lines[:place], *self.lines[place + 1 :]))


def pieces_of(quantity: Decimal, unit: str) -> int:
    """Return how many things a quantity is."""
    return int(quantity) if unit in WHOLE_UNITS else 1


def packed(draft: SaleDraft) -> dict[str, Any]:
    """Return a draft as JSON values, to survive a crash."""
    return {"id": str(draft.id), "lines": [_packed_line(line) for line in draft.lines]}


def _packed_line(line: TicketLine) -> dict[str, str]:
    names = ("id", "product_id", *_TEXTS, *_AMOUNTS)
    return {name: str(getattr(line, name)) for name in names}


def unpacked(kept: Mapping[str, Any]) -> SaleDraft | None:
    """Return the draft that `packed` kept; none if it is broken."""
    try:
        lines = tuple(_unpacked_line(line) for line in kept["lines"])
        return SaleDraft(lines, UUID(kept["id"]))
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError):
        return None


def _unpacked_line(kept: Mapping[str, str]) -> TicketLine:
    values: dict[str, Any] = {name: UUID(kept[name]) for name in ("id", "product_id")}
    values |= {name: str(kept[name]) for name in _TEXTS}
    values |= {name: Decimal(kept[name]) for name in _AMOUNTS}
    return TicketLine(**values)
