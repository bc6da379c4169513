"""Financial statements as tables of formulas."""

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import Base

_SCHEMA = {"schema": "accounting"}


class Statement(Base):
    """A balance sheet, an income statement: of the country, or of the company's own design."""

    __tablename__ = "statements"
    __table_args__ = _SCHEMA

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    basis: Mapped[str]
    columns: Mapped[str]
    balances_with: Mapped[str | None]
    name: Mapped[str]
    name_ar: Mapped[str]
    legal_ref: Mapped[str]
    doubt: Mapped[str]
    is_own: Mapped[bool]
    is_active: Mapped[bool]


class StatementLine(Base):
    """One line of a statement, with the formula of each of its figures."""

    __tablename__ = "statement_lines"
    __table_args__ = (
        UniqueConstraint("statement", "code", name="statement_lines_code_is_taken"),
        _SCHEMA,
    )

    statement: Mapped[str] = mapped_column(
        ForeignKey("accounting.statements.code"), primary_key=True
    )
    place: Mapped[int] = mapped_column(Integer(), primary_key=True)
    code: Mapped[str]
    kind: Mapped[str]
    side: Mapped[str]
    first: Mapped[str]
    second: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str]
