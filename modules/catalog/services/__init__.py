"""Changes the catalog can make. Each runs inside the caller's transaction."""

from modules.catalog.services.categories import CategoryDraft, save_category
from modules.catalog.services.drafts import ImportDraft, ProductDraft
from modules.catalog.services.importing import import_products
from modules.catalog.services.prices import (
    CopyDraft,
    PriceListDraft,
    PricesReport,
    copy_prices,
    save_price_list,
    save_prices,
)
from modules.catalog.services.products import save_product, set_picture
from modules.catalog.services.units import UnitDraft, save_unit

__all__ = [
    "CategoryDraft",
    "CopyDraft",
    "ImportDraft",
    "PriceListDraft",
    "PricesReport",
    "ProductDraft",
    "UnitDraft",
    "copy_prices",
    "import_products",
    "save_category",
    "save_price_list",
    "save_prices",
    "save_product",
    "save_unit",
    "set_picture",
]
