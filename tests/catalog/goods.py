"""Products that the tests of the catalog share."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.commands import uuid7
from modules.accounting.api import Tax, TaxPlan
from modules.catalog.selectors import (
    CategoryRow,
    Choice,
    PackDraft,
    PriceDraft,
    PriceListChoice,
    PriceRow,
    ProductSheet,
    TaxChoice,
)
from modules.catalog.services import ProductDraft

DRINKS = CategoryRow(uuid7(), 1, None, "DRI", "Boissons", "مشروبات", is_active=True)
JUICES = CategoryRow(uuid7(), 1, DRINKS.id, "JUI", "Jus", "عصائر", is_active=True)
GONE = CategoryRow(uuid7(), 1, None, "OLD", "Ancien", "", is_active=False)

SHEET = ProductSheet(
    product=None,
    currency="DZD",
    units=(Choice("PCE", "pièce", "قطعة"), Choice("KG", "kilogramme", "كيلوغرام")),
    taxes=(
        TaxChoice(
            *("TVA19", "TVA 19 %", "ر.ق.م 19 %", Decimal("0.19")),
            plan=TaxPlan("TVA19", (Tax("TVA19", Decimal("0.19")),)),
        ),
        TaxChoice(
            *("TVA9", "TVA 9 %", "ر.ق.م 9 %", Decimal("0.09")),
            plan=TaxPlan("TVA9", (Tax("TVA9", Decimal("0.09")),)),
        ),
    ),
    categories=(DRINKS, JUICES, GONE),
    price_lists=(
        PriceListChoice("GROS", "Gros", "جملة", includes_tax=False, is_active=True),
        PriceListChoice("VIP", "Bons clients", "زبائن أوفياء", includes_tax=True, is_active=True),
    ),
)


def draft(code: str, name: str = "", **values: Any) -> ProductDraft:
    """Return a product that can be kept as it is."""
    usual: dict[str, Any] = {
        "name": name or code.title(),
        "unit": "PCE",
        "tax_code": "TVA19",
        "price": Decimal("119.00"),
    }
    return ProductDraft(code=code, **{**usual, **values})


def pack(name: str, factor: str = "12", price: str = "", barcodes: str = "") -> PackDraft:
    """Return a pack that can be kept as it is."""
    return {
        "id": str(uuid7()),
        "name": name,
        "name_ar": "",
        "factor": factor,
        "price": price,
        "barcodes": barcodes,
    }


def listed(price_list: str, price: str, since: str = "2026-01-01", **more: str) -> PriceDraft:
    """Return a price of a list that can be kept as it is."""
    usual: Any = {
        "id": str(uuid7()),
        "price_list": price_list,
        "pack_id": "",
        "min_quantity": "1",
        "price": price,
        "valid_from": since,
        "valid_to": "",
    }
    told: PriceDraft = usual | more
    return told


def price_row(product_id: UUID, price: str, since: str = "2026-01-01", **more: Any) -> PriceRow:
    """Return a row of a price list that can be kept as it is."""
    usual: dict[str, Any] = {
        "id": uuid7(),
        "product_id": product_id,
        "pack_id": None,
        "code": "CAF-1",
        "name": "Café",
        "name_ar": "قهوة",
        "pack": "",
        "min_quantity": Decimal(1),
        "price": Decimal(price),
        "valid_from": date.fromisoformat(since),
        "valid_to": None,
        "own_price": Decimal(119),
        "currency": "DZD",
    }
    return PriceRow(**{**usual, **more})
