"""What the bank and the ledger do not share yet, what is proposed, and what was reconciled."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.permissions import Permission
from modules.accounting.selectors.chart import AccountRow, list_chart
from modules.accounting.selectors.partners import OfPartner
from modules.accounting.selectors.vat import VatChoice, list_vat

Side = Literal["bank", "books"]
_HEAD = text("""
    select h.bank_account_id, h.code, h.name, h.name_ar, h.bank_name, h.rib, h.currency, h.account,
           h.ledger, h.statement, h.read_until
      from accounting.bank_head_v1(:code, :day, :whole) h
""")
_OUTSTANDING = text("""
    select o.side, o.movement_id, o.entry_id, o.line_no, o.dated_on, o.number, o.label, o.party,
           o.party_ar, o.amount, o.is_opening, b.currency
      from accounting.bank_outstanding_v1(:code, :day) o
      join accounting.bank_accounts b on b.code = :code
""")
_PROPOSALS = text("""
    select p.bank_account_id, p.movement_id, p.entry_id, p.line_no, p.reason, p.booked_on,
           p.reference, p.movement, p.dated_on, p.number, p.label, p.amount, p.currency
      from accounting.bank_proposals_v1(:code) p
""")
_RECONCILED = text("""
    select r.id, r.reason, r.made_by, r.made_at, r.undone_by, r.undone_at, r.movements, r.lines,
           r.amount, r.first_on, r.words, r.numbers, r.currency,
           coalesce(array_to_string(u.words, ' '), '')
      from accounting.bank_reconciliations_v1(:code) r
      join accounting.bank_reconciliations k on k.id = r.id
      left join accounting.bank_rules u on u.id = k.rule_id
     order by r.made_at desc, r.id
""")
_EVER = date.max


@dataclass(frozen=True, slots=True)
class BankHead(Bilingual):
    """A bank account on a day.

    Attributes:
        ledger: The balance of its account of the ledger, in its currency.
        statement: The balance of what is imported of the bank.
        read_until: The last closing balance that is imported; None if there is none.
    """

    id: UUID
    code: str
    name: str
    name_ar: str
    bank: str
    rib: str
    currency: str
    account: str
    ledger: Decimal
    statement: Decimal
    read_until: date | None


@dataclass(frozen=True, slots=True)
class OutstandingRow(OfPartner):
    """What only one of the two sides has.

    Attributes:
        side: `bank` is a movement, `books` a line of the ledger.
        number: The bank's reference, or the number of the entry.
        amount: Positive is received.
        is_opening: The opening balance of the first statement.
    """

    side: Side
    movement_id: UUID | None
    entry_id: UUID | None
    line_no: int | None
    dated_on: date
    number: str
    label: str
    party: str
    party_ar: str
    amount: Decimal
    is_opening: bool
    currency: str


@dataclass(frozen=True, slots=True)
class BankDesk:
    """All that the page of reconciliation shows."""

    head: BankHead
    bank: list[OutstandingRow]
    books: list[OutstandingRow]
    chart: list[AccountRow]
    taxes: list[VatChoice]


@dataclass(frozen=True, slots=True)
class BankState:
    """The reconciliation of a day: what each side has alone, and both corrected balances."""

    head: BankHead
    day: date
    bank: tuple[OutstandingRow, ...]
    books: tuple[OutstandingRow, ...]

    @property
    def corrected_ledger(self) -> Decimal:
        """The ledger, once it has what only the bank has."""
        return self.head.ledger + sum((row.amount for row in self.bank), Decimal(0))

    @property
    def corrected_statement(self) -> Decimal:
        """The statement, once the bank has what only the ledger has."""
        return self.head.statement + sum((row.amount for row in self.books), Decimal(0))


@dataclass(frozen=True, slots=True)
class BankProposal:
    """A movement that may be a line of the ledger; `reason` is `reference` or `date`."""

    bank_account_id: UUID
    movement_id: UUID
    entry_id: UUID
    line_no: int
    reason: str
    booked_on: date
    reference: str
    movement: str
    dated_on: date
    number: str
    label: str
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class ReconciliationRow:
    """What was reconciled, by whom, and who took it back; with the words of the rule, if any."""

    id: UUID
    reason: str
    made_by: str
    made_at: datetime
    undone_by: str
    undone_at: datetime | None
    movements: int
    lines: int
    amount: Decimal
    first_on: date
    words: str
    numbers: str
    currency: str
    words_of_rule: str


def get_bank_desk(ctx: Context, code: str) -> BankDesk:
    """Return what is to be reconciled of a bank account now.

    Raises:
        NotAllowedError: The user may not see the ledger.
        NotFoundError: No bank account of the user's branches has this code.
    """
    ctx.require(Permission.VIEW_LEDGER)
    head = ctx.row(BankHead, _HEAD.bindparams(code=code, day=_EVER, whole=False))
    bank, books = _outstanding(ctx, code, _EVER)
    return BankDesk(head, bank, books, list_chart(ctx), list_vat(ctx))


def get_bank_state(ctx: Context, code: str, day: date) -> BankState:
    """Return the reconciliation of a day.

    Raises:
        NotAllowedError: The user may not see the ledger.
        NotFoundError: No bank account of the user's branches has this code.
        OtherBranchError: The user does not see every branch, so not the whole balance.
    """
    ctx.require(Permission.VIEW_LEDGER)
    head = ctx.row(BankHead, _HEAD.bindparams(code=code, day=day, whole=True))
    bank, books = _outstanding(ctx, code, day)
    return BankState(head, day, tuple(bank), tuple(books))


def list_bank_proposals(ctx: Context, code: str) -> list[BankProposal]:
    """Return which movements of a bank account may be which lines of the ledger, and why."""
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(BankProposal, _PROPOSALS.bindparams(code=code))


def list_reconciliations(ctx: Context, code: str) -> list[ReconciliationRow]:
    """Return what was reconciled of a bank account, the last first, at most 500."""
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(ReconciliationRow, _RECONCILED.bindparams(code=code))


def _outstanding(
    ctx: Context, code: str, day: date
) -> tuple[list[OutstandingRow], list[OutstandingRow]]:
    rows = ctx.rows(OutstandingRow, _OUTSTANDING.bindparams(code=code, day=day))
    bank = [row for row in rows if row.side == "bank"]
    return bank, [row for row in rows if row.side == "books"]
