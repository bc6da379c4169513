"""Taxes, the values of the law on a day, and what parties owe."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.models import view
from modules.accounting import models
from modules.accounting.models import PartyBalance, Tax
from modules.accounting.permissions import Permission
from modules.accounting.taxes import TaxPlan

_PLANS = text("select tax_code, taxes from accounting.rates_at_v1(:day)")


@dataclass(frozen=True, slots=True)
class LawValue:
    """What the law says between two days.

    Attributes:
        doubt: Why the value is not certain; empty if it is.
    """

    kind: str
    code: str
    valid_from: date
    valid_to: date | None
    value: dict[str, Any]
    legal_ref: str
    doubt: str


def plans_at(ctx: Context, day: date) -> dict[str, TaxPlan]:
    """Return the taxes that each tax code means on a day; a code without a rate is missing."""
    rows = ctx.connection.execute(_PLANS, {"day": day})
    return {code: TaxPlan.of(code, taxes) for code, taxes in rows}


def tax_for(ctx: Context, code: str, day: date) -> TaxPlan | None:
    """Return the taxes that one tax code means on a day, rates as parts of one (`0.19`).

    None if the code is unknown or has no rate that day. For many codes ask `plans_at` once.
    """
    found: dict[str, Any] | None = ctx.call("accounting.tax_for_v1", code, day)
    return None if found is None else TaxPlan.of(code, found["taxes"])


def law_at(ctx: Context, kind: str, code: str, day: date) -> dict[str, Any] | None:
    """Return the value of the law on a day; none if it says nothing."""
    value: dict[str, Any] | None = ctx.call("accounting.law_v1", kind, code, day)
    return value


def laws_at(ctx: Context, kind: str, day: date) -> list[LawValue]:
    """Return all values of a kind that hold on a day, by code."""
    law = models.LawValue
    columns = (getattr(law, name) for name in LawValue.__dataclass_fields__)
    is_current = (law.valid_from <= day) & or_(law.valid_to.is_(None), law.valid_to >= day)
    return ctx.rows(
        LawValue, select(*columns).where(law.kind == kind, is_current).order_by(law.code)
    )


def balance_of(ctx: Context, party_id: UUID) -> Decimal:
    """Return what a customer owes; what we owe him is negative."""
    query = select(PartyBalance.balance).where(
        PartyBalance.party_id == party_id, PartyBalance.role == "receivable"
    )
    return ctx.connection.execute(query).scalar() or Decimal(0)


@dataclass(frozen=True, slots=True)
class LawRow(Bilingual):
    """One line of the list of country rules: the rate of a tax, or another value of the law.

    Attributes:
        kind: `tax`, or a kind of `accounting.law_values`.
        id: None for a tax, whose code and first day say which one it is.
    """

    kind: str
    code: str
    valid_from: date
    valid_to: date | None
    id: UUID | None
    version: int
    name: str
    name_ar: str
    value: dict[str, Any]
    legal_ref: str
    doubt: str

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


LAW_LIST: Any = view("accounting.law_list", LawRow).c


def list_laws(ctx: Context) -> list[LawRow]:
    """Return every rule of the country, by kind and code, the newest first; there are few."""
    ctx.require(Permission.VIEW_LAW)
    order = (LAW_LIST.kind, LAW_LIST.code, LAW_LIST.valid_from.desc())
    return ctx.rows(LawRow, select(*LAW_LIST).order_by(*order))


@dataclass(frozen=True, slots=True)
class TaxRow(Bilingual):
    """A tax, whatever its rate.

    Attributes:
        base_taxes: Codes of the taxes that belong to its base, in the order of their charging.
        article: What an invoice quotes where the rate is zero.
    """

    code: str
    version: int
    name: str
    name_ar: str
    kind: str
    base_taxes: list[str]
    article: str
    is_active: bool


def list_taxes(ctx: Context) -> list[TaxRow]:
    """Return every tax, by code."""
    ctx.require(Permission.VIEW_LAW)
    columns = (getattr(Tax, name) for name in TaxRow.__dataclass_fields__)
    return ctx.rows(TaxRow, select(*columns).order_by(Tax.code))
