"""What late payment cost, booked."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base


class LateCharge(Base):
    """A debit note of a reminded customer, or the fine of a quarter; undone once."""

    __tablename__ = "late_charges"
    __table_args__ = (
        UniqueConstraint("branch_id", "year", "sequence", name="late_charges_have_no_gap"),
        Index(
            "late_charges_one_note",
            "reminder_id",
            unique=True,
            postgresql_where=text("kind = 'note' and undone_at is null"),
        ),
        Index(
            "late_charges_one_fine",
            "starts_on",
            unique=True,
            postgresql_where=text("kind = 'fine' and undone_at is null"),
        ),
        Index("late_charges_entry_id", "entry_id", unique=True),
        Index("late_charges_branch_id", "branch_id", "dated_on"),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    kind: Mapped[str]
    number: Mapped[str]
    year: Mapped[int | None] = mapped_column(Integer())
    sequence: Mapped[int | None]
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounting.party_names.party_id"))
    reminder_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounting.reminders.id"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    dated_on: Mapped[date]
    fee: Mapped[Decimal] = mapped_column(MONEY)
    rate: Mapped[Decimal] = mapped_column(MONEY)
    interest: Mapped[Decimal] = mapped_column(MONEY)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB())
    entry_id: Mapped[UUID]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    command_id: Mapped[UUID | None]
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)
