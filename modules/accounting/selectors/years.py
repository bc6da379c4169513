"""How far a year is from its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission


@dataclass(frozen=True, slots=True)
class YearCheck:
    """One thing to look at before a year ends.

    Attributes:
        id: Such as `drafts`.
        number: How many were found; zero is well.
        details: Which ones, in short.
        is_blocking: Whether the year cannot be closed for good with it.
    """

    id: str
    number: int
    details: str
    is_blocking: bool


@dataclass(frozen=True, slots=True)
class Year:
    """A year and its checks.

    Attributes:
        state: `open`, `provisional` or `final`.
        runs: How often it was closed provisionally.
        result: Of its months; a profit is positive.
        years: All that have periods.
    """

    year: int
    state: str
    runs: int
    result: Decimal
    currency: str
    years: Sequence[int]
    checks: Sequence[YearCheck]
    closed_by: str | None = None
    closed_at: datetime | None = None


def get_year(ctx: Context, year: int) -> Year:
    """Return how far a year is from its end.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    told = ctx.call("accounting.year_v1", year)
    at = told["closed_at"]
    return Year(
        year,
        told["state"],
        told["runs"],
        Decimal(told["result"]),
        told["currency"],
        tuple(sorted(told["years"] or ())),
        tuple(YearCheck(**each) for each in told["checks"]),
        told["closed_by"],
        datetime.fromisoformat(at) if at else None,
    )
