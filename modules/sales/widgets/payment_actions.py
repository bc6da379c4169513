"""What can be done with a payment that was received, by who looks at it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from erp_desktop.core.i18n import N_
from erp_desktop.ui.document_page import Action
from modules.sales.permissions import Permission
from modules.sales.selectors import PaymentSheet
from modules.sales.widgets.new_documents import new_argument
from modules.sales.widgets.printing import print_receipt

if TYPE_CHECKING:
    from modules.sales.widgets.payment_page import PaymentPage

_LEDGER = "accounting.ledger.view"


def received_actions(page: "PaymentPage", sheet: PaymentSheet) -> Iterator[Action]:
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

    async def take_back() -> str:
        return await page.presenter.take_back()

    yield Action(N_("Print the receipt"), print_it, "printer-outline", key="page.print")
    if may(Permission.PAYMENT_RECEIVE):
        yield Action(N_("Another payment"), another, "cash-plus")
    if sheet.open and sheet.amount > 0 and customer and may(Permission.PAYMENT_ALLOCATE):
        yield Action(N_("Settle invoices"), settle, "scale-balance")
    if _may_go(sheet) and may(Permission.PAYMENT_ALLOCATE):
        question = N_("Take {name} back? Its invoice is open again, its certificate undone.")
        yield Action(N_("Take the withholding back"), take_back, "undo-variant", question=question)
    if may(_LEDGER):
        yield Action(N_("Entries"), entries, "book-open-outline")


def _may_go(sheet: PaymentSheet) -> bool:
    """Whether it is something that was withheld, and is not paid back already."""
    paid_back = any(part.kind == "repayment" for part in sheet.settled)
    return sheet.method == "withholding" and sheet.amount > 0 and not paid_back
