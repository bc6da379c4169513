"""Invoices and credit notes as people write them, before they are posted. Pure.

On a credit note quantities and amounts are negative, in a draft as on what is posted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

Kind = Literal["invoice", "credit_note"]
State = Literal["draft", "posted", "discarded"]
# How an invoice is to be paid: `account` is later, by whatever means.
PaymentMethod = Literal["cash", "card", "cheque", "transfer", "account"]
Language = Literal["ar", "fr", "en", "ar+fr"]

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class InvoiceLineDraft:
    """One product that is sold, or comes back.

    Attributes:
        description: What the paper says; empty means the product's name.
        unit_price: With or without taxes, as the document says; of a pack where there is one.
        discount_rate: In hundredths: 5 is 5 %.
        goods_back: Whether what a credit note takes back returns to stock.
        original_line_id: The line of the invoice that a credit note gives back of.
    """

    id: UUID
    product_id: UUID
    quantity: Decimal
    unit_price: Decimal
    tax_code: str
    description: str = ""
    pack_id: UUID | None = None
    discount_rate: Decimal = _ZERO
    goods_back: bool = False
    original_line_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """An invoice or credit note that is being written.

    Attributes:
        version: Of the draft that is kept; 0 if none is.
        branch_id: None means the user's own.
        due_on: None means what the terms say.
        original_id: The invoice that a credit note gives back of; none for money only.
        discount: Taken off the whole, in money, with the document's sign.
        attestation_id: By which taxes are suspended; none charges them.
    """

    id: UUID
    kind: Kind
    dated_on: date
    currency: str
    version: int = 0
    branch_id: UUID | None = None
    customer_id: UUID | None = None
    due_on: date | None = None
    original_id: UUID | None = None
    includes_tax: bool = False
    price_list: str | None = None
    terms: str | None = None
    payment_method: PaymentMethod = "account"
    reference: str = ""
    language: Language = "fr"
    note: str = ""
    discount: Decimal = _ZERO
    lines: tuple[InvoiceLineDraft, ...] = ()
    attestation_id: UUID | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def direction(self) -> int:
        """Return 1 for an invoice, -1 for a credit note."""
        return 1 if self.kind == "invoice" else -1
