"""Budgets by account, month and branch."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import Base

_SCHEMA = {"schema": "accounting"}


class Budget(Base):
    """The budget of a branch for a year."""

    __tablename__ = "budgets"
    __table_args__ = (
        UniqueConstraint("branch_id", "year", name="budgets_are_one_a_year"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    year: Mapped[int] = mapped_column(Integer())
    version: Mapped[int]


class BudgetAmount(Base):
    """What is planned for the accounts that begin so, in a month."""

    __tablename__ = "budget_amounts"
    __table_args__ = (Index("budget_amounts_branch_id", "branch_id", "month"), _SCHEMA)

    budget_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.budgets.id"), primary_key=True)
    prefix: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    amount: Mapped[Decimal]
