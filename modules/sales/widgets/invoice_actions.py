"""What can be done with an invoice or a credit note, by its state and by who looks at it."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.document_page import Action
from modules.sales.permissions import Permission
from modules.sales.selectors import InvoiceHead, SettledPart
from modules.sales.services import Request, allocate
from modules.sales.widgets.new_documents import new_argument
from modules.sales.widgets.printing import PDFS, PRINTS, Way, print_invoice, save_pdf
from modules.sales.widgets.write_off import ask_repayment, ask_write_off

if TYPE_CHECKING:
    from modules.sales.widgets.invoice_page import InvoicePage

_LEDGER = "accounting.ledger.view"


class InvoiceActions:
    """The actions of one page."""

    def __init__(self, page: "InvoicePage") -> None:
        self._page = page
        self._may = page.backend.user.may

    def offered(self) -> list[Action]:
        """Return what can be done now: the next state first."""
        writing = self._page.presenter.told()
        head = writing.sheet.head
        if writing.is_editable:
            return list(self._of_draft(is_kept=bool(writing.base.version)))
        return list(self._of_posted(head)) if head and head.state == "posted" else []

    def begin_another(self) -> None:
        """Open a page for a new invoice."""
        self._page.opens.emit("sales.invoice", new_argument("invoice"))

    def take_back(self, part: SettledPart) -> None:
        """Take back what settles the document, once the user has agreed."""
        self._page.start_once(self._take_back, part)

    def _of_draft(self, *, is_kept: bool) -> Iterator[Action]:
        if self._may(Permission.INVOICE_POST):
            yield Action(N_("Post"), self._post, "check-bold")
        if self._page.presenter.told().base.original_id is not None:
            yield Action(N_("All of it"), self._all_of_it, "undo-variant")
        if is_kept:
            question = N_("Discard {name}?")
            yield Action(N_("Discard"), self._discard, "delete-outline", question=question)

    def _of_posted(self, head: InvoiceHead) -> Iterator[Action]:
        is_invoice = head.kind == "invoice"
        printing = Action(
            N_("Print"), self._print, "printer-outline", key="page.print", menu=self._papers()
        )
        pay = self._may(Permission.PAYMENT_RECEIVE) and head.open > 0 and is_invoice
        if pay:
            yield Action(N_("Receive payment"), self._pay, "cash-plus")
        yield printing
        if head.open and not is_invoice and self._may(Permission.PAYMENT_ALLOCATE):
            yield Action(N_("Settle"), self._settle, "scale-balance")
        if head.open and not is_invoice and self._may(Permission.PAYMENT_RECEIVE):
            yield Action(N_("Pay back"), self._pay_back, "cash-minus")
        if is_invoice and self._may(Permission.INVOICE_EDIT):
            yield Action(N_("Credit note"), self._credit, "undo-variant")
        if head.open and is_invoice and self._may(Permission.DEBT_WRITE_OFF):
            yield Action(N_("Write off"), self._write_off, "cash-remove")
        if self._may(_LEDGER):
            yield Action(N_("Entries"), self._entries, "book-open-outline")

    def _papers(self) -> tuple[Way, ...]:
        prints = [(words, partial(self._print, language)) for language, words in PRINTS]
        pdfs = [(words, partial(self._save_pdf, language)) for language, words in PDFS]
        return (*prints, *pdfs)

    async def _post(self) -> str | None:
        draft = self._page.typed()
        if draft is None:
            self._page.say(_("Some fields cannot be saved yet. Look for the red ones."), "warn")
            return None
        # Whatever happens on the way, what is typed waits here.
        self._page.state()
        return await self._page.presenter.post(draft)

    async def _discard(self) -> None:
        await self._page.presenter.discard()
        self._page.forget_draft()
        if self._page.document is not None:
            self._page.show_document(self._page.document)
        self._page.closes.emit()

    async def _all_of_it(self) -> None:
        self._page.take_all()

    async def _print(self, language: object = None) -> None:
        await print_invoice(self._page, self._page.presenter.told().sheet, language)  # type: ignore[arg-type] # one of `PRINTS`

    async def _save_pdf(self, language: object) -> None:
        await save_pdf(self._page, self._page.presenter.told().sheet, language)  # type: ignore[arg-type] # one of `PDFS`

    async def _pay(self) -> None:
        base = self._page.presenter.told().base
        about = {"customer": base.customer_id, "invoice": base.id}
        self._page.opens.emit("sales.payment", new_argument("payment", **about))

    async def _settle(self) -> None:
        base = self._page.presenter.told().base
        about = {"customer": str(base.customer_id), "source": str(base.id)}
        self._page.opens.emit("sales.settlement", about)

    async def _credit(self) -> None:
        base = self._page.presenter.told().base
        argument = new_argument("credit_note", original=base.id)
        self._page.opens.emit("sales.credit_note", argument)

    async def _entries(self) -> None:
        number = self._number()
        self._page.opens.emit("accounting.entries", f"document:{number}")

    async def _write_off(self) -> str | None:
        writing = self._page.presenter.told()
        if not await self._sent(await ask_write_off(self._page, writing)):
            return None
        return _("What was open of {number} is given up.").format(
            number=current().isolate(self._number())
        )

    async def _pay_back(self) -> str | None:
        writing = self._page.presenter.told()
        is_sent = await self._sent(await ask_repayment(self._page, writing))
        return _("Paid back.") if is_sent else None

    async def _sent(self, request: Request | None) -> bool:
        """Send a request, if the user wants it, and show what came of it."""
        if request is None:
            return False
        await self._page.backend.execute(*request)
        await self._page.presenter.show(self._page.presenter.told().base.id)
        return True

    async def _take_back(self, part: SettledPart) -> None:
        words, base = current(), self._page.presenter.told().base
        question = _("Take back {amount} settled by {number}?").format(
            amount=words.money(part.amount, base.currency), number=words.isolate(part.number)
        )
        if await self._page.agree(question, _("Take back")):
            await self._page.backend.execute(*allocate(undo=[part.id]))
            await self._page.presenter.show(base.id)

    def _number(self) -> str:
        head = self._page.presenter.told().sheet.head
        return head.number if head else ""
