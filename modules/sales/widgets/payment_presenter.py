"""What the page of a payment does, told without a widget."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from erp_desktop.core.commands import Answer
from erp_desktop.core.errors import OfflineError
from erp_desktop.core.i18n import _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.ui.backend import Backend
from modules.sales.errors import LineNeededError, SharedTooMuchError
from modules.sales.figures import payment_stamp
from modules.sales.selectors import OpenItems, PaymentSheet, get_payment, open_items
from modules.sales.selectors.payments import ReceivedBy
from modules.sales.services import PaymentDraft, Share, receive_payment, undo_withheld
from modules.sales.widgets.keeping import kept_of, proposed, withheld_parts
from modules.sales.widgets.open_lines import OpenLine, line_of, paid_of
from modules.sales.widgets.writing import choice_of

_ZERO = Decimal(0)


@dataclass(frozen=True)
class PaymentHead:
    """What is typed above what a payment settles.

    Attributes:
        withholding: Kinds of what the customer keeps back for the state, with a plus between;
            empty if nothing.
        certificate: Number of their paper; empty if it is to come.
    """

    customer: LinkChoice | None = None
    dated_on: date | None = None
    method: ReceivedBy = "cash"
    amount: Decimal | None = None
    reference: str = ""
    note: str = ""
    withholding: str = ""
    certificate: str = ""


class PaymentView(Protocol):
    """All the presenter needs of whoever shows the payment."""

    def show_new(self, head: PaymentHead, lines: Sequence[OpenLine]) -> None:
        """Show a payment that is being received."""

    def show_open(self, lines: Sequence[OpenLine], kind: str) -> None:
        """Show what is open of another customer, and what they kept back the last time."""

    def show_payment(self, sheet: PaymentSheet) -> None:
        """Show a payment that was received."""


class PaymentPresenter:
    """Receives one payment, or shows one."""

    def __init__(self, view: PaymentView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self._id: UUID | None = None
        self.items: OpenItems | None = None
        self.sheet: PaymentSheet | None = None

    @property
    def currency(self) -> str:
        """In which it is paid."""
        if self.sheet is not None:
            return self.sheet.currency
        return self.items.currency if self.items else "DZD"

    async def show(self, payment_id: UUID) -> None:
        """Show a payment that was received."""
        self.sheet = await self._backend.ask(get_payment, payment_id)
        self._view.show_payment(self.sheet)

    async def begin(
        self, identity: UUID, customer_id: UUID | None, invoice_id: UUID | None, today: date
    ) -> None:
        """Show an empty payment; of a customer's invoice, what is open of it is proposed."""
        self._id = identity
        if customer_id is None:
            self._view.show_new(PaymentHead(dated_on=today), ())
            return
        self.items = await self._backend.ask(open_items, customer_id)
        kind = proposed(self.items, today)
        lines = list(self._lines(self.items, kind, today, first=invoice_id))
        wanted = next((line for line in lines if line.id == invoice_id), None)
        amount = None
        if wanted is not None and wanted.open is not None:
            amount = wanted.open - (wanted.kept if wanted.kept <= wanted.open else _ZERO)
        customer = choice_of(self.items.customer)
        head = PaymentHead(customer, today, amount=amount, withholding=kind)
        self._view.show_new(head, lines)

    async def choose(self, customer: LinkChoice | None, day: date | None) -> None:
        """Show what is open of a customer."""
        if customer is not None:
            self.items = await self._backend.ask(open_items, customer.id)
            kind = proposed(self.items, day)
            self._view.show_open(list(self._lines(self.items, kind, day)), kind)

    async def take_back(self) -> str:
        """Take what was kept back out of the books; return the sentence to say."""
        assert self.sheet is not None  # noqa: S101 - only what was received is taken back
        answer = await self._backend.execute(*undo_withheld(self.sheet.id))
        await self.show(self.sheet.id)
        number = current().isolate(str(answer.result["number"]))
        return _("It is taken back as {number}.").format(number=number)

    def stamp(self, method: str, lines: Sequence[OpenLine]) -> Decimal:
        """Return the duty of cash on what settles invoices that bear none."""
        if self.items is None:
            return _ZERO
        bare = paid_of(line for line in lines if not line.bears_stamp)
        currency = CURRENCIES[self.items.currency]
        return payment_stamp(method, bare, self.items.stamps.cash, currency)

    async def receive(self, head: PaymentHead, lines: Sequence[OpenLine]) -> tuple[str, Answer]:
        """Book a payment; return the sentence to say and the gate's answer.

        Raises:
            SharedTooMuchError: More would be settled than is paid.
            LineNeededError: Head office does not answer.
        """
        assert self._id is not None  # noqa: S101 - the page is empty until then
        draft = self._draft(self._id, head, lines)
        try:
            answer = await self._backend.execute(*receive_payment(draft))
        except OfflineError:
            raise LineNeededError from None
        await self.show(UUID(str(answer.result["payment_id"])))
        number = self.sheet.number if self.sheet else ""
        return _("{number} is received.").format(number=current().isolate(number)), answer

    def _draft(self, identity: UUID, head: PaymentHead, lines: Sequence[OpenLine]) -> PaymentDraft:
        assert head.customer is not None  # noqa: S101 - the form requires it
        assert head.dated_on is not None  # noqa: S101 - same
        settled = paid_of(lines)
        typed = settled if head.amount is None else head.amount
        amount = round_money(typed, CURRENCIES[self.currency])
        if settled > amount:
            words = current()
            raise SharedTooMuchError(
                settled=words.money(settled, self.currency),
                amount=words.money(amount, self.currency),
            )
        return PaymentDraft(
            id=identity,
            customer_id=head.customer.id,
            dated_on=head.dated_on,
            method=head.method,
            amount=amount,
            currency=self.currency,
            stamp=self.stamp(head.method, lines),
            reference=head.reference,
            note=head.note,
            shares=tuple(
                Share(each.settles - each.withheld, invoice_id=each.id)
                for each in lines
                if each.settles > each.withheld
            ),
            withheld=tuple(
                withheld_parts(self.items, lines, head.withholding, head.certificate, head.dated_on)
            ),
        )

    def _lines(
        self, items: OpenItems, kind: str, day: date | None, *, first: UUID | None = None
    ) -> Iterator[OpenLine]:
        """Return the invoices that are open, oldest first; the one that is meant before all."""
        invoices = [each for each in items.items if each.kind == "invoice"]
        for item in sorted(invoices, key=lambda each: each.id != first):
            kept = kept_of(items, item, kind, day)
            yield line_of(item, items.currency, kept)
