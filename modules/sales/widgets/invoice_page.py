"""The pages of invoices and credit notes: written, posted, printed, paid."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QModelIndex
from typing_extensions import override

from erp_desktop.core.i18n import N_
from erp_desktop.ui import keys
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.document_page import Reckoned
from modules.sales.drafts import InvoiceDraft, Kind
from modules.sales.widgets.documents import document_of, posted_totals, totals_of
from modules.sales.widgets.head import Head, HeadFields
from modules.sales.widgets.head_follower import HeadFollower
from modules.sales.widgets.invoice_actions import InvoiceActions
from modules.sales.widgets.invoice_files import InvoiceFiles
from modules.sales.widgets.invoice_presenter import InvoicePresenter
from modules.sales.widgets.invoice_side import SettledSide
from modules.sales.widgets.lines import INVOICE_COLUMNS, RETURN_COLUMNS, Line, with_offer
from modules.sales.widgets.new_documents import id_in
from modules.sales.widgets.wanted_page import WantedPage
from modules.sales.widgets.writing import Writing

_WIDE, _SIDE_WIDTH = 10_000, 290


class InvoicePage(WantedPage[Head, Line]):
    """One invoice."""

    title: ClassVar[str] = N_("Invoice")
    new_title: ClassVar[str] = N_("New invoice")
    columns: ClassVar[tuple[LineColumn[Any], ...]] = tuple(INVOICE_COLUMNS)
    head_columns: ClassVar[int] = 6
    kind: ClassVar[Kind] = "invoice"
    new_kind: ClassVar[str] = "invoice"

    def __init__(self, backend: Backend) -> None:
        self.fields = HeadFields()
        self.presenter = InvoicePresenter(self, backend)
        super().__init__(backend, self.fields.parts(of_return=self.kind == "credit_note"))
        self.settled = SettledSide()
        self.deeds = InvoiceActions(self)
        self._follower = HeadFollower(self)
        self.files = InvoiceFiles(self, backend)
        self.add_side(N_("Payments"), self.settled)
        self.add_side(N_("Attachments"), self.files)
        self._split.setSizes([_WIDE, _SIDE_WIDTH])
        self._split.show_side(shown=False)
        self._follow()

    def show_writing(self, writing: Writing) -> None:
        """Show a document as head office has it."""
        self.fields.offer(writing, writing.base.dated_on)
        self.fields.discount.use(writing.base.currency)
        self.show_document(document_of(writing))
        self.fields.customer.lock(
            locked=not writing.is_editable or writing.base.original_id is not None
        )
        is_posted = not writing.is_editable
        if is_posted:
            self.forget_draft()
            self.wanted = {"id": str(writing.base.id)}
        self._split.show_side(shown=is_posted)
        self.settled.show_sheet(writing.sheet)
        self.files.show_base(writing.base, is_posted=is_posted)
        self.offer(*self.deeds.offered())
        if not is_posted:
            self.body.grid.start()
            (self.body.grid if writing.customer else self.fields.customer).setFocus()

    def show_law(self, writing: Writing, *, for_customer: bool) -> None:
        """Go on writing under another law, or for another customer."""
        self.fields.offer(writing, writing.base.dated_on)
        if for_customer:
            head = writing.for_customer(Head(dated_on=writing.base.dated_on))
            names = ["terms", "due_on", "language", "payment_method", "attestation"]
            if not any(line.is_own_price for line in self.body.grid.lines.lines):
                names.append("includes_tax")
            self.body.form.type_values({name: getattr(head, name) for name in names})
        else:
            self._follower.set_due()
            self._follower.set_attestation()
        self.body.reckon()

    def show_goods(self) -> None:
        """Reckon again: head office has told what products cost."""
        self.body.reckon()

    def keep_prices(self) -> None:
        """Let every line keep its price, as if it had been typed."""
        lines = self.body.grid.lines.lines
        self.change_lines([replace(line, is_own_price=True) for line in lines])

    def take_all(self) -> None:
        """Let all of an invoice come back; see `CreditNotePage`."""

    async def agree(self, question: str, deed: str) -> bool:
        """Ask the user; both texts are translated."""
        return await confirm(self, question, deed)

    def typed(self) -> InvoiceDraft | None:
        """Return what is typed, or None after showing what is wrong beneath each field."""
        head = self.body.form.read()
        if head is None:
            return None
        return self.presenter.told().draft(vars(head), self.body.grid.lines.lines)

    @override
    def new_line(self) -> Line:
        writing = self.presenter.writing
        return Line(currency=writing.base.currency) if writing else Line()

    @override
    def reckon(self, head: Mapping[str, Any], lines: Sequence[Line]) -> Reckoned[Line]:
        writing = self.presenter.writing
        if writing is None:
            return Reckoned(lines)
        if not writing.is_editable and writing.sheet.head is not None:
            return Reckoned(lines, posted_totals(writing.sheet.head, writing.choices))
        told, figures = writing.reckon(head, lines, self.presenter.pricing.goods)
        if figures is None:
            return Reckoned(told)
        return Reckoned(told, totals_of(figures, writing.choices, writing.base))

    @override
    async def save(self, head: Head, lines: Sequence[Line]) -> str:
        sentence = await self.presenter.save(self.presenter.told().draft(vars(head), lines))
        self.wanted = {"id": str(self.presenter.told().base.id)}
        self.forget_draft()
        if self.document is not None:
            self.show_document(replace(self.document, head=head, lines=lines))
        self.offer(*self.deeds.offered())
        return sentence

    @override
    def on_head(self, name: str) -> None:
        self._follower.follow(name)

    @override
    def on_scan(self, text: str) -> bool:
        if self.document is None or not self.document.is_editable or not self.grows:
            return False
        self.start_once(self._scan, text)
        return True

    def _follow(self) -> None:
        keys.bind(self, "page.new", self.deeds.begin_another)
        self.settled.opens.connect(self.opens)
        self.settled.undone.connect(self.deeds.take_back)
        self.body.changed.connect(self._learn)
        self.body.grid.selectionModel().currentChanged.connect(self._on_cell)

    @override
    async def show_wanted(self, known: UUID | None, fresh: UUID | None) -> None:
        if known is not None:
            await self.presenter.show(known)
        elif fresh is not None:
            about = {f"{name}_id": id_in(self.wanted, name) for name in ("customer", "original")}
            await self.presenter.begin(fresh, self.kind, **about)

    async def _scan(self, text: str) -> None:
        offer = await self.presenter.scanned(text)
        self.change_lines(with_offer(self.body.grid.lines.lines, offer, self.new_line()))
        self.body.grid.start()

    def _on_cell(self, current: QModelIndex) -> None:
        """Know the packs and taxes of a line by the time that somebody works on it."""
        line = self.body.grid.lines.row(current) if current.isValid() else None
        if line is not None and line.goods is None:
            self._learn()

    def _learn(self) -> None:
        lines = self.body.grid.lines.lines
        is_open = self.grows and self.body.grid.lines.is_open
        if is_open and self.presenter.pricing.misses(lines):
            self.start_latest(self.presenter.learn, lines)


class CreditNotePage(InvoicePage):
    """What comes back of an invoice, in whole or in part."""

    title: ClassVar[str] = N_("Credit note")
    new_title: ClassVar[str] = N_("New credit note")
    columns: ClassVar[tuple[LineColumn[Any], ...]] = tuple(RETURN_COLUMNS)
    grows: ClassVar[bool] = False
    kind: ClassVar[Kind] = "credit_note"
    new_kind: ClassVar[str] = ""

    def take_all(self) -> None:
        """Let all that can come back come back."""
        lines = self.body.grid.lines.lines
        self.change_lines([replace(line, quantity=line.most or line.quantity) for line in lines])


class FreeCreditNotePage(InvoicePage):
    """Money that is given back without goods and without an invoice, such as a rebate."""

    title: ClassVar[str] = N_("Credit note")
    new_title: ClassVar[str] = N_("New credit note")
    kind: ClassVar[Kind] = "credit_note"
    new_kind: ClassVar[str] = "credit_note"
