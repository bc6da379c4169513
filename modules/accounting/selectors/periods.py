"""What the ledger takes of a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from erp_desktop.core.context import Context


@dataclass(frozen=True, slots=True)
class PeriodState:
    """What the ledger takes of a day, as it is now.

    Attributes:
        state: Of its month: `open`, `closed`, `final`, or `none` where there is no month yet.
        accepts: Whether a request of the user is booked on that day.
        locked_before: The user's roles post nothing before this day; None without a lock.
        fact_on: The day on which a fact of that day is booked; None where no month is open.
    """

    state: str
    accepts: bool
    locked_before: date | None
    fact_on: date | None


def period_state(ctx: Context, branch_id: UUID, day: date) -> PeriodState:
    """Return what the ledger takes of a day in a branch.

    Months are those of the company; nothing holds them still until the caller posts, so posting
    may still refuse.

    Raises:
        OtherBranchError: The user does not see the branch.
    """
    told: dict[str, Any] = ctx.call("accounting.period_state_v1", branch_id, day)
    locked, fact = told["locked_before"], told["fact_on"]
    return PeriodState(
        told["state"],
        told["accepts"],
        date.fromisoformat(locked) if locked else None,
        date.fromisoformat(fact) if fact else None,
    )
