"""Reminders: what each level says, whom nobody reminds, and the letters that were sent."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base

_SCHEMA = {"schema": "accounting"}


class ReminderLevel(Base):
    """What is written at a level from a day on."""

    __tablename__ = "reminder_levels"
    __table_args__ = (
        UniqueConstraint("level", "valid_from", name="reminder_levels_begin_once"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    level: Mapped[int] = mapped_column(SmallInteger())
    valid_from: Mapped[date]
    days: Mapped[int] = mapped_column(Integer())
    fee: Mapped[Decimal]
    title: Mapped[str]
    title_ar: Mapped[str]
    body: Mapped[str]
    body_ar: Mapped[str]


class ReminderHold(Base):
    """A customer whom nobody reminds, and why."""

    __tablename__ = "reminder_holds"
    __table_args__ = (
        Index(
            "reminder_holds_one_each",
            "party_id",
            unique=True,
            postgresql_where=text("lifted_at is null"),
        ),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.party_names.party_id"))
    kind: Mapped[str]
    reason: Mapped[str]
    until: Mapped[date | None]
    held_by: Mapped[str]
    held_at: Mapped[datetime] = mapped_column(MOMENT)
    lifted_by: Mapped[str | None]
    lifted_at: Mapped[datetime | None] = mapped_column(MOMENT)


class Reminder(Base):
    """A letter, with the words that it said."""

    __tablename__ = "reminders"
    __table_args__ = (
        Index("reminders_branch_id", "branch_id", "dated_on"),
        Index("reminders_party_id", "party_id"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    party_id: Mapped[UUID]
    level: Mapped[int] = mapped_column(SmallInteger())
    dated_on: Mapped[date]
    fee: Mapped[Decimal]
    total: Mapped[Decimal]
    texts: Mapped[dict[str, Any]]
    sent_by: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(MOMENT)


class ReminderLine(Base):
    """A line of the ledger in a letter; each level once, and none without the one before."""

    __tablename__ = "reminder_lines"
    __table_args__ = (
        ForeignKeyConstraint(
            ["entry_id", "line_no", "before"],
            [f"accounting.reminder_lines.{name}" for name in ("entry_id", "line_no", "level")],
            name="reminder_lines_skip_no_level",
        ),
        Index("reminder_lines_reminder_id", "reminder_id"),
        _SCHEMA,
    )

    reminder_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.reminders.id"))
    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    line_no: Mapped[int] = mapped_column(Integer(), primary_key=True)
    branch_id: Mapped[UUID]
    level: Mapped[int] = mapped_column(SmallInteger(), primary_key=True)
    before: Mapped[int | None] = mapped_column(SmallInteger(), Computed("nullif(level - 1, 0)"))
    dated_on: Mapped[date]
    due_on: Mapped[date]
    open: Mapped[Decimal]
