"""The front door of accounting: what other modules may ask of it.

The functions that take a workstation read its replica and never the network; those that take a
context read head office, as a page of accounting: `backend.ask(period_state, branch_id, day)`; the
engine is pure.

What posts is SQL, for handlers of the gate, inside their transaction: amounts in the company's
currency, days as ISO texts. `tests/accounting/test_contract.py` is the contract.

`accounting.post_v1(entry)` books a document by its posting rule, once for each id. It refuses:
    accounting.unknown_rule: The country pack has no such rule.
    accounting.entry_posted_already: The id belongs to another document.
    accounting.period_closed: A request on a day that is closed; a fact is moved and flagged.
    accounting.period_locked: The author of a request has no role that may post on that day.
    accounting.unbalanced: At the end of the command: debits and credits differ.
    core.other_branch: The login does not see the branch.

`accounting.reverse_document_v1(reversal)` books the mirror of an entry, once for each id. It
refuses besides:
    core.not_found: There is no such entry in the branches of the login.
    accounting.entry_reversed_already: Another reversal stands.
    accounting.entry_of_year: The entry closes or opens a year.
    accounting.reversal_too_early: The day is before that of the entry.

`accounting.tax_for_v1(code, day)` and `accounting.period_state_v1(branch, day, who?)` answer as
`tax_for` and `period_state` do; `accounting.exposure_v1(party)` says what a customer may cost.
"""

import json
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.i18n import in_language
from erp_desktop.workstation.sets import Row
from erp_desktop.workstation.workstation import Workstation
from modules.accounting.currencies import settle_lines
from modules.accounting.matching import match_lines, unmatch, unmatch_letter
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
from modules.accounting.selectors import (
    LawValue,
    OpenLine,
    PeriodState,
    balance_of,
    law_at,
    laws_at,
    open_items,
    period_state,
    plans_at,
    tax_for,
)
from modules.accounting.selectors.currencies import RateAt, rate_at
from modules.accounting.selectors.withholding import WithholdingKind
from modules.accounting.stamps import round_cash, stamp_duty
from modules.accounting.suspension import suspended_plans
from modules.accounting.taxes import PlanFigures, Tax, TaxAmount, TaxPlan, net_of
from modules.accounting.withholding import withheld_of

__all__ = [
    "Given",
    "LawValue",
    "Line",
    "LineFigures",
    "OpenLine",
    "PeriodState",
    "PlanFigures",
    "RateAt",
    "Reckoning",
    "Tax",
    "TaxAmount",
    "TaxPlan",
    "WithholdingKind",
    "allocate",
    "balance_of",
    "law_at",
    "law_on",
    "laws_at",
    "match_lines",
    "net_of",
    "open_items",
    "owed",
    "period_state",
    "plan_on",
    "plans_at",
    "rate_at",
    "reckon",
    "reckon_return",
    "round_cash",
    "settle_lines",
    "stamp_duty",
    "suspended_plans",
    "tax_for",
    "tax_name",
    "unmatch",
    "unmatch_letter",
    "withheld_of",
]


def plan_on(workstation: Workstation, tax_code: str, day: date) -> TaxPlan | None:
    """Return the taxes that a tax code means on a day, as this workstation knows them.

    None if one of them has no rate that day.
    """
    row = _valid(workstation.replica.by(TAX_RATES.id, tax_code=tax_code), day)
    if row is None:
        return None
    taxes: list[Tax] = []
    for code in (*_base_taxes(row), tax_code):
        each = _valid(workstation.replica.by(TAX_RATES.id, tax_code=code), day)
        if each is None:
            return None
        taxes.append(Tax(code, each["rate"], _base_taxes(each)))
    return TaxPlan(tax_code, tuple(taxes))


def tax_name(workstation: Workstation, tax_code: str, language: str) -> str:
    """Return the name of a tax in a language; its code if this workstation does not know it."""
    rows = workstation.replica.by(TAX_RATES.id, tax_code=tax_code)
    if not rows:
        return tax_code
    name_ar, name = str(rows[-1]["name_ar"] or ""), str(rows[-1]["name"])
    return in_language(language, name, name_ar)


def law_on(workstation: Workstation, kind: str, code: str, day: date) -> dict[str, Any] | None:
    """Return the value of the law on a day, as this workstation knows it; none if it says none."""
    row = _valid(workstation.replica.by(LAW_VALUES.id, kind=kind, code=code), day)
    value: dict[str, Any] | None = None if row is None else json.loads(row["value"])
    return value


def owed(workstation: Workstation, party_id: UUID) -> Decimal:
    """Return what a customer owes, with what this till did and head office does not know yet.

    What we owe him is negative.
    """
    key = str(party_id)
    row = workstation.replica.get(PARTY_BALANCES.id, key)
    known: Decimal = row["balance"] if row else Decimal(0)
    return known + workstation.journal.pending(PARTY_BALANCES.id, key)


def _valid(rows: list[Row], day: date) -> Row | None:
    """Return the row that holds on a day; ISO dates compare as texts."""
    iso = day.isoformat()
    current = (
        row
        for row in rows
        if row["valid_from"] <= iso and (not row["valid_to"] or iso <= row["valid_to"])
    )
    return next(current, None)


def _base_taxes(row: Row) -> tuple[str, ...]:
    return tuple((row["base_taxes"] or "").split())
