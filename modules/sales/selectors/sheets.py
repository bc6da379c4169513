"""One document with all it has, and what can be chosen for it; one round trip."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import Bilingual
from modules.accounting.api import TaxAmount, TaxPlan, suspended_plans
from modules.sales.drafts import (
    InvoiceDraft,
    InvoiceLineDraft,
    Kind,
    Language,
    PaymentMethod,
    State,
)
from modules.sales.figures import OriginalLine, StampRules
from modules.sales.permissions import Permission
from modules.sales.selectors.customers import CustomerTerms
from modules.sales.selectors.reading import typed


@dataclass(frozen=True, slots=True)
class InvoiceHead:
    """What stands above and below the lines of a document.

    Attributes:
        open: What is still to be paid, or of a credit note still to be settled; never negative.
        paper: What the paper said when it was posted (`sales.paper_of`); empty for a draft.
        attestation: Number of the one that suspends taxes of it.
    """

    id: UUID
    version: int
    kind: Kind
    state: State
    number: str
    branch_id: UUID
    branch: str
    branch_name: str
    branch_name_ar: str
    dated_on: date
    due_on: date
    customer_id: UUID | None
    original_id: UUID | None
    original_number: str
    original_dated_on: date | None
    currency: str
    includes_tax: bool
    price_list: str | None
    terms: str | None
    payment_method: PaymentMethod
    reference: str
    language: Language
    note: str
    discount: Decimal
    net: Decimal
    tax: Decimal
    total: Decimal
    stamp: Decimal
    to_pay: Decimal
    open: Decimal
    cost: Decimal
    taxes: tuple[TaxAmount, ...]
    attestation_id: UUID | None
    attestation: str
    paper: Mapping[str, Any]
    posted_at: datetime | None
    posted_by: str
    entry_id: UUID | None
    printed: int


@dataclass(frozen=True, slots=True)
class SheetLine(Bilingual):
    """One line of a document, with the words of its product today.

    Attributes:
        returned: How many came back by posted credit notes.
    """

    id: UUID
    line_no: int
    product_id: UUID
    pack_id: UUID | None
    factor: Decimal
    code: str
    name: str
    name_ar: str
    unit: str
    pack: str
    pack_ar: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    discount_rate: Decimal
    discount: Decimal
    plan: TaxPlan
    amount: Decimal
    net: Decimal
    goods_back: bool
    original_line_id: UUID | None
    returned: Decimal

    def as_draft(self) -> InvoiceLineDraft:
        """Return it as it is written."""
        return InvoiceLineDraft(
            id=self.id,
            product_id=self.product_id,
            quantity=self.quantity,
            unit_price=self.unit_price,
            tax_code=self.plan.code,
            description=self.description,
            pack_id=self.pack_id,
            discount_rate=self.discount_rate,
            goods_back=self.goods_back,
            original_line_id=self.original_line_id,
        )

    def as_original(self) -> OriginalLine:
        """Return it as a credit note gives back of it."""
        return OriginalLine(
            self.id,
            self.product_id,
            self.quantity,
            self.unit_price,
            self.amount,
            self.plan,
            self.returned,
        )


@dataclass(frozen=True, slots=True)
class SettledPart:
    """What settles a document, or what a document settles, in part.

    Attributes:
        id: Of the allocation, by which it can be taken back; of a write-off its own.
        kind: What stands at the other side.
        document_id: Of the other side.
        method: How it was paid; empty where nothing was.
    """

    id: UUID
    kind: str
    document_id: UUID
    number: str
    dated_on: date
    method: str
    amount: Decimal
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What happened to a document: `posted`, `credited`, `settled`, `undone` or `written_off`."""

    at: datetime
    by: str
    what: str
    number: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TermsChoice(Bilingual):
    """When what is bought must be paid."""

    code: str
    name: str
    name_ar: str
    days: int
    end_of_month: bool


@dataclass(frozen=True, slots=True)
class ListChoice(Bilingual):
    """A price list."""

    code: str
    name: str
    name_ar: str
    includes_tax: bool


@dataclass(frozen=True, slots=True)
class InvoiceChoices:
    """What can be chosen for a document, and the law of its day.

    Attributes:
        plans: What each tax code means on the day; a code without a rate is missing.
        tax_names: Names of each tax code, in Latin letters and in Arabic.
        suspended: Codes that stand in the place of what an attestation suspends.
    """

    country: str
    currency: str
    today: date
    plans: Mapping[str, TaxPlan]
    tax_names: Mapping[str, tuple[str, str]]
    suspended: tuple[str, ...]
    stamps: StampRules
    terms: tuple[TermsChoice, ...]
    price_lists: tuple[ListChoice, ...]

    def plans_under(self, taxes: Collection[str]) -> Mapping[str, TaxPlan]:
        """Return what each tax code means where an attestation suspends some taxes."""
        return suspended_plans(self.plans, self.suspended, taxes) if taxes else self.plans


