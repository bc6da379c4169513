"""Checks of the books: figures that are kept twice, and whether they are one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.permissions import Permission

# Whole ledgers are read: longer than any page may otherwise ask.
_PATIENCE = "10min"


@dataclass(frozen=True, slots=True)
class BookCheck(Bilingual):
    """A check where all agrees, or one thing that differs.

    Attributes:
        check_id: Such as `stock`.
        found: How many things differ; 0 where all agree, None where only those who see all
            branches could say.
        branch: Code of the branch; empty where all share the figure.
        account: Code of the account whose ledger shows more; empty if none does.
        name: Of the partner; empty if it is about none.
        subject: What it is about besides: a month, a role, or the number of an entry.
        ledger: What the lines of the ledger say, in the company's currency; of numbers, how many
            entries there are. None where all agree.
        other: What is kept beside it.
        difference: The first less the second.
    """

    check_id: str
    found: int | None
    branch_id: UUID | None
    branch: str
    account: str
    party_id: UUID | None
    name: str
    name_ar: str
    subject: str
    ledger: Decimal | None
    other: Decimal | None
    difference: Decimal | None
    currency: str


def check_books(ctx: Context, day: date) -> list[BookCheck]:
    """Check the books and return every check: once if all agrees, else with all that differs.

    Args:
        ctx: The transaction to read in.
        day: Until when balances, numbers and entries are checked; the rest is as it is now.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    if not ctx.user.may(Permission.ROLL_LEDGER):
        ctx.require(Permission.VIEW_LEDGER)
    ctx.call("pg_catalog.set_config", "statement_timeout", _PATIENCE, True)  # noqa: FBT003 - for this transaction
    return ctx.table("accounting.check_books_v1", BookCheck, day=day)
