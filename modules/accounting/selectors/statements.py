"""Financial statements with their figures of two years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from erp_desktop.core.context import Context
from erp_desktop.core.i18n import Bilingual
from modules.accounting.errors import PeriodRangeEmptyError
from modules.accounting.models import Statement
from modules.accounting.permissions import Permission
from modules.accounting.statements import (
    Balances,
    Figures,
    FormulaLine,
    Side,
    accounts_of,
    reckon_lines,
)

_ZERO = Decimal(0)
_STATEMENTS = text("select accounting.statement_v1(:codes, :first, :last, :branch)")


@dataclass(frozen=True, slots=True)
class StatementRow(Bilingual):
    """A line of a statement, or an account behind it.

    Attributes:
        kind: `title`, `head`, `line`, `sum` or `account`.
        columns: `single`; `gross` (gross, allowances, net); `prior` (of the year, earlier, both).
        first: The first figure, or the only one.
        previous: Its total a year before.
        formula: What it is made of, as it stands in the statement.
    """

    code: str
    kind: str
    name: str
    name_ar: str
    columns: str = "single"
    first: Decimal = _ZERO
    second: Decimal = _ZERO
    previous: Decimal = _ZERO
    currency: str = ""
    formula: str = ""
    side: Side = ""

    @property
    def total(self) -> Decimal:
        """What counts: net of allowances, or of all years."""
        return total_of(self.columns, Figures(self.first, self.second))

    @property
    def has_figures(self) -> bool:
        """Whether it is more than a heading."""
        return self.kind in {"line", "sum", "account"}


def total_of(columns: str, figures: Figures) -> Decimal:
    """Return the figure that counts of a line whose statement has these columns."""
    return figures.first - figures.second if columns == "gross" else figures.first + figures.second


@dataclass(frozen=True, slots=True)
class ShownStatement(Bilingual):
    """A statement with its figures.

    Attributes:
        rows: Its lines, reckoned.
        differs: By how much its last line differs from the statement that it must agree with.
    """

    code: str
    name: str
    name_ar: str
    legal_ref: str
    doubt: str
    columns: str
    balances_with: str | None
    rows: tuple[StatementRow, ...]
    now: Balances
    before: Balances
    accounts: Mapping[str, Sequence[str]]
    differs: Decimal = _ZERO

    def behind(self, row: StatementRow) -> list[StatementRow]:
        """Return the accounts that make a line; a sum has its lines instead, and so none."""
        line = FormulaLine(row.code, row.side, *_formulas(row))
        now, before = accounts_of(line, self.now), accounts_of(line, self.before)
        return [
            self._account(code, now.get(code, Figures()), before.get(code, Figures()), row.currency)
            for code in sorted(now.keys() | before.keys())
        ]

    def _account(self, code: str, now: Figures, before: Figures, currency: str) -> StatementRow:
        name, name_ar = self.accounts.get(code, (code, ""))
        earlier = total_of(self.columns, before)
        about = (self.columns, now.first, now.second, earlier, currency)
        return StatementRow(code, "account", name, name_ar, *about)

    @property
    def total(self) -> Decimal:
        """The figure of the last line."""
        return self.rows[-1].total if self.rows else _ZERO


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements of the same months, read at one moment."""

    shown: tuple[ShownStatement, ...]
    read_at: datetime


@dataclass(frozen=True, slots=True)
class StatementChoice(Bilingual):
    """A statement that can be looked at."""

    code: str
    name: str
    name_ar: str
    columns: str
    is_own: bool


def list_statements(ctx: Context) -> list[StatementChoice]:
    """Return the statements in use: those of the law first."""
    ctx.require(Permission.VIEW_LEDGER)
    columns = (
        Statement.code,
        Statement.name,
        Statement.name_ar,
        Statement.columns,
        Statement.is_own,
    )
    query = select(*columns).where(Statement.is_active).order_by(Statement.is_own, Statement.code)
    return ctx.rows(StatementChoice, query)


def get_statements(
    ctx: Context,
    codes: Sequence[str],
    *,
    first_day: date,
    last_day: date,
    branch_id: UUID | None = None,
) -> Statements:
    """Return statements for whole months, beside the same months of the year before.

    Args:
        ctx: The transaction to read in.
        codes: Such as `assets` and `liabilities`, in the order in which they are shown.
        first_day: A first day of a month.
        last_day: A last day of a month.
        branch_id: Only this branch; without it, all that the user may see.

    Raises:
        NotAllowedError: The user may not see the ledger.
        PeriodRangeEmptyError: It ends before it begins.
        FormulaUnreadableError: A formula of the company's own design means nothing.
    """
    ctx.require(Permission.VIEW_LEDGER)
    if last_day < first_day:
        raise PeriodRangeEmptyError
    asked = {"codes": list(codes), "first": first_day, "last": last_day, "branch": branch_id}
    told: dict[str, Any] = ctx.connection.execute(_STATEMENTS.bindparams(**asked)).scalar() or {}
    shown = [_statement(each, told) for each in told.get("statements") or ()]
    totals = {each.code: each.total for each in shown}
    agreed = tuple(
        replace(each, differs=each.total - totals[each.balances_with])
        if each.balances_with in totals
        else each
        for each in shown
    )
    return Statements(agreed, datetime.now().astimezone())


def _statement(told: Mapping[str, Any], whole: Mapping[str, Any]) -> ShownStatement:
    now, before = (
        {code: Decimal(balance) for code, balance in told[when].items()}
        for when in ("now", "before")
    )
    lines = [
        FormulaLine(line["code"], line["side"], line["first"], line["second"])
        for line in told["lines"] or ()
    ]
    figures, earlier = reckon_lines(lines, now), reckon_lines(lines, before)
    columns, currency = told["columns"], whole["currency"]
    rows = [
        StatementRow(
            line["code"],
            line["kind"],
            line["name"],
            line["name_ar"],
            columns,
            figures[line["code"]].first,
            figures[line["code"]].second,
            total_of(columns, earlier[line["code"]]),
            currency,
            _formula_of(line),
            line["side"],
        )
        for line in told["lines"] or ()
    ]
    names = (told["code"], told["name"], told["name_ar"], told["legal_ref"], told["doubt"])
    about = (columns, told["balances_with"])
    return ShownStatement(*names, *about, tuple(rows), now, before, whole["accounts"])


def _formula_of(line: Mapping[str, str]) -> str:
    return f"{line['first']} | {line['second']}" if line["second"] else line["first"]


def _formulas(row: StatementRow) -> tuple[str, str]:
    first, _bar, second = row.formula.partition(" | ")
    return first, second
