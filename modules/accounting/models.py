"""The tables of the ledger as classes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Integer, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base, Xid8

_SCHEMA = {"schema": "accounting"}


class Account(Base):
    """A place in the chart of accounts."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("code", name="accounts_code_is_taken"),
        Index("accounts_metadata", "metadata", postgresql_using="gin"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str]
    is_active: Mapped[bool]
    extra: Mapped[dict[str, Any]] = mapped_column("metadata")


class Journal(Base):
    """A book of entries of one kind, with numbers of its own."""

    __tablename__ = "journals"
    __table_args__ = _SCHEMA

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_ar: Mapped[str]
    is_manual: Mapped[bool]
    is_active: Mapped[bool]


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


class Series(Base):
    """The last number of a journal in a branch and year; counted by the posting transaction."""

    __tablename__ = "series"
    __table_args__ = _SCHEMA

    journal: Mapped[str] = mapped_column(ForeignKey("accounting.journals.code"), primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer(), primary_key=True)
    last_number: Mapped[int]


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


class Tax(Base):
    """A tax that a product can be under."""

    __tablename__ = "taxes"
    __table_args__ = _SCHEMA

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_ar: Mapped[str]
    is_active: Mapped[bool]
    kind: Mapped[str]
    base_taxes: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    article: Mapped[str]
    version: Mapped[int]
    changed_xid: Mapped[int] = mapped_column(Xid8)


class TaxRate(Base):
    """What a tax amounts to between two days, and the law that says so."""

    __tablename__ = "tax_rates"
    __table_args__ = (Index("tax_rates_changed_xid", "changed_xid"), _SCHEMA)

    tax_code: Mapped[str] = mapped_column(ForeignKey("accounting.taxes.code"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    rate: Mapped[Decimal]
    legal_ref: Mapped[str]
    doubt: Mapped[str]
    changed_xid: Mapped[int] = mapped_column(Xid8)
    version: Mapped[int]


class LawValue(Base):
    """What the law says between two days: a stamp duty, an identifier, a mention, a holiday."""

    __tablename__ = "law_values"
    __table_args__ = (
        UniqueConstraint("kind", "code", "valid_from", name="law_values_begin_once"),
        Index("law_values_changed_xid", "changed_xid"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    kind: Mapped[str]
    code: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    value: Mapped[dict[str, Any]]
    legal_ref: Mapped[str]
    doubt: Mapped[str]
    changed_xid: Mapped[int] = mapped_column(Xid8)


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


class AccountRole(Base):
    """Which account plays a role such as `sales`, by tax code where that matters."""

    __tablename__ = "account_roles"
    __table_args__ = _SCHEMA

    role: Mapped[str] = mapped_column(primary_key=True)
    qualifier: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.accounts.id"))


class PostingRule(Base):
    """How one amount of a document becomes a line of an entry."""

    __tablename__ = "posting_rules"
    __table_args__ = _SCHEMA

    rule: Mapped[str] = mapped_column(primary_key=True)
    line_no: Mapped[int] = mapped_column(Integer(), primary_key=True)
    journal: Mapped[str] = mapped_column(ForeignKey("accounting.journals.code"))
    side: Mapped[str]
    role: Mapped[str]
    amount: Mapped[str]


class CostCentre(Base):
    """What a cost or an income belongs to, beside branch and account."""

    __tablename__ = "cost_centres"
    __table_args__ = _SCHEMA

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str]
    name_ar: Mapped[str]
    is_active: Mapped[bool]


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


class RoleLock(Base):
    """The day before which a role posts nothing."""

    __tablename__ = "role_locks"
    __table_args__ = _SCHEMA

    role: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    locked_before: Mapped[date]


class Year(Base):
    """A year whose accounts were closed, for now or for good."""

    __tablename__ = "years"
    __table_args__ = _SCHEMA

    year: Mapped[int] = mapped_column(Integer(), primary_key=True)
    state: Mapped[str]
    runs: Mapped[int] = mapped_column(Integer())
    closed_by: Mapped[str]
    closed_at: Mapped[datetime] = mapped_column(MOMENT)
