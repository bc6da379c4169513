"""Budget and what was posted, side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.parts import button
from erp_desktop.ui.report_page import Report
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors.budgets import BudgetRow, get_budget_report, result_of_budget
from modules.accounting.widgets.asking import ledger_of
from modules.accounting.widgets.months import last_day
from modules.accounting.widgets.months_report import MonthsReportPage

_STEP = "\u2003"
_CENT = Decimal("0.1")


def _name(row: BudgetRow) -> str:
    if row.kind == "sum":
        return _("Result")
    return (_STEP * 2 if row.kind == "account" else "") + row.named(current().language)


def _is_strong(row: BudgetRow) -> bool:
    return row.kind != "account"


def _figure(title: str, name: str) -> Column[BudgetRow]:
    def text(row: BudgetRow) -> str:
        is_empty = row.kind == "account" and name != "actual"
        return "" if is_empty else current().amount(getattr(row, name), row.currency)

    def value(row: BudgetRow) -> Decimal | None:
        is_empty = row.kind == "account" and name != "actual"
        return None if is_empty else attrgetter(name)(row)

    return Column(title, text, RIGHT, width=140, value=value)


def _share(row: BudgetRow) -> str:
    if row.share is None or row.kind == "account":
        return ""
    return f"{current().number(row.share.quantize(_CENT))} %"


def _verdict(row: BudgetRow) -> str:
    if row.kind == "account" or not row.deviation:
        return ""
    return _("Favourable") if row.is_favourable else _("Unfavourable")


COLUMNS: tuple[Column[BudgetRow], ...] = (
    Column(N_("Account"), lambda row: current().isolate(row.code), width=90),
    Column(N_("Name"), _name, strong=_is_strong),
    _figure(N_("Budget"), "budget"),
    _figure(N_("Posted"), "actual"),
    _figure(N_("Deviation"), "deviation"),
    Column(N_("In per cent"), _share, RIGHT, width=110, value=lambda row: row.share),
    Column(
        N_("For the result"),
        _verdict,
        width=130,
        tone=lambda row: "ok" if row.is_favourable else "warn",
    ),
)


class BudgetReportPage(MonthsReportPage[BudgetRow]):
    """The report; a line shows its accounts, an account opens its ledger."""

    title: ClassVar[str] = N_("Budget and ledger")
    columns: ClassVar[tuple[Column[Any], ...]] = COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._lines: list[BudgetRow] = []
        self._opened: set[str] = set()
        self.exporter.name = "budget"
        if backend.user.may(Permission.EDIT_BUDGETS):
            self.header.add(button(N_("Edit the budget"), self.edit, icon="pencil-outline"))
        self.table.empty.tell(N_("Neither a budget nor entries in these months. Choose others."))

    def edit(self) -> None:
        """Open the budget of the branch and the year that are shown."""
        about = {"branch": self.asked.get("branch", ""), "year": self.days_asked()[0].year}
        self.opens.emit("accounting.budget", about)

    @override
    def open(self, argument: Any) -> None:
        """Show a branch's year: `{"branch", "year"}`."""
        if not argument:
            return
        self.parameters["first"].show_value(date(argument["year"], 1, 1))
        self.parameters["last"].show_value(date(argument["year"], 12, 1))
        self.parameters["branch"].show_value(argument["branch"])
        if self.isVisible():
            self.refresh()

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[BudgetRow]:
        branch = parameters["branch"]
        self._lines = await self.backend.ask(
            get_budget_report,
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
            branch_id=UUID(branch) if branch else None,
        )
        self.asked = parameters
        return Report(list(self._rows()), result_of_budget(self._lines))

    @override
    def on_open(self, row: BudgetRow) -> None:
        codes = [each.code for each in row.accounts]
        if row.kind == "account" or codes == [row.code]:
            about = ledger_of(row.code, self.days_asked(), self.branch_asked())
            self.opens.emit("accounting.ledger", about)
        elif codes:
            place = self.table.currentIndex().row()
            self._opened ^= {row.code}
            self.show_report(replace(self.report, rows=list(self._rows())))
            self.table.selectRow(place)

    def _rows(self) -> Iterable[BudgetRow]:
        for line in self._lines:
            yield line
            if line.code in self._opened:
                yield from line.accounts
