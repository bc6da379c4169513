"""Lines that can be matched, what is proposed, and what was matched."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from modules.accounting.permissions import Permission
from modules.accounting.selectors.pages import PAGE_SIZE
from modules.accounting.selectors.partners import OfPartner

MOST_PROPOSALS = 500

# Codes are digits; by their index PostgreSQL would read all lines once per account.
_LINES = text("""
    select l.entry_id, l.line_no, l.account, l.party_id, l.party, l.party_ar, l.dated_on, l.due_on,
           l.number, l.document, l.label, l.branch, l.amount, l.open, l.letter, l.currency
      from accounting.matching_list l
     where l.account like replace(:account, '*', '') || '%'
       and (:partner = ''
            or strpos(core.fold(l.party || ' ' || l.party_ar), core.fold(:partner)) > 0)
       and (:words = ''
            or strpos(core.fold(concat_ws(' ', l.party, l.party_ar, l.number, l.label, l.letter,
                                          l.document ->> 'number')), core.fold(:words)) > 0)
       and (:lettered or l.open <> 0)
       and (not :more or (l.account collate "C", l.party, l.dated_on, l.number, l.line_no)
                         > (:account_then, :party_then, cast(:day_then as date), :number_then,
                            :line_then))
     order by l.account collate "C", l.party, l.dated_on, l.number, l.line_no
     limit :most
""")
_MATCHES = text("""
    select m.id, s.entry_id, s.number, s.dated_on, m.amount, m.reason, m.reference, m.is_mirror,
           m.matched_at, m.matched_by, m.undone_at, m.undone_by, m.letter,
           (select c.currency from core.company c)
      from accounting.match_list m
     cross join lateral (
           select m.credit_entry, m.credit_number, m.credit_on
            where m.debit_entry = :entry and m.debit_line = :line
            union all
           select m.debit_entry, m.debit_number, m.debit_on
            where m.credit_entry = :entry and m.credit_line = :line) s (entry_id, number, dated_on)
     where (m.debit_entry = :entry and m.debit_line = :line)
        or (m.credit_entry = :entry and m.credit_line = :line)
     order by m.matched_at, m.id
""")
_PROPOSALS = text("""
    select p.*, (select c.currency from core.company c)
      from accounting.match_proposals_v1(:account, :partner, :ways, :most) p
""")
_TOLERANCE = text("""
    select s.tolerance, s.version, (select c.currency from core.company c)
      from accounting.matching_settings s
""")


@dataclass(frozen=True, slots=True)
class MatchingRow(OfPartner):
    """A line that can be matched.

    Attributes:
        amount: In the company's currency, as `open`; debits are positive.
        open: What of it is not matched.
        letter: Of what it is matched with; small until the group balances, empty without one.
    """

    entry_id: UUID
    line_no: int
    account: str
    party_id: UUID | None
    party: str
    party_ar: str
    dated_on: date
    due_on: date
    number: str
    document: dict[str, Any]
    label: str
    branch: str
    amount: Decimal
    open: Decimal
    letter: str
    currency: str


@dataclass(frozen=True, slots=True)
class MatchingFilter:
    """Which lines are asked for.

    Attributes:
        text: Part of partner, number, label, document or letter.
        account: How the account's code begins.
        partner: Part of the partner's name.
        lettered: Also lines that are matched whole.
    """

    text: str = ""
    account: str = ""
    partner: str = ""
    lettered: bool = False


@dataclass(frozen=True, slots=True)
class MatchRow:
    """What a line is or was matched with.

    Attributes:
        number: Of the entry on the other side.
        is_mirror: Whether it says what a payment or credit note says, which takes it back.
        undone_at: When it was taken back; None while it stands.
    """

    id: UUID
    entry_id: UUID
    number: str
    dated_on: date
    amount: Decimal
    reason: str
    reference: str
    is_mirror: bool
    matched_at: datetime
    matched_by: str
    undone_at: datetime | None
    undone_by: str
    letter: str
    currency: str


@dataclass(frozen=True, slots=True)
class Proposal(OfPartner):
    """Two lines that could be matched, and why.

    Attributes:
        amount: Of both lines, in the company's currency.
        reason: `reference`, `amount` or `oldest`.
        found: How many proposals there are in all; `total` is their sum.
    """

    account: str
    party: str
    party_ar: str
    debit_entry: UUID
    debit_line: int
    debit_number: str
    debit_on: date
    debit_label: str
    credit_entry: UUID
    credit_line: int
    credit_number: str
    credit_on: date
    credit_label: str
    amount: Decimal
    reason: str
    reference: str
    found: int
    total: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What may be written off at most, in the company's currency."""

    most: Decimal
    version: int
    currency: str


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line that is not settled.

    Attributes:
        currency: What was agreed in; `amount` and `open` are in the company's currency, debits
            positive.
    """

    entry_id: UUID
    line_no: int
    branch_id: UUID
    account: str
    dated_on: date
    due_on: date
    number: str
    document: dict[str, Any]
    label: str
    currency: str
    amount: Decimal
    open: Decimal


def list_matching(
    ctx: Context, wanted: MatchingFilter, *, after: MatchingRow | None = None
) -> list[MatchingRow]:
    """Return lines by account, partner and day that come after one of them.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    place = {
        "account_then": after.account if after else "",
        "party_then": after.party if after else "",
        "day_then": after.dated_on if after else None,
        "number_then": after.number if after else "",
        "line_then": after.line_no if after else 0,
    }
    asked = {
        "account": wanted.account,
        "partner": wanted.partner,
        "words": wanted.text,
        "lettered": wanted.lettered,
        "more": after is not None,
        "most": PAGE_SIZE,
    }
    return [MatchingRow(*row) for row in ctx.connection.execute(_LINES, {**asked, **place})]


def list_matches(ctx: Context, entry_id: UUID, line_no: int) -> list[MatchRow]:
    """Return what a line was matched with, also what was taken back, in the order of the deeds.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    asked = {"entry": entry_id, "line": line_no}
    return [MatchRow(*row) for row in ctx.connection.execute(_MATCHES, asked)]


def list_proposals(
    ctx: Context, *, account: str = "", partner: str = "", ways: tuple[str, ...]
) -> list[Proposal]:
    """Return the first 500 matches that could be made, each with its reason; nothing is changed.

    Args:
        ctx: The transaction to read in.
        account: How the codes of accounts begin.
        partner: Part of the partner's name.
        ways: `reference`, `amount`, `oldest`, in the order in which they are tried.

    Raises:
        NotAllowedError: The user may not match lines.
    """
    ctx.require(Permission.MATCH_LINES)
    asked = {"account": account, "partner": partner, "ways": list(ways), "most": MOST_PROPOSALS}
    return [Proposal(*row) for row in ctx.connection.execute(_PROPOSALS, asked)]


def get_tolerance(ctx: Context) -> Tolerance:
    """Return what may be written off at most.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.row(Tolerance, _TOLERANCE)


def open_items(
    ctx: Context, party_id: UUID, *, account: str = "", on: date | None = None
) -> list[OpenLine]:
    """Return the open lines of a party, the oldest due first.

    Args:
        ctx: The transaction to read in.
        party_id: Whose lines.
        account: How the codes of accounts begin, such as `411`.
        on: As they stood at the end of that day: matches with lines of later days do not count.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.table("accounting.open_items_v1", OpenLine, party=party_id, prefix=account, day=on)
