"""Categories, packs, price lists and pictures."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import Base, Xid8


class Category(Base):
    """A kind of product; categories may have others below them."""

    __tablename__ = "categories"
    __table_args__ = (
        UniqueConstraint("code", name="categories_code_is_taken"),
        Index("categories_parent_id", "parent_id"),
        Index("categories_changed_xid", "changed_xid"),
        {"schema": "catalog"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.categories.id"))
    code: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str]
    is_active: Mapped[bool]
    changed_xid: Mapped[int] = mapped_column(Xid8)


class Pack(Base):
    """Several units that are sold as one; `price` is its own, if it has one."""

    __tablename__ = "packs"
    __table_args__ = (
        UniqueConstraint("product_id", "name", name="packs_are_named_once"),
        Index("packs_changed_xid", "changed_xid"),
        {"schema": "catalog"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id"))
    name: Mapped[str]
    name_ar: Mapped[str]
    factor: Mapped[Decimal]
    price: Mapped[Decimal | None]
    is_active: Mapped[bool]
    changed_xid: Mapped[int] = mapped_column(Xid8)


class PriceList(Base):
    """Prices for some customers, with or without taxes."""

    __tablename__ = "price_lists"
    __table_args__ = (Index("price_lists_changed_xid", "changed_xid"), {"schema": "catalog"})

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str]
    name_ar: Mapped[str]
    includes_tax: Mapped[bool]
    is_active: Mapped[bool]
    changed_xid: Mapped[int] = mapped_column(Xid8)


class ListPrice(Base):
    """One price of a list, from a quantity on and between two days."""

    __tablename__ = "prices"
    __table_args__ = (
        UniqueConstraint(
            *("price_list", "product_id", "pack_id", "min_quantity", "valid_from"),
            name="prices_begin_once",
            postgresql_nulls_not_distinct=True,
        ),
        Index("prices_product_id", "product_id"),
        Index("prices_changed_xid", "changed_xid"),
        {"schema": "catalog"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    price_list: Mapped[str] = mapped_column(
        ForeignKey("catalog.price_lists.code", name="prices_list_is_known")
    )
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id"))
    pack_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.packs.id"))
    min_quantity: Mapped[Decimal]
    price: Mapped[Decimal]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    changed_xid: Mapped[int] = mapped_column(Xid8)


class Picture(Base):
    """How a product looks, small."""

    __tablename__ = "pictures"
    __table_args__ = ({"schema": "catalog"},)

    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id"), primary_key=True)
    content: Mapped[bytes]
    media_type: Mapped[str]
