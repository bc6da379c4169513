"""Tickets, their lines and payments."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base

_SCHEMA = {"schema": "till"}


class Ticket(Base):
    """What was sold at a till in one go."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("number", name="tickets_number_is_unique"),
        Index("tickets_branch_id_sold_at", "branch_id", "sold_at"),
        Index("tickets_session_id", "session_id"),
        Index("tickets_original_id", "original_id"),
        Index("tickets_customer_id", "customer_id"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    workstation_id: Mapped[UUID] = mapped_column(ForeignKey("core.workstations.id"))
    number: Mapped[str]
    sold_at: Mapped[datetime] = mapped_column(MOMENT)
    recorded_at: Mapped[datetime] = mapped_column(MOMENT)
    cashier: Mapped[str]
    currency: Mapped[str]
    total: Mapped[Decimal]
    net: Mapped[Decimal]
    tax: Mapped[Decimal]
    command_id: Mapped[UUID] = mapped_column(ForeignKey("core.commands.id"))
    entry_id: Mapped[UUID | None]
    kind: Mapped[str]
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("till.sessions.id"))
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("parties.parties.id"))
    original_id: Mapped[UUID | None] = mapped_column(ForeignKey("till.tickets.id"))
    discount: Mapped[Decimal]
    stamp: Mapped[Decimal]
    rounding: Mapped[Decimal]
    cost: Mapped[Decimal]
    taxes: Mapped[list[Any]] = mapped_column(JSONB())


class TicketLine(Base):
    """One product on a ticket."""

    __tablename__ = "ticket_lines"
    __table_args__ = (
        UniqueConstraint("ticket_id", "line_no"),
        Index("ticket_lines_product_id", "product_id"),
        Index("ticket_lines_original_line_id", "original_line_id"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("till.tickets.id"))
    branch_id: Mapped[UUID]
    line_no: Mapped[int] = mapped_column(Integer())
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id"))
    quantity: Mapped[Decimal]
    unit_price: Mapped[Decimal]
    tax_code: Mapped[str]
    total: Mapped[Decimal]
    taxes: Mapped[list[Any]] = mapped_column(JSONB())
    net: Mapped[Decimal]
    discount: Mapped[Decimal]
    cost: Mapped[Decimal]
    pack_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.packs.id"))
    factor: Mapped[Decimal]
    original_line_id: Mapped[UUID | None] = mapped_column(ForeignKey("till.ticket_lines.id"))


class Payment(Base):
    """How a ticket was paid."""

    __tablename__ = "payments"
    __table_args__ = _SCHEMA

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("till.tickets.id"), primary_key=True)
    branch_id: Mapped[UUID]
    method: Mapped[str]
    amount: Mapped[Decimal]
    tendered: Mapped[Decimal]
    change: Mapped[Decimal]
    line_no: Mapped[int] = mapped_column(Integer(), primary_key=True)
    reference: Mapped[str]
