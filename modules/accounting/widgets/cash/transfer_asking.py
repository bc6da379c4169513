"""The windows in which money is sent, and in which it is received."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.fields import Field
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import AmountField, ChoiceField, CodeField, DateField, TextField
from modules.accounting.selectors.internal_transfers import (
    MoneyPlace,
    ReceivingChoices,
    TransferChoices,
    TransferRow,
)
from modules.accounting.widgets.account_field import AccountField

# A branch and the code of one of its accounts; without a code, the branch says it when it receives.
Place = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Sending:
    """Money to be sent, as it is typed."""

    on: date | None
    source: Place | None = None
    target: Place | None = None
    amount: Decimal | None = None
    reference: str = ""
    reason: str = ""

    def as_payload(self) -> dict[str, Any]:
        """Return what the gate takes."""
        branch, account = self.source or (None, None)
        to_branch, to_account = self.target or (None, None)
        return {
            "on": self.on.isoformat() if self.on else None,
            "branch_id": str(branch),
            "account": account,
            "to_branch_id": str(to_branch),
            "to_account": to_account,
            "amount": str(self.amount),
            "reference": self.reference,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Receiving:
    """Money that arrived, as it is typed."""

    on: date | None
    account: str | None = None
    amount: Decimal | None = None
    difference_account: str = ""
    till_entry: UUID | None = None
    note: str = ""

    def as_payload(self) -> dict[str, Any]:
        """Return what the gate takes."""
        return {
            "on": self.on.isoformat() if self.on else None,
            "account": self.account,
            "amount": str(self.amount),
            "difference_account": self.difference_account,
            "till_entry": str(self.till_entry) if self.till_entry else None,
            "note": self.note,
        }


def place_words(place: MoneyPlace) -> str:
    """Return the account of a place, by code and name."""
    words = current()
    return f"{words.isolate(place.code)} · {words.isolate(place.named(words.language))}"


class _Targets:
    """Keeps what can be chosen to receive as the source wants it."""

    def __init__(self, choices: TransferChoices) -> None:
        self._choices = choices
        language = current().language
        self._names = {each.id: each.named(language) for each in choices.branches}
        self._is_alone = len({place.branch_id for place in choices.places}) == 1

    def sources(self) -> list[tuple[Place, str]]:
        """Return the places of the user's branches."""
        return [(self._key(place), self._words(place)) for place in self._choices.places]

    def targets(self, source: Place | None) -> list[tuple[Place, str]]:
        """Return where money from a source can go: other accounts, other branches."""
        own = [each for each in self.sources() if each[0] != source]
        unsaid = _("{branch}: the branch says where")
        others = [
            ((branch.id, ""), unsaid.format(branch=self._names[branch.id]))
            for branch in self._choices.branches
            if source is None or branch.id != source[0]
        ]
        return [*own, *others]

    def watch(self, source: ChoiceField, target: ChoiceField) -> None:
        """Follow what is chosen."""
        source.changed.connect(lambda: target.offer(self.targets(source.read())))

    def _key(self, place: MoneyPlace) -> Place:
        return (place.branch_id, place.code)

    def _words(self, place: MoneyPlace) -> str:
        told = place_words(place)
        return told if self._is_alone else f"{self._names[place.branch_id]}: {told}"


async def ask_sending(page: QWidget, choices: TransferChoices, draft: Sending) -> Sending | None:
    """Ask what to send; None if nothing is."""
    known = _Targets(choices)
    source = ChoiceField(
        "source", N_("From the account"), known.sources(), translate=False, required=True
    )
    target = ChoiceField(
        "target", N_("To the account"), known.targets(draft.source), translate=False, required=True
    )
    known.watch(source, target)
    fields: tuple[Field, ...] = (
        source,
        target,
        AmountField("amount", N_("Amount"), currency=choices.currency, required=True),
        DateField("on", N_("Date"), required=True),
        CodeField("reference", N_("Reference")),
        TextField("reason", N_("Reason")),
    )
    return await ask_form(page, N_("Send money"), N_("Send"), fields, draft)


async def ask_receiving(
    page: QWidget,
    row: TransferRow,
    choices: ReceivingChoices,
    draft: Receiving,
) -> Receiving | None:
    """Ask what arrived; None if nothing did."""
    words = current()
    places = [
        (place.code, place_words(place))
        for place in choices.known.of(row.to_branch_id)
        if row.branch_id != row.to_branch_id or place.code != row.account
    ]
    difference = AccountField("difference_account", N_("Account of the difference"))
    difference.offer(choices.chart)
    fields: list[Field] = [
        ChoiceField("account", N_("Account that receives"), places, translate=False, required=True),
        AmountField("amount", N_("Amount that arrived"), currency=row.currency, required=True),
        DateField("on", N_("Date"), required=True),
        difference,
        *_tills(choices),
        TextField("note", N_("Note"), span=2),
    ]
    about = _("{number} of {date}: {amount} from {branch}, account {account}").format(
        number=words.isolate(row.number),
        date=words.date(row.dated_on),
        amount=words.money(row.amount, row.currency),
        branch=row.sender(words.language),
        account=words.isolate(row.account),
    )
    return await ask_form(
        page, N_("Receive money"), N_("Receive money"), fields, draft, about=about
    )


def _tills(choices: ReceivingChoices) -> tuple[Field, ...]:
    """Ask only where a till has typed the same amount as come from the bank."""
    if not choices.tills:
        return ()
    words = current()
    typed = [(t.id, f"{words.isolate(t.number)} · {words.date(t.dated_on)}") for t in choices.tills]
    offered = [(None, _("No: post it now")), *typed]
    return (ChoiceField("till_entry", N_("Typed at a till already"), offered, translate=False),)
