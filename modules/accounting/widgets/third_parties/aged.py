"""The aged balance: who owes how much since when."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.follow import follow
from erp_desktop.ui.forms import ChoiceField, DateField
from erp_desktop.ui.report_page import Report, ReportPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.selectors import AgedRow, list_aged, total_of_aged

SIDES = (("customer", N_("Customers")), ("supplier", N_("Suppliers")))


def _amount(name: str) -> Callable[[AgedRow], str]:
    def text(row: AgedRow) -> str:
        amount: Decimal = getattr(row, name)
        return current().amount(amount, row.currency) if amount or row.party_id is None else ""

    return text


def _figure(title: str, name: str, *, strong: bool = False) -> Column[AgedRow]:
    value = attrgetter(name)
    return Column(title, _amount(name), RIGHT, width=112, value=value, strong=strong)


_COLUMNS: tuple[Column[AgedRow], ...] = (
    Column(
        N_("Partner"),
        lambda row: row.named(current().language) if row.party_id else _("Total"),
        strong=True,
    ),
    _figure(N_("Not due"), "not_due"),
    _figure(N_("1–30 days"), "days_30"),
    _figure(N_("31–60 days"), "days_60"),
    _figure(N_("61–90 days"), "days_90"),
    _figure(N_("Over 90 days"), "older"),
    _figure(N_("Not settled"), "unsettled"),
    _figure(N_("In bills"), "bills"),
    _figure(N_("Balance"), "balance", strong=True),
    _figure(N_("In portfolio"), "cheques"),
    Column(
        N_("Overdue since"),
        lambda row: current().date(row.oldest) if row.oldest else "",
        width=104,
        value=lambda row: row.oldest,
        hidden=True,
    ),
)


class AgedBalancePage(ReportPage[AgedRow]):
    """The report of a day; a line opens the account of its partner."""

    title: ClassVar[str] = N_("Aged balance")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        self._branch = ChoiceField("branch", N_("Branch"), [("", "")], translate=False)
        self._branches = [(str(b.id), b.name, b.name_ar) for b in backend.user.branches]
        day = DateField("day", N_("At the end of"), required=True)
        day.show_value(wall_clock.today())
        follow(self._branch, self._offer_branches)
        self._branch.show_value("")
        side = ChoiceField("side", N_("Whose"), list(SIDES))
        side.show_value("customer")
        super().__init__(backend, (side, day, self._branch))
        self._asked: Mapping[str, Any] = {}
        self.exporter.name = "aged-balance"
        self.table.empty.tell(N_("Nobody owes anything on this day."), icon="account-check-outline")

    @override
    async def load(self, parameters: Mapping[str, Any]) -> Report[AgedRow]:
        branch = parameters["branch"]
        rows = await self.backend.ask(
            list_aged,
            parameters["side"],
            parameters["day"],
            branch_id=UUID(branch) if branch else None,
        )
        self._asked = parameters
        return Report(rows, total_of_aged(rows))

    @override
    def on_open(self, row: AgedRow) -> None:
        if row.party_id is not None:
            about = {
                "party": str(row.party_id),
                "name": row.name,
                "name_ar": row.name_ar,
                "side": self._asked["side"],
                "last": self._asked["day"].isoformat(),
            }
            self.opens.emit("accounting.party_account", about)

    def _offer_branches(self) -> None:
        language = current().language
        named = [(key, in_language(language, name, ar)) for key, name, ar in self._branches]
        self._branch.offer([("", _("All branches")), *named])
