"""Products as others name them: by code, by barcode, by id."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, literal, select, union_all

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import in_language
from modules.catalog.models import Barcode, Product
from modules.catalog.permissions import Permission


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
