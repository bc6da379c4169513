"""The trial balance: six sums per account for whole months, whose totals must be equal."""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.reports import account_name, trial_balance_pdf
from modules.accounting.selectors import TrialBalance, TrialBalanceRow, get_trial_balance
from modules.accounting.widgets.asking import ledger_of
from modules.accounting.widgets.months import last_day, months_until


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
    """Say whether debits equal credits."""
    if not balance.rows:
        return _("Nothing was posted in these months.")
    if balance.is_balanced:
        return _("Debits equal credits.")
    return _("Debits and credits differ. Call the administrator before you close anything.")


class TrialBalancePage(ReportPage[TrialBalanceRow]):
    """The report: from month, to month, one branch or all."""

    title: ClassVar[str] = N_("Trial balance")
    columns: ClassVar[tuple[Column[Any], ...]] = COLUMNS

    def __init__(self, backend: Backend) -> None:
        today = date.today()  # noqa: DTZ011 - the desk's month
        months = [(month, f"{month:%m/%Y}") for month in months_until(today)]
        self._first = ChoiceField("first", N_("From month"), months, translate=False)
        self._last = ChoiceField("last", N_("To month"), months, translate=False)
        self._branch = ChoiceField("branch", N_("Branch"), [("", "")], translate=False)
        self._first.show_value(today.replace(month=1, day=1))
        self._last.show_value(today.replace(day=1))
        self._backend = backend
        self._months = self._branch_name = ""
        self._asked: Mapping[str, Any] = {}
        follow(self._branch, self._offer_branches)
        self._branch.show_value("")
        super().__init__(backend, (self._first, self._last, self._branch))
        self.set_paper(self.paper, "trial-balance.pdf")
        self.table.empty.tell(N_("Nothing was posted in these months. Choose others."))

    def paper(self, report: Report[TrialBalanceRow]) -> bytes:
        """Return the report as PDF, in the user's language."""
        words = current()
        about = [self._months, self._branch_name, report.summary]
        if report.read_at is not None:
            moment = words.moment(report.read_at.astimezone())
            about.append(_("figures of {moment}").format(moment=moment))
        return trial_balance_pdf(report.rows, report.totals, words, about=about)

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[TrialBalanceRow]:
        branch = parameters["branch"]
        self._note(parameters)
        balance = await self.backend.ask(
            get_trial_balance,
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
            branch_id=UUID(branch) if branch else None,
        )
        totals = balance.totals if balance.rows else None
        self._asked = parameters
        return Report(balance.with_classes, totals, balance.read_at, summary_of(balance))

    @override
    def on_open(self, row: TrialBalanceRow) -> None:
        """Go down to the ledger of an account, in the months and the branch of the report."""
        if not row.is_sum:
            days = self._asked["first"], last_day(self._asked["last"])
            branch = self._code_of(self._asked["branch"])
            self.opens.emit("accounting.ledger", ledger_of(row.code, days, branch))

    def _code_of(self, branch_id: str) -> str:
        codes = {str(branch.id): branch.code for branch in self._backend.user.branches}
        return codes.get(branch_id, "")

    def _note(self, parameters: Mapping[str, Any]) -> None:
        """Keep what the paper says about the report, as it was asked."""
        first, last = f"{parameters['first']:%m/%Y}", f"{parameters['last']:%m/%Y}"
        words = _("from {first} to {last}")
        self._months = words.format(first=current().isolate(first), last=current().isolate(last))
        self._branch_name = dict(self._branches())[parameters["branch"]]

    def _branches(self) -> list[tuple[str, str]]:
        is_arabic = current().language == "ar"
        branches = [
            (str(branch.id), branch.name_ar if is_arabic and branch.name_ar else branch.name)
            for branch in self._backend.user.branches
        ]
        return [("", _("All branches")), *branches]

    def _offer_branches(self) -> None:
        self._branch.offer(self._branches())
