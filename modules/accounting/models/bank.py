"""Where the company keeps its money."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import Base


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
