"""Petty cash: boxes and what is in them, small expenses, the book of a box, what windows offer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select, text

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import Bilingual, in_language
from erp_desktop.core.models import view
from modules.accounting.permissions import Permission
from modules.accounting.selectors.chart import AccountRow, list_chart
from modules.accounting.selectors.law import TaxRow, list_taxes
from modules.accounting.selectors.pages import newest_page

_ZERO = Decimal(0)
_COMPANY = text("select name, name_ar, address, address_ar, identifiers, country from core.company")
_PIECES = text("""
    select v.value from accounting.law_values v join core.company c on v.code = c.currency
     where v.kind = 'denominations' and v.valid_from <= :day
       and (v.valid_to is null or v.valid_to >= :day)
""")


@dataclass(frozen=True, slots=True)
class CashBoxRow(Bilingual):
    """A cash box.

    Attributes:
        account: Code of its own account.
        balance: What is in it, by its book.
        waiting: What is on its way into it.
        counted_on: The day of its last count.
    """

    id: UUID
    version: int
    branch_id: UUID
    branch: str
    code: str
    name: str
    name_ar: str
    account: str
    custodian: str
    ceiling: Decimal
    is_active: bool
    balance: Decimal
    waiting: Decimal
    counted_on: date | None
    currency: str

    @property
    def room(self) -> Decimal:
        """What can be put in, up to the ceiling."""
        return max(self.ceiling - self.balance - self.waiting, _ZERO)


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A small expense.

    Attributes:
        amount: With tax.
        account: Code of the account that it is for.
        receipt: The number of the supplier's paper.
    """

    id: UUID
    branch_id: UUID
    number: str
    box: str
    box_name: str
    box_name_ar: str
    custodian: str
    dated_on: date
    amount: Decimal
    account: str
    account_name: str
    account_name_ar: str
    tax_code: str
    net: Decimal
    tax: Decimal
    label: str
    receipt: str
    party_id: UUID | None
    party: str
    party_ar: str
    entry: str
    made_by: str
    is_undone: bool
    currency: str

    def party_named(self, language: str) -> str:
        """Return the partner's name in a language."""
        return in_language(language, self.party, self.party_ar)

    def box_named(self, language: str) -> str:
        """Return the name of the box in a language."""
        return in_language(language, self.box_name, self.box_name_ar)

    def account_named(self, language: str) -> str:
        """Return the name of the account in a language."""
        return in_language(language, self.account_name, self.account_name_ar)


@dataclass(frozen=True, slots=True)
class VoucherFilter:
    """Which expenses a list shows.

    Attributes:
        text: Part of number, label, receipt, partner or box.
        days: First and last day, both included.
    """

    text: str = ""
    days: tuple[date | None, date | None] = (None, None)


@dataclass(frozen=True, slots=True)
class PettyCash:
    """The boxes in use, and what the expenses of a filter amount to."""

    boxes: tuple[CashBoxRow, ...]
    amount: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class SpendingChoices:
    """What the form of an expense offers."""

    boxes: tuple[CashBoxRow, ...]
    chart: tuple[AccountRow, ...]
    taxes: tuple[TaxRow, ...]


@dataclass(frozen=True, slots=True)
class CashBookLine:
    """A line of a cash book.

    Attributes:
        number: Of the entry; `piece` is that of the document, `kind` what this is.
        balance: What is in the box after it.
    """

    dated_on: date
    number: str
    kind: str
    piece: str
    label: str
    counterparts: str
    received: Decimal
    spent: Decimal
    balance: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class CashBook:
    """The book of a box between two days."""

    opening: Decimal
    lines: tuple[CashBookLine, ...]
    currency: str

    @property
    def closing(self) -> Decimal:
        """What is in the box at the end of the last day."""
        return self.lines[-1].balance if self.lines else self.opening


@dataclass(frozen=True, slots=True)
class VoucherPaper:
    """An expense with the company that paid it: names and addresses by language."""

    row: VoucherRow
    names: tuple[str, str]
    address: tuple[str, str]
    country: str


BOX_LIST: Any = view("accounting.cash_box_list", CashBoxRow).c
VOUCHER_LIST: Any = view("accounting.cash_voucher_list", VoucherRow).c


