"""Entries, their lines, and what is summed up of them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base, Xid8

_SCHEMA = {"schema": "accounting"}


class Entry(Base):
    """What one document did to the accounts; it balances and never changes."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("number", name="entries_number_is_unique"),
        Index("entries_branch_id_dated_on", "branch_id", "dated_on"),
        Index("entries_dated_on_number", "dated_on", "number"),
        Index("entries_period_id", "period_id"),
        Index(
            "entries_reverses_id",
            "reverses_id",
            unique=True,
            postgresql_where=text("reverses_id is not null"),
        ),
        Index(
            "entries_by_hand",
            "journal",
            "dated_on",
            postgresql_where=text("document = '{}'::jsonb"),
        ),
        Index(
            "entries_taxes_that_wait",
            "dated_on",
            postgresql_where=text('taxes @> \'[{"amount": "tax_waiting"}]\''),
        ),
        Index(
            "entries_taxes_to_deduct",
            "dated_on",
            postgresql_where=text('taxes @> \'[{"amount": "deductible_waiting"}]\''),
        ),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    journal: Mapped[str] = mapped_column(ForeignKey("accounting.journals.code"))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    period_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.periods.id"))
    number: Mapped[str]
    dated_on: Mapped[date]
    label: Mapped[str]
    document: Mapped[dict[str, Any]]
    command_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.commands.id"))
    posted_by: Mapped[str]
    posted_at: Mapped[datetime] = mapped_column(MOMENT)
    xid: Mapped[int] = mapped_column(Xid8)
    reverses_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounting.entries.id"))
    taxes: Mapped[list[Any]] = mapped_column(JSONB())


class EntryLine(Base):
    """One debit or credit of an entry."""

    __tablename__ = "entry_lines"
    __table_args__ = (
        Index("entry_lines_account_id_dated_on", "account_id", "dated_on", "xid"),
        Index("entry_lines_xid", "xid"),
        Index(
            "entry_lines_party_id",
            "party_id",
            "account_id",
            postgresql_where=text("party_id is not null"),
        ),
        Index(
            "entry_lines_cost_centre",
            "cost_centre",
            postgresql_where=text("cost_centre is not null"),
        ),
        _SCHEMA,
    )

    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    line_no: Mapped[int] = mapped_column(Integer(), primary_key=True)
    branch_id: Mapped[UUID]
    period_id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.accounts.id"))
    debit: Mapped[Decimal]
    credit: Mapped[Decimal]
    currency: Mapped[str]
    rate: Mapped[Decimal]
    amount: Mapped[Decimal]
    label: Mapped[str]
    xid: Mapped[int] = mapped_column(Xid8)
    party_id: Mapped[UUID | None]
    dated_on: Mapped[date | None]
    cost_centre: Mapped[str | None] = mapped_column(ForeignKey("accounting.cost_centres.code"))
    due_on: Mapped[date | None]


class Balance(Base):
    """The sum of entry lines of an account in a period and branch, as far as rolled up."""

    __tablename__ = "balances"
    __table_args__ = _SCHEMA

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.accounts.id"), primary_key=True)
    period_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.periods.id"), primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"), primary_key=True)
    debit: Mapped[Decimal]
    credit: Mapped[Decimal]


class Rollup(Base):
    """How far the balances are rolled up; there is one row."""

    __tablename__ = "rollup"
    __table_args__ = _SCHEMA

    only_one: Mapped[bool] = mapped_column(primary_key=True)
    below: Mapped[int] = mapped_column(Xid8)
    rolled_at: Mapped[datetime] = mapped_column(MOMENT)


class PartyBalance(Base):
    """What a party owes, or is owed; kept by the posting transaction."""

    __tablename__ = "party_balances"
    __table_args__ = (Index("party_balances_changed_xid", "changed_xid"), _SCHEMA)

    party_id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    balance: Mapped[Decimal]
    changed_xid: Mapped[int] = mapped_column(Xid8)


class PartyName(Base):
    """What a party is called in a ledger."""

    __tablename__ = "party_names"
    __table_args__ = _SCHEMA

    party_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_ar: Mapped[str]
