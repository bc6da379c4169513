"""The front door of accounting: what other modules may ask of it.

The functions that take a workstation read its replica and never the network.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.i18n import in_language
from erp_desktop.workstation.sets import Row
from erp_desktop.workstation.workstation import Workstation
from modules.accounting.reckoning import (
    Given,
    Line,
    LineFigures,
    Reckoning,
    allocate,
    reckon,
    reckon_return,
)
from modules.accounting.replica import LAW_VALUES, PARTY_BALANCES, TAX_RATES
from modules.accounting.stamps import round_cash, stamp_duty
from modules.accounting.taxes import PlanFigures, Tax, TaxAmount, TaxPlan, net_of

__all__ = [
    "Given",
    "Line",
    "LineFigures",
    "PlanFigures",
    "Reckoning",
    "Tax",
    "TaxAmount",
    "TaxPlan",
    "allocate",
    "law_on",
    "net_of",
    "owed",
    "plan_on",
    "reckon",
    "reckon_return",
    "round_cash",
    "stamp_duty",
    "tax_name",
]


def plan_on(workstation: Workstation, tax_code: str, day: date) -> TaxPlan | None:
    """Return all taxes of a tax code on a day; none if one of them has no rate that day."""
    own = _rate_on(workstation, tax_code, day)
    if own is None:
        return None
    before = tuple(str(own["base_taxes"] or "").split())
    rates = [_rate_on(workstation, code, day) for code in before]
    known = [row for row in rates if row is not None]
    if len(known) < len(before):
        return None
    first = (Tax(row["tax_code"], row["rate"]) for row in known)
    return TaxPlan(tax_code, (*first, Tax(tax_code, own["rate"], before)))


def tax_name(workstation: Workstation, tax_code: str, language: str) -> str:
    """Return the name of a tax in a language; its code if this workstation does not know it."""
    rows = workstation.replica.by(TAX_RATES.id, tax_code=tax_code)
    if not rows:
        return tax_code
    name_ar, name = str(rows[-1]["name_ar"] or ""), str(rows[-1]["name"])
    return in_language(language, name, name_ar)


def law_on(workstation: Workstation, kind: str, code: str, day: date) -> Mapping[str, Any] | None:
    """Return what the law says of something on a day, as this workstation knows it."""
    rows = workstation.replica.by(LAW_VALUES.id, kind=kind, code=code)
    found = max(
        (row for row in rows if _is_valid(row, day)),
        key=lambda row: row["valid_from"],
        default=None,
    )
    return json.loads(found["value"]) if found else None


def owed(workstation: Workstation, party_id: UUID) -> Decimal:
    """Return what a customer owes, with what this till did and head office does not know yet."""
    key = str(party_id)
    row = workstation.replica.get(PARTY_BALANCES.id, key)
    known: Decimal = row["balance"] if row else Decimal(0)
    return known + workstation.journal.pending(PARTY_BALANCES.id, key)


def _rate_on(workstation: Workstation, tax_code: str, day: date) -> Row | None:
    rows = workstation.replica.by(TAX_RATES.id, tax_code=tax_code)
    return next((row for row in rows if _is_valid(row, day)), None)


def _is_valid(row: Row, day: date) -> bool:
    since, until = row["valid_from"], row["valid_to"]
    # ISO dates compare as texts.
    return bool(since <= day.isoformat() and (not until or day.isoformat() <= until))
