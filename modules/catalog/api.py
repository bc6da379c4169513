"""The front door of the catalog: what other modules may ask of it.

The functions that take a workstation read its replica and never the network; the others read
head office, inside the caller's transaction.
"""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.i18n import in_language
from erp_desktop.workstation.sets import Row
from erp_desktop.workstation.workstation import Workstation
from modules.catalog.barcodes import spellings
from modules.catalog.imports.amounts import read_amount
from modules.catalog.imports.fields import propose_columns, squeezed
from modules.catalog.imports.reading import Table, read_table
from modules.catalog.replica import BARCODES, PRODUCTS
from modules.catalog.selectors import (
    ProductFilter,
    ProductRef,
    ProductRow,
    list_products,
    products_by_codes,
)

__all__ = [
    "ProductFilter",
    "ProductRef",
    "ProductRow",
    "ReplicaProduct",
    "Table",
    "find_product",
    "list_products",
    "product_by_barcode",
    "product_by_id",
    "products_by_codes",
    "propose_columns",
    "read_amount",
    "read_table",
    "squeezed",
]


@dataclass(frozen=True, slots=True)
class ReplicaProduct:
    """A product as this workstation knows it."""

    id: UUID
    code: str
    name: str
    name_ar: str
    unit: str
    tax_code: str
    price: Decimal
    is_active: bool

    def named(self, language: str) -> str:
        """Return its name in a language; a product without an Arabic name keeps its own."""
        return in_language(language, self.name, self.name_ar)


def product_by_barcode(workstation: Workstation, barcode: str) -> ReplicaProduct | None:
    """Return the product that carries a barcode, if this workstation knows one that is sold."""
    for spelling in spellings(barcode.strip()):
        found = workstation.replica.get(BARCODES.id, spelling)
        row = workstation.replica.get(PRODUCTS.id, found["product_id"]) if found else None
        if row is not None and row["is_active"]:
            return _product(row)
    return None


def find_product(workstation: Workstation, text: str, *, limit: int = 50) -> list[ReplicaProduct]:
    """Return the products that a search means, best first: its barcode, its code, its words."""
    scanned = product_by_barcode(workstation, text)
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
