"""Taxes and what the law says between two days."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import Base, Xid8

_SCHEMA = {"schema": "accounting"}


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
