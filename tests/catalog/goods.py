"""Products that the tests of the catalog share."""

from decimal import Decimal
from typing import Any

from modules.catalog.selectors import Choice, ProductSheet
from modules.catalog.services import ProductDraft

SHEET = ProductSheet(
    product=None,
    currency="DZD",
    units=(Choice("PCE", "pièce", "قطعة"), Choice("KG", "kilogramme", "كيلوغرام")),
    taxes=(
        Choice("TVA19", "TVA 19 %", "ر.ق.م 19 %", Decimal("0.19")),
        Choice("TVA9", "TVA 9 %", "ر.ق.م 9 %", Decimal("0.09")),
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
