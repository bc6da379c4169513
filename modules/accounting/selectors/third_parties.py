"""What customers owe and suppliers are owed: by age, and the account of one of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import text

from erp_desktop.core.context import Context
from erp_desktop.core.errors import NotFoundError
from erp_desktop.core.i18n import Bilingual
from modules.accounting.errors import PeriodRangeEmptyError
from modules.accounting.permissions import Permission

PartySide = Literal["customer", "supplier"]
_ZERO = Decimal(0)
_AGED = text(
    "select t.*, (select c.currency from core.company c)"
    " from accounting.aged_balance_v1(:side, :day, :branch) t"
)


@dataclass(frozen=True, slots=True)
class AgedRow(Bilingual):
    """What a party owes us, or is owed, by the days since it was due.

    Attributes:
        unsettled: Paid or credited, and settling nothing yet: negative.
        bills: What lies in bills that are here or were given.
        cheques: Taken and not cashed yet, bills with a bank too: no part of the balance.
        oldest: Since when the oldest of it is overdue.
    """

    party_id: UUID | None
    name: str
    name_ar: str
    not_due: Decimal
    days_30: Decimal
    days_60: Decimal
    days_90: Decimal
    older: Decimal
    unsettled: Decimal
    bills: Decimal
    balance: Decimal
    cheques: Decimal
    oldest: date | None
    currency: str


AGED_FIGURES = tuple(field.name for field in fields(AgedRow))[3:12]


def list_aged(
    ctx: Context, side: PartySide, day: date, *, branch_id: UUID | None = None
) -> list[AgedRow]:
    """Return who owes, or is owed, how much since when: the largest first.

    Args:
        ctx: The transaction to read in.
        side: Customers or suppliers.
        day: At its end; what was settled later was open then.
        branch_id: Only this branch; without it, all that the user may see.

    Raises:
        NotAllowedError: The user may not see the ledger.
    """
    ctx.require(Permission.VIEW_LEDGER)
    return ctx.rows(AgedRow, _AGED.bindparams(side=side, day=day, branch=branch_id))


def total_of_aged(rows: Sequence[AgedRow]) -> AgedRow | None:
    """Return the sums of the columns."""
    if not rows:
        return None
    sums = {name: sum((getattr(row, name) for row in rows), _ZERO) for name in AGED_FIGURES}
    return AgedRow(None, "", "", **sums, oldest=None, currency=rows[0].currency)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A move on the account of a party; a debit is positive.

    Attributes:
        entry_id: None of the balance that the account opens with.
        document: `{"module", "kind", "id", "number"}` of what it was posted for.
        counterparts: Codes of the accounts on the other side of its entry.
        open: What of it was not settled on the last day.
        balance: After it.
    """

    entry_id: UUID | None
    dated_on: date
    due_on: date
    number: str
    document: dict[str, Any]
    label: str
    amount: Decimal
    open: Decimal
    letter: str
    counterparts: str
    balance: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class PartyAccount(Bilingual):
    """The account of a customer or a supplier between two days; a debit is positive."""

    name: str
    name_ar: str
    company: str
    company_ar: str
    currency: str
    opening: Decimal
    overdue: Decimal
    lines: tuple[StatementLine, ...]

    def opened_on(self, day: date) -> StatementLine:
        """Return what it had before a day, as its first line."""
        none = (_ZERO, _ZERO, "", "")
        return StatementLine(None, day, day, "", {}, "", *none, self.opening, self.currency)

    @property
    def closing(self) -> Decimal:
        """What it has at the end of the last day."""
        return self.lines[-1].balance if self.lines else self.opening


def get_party_account(
    ctx: Context, party_id: UUID, side: PartySide, *, first_day: date, last_day: date
) -> PartyAccount:
    """Return the account of a party between two days.

    Raises:
        NotAllowedError: The user may not see the ledger.
        NotFoundError: There is no such party in the books.
        PeriodRangeEmptyError: It ends before it begins.
    """
    ctx.require(Permission.VIEW_LEDGER)
    if last_day < first_day:
        raise PeriodRangeEmptyError
    told: dict[str, Any] = (
        ctx.call("accounting.party_statement_v1", party_id, side, first_day, last_day) or {}
    )
    if not told.get("party"):
        raise NotFoundError
    opening, currency = Decimal(told["opening"]), told["currency"]
    amounts = [Decimal(row["amount"]) for row in told["rows"]]
    balances = list(accumulate(amounts, initial=opening))[1:]
    lines = tuple(
        _statement_line(row, amount, balance, currency)
        for row, amount, balance in zip(told["rows"], amounts, balances, strict=True)
    )
    overdue = abs(Decimal(told["overdue"]))
    (name, name_ar), (company, company_ar) = told["party"], told["company"]
    return PartyAccount(name, name_ar, company, company_ar, currency, opening, overdue, lines)


def _statement_line(
    row: Mapping[str, Any], amount: Decimal, balance: Decimal, currency: str
) -> StatementLine:
    return StatementLine(
        UUID(row["entry_id"]),
        date.fromisoformat(row["dated_on"]),
        date.fromisoformat(row["due_on"]),
        row["number"],
        row["document"],
        row["label"],
        amount,
        Decimal(row["open"]),
        row["letter"],
        row["counterparts"],
        balance,
        currency,
    )
