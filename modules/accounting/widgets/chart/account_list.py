"""The chart of accounts."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors import PAGE_SIZE, AccountRow, list_accounts
from modules.accounting.widgets.chart.account_form import BENEATH

# One step to the side for each level below a class.
_STEP = "\u2003"
_FIRST_ACCOUNT = 2
_FORM = "accounting.account"


def _name(row: AccountRow) -> str:
    return _STEP * row.level + row.named(current().language)


def _translation(row: AccountRow) -> str:
    words = current()
    return words.isolate(row.name) if words.language == "ar" else row.name_ar


def _is_heading(row: AccountRow) -> bool:
    """Whether it is a class or a group, under which accounts stand."""
    return row.level < _FIRST_ACCOUNT


_COLUMNS: tuple[Column[AccountRow], ...] = (
    Column(N_("Account"), lambda a: current().isolate(a.code), width=110, strong=_is_heading),
    Column(N_("Name"), _name, value=lambda a: a.named(current().language), strong=_is_heading),
    Column(N_("Translation"), _translation),
    Column(
        N_("State"),
        lambda a: _("Active") if a.is_active else _("Inactive"),
        width=110,
        tone=lambda a: "ok" if a.is_active else "",
    ),
)


class AccountListPage(ListPage[AccountRow]):
    """The chart as a tree, by code; opening an account shows its ledger, a class what is in it."""

    title: ClassVar[str] = N_("Chart of accounts")
    hint: ClassVar[str] = N_("Code, its beginning (411*) or name")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.add_row_action(N_("Ledger"), self.on_open)
        self.add_row_action(N_("Entries"), self._on_entries)
        if backend.user.may(Permission.EDIT_CHART):
            self.set_primary(N_("New account"), lambda: self.opens.emit(_FORM, None))
            self.add_row_action(N_("Edit"), lambda row: self.opens.emit(_FORM, row.code))
            self.add_row_action(N_("New account beneath"), self._on_beneath)
            self.add_action(N_("Import"), self._on_import, icon="file-import-outline")
        self.add_action(N_("Posting accounts"), self._on_roles, icon="account-switch-outline")
        self.table.empty.tell(N_("No account means this. Try the beginning of its code."))

    @override
    async def load(self, query: Query, after: AccountRow | None) -> Sequence[AccountRow]:
        return await self.backend.ask(list_accounts, search=query.text, after=after)

    @override
    def on_open(self, row: AccountRow) -> None:
        if row.level == 0:
            self.filter.entry.setText(f"{row.code}*")
            return
        self.opens.emit("accounting.ledger", f"account:{row.code}")

    def _on_beneath(self, row: AccountRow) -> None:
        self.opens.emit(_FORM, f"{BENEATH}{row.code}")

    def _on_import(self) -> None:
        self.opens.emit("accounting.account_import", None)

    def _on_roles(self) -> None:
        self.opens.emit("accounting.account_roles", None)

    def _on_entries(self, row: AccountRow) -> None:
        self.opens.emit("accounting.entries", f"account:{row.code}")
