"""The end of a year: closed provisionally as often as wanted, then for good."""

from collections.abc import Callable, Mapping
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import _
from modules.accounting.permissions import Permission


def close_year(
    ctx: Context,
    year: int,
    labels: Mapping[str, str],
    *,
    progress: Callable[[int, int, str], None] = lambda _done, _total, _doing: None,
) -> None:
    """Post result, closing and opening entries of a year; run again, reverse those first.

    Args:
        ctx: The transaction to write in: PostgreSQL commits all branches or none.
        year: Which one.
        labels: Of the entries, in the accountant's language: `result`, `closing`, `opening`.
        progress: Told how many branches are closed; may raise to end the work.

    Raises:
        NotAllowedError: The user may not close years.
        OtherBranchError: The user does not see every branch.
        NotFoundError: The year has no periods.
        YearFinalError: It is closed for good.
        RoleMissingError: The chart does not say which account takes the result.
    """
    ctx.require(Permission.CLOSE_YEARS)
    branches = ctx.call("accounting.begin_closing_v1", year)
    # The last step reads what all branches have left.
    steps = len(branches) + 1
    for done, branch in enumerate(branches):
        progress(done, steps, _("Closing {branch}…").format(branch=branch["code"]))
        ctx.call("accounting.close_branch_v1", year, UUID(branch["id"]), dict(labels))
    progress(steps - 1, steps, _("Checking what is left…"))
    ctx.call("accounting.end_closing_v1", year)
    progress(steps, steps, "")


def finish_year(ctx: Context, year: int) -> None:
    """Close a year for good: nobody opens one of its periods again.

    Raises:
        NotAllowedError: The user may not close years.
        OtherBranchError: The user does not see every branch.
        YearNotClosedError: It was not closed provisionally.
        YearNotReadyError: A month is open, a draft waits, or something was posted since.
    """
    ctx.require(Permission.CLOSE_YEARS)
    ctx.call("accounting.finish_year_v1", year)
