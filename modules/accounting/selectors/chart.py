"""The chart of accounts and the months of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.search import fold, terms
from modules.accounting.models import Account, Period
from modules.accounting.permissions import Permission
from modules.accounting.selectors.pages import PAGE_SIZE


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A month of the ledger."""

    id: UUID
    starts_on: date
    ends_on: date
    state: str
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it takes entries."""
        return self.state == "open"

    @property
    def is_final(self) -> bool:
        """Whether it was closed for good."""
        return self.state == "final"


def list_periods(ctx: Context) -> list[PeriodRow]:
    """Return every period, newest first."""
    ctx.require(Permission.VIEW_LEDGER)
    columns = (Period.id, Period.starts_on, Period.ends_on, Period.state, Period.reason)
    months = select(*columns).where(Period.kind == "month")
    return ctx.rows(PeriodRow, months.order_by(Period.starts_on.desc()))


@dataclass(frozen=True, slots=True)
class RoleLockRow:
    """A role and the day before which it posts nothing; none if it is not locked."""

    role: str
    locked_before: date | None


def list_role_locks(ctx: Context) -> list[RoleLockRow]:
    """Return every role with its lock."""
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.table("accounting.role_locks_v1", RoleLockRow)


@dataclass(frozen=True, slots=True)
class AccountRow(Bilingual):
    """One line of the chart of accounts."""

    id: UUID
    code: str
    name: str
    name_ar: str
    is_active: bool

    @property
    def level(self) -> int:
        """How deep it stands in the chart: 0 for a class, 1 for a group, 2 and more below."""
        return len(self.code) - 1


def list_accounts(
    ctx: Context, *, search: str = "", after: AccountRow | None = None
) -> Sequence[AccountRow]:
    """Return one page of the chart of accounts, by code.

    Args:
        ctx: The transaction to read in.
        search: Keep accounts whose code begins so, or whose names contain its words; `411*` means
            codes only.
        after: Continue below this row.
    """
    ctx.require(Permission.VIEW_LEDGER)
    columns = (Account.id, Account.code, Account.name, Account.name_ar, Account.is_active)
    query = select(*columns).order_by(Account.code).limit(PAGE_SIZE)
    if search.strip():
        query = query.where(_found_by(fold(search.strip())))
    if after is not None:
        query = query.where(Account.code > after.code)
    return ctx.rows(AccountRow, query)


def _found_by(typed: str) -> ColumnElement[bool]:
    # In Arabic the star of 411* shows before the number, so it is typed there too.
    code = typed.strip("*")
    if code != typed:
        return Account.code.startswith(code, autoescape=True)
    names = func.core.fold(Account.name + " " + Account.name_ar)
    words = [names.contains(word, autoescape=True) for word in terms(typed)]
    by_code = Account.code.startswith(typed, autoescape=True)
    return or_(by_code, and_(*words)) if words else by_code


def list_chart(ctx: Context) -> list[AccountRow]:
    """Return all accounts by code, without the classes, for whoever chooses from them."""
    ctx.require(Permission.VIEW_LEDGER)
    columns = (Account.id, Account.code, Account.name, Account.name_ar, Account.is_active)
    accounts = select(*columns).where(func.length(Account.code) > 1)
    return ctx.rows(AccountRow, accounts.order_by(Account.code))
