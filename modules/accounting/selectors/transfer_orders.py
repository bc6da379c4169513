"""Transfer orders: the list, one in its form and on paper, what is due, and who is paid where."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select, text

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.models import view
from modules.accounting.permissions import Permission
from modules.accounting.selectors.bank import BankAccountRow, list_bank_accounts
from modules.accounting.selectors.pages import newest_page

_COMPANY = text(
    "select name, name_ar, address, address_ar, identifiers, country, currency from core.company"
)
_PROPOSALS = text("""
    select p.party_id, p.name, p.name_ar, p.entry_id, p.entry_line, p.document, p.reason,
           p.dated_on, p.due_on, p.open, p.drafted, p.unsettled, p.rib, p.iban, p.bank
      from accounting.transfer_proposals_v1(:branch, :until, cast(:leaving as uuid)) p
""")


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A transfer order.

    Attributes:
        state: `draft`, `ordered`, `taken` (the bank's movement is reconciled) or `cancelled`.
        bank: Code of our bank account.
        payees: How many suppliers it pays.
        payer: Our bank account as it was when the order was given.
        entry: Number of its entry.
    """

    id: UUID
    version: int
    branch_id: UUID
    branch: str
    number: str
    dated_on: date
    is_batch: bool
    state: str
    bank_account_id: UUID
    bank: str
    payees: int
    total: Decimal
    currency: str
    payer: dict[str, str]
    entry_id: UUID | None
    entry: str
    drafted_by: str
    drafted_at: datetime
    ordered_by: str
    ordered_at: datetime | None
    cancelled_by: str
    cancelled_at: datetime | None
    cancel_reason: str


@dataclass(frozen=True, slots=True)
class TransferLine(Bilingual):
    """What a line pays.

    Attributes:
        entry_id: None for an advance.
        open: What the invoice has left, while the order is a draft.
    """

    order_id: UUID
    line_no: int
    party_id: UUID
    name: str
    name_ar: str
    entry_id: UUID | None
    entry_line: int | None
    document: str
    due_on: date | None
    open: Decimal | None
    amount: Decimal
    reason: str
    payee: str
    bank: str
    rib: str
    iban: str
    bic: str


@dataclass(frozen=True, slots=True)
class TransferProposal(Bilingual):
    """An open line of a supplier.

    Attributes:
        reason: What he knows it by: the number of the document, else the label of the entry.
        drafted: What other drafts pay of it already.
        unsettled: Credit notes of and advances to the supplier that settle nothing yet.
    """

    party_id: UUID
    name: str
    name_ar: str
    entry_id: UUID
    entry_line: int
    document: str
    reason: str
    dated_on: date
    due_on: date
    open: Decimal
    drafted: Decimal
    unsettled: Decimal
    rib: str
    iban: str
    bank: str


@dataclass(frozen=True, slots=True)
class TransferFilter:
    """Which orders a list shows.

    Attributes:
        text: Part of number, bank account or reason of a cancellation.
        states: All, if empty.
        days: First and last day, both included.
    """

    text: str = ""
    states: tuple[str, ...] = ()
    days: tuple[date | None, date | None] = (None, None)


@dataclass(frozen=True, slots=True)
class TransferForm:
    """All that the form of an order shows; no order is a new one."""

    order: TransferRow | None
    lines: tuple[TransferLine, ...]
    banks: tuple[BankAccountRow, ...]
    currency: str


@dataclass(frozen=True, slots=True)
class TransferPaper:
    """An order with the company that gives it: names and addresses by language."""

    order: TransferRow
    lines: tuple[TransferLine, ...]
    names: tuple[str, str]
    address: tuple[str, str]
    identifiers: dict[str, str]
    country: str


@dataclass(frozen=True, slots=True)
class PayeeRow(Bilingual):
    """How a supplier is paid by bank; version 0 where nothing is kept yet."""

    party_id: UUID
    name: str
    name_ar: str
    version: int
    holder: str
    bank: str
    rib: str
    iban: str
    bic: str
    changed_by: str
    changed_at: datetime | None


