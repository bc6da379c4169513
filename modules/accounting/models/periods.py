"""Months, years and locks."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base

_SCHEMA = {"schema": "accounting"}


class Period(Base):
    """A month that takes entries until it is closed."""

    __tablename__ = "periods"
    __table_args__ = (UniqueConstraint("starts_on", "kind", name="periods_start_once"), _SCHEMA)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[str]
    kind: Mapped[str]
    reason: Mapped[str]


class Year(Base):
    """A year whose accounts were closed, for now or for good."""

    __tablename__ = "years"
    __table_args__ = _SCHEMA

    year: Mapped[int] = mapped_column(Integer(), primary_key=True)
    state: Mapped[str]
    runs: Mapped[int] = mapped_column(Integer())
    closed_by: Mapped[str]
    closed_at: Mapped[datetime] = mapped_column(MOMENT)


class RoleLock(Base):
    """The day before which a role posts nothing."""

    __tablename__ = "role_locks"
    __table_args__ = _SCHEMA

    role: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    locked_before: Mapped[date]


class Series(Base):
    """The last number of a journal in a branch and year; counted by the posting transaction."""

    __tablename__ = "series"
    __table_args__ = _SCHEMA

    journal: Mapped[str] = mapped_column(ForeignKey("accounting.journals.code"), primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer(), primary_key=True)
    last_number: Mapped[int]
