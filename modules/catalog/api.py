"""The front door of the catalog: what other modules may ask of it.

The functions that take a workstation read its replica and never the network; the others read
head office, inside the caller's transaction.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.i18n import Bilingual
from erp_desktop.workstation.sets import Row
from erp_desktop.workstation.workstation import Workstation
from modules.catalog.barcodes import spellings
from modules.catalog.links import exact_pack_links, find_pack_links, find_product_links
from modules.catalog.pricing import ListedPrice, Price, PriceTag
from modules.catalog.replica import BARCODES, PACKS, PRICE_LISTS, PRICES, PRODUCTS
from modules.catalog.selectors import (
    DocumentProduct,
    ListedPrices,
    PricedRef,
    ProductFilter,
    ProductRef,
    ProductRow,
    list_products,
    prices_at,
    product_for_document,
    products_by_codes,
)

__all__ = [
    "DocumentProduct",
    "ListedPrice",
    "ListedPrices",
    "Price",
    "PriceTag",
    "PricedRef",
    "ProductFilter",
    "ProductRef",
    "ProductRow",
    "ReplicaPack",
    "ReplicaProduct",
    "exact_pack_links",
    "find_pack_links",
    "find_product",
    "find_product_links",
    "list_products",
    "pack_by_barcode",
    "pack_by_id",
    "packs_of",
    "price_for",
    "price_tag",
    "prices_at",
    "product_by_barcode",
    "product_by_id",
    "product_for_document",
    "products_by_codes",
]


@dataclass(frozen=True, slots=True)
class ReplicaProduct(Bilingual):
    """A product as this workstation knows it."""

    id: UUID
    code: str
    name: str
    name_ar: str
    unit: str
    tax_code: str
    price: Decimal
    price_net: Decimal | None
    kind: str
    category_id: str | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class ReplicaPack(Bilingual):
    """A pack of a product: a carton of twelve, sold as one.

    Attributes:
        factor: How many units of the product are in it.
        price: What it costs, taxes included; none means as many units as are in it.
    """

    id: UUID
    product_id: UUID
    name: str
    name_ar: str
    factor: Decimal
    price: Decimal | None


def product_by_barcode(workstation: Workstation, barcode: str) -> ReplicaProduct | None:
    """Return the product that carries a barcode, if this workstation knows one that is sold."""
    for spelling in spellings(barcode.strip()):
        found = workstation.replica.get(BARCODES.id, spelling)
        if found is None or found["pack_id"]:
            continue
        row = workstation.replica.get(PRODUCTS.id, found["product_id"])
        if row is not None and row["is_active"]:
            return _product(row)
    return None


def pack_by_barcode(
    workstation: Workstation, barcode: str
) -> tuple[ReplicaProduct, ReplicaPack] | None:
    """Return the pack that carries a barcode, with its product, if both are sold."""
    for spelling in spellings(barcode.strip()):
        found = workstation.replica.get(BARCODES.id, spelling)
        if found is None or not found["pack_id"]:
            continue
        row = workstation.replica.get(PACKS.id, found["pack_id"])
        if row is not None and row["is_active"]:
            product = product_by_id(workstation, UUID(row["product_id"]))
            if product is not None and product.is_active:
                return product, _pack(row)
    return None


def pack_by_id(workstation: Workstation, pack_id: UUID) -> ReplicaPack | None:
    """Return a pack, sold or no longer sold, if this workstation knows it."""
    row = workstation.replica.get(PACKS.id, str(pack_id))
    return _pack(row) if row else None


def packs_of(workstation: Workstation, product_id: UUID) -> list[ReplicaPack]:
    """Return the packs of a product that are sold."""
    rows = workstation.replica.by(PACKS.id, product_id=str(product_id))
    return [_pack(row) for row in rows if row["is_active"]]


def price_tag(
    workstation: Workstation,
    product: ReplicaProduct,
    *,
    pack: ReplicaPack | None = None,
    price_list: str | None = None,
    day: date,
) -> PriceTag:
    """Return all that decides what a product or pack costs on a day, at any quantity."""
    own = product.price
    if pack is not None:
        own = product.price * pack.factor if pack.price is None else pack.price
    if not price_list:
        return PriceTag(own, day, pack.id if pack else None)
    rows = workstation.replica.by(PRICES.id, product_id=str(product.id), price_list=price_list)
    row = workstation.replica.get(PRICE_LISTS.id, price_list)
    return PriceTag(
        own,
        day,
        pack.id if pack else None,
        tuple(_listed(each) for each in rows),
        lists_tax=row is None or bool(row["includes_tax"]),
    )


def price_for(
    workstation: Workstation,
    product: ReplicaProduct,
    *,
    pack: ReplicaPack | None = None,
    quantity: Decimal,
    price_list: str | None = None,
    day: date,
) -> Price:
    """Return what one unit or pack costs when so many are bought on a day."""
    tag = price_tag(workstation, product, pack=pack, price_list=price_list, day=day)
    return tag.price(quantity)


def find_product(workstation: Workstation, text: str, *, limit: int = 50) -> list[ReplicaProduct]:
    """Return the products that a search means, best first: its barcode, its code, its words.

    The barcode of a pack means the product that is in it; `pack_by_barcode` knows the pack.
    """
    packed = pack_by_barcode(workstation, text)
    scanned = packed[0] if packed else product_by_barcode(workstation, text)
    rows = workstation.replica.find(PRODUCTS.id, text, limit)
    found = [_product(row) for row in rows if row["is_active"]]
    if scanned is None:
        return found
    return [scanned, *(product for product in found if product.id != scanned.id)]


def product_by_id(workstation: Workstation, product_id: UUID) -> ReplicaProduct | None:
    """Return a product, sold or no longer sold, if this workstation knows it."""
    row = workstation.replica.get(PRODUCTS.id, str(product_id))
    return _product(row) if row else None


def _product(row: Row) -> ReplicaProduct:
    values = {name: row[name] for name in PRODUCTS.columns if name != "id"}
    return ReplicaProduct(id=UUID(row["id"]), **values)


def _pack(row: Row) -> ReplicaPack:
    return ReplicaPack(
        id=UUID(row["id"]),
        product_id=UUID(row["product_id"]),
        name=row["name"],
        name_ar=row["name_ar"] or "",
        factor=row["factor"],
        price=row["price"],
    )


def _listed(row: Row) -> ListedPrice:
    return ListedPrice(
        pack_id=UUID(row["pack_id"]) if row["pack_id"] else None,
        min_quantity=row["min_quantity"],
        price=row["price"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )
