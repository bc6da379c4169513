"""Cash sessions, their closings, and cash that moved."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base

_SCHEMA = {"schema": "till"}


class CashSession(Base):
    """From the counted float to the count at the end."""

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("number", name="sessions_number_is_unique"),
        Index("sessions_branch_id_opened_at", "branch_id", "opened_at"),
        Index("sessions_workstation_id", "workstation_id", "opened_at"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    workstation_id: Mapped[UUID] = mapped_column(ForeignKey("core.workstations.id"))
    number: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(MOMENT)
    opened_by: Mapped[str]
    currency: Mapped[str]
    float: Mapped[Decimal]
    counts: Mapped[dict[str, Any]]
    command_id: Mapped[UUID] = mapped_column(ForeignKey("core.commands.id"))


class Closing(Base):
    """What was counted when a session ended, against what had to be there."""

    __tablename__ = "closings"
    __table_args__ = (UniqueConstraint("number", name="closings_number_is_unique"), _SCHEMA)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("till.sessions.id"), primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    number: Mapped[str]
    closed_at: Mapped[datetime] = mapped_column(MOMENT)
    closed_by: Mapped[str]
    expected: Mapped[dict[str, Any]]
    counted: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]
    difference: Mapped[Decimal]
    left_in_drawer: Mapped[Decimal]
    note: Mapped[str]
    command_id: Mapped[UUID] = mapped_column(ForeignKey("core.commands.id"))
    entry_id: Mapped[UUID | None]


class CashMovement(Base):
    """Cash that was put into the drawer, or taken out."""

    __tablename__ = "cash_moves"
    __table_args__ = (
        UniqueConstraint("number", name="cash_moves_number_is_unique"),
        Index("cash_moves_session_id", "session_id"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("till.sessions.id"))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    number: Mapped[str]
    amount: Mapped[Decimal]
    reason: Mapped[str]
    note: Mapped[str]
    moved_at: Mapped[datetime] = mapped_column(MOMENT)
    cashier: Mapped[str]
    command_id: Mapped[UUID] = mapped_column(ForeignKey("core.commands.id"))
    entry_id: Mapped[UUID | None]
