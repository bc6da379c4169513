"""Certificates of withholding tax."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base


class Withholding(Base):
    """A certificate: what was kept back of a document; never changed, undone once."""

    __tablename__ = "withholdings"
    __table_args__ = (
        UniqueConstraint("branch_id", "year", "sequence", name="withholdings_have_no_gap"),
        Index(
            "withholdings_received_once",
            "party_id",
            "number",
            "document",
            "kind",
            unique=True,
            postgresql_where=text("side = 'received' and undone_at is null and number <> ''"),
        ),
        Index(
            "withholdings_to_come",
            "branch_id",
            "dated_on",
            postgresql_where=text("side = 'received' and undone_at is null and number = ''"),
        ),
        Index("withholdings_entry_id", "entry_id", unique=True),
        Index("withholdings_branch_id", "branch_id", "dated_on"),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    side: Mapped[str]
    number: Mapped[str]
    year: Mapped[int | None] = mapped_column(Integer())
    sequence: Mapped[int | None]
    party_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.party_names.party_id"))
    party_tax_id: Mapped[str]
    document: Mapped[str]
    document_on: Mapped[date]
    dated_on: Mapped[date]
    kind: Mapped[str]
    total: Mapped[Decimal] = mapped_column(MONEY)
    vat: Mapped[Decimal] = mapped_column(MONEY)
    base: Mapped[Decimal] = mapped_column(MONEY)
    rate: Mapped[Decimal]
    amount: Mapped[Decimal] = mapped_column(MONEY)
    attestation: Mapped[str]
    attested_until: Mapped[date | None]
    entry_id: Mapped[UUID]
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    command_id: Mapped[UUID | None]
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)
