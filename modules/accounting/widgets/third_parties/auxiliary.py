"""The auxiliary trial balance: what each partner had, what moved, what each has."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core.i18n import N_, Bilingual, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.forms import ChoiceField, TextField
from erp_desktop.ui.parts import button
from erp_desktop.ui.report_page import Report
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors import AuxiliaryRow, list_auxiliary, total_of_auxiliary
from modules.accounting.widgets.asking import ledger_of
from modules.accounting.widgets.months import last_day
from modules.accounting.widgets.months_report import MonthsReportPage

_SUPPLIERS = {"supplier", "supplier_advances", "bills_payable"}
WHOSE = (
    ("customer", N_("Customers")),
    ("supplier", N_("Suppliers")),
    ("doubtful", N_("Doubtful customers")),
    ("customer_advances", N_("Advances of customers")),
    ("supplier_advances", N_("Advances to suppliers")),
    ("bills_received", N_("Bills received")),
    ("bills_payable", N_("Bills to pay")),
)


def _name(row: AuxiliaryRow) -> str:
    if row.is_sum:
        return _("Total")
    return row.named(current().language) if row.party_id else _("Without a partner")


def _figure(name: str, title: str) -> Column[AuxiliaryRow]:
    def text(row: AuxiliaryRow) -> str:
        amount: Decimal = getattr(row, name)
        return current().amount(amount, row.currency) if amount or row.is_sum else ""

    return Column(title, text, RIGHT, width=134, value=attrgetter(name))


COLUMNS: tuple[Column[AuxiliaryRow], ...] = (
    Column(N_("Partner"), _name, strong=True),
    _figure("opening_debit", N_("Opening debit")),
    _figure("opening_credit", N_("Opening credit")),
    _figure("debit", N_("Debit")),
    _figure("credit", N_("Credit")),
    _figure("closing_debit", N_("Closing debit")),
    _figure("closing_credit", N_("Closing credit")),
)


class AuxiliaryPage(MonthsReportPage[AuxiliaryRow]):
    """The report; a partner opens the account statement of these months."""

    title: ClassVar[str] = N_("Auxiliary trial balance")
    columns: ClassVar[tuple[Column[Any], ...]] = COLUMNS

    def __init__(self, backend: Backend) -> None:
        whose = ChoiceField("whose", N_("Whose"), WHOSE)
        whose.show_value("customer")
        account = TextField("account", N_("Account"), hint=N_("Beginning of a code"))
        super().__init__(backend, (whose, account))
        self.exporter.name = "auxiliary-trial-balance"
        self.header.add(
            button(N_("Auxiliary ledger"), self.open_ledger, icon="book-account-outline")
        )
        self.table.empty.tell(N_("Nothing was posted in these months. Choose others."))

    def open_ledger(self) -> None:
        """Show the lines behind the sums."""
        self.opens.emit("accounting.auxiliary_ledger", self.asked)

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[AuxiliaryRow]:
        branch = parameters["branch"]
        rows = await self.backend.ask(
            list_auxiliary,
            parameters["whose"],
            (parameters["account"] or "").strip(),
            first_day=parameters["first"],
            last_day=last_day(parameters["last"]),
            branch_id=UUID(branch) if branch else None,
        )
        self.asked = parameters
        return Report(rows, total_of_auxiliary(rows))

    @override
    def on_open(self, row: AuxiliaryRow) -> None:
        first, last = self.days_asked()
        if row.party_id is None:
            account = (self.asked["account"] or "").strip()
            if account and not row.is_sum:
                ledger = ledger_of(account, (first, last), self.branch_asked())
                self.opens.emit("accounting.ledger", ledger)
            return
        about = about_partner(row.party_id, row, self.asked["whose"], (first, last))
        self.opens.emit("accounting.party_account", about)


def about_partner(
    party: UUID, named: Bilingual, whose: str, days: tuple[date, date]
) -> dict[str, str]:
    """Return what opens the account statement of a partner."""
    first, last = days
    return {
        "party": str(party),
        "name": named.name,
        "name_ar": named.name_ar,
        "side": "supplier" if whose in _SUPPLIERS else "customer",
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
