"""Budgets: keeping what a branch plans for a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission

MONTHS = 12


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """What is planned for the accounts whose code begins so, in each of twelve months.

    Income (class 7) is positive in credit, all else in debit.
    """

    prefix: str
    amounts: tuple[Decimal, ...]


def save_budget(
    ctx: Context,
    branch_id: UUID,
    year: int,
    lines: Sequence[BudgetLine],
    *,
    version: int | None = None,
) -> int:
    """Keep the budget of a branch for a year, instead of what it was; return its version.

    Args:
        ctx: The transaction to write in.
        branch_id: Whose.
        year: For which.
        lines: All of them.
        version: The one that the user saw; None where there was none.

    Raises:
        NotAllowedError: The user may not edit budgets.
        OtherBranchError: The branch is none of the user's.
        StaleRecordError: Somebody has changed it meanwhile.
        BudgetAccountUnknownError: No account begins so.
        BudgetLineTwiceError: Two lines are for the same accounts.
    """
    ctx.require(Permission.EDIT_BUDGETS)
    told = [
        {"prefix": line.prefix, "amounts": [str(amount) for amount in line.amounts]}
        for line in lines
    ]
    draft = {"branch_id": str(branch_id), "year": year, "lines": told}
    return int(ctx.call("accounting.save_budget_v1", draft, version))
