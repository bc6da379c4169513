"""Windows over the portfolio: a new cheque or bill, a step of one, a slip for the bank."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, count, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.fields import Field
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import AmountField, CheckField, ChoiceField, DateField, TextField
from erp_desktop.ui.link_field import LinkField
from modules.accounting.selectors.bank import BankAccountRow
from modules.accounting.selectors.instruments import InstrumentRow
from modules.accounting.widgets.instruments.words import (
    AT_BANK,
    DIRECTIONS,
    IN_PARTS,
    KINDS,
    STEPS,
)
from modules.accounting.widgets.line_columns import partners

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Paper:
    """A cheque or a bill as it is typed from the paper."""

    direction: str = "received"
    kind: str = "cheque"
    party: LinkChoice | None = None
    number: str = ""
    amount: Decimal | None = None
    on: date | None = None
    issued_on: date | None = None
    due_on: date | None = None
    bank: str = ""
    rib: str = ""
    drawer: str = ""
    place: str = ""
    aval: str = ""
    location: str = ""
    is_guarantee: bool = False
    bank_account: UUID | None = None

    def as_payload(self) -> dict[str, Any]:
        """Return what the gate takes; what is empty is left out."""
        days = {
            name: getattr(self, name).isoformat()
            for name in ("on", "issued_on", "due_on")
            if getattr(self, name) is not None
        }
        texts = (
            "direction",
            "kind",
            "number",
            "bank",
            "rib",
            "drawer",
            "place",
            "aval",
            "location",
        )
        told = {name: getattr(self, name) for name in texts}
        party = str(self.party.id) if self.party else None
        return {
            **told,
            **days,
            "party_id": party,
            "amount": str(self.amount),
            "is_guarantee": self.is_guarantee,
            "bank_account": str(self.bank_account) if self.bank_account else None,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it is asked for; what is paid is a part of the rest."""

    on: date | None
    party: LinkChoice | None = None
    paid: Decimal | None = None
    bank_account: UUID | None = None
    fees: Decimal | None = None
    fee_tax: Decimal | None = None
    is_rebilled: bool = False
    note: str = ""

    def as_payload(self) -> dict[str, Any]:
        """Return what the gate takes; what is empty is left out."""
        told: dict[str, Any] = {
            "on": self.on.isoformat() if self.on else None,
            "fees": str(self.fees or 0),
            "fee_tax": str(self.fee_tax or 0),
            "is_rebilled": self.is_rebilled,
            "note": self.note,
        }
        if self.party is not None:
            told["party_id"] = str(self.party.id)
        if self.paid is not None:
            told["paid"] = str(self.paid)
        if self.bank_account is not None:
            told["bank_account"] = str(self.bank_account)
        return told


@dataclass(frozen=True, slots=True)
class Slip:
    """A deposit slip as it is asked for."""

    on: date | None
    purpose: str = "collection"
    bank_account: UUID | None = None


def bank_field(banks: Sequence[BankAccountRow]) -> ChoiceField:
    """A bank account in the company's currency, or the one of the chart."""
    words = current()
    choices: list[tuple[UUID | None, str]] = [(None, "—")]
    choices += [
        (each.id, words.isolate(f"{each.code} · {each.named(words.language)}")) for each in banks
    ]
    return ChoiceField("bank_account", N_("Our bank account"), choices, translate=False)


async def ask_paper(
    page: QWidget, currency: str, banks: Sequence[BankAccountRow], today: date
) -> Paper | None:
    """Ask for a cheque or a bill; None if there is none."""
    fields: tuple[Field, ...] = (
        ChoiceField("direction", N_("Which way"), list(DIRECTIONS.items()), required=True),
        ChoiceField("kind", N_("Kind"), list(KINDS.items()), required=True),
        LinkField("party", N_("Partner"), provider=partners, required=True, span=2),
        TextField("number", N_("Number"), required=True),
        AmountField("amount", N_("Amount"), currency=currency, required=True),
        DateField("on", N_("Date"), required=True),
        DateField("due_on", N_("Due date"), required=True),
        DateField("issued_on", N_("Written on")),
        TextField("place", N_("Written at")),
        TextField("bank", N_("Bank")),
        TextField("rib", N_("Account of the drawer (RIB)")),
        TextField("drawer", N_("Drawn by")),
        TextField("aval", N_("Guaranteed by (aval)")),
        TextField("location", N_("Where it lies")),
        bank_field(banks),
        CheckField("is_guarantee", N_("Kept as a guarantee")),
    )
    return await ask_form(
        page, N_("New cheque or bill"), N_("Register"), fields, Paper(on=today, due_on=today)
    )


async def ask_step(
    page: QWidget, row: InstrumentRow, verb: str, banks: Sequence[BankAccountRow], today: date
) -> Step | None:
    """Ask for the day of a step, and what else it needs; None if it is not taken."""
    fields: list[Field] = [DateField("on", N_("Date"), required=True)]
    if verb == "endorse" or not row.party:
        fields.append(LinkField("party", N_("Partner"), provider=partners, required=True, span=2))
    if verb in IN_PARTS:
        fields.append(AmountField("paid", IN_PARTS[verb], currency=row.currency, least=_ZERO))
    if verb in AT_BANK:
        fields.append(bank_field(banks))
    fields += _fees(row, verb)
    fields.append(TextField("note", N_("Note"), span=2))
    words = current()
    about = _("{kind} {number}, {amount}, {party}").format(
        kind=_(KINDS[row.kind]),
        number=words.isolate(row.number),
        amount=words.money(row.rest, row.currency),
        party=row.party_named(words.language) or "—",
    )
    return await ask_form(page, STEPS[verb], STEPS[verb], fields, Step(today), about=about)


def _fees(row: InstrumentRow, verb: str) -> list[Field]:
    if verb not in {"reject", "stop"}:
        return []
    fields: list[Field] = [
        AmountField("fees", N_("Bank fees"), currency=row.currency, least=_ZERO),
        AmountField("fee_tax", N_("Tax on them"), currency=row.currency, least=_ZERO),
    ]
    if row.direction == "received":
        fields.append(CheckField("is_rebilled", N_("The customer owes the fees")))
    return fields


async def ask_slip(
    page: QWidget, rows: list[InstrumentRow], banks: Sequence[BankAccountRow], today: date
) -> Slip | None:
    """Ask with what slip papers go to the bank; None if they do not."""
    purposes = [("collection", N_("To collect")), ("discount", N_("To discount"))]
    fields: tuple[Field, ...] = (
        DateField("on", N_("Date"), required=True),
        ChoiceField("purpose", N_("What for"), purposes, required=True),
        bank_field(banks),
    )
    total = sum((row.rest for row in rows), _ZERO)
    pieces = count("{n} cheque or bill", "{n} cheques or bills", len(rows))
    about = _("{pieces}, {amount}").format(
        pieces=pieces, amount=current().money(total, rows[0].currency)
    )
    return await ask_form(
        page, N_("Deposit slip"), N_("Make the slip"), fields, Slip(today), about=about
    )
