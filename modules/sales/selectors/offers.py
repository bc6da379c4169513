"""What products cost and are taxed, for the grid of a document; any number in one round trip."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.api import TaxPlan
from modules.catalog.api import ListedPrice, PriceTag
from modules.sales.permissions import Permission
from modules.sales.selectors.reading import typed

# Prices without taxes that follow from prices with them keep this many decimals.
_UNIT = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class PackOffer(Bilingual):
    """A pack of a product: a carton of twelve; `price` includes taxes, None means by the unit."""

    id: UUID
    name: str
    name_ar: str
    factor: Decimal
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class ProductOffer(Bilingual):
    """A product as a document sells it.

    Attributes:
        text: The code or barcode that it was asked for by; empty if by its id.
        scanned_pack: The pack that carries the barcode, if it was one.
        price: Its own, taxes included; `price_net` without, where it is said.
        on_hand: What the branch has; None for a service.
    """

    id: UUID
    text: str
    scanned_pack: UUID | None
    code: str
    name: str
    name_ar: str
    unit: str
    kind: str
    tax_code: str
    is_active: bool
    price: Decimal
    price_net: Decimal | None
    on_hand: Decimal | None
    packs: tuple[PackOffer, ...]
    listed: tuple[ListedPrice, ...]
    lists_tax: bool
    day: date

    def pack(self, pack_id: UUID | None) -> PackOffer | None:
        """Return one of its packs."""
        return next((pack for pack in self.packs if pack.id == pack_id), None)

    def unit_price(
        self, quantity: Decimal, plan: TaxPlan, *, includes_tax: bool, pack_id: UUID | None = None
    ) -> Decimal:
        """Return what one costs when so many are bought, in the document's own terms.

        Args:
            quantity: How many, in packs where there is one.
            plan: Its taxes on the day of the document.
            includes_tax: Whether the document's prices do.
            pack_id: The pack that is sold; none for the unit.
        """
        pack = self.pack(pack_id)
        own, net = self.price, self.price_net
        if pack is not None:
            own = self.price * pack.factor if pack.price is None else pack.price
            net = None if net is None or pack.price is not None else net * pack.factor
        found = PriceTag(own, self.day, pack_id, self.listed, self.lists_tax).price(abs(quantity))
        is_own = found.includes_tax and found.amount == own
        if found.includes_tax == includes_tax:
            return found.amount
        if includes_tax:
            return (found.amount * plan.factor).quantize(_UNIT)
        return net if net is not None and is_own else (found.amount / plan.factor).quantize(_UNIT)


def offers(
    ctx: Context,
    wanted: Sequence[UUID | str],
    *,
    price_list: str | None = None,
    day: date | None = None,
    branch_id: UUID | None = None,
) -> list[ProductOffer]:
    """Return products with all that decides their price; what is not found is left out.

    Args:
        ctx: The transaction to read in.
        wanted: Ids, or texts that are a whole code or barcode.
        price_list: Of the customer.
        day: Of the document; today without one.
        branch_id: Whose stock is told; the user's own branch without one.
    """
    ctx.require(Permission.INVOICE_VIEW)
    ids = [str(each) for each in wanted if isinstance(each, UUID)]
    texts = [each.strip() for each in wanted if isinstance(each, str)]
    answer = ctx.call(
        "sales.offers_v1",
        {"ids": ids, "codes": texts},
        price_list,
        day or ctx.today,
        branch_id or ctx.user.branch.id,
    )
    return [_offer(each, day or ctx.today) for each in answer]


def _offer(given: Mapping[str, Any], day: date) -> ProductOffer:
    packs = tuple(_each(PackOffer, given["packs"]))
    listed = tuple(_each(ListedPrice, given["listed"]))
    return typed(ProductOffer, {**given, "packs": packs, "listed": listed, "day": day.isoformat()})


def _each(kind: type[Any], given: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [typed(kind, each) for each in given]
