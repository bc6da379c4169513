"""The front door of accounting: what other modules may ask of it.

The functions that take a workstation read its replica and never the network.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from erp_desktop.core.i18n import in_language
from erp_desktop.core.money import Currency
from erp_desktop.workstation.sets import Row
from erp_desktop.workstation.workstation import Workstation
from modules.accounting.replica import TAX_RATES
from modules.accounting.taxes import TaxedAmount, TaxGroup, net_of, tax_groups

__all__ = ["TaxGroup", "TaxedAmount", "net_of", "rate_on", "tax_for", "tax_name"]


def tax_for(amounts: Iterable[TaxedAmount], currency: Currency) -> tuple[TaxGroup, ...]:
    """Return net and tax per tax code and rate of amounts that include their taxes."""
    return tax_groups(amounts, currency)


def rate_on(workstation: Workstation, tax_code: str, day: date) -> Decimal | None:
    """Return the rate of a tax on a day, as this workstation knows it; none if it has none."""
    for row in workstation.replica.by(TAX_RATES.id, tax_code=tax_code):
        if _is_valid(row, day):
            rate: Decimal = row["rate"]
            return rate
    return None


def tax_name(workstation: Workstation, tax_code: str, language: str) -> str:
    """Return the name of a tax in a language; its code if this workstation does not know it."""
    rows = workstation.replica.by(TAX_RATES.id, tax_code=tax_code)
    if not rows:
        return tax_code
    name_ar, name = str(rows[-1]["name_ar"] or ""), str(rows[-1]["name"])
    return in_language(language, name, name_ar)


def _is_valid(row: Row, day: date) -> bool:
    since, until = row["valid_from"], row["valid_to"]
    # ISO dates compare as texts.
    return since <= day.isoformat() and (not until or day.isoformat() <= until)
