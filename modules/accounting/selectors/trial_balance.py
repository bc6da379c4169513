"""The trial balance: six sums per account for whole months."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.errors import PeriodRangeEmptyError
from modules.accounting.permissions import Permission

_ZERO = Decimal(0)
_TRIAL_BALANCE = text(
    "select t.*, (select c.currency from core.company c)"
    " from accounting.trial_balance_v1(:first, :last, :branch) t"
)


@dataclass(frozen=True, slots=True)
class TrialBalanceRow(Bilingual):
    """Six sums of one account: what it had, what moved, what it has.

    Attributes:
        code: Of a class of accounts, its first digit; empty for the whole.
        is_sum: Whether it sums up a class of accounts, or all of them.
    """

    code: str
    name: str
    name_ar: str
    opening_debit: Decimal
    opening_credit: Decimal
    debit: Decimal
    credit: Decimal
    closing_debit: Decimal
    closing_credit: Decimal
    currency: str = ""
    is_sum: bool = False


FIGURES = tuple(field.name for field in fields(TrialBalanceRow))[3:9]


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The trial balance of whole months, exact at the moment it was read."""

    rows: tuple[TrialBalanceRow, ...]
    read_at: datetime

    @property
    def currency(self) -> str:
        """The currency of the books; none if nothing was posted."""
        return self.rows[0].currency if self.rows else ""

    @property
    def totals(self) -> TrialBalanceRow:
        """The sums of the six columns."""
        return _sum("", self.rows)

    @property
    def with_classes(self) -> tuple[TrialBalanceRow, ...]:
        """Its rows, those of each class of accounts followed by their sums."""
        found: list[TrialBalanceRow] = []
        for digit, accounts in groupby(self.rows, key=lambda row: row.code[:1]):
            mine = tuple(accounts)
            found += [*mine, _sum(digit, mine)]
        return tuple(found)

    @property
    def is_balanced(self) -> bool:
        """Whether debits equal credits in all three pairs of columns."""
        total = self.totals
        return (
            total.opening_debit == total.opening_credit
            and total.debit == total.credit
            and total.closing_debit == total.closing_credit
        )


def _sum(code: str, rows: Sequence[TrialBalanceRow]) -> TrialBalanceRow:
    sums = {name: sum((getattr(row, name) for row in rows), _ZERO) for name in FIGURES}
    currency = rows[0].currency if rows else ""
    return TrialBalanceRow(code, "", "", **sums, currency=currency, is_sum=True)


def get_trial_balance(
    ctx: Context, *, first_day: date, last_day: date, branch_id: UUID | None = None
) -> TrialBalance:
    """Return the trial balance of the periods between two days.

    Args:
        ctx: The transaction to read in.
        first_day: A first day of a month.
        last_day: A last day of a month.
        branch_id: Only this branch; without it, all that the user may see.

    Raises:
        NotAllowedError: The user may not see the ledger.
        PeriodRangeEmptyError: It ends before it begins.
    """
    ctx.require(Permission.VIEW_LEDGER)
    if last_day < first_day:
        raise PeriodRangeEmptyError
    query = _TRIAL_BALANCE.bindparams(first=first_day, last=last_day, branch=branch_id)
    rows = ctx.rows(TrialBalanceRow, query)
    return TrialBalance(tuple(rows), datetime.now().astimezone())
