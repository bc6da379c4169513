"""Entries that are not booked yet."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base

_SCHEMA = {"schema": "accounting"}


class EntryDraft(Base):
    """An entry that is not booked yet, as it was typed."""

    __tablename__ = "entry_drafts"
    __table_args__ = (Index("entry_drafts_branch_id", "branch_id"), _SCHEMA)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    journal: Mapped[str] = mapped_column(ForeignKey("accounting.journals.code"))
    dated_on: Mapped[date | None]
    label: Mapped[str]
    lines: Mapped[list[Any]] = mapped_column(JSONB())
    saved_by: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(MOMENT)


class EntryTemplate(Base):
    """An entry that comes again: by hand, or every so many months."""

    __tablename__ = "entry_templates"
    __table_args__ = (
        UniqueConstraint("branch_id", "name", name="entry_templates_name_is_taken"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    name: Mapped[str]
    journal: Mapped[str] = mapped_column(ForeignKey("accounting.journals.code"))
    label: Mapped[str]
    lines: Mapped[list[Any]] = mapped_column(JSONB())
    every_months: Mapped[int | None] = mapped_column(Integer())
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    times: Mapped[int] = mapped_column(Integer())
    is_automatic: Mapped[bool]
    is_active: Mapped[bool]
