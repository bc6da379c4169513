"""The windows of the drawer: the float, cash in and out, the X report, the count at the end."""

from decimal import Decimal
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from erp_desktop.core.errors import UserError
from erp_desktop.core.i18n import N_, _
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.tables import Column
from modules.till.paid import PaidTicket
from modules.till.services.cash import Count, Reason
from modules.till.session import SessionState
from modules.till.session_report import SessionReport
from modules.till.widgets.cash_dialog import CashDialog
from modules.till.widgets.dialogs import ClosingDialog, OpeningDialog
from modules.till.widgets.drawer import Drawer
from modules.till.widgets.picker_dialog import PickerDialog
from modules.till.widgets.printing import print_session
from modules.till.widgets.selling import Selling

_DEEDS: tuple[Column[str], ...] = (Column(N_("What to do"), _),)
_MOVE, _X, _CLOSE = N_("Cash in or out"), N_("X report"), N_("Close the cash session")


class TillDesk(Protocol):
    """All that the windows need of the page below them."""

    def start_once(self, function: Any, /, *args: Any) -> bool:
        """Start a deed."""

    def start_latest(self, function: Any, /, *args: Any) -> None:
        """Start a question."""

    def say(self, message: str) -> None:
        """Tell the user something."""

    def show_sold(self, ticket: PaidTicket) -> None:
        """Show what was sold or given back."""

    def focus_scan(self) -> None:
        """Go back to the scan field."""


class DrawerWindows:
    """Opens the windows of the drawer; one at a time."""

    def __init__(self, page: Any, selling: Selling, backend: Backend) -> None:
        self._page: TillDesk = page
        self._parent: QWidget = page
        self._selling = selling
        self._backend = backend
        self.drawer = Drawer(backend)
        self.shown: QDialog | None = None

    @property
    def is_open(self) -> bool:
        """Whether one of the windows is open."""
        return self.shown is not None and self.shown.isVisible()

    def ask_float(self) -> None:
        """Let the cashier count the float."""
        self._page.start_once(self._ask_float)

    def open_drawer(self) -> None:
        """Offer what can be done with the drawer."""
        if self._selling.session is None:
            self.ask_float()
            return
        picker = PickerDialog(N_("Drawer"), _DEEDS, self._parent)
        picker.chosen.connect(self._on_deed)
        picker.show_rows([_MOVE, _X, _CLOSE])
        picker.resize(360, 260)
        self._show(picker)

    def _show(self, window: QDialog) -> None:
        if self.shown is not None and self.shown.isVisible():
            self.shown.reject()
        self.shown = window
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        window.finished.connect(self._on_finished)
        window.open()

    def _on_finished(self) -> None:
        """Go back to the scan field: the keys work in the window that is active."""
        self._parent.window().activateWindow()
        self._page.focus_scan()

    def _on_deed(self, deed: str) -> None:
        if deed == _MOVE:
            self._ask_move()
        else:
            self._page.start_once(self._report if deed == _X else self._ask_count)

    def _ask_move(self) -> None:
        window = CashDialog(self._selling.ticket.currency, self._parent)
        window.moved.connect(
            lambda amount, reason, note: self._page.start_once(self._move, amount, reason, note)
        )
        self._show(window)

    async def _ask_float(self) -> None:
        values = await self.drawer.notes_and_coins()
        window = OpeningDialog(self._selling.ticket.currency, values, self._parent)
        window.counted.connect(lambda count: self._page.start_once(self._open, count))
        self._show(window)
        if window.grid.fields:
            window.grid.fields[0].setFocus()

    async def _open(self, count: Count) -> None:
        await self.drawer.open(count)
        await self._selling.look_at_session()
        self._page.say(_("The cash session is open."))

    async def _move(self, amount: Decimal, reason: Reason, note: str) -> None:
        await self.drawer.move(amount, reason, note)
        self._page.say(_("The cash is noted."))

    async def _report(self) -> None:
        report = SessionReport.of(await self.drawer.state())
        await self._print(report)

    async def _ask_count(self) -> None:
        state = await self.drawer.state()
        values = await self.drawer.notes_and_coins()
        window = ClosingDialog(state, self._selling.ticket.currency, values, self._parent)
        window.counted.connect(
            lambda count, left, note: self._page.start_once(self._close, count, left, note)
        )
        self._show(window)
        if window.grid.fields:
            window.grid.fields[0].setFocus()

    async def _close(self, count: Count, left: Decimal, note: str) -> None:
        try:
            closed: SessionState = await self.drawer.close(count, left=left, note=note)
        except UserError:
            self._page.start_once(self._ask_count)
            raise
        self._selling.session = None
        await self._print(SessionReport.of(closed))

    async def _print(self, report: SessionReport) -> None:
        failed = await print_session(self._backend, report)
        done = _("The report of session {number} is printed.").format(number=report.number)
        self._page.say(failed.trouble if failed else done)
