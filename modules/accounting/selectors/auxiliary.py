"""The auxiliary trial balance: six sums per partner; and the ledger that they sum up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.period_errors import LedgerTooLongError
from modules.accounting.permissions import Permission
from modules.accounting.selectors.ranges import require_range

_ZERO = Decimal(0)
_AUXILIARY = text("""
    select b.* from accounting.auxiliary_balance_v1(
        case when :whose in ('customer', 'supplier') then accounting.side_roles(:whose)
             else array[cast(:whose as text)] end, :account, :first, :last, :branch) b
""")
_LEDGER = text("""
    with asked as (
        select case when :whose in ('customer', 'supplier') then accounting.side_roles(:whose)
                    else array[cast(:whose as text)] end as roles)
    select b.party_id, b.party, b.party_ar, b.currency, b.opening_debit - b.opening_credit,
           l.entry_id, l.number, l.dated_on, l.due_on, l.account, l.journal, l.branch, l.label,
           l.document, l.counterparts, l.letter, l.debit, l.credit
      from asked
     cross join lateral
           accounting.auxiliary_balance_v1(asked.roles, :account, :first, :last, :branch) b
      left join (select m.*, coalesce(m.party_id, cast(:nobody as uuid)) as party_key
                   from asked cross join lateral accounting.auxiliary_lines_v1(
                        asked.roles, :account, :first, :last, :branch, :party) m) l
             on l.party_key = coalesce(b.party_id, cast(:nobody as uuid))
     where cast(:party as uuid) is null or b.party_id = :party
     order by b.party_id is null, b.party, b.party_id, l.dated_on, l.xid, l.number, l.line_no
     limit :most
