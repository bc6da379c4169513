"""Payments, and what of a customer's documents is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, cast, false, literal, select, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import in_language
from erp_desktop.core.models import view
from erp_desktop.core.search import terms
from modules.accounting.api import WithholdingKind, withheld_of
from modules.sales.figures import StampRules
from modules.sales.permissions import Permission
from modules.sales.selectors.customers import CustomerTerms
from modules.sales.selectors.reading import typed
from modules.sales.selectors.sheets import SettledPart

PAGE_SIZE = 200

ReceivedBy = Literal["cash", "card", "cheque", "transfer", "withholding"]
PaymentOrder = Literal["dated_on", "number", "customer", "amount", "open"]
OpenKind = Literal["invoice", "credit_note", "payment", "repayment"]


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One line of the list of payments.

    Attributes:
        amount: What it settles; what was paid back is negative.
        stamp: Stamp duty that was taken on top of it.
        open: What of it settles nothing yet; never negative.
    """

    id: UUID
    number: str
    dated_on: date
    customer_id: UUID | None
    customer_code: str
    customer: str
    customer_ar: str
    method: ReceivedBy
    reference: str
    amount: Decimal
    stamp: Decimal
    open: Decimal
    currency: str
    branch_id: UUID
    branch: str
    received_by: str

    def named(self, language: str) -> str:
        """Return the customer's name in a language."""
        return in_language(language, self.customer, self.customer_ar)


@dataclass(frozen=True, slots=True)
class _Listed(PaymentRow):
    """The columns of `sales.payment_list`."""

    words: str


PAYMENT_LIST = view("sales.payment_list", _Listed).c


