"""Choosing a customer, tickets that wait, and giving back: the windows over the till."""

from collections.abc import Sequence
from typing import Any

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.tables import RIGHT, Column
from modules.parties.api import ReplicaCustomer, find_customer
from modules.till.paid import PaidLine, PaidTicket
from modules.till.parked import ParkedTicket
from modules.till.payments import Method
from modules.till.ticket import TicketCustomer
from modules.till.widgets.drawer_windows import DrawerWindows
from modules.till.widgets.parking import Parking
from modules.till.widgets.picker_dialog import PickerDialog
from modules.till.widgets.return_dialog import ReturnDialog
from modules.till.widgets.selling import Selling

_CUSTOMERS: tuple[Column[ReplicaCustomer], ...] = (
    Column(N_("Code"), lambda c: current().isolate(c.code), width=110),
    Column(N_("Name"), lambda c: c.named(current().language)),
    Column(N_("Telephone"), lambda c: current().isolate(c.phone), width=140),
)
_PARKED: tuple[Column[ParkedTicket], ...] = (
    Column(N_("Since"), lambda p: current().moment(wall_clock.local(p.at)), width=150),
    Column(N_("Customer"), lambda p: _name(p.draft.customer)),
    Column(N_("Lines"), lambda p: current().number(len(p.draft.lines)), RIGHT, width=70),
    Column(N_("Cashier"), lambda p: p.by, width=110),
)


class DeskWindows(DrawerWindows):
    """Opens the windows of the till; one at a time."""

    def __init__(self, page: Any, selling: Selling, backend: Backend) -> None:
        super().__init__(page, selling, backend)
        self.parking = Parking(page, selling, backend)

    def choose_customer(self) -> None:
        """Let the cashier say who buys."""
        picker = PickerDialog(
            N_("Customer"),
            _CUSTOMERS,
            self._parent,
            search=lambda text: self._page.start_latest(self._find, text),
            hint=N_("Name, code or telephone"),
        )
        picker.chosen.connect(
            lambda found: self._page.start_once(self._selling.sell_to, _customer(found))
        )
        self._show(picker)
        self._page.start_latest(self._find, "")

    def park_or_resume(self) -> None:
        """Let the open ticket wait, or bring one back that waits."""
        if self._selling.ticket.draft.lines:
            self._page.start_once(self.parking.park)
        else:
            self._page.start_once(self._resume)

    def take_back(self) -> None:
        """Give back of a ticket."""
        window = ReturnDialog(self._parent)
        window.asked.connect(lambda number: self._page.start_latest(self._find_ticket, number))
        window.returned.connect(
            lambda original, lines, method: self._page.start_once(
                self._give_back, original, lines, method
            )
        )
        self._show(window)
        window.number.setFocus()

    def take_scan(self, text: str) -> bool:
        """Let a scanned receipt be looked for, if something is being given back."""
        if not self.is_open or not isinstance(self.shown, ReturnDialog):
            return False
        self.shown.number.setText(text)
        self._page.start_latest(self._find_ticket, text.strip().upper())
        return True

    async def _find(self, text: str) -> None:
        found = await self._backend.local(find_customer, text, limit=50)
        if isinstance(self.shown, PickerDialog):
            self.shown.show_rows(found)

    async def _resume(self) -> None:
        waiting = await self.parking.waiting()
        if not waiting:
            self._page.say(_("No ticket waits."))
            return
        picker = PickerDialog(N_("Tickets that wait"), _PARKED, self._parent)
        picker.chosen.connect(
            lambda parked: self._page.start_once(self.parking.resume, parked.draft)
        )
        picker.show_rows(waiting)
        self._show(picker)

    async def _find_ticket(self, number: str) -> None:
        found = await self.drawer.find_ticket(number)
        is_sale = found is not None and found.kind == "sale"
        if isinstance(self.shown, ReturnDialog):
            self.shown.show_ticket(found if is_sale else None, number)

    async def _give_back(
        self, original: PaidTicket, lines: Sequence[PaidLine], method: Method
    ) -> None:
        ticket = await self.drawer.give_back(original, lines, method)
        self._selling.last = ticket
        self._page.show_sold(ticket)
        self._page.start_once(self.parking.print, ticket)


def _customer(found: ReplicaCustomer) -> TicketCustomer:
    return TicketCustomer(found.id, found.code, found.name, found.name_ar, found.price_list)


def _name(customer: TicketCustomer | None) -> str:
    return customer.named(current().language) if customer else ""
