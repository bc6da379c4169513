"""Products as they are to be kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import uuid7
from modules.catalog.selectors import PackDraft, PriceDraft, ProductDetails


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product as it is to be kept; its lists are all that it has.

    Attributes:
        price_net: Without taxes; none follows from the price.
        picture: `image/png;base64,…`; empty takes it away, none leaves it as it is.
    """

    code: str = ""
    name: str = ""
    name_ar: str = ""
    unit: str = ""
    tax_code: str = ""
    price: Decimal = Decimal(0)
    reorder_point: Decimal | None = None
    is_active: bool = True
    barcodes: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    price_net: Decimal | None = None
    kind: str = "goods"
    category_id: UUID | None = None
    packs: tuple[PackDraft, ...] = ()
    prices: tuple[PriceDraft, ...] = ()
    picture: str | None = None

    @classmethod
    def of(cls, product: ProductDetails) -> "ProductDraft":
        """Return a product as it is kept now."""
        return cls(**{name: getattr(product, name) for name in cls.__dataclass_fields__})

    def as_json(self, product_id: UUID, version: int | None = None) -> dict[str, Any]:
        """Return what PostgreSQL reads; amounts travel as text."""
        exact = {
            "id": str(product_id),
            "version": version,
            "price": str(self.price),
            "price_net": _text(self.price_net),
            "category_id": _text(self.category_id),
            "reorder_point": _text(self.reorder_point),
            "barcodes": list(self.barcodes),
            "packs": [pack_json(pack) for pack in self.packs],
            "prices": [price_json(price) for price in self.prices],
        }
        told = {**asdict(self), **exact}
        if self.picture is None:
            del told["picture"]
        else:
            told["picture"] = _picture_json(self.picture)
        return told


@dataclass(frozen=True, slots=True)
class ImportDraft(ProductDraft):
    """A product as a file describes it.

    Attributes:
        category: Code or name of a category, or a path `Drinks > Juices`; what is missing is made.
        kind: Empty leaves it as it is; of a new product it is goods.
    """

    kind: str = ""
    category: str = ""


def import_row(draft: ProductDraft) -> dict[str, Any]:
    """Return a row as `catalog.import_products_v1` reads it."""
    told = draft.as_json(uuid7())
    return {**told, "kind": draft.kind or None, "barcode": " ".join(draft.barcodes)}


def pack_json(pack: PackDraft) -> dict[str, Any]:
    """Return a pack as PostgreSQL reads it."""
    told = {**pack, "price": pack["price"] or None, "barcodes": pack["barcodes"].split()}
    return {**told, "is_active": True}


def price_json(price: PriceDraft) -> dict[str, Any]:
    """Return a price as PostgreSQL reads it."""
    told = {"pack_id": price["pack_id"] or None, "valid_to": price["valid_to"] or None}
    return {**price, **told}


def _picture_json(picture: str) -> dict[str, str] | None:
    media_type, _comma, content = picture.partition(";base64,")
    return {"media_type": media_type, "content": content} if content else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
