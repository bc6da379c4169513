"""Which cheque or bill a movement of the bank is."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.backend import Backend
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import ChoiceField
from erp_desktop.ui.page import Page
from modules.accounting.instruments import DEBIT_INSTRUMENT
from modules.accounting.reconciling import Request
from modules.accounting.selectors.instruments import (
    InstrumentFilter,
    InstrumentRow,
    list_instruments,
)
from modules.accounting.selectors.reconciling import OutstandingRow


@dataclass(frozen=True, slots=True)
class _Paper:
    instrument: UUID | None = None


async def ask_paper_of(
    page: Page, backend: Backend, bank: UUID, movement: OutstandingRow
) -> Request | None:
    """Ask which cheque or bill a movement pays; None if it is none that waits for the bank."""
    wanted = InstrumentFilter(
        states=("deposited", "discounted") if movement.amount > 0 else ("issued", "handed"),
        rest=abs(movement.amount),
    )
    papers = await backend.ask(list_instruments, wanted)
    money = current().money(abs(movement.amount), movement.currency)
    if not papers:
        page.say(
            _("No cheque or bill of {amount} waits for the bank.").format(amount=money), "warn"
        )
        return None
    field = ChoiceField(
        "instrument",
        N_("Cheque or bill"),
        _choices(papers),
        translate=False,
        required=True,
        span=2,
    )
    asked = _Paper(papers[0].id)
    title = N_("Paid by the bank")
    told = await ask_form(page, title, N_("Reconcile"), [field], asked, about=money)
    if told is None:
        return None
    return DEBIT_INSTRUMENT, {
        "bank_account_id": str(bank),
        "movement_id": str(movement.movement_id),
        "instrument_id": str(told.instrument),
    }


def _choices(papers: Sequence[InstrumentRow]) -> list[tuple[UUID, str]]:
    words = current()
    return [
        (
            each.id,
            " · ".join(
                filter(None, (words.isolate(each.number), each.party_named(words.language)))
            ),
        )
        for each in papers
    ]
