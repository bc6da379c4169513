"""Questions the dashboard can answer. Nothing here changes anything."""

from typing import Any

from erp_desktop.core.context import Context
from modules.dashboard.figures import Asked, Figures
from modules.dashboard.permissions import Permission


def get_figures(ctx: Context, asked: Asked) -> Figures:
    """Return everything that the user may see, in one round trip.

    Raises:
        NotAllowedError: The user may not see the dashboard.
    """
    ctx.require(Permission.VIEW_FIGURES)
    found = ctx.call("dashboard.figures_v1", asked.last_day, asked.days, asked.branch_id)
    return Figures.from_json(found)


def last_figures(workstation: Any, asked: Asked, *, login: str) -> Figures | None:
    """Return what this workstation kept of a user's figures, with their age; None if nothing."""
    found = workstation.journal.memory.get(memory_name(asked, login))
    return Figures.from_json(found) if found else None


def memory_name(asked: Asked, login: str) -> str:
    """Return under which name a workstation keeps figures; nobody reads those of another."""
    return f"dashboard/{login}/{asked.name}"
