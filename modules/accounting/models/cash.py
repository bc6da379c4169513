"""Petty cash: boxes, what was spent from each, and what was counted in it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base

_ACCOUNT = "accounting.accounts.id"
_BRANCH = "core.branches.id"
_BOX = "accounting.cash_boxes.id"


class CashBox(Base):
    """A box of small cash, with a ceiling and an account of its own."""

    __tablename__ = "cash_boxes"
    __table_args__ = (
        UniqueConstraint("code", name="cash_boxes_code_is_taken"),
        UniqueConstraint("account_id", name="cash_boxes_account_is_taken"),
        Index("cash_boxes_branch_id", "branch_id"),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    branch_id: Mapped[UUID] = mapped_column(ForeignKey(_BRANCH))
    code: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(ForeignKey(_ACCOUNT))
    custodian: Mapped[str]
    ceiling: Mapped[Decimal] = mapped_column(MONEY)
    is_active: Mapped[bool]


class CashVoucher(Base):
    """A small expense: never changed, undone once."""

    __tablename__ = "cash_vouchers"
    __table_args__ = (
        UniqueConstraint("box_id", "year", "sequence", name="cash_vouchers_have_no_gap"),
        UniqueConstraint("entry_id", name="cash_vouchers_have_an_entry_each"),
        Index("cash_vouchers_branch_id", "branch_id", "dated_on"),
        Index(
            "cash_vouchers_party_id",
            "party_id",
            "dated_on",
            postgresql_where=text("party_id is not null"),
        ),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    box_id: Mapped[UUID] = mapped_column(ForeignKey(_BOX))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey(_BRANCH))
    year: Mapped[int] = mapped_column(Integer())
    sequence: Mapped[int]
    number: Mapped[str]
    dated_on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(MONEY)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(_ACCOUNT))
    tax_code: Mapped[str | None] = mapped_column(ForeignKey("accounting.taxes.code"))
    net: Mapped[Decimal] = mapped_column(MONEY)
    tax: Mapped[Decimal] = mapped_column(MONEY)
    label: Mapped[str]
    receipt: Mapped[str]
    party_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounting.party_names.party_id"))
    entry_id: Mapped[UUID]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    command_id: Mapped[UUID | None]
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)


class CashCount(Base):
    """What was counted in a box, by note and coin; never changed."""

    __tablename__ = "cash_counts"
    __table_args__ = (
        UniqueConstraint("entry_id", name="cash_counts_have_an_entry_each"),
        Index("cash_counts_box_id", "box_id", "dated_on"),
        Index("cash_counts_branch_id", "branch_id"),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    box_id: Mapped[UUID] = mapped_column(ForeignKey(_BOX))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey(_BRANCH))
    dated_on: Mapped[date]
    pieces: Mapped[dict[str, Any]]
    counted: Mapped[Decimal] = mapped_column(MONEY)
    expected: Mapped[Decimal] = mapped_column(MONEY)
    entry_id: Mapped[UUID | None]
    note: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    command_id: Mapped[UUID | None]
