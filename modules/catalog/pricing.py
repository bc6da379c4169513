"""What a product costs: its own price, or that of a price list, by quantity and date. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ListedPrice:
    """One price of a price list.

    Attributes:
        pack_id: The pack it is for; none for the product by its unit.
        min_quantity: From so many on, in packs where it is a pack's price.
        valid_to: Its last day; none if it has no end.
    """

    pack_id: UUID | None
    min_quantity: Decimal
    price: Decimal
    valid_from: date
    valid_to: date | None


def best_price(
    prices: Iterable[ListedPrice], *, pack_id: UUID | None, quantity: Decimal, day: date
) -> Decimal | None:
    """Return the price for a quantity on a day: that of the largest step reached, if any is.

    Of two rows of the same step the younger one is meant.
    """
    fitting = [
        price
        for price in prices
        if price.pack_id == pack_id
        and price.min_quantity <= quantity
        and price.valid_from <= day
        and (price.valid_to is None or day <= price.valid_to)
    ]
    found = max(fitting, key=lambda price: (price.min_quantity, price.valid_from), default=None)
    return found.price if found else None


@dataclass(frozen=True, slots=True)
class Price:
    """What something costs, and whether taxes are in it."""

    amount: Decimal
    includes_tax: bool


@dataclass(frozen=True, slots=True)
class PriceTag:
    """All that decides what a product or pack costs on a day.

    Attributes:
        own: Its own price, taxes included; what counts where no list has a price for it.
        listed: The prices of the customer's list.
        lists_tax: Whether those include taxes.
    """

    own: Decimal
    day: date
    pack_id: UUID | None = None
    listed: tuple[ListedPrice, ...] = ()
    lists_tax: bool = True

    def price(self, quantity: Decimal) -> Price:
        """Return what one costs when so many are bought."""
        found = best_price(self.listed, pack_id=self.pack_id, quantity=quantity, day=self.day)
        if found is None:
            return Price(self.own, includes_tax=True)
        return Price(found, includes_tax=self.lists_tax)