@dataclass(frozen=True, slots=True)
class OriginalInvoice:
    """The invoice that a credit note gives back of."""

    id: UUID
    number: str
    dated_on: date
    includes_tax: bool
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class InvoiceSheet:
    """All that the page of a document shows.

    Attributes:
        head: None for a new document.
        settled: What settles it now, or what it settles: what was taken back is left out.
        original: Of a credit note that gives back of an invoice.
    """

    head: InvoiceHead | None
    lines: tuple[SheetLine, ...]
    settled: tuple[SettledPart, ...]
    history: tuple[HistoryEntry, ...]
    customer: CustomerTerms | None
    original: OriginalInvoice | None
    choices: InvoiceChoices

    @property
    def originals(self) -> tuple[OriginalLine, ...]:
        """Return the lines that `reckon_invoice` wants of a credit note; none for an invoice."""
        return tuple(each.as_original() for each in self.original.lines) if self.original else ()


def get_invoice(ctx: Context, invoice_id: UUID) -> InvoiceSheet:
    """Return a document with all it has.

    Raises:
        NotAllowedError: The user may not see invoices.
        NotFoundError: There is none, or none that the user may see.
    """
    ctx.require(Permission.INVOICE_VIEW)
    found = ctx.call("sales.invoice_v1", invoice_id)
    if found is None:
        raise NotFoundError
    return read_sheet(found)


def new_invoice(
    ctx: Context,
    *,
    customer_id: UUID | None = None,
    original_id: UUID | None = None,
    day: date | None = None,
) -> InvoiceSheet:
    """Return what the page of a new document needs; of a credit note, the invoice as well.

    Args:
        ctx: The transaction to read in.
        customer_id: Who buys, if that is known.
        original_id: The posted invoice that a credit note gives back of; its customer is taken.
        day: Whose law holds; today's without one.

    Raises:
        NotAllowedError: The user may not see invoices.
        NotFoundError: The original is not there, or the user may not see it.
    """
    ctx.require(Permission.INVOICE_VIEW)
    found = ctx.call("sales.new_invoice_v1", customer_id, original_id, day or ctx.today)
    if original_id is not None and found["original"] is None:
        raise NotFoundError
    return read_sheet(found)


def draft_of(sheet: InvoiceSheet) -> InvoiceDraft:
    """Return a kept document as it is written.

    Raises:
        NotFoundError: The sheet is that of a new document.
    """
    head = sheet.head
    if head is None:
        raise NotFoundError
    own = InvoiceDraft.__dataclass_fields__.keys() & InvoiceHead.__dataclass_fields__.keys()
    kept = {name: getattr(head, name) for name in own}
    return InvoiceDraft(**kept, lines=tuple(line.as_draft() for line in sheet.lines))


def read_sheet(given: Mapping[str, Any]) -> InvoiceSheet:
    """Read what `sales.invoice_v1` and `sales.new_invoice_v1` say."""
    customer, original = given["customer"], given["original"]
    return InvoiceSheet(
        head=_head(given["head"]) if given["head"] else None,
        lines=_lines(given["lines"]),
        settled=tuple(typed(SettledPart, each) for each in given["settled"]),
        history=tuple(typed(HistoryEntry, each) for each in given["history"]),
        customer=CustomerTerms.from_json(customer) if customer else None,
        original=_original(original) if original else None,
        choices=_choices(given["choices"]),
    )


def _head(given: Mapping[str, Any]) -> InvoiceHead:
    return typed(InvoiceHead, {**given, "taxes": [typed(TaxAmount, t) for t in given["taxes"]]})


def _lines(given: list[Mapping[str, Any]]) -> tuple[SheetLine, ...]:
    return tuple(
        typed(SheetLine, {**each, "plan": TaxPlan.of(each["tax_code"], each["taxes"])})
        for each in given
    )


def _original(given: Mapping[str, Any]) -> OriginalInvoice:
    return typed(OriginalInvoice, {**given, "lines": _lines(given["lines"])})


def _choices(given: Mapping[str, Any]) -> InvoiceChoices:
    taxes = given["taxes"]
    plans = {tax["code"]: TaxPlan.of(tax["code"], tax["taxes"]) for tax in taxes}
    names = {tax["code"]: (tax["name"], tax["name_ar"]) for tax in taxes}
    return InvoiceChoices(
        country=given["country"],
        currency=given["currency"],
        today=date.fromisoformat(given["today"]),
        plans=plans,
        tax_names=names,
        suspended=tuple(tax["code"] for tax in taxes if tax["kind"] == "suspended"),
        stamps=StampRules(given["stamps"]["invoice"], given["stamps"]["cash"]),
        terms=tuple(typed(TermsChoice, each) for each in given["terms"]),
        price_lists=tuple(typed(ListChoice, each) for each in given["price_lists"]),
    )
