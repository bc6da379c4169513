"""Entries and their lines."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import literal_column, or_, select, text, tuple_

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import in_language
from erp_desktop.core.models import view
from modules.accounting.permissions import Permission

PAGE_SIZE = 200
_ZERO = Decimal(0)
_TRIAL_BALANCE = text(
    "select t.*, (select c.currency from core.company c)"
    " from accounting.trial_balance_v1(:first, :last, :branch) t"
)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the list of entries."""

    id: UUID
    number: str
    dated_on: date
    journal: str
    journal_name: str
    journal_name_ar: str
    label: str
    document: str
    branch: str
    total: Decimal
    currency: str
    posted_by: str
    posted_at: datetime

    def journal_named(self, language: str) -> str:
        """Return the journal's name in a language."""
        return self.journal_name_ar if language == "ar" else self.journal_name


ENTRY_LIST: Any = view("accounting.entry_list", EntryRow).c


def list_entries(
    ctx: Context,
    *,
    search: str = "",
    journal: str = "",
    account: str = "",
    days: tuple[date | None, date | None] = (None, None),
    after: EntryRow | None = None,
) -> list[EntryRow]:
    """Return one page of entries, newest first.

    Args:
        ctx: The transaction to read in.
        search: Keep entries whose number, label or document contains this text.
        journal: Keep those of this journal.
        account: Keep those with a line on an account whose code begins so.
        days: Keep those dated between two days; either may be open.
        after: Continue below this row.
    """
    ctx.require(Permission.VIEW_LEDGER)
    newest_first = (ENTRY_LIST.dated_on.desc(), ENTRY_LIST.number.desc())
    query = select(*ENTRY_LIST).order_by(*newest_first).limit(PAGE_SIZE)
    for clause in _entry_filters(search, journal, account, days):
        query = query.where(clause)
    if after is not None:
        place = tuple_(ENTRY_LIST.dated_on, ENTRY_LIST.number)
        query = query.where(place < (after.dated_on, after.number))
    return ctx.rows(EntryRow, query)


def _entry_filters(
    search: str, journal: str, account: str, days: tuple[date | None, date | None]
) -> list[Any]:
    found: list[Any] = []
    if search:
        texts = (ENTRY_LIST.number, ENTRY_LIST.label, ENTRY_LIST.document)
        found.append(or_(*(t.icontains(search, autoescape=True) for t in texts)))
    if journal:
        found.append(ENTRY_LIST.journal == journal.upper())
    if account:
        lines = (ENTRY_LINE_LIST.entry_id == ENTRY_LIST.id) & (
            ENTRY_LINE_LIST.account.startswith(account, autoescape=True)
        )
        found.append(select(literal_column("1")).where(lines).exists())
    since, until = days
    if since is not None:
        found.append(ENTRY_LIST.dated_on >= since)
    if until is not None:
        found.append(ENTRY_LIST.dated_on <= until)
    return found


@dataclass(frozen=True, slots=True)
class EntryLineRow:
    """One debit or credit of an entry."""

    entry_id: UUID
    line_no: int
    account: str
    name: str
    name_ar: str
    label: str
    debit: Decimal
    credit: Decimal
    currency: str

    def named(self, language: str) -> str:
        """Return the account's name in a language."""
        return in_language(language, self.name, self.name_ar)


ENTRY_LINE_LIST: Any = view("accounting.entry_line_list", EntryLineRow).c


def list_entry_lines(ctx: Context, entry_id: UUID) -> list[EntryLineRow]:
    """Return the lines of an entry, in order."""
    ctx.require(Permission.VIEW_LEDGER)
    query = select(*ENTRY_LINE_LIST).where(ENTRY_LINE_LIST.entry_id == entry_id)
    return ctx.rows(EntryLineRow, query.order_by(ENTRY_LINE_LIST.line_no))
