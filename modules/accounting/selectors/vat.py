"""The taxes that an amount may include today, as fields and cells offer them."""

from dataclasses import dataclass

from sqlalchemy import text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.permissions import Permission

_VAT = text("""
    select r.tax_code, r.name, r.name_ar from accounting.rates_at_v1(core.local_date(now())) r
     where r.kind = 'vat'
""")


@dataclass(frozen=True, slots=True)
class VatChoice(Bilingual):
    """A value added tax with a rate today."""

    code: str
    name: str
    name_ar: str


def list_vat(ctx: Context) -> list[VatChoice]:
    """Return the value added taxes of today, by code."""
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(VatChoice, _VAT)
