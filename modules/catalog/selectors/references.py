"""Products as others name them: by code, by barcode, by id."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    any_,
    desc,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual, in_language
from erp_desktop.core.models import view
from modules.catalog.barcodes import spellings
from modules.catalog.models import Barcode, Product
from modules.catalog.permissions import Permission
from modules.catalog.selectors.queries import has_words, is_exact

BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class ProductRef(Bilingual):
    """As much of a product as another module shows of it."""

    id: UUID
    code: str
    name: str
    name_ar: str
    unit: str


@dataclass(frozen=True, slots=True)
class PricedRef:
    """A product by its unit, or one of its packs: whatever can have a price.

    Attributes:
        pack: The pack's name; empty for the product by its unit.
        factor: How many units are in it.
        price: What it costs by itself, taxes included.
        price_net: The same without taxes, where it is kept.
    """

    product_id: UUID
    pack_id: UUID | None
    code: str
    name: str
    name_ar: str
    pack: str
    pack_ar: str
    unit: str
    tax_code: str
    factor: Decimal
    price: Decimal
    price_net: Decimal | None
    currency: str

    def named(self, language: str) -> str:
        """Return its name in a language, with its pack."""
        name = in_language(language, self.name, self.name_ar)
        pack = in_language(language, self.pack, self.pack_ar)
        return f"{name}{BETWEEN}{pack}" if pack else name

    @property
    def full_code(self) -> str:
        """Its code, with its pack."""
        return f"{self.code}{BETWEEN}{self.pack}" if self.pack else self.code


PRICED_VIEW = view("catalog.priced", PricedRef)
PRICED = PRICED_VIEW.c


def find_priced(
    ctx: Context, text: str, *, with_packs: bool = True, most: int = 12
) -> list[PricedRef]:
    """Return what a text means among products for sale and their packs, best first.

    A barcode means what carries it; a whole code comes first otherwise.
    """
    ctx.require(Permission.VIEW_PRODUCTS)
    typed = text.strip()
    coded = (func.upper(PRICED.code) == typed.upper()).desc()
    query = select(*PRICED).where(PRICED.product_id == any_(func.array(_products(typed, most))))
    if typed:
        query = query.where(or_(func.upper(PRICED.code) == typed.upper(), _is_scanned(typed)))
    if not with_packs:
        query = query.where(PRICED.pack_id.is_(None))
    ordered = query.order_by(coded, PRICED.code, PRICED.factor, PRICED.pack)
    return ctx.rows(PricedRef, ordered.limit(most))


def _products(typed: str, most: int) -> ScalarSelect[Any]:
    """Return the first products for sale that a text means: each has a price by its unit."""
    query = select(Product.id).where(Product.is_active, Product.deleted_at.is_(None))
    if typed:
        query = query.where(or_(has_words(typed), is_exact(typed)))
    coded = (func.upper(Product.code) == typed.upper()).desc()
    return query.order_by(coded, Product.code).limit(most).scalar_subquery()


def _is_scanned(typed: str) -> ColumnElement[bool]:
    """Whether a thing carries what was typed, where that is a barcode at all."""
    known = exists().where(Barcode.barcode.in_(spellings(typed)))
    carried = known.where(
        Barcode.product_id == PRICED.product_id,
        Barcode.pack_id.is_not_distinct_from(PRICED.pack_id),
    )
    return or_(~known, carried)


def priced_by_codes(ctx: Context, texts: Sequence[str]) -> dict[str, PricedRef]:
    """Return what each text is the whole code, `code · pack` or a barcode of."""
    ctx.require(Permission.VIEW_PRODUCTS)
    codes = {text.partition(BETWEEN)[0] for text in texts}
    by_code = select(literal("").label("text"), *PRICED).where(PRICED.code.in_(codes))
    carries = (Barcode.product_id == PRICED.product_id) & (
        Barcode.pack_id.is_not_distinct_from(PRICED.pack_id)
    )
    by_barcode = (
        select(Barcode.barcode.label("text"), *PRICED)
        .select_from(Barcode)
        .join(PRICED_VIEW, carries)
        .where(Barcode.barcode.in_(texts))
    )
    found = {}
    # A barcode comes first and a code last: who types a code means the code.
    for row in ctx.connection.execute(union_all(by_barcode, by_code).order_by(desc("text"))):
        priced = PricedRef(*row[1:])
        found[row.text or priced.full_code] = priced
    return {text: found[text] for text in texts if text in found}


def products_by_codes(ctx: Context, texts: Sequence[str]) -> dict[str, ProductRef]:
    """Return, for each text that is the code or a barcode of a product, that product.

    A pack's barcode means no single unit, and so no product.
    """
    ctx.require(Permission.VIEW_PRODUCTS)
    own = (Product.id, Product.code, Product.name, Product.name_ar, Product.unit)
    by_code = select(Product.code, literal(1), *own).where(Product.code.in_(texts))
    by_barcode = (
        select(Barcode.barcode.label("text"), literal(0).label("rank"), *own)
        .join_from(Barcode, Product, Barcode.product_id == Product.id)
        .where(Barcode.barcode.in_(texts), Barcode.pack_id.is_(None))
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
