"""The tables of inventory. Only PostgreSQL's own functions write them."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base, Xid8


class Warehouse(Base):
    """Where goods are; a branch sells from its default one."""

    __tablename__ = "warehouses"
    __table_args__ = (
        UniqueConstraint("code", name="warehouses_code_is_taken"),
        Index(
            "warehouses_have_one_default",
            "branch_id",
            unique=True,
            postgresql_where=text("is_default"),
        ),
        {"schema": "inventory"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(server_default="1")
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    code: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str] = mapped_column(server_default="")
    is_default: Mapped[bool] = mapped_column(server_default=text("false"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))


class Movement(Base):
    """Goods that came (positive) or went (negative); never changed, never deleted."""

    __tablename__ = "movements"
    __table_args__ = (
        ForeignKeyConstraint(
            ["warehouse_id", "product_id"],
            ["inventory.stock.warehouse_id", "inventory.stock.product_id"],
            name="movements_move_stock",
        ),
        Index("movements_product_id", "product_id", "warehouse_id", "recorded_at", "id"),
        Index("movements_branch_id_recorded_at", "branch_id", "recorded_at"),
        {"schema": "inventory"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    branch_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    product_id: Mapped[UUID]
    kind: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(MONEY)
    value: Mapped[Decimal] = mapped_column(MONEY)
    document: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    command_id: Mapped[UUID | None]
    moved_at: Mapped[datetime] = mapped_column(MOMENT)
    recorded_at: Mapped[datetime] = mapped_column(MOMENT, server_default=text("now()"))


class Stock(Base):
    """What is on hand of a product in a warehouse: the sum of its movements."""

    __tablename__ = "stock"
    __table_args__ = (
        Index("stock_changed_xid", "changed_xid"),
        Index("stock_branch_id", "branch_id"),
        Index("stock_product_id", "product_id", "branch_id"),
        {"schema": "inventory"},
    )

    warehouse_id: Mapped[UUID] = mapped_column(
        ForeignKey("inventory.warehouses.id"), primary_key=True
    )
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id"), primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    on_hand: Mapped[Decimal] = mapped_column(MONEY, server_default="0")
    value: Mapped[Decimal] = mapped_column(MONEY, server_default="0")
    is_short: Mapped[bool] = mapped_column(server_default=text("false"))
    changed_xid: Mapped[int] = mapped_column(Xid8, server_default=text("pg_current_xact_id()"))
