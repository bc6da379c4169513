"""What sales adds to search and commands (Ctrl+K)."""

from collections.abc import Sequence
from typing import Any

from erp_desktop.core.i18n import _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.palette import Found
from modules.sales.names import KINDS
from modules.sales.selectors import InvoiceFilter, InvoiceRow, list_invoices
from modules.sales.widgets.new_documents import new_argument, page_of

_MOST = 8


async def find_documents(backend: Backend, text: str) -> Sequence[Found]:
    """Return the invoices and credit notes that a search means, newest first."""
    rows = await backend.ask(list_invoices, InvoiceFilter(text=text), limit=_MOST)
    return [_found(row) for row in rows]


def new_invoice(shell: Any) -> None:
    """Begin an invoice, from anywhere."""
    shell.open_page("sales.invoice", new_argument("invoice"))


def new_payment(shell: Any) -> None:
    """Receive a payment, from anywhere."""
    shell.open_page("sales.payment", new_argument("payment"))


def _found(row: InvoiceRow) -> Found:
    words = current()
    number = words.isolate(row.number) if row.number else _("Draft")
    facts = (
        row.named(words.language),
        words.date(row.dated_on),
        words.money(row.to_pay, row.currency),
    )
    is_credit = row.kind == "credit_note"
    return Found(
        title=f"{_(KINDS[row.kind])} {number}",
        note=" · ".join(filter(None, facts)),
        icon="undo-variant" if is_credit else "file-document-outline",
        page=page_of(row.kind, row.original_id),
        argument=str(row.id),
    )
