"""Attestations that suspend a tax, and what documents used of them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base


class Attestation(Base):
    """A customer's paper; documents use of it up to its ceiling, until it ends or is withdrawn."""

    __tablename__ = "attestations"
    __table_args__ = (
        Index(
            "attestations_once",
            "party_id",
            "number",
            unique=True,
            postgresql_where=text("withdrawn_at is null"),
        ),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    party_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.party_names.party_id"))
    number: Mapped[str]
    authority: Mapped[str]
    issued_on: Mapped[date]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    taxes: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    ceiling: Mapped[Decimal | None] = mapped_column(MONEY)
    used: Mapped[Decimal] = mapped_column(MONEY)
    goods: Mapped[str]
    withdrawn_at: Mapped[datetime | None] = mapped_column(MOMENT)
    withdrawn_by: Mapped[str | None]
    reason: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    made_by: Mapped[str]


class AttestationUse(Base):
    """What one document took of an attestation, or gave back."""

    __tablename__ = "attestation_uses"
    __table_args__ = (
        Index("attestation_uses_attestation_id", "attestation_id", "dated_on"),
        {"schema": "accounting"},
    )

    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    attestation_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.attestations.id"))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    document: Mapped[dict[str, Any]] = mapped_column(JSONB())
    dated_on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(MONEY)
    used_at: Mapped[datetime] = mapped_column(MOMENT)
    used_by: Mapped[str]
    command_id: Mapped[UUID | None]
