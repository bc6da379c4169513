"""The cash sessions of the branch: who opened and closed, what was missing, and the report."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone, button, column, label
from erp_desktop.ui.table_view import TableView
from erp_desktop.ui.tables import RIGHT, Column, TableModel
from modules.till.selectors import (
    PAGE_SIZE,
    SessionRow,
    get_session_report,
    list_sessions,
)
from modules.till.session_report import SessionReport
from modules.till.widgets.asking import BRANCH
from modules.till.widgets.method_names import METHOD_NAMES
from modules.till.widgets.printing import print_session


def _moment(at: datetime | None) -> str:
    return current().moment(wall_clock.local(at)) if at else ""


def _difference(row: SessionRow) -> str:
    if row.difference is None:
        return _("Not closed")
    return current().amount(row.difference, row.currency)


def _tone(row: SessionRow) -> Tone:
    if row.difference is None:
        return ""
    return "warn" if row.difference else "ok"


class SessionListPage(ListPage[SessionRow]):
    """Each session with its X or Z report at the side."""

    title: ClassVar[str] = N_("Cash sessions")
    hint: ClassVar[str] = N_("Number, till or cashier")
    chips: ClassVar[tuple[Chip, ...]] = (
        Chip("open", N_("Not closed")),
        Chip("difference", N_("With a difference")),
    )
    page_size: ClassVar[int] = PAGE_SIZE
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column(N_("Number"), lambda s: current().isolate(s.number), width=150, strong=True),
        Column(N_("Till"), lambda s: s.workstation or "", width=130),
        Column(N_("Opened"), lambda s: _moment(s.opened_at), width=150),
        Column(N_("Cashier"), lambda s: s.opened_by),
        Column(N_("Closed"), lambda s: _moment(s.closed_at), width=150),
        Column(N_("Tickets"), lambda s: current().number(s.tickets), RIGHT, width=80),
        Column(N_("Sold"), lambda s: current().amount(s.total, s.currency), RIGHT, width=120),
        Column(N_("Difference"), _difference, RIGHT, width=110, tone=_tone),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._detail = SessionDetail(self._on_print)
        self.set_preview(self._detail, width=360)
        self.table.empty.tell(N_("No cash session here yet. Open one at the till."))

    @override
    async def load(self, query: Query, after: SessionRow | None) -> Sequence[SessionRow]:
        return await self.backend.ask(
            list_sessions,
            search=query.text,
            branch=query.value(*BRANCH),
            is_open=query.has("open"),
            has_difference=query.has("difference"),
            after=after,
        )

    @override
    def preview(self, row: SessionRow) -> None:
        self.start_latest(self._show_report, row)

    async def _show_report(self, row: SessionRow) -> None:
        self._detail.show_report(await self.backend.ask(get_session_report, row.id))

    def _on_print(self) -> None:
        if self._detail.report is not None:
            self.start_once(self._print, self._detail.report)

    async def _print(self, report: SessionReport) -> None:
        failed = await print_session(self.backend, report)
        done = _("The report of session {number} is printed.").format(number=report.number)
        self.say(failed.trouble if failed else done)


_Fact = tuple[str, str]
_FACTS: tuple[Column[_Fact], ...] = (
    Column(N_("What"), lambda fact: fact[0]),
    Column(N_("Amount"), lambda fact: fact[1], RIGHT, width=140),
)


class SessionDetail(QWidget):
    """The report of one session, and printing it."""

    def __init__(self, on_print: Any) -> None:
        super().__init__()
        self.report: SessionReport | None = None
        self._title = label(look="heading")
        self._facts: TableModel[_Fact] = TableModel(_FACTS, self)
        self._note = label(look="muted")
        self._note.setWordWrap(True)
        self.setLayout(
            column(
                self._title,
                TableView(self._facts),
                self._note,
                button(N_("Print"), on_print, icon="printer-outline"),
            )
        )

    def show_report(self, report: SessionReport) -> None:
        """Show the figures of a session."""
        self.report = report
        self._title.setText(current().isolate(report.number))
        self._facts.show_rows(facts_of(report))
        self._note.setText(report.note)


def facts_of(report: SessionReport) -> list[_Fact]:
    """Return what the report says, as pairs of words and figures."""

    def money(amount: Any) -> str:
        return current().amount(amount, report.currency)

    facts = [
        (_("Sales"), current().number(report.sales)),
        (_("Sold"), money(report.sold)),
        (_("Refunds"), current().number(report.refunds)),
        (_("Given back"), money(report.refunded)),
        (_("Net of tax"), money(report.net)),
        (_("Taxes"), money(report.total - report.net)),
        (_("Discounts"), money(report.discount)),
        (_("Stamp duty"), money(report.stamp)),
    ]
    facts += [(_(METHOD_NAMES[way]), money(sum_)) for way, sum_ in report.payments.items() if sum_]
    facts += [
        (_("Float"), money(report.float)),
        (_("Expected in the drawer"), money(report.expected["cash"])),
    ]
    if report.counted is not None:
        facts += [
            (_("Counted: {method}").format(method=_("Cash")), money(report.counted["cash"])),
            (_("Difference"), money(report.difference)),
            (_("Stays in the drawer"), money(report.left_in_drawer)),
        ]
    return facts
