"""The list of products, page by page."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.catalog.models import Barcode, Category, Product
from modules.catalog.permissions import Permission
from modules.catalog.selectors.queries import (
    ProductFilter,
    conditions,
    currency,
    is_exact,
    keyset,
)

PAGE_SIZE = 200


@dataclass(frozen=True, slots=True)
class ProductRow(Bilingual):
    """One line of the product list.

    Attributes:
        barcode: The first of its own barcodes; empty if it has none.
        price_net: Without taxes; none means that it follows from the price.
        category: Name of its category; empty without one.
        is_exact: The search was its whole code or one of its barcodes.
    """

    id: UUID
    version: int
    code: str
    name: str
    name_ar: str
    unit: str
    tax_code: str
    price: Decimal
    is_active: bool
    barcode: str
    currency: str
    price_net: Decimal | None = None
    kind: str = "goods"
    category: str = ""
    category_ar: str = ""
    is_exact: bool = False


def list_products(
    ctx: Context, wanted: ProductFilter, *, after: ProductRow | None = None
) -> list[ProductRow]:
    """Return one page of products; whose code or barcode was typed comes first.

    Args:
        ctx: The transaction to read in.
        wanted: Which ones.
        after: Continue below this row, the last of the page before.
    """
    ctx.require(Permission.VIEW_PRODUCTS)
    return ctx.rows(ProductRow, _page(wanted, after))


def count_products(ctx: Context, wanted: ProductFilter) -> int:
    """Return how many products `wanted` finds."""
    ctx.require(Permission.VIEW_PRODUCTS)
    asked = conditions(wanted, is_exact(wanted.text))
    found = ctx.connection.execute(select(func.count()).select_from(Product).where(*asked))
    return int(found.scalar_one())


def _page(wanted: ProductFilter, after: ProductRow | None) -> Select[Any]:
    exact = is_exact(wanted.text)
    order = keyset(wanted, exact)
    query = (
        select(*_columns(), exact)
        .select_from(Product)
        .outerjoin(Category, Category.id == Product.category_id)
        .where(*conditions(wanted, exact))
    )
    if after is not None:
        last = getattr(after, wanted.order)
        query = query.where(order.below(last, after.id, is_exact=after.is_exact))
    return query.order_by(*order.ordering()).limit(PAGE_SIZE)


def _columns() -> tuple[Any, ...]:
    first = select(func.coalesce(func.min(Barcode.barcode), "")).where(
        Barcode.product_id == Product.id, Barcode.pack_id.is_(None)
    )
    own = (Product.id, Product.version, Product.code, Product.name, Product.name_ar, Product.unit)
    rest = (Product.tax_code, Product.price, Product.is_active)
    told = (func.coalesce(Category.name, ""), func.coalesce(Category.name_ar, ""))
    more = (Product.price_net, Product.kind, *told)
    return (*own, *rest, first.scalar_subquery(), currency(), *more)
