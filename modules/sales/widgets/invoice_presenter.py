"""What the page of a document does, told without a widget."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol
from uuid import UUID

from erp_desktop.core.errors import OfflineError
from erp_desktop.core.i18n import _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.backend import Backend
from modules.sales.drafts import InvoiceDraft, Kind
from modules.sales.errors import (
    AlreadyPostedError,
    CreditExceededError,
    LineNeededError,
)
from modules.sales.permissions import Permission
from modules.sales.selectors import (
    InvoiceSheet,
    ProductOffer,
    customer_terms,
    get_invoice,
    new_invoice,
)
from modules.sales.services import discard_invoice, post_invoice, save_invoice
from modules.sales.widgets.lines import Line
from modules.sales.widgets.pricing import Pricing
from modules.sales.widgets.writing import Writing, check_discounts

LIMIT = "sales.discount"


class InvoiceView(Protocol):
    """All the presenter needs of whoever shows the document."""

    def show_writing(self, writing: Writing) -> None:
        """Show a document as head office has it."""

    def show_law(self, writing: Writing, *, for_customer: bool) -> None:
        """Go on writing under another law, or for another customer."""

    def show_goods(self) -> None:
        """Reckon again: head office has told what products cost."""

    def keep_prices(self) -> None:
        """Let every line keep its price, as if it had been typed."""

    async def agree(self, question: str, deed: str) -> bool:
        """Ask the user; both texts are translated."""


class InvoicePresenter:
    """Opens, prices, keeps and posts one document."""

    def __init__(self, view: InvoiceView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self.writing: Writing | None = None
        self.pricing = Pricing(backend)

    def told(self) -> Writing:
        """Return what head office has told; nothing can be done before that."""
        assert self.writing is not None  # noqa: S101 - the page is empty until then
        return self.writing

    async def show(self, invoice_id: UUID) -> None:
        """Show a document that is kept."""
        self._show(await self._backend.ask(get_invoice, invoice_id), invoice_id, "invoice")

    async def begin(
        self,
        identity: UUID,
        kind: Kind,
        *,
        customer_id: UUID | None = None,
        original_id: UUID | None = None,
    ) -> None:
        """Show a new document."""
        sheet = await self._backend.ask(
            new_invoice, customer_id=customer_id, original_id=original_id
        )
        self._show(sheet, identity, kind)

    async def learn(self, lines: Sequence[Line]) -> None:
        """Ask for the prices and taxes of products that are not known yet."""
        await self.pricing.learn(self.told(), lines)
        self._view.show_goods()

    async def scanned(self, text: str) -> ProductOffer:
        """Return the product of a code or barcode; its pack too, if that carries the barcode.

        Raises:
            ProductUnknownError: There is none that is sold.
        """
        return await self.pricing.scanned(self.told(), text)

    async def sell_to(self, customer: LinkChoice | None, lines: Sequence[Line]) -> None:
        """Take a customer's terms and prices; where prices change, only if the user agrees."""
        if self.writing is None or customer is None:
            return
        terms = await self._backend.ask(customer_terms, customer.id)
        before = self.writing
        self.writing = replace(before, customer=terms)
        if lines and self.writing.price_list != before.price_list:
            await self._reprice(lines, terms.named(current().language))
        self._view.show_law(self.writing, for_customer=True)

    async def date(self, day: date, lines: Sequence[Line]) -> None:
        """Take the law and the prices of another day."""
        if self.writing is None or day == self.writing.base.dated_on:
            return
        sheet = await self._backend.ask(new_invoice, day=day)
        base = replace(self.writing.base, dated_on=day)
        self.writing = replace(self.writing, base=base, choices=sheet.choices)
        await self._reprice(lines, current().date(day))
        self._view.show_law(self.writing, for_customer=False)

    async def save(self, draft: InvoiceDraft) -> str:
        """Keep a draft and return the sentence to say."""
        writing = self.told()
        figures = writing.figures(draft) if draft.lines else None
        saved = await self._backend.do(save_invoice, draft, figures)
        self.writing = writing.saved(saved.version)
        return _("The draft is saved.")

    async def discard(self) -> None:
        """Throw a draft away."""
        base = self.told().base
        if base.version:
            await self._backend.do(discard_invoice, base.id, version=base.version)

    async def post(self, draft: InvoiceDraft) -> str:
        """Post a document and return the sentence to say.

        Raises:
            LineNeededError: Head office does not answer.
            DiscountAboveLimitError: More is given away than the user may.
            UserError: The gate refused it.
        """
        writing = self.told()
        figures = writing.figures(draft)
        check_discounts(draft, figures, self._backend.user.limit(LIMIT))
        try:
            await self._send(draft, is_approved=False)
        except CreditExceededError as refusal:
            if not await self._approves(refusal):
                raise
            await self._send(draft, is_approved=True)
        except AlreadyPostedError:
            # An answer was lost on the way: it is posted, once.
            await self.show(draft.id)
            raise
        except OfflineError:
            raise LineNeededError from None
        await self.show(draft.id)
        head = self.told().sheet.head
        number = current().isolate(head.number) if head else ""
        return _("{number} is posted.").format(number=number)

    async def _send(self, draft: InvoiceDraft, *, is_approved: bool) -> None:
        figures = self.told().figures(draft)
        request = post_invoice(draft, figures, is_approved=is_approved)
        await self._backend.execute(*request)

    async def _approves(self, refusal: CreditExceededError) -> bool:
        if not self._backend.user.may(Permission.CREDIT_APPROVE):
            return False
        sentence = _(
            "{customer} would owe {owed}, and may owe {limit}. Sell on account all the same?"
        )
        return await self._view.agree(sentence.format(**refusal.details), _("Approve"))

    async def _reprice(self, lines: Sequence[Line], whose: str) -> None:
        """Take other prices; those that lines have of a list stay unless the user agrees."""
        fresh = await self.pricing.ask_again(self.told(), lines)
        if self.pricing.differ(lines, fresh):
            question = _("Take the prices for {whose}?").format(whose=whose)
            if not await self._view.agree(question, _("Take them")):
                self._view.keep_prices()
        self.pricing.goods = fresh

    def _show(self, sheet: InvoiceSheet, identity: UUID, kind: Kind) -> None:
        self.writing = Writing.of(sheet, identity, kind, self._backend.user.branch.id)
        self.pricing.goods = {}
        self._view.show_writing(self.writing)
