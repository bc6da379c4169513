"""What a user may be allowed to do with stock."""

from enum import StrEnum


class Permission(StrEnum):
    """A right, as `core.permit` writes it."""

    VIEW_STOCK = "inventory.stock.view"
    OPEN_STOCK = "inventory.stock.open"
