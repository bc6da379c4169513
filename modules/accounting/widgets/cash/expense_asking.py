"""The window in which a small expense is typed, one after the other."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.fields import Field
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import AmountField, ChoiceField, CodeField, DateField, TextField
from erp_desktop.ui.link_field import LinkField
from modules.accounting.selectors.petty_cash import CashBoxRow, SpendingChoices
from modules.accounting.widgets.account_field import AccountField
from modules.accounting.widgets.line_columns import partners


@dataclass(frozen=True, slots=True)
class Expense:
    """A small expense as it is typed."""

    on: date | None
    box: UUID | None = None
    amount: Decimal | None = None
    account: str = ""
    tax_code: str = ""
    label: str = ""
    receipt: str = ""
    party: LinkChoice | None = None

    def as_payload(self) -> dict[str, Any]:
        """Return what the gate takes."""
        return {
            "box_id": str(self.box),
            "on": self.on.isoformat() if self.on else None,
            "amount": str(self.amount),
            "account": self.account,
            "tax_code": self.tax_code,
            "label": self.label,
            "receipt": self.receipt,
            "party_id": str(self.party.id) if self.party else None,
        }


def box_words(box: CashBoxRow) -> str:
    """Return a box by code and name, with what is in it and what it may hold."""
    words = current()
    sentence = _("{code} · {name}: {balance} of {ceiling}")
    return sentence.format(
        code=words.isolate(box.code),
        name=words.isolate(box.named(words.language)),
        balance=words.money(box.balance, box.currency),
        ceiling=words.money(box.ceiling, box.currency),
    )


async def ask_expense(page: QWidget, choices: SpendingChoices, draft: Expense) -> Expense | None:
    """Ask for an expense; None if there is none."""
    words, language = current(), current().language
    boxes = [
        (box.id, f"{words.isolate(box.code)} · {words.money(box.balance, box.currency)}")
        for box in choices.boxes
    ]
    taxes = [
        ("", _("No tax")),
        *((tax.code, f"{tax.code} · {tax.named(language)}") for tax in choices.taxes
          if tax.is_active and tax.kind == "vat"),
    ]  # fmt: skip
    account = AccountField("account", N_("Account"), required=True)
    account.offer(choices.chart)
    currency = choices.boxes[0].currency
    fields: tuple[Field, ...] = (
        AmountField("amount", N_("Amount with tax"), currency=currency, required=True),
        TextField("label", N_("Label"), required=True),
        CodeField("receipt", N_("Number of the receipt")),
        account,
        ChoiceField("tax_code", N_("Tax"), taxes, translate=False),
        LinkField("party", N_("Partner"), provider=partners),
        DateField("on", N_("Date"), required=True),
        ChoiceField("box", N_("Cash box"), boxes, translate=False, required=True),
    )
    return await ask_form(page, N_("New expense"), N_("Post"), fields, draft)
