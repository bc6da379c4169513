"""The page of a payment: received from a customer, shared among invoices, oldest first."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, cast
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.money import CURRENCIES, round_money
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.document_page import (
    Action,
    Document,
    Happening,
    Reckoned,
    Step,
    Total,
)
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import AmountField, ChoiceField, CodeField, DateField, TextField
from erp_desktop.ui.link_field import LinkField
from modules.sales.names import METHODS, RECEIVED
from modules.sales.permissions import Permission
from modules.sales.selectors import PaymentSheet
from modules.sales.widgets.customer_links import find_customers
from modules.sales.widgets.new_documents import id_in
from modules.sales.widgets.open_lines import (
    NOTHING,
    PAYMENT_COLUMNS,
    OpenLine,
    paid_of,
    settled_line,
    settled_of,
    shared,
    withheld_of_all,
)
from modules.sales.widgets.payment_actions import received_actions
from modules.sales.widgets.payment_presenter import PaymentHead, PaymentPresenter
from modules.sales.widgets.wanted_page import WantedPage
from modules.sales.widgets.withheld import WithheldFields
from modules.sales.widgets.writing import choice_of

_ZERO = Decimal(0)
_LEDGER = "accounting.ledger.view"


class PaymentPage(WantedPage[PaymentHead, OpenLine]):
    """One payment, being received or received."""

    title: ClassVar[str] = N_("Payment")
    new_title: ClassVar[str] = N_("New payment")
    columns: ClassVar[tuple[LineColumn[Any], ...]] = PAYMENT_COLUMNS
    grows: ClassVar[bool] = False
    keeps_drafts: ClassVar[bool] = False
    new_kind: ClassVar[str] = "payment"

    def __init__(self, backend: Backend) -> None:
        self.presenter = PaymentPresenter(self, backend)
        self.customer = LinkField(
            "customer", N_("Customer"), provider=find_customers, required=True, span=2
        )
        self.amount = AmountField("amount", N_("Amount"), decimals=None, least=Decimal(0))
        self.method = ChoiceField("method", N_("Paid by"), list(METHODS.items()), required=True)
        self.withheld = WithheldFields(self)
        super().__init__(
            backend,
            (
                self.customer,
                DateField("dated_on", N_("Date"), required=True),
                self.method,
                self.amount,
                CodeField("reference", N_("Cheque or transfer number"), span=2),
                TextField("note", N_("Note"), span=3),
                *self.withheld.fields,
            ),
        )
        follow(self, self.withheld.word)

    def show_new(self, head: PaymentHead, lines: Sequence[OpenLine]) -> None:
        """Show a payment that is being received."""
        self.amount.use(self.presenter.currency)
        self.withheld.offer(head.dated_on)
        path = (Step(N_("New"), "warn"), Step(N_("Money received")), Step(N_("Settled")))
        key = f"sales.payment/{self.wanted.get('new', 'new')}"
        self.show_document(Document(key, head, lines, state=N_("New"), path=path))
        receives = self.backend.user.may(Permission.PAYMENT_RECEIVE)
        receive = Action(N_("Receive"), self._receive, "cash-plus")
        self.offer(*((receive,) if receives else ()))
        (self.customer if head.customer is None else self.amount).setFocus()

    def show_open(self, lines: Sequence[OpenLine], kind: str) -> None:
        """Show what is open of another customer, and what they kept back the last time."""
        self.amount.use(self.presenter.currency)
        self.withheld.offer(self.body.form.values().get("dated_on"))
        self.body.form.type_values({"withholding": kind})
        self.change_lines(lines)

    def show_payment(self, sheet: PaymentSheet) -> None:
        """Show a payment that was received."""
        self.wanted = {"id": str(sheet.id)}
        self.amount.use(sheet.currency)
        self.method.offer(list(RECEIVED.items()))
        self.withheld.offer()
        done = (Step(N_("New"), "ok"), Step(N_("Money received"), "ok"))
        state, tone = (N_("Settled"), "ok") if not sheet.open else (N_("Advance"), "warn")
        customer = choice_of(sheet.customer) if sheet.customer else None
        self.show_document(
            Document(
                f"sales.payment/{sheet.id}",
                PaymentHead(
                    *(customer, sheet.dated_on, sheet.method, sheet.amount),
                    *(sheet.reference, sheet.note),
                ),
                [settled_line(part, sheet.currency) for part in sheet.settled],
                number=sheet.number,
                state=state,
                tone=cast("Any", tone),
                history=(Happening(sheet.recorded_at, N_("Money received"), sheet.received_by),),
                path=(*done, Step(N_("Settled"), cast("Any", tone))),
                is_editable=False,
            )
        )
        self.forget_draft()
        self.offer(*received_actions(self, sheet))

    @override
    def new_line(self) -> OpenLine:
        return NOTHING

    @override
    def reckon(self, head: Mapping[str, Any], lines: Sequence[OpenLine]) -> Reckoned[OpenLine]:
        sheet = self.presenter.sheet
        if sheet is not None:
            return Reckoned(
                lines, self._totals(sheet.amount, sheet.stamp, settled_of(lines), _ZERO)
            )
        amount = head.get("amount")
        if amount is not None:
            amount = round_money(amount, CURRENCIES[self.presenter.currency])
        told = shared(lines, amount)
        paid = paid_of(told)
        stamp = self.presenter.stamp(head.get("method") or "", told)
        amount = paid if amount is None else amount
        return Reckoned(told, self._totals(amount, stamp, paid, withheld_of_all(told)))

    @override
    async def save(self, head: PaymentHead, lines: Sequence[OpenLine]) -> str:
        sentence, answer = await self.presenter.receive(head, lines)
        return " ".join((sentence, *(flag.as_error().sentence() for flag in answer.flags)))

    @override
    def on_head(self, name: str) -> None:
        if name == "customer" and self.presenter.sheet is None:
            choice = self.body.form.values().get("customer")
            day = self.body.form.values().get("dated_on")
            self.start_latest(self.presenter.choose, choice, day)
        elif name in {"withholding", "dated_on"} and self.presenter.sheet is None:
            self.withheld.follow(name)

    @override
    async def show_wanted(self, known: UUID | None, fresh: UUID | None) -> None:
        if known is not None:
            await self.presenter.show(known)
        elif fresh is not None:
            about = (id_in(self.wanted, "customer"), id_in(self.wanted, "invoice"))
            await self.presenter.begin(fresh, *about, wall_clock.today())

    async def _receive(self) -> None:
        # Whatever happens on the way, what is typed waits here.
        self.state()
        await self.save_typed()

    def _totals(
        self, amount: Decimal, stamp: Decimal, paid: Decimal, withheld: Decimal
    ) -> tuple[Total, ...]:
        words, currency = current(), self.presenter.currency
        rest = amount - paid
        title = N_("Left as an advance") if rest >= 0 else N_("Settled too much")
        stamps = (Total(_("Stamp duty"), words.amount(stamp, currency)),) if stamp else ()
        kept = (Total(_("Withheld"), words.amount(withheld, currency)),) if withheld else ()
        return (
            Total(_("Settled"), words.amount(paid + withheld, currency)),
            *kept,
            Total(_(title), words.amount(abs(rest), currency)),
            *stamps,
            Total(_("Received in all"), words.money(amount + stamp, currency), is_due=True),
        )
