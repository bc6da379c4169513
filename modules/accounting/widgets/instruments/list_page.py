"""The portfolio of cheques and bills, and what can become of each."""

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.filters import Chip, Query
from erp_desktop.ui.list_page import ListPage
from erp_desktop.ui.tables import RIGHT, Column
from modules.accounting.instruments import (
    DEPOSIT_INSTRUMENTS,
    MOVE_INSTRUMENT,
    REGISTER_INSTRUMENT,
    UNDO_INSTRUMENT,
)
from modules.accounting.permissions import Permission
from modules.accounting.selectors import PAGE_SIZE
from modules.accounting.selectors.bank import BankAccountRow, list_bank_accounts
from modules.accounting.selectors.currencies import company_currency
from modules.accounting.selectors.instruments import (
    InstrumentFilter,
    InstrumentRow,
    list_instruments,
)
from modules.accounting.widgets.instruments.asking import ask_paper, ask_slip, ask_step
from modules.accounting.widgets.instruments.history import InstrumentHistory
from modules.accounting.widgets.instruments.words import (
    AT_BANK,
    FROM,
    KINDS,
    STATES,
    STEPS,
    standing_words,
    state_words,
)

_CHIPS = {
    "portfolio": ("received",),
    "bank": ("deposited", "discounted"),
    "unpaid": ("unpaid", "litigation"),
    "guarantee": ("guarantee",),
    "issued": ("issued", "handed", "rejected", "stopped"),
}
_COLUMNS: tuple[Column[InstrumentRow], ...] = (
    Column(N_("Due date"), lambda r: current().date(r.due_on), width=100, value=lambda r: r.due_on),
    Column(N_("Kind"), lambda r: _(KINDS[r.kind]), width=80),
    Column(N_("Number"), lambda r: current().isolate(r.number), width=130, strong=True),
    Column(N_("Partner"), lambda r: r.party_named(current().language)),
    Column(N_("Bank"), lambda r: current().isolate(r.bank), width=110),
    Column(
        N_("Amount"),
        lambda r: current().amount(r.amount, r.currency),
        RIGHT,
        width=120,
        value=lambda r: r.amount,
        strong=True,
    ),
    Column(
        N_("Left to pay"),
        lambda r: current().amount(r.rest, r.currency),
        RIGHT,
        width=120,
        value=lambda r: r.rest,
        hidden=True,
    ),
    Column(N_("State"), standing_words, width=190, tone=lambda r: STATES[r.state][1]),
    Column(N_("Slip"), lambda r: current().isolate(r.slip), width=150),
    Column(N_("Drawn by"), lambda r: r.drawer, width=120, hidden=True),
    Column(N_("Where it lies"), lambda r: r.location, width=120, hidden=True),
    Column(N_("Branch"), lambda r: r.branch, width=70, hidden=True),
)


def filter_of(query: Query) -> InstrumentFilter:
    """Return what a filter line and its chips ask for."""
    pressed = [states for chip, states in _CHIPS.items() if query.has(chip)]
    return InstrumentFilter(query.text, states=tuple(s for states in pressed for s in states))


