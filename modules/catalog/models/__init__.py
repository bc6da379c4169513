"""The tables of the catalog."""

from modules.catalog.models.prices import Category, ListPrice, Pack, Picture, PriceList
from modules.catalog.models.products import Barcode, Product, Unit

__all__ = [
    "Barcode",
    "Category",
    "ListPrice",
    "Pack",
    "Picture",
    "PriceList",
    "Product",
    "Unit",
]
