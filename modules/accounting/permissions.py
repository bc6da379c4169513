"""What a user may be allowed to do with the ledger."""

from enum import StrEnum


class Permission(StrEnum):
    """A right, as `core.permit` writes it."""

    VIEW_LEDGER = "accounting.ledger.view"
    ROLL_LEDGER = "accounting.ledger.roll"
    MANAGE_PERIODS = "accounting.period.manage"
