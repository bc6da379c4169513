"""What was typed into a list of prices and is not saved yet, whatever of it is shown now. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _
from erp_desktop.core.links import LinkChoice
from erp_desktop.core.money import CURRENCIES, round_money
from modules.catalog.selectors import PricedRef, PriceRow
from modules.catalog.widgets.grid_field import required


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
        code = f"{row.code} · {row.pack}" if row.pack else row.code
        names = (row.named("fr"), row.named("ar"))
        what = LinkChoice(row.pack_id or row.product_id, code, *names, record=row)
        return cls(row.id, what, row.min_quantity, row.price, row.valid_from, row.valid_to)

    @property
    def own(self) -> tuple[Decimal, str] | None:
        """What the product or pack costs without the list, taxes included, and the currency."""
        record = self.what.record if self.what else None
        if isinstance(record, PriceRow):
            return record.own_price, record.currency
        return (record.price, record.currency) if isinstance(record, PricedRef) else None


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
    record = required(line.what, N_("Product")).record
    price = required(line.price, N_("Price"))
    begins = required(line.valid_from, N_("Valid from"))
    own = record.own_price if isinstance(record, PriceRow) else record.price
    return PriceRow(
        id=line.id,
        product_id=record.product_id,
        pack_id=record.pack_id,
        code=record.code,
        name=record.name,
        name_ar=record.name_ar,
        pack=record.pack,
        pack_ar=record.pack_ar,
        min_quantity=required(line.min_quantity, N_("From quantity")),
        price=round_money(price, CURRENCIES[record.currency]),
        valid_from=begins,
        valid_to=line.valid_to,
        own_price=own,
        currency=record.currency,
    )


@dataclass(slots=True)
class PriceChanges:
    """Lines that were added, changed or removed, by id."""

    added: dict[UUID, ListLine] = field(default_factory=dict)
    changed: dict[UUID, ListLine] = field(default_factory=dict)
    removed: set[UUID] = field(default_factory=set)

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
