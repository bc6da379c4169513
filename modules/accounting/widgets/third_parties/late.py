"""Late payments: which suppliers were paid after the delay of the law, and the fine for it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import DateField
from erp_desktop.ui.parts import button
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.late_payments import months_after
from modules.accounting.permissions import Permission
from modules.accounting.selectors import LateInvoice, get_late_payments, total_of_late
from modules.accounting.widgets.documents import page_of
from modules.accounting.widgets.reminders.charges import ask_fine

_ONE_DAY = timedelta(1)


def _figure(title: str, name: str, *, strong: bool = False) -> Column[LateInvoice]:
    def text(row: LateInvoice) -> str:
        amount: Decimal = getattr(row, name)
        return current().amount(amount, row.currency) if amount or row.party_id is None else ""

    return Column(title, text, RIGHT, width=104, value=attrgetter(name), strong=strong)


def _day(name: str) -> Callable[[LateInvoice], str]:
    def text(row: LateInvoice) -> str:
        day: date | None = getattr(row, name)
        return current().date(day) if day else ""

    return text


_COLUMNS: tuple[Column[LateInvoice], ...] = (
    Column(
        N_("Supplier"),
        lambda row: row.named(current().language) if row.party_id else _("Total"),
        strong=True,
    ),
    Column(N_("Invoice"), lambda row: current().isolate(row.number), width=130),
    Column(N_("Date"), _day("dated_on"), width=92, value=lambda row: row.dated_on),
    Column(N_("Due by law"), _day("due_on"), width=105, value=lambda row: row.due_on),
    _figure(N_("Amount"), "amount"),
    _figure(N_("Paid late"), "paid_late"),
    _figure(N_("Still unpaid"), "unpaid"),
    Column(
        N_("Days late"),
        lambda row: current().number(row.days) if row.days else "",
        RIGHT,
        width=110,
        value=lambda row: row.days,
    ),
    _figure(N_("Fine"), "fine", strong=True),
)


class LatePaymentsPage(ReportPage[LateInvoice]):
    """The report of a quarter; a line opens the document or the entry of its invoice."""

    title: ClassVar[str] = N_("Late payments")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        today = wall_clock.today()
        this = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        first = DateField("first", N_("From"), required=True)
        last = DateField("last", N_("To"), required=True)
        first.show_value(months_after(this, -3))
        last.show_value(this - _ONE_DAY)
        super().__init__(backend, (first, last))
        self.exporter.name = "late-payments"
        self._fine = button(N_("Book the fine…"), self._on_fine, icon="cash-clock")
        self.header.add(self._fine)
        self._fine.setVisible(backend.user.may(Permission.CHARGE_LATE))
        self._days: tuple[date, date] | None = None

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[LateInvoice]:
        found = await self.backend.ask(
            get_late_payments, first_day=parameters["first"], last_day=parameters["last"]
        )
        self.table.empty.tell(
            N_("Every supplier was paid in time.")
            if found.has_law
            else N_("The country rules name no payment delay. Add them if there is one."),
            icon="calendar-check-outline",
        )
        self._days = parameters["first"], parameters["last"]
        return Report(found.rows, total_of_late(found.rows))

    async def charge(self) -> None:
        """Book the fine of the quarter that is shown."""
        total, days = self.report.totals, self._days
        if total is None or days is None or not total.fine:
            self.say(_("There is no fine in what is shown."), "warn")
            return
        request = await ask_fine(self, days, total.fine, total.currency)
        if request is not None:
            made = (await self.backend.execute(*request)).result
            number = current().isolate(made["number"])
            self.say(_("The fine is booked as {number}.").format(number=number))
            self.opens.emit("accounting.late_charges", None)

    def _on_fine(self) -> None:
        self.start_once(self.charge)

    @override
    def on_open(self, row: LateInvoice) -> None:
        if row.party_id is not None:
            found = page_of(row.document)
            self.opens.emit(*(found or ("accounting.entries", row.entry)))
