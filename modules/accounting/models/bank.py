"""Where the company keeps its money, and what the banks say of it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base

_BANK = "accounting.bank_accounts.id"


class BankAccount(Base):
    """An account at a bank, with the account of the ledger that mirrors it."""

    __tablename__ = "bank_accounts"
    __table_args__ = (
        UniqueConstraint("code", name="bank_accounts_code_is_taken"),
        UniqueConstraint("account_id", name="bank_accounts_account_is_taken"),
        Index("bank_accounts_branch_id", "branch_id"),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str]
    bank: Mapped[str]
    rib: Mapped[str]
    iban: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.accounts.id"))
    journal: Mapped[str] = mapped_column(ForeignKey("accounting.journals.code"))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    currency: Mapped[str]
    is_active: Mapped[bool]


class BankStatement(Base):
    """A statement of a file, between two balances."""

    __tablename__ = "bank_statements"
    __table_args__ = (
        UniqueConstraint(
            "bank_account_id",
            "opened_on",
            "closed_on",
            "opening",
            "closing",
            name="bank_statements_are_kept_once",
        ),
        Index("bank_statements_branch_id", "branch_id"),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    bank_account_id: Mapped[UUID] = mapped_column(ForeignKey(_BANK))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    account: Mapped[str]
    opened_on: Mapped[date]
    opening: Mapped[Decimal]
    closed_on: Mapped[date]
    closing: Mapped[Decimal]
    source: Mapped[str]
    file_name: Mapped[str]
    imported_by: Mapped[str]
    imported_at: Mapped[datetime] = mapped_column(MOMENT)


class BankMovement(Base):
    """What moved at the bank; positive where the company received it."""

    __tablename__ = "bank_movements"
    __table_args__ = (
        UniqueConstraint(
            "bank_account_id",
            "booked_on",
            "amount",
            "reference",
            "occurrence",
            "is_opening",
            name="bank_movements_are_taken_once",
        ),
        Index("bank_movements_statement_id", "statement_id"),
        Index("bank_movements_branch_id", "branch_id"),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    statement_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.bank_statements.id"))
    bank_account_id: Mapped[UUID] = mapped_column(ForeignKey(_BANK))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    is_opening: Mapped[bool]
    booked_on: Mapped[date]
    valued_on: Mapped[date]
    amount: Mapped[Decimal]
    reference: Mapped[str]
    label: Mapped[str]
    occurrence: Mapped[int] = mapped_column(Integer())


class BankReconciliation(Base):
    """Movements and lines of the ledger that are the same money."""

    __tablename__ = "bank_reconciliations"
    __table_args__ = (
        Index("bank_reconciliations_bank_account_id", "bank_account_id", "made_at"),
        Index("bank_reconciliations_branch_id", "branch_id"),
        Index(
            "bank_reconciliations_rule_id",
            "rule_id",
            postgresql_where=text("rule_id is not null"),
        ),
        ForeignKeyConstraint(
            ["rule_id", "branch_id"],
            ["accounting.bank_rules.id", "accounting.bank_rules.branch_id"],
            name="bank_reconciliations_rule_is_of_their_branch",
        ),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    bank_account_id: Mapped[UUID] = mapped_column(ForeignKey(_BANK))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    reason: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    command_id: Mapped[UUID | None] = mapped_column(ForeignKey("core.commands.id"))
    rule_id: Mapped[UUID | None]
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)


class BankReconciled(Base):
    """A movement or a line of the ledger in a reconciliation."""

    __tablename__ = "bank_reconciled"
    __table_args__ = (
        ForeignKeyConstraint(
            ["entry_id", "line_no"],
            ["accounting.entry_lines.entry_id", "accounting.entry_lines.line_no"],
            name="bank_reconciled_refers_to_a_line",
        ),
        Index(
            "bank_reconciled_movements_once",
            "movement_id",
            unique=True,
            postgresql_where=text("stands and movement_id is not null"),
        ),
        Index(
            "bank_reconciled_lines_once",
            "entry_id",
            "line_no",
            unique=True,
            postgresql_where=text("stands and entry_id is not null"),
        ),
        Index("bank_reconciled_branch_id", "branch_id"),
        {"schema": "accounting"},
    )

    reconciliation_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounting.bank_reconciliations.id"), primary_key=True
    )
    part_no: Mapped[int] = mapped_column(Integer(), primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    movement_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounting.bank_movements.id"))
    entry_id: Mapped[UUID | None]
    line_no: Mapped[int | None] = mapped_column(Integer())
    stands: Mapped[bool]
