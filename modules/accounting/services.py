"""Changes accounting can make. Each runs inside the caller's transaction."""

from uuid import UUID

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission


def close_period(ctx: Context, period_id: UUID) -> None:
    """Let a period take no more entries; facts that come late go to the next open day.

    Raises:
        NotAllowedError: The user may not manage periods.
        NotFoundError: There is no such period.
    """
    ctx.require(Permission.MANAGE_PERIODS)
    ctx.call("accounting.close_period_v1", period_id, "closed")


def reopen_period(ctx: Context, period_id: UUID) -> None:
    """Let a closed period take entries again.

    Raises:
        NotAllowedError: The user may not manage periods.
        NotFoundError: There is no such period.
    """
    ctx.require(Permission.MANAGE_PERIODS)
    ctx.call("accounting.close_period_v1", period_id, "open")


def roll_balances(ctx: Context) -> int:
    """Add what was posted since the last time to the balances; return how many sums changed.

    The worker does this every 30 seconds. Reports are exact without it, only slower.

    Raises:
        NotAllowedError: Only the worker may.
    """
    ctx.require(Permission.ROLL_LEDGER)
    rolled: int = ctx.call("accounting.roll_balances_v1")
    return rolled
