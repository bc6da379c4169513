"""The window in which an asset is sold or scrapped."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from erp_desktop.core import wall_clock
from erp_desktop.core.i18n import N_, current
from erp_desktop.ui.form_dialog import ask_form
from erp_desktop.ui.forms import AmountField, ChoiceField, DateField
from modules.accounting.selectors.assets import AssetSheet


@dataclass(frozen=True, slots=True)
class Disposal:
    """How an asset goes; the price is without tax."""

    on: date | None = None
    kind: str = "sale"
    price: Decimal | None = None
    tax_code: str = ""

    def as_payload(self, asset_id: UUID, label: str) -> dict[str, Any]:
        """Return what the gate reads."""
        is_sale = self.kind == "sale"
        return {
            "asset_id": str(asset_id),
            "on": self.on.isoformat() if self.on else None,
            "kind": self.kind,
            "price": str(self.price or 0) if is_sale else "0",
            "tax_code": self.tax_code if is_sale else "",
            "label": label,
        }


async def ask_disposal(parent: QWidget, sheet: AssetSheet, about: str) -> Disposal | None:
    """Ask how an asset goes; None if it stays."""
    language = current().language
    taxes = [("", ""), *((tax.code, tax.named(language)) for tax in sheet.taxes)]
    fields = (
        ChoiceField("kind", N_("How"), [("sale", N_("Sold")), ("scrap", N_("Scrapped"))]),
        DateField("on", N_("Date"), required=True),
        AmountField("price", N_("Price without tax"), currency=sheet.currency, least=Decimal(0)),
        ChoiceField("tax_code", N_("Tax"), taxes, translate=False),
    )
    today = wall_clock.today()
    title, deed = N_("Sell or scrap"), N_("Take out of the books")
    return await ask_form(parent, title, deed, fields, Disposal(today), about=about)