""")
_TOLD = (
    *("number", "dated_on", "due_on", "account", "journal", "branch", "label", "document"),
    *("counterparts", "letter"),
)
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class AuxiliaryRow(Bilingual):
    """What a partner had, what moved, what the partner has; one of the sums is the whole.

    Attributes:
        party_id: None for what names no partner, and for the whole.
    """

    party_id: UUID | None
    name: str
    name_ar: str
    opening_debit: Decimal
    opening_credit: Decimal
    debit: Decimal
    credit: Decimal
    closing_debit: Decimal
    closing_credit: Decimal
    currency: str
    is_sum: bool = False


AUXILIARY_FIGURES = (
    *("opening_debit", "opening_credit", "debit", "credit"),
    *("closing_debit", "closing_credit"),
)


def list_auxiliary(
    ctx: Context,
    whose: str,
    account: str = "",
    *,
    first_day: date,
    last_day: date,
    branch_id: UUID | None = None,
) -> list[AuxiliaryRow]:
    """Return the auxiliary trial balance of whole months, by the names of partners.

    Args:
        ctx: The transaction to read in.
        whose: `customer` or `supplier` for all accounts of a side, or one role of accounts.
        account: Only accounts whose code begins so, whatever they play.
        first_day: A first day of a month.
        last_day: A last day of a month.
        branch_id: Only this branch; without it, all that the user may see.

    Raises:
        NotAllowedError: The user may not see the ledger.
        PeriodRangeEmptyError: It ends before it begins.
    """
    ctx.require(Permission.VIEW_LEDGER)
    require_range(first_day, last_day)
    days = {"first": first_day, "last": last_day, "branch": branch_id}
    asked = _AUXILIARY.bindparams(whose=whose, account=account, **days)
    return ctx.rows(AuxiliaryRow, asked)


def total_of_auxiliary(rows: Sequence[AuxiliaryRow]) -> AuxiliaryRow | None:
    """Return the sums of the columns."""
    if not rows:
        return None
    sums = {name: sum((getattr(row, name) for row in rows), _ZERO) for name in AUXILIARY_FIGURES}
    return AuxiliaryRow(None, "", "", **sums, currency=rows[0].currency, is_sum=True)


@dataclass(frozen=True, slots=True)
class AuxiliaryLine(Bilingual):
    """A line of the auxiliary ledger; a debit is positive.

    Attributes:
        kind: `opening`, `line` or `closing` of a partner, or `total` of all.
        party_id: None for what names no partner, and for the total.
        document: What it was posted for: `{"module", "kind", "id", "number"}`.
        counterparts: Codes of the accounts on the other side of its entry.
        letter: Of the lines that it settles with; small until they balance, empty if it is open.
        balance: Of the partner after it.
    """

    kind: Literal["opening", "line", "closing", "total"]
    party_id: UUID | None
    name: str
    name_ar: str
    currency: str
    balance: Decimal
    debit: Decimal = _ZERO
    credit: Decimal = _ZERO
    entry_id: UUID | None = None
    number: str = ""
    dated_on: date | None = None
    due_on: date | None = None
    account: str = ""
    journal: str = ""
    branch: str = ""
    label: str = ""
    document: dict[str, Any] | None = None
    counterparts: str = ""
    letter: str = ""


def list_auxiliary_ledger(
    ctx: Context,
    whose: str,
    account: str = "",
    *,
    first_day: date,
    last_day: date,
    branch_id: UUID | None = None,
    party_id: UUID | None = None,
) -> list[AuxiliaryLine]:
    """Return what moved for each partner, between what each had and has, by their names.

    Args:
        ctx: The transaction to read in.
        whose: `customer` or `supplier` for all accounts of a side, or one role of accounts.
        account: Only accounts whose code begins so, whatever they play.
        first_day: A first day of a month.
        last_day: A last day of a month.
        branch_id: Only this branch; without it, all that the user may see.
        party_id: Only this partner; without it, all of them.

    Raises:
        NotAllowedError: The user may not see the ledger.
        PeriodRangeEmptyError: It ends before it begins.
        LedgerTooLongError: They are too many to be shown.
    """
    ctx.require(Permission.VIEW_LEDGER)
    require_range(first_day, last_day)
    days = {"first": first_day, "last": last_day, "branch": branch_id, "party": party_id}
    asked = {"whose": whose, "account": account, **days, "nobody": UUID(int=0)}
    found = ctx.connection.execute(_LEDGER, {**asked, "most": MOST_LINES + 1}).all()
    if len(found) > MOST_LINES:
        raise LedgerTooLongError(count=f"{MOST_LINES:,}")
    partners = groupby(found, key=lambda row: row[0])
    return [row for _party, lines in partners for row in _of_partner([tuple(x) for x in lines])]


def _of_partner(lines: Sequence[tuple[Any, ...]]) -> list[AuxiliaryLine]:
    """Return the lines of a partner with the balance after each, between opening and closing."""
    party_id, name, name_ar, currency, balance = lines[0][:5]
    opening = AuxiliaryLine("opening", party_id, name, name_ar, currency, balance)
    rows = [opening]
    for line in lines:
        entry_id, *told, debit, credit = line[5:]
        if entry_id is not None:
            balance += debit - credit
            moved = {"debit": debit, "credit": credit, "balance": balance}
            about = dict(zip(_TOLD, told, strict=True))
            rows.append(replace(opening, kind="line", entry_id=entry_id, **moved, **about))
    debit, credit = _moved(rows)
    closing = replace(opening, kind="closing", debit=debit, credit=credit, balance=balance)
    return [*rows, closing]


def _moved(rows: Sequence[AuxiliaryLine]) -> tuple[Decimal, Decimal]:
    moved = [row for row in rows if row.kind == "line"]
    return sum((r.debit for r in moved), _ZERO), sum((r.credit for r in moved), _ZERO)


def total_of_ledger(rows: Sequence[AuxiliaryLine]) -> AuxiliaryLine | None:
    """Return what moved for all partners, and what all have: as the auxiliary balance says."""
    if not rows:
        return None
    balance = sum((row.balance for row in rows if row.kind == "closing"), _ZERO)
    return AuxiliaryLine("total", None, "", "", rows[0].currency, balance, *_moved(rows))
