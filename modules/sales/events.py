"""What sales tells the others: facts in the past tense, published with their commands."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from erp_desktop.core.events import Event


@dataclass(frozen=True)
class InvoicePosted(Event):
    """An invoice has its number and is booked; published by `sales.post_invoice_v1`."""

    topic: ClassVar[str] = "sales.invoice_posted"
    id: UUID
    number: str
    branch_id: UUID


@dataclass(frozen=True)
class CreditNotePosted(Event):
    """A credit note has its number and is booked; published by `sales.post_invoice_v1`."""

    topic: ClassVar[str] = "sales.credit_note_posted"
    id: UUID
    number: str
    branch_id: UUID


@dataclass(frozen=True)
class PaymentReceived(Event):
    """A customer has paid, or was paid back; published by `sales.receive_payment_v1`."""

    topic: ClassVar[str] = "sales.payment_received"
    id: UUID
    number: str
    branch_id: UUID
