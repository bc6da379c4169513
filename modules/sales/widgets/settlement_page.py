"""Settling invoices with what a customer has too much: an advance, or a credit note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.errors import NotFoundError, OfflineError
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.document_page import Action, Document, DocumentPage, Reckoned, Total
from erp_desktop.ui.forms import AmountField, CodeField, TextField
from modules.sales.errors import AmountImpossibleError, LineNeededError, SharedTooMuchError
from modules.sales.selectors import OpenItem, open_items
from modules.sales.services import Share, allocate
from modules.sales.widgets.new_documents import id_in
from modules.sales.widgets.open_lines import COLUMNS, NOTHING, OpenLine, line_of, settled_of, shared


@dataclass(frozen=True)
class SettlementHead:
    """Whose it is, what settles, and how much of it."""

    customer: str = ""
    source: str = ""
    open: Decimal | None = None
    amount: Decimal | None = None


class SettlementPage(DocumentPage[SettlementHead, OpenLine]):
    """One source and the invoices that it settles, oldest first."""

    title: ClassVar[str] = N_("Settle invoices")
    new_title: ClassVar[str] = N_("Settle invoices")
    columns: ClassVar[tuple[LineColumn[Any], ...]] = COLUMNS
    grows: ClassVar[bool] = False
    keeps_drafts: ClassVar[bool] = False

    def __init__(self, backend: Backend) -> None:
        self._source: OpenItem | None = None
        self._currency = "DZD"
        self.wanted: Mapping[str, Any] = {}
        self._open_amount = AmountField("open", N_("Left of it"))
        self._amount = AmountField("amount", N_("Amount"), least=Decimal(0), required=True)
        self._given = (
            TextField("customer", N_("Customer"), span=2),
            CodeField("source", N_("Settles with")),
            self._open_amount,
        )
        super().__init__(backend, (*self._given, self._amount))

    @override
    def new_line(self) -> OpenLine:
        return NOTHING

    @override
    def reckon(self, head: Mapping[str, Any], lines: Sequence[OpenLine]) -> Reckoned[OpenLine]:
        told = shared(lines, head.get("amount"))
        settled, words = settled_of(told), current()
        left = (self._source.open if self._source else Decimal(0)) - settled
        return Reckoned(
            told,
            (
                Total(_("Left of it"), words.amount(left, self._currency)),
                Total(_("Settled"), words.money(settled, self._currency), is_due=True),
            ),
        )

    @override
    async def save(self, head: SettlementHead, lines: Sequence[OpenLine]) -> str:
        source, settled = self._source, settled_of(lines)
        assert source is not None  # noqa: S101 - the page is empty until then
        if not settled:
            raise AmountImpossibleError
        if settled > source.open:
            words = current()
            told = {"settled": settled, "amount": source.open}
            raise SharedTooMuchError(**{k: words.money(v, self._currency) for k, v in told.items()})
        side = "payment_id" if source.kind == "payment" else "credit_note_id"
        shares = [
            Share(each.settles, invoice_id=each.id, **{side: source.id})
            for each in lines
            if each.settles
        ]
        try:
            await self.backend.execute(*allocate(shares))
        except OfflineError:
            raise LineNeededError from None
        self.forget_draft()
        await self._open(self.wanted)
        sentence = _("{amount} of {number} is settled.")
        return sentence.format(
            amount=current().money(settled, self._currency), number=current().isolate(source.number)
        )

    @override
    def open(self, argument: Any) -> None:
        """Settle with a source: `{"customer": id, "source": id}`."""
        self.wanted = argument
        self.start_latest(self._open, argument)

    @override
    def state(self) -> dict[str, Any]:
        return {**super().state(), "wanted": dict(self.wanted)}

    async def _open(self, wanted: Mapping[str, Any]) -> None:
        customer = id_in(wanted, "customer")
        if customer is None:
            raise NotFoundError
        found = await self.backend.ask(open_items, customer)
        source_id, self._currency = id_in(wanted, "source"), found.currency
        source = next((each for each in found.items if each.id == source_id), None)
        invoices = [each for each in found.items if each.kind == "invoice"]
        name = found.customer.named(current().language)
        head = SettlementHead(name)
        if source is not None:
            owed = sum((each.open for each in invoices), Decimal(0))
            head = SettlementHead(name, source.number, source.open, min(source.open, owed))
        self._source = source
        lines = [line_of(each, found.currency) for each in invoices]
        is_open = source is not None and bool(lines)
        key = f"sales.settlement/{source_id}"
        self.show_document(Document(key, head, lines, is_editable=is_open))
        for field in self._given:
            field.lock(locked=True)
        for amount in (self._open_amount, self._amount):
            amount.use(found.currency)
        self.offer(*((Action(N_("Settle"), self._settle, "scale-balance"),) if is_open else ()))
        if not is_open:
            self.say(_("There is nothing left to settle here."))

    async def _settle(self) -> None:
        await self.save_typed()
