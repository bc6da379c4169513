"""Purchase invoices: the list, one with what its page offers, and the last of a supplier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select, text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.models import view
from modules.accounting.permissions import Permission
from modules.accounting.selectors.pages import newest_page
from modules.accounting.taxes import TaxPlan

_TAXES = text("select tax_code, name, name_ar, kind, taxes from accounting.rates_at_v1(:day)")
_CURRENCY = text("select currency from core.company")
_ACCOUNTS = text("select id, code, name, name_ar from accounting.accounts where code = any(:codes)")
_LAST = text(
    "select lines from accounting.purchases where party_id = :party and undone_at is null"
    " order by booked_on desc, made_at desc limit 1"
)


@dataclass(frozen=True, slots=True)
class PurchaseRow(Bilingual):
    """A purchase as it was booked, amounts in the company's currency.

    Attributes:
        kind: `invoice` or `credit_note`; amounts of both are positive.
        name: Of the supplier.
        lines: As `PurchaseLine` writes them, each with its `taxes`.
        open: What is still owed; of a credit note what it still takes off, negative.
    """

    id: UUID
    branch_id: UUID
    branch: str
    kind: str
    party_id: UUID
    name: str
    name_ar: str
    number: str
    dated_on: date
    booked_on: date
    due_on: date
    label: str
    lines: list[dict[str, Any]]
    net: Decimal
    deductible: Decimal
    cost_tax: Decimal
    stamp: Decimal
    total: Decimal
    entry_id: UUID
    entry: str
    made_by: str
    made_at: datetime
    is_undone: bool
    open: Decimal
    currency: str

    @property
    def sign(self) -> int:
        """-1 of a credit note, else 1."""
        return -1 if self.kind == "credit_note" else 1


@dataclass(frozen=True, slots=True)
class PurchaseFilter:
    """Which purchases a list shows.

    Attributes:
        text: Part of number, supplier, label or entry.
        kind: `invoice`, `credit_note`, or all.
        days: First and last day in the ledger, both included.
        due_until: Of what is open, due by this day only.
    """

    text: str = ""
    kind: str = ""
    days: tuple[date | None, date | None] = (None, None)
    is_open: bool = False
    due_until: date | None = None


@dataclass(frozen=True, slots=True)
class PurchaseSum:
    """What purchases come to; credit notes count negative, those taken back nothing."""

    net: Decimal
    deductible: Decimal
    total: Decimal
    open: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class PurchaseTax(Bilingual):
    """A tax code that a line may have."""

    code: str
    name: str
    name_ar: str
    plan: TaxPlan


@dataclass(frozen=True, slots=True)
class PurchaseChoices:
    """What the lines of a purchase may have on a day.

    Attributes:
        vat: Codes of the taxes that are VAT.
    """

    day: date
    taxes: Mapping[str, PurchaseTax]
    vat: frozenset[str]
    currency: str

    @property
    def plans(self) -> dict[str, TaxPlan]:
        """Return what each tax code means."""
        return {code: tax.plan for code, tax in self.taxes.items()}


@dataclass(frozen=True, slots=True)
class PurchaseSheet:
    """A purchase, or none, with what its page offers.

    Attributes:
        accounts: Accounts of the lines by code: `{"id", "code", "name", "name_ar"}`.
    """

    row: PurchaseRow | None
    choices: PurchaseChoices
    accounts: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class LastLines:
    """The lines of the last purchase of a supplier, with their accounts by code."""

    lines: list[dict[str, Any]]
    accounts: Mapping[str, Mapping[str, Any]]


PURCHASE_LIST: Any = view("accounting.purchase_list", PurchaseRow).c


def list_purchases(
    ctx: Context, wanted: PurchaseFilter, *, after: PurchaseRow | None = None
) -> list[PurchaseRow]:
    """Return one page of purchases, the newest first.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    place = (PURCHASE_LIST.booked_on, PURCHASE_LIST.id)
    return newest_page(ctx, PurchaseRow, _matching(select(*PURCHASE_LIST), wanted), place, after)


def sum_purchases(ctx: Context, wanted: PurchaseFilter) -> PurchaseSum:
    """Return what the purchases of a filter come to.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    sign = case((PURCHASE_LIST.kind == "credit_note", -1), else_=1)
    sums = [
        func.coalesce(func.sum(sign * PURCHASE_LIST[name]), 0)
        for name in ("net", "deductible", "total")
    ]
    query = select(*sums, func.coalesce(func.sum(PURCHASE_LIST.open), 0)).where(
        ~PURCHASE_LIST.is_undone
    )
    found = ctx.connection.execute(_matching(query, wanted)).one()
    net, deductible, total, left = found
    currency = ctx.connection.execute(_CURRENCY).scalar_one()
    return PurchaseSum(net, deductible, total, left, currency)


def get_purchase(ctx: Context, wanted: UUID | None, *, day: date) -> PurchaseSheet:
    """Return a purchase with what its page offers; without `wanted` what one of `day` may have.

    Raises:
        NotAllowedError: The user may not see the ledger.
        NotFoundError: There is no such purchase in the branches of the user.
    """
    ctx.require(Permission.VIEW_LEDGER)
    row = None
    if wanted is not None:
        row = ctx.row(PurchaseRow, select(*PURCHASE_LIST).where(PURCHASE_LIST.id == wanted))
        day = row.dated_on
    return PurchaseSheet(row, purchase_choices(ctx, day), _accounts(ctx, row.lines if row else []))


def purchase_choices(ctx: Context, day: date) -> PurchaseChoices:
    """Return which taxes the lines of a purchase of a day may have."""
    rows = list(ctx.connection.execute(_TAXES, {"day": day}))
    taxes = {r.tax_code: PurchaseTax(r.tax_code, r.name, r.name_ar, _plan(r)) for r in rows}
    vat = frozenset(row.tax_code for row in rows if row.kind == "vat")
    return PurchaseChoices(day, taxes, vat, ctx.connection.execute(_CURRENCY).scalar_one())


def last_lines(ctx: Context, party_id: UUID) -> LastLines:
    """Return the lines of the last purchase of a supplier: the next one is mostly like it.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    lines = ctx.connection.execute(_LAST, {"party": party_id}).scalar() or []
    return LastLines(lines, _accounts(ctx, lines))


def _plan(row: Any) -> TaxPlan:
    return TaxPlan.of(row.tax_code, row.taxes)


def _accounts(ctx: Context, lines: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    codes = sorted({line["account"] for line in lines})
    rows = ctx.connection.execute(_ACCOUNTS, {"codes": codes}).mappings()
    return {row["code"]: {**row, "id": str(row["id"])} for row in rows}


def _matching(query: Select[Any], wanted: PurchaseFilter) -> Select[Any]:
    columns = PURCHASE_LIST
    if wanted.kind:
        query = query.where(columns.kind == wanted.kind)
    if wanted.is_open or wanted.due_until is not None:
        query = query.where(columns.open != 0)
    if wanted.due_until is not None:
        query = query.where(columns.due_on <= wanted.due_until)
    first, last = wanted.days
    if first is not None:
        query = query.where(columns.booked_on >= first)
    if last is not None:
        query = query.where(columns.booked_on <= last)
    words = wanted.text.strip()
    if words:
        texts = (columns.number, columns.name, columns.name_ar, columns.label, columns.entry)
        query = query.where(or_(*(t.icontains(words, autoescape=True) for t in texts)))
    return query
