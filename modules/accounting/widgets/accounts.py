"""The chart of accounts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import Column
from modules.accounting.selectors import PAGE_SIZE, AccountRow, list_accounts

# The class of an account, its first digit, says what kind of thing it is.
_CLASSES = {
    "1": N_("Capital"),
    "2": N_("Fixed assets"),
    "3": N_("Stocks"),
    "4": N_("Third parties"),
    "5": N_("Cash and banks"),
    "6": N_("Expenses"),
    "7": N_("Income"),
}

_COLUMNS: tuple[Column[AccountRow], ...] = (
    Column(N_("Account"), lambda a: current().isolate(a.code), width=110, strong=True),
    Column(N_("Name"), lambda a: a.named(current().language)),
    Column(N_("Class"), lambda a: _(_CLASSES.get(a.code[0], "")), width=180),
    Column(
        N_("State"),
        lambda a: _("Active") if a.is_active else _("Inactive"),
        width=110,
        tone=lambda a: "ok" if a.is_active else "",
    ),
)


class AccountListPage(ListPage[AccountRow]):
    """The list of accounts by code; opening one shows its ledger."""

    title: ClassVar[str] = N_("Chart of accounts")
    hint: ClassVar[str] = N_("Code or name")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.add_row_action(N_("Ledger"), self.on_open)
        self.add_row_action(N_("Entries"), self._on_entries)
        self.table.empty.tell(N_("No account means this. Try the beginning of its code."))

    @override
    async def load(self, query: Query, after: AccountRow | None) -> Sequence[AccountRow]:
        return await self.backend.ask(list_accounts, search=query.text, after=after)

    @override
    def on_open(self, row: AccountRow) -> None:
        self.opens.emit("accounting.ledger", f"account:{row.code}")

    def _on_entries(self, row: AccountRow) -> None:
        self.opens.emit("accounting.entries", f"account:{row.code}")
