"""Questions the catalog can answer. Nothing here changes anything."""

from modules.catalog.selectors.categories import (
    CategoryRow,
    is_below,
    list_categories,
    paths_of,
)
from modules.catalog.selectors.choices import Choice, PriceListChoice, TaxChoice
from modules.catalog.selectors.documents import (
    DocumentProduct,
    ListedPrices,
    prices_at,
    product_for_document,
)
from modules.catalog.selectors.prices import (
    PriceFilter,
    PriceListRow,
    PriceRow,
    list_price_lists,
    list_prices,
)
from modules.catalog.selectors.products import (
    PAGE_SIZE,
    ProductRow,
    count_products,
    list_products,
)
from modules.catalog.selectors.queries import Order, ProductFilter
from modules.catalog.selectors.references import (
    PRICED,
    PricedRef,
    ProductRef,
    find_priced,
    known_products,
    priced_by_codes,
    products_by_codes,
)
from modules.catalog.selectors.sheets import (
    PackDraft,
    PriceDraft,
    ProductDetails,
    ProductSheet,
    get_product,
    read_sheet,
)
from modules.catalog.selectors.units import UnitRow, list_units

__all__ = [
    "PAGE_SIZE",
    "PRICED",
    "CategoryRow",
    "Choice",
    "DocumentProduct",
    "ListedPrices",
    "Order",
    "PackDraft",
    "PriceDraft",
    "PriceFilter",
    "PriceListChoice",
    "PriceListRow",
    "PriceRow",
    "PricedRef",
    "ProductDetails",
    "ProductFilter",
    "ProductRef",
    "ProductRow",
    "ProductSheet",
    "TaxChoice",
    "UnitRow",
    "count_products",
    "find_priced",
    "get_product",
    "is_below",
    "known_products",
    "list_categories",
    "list_price_lists",
    "list_prices",
    "list_products",
    "list_units",
    "paths_of",
    "priced_by_codes",
    "prices_at",
    "product_for_document",
    "products_by_codes",
    "read_sheet",
]