ORDERS: Any = view("accounting.transfer_order_list", TransferRow).c
LINES: Any = view("accounting.transfer_line_list", TransferLine).c
PAYEES: Any = view("accounting.payee_list", PayeeRow).c


def list_transfer_orders(
    ctx: Context, wanted: TransferFilter, *, after: TransferRow | None = None
) -> list[TransferRow]:
    """Return one page of orders, the newest first.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    place = (ORDERS.dated_on, ORDERS.drafted_at, ORDERS.id)
    return newest_page(ctx, TransferRow, _matching(select(*ORDERS), wanted), place, after)


def get_transfer_form(ctx: Context, wanted: UUID | None) -> TransferForm:
    """Return an order, or what a new one needs.

    Raises:
        NotAllowedError: The user may not see the ledger.
        NotFoundError: There is no such order in the user's branches.
    """
    ctx.require(Permission.VIEW_LEDGER)
    order, lines = (None, ()) if wanted is None else _order(ctx, wanted)
    currency = str(ctx.connection.execute(text("select currency from core.company")).scalar_one())
    banks = [
        each
        for each in list_bank_accounts(ctx)
        if (each.is_active and each.currency == currency)
        or (order is not None and each.id == order.bank_account_id)
    ]
    return TransferForm(order, lines, tuple(banks), currency)


def get_transfer_paper(ctx: Context, wanted: UUID) -> TransferPaper:
    """Return an order for letter and files.

    Raises:
        NotAllowedError: The user may not see the ledger.
        NotFoundError: There is no such order in the user's branches.
    """
    ctx.require(Permission.VIEW_LEDGER)
    order, lines = _order(ctx, wanted)
    name, name_ar, address, address_ar, numbers, country, _currency = ctx.connection.execute(
        _COMPANY
    ).one()
    told = {code: value for code, value in numbers.items() if value}
    return TransferPaper(order, lines, (name, name_ar), (address, address_ar), told, country)


def list_transfer_proposals(
    ctx: Context, branch_id: UUID, until: date, leaving: UUID | None = None
) -> list[TransferProposal]:
    """Return the open lines of a branch's suppliers that are due until a day.

    Args:
        ctx: The transaction to read in.
        branch_id: Whose suppliers.
        until: The last day.
        leaving: A draft whose own lines do not count as paid.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    asked = _PROPOSALS.bindparams(branch=branch_id, until=until, leaving=leaving)
    return ctx.rows(TransferProposal, asked)


def list_payees(ctx: Context) -> list[PayeeRow]:
    """Return suppliers by name with their bank accounts.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(PayeeRow, select(*PAYEES).order_by(PAYEES.name, PAYEES.party_id))


def _order(ctx: Context, wanted: UUID) -> tuple[TransferRow, tuple[TransferLine, ...]]:
    found = ctx.rows(TransferRow, select(*ORDERS).where(ORDERS.id == wanted))
    if not found:
        raise NotFoundError
    query = select(*LINES).where(LINES.order_id == wanted).order_by(LINES.line_no)
    return found[0], tuple(ctx.rows(TransferLine, query))


def _matching(query: Select[Any], wanted: TransferFilter) -> Select[Any]:
    if wanted.states:
        query = query.where(ORDERS.state.in_(wanted.states))
    first, last = wanted.days
    if first is not None:
        query = query.where(ORDERS.dated_on >= first)
    if last is not None:
        query = query.where(ORDERS.dated_on <= last)
    if wanted.text.strip():
        words = wanted.text.strip()
        texts = (ORDERS.number, ORDERS.bank, ORDERS.cancel_reason, ORDERS.entry)
        query = query.where(or_(*(each.icontains(words, autoescape=True) for each in texts)))
    return query
