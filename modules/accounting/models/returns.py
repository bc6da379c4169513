"""Tax returns."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base, Snapshot


class TaxReturn(Base):
    """What was declared of a month or a quarter."""

    __tablename__ = "tax_returns"
    __table_args__ = (
        Index(
            "tax_returns_starts_on",
            "starts_on",
            unique=True,
            postgresql_where=text("undone_at is null"),
        ),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    figures: Mapped[dict[str, Any]]
    snapshot: Mapped[str] = mapped_column(Snapshot())
    entry_id: Mapped[UUID | None]
    declared_by: Mapped[str]
    declared_at: Mapped[datetime] = mapped_column(MOMENT)
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)


class TaxRelease(Base):
    """What of the tax of a document became due, or may be deducted, as it was paid, in a return."""

    __tablename__ = "tax_releases"
    __table_args__ = (Index("tax_releases_entry_id", "entry_id"), {"schema": "accounting"})

    return_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounting.tax_returns.id"), primary_key=True
    )
    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    code: Mapped[str] = mapped_column(primary_key=True)
    base: Mapped[Decimal]
    tax: Mapped[Decimal]
    amount: Mapped[str] = mapped_column(primary_key=True)
    use: Mapped[str] = mapped_column(primary_key=True)


class TaxReturnBox(Base):
    """A box of the country's form."""

    __tablename__ = "tax_return_boxes"
    __table_args__ = (
        UniqueConstraint("code", name="tax_return_boxes_code_is_taken"),
        {"schema": "accounting"},
    )

    place: Mapped[int] = mapped_column(Integer(), primary_key=True)
    code: Mapped[str]
    kind: Mapped[str]
    base: Mapped[str]
    tax: Mapped[str]
    name: Mapped[str]
    name_ar: Mapped[str]
    legal_ref: Mapped[str]
    doubt: Mapped[str]
