"""One product with all it has, and what can be chosen for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.api import TaxPlan
from modules.catalog.permissions import Permission
from modules.catalog.selectors.categories import CategoryRow
from modules.catalog.selectors.choices import Choice, PriceListChoice, TaxChoice


class PackDraft(TypedDict):
    """A pack; all texts, so that what is being typed can be kept anywhere.

    An empty price means as many units as are in it; barcodes have spaces between them.
    """

    id: str
    name: str
    name_ar: str
    factor: str
    price: str
    barcodes: str


class PriceDraft(TypedDict):
    """A price of a list; days are ISO dates, `valid_to` is empty where it has no end.

    An empty `pack_id` means the product by its unit.
    """

    id: str
    price_list: str
    pack_id: str
    min_quantity: str
    price: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class ProductDetails:
    """A product with all it has.

    Attributes:
        price_net: Without taxes; none means that it follows from the price.
        picture: `image/png;base64,…`; none without one.
        packs: Those that are sold.
    """

    id: UUID
    version: int
    code: str
    name: str
    name_ar: str
    unit: str
    tax_code: str
    price: Decimal
    reorder_point: Decimal | None
    is_active: bool
    metadata: Mapping[str, Any]
    barcodes: tuple[str, ...]
    price_net: Decimal | None = None
    kind: str = "goods"
    category_id: UUID | None = None
    packs: tuple[PackDraft, ...] = ()
    prices: tuple[PriceDraft, ...] = ()
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class ProductSheet:
    """What the form of a product shows: the product, none for a new one, and what can be chosen."""

    product: ProductDetails | None
    currency: str
    units: tuple[Choice, ...]
    taxes: tuple[Choice, ...]
    categories: tuple[CategoryRow, ...] = ()
    price_lists: tuple[PriceListChoice, ...] = ()

    def plan(self, tax_code: str) -> TaxPlan | None:
        """Return what a tax charges today; none where that is not known."""
        found = next((tax for tax in self.taxes if tax.code == tax_code), None)
        return found.plan if isinstance(found, TaxChoice) else None


def get_product(ctx: Context, product_id: UUID | None) -> ProductSheet:
    """Return a product, or none, with the units and taxes to choose from."""
    ctx.require(Permission.VIEW_PRODUCTS)
    return read_sheet(ctx.call("catalog.product_form_v1", product_id))


def read_sheet(answer: Mapping[str, Any]) -> ProductSheet:
    """Read what `catalog.product_form_v1` says."""
    given = answer["product"]
    return ProductSheet(
        product=_details(given) if given else None,
        currency=answer["currency"],
        units=tuple(Choice(**unit) for unit in answer["units"]),
        taxes=tuple(_tax(tax) for tax in answer["taxes"]),
        categories=tuple(_category(category) for category in answer["categories"]),
        price_lists=tuple(PriceListChoice(**each) for each in answer["price_lists"]),
    )


def _details(given: Mapping[str, Any]) -> ProductDetails:
    exact = {
        "id": UUID(given["id"]),
        "price": Decimal(given["price"]),
        "price_net": _amount(given["price_net"]),
        "category_id": _id(given["category_id"]),
        "reorder_point": _amount(given["reorder_point"]),
        "barcodes": tuple(given["barcodes"]),
        "packs": tuple(_pack(pack) for pack in given["packs"] if pack["is_active"]),
        "prices": tuple(_price(price) for price in given["prices"]),
        "picture": _picture(given["picture"]),
    }
    return ProductDetails(**{**given, **exact})


def _pack(given: Mapping[str, Any]) -> PackDraft:
    return {
        "id": given["id"],
        "name": given["name"],
        "name_ar": given["name_ar"],
        "factor": given["factor"],
        "price": given["price"] or "",
        "barcodes": " ".join(given["barcodes"]),
    }


def _price(given: Mapping[str, Any]) -> PriceDraft:
    return {
        "id": given["id"],
        "price_list": given["price_list"],
        "pack_id": given["pack_id"] or "",
        "min_quantity": given["min_quantity"],
        "price": given["price"],
        "valid_from": given["valid_from"],
        "valid_to": given["valid_to"] or "",
    }


def _picture(given: Mapping[str, str] | None) -> str | None:
    """PostgreSQL breaks base64 into lines."""
    if given is None:
        return None
    return f"{given['media_type']};base64,{given['content'].replace(chr(10), '')}"


def _tax(given: Mapping[str, Any]) -> TaxChoice:
    plan = TaxPlan.of(given["code"], given["taxes"]) if given["taxes"] else None
    own = {name: given[name] for name in ("code", "name", "name_ar")}
    return TaxChoice(**own, rate=_amount(given["rate"]), plan=plan)


def _category(given: Mapping[str, Any]) -> CategoryRow:
    ids = {"id": UUID(given["id"]), "parent_id": _id(given["parent_id"])}
    return CategoryRow(**{**given, **ids})


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
