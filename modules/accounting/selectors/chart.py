"""The chart of accounts and the months of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import Bilingual
from erp_desktop.core.search import fold, terms
from modules.accounting.models import Account, AccountRole, Period
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


_COLUMNS = (Account.id, Account.code, Account.name, Account.name_ar, Account.is_active)


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
    query = select(*_COLUMNS).order_by(Account.code).limit(PAGE_SIZE)
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
    accounts = select(*_COLUMNS).where(func.length(Account.code) > 1)
    return ctx.rows(AccountRow, accounts.order_by(Account.code))


@dataclass(frozen=True, slots=True)
class AccountDetails(AccountRow):
    """An account as its form shows it."""

    version: int = 0
    extra: dict[str, Any] = field(default_factory=dict)


def get_account(ctx: Context, code: str) -> AccountDetails:
    """Return one account.

    Raises:
        NotFoundError: There is none with this code.
    """
    ctx.require(Permission.VIEW_LEDGER)
    columns = (*_COLUMNS, Account.version, Account.extra)
    found = ctx.rows(AccountDetails, select(*columns).where(Account.code == code))
    if not found:
        raise NotFoundError
    return found[0]


def known_accounts(
    ctx: Context, codes: Sequence[str], _marks: Sequence[str]
) -> tuple[frozenset[str], dict[str, str]]:
    """Return which codes exist already; accounts have no other marks."""
    ctx.require(Permission.VIEW_LEDGER)
    query = select(Account.code).where(Account.code.in_(list(codes)))
    return frozenset(ctx.connection.execute(query).scalars()), {}


@dataclass(frozen=True, slots=True)
class AccountRoleRow(Bilingual):
    """What plays a role such as `sales`, for a tax code or a kind where that matters."""

    role: str
    qualifier: str
    account: str
    name: str
    name_ar: str


def list_account_roles(ctx: Context) -> list[AccountRoleRow]:
    """Return every role with the account that plays it."""
    ctx.require(Permission.VIEW_LEDGER)
    columns = (
        AccountRole.role,
        AccountRole.qualifier,
        Account.code.label("account"),
        Account.name,
        Account.name_ar,
    )
    query = select(*columns).join(Account, Account.id == AccountRole.account_id)
    return ctx.rows(AccountRoleRow, query.order_by(Account.code, AccountRole.role))
