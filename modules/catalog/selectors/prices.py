"""Price lists, and what stands in one, page by page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual, in_language
from modules.catalog.models import ListPrice, Pack, PriceList, Product
from modules.catalog.permissions import Permission
from modules.catalog.selectors.queries import currency, has_words, is_exact

PAGE_SIZE = 200


@dataclass(frozen=True, slots=True)
class PriceListRow(Bilingual):
    """A price list; `prices` is how many are valid on the day that was asked for."""

    code: str
    version: int
    name: str
    name_ar: str
    includes_tax: bool
    is_active: bool
    prices: int = 0


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One price of a list, with what it is the price of.

    Attributes:
        pack: Name of the pack; empty for the product by its unit.
        min_quantity: From so many on.
        own_price: What the product, or its pack, costs without the list, taxes included.
    """

    id: UUID
    product_id: UUID
    pack_id: UUID | None
    code: str
    name: str
    name_ar: str
    pack: str
    min_quantity: Decimal
    price: Decimal
    valid_from: date
    valid_to: date | None
    own_price: Decimal
    currency: str
    pack_ar: str = ""

    def named(self, language: str) -> str:
        """Return the product's name in a language, with its pack."""
        name = in_language(language, self.name, self.name_ar)
        pack = in_language(language, self.pack, self.pack_ar)
        return f"{name} · {pack}" if pack else name

    @property
    def place(self) -> tuple[str, str, Decimal, date]:
        """What orders the rows of a list, and tells them apart."""
        return (self.code, self.pack, self.min_quantity, self.valid_from)


@dataclass(frozen=True, slots=True)
class PriceFilter:
    """Which prices of a list are asked for; no day means all that ever were and will be."""

    price_list: str
    text: str = ""
    day: date | None = None


def list_price_lists(ctx: Context) -> list[PriceListRow]:
    """Return all price lists by code, with how many prices each has today."""
    ctx.require(Permission.VIEW_PRODUCTS)
    valid = (
        select(func.count())
        .where(ListPrice.price_list == PriceList.code, *_valid(ctx.today))
        .scalar_subquery()
    )
    own = (PriceList.code, PriceList.version, PriceList.name, PriceList.name_ar)
    rest = (PriceList.includes_tax, PriceList.is_active, valid)
    return ctx.rows(PriceListRow, select(*own, *rest).order_by(PriceList.code))


def list_prices(
    ctx: Context, wanted: PriceFilter, *, after: PriceRow | None = None
) -> list[PriceRow]:
    """Return one page of a list's prices, by product, pack, quantity and day.

    Args:
        ctx: The transaction to read in.
        wanted: Which ones.
        after: Continue below this row, the last of the page before.
    """
    ctx.require(Permission.VIEW_PRODUCTS)
    return ctx.rows(PriceRow, _page(wanted, after))


def _page(wanted: PriceFilter, after: PriceRow | None) -> Select[Any]:
    pack = func.coalesce(Pack.name, "")
    place = (Product.code, pack, ListPrice.min_quantity, ListPrice.valid_from)
    what = (ListPrice.id, ListPrice.product_id, ListPrice.pack_id, Product.code, Product.name)
    columns: tuple[Any, ...] = (*what, Product.name_ar, pack, ListPrice.min_quantity)
    days = (ListPrice.valid_from, ListPrice.valid_to)
    own = func.coalesce(Pack.price, Product.price * func.coalesce(Pack.factor, 1))
    query = (
        select(*columns, ListPrice.price, *days, own, currency(), func.coalesce(Pack.name_ar, ""))
        .join_from(ListPrice, Product, Product.id == ListPrice.product_id)
        .outerjoin(Pack, Pack.id == ListPrice.pack_id)
        .where(ListPrice.price_list == wanted.price_list, *_asked(wanted))
    )
    if after is not None:
        query = query.where(tuple_(*place) > tuple_(*after.place))
    return query.order_by(*place).limit(PAGE_SIZE)


def _asked(wanted: PriceFilter) -> list[ColumnElement[bool]]:
    asked = _valid(wanted.day) if wanted.day else []
    if wanted.text.strip():
        asked.append(or_(has_words(wanted.text), is_exact(wanted.text)))
    return asked


def _valid(day: date) -> list[ColumnElement[bool]]:
    return [
        ListPrice.valid_from <= day,
        or_(ListPrice.valid_to.is_(None), ListPrice.valid_to >= day),
    ]
