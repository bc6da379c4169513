"""Statements compared: which columns stand side by side, and what a line shows in each. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID

from modules.accounting.statement_errors import PeriodsOfTwoYearsError, StatementBudgetError
from modules.accounting.statements import FormulaLine, reckon_lines

By = Literal["year", "months", "quarters", "branches", "budget"]
Kind = Literal["period", "branch", "set_off", "total", "posted", "budget", "deviation", "share"]
Cells = tuple[Decimal | None, ...]

_ZERO = Decimal(0)
_MONTHS: Mapping[str, int] = {"months": 1, "quarters": 3}


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months, of one branch or of all that the user sees."""

    first_day: date
    last_day: date
    branch_id: UUID | None = None

    def as_json(self) -> dict[str, str | None]:
        """Return it as PostgreSQL is asked for it."""
        return {
            "first": self.first_day.isoformat(),
            "last": self.last_day.isoformat(),
            "branch": str(self.branch_id) if self.branch_id else None,
        }

    @property
    def year_before(self) -> "Span":
        """The same months, a year earlier."""
        first = self.first_day.replace(year=self.first_day.year - 1)
        after = self.last_day + timedelta(1)
        last = after.replace(year=after.year - 1) - timedelta(1)
        return Span(first, last, self.branch_id)


@dataclass(frozen=True, slots=True)
class ComparedColumn:
    """One column of a comparison.

    Attributes:
        span: What an account in it leads to.
        step: Of periods: `months` or `quarters`.
    """

    kind: Kind
    span: Span
    step: By = "year"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is asked for, and what is shown of it.

    Attributes:
        by: What is compared.
        spans: Those whose balances are asked for; the last one is the whole, if there is a whole.
        columns: One for each span, and the total.
        has_whole: Whether the last span is what the others add up to.
    """

    by: By
    spans: tuple[Span, ...]
    columns: tuple[ComparedColumn, ...]
    has_whole: bool = False

    def cells(self, totals: Sequence[Decimal]) -> Cells:
        """Return what a line shows in each column.

        Args:
            totals: What it amounts to in each span.
        """
        if self.by == "year":
            return ()
        if self.by == "budget":
            return (totals[0], None, None, None)
        if not self.sets_off:
            return tuple(totals)
        *parts, whole = totals
        return (*parts, whole - sum(parts, _ZERO), whole)

    @property
    def sets_off(self) -> bool:
        """Whether a column says what the whole sets off between its parts."""
        return any(column.kind == "set_off" for column in self.columns)

    def with_set_off(self) -> "Comparison":
        """Return it with a column for what the whole sets off between its parts."""
        *parts, whole = self.columns
        between = ComparedColumn("set_off", whole.span)
        return Comparison(self.by, self.spans, (*parts, between, whole), self.has_whole)


def comparison(by: By, span: Span, branches: Sequence[UUID], *, moves: bool) -> Comparison:
    """Return what is asked for and shown when statements are compared.

    Args:
        by: Such as `months`.
        span: The months of the statement.
        branches: Those that the user sees.
        moves: Whether all of them show what moved, and so add up over periods.

    Raises:
        PeriodsOfTwoYearsError: Periods are asked for that lie in two years.
        StatementBudgetError: One of them shows what stands, of which there is no budget.
    """
    if by in _MONTHS:
        return _by_periods(by, span, adds_up=moves)
    if by == "branches":
        only = [each for each in branches if span.branch_id in {None, each}]
        spans = (*(Span(span.first_day, span.last_day, each) for each in only), span)
        columns = [ComparedColumn("branch", each) for each in spans[:-1]]
        return Comparison(by, spans, (*columns, ComparedColumn("total", span)), has_whole=True)
    if by == "budget":
        if not moves:
            raise StatementBudgetError
        kinds: tuple[Kind, ...] = ("posted", "budget", "deviation", "share")
        return Comparison(by, (span,), tuple(ComparedColumn(kind, span) for kind in kinds))
    return Comparison(by, (span, span.year_before), ())


def _by_periods(by: By, span: Span, *, adds_up: bool) -> Comparison:
    if span.first_day.year != span.last_day.year:
        raise PeriodsOfTwoYearsError
    spans = tuple(_periods(span, _MONTHS[by]))
    columns = tuple(ComparedColumn("period", each, by) for each in spans)
    if not adds_up:
        return Comparison(by, spans, columns)
    total = ComparedColumn("total", span)
    return Comparison(by, (*spans, span), (*columns, total), has_whole=True)


def _periods(span: Span, months: int) -> Iterable[Span]:
    """Yield months or quarters of the calendar, as much of each as lies in the span."""
    year = span.first_day.year
    for first in range(1, 13, months):
        after = date(year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
        begins = max(date(year, first, 1), span.first_day)
        ends = min(after - timedelta(1), span.last_day)
        if begins <= ends:
            yield Span(begins, ends, span.branch_id)


def of_budget(posted: Decimal, budget: Decimal) -> Cells:
    """Return what was posted, the budget, by how much it differs, and in per cent."""
    share = (posted - budget) * 100 / abs(budget) if budget else None
    return (posted, budget, posted - budget, share)


@dataclass(frozen=True, slots=True)
class Planned:
    """What a branch plans for the accounts whose code begins so; a debit is positive."""

    branch: str
    prefix: str
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned for the lines of a statement.

    Attributes:
        lines: By the code of a line.
        spread: What is planned for accounts of several lines, by its beginning: it counts in the
            sums that all these accounts belong to.
    """

    lines: Mapping[str, Decimal]
    spread: Mapping[str, Decimal]


