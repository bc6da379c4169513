"""The list of invoices, credit notes and drafts: what is open, what is late, what it is made of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Protocol, cast

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.days import days_of
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.tables import RIGHT, Column
from modules.sales.permissions import Permission
from modules.sales.selectors import (
    PAGE_SIZE,
    InvoiceCounts,
    InvoiceFilter,
    InvoiceOrder,
    InvoiceRow,
    InvoiceSheet,
    count_invoices,
    get_invoice,
    list_invoices,
)
from modules.sales.widgets import filtering
from modules.sales.widgets.documents import state_of
from modules.sales.widgets.invoice_preview import InvoicePreview
from modules.sales.widgets.new_documents import new_argument, page_of
from modules.sales.widgets.printing import print_invoice

_DRAFTS, _OPEN, _OVERDUE, _CREDIT = "drafts", "open", "overdue", "credit_notes"


class InvoiceListView(Protocol):
    """All the presenter needs of whoever shows the list."""

    def show_preview(self, sheet: InvoiceSheet) -> None:
        """Show a document at the side."""


class InvoiceListPresenter:
    """What the list does, told without a widget."""

    def __init__(self, view: InvoiceListView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def load(self, query: Query, after: InvoiceRow | None) -> list[InvoiceRow]:
        """Return the documents that `query` asks for, below the row `after`."""
        wanted = replace(
            filter_of(query, wall_clock.today()),
            branch_id=filtering.branch_in(query, self._backend.user.branches),
        )
        return await self._backend.ask(list_invoices, wanted, after=after)

    async def counts(self) -> InvoiceCounts:
        """Return how many documents there are behind each chip."""
        return await self._backend.ask(count_invoices)

    async def look_at(self, row: InvoiceRow) -> None:
        """Show a document at the side."""
        self._view.show_preview(await self._backend.ask(get_invoice, row.id))


def filter_of(query: Query, today: date) -> InvoiceFilter:
    """Return what a filter line and its chips ask for; several chips narrow each other."""
    since, until = days_of(query, today)
    least, most = filtering.amounts_in(query)
    has_order = bool(query.order)
    return InvoiceFilter(
        kind="credit_note" if query.has(_CREDIT) else None,
        state="draft" if query.has(_DRAFTS) else None,
        only_open=query.has(_OPEN),
        only_overdue=query.has(_OVERDUE),
        since=since,
        until=until,
        text=query.text,
        number=query.value(*filtering.NUMBER),
        customer=query.value(*filtering.CUSTOMER),
        reference=query.value(*filtering.REFERENCE),
        total_from=least,
        total_to=most,
        order=cast("InvoiceOrder", query.order or "dated_on"),
        descending=query.descending if has_order else True,
    )


def _state(row: InvoiceRow) -> tuple[str, Tone]:
    return state_of(row.kind, row.state, row.open, row.to_pay, row.due_on)


def _kind_tone(row: InvoiceRow) -> Tone | None:
    return "warn" if row.kind == "credit_note" else None


def _kind(row: InvoiceRow) -> str:
    return _(N_("Credit note")) if row.kind == "credit_note" else _(N_("Invoice"))


def _open(row: InvoiceRow) -> str:
    return current().amount(row.open, row.currency) if row.state == "posted" else ""


_COLUMNS: tuple[Column[InvoiceRow], ...] = (
    Column(
        N_("Number"),
        lambda row: current().isolate(row.number) if row.number else "—",
        width=156,
        order="number",
        strong=True,
    ),
    Column(N_("Kind"), _kind, width=104, tone=_kind_tone, hidden=True),
    Column(
        N_("Date"),
        lambda row: current().date(row.dated_on),
        width=92,
        value=lambda row: row.dated_on,
        order="dated_on",
    ),
    Column(N_("Customer"), lambda row: row.named(current().language), order="customer"),
    Column(
        N_("Due date"),
        lambda row: current().date(row.due_on) if row.kind == "invoice" else "—",
        width=92,
        value=lambda row: row.due_on,
        order="due_on",
    ),
    Column(N_("Reference"), lambda row: current().isolate(row.reference), width=120, hidden=True),
    Column(N_("Branch"), lambda row: current().isolate(row.branch), width=72, hidden=True),
    Column(
        N_("To pay"),
        lambda row: current().amount(row.to_pay, row.currency),
        RIGHT,
        width=98,
        value=lambda row: row.to_pay,
        order="to_pay",
    ),
    Column(
        N_("Left to pay"),
        _open,
        RIGHT,
        width=98,
        value=lambda row: row.open,
        order="open",
        strong=True,
    ),
    Column(N_("State"), lambda row: _(_state(row)[0]), width=100, tone=lambda row: _state(row)[1]),
)


class InvoiceListPage(ListPage[InvoiceRow]):
    """The presenter's hands and face."""

    title: ClassVar[str] = N_("Invoices")
    hint: ClassVar[str] = N_("Number, customer, reference, total:100..500")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE
    chips: ClassVar[tuple[Chip, ...]] = (
        Chip(_OVERDUE, N_("Overdue")),
        Chip(_OPEN, N_("Unpaid")),
        Chip(_DRAFTS, N_("Drafts")),
        Chip(_CREDIT, N_("Credit notes")),
    )

    def __init__(self, backend: Backend) -> None:
        self._presenter = InvoiceListPresenter(self, backend)
        super().__init__(backend)
        self._at_side = InvoicePreview()
        self.set_preview(self._at_side, width=330)
        self._at_side.open.clicked.connect(lambda: self.on_open(self.table.current_row()))
        self._sheet: InvoiceSheet | None = None
        self.add_row_action(N_("Open"), self.on_open)
        self.add_row_action(N_("Print"), self._on_paper)
        if backend.user.may(Permission.PAYMENT_RECEIVE):
            self.add_row_action(N_("Receive payment"), self._on_pay)
        nothing = N_("No invoices here. Change the filter, or write one.")
        if backend.user.may(Permission.INVOICE_EDIT):
            self.set_primary(N_("New invoice"), self._on_new)
            self.add_action(N_("New credit note"), self._on_rebate, icon="undo-variant")
            self.table.empty.tell(
                nothing, N_("New invoice"), self._on_new, icon="file-document-outline"
            )
        else:
            self.table.empty.tell(nothing, icon="file-document-outline")

    def show_preview(self, sheet: InvoiceSheet) -> None:
        """Show a document at the side."""
        self._at_side.show_sheet(sheet)

    @override
    async def load(self, query: Query, after: InvoiceRow | None) -> Sequence[InvoiceRow]:
        return await self._presenter.load(query, after)

    @override
    async def _count(self) -> None:
        found = await self._presenter.counts()
        self.filter.show_counts({each.id: getattr(found, each.id) for each in self.chips})

    @override
    def preview(self, row: InvoiceRow) -> None:
        self.start_latest(self._presenter.look_at, row)

    @override
    def on_open(self, row: InvoiceRow) -> None:
        self.opens.emit(page_of(row.kind, row.original_id), str(row.id))

    @override
    def on_scan(self, text: str) -> bool:
        self.filter.entry.setText(text)
        return True

    @override
    def open(self, argument: Any) -> None:
        """Show what a filter asks for, such as a customer's documents."""
        self.filter.press(())
        self.filter.entry.setText(str(argument))

    def _on_new(self) -> None:
        self.opens.emit("sales.invoice", new_argument("invoice"))

    def _on_rebate(self) -> None:
        self.opens.emit("sales.free_credit_note", new_argument("credit_note"))

    def _on_pay(self, row: InvoiceRow) -> None:
        argument = new_argument("payment", customer=row.customer_id, invoice=row.id)
        self.opens.emit("sales.payment", argument)

    def _on_paper(self, row: InvoiceRow) -> None:
        if row.state == "posted":
            self.start_once(self._print, row)

    async def _print(self, row: InvoiceRow) -> None:
        await print_invoice(self, await self.backend.ask(get_invoice, row.id))
