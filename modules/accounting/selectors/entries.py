"""Entries and their lines."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import literal_column, or_, select, tuple_

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual, in_language
from erp_desktop.core.models import view
from modules.accounting.permissions import Permission
from modules.accounting.selectors.pages import PAGE_SIZE


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the list of entries.

    Attributes:
        document: The number of what it was posted for.
        source: That document: `{"module", "kind", "id", "number"}`.
    """

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
    source: dict[str, Any]

    def journal_named(self, language: str) -> str:
        """Return the journal's name in a language."""
        return in_language(language, self.journal_name, self.journal_name_ar)


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries a list shows.

    Attributes:
        text: Part of number, label or document.
        account: The beginning of the code of an account that a line is on.
        document: The whole number of what it was posted for.
        days: The first and the last; either may be open.
    """

    text: str = ""
    journal: str = ""
    account: str = ""
    document: str = ""
    days: tuple[date | None, date | None] = (None, None)


EVERY_ENTRY = EntryFilter()
ENTRY_LIST: Any = view("accounting.entry_list", EntryRow).c


def list_entries(
    ctx: Context,
    wanted: EntryFilter = EVERY_ENTRY,
    *,
    after: EntryRow | None = None,
) -> list[EntryRow]:
    """Return one page of entries, newest first.

    Args:
        ctx: The transaction to read in.
        wanted: Which ones.
        after: Continue below this row.
    """
    ctx.require(Permission.VIEW_LEDGER)
    newest_first = (ENTRY_LIST.dated_on.desc(), ENTRY_LIST.number.desc())
    query = select(*ENTRY_LIST).order_by(*newest_first).limit(PAGE_SIZE)
    for clause in _clauses(wanted):
        query = query.where(clause)
    if after is not None:
        place = tuple_(ENTRY_LIST.dated_on, ENTRY_LIST.number)
        query = query.where(place < (after.dated_on, after.number))
    return ctx.rows(EntryRow, query)


def _clauses(wanted: EntryFilter) -> list[Any]:
    found: list[Any] = []
    if wanted.text:
        texts = (ENTRY_LIST.number, ENTRY_LIST.label, ENTRY_LIST.document)
        found.append(or_(*(t.icontains(wanted.text, autoescape=True) for t in texts)))
    if wanted.journal:
        found.append(ENTRY_LIST.journal == wanted.journal.upper())
    if wanted.document:
        found.append(ENTRY_LIST.document == wanted.document)
    if wanted.account:
        lines = (ENTRY_LINE_LIST.entry_id == ENTRY_LIST.id) & (
            ENTRY_LINE_LIST.account.startswith(wanted.account, autoescape=True)
        )
        found.append(select(literal_column("1")).where(lines).exists())
    since, until = wanted.days
    if since is not None:
        found.append(ENTRY_LIST.dated_on >= since)
    if until is not None:
        found.append(ENTRY_LIST.dated_on <= until)
    return found


@dataclass(frozen=True, slots=True)
class EntryLineRow(Bilingual):
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


ENTRY_LINE_LIST: Any = view("accounting.entry_line_list", EntryLineRow).c


def list_entry_lines(ctx: Context, entry_id: UUID) -> list[EntryLineRow]:
    """Return the lines of an entry, in order."""
    ctx.require(Permission.VIEW_LEDGER)
    query = select(*ENTRY_LINE_LIST).where(ENTRY_LINE_LIST.entry_id == entry_id)
    return ctx.rows(EntryLineRow, query.order_by(ENTRY_LINE_LIST.line_no))
