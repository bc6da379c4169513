"""Statements compared by months, branches and budget, against figures worked out by hand.

In 2026, in dinars, at Algiers (ALG) and Oran (ORN):

    20 January   ALG  goods sold to a customer   411 1,000.00 | 700 1,000.00
    20 February  ALG  rent                       6132  300.00 | 512   300.00
    20 February  ORN  goods sold for cash        512   400.00 | 700   400.00
    20 March     ORN  a customer pays too early  512    50.00 | 411    50.00

Result by month: January 1,000; February 400 - 300 = 100; March 0: 1,100 in the quarter.
Result by branch: Algiers 1,000 - 300 = 700; Oran 400: 1,100 in all.
Receivables (DZ: A12 debit balances, P17 credit balances with other debts): Algiers is owed 1,000,
Oran owes 50; the company has 950 on 411: the whole sets 50 off between them.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from modules.accounting.budgets import BudgetLine, save_budget
from modules.accounting.comparing import Span, comparison
from modules.accounting.entries import LineDraft
from modules.accounting.selectors.statements import (
    ShownStatement,
    StatementRow,
    Statements,
    get_statements,
)
from modules.accounting.statement_errors import PeriodsOfTwoYearsError, StatementBudgetError
from tests.accounting.books import Books, books_of, draft
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House

ZERO = Decimal(0)
STORY = [
    (1, ALGIERS, "411", "700", "1000"),
    (2, ALGIERS, "6132", "512", "300"),
    (2, ORAN, "512", "700", "400"),
    (3, ORAN, "512", "411", "50"),
]
QUARTER: Any = {"first_day": date(YEAR, 1, 1), "last_day": date(YEAR, 3, 31)}


@pytest.fixture
def asker() -> str:
    """The accountant reads."""
    return "salim"


@pytest.fixture
def books(house: House) -> Iterator[Books]:
    """Salim's books, with the story in them."""
    with books_of(house) as opened:
        for month, branch, debited, credited, amount in STORY:
            value = Decimal(amount)
            lines = (LineDraft(debited, debit=value), LineDraft(credited, credit=value))
            answer = opened.post(draft(*lines, on=date(YEAR, month, 20), branch=branch.id))
            assert answer.state == "applied", answer
        yield opened


def row_of(statement: ShownStatement, code: str) -> StatementRow:
    return next(row for row in statement.rows if row.code == code)


def shown(row: StatementRow) -> list[int | None]:
    return [None if each is None else int(each) for each in row.cells]


def kinds(told: Statements) -> list[str]:
    return [column.kind for column in told.columns]


@pytest.mark.database
@pytest.mark.usefixtures("books")
def test_months_add_up_to_the_quarter_in_every_line(ask: Ask) -> None:
    told = ask(get_statements, ["income"], **QUARTER, by="months")
    (income,) = told.shown
    (plain,) = ask(get_statements, ["income"], **QUARTER).shown

    assert kinds(told) == ["period", "period", "period", "total"]
    assert [column.span.first_day.month for column in told.columns] == [1, 2, 3, 1]
    assert shown(row_of(income, "R28")) == [1000, 100, 0, 1100]
    for row, whole in zip(income.rows, plain.rows, strict=True):
        *parts, total = (each or ZERO for each in row.cells)
        assert sum(parts, ZERO) == total == whole.total == row.total, row.code
    behind = income.behind(row_of(income, "R07"))
    assert [(each.code, shown(each)) for each in behind] == [("6132", [0, 300, 0, 300])]


@pytest.mark.database
@pytest.mark.usefixtures("books")
def test_a_balance_sheet_shows_the_end_of_each_month_and_balances_there(ask: Ask) -> None:
    told = ask(get_statements, ["assets", "liabilities"], **QUARTER, by="months")
    assets, liabilities = told.shown

    assert kinds(told) == ["period", "period", "period"]
    assert shown(assets.rows[-1]) == shown(liabilities.rows[-1]) == [1000, 1100, 1100]
    assert (assets.differs, liabilities.differs) == (0, 0)
    (quarter,) = ask(get_statements, ["assets"], **QUARTER, by="quarters").shown
    assert shown(quarter.rows[-1]) == [1100]


