"""What a line of a document needs of products and price lists, also for other modules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import or_, select

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.catalog.models import ListPrice, PriceList, Product
from modules.catalog.pricing import ListedPrice, PriceTag


@dataclass(frozen=True, slots=True)
class DocumentProduct(Bilingual):
    """A product as documents name it.

    Attributes:
        price: For one unit, taxes included.
        price_net: Without taxes; none means that it follows from the price.
    """

    id: UUID
    code: str
    name: str
    name_ar: str
    unit: str
    kind: str
    tax_code: str
    price: Decimal
    price_net: Decimal | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class ListedPrices:
    """What a price list says of some products on a day."""

    day: date
    includes_tax: bool = True
    by_product: Mapping[UUID, tuple[ListedPrice, ...]] = field(default_factory=dict)

    def tag(self, product: DocumentProduct) -> PriceTag:
        """Return all that decides what one unit of a product costs, at any quantity."""
        listed = self.by_product.get(product.id, ())
        return PriceTag(product.price, self.day, None, listed, lists_tax=self.includes_tax)


def product_for_document(
    ctx: Context, product_ids: Sequence[UUID] = (), *, codes: Sequence[str] = ()
) -> list[DocumentProduct]:
    """Return what a document says of products, told by id or by code; by code in order.

    It asks for no right of the catalog: whoever writes a document may name what is on it.
    """
    names = list(DocumentProduct.__dataclass_fields__)
    query = (
        select(*(getattr(Product, name) for name in names))
        .where(or_(Product.id.in_(product_ids), Product.code.in_(codes)))
        .order_by(Product.code)
    )
    return ctx.rows(DocumentProduct, query)


def prices_at(
    ctx: Context, price_list: str | None, product_ids: Sequence[UUID], day: date
) -> ListedPrices:
    """Return what a list says of products on a day; no list says nothing."""
    if not price_list:
        return ListedPrices(day)
    query = (
        select(
            PriceList.includes_tax,
            ListPrice.product_id,
            ListPrice.pack_id,
            ListPrice.min_quantity,
            ListPrice.price,
            ListPrice.valid_from,
            ListPrice.valid_to,
        )
        .outerjoin(
            ListPrice,
            (ListPrice.price_list == PriceList.code)
            & ListPrice.product_id.in_(product_ids)
            & (ListPrice.valid_from <= day)
            & or_(ListPrice.valid_to.is_(None), ListPrice.valid_to >= day),
        )
        .where(PriceList.code == price_list)
    )
    rows = ctx.connection.execute(query).all()
    found: dict[UUID, tuple[ListedPrice, ...]] = {}
    for row in rows:
        if row.product_id is not None:
            listed = ListedPrice(*row[2:])
            found[row.product_id] = (*found.get(row.product_id, ()), listed)
    return ListedPrices(day, rows[0].includes_tax if rows else True, found)
