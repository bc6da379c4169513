"""How products are asked for: what a filter means to PostgreSQL, and in which order pages come."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    any_,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
)

from erp_desktop.core.keyset import Keyset, begins_words
from erp_desktop.core.search import fold
from modules.catalog.barcodes import spellings
from modules.catalog.models import Barcode, Category, Product

Order = Literal["code", "name", "price"]


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """Which products are asked for, and in which order; what is None or empty does not matter.

    Attributes:
        category: Code of a category, or how a name of it begins; what is below it counts too.
        kind: `goods` or `service`.
    """

    text: str = ""
    code: str = ""
    tax: str = ""
    unit: str = ""
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    is_active: bool | None = None
    has_price: bool | None = None
    has_barcode: bool | None = None
    order: Order = "code"
    descending: bool = False
    category: str = ""
    kind: str = ""


def currency() -> ScalarSelect[Any]:
    """Return the company's currency, as a column."""
    asked: Select[Any] = select(column("currency")).select_from(table("company", schema="core"))
    return asked.scalar_subquery()


def is_exact(text: str) -> ColumnElement[bool]:
    """Whether the text is the whole code, in whatever case, or one of the barcodes."""
    typed = text.strip()
    if not typed:
        return false()
    scanned = select(Barcode.product_id).where(Barcode.barcode.in_(spellings(typed)))
    return or_(
        Product.code.in_({typed, typed.upper(), typed.lower()}),
        Product.id == any_(func.array(scanned.scalar_subquery())),
    )


def conditions(wanted: ProductFilter, exact: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Return what a product must be to be shown."""
    barcoded = select(Barcode.barcode).where(Barcode.product_id == Product.id).exists()
    pairs: list[tuple[object, ColumnElement[bool]]] = [
        (wanted.code, Product.code.startswith(wanted.code, autoescape=True)),
        (wanted.tax, func.upper(Product.tax_code) == wanted.tax.upper()),
        (wanted.unit, func.upper(Product.unit) == wanted.unit.upper()),
        (wanted.price_from is not None, Product.price >= literal(wanted.price_from)),
        (wanted.price_to is not None, Product.price <= literal(wanted.price_to)),
        (wanted.is_active is not None, Product.is_active.is_(wanted.is_active)),
        (wanted.has_price is not None, (Product.price > 0).is_(wanted.has_price)),
        (wanted.has_barcode is not None, barcoded if wanted.has_barcode else ~barcoded),
        (wanted.category, _is_in(wanted.category)),
        (wanted.kind, Product.kind == wanted.kind),
        (wanted.text.strip(), or_(has_words(wanted.text), exact)),
    ]
    return [Product.deleted_at.is_(None), *(condition for asked, condition in pairs if asked)]


def _is_in(said: str) -> ColumnElement[bool]:
    """Whether a product is in a category that is called so, or anywhere below it."""
    folded = fold(said)
    named = or_(
        func.upper(Category.code) == said.upper(),
        func.core.fold(Category.name).startswith(folded, autoescape=True),
        func.core.fold(Category.name_ar).startswith(folded, autoescape=True),
    )
    tree = select(Category.id).where(named).cte("tree", recursive=True)
    tree = tree.union(select(Category.id).where(Category.parent_id == tree.c.id))
    return Product.category_id == any_(func.array(select(tree.c.id).scalar_subquery()))


def has_words(text: str) -> ColumnElement[bool]:
    """Whether every word typed begins a word of the product."""
    return begins_words(Product.words, text)


def keyset(wanted: ProductFilter, exact: ColumnElement[bool]) -> Keyset:
    """Return in which order products come."""
    searched = exact if wanted.text.strip() else None
    return Keyset(getattr(Product, wanted.order), Product.id, searched, wanted.descending)
