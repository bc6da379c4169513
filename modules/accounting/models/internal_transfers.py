"""Money on its way between tills, banks and branches."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base

_ACCOUNT = "accounting.accounts.id"
_BRANCH = "core.branches.id"


class InternalTransfer(Base):
    """A transfer: sent by one branch, received by the same or another, or taken back."""

    __tablename__ = "internal_transfers"
    __table_args__ = (
        UniqueConstraint("branch_id", "year", "sequence", name="internal_transfers_have_no_gap"),
        UniqueConstraint("entry_id", name="internal_transfers_send_an_entry_once"),
        UniqueConstraint("receipt_id", name="internal_transfers_receive_an_entry_once"),
        UniqueConstraint("return_id", name="internal_transfers_return_an_entry_once"),
        Index("internal_transfers_branch_id", "branch_id", "dated_on"),
        Index("internal_transfers_to_branch_id", "to_branch_id", "dated_on"),
        {"schema": "accounting"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey(_BRANCH))
    to_branch_id: Mapped[UUID] = mapped_column(ForeignKey(_BRANCH))
    year: Mapped[int | None] = mapped_column(Integer())
    sequence: Mapped[int | None]
    number: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(ForeignKey(_ACCOUNT))
    to_account_id: Mapped[UUID | None] = mapped_column(ForeignKey(_ACCOUNT))
    transit_id: Mapped[UUID] = mapped_column(ForeignKey(_ACCOUNT))
    dated_on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(MONEY)
    reference: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str]
    entry_id: Mapped[UUID]
    sent_by: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(MOMENT)
    command_id: Mapped[UUID | None]
    received_on: Mapped[date | None]
    received: Mapped[Decimal | None] = mapped_column(MONEY)
    received_account_id: Mapped[UUID | None] = mapped_column(ForeignKey(_ACCOUNT))
    difference_id: Mapped[UUID | None] = mapped_column(ForeignKey(_ACCOUNT))
    receipt_id: Mapped[UUID | None]
    received_by: Mapped[str | None]
    received_at: Mapped[datetime | None] = mapped_column(MOMENT)
    note: Mapped[str]
    returned_on: Mapped[date | None]
    return_id: Mapped[UUID | None]
    returned_by: Mapped[str | None]
    returned_at: Mapped[datetime | None] = mapped_column(MOMENT)
