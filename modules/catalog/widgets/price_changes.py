"""What was typed into a list of prices and is not saved yet, whatever of it is shown now. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _
from erp_desktop.core.links import LinkChoice
from erp_desktop.core.money import CURRENCIES, round_money
from modules.catalog.selectors import PricedRef, PriceRow
from modules.catalog.widgets.grid_field import required


@dataclass(frozen=True, slots=True)
class Thing:
    """What a price is of: a product by its unit, or one of its packs.

    Attributes:
        own_price: What it costs without a list, taxes included.
    """

    product_id: UUID
    pack_id: UUID | None
    code: str
    name: str
    name_ar: str
    pack: str
    pack_ar: str
    own_price: Decimal
    currency: str

    @classmethod
    def of(cls, known: "PriceRow | PricedRef | Thing") -> "Thing":
        """Return what a row, or a choice, is of."""
        own = known.price if isinstance(known, PricedRef) else known.own_price
        names = (known.code, known.name, known.name_ar, known.pack, known.pack_ar)
        return cls(known.product_id, known.pack_id, *names, own, known.currency)

    def link(self, named: str, named_ar: str) -> LinkChoice:
        """Return it as it is chosen."""
        code = f"{self.code} · {self.pack}" if self.pack else self.code
        return LinkChoice(self.pack_id or self.product_id, code, named, named_ar, record=self)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A price while it is being typed; `what` is a product or one of its packs."""

    id: UUID
    what: LinkChoice | None = None
    min_quantity: Decimal | None = Decimal(1)
    price: Decimal | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @classmethod
    def of(cls, row: PriceRow) -> "ListLine":
        """Return a price as it is kept now."""
        what = Thing.of(row).link(row.named("fr"), row.named("ar"))
        return cls(row.id, what, row.min_quantity, row.price, row.valid_from, row.valid_to)

    @classmethod
    def unpacked(cls, values: Sequence[Any]) -> "ListLine":
        """Return the line that `packed` has told."""
        identity, what, *rest = values
        if what is None:
            return cls(identity, None, *rest)
        thing, names = what
        return cls(identity, Thing(*thing).link(*names), *rest)

    def packed(self) -> tuple[Any, ...]:
        """Return it as a draft keeps it, with all that must be known to save it later."""
        what, thing = self.what, self.thing
        told = (astuple(thing), (what.name, what.name_ar)) if what and thing else None
        days = (self.valid_from, self.valid_to)
        return (self.id, told, self.min_quantity, self.price, *days)

    @property
    def thing(self) -> Thing | None:
        """What it is the price of."""
        return Thing.of(self.what.record) if self.what else None


def new_line(today: date) -> ListLine:
    """Return an empty line: a price from today on."""
    return ListLine(uuid7(), valid_from=today)


def row_of(line: ListLine, place: int) -> PriceRow:
    """Return a price as services keep it.

    Raises:
        ValueError: Something is missing, in the user's words.
    """
    try:
        return _row(line)
    except ValueError as error:
        raise ValueError(_("Line {n}: {problem}").format(n=place, problem=error)) from error


def _row(line: ListLine) -> PriceRow:
    thing = required(line.thing, N_("Product"))
    price = required(line.price, N_("Price"))
    return PriceRow(
        id=line.id,
        product_id=thing.product_id,
        pack_id=thing.pack_id,
        code=thing.code,
        name=thing.name,
        name_ar=thing.name_ar,
        pack=thing.pack,
        min_quantity=required(line.min_quantity, N_("From quantity")),
        price=round_money(price, CURRENCIES[thing.currency]),
        valid_from=required(line.valid_from, N_("Valid from")),
        valid_to=line.valid_to,
        own_price=thing.own_price,
        currency=thing.currency,
        pack_ar=thing.pack_ar,
    )


@dataclass(slots=True)
class PriceChanges:
    """Lines that were added, changed or removed, by id."""

    added: dict[UUID, ListLine] = field(default_factory=dict)
    changed: dict[UUID, ListLine] = field(default_factory=dict)
    removed: set[UUID] = field(default_factory=set)

    @classmethod
    def unpacked(cls, values: Mapping[str, Any]) -> "PriceChanges":
        """Return what `packed` has told."""
        added, changed = (
            {line.id: line for line in map(ListLine.unpacked, values[name])}
            for name in ("added", "changed")
        )
        return cls(added, changed, set(values["removed"]))

    def packed(self) -> dict[str, Any]:
        """Return them as a draft keeps them."""
        return {
            "added": [line.packed() for line in self.added.values()],
            "changed": [line.packed() for line in self.changed.values()],
            "removed": list(self.removed),
        }

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def note(self, loaded: Mapping[UUID, ListLine], lines: Sequence[ListLine]) -> None:
        """Note how the lines that are shown differ from what was loaded."""
        shown = {line.id: line for line in lines}
        self.added = {identity: line for identity, line in shown.items() if identity not in loaded}
        self.removed = (self.removed - shown.keys()) | (loaded.keys() - shown.keys())
        for identity in loaded.keys() & shown.keys():
            if shown[identity] == loaded[identity]:
                self.changed.pop(identity, None)
            else:
                self.changed[identity] = shown[identity]
        for identity in self.removed:
            self.changed.pop(identity, None)

    def over(self, loaded: Sequence[ListLine]) -> list[ListLine]:
        """Return what is to be shown of loaded lines: changed as they are, without the removed."""
        return [self.changed.get(line.id, line) for line in loaded if line.id not in self.removed]

    def lines(self) -> list[ListLine]:
        """Return the lines to save."""
        return [*self.added.values(), *self.changed.values()]