def plan_lines(
    lines: Mapping[str, tuple[FormulaLine, int]], planned: Sequence[Planned], codes: Iterable[str]
) -> Plan:
    """Return what budgets plan for each line of a statement.

    What is planned counts in every line in which all accounts that it is for count alike.

    Args:
        lines: The statement, each line with 1, or -1 where its second figure is taken away.
        planned: Budgets of all branches.
        codes: Those of the chart.
    """
    leaves, unit = _leaves(codes), _Units(lines)
    sums = dict.fromkeys(lines, _ZERO)
    spread: dict[str, Decimal] = {}
    longer: dict[str, list[str]] = {}
    for each in planned:
        longer.setdefault(each.branch, []).append(each.prefix)
    for each in planned:
        if not each.balance:
            continue
        others = [p for p in longer[each.branch] if p != each.prefix and p.startswith(each.prefix)]
        mine = [c for c in leaves if c.startswith(each.prefix) and not c.startswith(tuple(others))]
        vectors = [unit.of(code, each.balance > 0) for code in mine or [each.prefix]]
        for code in lines:
            shares = {vector[code] for vector in vectors}
            if len(shares) == 1:
                sums[code] += shares.pop() * abs(each.balance)
            elif lines[code][0].first.find("#") < 0:
                spread.setdefault(each.prefix, _ZERO)
        if each.prefix in spread:
            spread[each.prefix] += each.balance
    return Plan(sums, spread)


class _Units:
    """What one of the currency on an account gives to each line; reckoned once for each account."""

    def __init__(self, lines: Mapping[str, tuple[FormulaLine, int]]) -> None:
        self._lines = lines
        self._known: dict[tuple[str, bool], Mapping[str, Decimal]] = {}

    def of(self, code: str, is_debit: bool) -> Mapping[str, Decimal]:  # noqa: FBT001 - of a key
        key = (code, is_debit)
        if key not in self._known:
            balance = Decimal(1 if is_debit else -1)
            told = reckon_lines([line for line, _sign in self._lines.values()], {code: balance})
            self._known[key] = {
                name: told[name].first + sign * told[name].second
                for name, (_line, sign) in self._lines.items()
            }
        return self._known[key]


def _leaves(codes: Iterable[str]) -> list[str]:
    """Return the codes that no other begins with."""
    ordered = sorted(codes)
    following = [*ordered[1:], ""]
    return [
        code for code, after in zip(ordered, following, strict=True) if not after.startswith(code)
    ]
