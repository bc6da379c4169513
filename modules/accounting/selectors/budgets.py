"""Budgets as they are typed, and how what was posted compares."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.budgets import BudgetLine
from modules.accounting.permissions import Permission
from modules.accounting.selectors.ranges import require_range

_ZERO = Decimal(0)
_CHARGES, _INCOME = "6", "7"


@dataclass(frozen=True, slots=True)
class BudgetSheet:
    """The budget of a branch and a year as its page shows it.

    Attributes:
        version: None where there is none yet.
        accounts: Names in French and Arabic by code.
    """

    currency: str
    version: int | None
    accounts: Mapping[str, tuple[str, str]]
    lines: tuple[BudgetLine, ...]


def get_budget(ctx: Context, branch_id: UUID, year: int) -> BudgetSheet:
    """Return the budget of a branch and a year, in one question.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    told: dict[str, Any] = ctx.call("accounting.budget_v1", branch_id, year)
    names = {code: (name, name_ar) for code, (name, name_ar) in (told["accounts"] or {}).items()}
    return BudgetSheet(told["currency"], told["version"], names, _lines(told["lines"]))


def get_budget_start(ctx: Context, branch_id: UUID, year: int) -> tuple[BudgetLine, ...]:
    """Return what charges and income were in the year before, by three digits and month.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return _lines(ctx.call("accounting.budget_start_v1", branch_id, year))


def _lines(told: list[Any]) -> tuple[BudgetLine, ...]:
    return tuple(
        BudgetLine(prefix, tuple(Decimal(amount) for amount in amounts)) for prefix, amounts in told
    )


@dataclass(frozen=True, slots=True)
class BudgetRow(Bilingual):
    """Budget and what was posted, of the accounts that begin so, or of one of these.

    Attributes:
        kind: `line`, `account`, or `sum`.
        actual: Income is positive in credit, all else in debit.
        accounts: Those behind a line, to which something was posted.
    """

    code: str
    kind: str
    name: str
    name_ar: str
    budget: Decimal
    actual: Decimal
    currency: str
    accounts: tuple["BudgetRow", ...] = ()

    @property
    def deviation(self) -> Decimal:
        """By how much more was posted than planned."""
        return self.actual - self.budget

    @property
    def share(self) -> Decimal | None:
        """The deviation in per cent of the budget; none without one."""
        return self.deviation * 100 / abs(self.budget) if self.budget else None

    @property
    def is_favourable(self) -> bool:
        """Whether more income, or less of all else, than planned: good for the result."""
        is_income = self.code.startswith(_INCOME) or self.kind == "sum"
        return self.deviation >= 0 if is_income else self.deviation <= 0


def get_budget_report(
    ctx: Context, *, first_day: date, last_day: date, branch_id: UUID | None = None
) -> list[BudgetRow]:
    """Return budget and what was posted for whole months, by code.

    An account counts on the longest beginning that its branch has a budget for; what of charges
    and income has none stands with its group and no budget.

    Args:
        ctx: The transaction to read in.
        first_day: A first day of a month.
        last_day: A last day of a month.
        branch_id: Only this branch; without it, all that the user may see.

    Raises:
        NotAllowedError: The user may not see the ledger.
        PeriodRangeEmptyError: It ends before it begins.
    """
    ctx.require(Permission.VIEW_LEDGER)
    require_range(first_day, last_day)
    told: dict[str, Any] = ctx.call("accounting.budget_report_v1", first_day, last_day, branch_id)
    currency, names = told["currency"], told["names"]
    rows = {
        prefix: _row(prefix, "line", names, currency, budget=Decimal(amount))
        for prefix, amount in told["planned"]
    }
    for prefix, code, amount in told["actual"]:
        line = rows.get(prefix) or _row(prefix, "line", names, currency)
        account = _row(code, "account", names, currency, actual=Decimal(amount))
        actual = line.actual + account.actual
        rows[prefix] = replace(line, actual=actual, accounts=(*line.accounts, account))
    return [rows[prefix] for prefix in sorted(rows)]


def _row(
    code: str,
    kind: str,
    names: Mapping[str, tuple[str, str]],
    currency: str,
    *,
    budget: Decimal = _ZERO,
    actual: Decimal = _ZERO,
) -> BudgetRow:
    name, name_ar = names.get(code, (code, ""))
    return BudgetRow(code, kind, name, name_ar, budget, actual, currency)


def result_of_budget(rows: list[BudgetRow]) -> BudgetRow | None:
    """Return income less charges, as planned and as posted; other classes do not count."""
    if not rows:
        return None
    sides = {_INCOME: 1, _CHARGES: -1}
    budget, actual = (
        sum((sides.get(row.code[0], 0) * getattr(row, name) for row in rows), _ZERO)
        for name in ("budget", "actual")
    )
    return BudgetRow("", "sum", "", "", budget, actual, rows[0].currency)
