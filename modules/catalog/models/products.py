"""Products, their units and barcodes."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base, Xid8

_WORDS = """array_to_tsvector(array_remove(regexp_split_to_array(
core.fold(code || ' ' || name || ' ' || name_ar), '…'), ''))"""


class Unit(Base):
    """How a product is counted or measured."""

    __tablename__ = "units"
    __table_args__ = ({"schema": "catalog"},)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_ar: Mapped[str] = mapped_column(server_default="")


class Product(Base):
    """What the company buys and sells; `price` is what a customer pays, taxes included."""

    __tablename__ = "products"
    __table_args__ = (
        UniqueConstraint("code", name="products_code_is_taken"),
        Index("products_metadata", "metadata", postgresql_using="gin"),
        Index("products_changed_xid", "changed_xid"),
        Index("products_words", "words", postgresql_using="gin"),
        Index("products_name", "name", "id"),
        Index("products_category_id", "category_id"),
        {"schema": "catalog"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(server_default="1")
    code: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str] = mapped_column(server_default="")
    unit: Mapped[str] = mapped_column(
        ForeignKey("catalog.units.code", name="products_unit_is_known")
    )
    tax_code: Mapped[str] = mapped_column(
        ForeignKey("accounting.taxes.code", name="products_tax_is_known")
    )
    price: Mapped[Decimal] = mapped_column(MONEY)
    reorder_point: Mapped[Decimal | None] = mapped_column(MONEY)
    category_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.categories.id"))
    kind: Mapped[str] = mapped_column(server_default="goods")
    price_net: Mapped[Decimal | None] = mapped_column(MONEY)
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    deleted_at: Mapped[datetime | None] = mapped_column(MOMENT)
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", server_default="{}")
    words: Mapped[str] = mapped_column(TSVECTOR, Computed(_WORDS, persisted=True))
    changed_xid: Mapped[int] = mapped_column(Xid8, server_default=text("pg_current_xact_id()"))


class Barcode(Base):
    """A code that a scanner reads; it leads to one product."""

    __tablename__ = "barcodes"
    __table_args__ = (
        Index("barcodes_product_id", "product_id"),
        Index("barcodes_changed_xid", "changed_xid"),
        Index("barcodes_pack_id", "pack_id"),
        {"schema": "catalog"},
    )

    barcode: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id"))
    pack_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.packs.id"))
    changed_xid: Mapped[int] = mapped_column(Xid8, server_default=text("pg_current_xact_id()"))
