"""Rates of currencies, what was settled in one, and revaluations."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base

_SCHEMA = {"schema": "accounting"}


class Rate(Base):
    """What one of a currency was worth on a day, in the company's."""

    __tablename__ = "rates"
    __table_args__ = _SCHEMA

    currency: Mapped[str] = mapped_column(primary_key=True)
    rated_on: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int]
    rate: Mapped[Decimal]
    source: Mapped[str]


class RateSettings(Base):
    """By how many per cent a rate may jump; there is one row."""

    __tablename__ = "rate_settings"
    __table_args__ = _SCHEMA

    only_one: Mapped[bool] = mapped_column(primary_key=True)
    version: Mapped[int]
    most_jump: Mapped[Decimal]


class Settlement(Base):
    """How much of a currency a debit and a credit settle of each other."""

    __tablename__ = "settlements"
    __table_args__ = (
        Index("settlements_debit_entry", "debit_entry", "debit_line"),
        Index("settlements_credit_entry", "credit_entry", "credit_line"),
        Index("settlements_entry_id", "entry_id", postgresql_where=text("entry_id is not null")),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID]
    credit_branch_id: Mapped[UUID]
    currency: Mapped[str]
    debit_entry: Mapped[UUID]
    debit_line: Mapped[int] = mapped_column(Integer())
    credit_entry: Mapped[UUID]
    credit_line: Mapped[int] = mapped_column(Integer())
    amount: Mapped[Decimal]
    debit_value: Mapped[Decimal]
    credit_value: Mapped[Decimal]
    settled_on: Mapped[date]
    entry_id: Mapped[UUID | None]
    settled_by: Mapped[str]
    settled_at: Mapped[datetime] = mapped_column(MOMENT)
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)


class Revaluation(Base):
    """What a branch had in other currencies at the end of a month, brought to its rate."""

    __tablename__ = "revaluations"
    __table_args__ = (
        Index(
            "revaluations_month",
            "branch_id",
            "ends_on",
            unique=True,
            postgresql_where=text("undone_at is null"),
        ),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID]
    ends_on: Mapped[date]
    entry_id: Mapped[UUID | None]
    back_id: Mapped[UUID | None]
    money_id: Mapped[UUID | None]
    posted_by: Mapped[str]
    posted_at: Mapped[datetime] = mapped_column(MOMENT)
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)


class RevaluationLine(Base):
    """One document, or one account of money, of a revaluation."""

    __tablename__ = "revaluation_lines"
    __table_args__ = _SCHEMA

    revaluation_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounting.revaluations.id"), primary_key=True
    )
    line_no: Mapped[int] = mapped_column(Integer(), primary_key=True)
    branch_id: Mapped[UUID]
    entry_id: Mapped[UUID | None]
    entry_line: Mapped[int | None] = mapped_column(Integer())
    account_id: Mapped[UUID]
    party_id: Mapped[UUID | None]
    currency: Mapped[str]
    amount: Mapped[Decimal]
    value: Mapped[Decimal]
    rate: Mapped[Decimal]
    difference: Mapped[Decimal]
