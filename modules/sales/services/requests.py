"""What goes through the gate: each function writes one command, as its name and its payload.

A page sends it: `answer = await backend.execute(*post_invoice(draft, figures))`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from modules.sales.drafts import InvoiceDraft, InvoiceLineDraft
from modules.sales.errors import CustomerMissingError, LinesMissingError, ReasonMissingError
from modules.sales.figures import InvoiceFigures, InvoiceLineFigures
from modules.sales.selectors.payments import ReceivedBy

POST_INVOICE = "sales.post_invoice_v1"
RECEIVE_PAYMENT = "sales.receive_payment_v1"
ALLOCATE = "sales.allocate_v1"
UNDO_WITHHELD = "sales.undo_withheld_v1"
WRITE_OFF = "sales.write_off_v1"

Request: TypeAlias = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Share:
    """What of a source settles what of a target.

    A payment or a credit note settles an invoice; a repayment pays one of them back.
    """

    amount: Decimal
    payment_id: UUID | None = None
    credit_note_id: UUID | None = None
    invoice_id: UUID | None = None
    repayment_id: UUID | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what travels."""
        sides = ("payment_id", "credit_note_id", "invoice_id", "repayment_id")
        told = {side: str(getattr(self, side)) for side in sides if getattr(self, side)}
        return {**told, "amount": f"{self.amount:f}"}


@dataclass(frozen=True, slots=True)
class WithheldPart:
    """What a customer keeps back of an invoice for the state.

    Attributes:
        payment_id: A new one: it settles like a payment of its own.
        kind: Of the law.
        number: Of the certificate; empty if it is to come.
    """

    payment_id: UUID
    invoice_id: UUID
    amount: Decimal
    kind: str
    number: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what travels."""
        ids = {"payment_id": str(self.payment_id), "invoice_id": str(self.invoice_id)}
        return {**ids, "amount": f"{self.amount:f}", "kind": self.kind, "number": self.number}


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """A payment as it was received.

    Attributes:
        amount: What it settles, without the stamp duty; negative if it was paid back.
        stamp: The duty that was taken on top of it.
        shares: What it settles: invoices, or of a repayment the payments and credit notes that are
            paid back; the rest stays as an advance.
        withheld: What was kept back for the state beside it; with it, `amount` may be zero.
    """

    id: UUID
    customer_id: UUID
    dated_on: date
    method: ReceivedBy
    amount: Decimal
    currency: str
    stamp: Decimal = Decimal(0)
    reference: str = ""
    note: str = ""
    shares: tuple[Share, ...] = ()
    withheld: tuple[WithheldPart, ...] = ()
    branch_id: UUID | None = None


def post_invoice(
    draft: InvoiceDraft, figures: InvoiceFigures, *, is_approved: bool = False
) -> Request:
    """Return the request to post a document.

    Args:
        draft: As it is written; it need not be kept before.
        figures: What `reckon_invoice` made of it.
        is_approved: The user accepts that the customer's limit is exceeded, and may do so.

    Raises:
        LinesMissingError: There is nothing on it.
        CustomerMissingError: Nobody buys.
    """
    if not draft.lines:
        raise LinesMissingError
    if draft.customer_id is None:
        raise CustomerMissingError
    payload = draft_json(draft, figures, suspends=True)
    return POST_INVOICE, {**payload, "invoice_id": str(draft.id), "approved": is_approved}


def receive_payment(payment: PaymentDraft) -> Request:
    """Return the fact that a customer has paid."""
    return RECEIVE_PAYMENT, {
        "payment_id": str(payment.id),
        "branch_id": _text(payment.branch_id),
        "customer_id": str(payment.customer_id),
        "dated_on": payment.dated_on.isoformat(),
        "method": payment.method,
        "amount": f"{payment.amount:f}",
        "stamp": f"{payment.stamp:f}",
        "currency": payment.currency,
        "reference": payment.reference,
        "note": payment.note,
        "allocations": [share.as_json() for share in payment.shares],
        "withheld": [part.as_json() for part in payment.withheld],
    }


def undo_withheld(payment_id: UUID) -> Request:
    """Return the request to take back what a customer had kept back, with its certificate."""
    return UNDO_WITHHELD, {"payment_id": str(payment_id)}


def allocate(shares: Iterable[Share] = (), *, undo: Iterable[UUID] = ()) -> Request:
    """Return the request to settle open amounts with each other, and to take back what settled."""
    return ALLOCATE, {
        "allocations": [share.as_json() for share in shares],
        "undo": [str(each) for each in undo],
    }


def write_off(
    write_off_id: UUID, invoice_id: UUID, *, dated_on: date, amount: Decimal, reason: str
) -> Request:
    """Return the request to give up what is open of an invoice, or a part of it.

    Raises:
        ReasonMissingError: Nobody said why.
    """
    if not reason.strip():
        raise ReasonMissingError
    return WRITE_OFF, {
        "write_off_id": str(write_off_id),
        "invoice_id": str(invoice_id),
        "dated_on": dated_on.isoformat(),
        "amount": f"{amount:f}",
        "reason": reason.strip(),
    }


def draft_json(
    draft: InvoiceDraft, figures: InvoiceFigures | None, *, suspends: bool = False
) -> dict[str, Any]:
    """Return a document as it travels, with what it amounts to if that is known.

    Args:
        draft: As it is written.
        figures: What it amounts to.
        suspends: Whether lines change to the taxes that they bear under its attestation; what is
            kept as a draft has its own, so that the attestation can be switched off again.
    """
    amounts = figures.lines if figures else (None,) * len(draft.lines)
    told = {
        "version": draft.version,
        "kind": draft.kind,
        "branch_id": _text(draft.branch_id),
        "customer_id": _text(draft.customer_id),
        "dated_on": draft.dated_on.isoformat(),
        "due_on": draft.due_on.isoformat() if draft.due_on else None,
        "original_id": _text(draft.original_id),
        "currency": draft.currency,
        "includes_tax": draft.includes_tax,
        "price_list": draft.price_list,
        "terms": draft.terms,
        "payment_method": draft.payment_method,
        "reference": draft.reference,
        "language": draft.language,
        "note": draft.note,
        "attestation_id": _text(draft.attestation_id),
        "metadata": dict(draft.metadata),
        "discount": f"{draft.discount:f}",
        "lines": [
            _line(*each, suspends=suspends) for each in zip(draft.lines, amounts, strict=True)
        ],
    }
    return told if figures is None else {**told, **_totals(figures)}


def _totals(figures: InvoiceFigures) -> dict[str, str]:
    names = ("net", "tax", "total", "stamp", "to_pay")
    return {name: f"{getattr(figures, name):f}" for name in names}


def _line(
    line: InvoiceLineDraft, told: InvoiceLineFigures | None, *, suspends: bool
) -> dict[str, Any]:
    given = {
        "id": str(line.id),
        "product_id": str(line.product_id),
        "pack_id": _text(line.pack_id),
        "description": line.description,
        "quantity": f"{line.quantity:f}",
        "unit_price": f"{line.unit_price:f}",
        "discount_rate": f"{line.discount_rate:f}",
        "tax_code": line.tax_code,
        "goods_back": line.goods_back,
        "original_line_id": _text(line.original_line_id),
    }
    if told is None:
        return given
    figures = told.figures
    if suspends and told.plan.code != line.tax_code:
        given |= {"tax_code": told.plan.code, "suspended_tax": line.tax_code}
    return {
        **given,
        "taxes": told.plan.as_json(),
        "discount": f"{figures.discount:f}",
        "amount": f"{figures.amount:f}",
        "net": f"{figures.net:f}",
    }


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
