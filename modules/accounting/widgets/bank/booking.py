"""What the window asks before movements are booked that only the bank knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from erp_desktop.core.i18n import N_, _, current
from erp_desktop.core.links import LinkChoice
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import ChoiceField, DateField, TextField
from erp_desktop.ui.link_field import LinkField
from modules.accounting.reconciling import MovementPart
from modules.accounting.selectors.reconciling import BankDesk, OutstandingRow
from modules.accounting.selectors.vat import VatChoice
from modules.accounting.widgets.account_field import AccountField
from modules.accounting.widgets.line_columns import cost_centres, partners


@dataclass(frozen=True, slots=True)
class Booking:
    """What the window asks for; `tax` is included in the amount."""

    on: date | None
    account: str = ""
    label: str = ""
    tax: str = ""
    party: LinkChoice | None = None
    centre: LinkChoice | None = None

    def as_part(self) -> MovementPart:
        """Return what is booked: all of the movement."""
        return MovementPart(
            self.account,
            tax=self.tax,
            party_id=self.party.id if self.party else None,
            cost_centre=str(self.centre.id) if self.centre else "",
        )


def tax_choices(taxes: Sequence[VatChoice]) -> list[tuple[str, str]]:
    """Return what a field offers: no tax, or one with its name."""
    language = current().language
    named = [(tax.code, f"{tax.code} · {tax.named(language)}") for tax in taxes]
    return [("", _("No tax in it")), *named]


async def ask_booking(
    page: QWidget, desk: BankDesk, marked: Sequence[OutstandingRow]
) -> Booking | None:
    """Ask on which account marked movements are booked; None if the user would rather not."""
    account = AccountField("account", N_("Account"), required=True)
    account.offer(desk.chart)
    fields = (
        account,
        DateField("on", N_("Date"), required=True),
        TextField("label", N_("Label"), required=True),
        ChoiceField("tax", N_("Tax in it"), tax_choices(desk.taxes), translate=False),
        LinkField("party", N_("Partner"), provider=partners),
        LinkField("centre", N_("Cost centre"), provider=cost_centres),
    )
    asked = Booking(max(each.dated_on for each in marked), label=marked[0].label)
    total = sum((each.amount for each in marked), Decimal(0))
    about = current().money(total, desk.head.currency)
    return await ask_form(page, N_("Book"), N_("Book"), fields, asked, about=about)
