"""Cheques and bills, their moves, and deposit slips."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from erp_desktop.core.models import MOMENT, MONEY, Base

_SCHEMA = {"schema": "accounting"}


class DepositSlip(Base):
    """What went to the bank together."""

    __tablename__ = "deposit_slips"
    __table_args__ = (
        UniqueConstraint("branch_id", "year", "sequence", name="deposit_slips_have_no_gap"),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    year: Mapped[int] = mapped_column(Integer())
    sequence: Mapped[int]
    number: Mapped[str]
    purpose: Mapped[str]
    bank_account: Mapped[UUID | None]
    dated_on: Mapped[date]
    made_by: Mapped[str]
    command_id: Mapped[UUID | None]


class Instrument(Base):
    """A cheque or a bill, as it is now."""

    __tablename__ = "instruments"
    __table_args__ = (
        Index("instruments_branch_id", "branch_id", "due_on"),
        Index("instruments_party_id", "party_id", postgresql_where=text("party_id is not null")),
        Index("instruments_document", text("(document ->> 'id')")),
        Index("instruments_slip_id", "slip_id", postgresql_where=text("slip_id is not null")),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    direction: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    number: Mapped[str]
    party_id: Mapped[UUID | None]
    endorsee_id: Mapped[UUID | None]
    amount: Mapped[Decimal] = mapped_column(MONEY)
    paid: Mapped[Decimal] = mapped_column(MONEY)
    account_id: Mapped[UUID | None]
    currency: Mapped[str]
    issued_on: Mapped[date | None]
    due_on: Mapped[date]
    bank: Mapped[str]
    rib: Mapped[str]
    drawer: Mapped[str]
    place: Mapped[str]
    aval: Mapped[str]
    domiciliation: Mapped[str]
    location: Mapped[str]
    qr_text: Mapped[str]
    qr_expires_on: Mapped[date | None]
    qr_ceiling: Mapped[Decimal | None] = mapped_column(MONEY)
    is_guarantee: Mapped[bool]
    bank_account: Mapped[UUID | None]
    slip_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounting.deposit_slips.id"))
    document: Mapped[dict[str, Any]]
    registered_by: Mapped[str]
    registered_at: Mapped[datetime] = mapped_column(MOMENT)


class InstrumentMove(Base):
    """One step of an instrument; never changed."""

    __tablename__ = "instrument_moves"
    __table_args__ = (
        UniqueConstraint("instrument_id", "move_no", name="instrument_moves_are_in_order"),
        UniqueConstraint("undoes_id", name="instrument_moves_are_undone_once"),
        Index("instrument_moves_branch_id", "branch_id"),
        Index(
            "instrument_moves_entry_id", "entry_id", postgresql_where=text("entry_id is not null")
        ),
        _SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("accounting.instruments.id"))
    branch_id: Mapped[UUID] = mapped_column(ForeignKey("core.branches.id"))
    move_no: Mapped[int] = mapped_column(Integer())
    verb: Mapped[str]
    from_state: Mapped[str]
    to_state: Mapped[str]
    dated_on: Mapped[date]
    value_on: Mapped[date | None]
    fees: Mapped[Decimal] = mapped_column(MONEY)
    fee_tax: Mapped[Decimal] = mapped_column(MONEY)
    amount: Mapped[Decimal | None] = mapped_column(MONEY)
    paid: Mapped[Decimal] = mapped_column(MONEY)
    account_id: Mapped[UUID | None]
    entry_id: Mapped[UUID | None]
    slip_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounting.deposit_slips.id"))
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounting.instrument_moves.id"))
    note: Mapped[str]
    moved_by: Mapped[str]
    moved_at: Mapped[datetime] = mapped_column(MOMENT)
    command_id: Mapped[UUID | None]
