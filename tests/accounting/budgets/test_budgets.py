"""Budgets and how the ledger compares.

In 2026 at Algiers 600 and 700 of a sale are cost 70.00 and income 100.00 each:

    March   one sale    cost  70   income 100
    April   two sales   cost 140   income 200
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core.context import Context
from erp_desktop.core.errors import (
    NotAllowedError,
    OtherBranchError,
    StaleRecordError,
    UserError,
)
from modules.accounting.budget_errors import BudgetAccountUnknownError, BudgetLineTwiceError
from modules.accounting.budgets import BudgetLine, save_budget
from modules.accounting.errors import PeriodRangeEmptyError
from modules.accounting.selectors.budgets import (
    get_budget,
    get_budget_report,
    get_budget_start,
    result_of_budget,
)
from tests.accounting.conftest import Post, sale
from tests.houses import ALGIERS, ORAN, YEAR, Ask, House, SignIn

pytestmark = pytest.mark.database

SPRING: Any = {"first_day": date(YEAR, 3, 1), "last_day": date(YEAR, 4, 30)}


@pytest.fixture
def asker() -> str:
    """Salim keeps the books."""
    return "salim"


@pytest.fixture
def sales(post: Post) -> None:
    post("till.sale", sale())
    post("till.sale", sale(2), on=date(YEAR, 4, 10))


def flat(prefix: str, month: int) -> BudgetLine:
    """Return a line with the same amount in each month."""
    return BudgetLine(prefix, (Decimal(month),) * 12)


def test_a_budget_is_kept_and_read_as_it_was_typed(ask: Ask, house: House) -> None:
    march = BudgetLine("70", (*(Decimal(0),) * 2, Decimal("1000.50"), *(Decimal(0),) * 9))

    first = ask(save_budget, ALGIERS.id, YEAR, [flat("60", 80), march])
    second = ask(save_budget, ALGIERS.id, YEAR, [march], version=first)

    sheet = ask(get_budget, ALGIERS.id, YEAR)
    assert (first, second, sheet.version, sheet.lines) == (1, 2, 2, (march,))
    assert sheet.accounts["530"][0] == "Caisse"
    assert ask(get_budget, ORAN.id, YEAR).version is None
    with pytest.raises(StaleRecordError):
        ask(save_budget, ALGIERS.id, YEAR, [], version=first)
    gone = "select count(*) from core.audit where relation = 'accounting.budget_amounts'"
    assert house.value(gone) >= 24


@pytest.mark.usefixtures("sales")
def test_an_account_counts_on_the_longest_beginning_that_has_a_budget(ask: Ask) -> None:
    """Planned for two months: 600: 2 × 80, 7: 2 × 120; 61 has a budget and no entries."""
    ask(save_budget, ALGIERS.id, YEAR, [flat("600", 80), flat("6", 5), flat("7", 120)])

    rows = ask(get_budget_report, **SPRING)

    figures = [(row.code, int(row.budget), int(row.actual)) for row in rows]
    assert figures == [("6", 10, 0), ("600", 160, 210), ("7", 240, 300)]
    goods, income = rows[1], rows[2]
    assert (goods.deviation, goods.share, goods.is_favourable) == (50, Decimal("31.25"), False)
    assert (income.deviation, income.share, income.is_favourable) == (60, 25, True)
    assert [(each.code, each.actual) for each in income.accounts] == [("700", 300)]
    result = result_of_budget(rows)
    assert result is not None
    assert (int(result.budget), int(result.actual), result.is_favourable) == (70, 90, True)


@pytest.mark.usefixtures("sales")
def test_what_has_no_budget_stands_with_its_group(ask: Ask) -> None:
    rows = ask(get_budget_report, **SPRING, branch_id=ALGIERS.id)

    assert [(row.code, row.budget, row.actual, row.share) for row in rows] == [
        ("60", 0, 210, None),
        ("70", 0, 300, None),
    ]
    assert ask(get_budget_report, **SPRING, branch_id=ORAN.id) == []
    assert result_of_budget([]) is None


@pytest.mark.usefixtures("sales")
def test_the_year_before_is_a_start(ask: Ask) -> None:
    lines = ask(get_budget_start, ALGIERS.id, YEAR + 1)

    none = [0] * 12
    assert {line.prefix: [int(amount) for amount in line.amounts] for line in lines} == {
        "600": [*none[:2], 70, 140, *none[:8]],
        "700": [*none[:2], 100, 200, *none[:8]],
    }
    assert ask(get_budget_start, ORAN.id, YEAR + 1) == ()
    assert ask(get_budget_start, ALGIERS.id, YEAR) == ()


def unknown(ctx: Context) -> None:
    save_budget(ctx, ALGIERS.id, YEAR, [flat("99999", 1)])


def unplain(ctx: Context) -> None:
    save_budget(ctx, ALGIERS.id, YEAR, [flat("", 1)])


def twice(ctx: Context) -> None:
    save_budget(ctx, ALGIERS.id, YEAR, [flat("60", 1), flat("60", 2)])


def elsewhere(ctx: Context) -> None:
    ctx.call("accounting.save_budget_v1", {"branch_id": None, "year": YEAR, "lines": []}, None)


def keep(ctx: Context) -> None:
    save_budget(ctx, ALGIERS.id, YEAR, [])


def compare(ctx: Context) -> None:
    get_budget_report(ctx, **SPRING)


def backwards(ctx: Context) -> None:
    get_budget_report(ctx, first_day=SPRING["last_day"], last_day=SPRING["first_day"])


@pytest.mark.parametrize(
    ("login", "deed", "refusal"),
    [
        ("salim", unknown, BudgetAccountUnknownError),
        ("salim", unplain, BudgetAccountUnknownError),
        ("salim", twice, BudgetLineTwiceError),
        ("salim", elsewhere, OtherBranchError),
        ("salim", backwards, PeriodRangeEmptyError),
        ("nadia", keep, NotAllowedError),
        ("amina", compare, NotAllowedError),
    ],
)
def test_what_cannot_be_kept_is_refused(
    signed_in: SignIn, login: str, deed: Any, refusal: type[UserError]
) -> None:
    session = signed_in(login)
    with pytest.raises(refusal), session.database.begin(session.user, "accounting") as ctx:
        deed(ctx)


def test_a_manager_sees_the_budget_of_her_branch_only(house: House, ask: Ask) -> None:
    ask(save_budget, ALGIERS.id, YEAR, [flat("60", 80)])
    house.run(
        "update core.user_branches set branch_id = (select id from core.branches where code='ORN')"
        " where user_id = (select id from core.users where login = 'nadia')"
    )

    assert ask(get_budget, ALGIERS.id, YEAR, as_user="nadia").lines == ()
    assert ask(get_budget_report, **SPRING, as_user="nadia") == []
