"""The list of payments: what came in, how, and what of it settles nothing yet."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Protocol, cast

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.days import days_of
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.sales.names import RECEIVED
from modules.sales.permissions import Permission
from modules.sales.selectors import (
    PAGE_SIZE,
    PaymentFilter,
    PaymentOrder,
    PaymentRow,
    PaymentSheet,
    get_payment,
    list_payments,
)
from modules.sales.widgets.invoice_side import SettledSide
from modules.sales.widgets.new_documents import new_argument
from modules.sales.widgets.printing import print_receipt

_OPEN = "open"


class PaymentListView(Protocol):
    """All the presenter needs of whoever shows the list."""

    def show_preview(self, sheet: PaymentSheet) -> None:
        """Show what a payment settles."""


class PaymentListPresenter:
    """What the list does, told without a widget."""

    def __init__(self, view: PaymentListView, backend: Backend) -> None:
        self._view = view
        self._backend = backend

    async def load(self, query: Query, after: PaymentRow | None) -> list[PaymentRow]:
        """Return the payments that `query` asks for, below the row `after`."""
        return await self._backend.ask(
            list_payments, filter_of(query, wall_clock.today()), after=after
        )

    async def look_at(self, row: PaymentRow) -> None:
        """Show what a payment settles."""
        self._view.show_preview(await self._backend.ask(get_payment, row.id))


def filter_of(query: Query, today: date) -> PaymentFilter:
    """Return what a filter line and its chips ask for; of several ways to pay the first counts."""
    since, until = days_of(query, today)
    return PaymentFilter(
        method=next((cast("Any", way) for way in RECEIVED if query.has(way)), None),
        only_open=query.has(_OPEN),
        since=since,
        until=until,
        text=query.text,
        order=cast("PaymentOrder", query.order or "dated_on"),
        descending=query.descending if query.order else True,
    )


_COLUMNS: tuple[Column[PaymentRow], ...] = (
    Column(
        N_("Number"),
        lambda row: current().isolate(row.number),
        width=156,
        order="number",
        strong=True,
    ),
    Column(
        N_("Date"),
        lambda row: current().date(row.dated_on),
        width=92,
        value=lambda row: row.dated_on,
        order="dated_on",
    ),
    Column(N_("Customer"), lambda row: row.named(current().language), order="customer"),
    Column(N_("Paid by"), lambda row: _(RECEIVED[row.method]), width=104),
    Column(N_("Reference"), lambda row: current().isolate(row.reference), width=96),
    Column(N_("Received by"), lambda row: row.received_by, width=110, hidden=True),
    Column(N_("Branch"), lambda row: current().isolate(row.branch), width=72, hidden=True),
    Column(
        N_("Stamp duty"),
        lambda row: current().amount(row.stamp, row.currency) if row.stamp else "",
        RIGHT,
        width=110,
        value=lambda row: row.stamp,
        hidden=True,
    ),
    Column(
        N_("Amount"),
        lambda row: current().amount(row.amount, row.currency),
        RIGHT,
        width=100,
        value=lambda row: row.amount,
        order="amount",
        strong=True,
    ),
    Column(
        N_("Left as an advance"),
        lambda row: current().amount(row.open, row.currency) if row.open else "",
        RIGHT,
        width=142,
        value=lambda row: row.open,
        order="open",
    ),
)


class PaymentListPage(ListPage[PaymentRow]):
    """The presenter's hands and face."""

    title: ClassVar[str] = N_("Payments")
    hint: ClassVar[str] = N_("Number, customer, cheque")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE
    chips: ClassVar[tuple[Chip, ...]] = (
        Chip(_OPEN, N_("Advances")),
        *(Chip(way, words) for way, words in RECEIVED.items()),
    )

    def __init__(self, backend: Backend) -> None:
        self._presenter = PaymentListPresenter(self, backend)
        super().__init__(backend)
        self._settled = SettledSide()
        self._settled.opens.connect(self.opens)
        self.set_preview(self._settled, width=300)
        self.add_row_action(N_("Open"), self.on_open)
        self.add_row_action(N_("Print the receipt"), self._on_receipt)
        nothing = N_("No payments here. Change the filter, or receive one.")
        if backend.user.may(Permission.PAYMENT_RECEIVE):
            self.set_primary(N_("New payment"), self._on_new)
            self.table.empty.tell(nothing, N_("New payment"), self._on_new, icon="cash-multiple")
        else:
            self.table.empty.tell(nothing, icon="cash-multiple")

    def show_preview(self, sheet: PaymentSheet) -> None:
        """Show what a payment settles."""
        self._settled.show_parts(sheet.settled, sheet.currency)

    @override
    async def load(self, query: Query, after: PaymentRow | None) -> Sequence[PaymentRow]:
        return await self._presenter.load(query, after)

    @override
    def preview(self, row: PaymentRow) -> None:
        self._settled.show_parts((), row.currency)
        self.start_latest(self._presenter.look_at, row)

    @override
    def on_open(self, row: PaymentRow) -> None:
        self.opens.emit("sales.payment", str(row.id))

    @override
    def on_scan(self, text: str) -> bool:
        self.filter.entry.setText(text)
        return True

    @override
    def open(self, argument: Any) -> None:
        """Show what a filter asks for: a payment by its number, from the ledger."""
        self.filter.press(())
        self.filter.entry.setText(str(argument))

    def _on_new(self) -> None:
        self.opens.emit("sales.payment", new_argument("payment"))

    def _on_receipt(self, row: PaymentRow) -> None:
        self.start_once(self._receipt, row)

    async def _receipt(self, row: PaymentRow) -> None:
        await print_receipt(self, await self.backend.ask(get_payment, row.id))
