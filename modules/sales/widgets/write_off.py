"""Windows over a document: giving up a debt, and paying back what a customer has too much."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QWidget

from erp_desktop.core.commands import uuid7
from erp_desktop.core.i18n import N_, _, current
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import AmountField, ChoiceField, CodeField, DateField, TextField
from modules.sales.names import METHODS
from modules.sales.services import PaymentDraft, Request, Share, receive_payment, write_off

if TYPE_CHECKING:
    from modules.sales.widgets.writing import Writing


@dataclass(frozen=True, slots=True)
class _WriteOff:
    amount: Decimal | None
    dated_on: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Repayment:
    amount: Decimal | None
    dated_on: date | None
    method: Literal["cash", "card", "cheque", "transfer"] = "cash"
    reference: str = ""


async def ask_write_off(page: QWidget, writing: "Writing") -> Request | None:
    """Ask how much of an invoice is given up, and why; None if nothing is."""
    head, words = writing.sheet.head, current()
    assert head is not None  # noqa: S101 - only what is posted is owed
    about = _("{open} of {number} is open. What is given up cannot be claimed any more.").format(
        open=words.money(head.open, head.currency), number=words.isolate(head.number)
    )
    fields = (
        AmountField("amount", N_("Amount"), currency=head.currency, required=True),
        DateField("dated_on", N_("Date"), required=True),
        TextField("reason", N_("Reason"), required=True, span=2),
    )
    given = _WriteOff(head.open, writing.choices.today)
    taken = await ask_form(page, N_("Write off"), N_("Write off"), fields, given, about=about)
    if taken is None or taken.amount is None or taken.dated_on is None:
        return None
    return write_off(
        uuid7(), head.id, dated_on=taken.dated_on, amount=taken.amount, reason=taken.reason
    )


async def ask_repayment(page: QWidget, writing: "Writing") -> Request | None:
    """Ask how a credit note is paid back; None if it is not."""
    head, words = writing.sheet.head, current()
    assert head is not None  # noqa: S101 - only what is posted is owed
    about = _("{open} of {number} is the customer's.").format(
        open=words.money(head.open, head.currency), number=words.isolate(head.number)
    )
    fields = (
        AmountField("amount", N_("Amount"), currency=head.currency, required=True),
        DateField("dated_on", N_("Date"), required=True),
        ChoiceField("method", N_("Paid by"), list(METHODS.items()), required=True),
        CodeField("reference", N_("Number")),
    )
    given = _Repayment(head.open, writing.choices.today)
    taken = await ask_form(page, N_("Pay back"), N_("Pay back"), fields, given, about=about)
    if taken is None or taken.amount is None or taken.dated_on is None or head.customer_id is None:
        return None
    payment_id = uuid7()
    share = Share(taken.amount, credit_note_id=head.id, repayment_id=payment_id)
    return receive_payment(
        PaymentDraft(
            id=payment_id,
            customer_id=head.customer_id,
            dated_on=taken.dated_on,
            method=taken.method,
            amount=-taken.amount,
            currency=head.currency,
            reference=taken.reference,
            shares=(share,),
        )
    )
