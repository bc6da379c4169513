"""Suppliers who were paid late, or not at all, in a time, and what it costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.errors import PeriodRangeEmptyError
from modules.accounting.late_payments import DelayRules
from modules.accounting.permissions import Permission

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class LateInvoice(Bilingual):
    """An invoice of a supplier that was not paid in time.

    Attributes:
        number: The supplier's, or that of the entry.
        due_on: By the law.
        amount: The whole invoice.
        paid_late: Between the days of the report, after it was due.
        unpaid: At its end.
        days: Of the part that was late the longest.
        fine: What of the fine falls between the days of the report.
    """

    party_id: UUID | None
    name: str
    name_ar: str
    number: str
    entry: str
    document: Mapping[str, Any]
    dated_on: date | None
    due_on: date | None
    amount: Decimal
    paid_late: Decimal
    unpaid: Decimal
    days: int
    fine: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class LateReport:
    """The late invoices; `has_law` says whether the country has a law of payment delays."""

    rows: tuple[LateInvoice, ...]
    has_law: bool


def get_late_payments(ctx: Context, *, first_day: date, last_day: date) -> LateReport:
    """Return the invoices of suppliers that were late between two days, usually of a quarter.

    Raises:
        NotAllowedError: The user may not see the ledger.
        PeriodRangeEmptyError: It ends before it begins.
    """
    ctx.require(Permission.VIEW_LEDGER)
    if last_day < first_day:
        raise PeriodRangeEmptyError
    told = ctx.call("accounting.late_payments_v1", first_day, last_day)
    rules = _rules(told["law"])
    if rules is None:
        return LateReport((), has_law=False)
    days, currency = (first_day, last_day), told["currency"]
    found = [_invoice(row, rules, days, currency) for row in told["rows"]]
    return LateReport(tuple(each for each in found if each is not None), has_law=True)


def total_of_late(rows: Sequence[LateInvoice]) -> LateInvoice | None:
    """Return the sums of the columns."""
    if not rows:
        return None
    sums = {
        name: sum((getattr(row, name) for row in rows), _ZERO)
        for name in ("amount", "paid_late", "unpaid", "fine")
    }
    currency = rows[0].currency
    return LateInvoice(
        None, "", "", "", "", {}, dated_on=None, due_on=None, days=0, currency=currency, **sums
    )


def _rules(law: Sequence[tuple[str, str, Mapping[str, Any]]]) -> DelayRules | None:
    last = {code: value for code, _first, value in law}
    rates = tuple(
        (date.fromisoformat(first), Decimal(value["rate"]))
        for code, first, value in law
        if code == "policy_rate"
    )
    if not rates or not {"default", "most", "month"} <= last.keys():
        return None
    month = Decimal(last["month"]["rate"])
    return DelayRules(int(last["default"]["days"]), int(last["most"]["days"]), month, rates)


def _invoice(
    row: Mapping[str, Any], rules: DelayRules, days: tuple[date, date], currency: str
) -> LateInvoice | None:
    first_day, last_day = days
    dated_on = date.fromisoformat(row["dated_on"])
    agreed_on = date.fromisoformat(row["agreed_on"]) if row["agreed_on"] else None
    due_on = rules.due_on(dated_on, agreed_on)
    paid = [(date.fromisoformat(day), Decimal(amount)) for day, amount in row["payments"]]
    late = [(day, amount) for day, amount in paid if day > due_on]
    unpaid = Decimal(row["unpaid"]) if last_day > due_on else _ZERO
    parts = [*late, *([(last_day, unpaid)] if unpaid else [])]
    if not parts:
        return None
    return LateInvoice(
        UUID(row["party_id"]),
        row["party"],
        row["party_ar"],
        str(row["document"].get("number") or row["label"] or row["number"]),
        row["number"],
        row["document"],
        dated_on,
        due_on,
        Decimal(row["amount"]),
        sum((amount for _day, amount in late), _ZERO),
        unpaid,
        max((day - due_on).days for day, _amount in parts),
        sum((rules.fine_within(a, due_on, day, first_day, currency) for day, a in parts), _ZERO),
        currency,
    )
