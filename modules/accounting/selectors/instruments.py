"""Cheques and bills: where each is, what it did, and the slips with which they went to the bank."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, tuple_

from erp_desktop.core.context import Context
from erp_desktop.core.models import view
from modules.accounting.permissions import Permission
from modules.accounting.selectors.pages import PAGE_SIZE
from modules.accounting.selectors.partners import OfPartner


@dataclass(frozen=True, slots=True)
class InstrumentRow(OfPartner):
    """A cheque or a bill.

    Attributes:
        direction: `received` from a customer, or `issued` to a supplier.
        kind: `cheque` or `bill`.
        state: As in `accounting.instrument_steps`.
        slip: The number of the deposit slip that it lies on.
        paid: What of it was paid in parts.
        rest: What is not; every step moves this.
        on_slip: What went to the bank with the slip.
    """

    id: UUID
    branch_id: UUID
    branch: str
    direction: str
    kind: str
    state: str
    number: str
    party: str
    party_ar: str
    amount: Decimal
    currency: str
    issued_on: date | None
    due_on: date
    bank: str
    drawer: str
    location: str
    slip: str
    document: dict[str, Any]
    paid: Decimal
    rest: Decimal
    on_slip: Decimal


@dataclass(frozen=True, slots=True)
class InstrumentFilter:
    """Which cheques and bills a list shows.

    Attributes:
        text: Part of number, party, drawer or bank.
        states: Only these; none means all.
        rest: Only those of which just this is not paid.
    """

    text: str = ""
    direction: str = ""
    states: tuple[str, ...] = ()
    rest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class InstrumentMove:
    """A step of a cheque or a bill."""

    move_no: int
    verb: str
    from_state: str
    to_state: str
    dated_on: date
    entry: str
    slip: str
    note: str
    moved_by: str
    moved_at: datetime
    paid: Decimal
    fees: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class SlipRow:
    """A deposit slip: what it holds, and what of it was cashed."""

    id: UUID
    branch: str
    number: str
    purpose: str
    dated_on: date
    pieces: int
    total: Decimal
    open: int
    currency: str
    made_by: str


INSTRUMENT_LIST: Any = view("accounting.instrument_list", InstrumentRow).c
SLIP_LIST: Any = view("accounting.deposit_slip_list", SlipRow).c


def list_instruments(
    ctx: Context, wanted: InstrumentFilter, *, after: InstrumentRow | None = None
) -> list[InstrumentRow]:
    """Return one page of cheques and bills, what is due first at the top."""
    ctx.require(Permission.VIEW_LEDGER)
    columns = INSTRUMENT_LIST
    query = select(*columns).order_by(columns.due_on, columns.id).limit(PAGE_SIZE)
    if wanted.direction:
        query = query.where(columns.direction == wanted.direction)
    if wanted.states:
        query = query.where(columns.state.in_(wanted.states))
    if wanted.rest is not None:
        query = query.where(columns.rest == wanted.rest)
    if wanted.text.strip():
        texts = (columns.number, columns.party, columns.party_ar, columns.drawer, columns.bank)
        words = wanted.text.strip()
        query = query.where(or_(*(t.icontains(words, autoescape=True) for t in texts)))
    if after is not None:
        query = query.where(tuple_(columns.due_on, columns.id) > (after.due_on, after.id))
    return ctx.rows(InstrumentRow, query)


def list_moves(ctx: Context, instrument_id: UUID) -> list[InstrumentMove]:
    """Return what a cheque or a bill did, in order."""
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.table("accounting.instrument_moves_v1", InstrumentMove, wanted=instrument_id)


def list_slips(ctx: Context) -> list[SlipRow]:
    """Return the deposit slips of the user's branches, newest first."""
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(SlipRow, select(*SLIP_LIST).order_by(SLIP_LIST.number.desc()).limit(500))


def get_slip(ctx: Context, slip: str) -> SlipRow | None:
    """Return a deposit slip by its number."""
    ctx.require(Permission.VIEW_LEDGER)
    found = ctx.rows(SlipRow, select(*SLIP_LIST).where(SLIP_LIST.number == slip))
    return found[0] if found else None


def list_of_slip(ctx: Context, slip: str) -> list[InstrumentRow]:
    """Return what lies on a slip, by its number."""
    ctx.require(Permission.VIEW_LEDGER)
    query = select(*INSTRUMENT_LIST).where(INSTRUMENT_LIST.slip == slip)
    return ctx.rows(InstrumentRow, query.order_by(INSTRUMENT_LIST.number))
