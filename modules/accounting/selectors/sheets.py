"""What the page of an entry opens with, what its cells look up, and the list of drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import in_language
from erp_desktop.core.models import view
from erp_desktop.core.search import fold
from modules.accounting.models import Account, AccountRole, CostCentre, PartyName
from modules.accounting.permissions import Permission
from modules.accounting.selectors.chart import AccountRow

SheetKind = Literal["new", "draft", "template", "entry"]
_MOST = 12


@dataclass(frozen=True, slots=True)
class JournalName:
    """A journal; `is_open` where people may write in it."""

    code: str
    name: str
    name_ar: str
    is_open: bool

    def named(self, language: str) -> str:
        """Return the journal's code and name in a language."""
        return f"{self.code} · {in_language(language, self.name, self.name_ar)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page of an entry opens with.

    Attributes:
        currency: Of the company.
        counterparts: By journal, by account: the account that stands most often against it.
        content: The draft, template or entry as PostgreSQL tells it; none for a new one.
    """

    currency: str
    journals: Sequence[JournalName]
    counterparts: Mapping[str, Mapping[str, Mapping[str, str]]]
    content: Mapping[str, Any] | None = None


def get_sheet(ctx: Context, kind: SheetKind = "new", source: UUID | None = None) -> Sheet:
    """Return what the page of an entry opens with, in one question.

    Raises:
        NotAllowedError: The user may not see the ledger.
        NotFoundError: There is no such draft, template or entry.
    """
    ctx.require(Permission.VIEW_LEDGER)
    found = ctx.call("accounting.entry_sheet_v1", kind, source)
    if found["sheet"] is None and kind != "new":
        raise NotFoundError
    journals = tuple(JournalName(**each) for each in found["journals"])
    return Sheet(found["currency"], journals, found["counterparts"], found["sheet"])


def find_accounts(ctx: Context, text: str) -> list[AccountRow]:
    """Return a dozen accounts that take entries, by the beginning of the code or by name."""
    ctx.require(Permission.VIEW_LEDGER)
    columns = (Account.id, Account.code, Account.name, Account.name_ar, Account.is_active)
    child = aliased(Account)
    below = select(child.id).where(child.code.startswith(Account.code), child.code != Account.code)
    used = select(AccountRole.role).where(AccountRole.account_id == Account.id)
    query = select(*columns).where(Account.is_active, or_(~below.exists(), used.exists()))
    if text:
        query = query.where(_fits(text, Account.code, Account.name, Account.name_ar))
    return ctx.rows(AccountRow, query.order_by(Account.code).limit(_MOST))


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A cost centre or a partner: its key and what it is called."""

    key: Any
    name: str
    name_ar: str


def find_cost_centres(ctx: Context, text: str) -> list[NamedRow]:
    """Return a dozen cost centres in use, by code or name."""
    ctx.require(Permission.VIEW_LEDGER)
    query = select(CostCentre.code, CostCentre.name, CostCentre.name_ar).where(CostCentre.is_active)
    if text:
        query = query.where(_fits(text, CostCentre.code, CostCentre.name, CostCentre.name_ar))
    return ctx.rows(NamedRow, query.order_by(CostCentre.code).limit(_MOST))


def find_partners(ctx: Context, text: str) -> list[NamedRow]:
    """Return a dozen customers and suppliers by name."""
    ctx.require(Permission.VIEW_LEDGER)
    query = select(PartyName.party_id, PartyName.name, PartyName.name_ar)
    if text:
        query = query.where(_fits(text, PartyName.name, PartyName.name, PartyName.name_ar))
    return ctx.rows(NamedRow, query.order_by(PartyName.name).limit(_MOST))


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An entry that is not booked yet."""

    id: UUID
    version: int
    dated_on: date | None
    journal: str
    journal_name: str
    journal_name_ar: str
    label: str
    branch: str
    debit: Decimal
    credit: Decimal
    currency: str
    saved_by: str
    saved_at: datetime

    def journal_named(self, language: str) -> str:
        """Return the journal's name in a language."""
        return in_language(language, self.journal_name, self.journal_name_ar)


DRAFT_LIST: Any = view("accounting.entry_draft_list", DraftRow).c


def list_drafts(ctx: Context, *, search: str = "") -> list[DraftRow]:
    """Return the drafts of the user's branches, the newest first; there are few."""
    ctx.require(Permission.VIEW_LEDGER)
    query = select(*DRAFT_LIST).order_by(DRAFT_LIST.saved_at.desc(), DRAFT_LIST.id)
    if search:
        query = query.where(DRAFT_LIST.label.icontains(search, autoescape=True))
    return ctx.rows(DraftRow, query)


def _fits(text: str, code: Any, name: Any, name_ar: Any) -> Any:
    return or_(
        code.startswith(text, autoescape=True),
        func.core.fold(name).contains(fold(text), autoescape=True),
        func.core.fold(name_ar).contains(fold(text), autoescape=True),
    )
