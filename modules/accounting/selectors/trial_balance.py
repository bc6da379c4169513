"""The trial balance: six or eight sums per account, group or class for whole months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Literal
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core import wall_clock
from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.errors import PeriodRangeEmptyError
from modules.accounting.permissions import Permission

_ZERO = Decimal(0)
_TRIAL_BALANCE = text(
    "select t.code, t.name, t.name_ar, t.opening_debit, t.opening_credit, t.debit, t.credit,"
    " t.closing_debit, t.closing_credit, (select c.currency from core.company c), false,"
    " t.earlier_debit, t.earlier_credit"
    " from accounting.trial_balance_v2(:first, :last, :branch, :digits, :since_year) t"
)
Level = Literal["class", "group", "account"]
# How many digits of its code a level has.
_DIGITS: dict[Level, int | None] = {"class": 1, "group": 2, "account": None}


@dataclass(frozen=True, slots=True)
class TrialBalanceRow(Bilingual):
    """The sums of one account, group or class: what it had, what moved, what it has.

    Attributes:
        code: Of a class of accounts, its first digit; empty for the whole.
        is_sum: Whether it sums up a class of accounts, or all of them.
        earlier_debit: What moved earlier in the year, where that was asked for; else zero.
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
    earlier_debit: Decimal = _ZERO
    earlier_credit: Decimal = _ZERO


FIGURES = (
    *("opening_debit", "opening_credit", "earlier_debit", "earlier_credit"),
    *("debit", "credit", "closing_debit", "closing_credit"),
)


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The trial balance of whole months, exact at the moment it was read.

    Attributes:
        level: What its rows are.
        since_year: Whether it has eight columns.
    """

    rows: tuple[TrialBalanceRow, ...]
    read_at: datetime
    level: Level = "account"
    since_year: bool = False

    @property
    def currency(self) -> str:
        """The currency of the books; none if nothing was posted."""
        return self.rows[0].currency if self.rows else ""

    @property
    def totals(self) -> TrialBalanceRow:
        """The sums of the columns."""
        return _sum("", self.rows)

    @property
    def with_classes(self) -> tuple[TrialBalanceRow, ...]:
        """Its rows, those of each class of accounts followed by their sums."""
        if self.level == "class":
            return self.rows
        found: list[TrialBalanceRow] = []
        for digit, accounts in groupby(self.rows, key=lambda row: row.code[:1]):
            mine = tuple(accounts)
            found += [*mine, _sum(digit, mine)]
        return tuple(found)

    @property
    def is_balanced(self) -> bool:
        """Whether debits equal credits in every pair of columns."""
        total = self.totals
        return (
            total.opening_debit == total.opening_credit
            and total.earlier_debit == total.earlier_credit
            and total.debit == total.credit
            and total.closing_debit == total.closing_credit
        )


def _sum(code: str, rows: Sequence[TrialBalanceRow]) -> TrialBalanceRow:
    sums = {name: sum((getattr(row, name) for row in rows), _ZERO) for name in FIGURES}
    currency = rows[0].currency if rows else ""
    return TrialBalanceRow(code, "", "", **sums, currency=currency, is_sum=True)


def get_trial_balance(
    ctx: Context,
    *,
    first_day: date,
    last_day: date,
    branch_id: UUID | None = None,
    level: Level = "account",
    since_year: bool = False,
) -> TrialBalance:
    """Return the trial balance of the periods between two days.

    Args:
        ctx: The transaction to read in.
        first_day: A first day of a month.
        last_day: A last day of a month.
        branch_id: Only this branch; without it, all that the user may see.
        level: What a row is: an account, a group (two digits) or a class.
        since_year: Whether the opening is that of the year, and what moved since then stands in
            two columns of its own; otherwise it is that of the first day.

    Raises:
        NotAllowedError: The user may not see the ledger.
        PeriodRangeEmptyError: It ends before it begins.
    """
    ctx.require(Permission.VIEW_LEDGER)
    if last_day < first_day:
        raise PeriodRangeEmptyError
    query = _TRIAL_BALANCE.bindparams(
        first=first_day,
        last=last_day,
        branch=branch_id,
        digits=_DIGITS[level],
        since_year=since_year,
    )
    rows = ctx.rows(TrialBalanceRow, query)
    return TrialBalance(tuple(rows), wall_clock.now(), level, since_year)
