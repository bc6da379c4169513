"""Budgets at an accountant's desk, on a real database: start, type, save, compare."""

from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.core import wall_clock
from modules.accounting.widgets.budgets.lines import COLUMNS, Line
from modules.accounting.widgets.budgets.page import BudgetPage
from modules.accounting.widgets.budgets.report import BudgetReportPage
from tests.accounting.conftest import Post, sale
from tests.houses import ALGIERS, YEAR
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database


def shown(salim: Desk, page: Any) -> list[Any]:
    opened: list[Any] = []
    salim.qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.opens.connect(lambda name, about: opened.append((name, about)))
    page.show()
    return opened


def test_a_budget_begins_with_the_year_before(salim: Desk, post: Post) -> None:
    """Sold in March for 100 at a cost of 70; nothing typed is lost by going to another year."""
    post("till.sale", sale())
    page = BudgetPage(salim.backend)
    page.open({"branch": str(ALGIERS.id), "year": YEAR + 1})
    shown(salim, page)
    grid, year = page.body.grid.lines, page.body.form.fields["year"]
    salim.until(lambda: page.document is not None)

    page.start_once(page.start_from_actuals)
    salim.until(lambda: len(grid.lines) == 2)
    goods, income = grid.lines
    assert [(line.prefix, int(line.total)) for line in grid.lines] == [("600", 70), ("700", 100)]
    assert goods.name != income.name != ""

    year.show_value(YEAR)
    page.on_head("year")
    assert year.read() == YEAR + 1

    page.save_now()
    salim.until(lambda: page.sheet.version == 1)
    assert not page.unsaved()
    year.show_value(YEAR)
    page.on_head("year")
    salim.until(lambda: page.sheet.version is None)
    assert grid.lines == ()


def test_a_budget_is_compared_with_the_ledger(salim: Desk, post: Post) -> None:
    """200.00 of sales are planned, 100.00 are posted: 50 per cent less."""
    post("till.sale", sale())
    page = BudgetPage(salim.backend)
    page.open({"branch": str(ALGIERS.id), "year": YEAR})
    opened = shown(salim, page)
    salim.until(lambda: page.document is not None)
    page.change_lines([Line("700", (Decimal(200), *(Decimal(0),) * 11), home="DZD")])
    page.save_now()
    salim.until(lambda: page.sheet.version == 1)
    page.start_once(page._compare)
    salim.until(lambda: bool(opened))
    assert opened[0][0] == "accounting.budget_report"

    report = BudgetReportPage(salim.backend)
    report.open(opened[0][1])
    ledgers = shown(salim, report)
    salim.until(lambda: report.model.rowCount() == 2)
    told = [(row.code, int(row.budget), int(row.actual)) for row in report.model.rows]
    assert told == [("60", 0, 70), ("700", 200, 100)]
    assert "50" in report.model.index(1, 5).data()
    assert report.model.index(1, 6).data() == "Unfavourable"

    group, sales = report.model.rows
    report.on_open(sales)
    report.on_open(group)
    assert [row.code for row in report.model.rows] == ["60", "600", "700"]
    report.on_open(report.model.rows[1])
    ending = f"date:01/01/{YEAR}..31/12/{YEAR} branch:ALG"
    asked = [("accounting.ledger", f"account:{code} {ending}") for code in ("700", "600")]
    assert ledgers == asked
    report.edit()
    assert ledgers[-1] == ("accounting.budget", {"branch": str(ALGIERS.id), "year": YEAR})


def test_the_amount_of_a_year_is_spread_without_losing_a_centime() -> None:
    """100.00 over twelve months: eleven times 8.33, and 8.37 in December."""
    year, march = COLUMNS[3], COLUMNS[6]

    line = year.put(Line("60"), Decimal(100))
    assert line.amounts == (*(Decimal("8.33"),) * 11, Decimal("8.37"))
    changed = march.put(line, Decimal("10.005"))
    assert (changed.amounts[2], changed.total) == (Decimal("10.01"), Decimal("101.68"))
    assert march.put(line, None).amounts[2] == 0


def test_this_month_is_in_the_years_that_are_offered(salim: Desk) -> None:
    page = BudgetPage(salim.backend)
    shown(salim, page)
    salim.until(lambda: page.document is not None)
    this_year = wall_clock.today().year
    assert page.body.form.fields["year"].read() == this_year
