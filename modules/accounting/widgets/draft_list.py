"""Entries that are not booked yet."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.entries import discard_draft
from modules.accounting.permissions import Permission
from modules.accounting.selectors import DraftRow, list_drafts

_COLUMNS: tuple[Column[DraftRow], ...] = (
    Column(N_("Label"), lambda d: current().isolate(d.label), strong=True),
    Column(N_("Date"), lambda d: current().date(d.dated_on) if d.dated_on else "", width=100),
    Column(N_("Journal"), lambda d: d.journal_named(current().language), width=160),
    Column(N_("Branch"), lambda d: d.branch, width=64),
    Column(
        N_("Debit"),
        lambda d: current().amount(d.debit, d.currency),
        RIGHT,
        width=120,
        value=lambda d: d.debit,
    ),
    Column(
        N_("Credit"),
        lambda d: current().amount(d.credit, d.currency),
        RIGHT,
        width=120,
        value=lambda d: d.credit,
    ),
    Column(
        N_("State"),
        lambda d: _("Balances") if d.debit == d.credit else _("Incomplete"),
        width=110,
        tone=lambda d: "ok" if d.debit == d.credit else "warn",
    ),
    Column(N_("Saved by"), lambda d: d.saved_by, width=100),
    Column(N_("Saved"), lambda d: current().moment(wall_clock.local(d.saved_at)), width=140),
)


class DraftListPage(ListPage[DraftRow]):
    """The list; a double click goes on with a draft."""

    title: ClassVar[str] = N_("Draft entries")
    hint: ClassVar[str] = N_("Label")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.table.empty.tell(N_("No drafts. What is typed and saved without posting waits here."))
        if backend.user.may(Permission.POST_ENTRIES):
            self.set_primary(N_("New entry"), lambda: self.opens.emit("accounting.entry", None))
            self.add_bulk_action(N_("Discard"), self._on_discard, icon="delete-outline")

    @override
    async def load(self, query: Query, after: DraftRow | None) -> Sequence[DraftRow]:
        return () if after else await self.backend.ask(list_drafts, search=query.text)

    @override
    def on_open(self, row: DraftRow) -> None:
        self.opens.emit("accounting.entry", f"draft:{row.id}")

    def _on_discard(self, rows: list[DraftRow]) -> None:
        self.start_once(self._discard, rows)

    async def _discard(self, rows: list[DraftRow]) -> None:
        question = count("Discard {n} draft?", "Discard {n} drafts?", len(rows))
        if await confirm(self, question, _("Discard")):
            for row in rows:
                await self.backend.do(discard_draft, row.id)
            self.refresh()
