"""The tickets of the branch, today's first; those of this till also before head office has them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Protocol
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.errors import OfflineError
from erp_desktop.core.i18n import N_, _, current, in_language
from erp_desktop.ui import keys
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.days import days_of
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.till.errors import WorkstationMissingError
from modules.till.own import OwnTicket, own_tickets
from modules.till.paid import PaidTicket
from modules.till.selectors import PAGE_SIZE, get_ticket, list_tickets
from modules.till.widgets.asking import BRANCH
from modules.till.widgets.printing import print_ticket
from modules.till.widgets.ticket_detail import TicketDetail
from modules.till.widgets.ticket_look import (
    TicketLook,
    methods_text,
    state_text,
    state_tone,
)

# As long as the journal surely has a ticket (RELIABILITY.md): then no network is needed.
_JOURNAL_DAYS = 35
# Who may see what a ticket did to the accounts.
_LEDGER = "accounting.ledger.view"


class TicketListView(Protocol):
    """All that `Tickets` needs of whoever shows the tickets."""

    def say(self, message: str) -> None:
        """Tell the user something."""

    def show_offline(self, *, is_offline: bool) -> None:
        """Show whether these are all tickets or only this till's own."""


class Tickets:
    """What the ticket list does, told without a widget."""

    def __init__(self, view: TicketListView, backend: Backend) -> None:
        self._view = view
        self._backend = backend
        self._own: dict[UUID, OwnTicket] = {}

    async def load(self, query: Query, after: TicketLook | None) -> Sequence[TicketLook]:
        """Return one page: first this till's own that wait, then what head office has."""
        if after is not None and after.row is None:
            return ()  # nothing of head office was shown, so there is nothing below it
        since, until = span_of(query, wall_clock.today())
        if after is None:
            await self._read_own(since)
        try:
            rows = await self._backend.ask(
                list_tickets,
                search=query.text,
                branch_id=self._branch_of(query),
                since=since,
                until=until,
                after=after.row if after else None,
            )
        except OfflineError:
            self._view.show_offline(is_offline=True)
            return [] if after else self._own_looks(query, frozenset(self._own))
        self._view.show_offline(is_offline=False)
        looks = [TicketLook.of_row(row, self._own.get(row.id)) for row in rows]
        if after is not None:
            return looks
        if until is not None or query.value(*BRANCH):
            return looks  # of some branch or of days that are over: nothing of theirs waits here
        late = frozenset(own.id for own in self._own.values() if own.state != "applied")
        return [*self._own_looks(query, late - {row.id for row in rows}), *looks]

    async def find(self, look: TicketLook) -> PaidTicket:
        """Return a ticket with its lines: from the journal if it is there, else from head office.

        Raises:
            OfflineError: It is not in the journal and head office does not answer.
        """
        if look.id in self._own:
            return self._own[look.id].ticket
        return await self._backend.ask(get_ticket, look.id)

    async def reprint(self, look: TicketLook) -> None:
        """Print a ticket once more, marked as a duplicate.

        Raises:
            WorkstationMissingError: This computer has no receipt printer.
            OfflineError: It is not in the journal and head office does not answer.
        """
        if self._backend.workstation is None:
            raise WorkstationMissingError
        ticket = await self.find(look)
        failed = await print_ticket(self._backend, ticket, is_duplicate=True)
        done = _("Printed again: {number}.").format(number=ticket.number)
        self._view.say(failed.trouble if failed else done)

    def _branch_of(self, query: Query) -> UUID | None:
        """Return the branch that is asked for; one that the user does not see has no tickets."""
        code = query.value(*BRANCH).upper()
        known = {branch.code: branch.id for branch in self._backend.user.branches}
        return known.get(code, UUID(int=0)) if code else None

    async def _read_own(self, since: datetime | None) -> None:
        if self._backend.workstation is not None:
            start = since or _midnight(wall_clock.today()) - timedelta(days=_JOURNAL_DAYS)
            found = await self._backend.local(own_tickets, since=start)
            self._own = {own.id: own for own in found}

    def _own_looks(self, query: Query, wanted: frozenset[UUID]) -> list[TicketLook]:
        return [
            TicketLook.of_own(own)
            for own in self._own.values()
            if own.id in wanted and query.text.casefold() in own.ticket.number.casefold()
        ]


def span_of(query: Query, today: date) -> tuple[datetime | None, datetime | None]:
    """Return from when and before when tickets are asked for: by `date:a..b`, or today's."""
    first, last = days_of(query, today)
    if query.has("today"):
        first = today
    until = _midnight(last + timedelta(days=1)) if last is not None else None
    return (_midnight(first) if first is not None else None), until


def _midnight(day: date) -> datetime:
    return wall_clock.midnight(day)


def _amount(look: TicketLook) -> str:
    return current().amount(look.total, look.currency)


_COLUMNS: tuple[Column[TicketLook], ...] = (
    Column(N_("Number"), lambda t: current().isolate(t.number), width=150, strong=True),
    Column(
        N_("Sold at"),
        lambda t: current().moment(wall_clock.local(t.sold_at)),
        width=150,
        value=lambda t: t.sold_at,
    ),
    Column(
        N_("Kind"),
        lambda t: _("Refund") if t.kind == "refund" else _("Sale"),
        width=90,
        tone=lambda t: "warn" if t.kind == "refund" else "",
    ),
    Column(N_("Customer"), lambda t: in_language(current().language, *t.customer)),
    Column(N_("Cashier"), lambda t: t.cashier, width=110),
    Column(N_("Paid by"), lambda t: methods_text(t.methods), width=120),
    Column(N_("State"), state_text, width=130, tone=state_tone),
    Column(N_("Total"), _amount, RIGHT, width=120, value=lambda t: t.total),
)


class TicketListPage(ListPage[TicketLook]):
    """The hands and face of `Tickets`."""

    title: ClassVar[str] = N_("Tickets")
    hint: ClassVar[str] = N_("Number, customer, date:1/3..15/3")
    chips: ClassVar[tuple[Chip, ...]] = (Chip("today", N_("Today"), is_pressed=True),)
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE

    def __init__(self, backend: Backend) -> None:
        self._tickets = Tickets(self, backend)
        super().__init__(backend)
        self._detail = TicketDetail(self._on_reprint)
        self.set_preview(self._detail, width=380)
        self.add_row_action(N_("Reprint"), self._on_reprint)
        if backend.user.may(_LEDGER):
            self.add_row_action(N_("Journal entries"), self._on_entries)
        keys.bind(self, "page.print", self._on_print)
        self.table.empty.tell(N_("No tickets here yet. Sell at the till and they appear."))

    @override
    async def load(self, query: Query, after: TicketLook | None) -> Sequence[TicketLook]:
        return await self._tickets.load(query, after)

    @override
    def preview(self, row: TicketLook) -> None:
        self._detail.show_look(row)
        self.start_latest(self._show_lines, row)

    def show_offline(self, *, is_offline: bool) -> None:
        """Show whether these are all tickets or only this till's own."""
        words = _("Offline: only the tickets of this till are shown.") if is_offline else ""
        self.header.show_state(words, "warn")

    async def _show_lines(self, look: TicketLook) -> None:
        self._detail.show_ticket(await self._tickets.find(look))

    def _on_print(self) -> None:
        if self.table.current_row() is not None:
            self._on_reprint(self.table.current_row())

    def _on_entries(self, look: TicketLook) -> None:
        self.opens.emit("accounting.entries", f"document:{look.number}")

    def _on_reprint(self, look: TicketLook) -> None:
        self.start_once(self._tickets.reprint, look)
