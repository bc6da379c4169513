"""The accounts at banks, each with its account of the ledger."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.search import fold
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors.bank import BankAccountRow, list_bank_accounts

_COLUMNS: tuple[Column[BankAccountRow], ...] = (
    Column(N_("Code"), lambda b: current().isolate(b.code), width=110, strong=True),
    Column(N_("Name"), lambda b: b.named(current().language)),
    Column(N_("Bank"), lambda b: b.bank, width=160),
    Column(N_("RIB"), lambda b: current().isolate(b.rib), width=230),
    Column(N_("Account"), lambda b: current().isolate(b.account), width=110),
    Column(N_("Currency"), lambda b: current().isolate(b.currency), width=90),
    Column(
        N_("State"),
        lambda b: _("Active") if b.is_active else _("Inactive"),
        width=110,
        tone=lambda b: "ok" if b.is_active else "",
    ),
)


class BankAccountListPage(ListPage[BankAccountRow]):
    """The list of bank accounts."""

    title: ClassVar[str] = N_("Bank accounts")
    hint: ClassVar[str] = N_("Code, name or RIB")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._may_edit = backend.user.may(Permission.EDIT_BANKS)
        for message, page in (
            (N_("Reconcile"), "accounting.bank_reconciliation"),
            (N_("Reconciliation statement"), "accounting.bank_state"),
        ):
            self.add_row_action(message, self._opener(page))
        if backend.user.may(Permission.RECONCILE_BANKS):
            self.add_row_action(N_("Import a bank file…"), self._opener("accounting.bank_file"))
            self.add_row_action(N_("Import a table…"), self._opener("accounting.bank_table"))
        self.add_row_action(
            N_("Bank rules"), lambda row: self.opens.emit("accounting.bank_rules", row.code)
        )
        self.add_row_action(N_("Ledger"), self._on_ledger)
        if self._may_edit:
            self.set_primary(
                N_("New bank account"), lambda: self.opens.emit("accounting.bank_account", None)
            )

    @override
    async def load(self, query: Query, after: BankAccountRow | None) -> Sequence[BankAccountRow]:
        if after is not None:
            return ()
        wanted, kept = fold(query.text.strip()), await self.backend.ask(list_bank_accounts)
        return [b for b in kept if wanted in _searched(b)]

    @override
    def on_open(self, row: BankAccountRow) -> None:
        if self._may_edit:
            self.opens.emit("accounting.bank_account", row.code)
        else:
            self._on_ledger(row)

    def _opener(self, page: str) -> Callable[[BankAccountRow], None]:
        return lambda row: self.opens.emit(page, row.code)

    def _on_ledger(self, row: BankAccountRow) -> None:
        self.opens.emit("accounting.ledger", f"account:{row.account}")


def _searched(row: BankAccountRow) -> str:
    return fold(f"{row.code} {row.name} {row.name_ar} {row.bank} {row.rib} {row.iban}")
