"""How partners are paid by bank, transfer orders, and what each order pays."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base

_NOW = sql("now()")


class Payee(Base):
    """The bank account of a partner whom we pay."""

    __tablename__ = "payees"
    __table_args__ = ({"schema": "accounting"},)

    party_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounting.party_names.party_id"), primary_key=True
    )
    version: Mapped[int] = mapped_column(server_default="1")
    holder: Mapped[str] = mapped_column(server_default="")
    bank: Mapped[str] = mapped_column(server_default="")
    rib: Mapped[str] = mapped_column(server_default="")
    iban: Mapped[str] = mapped_column(server_default="")
    bic: Mapped[str] = mapped_column(server_default="")
    changed_by: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(MOMENT, server_default=_NOW)


class TransferOrder(Base):
    """An order to our bank; once given it is only cancelled, with a reason."""

    __tablename__ = "transfer_orders"
    __table_args__ = (
        UniqueConstraint("branch_id", "year", "sequence", name="transfer_orders_have_no_gap"),
        Index("transfer_orders_branch_id", "branch_id", "dated_on"),
        Index(
            "transfer_orders_entry_id",
            "entry_id",
            unique=True,
            postgresql_where=sql("entry_id is not null"),
        ),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(server_default="1")
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    bank_account_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.bank_accounts.id"))
    dated_on: Mapped[date]
    is_batch: Mapped[bool] = mapped_column(server_default=sql("true"))
    state: Mapped[str] = mapped_column(server_default="draft")
    number: Mapped[str | None]
    year: Mapped[int | None] = mapped_column(Integer())
    sequence: Mapped[int | None]
    payer: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    entry_id: Mapped[UUID | None]
    drafted_by: Mapped[str]
    drafted_at: Mapped[datetime] = mapped_column(MOMENT, server_default=_NOW)
    ordered_by: Mapped[str | None]
    ordered_at: Mapped[datetime | None] = mapped_column(MOMENT)
    command_id: Mapped[UUID | None]
    cancelled_by: Mapped[str | None]
    cancelled_at: Mapped[datetime | None] = mapped_column(MOMENT)
    cancel_reason: Mapped[str] = mapped_column(server_default="")


class TransferOrderLine(Base):
    """What an order pays: an open line or a part of one, or an advance."""

    __tablename__ = "transfer_order_lines"
    __table_args__ = (
        UniqueConstraint(
            "order_id", "entry_id", "entry_line", name="transfer_order_lines_pay_a_line_once"
        ),
        ForeignKeyConstraint(
            ["entry_id", "entry_line"],
            ["accounting.entry_lines.entry_id", "accounting.entry_lines.line_no"],
            name="transfer_order_lines_pay_a_line",
        ),
        Index(
            "transfer_order_lines_entry_id",
            "entry_id",
            "entry_line",
            postgresql_where=sql("entry_id is not null"),
        ),
        Index("transfer_order_lines_party_id", "party_id"),
        Index("transfer_order_lines_branch_id", "branch_id"),
        {"schema": "accounting"},
    )

    order_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounting.transfer_orders.id"), primary_key=True
    )
    line_no: Mapped[int] = mapped_column(Integer(), primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    party_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.party_names.party_id"))
    entry_id: Mapped[UUID | None]
    entry_line: Mapped[int | None] = mapped_column(Integer())
    amount: Mapped[Decimal] = mapped_column(MONEY)
    reason: Mapped[str]
    payee: Mapped[str] = mapped_column(server_default="")
    bank: Mapped[str] = mapped_column(server_default="")
    rib: Mapped[str] = mapped_column(server_default="")
    iban: Mapped[str] = mapped_column(server_default="")
    bic: Mapped[str] = mapped_column(server_default="")
