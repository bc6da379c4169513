"""A credit note of an invoice, as it is proposed: everything comes back that has not yet. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.commands import uuid7
from modules.sales.drafts import InvoiceDraft, InvoiceLineDraft
from modules.sales.selectors import InvoiceSheet, SheetLine


def credit_note_of(
    sheet: InvoiceSheet,
    dated_on: date,
    *,
    quantities: Mapping[UUID, Decimal] | None = None,
    goods_back: bool = True,
) -> InvoiceDraft:
    """Return the credit note of an invoice.

    Args:
        sheet: What `new_invoice(ctx, original_id=…)` says, with the invoice as its original.
        dated_on: Its day.
        quantities: How many come back by line of the invoice, above zero; all that is left without.
        goods_back: Whether they return to stock.
    """
    original, customer = sheet.original, sheet.customer
    if original is None or customer is None:
        message = "a credit note needs its invoice and its customer"
        raise ValueError(message)
    left = {line.id: line.quantity - line.returned for line in original.lines}
    back = left if quantities is None else quantities
    return InvoiceDraft(
        id=uuid7(),
        kind="credit_note",
        dated_on=dated_on,
        currency=sheet.choices.currency,
        customer_id=customer.id,
        original_id=original.id,
        includes_tax=original.includes_tax,
        language=customer.document_language,
        lines=tuple(
            _back(line, back[line.id], goods_back=goods_back)
            for line in original.lines
            if back.get(line.id, Decimal(0)) > 0
        ),
    )


def _back(line: SheetLine, quantity: Decimal, *, goods_back: bool) -> InvoiceLineDraft:
    return InvoiceLineDraft(
        id=uuid7(),
        product_id=line.product_id,
        quantity=-quantity,
        unit_price=line.unit_price,
        tax_code=line.plan.code,
        description=line.description,
        pack_id=line.pack_id,
        discount_rate=line.discount_rate,
        goods_back=goods_back,
        original_line_id=line.id,
    )
