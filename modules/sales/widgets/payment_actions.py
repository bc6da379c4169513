"""What can be done with a payment that was received, by who looks at it."""

from collections.abc import Iterator
from typing import Any

from erp_desktop.core.i18n import N_
from erp_desktop.ui.document_page import Action, DocumentPage
from modules.sales.permissions import Permission
from modules.sales.selectors import PaymentSheet
from modules.sales.widgets.new_documents import new_argument
from modules.sales.widgets.printing import print_receipt

_LEDGER = "accounting.ledger.view"


def received_actions(page: DocumentPage[Any, Any], sheet: PaymentSheet) -> Iterator[Action]:
    """Return what can be done with a payment, its receipt first."""
    may, customer = page.backend.user.may, sheet.customer.id if sheet.customer else None

    async def print_it() -> None:
        await print_receipt(page, sheet)

    async def another() -> None:
        page.opens.emit("sales.payment", new_argument("payment", customer=customer))

    async def settle() -> None:
        about = {"customer": str(customer), "source": str(sheet.id)}
        page.opens.emit("sales.settlement", about)

    async def entries() -> None:
        page.opens.emit("accounting.entries", f"document:{sheet.number}")

    yield Action(N_("Print the receipt"), print_it, "printer-outline", key="page.print")
    if may(Permission.PAYMENT_RECEIVE):
        yield Action(N_("Another payment"), another, "cash-plus")
    if sheet.open and sheet.amount > 0 and customer and may(Permission.PAYMENT_ALLOCATE):
        yield Action(N_("Settle invoices"), settle, "scale-balance")
    if may(_LEDGER):
        yield Action(N_("Entries"), entries, "book-open-outline")
