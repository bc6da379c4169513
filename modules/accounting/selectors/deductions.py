"""The statement of deductions: what a return deducts, purchase by purchase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission
from modules.accounting.selectors.partners import OfPartner

_ROWS = text("select * from accounting.tax_deductions_v1(:first, :last)")
_COMPANY = text("select country, identifiers from core.company")


@dataclass(frozen=True, slots=True)
class DeductionRow(OfPartner):
    """One tax of one purchase, as far as it is deducted, in the company's currency.

    Attributes:
        number: Of the purchase; of an entry that names no tax, its own.
        tax_code: Empty where the entry names none; then rate and base are not known.
        rate: A part of one.
        use: `goods`, `assets` or `other`.
        method: How it was paid last: `cash`, `cheque`, `bank`, `bill`, `offset`, `other`; empty
            if nothing was paid by the end of the months.
    """

    entry_id: UUID
    entry: str
    document: Mapping[str, Any]
    party_id: UUID | None
    party: str
    party_ar: str
    number: str
    invoiced_on: date
    label: str
    tax_code: str
    rate: Decimal | None
    use: str
    base: Decimal
    tax: Decimal
    paid_on: date | None
    method: str
    currency: str


@dataclass(frozen=True, slots=True)
class Deductions:
    """The statement of whole months.

    Attributes:
        country: Of the company, as two letters.
        own_numbers: Its legal identifiers.
    """

    rows: Sequence[DeductionRow]
    country: str
    own_numbers: Mapping[str, str]


def list_deductions(ctx: Context, *, first_day: date, last_day: date) -> Deductions:
    """Return what a return of whole months deducts; the rows of a use add up to its box.

    Raises:
        NotAllowedError: The user may not see the ledger.
        OtherBranchError: The user does not see every branch: a return is of the whole company.
    """
    ctx.require(Permission.VIEW_LEDGER)
    rows = ctx.rows(DeductionRow, _ROWS.bindparams(first=first_day, last=last_day))
    country, own = ctx.connection.execute(_COMPANY).one()
    return Deductions(rows, country, own)
