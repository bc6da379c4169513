"""Financial statements: with their figures of two years, or compared otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.comparing import By, Span, comparison
from modules.accounting.models import Statement
from modules.accounting.permissions import Permission
from modules.accounting.selectors.compared import shown_statements
from modules.accounting.selectors.ranges import require_range
from modules.accounting.selectors.statement_rows import ShownStatement, StatementRow, Statements

__all__ = [
    "ShownStatement",
    "StatementChoice",
    "StatementRow",
    "Statements",
    "get_statements",
    "list_statements",
]


@dataclass(frozen=True, slots=True)
class StatementChoice(Bilingual):
    """A statement that can be looked at."""

    code: str
    name: str
    name_ar: str
    columns: str
    is_own: bool


def list_statements(ctx: Context) -> list[StatementChoice]:
    """Return the statements in use: those of the law first."""
    ctx.require(Permission.VIEW_LEDGER)
    columns = (
        Statement.code,
        Statement.name,
        Statement.name_ar,
        Statement.columns,
        Statement.is_own,
    )
    query = select(*columns).where(Statement.is_active).order_by(Statement.is_own, Statement.code)
    return ctx.rows(StatementChoice, query)


def get_statements(
    ctx: Context,
    codes: Sequence[str],
    *,
    first_day: date,
    last_day: date,
    branch_id: UUID | None = None,
    by: By = "year",
) -> Statements:
    """Return statements for whole months, compared: in one question.

    Args:
        ctx: The transaction to read in.
        codes: Such as `assets` and `liabilities`, in the order in which they are shown.
        first_day: A first day of a month.
        last_day: A last day of a month.
        branch_id: Only this branch; without it, all that the user may see.
        by: `year`: beside the same months of the year before; `months`, `quarters`: those of the
            months that are asked for; `branches`: each and all; `budget`: beside what was planned.

    Raises:
        NotAllowedError: The user may not see the ledger.
        PeriodRangeEmptyError: It ends before it begins.
        PeriodsOfTwoYearsError: Periods are asked for that lie in two years.
        StatementBudgetError: One of them shows what stands, of which there is no budget.
        FormulaUnreadableError: A formula of the company's own design means nothing.
    """
    ctx.require(Permission.VIEW_LEDGER)
    require_range(first_day, last_day)
    span = Span(first_day, last_day, branch_id)
    branches = [each.id for each in ctx.user.branches]
    # Whether periods add up is known once the statements are there; the whole is asked for anyway.
    spans = [each.as_json() for each in comparison(by, span, branches, moves=True).spans]
    question = {"codes": list(codes), "spans": spans, "budget": by == "budget"}
    told: dict[str, Any] = ctx.call("accounting.statement_v2", question) or {}
    moves = all(each["basis"] == "movement" for each in told["statements"] or ())
    return shown_statements(told, comparison(by, span, branches, moves=moves))
