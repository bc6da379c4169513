"""The end of a year: closed provisionally as often as wanted, then for good."""

from collections.abc import Mapping

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission


def close_year(ctx: Context, year: int, labels: Mapping[str, str]) -> None:
    """Post result, closing and opening entries of a year; run again, reverse those first.

    Args:
        ctx: The transaction to write in.
        year: Which one.
        labels: Of the entries, in the accountant's language: `result`, `closing`, `opening`.

    Raises:
        NotAllowedError: The user may not close years.
        OtherBranchError: The user does not see every branch.
        NotFoundError: The year has no periods.
        YearFinalError: It is closed for good.
        RoleMissingError: The chart does not say which account takes the result.
    """
    ctx.require(Permission.CLOSE_YEARS)
    ctx.call("accounting.close_year_v1", year, dict(labels))


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
