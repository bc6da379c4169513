"""The accounts at banks, as lists and choices show them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import Bilingual
from modules.accounting.models import Account, BankAccount
from modules.accounting.permissions import Permission
from modules.accounting.selectors.chart import AccountRow, list_chart
from modules.accounting.selectors.setup import JournalRow, list_journals


@dataclass(frozen=True, slots=True)
class BankAccountRow(Bilingual):
    """A bank account; `account` is the code of its account of the ledger."""

    id: UUID
    version: int
    code: str
    name: str
    name_ar: str
    bank: str
    rib: str
    iban: str
    account_id: UUID
    account: str
    journal: str
    branch_id: UUID
    currency: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class BankAccountSetup:
    """A bank account, if it is there, and what can be chosen for one."""

    found: BankAccountRow | None
    chart: list[AccountRow]
    journals: list[JournalRow]


def get_bank_account(ctx: Context, code: str) -> BankAccountSetup:
    """Return all that the form of a bank account shows; an empty code is a new one.

    Raises:
        NotFoundError: No bank account of the user's branches has this code.
    """
    found = [row for row in list_bank_accounts(ctx) if row.code == code] if code else [None]
    if not found:
        raise NotFoundError
    return BankAccountSetup(found[0], list_chart(ctx), list_journals(ctx))


def list_bank_accounts(ctx: Context) -> list[BankAccountRow]:
    """Return the bank accounts of the user's branches by code."""
    ctx.require(Permission.VIEW_LEDGER)
    kept = BankAccount
    query = (
        select(
            kept.id,
            kept.version,
            kept.code,
            kept.name,
            kept.name_ar,
            kept.bank,
            kept.rib,
            kept.iban,
            kept.account_id,
            Account.code.label("account"),
            kept.journal,
            kept.branch_id,
            kept.currency,
            kept.is_active,
        )
        .join(Account, Account.id == kept.account_id)
        .order_by(kept.code)
    )
    return ctx.rows(BankAccountRow, query)
