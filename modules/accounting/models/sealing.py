"""A chain of hashes over the entries of each series."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, Base


class Seal(Base):
    """The hash of an entry and of all entries before it in its series."""

    __tablename__ = "seals"
    __table_args__ = (
        Index("seals_entry_id", "entry_id", unique=True),
        {"schema": "accounting"},
    )

    journal: Mapped[str] = mapped_column(ForeignKey("accounting.journals.code"), primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer(), primary_key=True)
    position: Mapped[int] = mapped_column(Integer(), primary_key=True)
    entry_id: Mapped[UUID]
    hash: Mapped[str]
    sealed_at: Mapped[datetime] = mapped_column(MOMENT)