@dataclass(frozen=True, slots=True)
class PaymentFilter:
    """Which payments are asked for, and in which order; what is None or empty does not matter."""

    method: ReceivedBy | None = None
    customer_id: UUID | None = None
    branch_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    only_open: bool = False
    text: str = ""
    order: PaymentOrder = "dated_on"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class PaymentSheet:
    """A payment with what it settles now; `seller` is the company, as its receipt names it."""

    id: UUID
    number: str
    branch_id: UUID
    branch: str
    branch_name: str
    branch_name_ar: str
    seller: Mapping[str, Any]
    dated_on: date
    method: ReceivedBy
    amount: Decimal
    stamp: Decimal
    open: Decimal
    currency: str
    reference: str
    note: str
    received_by: str
    recorded_at: datetime
    entry_id: UUID | None
    customer: CustomerTerms | None
    settled: tuple[SettledPart, ...]


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A document or payment of a customer that is not settled.

    Attributes:
        whole: What it amounts to, and `open` what is left of it; both above zero.
        bears_stamp: Whether it bears stamp duty already: cash for it then bears none.
        total: Of a document with taxes and without stamp, and `vat` what of it is VAT.
    """

    id: UUID
    kind: OpenKind
    number: str
    dated_on: date
    due_on: date
    reference: str
    whole: Decimal
    open: Decimal
    bears_stamp: bool
    total: Decimal | None
    vat: Decimal | None
    branch_id: UUID
    branch: str

    @property
    def is_owed(self) -> bool:
        """Whether the customer owes it; the others are what settles."""
        return self.kind in {"invoice", "repayment"}


@dataclass(frozen=True, slots=True)
class Withholding:
    """What a customer may keep back of a payment for the state.

    Attributes:
        kinds: Those of the law, of all days.
        last: The kinds that they kept back the last time; none if they never did.
        documents: Numbers of invoices that have a certificate already.
    """

    kinds: tuple[WithholdingKind, ...] = ()
    last: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def on(self, day: date | None) -> tuple[WithholdingKind, ...]:
        """Return the kinds of a day."""
        return tuple(kind for kind in self.kinds if day is not None and kind.holds_on(day))

    def ways(self, day: date | None) -> tuple[tuple[WithholdingKind, ...], ...]:
        """Return what may be kept back together: one kind, or one and a part of the VAT."""
        kinds = self.on(day)
        of_vat = [kind for kind in kinds if kind.law.get("base") == "vat"]
        pairs = [(kind, vat) for kind in kinds for vat in of_vat if kind not in of_vat]
        return (*((kind,) for kind in kinds), *pairs)

    def way_of(self, codes: Sequence[str], day: date | None) -> tuple[WithholdingKind, ...]:
        """Return what these codes mean on a day; nothing where one of them is no law."""
        ways = self.ways(day)
        return next((way for way in ways if {k.code for k in way} == set(codes)), ())

    def parts(
        self, item: OpenItem, way: Sequence[WithholdingKind], currency: str
    ) -> tuple[tuple[str, Decimal], ...]:
        """Return what is kept back of a whole invoice by kind; nothing of one with a paper."""
        if item.total is None or item.number in self.documents:
            return ()
        vat = item.vat or Decimal(0)
        told = (
            (kind.code, withheld_of(kind.law, item.total, vat, currency, is_attested=False).amount)
            for kind in way
        )
        return tuple((code, amount) for code, amount in told if amount)


@dataclass(frozen=True, slots=True)
class OpenItems:
    """What is open of a customer, in the branches of the user, oldest first."""

    customer: CustomerTerms
    items: tuple[OpenItem, ...]
    currency: str
    today: date
    stamps: StampRules
    withholding: Withholding = Withholding()


def list_payments(
    ctx: Context, wanted: PaymentFilter, *, after: PaymentRow | None = None, limit: int = PAGE_SIZE
) -> list[PaymentRow]:
    """Return one page of payments; `after` is the last row of the page before."""
    ctx.require(Permission.PAYMENT_VIEW)
    columns = [PAYMENT_LIST[name] for name in PaymentRow.__dataclass_fields__]
    query = select(*columns).where(*_conditions(wanted))
    if after is not None:
        place = tuple_(PAYMENT_LIST[wanted.order], PAYMENT_LIST.id)
        last = tuple_(literal(getattr(after, wanted.order)), literal(after.id))
        query = query.where(place < last if wanted.descending else place > last)
    order = (PAYMENT_LIST[wanted.order], PAYMENT_LIST.id)
    ordered = query.order_by(*(e.desc() if wanted.descending else e.asc() for e in order))
    return ctx.rows(PaymentRow, ordered.limit(limit))


def get_payment(ctx: Context, payment_id: UUID) -> PaymentSheet:
    """Return a payment with what it settles.

    Raises:
        NotAllowedError: The user may not see payments.
        NotFoundError: There is none, or none that the user may see.
    """
    ctx.require(Permission.PAYMENT_VIEW)
    found = ctx.call("sales.payment_v1", payment_id)
    if found is None:
        raise NotFoundError
    customer = found["customer"]
    settled = tuple(typed(SettledPart, each) for each in found["settled"])
    told = {**found, "customer": CustomerTerms.from_json(customer) if customer else None}
    return typed(PaymentSheet, {**told, "settled": settled})


def open_items(ctx: Context, customer_id: UUID) -> OpenItems:
    """Return what is open of a customer, with what a payment needs to know of them.

    Raises:
        NotAllowedError: The user may not see payments.
        NotFoundError: There is no such party.
    """
    ctx.require(Permission.PAYMENT_VIEW)
    found: Mapping[str, Any] = ctx.call("sales.open_items_v1", customer_id, ctx.today)
    if found["customer"] is None:
        raise NotFoundError
    return OpenItems(
        customer=CustomerTerms.from_json(found["customer"]),
        items=tuple(typed(OpenItem, each) for each in found["items"]),
        currency=found["currency"],
        today=ctx.today,
        stamps=StampRules(found["stamps"]["invoice"], found["stamps"]["cash"]),
        withholding=Withholding(
            tuple(typed(WithholdingKind, each) for each in found["withholding"]["kinds"]),
            tuple(found["withholding"]["last"]),
            tuple(found["withholding"]["documents"]),
        ),
    )


def _conditions(wanted: PaymentFilter) -> list[ColumnElement[bool]]:
    listed = PAYMENT_LIST
    pairs: list[tuple[object, ColumnElement[bool]]] = [
        (wanted.method, listed.method == wanted.method),
        (wanted.customer_id, listed.customer_id == wanted.customer_id),
        (wanted.branch_id, listed.branch_id == wanted.branch_id),
        (wanted.since, listed.dated_on >= literal(wanted.since)),
        (wanted.until, listed.dated_on <= literal(wanted.until)),
        (wanted.only_open, listed.open > 0),
        (wanted.text.strip(), _has_words(wanted.text)),
    ]
    return [condition for asked, condition in pairs if asked]


def _has_words(text: str) -> ColumnElement[bool]:
    words = terms(text)
    if not words:
        return false()
    query = " & ".join(f"'{word}':*" for word in words)
    return PAYMENT_LIST.words.bool_op("@@")(cast(query, TSQUERY))
