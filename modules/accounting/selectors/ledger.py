"""The ledger of an account: what it had, its lines by day with the balance after each."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.errors import AccountUnknownError, DayRangeEmptyError
from modules.accounting.permissions import Permission
from modules.accounting.selectors.pages import PAGE_SIZE
from modules.accounting.selectors.partners import OfPartner

_COLUMNS = """l.entry_id, l.number, l.line_no, l.dated_on, l.xid::text, l.journal, l.branch,
    l.label, l.document, l.party, l.party_ar, l.counterparts, l.letter, l.debit, l.credit"""
_ORDER = "l.dated_on, l.xid, l.number, l.line_no"
_HEAD = text(f"""
    select h.*, {_COLUMNS}
      from accounting.ledger_head_v1(:account, :first, :last, :branch) h
      left join lateral (
           select * from accounting.ledger_lines l
            where l.account_id = h.account_id and l.dated_on between :first and :last
              and (l.period_kind <> 'closing' or l.dated_on < :last)
              and (cast(:branch as uuid) is null or l.branch_id = :branch)
            order by {_ORDER} limit :most) l on true
     order by {_ORDER}
""")
_MORE = text(f"""
    select {_COLUMNS} from accounting.ledger_lines l
     where l.account_id = :account and l.dated_on <= :last
       and (l.period_kind <> 'closing' or l.dated_on < :last)
       and (l.dated_on, l.xid) >= (cast(:day as date), cast(:xid as xid8))
       and (l.dated_on, l.xid, l.number, l.line_no)
           > (cast(:day as date), cast(:xid as xid8), :number, :line)
       and (cast(:branch as uuid) is null or l.branch_id = :branch)
     order by {_ORDER} limit :most
""")
_HEAD_WIDTH = 8


@dataclass(frozen=True, slots=True)
class LedgerRow(OfPartner):
    """One line of a ledger.

    Attributes:
        xid: The transaction that posted it: the order within a day.
        document: What it was posted for: `{"module", "kind", "id", "number"}`.
        counterparts: Codes of the accounts on the other side of its entry.
        letter: Of the lines that it settles with; small until they balance, empty if it is open.
        balance: Of the account after this line; a debit is positive.
    """

    entry_id: UUID
    number: str
    line_no: int
    dated_on: date
    xid: str
    journal: str
    branch: str
    label: str
    document: dict[str, Any]
    party: str
    party_ar: str
    counterparts: str
    letter: str
    debit: Decimal
    credit: Decimal
    balance: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Ledger(Bilingual):
    """An account between two days: its sums, and the first of its lines.

    Attributes:
        opening: What it had before the first day; a debit is positive.
    """

    account_id: UUID
    code: str
    name: str
    name_ar: str
    currency: str
    opening: Decimal
    debit: Decimal
    credit: Decimal
    rows: tuple[LedgerRow, ...] = ()

    @property
    def closing(self) -> Decimal:
        """What it has after the last day."""
        return self.opening + self.debit - self.credit


def get_ledger(
    ctx: Context, account: str, *, days: tuple[date, date], branch_id: UUID | None = None
) -> Ledger:
    """Return the ledger of an account with the first of its lines.

    Args:
        ctx: The transaction to read in.
        account: Its code.
        days: The first and the last.
        branch_id: Only this branch; without it, all that the user may see.

    Raises:
        NotAllowedError: The user may not see the ledger.
        AccountUnknownError: No account has the code.
        DayRangeEmptyError: It ends before it begins.
    """
    ctx.require(Permission.VIEW_LEDGER)
    if days[1] < days[0]:
        raise DayRangeEmptyError
    asked = {"account": account, "first": days[0], "last": days[1], "branch": branch_id}
    found = ctx.connection.execute(_HEAD, {**asked, "most": PAGE_SIZE}).all()
    if not found:
        raise AccountUnknownError(account=account)
    head = Ledger(*found[0][:_HEAD_WIDTH])
    lines = [tuple(row[_HEAD_WIDTH:]) for row in found if row[_HEAD_WIDTH] is not None]
    return replace(head, rows=_running(lines, head.opening, head.currency))


def list_ledger(
    ctx: Context,
    account_id: UUID,
    *,
    last_day: date,
    after: LedgerRow,
    branch_id: UUID | None = None,
) -> tuple[LedgerRow, ...]:
    """Return the lines of an account that come after one of them, until a day.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    place = {"day": after.dated_on, "xid": after.xid, "number": after.number, "line": after.line_no}
    asked = {"account": account_id, "last": last_day, "branch": branch_id, "most": PAGE_SIZE}
    lines = [tuple(row) for row in ctx.connection.execute(_MORE, {**asked, **place})]
    return _running(lines, after.balance, after.currency)


def _running(
    lines: list[tuple[Any, ...]], balance: Decimal, currency: str
) -> tuple[LedgerRow, ...]:
    """Carry the balance from line to line."""
    rows: list[LedgerRow] = []
    for line in lines:
        *_before, debit, credit = line
        balance += debit - credit
        rows.append(LedgerRow(*(*line, balance, currency)))
    return tuple(rows)
