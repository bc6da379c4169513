"""Questions the catalog can answer. Nothing here changes anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    any_,
    cast,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import in_language
from erp_desktop.core.search import terms
from modules.catalog.barcodes import spellings
from modules.catalog.models import Barcode, Product
from modules.catalog.permissions import Permission

PAGE_SIZE = 200

Order = Literal["code", "name", "price"]


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One line of the product list.

    Attributes:
        barcode: The first of its barcodes; empty if it has none.
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
    is_exact: bool = False

    def named(self, language: str) -> str:
        """Return its name in a language; a product without an Arabic name keeps its own."""
        return in_language(language, self.name, self.name_ar)


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """Which products are asked for, and in which order; what is None or empty does not matter."""

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


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit or a tax that a product can have; a tax has its rate of today."""

    code: str
    name: str
    name_ar: str
    rate: Decimal | None = None

    def named(self, language: str) -> str:
        """Return its name in a language."""
        return in_language(language, self.name, self.name_ar)


@dataclass(frozen=True, slots=True)
class ProductDetails:
    """A product with all it has."""

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


@dataclass(frozen=True, slots=True)
class ProductRef:
    """As much of a product as another module shows of it."""

    id: UUID
    code: str
    name: str
    name_ar: str
    unit: str

    def named(self, language: str) -> str:
        """Return its name in a language."""
        return in_language(language, self.name, self.name_ar)


@dataclass(frozen=True, slots=True)
class ProductSheet:
    """What the form of a product shows: the product, none for a new one, and what can be chosen."""

    product: ProductDetails | None
    currency: str
    units: tuple[Choice, ...]
    taxes: tuple[Choice, ...]


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


def get_product(ctx: Context, product_id: UUID | None) -> ProductSheet:
    """Return a product, or none, with the units and taxes to choose from."""
    ctx.require(Permission.VIEW_PRODUCTS)
    return read_sheet(ctx.call("catalog.product_form_v1", product_id))


def products_by_codes(ctx: Context, texts: Sequence[str]) -> dict[str, ProductRef]:
    """Return, for each text that is the code or a barcode of a product, that product."""
    ctx.require(Permission.VIEW_PRODUCTS)
    own = (Product.id, Product.code, Product.name, Product.name_ar, Product.unit)
    by_code = select(Product.code, literal(1), *own).where(Product.code.in_(texts))
    by_barcode = (
        select(Barcode.barcode.label("text"), literal(0).label("rank"), *own)
        .join_from(Barcode, Product, Barcode.product_id == Product.id)
        .where(Barcode.barcode.in_(texts))
    )
    # A barcode comes first and a code last: who types a code means the code.
    rows = ctx.connection.execute(union_all(by_barcode, by_code).order_by("rank"))
    return {row[0]: ProductRef(*row[2:]) for row in rows}


def known_products(
    ctx: Context, codes: Sequence[str], barcodes: Sequence[str]
) -> tuple[frozenset[str], dict[str, str]]:
    """Return which codes exist already, and for each barcode that exists the code that has it."""
    ctx.require(Permission.VIEW_PRODUCTS)
    function = func.catalog.known_products_v1(list(codes), list(barcodes))
    rows = list(ctx.connection.execute(select(function.table_valued("kind", "value", "code"))))
    return (
        frozenset(value for kind, value, _code in rows if kind == "code"),
        {value: code for kind, value, code in rows if kind == "barcode"},
    )


def read_sheet(answer: Mapping[str, Any]) -> ProductSheet:
    """Read what `catalog.product_form_v1` says."""
    given = answer["product"]
    return ProductSheet(
        product=_details(given) if given else None,
        currency=answer["currency"],
        units=tuple(Choice(**unit) for unit in answer["units"]),
        taxes=tuple(Choice(**{**tax, "rate": _amount(tax["rate"])}) for tax in answer["taxes"]),
    )


def _details(given: Mapping[str, Any]) -> ProductDetails:
    exact = {
        "id": UUID(given["id"]),
        "price": Decimal(given["price"]),
        "reorder_point": _amount(given["reorder_point"]),
        "barcodes": tuple(given["barcodes"]),
    }
    return ProductDetails(**{**given, **exact})


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _page(wanted: ProductFilter, after: ProductRow | None) -> Select[Any]:
    exact = _is_exact(wanted.text)
    query = select(*_columns(), exact).where(*_conditions(wanted, exact))
    if after is not None:
        query = query.where(_below(wanted, after, exact))
    return query.order_by(*_order(wanted, exact)).limit(PAGE_SIZE)


def _columns() -> tuple[Any, ...]:
    first = select(func.coalesce(func.min(Barcode.barcode), "")).where(
        Barcode.product_id == Product.id
    )
    company = table("company", schema="core")
    currency: Select[Any] = select(column("currency")).select_from(company)
    own = (Product.id, Product.version, Product.code, Product.name, Product.name_ar, Product.unit)
    rest = (Product.tax_code, Product.price, Product.is_active)
    return (*own, *rest, first.scalar_subquery(), currency.scalar_subquery())


def _is_exact(text: str) -> ColumnElement[bool]:
    """Whether the text is the whole code, in whatever case, or one of the barcodes."""
    typed = text.strip()
    if not typed:
        return false()
    scanned = select(Barcode.product_id).where(Barcode.barcode.in_(spellings(typed)))
    return or_(
        Product.code.in_({typed, typed.upper(), typed.lower()}),
        Product.id == any_(func.array(scanned.scalar_subquery())),
    )


def _conditions(wanted: ProductFilter, exact: ColumnElement[bool]) -> list[ColumnElement[bool]]:
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
        (wanted.text.strip(), or_(_has_words(wanted.text), exact)),
    ]
    return [Product.deleted_at.is_(None), *(condition for asked, condition in pairs if asked)]


def _has_words(text: str) -> ColumnElement[bool]:
    """Whether every word typed begins a word of the product; `terms` lets nothing else through."""
    words = terms(text)
    if not words:
        return false()
    query = " & ".join(f"'{word}':*" for word in words)
    return Product.words.bool_op("@@")(cast(query, TSQUERY))


def _order(wanted: ProductFilter, exact: ColumnElement[bool]) -> list[ColumnElement[Any]]:
    columns: list[Any] = [getattr(Product, wanted.order), Product.id]
    ordered = [each.desc() if wanted.descending else each.asc() for each in columns]
    return [exact.desc(), *ordered] if wanted.text.strip() else ordered


def _below(
    wanted: ProductFilter, after: ProductRow, exact: ColumnElement[bool]
) -> ColumnElement[bool]:
    place = tuple_(getattr(Product, wanted.order), Product.id)
    last = tuple_(getattr(after, wanted.order), after.id)
    further = place < last if wanted.descending else place > last
    if not wanted.text.strip():
        return further
    if after.is_exact:
        return or_(and_(exact, further), ~exact)
    return and_(~exact, further)
