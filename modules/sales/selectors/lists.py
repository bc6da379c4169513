"""Lists of invoices, credit notes and drafts, page by page, and how many there are of each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, cast, false, func, literal, or_, select, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import in_language
from erp_desktop.core.models import view
from erp_desktop.core.search import terms
from modules.sales.drafts import Kind, State
from modules.sales.permissions import Permission

PAGE_SIZE = 200

InvoiceOrder = Literal["dated_on", "due_on", "number", "customer", "total", "to_pay", "open"]


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One line of the list of invoices.

    Attributes:
        number: Empty until it is posted.
        open: What is still to be paid, or of a credit note still to be settled; never negative.
        original_id: The invoice that a credit note belongs to; None if it gives money only.
    """

    id: UUID
    version: int
    kind: Kind
    state: State
    number: str
    dated_on: date
    due_on: date
    customer_id: UUID | None
    customer_code: str
    customer: str
    customer_ar: str
    reference: str
    total: Decimal
    to_pay: Decimal
    open: Decimal
    currency: str
    branch_id: UUID
    branch: str
    printed: int
    original_id: UUID | None

    def named(self, language: str) -> str:
        """Return the customer's name in a language."""
        return in_language(language, self.customer, self.customer_ar)

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been paid before today."""
        return self.kind == "invoice" and self.open > 0 and self.due_on < today


@dataclass(frozen=True, slots=True)
class _Listed(InvoiceRow):
    """The columns of `sales.invoice_list`."""

    words: str


INVOICE_LIST = view("sales.invoice_list", _Listed).c


@dataclass(frozen=True, slots=True)
class InvoiceFilter:
    """Which documents are asked for, and in which order; what is None or empty does not matter.

    Discarded drafts are never shown unless asked for.
    """

    kind: Kind | None = None
    state: State | None = None
    customer_id: UUID | None = None
    branch_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    only_open: bool = False
    only_overdue: bool = False
    text: str = ""
    number: str = ""
    customer: str = ""
    reference: str = ""
    total_from: Decimal | None = None
    total_to: Decimal | None = None
    order: InvoiceOrder = "dated_on"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class InvoiceCounts:
    """How many documents there are of each kind, in the branches of the user."""

    drafts: int
    open: int
    overdue: int
    invoices: int
    credit_notes: int

    @property
    def all(self) -> int:
        """All documents."""
        return self.drafts + self.invoices + self.credit_notes


def list_invoices(
    ctx: Context, wanted: InvoiceFilter, *, after: InvoiceRow | None = None, limit: int = PAGE_SIZE
) -> list[InvoiceRow]:
    """Return one page of documents.

    Args:
        ctx: The transaction to read in.
        wanted: Which ones.
        after: Continue below this row, the last of the page before.
        limit: How many at most.
    """
    ctx.require(Permission.INVOICE_VIEW)
    query = select(*_columns()).where(*_conditions(wanted, ctx.today))
    if after is not None:
        query = query.where(_below(wanted, after))
    return ctx.rows(InvoiceRow, _ordered(query, wanted).limit(limit))


def count_invoices(ctx: Context) -> InvoiceCounts:
    """Return how many documents there are behind each chip of the list."""
    ctx.require(Permission.INVOICE_VIEW)
    return InvoiceCounts(**ctx.call("sales.invoice_counts_v1", ctx.today))


def _columns() -> list[Any]:
    return [_column(name) for name in InvoiceRow.__dataclass_fields__]


def _column(name: str) -> Any:
    # A draft has nothing open: a condition on the column itself finds what is by an index.
    column = INVOICE_LIST[name]
    return func.coalesce(column, 0) if name == "open" else column


def _conditions(wanted: InvoiceFilter, today: date) -> list[ColumnElement[bool]]:
    listed = INVOICE_LIST
    names = or_(
        listed.customer.icontains(wanted.customer, autoescape=True),
        listed.customer_ar.icontains(wanted.customer, autoescape=True),
        listed.customer_code == wanted.customer,
    )
    pairs: list[tuple[object, ColumnElement[bool]]] = [
        (wanted.kind, listed.kind == wanted.kind),
        (wanted.state, listed.state == wanted.state),
        (wanted.state is None, listed.state != "discarded"),
        (wanted.customer_id, listed.customer_id == wanted.customer_id),
        (wanted.branch_id, listed.branch_id == wanted.branch_id),
        (wanted.since, listed.dated_on >= literal(wanted.since)),
        (wanted.until, listed.dated_on <= literal(wanted.until)),
        (wanted.only_open or wanted.only_overdue, listed.open > 0),
        (wanted.only_overdue, listed.kind == "invoice"),
        (wanted.only_overdue, listed.due_on < today),
        (wanted.text.strip(), _has_words(wanted.text)),
        (wanted.number, listed.number.icontains(wanted.number, autoescape=True)),
        (wanted.customer, names),
        (wanted.reference, listed.reference.icontains(wanted.reference, autoescape=True)),
        (wanted.total_from is not None, listed.total >= literal(wanted.total_from)),
        (wanted.total_to is not None, listed.total <= literal(wanted.total_to)),
    ]
    return [condition for asked, condition in pairs if asked]


def _has_words(text: str) -> ColumnElement[bool]:
    """Whether every word typed begins a word of the document; `terms` lets nothing else through."""
    words = terms(text)
    if not words:
        return false()
    query = " & ".join(f"'{word}':*" for word in words)
    return INVOICE_LIST.words.bool_op("@@")(cast(query, TSQUERY))


def _ordered(query: Select[Any], wanted: InvoiceFilter) -> Select[Any]:
    columns = [_column(wanted.order), INVOICE_LIST.id]
    return query.order_by(*(each.desc() if wanted.descending else each.asc() for each in columns))


def _below(wanted: InvoiceFilter, after: InvoiceRow) -> ColumnElement[bool]:
    place = tuple_(_column(wanted.order), INVOICE_LIST.id)
    last = tuple_(literal(getattr(after, wanted.order)), literal(after.id))
    return place < last if wanted.descending else place > last
