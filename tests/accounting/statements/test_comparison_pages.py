"""Statements compared at an accountant's desk: the columns, where Enter on a cell leads, files.

January   Algiers  sold to a customer  411 10,000,000.00 | 700 10,000,000.00
February  Oran     sold for cash       512  4,000,000.00 | 700  4,000,000.00
"""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt

from erp_desktop.core.i18n import current
from erp_desktop.ui import language
from erp_desktop.ui.exports import Table, render
from modules.accounting.entries import LineDraft
from modules.accounting.widgets.statements.pages import BalanceSheetPage, IncomeStatementPage
from tests.accounting.books import books_of, draft
from tests.houses import ALGIERS, ORAN, YEAR, House
from tests.sales.widgets.desks import Desk

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def story(house: House) -> None:
    sell(house, 1, ALGIERS, "411", "10000000")
    sell(house, 2, ORAN, "512", "4000000")


def sell(house: House, month: int, branch: Any, debited: str, amount: str) -> None:
    value = Decimal(amount)
    lines = (LineDraft(debited, debit=value), LineDraft("700", credit=value))
    with books_of(house) as books:
        answer = books.post(draft(*lines, on=date(YEAR, month, 20), branch=branch.id))
        assert answer.state == "applied", answer


def shown(salim: Desk, page: Any, by: str, last: int = 12) -> list[Any]:
    opened: list[Any] = []
    salim.qtbot.addWidget(page, before_close_func=lambda closing: closing.stop())
    page.opens.connect(lambda name, about: opened.append((name, about)))
    page.parameters["by"].show_value(by)
    page.parameters["first"].show_value(date(YEAR, 1, 1))
    page.parameters["last"].show_value(date(YEAR, last, 1))
    page.show()
    salim.until(lambda: page.model.rowCount() > 5)
    return opened


def headings(page: Any) -> list[str]:
    titles = [page.model.columns[n].title for n in page.table.columns.shown()]
    return [title.strip("\u2066\u2069") for title in titles]


def enter(page: Any, code: str, column: int) -> None:
    place = next(n for n, row in enumerate(page.model.rows) if row.code == code)
    page.table.setCurrentIndex(page.model.index(place, column))
    page.table.opened.emit(page.table.current_row())


def test_enter_on_a_month_opens_the_ledger_of_that_month(salim: Desk) -> None:
    page = IncomeStatementPage(salim.backend)
    before = len(salim.backend.asked)
    opened = shown(salim, page, "months", last=3)

    assert len(salim.backend.asked) - before == 1
    months = [f"{n:02}/{YEAR}" for n in (1, 2, 3)]
    assert headings(page) == ["Name", *months, "Total"]
    enter(page, "R01", 3)
    assert page.table.currentIndex().column() == 3
    enter(page, "700", 3)
    enter(page, "700", 5)
    assert opened == [
        ("accounting.ledger", f"account:700 date:01/02/{YEAR}..28/02/{YEAR}"),
        ("accounting.ledger", f"account:700 date:01/01/{YEAR}..31/03/{YEAR}"),
    ]


def test_enter_on_a_branch_keeps_it_and_on_the_year_before_its_days(salim: Desk) -> None:
    page = IncomeStatementPage(salim.backend)
    opened = shown(salim, page, "branches", last=3)
    assert headings(page) == ["Name", "Alger Centre", "Oran", "Total"]
    enter(page, "R01", 3)
    enter(page, "700", 3)

    page.parameters["by"].show_value("year")
    page.refresh()
    salim.until(lambda: headings(page)[-1] == "Year before")
    enter(page, "700", len(page.model.columns) - 2)
    assert opened == [
        ("accounting.ledger", f"account:700 date:01/01/{YEAR}..31/03/{YEAR} branch:ORN"),
        ("accounting.ledger", f"account:700 date:01/01/{YEAR - 1}..31/03/{YEAR - 1}"),
    ]


def test_twelve_months_are_readable_on_paper_and_whole_in_a_spreadsheet(
    salim: Desk, house: House
) -> None:
    """From March to December 1,000,000.00 each: 24,000,000.00 in the year."""
    for month in range(3, 13):
        sell(house, month, ORAN, "512", "1000000")
    page = IncomeStatementPage(salim.backend)
    shown(salim, page, "months")

    sheets = PdfReader(io.BytesIO(page.paper(page.report))).pages
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in sheets)
    texts = [sheet.extract_text() for sheet in sheets]
    assert len(texts) >= 2
    assert f"01/{YEAR}" in texts[0]
    assert f"10/{YEAR}" not in texts[0]
    assert f"10/{YEAR}" in texts[-1]
    assert all("700" in text or "Ventes" in text for text in texts)
    columns = [page.model.columns[n] for n in page.table.columns.shown()]
    table = Table("Income", columns, page.report.rows)
    sheet = load_workbook(io.BytesIO(render(table, "xlsx", current()))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    first = next(row for row in rows if row[-1] == 24_000_000)
    assert [value or 0 for value in first[1:4]] == [10_000_000, 4_000_000, 1_000_000]


def test_a_balance_sheet_by_branches_says_what_it_sets_off(salim: Desk, house: House) -> None:
    """A customer of Oran pays 400,000.00 too early, which 411 of Algiers is owed more than."""
    with books_of(house) as books:
        early = Decimal(400_000)
        lines = (LineDraft("512", debit=early), LineDraft("411", credit=early))
        answer = books.post(draft(*lines, on=date(YEAR, 3, 1), branch=ORAN.id))
        assert answer.state == "applied", answer
    page = BalanceSheetPage(salim.backend)
    shown(salim, page, "branches", last=3)

    assert headings(page) == ["Name", "Alger Centre", "Oran", "Set off", "Total"]
    assert "Set off: what one column owes" in page.header.summary
    claims = next(row for row in page.model.rows if row.code == "A12")
    assert [int(each or 0) for each in claims.cells] == [10_000_000, 0, -400_000, 9_600_000]


def test_a_balance_sheet_by_branches_says_that_each_side_is_equal(salim: Desk) -> None:
    page = BalanceSheetPage(salim.backend)
    shown(salim, page, "branches", last=3)

    assert "budget" not in dict(page.choices)
    assert page.header.summary.startswith("Both sides are equal.")
    assert headings(page) == ["Name", "Alger Centre", "Oran", "Total"]
    figures = [page.model.index(row, 4).data() for row in range(page.model.rowCount())]
    language.use("ar", "DZ")
    assert headings(page) == ["Name", "الجزائر الوسطى", "وهران", "Total"]
    assert page.model.headerData(4, Qt.Orientation.Horizontal) == "المجموع"
    assert page.model.rowCount() == len(figures)
    language.use("en", "DZ")