class InstrumentListPage(ListPage[InstrumentRow]):
    """The list, what is due first at the top; its history stands at the side."""

    title: ClassVar[str] = N_("Cheques and bills")
    hint: ClassVar[str] = N_("Number, partner, drawer or bank")
    columns: ClassVar[tuple[Column[Any], ...]] = _COLUMNS
    page_size: ClassVar[int] = PAGE_SIZE
    chips: ClassVar[tuple[Chip, ...]] = (
        Chip("portfolio", N_("In portfolio")),
        Chip("bank", N_("At the bank")),
        Chip("unpaid", N_("Bounced")),
        Chip("guarantee", N_("Guarantees")),
        Chip("issued", N_("Ours")),
    )

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self.history = InstrumentHistory(backend)
        self.set_preview(self.history, width=330)
        self.add_action(N_("Deposit slips"), self._on_slips, icon="bank-transfer-in")
        nothing = N_("No cheques or bills here. Payments by cheque come by themselves.")
        self.table.empty.tell(nothing, icon="checkbook")
        if backend.user.may(Permission.MOVE_INSTRUMENTS):
            self._offer_deeds()

    def _offer_deeds(self) -> None:
        self.set_primary(N_("New cheque or bill"), lambda: self.start_once(self.register))
        self.add_bulk_action(
            N_("Deposit slip"), lambda rows: self.start_once(self.deposit, rows), "bank-transfer-in"
        )
        for verb, words in STEPS.items():
            self.add_row_action(words, partial(self._on_step, verb))
        self.add_row_action(
            N_("Take the last step back"), lambda row: self.start_once(self.undo, row)
        )

    @override
    async def load(self, query: Query, after: InstrumentRow | None) -> Sequence[InstrumentRow]:
        return await self.backend.ask(list_instruments, filter_of(query), after=after)

    @override
    def preview(self, row: InstrumentRow) -> None:
        self.start_latest(self.history.show_row, row)

    async def register(self) -> None:
        """Take a new cheque or bill into the books."""
        currency = await self.backend.ask(company_currency)
        banks = await self._banks(currency)
        paper = await ask_paper(self, currency, banks, wall_clock.today())
        if paper is None:
            return
        branch = {"branch_id": str(self.backend.user.branch.id)}
        await self.backend.execute(REGISTER_INSTRUMENT, {**paper.as_payload(), **branch})
        number = current().isolate(paper.number)
        self.say(_("{number} is registered.").format(number=number))
        self.refresh()

    async def deposit(self, rows: list[InstrumentRow]) -> None:
        """Take cheques and bills to the bank together."""
        banks = await self._banks(rows[0].currency)
        slip = await ask_slip(self, rows, banks, wall_clock.today())
        if slip is None or slip.on is None:
            return
        payload = {
            "branch_id": str(rows[0].branch_id),
            "on": slip.on.isoformat(),
            "purpose": slip.purpose,
            "bank_account": str(slip.bank_account) if slip.bank_account else None,
            "instruments": [str(row.id) for row in rows],
        }
        answer = await self.backend.execute(DEPOSIT_INSTRUMENTS, payload)
        number = str(answer.result["number"])
        self.say(_("Slip {number} is made.").format(number=current().isolate(number)))
        self.refresh()
        self.opens.emit("accounting.deposit_slip", number)

    async def step(self, row: InstrumentRow, verb: str) -> None:
        """Let a cheque or a bill take a step."""
        banks = await self._banks(row.currency) if verb in AT_BANK else []
        taken = await ask_step(self, row, verb, banks, wall_clock.today())
        if taken is None or taken.on is None:
            return
        payload = {"instrument_id": str(row.id), "verb": verb, **taken.as_payload()}
        answer = await self.backend.execute(MOVE_INSTRUMENT, payload)
        self._tell(row, str(answer.result["state"]))

    async def undo(self, row: InstrumentRow) -> None:
        """Take the last step of a cheque or a bill back."""
        answer = await self.backend.execute(UNDO_INSTRUMENT, {"instrument_id": str(row.id)})
        self._tell(row, str(answer.result["state"]))

    async def _banks(self, currency: str) -> list[BankAccountRow]:
        kept = await self.backend.ask(list_bank_accounts)
        return [each for each in kept if each.is_active and each.currency == currency]

    def _tell(self, row: InstrumentRow, state: str) -> None:
        words = _("{number}: {state}.")
        number = current().isolate(row.number)
        self.say(words.format(number=number, state=state_words(state)))
        self.refresh()

    def _on_step(self, verb: str, row: InstrumentRow) -> None:
        if row.state not in FROM[verb]:
            sentence = _("{number} is {state}: this step is not possible now.")
            number = current().isolate(row.number)
            self.say(sentence.format(number=number, state=state_words(row.state)), "warn")
            return
        self.start_once(self.step, row, verb)

    def _on_slips(self) -> None:
        self.opens.emit("accounting.deposit_slips", None)
