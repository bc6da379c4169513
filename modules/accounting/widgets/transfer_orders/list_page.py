"""The transfer orders, the newest at the top."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors import PAGE_SIZE
from modules.accounting.selectors.transfer_orders import (
    TransferFilter,
    TransferRow,
    list_transfer_orders,
)
from modules.accounting.widgets import asking
from modules.accounting.widgets.transfer_orders.words import STATES, state_words

_COLUMNS: tuple[Column[TransferRow], ...] = (
    Column(N_("Number"), lambda r: current().isolate(r.number), width=160, strong=True),
    Column(N_("Date"), lambda r: current().date(r.dated_on), width=92, value=lambda r: r.dated_on),
    Column(N_("Bank account"), lambda r: current().isolate(r.bank), width=120),
    Column(
        N_("Suppliers"),
        lambda r: current().number(r.payees),
        RIGHT,
        width=95,
        value=lambda r: r.payees,
    ),
    Column(
        N_("Total"),
        lambda r: current().amount(r.total, r.currency),
        RIGHT,
        width=120,
        value=lambda r: r.total,
        strong=True,
    ),
    Column(
        N_("State"), lambda r: state_words(r.state), width=132, tone=lambda r: STATES[r.state][1]
    ),
    Column(N_("Entry"), lambda r: current().isolate(r.entry), width=160),
    Column(N_("Reason"), lambda r: current().isolate(r.cancel_reason)),
    Column(N_("Made by"), lambda r: r.drafted_by, width=100, hidden=True),
    Column(N_("Branch"), lambda r: r.branch, width=70, hidden=True),
)


class TransferListPage(ListPage[TransferRow]):
    """Drafts, orders that the bank has or has carried out, and cancelled ones."""

    title: ClassVar[str] = N_("Transfer orders")
    hint: ClassVar[str] = N_("Number, bank account, date:1/3..31/3")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE
    chips: ClassVar[tuple[Chip, ...]] = tuple(
        Chip(state, title) for state, (title, _tone) in STATES.items()
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.add_action(N_("Bank accounts of suppliers"), self._on_payees, icon="bank-outline")
        nothing = N_("No transfer orders here. Make one and take what is due.")
        self.table.empty.tell(nothing, icon="bank-transfer-out")
        if backend.user.may(Permission.MAKE_TRANSFERS):
            self.set_primary(N_("New transfer order"), self._on_new)

    @override
    async def load(self, query: Query, after: TransferRow | None) -> Sequence[TransferRow]:
        states = tuple(state for state in STATES if query.has(state))
        wanted = TransferFilter(query.text, states, asking.days_of(query, wall_clock.today()))
        return await self.backend.ask(list_transfer_orders, wanted, after=after)

    @override
    def on_open(self, row: TransferRow) -> None:
        self.opens.emit("accounting.transfer_order", str(row.id))

    def _on_new(self) -> None:
        self.opens.emit("accounting.transfer_order", None)

    def _on_payees(self) -> None:
        self.opens.emit("accounting.payees", None)
