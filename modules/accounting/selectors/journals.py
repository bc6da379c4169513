"""Journals as they are printed: entries with their lines, and what each amounts to by month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual, in_language
from erp_desktop.core.models import view
from modules.accounting.period_errors import JournalTooLongError
from modules.accounting.permissions import Permission
from modules.accounting.selectors.partners import OfPartner
from modules.accounting.selectors.ranges import require_range

_ZERO = Decimal(0)
MOST_LINES = 20_000
_CENTRAL = text(
    "select t.* from accounting.central_journal_v1(:first, :last, :branch, :accounts) t"
)


@dataclass(frozen=True, slots=True)
class JournalLine(Bilingual, OfPartner):
    """One line of an entry, with what a journal says of the entry.

    Attributes:
        document: What it was posted for: `{"module", "kind", "id", "number"}`.
        label: Of the entry.
        is_first: Whether it is the first line of its entry that is shown.
    """

    entry_id: UUID | None
    journal: str
    journal_name: str
    journal_name_ar: str
    number: str
    dated_on: date | None
    branch_id: UUID | None
    branch: str
    label: str
    document: dict[str, Any]
    line_no: int
    account: str
    name: str
    name_ar: str
    party: str
    party_ar: str
    line_label: str
    debit: Decimal
    credit: Decimal
    currency: str
    is_first: bool = False


_LINES: Any = view("accounting.journal_lines", JournalLine).c
_COLUMNS = [column for column in _LINES if column.name != "is_first"]


def list_journal_lines(
    ctx: Context,
    journal: str,
    *,
    first_day: date,
    last_day: date,
    branch_id: UUID | None = None,
) -> list[JournalLine]:
    """Return the lines of a journal between two days, in the order of its numbers.

    Args:
        ctx: The transaction to read in.
        journal: Its code; empty for all of them, one after the other.
        first_day: The first.
        last_day: The last.
        branch_id: Only this branch; without it, all that the user may see.

    Raises:
        NotAllowedError: The user may not see the ledger.
        PeriodRangeEmptyError: It ends before it begins.
        JournalTooLongError: They are too many to be shown.
    """
    ctx.require(Permission.VIEW_LEDGER)
    require_range(first_day, last_day)
    query = select(*_COLUMNS).where(_LINES.dated_on.between(first_day, last_day))
    if journal:
        query = query.where(_LINES.journal == journal)
    if branch_id is not None:
        query = query.where(_LINES.branch_id == branch_id)
    by_number = (func.length(_LINES.number), _LINES.number, _LINES.line_no)
    query = query.order_by(_LINES.journal, _LINES.dated_on, *by_number).limit(MOST_LINES + 1)
    rows = ctx.rows(JournalLine, query)
    if len(rows) > MOST_LINES:
        raise JournalTooLongError(count=f"{MOST_LINES:,}")
    befores = [None, *(row.entry_id for row in rows)]
    return [
        replace(row, is_first=row.entry_id != before)
        for row, before in zip(rows, befores, strict=False)
    ]


def total_of_journal(rows: Sequence[JournalLine]) -> JournalLine | None:
    """Return the sums of debits and credits."""
    if not rows:
        return None
    debit, credit = (sum((getattr(row, side) for row in rows), _ZERO) for side in _SIDES)
    about = {"number": "", "label": "", "line_label": "", "account": "", "name": "", "name_ar": ""}
    none: dict[str, Any] = {**about, "party": "", "party_ar": "", "dated_on": None, "document": {}}
    return replace(rows[0], **none, entry_id=None, debit=debit, credit=credit, is_first=False)


_SIDES = ("debit", "credit")


@dataclass(frozen=True, slots=True)
class CentralRow(Bilingual):
    """What a journal amounts to in a month: on one account, or in all.

    Attributes:
        month: Its first day; none for the total of all months.
        account: Empty for what sums up.
        is_sum: Whether it sums up a journal's month, or everything.
    """

    journal: str
    journal_name: str
    journal_name_ar: str
    month: date | None
    account: str
    name: str
    name_ar: str
    entries: int
    debit: Decimal
    credit: Decimal
    currency: str
    is_sum: bool = False

    def journal_named(self, language: str) -> str:
        """Return the journal's name in a language."""
        return in_language(language, self.journal_name, self.journal_name_ar)


def list_central_journal(
    ctx: Context,
    *,
    first_day: date,
    last_day: date,
    branch_id: UUID | None = None,
    by_account: bool = True,
) -> list[CentralRow]:
    """Return what each journal amounts to in each month, the accounts followed by their sum.

    Args:
        ctx: The transaction to read in.
        first_day: The first.
        last_day: The last.
        branch_id: Only this branch; without it, all that the user may see.
        by_account: Whether each account is told, or only the sums of journals and months.

    Raises:
        NotAllowedError: The user may not see the ledger.
        PeriodRangeEmptyError: It ends before it begins.
    """
    ctx.require(Permission.VIEW_LEDGER)
    require_range(first_day, last_day)
    asked = {"first": first_day, "last": last_day, "branch": branch_id, "accounts": by_account}
    rows = ctx.rows(CentralRow, _CENTRAL.bindparams(**asked))
    if not by_account:
        return rows
    found: list[CentralRow] = []
    for _key, group in groupby(rows, key=lambda row: (row.journal, row.month)):
        mine = list(group)
        debit, credit = (sum((getattr(row, side) for row in mine), _ZERO) for side in _SIDES)
        month = replace(mine[0], account="", name="", name_ar="", entries=0, is_sum=True)
        found += [*mine, replace(month, debit=debit, credit=credit)]
    return found


def total_of_central(rows: Sequence[CentralRow]) -> CentralRow | None:
    """Return the sums of all journals and months."""
    parts = [row for row in rows if row.is_sum] or rows
    if not parts:
        return None
    debit, credit = (sum((getattr(row, side) for row in parts), _ZERO) for side in _SIDES)
    entries = sum(row.entries for row in parts)
    about = ("", "", "", None, "", "", "", entries, debit, credit, parts[0].currency)
    return CentralRow(*about, is_sum=True)
