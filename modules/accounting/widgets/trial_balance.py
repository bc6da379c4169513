"""The trial balance: sums of accounts, groups or classes for whole months, with equal totals.

Six columns: opening, movements, closing. Eight: the opening of the year, what moved since then,
movements, closing.
"""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.i18n import N_, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.report_page import Report
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.reports import BALANCE_FIGURES, account_name, trial_balance_pdf
from modules.accounting.selectors import TrialBalance, TrialBalanceRow, get_trial_balance
from modules.accounting.widgets.asking import ledger_of
from modules.accounting.widgets.months import last_day
from modules.accounting.widgets.months_report import MonthsReportPage


def _figure(name: str, title: str) -> Column[TrialBalanceRow]:
    def text(row: TrialBalanceRow) -> str:
        amount = getattr(row, name)
        return current().amount(amount, row.currency) if amount or not row.code else ""

    value = attrgetter(name)
    return Column(title, text, RIGHT, width=134, value=value, strong=lambda row: row.is_sum)


COLUMNS: tuple[Column[TrialBalanceRow], ...] = (
    Column(
        N_("Account"),
        lambda row: "" if row.is_sum else current().isolate(row.code),
        width=90,
    ),
    Column(N_("Name"), lambda row: account_name(row, current()), strong=lambda row: row.is_sum),
    *(_figure(name, title) for name, title in BALANCE_FIGURES.items()),
)
_EARLIER = tuple(
    number
    for number, column in enumerate(COLUMNS)
    if column.title in {BALANCE_FIGURES["earlier_debit"], BALANCE_FIGURES["earlier_credit"]}
)
LEVELS = (("class", N_("Classes")), ("group", N_("Groups")), ("account", N_("Accounts")))
WIDTHS = (("six", N_("Six columns")), ("eight", N_("Eight columns")))
_BENEATH = {"class": "group", "group": "account"}


def summary_of(balance: TrialBalance) -> str:
    """Say whether debits equal credits; marked `N_`."""
    if not balance.rows:
        return N_("Nothing was posted in these months.")
    if balance.is_balanced:
        return N_("Debits equal credits.")
    return N_("Debits and credits differ. Call the administrator before you close anything.")


class TrialBalancePage(MonthsReportPage[TrialBalanceRow]):
    """The report; an account opens its ledger, a class its groups, a group its accounts."""

    title: ClassVar[str] = N_("Trial balance")
    columns: ClassVar[tuple[Column[Any], ...]] = COLUMNS

    def __init__(self, backend: Backend) -> None:
        self._level = ChoiceField("level", N_("Level"), LEVELS)
        self._level.show_value("account")
        width = ChoiceField("width", N_("Columns"), WIDTHS)
        width.show_value("six")
        super().__init__(backend, (self._level, width))
        self._sought = ""
        self._show_columns(since_year=False)
        self.set_paper(self.paper, "trial-balance.pdf")
        self.table.empty.tell(N_("Nothing was posted in these months. Choose others."))

    def paper(self, report: Report[TrialBalanceRow]) -> bytes:
        """Return the report as PDF, in the user's language."""
        about = self.about_asked(report)
        since_year = self.asked["width"] == "eight"
        return trial_balance_pdf(
            report.rows, report.totals, current(), about=about, since_year=since_year
        )

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[TrialBalanceRow]:
        branch = parameters["branch"]
        balance = await self.backend.ask(
            get_trial_balance,
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
            branch_id=UUID(branch) if branch else None,
            level=parameters["level"],
            since_year=parameters["width"] == "eight",
        )
        totals = balance.totals if balance.rows else None
        self.asked = parameters
        return Report(balance.with_classes, totals, balance.read_at, summary_of(balance))

    @override
    def show_report(self, report: Report[TrialBalanceRow]) -> None:
        super().show_report(report)
        self._show_columns(since_year=self.asked.get("width") == "eight")
        places = (n for n, row in enumerate(report.rows) if row.code.startswith(self._sought))
        if self._sought:
            self.table.select_row(next(places, 0))
        self._sought = ""

    @override
    def on_open(self, row: TrialBalanceRow) -> None:
        """Go down: to the ledger of an account in the months and the branch of the report."""
        if row.is_sum:
            return
        if self.asked["level"] in _BENEATH:
            self._sought = row.code
            self._level.show_value(_BENEATH[self.asked["level"]])
            self.refresh()
            return
        about = ledger_of(row.code, self.days_asked(), self.branch_asked())
        self.opens.emit("accounting.ledger", about)

    def _show_columns(self, *, since_year: bool) -> None:
        for number in _EARLIER:
            self.table.setColumnHidden(number, not since_year)
        self.table.columns.share_room()
