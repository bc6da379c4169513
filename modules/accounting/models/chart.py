"""The chart of accounts, journals, and what plays which role."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import Base

_SCHEMA = {"schema": "accounting"}


class Account(Base):
    """A place in the chart of accounts."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("code", name="accounts_code_is_taken"),
        Index("accounts_metadata", "metadata", postgresql_using="gin"),
        Index("accounts_code_pattern", "code", postgresql_ops={"code": "text_pattern_ops"}),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str]
    is_active: Mapped[bool]
    extra: Mapped[dict[str, Any]] = mapped_column("metadata")


class AccountRole(Base):
    """Which account plays a role such as `sales`, by tax code where that matters."""

    __tablename__ = "account_roles"
    __table_args__ = _SCHEMA

    role: Mapped[str] = mapped_column(primary_key=True)
    qualifier: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.accounts.id"))


class RoleAccount(Base):
    """An account that plays a role, or has played it."""

    __tablename__ = "role_accounts"
    __table_args__ = _SCHEMA

    role: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.accounts.id"), primary_key=True)


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


class Journal(Base):
    """A book of entries of one kind, with numbers of its own."""

    __tablename__ = "journals"
    __table_args__ = _SCHEMA

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_ar: Mapped[str]
    is_manual: Mapped[bool]
    is_active: Mapped[bool]


class CostCentre(Base):
    """What a cost or an income belongs to, beside branch and account."""

    __tablename__ = "cost_centres"
    __table_args__ = _SCHEMA

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str]
    name_ar: Mapped[str]
    is_active: Mapped[bool]
