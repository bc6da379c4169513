"""Internal transfers: what is on its way and for how long, and with what difference it arrived."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.ui.asking import confirm
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.parts import Tone
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.internal_transfers import (
    RECEIVE_TRANSFER,
    SEND_TRANSFER,
    SETTLE_TRANSFER,
    TAKE_TRANSFER_BACK,
    UNDO_RECEIPT,
)
from modules.accounting.permissions import Permission
from modules.accounting.selectors import PAGE_SIZE
from modules.accounting.selectors.internal_transfers import (
    TransferFilter,
    TransferRow,
    TransferSum,
    get_receiving_choices,
    get_transfer_choices,
    list_transfers,
    sum_in_transit,
)
from modules.accounting.widgets import asking
from modules.accounting.widgets.cash.transfer_asking import (
    Receiving,
    Sending,
    ask_receiving,
    ask_sending,
)
from modules.accounting.widgets.months import month_of

_STATES: dict[str, tuple[str, Tone]] = {
    "waiting": (N_("On the way"), "warn"),
    "received": (N_("Arrived"), "ok"),
    "returned": (N_("Taken back"), ""),
}
_NOBODY = UUID(int=0)


def _end(branch: str, account: str) -> str:
    return " · ".join(filter(None, (current().isolate(account) if account else "", branch)))


def _difference(row: TransferRow) -> str:
    if not row.difference:
        return ""
    told = current().amount(row.difference, row.currency)
    return f"{told} · {current().isolate(row.difference_account)}"


_COLUMNS: tuple[Column[TransferRow], ...] = (
    Column(N_("Number"), lambda r: current().isolate(r.number), width=160, strong=True),
    Column(
        N_("Date"),
        lambda r: current().date(r.dated_on) if r.state else "",
        width=92,
        value=lambda r: r.dated_on,
    ),
    Column(N_("Sent from"), lambda r: _end(r.sender(current().language), r.account)),
    Column(N_("Sent to"), lambda r: _end(r.receiver(current().language), r.to_account)),
    Column(
        N_("Amount"),
        lambda r: current().amount(r.amount, r.currency),
        RIGHT,
        width=130,
        value=lambda r: r.amount,
        strong=True,
    ),
    Column(
        N_("State"),
        lambda r: _(_STATES[r.state][0]) if r.state else "",
        width=110,
        tone=lambda r: _STATES[r.state][1] if r.state else "",
    ),
    Column(
        N_("Days on the way"),
        lambda r: current().number(r.days),
        RIGHT,
        width=130,
        value=lambda r: r.days,
    ),
    Column(
        N_("Arrived on"),
        lambda r: current().date(r.received_on) if r.received_on else "",
        width=100,
        value=lambda r: r.received_on,
    ),
    Column(
        N_("Difference"),
        _difference,
        RIGHT,
        width=130,
        value=lambda r: r.difference,
        tone=lambda r: "bad" if r.difference else "",
    ),
    Column(N_("Reason"), lambda r: r.reason, width=160, hidden=True),
    Column(N_("Reference"), lambda r: current().isolate(r.reference), width=110, hidden=True),
    Column(N_("Sent by"), lambda r: r.sent_by, width=100, hidden=True),
    Column(N_("Received by"), lambda r: r.received_by, width=100, hidden=True),
    Column(N_("Note"), lambda r: r.note, width=140, hidden=True),
)


def filter_of(query: Query, today: date) -> TransferFilter:
    """Return what a filter line and its chips ask for."""
    states = tuple(state for state in _STATES if query.has(state))
    ways = tuple(way for way in ("in", "out") if query.has(way))
    days = month_of(today) if query.has("month") else asking.days_of(query, today)
    return TransferFilter(query.text, states, ways, days)


def total_row(found: TransferSum) -> TransferRow:
    """Return what is on its way as a row: how much, and since when the oldest."""
    told = count("{n} on the way", "{n} on the way", found.count)
    day = date.min
    return TransferRow(
        *(_NOBODY, told, "", _NOBODY, "", "", "", _NOBODY, "", "", "", "", "", day),
        *(found.amount, "", "", "", None, None, "", "", "", None, found.days),
        *(False, False, False, "", found.currency),
    )


class TransferListPage(ListPage[TransferRow]):
    """The list, the newest at the top; below it what is on its way."""

    title: ClassVar[str] = N_("Internal transfers")
    hint: ClassVar[str] = N_("Number, reference, reason, branch, date:1/3..31/3")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE
    chips: ClassVar[tuple[Chip, ...]] = (
        Chip("waiting", N_("On the way")),
        Chip("in", N_("To us")),
        Chip("out", N_("From us")),
        Chip("month", N_("This month")),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._typed: Sending | None = None
        nothing = N_("No transfers here. Send money from a till or a bank to another one.")
        self.table.empty.tell(nothing, icon="swap-horizontal")
        self.add_row_action(N_("Journal entry"), self._on_entry)
        if backend.user.may(Permission.MOVE_MONEY):
            self.set_primary(N_("Send money"), lambda: self.start_once(self.send))
            self.add_row_action(N_("Receive money"), lambda row: self.start_once(self.receive, row))
            self.add_row_action(
                N_("Take the transfer back"), lambda row: self.start_once(self.take_back, row)
            )
            self.add_row_action(
                N_("Undo the receipt"), lambda row: self.start_once(self.undo_receipt, row)
            )

    @override
    async def load(self, query: Query, after: TransferRow | None) -> Sequence[TransferRow]:
        wanted = filter_of(query, wall_clock.today())
        return await self.backend.ask(list_transfers, wanted, after=after)

    @override
    async def total(self, query: Query) -> TransferRow | None:
        wanted = filter_of(query, wall_clock.today())
        return total_row(await self.backend.ask(sum_in_transit, wanted))

    @override
    def on_open(self, row: TransferRow) -> None:
        """Receive what waits for us, else show the entry."""
        may = self.backend.user.may(Permission.MOVE_MONEY)
        if may and row.state == "waiting" and row.is_to_us:
            self.start_once(self.receive, row)
        else:
            self._on_entry(row)

    async def send(self) -> None:
        """Send money; what was refused is proposed again."""
        choices = await self.backend.ask(get_transfer_choices)
        draft = self._typed or Sending(wall_clock.today())
        typed = await ask_sending(self, choices, draft)
        self._typed = typed
        if typed is None:
            return
        answer = await self.backend.execute(
            SEND_TRANSFER, {"id": str(uuid7()), **typed.as_payload()}
        )
        self._typed = None
        self._tell(_("Transfer {number} is sent."), str(answer.result["number"]))

    async def receive(self, row: TransferRow) -> None:
        """Say what of a transfer arrived."""
        if row.state != "waiting" or not row.is_to_us:
            self._tell_no(_("{number} does not wait for this branch."), row)
            return
        choices = await self.backend.ask(get_receiving_choices, row.id)
        draft = Receiving(wall_clock.today(), None, row.amount, choices.known.difference)
        if row.to_account:
            draft = replace(draft, account=row.to_account)
        typed = await ask_receiving(self, row, choices, draft)
        if typed is None:
            return
        told = {"id": str(row.id), "branch_id": str(row.to_branch_id)}
        deed = SETTLE_TRANSFER if typed.till_entry else RECEIVE_TRANSFER
        answer = await self.backend.execute(deed, {**typed.as_payload(), **told})
        if answer.flags:
            self._tell(
                _("Transfer {number} is received with a difference: find out why."), row.number
            )
        else:
            self._tell(_("Transfer {number} is received."), row.number)

    async def take_back(self, row: TransferRow) -> None:
        """Take back what nobody has received."""
        question = _("Take transfer {number} back? Its entry is reversed; its number stays used.")
        if await self._agrees(question, _("Take the transfer back"), row):
            told = {"id": str(row.id), "branch_id": str(row.branch_id)}
            await self.backend.execute(TAKE_TRANSFER_BACK, told)
            self._tell(_("{number} is taken back."), row.number)

    async def undo_receipt(self, row: TransferRow) -> None:
        """Let a transfer wait again that was received wrongly."""
        question = _("Undo the receipt of {number}? Its entry is reversed, and it waits again.")
        if await self._agrees(question, _("Undo the receipt"), row):
            told = {"id": str(row.id), "branch_id": str(row.to_branch_id)}
            await self.backend.execute(UNDO_RECEIPT, told)
            self._tell(_("{number} waits again."), row.number)

    async def _agrees(self, question: str, deed: str, row: TransferRow) -> bool:
        return await confirm(self, question.format(number=current().isolate(row.number)), deed)

    def _tell(self, sentence: str, number: str) -> None:
        self.say(sentence.format(number=current().isolate(number)))
        self.refresh()

    def _tell_no(self, sentence: str, row: TransferRow) -> None:
        self.say(sentence.format(number=current().isolate(row.number)), "warn")

    def _on_entry(self, row: TransferRow) -> None:
        if row.entry:
            self.opens.emit("accounting.entries", row.entry)
        else:
            self._tell_no(_("The entry of {number} is in the books of another branch."), row)
