"""The trial balance: six sums per account for whole months, whose totals must be equal."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.i18n import N_, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.report_page import Report
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.reports import account_name, trial_balance_pdf
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
    _figure("opening_debit", N_("Opening debit")),
    _figure("opening_credit", N_("Opening credit")),
    _figure("debit", N_("Debit")),
    _figure("credit", N_("Credit")),
    _figure("closing_debit", N_("Closing debit")),
    _figure("closing_credit", N_("Closing credit")),
)


def summary_of(balance: TrialBalance) -> str:
    """Say whether debits equal credits; marked `N_`."""
    if not balance.rows:
        return N_("Nothing was posted in these months.")
    if balance.is_balanced:
        return N_("Debits equal credits.")
    return N_("Debits and credits differ. Call the administrator before you close anything.")


class TrialBalancePage(MonthsReportPage[TrialBalanceRow]):
    """The report; a line opens the ledger of its account."""

    title: ClassVar[str] = N_("Trial balance")
    columns: ClassVar[tuple[Column[Any], ...]] = COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.set_paper(self.paper, "trial-balance.pdf")
        self.table.empty.tell(N_("Nothing was posted in these months. Choose others."))

    def paper(self, report: Report[TrialBalanceRow]) -> bytes:
        """Return the report as PDF, in the user's language."""
        about = self.about_asked(report)
        return trial_balance_pdf(report.rows, report.totals, current(), about=about)

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[TrialBalanceRow]:
        branch = parameters["branch"]
        balance = await self.backend.ask(
            get_trial_balance,
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
            branch_id=UUID(branch) if branch else None,
        )
        totals = balance.totals if balance.rows else None
        self.asked = parameters
        return Report(balance.with_classes, totals, balance.read_at, summary_of(balance))

    @override
    def on_open(self, row: TrialBalanceRow) -> None:
        """Go down to the ledger of an account, in the months and the branch of the report."""
        if not row.is_sum:
            about = ledger_of(row.code, self.days_asked(), self.branch_asked())
            self.opens.emit("accounting.ledger", about)
