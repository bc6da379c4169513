"""What a user may be allowed to see on the dashboard."""

from enum import StrEnum


class Permission(StrEnum):
    """A right, as `core.permit` writes it."""

    VIEW_FIGURES = "dashboard.figures.view"
    VIEW_MARGINS = "dashboard.margin.view"
