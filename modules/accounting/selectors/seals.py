"""The seals of the entries of a year, verified."""

from dataclasses import dataclass

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission


@dataclass(frozen=True, slots=True)
class SealRow:
    """A series of entries.

    Attributes:
        sealed: How many of them are sealed and hold.
        waiting: How many come after those.
        broken: The first that does not hold, or that is missing; empty if none.
        last_hash: The seal of the last that holds: who notes it can tell that nothing changed.
    """

    journal: str
    branch: str
    sealed: int
    waiting: int
    broken: str
    last_hash: str


def list_seals(ctx: Context, year: int) -> list[SealRow]:
    """Verify the seals of a year and return what holds of each series.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.table("accounting.verify_seals_v1", SealRow, wanted_year=year)
