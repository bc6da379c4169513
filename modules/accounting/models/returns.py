"""Tax returns."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, UniqueConstraint, text
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
