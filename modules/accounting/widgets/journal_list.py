"""Journals, and how far their series have counted."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import Column
from modules.accounting.permissions import Permission
from modules.accounting.selectors import JournalRow, list_journals

_COLUMNS: tuple[Column[JournalRow], ...] = (
    Column(N_("Code"), lambda j: current().isolate(j.code), width=90, strong=True),
    Column(N_("Name"), lambda j: j.named(current().language), width=220),
    Column(
        N_("Written by"),
        lambda j: _("People") if j.is_manual else _("Documents only"),
        width=170,
        tone=lambda j: "ok" if j.is_manual else "",
    ),
    Column(N_("Last numbers"), lambda j: current().isolate(j.series)),
    Column(
        N_("State"),
        lambda j: _("Active") if j.is_active else _("Inactive"),
        width=110,
        tone=lambda j: "ok" if j.is_active else "",
    ),
)


class JournalListPage(ListPage[JournalRow]):
    """The list of journals."""

    title: ClassVar[str] = N_("Journals")
    hint: ClassVar[str] = N_("Code or name")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.add_row_action(N_("Entries"), self._on_entries)
        if backend.user.may(Permission.EDIT_JOURNALS):
            self.set_primary(N_("New journal"), lambda: self.opens.emit("accounting.journal", None))

    @override
    async def load(self, query: Query, after: JournalRow | None) -> Sequence[JournalRow]:
        if after is not None:
            return ()
        wanted, journals = query.text.lower(), await self.backend.ask(list_journals)
        return [j for j in journals if wanted in f"{j.code} {j.name} {j.name_ar}".lower()]

    @override
    def on_open(self, row: JournalRow) -> None:
        if self.backend.user.may(Permission.EDIT_JOURNALS):
            self.opens.emit("accounting.journal", row.code)

    def _on_entries(self, row: JournalRow) -> None:
        self.opens.emit("accounting.entries", f"journal:{row.code}")