@pytest.mark.database
@pytest.mark.usefixtures("books")
def test_branches_add_up_to_the_company_with_what_it_sets_off(ask: Ask) -> None:
    """Algiers: 1,000 owed, bank -300 (a debt): 1,000. Oran: bank 450: 450. Company: 950 + 150."""
    income = ask(get_statements, ["income"], **QUARTER, by="branches")
    assert kinds(income) == ["branch", "branch", "total"]
    assert shown(row_of(income.shown[0], "R28")) == [700, 400, 1100]

    told = ask(get_statements, ["assets", "liabilities"], **QUARTER, by="branches")
    assets, liabilities = told.shown
    assert kinds(told) == ["branch", "branch", "set_off", "total"]
    assert [column.span.branch_id for column in told.columns][:2] == [ALGIERS.id, ORAN.id]
    assert shown(assets.rows[-1]) == shown(liabilities.rows[-1]) == [1000, 450, -350, 1100]
    for row in (*assets.rows, *liabilities.rows):
        *parts, total = (each or ZERO for each in row.cells)
        assert sum(parts, ZERO) == total, row.code
    (one,) = ask(get_statements, ["income"], **QUARTER, by="branches", branch_id=ORAN.id).shown
    assert shown(row_of(one, "R28")) == [400, 400]


@pytest.mark.database
@pytest.mark.usefixtures("books")
def test_who_sees_one_branch_compares_that_one(ask: Ask, house: House) -> None:
    house.run(
        "update core.users set sees_all_branches = false where login = 'salim';"
        "update core.user_branches b set branch_id ="
        f" '{ORAN.id}' from core.users u where u.id = b.user_id and u.login = 'salim'"
    )
    told = ask(get_statements, ["income"], **QUARTER, by="branches")
    assert kinds(told) == ["branch", "total"]
    assert shown(row_of(told.shown[0], "R28")) == [400, 400]


def flat(prefix: str, amount: int) -> BudgetLine:
    return BudgetLine(prefix, (Decimal(amount),) * 12)


@pytest.mark.database
@pytest.mark.usefixtures("books")
def test_a_budget_stands_beside_what_was_posted(ask: Ask) -> None:
    """A quarter's plan beside the quarter.

    Sales 3 x 400 and, at Oran, 3 x 100; rent 3 x 120; other services (62) 3 x 10; 6 in general
    3 x 5, which belongs to several lines and so counts in the result only.
    Sales 1,400 of 1,500: -100, -6.67 %. Rent (R07: 61 and 62) 300 of 360 + 30: -90.
    Result: 1,500 - 360 - 30 - 15 = 1,095 planned, 1,100 posted.
    """
    lines = [flat("70", 400), flat("61", 120), flat("62", 10), flat("6", 5)]
    ask(save_budget, ALGIERS.id, YEAR, lines)
    ask(save_budget, ORAN.id, YEAR, [flat("700", 100)])

    told = ask(get_statements, ["income"], **QUARTER, by="budget")
    (income,) = told.shown

    assert kinds(told) == ["posted", "budget", "deviation", "share"]
    assert shown(row_of(income, "R05"))[:3] == [1400, 1500, -100]
    share = row_of(income, "R05").cells[-1]
    assert share is not None
    assert share.quantize(Decimal("0.01")) == Decimal("-6.67")
    assert shown(row_of(income, "R28"))[:3] == [1100, 1095, 5]
    assert [(row.code, shown(row)) for row in income.spread] == [("6", [None, 15, None, None])]
    with pytest.raises(StatementBudgetError):
        ask(get_statements, ["assets"], **QUARTER, by="budget")


def test_periods_are_those_of_the_calendar_and_of_one_year() -> None:
    span = Span(date(2028, 2, 1), date(2028, 11, 30))

    quarters = comparison("quarters", span, (), moves=True)

    days = [(each.first_day.month, each.last_day) for each in quarters.spans]
    assert days == [
        (2, date(2028, 3, 31)),
        (4, date(2028, 6, 30)),
        (7, date(2028, 9, 30)),
        (10, date(2028, 11, 30)),
        (2, date(2028, 11, 30)),
    ]
    february = Span(date(2028, 2, 1), date(2028, 2, 29))
    assert february.year_before == Span(date(2027, 2, 1), date(2027, 2, 28))
    with pytest.raises(PeriodsOfTwoYearsError):
        comparison("months", Span(date(2027, 12, 1), date(2028, 1, 31)), (), moves=True)
