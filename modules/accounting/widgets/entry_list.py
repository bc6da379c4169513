"""The entries of the ledger, newest first, with their lines at the side."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors import (
    PAGE_SIZE,
    EntryFilter,
    EntryRow,
    list_entries,
    list_entry_lines,
)
from modules.accounting.widgets import asking
from modules.accounting.widgets.documents import page_of
from modules.accounting.widgets.entry_detail import EntryDetail
from modules.accounting.widgets.months import month_of
from modules.accounting.widgets.reversal import ask_reversal, reverse_entry

_COLUMNS: tuple[Column[EntryRow], ...] = (
    Column(N_("Number"), lambda e: current().isolate(e.number), width=170, strong=True),
    Column(N_("Date"), lambda e: current().date(e.dated_on), width=100, value=lambda e: e.dated_on),
    Column(N_("Label"), lambda e: current().isolate(e.label)),
    Column(N_("Journal"), lambda e: e.journal_named(current().language), width=120),
    Column(N_("Document"), lambda e: current().isolate(e.document), width=130, hidden=True),
    Column(N_("Branch"), lambda e: e.branch, width=64),
    Column(
        N_("Total"),
        lambda e: current().amount(e.total, e.currency),
        RIGHT,
        width=110,
        value=lambda e: e.total,
    ),
)


def wanted_of(query: Query, today: date) -> EntryFilter:
    """Return which entries a filter line means."""
    return EntryFilter(
        query.text,
        journal=query.value(*asking.JOURNAL),
        account=query.value(*asking.ACCOUNT),
        document=query.value(*asking.DOCUMENT),
        days=asking.days_of(query, today),
    )


class EntryListPage(ListPage[EntryRow]):
    """The list: text, `journal:`, `account:`, `document:` and `date:` filter it."""

    title: ClassVar[str] = N_("Entries")
    hint: ClassVar[str] = N_("Number, label, journal:VC, account:530, date:1/3..31/3")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.detail = EntryDetail()
        self.detail.opens.connect(self.opens)
        self.detail.account_opened.connect(self._on_account)
        self.set_preview(self.detail, width=440)
        self.add_row_action(N_("Open document"), self.on_open)
        if backend.user.may(Permission.POST_ENTRIES):
            self.set_primary(N_("New entry"), lambda: self.opens.emit("accounting.entry", None))
            self.add_row_action(N_("Reverse"), self._on_reverse)
            self.add_row_action(N_("Copy into a new entry"), self._on_copy)
        self.table.empty.tell(
            N_("No entries here yet. Sales, receipts and opening stock write them by themselves.")
        )

    @override
    async def load(self, query: Query, after: EntryRow | None) -> Sequence[EntryRow]:
        wanted = wanted_of(query, wall_clock.today())
        return await self.backend.ask(list_entries, wanted, after=after)

    @override
    def open(self, argument: Any) -> None:
        """Show what a filter line finds, such as `account:530` or the number of an entry."""
        self.filter.entry.setText(str(argument))

    @override
    def on_open(self, row: EntryRow) -> None:
        """Go down to the document behind an entry; one by hand is its own."""
        found = page_of(row.source)
        if found is not None:
            self.opens.emit(*found)
        elif not row.source and self.backend.user.may(Permission.POST_ENTRIES):
            self.opens.emit("accounting.entry", f"entry:{row.id}")

    @override
    def preview(self, row: EntryRow) -> None:
        self.detail.show_entry(row)
        self.start_latest(self._show_lines, row)

    @override
    def show_rows(self, rows: Sequence[EntryRow], *, has_more: bool) -> None:
        """Show these rows; of a single one, also its lines."""
        super().show_rows(rows, has_more=has_more)
        if len(rows) == 1:
            self.table.select_row(0)

    async def _show_lines(self, entry: EntryRow) -> None:
        self.detail.show_lines(await self.backend.ask(list_entry_lines, entry.id))

    def _on_copy(self, row: EntryRow) -> None:
        self.opens.emit("accounting.entry", f"copy:{row.id}")

    def _on_reverse(self, row: EntryRow) -> None:
        self.start_once(self._reverse, row)

    async def _reverse(self, row: EntryRow) -> None:
        day = await ask_reversal(self, row.number)
        if day is not None:
            self.say(await reverse_entry(self.backend, row.id, day.value))
            self.refresh()

    def _on_account(self, account: str, day: date) -> None:
        self.opens.emit("accounting.ledger", asking.ledger_of(account, month_of(day)))
