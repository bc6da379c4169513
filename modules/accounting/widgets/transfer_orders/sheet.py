"""A transfer order on screen: what it shows, and what happened to it."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from erp_desktop.core import wall_clock
from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.cells import LineColumn
from erp_desktop.ui.document_page import Document, Reckoned, Step, Total
from erp_desktop.ui.document_parts import Happening
from erp_desktop.ui.forms import CheckField, ChoiceField, DateField
from erp_desktop.ui.parts import Tone
from modules.accounting.selectors.bank import BankAccountRow
from modules.accounting.selectors.transfer_orders import (
    TransferForm,
    TransferRow,
    get_transfer_form,
)
from modules.accounting.widgets.transfer_orders.lines import COLUMNS, Line, line_kept, total
from modules.accounting.widgets.transfer_orders.words import STATES
from modules.accounting.widgets.wanted_page import WantedPage

_EMPTY = TransferForm(None, (), (), "DZD")


@dataclass(frozen=True, slots=True)
class OrderHead:
    """The head of an order; bank is the id of our bank account as text."""

    bank: str = ""
    dated: date | None = None
    is_batch: bool = True


class TransferSheet(WantedPage[OrderHead, Line]):
    """One order, opened with its id or, for a new one, with nothing."""

    title: ClassVar[str] = N_("Transfer order")
    new_title: ClassVar[str] = N_("New transfer order")
    columns: ClassVar[tuple[LineColumn[Any], ...]] = COLUMNS
    placeholder: ClassVar[str] = N_("Type a supplier for an advance…")
    head_columns: ClassVar[int] = 3

    def __init__(self, backend: Backend) -> None:
        self.kept = _EMPTY
        self.identity = uuid7()
        self.bank = ChoiceField("bank", N_("Bank account"), translate=False, required=True)
        super().__init__(
            backend,
            (
                self.bank,
                DateField("dated", N_("Date"), required=True),
                CheckField("is_batch", N_("One debit for all")),
            ),
        )

    @override
    async def show_wanted(self) -> None:
        """Ask for the order that is wanted, or for what a new one needs, and show it.

        Raises:
            NotFoundError: There is no such order in the user's branches.
        """
        wanted = UUID(self.wanted) if self.wanted else None
        self.kept = await self.backend.ask(get_transfer_form, wanted)
        self.identity = wanted or uuid7()
        self.bank.offer([(str(each.id), _bank_words(each)) for each in self.kept.banks])
        self._show()

    @override
    def new_line(self) -> Line:
        return Line(home=self.kept.currency)

    @override
    def reckon(self, head: Mapping[str, Any], lines: Sequence[Line]) -> Reckoned[Line]:
        suppliers = len({line.party.id for line in lines if line.party})
        homeless = len({line.party.id for line in lines if line.party and not line.account})
        totals = [
            Total(_("Suppliers"), current().number(suppliers)),
            Total(_("Total"), current().money(total(lines), self.kept.currency), is_due=True),
        ]
        if homeless and any(line.entry and not line.account for line in lines):
            told = Total(_("Without bank account"), current().number(homeless))
            totals.insert(1, told)
        return Reckoned(lines, totals)

    @abstractmethod
    def offer_deeds(self, state: str) -> None:
        """Say what can be done in a state."""

    @property
    def version(self) -> int | None:
        """The version that was read; None before it is kept."""
        return self.kept.order.version if self.kept.order else None

    def branch_of_bank(self) -> UUID | None:
        """Return whose suppliers the chosen bank account pays."""
        chosen = self.bank.read()
        return next((b.branch_id for b in self.kept.banks if str(b.id) == chosen), None)

    async def show_again(self) -> None:
        """Show the order as it is kept now."""
        self.forget_draft()  # of the name that it had until now
        self.wanted = str(self.identity)
        await self.show_wanted()

    def _show(self) -> None:
        order = self.kept.order
        state = order.state if order else "draft"
        first = str(self.kept.banks[0].id) if self.kept.banks else ""
        head = OrderHead(first, wall_clock.today())
        if order is not None:
            head = OrderHead(str(order.bank_account_id), order.dated_on, order.is_batch)
        title, tone = STATES[state]
        self.show_document(
            Document(
                f"accounting.transfer_order/{self.wanted or 'new'}",
                head,
                [line_kept(line, self.kept.currency) for line in self.kept.lines],
                number=order.number if order else "",
                state=title,
                tone=tone,
                path=_path(state),
                history=history_of(order) if order else (),
                is_editable=state == "draft",
            )
        )
        self.offer_deeds(state)


def history_of(order: TransferRow) -> tuple[Happening, ...]:
    """Say who drafted, gave and cancelled an order, newest first."""
    happened = [Happening(order.drafted_at, N_("Drafted"), order.drafted_by)]
    if order.ordered_at is not None:
        given = N_("Given to the bank as {entry}")
        entry = {"entry": order.entry}
        happened.insert(0, Happening(order.ordered_at, given, order.ordered_by, entry))
    if order.cancelled_at is not None:
        who, why = order.cancelled_by, order.cancel_reason
        happened.insert(0, Happening(order.cancelled_at, N_("Cancelled"), who, why=why))
    return tuple(happened)


def _path(state: str) -> tuple[Step, ...]:
    if state == "cancelled":
        return (Step(STATES["draft"][0], "ok"), Step(STATES["cancelled"][0], "bad"))
    way = ("draft", "ordered", "taken")
    reached = way.index(state)
    tones: list[Tone] = ["ok" if n < reached else "" for n in range(len(way))]
    tones[reached] = "ok" if state == "taken" else "warn"
    return tuple(Step(STATES[each][0], tone) for each, tone in zip(way, tones, strict=True))


def _bank_words(bank: BankAccountRow) -> str:
    return f"{bank.code} · {bank.named(current().language)}"
