"""Purchase invoices."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base


class Purchase(Base):
    """A purchase as it was booked; never changed, taken back once."""

    __tablename__ = "purchases"
    __table_args__ = (
        Index(
            "purchases_are_booked_once",
            "party_id",
            "kind",
            text("upper(number)"),
            unique=True,
            postgresql_where=text("undone_at is null"),
        ),
        Index("purchases_entry_id", "entry_id", unique=True),
        Index("purchases_branch_id", "branch_id", "booked_on"),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    kind: Mapped[str]
    party_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.party_names.party_id"))
    number: Mapped[str]
    dated_on: Mapped[date]
    booked_on: Mapped[date]
    due_on: Mapped[date]
    label: Mapped[str]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB())
    net: Mapped[Decimal] = mapped_column(MONEY)
    deductible: Mapped[Decimal] = mapped_column(MONEY)
    cost_tax: Mapped[Decimal] = mapped_column(MONEY)
    stamp: Mapped[Decimal] = mapped_column(MONEY)
    total: Mapped[Decimal] = mapped_column(MONEY)
    entry_id: Mapped[UUID]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    command_id: Mapped[UUID | None]
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)
