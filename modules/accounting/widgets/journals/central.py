"""The centralising journal: what each journal amounts to in each month."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.report_page import Report
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors import CentralRow, list_central_journal, total_of_central
from modules.accounting.widgets.asking import ledger_of
from modules.accounting.widgets.months import last_day, month_of
from modules.accounting.widgets.months_report import MonthsReportPage

DETAILS = (("accounts", N_("Sums of accounts")), ("totals", N_("Only totals")))


def _is_sum(row: CentralRow) -> bool:
    return row.is_sum


def _journal(row: CentralRow) -> str:
    words = current()
    if row.month is None:
        return _("Total")
    return f"{words.isolate(row.journal)} · {row.journal_named(words.language)}"


def _name(row: CentralRow) -> str:
    if row.is_sum and row.month is not None:
        return _("Total of the month")
    return row.named(current().language)


def _figure(title: str, name: str) -> Column[CentralRow]:
    def text(row: CentralRow) -> str:
        amount = getattr(row, name)
        return current().amount(amount, row.currency) if amount or row.is_sum else ""

    return Column(title, text, RIGHT, width=140, value=attrgetter(name), strong=_is_sum)


COLUMNS: tuple[Column[CentralRow], ...] = (
    Column(N_("Journal"), _journal, strong=_is_sum),
    Column(
        N_("Month"),
        lambda row: current().isolate(f"{row.month:%m/%Y}") if row.month else "",
        width=92,
        strong=_is_sum,
    ),
    Column(N_("Account"), lambda row: current().isolate(row.account), width=84),
    Column(N_("Name"), _name, strong=_is_sum),
    Column(
        N_("Entries"),
        lambda row: current().number(row.entries) if row.entries else "",
        RIGHT,
        width=92,
        value=attrgetter("entries"),
    ),
    _figure(N_("Debit"), "debit"),
    _figure(N_("Credit"), "credit"),
)


class CentralJournalPage(MonthsReportPage[CentralRow]):
    """Journals by month; an account opens its ledger, a sum the journal in detail."""

    title: ClassVar[str] = N_("Centralising journal")
    columns: ClassVar[tuple[Column[Any], ...]] = COLUMNS

    def __init__(self, backend: Backend) -> None:
        detail = ChoiceField("detail", N_("Detail"), DETAILS)
        detail.show_value("accounts")
        super().__init__(backend, (detail,))
        self.exporter.name = "centralising-journal"
        self.table.empty.tell(N_("Nothing was posted in these months. Choose others."))

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[CentralRow]:
        branch = parameters["branch"]
        rows = await self.backend.ask(
            list_central_journal,
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
            branch_id=UUID(branch) if branch else None,
            by_account=parameters["detail"] == "accounts",
        )
        self.asked = parameters
        return Report(rows, total_of_central(rows))

    @override
    def on_open(self, row: CentralRow) -> None:
        if row.month is None:
            return
        if row.account:
            about = ledger_of(row.account, month_of(row.month), self.branch_asked())
            self.opens.emit("accounting.ledger", about)
            return
        about_journal = {
            "journal": row.journal,
            "month": row.month.isoformat(),
            "branch": self.asked["branch"],
        }
        self.opens.emit("accounting.detailed_journal", about_journal)
