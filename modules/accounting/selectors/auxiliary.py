"""The auxiliary trial balance: six sums per partner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.permissions import Permission
from modules.accounting.selectors.ranges import require_range

_ZERO = Decimal(0)
_AUXILIARY = text("""
    select b.* from accounting.auxiliary_balance_v1(
        case when :whose in ('customer', 'supplier') then accounting.side_roles(:whose)
             else array[cast(:whose as text)] end, :account, :first, :last, :branch) b
""")


@dataclass(frozen=True, slots=True)
class AuxiliaryRow(Bilingual):
    """What a partner had, what moved, what the partner has; one of the sums is the whole.

    Attributes:
        party_id: None for what names no partner, and for the whole.
    """

    party_id: UUID | None
    name: str
    name_ar: str
    opening_debit: Decimal
    opening_credit: Decimal
    debit: Decimal
    credit: Decimal
    closing_debit: Decimal
    closing_credit: Decimal
    currency: str
    is_sum: bool = False


AUXILIARY_FIGURES = (
    *("opening_debit", "opening_credit", "debit", "credit"),
    *("closing_debit", "closing_credit"),
)


def list_auxiliary(
    ctx: Context,
    whose: str,
    account: str = "",
    *,
    first_day: date,
    last_day: date,
    branch_id: UUID | None = None,
) -> list[AuxiliaryRow]:
    """Return the auxiliary trial balance of whole months, by the names of partners.

    Args:
        ctx: The transaction to read in.
        whose: `customer` or `supplier` for all accounts of a side, or one role of accounts.
        account: Only accounts whose code begins so, whatever they play.
        first_day: A first day of a month.
        last_day: A last day of a month.
        branch_id: Only this branch; without it, all that the user may see.

    Raises:
        NotAllowedError: The user may not see the ledger.
        PeriodRangeEmptyError: It ends before it begins.
    """
    ctx.require(Permission.VIEW_LEDGER)
    require_range(first_day, last_day)
    days = {"first": first_day, "last": last_day, "branch": branch_id}
    asked = _AUXILIARY.bindparams(whose=whose, account=account, **days)
    return ctx.rows(AuxiliaryRow, asked)


def total_of_auxiliary(rows: Sequence[AuxiliaryRow]) -> AuxiliaryRow | None:
    """Return the sums of the columns."""
    if not rows:
        return None
    sums = {name: sum((getattr(row, name) for row in rows), _ZERO) for name in AUXILIARY_FIGURES}
    return AuxiliaryRow(None, "", "", **sums, currency=rows[0].currency, is_sum=True)