def list_cash_boxes(ctx: Context) -> list[CashBoxRow]:
    """Return the cash boxes of the user's branches by code.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(CashBoxRow, select(*BOX_LIST).order_by(BOX_LIST.code))


def list_vouchers(
    ctx: Context, wanted: VoucherFilter, *, after: VoucherRow | None = None
) -> list[VoucherRow]:
    """Return one page of expenses, the newest first.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    place = (VOUCHER_LIST.dated_on, VOUCHER_LIST.number)
    return newest_page(ctx, VoucherRow, _matching(select(*VOUCHER_LIST), wanted), place, after)


def get_petty_cash(ctx: Context, wanted: VoucherFilter) -> PettyCash:
    """Return the boxes in use, and what the expenses that stand amount to.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    boxes = tuple(box for box in list_cash_boxes(ctx) if box.is_active)
    sums = select(*(func.coalesce(func.sum(c), 0) for c in (VOUCHER_LIST.amount, VOUCHER_LIST.tax)))
    standing = _matching(sums, wanted).where(~VOUCHER_LIST.is_undone)
    amount, tax = ctx.connection.execute(standing).one()
    return PettyCash(boxes, Decimal(amount), Decimal(tax))


def get_spending_choices(ctx: Context) -> SpendingChoices:
    """Return what the form of an expense offers.

    Raises:
        NotAllowedError: The user may not spend.
    """
    ctx.require(Permission.SPEND_CASH)
    boxes = tuple(box for box in list_cash_boxes(ctx) if box.is_active)
    return SpendingChoices(boxes, tuple(list_chart(ctx)), tuple(list_taxes(ctx)))


def list_pieces(ctx: Context, day: date) -> list[Decimal]:
    """Return the notes and coins of a day, the largest first."""
    law = ctx.connection.execute(_PIECES, {"day": day}).scalar_one_or_none()
    found: Sequence[str] = [*law["notes"], *law["coins"]] if law else []
    return sorted({Decimal(worth) for worth in found}, reverse=True)


def get_cash_book(ctx: Context, box_id: UUID, days: tuple[date, date]) -> CashBook:
    """Return the book of a box, with the balance after each line.

    Raises:
        NotAllowedError: The user may not see the ledger.
        NotFoundError: The box is of another branch.
    """
    ctx.require(Permission.VIEW_LEDGER)
    found = ctx.call("accounting.cash_book_v1", box_id, *days)
    if found is None:
        raise NotFoundError
    balance, lines = Decimal(found["opening"]), []
    for row in found["rows"]:
        received, spent = Decimal(row["received"]), Decimal(row["spent"])
        balance += received - spent
        # An entry begins with the number of its document, which stands beside it here.
        label = row["label"].removeprefix(row["piece"]).strip()
        told = (row["number"], row["kind"], row["piece"], label, row["counterparts"])
        day = date.fromisoformat(row["dated_on"])
        lines.append(CashBookLine(day, *told, received, spent, balance, found["currency"]))
    return CashBook(Decimal(found["opening"]), tuple(lines), found["currency"])


def get_voucher_paper(ctx: Context, wanted: UUID) -> VoucherPaper | None:
    """Return an expense for paper; none if it is of another branch.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    rows = ctx.rows(VoucherRow, select(*VOUCHER_LIST).where(VOUCHER_LIST.id == wanted))
    if not rows:
        return None
    name, name_ar, address, address_ar, _numbers, country = ctx.connection.execute(_COMPANY).one()
    return VoucherPaper(rows[0], (name, name_ar), (address, address_ar), country)


def _matching(query: Select[Any], wanted: VoucherFilter) -> Select[Any]:
    columns = VOUCHER_LIST
    first, last = wanted.days
    if first is not None:
        query = query.where(columns.dated_on >= first)
    if last is not None:
        query = query.where(columns.dated_on <= last)
    words = wanted.text.strip()
    if words:
        texts = (columns.number, columns.label, columns.receipt, columns.party, columns.party_ar)
        more = (columns.box, columns.box_name, columns.box_name_ar)
        query = query.where(or_(*(t.icontains(words, autoescape=True) for t in (*texts, *more))))
    return query
